"""The States that people name, and what the Agreement on Government Procurement makes of their firms (``corpus/droit/etats.tsv``): one line a State.

A word of the table begins a word of a folded text (« suisse » : « suisses »); one of fewer than five letters is that word, or its plural. ``_`` is a space.
Whether a firm is covered is never told here: that depends on the buyer, the service, the threshold and the notes of the agreement.
"""

import re
from enum import StrEnum
from functools import cache

from assistant.errors import CorpusError
from assistant.shipped import CORPUS

TABLE = CORPUS / "droit" / "etats.tsv"
COLUMNS = ("name", "status", "words", "source")
# Words with fewer letters are whole.
_WHOLE = 5


class Status(StrEnum):
    """What a State is to a French buyer."""

    UNION = "union"
    AREA = "eee"  # of the European Economic Area, treated alike (CCP L2153-1)
    PARTY = "amp"  # party to the Agreement on Government Procurement, within its limits
    NO_PARTY = "sans-amp"


@cache
def words(*statuses: Status) -> tuple[str, ...]:
    """The folded words by which the States of ``statuses`` are named.

    Raises:
        CorpusError: a line has not the columns, or a status that is none; the message names it.
    """
    first, *lines = TABLE.read_text(encoding="utf-8").splitlines() or [""]
    if tuple(first.split("\t")) != COLUMNS:
        raise CorpusError(f"« {TABLE.name} » ne commence pas par les colonnes {', '.join(COLUMNS)}.", "corpus/README.md décrit cette table.")
    found: list[str] = []
    for number, line in enumerate(filter(str.strip, lines), 2):
        try:
            _, status, named, _ = line.split("\t")
            if Status(status) in statuses:
                found += [word.replace("_", " ") for word in named.split()]
        except ValueError as error:
            raise CorpusError(f"Ligne {number} de « {TABLE.name} » : {error}.", "corpus/README.md décrit cette table.") from error
    return tuple(found)


def pattern(*statuses: Status) -> str:
    """A regular expression that any State of ``statuses`` matches in a folded text."""
    named = (re.escape(word) + (r"\w*" if len(word) >= _WHOLE else r"s?\b") for word in words(*statuses))
    return rf"\b(?:{'|'.join(named)})"
