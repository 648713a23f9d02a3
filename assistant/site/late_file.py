"""A private SQLite file of what people keep, opened when it first serves: a damaged one keeps nobody from the rest of the page.

Where several machines serve the same people, its tables lie in their database instead (``Shared``), under the same statements.
"""

import re
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from pathlib import Path
from typing import Any, Protocol

from assistant import sqlite_files
from assistant.errors import LibraryError
from assistant.site import private_files
from assistant.sqlite_files import Tables


class Shared(Protocol):
    """The database in which several machines keep what people leave (``index.postgres``)."""

    def kept(self, name: str, tables: Tables, *, writing: bool) -> AbstractContextManager[Any]:
        """Tables of their own, spoken to as to a connection of SQLite: all within is one transaction, and one writes at a time where ``writing``.

        What is read for somebody (``reach.read_by``), of tables that say what is whose, is his. Raises LibraryError: unreachable, or of another version.
        """
        ...


Rows = dict[str, tuple[list[str], list[tuple[Any, ...]]]]
"""By the name of its table: the names of the columns, and the rows."""
# A table that a schema makes, and the column by which its rows are numbered.
_TABLES = re.compile(r"CREATE TABLE IF NOT EXISTS (?!words\b)(\w+) \((?:\s*(\w+) INTEGER PRIMARY KEY)?")


class LateFile:
    """What such files have in common.

    Threads take turns; other processes wait for one another (SQLite). A class above it says in words what SQLite says (``sqlite_files.in_words``).

    Args:
        path: the file; it is made, for its owner only, where it is not there.
        tables: made at each opening, so ``IF NOT EXISTS``, unless ``_prepare`` sees to it.
        shared: where the tables lie instead; no file is made then.
    """

    def __init__(self, path: Path, tables: Tables, shared: Shared | None = None) -> None:
        self._shared = shared
        self._path, self._tables, self._lock = path, tables, threading.RLock()
        self._connection: sqlite3.Connection | None = None

    def close(self) -> None:
        """Closes the file; it is opened again where it serves again."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
            self._connection = None

    def check(self) -> bool:
        """Whether SQLite finds its file sound."""
        with self._reading() as file:
            return self._shared is not None or sqlite_files.is_sound(file)

    @property
    def file(self) -> str:
        """The name of the file, which is also that of the tables elsewhere."""
        return self._path.name

    def everything(self) -> Rows:
        """Every row of every table."""
        if not self._is_there():
            return {}
        found: Rows = {}
        with self._reading() as tables:
            for name, _ in _TABLES.findall(self._tables.sql):
                cursor = tables.execute(f"SELECT * FROM {name}")  # noqa: S608 - our names
                found[name] = (
                    [column[0] for column in cursor.description],
                    [tuple(row) for row in cursor.fetchall()],
                )
        return found

    def take(self, everything: Rows) -> int:
        """Keeps what ``everything`` gave of the same tables elsewhere, where these hold nothing, or these very rows; all or nothing. Returns how many rows.

        Raises:
            LibraryError: they hold others.
        """
        if not everything:
            return 0
        with self._writing() as tables:
            for name, numbered in _TABLES.findall(self._tables.sql):
                columns, rows = everything[name]
                there = [
                    tuple(row)
                    for row in tables.execute(f"SELECT {', '.join(columns)} FROM {name}").fetchall()  # noqa: S608 - our names
                ]
                if there and sorted(there, key=repr) != sorted(rows, key=repr):
                    raise LibraryError(
                        f"Ce qui se garde dans « {self._path.name} » est autre à l'arrivée qu'à l'origine : rien n'y a été changé.",
                        "Recommencez avec une base neuve ou un dossier neuf.",
                    )
                if rows and not there:
                    marks = ", ".join("?" * len(columns))
                    tables.executemany(f"INSERT INTO {name} ({', '.join(columns)}) VALUES ({marks})", rows)  # noqa: S608 - our names
                    if numbered and self._shared is not None:
                        tables.execute(
                            f"SELECT setval(pg_get_serial_sequence('{name}', '{numbered}'), MAX({numbered})) FROM {name}"  # noqa: S608
                        )
            self._carried(tables)
        return sum(len(rows) for _, rows in everything.values())

    def _carried(self, tables: Any) -> None:
        """What is still to be made of rows that were carried here."""

    def _forget(self) -> None:
        """What was erased leaves the file, and the log beside it; the log of a server goes by its own settings."""
        if self._shared is None:
            with self._reading() as file:
                file.execute("VACUUM")
                file.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _erased(self, table: str, written: str, before: date | None, owner: str | None) -> int:
        """Erases the rows of a table whose column ``written`` is before a day (UTC), and those of ``owner``; returns how many."""
        if not self._is_there():
            return 0
        asked = [(written, "<", before and before.isoformat()), ("owner", "=", owner)]
        with self._writing() as file:
            count = sum(
                int(file.execute(f"DELETE FROM {table} WHERE {column} {sign} ?", (value,)).rowcount)  # noqa: S608 - our names
                for column, sign, value in asked
                if value is not None
            )
        self._forget()
        return count

    def _is_there(self) -> bool:
        """Whether something was ever kept."""
        return self._shared is not None or self._path.exists()

    def _prepare(self, file: sqlite3.Connection) -> None:
        """What is done with a file that was just opened."""
        file.executescript(self._tables.sql)

    def _opened(self) -> sqlite3.Connection:
        if self._connection is None:
            private_files.create(self._path)
            private_files.require_private(self._path)
            file = sqlite_files.opened(self._path)
            self._prepare(file)
            self._connection = file
        return self._connection

    @contextmanager
    def _reading(self) -> Iterator[Any]:
        if self._shared is not None:
            with self._shared.kept(self._path.stem, self._tables, writing=False) as tables:
                yield tables
            return
        with self._lock:
            try:
                yield self._opened()
            except sqlite3.DatabaseError as error:
                if sqlite_files.is_damage(error):
                    self.close()  # so that a file put in its place is found
                raise

    @contextmanager
    def _writing(self) -> Iterator[Any]:
        if self._shared is not None:
            with self._shared.kept(self._path.stem, self._tables, writing=True) as tables:
                yield tables
            return
        with self._reading() as file, sqlite_files.transaction(file):
            yield file
