"""Plain text: kept as it is. Its numbered lines that stand as headings do are its headings."""

from assistant.reading.characters import decode, storable
from assistant.reading.content import Content
from assistant.reading.structure import Line, titled


def read_text(data: bytes, name: str) -> Content:
    """Reads a text file: UTF-8 (or by its byte order mark), else Windows-1252, which is reported."""
    text, problems = decode(data, name)
    text = storable(text)
    headings, doubts = titled(_lines(text))
    return Content(text, headings=headings, problems=(*problems, *doubts))


def _lines(text: str) -> tuple[Line, ...]:
    """The lines that are not blank: what stands below a title is the next of them."""
    lines: list[Line] = []
    start = 0
    for raw in text.split("\n"):
        stripped = raw.strip()
        if stripped:
            lines.append(Line(stripped, start + raw.index(stripped)))
        start += len(raw) + 1
    return tuple(lines)
