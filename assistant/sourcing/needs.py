"""The needs of many members: their lines joined by what they do, and what they come to: lines, members, users, costs, ends of contracts, sensitivity.

Totals are exact: every line is in one need, and every sum says of how many lines and members it is. Nothing is estimated here.
"""

import statistics
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from assistant.datatypes import Progress
from assistant.protocols import OnProgress, silent
from assistant.sourcing.anchors import Anchors
from assistant.sourcing.functions import Functions
from assistant.sourcing.joining import NONE, UNSAID, Corrections, Placed, Wording, join, wordings
from assistant.sourcing.register import Sensitivity

UNSAID_LABEL = "Lignes qui ne disent pas leur fonction"
# Lines between two words to whoever waits.
_TOLD_EVERY = 10_000


class Origin(StrEnum):
    """Where lines come from; the value is shown."""

    REGISTER = "registre"
    PUBLISHED = "données essentielles"


class Line(NamedTuple):
    """A line of a member, as it is summed.

    ``users`` people, ``cost`` euros a year excluding VAT, ``volume`` gigabytes; None where it is not said. A published contract repeats what a register may
    say already: its amount is summed apart.
    """

    member: str
    function: str
    name: str
    origin: Origin = Origin.REGISTER
    users: int | None = None
    cost: Decimal | None = None
    volume: Decimal | None = None
    end: date | None = None
    sensitivity: Sensitivity | None = None


class Quarter(NamedTuple):
    """A quarter of a year, 1 to 4."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> "Quarter":
        """The quarter of a day."""
        return cls(day.year, (day.month + 2) // 3)

    @property
    def shown(self) -> str:
        """``T3 2027``."""
        return f"T{self.number} {self.year}"

    @property
    def since_zero(self) -> int:
        """Quarters since year 0: two of them may be subtracted."""
        return self.year * 4 + self.number - 1

    @classmethod
    def at(cls, quarters: int) -> "Quarter":
        """The quarter that so many quarters since year 0 lead to."""
        return cls(quarters // 4, quarters % 4 + 1)


@dataclass(frozen=True, slots=True)
class Measure:
    """A sum, and the lines and members that it is of."""

    total: Decimal = Decimal(0)
    lines: int = 0
    members: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Cell:
    """What the lines of one sensitivity whose contracts end in one quarter come to (None: not said).

    ``contracts`` of the lines are published contracts, and ``published`` their yearly amounts; ``cost`` is of the registers alone.
    """

    sensitivity: Sensitivity | None
    end: Quarter | None
    lines: int
    contracts: int
    members: frozenset[int]
    users: Measure
    cost: Measure
    volume: Measure
    published: Measure


@dataclass(frozen=True, slots=True)
class Said:
    """A wording of a need: of how many lines it is, and why it is there."""

    wording: Wording
    lines: int
    placed: Placed


@dataclass(frozen=True, slots=True)
class Need:
    """A need of one or several members.

    Attributes:
        id: a function of the table, or its own.
        label: as it is shown.
        family: of the function; empty where the table does not know it.
        wordings: the most frequent first.
        cells: what its lines come to; they add up.
        typical_cost: the median of the yearly costs that lines say, euros; None where none does.
    """

    id: str
    label: str
    family: str
    wordings: tuple[Said, ...]
    cells: tuple[Cell, ...]
    typical_cost: Decimal | None

    @property
    def sum(self) -> Cell:
        """Everything."""
        return summed(self.cells)

    @property
    def doubtful(self) -> int:
        """Its lines that are there by a likeness, which a person has to look at."""
        return sum(said.lines for said in self.wordings if not said.placed.sure)

    @property
    def is_said(self) -> bool:
        """Whether its lines say what they are for."""
        return self.id != UNSAID


@dataclass(frozen=True, slots=True)
class Needs:
    """The needs, the largest first; ``members``: the name of each number."""

    needs: tuple[Need, ...]
    members: tuple[str, ...]
    lines: int

    def need(self, id_: str) -> Need | None:
        """The need of that id."""
        return next((need for need in self.needs if need.id == id_), None)

    def of_wording(self, id_: str) -> Need | None:
        """The need that holds a wording, by the wording's id."""
        return next(
            (need for need in self.needs if any(said.wording.id == id_ for said in need.wordings)), None
        )


def summed(cells: Iterable[Cell]) -> Cell:
    """What cells come to together, a member counted once."""
    tally = _Tally()
    for cell in cells:
        tally.add_cell(cell)
    return tally.cell(None, None)


def gathered(
    lines: Callable[[], Iterable[Line]],
    functions: Functions,
    anchors: Anchors,
    corrections: Corrections = NONE,
    on_progress: OnProgress = silent,
) -> Needs:
    """The needs of lines, read twice: once for what they say, once for what they come to; neither keeps them.

    Args:
        lines: begins to read them.
        functions: the table of functions.
        anchors: its words' vectors.
        corrections: what people put right.
        on_progress: told of lines and steps.
    """
    counts = wordings(
        (line.function, line.name) for line in _told(lines(), on_progress, "Lecture des lignes")
    )
    placed = join(counts, functions, anchors, corrections, on_progress)
    tallies, costs, members, total = _tallied(_told(lines(), on_progress, "Addition"), placed)
    of_need: dict[str, list[Said]] = defaultdict(list)
    for wording in sorted(placed, key=lambda one: (-counts[one], one)):
        of_need[placed[wording].need].append(Said(wording, counts[wording], placed[wording]))
    made = [
        Need(
            id_,
            *_named(id_, said, functions),
            tuple(said),
            tuple(
                tally.cell(*key)
                for key, tally in sorted(tallies[id_].items(), key=lambda one: _order(one[0]))
            ),
            statistics.median(costs[id_]) if costs[id_] else None,
        )
        for id_, said in of_need.items()
    ]
    made.sort(key=lambda need: (not need.is_said, -sum(cell.lines for cell in need.cells), need.id))
    return Needs(tuple(made), tuple(members), total)


def _told(lines: Iterable[Line], on_progress: OnProgress, label: str) -> Iterator[Line]:
    for number, line in enumerate(lines):
        if number % _TOLD_EVERY == 0:
            on_progress(Progress("lignes", number, None, label))
        yield line


def _order(key: "tuple[Sensitivity | None, Quarter | None]") -> tuple[int, int]:
    sensitivity, end = key
    return (
        -1 if sensitivity is None else list(Sensitivity).index(sensitivity),
        -1 if end is None else end.since_zero,
    )


def _named(id_: str, said: Sequence[Said], functions: Functions) -> tuple[str, str]:
    """The label and the family of a need."""
    if id_ == UNSAID:
        return UNSAID_LABEL, ""
    if (function := functions.by_id.get(id_)) is not None:
        return function.label, function.family
    first = said[0].wording
    text = first.function if functions.key(first.function) else first.name or first.function
    return text[:1].upper() + text[1:], ""


def _tallied(
    lines: Iterable[Line], placed: Mapping[Wording, Placed]
) -> "tuple[dict[str, dict[tuple[Sensitivity | None, Quarter | None], _Tally]], dict[str, list[Decimal]], dict[str, int], int]":
    tallies: dict[str, dict[tuple[Sensitivity | None, Quarter | None], _Tally]] = defaultdict(
        lambda: defaultdict(_Tally)
    )
    costs: dict[str, list[Decimal]] = defaultdict(list)
    members: dict[str, int] = {}
    known: dict[tuple[str, str], str] = {}
    total = 0
    for line in lines:
        pair = (line.function, line.name)
        if pair not in known:
            known[pair] = placed[Wording.of(*pair)].need
        need = known[pair]
        member = members.setdefault(line.member, len(members))
        tallies[need][line.sensitivity, Quarter.of(line.end) if line.end else None].add(line, member)
        if line.cost is not None and line.origin is Origin.REGISTER:
            costs[need].append(line.cost)
        total += 1
    return tallies, costs, members, total


@dataclass(slots=True)
class _Sum:
    total: Decimal = Decimal(0)
    lines: int = 0
    members: set[int] = field(default_factory=set)

    def add(self, value: Decimal | int | None, member: int) -> None:
        if value is not None:
            self.total += value
            self.lines += 1
            self.members.add(member)

    def add_measure(self, measure: Measure) -> None:
        self.total += measure.total
        self.lines += measure.lines
        self.members |= measure.members

    @property
    def measure(self) -> Measure:
        return Measure(self.total, self.lines, frozenset(self.members))


@dataclass(slots=True)
class _Tally:
    """A cell while it is summed."""

    lines: int = 0
    contracts: int = 0
    members: set[int] = field(default_factory=set)
    users: _Sum = field(default_factory=_Sum)
    cost: _Sum = field(default_factory=_Sum)
    volume: _Sum = field(default_factory=_Sum)
    published: _Sum = field(default_factory=_Sum)

    def add(self, line: Line, member: int) -> None:
        self.lines += 1
        self.contracts += line.origin is Origin.PUBLISHED
        self.members.add(member)
        self.users.add(line.users, member)
        self.volume.add(line.volume, member)
        (self.published if line.origin is Origin.PUBLISHED else self.cost).add(line.cost, member)

    def add_cell(self, cell: Cell) -> None:
        self.lines += cell.lines
        self.contracts += cell.contracts
        self.members |= cell.members
        self.users.add_measure(cell.users)
        self.cost.add_measure(cell.cost)
        self.volume.add_measure(cell.volume)
        self.published.add_measure(cell.published)

    def cell(self, sensitivity: Sensitivity | None, end: Quarter | None) -> Cell:
        measures = (self.users.measure, self.cost.measure, self.volume.measure, self.published.measure)
        return Cell(sensitivity, end, self.lines, self.contracts, frozenset(self.members), *measures)
