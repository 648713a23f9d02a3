"""Files that visitors give to the page: bounded, known by what they hold, each visitor's apart, reached by a token that says nothing of the server."""

import asyncio
import errno
import os
import re
import secrets
import shutil
import tempfile
import threading
import time
import unicodedata
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from assistant.datatypes import Failure
from assistant.errors import EmptyFileError, ReadingError, UsageError
from assistant.reading import Recognise, archives
from assistant.reading.isolation import Unpacked
from assistant.whole_file import written

# A DCE packed by a buyer's platform has 1 to 2 GB at most; a file beyond what is read (``reading.MAX_FILE_BYTES``) is welcome only as an archive.
MAX_ARCHIVE_BYTES = 2 * 1024**3
# What one visitor may leave at a time; more is a mistake (a whole disk) or an attack.
MAX_FILES, MAX_BYTES = 2_000, 4 * 1024**3
# Deposits that were left behind go after a day.
KEPT_SECONDS = 24 * 3600
_MAX_NAME = 120
_MAX_DEPTH = 8
# The folder of files that were dropped together, and in no folder: the name of their consultation.
_TOGETHER = PurePosixPath("Pièces déposées")
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"|?*\\]|[\u200b-\u200f\u202a-\u202e\u2066-\u2069]')


Unpack = Callable[[Path, str, Path], Iterable[Unpacked | Failure]]
"""Writes the files of an archive called by a name into a folder."""


@dataclass(frozen=True, slots=True)
class Deposit:
    """A file received: ``name`` is the one the visitor gave (with its folders), ``path`` where it lies on the server, never shown."""

    token: str
    owner: str
    name: str
    path: Path
    bytes: int
    is_archive: bool


class Deposits:
    """The files received since the page opened; ``recognise`` tells what they are."""

    def __init__(self, folder: Path, recognise: Recognise, clock: Callable[[], float] = time.time) -> None:
        self._folder, self._recognise, self._clock = folder, recognise, clock
        self._lock = threading.Lock()
        self._held: dict[str, tuple[Deposit, float]] = {}
        self._coming: dict[
            str, tuple[str, int]
        ] = {}  # owner and bytes of what is still being received: several at once share one room
        shutil.rmtree(folder, ignore_errors=True)  # what a stopped server left belongs to nobody

    async def receive(self, owner: str, name: str, pieces: AsyncIterator[bytes]) -> Deposit:
        """Takes a file in.

        Raises:
            UsageError: the name is none, or the visitor left too much.
            ReadingError: too large, empty, or of a kind that is not read.
            ExportError: the disk refuses.
        """
        path = safe_path(name)
        self.forget_old()
        token = secrets.token_urlsafe(18)
        place = self._folder / token / path
        try:
            self._take_room(owner, token, 0, path.name)
            with written(Path(path.name)):
                place.parent.mkdir(parents=True, mode=0o700)
                size = 0
                with place.open("wb") as file:
                    async for piece in pieces:
                        size += len(piece)
                        self._take_room(owner, token, size, path.name)
                        file.write(piece)
                    file.flush()
                    await asyncio.to_thread(os.fsync, file.fileno())
            if not size:
                raise EmptyFileError(f"« {path.name} » est vide.", "Téléchargez-le ou copiez-le de nouveau.")
            is_archive = await asyncio.to_thread(self._recognise, place, path.name) is None
            deposit = Deposit(token, owner, str(path), place, size, is_archive)
            with self._lock:
                self._held[token] = (deposit, self._clock())
            return deposit
        except BaseException:
            shutil.rmtree(self._folder / token, ignore_errors=True)
            raise
        finally:
            with self._lock:
                self._coming.pop(token, None)

    def of(self, owner: str, tokens: object) -> tuple[Deposit, ...]:
        """The deposits of ``tokens`` that belong to ``owner``; another's are as if they were not there."""
        wanted = (
            [token for token in tokens if isinstance(token, str)] if isinstance(tokens, list | tuple) else []
        )
        with self._lock:
            return tuple(
                self._held[token][0]
                for token in wanted
                if token in self._held and self._held[token][0].owner == owner
            )

    def keep(self, deposits: tuple[Deposit, ...], folder: Path, collection: str) -> list[Path]:
        """Moves deposits where indexed documents stay (``folder``/collection/token/name): their pages are looked at later.

        Raises:
            ExportError: the disk refuses; they are all where they were.
        """
        shelf, moved = folder / safe_path(collection.replace("/", "-")), list[Deposit]()
        with written(Path(collection)):
            try:
                shelf.mkdir(parents=True, exist_ok=True, mode=0o700)
                for deposit in deposits:
                    _move(self._folder / deposit.token, shelf / deposit.token)
                    moved.append(deposit)
            except OSError:
                for deposit in moved:
                    _move(shelf / deposit.token, self._folder / deposit.token)
                raise
        with self._lock:
            for deposit in deposits:
                self._held.pop(deposit.token, None)
        return [shelf / deposit.token / deposit.name for deposit in deposits]

    def opened(
        self, deposits: tuple[Deposit, ...], unpack: Unpack
    ) -> Iterator[tuple[str, Callable[[], BinaryIO]] | Failure]:
        """The documents of deposits, those of archives one by one: each name, and what opens it; and what of an archive was not opened.

        Raises:
            ReadingError: see ``Readers.unpack``.
            ExportError: the disk refuses.
        """
        for deposit in deposits:
            if not deposit.is_archive:
                yield PurePosixPath(deposit.name).name, partial(_opened, deposit.path)
                continue
            with written(Path(deposit.path.name)):
                place = tempfile.TemporaryDirectory(dir=self._folder)
            with place as folder:
                for member in unpack(deposit.path, deposit.path.name, Path(folder)):
                    yield (
                        member
                        if isinstance(member, Failure)
                        else (_bare(member.name), partial(_opened, member.path))
                    )

    def forget(self, deposits: tuple[Deposit, ...]) -> None:
        """Erases deposits."""
        for deposit in deposits:
            with self._lock:
                self._held.pop(deposit.token, None)
            shutil.rmtree(self._folder / deposit.token, ignore_errors=True)

    def forget_old(self) -> None:
        """Erases what was left for more than ``KEPT_SECONDS``."""
        with self._lock:
            old = tuple(
                deposit for deposit, when in self._held.values() if self._clock() - when > KEPT_SECONDS
            )
        self.forget(old)

    def _take_room(self, owner: str, token: str, size: int, name: str) -> None:
        """Notes that ``size`` bytes of a deposit are there.

        Raises:
            UsageError: the visitor left too many files already.
            ReadingError: the file is too large, for itself or beside the others.
        """
        with self._lock:
            sizes = [deposit.bytes for deposit, _ in self._held.values() if deposit.owner == owner]
            sizes += [
                bytes_ for other, (whose, bytes_) in self._coming.items() if whose == owner and other != token
            ]
            if len(sizes) >= MAX_FILES or sum(sizes) >= MAX_BYTES:
                raise UsageError(
                    f"Vous avez déjà déposé {len(sizes)} fichiers ({sum(sizes) // 1_000_000} Mo).",
                    "Traitez ou retirez ceux-là avant d'en déposer d'autres.",
                )
            most = min(MAX_ARCHIVE_BYTES, MAX_BYTES - sum(sizes))
            if size > most:
                raise ReadingError(
                    f"« {name} » est trop gros (plus de {most // 1_000_000} Mo).", "Découpez-le."
                )
            self._coming[token] = (owner, size)


def gathered(deposits: tuple[Deposit, ...], folder: Path, *, each: bool) -> None:
    """Puts deposits into ``folder`` under their own names: folders and archives as they are, loose files together (``each``: side by side)."""
    for deposit in deposits:
        relative = PurePosixPath(deposit.name)
        loose = len(relative.parts) == 1 and not each and not deposit.is_archive
        place = folder / (_TOGETHER / relative if loose and len(deposits) > 1 else relative)
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        shutil.copy2(deposit.path, place)


def _move(source: Path, target: Path) -> None:
    """Moves a folder, whole or not at all; ``target`` is not there. Raises OSError."""
    try:
        source.replace(target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        half = target.with_name(f".{target.name}")  # on another disk
        try:
            shutil.copytree(source, half)
            half.replace(target)
        finally:
            shutil.rmtree(half, ignore_errors=True)
        shutil.rmtree(source, ignore_errors=True)


def _bare(name: str) -> str:
    """The file's own name, without the archives and folders around it."""
    return PurePosixPath(name.rpartition(archives.SEPARATOR)[2]).name


def _opened(path: Path) -> BinaryIO:
    return path.open("rb")


def safe_path(name: str) -> PurePosixPath:
    """A name as a relative path that leads nowhere else: no root, no ``..``, no hidden file, no control or direction character.

    Raises:
        UsageError: nothing is left of it.
    """
    parts = []
    for raw in unicodedata.normalize("NFC", name).replace("\\", "/").split("/"):
        part = _FORBIDDEN.sub("_", raw).strip(" .")
        if part:
            stem, suffix = PurePosixPath(part).stem, PurePosixPath(part).suffix[:12]
            parts.append(stem[: _MAX_NAME - len(suffix)] + suffix)
    if not parts:
        raise UsageError("Ce fichier n'a pas de nom.", "Donnez-lui un nom, puis recommencez.")
    return PurePosixPath(*parts[-_MAX_DEPTH:])
