"""The folder of what people drop, which several replicas share: it bears a name, by which each tells whether it has the same one."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from assistant.site import private_files
from assistant.whole_file import written

FILE = ".partage"


def named(folder: Path) -> str:
    """The name of ``folder``, which is made and given one where it has none.

    Raises:
        ExportError: it cannot be read or written.
    """
    place = private_files.folder(folder) / FILE
    with written(folder):
        with suppress(FileExistsError):
            handle = os.open(place, os.O_CREAT | os.O_EXCL | os.O_WRONLY, private_files.ONLY_OWNER)
            with os.fdopen(handle, "w", encoding="ascii") as file:
                file.write(secrets.token_hex(8))
        return place.read_text(encoding="ascii")


def require_writable(folder: Path) -> None:
    """Writes something in ``folder`` and takes it away. Raises ExportError."""
    place = private_files.folder(folder) / f"{FILE}-{secrets.token_hex(6)}"
    try:
        private_files.create(place)
    finally:
        with suppress(OSError):
            place.unlink(missing_ok=True)
