"""The text of a sheet: what a reader is shown, and what the spans of its sentences lie in."""

from collections.abc import Iterable

from assistant.datatypes import Span
from assistant.sheets.values import Form

LABELS = {
    Form.LEAVE: "Peut-on ?",
    Form.REJECT: "Peut-on écarter ?",
    Form.FORBIDDEN: "Est-ce interdit ?",
    Form.COMPULSORY: "Est-ce obligatoire ?",
    Form.OTHER: "En bref",
}


class Page:
    """A text that is written line by line and says where each sentence stands."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0

    @property
    def text(self) -> str:
        """All that was written."""
        return "".join(self._parts)

    def heading(self, level: int, title: str) -> None:
        """A heading and the blank line after it."""
        self._write(f"{'' if self._length == 0 else chr(10)}{'#' * level} {title}\n\n")

    def sentence(self, text: str, lead: str = "- ", tail: str = "") -> Span:
        """A line that holds ``text``; where the text stands in the page."""
        start = self._length + len(lead)
        self._write(f"{lead}{text}{tail}\n")
        return Span(start, start + len(text))

    def listed(self, title: str, level: int, texts: Iterable[str]) -> None:
        """A heading with one line for each text, nothing where there is none."""
        lines = tuple(texts)
        if lines:
            self.heading(level, title)
            for text in lines:
                self.sentence(text)

    def _write(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)
