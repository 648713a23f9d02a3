"""The figures of law (``corpus/droit/chiffres.tsv``): a line for each limit and period, with what is answered on either side. Answers and the review read it.

A network reads « 84 000 € » and « 92 000 € » alike. Where what a question counts lies on one side of a limit of the case that answers, the answer begins with
that: what was counted, the limit, and what follows from it. Where it lies on both sides nothing is concluded; a number that is named as a limit does not count.
"""

import operator
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from assistant.datatypes import Position, Target, in_force
from assistant.errors import CorpusError
from assistant.french.dates import days_said
from assistant.french.numbers import FIGURES, IN_WORDS
from assistant.sheets import bounds
from assistant.shipped import CORPUS

TABLE = CORPUS / "droit" / "chiffres.tsv"
COLUMNS = (
    "id",
    "value",
    "unit",
    "valid_from",
    "valid_to",
    "article",
    "cases",
    "within",
    "sum",
    "words",
    "inside",
    "inside_say",
    "outside",
    "outside_say",
)
_WITHIN: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_TIMES_OVER = re.compile(rf"\b({FIGURES}|{IN_WORDS}) ?(?:fois|x\b)")
# Unit of what a question counts for each unit of the table, and how many of it make one.
_COUNTED = {"€": ("€", 1), "%": ("%", 1), "jours": ("jours", 1), "mois": ("mois", 1), "ans": ("mois", 12)}
# What is said before a number that is a limit itself and not what is held to it: « sous 60 000 € », « le seuil de 60 000 € ».
_NAMES_IT = re.compile(
    r"\b(?:(?:moins|plus) d|(?:seuil|limite|plafond|maximum|minimum|barre|sous|dessous|dessus|dela|depass\w*|exced\w*|jusqu|atteint\w*|"
    r"superieure?s?|inferieure?s?|pass(?:e|er|ant)|entre)\b)\W*(?:\w{1,4}\W+){0,3}$"
)
# What is counted may be one of several, whose sum lies further: « 15 % chacun », « un an renouvelable trois fois », « un deuxième avenant de six ».
_GATHERS = re.compile(
    r"\b(?:chacun|chaque|par an\b|par mois|annuel|fois\b|reconduc|renouvel|deux(?:ieme)? (?:avenant|bon|commande|lot|devis)|"
    r"deuxieme|second|autres?\b|encore|puis\b|deja|cumul|ensuite|dernier|l'un\b|tranche|total)"
)
# Beyond it, in hundredths, a sum is no addition to another.
_HALF = 50.0
_TAXED, _UNTAXED = re.compile(r"\bttc\b"), re.compile(r"\bHT\b|hors taxe")
_TODAY = re.compile(r"\b(?:aujourd'hui|ce jour|nous sommes|on est le|ce matin)\b")


@dataclass(frozen=True, slots=True)
class Side:
    """What is answered on one side of a limit: ``position`` on what people ask, and what follows « Vous parlez de 48 jours : »."""

    position: Position
    say: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A limit of law, in force from ``valid_from`` to ``valid_to`` (exclusive).

    Attributes:
        id: its name; several lines have the same where the limit changed.
        value: the limit, in ``unit`` (€, %, jours, mois, ans, fois).
        article: where it stands, as ``CCP R2192-10``.
        cases: whose answers it serves, as ``sheet/case``; ``sheet/*``: all of a sheet.
        within: what lies inside: ``<``, ``<=``, ``>``, ``>=`` the value.
        summed: what a question counts is added up.
        words: beginnings of folded words, one of which the question must have; none: any question.
        inside: what is answered there.
        outside: what is answered beyond.
    """

    id: str
    value: float
    unit: str
    valid_from: date
    valid_to: date | None
    article: str
    cases: tuple[str, ...]
    within: str
    summed: bool
    words: tuple[str, ...]
    inside: Side
    outside: Side

    @property
    def target(self) -> Target:
        """The article it stands in."""
        work, _, article = self.article.rpartition(" ")
        return Target(work, article)

    def in_force(self, day: date) -> bool:
        """Whether it is law on ``day``."""
        return in_force(self.valid_from, self.valid_to, day)

    def is_of(self, sheet: str, case: str, folded: str) -> bool:
        """Whether a folded question that this case answers is held to it."""
        return (f"{sheet}/{case}" in self.cases or f"{sheet}/*" in self.cases) and (
            not self.words or any(re.search(rf"\b{re.escape(word)}", folded) for word in self.words)
        )

    def is_fragile(self, inside: bool, counted: Sequence[float]) -> bool:
        """Whether more of what is counted could change the side: below a ceiling, below a floor, unless it was added up."""
        return (
            self.unit != "fois"
            and inside is self.within.startswith("<")
            and not (self.summed and len(counted) > 1)
        )

    def holds(self, counted: Sequence[float]) -> bool | None:
        """Whether all of what is counted lies inside; None where it lies on both sides, or nothing is counted."""
        many = (sum(counted),) if self.summed and counted else counted
        sides = {_WITHIN[self.within](one, self.value) for one in many}
        return sides.pop() if len(sides) == 1 else None


@dataclass(frozen=True, slots=True)
class Judged:
    """What a question counts, held to a limit. ``of``: the sum, in euros, of which ``counted`` are shares that the question gives in euros."""

    figure: Figure
    counted: tuple[float, ...]
    is_inside: bool
    of: float | None = None

    @property
    def is_of_one_case(self) -> bool:
        """Whether the limit is that of cases by name, and not of a whole sheet."""
        return not any(case.endswith("/*") for case in self.figure.cases)

    @property
    def side(self) -> Side:
        """What is answered."""
        return self.figure.inside if self.is_inside else self.figure.outside

    @property
    def text(self) -> str:
        """What is said first: what was counted, then what follows from it."""
        if self.of is not None:
            share = sum(self.counted)
            return f"Vous parlez de {_written(round(share * self.of / 100))} € sur {_written(self.of)} €, soit {_written(round(share, 1))} % : {self.side.say}"
        many = " et ".join(_written(one) for one in self.counted)
        return f"Vous parlez de {many} {self.figure.unit} : {self.side.say}"


def _written(many: float) -> str:
    whole, _, part = f"{many:.2f}".rstrip("0").rstrip(".").partition(".")
    grouped = f"{int(whole):,}".replace(",", " ")
    return f"{grouped},{part}" if part else grouped


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


def judged(folded: str, sheet: str, case: str, day: date, follow_up: str = "") -> Judged | None:
    """The limit of a case that a folded question is beyond, else one that it keeps to; None where it says nothing of any.

    What its end counts, a folded ``follow_up``, stands for what was counted before.
    Of each unit the first line counts: those of a kind of buyer or of purchase stand before the general one.
    """
    held: dict[str, Figure] = {}
    for one in figures():
        if one.is_of(sheet, case, folded) and one.in_force(day):
            held.setdefault(one.unit, one)
    texts = (follow_up, folded) if follow_up else (folded,)
    found = [told for figure in held.values() if (told := _held(figure, texts, day))]
    return next((one for one in found if not one.is_inside), found[0] if found else None)


def _held(figure: Figure, texts: Sequence[str], day: date) -> Judged | None:
    """What the first of ``texts`` that counts something in the unit of a limit comes to; None where it concludes nothing, or nothing is counted."""
    for folded in texts:
        counted, of = _counted(figure, folded, day), None
        if not counted and figure.unit == "%" and figure.summed:
            counted, of = _shares(folded)
        if counted:
            told = figure.holds(counted)
            if told is None or (figure.is_fragile(told, counted) and _GATHERS.search(folded)):
                return None
            return Judged(figure, tuple(counted if figure.summed else dict.fromkeys(counted)), told, of)
    return None


def _shares(folded: str) -> tuple[list[float], float | None]:
    """What a folded question adds, in hundredths of the largest sum that it gives, and that sum: « 9 000 €, puis 22 000 €, sur 260 000 € ».

    Nothing, where the others make more than half of it: one of them is then the sum as it was, or the two together.
    """
    sums = [one for kind, one, at in bounds.placed(folded) if kind == "€" and not _is_a_limit(folded, at)]
    largest = max(sums, default=0.0)
    added = [100 * one / largest for one in sums if one != largest]
    return (added, largest) if added and sum(added) <= _HALF else ([], None)


def _counted(figure: Figure, folded: str, day: date) -> list[float]:
    """What a folded question counts in the unit of a limit, but for the limits that it names."""
    if figure.unit == "fois":
        found = [bounds.amount(match[1]) for match in _TIMES_OVER.finditer(folded)]
        sums = [one for kind, one, _ in bounds.placed(folded) if kind == "€"]
        if len(sums) == 2 and min(sums):  # « 3 M€ de chiffre d'affaires pour un marché de 500 k€ »
            found.append(round(max(sums) / min(sums), 1))
        return found
    unit, many = _COUNTED[figure.unit]
    placed = [(one / many, start) for kind, one, start in bounds.placed(folded) if kind == unit]
    if not placed and unit in ("jours", "mois"):
        days = elapsed(folded, day)
        return [] if days is None else [float(days) if unit == "jours" else days / 30.44 / many]
    if unit == "€" and _TAXED.search(folded) and _UNTAXED.search(figure.inside.say + figure.outside.say):
        return []
    return [
        one
        for one, start in placed
        if not _is_a_limit(folded, start)
        and not (unit == "%" and one == 100 != figure.value)  # « 100 % européen »
    ]


def _is_a_limit(folded: str, start: int) -> bool:
    """Whether the number that begins there is named as a limit, and is not what is held to one."""
    return _NAMES_IT.search(folded, max(0, start - 40), start) is not None


def elapsed(folded: str, today: date) -> int | None:
    """Days between the two dates that a folded question gives, or from its one date to the day that it calls today; None for others."""
    found = days_said(folded, today.year)
    if len(found) == 1 and _TODAY.search(folded):
        found = (*found, today)
    if len(found) != 2:
        return None
    days = (found[1] - found[0]).days
    return days if days > 0 else None


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
        cells = dict(zip(COLUMNS, line.split("\t"), strict=True))
        if cells["within"] not in _WITHIN or cells["unit"] not in (*_COUNTED, "fois"):
            raise ValueError(f"« {cells['within']} {cells['unit']} » n'est pas une limite")
        return Figure(
            cells["id"],
            float(cells["value"]),
            cells["unit"],
            date.fromisoformat(cells["valid_from"]),
            date.fromisoformat(cells["valid_to"]) if cells["valid_to"] else None,
            cells["article"],
            tuple(cells["cases"].split()),
            cells["within"],
            cells["sum"] == "oui",
            tuple(filter(None, cells["words"].split("|"))),
            Side(Position(cells["inside"]), cells["inside_say"]),
            Side(Position(cells["outside"]), cells["outside_say"]),
        )
    except ValueError as error:
        raise CorpusError(
            f"Ligne {number} de « {TABLE.name} » : {error}.", "corpus/README.md décrit cette table."
        ) from error
