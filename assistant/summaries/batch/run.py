"""A batch from beginning to end: what there is, what is known already, the work spread out, each result written when it is ready, then the tenders merged.

Memory stays flat: some documents are under way, the results of one tender are merged at a time, everything else waits on the disk.
"""

import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from assistant.cluster import TRIES, WorkerLostError
from assistant.datatypes import Failure, Progress
from assistant.errors import AssistantError
from assistant.protocols import OnProgress, silent
from assistant.reading import gathering
from assistant.reading.gathering import Piece, Refusal
from assistant.reading.isolation import Readers
from assistant.summaries.batch import sources
from assistant.summaries.batch.results import Results
from assistant.summaries.batch.sources import Entry, Group, Placed, Places
from assistant.summaries.batch.spread import Spread
from assistant.summaries.batch.tenders import grouped
from assistant.summaries.batch.work import Outcome, Task
from assistant.summaries.fields import plain
from assistant.summaries.fields.merge import merged
from assistant.summaries.fields.summary import Consultation, Summary

FAILURES_NAME, FOLDER_NAME = "echecs", "ensemble"
# Results of tenders bear this before their ending, so that no document's result can have their name.
CONSULTATION_SUFFIX = ".consultation.json"
# Who follows a batch is called at least this often, in seconds.
LISTENS_EVERY = 0.5


@dataclass(frozen=True, slots=True)
class Done:
    """A document summarised: its summary waits on the disk under these names."""

    sha256: str
    name: str
    shown_name: str
    origin: str
    place: PurePosixPath
    group: Group
    pages: int


Merged = tuple[Consultation, dict[str, str]]
"""A tender, and the path of each of its documents by the name that it is shown under."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a batch did. ``unchanged`` of the documents cost nothing; ``seconds`` and ``pages`` are of this run's own reading."""

    documents: tuple[Done, ...]
    failures: tuple[Failure, ...]
    unchanged: int
    pages: int
    seconds: float
    consultations: tuple[str, ...]

    @property
    def pages_per_second(self) -> float:
        """Of this run; 0 when nothing was read."""
        return self.pages / self.seconds if self.seconds and self.pages else 0.0


class _Batch:
    """One run over entries."""

    def __init__(
        self,
        entries: Sequence[Entry],
        results: Results,
        spread: Spread,
        readers: Readers,
        on_progress: OnProgress,
    ) -> None:
        self._entries, self._results, self._spread, self._readers, self._on_progress = (
            entries,
            results,
            spread,
            readers,
            on_progress,
        )
        self._places = Places(FAILURES_NAME, FOLDER_NAME)
        self._under_way: dict[Future[Outcome], tuple[Placed, int]] = {}
        self._attached: deque[Placed] = deque()
        self.done: list[Done] = []
        self.failures: list[Failure] = []
        self.unchanged = self.pages = 0
        self._finished_entries = 0
        self._told = Progress("fiches", 0, len(entries))
        self._begun = time.perf_counter()

    def run(self) -> None:
        for placed in self._placed():
            self._begin(placed)
            while len(self._under_way) >= self._spread.capacity:
                self._collect()
        while self._under_way or self._attached:
            while self._attached:
                self._begin(self._attached.popleft())
            self._collect()

    def _placed(self) -> Iterator[Placed]:
        for number, entry in enumerate(self._entries):
            yield from self._documents(gathering.pieces(entry.file, self._readers.opened), entry, entry.place)
            while self._attached:
                yield self._attached.popleft()
            self._finished_entries = number + 1
            self._tell(entry.file.name)

    def _documents(
        self, found: Iterable[Piece | Refusal], entry: Entry, holder: PurePosixPath
    ) -> Iterator[Placed]:
        """Those that are documents, each in its place, near that of what holds them; what is refused is a failure."""
        for piece in found:
            if isinstance(piece, Refusal):
                self.failures.append(sources.failure(piece, entry, piece.error))
            elif placed := sources.placed(piece, entry, holder, self._places):
                yield placed

    def _begin(self, placed: Placed, tries: int = 1) -> None:
        piece = placed.piece
        known = self._results.find(piece.sha256, piece.bare_name) if piece.sha256 else None
        if known is not None:
            summary, carries = known
            self.unchanged += 1
            self._show(placed, summary)
            if not carries:
                return
        task = Task(piece.source, placed.name, placed.origin, attachments_only=known is not None)
        self._under_way[self._spread.submit(task)] = (placed, tries)

    def _collect(self) -> None:
        if not self._under_way:
            return
        while not (ready := wait(self._under_way, LISTENS_EVERY, FIRST_COMPLETED).done):
            self._on_progress(self._told)  # who listens may stop it: a long document is not waited for
        for future in ready:
            placed, tries = self._under_way.pop(future)
            try:
                outcome = future.result()
            except WorkerLostError:
                if tries < TRIES:
                    self._begin(placed, tries + 1)
                    continue
                outcome = Outcome(
                    None,
                    Failure(
                        placed.name,
                        "Le document a fait tomber le processus qui le résumait, trois fois.",
                        "Signalez ce fichier.",
                    ),
                )
            except AssistantError as error:
                outcome = Outcome(None, Failure(placed.name, error.message, error.hint))
            self._take(placed, outcome)

    def _take(self, placed: Placed, outcome: Outcome) -> None:
        piece, entry = placed.piece, placed.entry
        if outcome.failure is not None:
            self.failures.append(sources.failure(piece, entry, outcome.failure))
        if outcome.summary is not None:
            self._results.keep(outcome.summary, piece.bare_name, carries=bool(outcome.attachments))
            self._show(placed, outcome.summary)
            self.pages += max(1, outcome.summary.pages)
        self._attached.extend(
            self._documents(
                gathering.carried(piece, outcome.attachments, self._readers.opened), entry, placed.place
            )
        )
        self._tell(piece.bare_name)

    def _show(self, placed: Placed, summary: Summary) -> None:
        self._results.show(replace(summary, file=placed.name), placed.place)
        self.done.append(
            Done(
                summary.sha256,
                placed.piece.bare_name,
                placed.name,
                placed.origin,
                placed.place,
                placed.entry.group,
                summary.pages,
            )
        )

    def _tell(self, label: str) -> None:
        spent = time.perf_counter() - self._begun
        speed = f" — {self.pages / spent:.1f} pages/s".replace(".", ",") if self.pages and spent > 1 else ""
        waiting = len(self._under_way)
        self._told = Progress(
            "fiches", max(0, self._finished_entries - waiting), len(self._entries), f"{label}{speed}"
        )
        self._on_progress(self._told)


def run(
    paths: Sequence[Path],
    results: Results,
    spread: Spread,
    *,
    each: bool = False,
    first: Sequence[str] = (),
    on_progress: OnProgress = silent,
) -> tuple[Report, Iterator[Merged]]:
    """Summarises every document of ``paths``; a document whose bytes are known costs nothing. What cannot be read is reported and passed over.

    Args:
        paths: files, folders, archives.
        results: where results are written.
        spread: where the work is done; closed by the caller.
        each: every file is a consultation of its own.
        first: parts of names; files that hold one are done before the others, in that order.
        on_progress: told of documents (stage ``fiches``).

    Returns:
        What was done, and the merged tenders, made one at a time as they are asked for (their JSON is written then).

    Raises:
        UsageError: a path does not exist.
        ExportError: results cannot be written.
    """
    entries = _by_priority(sources.entries(paths, each=each), first)
    with Readers() as readers:
        batch = _Batch(entries, results, spread, readers, on_progress)
        batch.run()
    seconds = time.perf_counter() - batch._begun  # noqa: SLF001 - of this module
    failures = tuple(batch.failures)
    results.write_json(
        results.folder / f"{FAILURES_NAME}.json",
        [{"file": one.origin, "message": one.message, "hint": one.hint} for one in failures],
    )
    done = tuple(sorted(batch.done, key=lambda one: str(one.place)))
    groups = list(dict.fromkeys(sorted((one.group for one in done), key=lambda group: group.origin)))
    report = Report(
        done, failures, batch.unchanged, batch.pages, seconds, tuple(group.name for group in groups)
    )
    on_progress(Progress("fiches", len(entries), len(entries), f"{len(done)} documents"))
    return report, _consultations(done, groups, results)


def _by_priority(entries: Sequence[Entry], first: Sequence[str]) -> tuple[Entry, ...]:
    def rank(entry: Entry) -> int:
        path = str(entry.file.place).casefold()
        return next((number for number, part in enumerate(first) if part.casefold() in path), len(first))

    return tuple(sorted(entries, key=rank))


def _consultations(done: Sequence[Done], groups: Sequence[Group], results: Results) -> Iterator[Merged]:
    names = Places(FAILURES_NAME, FOLDER_NAME)
    for group in groups:
        members = [one for one in done if one.group == group]
        summaries = [
            replace(found[0], file=one.shown_name)
            for one in members
            if (found := results.find(one.sha256, one.name)) is not None
        ]
        origins = {one.shown_name: one.origin for one in members}
        for name, together in grouped(group.name, summaries):
            origin = (
                group.origin
                if len(together) > 1 or len(summaries) == len(together)
                else origins[together[0].file]
            )
            consultation = merged(name, origin, together)
            place = names.take(PurePosixPath(name), name)
            results.write_json(
                results.folder / f"{place}{CONSULTATION_SUFFIX}", plain.consultation_json(consultation)
            )
            yield replace(consultation, name=str(place)), {one.file: origins[one.file] for one in together}
