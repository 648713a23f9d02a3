"""The table of the articles that the corpus rests on (``corpus/droit/articles.tsv``): one line a dated wording. Facts only, never the text of a law.

It says what a copy of a code may not know: a wording that a later decree replaced, an article that is only proposed.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from assistant.datatypes import in_force
from assistant.errors import CorpusError

COLUMNS = ("work", "article", "valid_from", "valid_to", "note")
# How the note of a wording begins that nobody here has read: its dates come from a secondary source.
UNREAD = "non lu"
# How the note of a text begins that is proposed and not law.
PENDING = "projet"


@dataclass(frozen=True, slots=True)
class DatedArticle:
    """One wording of an article, or a whole text (a decision, a decree) when ``article`` is its number.

    ``valid_from`` None: the day is not known; ``valid_to`` is exclusive, None: no end is known.
    """

    work: str
    article: str
    valid_from: date | None
    valid_to: date | None
    note: str = ""

    @property
    def unread(self) -> bool:
        """Whether its text was read by nobody here."""
        return self.note.startswith(UNREAD)

    @property
    def pending(self) -> bool:
        """Whether it is proposed only."""
        return self.note.startswith(PENDING)

    def in_force(self, day: date) -> bool:
        """Whether it is law on ``day``."""
        return not self.pending and in_force(self.valid_from, self.valid_to, day)


def parse(text: str, origin: str) -> tuple[DatedArticle, ...]:
    """The lines of the table.

    Raises:
        CorpusError: a line has not the five columns, or a date that is not one; the message names it.
    """
    first, *lines = text.splitlines() or [""]
    if tuple(first.split("\t")) != COLUMNS:
        raise CorpusError(
            f"« {origin} » ne commence pas par les colonnes {', '.join(COLUMNS)}.",
            "corpus/README.md décrit cette table.",
        )
    return tuple(_line(line, number, origin) for number, line in enumerate(lines, 2) if line.strip())


def _line(line: str, number: int, origin: str) -> DatedArticle:
    cells = line.split("\t")
    try:
        work, article, valid_from, valid_to, note = cells
        return DatedArticle(work, article, _day(valid_from), _day(valid_to), note)
    except ValueError as error:
        raise CorpusError(
            f"Ligne {number} de « {origin} » : il faut cinq colonnes séparées par des tabulations, et des dates AAAA-MM-JJ ou vides.",
            f"Cette ligne est « {line} ».",
        ) from error


def _day(cell: str) -> date | None:
    return date.fromisoformat(cell) if cell else None


def as_text(rows: Iterable[DatedArticle]) -> str:
    """The table's text, in the order of works, articles and dates."""
    lines = [
        (row.work, row.article, str(row.valid_from or ""), str(row.valid_to or ""), row.note)
        for row in sorted(rows, key=order)
    ]
    return "".join("\t".join(cells) + "\n" for cells in (COLUMNS, *lines))


def order(row: DatedArticle) -> tuple[object, ...]:
    """Sorts ``L2112-4`` before ``L2112-10``, and the wordings of an article by their dates."""
    pieces = tuple(
        (int(piece), "") if piece.isdigit() else (-1, piece) for piece in re.findall(r"\d+|\D+", row.article)
    )
    return (row.work, pieces, row.valid_from or date.min)
