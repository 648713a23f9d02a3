"""The figures of law that answers and the review both hold to (``corpus/droit/chiffres.tsv``): one line a figure and a period, one source for both.

``asked`` recognises, in a folded question, what the figure is about; empty where a question is not held to it. ``sheets`` are those whose answers it bounds,
``least`` the position of who exceeds it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from assistant.datatypes import Position, in_force
from assistant.errors import CorpusError
from assistant.french.numbers import FIGURES, IN_WORDS, number, value
from assistant.shipped import CORPUS

TABLE = CORPUS / "droit" / "chiffres.tsv"
COLUMNS = ("id", "value", "unit", "valid_from", "valid_to", "article", "sheets", "least", "asked", "what")
_TIMES_OVER = re.compile(rf"\b({FIGURES}|{IN_WORDS}) ?(?:fois|x\b)")
# Unit of what a question counts for each unit of the table, and how many of it make one.
_COUNTED = {"%": ("%", 1), "jours": ("jours", 1), "ans": ("mois", 12)}


@dataclass(frozen=True, slots=True)
class Figure:
    """A ceiling of law: ``value`` in ``unit``, in force from ``valid_from`` to ``valid_to`` (exclusive)."""

    id: str
    value: float
    unit: str
    valid_from: date
    valid_to: date | None
    article: str
    sheets: tuple[str, ...]
    least: Position
    asked: str
    what: str

    def in_force(self, day: date) -> bool:
        """Whether it is law on ``day``."""
        return in_force(self.valid_from, self.valid_to, day)


@dataclass(frozen=True, slots=True)
class Exceeded:
    """A ceiling that a question goes beyond, and what is said of it."""

    figure: Figure
    asked: float

    @property
    def message(self) -> str:
        """What the reader is told."""
        said = f"{self.asked:g}".replace(".", ",")
        return f"La question parle de {said} {self.figure.unit} : {self.figure.what} ({self.figure.article})."


@cache
def ceiling(id_: str, day: date) -> float:
    """The value of a figure on ``day``.

    Raises:
        CorpusError: the table has no such figure that day.
    """
    found = next((figure for figure in figures() if figure.id == id_ and figure.in_force(day)), None)
    if found is None:
        raise CorpusError(f"« {TABLE.name} » n'a pas de chiffre « {id_} » le {day}.", "Ajoutez sa ligne.")
    return found.value


def exceeded(folded: str, counted: Sequence[tuple[str, float]], sheet: str, day: date) -> Exceeded | None:
    """The ceiling of the sheet's subject that a folded question goes beyond; the highest where several may apply.

    ``counted``: what the question counts, unit and how many (``assistant.sheets.bounds``).
    """
    held = [
        one
        for one in figures()
        if sheet in one.sheets and one.asked and one.in_force(day) and re.search(one.asked, folded)
    ]
    most = max(held, key=lambda one: one.value, default=None)
    if most is None:
        return None
    if most.unit in _COUNTED:
        unit, many = _COUNTED[most.unit]
        found = [one / many for kind, one in counted if kind == unit]
    else:
        found = [_value(match[1]) for match in _TIMES_OVER.finditer(folded)]
        sums = [one for kind, one in counted if kind == "€"]
        if len(sums) == 2 and min(sums):  # « 3 M€ de chiffre d'affaires pour un marché de 500 k€ »
            found.append(round(max(sums) / min(sums), 1))
    above = max(found, default=0.0)
    return Exceeded(most, above) if above > most.value else None


def _value(written: str) -> float:
    return float(value(written)) if written[0].isdigit() else float(number(written) or 0)


@cache
def figures() -> tuple[Figure, ...]:
    """Every line of the table.

    Raises:
        CorpusError: a line has not the columns, or a value that is none; the message names it.
    """
    first, *lines = TABLE.read_text(encoding="utf-8").splitlines() or [""]
    if tuple(first.split("\t")) != COLUMNS:
        raise CorpusError(
            f"« {TABLE.name} » ne commence pas par les colonnes {', '.join(COLUMNS)}.",
            "corpus/README.md décrit cette table.",
        )
    return tuple(_figure(line, number) for number, line in enumerate(lines, 2) if line.strip())


def _figure(line: str, number: int) -> Figure:
    try:
        id_, value, unit, start, end, article, sheets, least, asked, what = line.split("\t")
        re.compile(asked)
        return Figure(
            id_,
            float(value),
            unit,
            date.fromisoformat(start),
            date.fromisoformat(end) if end else None,
            article,
            tuple(sheets.split()),
            Position(least),
            asked,
            what,
        )
    except (ValueError, re.error) as error:
        raise CorpusError(
            f"Ligne {number} de « {TABLE.name} » : {error}.", "corpus/README.md décrit cette table."
        ) from error
