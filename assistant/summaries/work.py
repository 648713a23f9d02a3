"""One document to its summary, wherever it is done: in this process, in another, on another machine. What is dear to make is made once a process."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.datatypes import Document, Failure, Kind
from assistant.errors import AssistantError
from assistant.reading.isolation import Readers
from assistant.summaries.document import summarise
from assistant.summaries.overview import Overview, extracts
from assistant.summaries.values import Summary

COLLECTION = "fiches"

OverviewMaker = Callable[[], Overview | None]
"""Makes what writes overviews; called once a process, there where it is used. Must be picklable for other processes."""


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


def do(task: Task, overview: OverviewMaker | None = None) -> Outcome:
    """Reads a document in a process of its own and summarises it. Never raises for what the document holds."""
    try:
        reading = _shared_readers().read(
            task.source, task.name, kind=Kind.TENDER, collection=COLLECTION, origin=task.origin, attachments_only=task.attachments_only
        )
        document, attachments = reading.result()
    except AssistantError as error:
        return Outcome(None, Failure(task.origin, error.message, error.hint))
    if document is None:
        return Outcome(None, None, attachments)
    try:
        summary = summarise(document, task.name)
        return Outcome(_with_overview(summary, document, overview), None, attachments)
    except RecursionError:
        return Outcome(None, Failure(task.origin, "Le document est trop imbriqué pour être résumé.", "Enregistrez-le en PDF, puis recommencez."), attachments)


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


def _shared_readers() -> Readers:
    global _readers
    if _readers is None:
        _readers = Readers()
    return _readers


def stop() -> None:
    """Ends the reading processes of this process."""
    global _readers
    if _readers is not None:
        _readers.close()
        _readers = None
