"""One document to its summary, wherever it is done: in this process, in another, on another machine. What is dear to make is made once a process."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from assistant.datatypes import Document, Failure, Finding, Kind, Problem, Severity
from assistant.errors import AssistantError
from assistant.reading.isolation import Readers
from assistant.summaries.fields.summarise import BROKEN, summarise
from assistant.summaries.fields.summary import Fault, Review, Summary, extract
from assistant.summaries.overview import Overview, extracts

if TYPE_CHECKING:
    from assistant.reader.covers import Cover
    from assistant.reader.fields import Reading

COLLECTION = "fiches"

OverviewMaker = Callable[[], Overview | None]
"""Makes what writes overviews; called once a process, there where it is used. It goes to other processes: it must be picklable, and equal to its copies."""


class Reviewer(Protocol):
    """The legality review of one document. It goes to other processes: it must be picklable."""

    @property
    def day(self) -> date:
        """The day whose law it reads."""
        ...

    def __call__(self, document: Document) -> Sequence[tuple[str, Finding]]:
        """Each finding behind the title of its rule, the gravest first."""
        ...


CoverReading = Callable[[Document], "Cover | None"]
"""Reads the cover of a document; None where no model is installed. It goes to other processes: it must be picklable."""


FieldReading = Callable[[], "Reading | None"]
"""Gives the trained reader of fields; None where no model is installed. It goes to other processes: it must be picklable."""


@dataclass(frozen=True, slots=True)
class Task:
    """A document to read: a path, or its bytes; ``name`` as a reader sees it; ``attachments_only``: its summary is known already."""

    source: Path | bytes
    name: str
    origin: str
    attachments_only: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a task: a summary, or a failure; and the files that the document carries, as (bare name, bytes)."""

    summary: Summary | None
    failure: Failure | None
    attachments: tuple[tuple[str, bytes], ...] = ()


_readers: Readers | None = None
_overviews: dict[OverviewMaker, Overview | None] = {}


def do(
    task: Task,
    overview: OverviewMaker | None = None,
    reviewer: Reviewer | None = None,
    covers: CoverReading | None = None,
    fields: FieldReading | None = None,
) -> Outcome:
    """Reads a document in a process of its own, summarises it and reviews it. Never raises for what the document holds."""
    try:
        reading = _shared_readers().read(
            task.source,
            task.name,
            kind=Kind.TENDER,
            collection=COLLECTION,
            origin=task.origin,
            attachments_only=task.attachments_only,
        )
        document, attachments = reading.result()
    except AssistantError as error:
        return Outcome(None, Failure(task.origin, error.message, error.hint))
    if document is None:
        return Outcome(None, None, attachments)
    try:
        summary = _with_overview(summarised(document, task.name, covers, fields), document, overview)
        return Outcome(_reviewed(summary, document, reviewer) if reviewer else summary, None, attachments)
    except RecursionError:
        return Outcome(
            None,
            Failure(
                task.origin,
                "Le document est trop imbriqué pour être résumé.",
                "Enregistrez-le en PDF, puis recommencez.",
            ),
            attachments,
        )


def summarised(
    document: Document, name: str, covers: CoverReading | None, fields: FieldReading | None = None
) -> Summary:
    """The summary, with what the trained readers see; where one breaks, the summary says so and has what the rules find."""
    try:
        return summarise(document, name, covers(document) if covers else None, fields() if fields else None)
    except BROKEN as error:
        message = f"Les lecteurs entraînés n'ont pas pu lire cette pièce ({type(error).__name__}) : les règles l'ont lue seules. Signalez ce document."
        summary = summarise(document, name)
        return replace(summary, problems=(*summary.problems, Problem("cover-failed", message)))


def _with_overview(summary: Summary, document: Document, maker: OverviewMaker | None) -> Summary:
    """The overview in the document's own sentences, or in the model's words where one may write them and they pass the checks."""
    sentences = extracts(summary)
    if maker is not None:
        if maker not in _overviews:
            _overviews[maker] = maker()
        writer = _overviews[maker]
        written, problems = writer.write(summary, document) if writer else (None, ())
        summary = replace(summary, problems=(*summary.problems, *problems))
        if written and writer:
            return replace(summary, overview=written, overview_by=writer.name)
    return replace(summary, overview=sentences, overview_by="rule" if sentences else None)


def _reviewed(summary: Summary, document: Document, reviewer: Reviewer) -> Summary:
    """The summary with the findings of the review; where the review breaks, it says so and the summary stands."""
    try:
        found = reviewer(document)
    except BROKEN as error:
        message = f"La revue de légalité n'a pas pu lire cette pièce ({type(error).__name__}) : signalez ce document."
        return replace(
            summary, problems=(*summary.problems, Problem("review-failed", message, severity=Severity.ERROR))
        )
    faults = (
        Fault(
            one.rule,
            title,
            one.severity,
            one.article,
            extract(document, one.span),
            one.message,
            one.legal_basis,
            one.suggestion,
        )
        for title, one in found
    )
    return replace(summary, review=Review(reviewer.day, tuple(faults)))


def _shared_readers() -> Readers:
    global _readers
    if _readers is None:
        _readers = Readers()
    return _readers


def leave() -> None:
    """Ends the reading processes of this process at once. It waits for no thread: a signal may have come while this one already did, and would for ever."""
    if _readers is not None:
        _readers.kill()


def stop() -> None:
    """Ends the reading processes of this process."""
    global _readers
    if _readers is not None:
        _readers.close()
        _readers = None
