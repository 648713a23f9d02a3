"""The pieces of one tender, read together: files, folders, archives; what cannot be read is said, and the others go on."""

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assistant.datatypes import Document, Failure, Kind, Progress
from assistant.errors import AssistantError
from assistant.protocols import OnProgress, silent
from assistant.reading import SUPPORTED, archives
from assistant.reading.isolation import Readers, Reading
from assistant.review import Judge, Review, review

_COLLECTION = "revue"


@dataclass(frozen=True, slots=True)
class Reviewed:
    """The reviews of what could be read, in the order given, and what could not."""

    reviews: tuple[Review, ...]
    failures: tuple[Failure, ...]


def review_paths(paths: Sequence[Path], *, day: date, judge: Judge | None = None, on_progress: OnProgress = silent) -> Reviewed:
    """Reads files, folders and archives as the pieces of one tender and reviews them.

    Args:
        paths: what to read; of a folder, the files of a kind that is read.
        day: the day for which the law is read.
        judge: the trained reader; None: facts alone.
        on_progress: told of each file read.
    """
    failures: list[Failure] = []
    with Readers() as readers:
        begun = [(name, _begin(readers, name, source)) for name, source in _files(paths, failures)]
        documents = list(_documents(readers, begun, failures, on_progress))
    return Reviewed(review(documents, day=day, judge=judge), tuple(failures))


def _begin(readers: Readers, name: str, source: Path | bytes) -> "Future[Reading]":
    return readers.read(source, Path(name).name, kind=Kind.TENDER, collection=_COLLECTION, origin=name)


def _files(paths: Iterable[Path], failures: list[Failure]) -> Iterator[tuple[str, Path | bytes]]:
    """Each file by its name for the reader."""
    for path in paths:
        if path.is_dir():
            found = sorted(one for one in path.rglob("*") if one.is_file() and one.suffix.lower() in SUPPORTED)
            if not found:
                failures.append(Failure(str(path), "Ce dossier ne contient aucun fichier qui se lise.", "Donnez un dossier de PDF, DOCX, ODT…"))
            yield from ((str(one), one) for one in found)
        elif path.is_file() and archives.is_archive(path, path.name):
            yield from _members(path, failures)
        else:
            yield str(path), path


def _members(path: Path, failures: list[Failure]) -> Iterator[tuple[str, bytes]]:
    try:
        yield from _accepted(archives.members(path, str(path)), failures)
    except AssistantError as error:
        failures.append(Failure(str(path), error.message, error.hint))


def _accepted(members: Iterable[archives.Member | archives.Refused], failures: list[Failure]) -> Iterator[tuple[str, bytes]]:
    """The members that could be taken, by name; the others are failures."""
    for member in members:
        if isinstance(member, archives.Refused):
            failures.append(Failure(member.name, member.error.message, member.error.hint))
        else:
            yield member.name, member.data


def _documents(readers: Readers, begun: Sequence[tuple[str, "Future[Reading]"]], failures: list[Failure], on_progress: OnProgress) -> Iterator[Document]:
    """The document of each file, then those that it carries: the CCAP attached to a message is a piece of the tender."""
    for done, (name, future) in enumerate(begun, 1):
        try:
            read = future.result()
            if read.document is not None:
                yield read.document
            inner = list(_accepted(archives.carried(read.attachments, name, budget=archives.Budget(), depth=1), failures))
            yield from _documents(readers, [(origin, _begin(readers, origin, data)) for origin, data in inner], failures, silent)
        except AssistantError as error:
            failures.append(Failure(name, error.message, error.hint))
        on_progress(Progress("lecture", done, len(begun), name))
