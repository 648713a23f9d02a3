"""Which documents of one folder are of the same tender: told by the number, the object and the buyer that each piece says.

A folder is one tender unless its pieces plainly say otherwise: two groups of pieces that agree among themselves and differ from one another by their number,
their buyer, or by having each a piece that a tender has once.
"""

from collections.abc import Sequence
from itertools import combinations

from assistant.french.folding import fold
from assistant.summaries.values import Summary

# A tender has these pieces once.
_ONCE = frozenset(("RC", "CCAP", "CCP"))
# Two names are of the same thing where they share this part of the shorter one's words; they share nothing below the second.
_ALIKE, _UNLIKE = 0.6, 0.2
# What agreement and difference weigh; two documents are linked from _LINKED on.
_NUMBER, _OBJECT, _BUYER, _LINKED = 3.0, 2.0, 1.0, 2.0
# Words are compared by their beginning: « logements », « logement ».
_STEM, _SHORTEST_WORD = 6, 4


def tenders_of(summaries: Sequence[Summary]) -> list[list[Summary]]:
    """The documents of a folder, tender by tender, in the order of their first document."""
    groups: list[list[Summary]] = []
    for one in summaries:
        linked = [group for group in groups if any(_likeness(one, other) >= _LINKED for other in group)]
        groups = [group for group in groups if group not in linked]
        groups.append([*(other for group in linked for other in group), one])
    tenders = _apart([group for group in groups if len(group) > 1])
    if len(tenders) < 2:
        return [list(summaries)]
    for (alone,) in (group for group in groups if len(group) == 1):
        nearest = max(tenders, key=lambda tender: _fit(alone, tender))
        if _fit(alone, nearest) > 0:
            nearest.append(alone)
        else:
            tenders.append([alone])
    order = {one.file: place for place, one in enumerate(summaries)}
    return sorted((sorted(tender, key=lambda one: order[one.file]) for tender in tenders), key=lambda tender: order[tender[0].file])


def _apart(groups: list[list[Summary]]) -> list[list[Summary]]:
    """The groups, those that nothing tells apart made one."""
    while pair := next(((one, other) for one, other in combinations(groups, 2) if not _differ(one, other)), None):
        groups = [*(group for group in groups if group not in pair), [*pair[0], *pair[1]]]
    return groups


def _differ(one: Sequence[Summary], other: Sequence[Summary]) -> bool:
    numbers = [{_number(summary) for summary in group} - {""} for group in (one, other)]
    buyers = [set().union(*(_words(summary, "acheteur") for summary in group)) for group in (one, other)]
    pieces = [{summary.doc_type for summary in group} & _ONCE for group in (one, other)]
    return (all(numbers) and not numbers[0] & numbers[1]) or (all(buyers) and not buyers[0] & buyers[1]) or bool(pieces[0] & pieces[1])


def _likeness(one: Summary, other: Summary) -> float:
    """What speaks for two documents being of one tender, less what speaks against it."""
    numbers = _number(one), _number(other)
    weight = 0.0
    if all(numbers):
        weight += _NUMBER if numbers[0] in numbers[1] or numbers[1] in numbers[0] else -_NUMBER
    return weight + _OBJECT * _agreement(one, other, "objet") + _BUYER * _agreement(one, other, "acheteur")


def _agreement(one: Summary, other: Summary, name: str) -> float:
    """1: the same words; -1: none of them; 0 in between, or where one does not say. Who buys is no part of what is bought."""
    buyers = _words(one, "acheteur") | _words(other, "acheteur") if name == "objet" else set[str]()
    first, second = _words(one, name) - buyers, _words(other, name) - buyers
    if not first or not second:
        return 0.0
    share = len(first & second) / min(len(first), len(second))
    return 1.0 if share >= _ALIKE else -1.0 if share <= _UNLIKE else 0.0


def _fit(one: Summary, tender: Sequence[Summary]) -> float:
    """How well a document goes with a tender; a little better where the tender lacks such a piece."""
    lacks = 0.5 if all(one.doc_type != other.doc_type for other in tender) else -0.5
    return sum(_likeness(one, other) for other in tender) / len(tender) + lacks


def _number(summary: Summary) -> str:
    return next(iter(summary.field("numero_consultation").normal), "")


def _words(summary: Summary, name: str) -> set[str]:
    value = summary.field(name).value
    folded = fold(value) if isinstance(value, str) else ""
    words = "".join(character if character.isalnum() else " " for character in folded).split()
    return {word[:_STEM] for word in words if len(word) >= _SHORTEST_WORD}
