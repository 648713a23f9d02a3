"""What a word processor's file must be able to do to be annotated, whatever its format."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from assistant.reading.paragraphs import Paragraph

# Who comments and proposes, as the margin shows it.
AUTHOR = "Contrôle de légalité"
INITIALS = "CL"


@dataclass(frozen=True, slots=True)
class Letter:
    """A character of the file: the one at ``at`` of an XML element's text, or of its tail."""

    element: Any
    at: int
    is_tail: bool = False


@dataclass(frozen=True, slots=True)
class Edge:
    """Where a comment begins (``lines`` is empty) or ends: just before the character at ``letter``. ``key`` orders the edges of a document."""

    key: tuple[int, int, int]
    letter: Letter
    number: int
    lines: tuple[str, ...]


class Sheet(Protocol):
    """An open file that remarks are written into."""

    def __init__(self, data: bytes, name: str, when: datetime) -> None:
        """Opens a file. ``when``: what comments and changes are dated."""

    def paragraphs(self) -> list[Paragraph]:
        """What was read, paragraph by paragraph; asked for once."""

    def holder(self, letter: Letter) -> Any | None:
        """The table's cell, or the body, where a character stands; None where no comment may be."""

    def mark(self, edge: Edge) -> None:
        """Puts the beginning or the end of a comment. Edges come from the last of the document to the first."""

    def replace(self, number: int, words: str) -> bool:
        """Proposes ``words`` for those of a comment; False where they are more than plain text of one paragraph, and nothing is proposed."""

    def comment_first(self, lines: Sequence[str]) -> None:
        """A comment at the beginning of the document."""

    def parts(self) -> dict[str, bytes]:
        """The parts of the package to write anew, by their paths."""
