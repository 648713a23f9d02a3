"""SQLite: one file, no server, the default."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from assistant import sqlite_files
from assistant.errors import LibraryBusyError, LibraryError, reason_of
from assistant.index.database import BUSY, SCHEMA_VERSION, Row

# A damaged index is put aside, never erased: whoever wants to look at it has it still.
_CURE = "Renommez le dossier « library », puis relancez « assistant index » : l'index se refait à partir de vos documents."

_SCHEMA = """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS document (
    serial INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE, sha256 TEXT NOT NULL, title TEXT NOT NULL, kind TEXT NOT NULL, media_type TEXT NOT NULL,
    text TEXT NOT NULL, text_sha256 TEXT NOT NULL, pages TEXT NOT NULL, headings TEXT NOT NULL, problems TEXT NOT NULL, metadata TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS origin (
    path TEXT NOT NULL, collection TEXT NOT NULL, document INTEGER NOT NULL REFERENCES document(serial) ON DELETE CASCADE,
    PRIMARY KEY (path, collection)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS origin_document ON origin(document);
CREATE TABLE IF NOT EXISTS passage (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    document INTEGER NOT NULL REFERENCES document(serial) ON DELETE CASCADE,
    start INTEGER NOT NULL, stop INTEGER NOT NULL, text TEXT NOT NULL, headings TEXT NOT NULL, work TEXT, article TEXT,
    first_page INTEGER, last_page INTEGER, valid_from TEXT, valid_to TEXT, vector BLOB NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS passage_document ON passage(document);
CREATE INDEX IF NOT EXISTS passage_article ON passage(article, work);
CREATE TABLE IF NOT EXISTS question (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    document INTEGER NOT NULL REFERENCES document(serial) ON DELETE CASCADE,
    text TEXT NOT NULL, targets TEXT NOT NULL, vector BLOB NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS question_document ON question(document);
CREATE TABLE IF NOT EXISTS summary (
    document INTEGER PRIMARY KEY REFERENCES document(serial) ON DELETE CASCADE, version TEXT NOT NULL, summary TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS vector (key BLOB PRIMARY KEY, data BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS batch (document TEXT NOT NULL, number INTEGER NOT NULL, keys BLOB NOT NULL, PRIMARY KEY (document, number)) STRICT, WITHOUT ROWID;
"""


def _error(error: sqlite3.Error) -> LibraryError:
    return LibraryError(*sqlite_files.said(error, "L'index", "Ce qui était déjà indexé est intact.", _CURE))


@sqlite_files.in_words(_error)
class SqliteDatabase:
    """A SQLite file. Readers never wait for the writer, who holds the lock beside it."""

    def __init__(self, path: Path) -> None:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise LibraryError(
                f"L'index {path} ne peut pas être ouvert ({reason_of(error)}).",
                "Vérifiez le dossier, ses droits et le disque.",
            ) from error
        self._path, self._lock = path, FileLock(path.with_name("lock"))
        self._connection = sqlite_files.opened(path)
        if self._missing_schema():
            self._connection.executescript(_SCHEMA)
            self._connection.execute(
                "INSERT OR IGNORE INTO meta VALUES ('schema', ?), ('generation', '0')", (SCHEMA_VERSION,)
            )
        found = self._connection.execute("SELECT value FROM meta WHERE key = 'schema'").fetchone()
        if found != (SCHEMA_VERSION,):
            raise LibraryError(
                f"L'index {path} vient d'une autre version de l'assistant.",
                "Renommez ce fichier puis relancez « assistant index ».",
            )

    def _missing_schema(self) -> bool:
        return (
            self._connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'summary'").fetchone() is None
        )

    @property
    def place(self) -> str:
        """See ``Database``."""
        return str(self._path)

    @property
    def replica(self) -> str:
        """See ``Database``: the derived indexes lie beside the file."""
        return ""

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[Row]:
        """See ``Database``."""
        return self._connection.execute(sql, values).fetchall()

    def row(self, sql: str, values: Sequence[Any] = ()) -> Row | None:
        """See ``Database``."""
        found: Row | None = self._connection.execute(sql, values).fetchone()
        return found

    def run(self, sql: str, values: Sequence[Any] = ()) -> None:
        """See ``Database``."""
        self._connection.execute(sql, values)

    def run_each(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """See ``Database``."""
        self._connection.executemany(sql, rows)

    def half(self, vector: bytes) -> bytes:
        """See ``Database``."""
        return vector

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """See ``Database``."""
        try:
            with sqlite_files.transaction(self._connection):
                yield
        except sqlite3.Error as error:
            raise _error(error) from error

    def snapshot(self) -> nullcontext[None]:
        """See ``Database``: the threads of a process share one connection, which a reader must not hold."""
        return nullcontext()

    @contextmanager
    def writing(self, seconds: float) -> Iterator[None]:
        """See ``Database``."""
        try:
            self._lock.acquire(timeout=seconds)
        except Timeout as error:
            raise LibraryBusyError(*BUSY) from error
        try:
            yield
        finally:
            self._lock.release()

    def passage_vectors(self, dimension: int) -> None:
        """See ``Database``: FAISS searches them in memory."""
        return

    def settle(self, dimension: int) -> None:
        """See ``Database``: the indexes in memory need nothing more."""

    def follows(self, folder: str, generation: int) -> None:
        """See ``Database``: there is one machine."""

    def truncate_log(self) -> None:
        """Empties the log beside the file."""
        self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def is_sound(self) -> bool:
        """Whether SQLite finds its file sound."""
        return sqlite_files.is_sound(self._connection)

    def numbered_from(self, table: str) -> int:
        """See ``Database``."""
        row = self._connection.execute("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,)).fetchone()
        return int(row[0]) if row else 0

    def number_from(self, table: str, last: int) -> None:
        """See ``Database``."""
        self._connection.execute("DELETE FROM sqlite_sequence WHERE name = ?", (table,))
        self._connection.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (table, last))

    def close(self) -> None:
        """Closes the file."""
        self._connection.close()
