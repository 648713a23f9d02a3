"""Numbers of French legal text, in digits and in words: durations, amounts, dates, percentages. Patterns meet folded text (``view.fold``)."""

import re
from dataclasses import dataclass
from datetime import date

_UNITS = {
    "zero": 0, "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8, "neuf": 9, "dix": 10, "onze": 11, "douze": 12,
    "treize": 13, "quatorze": 14, "quinze": 15, "seize": 16, "vingt": 20, "vingts": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60,
    "septante": 70, "octante": 80, "huitante": 80, "nonante": 90,
}  # fmt: skip
_MULTIPLES = {"cent": 100, "cents": 100, "mille": 1000, "million": 1_000_000, "millions": 1_000_000, "milliard": 1_000_000_000, "milliards": 1_000_000_000}
_WORD = "|".join(sorted((*_UNITS, *_MULTIPLES), key=len, reverse=True))
IN_WORDS = rf"(?:(?:{_WORD})(?:[ -](?:et[ -])?(?:{_WORD}))*)"
IN_DIGITS = r"(?:\d{1,3}(?:[ .]\d{3})+|\d+)"
# "vingt-quatre (24)", "24 (vingt-quatre)", "24", "deux".
NUMBER = rf"(?:{IN_DIGITS}(?:,\d+)?(?: ?\( ?{IN_WORDS} ?\))?|{IN_WORDS}(?: ?\( ?{IN_DIGITS} ?\))?|\( ?{IN_DIGITS} ?\))"

MONTHS = {
    name: number
    for number, name in enumerate(("janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre", "octobre", "novembre", "decembre"), 1)
}

_DURATION = re.compile(
    rf"(?<![\w/.,-])(?P<number>{NUMBER}) ?(?:\(s\) ?)?(?P<unit>mois|ans?(?:\(s\)|nees?)?|annees?|jours?|semaines?|"
    rf"heures?)(?:\(s\))?\b(?P<kind> (?:ouvr\w+|calendaires|francs?))?"
)
_CURRENCY = r"(?:k ?€|k?euros?(?:\(s\))?|m€|€|eur\b)"
_TAX = r"(?P<tax>\(? ?(?:h\. ?t\.?|ht\b|hors (?:taxes?|tva)|t\. ?t\. ?c\.?|ttc\b|toutes taxes comprises) ?\)?)"
_AMOUNT = re.compile(
    rf"(?<![\w,./-])(?:(?P<digits>{IN_DIGITS})(?P<cents>[,.]\d{{1,2}})?(?: ?\( ?{IN_WORDS} ?\))?|"
    rf"(?P<words>{IN_WORDS})(?: ?\( ?(?P<inside>{IN_DIGITS})(?: ?€)? ?\))?)"
    rf" ?(?P<scale>millions? d'|milliers? d')?\s?(?P<currency>{_CURRENCY})(?: ?{_TAX})?"
)
_TAX_FIRST = re.compile(rf"(?<![\w,./-])(?P<digits>{IN_DIGITS})(?P<cents>[,.]\d{{1,2}})? ?{_TAX} ?(?P<currency>{_CURRENCY})?")
_WRITTEN_DATE = re.compile(rf"(?<!\d)(?P<day>\d{{1,2}}) ?(?:er|\.e\.r)? (?P<month>{'|'.join(MONTHS)}) (?P<year>\d{{4}})")
_NUMERIC_DATE = re.compile(r"(?<![\d/.])(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>\d{4}|\d{2})(?![\d/])")
_ISO_DATE = re.compile(r"(?<!\d)(?P<year>20\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)")
_TIME = re.compile(
    r"(?:\s{1,3}heure(?: locale)? ?: ?)?[ ,;.()-]{0,4}(?:a partir de |avant |a |t)?[ ]?(?P<hour>\d{1,2}) ?(?:h(?:eures?)?|:)(?: ?(?P<minute>\d{2}))?(?!\d)"
)

_NOON = re.compile(r"[ ,;.()-]{0,4}(?:a |avant )?midi\b")


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time as it is written: ``number`` of ``unit`` (mois, an, jour, semaine, heure), at ``start``–``end`` of the folded text."""

    number: int
    unit: str
    kind: str
    start: int
    end: int

    @property
    def normal(self) -> str:
        """Comparable: years are twelve months."""
        if self.unit == "an":
            return f"{self.number * 12} mois"
        return f"{self.number} {self.unit}{self.kind}"


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum of money in euros; ``tax`` is ``HT``, ``TTC`` or empty where it is not said."""

    euros: float
    tax: str
    start: int
    end: int

    @property
    def normal(self) -> str:
        """Comparable."""
        return f"{self.euros:.2f}".rstrip("0").rstrip(".")

    @property
    def written(self) -> str:
        """``1 234 567,50 € HT``."""
        whole, _, cents = f"{self.euros:.2f}".partition(".")
        grouped = f"{int(whole):,}".replace(",", " ")
        return f"{grouped}{',' + cents if cents != '00' else ''} €{' ' + self.tax if self.tax else ''}"


@dataclass(frozen=True, slots=True)
class Moment:
    """A day and, where it is said, the time of day (hour, minute)."""

    day: date
    hour: int | None
    minute: int
    start: int
    end: int

    @property
    def normal(self) -> str:
        """ISO, to the minute where the time is said."""
        return self.day.isoformat() + ("" if self.hour is None else f"T{self.hour:02}:{self.minute:02}")


def number(written: str) -> int | None:
    """The whole number that folded words or digits write; what stands in brackets confirms it and is passed over unless it is in digits."""
    digits = re.search(IN_DIGITS, written)
    if digits:
        return int(re.sub(r"[ .]", "", digits.group()))
    total = current = 0
    found = False
    for word in re.findall(rf"\b(?:{_WORD})\b", written):
        found = True
        if word in _UNITS:
            value = _UNITS[word]
            current = current * value if value == 20 and current == 4 else current + value
        elif word in ("cent", "cents"):
            current = max(current, 1) * 100
        else:
            total += max(current, 1) * _MULTIPLES[word]
            current = 0
    return total + current if found else None


def durations(folded: str) -> tuple[Duration, ...]:
    """Every length of time of a folded text, in order. Ordinals and dates are none."""
    found = []
    for match in _DURATION.finditer(folded):
        value = number(match.group("number"))
        if value is None:
            continue
        unit = match.group("unit")
        name = "an" if unit.startswith("an") else unit if unit == "mois" else unit.rstrip("s")
        kind = (match.group("kind") or "").rstrip("s")
        found.append(Duration(value, name, kind if "calendaire" not in kind else "", match.start(), match.end()))
    return tuple(found)


def amounts(folded: str) -> tuple[Amount, ...]:
    """Every sum of money of a folded text, in order."""
    found: list[Amount] = []
    for pattern in (_AMOUNT, _TAX_FIRST):
        for match in pattern.finditer(folded):
            if any(one.start < match.end() and match.start() < one.end for one in found):
                continue
            value = _euros(match)
            if value is not None:
                found.append(Amount(value, _tax(match.group("tax") or ""), match.start(), match.end()))
    return tuple(sorted(found, key=lambda one: one.start))


def _euros(match: re.Match[str]) -> float | None:
    groups = match.groupdict()
    digits = groups.get("digits") or groups.get("inside")
    base: float | None = int(re.sub(r"[ .]", "", digits)) if digits else number(groups.get("words") or "")
    if base is None:
        return None
    if groups.get("digits") and groups.get("cents"):
        base += float(groups["cents"].replace(",", "."))
    scale = groups.get("scale") or ""
    currency = groups.get("currency") or ""
    if scale.startswith("million") or currency.startswith("m€"):
        base *= 1_000_000
    if scale.startswith("millier") or currency.startswith("k"):
        base *= 1000
    return base


def _tax(written: str) -> str:
    plain = re.sub(r"[^a-z]", "", written)
    return "" if not plain else "TTC" if plain.startswith(("ttc", "toutes")) else "HT"


def moments(folded: str) -> tuple[Moment, ...]:
    """Every day of a folded text with the time that follows it, in order; impossible days are none."""
    found: list[Moment] = []
    for pattern in (_WRITTEN_DATE, _NUMERIC_DATE, _ISO_DATE):
        for match in pattern.finditer(folded):
            month = match.group("month")
            year = int(match.group("year"))
            try:
                day = date(year + 2000 if year < 100 else year, MONTHS.get(month) or int(month), int(match.group("day")))
            except ValueError:
                continue
            time = _NOON.match(folded, match.end()) or _TIME.match(folded, match.end())
            hour = (int(time.group("hour")) if time.re is _TIME else 12) if time else None
            if time and hour is not None and hour <= 24:
                minute = time.group("minute") if time.re is _TIME else None
                found.append(Moment(day, hour % 24, int(minute or 0), match.start(), time.end()))
            else:
                found.append(Moment(day, None, 0, match.start(), match.end()))
    return tuple(sorted(found, key=lambda one: one.start))


_MONTH_NAMES = ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre")


def written_moment(moment: Moment) -> str:
    """``1er septembre 2020 à 12 h``."""
    day = f"{'1er' if moment.day.day == 1 else moment.day.day} {_MONTH_NAMES[moment.day.month - 1]} {moment.day.year}"
    if moment.hour is None:
        return day
    return f"{day} à {moment.hour} h" + (f" {moment.minute:02}" if moment.minute else "")
