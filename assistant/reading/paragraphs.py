"""What word processors' documents come down to: paragraphs in their order, each with its printed number and its looks."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.reading.structure import Line
from assistant.reading.word_numbering import BULLET


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph as it is printed: ``text`` begins with its automatic number, ``label``. ``level`` is a heading's, 1 outermost, or None.

    ``contents`` marks lines of a table of contents, ``title`` the document's own title, ``running`` a header or footer: none is a heading.
    """

    text: str
    label: str = ""
    level: int | None = None
    bold: bool = False
    contents: bool = False
    title: bool = False
    running: bool = False


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
