"""The pieces of one tender, read together: files, folders, archives, messages; what cannot be read is said, and the others go on."""

from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assistant.datatypes import Document, Failure, Kind, Progress
from assistant.errors import AssistantError
from assistant.protocols import OnProgress, silent
from assistant.reading import gathering
from assistant.reading.gathering import TENDER, File, Piece, Refusal
from assistant.reading.isolation import Readers, Reading, ahead
from assistant.review import Judge, Review, review

_COLLECTION = "revue"


@dataclass(frozen=True, slots=True)
class Reviewed:
    """The reviews of what could be read, in the order given, and what could not."""

    reviews: tuple[Review, ...]
    failures: tuple[Failure, ...]


def review_paths(
    paths: Sequence[Path], *, day: date, judge: Judge | None = None, on_progress: OnProgress = silent
) -> Reviewed:
    """Reads files, folders and archives as the pieces of one tender and reviews them.

    Args:
        paths: what to read; of a folder, the files of a kind that is read.
        day: the day for which the law is read.
        judge: the trained reader; None: facts alone.
        on_progress: told of files (stage ``lecture``), then of documents (stage ``contrôle``).

    Raises:
        UsageError: a path does not exist.
    """
    files = gathering.files(paths, TENDER)
    with Readers() as readers:
        tender = _Tender(readers, files, on_progress)
        documents = list(tender.documents())
    on_progress(Progress("lecture", len(files), len(files)))
    return Reviewed(
        review(documents, day=day, judge=judge, on_progress=on_progress),
        (*_empty_folders(paths, files), *tender.failures),
    )


def _empty_folders(paths: Sequence[Path], files: Sequence[File]) -> Iterator[Failure]:
    tops = {file.top for file in files}
    for path in paths:
        if path.is_dir() and path.resolve() not in tops:
            yield Failure(
                str(path),
                "Ce dossier ne contient aucun fichier qui se lise.",
                "Donnez un dossier de PDF, DOCX, ODT…",
            )


class _Tender:
    """One reading of the files of a tender, two at a time, in their order."""

    def __init__(self, readers: Readers, files: Sequence[File], on_progress: OnProgress) -> None:
        self._readers, self._files, self._on_progress = readers, files, on_progress
        self.failures: list[Failure] = []

    def documents(self) -> Iterator[Document]:
        """The document of each piece, then those that it carries: the CCAP attached to a message is a piece of the tender."""
        for number, piece, begun in ahead(self._begun()):
            self._on_progress(Progress("lecture", number, len(self._files), piece.name))
            yield from self._read(piece, begun)

    def _begun(self) -> "Iterator[tuple[int, Piece, Future[Reading]]]":
        for number, file in enumerate(self._files):
            for piece in self._documents(gathering.pieces(file, self._readers.opened)):
                yield number, piece, self._begin(piece)

    def _documents(self, found: Iterator[Piece | Refusal]) -> Iterator[Piece]:
        """Those that are documents; what is refused is a failure."""
        for piece in found:
            if isinstance(piece, Refusal):
                self._fail(piece, piece.error)
            elif piece.may_be(TENDER):
                yield piece

    def _begin(self, piece: Piece) -> "Future[Reading]":
        return self._readers.read(
            piece.source, piece.name, kind=Kind.TENDER, collection=_COLLECTION, origin=piece.given
        )

    def _read(self, piece: Piece, begun: "Future[Reading]") -> Iterator[Document]:
        try:
            document, attachments = begun.result()
        except AssistantError as error:
            self._fail(piece, error)
            return
        if document is not None:
            yield document
        for inner in self._documents(gathering.carried(piece, attachments, self._readers.opened)):
            yield from self._read(inner, self._begin(inner))

    def _fail(self, found: Piece | Refusal, error: AssistantError) -> None:
        self.failures.append(Failure(found.given, error.message, error.hint))
