"""Where the words of a remark are in the file: from the letters of the text that was read to those of its XML."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Any

from assistant.annotation.remarks import Remark
from assistant.annotation.sheet import Edge, Letter, Sheet
from assistant.datatypes import Span
from assistant.reading.characters import storable
from assistant.reading.paragraphs import Paragraph, Shown

# A letter of the document: its paragraph, and its rank among the letters there, spaces left out.
Rank = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a remark stands: its first and last letters. ``number`` is its comment's, ``lines`` what this says.

    ``replacement`` is what is proposed in their place, or empty.
    """

    number: int
    lines: tuple[str, ...]
    first: tuple[Rank, Letter]
    last: tuple[Rank, Letter]
    replacement: str

    def edges(self) -> tuple[Edge, Edge]:
        """Just before its first letter and just after its last."""
        (start, first), (end, last) = self.first, self.last
        return Edge((*start, 0), first, self.number, ()), Edge(
            (*end, 1), replace(last, at=last.at + 1), self.number, self.lines
        )

    def overlaps(self, other: "Place") -> bool:
        """Whether the two share a letter."""
        return self.first[0] <= other.last[0] and other.first[0] <= self.last[0]


def places_of(remarks: Sequence[Remark], sheet: Sheet) -> tuple[Place, ...]:
    """The places of those remarks whose words the file can bear a comment at, in the order of ``remarks``."""
    text = _Text(sheet)
    found = [
        place
        for number, remark in enumerate(remarks)
        if (place := _place(number, remark, text, sheet)) is not None
    ]
    return tuple(_apart(found))


def _place(number: int, remark: Remark, text: "_Text", sheet: Sheet) -> Place | None:
    """Of words that several cells share, those in the cell that holds most of them."""
    letters = list(text.letters(remark.span))
    cells = [sheet.holder(letter) for _, letter in letters]
    usual = Counter(cell for cell in cells if cell is not None).most_common(1)
    if not usual:
        return None
    kept = [letter for letter, cell in zip(letters, cells, strict=True) if cell is usual[0][0]]
    if len(kept) == len(letters):
        return Place(number, remark.lines, kept[0], kept[-1], remark.replacement)
    return Place(number, (*remark.lines, f"Passage : « {remark.quote} »"), kept[0], kept[-1], "")


def _apart(places: Sequence[Place]) -> Iterator[Place]:
    """Words are replaced once, by the first that would; a remark on part of them is put on the whole."""
    changed: list[Place] = []
    for place in places:
        if place.replacement and not any(place.overlaps(other) for other in changed):
            changed.append(place)
    for place in places:
        if any(place is other for other in changed):
            yield place
        else:
            over = [place, *(other for other in changed if place.overlaps(other))]
            first, last = (
                min((one.first for one in over), key=_rank),
                max((one.last for one in over), key=_rank),
            )
            yield replace(place, first=first, last=last, replacement="")


def _rank(edge: tuple[Rank, Letter]) -> Rank:
    return edge[0]


class _Text:
    """The text of a sheet, letter by letter."""

    def __init__(self, sheet: Sheet) -> None:
        self._paragraphs = sheet.paragraphs()
        self._starts = list(
            accumulate((len(paragraph.text) + 1 for paragraph in self._paragraphs), initial=0)
        )

    def letters(self, span: Span) -> Iterator[tuple[Rank, Letter]]:
        """The letters of ``span`` in order, but for those that the reader added."""
        at = bisect_right(self._starts, span.start) - 1
        while at < len(self._paragraphs) and self._starts[at] < span.end:
            yield from self._of_paragraph(
                at, max(0, span.start - self._starts[at]), span.end - self._starts[at]
            )
            at += 1

    def _of_paragraph(self, number: int, start: int, end: int) -> Iterator[tuple[Rank, Letter]]:
        paragraph = self._paragraphs[number]
        first, last = _count(paragraph.text[:start]), _count(paragraph.text[:end])
        for rank, letter in enumerate(_letters(paragraph)):
            if first <= rank < last and letter is not None:
                yield (number, rank), letter


def _count(text: str) -> int:
    return sum(not character.isspace() for character in text)


def _letters(paragraph: Paragraph) -> Iterator[Letter | None]:
    """Every letter that is no space, as the paragraph's text has them; None for one that the reader added."""
    for shown in paragraph.shown:
        for at, character in enumerate(shown.text):
            if not character.isspace() and storable(character):
                yield _letter(shown, at)


def _letter(shown: Shown, at: int) -> Letter | None:
    element: Any | None = shown.element
    return None if element is None else Letter(element, at, is_tail=shown.is_tail)
