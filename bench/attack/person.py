"""Somebody with the page open, spoken for as a browser would: the same addresses, the same events, one open page after the other."""

import json
import re
import secrets
import socket
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import httpx

from assistant.page.sessions import COOKIE
from bench.attack import commands

SECRET = "quatre mots tirés au sort"
PATIENCE = 300.0
_PROOF = re.compile(r'name="preuve"[^>]*value="([^"]+)"|value="([^"]+)"[^>]*name="preuve"')


@dataclass(frozen=True)
class Said:
    """What the page was told of one event: the last value of each part that it changes, and every word on the way (with those of before the last)."""

    parts: Mapping[str, str]
    words: str


class Person:
    """A person, signed in (``name`` and the secret above) or alone on a page without accounts (``name`` empty)."""

    def __init__(self, url: str, name: str) -> None:
        self.url, self.name = url, name
        self._client = httpx.Client(base_url=url, timeout=PATIENCE, follow_redirects=True)
        self._alive: socket.socket | None = None
        self._session = ""
        if name:
            self.sign_in()
        self._config: dict[str, Any] = self._client.get("/config").raise_for_status().json()
        self._ids = {one["props"].get("elem_id"): one["id"] for one in self._config["components"]}
        self.shown = {one["props"]["elem_id"]: str(one["props"].get("value")) for one in self._config["components"] if one["props"].get("elem_id")}
        self._names = {one["id"]: one["props"].get("elem_id") or "" for one in self._config["components"]}

    def sign_in(self) -> None:
        """Signs in by the form of the page."""
        form = self._client.get("/connexion").raise_for_status().text
        found = _PROOF.search(form)
        proof = unescape(found[1] or found[2]) if found else ""
        self._client.post("/connexion", data={"nom": self.name, "secret": SECRET, "preuve": proof}).raise_for_status()

    def sign_out(self) -> None:
        """Signs out by the button of the page."""
        self._client.post("/deconnexion")

    def open(self, without: Sequence[str] = ()) -> Said:
        """Opens the page, as a reload does: another session of Gradio's, what the screens show at first, but for the parts ``without``."""
        self.close()
        self._client.get("/").raise_for_status()
        self._session = secrets.token_hex(6)
        self._beat()
        loads = [one for one in self._config["dependencies"] if one["backend_fn"] and any(event == "load" for _, event in one["targets"])]
        wanted = [one for one in loads if not {self._names[place] for place in one["outputs"]} & set(without)]
        told = [self._ask(one, one["targets"][0][0], {}) for one in wanted]
        return Said({key: value for one in told for key, value in one.parts.items()}, "\n".join(one.words for one in told))

    def close(self) -> None:
        """Leaves the page: the server sees the connection that tells it that a page is open end."""
        if self._alive is not None:
            self._alive.close()
            self._alive = None

    def do(self, panel: str, event: str, **data: object) -> Said:
        """What a button or a form of ``panel`` sends, and what follows from it by itself."""
        wanted = [self._ids[panel], event]
        found = next(one for one in self._config["dependencies"] if wanted in one["targets"] and one["backend_fn"])
        return self._ask(found, wanted[0], data)

    def deposit(self, name: str, data: bytes) -> tuple[str, str]:
        """Drops a file: its token, or empty and why it was refused."""
        answer = self._client.post(f"/depot?nom={quote(name)}", content=data, headers={"X-Depot": "1"})
        said = answer.json()
        return (str(said["jeton"]), "") if answer.status_code == 200 else ("", str(said["message"]))

    def _ask(self, dependency: dict[str, Any], trigger: int, data: dict[str, object]) -> Said:
        body: dict[str, Any] = {"data": [None] * len(dependency["inputs"]), "fn_index": dependency["id"], "trigger_id": trigger, "session_hash": self._session}
        sent = self._client.post("/gradio_api/queue/join", json=body | {"event_data": data or None})
        number = str(sent.raise_for_status().json()["event_id"])
        words, output = [], dict[str, Any]()
        with self._client.stream("GET", "/gradio_api/queue/data", params={"session_hash": self._session}) as lines:
            for line in lines.iter_lines():
                if not line.startswith("data:"):
                    continue
                words.append(line)
                message = json.loads(line.removeprefix("data:"))
                if message.get("msg") == "process_completed" and message.get("event_id") == number:
                    output = message["output"]
                    if not message["success"]:
                        raise RuntimeError(f"{self._names.get(trigger)}: the page failed: {line[:500]}")
        if not output:
            raise RuntimeError(f"{self._names.get(trigger)}: no answer")
        parts = {self._names[place]: value for place, value in zip(dependency["outputs"], output["data"], strict=False) if isinstance(value, str)}
        said = Said(parts, "\n".join(words))
        for state in output.get("changed_state_ids") or ():
            for after in self._config["dependencies"]:
                if [state, "change"] in after["targets"]:
                    then = self._ask(after, state, {})
                    said = Said({**said.parts, **then.parts}, f"{said.words}\n{then.words}")
        return said

    def _beat(self) -> None:
        """Keeps the connection open that an open page keeps; nothing of it is read."""
        where = urlsplit(self.url)
        self._alive = socket.create_connection((where.hostname or "", where.port or 80))
        cookie = self._client.cookies.get(COOKIE, "")
        head = f"GET /gradio_api/heartbeat/{self._session} HTTP/1.1\r\nHost: {where.netloc}\r\nCookie: {COOKIE}={cookie}\r\n\r\n"
        self._alive.sendall(head.encode())


@contextmanager
def served(home: Path, **options: object) -> Iterator[tuple[str, "subprocess.Popen[bytes]"]]:
    """The page of a home: its address, and its process, which is stopped at the end where it is still there."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = commands.start(home, ["serve", "--port", port], stdout=subprocess.DEVNULL, **options)
    url = f"http://127.0.0.1:{port}"
    try:
        if not commands.until(lambda: process.poll() is not None or _answers(url), PATIENCE) or process.poll() is not None:
            raise RuntimeError(f"the page did not open (exit code {process.poll()})")
        yield url, process
    finally:
        process.terminate()
        try:
            process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _answers(url: str) -> bool:
    try:
        return httpx.get(url, timeout=10, follow_redirects=True).status_code < 400
    except httpx.HTTPError:
        return False
