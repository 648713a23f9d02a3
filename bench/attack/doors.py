"""A real server with accounts under hostile requests: it stays up, fails at none of them, and gives nothing of the page, of its disk or of another."""

import contextlib
import re
import shutil
import socket
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from assistant.site.journal import Journal
from assistant.site.rights import Role
from assistant.site.users import Users
from bench.attack import commands, demands
from bench.attack.demands import Demand, Target
from bench.attack.person import SECRET, Person, served

NAMES = ("claire", "paul")
# The word of the document of the one who is not asking: nobody else is told it.
WORD = "ZQMOTDEPAULZQ"
# A head or a body that is half sent has twenty seconds; what takes longer than this to be answered, or to be hung up, holds a connection.
PATIENCE = 60.0
# A demand in so many, an honest person is at work, whose question must be answered as ever.
HONEST = 50
_STATUS = re.compile(rb"HTTP/1\.[01] (\d{3})")
# What belongs to nobody's answer: faults of Python, files of the machine.
_NEVER = (b"Traceback", b"root:x:0", WORD.encode(), b"library.sqlite", b"users.toml")
_PAGE = b"gradio_config"
# A demand of the page that was taken, and one that failed.
_TAKEN, _FAILED = re.compile(rb'"jeton":"([\w-]+)"'), re.compile(rb'"echec": ?true')
# Requests sent at once: some wait for the rest of their body until they are hung up on.
AT_ONCE = 10


class Answer(NamedTuple):
    """The beginning of what came back, whether it came to its end, and when."""

    data: bytes
    ended: bool
    seconds: float


@dataclass
class Judged:
    """What was seen: requests by kind, answers by status (0: hung up without one), what did not hold."""

    kinds: Counter[str] = field(default_factory=Counter)
    statuses: Counter[int] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    slowest: float = 0.0
    memory: tuple[float, float] = (0.0, 0.0)

    def fault(self, there: bool, said: str) -> None:
        """Notes what did not hold."""
        if there:
            self.faults.append(said)
            print(f"FAULT {said}", flush=True)

    def to_json(self) -> dict[str, Any]:
        """For a program."""
        return {**vars(self), "kinds": dict(self.kinds), "statuses": dict(sorted(self.statuses.items()))}


def attacked(root: Path, *, count: int, seed: int, index: Path | None = None) -> Judged:
    """Sends ``count`` hostile requests to the page of a new home under ``root``; ``index``: the folder of an index to copy, else it is empty."""
    home, judged = commands.home_in(root), Judged()
    if index is not None:
        shutil.copytree(index, home / "library")
    for name in NAMES:
        Users(home).add(name, Role.DRAFTER, SECRET)
    errors = root / "erreurs.txt"
    with errors.open("wb") as told, served(home, stderr=told) as (url, process):
        claire, paul = (Person(url, name) for name in NAMES)
        for person in (claire, paul):
            person.open()
        token, _ = paul.deposit("paul.txt", f"Le code de la porte est {WORD}.".encode())
        address = url.removeprefix("http://")
        target = Target(address, claire.session, token)
        before = commands.memory(process.pid).get("RssAnon", 0.0)
        with ThreadPoolExecutor(AT_ONCE) as pool:
            for first, batch in _batches(demands.made(count, seed, target)):
                answers = pool.map(partial(_answered, address=address, cookie=target.cookie), batch)
                for number, (demand, answer) in enumerate(zip(batch, answers, strict=True), first):
                    _judge(judged, number, demand, answer)
                if process.poll() is not None:
                    judged.fault(True, f"the server ended within {first} to {first + len(batch)}")
                    break
                _honest(judged, first, claire)
                print(
                    f"{first + len(batch)} requests, {len(judged.faults)} faults, {dict(judged.statuses)}",
                    flush=True,
                )
        judged.memory = before, commands.memory(process.pid).get("RssAnon", 0.0)
    said = errors.read_text(encoding="utf-8", errors="replace")
    judged.fault("Traceback" in said, f"traces of faults in what the server says: {said[-3_000:]}")
    judged.fault(Journal(home).verify().fault is not None, "the journal is not whole")
    return judged


def _batches(all_: Iterator[Demand]) -> Iterator[tuple[int, list[Demand]]]:
    """Batches, each with the number of its first."""
    first = 0
    while batch := list(islice(all_, HONEST)):
        yield first, batch
        first += len(batch)


def _answered(demand: Demand, address: str, cookie: str) -> Answer:
    """What comes back; of a demand of the page that was taken, also what the page is then told."""
    begun = time.monotonic()
    data, ended = _sent(demand.data, address)
    if (taken := _TAKEN.search(data)) and demand.kind in ("body", "token"):
        asked = demands.request(Target(address, cookie, ""), "GET", f"/demandes/{taken[1].decode()}")
        data += _sent(asked, address)[0]
    return Answer(data, ended, time.monotonic() - begun)


def _judge(judged: Judged, number: int, demand: Demand, answer: Answer) -> None:
    found = _STATUS.match(answer.data)
    status = int(found[1]) if found else 0
    judged.slowest = max(judged.slowest, answer.seconds)
    judged.kinds[demand.kind] += 1
    judged.statuses[status] += 1
    what = f"request {number} ({demand.kind}) {demand.data[-300:]!r}: {answer.data[-500:]!r}"
    judged.fault(not answer.ended, f"no end of an answer after {PATIENCE:.0f} s: {what}")
    judged.fault(status >= 500 or bool(_FAILED.search(answer.data)), f"failed: {what}")
    judged.fault(any(sign in answer.data for sign in _NEVER), f"told what it should not: {what}")
    judged.fault(_PAGE in answer.data and not demand.is_named, f"the page was given to nobody: {what}")


def _sent(data: bytes, address: str) -> tuple[bytes, bool]:
    """What comes back of some bytes, the beginning of it; whether it came to an end, answered or hung up."""
    host, _, port = address.rpartition(":")
    answer, end = b"", time.monotonic() + PATIENCE
    with socket.create_connection((host, int(port)), PATIENCE) as open_:
        with contextlib.suppress(OSError):  # hung up on meanwhile
            open_.sendall(data)
        while time.monotonic() < end:
            open_.settimeout(max(0.1, end - time.monotonic()))
            try:
                piece = open_.recv(65_536)
            except TimeoutError:
                return answer, False
            except OSError:
                return answer, True
            if not piece:
                return answer, True
            answer += piece if len(answer) < 2_000_000 else b""
    return answer, False


def _honest(judged: Judged, number: int, person: Person) -> None:
    """The page is what it was to somebody who works."""
    try:
        said = person.do("clauses-recherche", "trouver", mots="pénalités de retard", rang="1")
        judged.fault("clauses-trouvees" not in said.parts, f"after {number}: no clauses are found any more")
    except Exception as error:  # whatever it is, the trial tells it
        judged.fault(True, f"after {number}: {type(error).__name__}: {error}"[:500])
