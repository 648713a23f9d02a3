"""What the lines of a document look like, in numbers: each beside its neighbours, and beside the document's own ways. What titles are told by."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from assistant.reader import titles as reader
from assistant.reading.numbering import PARTS, Number, parse

if TYPE_CHECKING:
    from assistant.reading.structure import Line

Array = NDArray[np.float32]
Style = tuple[float, bool, bool, int, bool, bool, bool]
"""Size, bold, italic, colour, capitals; whether text follows on the line, whether it stands beside."""

# A line of text is no shorter.
_RUNNING = 60
# What a longer one holds does not matter: no title is so long.
_LONGEST = 150
# No sign of a line counts for less or more than this.
_LEAST, _MOST = -3.0, 10.0
_MARKS = frozenset("-–—•·▪◦●○■□➢➔→✓*☐☒")
_FILLED_IN = re.compile(r"\.{4}|…|_{3}")
_STOPS = ".–—"
_LABELLED = re.compile(r"[^:]{2,40} : ?\S")
_SENTENCE = re.compile(r"\b(?:est|sont|sera|seront|doit|doivent|peut|peuvent|a|ont)\b")


def style_of(line: "Line") -> Style:
    """What is common to the titles of one rank."""
    return (
        round(line.size, 1),
        line.bold,
        line.italic,
        line.ink,
        line.text.isupper(),
        line.lead > 0,
        line.beside,
    )


def letters_of(text: str) -> str:
    """Letters and digits alone, to compare titles by."""
    return "".join(character for character in text.casefold() if character.isalnum())


def features(lines: Sequence["Line"], contents: Collection[int], rows: Sequence[int]) -> Array:
    """What the lines at ``rows`` look like, ``(rows, FEATURES)``; ``contents`` are the indices of the lines of a table of contents.

    The last feature is 1 where it begins with a number.
    """
    if not len(rows):
        return np.zeros((0, FEATURES), dtype=np.float32)
    whole, lines = lines, [line.title() for line in lines]
    own = np.array(_own(lines, whole, contents), dtype=np.float32).clip(_LEAST, _MOST)
    told = np.array(_in_document(lines, contents, rows), dtype=np.float32)
    padded = np.pad(own, ((1, 2), (0, 0)))
    before, own, after, next_but_one = (padded[[row + place for row in rows]] for place in range(4))
    beside = np.stack(
        [own[:, 0] - before[:, 0], own[:, 0] - after[:, 0], after[:, _GAP] - own[:, _GAP]], axis=1
    )
    return np.concatenate([own, before, after, next_but_one, beside, told], axis=1)


_GAP = 7
_OWN = 31
_TOLD = 23
FEATURES = 4 * _OWN + 3 + _TOLD


def _own(
    lines: Sequence["Line"], whole: Sequence["Line"], contents: Collection[int]
) -> list[tuple[float, ...]]:
    """What a line shows by itself; ``whole`` are the lines with the text that follows on them."""
    sizes: Counter[float] = Counter()
    inks: Counter[int] = Counter()
    lefts: Counter[float] = Counter()
    right = 0.0
    for line in whole:
        length = len(line.text)
        sizes[line.size] += length
        inks[0 if line.lead else line.ink] += length
        lefts[round(line.left)] += length
        right = max(right, line.right)
    size, ink, left = (one.most_common(1)[0][0] for one in (sizes, inks, lefts))
    middle = (left + right) / 2
    found: list[tuple[float, ...]] = []
    page = 0
    for index, (line, all_of_it) in enumerate(zip(lines, whole, strict=True)):
        text = line.text.strip() or " "
        rest = all_of_it.text[len(line.text) :].lstrip(" \xa0")
        length = len(text)
        short = length <= _LONGEST
        letters = sum(map(str.isalpha, text)) if short else length
        first, last = text[0], text[-1]
        em = line.size or 10.0
        found.append(
            (
                line.size / size - 1 if size else 0.0,
                line.bold,
                line.italic,
                line.ink != ink,
                text.isupper() and letters > 3,
                min(length, 200) / 50.0,
                length > _RUNNING,
                line.gap,
                line.page != page and line.page > 0,
                last in ".;,",
                last == ":",
                last in "?!",
                first.isupper(),
                first.islower(),
                first.isdigit(),
                first in _MARKS,
                " | " in text,
                letters / length,
                short and _FILLED_IN.search(text) is not None,
                short and _LABELLED.match(text) is not None,
                short and _SENTENCE.search(text) is not None,
                (line.left - left) / em,
                (right - line.right) / em,
                abs((line.left + line.right) / 2 - middle) < 2 * em and line.left - left > 2 * em,
                index in contents,
                line.beside,
                line.lead > 0,
                rest[:1] in _STOPS and rest != "",
                rest[:1] == ":",
                rest.lstrip(PARTS)[:1].isupper(),
                min(len(rest), 400) / 100.0,
            )
        )
        page = line.page
    return found


def _in_document(
    lines: Sequence["Line"], contents: Collection[int], rows: Sequence[int]
) -> list[tuple[float, ...]]:
    """What the document says of a line: how many are written alike and what these are, whether its number follows another, whether it is announced."""
    styles = [style_of(line) for line in lines]
    alike: dict[Style, list[int]] = defaultdict(list)
    for index, style in enumerate(styles):
        alike[style].append(index)
    ways = {style: _ways(style, members, lines, styles) for style, members in alike.items()}
    said = [_said(line.text) for line in lines]
    announced = {said[index] for index in contents} - {""}
    left = Counter(said)
    left[""] = 0
    met: Counter[str] = Counter()
    repeated = []
    for one in said:
        left[one] -= 1
        repeated.append((min(3, met[one]), min(3, left[one])) if one else (0, 0))
        met[one] += 1
    numbers = _numbered(lines, contents, rows)
    pages = max(line.page for line in lines)
    return [
        (
            *ways[styles[index]],
            said[index] in announced,
            bool(announced),
            *repeated[index],
            lines[index].page == 1,
            lines[index].page == 0,
            lines[index].size == 0,
            lines[index].page / pages if pages else index / len(lines),
            *numbers[index],
        )
        for index in rows
    ]


def _said(text: str) -> str:
    """What a short line says, without the page number that a table of contents gives after it."""
    return text.rstrip("0123456789 .…|\t").casefold() if len(text) <= _LONGEST else ""


def _ways(
    style: Style, members: Sequence[int], lines: Sequence["Line"], styles: Sequence[Style]
) -> tuple[float, ...]:
    """How many lines of a document are written alike, how long they are, and what stands below them."""
    texts = [lines[index].text for index in members]
    count = len(members)
    below = [lines[index + 1] for index in members if index + 1 < len(lines)]
    return (
        math.log1p(count) / 3,
        count / len(lines),
        sum(len(text) for text in texts) / count / 60,
        sum(text[-1:] in (".", ";", ",") for text in texts) / count,
        (sum(len(line.text) > _RUNNING for line in below) if not lines[members[0]].lead else count) / count,
        sum(styles[index + 1] == style for index in members if index + 1 < len(lines)) / count,
        sum(lines[index].gap for index in members) / count,
    )


_NONE = (0.0,) * 8


def _numbered(
    lines: Sequence["Line"], contents: Collection[int], rows: Sequence[int]
) -> dict[int, tuple[float, ...]]:
    """What the number says that a line begins with: its kind, and whether its elder, its younger and its parent are met."""
    parsed = [
        parse(line.text.strip()) if len(line.text) <= _LONGEST and index not in contents else None
        for index, line in enumerate(lines)
    ]
    place: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for index, found in enumerate(parsed):
        if found:
            place[_key(found[0], found[0].counters)].append(index)
    return {row: _NONE if (found := parsed[row]) is None else _number(found, row, place) for row in rows}


def _key(number: Number, counters: tuple[int, ...]) -> tuple[object, ...]:
    return (number.firm, number.rank if len(counters) == 1 else 0, counters)


def _number(
    found: tuple[Number, str], index: int, place: dict[tuple[object, ...], list[int]]
) -> tuple[float, ...]:
    number, title = found
    *parents, last = number.counters
    elder = place.get(_key(number, (*parents, last - 1)), ())
    younger = place.get(_key(number, (*parents, last + 1)), ())
    before = [index - other for other in elder if other < index]
    after = [other - index for other in younger if other > index]
    return (
        number.firm,
        number.rank / 10,
        last == 1,
        min(20, before[-1]) / 10 if before else 0.0,
        min(20, after[0]) / 10 if after else 0.0,
        len(parents) / 2,
        title[:1].isupper(),
        1.0,
    )


def evidence(lines: Sequence["Line"], contents: Collection[int]) -> list[float]:
    """How much speaks for each line being a title, by the reader of titles: log odds, 0 where it cannot be one. ``contents`` as for ``features``.

    Raises:
        ModelFileError: the reader is missing or is not sound.
    """
    rows = looked_at(lines, contents)
    found = [0.0] * len(lines)
    if rows:
        told = reader.load().evidence(features(lines, contents, rows), styles_of(lines), rows)
        for row, one in zip(rows, told.tolist(), strict=True):
            found[row] = one
    return found


def looked_at(lines: Sequence["Line"], contents: Collection[int]) -> list[int]:
    """The indices of the lines that may be titles."""
    return [
        index
        for index, line in enumerate(lines)
        if may_be(line.title().text.strip()) and index not in contents
    ]


def may_be(text: str) -> bool:
    """Whether a line may be a title: not an item, a row of a table, the rest of a sentence, a sentence. What is none is not looked at."""
    return (
        0 < len(text) <= _LONGEST
        and (text[0].isupper() or text[0].isdigit() or text[0] == "§")
        and text[-1] not in ".;,"
        and "|" not in text
    )


def styles_of(lines: Sequence["Line"]) -> NDArray[np.intp]:
    """A number for each way of being written, ``(lines,)``."""
    numbers: dict[Style, int] = {}
    return np.array([numbers.setdefault(style_of(line), len(numbers)) for line in lines], dtype=np.intp)
