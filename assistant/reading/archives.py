"""Archives: ZIP and TAR, nested, to their members' bytes. Nothing is written to disk: a member is read into memory, within limits, or refused and said.

A member is known as ``dce.zip › annexes/CCAP.pdf``, one inside an archive inside as ``dce.zip › annexes.zip › plan.pdf``.
"""

import bz2
import gzip
import io
import lzma
import re
import stat
import struct
import tarfile
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, NamedTuple

from assistant.errors import (
    AssistantError,
    DamagedFileError,
    EmptyFileError,
    EncryptedFileError,
    ReadingError,
)
from assistant.reading.characters import storable
from assistant.reading.folders import LEFT_BY_SYSTEMS
from assistant.reading.formats import suffix_of

SEPARATOR = " › "
# Endings under which archives come; .7z and .rar are not opened, and the user is told so.
SUFFIXES = frozenset((".zip", ".tar", ".tgz", ".gz", ".tbz2", ".bz2", ".txz", ".xz", ".7z", ".rar"))

# The pieces of a large works tender, plans included, are some hundreds; more than this is a bomb or a whole disk.
MAX_MEMBERS = 10_000
# Platforms pack lots in a DCE, and firms pack folders in lots: three levels are met. Quines nest without end.
MAX_DEPTH = 5
# Platforms refuse DCEs of more than 1 to 2 GB; at 200 MB/s this takes ten seconds to expand.
MAX_EXPANDED_BYTES = 2 * 1024**3
# A file that is larger is not read by the assistant either (``reading.MAX_FILE_BYTES``); it is held in memory.
MAX_MEMBER_BYTES = 512 * 1024**2
# Deflate's best is 1,032; XML and blank plans reach 100. Small members are let be: a page of zeros does no harm.
MAX_RATIO = 200
RATIO_FROM_BYTES = 16 * 1024**2
# Of a member's path, its end: hostile archives have names of 60,000 characters, thousands of them.
LONGEST_PATH = 450

_DRIVE = re.compile(r"[A-Za-z]:")
_ENCRYPTED, _UTF8 = 0x1, 0x800
_UNICODE_PATH_FIELD = 0x7075  # Info-ZIP Unicode Path, APPNOTE 4.6.9
_UNIX = 3
# What a French file name holds beside ASCII. Capitals with accents other than these mean that the encoding is wrong.
_FRENCH = frozenset("éèêëàâäîïôöùûüçœæÿÉÈÊËÀÂÎÏÔÙÛÜÇŒ°’«»–—€№²³§…")
_ALONE = frozenset("àÀ°«»–—€№§…")
_ENCODINGS = (
    "cp850",
    "cp1252",
    "cp437",
)  # the first of the best wins: Windows' own ZIP folder writes CP850 in French
_STARTS = (
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"PK\x07\x08", "zip"),
    (b"\x1f\x8b", "tar"),
    (b"BZh", "tar"),
    (b"\xfd7zXZ\x00", "tar"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"Rar!", "rar"),
)
_TAR_MAGIC, _TAR_MAGIC_AT = b"ustar", 257
_HEAD_BYTES = 512
# Members that only Office and OpenDocument files have at their root: those are documents.
_PACKAGE_MEMBERS = frozenset(("[Content_Types].xml", "mimetype"))
# Where the first member's name begins in a ZIP (APPNOTE 4.3.7).
_FIRST_NAME_AT = 30
_AGAIN = "Téléchargez-la ou copiez-la de nouveau."
_BROKEN = (
    zipfile.BadZipFile,
    tarfile.TarError,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,
    ValueError,
    IndexError,
    KeyError,
    struct.error,
    RuntimeError,
    NotImplementedError,
    OverflowError,
    MemoryError,
)


class Member(NamedTuple):
    """A file of an archive: its display name from the outermost archive on, and its bytes."""

    name: str
    data: bytes


class Refused(NamedTuple):
    """Something of an archive that was not opened, and why."""

    name: str
    error: AssistantError


@dataclass(slots=True)
class Budget:
    """What the members of one outermost archive may still take together, however they nest."""

    members: int = MAX_MEMBERS
    expanded_bytes: int = MAX_EXPANDED_BYTES
    names: dict[str, int] = field(default_factory=dict)

    def take(self, size: int) -> None:
        """Counts a member of ``size`` bytes.

        Raises:
            ReadingError: there is no room for it.
        """
        self.members -= 1
        self.expanded_bytes -= size
        if self.members < 0:
            raise ReadingError(
                f"Plus de {MAX_MEMBERS} fichiers dans une seule archive.",
                "Décompressez-la, et n'indexez que le dossier utile.",
            )
        if self.expanded_bytes < 0:
            raise ReadingError(
                f"Plus de {MAX_EXPANDED_BYTES // 1024**2} Mo une fois décompressée.",
                "Décompressez-la, et n'indexez que le dossier utile.",
            )

    def unique(self, name: str) -> str:
        """``name``, or ``name (2)`` when it was given already: an archive may hold a name twice."""
        self.names[name] = count = self.names.get(name, 0) + 1
        suffix = PurePosixPath(name).suffix
        return name if count == 1 else f"{name.removesuffix(suffix)} ({count}){suffix}"


_Stream = IO[bytes] | gzip.GzipFile | bz2.BZ2File | lzma.LZMAFile


class _Member(NamedTuple):
    path: str
    refusal: AssistantError | None
    read: "_Reader | None"


class _Reader:
    """Reads one member, once."""

    def __init__(self, source: IO[bytes], packed: int | None) -> None:
        self._source, self._packed = source, packed

    def data(self, name: str) -> bytes:
        limit = (
            MAX_MEMBER_BYTES
            if self._packed is None
            else min(MAX_MEMBER_BYTES, max(RATIO_FROM_BYTES, self._packed * MAX_RATIO))
        )
        with self._source:
            data = self._source.read(limit + 1)
        if len(data) > limit:
            what = (
                f"plus de {MAX_MEMBER_BYTES // 1024**2} Mo"
                if limit == MAX_MEMBER_BYTES
                else f"plus de {MAX_RATIO} fois sa taille"
            )
            raise ReadingError(
                f"« {name} » fait {what} une fois décompressé : il n'est pas lu, par sécurité.",
                "Extrayez-le vous-même s'il est sûr.",
            )
        return data


def is_archive(source: Path | bytes, name: str) -> bool:
    """Whether ``source`` is an archive and no document: told by its bytes. A file that cannot be opened is none."""
    return _kind(source, name) is not None


def looks_packed(source: Path | bytes, name: str) -> bool:
    """Whether ``source`` begins as an archive does, and not as a document; nothing of it is parsed, so some documents do too (see ``is_archive``)."""
    head = _head(source)
    return _kind_of(head, name) is not None and not any(
        head.startswith(first.encode(), _FIRST_NAME_AT) for first in _PACKAGE_MEMBERS
    )


def no_archive(name: str) -> DamagedFileError:
    """What is said of a file that has the name of an archive and is none."""
    return DamagedFileError(
        f"« {name} » n'est pas une archive malgré son nom, ou elle est abîmée.", "Téléchargez-la de nouveau."
    )


def opened(source: Path | bytes, name: str, budget: Budget, depth: int) -> Iterator[Member | Refused] | None:
    """The members of an archive, None of a document: in this process, so for the one that reads strangers' files (``worker``) alone."""
    return members(source, name, budget=budget, depth=depth) if is_archive(source, name) else None


Open = Callable[[Path | bytes, str, Budget, int], Iterator[Member | Refused] | None]
"""What opens archives: ``opened``, or a process of its own (``isolation.Readers.opened``), which raises ReadingError when that process is given up."""


def members(
    source: Path | bytes, name: str, *, budget: Budget | None = None, depth: int = 1
) -> Iterator[Member | Refused]:
    """The files of an archive and of the archives in it, in their order, read one at a time.

    Folders and what systems add (``folders.LEFT_BY_SYSTEMS``) are passed over in silence; links, devices, paths that lead out, members under a
    password and members beyond the limits come back as ``Refused``, and the others go on.

    Args:
        source: the archive; a path is read where it lies, whatever its size.
        name: what to call it.
        budget: shared with an archive around this one.
        depth: 1 for the outermost.

    Raises:
        DamagedFileError: it cannot be opened, or not to its end: what came before stands.
        EmptyFileError: it has no file.
        EncryptedFileError: all its members need a password.
        ReadingError: a kind that is not opened (7z, RAR), nested too deep, or too many or too large members: what came before stands.
    """
    budget = budget or Budget()
    if depth > MAX_DEPTH:
        raise ReadingError(
            f"« {name} » est une archive dans {MAX_DEPTH} autres : elle n'est pas ouverte, par sécurité.",
            "Extrayez-la vous-même.",
        )
    kind = _kind(source, name)
    if kind in ("7z", "rar"):
        raise ReadingError(
            f"« {name} » est une archive {kind.upper()} : ce format n'est pas ouvert.",
            "Extrayez-en les fichiers, puis indexez leur dossier.",
        )
    held = _zip_members(source, name) if kind == "zip" else _tar_members(source, name)
    found = False
    try:
        for member in held:
            found = True
            yield from _members_of(member, name, budget, depth, opened)
    except _BROKEN as error:
        raise DamagedFileError(
            f"« {name} » est une archive tronquée ou abîmée : elle ne peut pas être lue jusqu'au bout.",
            _AGAIN,
        ) from error
    if not found:
        raise EmptyFileError(
            f"« {name} » est une archive sans aucun fichier.",
            "Demandez-la de nouveau à qui vous l'a envoyée.",
        )


def _members_of(
    member: _Member, archive: str, budget: Budget, depth: int, open_: Open
) -> Iterator[Member | Refused]:
    if member.refusal is None and LEFT_BY_SYSTEMS.search(member.path):
        return
    name = budget.unique(f"{archive}{SEPARATOR}{member.path[-LONGEST_PATH:]}")
    if member.read is None or member.refusal:
        yield Refused(name, member.refusal or ReadingError(f"« {name} » n'est pas un fichier."))
        return
    try:
        data = member.read.data(name)
    except ReadingError as error:
        budget.take(0)
        yield Refused(name, error)
        return
    except _BROKEN as error:
        budget.take(0)
        yield Refused(name, _unreadable_member(name, error))
        return
    try:
        budget.take(len(data))
    except ReadingError as error:
        raise ReadingError(
            f"« {archive} » s'arrête à « {member.path} ». {error.message}", error.hint
        ) from error
    try:
        inner = open_(data, name, budget, depth + 1)
        yield from (Member(name, data),) if inner is None else inner
    except ReadingError as error:
        if budget.members < 0 or budget.expanded_bytes < 0:
            raise
        yield Refused(name, error)


def _unreadable_member(name: str, error: Exception) -> AssistantError:
    if (
        isinstance(error, RuntimeError)
        and not isinstance(error, NotImplementedError)
        and "password" in str(error)
    ):
        return EncryptedFileError(
            f"« {name} » est protégé par un mot de passe.", "Extrayez-le avec son mot de passe."
        )
    if isinstance(error, NotImplementedError):
        return ReadingError(
            f"« {name} » est comprimé d'une façon qui n'est pas lue.",
            "Extrayez l'archive avec 7-Zip, puis indexez son dossier.",
        )
    return DamagedFileError(f"« {name} » est abîmé dans son archive.", _AGAIN)


def _head(source: Path | bytes) -> bytes:
    if isinstance(source, bytes):
        return source[:_HEAD_BYTES]
    try:
        with source.open("rb") as file:
            return file.read(_HEAD_BYTES)
    except OSError:
        return b""


def _kind(source: Path | bytes, name: str) -> str | None:
    kind = _kind_of(_head(source), name)
    return None if kind == "zip" and _is_package(source) else kind


def _kind_of(head: bytes, name: str) -> str | None:
    """By the first bytes; a ZIP under the name of a document is one."""
    kind = next((kind for start, kind in _STARTS if head.startswith(start)), None)
    if kind is None and head[_TAR_MAGIC_AT : _TAR_MAGIC_AT + len(_TAR_MAGIC)] == _TAR_MAGIC:
        return "tar"
    return None if kind == "zip" and suffix_of(name) not in ("", ".zip") else kind


def _is_package(source: Path | bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(source) if isinstance(source, bytes) else source) as archive:
            return not _PACKAGE_MEMBERS.isdisjoint(archive.namelist())
    except _BROKEN:
        return False


# ---- ZIP ----------------------------------------------------------------------------------------------------------------------------------


def _zip_members(source: Path | bytes, name: str) -> Iterator[_Member]:
    with zipfile.ZipFile(io.BytesIO(source) if isinstance(source, bytes) else source) as archive:
        files = [info for info in archive.infolist() if not info.is_dir()]
        if files and all(info.flag_bits & _ENCRYPTED for info in files):
            raise EncryptedFileError(
                f"« {name} » est protégée par un mot de passe.",
                "Extrayez-la avec son mot de passe, puis indexez son dossier.",
            )
        for info in files:
            path = _path(zip_name(info))
            refusal = _refusal(name, path, link=_is_special(info))
            yield _Member(path, refusal, None if refusal else _LazyZip(archive, info))


class _LazyZip(_Reader):
    def __init__(self, archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> None:
        self._archive, self._info = archive, info

    def data(self, name: str) -> bytes:
        return _Reader(self._archive.open(self._info), self._info.compress_size).data(name)


def _is_special(info: zipfile.ZipInfo) -> bool:
    mode = info.external_attr >> 16
    return info.create_system == _UNIX and stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR)


def zip_name(info: zipfile.ZipInfo) -> str:
    """A member's name: as it is declared when it is declared UTF-8, else in the encoding that makes the best French of it."""
    declared = _unicode_path(info.extra)
    if declared is not None:
        return declared
    if info.flag_bits & _UTF8 or info.orig_filename.isascii():
        return info.orig_filename
    return guess_name(info.orig_filename.encode("cp437", errors="replace"))


def guess_name(raw: bytes) -> str:
    """The characters of a name whose encoding nobody declares: UTF-8 where it is valid, else the most French of CP850, CP1252 and CP437."""
    try:
        return unicodedata.normalize("NFC", raw.decode("utf-8"))
    except UnicodeDecodeError:
        return max((raw.decode(encoding, errors="replace") for encoding in _ENCODINGS), key=_frenchness)


def _frenchness(name: str) -> int:
    score = 0
    for before, character, after in zip(" " + name, name, name[1:] + " ", strict=False):
        if character.isascii():
            continue
        inside = before.isalpha() or after.isalpha()
        fits = character in _FRENCH and (character in _ALONE or inside)
        # « DÉLAI » and « Élan » are French, « dÉlai » is not: a capital after a small letter is an encoding mistake.
        score += 1 if fits and not (character.isupper() and before.islower()) else -2
    return score


def _unicode_path(extra: bytes) -> str | None:
    at = 0
    while at + 4 <= len(extra):
        tag, size = struct.unpack_from("<HH", extra, at)
        if tag == _UNICODE_PATH_FIELD and size > 5:
            try:
                return extra[at + 9 : at + 4 + size].decode("utf-8")
            except UnicodeDecodeError:
                return None
        at += 4 + size
    return None


# ---- TAR ----------------------------------------------------------------------------------------------------------------------------------


class _Bounded(io.RawIOBase):
    """An expanded stream that ends in an error beyond the limit: members that are skipped are expanded too."""

    def __init__(self, source: _Stream, name: str) -> None:
        self._source, self._name, self._left = source, name, MAX_EXPANDED_BYTES

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1, /) -> bytes:
        data = self._source.read(size)
        self._left -= len(data)
        if self._left < 0:
            raise ReadingError(
                f"« {self._name} » : plus de {MAX_EXPANDED_BYTES // 1024**2} Mo une fois décompressée.",
                "N'indexez que le dossier utile.",
            )
        return data


def _tar_members(source: Path | bytes, name: str) -> Iterator[_Member]:
    with (
        io.BytesIO(source) if isinstance(source, bytes) else source.open("rb") as file,
        _expanded(file) as expanded,
        tarfile.open(
            fileobj=_Bounded(expanded, name), mode="r|", encoding="utf-8", errors="surrogateescape"
        ) as archive,
    ):
        for info in archive:
            if info.isdir():
                continue
            path = _path(guess_name(info.name.encode("utf-8", errors="surrogateescape")))
            refusal = _refusal(name, path, link=not info.isreg())
            content = None if refusal else archive.extractfile(info)
            yield _Member(path, refusal, _Reader(content, None) if content else None)


def _expanded(file: IO[bytes]) -> _Stream:
    start = file.read(6)
    file.seek(0)
    if start.startswith(b"\x1f\x8b"):
        return gzip.GzipFile(fileobj=file)
    if start.startswith(b"BZh"):
        return bz2.BZ2File(file)
    if start.startswith(b"\xfd7zXZ"):
        return lzma.LZMAFile(file)
    return file


# ---- names --------------------------------------------------------------------------------------------------------------------------------


def _path(raw: str) -> str:
    """A member's path with slashes, without characters that cannot be stored."""
    path = storable(raw.split("\x00", 1)[0]).replace("\\", "/").replace("\n", " ")
    return re.sub(r"^(?:\./)+", "", path)


def _refusal(archive: str, path: str, *, link: bool) -> ReadingError | None:
    name = f"{archive}{SEPARATOR}{path[-LONGEST_PATH:]}"
    if link:
        return ReadingError(
            f"« {name} » est un lien ou un fichier spécial : il n'est pas suivi, par sécurité.",
            "Remplacez-le par le fichier lui-même.",
        )
    if not path.strip("/. "):
        return ReadingError(f"« {name} » n'a pas de nom de fichier.", "Refaites l'archive.")
    if path.startswith("/") or _DRIVE.match(path) or ".." in path.split("/"):
        return ReadingError(
            f"« {name} » désigne un chemin hors de l'archive : il n'est pas lu, par sécurité.",
            "Refaites l'archive avec des chemins relatifs.",
        )
    return None


def carried(
    files: Iterable[tuple[str, bytes]], name: str, *, budget: Budget, depth: int, open_: Open
) -> Iterator[Member | Refused]:
    """The files that a document called ``name`` carries (a message's attachments), under the same names and limits as an archive's members."""
    for path, data in files:
        yield from _members_of(
            _Member(path, None, _Reader(io.BytesIO(data), None)), name, budget, depth, open_
        )
