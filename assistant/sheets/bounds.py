"""Bounds that a case sets to what a question counts: « < 60 000 € », « >= 10 % en tout », « < 11 jours ».

A bound is a fact, not a likeness: a network reads « 55 000 € » and « 65 000 € » alike. A question that counts nothing of that kind says nothing of it.
"""

import operator
import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.french.amounts import spoken
from assistant.french.durations import durations
from assistant.french.numbers import FIGURES, IN_WORDS, number, value

_OPERATORS = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}
_WRITTEN = re.compile(
    rf"(?P<operator>[<>]=?) ?(?P<value>{FIGURES}) ?(?P<unit>€|%|jours|mois|ans)(?P<total> en tout)?"
)
_PER_CENT = re.compile(rf"(?<![\w,./-])(?P<value>{FIGURES}|{IN_WORDS}) ?(?:%|pour[ -]?cents?\b)")
# Each unit of time by its kind, and how many of the kind's own unit it holds: a delay is told in days, a term in months.
_TIMES = {"jour": ("jours", 1), "semaine": ("jours", 7), "mois": ("mois", 1), "an": ("mois", 12)}
# Two months are a delay of sixty days too; four years are none.
_LONGEST_DELAY, _DAYS_IN_A_MONTH = 6, 30

# « 75, 72 et 61 k€ », « 18 et 13 % »: the unit is said once; what is far from the last number is no number of its kind.
_ENUMERATED = re.compile(rf"(?<![\w,./-])(?P<value>{FIGURES})(?:,? (?:et|puis|ou|plus) (?:de )?|, | ?\+ ?)$")
_FAR = 20
_WHOLE = 100
# « trois ans et deux mois », « un an et demi »
_FIRST_FIGURES = re.compile(FIGURES)
# « un avenant de 7 %, maintenant cinq de plus »
_MORE = re.compile(rf"(?<![\w,./-])(?P<value>{FIGURES}|{IN_WORDS}) de plus\b")
# « 78 % en 2023, 82 en 2024, 84 en 2025 »
_OF_A_YEAR = re.compile(rf"(?<![\w,./-])(?P<value>{FIGURES})(?= en 20\d\d)")
# « sous 90 000 € » is a little less than that, « plus de quatre ans » a little more; « sous deux mois » is two months at most.
_BESIDE = re.compile(
    r"\b(?:(?P<within>sous)|(?P<under>moins d[e']|dessous d[eu]s?|inferieure?s? a)"
    r"|(?<!pas )(?:plus d[e']|dessus d[eu]s?|dela d[eu]s?|superieure?s? a))(?: les)? ?$"
)
_LITTLE = 1e-9
_JOINS, _HALF = re.compile(r"(?: et|,)? $"), " et demi"

# Value added tax at the rate that a question gives: « TVA 20 », « 5,5 % de TVA ».
_RATE = r"20|10|5[,.]5|2[,.]1"
_TAX = re.compile(
    rf"\btva\b\W{{0,3}}(?:(?:a|de|taux) ){{0,2}}(?P<after>{_RATE})\b|\b(?P<before>{_RATE}) ?%? (?:de )?tva\b"
)
_TAXED = re.compile(r"\bttc\b|toutes taxes")

# What a question counts: the unit (€, %, jours, mois) and how many.
Quantity = tuple[str, float]


@dataclass(frozen=True, slots=True)
class Bound:
    """``value`` in ``unit`` (€, %, jours, mois), and on which side of it the case lies.

    ``total``: the sum of what is counted is held to it, the value itself left out: « déjà 6 %, puis 9 % : dépasse-t-on 10 % ? ».
    """

    operator: str
    value: float
    unit: str
    total: bool = False

    def holds(self, counted: float) -> bool:
        """Whether the case admits that many."""
        return bool(_OPERATORS[self.operator](counted, self.value))


def parse(written: str) -> Bound | None:
    """A bound as a sheet writes it, None where it is none."""
    match = _WRITTEN.fullmatch(written)
    if match is None:
        return None
    many, unit = float(value(match["value"])), match["unit"]
    return Bound(
        match["operator"],
        12 * many if unit == "ans" else many,
        "mois" if unit == "ans" else unit,
        bool(match["total"]),
    )


def placed(folded: str) -> tuple[tuple[str, float, int], ...]:
    """What a folded question counts, in order within each unit, and where each begins."""
    found: list[tuple[str, float, int]] = []
    sums = spoken(folded)
    by_themselves = {
        one.start for one in sums
    }  # « 12 000 et 15 000 » are two sums, the first of which is not to be counted again
    for sum_ in sums:
        before = _enumerated(folded, sum_.start, sum_.euros)
        found += [("€", many, at) for many, at in before if at not in by_themselves]
        found.append(("€", sum_.euros, sum_.start))
    for match in _PER_CENT.finditer(folded):
        share = amount(match["value"])
        found += [("%", many, at) for many, at in _enumerated(folded, match.start(), share)]
        found.append(("%", share, match.start()))
    if any(unit == "%" for unit, _, _ in found):
        more = (*_MORE.finditer(folded), *_OF_A_YEAR.finditer(folded))
        found += [("%", many, match.start()) for match in more if (many := amount(match["value"])) <= _WHOLE]
    for unit, many, start in _lengths(folded):
        found.append((unit, many, start))
        if unit == "mois" and many <= _LONGEST_DELAY:
            found.append(("jours", _DAYS_IN_A_MONTH * many, start))
    return tuple((unit, many * beside(folded, start, unit), start) for unit, many, start in found)


def beside(folded: str, start: int, unit: str) -> float:
    """A little less or more than 1 where a folded question says « sous », « plus de » before the number that begins there; else 1."""
    match = _BESIDE.search(folded, max(0, start - 30), start)
    if match is None or (match["within"] and unit not in ("€", "%")):
        return 1.0
    return 1 - _LITTLE if match["under"] or match["within"] else 1 + _LITTLE


def _enumerated(folded: str, start: int, last: float) -> list[tuple[float, int]]:
    """The numbers just before one whose unit they share, in order: « 75, 72 et 61 k€ »."""
    written = _FIRST_FIGURES.match(folded, start)
    base = amount(written[0]) if written else 0.0
    found: list[tuple[float, int]] = []
    while base and (match := _ENUMERATED.search(folded, max(0, start - 40), start)):
        many = amount(match["value"])
        if not base / _FAR <= many <= base * _FAR:
            break
        found.insert(0, (many * last / base, match.start()))
        start = match.start()
    return found


def _lengths(folded: str) -> list[tuple[str, float, int]]:
    """The lengths of time, years and months of one together."""
    found: list[tuple[str, float, int]] = []
    end = -1
    for duration in durations(folded):
        unit, size = _TIMES.get(duration.unit, (duration.unit, 1))
        half = folded.startswith(_HALF, duration.end)
        many = float(size * (duration.number + half / 2))
        if (
            duration.unit == "mois"
            and found
            and found[-1][0] == "mois"
            and end >= 0
            and _JOINS.fullmatch(folded[end : duration.start])
        ):
            found[-1] = ("mois", found[-1][1] + many, found[-1][2])
        else:
            found.append((unit, many, duration.start))
        end = duration.end if duration.unit == "an" else -1
    return found


def amount(written: str) -> float:
    """A number in figures or in words."""
    return float(value(written) if written[0].isdigit() else number(written) or 0)


def quantities(folded: str) -> tuple[Quantity, ...]:
    """What a folded question counts, in order within each unit; its one sum without the tax whose rate it gives."""
    found = [(kind, many) for kind, many, _ in placed(folded)]
    share = tax(folded) if is_taxed(folded) and sum(kind == "€" for kind, _ in found) == 1 else None
    return tuple((kind, many / (1 + share) if share and kind == "€" else many) for kind, many in found)


def is_taxed(folded: str) -> bool:
    """Whether the sums of a folded question are with their tax."""
    return _TAXED.search(folded) is not None


def tax(folded: str) -> float | None:
    """The rate of value added tax that a folded question gives, as a share of 1."""
    rate = _TAX.search(folded)
    return float((rate["after"] or rate["before"]).replace(",", ".")) / 100 if rate else None


def within(bounds: Sequence[Bound], counted: Sequence[Quantity]) -> bool | None:
    """Whether one of the quantities of a question keeps to every bound of its unit; None where the question counts nothing of the kind."""
    told = None
    for unit in dict.fromkeys(bound.unit for bound in bounds):
        many = [one for kind, one in counted if kind == unit]
        if not many:
            continue
        if not any(
            all(
                bound.holds(_total(many, bound.value) if bound.total else one)
                for bound in bounds
                if bound.unit == unit
            )
            for one in many
        ):
            return False
        told = True
    return told


def _total(many: Sequence[float], limit: float) -> float:
    added = [one for one in many if one != limit] if len(many) > 1 else many
    return sum(added)
