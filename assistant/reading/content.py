"""What a format reader gives back: everything of a ``Document`` but the identity of its source."""

from dataclasses import dataclass

from assistant.datatypes import Heading, Page, Problem, Provision


@dataclass(frozen=True, slots=True)
class Content:
    """The text of a file and what lies on it.

    ``title`` is what the file says of itself, or None: the caller then judges between its first heading and its name.
    ``pages`` and ``provisions`` tile ``text`` or are empty; ``headings`` are in text order.
    """

    text: str
    title: str | None = None
    pages: tuple[Page, ...] = ()
    headings: tuple[Heading, ...] = ()
    provisions: tuple[Provision, ...] = ()
    problems: tuple[Problem, ...] = ()
    metadata: tuple[tuple[str, str], ...] = ()
