"""A text that is read whole and replaced whole: a private file of the home, or a row of the database that several machines share."""

from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from pathlib import Path

from assistant.site import private_files
from assistant.site.late_file import Shared
from assistant.sqlite_files import Tables

_TABLES = Tables(
    "CREATE TABLE IF NOT EXISTS text (name TEXT PRIMARY KEY, said TEXT NOT NULL, changed INTEGER NOT NULL) STRICT;"
)


class KeptText:
    """``path`` names it, ``shared`` is where it lies instead."""

    def __init__(self, path: Path, shared: Shared | None) -> None:
        self._path, self._shared = path, shared

    def stamp(self) -> Hashable:
        """Another value once it has changed; None where there is no such text. Raises OSError, LibraryError."""
        if self._shared is not None:
            with self._shared.kept("textes", _TABLES, writing=False) as tables:
                row = tables.execute("SELECT changed FROM text WHERE name = ?", (self._path.name,)).fetchone()
            return None if row is None else int(row[0])
        try:
            status = self._path.stat()
        except FileNotFoundError:
            return None
        return status.st_mtime_ns, status.st_size, status.st_ino

    def read(self) -> str:
        """What it says.

        Raises:
            OSError, UnicodeDecodeError: it cannot be read.
            UsageError: others of this machine may read the file.
        """
        if self._shared is not None:
            with self._shared.kept("textes", _TABLES, writing=False) as tables:
                row = tables.execute("SELECT said FROM text WHERE name = ?", (self._path.name,)).fetchone()
            return "" if row is None else str(row[0])
        private_files.require_private(self._path)
        return self._path.read_text(encoding="utf-8")

    def replace(self, said: str) -> None:
        """Another text in its place. Raises ExportError, LibraryError."""
        if self._shared is None:
            private_files.replace(self._path, said.encode())
            return
        with self._shared.kept("textes", _TABLES, writing=True) as tables:
            sql = "INSERT INTO text VALUES (?, ?, 1) ON CONFLICT (name) DO UPDATE SET said = excluded.said, changed = text.changed + 1"
            tables.execute(sql, (self._path.name, said))

    @contextmanager
    def held(self, seconds: float) -> Iterator[None]:
        """Keeps every other writer out meanwhile; on a server, what is written within is there all together. Raises ExportError, LibraryError."""
        if self._shared is None:
            with private_files.held(self._path, seconds):
                yield
            return
        with self._shared.kept("textes", _TABLES, writing=True):
            yield
