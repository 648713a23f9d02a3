"""A disk that fails at its n-th write, as SQLite's own tests have it: every write fails in turn until what is tried goes through."""

import builtins
import errno
import io
import os
import signal
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self

import pytest

# Instead of an error number: the process is killed there.
KILLED = 0


class FailingDisk:
    """While it is entered, what writes under ``root`` counts, and the ``at``-th such step fails with ``number``.

    A full disk stays full: after it no step that takes room goes through. A step that writes bytes leaves half of them.
    """

    def __init__(self, root: Path, at: int, number: int) -> None:
        self._root, self._at, self._number = root, at, number
        self._count, self._ours, self._patch = 0, set[int](), pytest.MonkeyPatch()

    @property
    def failed(self) -> bool:
        """Whether the ``at``-th step came."""
        return self._count >= self._at

    def __enter__(self) -> Self:
        for name in ("fsync", "mkdir", "replace", "rename", "sendfile"):
            self._patch.setattr(os, name, self._failing(getattr(os, name)))
        self._patch.setattr(os, "open", self._os_open(os.open))
        opened = self._opened(io.open)
        self._patch.setattr(io, "open", opened)
        self._patch.setattr(builtins, "open", opened)
        return self

    def __exit__(self, *_: object) -> None:
        self._patch.undo()

    def step(self, before: Callable[[], object] = lambda: None) -> None:
        """Counts a step; where it is the one that fails, does what is done ``before``, and fails."""
        self._count += 1
        if self._count == self._at or (self.failed and self._number == errno.ENOSPC):
            before()
            if self._number == KILLED:
                os.kill(os.getpid(), signal.SIGKILL)
            raise OSError(self._number, os.strerror(self._number))

    def _is_ours(self, place: Any) -> bool:
        if isinstance(place, int):
            return place in self._ours
        return Path(place).absolute().is_relative_to(self._root)

    def _failing(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def failing(place: Any, *given: Any, **named: Any) -> Any:
            takes_no_room = self._number == errno.ENOSPC and real.__name__ in ("replace", "rename")
            if self._is_ours(place) and not takes_no_room:
                self.step()
            return real(place, *given, **named)

        return failing

    def _os_open(self, real: Callable[..., int]) -> Callable[..., int]:
        def opening(place: Any, flags: int, *given: Any, **named: Any) -> int:
            writes = bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))
            if writes and self._is_ours(place):
                self.step()
            handle = real(place, flags, *given, **named)
            self._ours.discard(handle)
            if self._is_ours(place):
                self._ours.add(handle)
            return handle

        return opening

    def _opened(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def opening(place: Any, mode: str = "r", *given: Any, **named: Any) -> Any:
            writes = any(letter in mode for letter in "wxa+") and self._is_ours(place)
            if writes and not isinstance(place, int):
                self.step()
            file = real(place, mode, *given, **named)
            if not writes:
                return file
            self._ours.add(file.fileno())
            return _File(file, self)

        return opening


class _File:
    """A file whose writes count."""

    def __init__(self, real: Any, disk: FailingDisk) -> None:
        self._real, self._disk = real, disk

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._real.close()

    def write(self, data: Any) -> int:
        self._disk.step(lambda: (self._real.write(data[: len(data) // 2]), self._real.flush()))
        written: int = self._real.write(data)
        return written


class FailingStatements:
    """A connection of SQLite whose ``at``-th writing statement fails as that code of SQLite's says; ``KILLED``: the process is killed there."""

    def __init__(self, real: sqlite3.Connection, at: int, code: int = sqlite3.SQLITE_FULL) -> None:
        self._real, self._at, self._code, self._writes = real, at, code, 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)

    def execute(self, statement: str, *given: Any) -> Any:
        """As the real one does."""
        self._count(statement)
        return self._real.execute(statement, *given)

    def executemany(self, statement: str, *given: Any) -> Any:
        """As the real one does."""
        self._count(statement)
        return self._real.executemany(statement, *given)

    @property
    def failed(self) -> bool:
        """Whether the ``at``-th statement came."""
        return self._writes >= self._at

    def _count(self, statement: str) -> None:
        if statement.startswith(("SELECT", "PRAGMA", "ROLLBACK")):
            return
        self._writes += 1
        if self._writes == self._at:
            if self._code == KILLED:
                os.kill(os.getpid(), signal.SIGKILL)
            error = sqlite3.OperationalError("the disk fails")
            error.sqlite_errorcode = self._code
            raise error
