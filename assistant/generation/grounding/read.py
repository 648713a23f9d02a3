"""A text read once for all its checks."""

from dataclasses import dataclass
from functools import lru_cache

from assistant.french import numbers
from assistant.french.folding import fold_line
from assistant.generation.grounding import modality, wording
from assistant.generation.grounding.facts import Fact, facts


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause: its folded text, its stems, its modalities, and whether it denies."""

    text: str
    stems: tuple[str, ...]
    markers: tuple[modality.Marker, ...]
    denies: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """What the checks need to know of a text. ``folded`` is lower case without accents, its numbers as digits."""

    text: str
    folded: str
    words: frozenset[str]
    stems: tuple[str, ...]
    facts: tuple[Fact, ...]
    clauses: tuple[Clause, ...]
    without: frozenset[str]


# Claims of one answer point to the same few sentences; an evaluation to some thousands.
@lru_cache(maxsize=4096)
def read(text: str) -> Reading:
    """The reading of ``text``."""
    folded = numbers.digits(fold_line(text))
    return Reading(
        text=text,
        folded=folded,
        words=frozenset(wording.words(folded)),
        stems=wording.stems(folded),
        facts=facts(text),
        clauses=tuple(_clause(piece) for piece in wording.clauses(folded)),
        without=modality.without(folded),
    )


def _clause(text: str) -> Clause:
    return Clause(text, wording.stems(text), modality.markers(text), modality.denies(text))
