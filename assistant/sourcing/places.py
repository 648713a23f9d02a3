"""States and places named in words: ``Irlande (Dublin)``, ``hébergé aux USA``, ``sur site``. Geography only; nothing is known here of companies."""

import re
from functools import cache

from assistant.french.folding import fold_line
from assistant.sourcing import data
from assistant.states import State, named

# How far before a place stand the words that deny it: « pas de transfert aux États-Unis ».
_DENIED_WITHIN = 28


@cache
def states(text: str) -> tuple[State, ...]:
    """The States that a text names, each once, in its order; those that it denies are left out."""
    folded = fold_line(text)
    found = dict[State, None]()
    for state, start in named(folded):
        if not is_denied(folded[max(0, start - _DENIED_WITHIN) : start]):
            found[state] = None
    return tuple(found)


def is_denied(before: str) -> bool:
    """Whether a word just before denies a place: in the same clause, with small words only between."""
    clause = re.split(r"[.;:,(]", before)[-1]
    return any(word in data.words("not_there") for word in clause.split()[-4:])


@cache
def is_own(text: str) -> bool:
    """Whether a text says that something is at the member's own place: « on premise », « salle serveur »."""
    folded = fold_line(text)
    return any(re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", folded) for word in data.words("own"))


def is_place(text: str) -> bool:
    """Whether a text is one of a place, and of little else."""
    return len(text) <= 60 and (bool(states(text)) or is_own(text))
