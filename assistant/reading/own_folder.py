"""Folders for the files of an archive while they are read: nobody else's, erased at the end, or by the next one where a process was killed."""

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

PREFIX, _LOCK = "assistant-archive-", ".lock"
# A folder that is just being made has a lock that nobody holds yet.
_NEW_SECONDS = 60.0


@contextmanager
def made() -> Iterator[Path]:
    """An empty folder among the temporary ones (``TMPDIR``), 0700. Raises OSError.

    It is held by a lock within it, which a process lets go of however it ends.
    """
    _erase_left()
    folder = Path(tempfile.mkdtemp(prefix=PREFIX))
    with FileLock(folder / _LOCK):
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def _erase_left() -> None:
    """Erases the folders that nobody holds any more; those of another account cannot be looked into."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        lock = folder / _LOCK
        try:
            if not folder.is_symlink() and time.time() - lock.stat().st_mtime > _NEW_SECONDS:
                with FileLock(lock, timeout=0):
                    shutil.rmtree(folder, ignore_errors=True)
        except (Timeout, OSError):
            continue
