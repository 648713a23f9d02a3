"""Files that only the account of the server reads: made with mode 0600, replaced whole."""

import os
import secrets
from pathlib import Path

from assistant.errors import UsageError

ONLY_OWNER = 0o600
ONLY_OWNER_FOLDER = 0o700


def folder(path: Path) -> Path:
    """``path``, made where it is missing, for its owner only."""
    path.mkdir(parents=True, exist_ok=True, mode=ONLY_OWNER_FOLDER)
    return path


def create(path: Path) -> None:
    """Makes an empty file where there is none."""
    folder(path.parent)
    os.close(os.open(path, os.O_CREAT | os.O_WRONLY, ONLY_OWNER))


def replace(path: Path, data: bytes) -> None:
    """Writes ``data`` as the whole of ``path``: a reader, or a machine that stops, finds the old file or the new one, never a part of either."""
    folder(path.parent)
    beside = path.with_name(f".{path.name}.{secrets.token_hex(6)}")
    try:
        with os.fdopen(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, ONLY_OWNER), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def append(path: Path, data: bytes) -> None:
    """Adds ``data`` at the end of ``path``, on the disk when this returns."""
    folder(path.parent)
    with os.fdopen(os.open(path, os.O_CREAT | os.O_APPEND | os.O_WRONLY, ONLY_OWNER), "ab") as file:
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
