"""What there is to summarise, in consultations, and where each result goes."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path, PurePosixPath

from assistant.datatypes import Failure
from assistant.errors import AssistantError
from assistant.reading import archives, gathering
from assistant.reading.gathering import TENDER, File, Piece, Refusal

# What Windows and the platforms of the State refuse in a name, and what would leave the folder of results.
_UNSAFE = re.compile(r'[<>:"|?*\\\x00-\x1f]+')
_LONGEST_NAME = 120
# Two processes more load their models in three seconds each; a file is read in one.
_FEW = 4
# The consultation of files given one by one that lie in several folders.
_TOGETHER = "Pièces réunies"


@dataclass(frozen=True, slots=True)
class Group:
    """A consultation: ``name`` for people and for its files, ``origin`` the folder, archive or file that holds its documents."""

    name: str
    origin: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A file that the user gave or that a folder holds: a document or an archive.

    Attributes:
        file: where it is.
        name: its path within its consultation.
        place: where its result goes, relative to the folder of results, without ending.
        group: the consultation that it belongs to.
    """

    file: File
    name: str
    place: PurePosixPath
    group: Group


@dataclass(frozen=True, slots=True)
class Placed:
    """A piece of an entry to summarise, and where its result goes."""

    piece: Piece
    entry: Entry
    place: PurePosixPath

    @property
    def name(self) -> str:
        """What to call it within its consultation: ``annexes/CCAP.pdf``, ``dce.zip › CCAP.pdf``."""
        return self.entry.name + self.piece.way

    @property
    def origin(self) -> str:
        """Its path, for links; the archive's or the message's path for what one holds."""
        return str(self.entry.file.place)


def are_few(paths: Sequence[Path]) -> bool:
    """Whether these are some files without an archive: other processes would take longer to start than they to read."""
    found = gathering.files(paths, TENDER)
    return len(found) <= _FEW and not any(file.path.suffix.lower() in archives.SUFFIXES for file in found)


def entries(paths: Sequence[Path], *, each: bool = False) -> tuple[Entry, ...]:
    """The files of ``paths``, in their order, each once.

    A folder with documents of its own is one consultation; a folder of folders has one in each; an archive is one; files given together, in no folder, are
    one, and so is a file given alone.

    Args:
        paths: files, folders and archives.
        each: every file is a consultation of its own (folders of notices).

    Raises:
        UsageError: a path does not exist.
    """
    files = gathering.files(paths, TENDER)
    loose = [] if each else [file for file in files if file.top is None and not file.looks_packed]
    together = dict(zip(loose, _together(loose), strict=True)) if len(loose) > 1 else {}
    return tuple(together.get(file) or _entry(file, each) for file in files)


def _entry(file: File, each: bool) -> Entry:
    path = file.place
    place = PurePosixPath(path.relative_to(file.top) if file.top else file.path.name).with_suffix("")
    packed = path.parent == file.top and path.suffix.lower() in archives.SUFFIXES
    if each or packed or file.tender is None:
        return Entry(file, file.path.name, place, Group(file.path.stem, str(path)))
    return Entry(
        file, path.relative_to(file.tender).as_posix(), place, Group(file.tender.name, str(file.tender))
    )


def _together(files: Sequence[File]) -> Iterator[Entry]:
    """Files given one by one, as the files of one folder: the one that holds them all. Two of one name are told apart by their folders."""
    paths = [file.place for file in files]
    folder = next(
        (parent for parent in paths[0].parents if all(path.is_relative_to(parent) for path in paths)),
        paths[0].parent,
    )
    name = folder.name if all(path.parent == folder for path in paths) else ""
    for file, told in zip(files, _told_apart(paths), strict=True):
        yield Entry(file, str(told), told.with_suffix(""), Group(name or _TOGETHER, str(folder)))


def _told_apart(paths: Sequence[Path]) -> tuple[PurePosixPath, ...]:
    """The shortest ends of the paths that are all different."""
    ends = (tuple(PurePosixPath(*path.parts[-length:]) for path in paths) for length in count(1))
    return next(found for found in ends if len(set(found)) == len(found))


def placed(piece: Piece, entry: Entry, holder: PurePosixPath, places: "Places") -> Placed | None:
    """A piece of an entry, near the place of what holds it; None for what is no document (a drawing, a program)."""
    if not piece.may_be(TENDER):
        return None
    if not piece.depth:
        return Placed(piece, entry, places.take(entry.place, piece.name))
    path = PurePosixPath(*(part.strip() for part in piece.inside.replace(archives.SEPARATOR, "/").split("/")))
    return Placed(piece, entry, places.take(holder / path.parent / (path.stem or path.name), path.name))


def failure(found: Piece | Refusal, entry: Entry, error: AssistantError | Failure) -> Failure:
    """Why a piece of an entry has no summary, under its path; of what an archive or a message holds, under its name within the consultation."""
    return Failure(entry.name + found.way if found.depth else found.origin, error.message, error.hint)


class Places:
    """Gives each result a place of its own: two documents of one name take their endings, then numbers. The same files give the same places.

    Args:
        reserved: names that no document takes.
    """

    def __init__(self, *reserved: str) -> None:
        self._taken: set[str] = {name.casefold() for name in reserved}

    def take(self, place: PurePosixPath, name: str) -> PurePosixPath:
        """A place near ``place`` that nothing else has; ``name`` is the file's own."""
        parts = [_safe(part) for part in place.parts if part not in ("/", "..", ".", "")]
        safe = PurePosixPath(*(parts or ["document"]))
        for candidate in chain(
            (safe, safe.with_name(_safe(name))),
            (safe.with_name(f"{safe.name} ({number})") for number in count(2)),
        ):
            if str(candidate).casefold() not in self._taken:
                self._taken.add(str(candidate).casefold())
                return candidate
        raise AssertionError("an endless choice ends")


def _safe(part: str) -> str:
    clean = _UNSAFE.sub("_", part).strip(" .") or "document"
    return clean[:_LONGEST_NAME]
