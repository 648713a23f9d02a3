"""Files into the store: found, known by their bytes, read, cut, embedded, stored. Can be stopped at any moment and run again."""

import fnmatch
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from assistant import passages, questions, reading, sheets
from assistant.datatypes import AskedQuestion, Document, Failure, Kind, Passage, Problem, Progress, Source
from assistant.errors import CorpusError, ReadingError, UsageError
from assistant.index.model_check import REBUILDING, require_model
from assistant.index.store import Entry, Store
from assistant.protocols import EmbeddingModel, OnProgress, silent

# Texts embedded between two commits. A stopped run loses at most one batch; a batch takes two to five seconds on two cores, which is how often progress moves.
BATCH = 128

# A folder may hold this file: one pattern a line (``sources/*``), matched against paths relative to that folder; what matches is not indexed.
IGNORE_FILE = ".assistant-ignore"

QUESTIONS_MEDIA_TYPE = "application/x-questions"

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
    """What a run of indexing did: ``added`` are new or changed, ``unchanged`` cost nothing, ``failures`` were passed over, ``removed`` origins are gone."""

    added: tuple[Indexed, ...] = ()
    unchanged: tuple[str, ...] = ()
    failures: tuple[Failure, ...] = ()


@dataclass(frozen=True, slots=True)
class _File:
    path: Path
    origin: str
    kind: Kind


def index_paths(
    store: Store, embedding: EmbeddingModel, paths: Sequence[Path], *, collection: str, kind: Kind | None = None, on_progress: OnProgress = silent
) -> Report:
    """Indexes files and folders. A file that cannot be read is reported and passed over; the run goes on.

    Args:
        store: the library, locked by the caller.
        embedding: the model; an index of another one is refused.
        paths: files or folders (searched through, hidden files and those an ignore file names left out).
        collection: name under which the documents are filed.
        kind: what the documents are; None: guessed from their content and folder.
        on_progress: told of files (stage ``lecture``) and of passages embedded (stage ``vecteurs``).

    Raises:
        UsageError: a path does not exist.
        OtherModelError: the index was built with another embedding model.
    """
    require_model(store, embedding)
    files = [file for path in paths for file in _files(path, kind)]
    added: list[Indexed] = []
    unchanged: list[str] = []
    failures: list[Failure] = []
    for number, file in enumerate(files):
        on_progress(Progress("lecture", number, len(files), file.path.name))
        try:
            indexed = _index_file(store, embedding, file, collection, on_progress)
        except (ReadingError, CorpusError) as error:
            failures.append(Failure(file.origin, error.message, error.hint))
            continue
        if indexed is None:
            unchanged.append(file.origin)
        else:
            added.append(indexed)
    on_progress(Progress("lecture", len(files), len(files)))
    return Report(tuple(added), tuple(unchanged), tuple(failures))


def rebuild(store: Store, embedding: EmbeddingModel, *, on_progress: OnProgress = silent) -> int:
    """Embeds every stored passage and question again, with another model; interrupted, it goes on. Returns the number of documents."""
    if store.meta("embedding") not in (embedding.identity, REBUILDING + embedding.identity):
        store.set_meta("embedding", REBUILDING + embedding.identity)
        store.drop_vectors()
    serials = sorted(store.serials())
    for serial in serials:
        entry = _stored_entry(store, serial)
        _embed(store, embedding, entry.document.source.id, _texts(entry), on_progress, entry.document.source.title)
    store.set_meta("embedding", embedding.identity)
    return len(serials)


def _stored_entry(store: Store, serial: int) -> Entry:
    source = store.sources_by_serial()[serial]
    document = store.document(source.id)
    return _entry(document, tuple(passage for _, passage in store.passages_of(serial)), tuple(question for _, question in store.questions_of(serial)))


def _files(path: Path, kind: Kind | None) -> Iterator[_File]:
    if not path.exists():
        raise UsageError(f"Le chemin « {path} » n'existe pas.", "Vérifiez l'orthographe du chemin.")
    if path.is_file():
        yield _File(path, str(path.resolve()), kind or _folder_kind(path))
        return
    for found in sorted(_walk(path.resolve(), ())):
        if found.suffix.lower() in reading.SUPPORTED:
            yield _File(found, str(found), kind or _folder_kind(found))


def _walk(folder: Path, ignored: tuple[tuple[Path, str], ...]) -> Iterator[Path]:
    patterns = folder / IGNORE_FILE
    if patterns.is_file():
        ignored += tuple((folder, line.strip()) for line in patterns.read_text(encoding="utf-8").splitlines() if line.strip() and not line.startswith("#"))
    for child in folder.iterdir():
        if child.name.startswith(".") or any(fnmatch.fnmatch(child.relative_to(root).as_posix(), pattern) for root, pattern in ignored):
            continue
        if child.is_dir() and not child.is_symlink():
            yield from _walk(child, ignored)
        elif child.is_file():
            yield child


def _folder_kind(path: Path) -> Kind:
    return next((_FOLDER_KINDS[part] for part in reversed(path.resolve().parts[:-1]) if part in _FOLDER_KINDS), Kind.TENDER)


def _index_file(store: Store, embedding: EmbeddingModel, file: _File, collection: str, on_progress: OnProgress) -> Indexed | None:
    """None when the file was there already, unchanged."""
    source_id = _source_id(file.path)
    if store.holds(source_id):
        if store.document_at(file.origin, collection) != source_id:
            store.add_origin(source_id, file.origin, collection)
        return None
    asked = _written_questions(file, source_id, collection)
    document = asked or _with_kind(reading.read(file.path, kind=file.kind, collection=collection, origin=file.origin))
    entry = _entry(document, () if asked else passages.split(document), _questions(document))
    _embed(store, embedding, source_id, _texts(entry), on_progress, file.path.name)
    store.add(entry)
    return Indexed(source_id, file.origin, document.source.title, len(document.pages), len(entry.passages), document.problems)


def _source_id(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()[:16]
    except OSError as error:
        raise ReadingError(f"Le fichier « {path} » ne peut pas être lu ({error.strerror}).", "Vérifiez les droits d'accès à ce fichier.") from error


def _written_questions(file: _File, source_id: str, collection: str) -> Document | None:
    """A file of written questions as a document without passages: it is searched and leads elsewhere, it is never evidence."""
    if file.path.suffix.lower() != ".jsonl":
        return None
    try:
        text = file.path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None  # the reader of rules says what is wrong, line by line
    if not questions.is_question_file(text):
        return None
    digest = hashlib.sha256(file.path.read_bytes()).hexdigest()
    source = Source(source_id, digest, f"Questions écrites : {file.path.stem}", Kind.RULE, file.origin, collection, QUESTIONS_MEDIA_TYPE)
    return Document(source, text)


def _with_kind(document: Document) -> Document:
    """Dated rules are rules and sheets are sheets wherever they lie: their content says so."""
    if document.provisions:
        return replace(document, source=replace(document.source, kind=Kind.RULE))
    if sheets.is_sheet(document):
        return replace(document, source=replace(document.source, kind=Kind.SHEET))
    return document


def _questions(document: Document) -> tuple[AskedQuestion, ...]:
    if document.source.media_type == QUESTIONS_MEDIA_TYPE:
        return questions.parse(document.text, document.source.origin)
    return sheets.questions(sheets.parse(document)) if sheets.is_sheet(document) else ()


def _entry(document: Document, pieces: tuple[Passage, ...], questions: tuple[AskedQuestion, ...]) -> Entry:
    title = document.source.title
    return Entry(
        document=document,
        passages=pieces,
        passage_keys=tuple(_key("passage", embedded_text(passage, title)) for passage in pieces),
        questions=questions,
        question_keys=tuple(_key("query", question.text) for question in questions),
    )


# Characters of the heading trail given to the embedding model, nearest headings first: the trail must not crowd out the text.
TRAIL_CHARACTERS = 300


def embedded_text(passage: Passage, title: str) -> str:
    """What the embedding model reads of a passage: the nearest headings, the article, the text."""
    trail = ""
    for heading in reversed(passage.headings or (title,)):
        if len(trail) + len(heading) > TRAIL_CHARACTERS:
            break
        trail = f"{heading} > {trail}" if trail else heading
    label = f" > Article {passage.article}" if passage.article else ""
    return f"{trail}{label}\n{passage.text.strip()}"


def _key(role: str, text: str) -> bytes:
    return hashlib.sha256(f"{role}\0{text}".encode()).digest()


def _texts(entry: Entry) -> dict[bytes, tuple[str, str]]:
    """Key → (role, text) of everything to embed, each text once."""
    title = entry.document.source.title
    texts = {key: ("passage", embedded_text(passage, title)) for key, passage in zip(entry.passage_keys, entry.passages, strict=True)}
    return texts | {key: ("query", question.text) for key, question in zip(entry.question_keys, entry.questions, strict=True)}


def _embed(store: Store, embedding: EmbeddingModel, document_id: str, texts: dict[bytes, tuple[str, str]], on_progress: OnProgress, label: str) -> None:
    """Embeds what has no vector yet, batch by batch, each committed when it is done."""
    embed = {"passage": embedding.embed_passages, "query": embedding.embed_queries}
    batches = store.batches(document_id, lambda: _planned(store, texts))
    done = len(texts) - sum(len(keys) for _, keys in batches)
    for number, keys in batches:
        store.finish_batch(document_id, number, keys, embed[texts[keys[0]][0]]([texts[key][1] for key in keys]))
        done += len(keys)
        on_progress(Progress("vecteurs", done, len(texts), label))


def _planned(store: Store, texts: dict[bytes, tuple[str, str]]) -> Iterator[Sequence[bytes]]:
    """Batches of one role each, of texts of like length, of what the store has no vector for."""
    missing = store.missing_vectors(texts)
    for role in ("passage", "query"):
        yield from _batches(sorted((key for key in missing if texts[key][0] == role), key=lambda key: (len(texts[key][1]), key)))


def _batches(keys: Sequence[bytes]) -> Iterable[Sequence[bytes]]:
    return (keys[start : start + BATCH] for start in range(0, len(keys), BATCH))
