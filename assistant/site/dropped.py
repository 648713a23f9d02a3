"""The folder of what people drop and say of answers, which several replicas share: it bears a name, by which each tells whether it has the same one."""

import hashlib
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from assistant.datatypes import Progress
from assistant.errors import LibraryError
from assistant.protocols import OnProgress, silent
from assistant.site import batches, feedback, private_files, uploads
from assistant.whole_file import HALF, settle, written

FILE = ".partage"
# Files that were dropped into a common collection: every replica shows their pages, and erases them.
COMMON = "documents"
# What lies in the folder, and is carried where the folder is another.
_WHAT = (uploads.FOLDER, COMMON, str(batches.FOLDER), feedback.FILE)


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


def carry(source: Path, target: Path, on_progress: OnProgress = silent) -> dict[str, int]:
    """Copies what lies in one folder to another, each file whole and read once more; returns how many files of each kind. Stopped, it goes on.

    Raises:
        LibraryError: something else is there already, or what came is not what left; nothing is written over.
        ExportError: the disk refuses.
    """
    left = {what: list(_files(source / what)) for what in _WHAT}
    done, total = 0, sum(map(len, left.values()))
    for what, paths in left.items():
        for path in paths:
            on_progress(Progress("fichiers déposés", done, total, what))
            _copy(path, target / path.relative_to(source))
            done += 1
    return {what: len(paths) for what, paths in left.items() if paths}


def path_there(source: Path, target: Path, path: str) -> str:
    """The path of a document that lies in one folder, once it was carried to the other; that of another document stays."""
    for what in _WHAT:
        before = f"{(source / what).resolve()}{os.sep}"
        if path.startswith(before):
            return f"{(target / what).resolve()}{os.sep}{path.removeprefix(before)}"
    return path


def _files(place: Path) -> Iterator[Path]:
    """The files of a folder, or the one file, in order; what is still being received is left, and what leads elsewhere."""
    if place.is_symlink() or place.name.startswith("."):
        return
    if place.is_file():
        yield place
    elif place.is_dir():
        for within in sorted(place.iterdir()):
            yield from _files(within)


def _copy(path: Path, there: Path) -> None:
    """Copies a file with its date, which says when it was received."""
    if there.exists():
        if _sha256(there) != _sha256(path):
            raise LibraryError(
                f"« {there} » est autre que « {path} » : rien n'y a été changé.",
                "Choisissez lequel garder, et effacez l'autre, ou donnez un dossier neuf, puis recommencez.",
            )
        return
    private_files.folder(there.parent)
    # The same name at each try: what a stopped copy left is written over.
    half = there.with_name(f".{hashlib.sha256(there.name.encode()).hexdigest()[:12]}{HALF}")
    with written(there):
        try:
            shutil.copy2(path, half)
            if _sha256(half) != _sha256(path):
                raise LibraryError(
                    f"« {path} » a changé pendant la copie, ou n'est pas arrivé entier.",
                    "Arrêtez la page, puis relancez la même commande : elle reprend où elle en était.",
                )
            half.replace(there)
            settle(there.parent)
        finally:
            half.unlink(missing_ok=True)


def _sha256(path: Path) -> bytes:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").digest()
