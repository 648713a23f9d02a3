"""Lengths of time: « trois (3) ans », « 10 jours ouvrés »."""

import re
from dataclasses import dataclass

from assistant.french.numbers import NUMBER, number

_DURATION = re.compile(
    rf"(?<![\w/.,-])(?P<number>{NUMBER}) ?(?:\(s\) ?)?(?P<unit>mois|ans?(?:\(s\)|nees?)?|annees?|jours?|semaines?|"
    rf"heures?)(?:\(s\))?\b(?P<kind> (?:ouvr\w+|calendaires|francs?))?(?P<half>(?<=ans| an|ees|nee) et demie?\b)?"
)

# « 11,4 ans » is no whole number of years.
_DECIMAL = re.compile(r"\d[.,]\d")


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time as it is written: ``number`` of ``unit`` (mois, an, jour, semaine, heure), at ``start``–``end`` of the folded text.

    ``kind`` is `` ouvre``, `` ouvrable``, `` franc`` or empty: days are calendar days unless another kind is said.
    """

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

    @property
    def months(self) -> int | None:
        """So many months; None for days and hours."""
        return {"an": 12 * self.number, "mois": self.number}.get(self.unit)


def durations(folded: str) -> tuple[Duration, ...]:
    """Every length of time of a folded text, in order. Ordinals and dates are none."""
    found = (_duration(match) for match in _DURATION.finditer(folded))
    return tuple(duration for duration in found if duration)


def _duration(match: re.Match[str]) -> Duration | None:
    length = number(match["number"])
    if length is None or _DECIMAL.search(match["number"]):
        return None
    if match["half"]:  # « un an et demi »
        return Duration(12 * length + 6, "mois", "", match.start(), match.end())
    kind = (match["kind"] or "").rstrip("s")
    return Duration(
        length, _unit(match["unit"]), "" if "calendaire" in kind else kind, match.start(), match.end()
    )


def _unit(written: str) -> str:
    if written.startswith("an"):
        return "an"
    return written if written == "mois" else written.rstrip("s")
