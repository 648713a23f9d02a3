"""What a trial of several people knows of them all, and one person's page with everything on it searched for what is others'."""

import random
import threading
from collections import Counter
from dataclasses import dataclass, field

from assistant.site.rights import Role
from bench.attack.person import Person, Said

# What the page says where something of ours broke.
_BROKEN = "rencontré un défaut"


@dataclass
class Noted:
    """What was seen of all people together. ``leaks``: words of one's own that another was shown; ``lost``: what was acknowledged and is no longer there."""

    actions: Counter[str] = field(default_factory=Counter)
    own_found: int = 0
    leaks: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    slowest: dict[str, float] = field(default_factory=dict)

    @property
    def held(self) -> bool:
        """Whether nothing leaked, was lost or failed."""
        return not (self.leaks or self.lost or self.faults)


@dataclass
class Shared:
    """What the trial knows of everybody: each one's words, which nobody else may see, and the ids that others try."""

    names: tuple[str, ...]
    administrators: frozenset[str]
    closed: tuple[str, ...]
    words: dict[str, set[str]] = field(default_factory=dict)
    towns: dict[str, set[str]] = field(default_factory=dict)
    sources: dict[str, set[str]] = field(default_factory=dict)
    conversations: dict[str, set[str]] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def others(self, name: str) -> set[str]:
        """Words that ``name`` may not see."""
        with self.lock:
            found = {word for whose, words in self.words.items() if whose != name for word in words}
        return found | (set() if name in self.administrators else set(self.closed))

    def add(self, what: dict[str, set[str]], name: str, value: str) -> None:
        """Notes a word or an id of ``name``."""
        with self.lock:
            what.setdefault(name, set()).add(value)

    def another(self, what: dict[str, set[str]], name: str, chance: random.Random) -> str:
        """Some word or id of somebody else, empty where there is none yet."""
        with self.lock:
            found = sorted(value for whose, values in what.items() if whose != name for value in values)
        return chance.choice(found) if found else ""


class Seen:
    """A person's page."""

    def __init__(
        self, person: Person, role: Role, shared: Shared, chance: random.Random, noted: Noted
    ) -> None:
        self.person, self.role, self.shared, self.chance, self.noted = person, role, shared, chance, noted
        self.name = person.name

    def do(self, panel: str, event: str, **data: object) -> Said:
        """See ``Person.do``; what is told is looked at."""
        return self.looked_at(self.person.do(panel, event, **data), f"{panel}.{event}")

    def looked_at(self, said: Said, action: str) -> Said:
        """Notes words of others in what was told, and what broke."""
        leaked = [word for word in self.shared.others(self.name) if word in said.words]
        if leaked:
            self.noted.leaks.append(f"{self.name}, {action}: {leaked}")
        if _BROKEN in said.words:
            self.fault(f"{action}: {said.words[-800:]}")
        return said

    def fault(self, what: str) -> None:
        """Notes what failed."""
        self.noted.faults.append(f"{self.name}, {what}")
