"""Files into the store: found, known by their bytes, read, cut, embedded, stored. Can be stopped at any moment and run again."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from assistant import passages, questions, reading, sheets
from assistant.datatypes import Document, Failure, Kind, Problem, Progress, Source
from assistant.errors import AssistantError, CorpusError, DamagedFileError, ReadingError, UnknownFormatError
from assistant.index import known_vectors
from assistant.index.entries import BATCH, QUESTIONS_MEDIA_TYPE, entry_of, questions_of, texts_of, with_kind
from assistant.index.model_check import REBUILDING, require_model
from assistant.index.store import Entry, Store
from assistant.private import is_private
from assistant.protocols import EmbeddingModel, OnProgress, silent
from assistant.reading import archives, gathering, ocr
from assistant.reading.gathering import File, Piece, Refusal
from assistant.reading.isolation import Readers, Reading, ahead
from assistant.reading.pdf import OCR_WANTED

if TYPE_CHECKING:
    from assistant.index.elsewhere import ClusterReaders

# A sheet, or settings of anything.
_YAML = ".yaml"

# Metadata key: the archive, message or folder that a document of a tender belongs to, as its path.
CONSULTATION = "consultation"

# Code of the problem that says that a document carries files of its own (a message's attachments).
CARRIES_FILES = "attachments"

_MESSAGE_SUFFIXES = frozenset((".eml", ".msg"))

# Folder names that say what their documents are, where the user does not.
_FOLDER_KINDS = {"accords-cadres": Kind.FRAMEWORK, "accord-cadre": Kind.FRAMEWORK, "clauses": Kind.CLAUSE}


@dataclass(frozen=True, slots=True)
class Indexed:
    """A source that is now in the index, and what could not be read of it."""

    source_id: str
    origin: str
    title: str
    pages: int
    passages: int
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """What a run of indexing did: ``added`` are new or changed, ``unchanged`` cost nothing, ``failures`` could not be read.

    ``skipped`` are members of archives of a format that is no document (drawings, programs): nothing of them is indexed.
    """

    added: tuple[Indexed, ...] = ()
    unchanged: tuple[str, ...] = ()
    failures: tuple[Failure, ...] = ()
    skipped: tuple[str, ...] = ()


_Step = Piece | Refusal | File
"""A piece, something that cannot be indexed, or, after all of its pieces, a file."""


def index_paths(
    store: Store,
    embedding: EmbeddingModel,
    paths: Sequence[Path],
    *,
    collection: str,
    kind: Kind | None = None,
    on_progress: OnProgress = silent,
    readers: "Readers | ClusterReaders | None" = None,
) -> Report:
    """Indexes files, folders and archives. What cannot be read is reported and passed over; the run goes on.

    A folder or an archive is one consultation: its documents carry its path as ``("consultation", path)``. A member of an archive is a document at
    ``dce.zip › annexes/CCAP.pdf``; members that are gone from an archive go from the index.

    Args:
        store: the library, locked by the caller.
        embedding: the model; an index of another one is refused.
        paths: files or folders (searched through, hidden files and those an ignore file names left out).
        collection: name under which the documents are filed.
        kind: what the documents are; None: guessed from their content and folder.
        on_progress: told of files (stage ``lecture``) and of passages embedded (stage ``vecteurs``).
        readers: what reads (None: processes of this machine); they are closed at the end.

    Raises:
        UsageError: a path does not exist.
        OtherModelError: the index was built with another embedding model.
        LibraryError: the index cannot be written; what was there stands.
    """
    with readers or Readers() as opened:
        require_model(store, embedding)
        files = [
            file
            for file in gathering.files(paths, reading.SUPPORTED)
            if file.top is None or not _is_other_yaml(file.path)
        ]
        run = _Run(store, embedding, opened, collection, kind, on_progress, files)
        run.index()
    on_progress(Progress("lecture", len(files), len(files)))
    return Report(tuple(run.added), tuple(run.unchanged), tuple(run.failures), tuple(run.skipped))


class _Run:
    """One run over files: pieces are read ahead in processes of their own while this one embeds and stores, in order."""

    def __init__(
        self,
        store: Store,
        embedding: EmbeddingModel,
        readers: "Readers | ClusterReaders",
        collection: str,
        kind: Kind | None,
        on_progress: OnProgress,
        files: Sequence[File],
    ) -> None:
        self._store, self._embedding, self._readers = store, embedding, readers
        self._collection, self._kind, self._on_progress, self._files = collection, kind, on_progress, files
        self.added: list[Indexed] = []
        self.unchanged: list[str] = []
        self.failures: list[Failure] = []
        self.skipped: list[str] = []
        self._seen: set[str] = set()
        self._finished = 0

    def index(self) -> None:
        """Goes through the files."""
        for step, begun in ahead(((step, self._begun(step)) for step in self._steps()), self._readers.ahead):
            self._take(step, begun)

    def _steps(self) -> Iterator[_Step]:
        for file in self._files:
            yield from gathering.pieces(file, self._readers.opened)
            yield file

    # ---- what a piece is ---------------------------------------------------------------------------------------------------------------

    def _id(self, piece: Piece) -> str:
        """The id of a document: its bytes; in somebody's own collection, theirs and his, so that nobody learns that another has it, nor how he calls it.

        Empty where the bytes cannot be read, which is said when the piece is.
        """
        if not piece.id or not is_private(self._collection):
            return piece.id
        return hashlib.sha256(f"{self._collection}\0{piece.id}".encode()).hexdigest()[: gathering.ID_DIGITS]

    def _kind_of(self, piece: Piece) -> Kind:
        return self._kind or _folder_kind(piece.file.place)

    # ---- reading ---------------------------------------------------------------------------------------------------------------------------

    def _begun(self, step: _Step) -> "Future[Reading] | None":
        """Begins to read what is not in the index yet, or what would be read better now."""
        if not isinstance(step, Piece) or not step.may_be(reading.SUPPORTED) or self._held(step):
            return None
        return self._read(step)

    def _read(self, piece: Piece, *, attachments_only: bool = False) -> "Future[Reading]":
        return self._readers.read(
            piece.source,
            piece.name,
            kind=self._kind_of(piece),
            collection=self._collection,
            origin=piece.origin,
            attachments_only=attachments_only,
        )

    def _held(self, piece: Piece) -> bool:
        """Whether a piece is in the index already, as well read as it can be."""
        id_ = self._id(piece)
        return self._store.holds(id_) and not (
            ocr.program() and (OCR_WANTED, "1") in self._store.metadata(id_)
        )

    # ---- indexing ------------------------------------------------------------------------------------------------------------------------

    def _take(self, step: _Step, begun: "Future[Reading] | None") -> None:
        if isinstance(step, File):
            self._finish(step)
            return
        self._seen.add(step.origin)
        if isinstance(step, Refusal):
            self._fail(step.origin, step.error)
            return
        self._on_progress(Progress("lecture", self._finished, len(self._files), step.name))
        if not step.may_be(reading.SUPPORTED):
            self.skipped.append(step.origin)
            return
        try:
            attachments = self._index(step, begun)
        except UnknownFormatError as error:
            if step.depth and step.suffix in ("", _YAML):
                self.skipped.append(step.origin)
            else:
                self._fail(step.origin, error)
            return
        except (ReadingError, CorpusError) as error:
            self._fail(step.origin, error)
            return
        for found in gathering.carried(step, attachments, self._readers.opened):
            self._take(found, self._begun(found))

    def _index(self, piece: Piece, begun: "Future[Reading] | None") -> tuple[tuple[str, bytes], ...]:
        """Indexes one piece; returns the files that it carries."""
        if self._held(piece):
            return self._keep(piece)
        asked = _written_questions(piece, self._collection)
        read = Reading(asked, ()) if asked else (begun or self._read(piece)).result()
        assert read.document is not None
        entry = _prepared(read.document, piece, self._id(piece))
        document = entry.document
        if is_private(self._collection):
            _require_plain(entry, piece.name)
        if document.source.kind is Kind.SHEET:
            self._require_one_of_a_name(piece.origin)
        _embed(
            self._store, self._embedding, document.source.id, texts_of(entry), self._on_progress, piece.name
        )
        try:
            self._store.add(entry)
        except UnicodeEncodeError as error:  # a mistake of ours, which must not end the run
            message = f"« {piece.name} » contient des caractères qui ne peuvent pas être gardés."
            raise DamagedFileError(
                message, "Signalez ce fichier ; en attendant, enregistrez-le autrement, en PDF par exemple."
            ) from error
        pages, pieces = len(document.pages), len(entry.passages)
        self.added.append(
            Indexed(document.source.id, piece.origin, document.source.title, pages, pieces, document.problems)
        )
        return read.attachments

    def _require_one_of_a_name(self, origin: str) -> None:
        """Refuses a sheet whose id (its file's name) is already that of another: a question could not tell which one answers."""
        name = PurePosixPath(origin).stem
        others = (
            one.origin
            for one in self._store.sources_by_serial().values()
            if one.kind is Kind.SHEET and one.origin != origin
        )
        twin = next((other for other in others if PurePosixPath(other).stem == name), None)
        if twin is not None:
            raise CorpusError(
                f"La fiche « {name} » est déjà indexée depuis {twin}.",
                "Donnez-lui un autre id et un autre nom de fichier, ou retirez l'autre.",
            )

    def _keep(self, piece: Piece) -> tuple[tuple[str, bytes], ...]:
        id_ = self._id(piece)
        if self._store.document_at(piece.origin, self._collection) != id_:
            self._store.add_origin(
                id_, piece.origin, self._collection, _consultation(self._kind_of(piece), piece)
            )
        self.unchanged.append(piece.origin)
        carries = any(problem.code == CARRIES_FILES for problem in self._store.problems(id_))
        return self._read(piece, attachments_only=True).result().attachments if carries else ()

    def _fail(self, origin: str, error: AssistantError) -> None:
        """What lay under ``origin`` before stays: nobody knows whether it is gone."""
        self.failures.append(Failure(origin, error.message, error.hint))
        self._seen |= self._store.origins_from(origin + archives.SEPARATOR, self._collection)

    def _finish(self, file: File) -> None:
        """Takes out the members that a file holds no more."""
        for origin in sorted(
            self._store.origins_from(f"{file.origin}{archives.SEPARATOR}", self._collection) - self._seen
        ):
            self._store.remove_origin(origin, self._collection)
        self._seen.clear()
        self._finished += 1


def rebuild(store: Store, embedding: EmbeddingModel, *, on_progress: OnProgress = silent) -> int:
    """Embeds every stored passage and question again, with another model; interrupted, it goes on. Returns the number of documents."""
    if store.meta("embedding") not in (embedding.identity, REBUILDING + embedding.identity):
        store.set_meta("embedding", REBUILDING + embedding.identity)
        store.drop_vectors()
    serials = sorted(store.serials())
    for serial in serials:
        entry = _stored_entry(store, serial)
        _embed(
            store,
            embedding,
            entry.document.source.id,
            texts_of(entry),
            on_progress,
            entry.document.source.title,
        )
    store.set_meta("embedding", embedding.identity)
    return len(serials)


def _stored_entry(store: Store, serial: int) -> Entry:
    source = store.sources_by_serial({serial})[serial]
    document = store.document(source.id)
    return entry_of(
        document,
        tuple(passage for _, passage in store.passages_of(serial)),
        tuple(question for _, question in store.questions_of(serial)),
    )


def _is_other_yaml(path: Path) -> bool:
    """Whether a file of a folder is YAML of another use (settings, a kit of clauses): only sheets are documents. One that cannot be read says so later."""
    try:
        return path.suffix.lower() == _YAML and not sheets.looks_like_sheet(
            path.read_text(encoding="utf-8", errors="replace")
        )
    except OSError:
        return False


def _folder_kind(path: Path) -> Kind:
    return next(
        (_FOLDER_KINDS[part] for part in reversed(path.resolve().parts[:-1]) if part in _FOLDER_KINDS),
        Kind.TENDER,
    )


def _written_questions(piece: Piece, collection: str) -> Document | None:
    """A file of written questions as a document without passages: it is searched and leads elsewhere, it is never evidence."""
    if not piece.name.lower().endswith(".jsonl"):
        return None
    try:
        data = reading.bytes_of(piece.source) if isinstance(piece.source, Path) else piece.source
        text = data.decode("utf-8")
    except (ReadingError, UnicodeDecodeError):
        return None  # the reader of rules says what is wrong, line by line
    try:
        if not questions.is_question_file(text):
            return None
    except RecursionError:
        return None  # nested beyond reason: the reader of rules says so
    digest = hashlib.sha256(data).hexdigest()
    title = f"Questions écrites : {PurePosixPath(piece.name).stem}"
    return Document(
        Source(digest[:16], digest, title, Kind.RULE, piece.origin, collection, QUESTIONS_MEDIA_TYPE), text
    )


def _prepared(document: Document, piece: Piece, id_: str) -> Entry:
    """A document cut and ready to be stored.

    Raises:
        ReadingError: its content breaks the cutting: a mistake of ours, which must not end the run.
        CorpusError: a file of questions or a sheet breaks the rules of its kind.
    """
    try:
        if document.source.media_type == QUESTIONS_MEDIA_TYPE:
            return entry_of(document, (), questions_of(document))
        document = replace(document, source=replace(document.source, id=id_ or document.source.id))
        document = _of_consultation(with_kind(document), piece)
        return entry_of(document, passages.split(document), questions_of(document))
    except AssistantError:
        raise
    except Exception as error:
        message = f"« {piece.name} » a été lu mais n'a pas pu être découpé ({type(error).__name__})."
        raise ReadingError(
            message, "Signalez ce fichier ; en attendant, enregistrez-le autrement, en PDF par exemple."
        ) from error


def _require_plain(entry: Entry, name: str) -> None:
    """Refuses, in someone's private collection, what would weigh on the answers of others: rules, sheets, written questions (``assistant.private``)."""
    if entry.questions or entry.document.provisions or entry.document.source.kind is Kind.SHEET:
        raise ReadingError(
            f"« {name} » contient des articles, une fiche ou des questions : il changerait les réponses de tous.",
            "Demandez à l'administrateur de l'indexer.",
        )


def _of_consultation(document: Document, piece: Piece) -> Document:
    return replace(document, metadata=(*document.metadata, *_consultation(document.source.kind, piece)))


def _consultation(kind: Kind, piece: Piece) -> tuple[tuple[str, str], ...]:
    """The pair that keeps the documents of one consultation together; a document may belong to several, and a file given by itself belongs to none."""
    holds = piece.depth or piece.suffix in _MESSAGE_SUFFIXES
    place = piece.file.tender or (piece.file.place if holds else None)
    return ((CONSULTATION, str(place)),) if place and kind is Kind.TENDER else ()


def _embed(
    store: Store,
    embedding: EmbeddingModel,
    document_id: str,
    texts: dict[bytes, tuple[str, str]],
    on_progress: OnProgress,
    label: str,
) -> None:
    """Embeds what has no vector yet, nor came with one, batch by batch, each committed when it is done."""
    if (known := known_vectors.load(embedding.identity)) is not None:
        store.add_vectors(*known.of(texts))
    embed = {"passage": embedding.embed_passages, "query": embedding.embed_queries}
    batches = store.batches(document_id, lambda: _planned(store, texts))
    if any(
        key not in texts for _, keys in batches for key in keys
    ):  # planned by a stopped run that read the file otherwise
        store.forget_batches(document_id)
        batches = store.batches(document_id, lambda: _planned(store, texts))
    done = len(texts) - sum(len(keys) for _, keys in batches)
    for number, keys in batches:
        store.finish_batch(
            document_id, number, keys, embed[texts[keys[0]][0]]([texts[key][1] for key in keys])
        )
        done += len(keys)
        on_progress(Progress("vecteurs", done, len(texts), label))


def _planned(store: Store, texts: dict[bytes, tuple[str, str]]) -> Iterator[Sequence[bytes]]:
    """Batches of one role each, of texts of like length, of what the store has no vector for."""
    missing = store.missing_vectors(texts)
    for role in ("passage", "query"):
        yield from _batches(
            sorted(
                (key for key in missing if texts[key][0] == role), key=lambda key: (len(texts[key][1]), key)
            )
        )


def _batches(keys: Sequence[bytes]) -> Iterable[Sequence[bytes]]:
    return (keys[start : start + BATCH] for start in range(0, len(keys), BATCH))
