"""The only truth: documents, passages, written questions and vectors, in one database, with a generation number that every change raises.

The word and vector indexes are derived from it (``words``, ``vectors``) and follow its generation. A document enters in one transaction, after its
vectors have been committed batch by batch: killed at any moment, a run loses at most one batch of embeddings and doubles nothing.
"""

import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.datatypes import (
    AskedQuestion,
    Document,
    Heading,
    Kind,
    Page,
    Passage,
    Problem,
    Severity,
    Source,
    Span,
    Target,
)
from assistant.errors import NotIndexedError
from assistant.index.database import KEY_BYTES, Database, Row
from assistant.index.embedded import SqliteDatabase
from assistant.protocols import Vectors
from assistant.reach import EVERYWHERE, Reach, reaches, read_by, read_within

# Values asked for at once: SQLite allows 32,766 in one statement.
_MARKS = 500


@dataclass(frozen=True, slots=True)
class Entry:
    """What is about to be stored: a document, its passages and questions, and the key of each one's vector (32 bytes)."""

    document: Document
    passages: tuple[Passage, ...]
    passage_keys: tuple[bytes, ...]
    questions: tuple[AskedQuestion, ...] = ()
    question_keys: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class Held:
    """What the library says of one source: where it lies, in which collections, and what could not be read of it."""

    source: Source
    origins: tuple[str, ...]
    collections: tuple[str, ...]
    pages: int
    passages: int
    problems: tuple[Problem, ...]


def ids_within(held: Iterable[Held], collections: Reach) -> frozenset[str]:
    """Those of the sources that lie in ``collections``."""
    return frozenset(one.source.id for one in held if reaches(collections, one.collections))


class Store:
    """Documents, passages, questions and vectors in a database. One writer at a time (``writing``); readers never wait."""

    def __init__(self, where: Path | Database) -> None:
        """``where``: a SQLite file, made where there is none, or an opened database."""
        self.database: Database = SqliteDatabase(where) if isinstance(where, Path) else where

    def close(self) -> None:
        """Frees the database."""
        self.database.close()

    def writing(self, seconds: float) -> AbstractContextManager[None]:
        """Holds the store for writing. Raises LibraryBusyError when another has held it for longer than ``seconds``."""
        return self.database.writing(seconds)

    def snapshot(self) -> AbstractContextManager[None]:
        """Everything that this thread reads within is of one moment, where other machines write."""
        return self.database.snapshot()

    def settle(self, dimension: int) -> None:
        """Makes what searches of many vectors need, after an addition."""
        self.database.settle(dimension)

    def _one(self, sql: str, values: Sequence[object] = ()) -> Row:
        row = self.database.row(sql, values)
        assert row is not None
        return row

    # ---- meta -----------------------------------------------------------------------------------------------------------------

    @read_by(None)
    def meta(self, key: str) -> str | None:
        """A value of the meta table, or None."""
        row = self.database.row("SELECT value FROM meta WHERE key = ?", (key,))
        return row[0] if row else None

    def set_meta(self, key: str, value: str) -> None:
        """Sets a value of the meta table."""
        with self.database.transaction():
            self.database.run(
                "INSERT INTO meta VALUES (?, ?) ON CONFLICT(key) DO UPDATE SET value = excluded.value",
                (key, value),
            )

    @read_by(None)
    def metas(self, prefix: str) -> dict[str, str]:
        """The values of the meta table whose keys begin with ``prefix``, by the rest of their keys."""
        rows = self.database.rows(
            "SELECT substr(key, ?), value FROM meta WHERE substr(key, 1, ?) = ?",
            (len(prefix) + 1, len(prefix), prefix),
        )
        return {str(key): str(value) for key, value in rows}

    @property
    def generation(self) -> int:
        """Raised by every change of what is searched."""
        return int(self.meta("generation") or 0)

    def _raise_generation(self) -> None:
        self.database.run(
            "UPDATE meta SET value = CAST(CAST(value AS BIGINT) + 1 AS TEXT) WHERE key = 'generation'"
        )

    # ---- vectors --------------------------------------------------------------------------------------------------------------

    def missing_vectors(self, keys: Iterable[bytes]) -> frozenset[bytes]:
        """The keys that have no vector yet."""
        wanted = list(keys)
        there: set[bytes] = set()
        for start in range(0, len(wanted), _MARKS):
            some = wanted[start : start + _MARKS]
            there.update(
                key
                for (key,) in self.database.rows(
                    f"SELECT key FROM vector WHERE key IN ({_marks(some)})",  # noqa: S608 - question marks only
                    some,
                )
            )
        return frozenset(wanted) - there

    def batches(
        self, document_id: str, planned: Callable[[], Iterable[Sequence[bytes]]]
    ) -> tuple[tuple[int, tuple[bytes, ...]], ...]:
        """What is still to be embedded of a document: (number, keys) of each batch, in order.

        The batches are planned once, by ``planned``, and remembered until each is done: a padded batch changes the last bits of a vector, and a resumed
        run must end with the very vectors of an undisturbed one.
        """
        if self.database.row("SELECT 1 FROM batch WHERE document = ? LIMIT 1", (document_id,)) is None:
            with self.database.transaction():
                rows = [(document_id, number, b"".join(keys)) for number, keys in enumerate(planned())]
                self.database.run_each("INSERT INTO batch VALUES (?, ?, ?)", rows)
        waiting = self.database.rows(
            "SELECT number, keys FROM batch WHERE document = ? ORDER BY number", (document_id,)
        )
        return tuple(
            (number, tuple(keys[start : start + KEY_BYTES] for start in range(0, len(keys), KEY_BYTES)))
            for number, keys in waiting
        )

    def forget_batches(self, document_id: str) -> None:
        """Strikes off what was planned for a document."""
        with self.database.transaction():
            self.database.run("DELETE FROM batch WHERE document = ?", (document_id,))

    def finish_batch(self, document_id: str, number: int, keys: Sequence[bytes], vectors: Vectors) -> None:
        """Stores ``(len(keys), dimension)`` vectors, as float16, and strikes the batch off, in one transaction; a key already there keeps its vector."""
        with self.database.transaction():
            self._insert_vectors(keys, vectors)
            self.database.run("DELETE FROM batch WHERE document = ? AND number = ?", (document_id, number))

    def add_vectors(self, keys: Sequence[bytes], vectors: Vectors) -> None:
        """Stores ``(len(keys), dimension)`` vectors that nobody had to make, as float16, in one transaction; a key already there keeps its vector."""
        if keys:
            with self.database.transaction():
                self._insert_vectors(keys, vectors)

    def _insert_vectors(self, keys: Sequence[bytes], vectors: Vectors) -> None:
        rows = [
            (key, self.database.half(row.tobytes()))
            for key, row in zip(keys, vectors.astype(np.float16), strict=True)
        ]
        self.database.run_each("INSERT INTO vector VALUES (?, ?) ON CONFLICT(key) DO NOTHING", rows)

    def truncate_log(self) -> None:
        """Nothing of what was removed stays in the log of the database."""
        self.database.truncate_log()

    def drop_unused_vectors(self) -> None:
        """Removes the vectors that no passage or question points to."""
        with self.database.transaction():
            self.database.run(
                "DELETE FROM vector WHERE key IN (SELECT key FROM vector EXCEPT SELECT vector FROM passage EXCEPT SELECT vector FROM question)"
            )
            self.database.run("DELETE FROM batch")

    def drop_vectors(self) -> None:
        """Forgets every vector (another embedding model is about to make them anew); documents and passages stay."""
        with self.database.transaction():
            self.database.run("DELETE FROM vector")
            self.database.run("DELETE FROM batch")
            self._raise_generation()

    # ---- documents ------------------------------------------------------------------------------------------------------------

    def holds(self, document_id: str) -> bool:
        """Whether these bytes are stored."""
        return self.database.row("SELECT 1 FROM document WHERE id = ?", (document_id,)) is not None

    def document_at(self, origin: str, collection: str) -> str | None:
        """The id of the document that lies at ``origin`` in ``collection``, or None."""
        row = self.database.row(
            "SELECT document.id FROM origin JOIN document ON serial = document WHERE path = ? AND collection = ?",
            (origin, collection),
        )
        return row[0] if row else None

    def add_origin(
        self, document_id: str, origin: str, collection: str, metadata: tuple[tuple[str, str], ...] = ()
    ) -> None:
        """Files a stored document under one more origin, with the pairs of ``metadata`` that it lacks; what lay there before, and lies nowhere else, goes."""
        with self.database.transaction():
            serial = self._serial(document_id)
            self._file(serial, origin, collection)
            known = json.loads(self._one("SELECT metadata FROM document WHERE serial = ?", (serial,))[0])
            lacking = [list(pair) for pair in metadata if list(pair) not in known]
            if lacking:
                self.database.run(
                    "UPDATE document SET metadata = ? WHERE serial = ?",
                    (json.dumps(known + lacking, ensure_ascii=False), serial),
                )
            self._raise_generation()

    def origins_from(self, prefix: str, collection: str) -> frozenset[str]:
        """The origins in ``collection`` that begin with ``prefix``: the members of an archive."""
        rows = self.database.rows(
            "SELECT path FROM origin WHERE collection = ? AND substr(path, 1, ?) = ?",
            (collection, len(prefix), prefix),
        )
        return frozenset(row[0] for row in rows)

    def remove_origin(self, origin: str, collection: str) -> None:
        """What lay at ``origin`` lies there no more; a document that lies nowhere else goes."""
        with self.database.transaction():
            there = self._filed_at(origin, collection)
            self.database.run("DELETE FROM origin WHERE path = ? AND collection = ?", (origin, collection))
            self._drop_unfiled(there)
            self._raise_generation()

    def metadata(self, document_id: str) -> tuple[tuple[str, str], ...]:
        """The metadata of a stored document, without reading its text.

        Raises:
            NotIndexedError: no such document.
        """
        row = self._one("SELECT metadata FROM document WHERE serial = ?", (self._serial(document_id),))
        return tuple((key, value) for key, value in json.loads(row[0]))

    def add(self, entry: Entry) -> None:
        """Stores a document whose vectors are all there; what lay at its origin before, and lies nowhere else, goes. One transaction.

        A document of the same bytes that was read before, worse, is replaced wherever it lies.
        """
        document, source = entry.document, entry.document.source
        with self.database.transaction():
            before = self.database.rows(
                "SELECT path, collection FROM origin JOIN document ON serial = document WHERE id = ?",
                (source.id,),
            )
            self.database.run("DELETE FROM document WHERE id = ?", (source.id,))
            serial = self._one(
                "INSERT INTO document (id, sha256, title, kind, media_type, text, text_sha256, pages, headings, problems, metadata)"
                " VALUES (?,?,?,?,?,?,?,?,?,?,?) RETURNING serial",
                (
                    source.id,
                    source.sha256,
                    source.title,
                    source.kind.value,
                    source.media_type,
                    document.text,
                    _text_hash(document.text),
                    json.dumps(
                        [
                            [page.number, page.span.start, page.span.end, page.has_text]
                            for page in document.pages
                        ]
                    ),
                    json.dumps(
                        [[h.level, h.number, h.title, h.span.start, h.span.end] for h in document.headings],
                        ensure_ascii=False,
                    ),
                    json.dumps([_problem_row(problem) for problem in document.problems], ensure_ascii=False),
                    json.dumps(document.metadata, ensure_ascii=False),
                ),
            )[0]
            self.database.run_each(
                "INSERT INTO passage (document, start, stop, text, headings, work, article, first_page, last_page, valid_from, valid_to, vector)"
                " VALUES (?,?,?,?,?,?,?,?,?,?,?,?)",
                [
                    (serial, *_passage_row(passage), key)
                    for passage, key in zip(entry.passages, entry.passage_keys, strict=True)
                ],
            )
            self.database.run_each(
                "INSERT INTO question (document, text, targets, vector) VALUES (?,?,?,?)",
                [
                    (
                        serial,
                        question.text,
                        json.dumps(
                            [[t.work, t.article, t.sheet, t.case, t.refused] for t in question.targets],
                            ensure_ascii=False,
                        ),
                        key,
                    )
                    for question, key in zip(entry.questions, entry.question_keys, strict=True)
                ],
            )
            for origin, collection in (*before, (source.origin, source.collection)):
                self._file(serial, origin, collection)
            self._raise_generation()

    def _file(self, serial: int, origin: str, collection: str) -> None:
        before = self._filed_at(origin, collection)
        self.database.run(
            "INSERT INTO origin VALUES (?, ?, ?) ON CONFLICT(path, collection) DO UPDATE SET document = excluded.document",
            (origin, collection, serial),
        )
        self._drop_unfiled(before)

    def _filed_at(self, origin: str, collection: str) -> int | None:
        row = self.database.row(
            "SELECT document FROM origin WHERE path = ? AND collection = ?", (origin, collection)
        )
        return None if row is None else int(row[0])

    def _drop_unfiled(self, serial: int | None) -> None:
        """Takes a document out where it lies nowhere any more."""
        if serial is not None:
            self.database.run(
                "DELETE FROM document WHERE serial = ? AND serial NOT IN (SELECT document FROM origin WHERE document = ?)",
                (serial, serial),
            )

    def remove(self, document_id: str) -> None:
        """Takes a document out, wherever it lies.

        Raises:
            NotIndexedError: no such document.
        """
        with self.database.transaction():
            self.database.run("DELETE FROM document WHERE serial = ?", (self._serial(document_id),))
            self._raise_generation()

    def _serial(self, document_id: str) -> int:
        row = self.database.row("SELECT serial FROM document WHERE id = ?", (document_id,))
        if row is None:
            raise NotIndexedError(
                f"Aucune source indexée ne porte l'identifiant « {document_id} ».",
                "La commande « assistant sources » donne les identifiants.",
            )
        return int(row[0])

    def document(self, document_id: str) -> Document:
        """A stored document, its dated provisions left out (they are in the passages).

        Raises:
            NotIndexedError: no such document.
        """
        serial = self._serial(document_id)
        row = self._one(
            "SELECT text, pages, headings, problems, metadata FROM document WHERE serial = ?", (serial,)
        )
        return Document(
            source=self.sources_by_serial({serial})[serial],
            text=row[0],
            pages=tuple(
                Page(number, Span(start, end), has_text)
                for number, start, end, has_text in json.loads(row[1])
            ),
            headings=tuple(
                Heading(level, number, title, Span(start, end))
                for level, number, title, start, end in json.loads(row[2])
            ),
            problems=tuple(_problem(values) for values in json.loads(row[3])),
            metadata=tuple((key, value) for key, value in json.loads(row[4])),
        )

    def problems(self, document_id: str) -> tuple[Problem, ...]:
        """The problems of a stored document, without reading its text.

        Raises:
            NotIndexedError: no such document.
        """
        row = self._one("SELECT problems FROM document WHERE serial = ?", (self._serial(document_id),))
        return tuple(_problem(values) for values in json.loads(row[0]))

    def sources_by_serial(self, only: Collection[int] | None = None) -> dict[int, Source]:
        """Every source (or only some), by the serial number of its document (numbers are never used twice)."""
        if only is not None and not only:
            return {}
        some = "" if only is None else f" WHERE serial IN ({_marks(only)})"
        rows = self.database.rows(
            "SELECT serial, id, sha256, title, kind, media_type, path, collection FROM document JOIN origin ON document = serial"  # noqa: S608
            f"{some} ORDER BY serial, collection, path",
            tuple(only or ()),
        )
        sources: dict[int, Source] = {}
        for serial, id_, sha256, title, kind, media_type, path, collection in rows:
            sources.setdefault(serial, Source(id_, sha256, title, Kind(kind), path, collection, media_type))
        return sources

    def collections(self) -> tuple[str, ...]:
        """The collections in which something lies, in order."""
        return tuple(
            row[0] for row in self.database.rows("SELECT DISTINCT collection FROM origin ORDER BY collection")
        )

    def collections_by_serial(self) -> dict[int, frozenset[str]]:
        """The collections in which each document lies."""
        collections: dict[int, set[str]] = {}
        for serial, collection in self.database.rows("SELECT document, collection FROM origin"):
            collections.setdefault(serial, set()).add(collection)
        return {serial: frozenset(names) for serial, names in collections.items()}

    def held(self) -> tuple[Held, ...]:
        """Every source with its origins, pages, passages and problems, in the order of indexing; one that comes or goes meanwhile may not be among them."""
        origins: dict[int, list[tuple[str, str]]] = {}
        for path, collection, serial in self.database.rows(
            "SELECT path, collection, document FROM origin ORDER BY collection, path"
        ):
            origins.setdefault(serial, []).append((path, collection))
        passages: dict[int, int] = dict(
            self.database.rows("SELECT document, COUNT(*) FROM passage GROUP BY document")
        )
        details = {
            serial: (pages, problems)
            for serial, pages, problems in self.database.rows("SELECT serial, pages, problems FROM document")
        }
        return tuple(
            Held(
                source=source,
                origins=tuple(path for path, _ in origins[serial]),
                collections=tuple(sorted({collection for _, collection in origins[serial]})),
                pages=len(json.loads(details[serial][0])),
                passages=passages.get(serial, 0),
                problems=tuple(_problem(values) for values in json.loads(details[serial][1])),
            )
            for serial, source in self.sources_by_serial().items()
            if serial in origins and serial in details
        )

    # ---- summaries of documents ---------------------------------------------------------------------------------------------------

    def keep_summary(self, document_id: str, version: str, summary: str) -> None:
        """Keeps the summary of a document, as text; it goes with the document.

        Raises:
            NotIndexedError: no such document.
        """
        with self.database.transaction():
            row = (self._serial(document_id), version, summary)
            self.database.run(
                "INSERT INTO summary VALUES (?, ?, ?) ON CONFLICT(document) DO UPDATE SET version = excluded.version, summary = excluded.summary",
                row,
            )

    def summaries(self) -> dict[str, tuple[str, str]]:
        """The version and the text of the kept summaries, by the id of their document."""
        rows = self.database.rows(
            "SELECT id, version, summary FROM summary JOIN document ON serial = document"
        )
        return {id_: (version, summary) for id_, version, summary in rows}

    def summarised(self) -> frozenset[str]:
        """The ids of the documents that have a summary."""
        return frozenset(
            row[0] for row in self.database.rows("SELECT id FROM summary JOIN document ON serial = document")
        )

    # ---- what the derived indexes are built from ---------------------------------------------------------------------------------

    def serials(self) -> frozenset[int]:
        """Serial numbers of the documents."""
        return frozenset(row[0] for row in self.database.rows("SELECT serial FROM document"))

    def passages_of(self, serial: int) -> tuple[tuple[int, Passage], ...]:
        """Passages of one document with their ids, in text order."""
        query = f"SELECT {_PASSAGE_COLUMNS} FROM passage JOIN document ON serial = document WHERE serial = ? ORDER BY passage.id"  # noqa: S608 - our columns
        rows = self.database.rows(query, (serial,))
        return tuple((row[0], _passage(row[2:])) for row in rows)

    def passage_at(self, document_id: str, position: int) -> Passage | None:
        """The passage of a document that holds the character at ``position``, or None past its end.

        Raises:
            NotIndexedError: no such document.
        """
        query = f"SELECT {_PASSAGE_COLUMNS} FROM passage JOIN document ON serial = document WHERE serial = ? AND start <= ? AND ? < stop LIMIT 1"  # noqa: S608
        row = self.database.row(query, (self._serial(document_id), position, position))
        return _passage(row[2:]) if row else None

    def passages(self, ids: Sequence[int], collections: Reach = EVERYWHERE) -> dict[int, tuple[int, Passage]]:
        """The passages of ``ids`` that still exist: id → (serial of its document, passage).

        ``collections`` are those that whoever asks may read: a database that keeps rights gives nothing of another.
        """
        if not ids:
            return {}
        query = f"SELECT {_PASSAGE_COLUMNS} FROM passage JOIN document ON serial = document WHERE passage.id IN ({_marks(ids)})"  # noqa: S608 - question marks only
        with read_within(collections):
            return {row[0]: (row[1], _passage(row[2:])) for row in self.database.rows(query, tuple(ids))}

    def wordings(self, article: str, work: str | None = None) -> tuple[tuple[Source, Passage], ...]:
        """The passages of every stored wording of an article, whatever the day (None: of any work): by work, date, document, then as in the text."""
        query = (
            f"SELECT {_PASSAGE_COLUMNS} FROM passage JOIN document ON serial = document WHERE article = ? AND work = COALESCE(?, work)"  # noqa: S608
            " ORDER BY work, valid_from NULLS FIRST, serial, start"
        )
        rows = self.database.rows(query, (article, work))
        sources = self.sources_by_serial({row[1] for row in rows})
        return tuple((sources[row[1]], _passage(row[2:])) for row in rows if row[1] in sources)

    def articles_of(self, work: str) -> tuple[str, ...]:
        """The numbers of a work's articles."""
        return tuple(
            row[0]
            for row in self.database.rows(
                "SELECT DISTINCT article FROM passage WHERE work = ? ORDER BY article", (work,)
            )
        )

    def vectors_of(self, ids: Collection[str]) -> dict[bytes, bytes]:
        """The vectors, as they are stored, of the passages and questions of documents, by their keys."""
        found: dict[bytes, bytes] = {}
        for table in ("passage", "question"):
            query = f"SELECT key, data FROM vector JOIN {table} ON key = {table}.vector JOIN document ON serial = document WHERE document.id = ?"  # noqa: S608
            for id_ in ids:
                found.update(self.database.rows(query, (id_,)))
        return found

    def passage_vectors(self, serial: int, dimension: int) -> tuple[NDArray[np.int64], Vectors]:
        """Ids ``(n,)`` and vectors ``(n, dimension)`` of one document's passages."""
        return self._vectors(
            "SELECT passage.id, data FROM passage JOIN vector ON key = passage.vector WHERE document = ? ORDER BY passage.id",
            serial,
            dimension,
        )

    def question_vectors(self, serial: int, dimension: int) -> tuple[NDArray[np.int64], Vectors]:
        """Ids ``(n,)`` and vectors ``(n, dimension)`` of one document's questions."""
        return self._vectors(
            "SELECT question.id, data FROM question JOIN vector ON key = question.vector WHERE document = ? ORDER BY question.id",
            serial,
            dimension,
        )

    def _vectors(self, query: str, serial: int, dimension: int) -> tuple[NDArray[np.int64], Vectors]:
        rows = self.database.rows(query, (serial,))
        ids = np.array([row[0] for row in rows], dtype=np.int64)
        data = np.frombuffer(b"".join(row[1] for row in rows), dtype=np.float16).reshape(-1, dimension)
        return ids, data.astype(np.float32)

    def questions_of(self, serial: int) -> tuple[tuple[int, AskedQuestion], ...]:
        """Questions of one document with their ids."""
        rows = self.database.rows(
            "SELECT id, text, targets FROM question WHERE document = ? ORDER BY id", (serial,)
        )
        return tuple(
            (id_, AskedQuestion(text, tuple(Target(*target) for target in json.loads(targets))))
            for id_, text, targets in rows
        )

    def scan_passages(self) -> list[tuple[int, int, str | None, str | None, str, str | None, str | None]]:
        """(id, serial, work, article, headings as JSON, valid_from, valid_to) of every passage, in the order of ids."""
        return self.database.rows(
            "SELECT id, document, work, article, headings, valid_from, valid_to FROM passage ORDER BY id"
        )

    def scan_questions(self) -> list[tuple[int, int, str]]:
        """(id, serial, targets as JSON) of every question, in the order of ids."""
        return self.database.rows("SELECT id, document, targets FROM question ORDER BY id")

    def works(self) -> tuple[tuple[str, int], ...]:
        """Short name and number of passages of every work of which articles are stored."""
        return tuple(
            self.database.rows(
                "SELECT work, COUNT(*) FROM passage WHERE work IS NOT NULL GROUP BY work ORDER BY work"
            )
        )

    @read_by(None)
    def counts(self) -> dict[str, int]:
        """Number of documents, passages, questions and vectors."""
        return {
            table: self._one(f"SELECT COUNT(*) FROM {table}")[0]  # noqa: S608
            for table in ("document", "passage", "question", "vector")
        }

    def check(self) -> bool:
        """Whether the database finds itself sound."""
        return self.database.is_sound()

    def altered(self) -> tuple[str, ...]:
        """Titles of the documents whose text is no longer the one that was indexed, or whose passages are no longer its words."""
        found = []
        for serial in sorted(self.serials()):
            row = self.database.row(
                "SELECT title, text, text_sha256 FROM document WHERE serial = ?", (serial,)
            )
            passages = self.database.rows(
                "SELECT start, stop, text FROM passage WHERE document = ?", (serial,)
            )
            if row and (
                _text_hash(row[1]) != row[2]
                or any(row[1][start:stop] != said for start, stop, said in passages)
            ):
                found.append(row[0])
        return tuple(found)


def _marks(values: Collection[object]) -> str:
    """One question mark for each of ``values``, between commas."""
    return ",".join("?" * len(values))


def _text_hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


_PASSAGE_COLUMNS = "passage.id, serial, document.id, start, stop, passage.text, passage.headings, work, article, first_page, last_page, valid_from, valid_to"


def _passage_row(passage: Passage) -> tuple[object, ...]:
    first, last = passage.pages or (None, None)
    return (
        passage.span.start,
        passage.span.end,
        passage.text,
        json.dumps(passage.headings, ensure_ascii=False),
        passage.work,
        passage.article,
        first,
        last,
        passage.valid_from and passage.valid_from.isoformat(),
        passage.valid_to and passage.valid_to.isoformat(),
    )


def _passage(row: Sequence[object]) -> Passage:
    source_id, start, stop, text, headings, work, article, first_page, last_page, valid_from, valid_to = row
    return Passage(
        source_id=str(source_id),
        span=Span(int(str(start)), int(str(stop))),
        text=str(text),
        headings=tuple(json.loads(str(headings))),
        work=None if work is None else str(work),
        article=None if article is None else str(article),
        pages=None if first_page is None else (int(str(first_page)), int(str(last_page))),
        valid_from=None if valid_from is None else date.fromisoformat(str(valid_from)),
        valid_to=None if valid_to is None else date.fromisoformat(str(valid_to)),
    )


def _problem_row(problem: Problem) -> list[object]:
    span = problem.span and [problem.span.start, problem.span.end]
    return [problem.code, problem.message, span, problem.severity.value]


def _problem(values: Sequence[object]) -> Problem:
    code, message, span, severity = values
    return Problem(
        str(code), str(message), Span(*span) if isinstance(span, list) else None, Severity(str(severity))
    )
