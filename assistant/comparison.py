"""Two texts side by side: paragraphs that answer each other on one row, and in each the words that the other lacks."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

# Two paragraphs stand on one row when they share this part of their words, 0 to 1: below, one was taken out and another put in.
SAME_PARAGRAPH = 0.4
_WORD = re.compile(r"\S+\s*")


class Change(StrEnum):
    """What became of some words."""

    SAME = "inchangé"
    REMOVED = "retiré"
    ADDED = "ajouté"


@dataclass(frozen=True, slots=True)
class Piece:
    """Words with one fate, the space after them included."""

    change: Change
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """A paragraph of before and the one of after that answers it; empty where there is none. The pieces joined give the paragraphs."""

    before: tuple[Piece, ...]
    after: tuple[Piece, ...]


def rows(before: str, after: str) -> tuple[Row, ...]:
    """The paragraphs (lines) of both texts, in order; empty lines say nothing and are left out."""
    old, new = _paragraphs(before), _paragraphs(after)
    found: list[Row] = []
    for tag, old_start, old_end, new_start, new_end in SequenceMatcher(
        None, old, new, autojunk=False
    ).get_opcodes():
        if tag == "equal":
            found += [
                Row((Piece(Change.SAME, line),), (Piece(Change.SAME, line),))
                for line in old[old_start:old_end]
            ]
        else:
            found += _aligned(old[old_start:old_end], new[new_start:new_end])
    return tuple(found)


def _paragraphs(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]


def _aligned(old: Sequence[str], new: Sequence[str]) -> Iterator[Row]:
    """The two nearest paragraphs on one row, then what stands before and after them in the same way."""
    nearness = [(_shared(one, other), i, j) for i, one in enumerate(old) for j, other in enumerate(new)]
    best, i, j = max(nearness, default=(0.0, 0, 0), key=lambda triple: triple[0])
    if best < SAME_PARAGRAPH:
        yield from (Row((Piece(Change.REMOVED, line),), ()) for line in old)
        yield from (Row((), (Piece(Change.ADDED, line),)) for line in new)
        return
    yield from _aligned(old[:i], new[:j])
    yield _words(old[i], new[j])
    yield from _aligned(old[i + 1 :], new[j + 1 :])


def _shared(one: str, other: str) -> float:
    return SequenceMatcher(None, _WORD.findall(one), _WORD.findall(other), autojunk=False).ratio()


def _words(one: str, other: str) -> Row:
    old, new = _WORD.findall(one), _WORD.findall(other)
    before: list[Piece] = []
    after: list[Piece] = []
    for tag, old_start, old_end, new_start, new_end in SequenceMatcher(
        None, old, new, autojunk=False
    ).get_opcodes():
        removed, added = "".join(old[old_start:old_end]), "".join(new[new_start:new_end])
        same = tag == "equal"
        if removed:
            before.append(Piece(Change.SAME if same else Change.REMOVED, removed))
        if added:
            after.append(Piece(Change.SAME if same else Change.ADDED, added))
    return Row(tuple(before), tuple(after))
