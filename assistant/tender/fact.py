"""A fact of a tender: its value and where the document says it."""

from dataclasses import dataclass

from assistant.datatypes import Span

Item = tuple[tuple[str, str | None], ...]
"""One lot or one criterion: ``(("numero", "1"), ("titre", "Gros œuvre"))``."""

NOT_DIVIDED = "non alloti"


@dataclass(frozen=True, slots=True)
class Fact:
    """A value and the spans of the document it was read in, the one to quote first (never empty).

    ``normal`` are comparable forms of the value (``"36 mois"``, ``"2025-03-14"``): two pieces whose forms differ contradict each other. Empty: not comparable.
    """

    value: str | tuple[Item, ...]
    spans: tuple[Span, ...]
    normal: tuple[str, ...] = ()
