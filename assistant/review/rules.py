"""The rules as data: what each says to the reader, from ``regles.toml``. Who finds them: the trained reader, or the facts of this room."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from assistant.datatypes import FindingSeverity, Target
from assistant.sheets import target
from assistant.typed_json import plain, typed


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the review as its reader sees it: French words, the articles it rests on, examples of what it finds and of what is lawful."""

    id: str
    title: str
    theme: str
    severity: FindingSeverity
    message: str
    legal_basis: tuple[Target, ...]
    suggestion: str
    caught: tuple[str, ...] = ()
    lawful: tuple[str, ...] = ()


@cache
def rules() -> dict[str, Rule]:
    """Every rule by its id, in the order of the table."""
    table = tomllib.loads(resources.files(__package__).joinpath("regles.toml").read_text(encoding="utf-8"))
    return {
        name: typed(
            Rule, {**row, "id": name, "legal_basis": [plain(target(one)) for one in row["legal_basis"]]}
        )
        for name, row in table.items()
    }
