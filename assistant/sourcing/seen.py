"""What a member sees of the needs of all: his own lines, and sums in which nobody is told apart.

A sum of fewer members than the least is hidden; a breakdown is shown only where each of its parts may be, since a part alone hidden is what the others leave.
The needs that others say in their own words are not named: a wording may tell who wrote it.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from assistant.sourcing.joining import Wording
from assistant.sourcing.needs import Cell, Line, Measure, Need, Needs, Quarter, summed
from assistant.sourcing.register import Sensitivity

_Key = TypeVar("_Key")


@dataclass(frozen=True, slots=True)
class SeenMeasure:
    """A sum of all the members; None where too few of them say it."""

    total: str | None
    lines: int | None


@dataclass(frozen=True, slots=True)
class Seen:
    """A need as a member sees it.

    Attributes:
        id: of the need.
        label: as it is shown.
        own: how many lines are his.
        lines: of all; None where too few members have it.
        members: how many; None likewise.
        users, cost: sums of all.
        ends: contracts that end, by quarter (None: not said); empty where a quarter has too few members.
        sensitivities: lines by sensitivity; empty likewise.
    """

    id: str
    label: str
    own: int
    lines: int | None
    members: int | None
    users: SeenMeasure
    cost: SeenMeasure
    ends: tuple[tuple[Quarter | None, int], ...]
    sensitivities: tuple[tuple[Sensitivity | None, int], ...]


@dataclass(frozen=True, slots=True)
class MemberView:
    """What a member sees; ``hidden`` needs of others have too few members to be shown."""

    needs: tuple[Seen, ...]
    hidden: int
    least: int


def seen_by_member(needs: Needs, own: Iterable[Line], least: int) -> MemberView:
    """The needs for one who gave some of their lines.

    Args:
        needs: of all.
        own: his lines, which are among theirs.
        least: members below which a sum is hidden.
    """
    need_of = {said.wording: need.id for need in needs.needs for said in need.wordings}
    mine = Counter(need_of[Wording.of(line.function, line.name)] for line in own)
    shown = tuple(
        _seen(need, mine[need.id], least)
        for need in needs.needs
        if need.id in mine or len(need.sum.members) >= least
    )
    return MemberView(shown, len(needs.needs) - len(shown), least)


def _seen(need: Need, own: int, least: int) -> Seen:
    total = need.sum
    enough = len(total.members) >= least
    return Seen(
        need.id,
        need.label,
        own,
        total.lines if enough else None,
        len(total.members) if enough else None,
        _measure(total.users, least),
        _measure(total.cost, least),
        _parts(
            [
                (end, summed(cell for cell in need.cells if cell.end == end))
                for end in dict.fromkeys(cell.end for cell in need.cells)
            ],
            least,
        ),
        _parts(
            [
                (level, summed(cell for cell in need.cells if cell.sensitivity == level))
                for level in dict.fromkeys(cell.sensitivity for cell in need.cells)
            ],
            least,
        ),
    )


def _measure(measure: Measure, least: int) -> SeenMeasure:
    """A sum, where enough members say it."""
    return (
        SeenMeasure(f"{measure.total:f}", measure.lines)
        if len(measure.members) >= least
        else SeenMeasure(None, None)
    )


def _parts(parts: Sequence[tuple[_Key, Cell]], least: int) -> tuple[tuple[_Key, int], ...]:
    return (
        tuple((key, cell.lines) for key, cell in parts)
        if all(len(cell.members) >= least for _, cell in parts)
        else ()
    )
