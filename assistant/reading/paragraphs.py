"""What word processors' documents come down to: paragraphs in their order, each with its printed number and its looks."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.lines import one_line
from assistant.reading.structure import Line
from assistant.reading.word_numbering import BULLET


@dataclass(frozen=True, slots=True)
class Shown:
    """Words of a paragraph and where the file has them: the text of an XML ``element``, or its tail. None: the reader adds them (a number, a bar)."""

    text: str
    element: Any | None = None
    is_tail: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph as it is printed: ``text`` begins with its automatic number, ``label``. ``level`` is a heading's, 1 outermost, or None.

    ``contents`` marks lines of a table of contents, ``title`` the document's own title, ``running`` a header or footer: none is a heading.
    ``lead`` and ``beside`` are those of ``structure.Line``. ``shown`` is what ``text`` was made of, the same letters in the same order; empty for headers and
    footers.
    """

    text: str
    label: str = ""
    level: int | None = None
    bold: bool = False
    contents: bool = False
    title: bool = False
    running: bool = False
    lead: int = 0
    beside: bool = False
    shown: tuple[Shown, ...] = ()


def stands_beside(rows: Sequence[Sequence[Sequence[Paragraph]]]) -> bool:
    """Whether a table (rows of cells of paragraphs) only sets titles beside their text: short cells on the left, running text on the right."""
    pairs = [row for row in rows if len(row) == _TWO]
    if len(pairs) < _FEWEST_BESIDE or len(pairs) < len(rows):
        return False
    titles = [left[0].text if len(left) == 1 else "" for left, _ in pairs]
    texts = sum(len(paragraph.text) for _, right in pairs for paragraph in right)
    return all(
        0 < len(title) <= _LONGEST_TITLE and title[-1] not in ".;," for title in titles
    ) and texts >= _RUNNING_TEXT * len(pairs)


_TWO, _FEWEST_BESIDE = 2, 3
# Characters: a title is no longer, and the text beside one is as long at least in the mean; a form's are shorter.
_LONGEST_TITLE, _RUNNING_TEXT = 80, 200


def row(cells: Iterable[Iterable[Paragraph]]) -> Iterator[Paragraph]:
    """A table's row as one paragraph, a bar between its cells; nothing where all are empty."""
    found = [list(cell) for cell in cells]
    texts = [one_line(" ".join(paragraph.text for paragraph in cell)) for cell in found]
    if any(texts):
        shown = (
            piece
            for cell in found
            for piece in (_BAR, *(piece for paragraph in cell for piece in paragraph.shown))
        )
        yield Paragraph(_BAR.text.join(texts), shown=tuple(shown)[1:])


_BAR = Shown(" | ")


def assembled(paragraphs: Sequence[Paragraph]) -> tuple[str, list[Line]]:
    """The document's text, one paragraph a line, and the lines that may be headings."""
    pieces: list[str] = []
    lines: list[Line] = []
    at = 0
    for paragraph in paragraphs:
        if not (paragraph.contents or paragraph.title or paragraph.running):
            automatic = paragraph.label if paragraph.label != BULLET else ""
            lines.append(
                Line(
                    paragraph.text,
                    at,
                    bold=paragraph.bold,
                    declared=paragraph.level,
                    label=automatic,
                    lead=paragraph.lead,
                    beside=paragraph.beside,
                )
            )
        pieces.append(paragraph.text + "\n")
        at += len(pieces[-1])
    return "".join(pieces), lines
