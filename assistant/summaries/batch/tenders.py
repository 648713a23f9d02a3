"""Which documents of one folder are of the same tender: told by the number, the object and the buyer that each piece says.

A folder is one tender unless its pieces plainly say otherwise: two groups of pieces that agree among themselves and differ from one another by their number,
their buyer, or by having each a piece that a tender has once.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from assistant.french.folding import words_of
from assistant.summaries.fields.summary import Summary

# A tender has these pieces once.
_ONCE = frozenset(("RC", "CCAP", "CCP"))
# These are no piece of a tender by themselves.
_OF_NO_TENDER = frozenset(("autre", "guide", "avis"))
# How much of an object names a tender.
_LONGEST_NAME = 60
# Two names are of the same thing where they share this part of the shorter one's words; they share nothing below the second.
_ALIKE, _UNLIKE = 0.6, 0.2
# What agreement and difference weigh; two documents are linked from _LINKED on.
_NUMBER, _OBJECT, _BUYER, _LINKED = 3.0, 2.0, 1.0, 2.0
# Words are compared by their beginning: « logements », « logement ».
_STEM, _SHORTEST_WORD = 6, 4


@dataclass(frozen=True, slots=True)
class _Piece:
    """A document, its place in the folder, and what it says, read once: it is compared with every other."""

    summary: Summary
    place: int
    number: str
    bought: frozenset[str]
    buyer: frozenset[str]


_Group = list[_Piece]


def grouped(name: str, summaries: Sequence[Summary]) -> Iterator[tuple[str, list[Summary]]]:
    """The documents of a folder or an archive as tenders: one, or several where its pieces plainly say so; one each in a folder of notices."""
    notices = [one for one in summaries if one.doc_type == "avis"]
    numbers = {
        one.field("numero_consultation").normal for one in notices if one.field("numero_consultation").normal
    }
    if len(numbers) >= 2 and len(notices) >= 2:
        yield from ((f"{name} - {_stem(one.file)}", [one]) for one in summaries)
    elif summaries:
        tenders = tenders_of(summaries)
        yield from (
            (name if len(tenders) == 1 else f"{name} - {_name_of(tender)}", tender) for tender in tenders
        )


def _name_of(tender: Sequence[Summary]) -> str:
    """What tells a tender from the others of its folder: its number, else its object, else its first file."""
    for field in ("numero_consultation", "objet"):
        for one in tender:
            if isinstance(value := one.field(field).value, str):
                return value.replace("/", "-")[:_LONGEST_NAME].strip()  # no folder of results within another
    return _stem(tender[0].file)


def _stem(file: str) -> str:
    bare = file.rpartition("› ")[2].replace("\\", "/").rpartition("/")[2]
    return bare.rpartition(".")[0] or bare


def tenders_of(summaries: Sequence[Summary]) -> list[list[Summary]]:
    """The documents of a folder, tender by tender, in the order of their first document."""
    groups = _linked(summaries)
    tenders = _apart([group for group in groups if len(group) > 1])
    if len(tenders) < 2:
        return [list(summaries)]
    for (alone,) in (group for group in groups if len(group) == 1):
        nearest = max(tenders, key=lambda tender: _fit(alone, tender))
        if _fit(alone, nearest) > 0:
            nearest.append(alone)
        else:
            tenders.append([alone])
    return _in_order(tenders)


def markets_of(summaries: Sequence[Summary]) -> list[list[Summary]]:
    """The documents of a folder of any contents, market by market: a folder of contracts is not one tender because nothing says that it is several.

    Pieces that agree are together; so are those that nothing tells from one another, where each is another piece of a tender.
    """
    groups = _linked(summaries)
    while pair := next(
        ((one, other) for one, other in combinations(groups, 2) if _complete_each_other(one, other)), None
    ):
        groups = [*(group for group in groups if group not in pair), [*pair[0], *pair[1]]]
    return _in_order(groups)


def _complete_each_other(one: _Group, other: _Group) -> bool:
    pieces = [{piece.summary.doc_type for piece in group} for group in (one, other)]
    return (
        not pieces[0] & pieces[1]
        and not (pieces[0] | pieces[1]) & _OF_NO_TENDER
        and all(_likeness(a, b) >= 0 for a in one for b in other)
    )


def _linked(summaries: Sequence[Summary]) -> list[_Group]:
    """Groups of pieces that agree with one another."""
    groups: list[_Group] = []
    for one in (_piece(summary, place) for place, summary in enumerate(summaries)):
        linked = [group for group in groups if any(_likeness(one, other) >= _LINKED for other in group)]
        groups = [group for group in groups if group not in linked]
        groups.append([*(other for group in linked for other in group), one])
    return groups


def _in_order(groups: list[_Group]) -> list[list[Summary]]:
    ordered = sorted(
        (sorted(group, key=lambda one: one.place) for group in groups), key=lambda group: group[0].place
    )
    return [[one.summary for one in group] for group in ordered]


def _piece(summary: Summary, place: int) -> _Piece:
    number = next(iter(summary.field("numero_consultation").normal), "")
    return _Piece(summary, place, number, _words(summary, "objet"), _words(summary, "acheteur"))


def _words(summary: Summary, name: str) -> frozenset[str]:
    value = summary.field(name).value
    return (
        frozenset(word[:_STEM] for word in words_of(value) if len(word) >= _SHORTEST_WORD)
        if isinstance(value, str)
        else frozenset()
    )


def _apart(groups: list[_Group]) -> list[_Group]:
    """The groups, those that nothing tells apart made one."""
    while pair := next(
        ((one, other) for one, other in combinations(groups, 2) if not _differ(one, other)), None
    ):
        groups = [*(group for group in groups if group not in pair), [*pair[0], *pair[1]]]
    return groups


def _differ(one: _Group, other: _Group) -> bool:
    numbers = [{piece.number for piece in group} - {""} for group in (one, other)]
    buyers = [frozenset[str]().union(*(piece.buyer for piece in group)) for group in (one, other)]
    pieces = [{piece.summary.doc_type for piece in group} & _ONCE for group in (one, other)]
    return (
        (all(numbers) and not numbers[0] & numbers[1])
        or (all(buyers) and not buyers[0] & buyers[1])
        or bool(pieces[0] & pieces[1])
    )


def _likeness(one: _Piece, other: _Piece) -> float:
    """What speaks for two documents being of one tender, less what speaks against it. Who buys is no part of what is bought."""
    weight = 0.0
    if one.number and other.number:
        weight += _NUMBER if one.number in other.number or other.number in one.number else -_NUMBER
    buyers = one.buyer | other.buyer
    return (
        weight
        + _OBJECT * _agreement(one.bought - buyers, other.bought - buyers)
        + _BUYER * _agreement(one.buyer, other.buyer)
    )


def _agreement(first: frozenset[str], second: frozenset[str]) -> float:
    """1: the same words; -1: none of them; 0 in between, or where one says nothing."""
    if not first or not second:
        return 0.0
    share = len(first & second) / min(len(first), len(second))
    return 1.0 if share >= _ALIKE else -1.0 if share <= _UNLIKE else 0.0


def _fit(one: _Piece, tender: _Group) -> float:
    """How well a document goes with a tender; a little better where the tender lacks such a piece."""
    lacks = 0.5 if all(one.summary.doc_type != other.summary.doc_type for other in tender) else -0.5
    return sum(_likeness(one, other) for other in tender) / len(tender) + lacks
