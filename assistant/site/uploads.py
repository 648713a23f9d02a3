"""Documents that a person keeps for himself, under ``<home>/uploads/<name>``: bounded, told by what they hold, under names that lead nowhere else.

They are searched in a collection of his own (``private.collection_of``). A rule, a legal sheet or a file of written questions is refused there: those weigh on
the answers of everybody, and only the administrator adds them.
"""

import hashlib
import os
import re
import secrets
import shutil
import threading
import time
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import BinaryIO

from assistant import whole_file
from assistant.errors import EmptyFileError, ReadingError, UnknownFormatError, UsageError
from assistant.private import collection_of
from assistant.reading import MAX_FILE_BYTES, Recognise
from assistant.reading.formats import Format
from assistant.settings import Settings
from assistant.site import private_files
from assistant.site.users import ALONE, user_name

FOLDER = "uploads"
_PIECE = 1024 * 1024
# The ending of what is being received; older than this, a server was stopped meanwhile.
_HALF, STALE_SECONDS = ".part", 3600.0
_LONGEST_NAME = 120
# Characters that some system forbids in a name, that control a terminal, or that turn the reading direction round (« rapport\u202efdp.exe »).
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f-\x9f<>:"/|?*\\]|[\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]')
_RESERVED = re.compile(
    r"(?:con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE
)  # names of devices under Windows, whatever their ending
_ID = re.compile(r"[0-9a-f]{16}")
_SHARED_ONLY = (Format.JSON_LINES, Format.LEGI)


@dataclass(frozen=True, slots=True)
class Upload:
    """A document kept. ``name`` is shown; ``path``, where it lies, never is."""

    id: str
    name: str
    bytes: int
    received: datetime
    path: Path


class Uploads:
    """The documents that people keep."""

    def __init__(self, home: Path, max_bytes: int, max_files: int, recognise: Recognise) -> None:
        """``max_bytes`` and ``max_files`` bound what one person keeps; ``recognise`` tells what a file is."""
        self._folder, self._recognise = home / FOLDER, recognise
        self._max_bytes, self._max_files = max_bytes, max_files
        self._lock = threading.Lock()

    def receive(self, owner: str, name: str, data: BinaryIO) -> Upload:
        """Keeps a document. The same bytes again give the one that is there.

        Raises:
            UsageError: the name is none, or the person keeps too much already.
            ReadingError: too large, empty, of a kind that is not read, or not that which its name says.
            ExportError: the disk refuses.
        """
        shown = safe_name(name)
        beside = private_files.folder(self._of(owner)) / f".{secrets.token_hex(8)}{_HALF}"
        with whole_file.written(Path(shown)):
            try:
                digest, size = self._copy(data, beside, shown)
                self._require_document(beside, shown, size)
                with self._lock:
                    return self._keep(owner, beside, shown, digest, size)
            finally:
                beside.unlink(missing_ok=True)

    def _copy(self, data: BinaryIO, beside: Path, shown: str) -> tuple[str, int]:
        """Writes what comes, on the disk when this returns: the id that its bytes give, and how many they are."""
        digest, size, most = hashlib.sha256(), 0, min(MAX_FILE_BYTES, self._max_bytes)
        with os.fdopen(
            os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, private_files.ONLY_OWNER), "wb"
        ) as file:
            while piece := data.read(_PIECE):
                size += len(piece)
                if size > most:
                    raise ReadingError(
                        f"« {shown} » est trop gros : plus de {most // 1_000_000} Mo.", "Découpez-le."
                    )
                digest.update(piece)
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        return digest.hexdigest()[:16], size

    def _require_document(self, path: Path, name: str, size: int) -> None:
        if not size:
            raise EmptyFileError(f"« {name} » est vide.", "Téléchargez-le ou copiez-le de nouveau.")
        found = self._recognise(path, name)
        if found is None:
            raise UnknownFormatError(f"« {name} » est une archive.", "Extrayez-en les fichiers.")
        if found in _SHARED_ONLY:
            raise UnknownFormatError(
                f"« {name} » est un fichier d'articles ou de questions : il changerait les réponses de tous.",
                "Demandez à l'administrateur de l'indexer.",
            )

    def _keep(self, owner: str, beside: Path, shown: str, id_: str, size: int) -> Upload:
        held = self.held(owner)
        if same := next((one for one in held if one.id == id_), None):
            return same
        kept = sum(one.bytes for one in held)
        if len(held) >= self._max_files or kept + size > self._max_bytes:
            most = f"{self._max_files} documents et {self._max_bytes // 1_000_000} Mo au plus"
            raise UsageError(
                f"Vous gardez déjà {len(held)} documents ({kept // 1_000_000} Mo) : {most}.",
                "Retirez-en avant d'en ajouter.",
            )
        path = self._of(owner) / id_ / shown
        private_files.folder(path.parent)
        beside.replace(path)
        whole_file.settle(path.parent)
        return _upload(path)

    def held(self, owner: str) -> tuple[Upload, ...]:
        """What a person keeps, by name."""
        return tuple(
            sorted(
                (_upload(path) for path in self._paths(owner)), key=lambda one: (one.name.casefold(), one.id)
            )
        )

    def path(self, owner: str, id_: str) -> Path:
        """Where a document of ``owner`` lies.

        Raises:
            UsageError: he keeps no such one.
        """
        found = next((one for one in self._paths(owner) if one.parent.name == id_), None)
        if found is None:
            raise UsageError("Ce document n'est plus là.", "Rechargez la liste de vos documents.")
        return found

    def remove(self, owner: str, id_: str) -> Path:
        """Erases a document; returns where it lay, for the index to forget it. Raises UsageError where there is none."""
        path = self.path(owner, id_)
        shutil.rmtree(path.parent)
        return path

    def forget_halves(self) -> None:
        """Erases what servers that were stopped had received a part of."""
        for left in self._folder.glob(f"*/.*{_HALF}"):
            if time.time() - left.stat().st_mtime > STALE_SECONDS:
                left.unlink(missing_ok=True)

    def collection(self, owner: str) -> str:
        """The collection of a person's documents."""
        return collection_of(_named(owner))

    def owners(self) -> tuple[str, ...]:
        """Who keeps something."""
        names = (
            sorted(one.name for one in self._folder.iterdir() if one.is_dir())
            if self._folder.is_dir()
            else []
        )
        return tuple(name for name in names if self._paths_exist(name))

    def older(self, owner: str, before: date) -> tuple[Upload, ...]:
        """What a person received before a day (UTC)."""
        return tuple(one for one in self.held(owner) if one.received.date() < before)

    def _paths(self, owner: str) -> Iterator[Path]:
        folder = self._of(owner)
        for place in sorted(folder.iterdir()) if folder.is_dir() else ():
            if _ID.fullmatch(place.name) and not place.is_symlink():
                yield from (path for path in place.iterdir() if path.is_file() and not path.is_symlink())

    def _paths_exist(self, name: str) -> bool:
        try:
            return any(True for _ in self._paths(name))
        except UsageError:
            return False

    def _of(self, owner: str) -> Path:
        return self._folder / _named(owner)


def of(settings: Settings, recognise: Recognise) -> Uploads:
    """The documents that people keep in a home, within its settings' bounds."""
    return Uploads(settings.dropped, settings.upload_megabytes * 1_000_000, settings.upload_files, recognise)


def safe_name(name: str) -> str:
    """The last part of a name, as every system takes it and as it can be shown.

    Raises:
        UsageError: nothing is left of it.
    """
    last = (
        unicodedata.normalize("NFC", name.encode("utf-8", errors="replace").decode())
        .replace("\\", "/")
        .rpartition("/")[2]
    )
    plain = " ".join(_FORBIDDEN.sub("_", last).split()).strip(" .")
    stem, point, ending = plain.rpartition(".")
    suffix = (point + ending)[:12] if stem else ""
    stem = (stem or plain)[: _LONGEST_NAME - len(suffix)].rstrip(" .")
    if not stem.strip("_. "):
        raise UsageError("Ce fichier n'a pas de nom.", "Donnez-lui un nom, puis recommencez.")
    return f"_{stem}{suffix}" if _RESERVED.fullmatch(stem.partition(".")[0]) else stem + suffix


def _named(owner: str) -> str:
    return owner if owner == ALONE else user_name(owner)


def _upload(path: Path) -> Upload:
    status = path.stat()
    return Upload(
        path.parent.name, path.name, status.st_size, datetime.fromtimestamp(status.st_mtime, UTC), path
    )
