"""The legal references of a text, each led to what is indexed: the wording of the article in force that day, or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistant import references
from assistant.datatypes import Passage
from assistant.index.store import Store
from assistant.references import Reference, ReferenceType


@dataclass(frozen=True, slots=True)
class Link:
    """A reference and the passage that it leads to; None where the text is not indexed or does not say whose article it is."""

    reference: Reference
    passage: Passage | None


def links(store: Store, text: str, day: date) -> tuple[Link, ...]:
    """Every reference of ``text`` in order. An article whose work is not named is led somewhere only when one indexed work alone has it."""
    known: dict[tuple[str | None, str], Passage | None] = {}
    found = []
    for reference in references.find(text):
        passage = None
        if reference.type is ReferenceType.ARTICLE and reference.article:
            key = (reference.work, reference.article)
            if key not in known:
                known[key] = _in_force(
                    [passage for _, passage in store.wordings(reference.article, reference.work)], day
                )
            passage = known[key]
        found.append(Link(reference, passage))
    return tuple(found)


def _in_force(wordings: Sequence[Passage], day: date) -> Passage | None:
    current = [passage for passage in wordings if passage.in_force(day)]
    if len({passage.work for passage in current}) != 1:
        return None
    return min(current, key=lambda passage: (passage.valid_from or date.min, passage.span.start))
