"""A framework agreement proposed from the needs of many: lots, volumes, a maximum and how it is computed, when members join, clauses, the law quoted.

The amounts are sums of what members said, and an estimate of what they did not say, told apart. Each sentence of law is quoted from a sheet. Nothing here
names a company or a product.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_CEILING, Decimal

from assistant.datatypes import Kit, ModelClause
from assistant.errors import UsageError
from assistant.sourcing import data
from assistant.sourcing.functions import Functions
from assistant.sourcing.law import Sentence, sentences
from assistant.sourcing.needs import Cell, Need, Needs, Quarter, summed
from assistant.sourcing.register import Sensitivity

# Without a special reason, as the sheet « duree-accord-cadre » says (CCP L2125-1).
MOST_YEARS = 4
_QUARTERS = 4
# A maximum is rounded up to this many euros.
_ROUNDED_TO = Decimal(1_000)
_CENT = Decimal("0.01")
# The wording of a clause that no kit gives a level to: the balanced one.
_BALANCED = 2


@dataclass(frozen=True, slots=True)
class Terms:
    """What the central body decides.

    Attributes:
        title: of the framework agreement.
        start: its first quarter.
        years: how long it lasts, 1 to 4.
        margin_percent: added to what is computed.
        least_members: members under which a need makes no lot.
        families: the family given by hand to needs that the table does not know, by their ids.
    """

    title: str
    start: Quarter
    years: int = 4
    margin_percent: int = 20
    least_members: int = 5
    families: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Position:
    """A need in a lot.

    Attributes:
        need: its id.
        label: as it is shown.
        cells: what its lines of this lot come to, by sensitivity and end.
        unsaid: lines of registers that do not say their cost.
        typical: the median cost by which they are estimated, euros a year; None: they cannot be.
        amount: euros over the whole duration, margin apart; None where no line of the need says a cost.
    """

    need: str
    label: str
    cells: tuple[Cell, ...]
    unsaid: int
    typical: Decimal | None
    amount: Decimal | None

    @property
    def total(self) -> Cell:
        """Everything of it."""
        return summed(self.cells)


@dataclass(frozen=True, slots=True)
class ChosenClause:
    """A model clause at a level, and the piece it goes into."""

    id: str
    title: str
    level: int
    place: str


@dataclass(frozen=True, slots=True)
class Lot:
    """A lot: needs of one family and one level of sensitivity.

    ``amount`` is euros over the duration, None where no line says a cost; ``maximum`` with the margin, rounded up, None where a need of the lot has no cost:
    a maximum without it would be reached too soon. ``uncosted``: those needs.
    """

    number: int
    family: str
    level: str
    level_label: str
    requirement: str
    open: str
    positions: tuple[Position, ...]
    total: Cell
    amount: Decimal | None
    maximum: Decimal | None
    uncosted: tuple[str, ...]
    law: tuple[Sentence, ...]
    kit: str
    kit_title: str
    clauses: tuple[ChosenClause, ...]
    dropped: tuple[str, ...]

    @property
    def title(self) -> str:
        """What it is called."""
        return f"{self.family} — {self.level}"


@dataclass(frozen=True, slots=True)
class Entry:
    """A quarter in which lines join: how many, of how many members, by lot number."""

    quarter: Quarter
    lines: int
    members: int
    by_lot: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Outside:
    """Lines that are in no lot, and why."""

    label: str
    lines: int
    members: int
    why: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What the proposal leaves to be decided, and what the sheets say of it."""

    title: str
    law: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """The whole. ``law``: what is said once, by subject. Lines of lots and outside add up to ``lines``.

    Of the lines of lots: ``early``, whose contract ends before the framework agreement begins; ``later``, after it ends; ``undated``, nobody says when;
    ``doubtful``, put into their need by a likeness that a person has to look at.
    """

    terms: Terms
    lots: tuple[Lot, ...]
    calendar: tuple[Entry, ...]
    early: int
    later: int
    undated: int
    doubtful: int
    outside: tuple[Outside, ...]
    common: tuple[ChosenClause, ...]
    law: Mapping[str, tuple[Sentence, ...]]
    decisions: tuple[Decision, ...]
    members: int
    lines: int

    @property
    def at_two_levels(self) -> Mapping[str, Mapping[str, int]]:
        """The functions that members say of different sensitivity: lines by level."""
        found: dict[str, dict[str, int]] = defaultdict(dict)
        for lot in self.lots:
            for one in lot.positions:
                found[one.label][lot.level] = one.total.lines
        return {label: lines for label, lines in found.items() if len(lines) > 1}

    @property
    def maximum(self) -> Decimal | None:
        """The sum of the lots' maxima, euros excluding VAT; None where a lot has none."""
        return self.computed if self.lots and all(lot.maximum is not None for lot in self.lots) else None

    @property
    def computed(self) -> Decimal:
        """The sum of the maxima that are computed, euros excluding VAT."""
        return sum((lot.maximum for lot in self.lots if lot.maximum is not None), Decimal(0))

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """Every sentence of law that it quotes, each once."""
        return tuple(
            dict.fromkeys(
                (
                    *(one for group in self.law.values() for one in group),
                    *(one for lot in self.lots for one in lot.law),
                    *(one for decision in self.decisions for one in decision.law),
                )
            )
        )


def proposed(
    needs: Needs,
    functions: Functions,
    terms: Terms,
    kits: Mapping[str, Kit],
    clauses: Mapping[str, ModelClause],
) -> Proposal:
    """The framework agreement that needs come to.

    Args:
        needs: of many members.
        functions: the table of functions.
        terms: what the central body decides.
        kits: the kits of the library by id.
        clauses: its clauses by id.

    Raises:
        UsageError: the terms cannot be, or there is no need.
    """
    _check(terms, needs, functions)
    table = data.table("lots.toml")
    shares, outside = _shared_out(needs, functions, terms, table["levels"])
    lots = tuple(
        _lot(number, family, level, positions, functions, terms, kits, clauses)
        for number, ((family, level), positions) in enumerate(
            sorted(shares.items(), key=lambda one: _rank(one[0], functions)), 1
        )
    )
    calendar, early, later, undated = _calendar(lots, terms)
    in_lots = {position.need for lot in lots for position in lot.positions}
    law = {subject: sentences(references) for subject, references in table["law"].items()}
    decisions = tuple(Decision(one["title"], sentences(one["law"])) for one in table["decide"])
    common = tuple(_chosen(clauses[id_], _BALANCED) for id_ in table["clauses"]["common"] if id_ in clauses)
    return Proposal(
        terms,
        lots,
        calendar,
        early,
        later,
        undated,
        sum(need.doubtful for need in needs.needs if need.id in in_lots),
        outside,
        common,
        law,
        decisions,
        len(needs.members),
        needs.lines,
    )


def _check(terms: Terms, needs: Needs, functions: Functions) -> None:
    if not needs.lines:
        raise UsageError(
            "Il n'y a aucun besoin : rien ne peut être proposé.",
            "Versez d'abord des registres : assistant needs add FICHIER…",
        )
    if not 1 <= terms.years <= MOST_YEARS:
        raise UsageError(
            f"Une durée de {terms.years} ans ne se calcule pas ici : de 1 à {MOST_YEARS} ans.",
            'Au-delà, lisez la fiche « duree-accord-cadre » (assistant ask "Quelle est la durée maximale d\'un accord-cadre ?").',
        )
    if not 0 <= terms.margin_percent <= 100:
        raise UsageError(
            f"Une marge de {terms.margin_percent} % n'est pas possible.",
            "De 0 à 100 %, et expliquez-la dans le dossier.",
        )
    for id_, family in terms.families.items():
        if needs.need(id_) is None:
            raise UsageError(
                f"Aucun besoin n'a l'identifiant « {id_} ».", "« assistant needs show » les donne."
            )
        if family not in functions.families:
            raise UsageError(
                f"« {family} » n'est pas une famille.", f"Familles : {', '.join(functions.families)}."
            )


def _shared_out(
    needs: Needs, functions: Functions, terms: Terms, levels: Mapping[str, Mapping[str, object]]
) -> tuple[dict[tuple[str, str], list[tuple[Need, tuple[Cell, ...]]]], tuple[Outside, ...]]:
    """The cells of each need by lot (family, level), and what is in none.

    A level that has too few members in a family joins the stricter one, never a weaker.
    """
    of_level = {
        Sensitivity(name): level for level, said in levels.items() for name in _names(said["sensitivities"])
    }
    shares: dict[tuple[str, str], list[tuple[Need, tuple[Cell, ...]]]] = defaultdict(list)
    outside: list[Outside] = []
    for need in needs.needs:
        family = terms.families.get(need.id, need.family)
        if not need.is_said or not family:
            why = (
                "leur fonction n'est pas dite"
                if not need.is_said
                else "fonction hors de la table : à rattacher à une famille de lots"
            )
            outside.append(_outside(need.label, need.cells, why))
            continue
        for level in {of_level.get(cell.sensitivity) if cell.sensitivity else None for cell in need.cells}:
            cells = tuple(
                cell
                for cell in need.cells
                if (of_level.get(cell.sensitivity) if cell.sensitivity else None) == level
            )
            if level is None:
                outside.append(
                    _outside(
                        need.label,
                        cells,
                        "sensibilité non dite, ou dite d'une autre échelle : à classer avant la publication",
                    )
                )
            else:
                shares[family, level].append((need, cells))
    for family in functions.families:
        for weaker, stricter in (("N1", "N2"), ("N2", "N3")):
            held = shares.get((family, weaker))
            if held and _members(held) < terms.least_members and (family, stricter) in shares:
                shares[family, stricter] += shares.pop((family, weaker))
    for key in [key for key, held in shares.items() if _members(held) < terms.least_members]:
        why = (
            f"moins de {terms.least_members} membres pour un lot {functions.families[key[0]].label} {key[1]}"
        )
        outside += [_outside(need.label, cells, why) for need, cells in shares.pop(key)]
    return shares, tuple(sorted(outside, key=lambda one: (-one.lines, one.label, one.why)))


def _names(said: object) -> list[str]:
    return [str(name) for name in said] if isinstance(said, list) else []


def _members(held: Iterable[tuple[Need, tuple[Cell, ...]]]) -> int:
    return len(frozenset[int]().union(*(cell.members for _, cells in held for cell in cells)))


def _outside(label: str, cells: Sequence[Cell], why: str) -> Outside:
    total = summed(cells)
    return Outside(label, total.lines, len(total.members), why)


def _rank(key: tuple[str, str], functions: Functions) -> tuple[int, int]:
    family, level = key
    return list(functions.families).index(family), -int(level[1:])


def _lot(
    number: int,
    family: str,
    level: str,
    held: Sequence[tuple[Need, tuple[Cell, ...]]],
    functions: Functions,
    terms: Terms,
    kits: Mapping[str, Kit],
    clauses: Mapping[str, ModelClause],
) -> Lot:
    said = data.table("lots.toml")["levels"][level]
    of_need: dict[str, list[Cell]] = defaultdict(list)
    by_id = {need.id: need for need, _ in held}
    for need, cells in held:
        of_need[need.id] += cells
    positions = sorted(
        (_position(by_id[id_], cells, terms) for id_, cells in of_need.items()),
        key=lambda one: (-one.total.lines, one.need),
    )
    costed = [position.amount for position in positions if position.amount is not None]
    amount = sum(costed, Decimal(0)) if costed else None
    uncosted = tuple(position.label for position in positions if position.amount is None)
    kit = kits[functions.families[family].kit]
    chosen, dropped = _clauses_of(kit, said, clauses)
    health = data.table("lots.toml")["health"]
    cares = not of_need.keys().isdisjoint(health["functions"])
    if cares:
        held_already = {one.id for one in chosen}
        chosen += tuple(
            _chosen(clauses[id_], _BALANCED)
            for id_ in health["clauses"]
            if id_ in clauses and id_ not in held_already
        )
    return Lot(
        number=number,
        family=functions.families[family].label,
        level=level,
        level_label=said["label"],
        requirement=said["requirement"],
        open=said["open"],
        positions=tuple(positions),
        total=summed(cell for position in positions for cell in position.cells),
        amount=amount,
        maximum=None if uncosted else _with_margin(amount, terms.margin_percent),
        uncosted=uncosted,
        law=sentences([*said["law"], *(health["law"] if cares else ())]),
        kit=kit.id,
        kit_title=kit.title,
        clauses=chosen,
        dropped=dropped,
    )


def _with_margin(amount: Decimal | None, percent: int) -> Decimal | None:
    if amount is None:
        return None
    with_margin = amount * (100 + percent) / 100
    return (with_margin / _ROUNDED_TO).to_integral_value(ROUND_CEILING) * _ROUNDED_TO


def _position(need: Need, cells: Sequence[Cell], terms: Terms) -> Position:
    unsaid = sum(cell.lines - cell.contracts - cell.cost.lines for cell in cells)
    amount = None
    if need.typical_cost is not None:
        yearly = (
            (
                cell.cost.total + need.typical_cost * (cell.lines - cell.contracts - cell.cost.lines),
                quarters_left(cell.end, terms),
            )
            for cell in cells
        )
        amount = sum((cost * quarters / _QUARTERS for cost, quarters in yearly), Decimal(0)).quantize(_CENT)
    return Position(need.id, need.label, tuple(cells), unsaid, need.typical_cost, amount)


def quarters_left(end: Quarter | None, terms: Terms) -> int:
    """The quarters during which a line whose contract ends in ``end`` may order: from the quarter that follows, or from the start."""
    whole = terms.years * _QUARTERS
    return (
        whole
        if end is None
        else min(whole, max(0, terms.start.since_zero + whole - joins_in(end, terms).since_zero))
    )


def joins_in(end: Quarter | None, terms: Terms) -> Quarter:
    """The quarter in which such a line joins: the one after its contract ends, at the earliest the first."""
    return terms.start if end is None else Quarter.at(max(terms.start.since_zero, end.since_zero + 1))


def _clauses_of(
    kit: Kit, level: Mapping[str, object], clauses: Mapping[str, ModelClause]
) -> tuple[tuple[ChosenClause, ...], tuple[str, ...]]:
    """The clauses of a kit as a level wants them: none stronger than it, some more, without those that are out of proportion; and the titles of these."""
    most, without = int(str(level["most"])), _names(level["without"])
    wanted = {
        one.id: min(one.level, most) for piece in kit.pieces for one in piece.clauses if one.id in clauses
    }
    dropped = tuple(clauses[id_].title for id_ in wanted if id_ in without)
    kept = {id_: at for id_, at in wanted.items() if id_ not in without}
    for id_ in _names(level["added"]):
        contradicts = (
            any(id_ in clauses[held].incompatible or held in clauses[id_].incompatible for held in kept)
            if id_ in clauses
            else True
        )
        if not contradicts:
            kept.setdefault(id_, _BALANCED)
    return tuple(_chosen(clauses[id_], at) for id_, at in kept.items()), dropped


def _chosen(clause: ModelClause, level: int) -> ChosenClause:
    return ChosenClause(clause.id, clause.title, level, clause.place.value)


def _calendar(lots: Sequence[Lot], terms: Terms) -> tuple[tuple[Entry, ...], int, int, int]:
    """The quarters in which lines join; how many lines end before the start, and wait; join only after the end; of unknown end, are counted from the start."""
    held: dict[Quarter, list[tuple[int, Cell]]] = defaultdict(list)
    early = later = undated = 0
    for number, cell in ((lot.number, cell) for lot in lots for cell in lot_cells(lot)):
        undated += cell.lines if cell.end is None else 0
        early += (
            cell.lines if cell.end is not None and cell.end.since_zero + 1 < terms.start.since_zero else 0
        )
        if quarters_left(cell.end, terms):
            held[joins_in(cell.end, terms)].append((number, cell))
        else:
            later += cell.lines
    entries = []
    for quarter, cells in sorted(held.items()):
        by_lot: dict[int, int] = defaultdict(int)
        for number, cell in cells:
            by_lot[number] += cell.lines
        total = summed(cell for _, cell in cells)
        entries.append(Entry(quarter, total.lines, len(total.members), tuple(sorted(by_lot.items()))))
    return tuple(entries), early, later, undated


def lot_cells(lot: Lot) -> tuple[Cell, ...]:
    """The cells of a lot's positions."""
    return tuple(cell for position in lot.positions for cell in position.cells)


def first_quarter(today: date) -> Quarter:
    """The quarter proposed where nobody says one: a consultation takes three."""
    return Quarter.at(Quarter.of(today).since_zero + 3)
