"""The figures of law (``corpus/droit/chiffres.tsv``): a line for each limit or zone, and period, with what is answered on either side. The review reads it too.

A network reads « 84 000 € » and « 92 000 € » alike, Oslo and Zurich too. Where what a question counts (``assistant.counting``) lies on one side of a limit of
the case that answers, the answer begins with that: what was counted, the limit, and what follows from it. Where it lies on both sides nothing is concluded.
"""

import operator
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from assistant import counting
from assistant.counting import Counted
from assistant.datatypes import Position, Purchase, Target, in_force
from assistant.errors import CorpusError
from assistant.french.denial import is_denied
from assistant.sheets import bounds
from assistant.shipped import CORPUS
from assistant.states import State, Zone

TABLE = CORPUS / "droit" / "chiffres.tsv"
# Beginnings of words that several lines name together: who says to be an entity of networks (CCP L1212-1, L1212-3; sewage alone makes none), what is a social
# or another specific service (CCP R2123-1, 3°, and the notice annexed to the code), who is of the State, and what tells of another buyer.
FAMILIES = CORPUS / "droit" / "familles.tsv"
COLUMNS = (
    "id",
    "value",
    "unit",
    "valid_from",
    "valid_to",
    "article",
    "cases",
    "within",
    "counts",
    "exempts",
    "words",
    "inside",
    "inside_refuse",
    "inside_say",
    "outside",
    "outside_refuse",
    "outside_say",
)
_WITHIN: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
# Which of several limits is said: an information before a permission, a prohibition before all.
_CAUTION = (
    Position.POSSIBLE,
    Position.INFORMATION,
    Position.CONDITIONAL,
    Position.NOT_IN_FORCE,
    Position.FORBIDDEN,
)
# How what a question counts is held to a limit: each of it, its sum, its mean, or the years gone by between two months.
_EACH, _SUM, _MEAN, _ELAPSED = "", "somme", "moyenne", "écoulé"
# The unit of a limit that is a zone: what lies in it lies in a State of one of these.
PLACE = "lieu"
# Among the words of a line: any State outside the European Economic Area. What else begins so is what is bought, as the trained reader reads it.
_FACT, THIRD_STATE = "@", "@tiers"
# The family of words that say works, where the trained reader does not.
_WORKS_SAID = "travaux dits"
# A sum or a contract that is said to be of works is of works, whatever the reader makes of the rest: « 180 000 de travaux ».
_SUM_OF_WORKS = re.compile(
    r"\d(?: ?(?:€|k€?|m€?|euros?|h\.?t\.?|ht))* (?:de|en) travaux\b|\bmarches? de travaux\b"
)
# A share from which on each addition, and not their sum, is held to a limit: an unforeseen need, half of the contract.
_LEAST_OF_AN_ADDITION = 50
_ZONES = {"UE": (Zone.UNION,), "EEE": (Zone.UNION, Zone.AREA)}
_WHERE = {
    Zone.UNION: "dans l'Union européenne",
    Zone.AREA: "dans l'Espace économique européen, hors de l'Union",
    Zone.THIRD: "hors de l'Espace économique européen",
}
_UNITS = (*counting.UNITS, "fois", PLACE)
_UNTAXED = re.compile(r"\bHT\b|hors taxe")


@cache
def _families() -> Mapping[str, tuple[str, ...]]:
    rows = [line.split("\t") for line in FAMILIES.read_text(encoding="utf-8").splitlines()[1:]]
    return {family: tuple(word for name, word in rows if name == family) for family, _ in rows}


@dataclass(frozen=True, slots=True)
class Side:
    """What is answered on one side of a limit: ``position`` on what people ask to do, and what follows « Vous parlez de 48 jours : ».

    ``refuse``: the position on refusing, rejecting, not paying; None where that is not asked there.
    """

    position: Position
    refuse: Position | None
    say: str


@dataclass(frozen=True, slots=True)
class Words:
    """Beginnings of folded words, one of which a question must have, or none of which it may have (``barred``)."""

    any_of: tuple[str, ...]
    barred: bool = False

    @classmethod
    def parse(cls, written: str) -> "Words":
        """As the table writes them: ``pme|artisan``, ``!groupe|filiale``."""
        told = written.removeprefix("!").split("|")
        return cls(
            tuple(one for word in told for one in _families().get(word, (word,))),
            written.startswith("!"),
        )

    def are_told(self, folded: str, bought: Purchase | None = None) -> bool:
        """Whether a folded question has what they ask, where this is ``bought``."""
        return any(_is_said(word, folded, bought) for word in self.any_of) is not self.barred


@dataclass(frozen=True, slots=True)
class Figure:
    """A limit of law, in force from ``valid_from`` to ``valid_to`` (exclusive).

    Attributes:
        id: its name; several lines have the same where the limit changed.
        value: the limit, in ``unit`` (€, %, jours, mois, ans, fois); 0 where it is a zone (lieu).
        zones: what lies inside a zone; empty for the others.
        article: where it stands, as ``CCP R2192-10``.
        cases: whose answers it serves, as ``sheet/case``; ``sheet/*``: all of a sheet.
        within: what lies inside: ``<``, ``<=``, ``>``, ``>=`` the value.
        counts: how what a question counts is held to it: each, or ``somme``, ``moyenne``, ``écoulé``.
        exempts: what lies inside is out of reach of the other limits: it is said, and they are not.
        words: what the question must have, all of them (``@tiers``: a State outside the European Economic Area, ``@travaux``: works are bought).
        inside: what is answered there.
        outside: what is answered beyond.
    """

    id: str
    value: float
    zones: tuple[Zone, ...]
    unit: str
    valid_from: date
    valid_to: date | None
    article: str
    cases: tuple[str, ...]
    within: str
    counts: str
    exempts: bool
    words: tuple[Words, ...]
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

    def is_of(self, sheet: str, case: str, folded: str, bought: Purchase | None = None) -> bool:
        """Whether a folded question that this case answers is held to it, where this is ``bought``."""
        return (f"{sheet}/{case}" in self.cases or f"{sheet}/*" in self.cases) and all(
            words.are_told(folded, bought) for words in self.words
        )

    @property
    def summed(self) -> bool:
        """Whether what a question counts is added up."""
        return self.counts == _SUM

    def is_fragile(self, inside: bool, what: Counted) -> bool:
        """Whether more of what is counted could change the side: below a ceiling, below a floor, unless nothing can come on top of it."""
        return (
            not what.is_whole
            and self.unit != "fois"
            and inside is self.within.startswith("<")
            and not (self.summed and len(what.many) > 1)
        )

    def holds(self, counted: Sequence[float]) -> bool | None:
        """Whether all of what is counted lies inside; None where it lies on both sides, or nothing is counted."""
        many = (sum(counted),) if self.summed and counted else counted
        if self.counts == _MEAN and counted:
            many = (sum(counted) / len(counted),)
        sides = {_WITHIN[self.within](one, self.value) for one in many}
        return sides.pop() if len(sides) == 1 else None

    def lies_in(self, state: State) -> bool:
        """Whether a State is of the zone."""
        return state.zone in self.zones


@dataclass(frozen=True, slots=True)
class Judged:
    """What a question counts, or the place that it names, held to a limit."""

    figure: Figure
    what: Counted
    is_inside: bool
    place: State | None = None

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
        if self.place is not None:
            return f"{self.place.label}, {_WHERE[self.place.zone]} : {self.side.say}"
        many = self.what.many
        if self.what.of is not None:
            share, of = sum(many), self.what.of
            counted = f"{_written(round(share * of / 100))} € sur {_written(of)} €, soit {_written(round(share, 1))} %"
        elif self.what.taxed is not None:
            counted = f"{_written(self.what.taxed)} € TTC, soit {_written(many[0])} € HT"
        elif self.figure.counts == _MEAN and len(many) > 1:
            mean = _written(round(sum(many) / len(many), 1))
            counted = f"{', '.join(map(_written, many))} {self.figure.unit}, soit {mean} en moyenne"
        elif self.figure.counts == _ELAPSED and many[0] % 1:
            years, months = divmod(round(12 * many[0]), 12)
            counted = " et ".join(
                f"{n} {unit}" for n, unit in ((years, "an" + "s" * (years > 1)), (months, "mois")) if n
            )
        elif self.what.days is not None:
            counted = f"{_written(self.what.days)} jour{'s' * (self.what.days >= 2)}"
        elif self.what.years is not None:
            counted = f"{_written(many[0])} € sur {_written(self.what.years)} ans"
        else:
            shown = many if self.figure.summed else dict.fromkeys(many)
            unit = (
                self.figure.unit.removesuffix("s")
                if tuple(shown) == (1,) and self.figure.unit in ("jours", "ans")
                else self.figure.unit
            )
            counted = f"{' et '.join(map(_written, shown))} {unit}"
        return f"Vous parlez de {counted} : {self.side.say}"


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


def judged(
    folded: str, sheet: str, case: str, day: date, follow_up: str = "", bought: Purchase | None = None
) -> Judged | None:
    """The limit of a case that a folded question is beyond, else one that it keeps to; None where it says nothing of any.

    ``bought``: None where that is not plain to the reader; words may tell works then, « réfection de chaussée ».

    Of several, the most cautious. What its end counts, a folded ``follow_up``, stands for what was counted before. Of each unit the first line counts, and the
    first that sums: those of a kind of buyer or of purchase stand before the general one.
    """
    said = bought is None and any(_is_said(word, folded, None) for word in _families()[_WORKS_SAID])
    if said or any(not is_denied(folded, found.start()) for found in _SUM_OF_WORKS.finditer(folded)):
        bought = Purchase.WORKS
    held: dict[tuple[str, str, bool], Figure] = {}
    for one in figures():
        if one.is_of(sheet, case, folded, bought) and one.in_force(day):
            held.setdefault((one.unit, one.counts, one.exempts), one)
    days_too = all(figure.unit != "jours" for figure in held.values())
    found = [
        told
        for figure in held.values()
        if (told := _held(figure, _texts(figure, folded, follow_up), day, days_too=days_too))
    ]
    found = [one for one in found if one.figure.exempts and one.is_inside] or found
    beyond = [one for one in found if not one.is_inside]
    return max(beyond or found, key=lambda one: _CAUTION.index(one.side.position), default=None)


def _texts(figure: Figure, folded: str, follow_up: str) -> tuple[str, ...]:
    """What is counted, the first that counts something: a folded follow-up before all that was said, unless it adds to that."""
    adds = figure.summed and counting.adds(follow_up)
    return (follow_up, folded) if follow_up and not adds else (folded,)


def _is_said(word: str, folded: str, bought: Purchase | None) -> bool:
    """Whether a word of a line begins one of a folded question, not denied there: « pas d'urgence » is none."""
    if word == THIRD_STATE:
        return counting.names_third_state(folded)
    if word.startswith(_FACT):
        return word.removeprefix(_FACT) == bought
    named = re.compile(rf"\b{re.escape(word)}")
    return any(not is_denied(folded, match.start()) for match in named.finditer(folded))


def _held(figure: Figure, texts: Sequence[str], day: date, *, days_too: bool) -> Judged | None:
    """What the first of ``texts`` that counts something in the unit of a limit comes to; None where it concludes nothing, or nothing is counted."""
    for folded in texts:
        if figure.unit == PLACE:
            if found := counting.places(folded):
                beyond = next((state for state in found if not figure.lies_in(state)), None)
                return Judged(figure, counting.NOTHING, beyond is None, beyond or found[0])
            continue
        what = _counted(figure, folded, day, days_too=days_too, sides_too=folded is not texts[-1])
        if what:
            told = figure.holds(what.many)
            return None if told is None or figure.is_fragile(told, what) else Judged(figure, what, told)
    return None


def _counted(figure: Figure, folded: str, day: date, *, days_too: bool, sides_too: bool) -> Counted:
    """What a folded question counts in the unit of a limit, but for the limits that it names."""
    what = counting.counted(folded, figure.unit, day, days_too=days_too, sides_too=sides_too)
    if figure.counts == _ELAPSED and not what:
        return counting.years_elapsed(folded, day)
    if (
        figure.unit == "€"
        and bounds.is_taxed(folded)
        and _UNTAXED.search(figure.inside.say + figure.outside.say)
    ):
        return counting.without_tax(folded, what)
    if figure.unit == "%":
        # « 100 % européen »
        what = replace(what, many=tuple(one for one in what.many if one != 100 or figure.value == 100))
        if figure.summed:
            # A number that is the limit's own names it, where others are counted: « les 20 % ».
            told = tuple(one for one in what.many if one != figure.value)
            more = counting.more_shares(folded, told) if told else ()
            each = counting.of_each(folded, what.many)
            if more or len(each) > len(what.many):
                return replace(what, many=told + more if more else each)
            return what or counting.shares(folded)
        if figure.value >= _LEAST_OF_AN_ADDITION and not what and counting.says_added(folded):
            return counting.shares(folded)
    return what


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
        is_zone = cells["unit"] == PLACE
        if cells["unit"] not in _UNITS or not (is_zone or cells["within"] in _WITHIN):
            raise ValueError(f"« {cells['within']} {cells['unit']} » n'est pas une limite")
        if cells["counts"] not in (_EACH, _SUM, _MEAN, _ELAPSED):
            raise ValueError(f"« {cells['counts']} » n'est pas une façon de compter")
        if is_zone and cells["value"] not in _ZONES:
            raise ValueError(f"« {cells['value']} » n'est pas une zone")
        return Figure(
            cells["id"],
            0.0 if is_zone else float(cells["value"]),
            _ZONES[cells["value"]] if is_zone else (),
            cells["unit"],
            date.fromisoformat(cells["valid_from"]),
            date.fromisoformat(cells["valid_to"]) if cells["valid_to"] else None,
            cells["article"],
            tuple(cells["cases"].split()),
            cells["within"],
            cells["counts"],
            cells["exempts"] == "oui",
            tuple(map(Words.parse, filter(None, cells["words"].split("&")))),
            _side(cells, "inside"),
            _side(cells, "outside"),
        )
    except ValueError as error:
        raise CorpusError(
            f"Ligne {number} de « {TABLE.name} » : {error}.", "corpus/README.md décrit cette table."
        ) from error


def _side(cells: Mapping[str, str], side: str) -> Side:
    refuse = cells[f"{side}_refuse"]
    return Side(Position(cells[side]), Position(refuse) if refuse else None, cells[f"{side}_say"])
