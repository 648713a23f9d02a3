"""Open WebUI's own server over ours: models, answers, refusals, files, keys.

``python -m bench.open_webui HOME VENV [NAME=VALUE …]`` (an index, copied). VENV is an environment of its own
that has the package ``open-webui`` (``python -m venv VENV``, ``VENV/bin/pip install open-webui``: 3 GB). Both
servers are started here, on this machine alone, and ended; all is asked over Open WebUI's HTTP API, as its
users' programs do: first with its own settings, then with those of the guide (``ADVISED``), which NAME=VALUE
replace, to try others.
"""

import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from assistant.private import is_private
from assistant.settings import load
from assistant.site.journal import Journal
from assistant.workspace import Workspace
from bench.attack.commands import run, until
from bench.page import served

START_SECONDS, PATIENCE = 600.0, 300.0
KEY = "essai-open-webui"
LAW, UNKNOWN = "droit", "collection:qui-n-existe-pas"
ASKED = "Peut-on exclure un candidat soumis au Cloud Act ?"
STREAMED = "Peut-on exiger que les données soient hébergées en France ?"
FOLLOWING = "Et un candidat chinois ?"
ELSEWHERE = "Quelle est la recette de la blanquette de veau ?"
# More passages than one key may have at work at once, and one that alone answers a question.
ARTICLES = 60
NEEDLE = "Le centre de données de la commune de Valbrume est installé à Quimper, quai de l'Odet."
SOUGHT = "Où est installé le centre de données de la commune de Valbrume ?"
QUESTIONS = {ASKED, STREAMED, FOLLOWING, ELSEWHERE, SOUGHT}
UNREAD = "n'en lit pas les mots par cette adresse"
# What Open WebUI says of a file that it has done with.
_FILED = ("completed", "failed")

# Without people, network or models of its own; our vectors, which it is told of in ``main``.
ALONE = {
    "WEBUI_AUTH": "False",
    "ENABLE_PERSISTENT_CONFIG": "False",
    # nothing is fetched, and nothing is told to anybody
    "OFFLINE_MODE": "True",
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "ANONYMIZED_TELEMETRY": "false",
    "DO_NOT_TRACK": "true",
    "SCARF_NO_ANALYTICS": "true",
    "NO_PROXY": "127.0.0.1",
    "no_proxy": "127.0.0.1",
    "ENABLE_OLLAMA_API": "False",
    "RAG_EMBEDDING_ENGINE": "openai",
}
ADVISED = {
    # each of these would be a demand that we refuse
    "ENABLE_TITLE_GENERATION": "False",
    "ENABLE_TAGS_GENERATION": "False",
    "ENABLE_FOLLOW_UP_GENERATION": "False",
    "ENABLE_AUTOCOMPLETE_GENERATION": "False",
    "ENABLE_RETRIEVAL_QUERY_GENERATION": "False",
    "ENABLE_SEARCH_QUERY_GENERATION": "False",
    # a file's words in a message of their own: else they are around the question
    "RAG_SYSTEM_CONTEXT": "True",
    # else every passage of a file is a request, all of them at once
    "RAG_EMBEDDING_BATCH_SIZE": "32",
    "RAG_EMBEDDING_CONCURRENT_REQUESTS": "2",
    # what our vectors are of: a question, or a passage
    "RAG_EMBEDDING_PREFIX_FIELD_NAME": "input_type",
    "RAG_EMBEDDING_QUERY_PREFIX": "query",
    "RAG_EMBEDDING_CONTENT_PREFIX": "passage",
}


class Api:
    """The HTTP API of a server, for whoever holds a key or a token of it."""

    def __init__(self, url: str, token: str = "") -> None:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        self._client = httpx.Client(base_url=url, headers=headers, timeout=PATIENCE, trust_env=False)

    def get(self, path: str) -> Any:
        return self._client.get(path).raise_for_status().json()

    def post(self, path: str, **body: Any) -> Any:
        return self._client.post(path, json=body).raise_for_status().json()

    def refused(self, path: str, **body: Any) -> tuple[int, str]:
        """The status and the words of what is expected to be an error."""
        response = self._client.post(path, json=body)
        return response.status_code, response.text

    def put(self, path: str, name: str, data: bytes) -> Any:
        return self._client.post(path, files={"file": (name, data)}).raise_for_status().json()

    def streamed(self, path: str, **body: Any) -> tuple[str, float]:
        """The words of a streamed answer, and after how many seconds the first of them came."""
        words, began, first = list[str](), time.monotonic(), 0.0
        with self._client.stream("POST", path, json=body | {"stream": True}) as response:
            response.raise_for_status()
            for line in response.iter_lines():
                data = line.removeprefix("data: ")
                if data == line or data == "[DONE]":
                    continue
                for choice in json.loads(data).get("choices", ()):
                    if word := choice["delta"].get("content"):
                        first = first or time.monotonic() - began
                        words.append(word)
        return "".join(words), first


@contextmanager
def open_webui(folder: Path, venv: Path, settings: Mapping[str, str]) -> Iterator[str]:
    """The address of an Open WebUI that keeps everything within ``folder``."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url, log = f"http://127.0.0.1:{port}", folder / "open-webui.log"
    folder.mkdir()
    own = {"DATA_DIR": str(folder), "WEBUI_SECRET_KEY": secrets.token_hex(32)}
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    command = [str(venv / "bin" / "open-webui"), "serve", "--host", "127.0.0.1", "--port", str(port)]
    with log.open("wb") as said:
        process = subprocess.Popen(
            command, env=inherited | own | dict(settings), cwd=folder, stdout=said, stderr=subprocess.STDOUT
        )
    try:
        until(lambda: process.poll() is not None or _answers(url), START_SECONDS, every=0.5)
        if not _answers(url):
            raise RuntimeError(f"Open WebUI did not open:\n{log.read_text(errors='replace')[-3000:]}")
        yield url
    finally:
        process.terminate()
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _answers(url: str) -> bool:
    try:
        return httpx.get(f"{url}/health", timeout=10, trust_env=False).status_code == 200
    except httpx.HTTPError:
        return False


class Trial:
    """What is tried, in order: ``ours`` is our server as a key asks it, ``theirs`` Open WebUI."""

    def __init__(
        self, home: Path, ours: Api, theirs: Api, embedding: str, connection: Mapping[str, str]
    ) -> None:
        self._home, self._ours, self._theirs = home, ours, theirs
        self._embedding, self._connection = embedding, connection
        self.failed = 0

    def _try(self, name: str, do: Callable[[], str]) -> None:
        began = time.monotonic()
        try:
            held, told = True, do()
        except (AssertionError, httpx.HTTPError, KeyError, IndexError, ValueError) as failure:
            held, told = False, " ".join(f"{type(failure).__name__} {failure}".split())[:400]
        self.failed += not held
        print(
            f"{'tient' if held else 'FAUX':<6}{time.monotonic() - began:6.1f} s  {name} : {told}", flush=True
        )

    def by_default(self) -> int:
        """Tries what its own settings change. Returns how much failed."""
        self._try("modèles listés", self._models)
        self._try(f"fichier de {ARTICLES} articles, un vecteur par demande", self._file)
        self._try("titre d'une conversation, refusé", self._title)
        self._try("journal sans rien que les questions", self._journal)
        return self.failed

    def all(self) -> int:
        """Tries everything. Returns how much failed."""
        self._try("modèles listés", self._models)
        self._try("réponse d'un coup, mot pour mot", self._at_once)
        self._try("réponse en flux, mot pour mot", self._in_a_stream)
        self._try("question suivante d'une conversation", self._follow_up)
        self._try("hors du sujet, refusée", self._elsewhere)
        self._try(f"fichier de {ARTICLES} articles, par nos vecteurs", self._file)
        self._try("modèle inconnu d'Open WebUI", self._unknown_to_them)
        self._try("modèle inconnu de nous", self._unknown_to_us)
        self._try("vecteurs demandés à Open WebUI", self._vectors)
        self._try("journal sans rien que les questions", self._journal)
        self._try("clé révoquée", self._revoked)
        return self.failed

    def _direct(self, *messages: Mapping[str, str], model: str = LAW) -> tuple[str, Mapping[str, Any]]:
        """The words of our own answer, and what it rests on."""
        answer = self._ours.post("/v1/chat/completions", model=model, messages=messages)
        return answer["choices"][0]["message"]["content"], answer["assistant"]

    def _through(self, *messages: Mapping[str, str], **more: Any) -> tuple[str, Any]:
        """The words of an answer that Open WebUI gives, and the whole of it."""
        body: dict[str, Any] = {"model": LAW, "stream": False, "messages": messages}
        answer = self._theirs.post("/api/chat/completions", **body | more)
        return answer["choices"][0]["message"]["content"], answer

    def _models(self) -> str:
        own = {model["id"]: model["name"] for model in self._ours.get("/v1/models")["data"]}
        seen = {model["id"]: model["name"] for model in self._theirs.get("/api/models")["data"]}
        assert own, "aucun"
        assert own.items() <= seen.items(), f"{own} ; Open WebUI : {seen}"
        return ", ".join(own.values())

    def _at_once(self) -> str:
        words, rests_on = self._direct(user(ASKED))
        assert rests_on["sources"], f"sans source : {words[:200]}"
        shown, _ = self._through(user(ASKED))
        assert shown == words, f"{shown[:200]} … au lieu de {words[:200]} …"
        return f"{len(words)} caractères, {len(rests_on['sources'])} citations, {words[:50]} …"

    def _in_a_stream(self) -> str:
        """A question that was not asked before: nothing of its answer is ready."""
        shown, first = self._theirs.streamed("/api/chat/completions", model=LAW, messages=[user(STREAMED)])
        words, rests_on = self._direct(user(STREAMED))
        assert rests_on["sources"], f"sans source : {words[:200]}"
        assert shown == words, f"{shown[:200]} … au lieu de {words[:200]} …"
        return f"premier mot à {first:.2f} s, {len(words)} caractères, {words[:50]} …"

    def _follow_up(self) -> str:
        turns = (user(ASKED), {"role": "assistant", "content": "Non."}, user(FOLLOWING))
        words, _ = self._direct(*turns)
        shown, _ = self._through(*turns)
        assert shown == words, f"{shown[:200]} … au lieu de {words[:200]} …"
        return words.splitlines()[0][:90]

    def _elsewhere(self) -> str:
        words, rests_on = self._direct(user(ELSEWHERE))
        assert not rests_on["sources"], words[:200]
        shown, _ = self._through(user(ELSEWHERE))
        stream, _ = self._theirs.streamed("/api/chat/completions", model=LAW, messages=[user(ELSEWHERE)])
        assert shown == stream == words, f"{shown[:200]} … {stream[:200]} …"
        return words.splitlines()[0]

    def _file(self) -> str:
        """A file is cut and searched by our vectors; the question beside it is answered as without it."""
        kept = self._theirs.put("/api/v1/files/?process=true", "marche.md", framework().encode())
        path = f"/api/v1/files/{kept['id']}"
        began = time.monotonic()
        until(lambda: self._theirs.get(path)["data"].get("status") in _FILED, PATIENCE, every=0.5)
        took, data = time.monotonic() - began, self._theirs.get(path)["data"]
        assert data["status"] == "completed", data.get("error")
        files = [{"type": "file", "id": kept["id"]}]
        _, found = self._through(user(SOUGHT), files=files)
        best = found["sources"][0]["document"][0]
        assert NEEDLE in best, f"trouvé d'abord : {best[:200]}"
        plain, beside = self._direct(user(ASKED))[0], self._through(user(ASKED), files=files)[0]
        claims = plain.partition("**À savoir**")[0]
        assert beside.startswith(claims), f"avec un fichier : {beside[:200]} …"
        assert UNREAD in beside, "rien ne dit que le fichier n'est pas lu"
        return f"rangé en {took:.1f} s, l'article cherché vient en premier, la réponse reste la même"

    def _title(self) -> str:
        status, told = self._theirs.refused(
            "/api/v1/tasks/title/completions", model=LAW, messages=[user(ASKED)]
        )
        assert (status, "ENABLE_TITLE_GENERATION" in told) == (400, True), f"{status} {told[:200]}"
        return f"{status} {json.loads(told)['error']['message']}"

    def _journal(self) -> str:
        noted = [entry.question for entry in Journal(self._home).entries() if entry.question]
        assert noted, "aucune question"
        assert QUESTIONS.issuperset(noted), f"{set(noted) - QUESTIONS}"[:300]
        return f"{len(noted)} lignes"

    def _unknown_to_them(self) -> str:
        status, told = self._theirs.refused("/api/chat/completions", model="gpt-4", messages=[user(ASKED)])
        assert status in (400, 404), f"{status} {told[:200]}"
        return f"{status} {told}"

    def _unknown_to_us(self) -> str:
        """A model that Open WebUI was told of by hand: what we say of it is what its user reads."""
        settings = {"enable": True, "model_ids": [LAW, UNKNOWN, self._embedding]}
        self._theirs.post(
            "/openai/config/update",
            ENABLE_OPENAI_API=True,
            OPENAI_API_BASE_URLS=[self._connection["url"]],
            OPENAI_API_KEYS=[self._connection["key"]],
            OPENAI_API_CONFIGS={"0": settings},
        )
        self._theirs.get("/api/models?refresh=true")
        return self._refused_twice(UNKNOWN, 404, "n'existe pas pour cette clé")

    def _refused_twice(self, model: str, expected: int, words: str) -> str:
        message = ""
        for stream in (False, True):
            body = {"model": model, "stream": stream, "messages": [user(ASKED)]}
            status, told = self._theirs.refused("/api/chat/completions", **body)
            assert (status, words in told) == (expected, True), f"stream={stream} : {status} {told[:200]}"
            message = json.loads(told)["error"]["message"]
        return f"{expected} {message}"

    def _vectors(self) -> str:
        texts = ["délai de paiement", "réversibilité"]
        own = self._ours.post("/v1/embeddings", model=self._embedding, input=texts)["data"]
        seen = self._theirs.post("/api/embeddings", model=self._embedding, input=texts)["data"]
        assert [one["embedding"] for one in own] == [one["embedding"] for one in seen], "d'autres vecteurs"
        return f"{len(seen)} vecteurs de {len(seen[0]['embedding'])} nombres, les mêmes"

    def _revoked(self) -> str:
        done = run(self._home, ["keys", "revoke", KEY], seconds=PATIENCE)
        assert done.code == 0, done.err
        return self._refused_twice(LAW, 401, "a été révoquée")


def user(text: str) -> dict[str, str]:
    return {"role": "user", "content": text}


def framework() -> str:
    """A fictional framework agreement, in Markdown, long enough that a passage is an article or less."""
    common = "Le titulaire en rend compte à l'acheteur chaque trimestre, par écrit, avec les pièces utiles. "
    articles = [
        f"## Article {number}. Lot {number}\n\nLa prestation {number} est commandée par bon. {common * 7}\n"
        for number in range(1, ARTICLES)
    ]
    articles.insert(ARTICLES // 2, f"## Article {ARTICLES}. Localisation\n\n{NEEDLE} {common * 3}\n")
    return "# Accord-cadre fictif\n\n" + "\n".join(articles)


def key_of(home: Path) -> str:
    """A new key, which reads every shared collection of a home."""
    workspace = Workspace(home)
    shared = [name for name in workspace.collections() if not is_private(name)]
    workspace.close()
    named = [part for name in shared for part in ("--collection", name)]
    made = run(home, ["keys", "create", KEY, *named], seconds=PATIENCE)
    if made.code:
        raise RuntimeError(made.err)
    return made.out.strip()


def main(home: Path, venv: Path, others: Sequence[str] = ()) -> int:
    """Runs both servers and tries them. Returns how much failed."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "maison"
        shutil.copytree(home / "library", copy / "library")
        (copy / "models").symlink_to(load(home).models)
        key, embedding = key_of(copy), load(copy).embedding
        with served(copy) as server:
            connection = {"url": f"{server.url}/v1", "key": key}
            # its own settings alone, asked for apart: else Open WebUI would send the words of files to OpenAI
            alone = ALONE | {"OPENAI_API_BASE_URL": connection["url"], "OPENAI_API_KEY": key}
            alone |= {"RAG_OPENAI_API_BASE_URL": connection["url"], "RAG_OPENAI_API_KEY": key}
            alone |= {"RAG_EMBEDDING_MODEL": embedding}
            advised = alone | ADVISED | dict(one.split("=", 1) for one in others)
            failed = 0
            for name, settings in (("par défaut", alone), ("selon le guide", advised)):
                began = time.monotonic()
                with open_webui(Path(folder) / name, venv, settings) as url:
                    took = time.monotonic() - began
                    token = Api(url).post("/api/v1/auths/signin", email="", password="")["token"]
                    theirs, ours = Api(url, token), Api(server.url, key)
                    version = theirs.get("/api/version")["version"]
                    print(f"Open WebUI {version}, réglé {name}, ouvert en {took:.0f} s", flush=True)
                    trial = Trial(copy, ours, theirs, embedding, connection)
                    failed += trial.by_default() if settings is alone else trial.all()
            return failed


if __name__ == "__main__":
    raise SystemExit(bool(main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:])))
