"""Files that only the account of the server reads: made with mode 0600, replaced whole."""

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assistant.errors import ExportError, UsageError

ONLY_OWNER = 0o600
ONLY_OWNER_FOLDER = 0o700


@contextmanager
def written(path: Path) -> Iterator[None]:
    """Says in words why ``path`` cannot be written.

    Raises:
        ExportError: the disk is full, the folder is for reading only, or the disk does not answer.
    """
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise ExportError(f"Le disque est plein : « {path.name} » n'a pas pu être écrit, et reste comme il était.", "Libérez de la place.") from error
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            raise ExportError(
                f"« {path} » ne peut pas être écrit : son dossier est en lecture seule, ou à quelqu'un d'autre.", "Donnez-vous ce droit."
            ) from error
        raise ExportError(f"« {path} » n'a pas pu être écrit ({error.strerror}).", "Vérifiez le disque, puis recommencez.") from error


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


def create(path: Path) -> None:
    """Makes an empty file where there is none. Raises ExportError."""
    if path.exists():
        return
    folder(path.parent)
    with written(path):
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY, ONLY_OWNER))


def replace(path: Path, data: bytes) -> None:
    """Writes ``data`` as the whole of ``path``: a reader, or a machine that stops, finds the old file or the new one, never a part of either.

    Raises:
        ExportError: see ``written``.
    """
    folder(path.parent)
    beside = path.with_name(f".{path.name}.{secrets.token_hex(6)}")
    with written(path):
        try:
            with os.fdopen(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, ONLY_OWNER), "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)


def append(path: Path, data: bytes) -> None:
    """Adds ``data`` at the end of ``path``, on the disk when this returns. Raises ExportError."""
    folder(path.parent)
    with written(path), os.fdopen(os.open(path, os.O_CREAT | os.O_APPEND | os.O_WRONLY, ONLY_OWNER), "ab") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def require_private(path: Path) -> None:
    """Refuses a file that others of this machine may read.

    Raises:
        UsageError: its mode lets them.
    """
    if os.name == "posix" and path.stat().st_mode & 0o077:
        raise UsageError(f"Le fichier {path} peut être lu par d'autres comptes de cette machine : ce n'est plus un secret.", f"Lancez : chmod 600 {path}")
