"""A private SQLite file of what people keep, opened when it first serves: a damaged one keeps nobody from the rest of the page."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assistant import sqlite_files
from assistant.site import private_files


class LateFile:
    """What such files have in common.

    Threads take turns; other processes wait for one another (SQLite). A class above it says in words what SQLite says (``sqlite_files.in_words``).

    Args:
        path: the file; it is made, for its owner only, where it is not there.
        schema: its tables. Made at each opening, so ``IF NOT EXISTS``, unless ``_prepare`` sees to it.
    """

    def __init__(self, path: Path, schema: str) -> None:
        self._path, self._schema, self._lock = path, schema, threading.RLock()
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
            return sqlite_files.is_sound(file)

    def _prepare(self, file: sqlite3.Connection) -> None:
        """What is done with a file that was just opened."""
        file.executescript(self._schema)

    def _opened(self) -> sqlite3.Connection:
        if self._connection is None:
            private_files.create(self._path)
            private_files.require_private(self._path)
            file = sqlite_files.opened(self._path)
            self._prepare(file)
            self._connection = file
        return self._connection

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            try:
                yield self._opened()
            except sqlite3.DatabaseError as error:
                if sqlite_files.is_damage(error):
                    self.close()  # so that a file put in its place is found
                raise

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._reading() as file, sqlite_files.transaction(file):
            yield file
