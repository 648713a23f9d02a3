"""The rules as data: what each says to the reader, from ``regles.toml``, and its code, from the modules by theme."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from assistant.datatypes import FindingSeverity, Target
from assistant.drafting.review import contradictions, criteria, framework, law, mandatory, persons, specifications, toothless
from assistant.drafting.review.pattern import Detect
from assistant.sheets import target

_THEMES = (persons, specifications, criteria, framework, mandatory, law, toothless, contradictions)

DETECTORS: dict[str, Detect] = {name: detect for theme in _THEMES for name, detect in theme.DETECTORS.items()}
"""The code of each rule that judges one document."""

ABOUT_BUYERS_PAPERS = frozenset(name for theme in (persons, specifications, criteria, framework, mandatory) for name in theme.DETECTORS) | {
    "conditions-du-titulaire"
}
"""What only a buyer can do wrong: no fault in the general terms that a supplier writes."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the review as its reader sees it: French words, the articles it rests on, examples that it must and must not catch."""

    id: str
    title: str
    severity: FindingSeverity
    message: str
    legal_basis: tuple[Target, ...]
    suggestion: str
    caught: tuple[str, ...]
    lawful: tuple[str, ...]


@cache
def rules() -> dict[str, Rule]:
    """Every rule by its id, in the order of the table."""
    table = tomllib.loads(resources.files(__package__).joinpath("regles.toml").read_text(encoding="utf-8"))
    return {
        name: Rule(
            name,
            entry["title"],
            FindingSeverity(entry["severity"]),
            entry["message"],
            tuple(target(reference) for reference in entry["legal_basis"]),
            entry["suggestion"],
            tuple(entry.get("caught", ())),
            tuple(entry.get("lawful", ())),
        )
        for name, entry in table.items()
    }
