"""Files written whole: a reader, or a machine that stops, finds the old file or the new one, never a part of either."""

import errno
import glob
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from assistant.errors import ExportError, reason_of

# The ending of a file that is not whole yet; its name begins with a point.
HALF = ".neuf"
# Of the file's own name, what its half-written one bears: the longest name that a disk takes has 255 bytes.
_OF_ITS_NAME = 40
_EVERYBODY = 0o666  # less the umask


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
            raise ExportError(
                f"Le disque est plein : « {path.name} » n'a pas pu être écrit, et reste comme il était.",
                "Libérez de la place, puis recommencez.",
            ) from error
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            raise ExportError(
                f"« {path} » ne peut pas être écrit : son dossier est en lecture seule, ou à quelqu'un d'autre.",
                "Donnez-vous ce droit.",
            ) from error
        raise ExportError(
            f"« {path} » ne peut pas être écrit ({reason_of(error)}).",
            "Vérifiez le dossier et le disque, puis recommencez.",
        ) from error


def replace(path: Path, data: bytes, mode: int = _EVERYBODY) -> None:
    """Writes ``data`` as the whole of ``path``, on the disk when this returns; a link is followed, and its folder must be there.

    Raises:
        ExportError: see ``written``.
    """
    with written(path):
        target = path.resolve()
        half = target.with_name(f".{target.name[:_OF_ITS_NAME]}.{secrets.token_hex(6)}{HALF}")
        try:
            with os.fdopen(os.open(half, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode), "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            half.replace(target)
        finally:
            half.unlink(missing_ok=True)
        settle(target.parent)


def halves(path: Path) -> Iterator[Path]:
    """What writers of ``path`` that were killed left half written, and what those at work are writing."""
    return path.parent.glob(f".{glob.escape(path.name[:_OF_ITS_NAME])}.*{HALF}")


def settle(folder: Path) -> None:
    """Has the names of a folder on the disk: without it a power cut may bring the file back that was replaced.

    Not every system can; the file is whole all the same.
    """
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
