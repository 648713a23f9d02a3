"""What a list asks of each document (« plus de 3 ans », « sans avance », « avant juin », « la plus longue »), and whether a field meets it."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from assistant import sentences
from assistant.documents import facets, words
from assistant.french.amounts import amounts
from assistant.french.dates import french_date, moments
from assistant.french.durations import durations
from assistant.french.folding import fold, words_of
from assistant.french.months import MONTH_NUMBERS
from assistant.french.numbers import FIGURES, SCALES, digits, value
from assistant.summaries.fields.summary import FIELDS, Field, shown
from assistant.tender.view import blanked, unticked

# A word of a field's name that is longer names it: « retenue », not « de ».
_SHORT = 3
# Days in a unit of time, so that lengths compare.
DAYS = {"heure": 1 / 24, "jour": 1.0, "semaine": 7.0, "mois": 30.44, "an": 365.25}
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_PERCENT = re.compile(rf"({_NUMBER.pattern}) ?(?:%|pour ?cents?\b)")
_MONTH_OF = re.compile(rf"\b(?P<month>{'|'.join(MONTH_NUMBERS)})\b(?: (?P<year>20\d\d))?")
# Between the extracts of a value.
ELLIPSIS = "[…]"
# What says that a document says it: the words of a facet, which know what denies it; and that one denies it.
SAID, DENIED = "facette", "écartée"
_FIGURE = re.compile(r"\d ?(?:%|€|euros?|jours?|mois|ans?|heures?)|pour cent")
_YEAR = re.compile(r"\b20\d\d\b")
_MILLIONS = re.compile(rf"(?:\b(?P<half>demi)[- ]|\b(?:le|du|au) |(?P<many>{FIGURES}) ?)millions?\b")
# So large a number is of money, whatever its unit.
_LARGE = re.compile(r"\b\d{5,12}\b")


@dataclass(frozen=True, slots=True)
class Measure:
    """A number with what it counts: ``jours``, ``euros``, ``%``, ``date`` (ordinal) or nothing. Two measures of one unit compare."""

    number: float
    unit: str

    @property
    def label(self) -> str:
        """It in a reader's words."""
        if self.unit == "date":
            return french_date(date.fromordinal(int(self.number)))
        for long in ("an", "mois") if self.unit == "jours" else ():
            count = round(self.number / DAYS[long])
            if count and abs(count * DAYS[long] - self.number) < 0.1:
                return f"{count} {long}{'s' if long == 'an' and count >= 2 else ''}"
        if self.number >= 1000:
            return f"{self.number:,.0f} {self.unit}".replace(",", " ")
        return f"{self.number:g} {self.unit}"


@dataclass(frozen=True, slots=True)
class Condition:
    """What is asked of each: a test of ``reader.fields.TESTS``, with the measure or the words that the question gives for it.

    ``unit``: what a ranking is counted in, empty where the question does not say. ``explicit``: that there is none must be written.
    ``inclusive``: the number itself counts (« au moins », « au plus »). ``mentioned``: speaking of it is enough, be it to say that there is none.
    ``in_year``: its measure is a year, and any day of it will do. ``other``: another measure than that one is (« qui ne suivent pas les cinquante jours »).
    """

    test: str
    measure: Measure | None = None
    wanted: Mapping[str, float] | None = None
    unit: str = ""
    explicit: bool = False
    inclusive: bool = False
    mentioned: bool = False
    other: bool = False
    in_year: bool = False

    @property
    def met_by_silence(self) -> bool:
        """Whether a document that says nothing meets it."""
        return self.test == "sans" and not self.explicit

    @property
    def ranks(self) -> bool:
        """Whether documents are compared with one another."""
        return self.test in ("max", "min")

    @property
    def complete(self) -> bool:
        """Whether the question gives what the test needs: a day, another measure, words."""
        if self.test in ("avant", "apres"):
            return self.measure is not None and self.measure.unit == "date"
        if self.test in ("plus", "moins"):
            return self.measure is not None and self.measure.unit != "date"
        return self.measure is not None or bool(self.wanted) or self.test not in ("egal", "contient")

    @property
    def label(self) -> str:
        """It in a reader's words."""
        if self.in_year and self.measure and self.test == "egal" and not self.other:
            return f"en {date.fromordinal(int(self.measure.number)).year}"
        given = self.measure.label if self.measure else ", ".join(self.wanted or ())
        inclusive = self.inclusive and self.test in _INCLUSIVE
        if self.test == "egal" and self.other:
            return f"autre que {given}"
        return (_INCLUSIVE if inclusive else _LABELS)[self.test].format(given)

    def met(self, field: Field) -> bool | None:
        """Whether a field meets it; None where that cannot be told. A ranking is met by every field that can be measured."""
        if field.value is None:
            return self.met_by_silence
        if self.test in ("", "a"):
            return self.mentioned or not says_none(field)
        if self.test == "sans":
            return says_none(field) and not self.mentioned
        if self.test == "contient" or (self.test == "egal" and self.measure is None):
            return self._holds(field) is not self.other
        found = measures_of(field, self.measure.unit if self.measure else None)
        if self.ranks:
            return bool(found) or None
        if not found or self.measure is None:
            return None if not says_none(field) else False
        if self.test == "egal":
            return any(self._is_meant(one) for one in found) is not self.other
        if found[0].unit == "jours" and _is_equal(found[0], self.measure):
            return self.inclusive  # forty-eight months are not more than four years
        counts = self.inclusive and _is_equal(found[0], self.measure)
        return counts or _COMPARED[self.test](found[0].number, self.measure.number)

    def _is_meant(self, found: Measure) -> bool:
        """Whether a measure is the one asked for, or a day of the year asked for."""
        asked = self.measure
        assert asked is not None
        if self.in_year and found.unit == asked.unit == "date":
            return date.fromordinal(int(found.number)).year == date.fromordinal(int(asked.number)).year
        return _is_equal(found, asked)

    def _holds(self, field: Field) -> bool:
        """Whether the value, or the words that it was read in, hold enough of the words asked for."""
        if not self.wanted:
            return not says_none(field)
        said = said_in(field)
        total = sum(self.wanted.values())
        return sum(weight for word, weight in self.wanted.items() if word in said) >= 0.6 * total


_LABELS = {
    "": "prévu",
    "a": "prévu",
    "sans": "non prévu",
    "egal": "égal à {}",
    "contient": "qui dit {}",
    "plus": "plus de {}",
    "moins": "moins de {}",
    "max": "le plus élevé",
    "min": "le moins élevé",
    "avant": "avant {}",
    "apres": "après {}",
}
_INCLUSIVE = {"plus": "au moins {}", "moins": "au plus {}"}
_COMPARED: dict[str, Callable[[float, float], bool]] = {
    "plus": lambda found, asked: found > asked + 1e-6,
    "moins": lambda found, asked: found < asked - 1e-6,
    "avant": lambda found, asked: found < asked,
    "apres": lambda found, asked: found > asked,
}


def _is_equal(found: Measure, asked: Measure) -> bool:
    """Whether a measure is the one asked for: « 30 jours » is « un mois », and a day is itself alone."""
    return abs(found.number - asked.number) < 1e-6 + (0 if asked.unit == "date" else 0.01 * abs(asked.number))


def beginnings(text: str) -> frozenset[str]:
    """What the words of a text are compared by."""
    return frozenset(word[: words.BEGINNING] for word in words_of(text))


def said_in(field: Field) -> frozenset[str]:
    """The beginnings of the words of a value and of those that it was read in."""
    return beginnings(" ".join((shown(field.value), *(extract.text for extract in field.extracts))))


def says_none(field: Field) -> bool:
    """Whether the value is that there is none (« aucune avance », « néant », « interdites »), and no other sentence that names the field gives a figure."""
    if field.found_by in (SAID, DENIED):
        return field.found_by == DENIED
    value = shown(field.value)
    parts = blanked(value, list(unticked(value))).split(ELLIPSIS)
    said = [fold(span.of(part)) for part in parts for span in sentences.split(part)]
    spoken = facets.spoken().get(field.name)
    if (
        spoken
        and said
        and spoken.says_none(said[0])
        and not any(_FIGURE.search(one) and spoken.says(one) and not spoken.says_none(one) for one in said)
    ):
        return True
    if spoken and spoken.only_named:
        return False
    name = {word for word in beginnings(FIELDS.get(field.name, "")) if len(word) > _SHORT}
    if said and _FIGURE.search(said[0]) and not _denies(said[0]):
        return False  # « 5 % sur chaque acompte […] ; la caution n'est pas acceptée »
    naming = [one for one in said if name & beginnings(one)]
    told = naming if any(map(_denies, naming)) else said
    return any(map(_denies, said)) and not any(_FIGURE.search(one) and not _denies(one) for one in told)


def _denies(folded: str) -> bool:
    """Whether a folded sentence says that there is none, having given no figure before, or says so surely."""
    denied = words.none().search(folded)
    plainly = denied is not None and _FIGURE.search(folded, 0, denied.start()) is None
    return plainly or words.pattern("none.surely").search(folded) is not None


def measure_of(field: Field, unit: str | None = None) -> Measure | None:
    """What a field's value measures; of the unit asked for where it holds several."""
    return next(iter(measures_of(field, unit)), None)


def measures_of(field: Field, unit: str | None = None) -> list[Measure]:
    """Everything that a field's value and its words measure, in that unit where one is asked for."""
    texts = [*field.normal, shown(field.value), *(extract.text for extract in field.extracts[:1])]
    if field.normal and not field.name:
        texts = list(field.normal)  # an end that was computed: its words give the day of the beginning too
    return [one for text in texts for one in measures(text) if unit in (None, one.unit)]


def measures(text: str) -> Sequence[Measure]:
    """Every measure of a text: dates, sums, shares, lengths of time; a bare number where there is nothing else."""
    plain = fold(text)
    folded = digits(plain)
    found = [Measure(moment.day.toordinal(), "date") for moment in moments(folded)]
    found += [Measure(one.euros, "euros") for one in amounts(plain)]  # « quarante (40) euros »
    found += [Measure(float(match[1].replace(",", ".")), "%") for match in _PERCENT.finditer(folded)]
    found += [Measure(one.number * DAYS[one.unit], "jours") for one in durations(folded) if one.unit in DAYS]
    if not found and (bare := _NUMBER.fullmatch(folded.strip())):
        found.append(Measure(float(bare.group().replace(",", ".")), "euros"))
    return found


def asked_unit(question: str) -> str:
    """What a ranking is counted in; empty where the question does not say."""
    folded = fold(question)
    return next((unit for unit, said in words.units().items() if said.search(folded)), "")


def is_year(question: str, measure: Measure | None) -> bool:
    """Whether the measure of a question is a year that it names, and no day."""
    folded = fold(question)
    return (
        measure is not None
        and measure.unit == "date"
        and _YEAR.search(folded) is not None
        and _MONTH_OF.search(folded) is None
        and words.days()[0].search(folded) is None
        and not measures(folded)
    )


def asked_measure(question: str, today: date) -> Measure | None:
    """The measure that a question compares with: « 3 ans », « 100 000 euros », « juin » or « l'été » (the next one), « 2027 »."""
    folded = words.pattern("listing.uncounted").sub("", fold(question))
    if found := measures(folded):
        return found[0]
    if millions := _MILLIONS.search(folded):  # « plus d'1 million HT »
        many = 0.5 if millions["half"] else float(value(millions["many"])) if millions["many"] else 1.0
        return Measure(many * SCALES["million"], "euros")
    if large := _LARGE.search(digits(folded)):  # « au moins trois millions par sinistre »
        return Measure(float(large.group()), "euros")
    if match := _MONTH_OF.search(folded):
        month = MONTH_NUMBERS[match["month"]]
        year = int(match["year"]) if match["year"] else today.year + (month < today.month)
        return Measure(date(year, month, 1).toordinal(), "date")
    said, days = words.days()
    if match := said.search(folded):
        month, day = days[match["day"]]
        year = int(match["year"]) if match["year"] else today.year + (date(today.year, month, day) < today)
        return Measure(date(year, month, day).toordinal(), "date")
    if match := _YEAR.search(folded):
        return Measure(date(int(match.group()), 1, 1).toordinal(), "date")
    return None
