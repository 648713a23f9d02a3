"""The States and zones that people name (``corpus/droit/etats.tsv``): where they lie, and what the Agreement on Government Procurement makes of their firms.

Geography and law only; nothing is known here of companies. ``names`` are whole, as a cell of a register says a place. ``words`` begin a word of a folded
question (« suisse » : « suisses »); one of fewer than five letters is that word, or its plural; ``_`` is a space. Whether a firm is covered is never told here:
that depends on the buyer, the service, the threshold and the notes of the agreement.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from assistant.errors import CorpusError
from assistant.shipped import CORPUS

TABLE = CORPUS / "droit" / "etats.tsv"
COLUMNS = ("code", "zone", "label", "agreement", "names", "words", "source")
# Words with fewer letters are whole.
_WHOLE = 5


class Zone(StrEnum):
    """Where a State lies."""

    UNION = "UE"
    AREA = "EEE"
    THIRD = "tiers"
    UNKNOWN = "inconnu"  # « hors Union », « international »: no State is named


class Status(StrEnum):
    """What a State is to a French buyer."""

    UNION = "union"
    AREA = "eee"  # of the European Economic Area, treated alike (CCP L2153-1)
    PARTY = "amp"  # party to the Agreement on Government Procurement, within its limits
    NO_PARTY = "sans-amp"


@dataclass(frozen=True, slots=True)
class State:
    """A State or a zone. ``status`` is None where the table does not tell it."""

    code: str
    zone: Zone
    label: str
    status: Status | None
    names: tuple[str, ...]
    words: tuple[str, ...]

    @property
    def is_third(self) -> bool:
        """Whether it is known to lie outside the European Economic Area."""
        return self.zone is Zone.THIRD

    @property
    def is_outside_union(self) -> bool:
        """Whether its law is that of a State outside the Union: those of the European Economic Area too."""
        return self.zone in (Zone.THIRD, Zone.AREA)


@cache
def table() -> tuple[State, ...]:
    """Every line of the table.

    Raises:
        CorpusError: a line has not the columns, or a zone or status that is none; the message names it.
    """
    first, *lines = TABLE.read_text(encoding="utf-8").splitlines() or [""]
    if tuple(first.split("\t")) != COLUMNS:
        raise CorpusError(
            f"« {TABLE.name} » ne commence pas par les colonnes {', '.join(COLUMNS)}.",
            "corpus/README.md décrit cette table.",
        )
    return tuple(_state(line, number) for number, line in enumerate(lines, 2) if line.strip())


def _state(line: str, number: int) -> State:
    try:
        code, where, label, agreement, names, named, _ = line.split("\t")
        zone = Zone(where)
        of_zone = {Zone.UNION: Status.UNION, Zone.AREA: Status.AREA}.get(zone)
        status = Status(agreement) if agreement else of_zone
        return State(
            code,
            zone,
            label,
            status,
            tuple(filter(None, names.split("|"))),
            tuple(word.replace("_", " ") for word in named.split()),
        )
    except ValueError as error:
        raise CorpusError(
            f"Ligne {number} de « {TABLE.name} » : {error}.", "corpus/README.md décrit cette table."
        ) from error


def named(folded: str, *, least: int = 1, plurals: bool = False) -> Iterator[tuple[State, int]]:
    """The States whose whole names, of ``least`` letters, stand in a folded text, each time, and where each begins; ``plurals``: in the plural too."""
    by_name, found = _names(least, plurals)
    for match in found.finditer(folded):
        yield by_name[match["name"]], match.start()


@cache
def _names(least: int, plurals: bool) -> tuple[dict[str, State], re.Pattern[str]]:
    by_name = {name: state for state in table() for name in state.names if len(name) >= least}
    longest = "|".join(map(re.escape, sorted(by_name, key=len, reverse=True)))
    return by_name, re.compile(rf"(?<![\w-])(?P<name>{longest}){'(?:s|es)?' if plurals else ''}(?![\w-])")


@cache
def words(*statuses: Status) -> tuple[str, ...]:
    """The folded words by which questions name the States of ``statuses``."""
    return tuple(word for state in table() if state.status in statuses for word in state.words)


def pattern(*statuses: Status) -> str:
    """A regular expression that any State of ``statuses`` matches in a folded text."""
    named = (re.escape(word) + (r"\w*" if len(word) >= _WHOLE else r"s?\b") for word in words(*statuses))
    return rf"\b(?:{'|'.join(named)})"
