"""The values of a sentence that changes something, and the role of each: new, old, added, removed; by the nearest words (``words.toml``)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from assistant.documents import words
from assistant.documents.amendments import Measure, day_of, length, money
from assistant.french.amounts import amounts
from assistant.french.dates import moments
from assistant.french.durations import durations
from assistant.french.numbers import FIGURES, IN_WORDS

# Words of a role stand at most so far before their value, and after it.
_BEFORE_CHARACTERS, _AFTER_CHARACTERS = 110, 60
_PERCENT = re.compile(r"(\d+(?:[.,]\d+)?) ?(?:%|pour cent)")
_FROM_NUMBER = re.compile(rf"\bde (?:{FIGURES}|{IN_WORDS}) a\W*$")
_FROM_TO = re.compile(r"\bde\W*$")
_TO = re.compile(r"^[^.;]{0,12}\ba\W*$")
# A sum whose last words before it, or first after it, are these is no sum before tax.
_TAX = re.compile(r"\b(?:tva|t\.v\.a\.|ttc)\b[^\d]{0,6}$")
_STATED = re.compile(r"(?:\b(?:est|sont|sera|seront|de|a|fixee?s?(?: a)?)|[:|])\W*$")
BEGINS = re.compile(r"(?:a (?:compter|partir) du|des le|depuis le|(?<!au-dela )\bdu)\W*$")
_ENDS = re.compile(
    r"\b(?:jusqu'au|terme|echeance|expir\w+|fin|s'acheve\w*|achevement|termine\w*|cess\w+|report\w+ au|repouss\w+ au)\b"
)


@dataclass(frozen=True, slots=True)
class Value:
    """A measure at ``start``–``end`` of a folded text; ``role`` is ``new``, ``old``, ``added``, ``removed``, ``stated`` (« est de … ») or empty."""

    measure: Measure
    start: int
    end: int
    role: str = ""


def values(text: str) -> list[Value]:
    """Lengths of time, sums before tax, shares and days of a folded text, in order."""
    found = [
        Value(_length(one.number, one.unit), one.start, one.end)
        for one in durations(text)
        if one.unit != "heure"
    ]
    found += [
        Value(money(one.euros), one.start, one.end)
        for one in amounts(text)
        if one.tax != "TTC" and not _TAX.search(text[: one.start])
    ]
    found += [
        Value(Measure(float(match[1].replace(",", ".")), "%", match.group()), *match.span())
        for match in _PERCENT.finditer(text)
    ]
    found += [Value(day_of(one.day), one.start, one.end) for one in moments(text)]
    return sorted(found, key=lambda one: one.start)


def with_roles(text: str, label: str = "") -> Iterator[Value]:
    """The values with their roles; ``label`` stands before the first."""
    found = values(text)
    passed = False
    for place, one in enumerate(found):
        start = found[place - 1].end if place else 0
        before = text[max(start, one.start - _BEFORE_CHARACTERS) : one.start]
        before = f"{label} : {before}" if label and not place else before
        following = next(
            (other for other in found[place + 1 :] if other.measure.unit == one.measure.unit), None
        )
        after = text[one.end : following.start if following else one.end + _AFTER_CHARACTERS]
        role = "new" if passed and _TO.search(before) else _role(before, after)
        passed = (
            following is not None and _FROM_TO.search(before) is not None and _TO.search(after) is not None
        )
        yield replace(one, role="old" if passed else role)


def ends_contract(text: str, value: Value, label: str = "") -> bool:
    """Whether a day is an end: after « jusqu'au », « terme », « échéance »; not where something begins."""
    before = text[max(0, value.start - _BEFORE_CHARACTERS) : value.start]
    return not BEGINS.search(before) and _ENDS.search(f"{label} {before}") is not None


def begins_contract(text: str, value: Value) -> bool:
    """Whether a day is where something begins: « à compter du », « prend effet le »."""
    before = text[max(0, value.start - _BEFORE_CHARACTERS) : value.start]
    return (
        BEGINS.search(before) is not None
        or re.search(r"(?:effet|commenc\w+|debut\w*|demarr\w+|notifi\w+)\W*(?:le|au|:)?\W*$", before)
        is not None
    )


def _length(number: int, unit: str) -> Measure:
    return length(number * 12, "mois") if unit == "an" else length(number, unit)


def _role(before: str, after: str) -> str:
    """By the words that follow, else by the nearest before; by the longest of those that end together."""
    for role in ("added", "old", "new"):
        if words.amendment("after", role).match(after.lstrip(" ,(|")):
            return role
    found = [
        (match.end(), -match.start(), role)
        for role in ("new", "added", "removed", "old")
        for match in words.amendment("before", role).finditer(before)
    ]
    if found:
        return max(found)[2]
    if _FROM_NUMBER.search(before):
        return "new"
    return "stated" if _STATED.search(before) else ""
