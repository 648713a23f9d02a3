"""Files that only the account of the server reads: made with mode 0600, replaced whole, held by one writer at a time."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from assistant import whole_file
from assistant.errors import ExportError, UsageError
from assistant.whole_file import written

ONLY_OWNER = 0o600
ONLY_OWNER_FOLDER = 0o700


def folder(path: Path) -> Path:
    """``path``, made where it is missing, for its owner only. Raises ExportError."""
    with written(path):
        path.mkdir(parents=True, exist_ok=True, mode=ONLY_OWNER_FOLDER)
    return path


def keep_private(home: Path) -> None:
    """What this process and its children write is for its owner only, and nobody else looks into ``home``, whatever the umask was when it was made."""
    os.umask(0o077)
    try:
        if home.is_dir() and home.stat().st_mode & 0o077:
            home.chmod(ONLY_OWNER_FOLDER)
    except PermissionError:
        return  # somebody else's, who decides


@contextmanager
def held(path: Path, seconds: float) -> Iterator[None]:
    """Keeps every other thread and process out of ``path`` meanwhile, by a lock beside it; its folder is made.

    Raises:
        ExportError: another one keeps it for more than ``seconds``, or the lock cannot be written.
    """
    folder(path.parent)
    lock = FileLock(path.with_name(f".{path.name}.lock"), mode=ONLY_OWNER)
    with written(path):
        try:
            lock.acquire(timeout=seconds)
        except Timeout as error:
            message = f"« {path.name} » est tenu par un autre processus depuis {seconds:.0f} s."
            raise ExportError(message, "Réessayez ; si cela dure, redémarrez l'assistant.") from error
    try:
        yield
    finally:
        lock.release()


def create(path: Path) -> None:
    """Makes an empty file where there is none. Raises ExportError."""
    if path.exists():
        return
    folder(path.parent)
    with written(path):
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY, ONLY_OWNER))


def replace(path: Path, data: bytes) -> None:
    """Writes ``data`` as the whole of ``path``, for one writer at a time: what a killed one left half written goes.

    Raises:
        ExportError: see ``written``.
    """
    folder(path.parent)
    with written(path):
        for left in whole_file.halves(path):
            left.unlink(missing_ok=True)
    whole_file.replace(path, data, ONLY_OWNER)


def append(path: Path, data: bytes) -> None:
    """Adds ``data`` at the end of ``path``, on the disk when this returns. Raises ExportError."""
    folder(path.parent)
    with (
        written(path),
        os.fdopen(os.open(path, os.O_CREAT | os.O_APPEND | os.O_WRONLY, ONLY_OWNER), "ab") as file,
    ):
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def append_line(path: Path, line: bytes) -> None:
    """Adds ``line`` and its end, on a line of its own: what a stopped process had begun there is not its beginning. Raises ExportError."""
    with written(path):
        torn = path.exists() and not _ends_a_line(path)
    append(path, (b"\n" if torn else b"") + line + b"\n")


def _ends_a_line(path: Path) -> bool:
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - 1))
        return file.read() in (b"", b"\n")


def require_private(path: Path) -> None:
    """Refuses a file that others of this machine may read.

    Raises:
        UsageError: its mode lets them.
    """
    if os.name == "posix" and path.stat().st_mode & 0o077:
        raise UsageError(
            f"Le fichier {path} peut être lu par d'autres comptes de cette machine : ce n'est plus un secret.",
            f"Lancez : chmod 600 {path}",
        )
