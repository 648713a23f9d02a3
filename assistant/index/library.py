"""The library: the store and the indexes derived from it, opened together, kept in step, and locked while one process writes."""

import errno
import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from assistant.datatypes import Source
from assistant.errors import LibraryBusyError, LibraryError, reason_of
from assistant.index.database import BUSY, Database, PassageVectors
from assistant.index.kept_vectors import KeptVectors
from assistant.index.moving import require_whole
from assistant.index.store import Store
from assistant.index.vectors import VectorIndex
from assistant.index.words import Entry, WordIndex, is_of_the_disk
from assistant.protocols import EmbeddingModel
from assistant.reach import read_by

# A second run waits this long for the first, then says so.
LOCK_SECONDS = 2.0
# The words of a large addition take some seconds to write: who asks meanwhile waits for them.
WORDS_SECONDS = 120.0


class Library:
    """A folder: ``library.sqlite`` (the truth), ``words/``, ``questions/`` and two ``.npz`` of vectors (derived).

    Where the truth is a server's, the folder holds only what this machine derives from it, within a folder of that database's name. What is derived is of
    everything, whoever happened to ask when it was made.
    """

    def __init__(self, folder: Path, database: Database | None = None) -> None:
        """``database``: where the truth lies; None: in ``folder``."""
        self._folder = folder / database.replica if database else folder
        self.store = Store(database or folder / "library.sqlite")
        require_whole(self.store)
        self._words_lock = FileLock(self._folder / "words.lock")
        with _disk_said():
            self.words = WordIndex(self._folder / "words")
            self.question_words = WordIndex(self._folder / "questions")

    def close(self) -> None:
        """Closes the store."""
        self.store.close()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Holds the library for writing.

        Raises:
            LibraryBusyError: another process has held it for longer than ``LOCK_SECONDS``.
        """
        with self.store.writing(LOCK_SECONDS):
            yield

    @read_by(None)
    def vectors(self, dimension: int) -> tuple[PassageVectors, VectorIndex]:
        """The vector indexes of passages and of questions, brought up to date."""
        fingerprint = hashlib.sha256((self.store.meta("embedding") or "").encode()).hexdigest()[:8]
        questions = VectorIndex(self._folder / f"questions-{fingerprint}.npz", dimension)
        serials = self.store.serials()
        with _disk_said():
            passages = self.store.database.passage_vectors(dimension) or self._passages_in_memory(
                fingerprint, serials, dimension
            )
            questions.synchronise(serials, lambda serial: self.store.question_vectors(serial, dimension))
        return passages, questions

    def _passages_in_memory(self, fingerprint: str, serials: frozenset[int], dimension: int) -> VectorIndex:
        passages = VectorIndex(self._folder / f"passages-{fingerprint}.npz", dimension)
        passages.synchronise(serials, lambda serial: self.store.passage_vectors(serial, dimension))
        return passages

    def kept_vectors(self, name: str, embedding: EmbeddingModel) -> KeptVectors:
        """Vectors of texts that belong to no document (the model clauses), kept beside the index under ``name``."""
        return KeptVectors(self._folder, name, embedding)

    @read_by(None)
    def synchronise_words(self) -> None:
        """Brings the word indexes up to date with the store; quick when they are.

        A question and an addition both do so, each in its thread or process, and tantivy lets one write at a time: the other waits, then sees what is left.

        Raises:
            LibraryBusyError: another has written them for longer than ``WORDS_SECONDS``.
        """
        generation = self.store.generation
        if not self._are_words_current():
            with _disk_said(), _held(self._words_lock, WORDS_SECONDS):
                self._take_difference()
        self.store.database.follows(str(self._folder.parent.parent), generation)

    def _take_difference(self) -> None:
        if self._are_words_current():
            return
        with self.store.snapshot():
            serials, filed, passages, questions = self._as_it_is()
            changed = _changed(self._folder / "filed.json", filed)
            self.words.synchronise(serials, passages, changed)
            self.question_words.synchronise(serials, questions, changed)
            (self._folder / "filed.json").write_text(json.dumps(filed), encoding="utf-8")

    def _are_words_current(self) -> bool:
        serials = self.store.serials()
        return (
            self.words.held == serials
            and self.question_words.held == serials
            and not _changed(self._folder / "filed.json", self._filed())
        )

    @read_by(None)
    def forget_removed(self) -> None:
        """Makes every file of the library forget what was removed from it; takes as long as the word indexes take to be made."""
        with _disk_said(), _held(self._words_lock, WORDS_SECONDS), self.store.snapshot():
            serials, _, passages, questions = self._as_it_is()
            self.words.rebuild(serials, passages)
            self.question_words.rebuild(serials, questions)
        self.store.truncate_log()

    def _filed(self) -> dict[int, list[str]]:
        return {serial: sorted(names) for serial, names in sorted(self.store.collections_by_serial().items())}

    def _as_it_is(
        self,
    ) -> tuple[
        frozenset[int],
        dict[int, list[str]],
        Callable[[int], Iterator[Entry]],
        Callable[[int], Iterator[Entry]],
    ]:
        """The documents that are there, their collections, what gives the passages of one to the word index, and what gives its questions.

        One that comes or goes while this is read is left for the next look, which finds another generation.
        """
        filed, sources = self._filed(), self.store.sources_by_serial()
        return (
            frozenset(filed) & frozenset(sources),
            filed,
            lambda serial: self._passages(serial, sources[serial], tuple(filed[serial])),
            lambda serial: self._questions(serial, sources[serial], tuple(filed[serial])),
        )

    def _passages(self, serial: int, source: Source, collections: tuple[str, ...]) -> Iterator[Entry]:
        for id_, passage in self.store.passages_of(serial):
            label = f" Article {passage.article}" if passage.article else ""
            trail = " > ".join(passage.headings or (source.title,)) + label
            yield Entry(
                id_, passage.text, trail, source.kind.value, collections, passage.valid_from, passage.valid_to
            )

    def _questions(self, serial: int, source: Source, collections: tuple[str, ...]) -> Iterator[Entry]:
        for id_, question in self.store.questions_of(serial):
            yield Entry(id_, question.text, "", source.kind.value, collections, None, None)


@contextmanager
def _disk_said() -> Iterator[None]:
    """The derived indexes are written by libraries that each have their own word for a full disk."""
    stands = "les documents sont indexés, mais l'index de recherche n'a pas pu être mis à jour"
    try:
        yield
    except (OSError, ValueError) as error:
        # tantivy says it as the system does, or as Rust prints it.
        full = ("No space left", "code: 28", "StorageFull")
        if getattr(error, "errno", None) == errno.ENOSPC or any(sign in str(error) for sign in full):
            raise LibraryError(
                f"Le disque est plein : {stands}.",
                "Libérez de la place, puis relancez la même commande : il se refait à partir de ce qui est indexé.",
            ) from error
        if isinstance(error, OSError) or is_of_the_disk(error):
            reason = f" ({reason_of(error)})" if isinstance(error, OSError) else ""
            raise LibraryError(
                f"Le disque a refusé une écriture{reason} : {stands}.",
                "Vérifiez le disque et vos droits, puis relancez la même commande.",
            ) from error
        raise


@contextmanager
def _held(lock: FileLock, seconds: float) -> Iterator[None]:
    try:
        with lock.acquire(timeout=seconds):
            yield
    except Timeout as error:
        raise LibraryBusyError(*BUSY) from error


def _changed(path: Path, filed: dict[int, list[str]]) -> frozenset[int]:
    """Documents whose collections are not those that the word index knows; all, where a disk that failed left no word of them."""
    try:
        known = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, json.JSONDecodeError):
        return frozenset(filed)
    return frozenset(
        serial for serial, names in filed.items() if str(serial) in known and known[str(serial)] != names
    )
