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
from urllib.parse import quote

import httpx

from assistant.page.events import OPENING
from assistant.page.sessions import COOKIE
from bench.attack import commands

SECRET = "quatre mots tirés au sort"
PATIENCE = 300.0
# How often a demand is made that the server gave up.
_TRIES = 3
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
        self._page, self._values = "", dict[str, Any]()
        if name:
            self.sign_in()
        self.shown: Mapping[str, str] = {}

    def sign_in(self) -> None:
        """Signs in by the form of the page."""
        form = self._client.get("/connexion").raise_for_status().text
        found = _PROOF.search(form)
        proof = unescape(found[1] or found[2]) if found else ""
        self._client.post(
            "/connexion", data={"nom": self.name, "secret": SECRET, "preuve": proof}
        ).raise_for_status()

    @property
    def session(self) -> str:
        """The cookie of this session, as a browser sends it."""
        return f"{COOKIE}={self._client.cookies[COOKIE]}"

    def sign_out(self) -> None:
        """Signs out by the button of the page."""
        self._client.post("/deconnexion")

    def open(self, without: Sequence[str] = ()) -> Said:
        """Opens the page, as a reload does: another name of a page, what the screens show at first, but for the parts ``without``."""
        self._client.get("/").raise_for_status()
        self._page, self._values = secrets.token_hex(16), {}
        told = self.do("", OPENING)
        self.shown = told.parts
        return Said({part: html for part, html in told.parts.items() if part not in without}, told.words)

    def do(self, part: str, event: str, **data: object) -> Said:
        """What a button or a form of a part sends, and what is shown of it; the values that the page keeps go along."""
        demand = {
            "page": self._page,
            "partie": part,
            "evenement": event,
            "donnees": data,
            "valeurs": self._values,
        }
        for _ in range(
            _TRIES
        ):  # as a browser, which asks again where its demand was given up before it came for the stream
            said = self._followed(part, demand)
            if said is not None:
                return said
        raise RuntimeError(f"{part}: no answer")

    def _followed(self, part: str, demand: Mapping[str, object]) -> Said | None:
        """What is shown of a demand; None where the server does not know it any more."""
        words, shown = [], dict[str, str]()
        begun = self._client.post("/demandes", json=demand, headers={"X-Page": "1"}).raise_for_status().json()
        with self._client.stream("GET", f"/demandes/{begun['jeton']}") as answer:
            if answer.status_code == httpx.codes.NOT_FOUND:
                return None
            for line in answer.iter_lines():
                if not line.startswith("data: "):
                    continue
                words.append(line)
                said = json.loads(line.removeprefix("data: "))
                shown |= said.get("parties", {})
                self._values |= said.get("valeurs", {})
                if "ensuite" in said:
                    if said["echec"]:
                        raise RuntimeError(f"{part}: the page failed: {line[:500]}")
                    return Said(shown, "\n".join(words))
        raise RuntimeError(f"{part}: no answer ({answer.status_code})")

    def deposit(self, name: str, data: bytes) -> tuple[str, str]:
        """Drops a file: its token, or empty and why it was refused."""
        answer = self._client.post(f"/depot?nom={quote(name)}", content=data, headers={"X-Depot": "1"})
        said = answer.json()
        return (str(said["jeton"]), "") if answer.status_code == 200 else ("", str(said["message"]))


@contextmanager
def served(home: Path, **options: object) -> Iterator[tuple[str, "subprocess.Popen[bytes]"]]:
    """The page of a home: its address, and its process, which is stopped at the end where it is still there."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = commands.start(home, ["serve", "--port", port], stdout=subprocess.DEVNULL, **options)
    url = f"http://127.0.0.1:{port}"
    try:
        if (
            not commands.until(lambda: process.poll() is not None or _answers(url), PATIENCE)
            or process.poll() is not None
        ):
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
