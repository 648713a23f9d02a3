"""Days and times of day, as French writes them, in figures or in words."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from assistant.french.months import MONTH, MONTH_NUMBERS, MONTHS
from assistant.french.numbers import IN_WORDS, number

_WRITTEN_DATE = re.compile(rf"(?<!\d)(?P<day>\d{{1,2}}) ?(?:er|\.e\.r)? (?P<month>{MONTH}) (?P<year>\d{{4}})")
# « vendredi vingt-trois avril deux mille vingt-sept »
_DATE_IN_WORDS = re.compile(
    rf"(?<![\w-])(?P<day>premier|{IN_WORDS}) (?P<month>{MONTH}) (?P<year>deux mille {IN_WORDS})(?!\w)"
)
# As people say them: « le 2 novembre », « le 19/11 », the year left out; after one, « le 16 » and « lundi 30 » are of its month, or of the next.
_WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_WEEKDAY = f"(?:{'|'.join(_WEEKDAYS)})"
_SAID_DATE = re.compile(
    rf"(?<![\d/.])(?P<day>\d{{1,2}}|1er) (?P<month>{MONTH})(?: (?P<year>20\d\d))?\b"
    rf"|(?<![\d/.])(?P<short>\d{{1,2}}/\d{{1,2}})(?:/(?P<of>20\d\d))?(?![\d/])"
    rf"|\b(?:(?:le|au)(?: {_WEEKDAY})?|{_WEEKDAY}) (?P<bare>\d{{1,2}}|1er)(?![\d/:]|[.,]\d| ?(?:[%€]|h\b|{MONTH}|ans?\b|jours|mois|euros))\b"
)
# … and, without a number, from one to the next: « partis lundi, je signe vendredi », « jeudi prochain », « vendredi en huit ».
_BARE_WEEKDAY = re.compile(
    rf"\b(?P<day>{_WEEKDAY})\b(?! \d)(?P<later> (?:prochain|suivant|d'apres|de la semaine (?:prochaine|suivante|d'apres)|en huit))?"
)
# What was done on the day that it stands before.
_DONE = re.compile(
    r"\b(?:parti\w*|envoy\w*|notifi\w*|recue?s?|depuis|hier|expedi\w*|transmis\w*)\b[^.;?]{0,50}$"
)
_A_WEEK = 7
# A month with its year: « en juin 2022 », « fin janvier 2027 », « le 12 octobre 2021 ».
_MONTH_OF_YEAR = re.compile(rf"(?:\b(?P<day>\d{{1,2}}|1er) )?\b(?P<month>{MONTH}) (?P<year>20\d\d)\b")
_MID_MONTH = 15
_NUMERIC_DATE = re.compile(
    r"(?<![\d/.])(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>\d{4}|\d{2})(?![\d/])"
)
_ISO_DATE = re.compile(r"(?<!\d)(?P<year>20\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)")
_TIME = re.compile(
    rf"(?:[\s,;.()-]{{1,5}}heure(?: locale)? ?: ?)?[ ,;.()-]{{0,4}}(?:a partir de |avant |a |t)? ?"
    rf"(?P<hour>\d{{1,2}}|{IN_WORDS}) ?(?:h(?:eures?)?|:)(?: ?(?P<minute>\d{{2}}))?(?!\d)"
)
_NOON = re.compile(r"[ ,;.()-]{0,4}(?:a |avant )?midi\b")


@dataclass(frozen=True, slots=True)
class Moment:
    """A day and, where it is said, the time of day (hour, minute), at ``start``–``end`` of the folded text."""

    day: date
    hour: int | None
    minute: int
    start: int
    end: int

    @property
    def normal(self) -> str:
        """ISO, to the minute where the time is said."""
        return self.day.isoformat() + ("" if self.hour is None else f"T{self.hour:02}:{self.minute:02}")

    @property
    def written(self) -> str:
        """``1er septembre 2020 à 12 h``."""
        if self.hour is None:
            return french_date(self.day)
        return f"{french_date(self.day)} à {self.hour} h" + (f" {self.minute:02}" if self.minute else "")


def french_date(day: date) -> str:
    """``2026-08-22`` → ``22 août 2026``; the first of a month is ``1er``."""
    return f"{'1er' if day.day == 1 else day.day} {MONTHS[day.month - 1]} {day.year}"


def months_later(day: date, months: int) -> date:
    """The same day so many months later (or earlier); the last day of a month stays the last: 30 juin + 6 mois = 31 décembre."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = monthrange(year, month + 1)[1]
    is_last = day.day == monthrange(day.year, day.month)[1]
    return date(year, month + 1, last if is_last else min(day.day, last))


def months_between(first: date, last: date) -> int:
    """Whole months from the morning of one day to the evening of the other: from 1 January to 31 December are twelve."""
    after = last + timedelta(days=1)
    return 12 * (after.year - first.year) + after.month - first.month - (after.day < first.day)


def moments(folded: str) -> tuple[Moment, ...]:
    """Every day of a folded text with the time that follows it, in order; impossible days are none."""
    found = (
        _moment(match, folded)
        for pattern in (_WRITTEN_DATE, _DATE_IN_WORDS, _NUMERIC_DATE, _ISO_DATE)
        for match in pattern.finditer(folded)
    )
    return tuple(sorted((moment for moment in found if moment), key=lambda moment: moment.start))


def days_said(folded: str, year: int) -> tuple[date, ...]:
    """The days that a folded text names, in order; one without a year is of the only year named, else of ``year``. None of them where one is impossible.

    A day without a month is the next one of that number after the day named before it.
    """
    matches = tuple(_SAID_DATE.finditer(folded))
    years = {int(said) for match in matches if (said := match["year"] or match["of"])}
    (usual,) = years if len(years) == 1 else (year,)
    found: list[date] = []
    try:
        for match in matches:
            if match["bare"]:
                if found:
                    found.append(_next_of_number(found[-1], int(match["bare"].removesuffix("er"))))
                continue
            day, month = (
                map(int, match["short"].split("/"))
                if match["short"]
                else (int(match["day"].removesuffix("er")), MONTH_NUMBERS[match["month"]])
            )
            found.append(date(int(match["year"] or match["of"] or usual), month, day))
    except ValueError:
        return ()
    return tuple(found)


def days_between_weekdays(folded: str) -> int | None:
    """Days from one weekday that a folded text names to the other, the one on which something was done first; None where it does not name two."""
    named = tuple(_BARE_WEEKDAY.finditer(folded))
    if len(named) != 2:
        return None
    first, second = named
    if _DONE.search(folded, first.end(), second.start()) and not _DONE.search(folded, 0, first.start()):
        first, second = second, first
    days = (_WEEKDAYS.index(second["day"]) - _WEEKDAYS.index(first["day"])) % _A_WEEK or _A_WEEK
    return days + _A_WEEK * bool(second["later"])


def months_said(folded: str) -> tuple[date, ...]:
    """The months of a year that a folded text names, in order, each at its day, or at the middle where it gives none; impossible days are none."""
    found = []
    for match in _MONTH_OF_YEAR.finditer(folded):
        day = int(match["day"].removesuffix("er")) if match["day"] else _MID_MONTH
        month, year = MONTH_NUMBERS[match["month"]], int(match["year"])
        if 1 <= day <= monthrange(year, month)[1]:
            found.append(date(year, month, day))
    return tuple(found)


def _next_of_number(day: date, number: int) -> date:
    """The first day after ``day`` that has that number. Raises ValueError where the month has none."""
    months = day.month if number > day.day else day.month + 1
    return date(day.year + (months > 12), (months - 1) % 12 + 1, number)


def _moment(match: re.Match[str], folded: str) -> Moment | None:
    year, month = number(match["year"]), match["month"]
    of_month = 1 if match["day"] == "premier" else number(match["day"])
    assert year is not None
    assert of_month is not None
    try:
        day = date(year + 2000 if year < 100 else year, MONTH_NUMBERS.get(month) or int(month), of_month)
    except ValueError:
        return None
    if noon := _NOON.match(folded, match.end()):
        return Moment(day, 12, 0, match.start(), noon.end())
    time = _TIME.match(folded, match.end())
    if time and (hour := number(time["hour"])) is not None and hour <= 24:
        return Moment(day, hour % 24, int(time["minute"] or 0), match.start(), time.end())
    return Moment(day, None, 0, match.start(), match.end())
