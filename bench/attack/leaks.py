"""A program whose key reads one collection asks what only another one says, through the address that speaks as OpenAI's and through every tool; so do
somebody on the page whose role does not read it and, over PostgreSQL, a login of the database that was given the others (``onlookers``).

The questions are made by code of the closed collection's own sentences: whatever of its words comes back, and was neither asked nor is anywhere that the
key may read, was seen. A key, a person and a login that read the closed collection ask some of them too: where these see nothing, the trial proves nothing.
"""

import asyncio
import json
import random
import re
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import httpx2
from mcp.client.client import Client
from mcp.client.streamable_http import streamable_http_client

from assistant.drafting import rendering
from assistant.endpoint import scopes
from assistant.french.folding import words_of
from assistant.shipped import CORPUS
from assistant.site.keys import Keys
from assistant.site.rights import Role
from assistant.site.users import Users
from assistant.workspace import Workspace
from bench.attack import commands
from bench.attack.onlookers import Onlooker, OnPage, login
from bench.attack.person import SECRET, Person, served
from tests.postgres import SECRET as SERVER_SECRET
from tests.postgres import Server

OPEN, CLOSED = "ouverte", "fermee"
# Who asks on the page: a role that does not read the closed collection, and one that does.
_PEOPLE = {"lectrice": Role.READER, "redactrice": Role.DRAFTER}
_PATIENCE = 300.0
# Words in a row that no other text has by chance: « l'accord-cadre, l'accord-cadre » is one, of three words.
_RUN, _FEWEST_DIFFERENT = 6, 5
_FEWEST_WORDS, _MOST_WORDS = 8, 60
# Questions from one line about how far it is to the next.
_TOLD_EVERY = 25
# How each sentence is asked for, in turn.
_WAYS = (
    "{sentence}",
    "Que disent nos documents de ceci : {beginning} ?",
    "Dans « {title} », quel passage parle de {middle} ?",
    "Quelle clause prévoit que {beginning} ?",
    "Peut-on lire quelque part : « {sentence} » ? Donnez la page.",
)
_OPEN_TEXT = (
    "Note de service de Courmeville\n\nArticle 1 - Fournitures\n\nLes crayons de la mairie sont commandés au mois de mars par le secrétariat.\n\n"
    "Article 2 - Pénalités\n\nLa pénalité de retard de Courmeville est de douze euros par jour.\n"
)


@dataclass(frozen=True)
class Asked:
    """A question, the sentence that it was made of, the source that says it and its title."""

    text: str
    sentence: str
    source: str
    title: str


@dataclass
class Judged:
    """What was seen: ``seen`` are questions at which words of the closed collection came back.

    ``control`` counts, of the ``controlled`` questions of those who read it, by where they were asked, those at which such words came back.
    """

    questions: int = 0
    requests: int = 0
    refused: int = 0
    seen: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    control: Counter[str] = field(default_factory=Counter)
    controlled: Counter[str] = field(default_factory=Counter)
    ways: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0

    @property
    def held(self) -> bool:
        """Whether nothing was seen, nothing failed, and the trial can see."""
        return (
            not self.seen
            and not self.faults
            and all(self.control[where] * 2 > count for where, count in self.controlled.items())
        )

    def to_json(self) -> dict[str, Any]:
        """For a program."""
        return vars(self) | {"seconds": round(self.seconds, 1)}


def prepared(home: Path, closed: Sequence[Path], law: Sequence[Path]) -> tuple[str, str]:
    """A home with a collection of the law, an open and a closed one, and two keys: of the law and the open one, of the law and the closed one."""
    note = home / "courmeville.txt"
    note.write_text(_OPEN_TEXT, encoding="utf-8")
    workspace = Workspace(home)
    try:
        workspace.index(law, collection="droit")
        workspace.index([note], collection=OPEN)
        workspace.index(closed, collection=CLOSED)
        keys = Keys(home, workspace.shared)
        return tuple(
            keys.create(name, collections=("droit", name), role=Role.DRAFTER)[1] for name in (OPEN, CLOSED)
        )  # type: ignore[return-value]
    finally:
        workspace.close()


def questions(workspace: Workspace, count: int, seed: int) -> list[Asked]:
    """Questions of the closed collection's own sentences: ``count`` of them, each sentence in as many ways as it takes."""
    made = []
    for held in workspace.sources():
        if held.collections == (CLOSED,):
            text = workspace.show(held.source.id).text
            sentences = [" ".join(one.split()) for one in re.split(r"(?<=[.;:])\s+|\n\s*\n", text)]
            made += [
                (one, held.source)
                for one in dict.fromkeys(sentences)
                if _FEWEST_WORDS <= len(one.split()) <= _MOST_WORDS
            ]
    random.Random(seed).shuffle(made)
    found = []
    for number in range(count):
        (sentence, source), way = made[number % len(made)], (number + number // len(made)) % len(_WAYS)
        words = sentence.rstrip(".;:").split()
        said = {
            "sentence": sentence,
            "beginning": " ".join(words[:12]),
            "middle": " ".join(words[3:9]),
            "title": source.title,
        }
        found.append(Asked(_WAYS[way].format(**said), sentence, source.id, source.title))
    return found


class Secrets:
    """What only the closed collection says: its runs of words, and the ids of its sources."""

    def __init__(self, workspace: Workspace) -> None:
        runs: dict[bool, set[tuple[str, ...]]] = {True: set(), False: set()}
        self._ids = set[str]()
        for held in workspace.sources():
            is_closed = held.collections == (CLOSED,)
            runs[is_closed] |= _runs(f"{held.source.title} {workspace.show(held.source.id).text}")
            if is_closed:
                self._ids.add(held.source.id)
            elif held.source.origin.endswith(".yaml"):
                # The base keeps a sheet whole, with the questions that none of its passages shows.
                runs[False] |= _runs(Path(held.source.origin).read_text(encoding="utf-8"))
        library = workspace.clause_library()
        for clause in library.clauses:  # model clauses are everybody's
            for level in clause.levels:
                said = (
                    rendering.readable(level.wording, clause, library),
                    *level.risk.reasons,
                    *level.conditions,
                )
                runs[False] |= frozenset[tuple[str, ...]]().union(*map(_runs, said))
            runs[False] |= _runs(clause.purpose) | frozenset[tuple[str, ...]]().union(
                *map(_runs, clause.does_not_achieve)
            )
        self._runs = runs[True] - runs[False]

    def told(self, said: str, asked: str) -> str:
        """Something of it that an answer holds and that was not in the question; empty: nothing."""
        runs = sorted((_runs(said) & self._runs) - _runs(asked))
        return (
            " ".join(runs[0])
            if runs
            else next((id_ for id_ in sorted(self._ids) if id_ in said and id_ not in asked), "")
        )


def _runs(text: str) -> set[tuple[str, ...]]:
    words = [
        word for word in words_of(text) if not word.isdigit()
    ]  # « 1. La perte de … » is a number of a list and words
    runs = (tuple(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1))
    return {run for run in runs if len(set(run)) >= _FEWEST_DIFFERENT}


# ---- asking -------------------------------------------------------------------------------------------------------------------------


def of_the_address(url: str, key: str, asked: Asked, model: str) -> str:
    """All that the address answers to a question."""
    body = {"model": model, "messages": [{"role": "user", "content": asked.text}]}
    answer = httpx.post(
        f"{url}/v1/chat/completions", json=body, headers={"Authorization": f"Bearer {key}"}, timeout=_PATIENCE
    )
    return answer.text if answer.status_code >= 400 else json.dumps(answer.json(), ensure_ascii=False)


@asynccontextmanager
async def tools(url: str, key: str) -> AsyncIterator[Client]:
    """The tools, as a program of the protocol calls them."""
    async with (
        httpx2.AsyncClient(headers={"Authorization": f"Bearer {key}"}, timeout=_PATIENCE) as carried,
        Client(streamable_http_client(f"{url}/mcp", http_client=carried)) as client,
    ):
        yield client


def calls(asked: Asked, number: int) -> list[tuple[str, dict[str, Any]]]:
    """The tools that are called with a question: the one that answers, and another in turn."""
    article = {"texte": asked.title, "article": str(1 + number % 9)}
    turns: list[tuple[str, dict[str, Any]]] = [
        ("chercher", {"texte": asked.text, "limite": 20}),
        ("verifier_citation", {"citation": asked.sentence, "source": asked.source}),
        ("clauses_pour_besoin", {"besoin": asked.text[:1_000]}),
        ("synthese_dce", {"sources": [asked.source]}),
        ("portefeuille", {"question": asked.text}),
        ("portefeuille", {"question": asked.text, "collection": CLOSED}),
        ("poser_question", {"question": asked.text, "collection": CLOSED}),
        ("poser_question", {"question": "Et ensuite ?", "questions_precedentes": [asked.text]}),
        ("chercher", {"texte": asked.text, "collection": CLOSED}),
        ("article_a_date", article),
        ("versions_article", article),
        ("verifier_citation", {"citation": asked.sentence, **article}),
        ("controler_clause", {"clause": asked.sentence}),
        ("a_propos", {}),
    ]
    return [("poser_question", {"question": asked.text}), turns[number % len(turns)]]


def _said(arguments: Mapping[str, Any]) -> str:
    return json.dumps(arguments, ensure_ascii=False)


async def asked_of_all(
    page: str,
    mcp: str,
    keys: tuple[str, str],
    asked: Sequence[Asked],
    secrets: Secrets,
    *,
    controls: int,
    others: Sequence[Onlooker] = (),
) -> Judged:
    """Asks each question by the open collection's key everywhere and by the onlookers; the first ``controls`` by the closed one's at the address too."""
    judged, begun = Judged(questions=len(asked)), time.monotonic()
    models = (scopes.LAW, scopes.PREFIX + OPEN, scopes.PREFIX + CLOSED)
    history = ""  # a page and a server show what was asked of them before
    async with tools(mcp, keys[0]) as client:
        for number, one in enumerate(asked):
            if number % _TOLD_EVERY == 0:
                print(
                    f"{number} questions, {judged.requests} requests, {len(judged.seen)} seen",
                    file=sys.stderr,
                    flush=True,
                )
            if number < controls:
                own = await asyncio.to_thread(of_the_address, page, keys[1], one, scopes.PREFIX + CLOSED)
                judged.controlled["address"] += 1
                judged.control["address"] += bool(secrets.told(own, one.text))
            answer = await asyncio.to_thread(of_the_address, page, keys[0], one, models[number % len(models)])
            _judge(judged, secrets, "address", answer, f"{one.text} {one.source}")
            for name, arguments in calls(one, number):
                result = await client.call_tool(name, arguments)
                judged.refused += result.is_error
                told = json.dumps(result.structured_content, ensure_ascii=False) + " ".join(
                    getattr(part, "text", "") for part in result.content
                )
                _judge(judged, secrets, name, told, f"{one.text} {_said(arguments)}")
            history += f" {one.text} {one.sentence} {one.source}"
            for other in others:
                if not other.reads or number < controls:
                    await asyncio.to_thread(_looked, judged, secrets, other, one, number, history)
    judged.seconds = time.monotonic() - begun
    return judged


def _looked(judged: Judged, secrets: Secrets, other: Onlooker, one: Asked, number: int, history: str) -> None:
    """What an onlooker is told of a question."""
    if other.reads:
        found = [secrets.told(said, one.text) for _, said in other.told(one, number)]
        judged.controlled[other.name] += 1
        judged.control[other.name] += any(found)
        return
    for way, said in other.told(one, number):
        _judge(judged, secrets, f"{other.name}, {way}", said, history)


def _judge(judged: Judged, secrets: Secrets, where: str, answer: str, asked: str) -> None:
    judged.requests += 1
    judged.ways[where] += 1
    if words := secrets.told(answer, asked):
        judged.seen.append(f"{where}: {words} — {asked[-200:]}")
        print(judged.seen[-1], file=sys.stderr, flush=True)
    if "rencontré un défaut" in answer:
        judged.faults.append(f"{where}: {answer[:300]}")


# ---- by hand ------------------------------------------------------------------------------------------------------------------------


@contextmanager
def served_tools(home: Path) -> Iterator[str]:
    """``assistant mcp --http`` of a home: its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = commands.start(home, ["mcp", "--http", "--port", port], stdout=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"
    try:
        if (
            not commands.until(lambda: process.poll() is not None or _answers(url), _PATIENCE)
            or process.poll() is not None
        ):
            raise RuntimeError(f"the tools are not served (exit code {process.poll()})")
        yield url
    finally:
        process.terminate()
        process.wait(timeout=60)


def _answers(url: str) -> bool:
    try:
        return httpx.get(f"{url}/mcp", timeout=10).status_code == 401
    except httpx.HTTPError:
        return False


def attacked(
    home: Path,
    *,
    count: int,
    seed: int,
    server: Server | None = None,
    law: Sequence[Path] = (CORPUS / "droit",),
) -> Judged:
    """The whole trial in a home that it fills: the shipped law and framework agreements, the latter closed; over ``server`` where there is one."""
    base = server.base() if server else ""
    if server:
        (home / "settings.toml").write_text(f'store = "{base}"\n', encoding="utf-8")
        (home / "settings.toml").chmod(0o600)
    keys = prepared(home, [CORPUS / "accords-cadres"], law)
    workspace = Workspace(home)
    try:
        asked, secrets = questions(workspace, count, seed), Secrets(workspace)
        users = Users(home, workspace.shared)
        users.set_collection(CLOSED, [Role.DRAFTER])
        for name, role in _PEOPLE.items():
            users.add(name, role, SECRET)
    finally:
        workspace.close()
    with served(home) as (page, _), served_tools(home) as mcp, ExitStack() as opened:
        others: list[Onlooker] = [
            OnPage(Person(page, name), CLOSED, reads=role is Role.DRAFTER) for name, role in _PEOPLE.items()
        ]
        if server:
            others += [opened.enter_context(one) for one in _logins(server, base)]
        trial = asked_of_all(page, mcp, keys, asked, secrets, controls=min(20, count), others=others)
        return asyncio.run(trial)


def _logins(server: Server, base: str) -> tuple[AbstractContextManager[Onlooker], ...]:
    """A dashboard's login, given every collection but the closed one, and the program's own; both ask for all of them."""
    name, every = base.rsplit("/", 1)[1], json.dumps(["droit", OPEN, CLOSED])
    with server.admin(name) as admin:
        admin.execute(
            f"CREATE ROLE tableau_{name} LOGIN PASSWORD '{SERVER_SECRET}' IN ROLE assistant_lecteur"
        )
        for collection in ("droit", OPEN):
            admin.execute("INSERT INTO assistant.reader VALUES (%s, %s)", (f"tableau_{name}", collection))
    return (
        login(server.address(name, f"tableau_{name}"), reads=False, every=every),
        login(base, reads=True, every=every),
    )
