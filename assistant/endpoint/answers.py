"""Answers for programs: asked in the page's queue, looked at once more before they leave, noted in the journal, and as JSON."""

from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from assistant.datatypes import Answer, Source
from assistant.endpoint.callers import Caller
from assistant.endpoint.scopes import Scope
from assistant.errors import NotIndexedError
from assistant.kept_answer import KeptAnswer, KeptProblem, KeptQuote, KeptRow, KeptRows
from assistant.site.journal import Action, Journal
from assistant.site.rights import Right
from assistant.site.turns import Turns
from assistant.workspace import Workspace

# What a follow-up leans on was said just before; older turns only lead astray.
TURNS_IN_MIND = 4
_NOT_HIS = "Ce qui y répond s'appuie sur un texte que cette clé ne peut pas lire."
_WIDER = (
    "Reformulez la question, ou demandez à l'administrateur une clé qui lit aussi la collection du droit."
)


@dataclass(frozen=True, slots=True)
class Question:
    """What a program asks. ``previous`` are the earlier questions, oldest first; ``told`` what is to be known of how it was asked."""

    text: str
    previous: tuple[str, ...] = ()
    as_of: date | None = None
    told: tuple[KeptProblem, ...] = ()


class Desk:
    """Where programs are answered. ``turns`` is the queue of what uses the models."""

    def __init__(self, workspace: Workspace, turns: Turns, journal: Journal) -> None:
        self.workspace, self.turns, self.journal = workspace, turns, journal

    def asking(
        self, caller: Caller, question: Question, where: Scope
    ) -> Generator[KeptAnswer | None, None, None]:
        """Yields None while the question waits and is worked at, so that whoever listens is known to be there still; then its answer.

        Raises:
            ForbiddenError: the caller may not ask.
            UsageError: the question is empty or too long.
            NotIndexedError: nothing is indexed, or the answer rests on a text that the caller may not read.
        """
        caller.require(Right.ASK)
        with self.turns.taken(caller.who) as turn:
            while turn.wait():
                yield None
            answerer = self.workspace.answerer()
            if where.law_alone:
                answerer = answerer.of_law_alone()
            answer = None
            for event in answerer.stream(
                question.text,
                as_of=question.as_of,
                collections=where.collections,
                previous=question.previous[-TURNS_IN_MIND:],
                scope=where.files,
            ):
                if isinstance(event, Answer):
                    answer = KeptAnswer.of(event)
                yield None
            assert answer is not None
            answer = self._within(answer, caller)
        answer = replace(answer, problems=(*answer.problems, *question.told))
        self.journal.record(caller.who, Action.ASK, question=answer.question, answer=answer, detail=caller.by)
        yield answer

    def ask(self, caller: Caller, question: Question, where: Scope) -> KeptAnswer:
        """The answer; raises as ``asking``."""
        *_, last = self.asking(caller, question, where)
        assert last is not None
        return last

    @contextmanager
    def taken(self, caller: Caller) -> Iterator[None]:
        """A caller's turn in the queue, waited for; left at the end whatever happens."""
        with self.turns.taken(caller.who) as turn:
            while turn.wait():
                pass
            yield

    def _within(self, answer: KeptAnswer, caller: Caller) -> KeptAnswer:
        """An answer that names nothing that its caller may not read: one that would quote it is not given at all.

        The search is kept within his collections; the sheet that speaks and the wordings of its articles are chosen over the whole index.
        """
        sight = Sight(self.workspace, caller)
        if any(not sight.sees(quote.source.id) for quote in quotes(answer)):
            raise NotIndexedError(_NOT_HIS, _WIDER)
        if answer.rows:
            rows_within(answer.rows, sight)
        sheets = self.workspace.answerer().sheets
        named = tuple(
            name
            for name in answer.see_also
            if (source := sheets.source(name.id)) is not None and sight.sees(source.id)
        )
        return replace(answer, see_also=named)


class Sight:
    """What of the index one caller may see, as it is now."""

    def __init__(self, workspace: Workspace, caller: Caller) -> None:
        readable = set(caller.collections)
        filed = (
            (held.source, tuple(name for name in held.collections if name in readable))
            for held in workspace.sources()
        )
        self._filed: Mapping[str, tuple[Source, tuple[str, ...]]] = {
            source.id: (source, names) for source, names in filed if names
        }

    def sees(self, source_id: str) -> bool:
        """Whether a source lies in a collection that he may read."""
        return source_id in self._filed

    @property
    def sources(self) -> tuple[Source, ...]:
        """The sources that he may read."""
        return tuple(source for source, _ in self._filed.values())

    def named(self, value: Any) -> Any:
        """JSON in which each source is said to lie in a collection that he may read: a document may lie in another's too."""
        if isinstance(value, dict):
            kept = {key: self.named(one) for key, one in value.items()}
            if "collection" in kept and "id" in kept:
                kept["collection"] = self._filed[kept["id"]][1][0] if kept["id"] in self._filed else None
            return kept
        return [self.named(one) for one in value] if isinstance(value, list) else value


def quotes(answer: KeptAnswer) -> Iterator[KeptQuote]:
    """Every quote of an answer, those of a list too."""
    for claim in answer.claims:
        yield from claim.evidence
    for row in _rows(answer.rows) if answer.rows else ():
        if row.quote:
            yield row.quote


def rows_within(rows: KeptRows, sight: Sight) -> None:
    """Raises NotIndexedError for a list that names a document which its reader may not read."""
    if any(not sight.sees(row.source.id) for row in _rows(rows)):
        raise NotIndexedError(_NOT_HIS, _WIDER)


def answer_json(answer: KeptAnswer, sight: Sight) -> dict[str, Any]:
    """An answer as programs read it: that of ``assistant ask --json``, and its quotes once more, each once, as ``sources``."""
    once = {(*quote.place, quote.marker): quote for quote in quotes(answer)}
    told: dict[str, Any] = sight.named(
        answer.to_json() | {"sources": [quote.to_json() for quote in once.values()]}
    )
    return told


def _rows(rows: KeptRows) -> Sequence[KeptRow]:
    return (*rows.yes, *rows.no, *rows.untold, *rows.silent)
