"""Several people at once on one server, each with documents of his own: what one sees of another's, what is lost, how memory goes."""

import json
import random
import threading
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from assistant.shipped import CORPUS
from assistant.site.rights import Role
from assistant.site.users import Users
from assistant.workspace import Workspace
from bench.attack import commands
from bench.attack.level import Sampler, Trend, trend
from bench.attack.person import SECRET, Person, served
from bench.attack.seen import Noted, Shared
from bench.attack.visitor import Visitor

CLOSED = "fermee"
CLOSED_WORD = "ZQFERMEEZQ"
# A person reads what he was told: half of this to one and a half times, in seconds.
THINKS = 3.0


@dataclass(frozen=True)
class Judged:
    """What was seen of ``people`` in ``minutes``; ``held`` tells whether nothing leaked, was lost or failed, ``trend`` whether memory is level."""

    people: int
    minutes: float
    noted: Noted
    trend: Trend | None
    most_handles: int
    most_threads: int

    def to_json(self) -> dict[str, Any]:
        """For a program."""
        told = {
            **vars(self.noted),
            "actions": dict(self.noted.actions),
            "actions_in_all": self.noted.actions.total(),
        }
        return {**vars(self), "noted": told, "trend": asdict(self.trend) if self.trend else None}


def prepared(home: Path, count: int, corpus: Sequence[Path] = (CORPUS,)) -> list[str]:
    """A home with an index of the law, a collection closed to all but administrators, and accounts: one administrator, one reader, drafters. Their names."""
    closed = home / "fermee.txt"
    words = (
        f"Article 1 - Accès\n\nLe code d'accès du local technique de Fermeville est {CLOSED_WORD}.\n\n"
        "Article 2 - Pénalités\n\nLa pénalité de retard de Fermeville est de 777 euros par jour.\n"
    )
    closed.write_text(words, encoding="utf-8")
    workspace = Workspace(home)
    try:
        if corpus:
            workspace.index(corpus, collection="droit")
        workspace.index([closed], collection=CLOSED)
    finally:
        workspace.close()
    users = Users(home)
    roles = [Role.ADMINISTRATOR, Role.READER, *[Role.DRAFTER] * (count - 2)][-count:]
    names = [f"agent{number}" for number in range(count)]
    for name, role in zip(names, roles, strict=True):
        users.add(name, role, SECRET)
    users.set_collection(CLOSED, (Role.ADMINISTRATOR,))
    return names


def attacked(
    home: Path,
    names: Sequence[str],
    *,
    seconds: float,
    seed: int,
    every: float = 10.0,
    thinks: float = THINKS,
    log: Path | None = None,
) -> Judged:
    """Lets each of ``names`` use the page of ``home`` for some time, all at once."""
    noted = Noted()
    roles = {user.name: user.role for user in Users(home).all()}
    shared = Shared(
        tuple(names), frozenset(name for name in names if roles[name] is Role.ADMINISTRATOR), (CLOSED_WORD,)
    )
    with (
        served(home) as (url, process),
        Sampler(process.pid, lambda: noted.actions.total(), every, log) as sampler,
    ):
        visitors = [
            Visitor(Person(url, name), roles[name], shared, random.Random(f"{seed}-{name}"), noted)
            for name in names
        ]
        end = time.monotonic() + seconds
        threads = [threading.Thread(target=_use, args=(visitor, end, thinks, noted)) for visitor in visitors]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if process.poll() is not None:
            noted.faults.append(f"the server ended: {process.poll()}")
        else:
            for visitor in visitors:
                visitor.check()
    for arguments in (["journal", "verify", "--json"], ["doctor", "--deep", "--json"]):
        ran = commands.run(home, arguments, seconds=300)
        value = json.loads(ran.out) if ran.out else None
        wrong = value is None or (
            value["fault"]
            if isinstance(value, dict)
            else [one for one in value if not (one["ok"] or one["optional"])]
        )
        if wrong:
            noted.faults.append(f"{' '.join(arguments)}: {wrong} {ran.err[-500:]}")
    handles, threads_ = (
        max((getattr(one, what) for one in sampler.samples), default=0) for what in ("handles", "threads")
    )
    return Judged(len(names), seconds / 60, noted, trend(sampler.samples), handles, threads_)


def _use(visitor: Visitor, end: float, thinks: float, noted: Noted) -> None:
    visitor.begin()
    while time.monotonic() < end:
        begun = time.monotonic()
        action = visitor.act()
        noted.slowest[action] = max(noted.slowest.get(action, 0.0), time.monotonic() - begun)
        time.sleep(min(max(0.0, end - time.monotonic()), thinks * (0.5 + visitor.chance.random())))
