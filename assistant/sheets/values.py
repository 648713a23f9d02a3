"""A legal sheet as values: its cases, its statements, the ways of asking for each case."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from assistant.datatypes import Position, Risk, Span, Target, in_force
from assistant.sheets.bounds import Bound


class Form(StrEnum):
    """What kind of answer a question asks for: leave, leave to reject somebody or something, a prohibition, a duty, or a fact and everything else."""

    LEAVE = "leave"
    REJECT = "reject"
    FORBIDDEN = "forbidden"
    COMPULSORY = "compulsory"
    OTHER = "other"


class Actor(StrEnum):
    """Who would do what the question is about."""

    BUYER = "acheteur"
    CONTRACTOR = "titulaire"
    BIDDER = "candidat"


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of a sheet and the articles it rests on (possibly none: then the sheet itself is the only evidence).

    ``span`` lies in the sheet's text.
    """

    text: str
    span: Span
    rests_on: tuple[Target, ...] = ()


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A question that looks like a case's and that the case does not answer. ``go`` is the sheet, or ``sheet/case``, that does; None: no sheet does."""

    text: str
    go: str | None = None


@dataclass(frozen=True, slots=True)
class Signs:
    """Words of a question, folded, that speak for a case or against it, the bounds of what it counts, and words of which the case ``alone`` of its sheet is."""

    favour: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    within: tuple[Bound, ...] = ()
    alone: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """What the law says under one condition. The position is the case's, never the sheet's.

    Attributes:
        id: its name within the sheet.
        when: its condition, in words that end « Cela dépend : … » (without capital or full stop).
        position: on the act that the question is about.
        actor: who would do that act.
        first: the first sentence of the answer for each form of the question; ``leave`` and ``other`` are always there.
        statements: what is said after it, in order.
        todo: what to do (« À faire »).
        instead: what to write, in sentences that a buyer can take up.
        risk: in litigation; ``appeals`` are only the routes that fit.
        doubts: what nobody verified, or what no judge has settled.
        signs: words that tell it from the other cases of its sheet.
        questions: ways of asking for it, searched and never quoted.
        not_here: questions that look like its own and are not.
        see_also: ids of sheets that are named after the answer.
        same_as: cases of other sheets, ``sheet/case``, that would answer its questions as well.
        before: cases, ``sheet/case``, that answered its questions before it was in force.
        valid_from, valid_to: period in force, ``valid_to`` exclusive.
    """

    id: str
    when: str
    position: Position
    actor: Actor
    first: dict[Form, Statement]
    statements: tuple[Statement, ...]
    todo: tuple[str, ...] = ()
    instead: tuple[str, ...] = ()
    risk: Risk = field(default_factory=Risk)
    doubts: tuple[str, ...] = ()
    signs: Signs = field(default_factory=Signs)
    questions: tuple[str, ...] = ()
    not_here: tuple[NearMiss, ...] = ()
    see_also: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None

    def in_force(self, day: date) -> bool:
        """Whether the case holds on ``day``."""
        return in_force(self.valid_from, self.valid_to, day)

    @property
    def said(self) -> tuple[Statement, ...]:
        """Everything that it says: its first sentences, then its statements."""
        return (*self.first.values(), *self.statements)

    @property
    def rests_on(self) -> tuple[Target, ...]:
        """The rules that it rests on, each once, in the order of what it says."""
        return _rules(self.said)

    def opening(self, form: Form) -> Statement:
        """The first sentence for that form of the question."""
        return self.first.get(form) or self.first[Form.OTHER]


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of the fact that decides: ``label`` on its button, ``say`` the follow-up that it asks, ``case`` where it leads."""

    label: str
    say: str
    case: str


@dataclass(frozen=True, slots=True)
class Decisive:
    """The fact on which the cases of a sheet depend (an amount, a procedure, a kind of buyer …), asked for when a question lacks it."""

    fact: str
    ask: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class LegalSheet:
    """A legal sheet written by people: the words of an answer, with the rules they rest on.

    ``status`` is en_vigueur, projet, incertain or abrogé; ``certainty`` the weakest source that it depends on. ``text`` is what a reader is shown of it, and
    what the spans of its statements lie in. ``also_known_as`` are ids that it had before: its own former ones, and that of a sheet that it was once a part of.
    """

    source_id: str
    id: str
    title: str
    subject: str
    status: str
    verified_on: date
    certainty: str
    cases: tuple[Case, ...]
    sources: tuple[str, ...]
    text: str
    also_known_as: tuple[str, ...] = ()
    decisive: Decisive | None = None

    def case(self, id_: str) -> Case | None:
        """The case of that id, or None."""
        return next((case for case in self.cases if case.id == id_), None)

    @property
    def learned(self) -> tuple[Case, ...]:
        """The cases that the trained reader knows: a past one without questions is reached from the case that came after it."""
        return tuple(case for case in self.cases if case.questions)

    @property
    def names(self) -> frozenset[str]:
        """Its id and those that it had before. Sheets that share one are parts of what was one sheet."""
        return frozenset([self.id, *self.also_known_as])

    @property
    def statements(self) -> tuple[Statement, ...]:
        """Everything that the sheet says, each sentence once, in the order of its text."""
        said = {statement.span: statement for case in self.cases for statement in case.said}
        return tuple(said[span] for span in sorted(said))

    @property
    def rests_on(self) -> tuple[Target, ...]:
        """The rules that its statements rest on, each once."""
        return _rules(self.statements)


def _rules(statements: Iterable[Statement]) -> tuple[Target, ...]:
    return tuple(dict.fromkeys(target for statement in statements for target in statement.rests_on))


def cases_of(known: Mapping[str, LegalSheet], reference: str | None) -> frozenset[tuple[str, str]]:
    """The cases, each by sheet and case, that a label stands for.

    Args:
        known: the sheets by id.
        reference: ``sheet/case``: that one and those that would answer as well; ``sheet``: those of every part that was detached from it too; None: none.
    """
    name, _, case = (reference or "").partition("/")
    if not name:
        return frozenset()
    if case:
        own = known[name].case(case)
        assert own is not None, reference
        return frozenset(
            [(name, case), *((sheet, of) for sheet, _, of in (other.partition("/") for other in own.same_as))]
        )
    return frozenset(
        (sheet.id, one.id) for sheet in known.values() if name in sheet.names for one in sheet.cases
    )
