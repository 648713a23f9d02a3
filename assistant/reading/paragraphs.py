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
    ``shown`` is what ``text`` was made of, the same letters in the same order; empty for headers and footers.
    """

    text: str
    label: str = ""
    level: int | None = None
    bold: bool = False
    contents: bool = False
    title: bool = False
    running: bool = False
    shown: tuple[Shown, ...] = ()


def row(cells: Iterable[Iterable[Paragraph]]) -> Iterator[Paragraph]:
    """A table's row as one paragraph, a bar between its cells; nothing where all are empty."""
    found = [list(cell) for cell in cells]
    texts = [one_line(" ".join(paragraph.text for paragraph in cell)) for cell in found]
    if any(texts):
        shown = (piece for cell in found for piece in (_BAR, *(piece for paragraph in cell for piece in paragraph.shown)))
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
            lines.append(Line(paragraph.text, at, bold=paragraph.bold, declared=paragraph.level, label=automatic))
        pieces.append(paragraph.text + "\n")
        at += len(pieces[-1])
    return "".join(pieces), lines
