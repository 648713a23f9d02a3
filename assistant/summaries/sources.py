"""What there is to summarise: files, folders and archives, in consultations. Members of archives come one at a time, within the limits of ``archives``."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, count, islice
from pathlib import Path, PurePosixPath

from assistant import reading
from assistant.datatypes import Failure
from assistant.errors import AssistantError, DamagedFileError, UsageError
from assistant.reading import archives
from assistant.reading.archives import Budget, Member
from assistant.reading.folders import walk

# Dated rules, written questions and sheets are no documents of a tender.
READ = reading.SUPPORTED - {".jsonl", ".ndjson", ".yaml"}
# What Windows and the platforms of the State refuse in a name, and what would leave the folder of results.
_UNSAFE = re.compile(r'[<>:"|?*\\\x00-\x1f]+')
_LONGEST_NAME = 120
# Two processes more load their models in three seconds each; a file is read in one.
_FEW = 4


@dataclass(frozen=True, slots=True)
class Group:
    """A consultation: ``name`` for people and for its files, ``origin`` the folder, archive or file that holds its documents."""

    name: str
    origin: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A document to summarise: a file, or the bytes of a member.

    Attributes:
        source: where to read it.
        name: what to call it (``dce.zip › CCAP.pdf`` for a member).
        origin: its path, for links; the archive's path for a member.
        sha256: of its bytes; empty where they cannot be read, which reading says.
        place: where its result goes, relative to the folder of results, without ending.
        group: the consultation that it belongs to.
        budget: what the files that it carries may take.
        depth: how many archives and messages hold it.
    """

    source: Path | bytes
    name: str
    origin: str
    sha256: str
    place: PurePosixPath
    group: Group
    budget: Budget
    depth: int = 0

    @property
    def bare_name(self) -> str:
        """The file's own name, without the archives and folders around it."""
        return re.split(r"[/\\]|" + archives.SEPARATOR.strip(), self.name)[-1].strip()


@dataclass(frozen=True, slots=True)
class Refusal:
    """Something that cannot be summarised, and why."""

    group: Group
    failure: Failure


@dataclass(frozen=True, slots=True)
class Entry:
    """A file that the user gave or that a folder holds: a document or an archive. ``name`` is its path within its consultation."""

    path: Path
    name: str
    place: PurePosixPath
    group: Group


def are_few(paths: Sequence[Path]) -> bool:
    """Whether these are some files without an archive: other processes would take longer to start than they to read."""
    found = list(islice(chain.from_iterable(walk(path) if path.is_dir() else (path,) for path in paths), _FEW + 1))
    return len(found) <= _FEW and not any(one.suffix.lower() in archives.SUFFIXES for one in found)


def entries(paths: Sequence[Path], *, each: bool = False) -> tuple[Entry, ...]:
    """The files of ``paths``, in their order, each once.

    A folder with documents of its own is one consultation; a folder of folders has one in each; an archive is one; a file given by itself is one.

    Args:
        paths: files, folders and archives.
        each: every file is a consultation of its own (folders of notices).

    Raises:
        UsageError: a path does not exist.
    """
    found: dict[Path, Entry] = {}
    for path in paths:
        for entry in _entries(path, each):
            found.setdefault(entry.path, entry)
    return tuple(found.values())


def _entries(path: Path, each: bool) -> Iterator[Entry]:
    if not path.exists():
        raise UsageError(f"Le chemin « {path} » n'existe pas.", "Vérifiez l'orthographe du chemin.")
    top = path.resolve()
    if top.is_file():
        yield Entry(top, top.name, PurePosixPath(top.stem), Group(top.stem, str(top)))
        return
    files = [one for one in sorted(walk(top)) if one.suffix.lower() in READ | archives.SUFFIXES]
    whole = any(one.parent == top and one.suffix.lower() not in archives.SUFFIXES for one in files)
    for one in files:
        relative = one.relative_to(top)
        place = PurePosixPath(*relative.parts[:-1], one.stem)
        if each or (one.parent == top and one.suffix.lower() in archives.SUFFIXES):
            group = Group(one.stem, str(one))
        elif whole:
            group = Group(top.name, str(top))
        else:
            group = Group(relative.parts[0], str(top / relative.parts[0]))
        yield Entry(one, one.name if Path(group.origin) == one else one.relative_to(group.origin).as_posix(), place, group)


def pieces(entry: Entry, places: "Places") -> Iterator[Piece | Refusal]:
    """The documents of one entry: itself, or the members of an archive, read one at a time."""
    if archives.is_archive(entry.path, entry.path.name):
        yield from _members(entry, places)
    elif entry.path.suffix.lower() in archives.SUFFIXES - reading.SUPPORTED:
        error = DamagedFileError(f"« {entry.path.name} » n'est pas une archive malgré son nom, ou elle est abîmée.", "Téléchargez-la de nouveau.")
        yield refusal(entry.group, str(entry.path), error)
    else:
        place = places.take(entry.place, entry.path.name)
        yield Piece(entry.path, entry.name, str(entry.path), digest_of(entry.path), place, entry.group, Budget())


def _members(entry: Entry, places: "Places") -> Iterator[Piece | Refusal]:
    budget = Budget()
    try:
        for found in archives.members(entry.path, entry.path.name, budget=budget):
            made = member(found, entry.path.name, entry.place, str(entry.path), entry.group, places, budget, 1)
            if made is not None:
                yield made
    except AssistantError as error:
        yield refusal(entry.group, str(entry.path), error)


def member(
    found: Member | archives.Refused, holder: str, place: PurePosixPath, origin: str, group: Group, places: "Places", budget: Budget, depth: int
) -> Piece | Refusal | None:
    """A member of the archive or message called ``holder``; None for what is no document (a drawing, a program)."""
    if isinstance(found, archives.Refused):
        return refusal(group, found.name, found.error)
    inside = found.name.removeprefix(holder).removeprefix(archives.SEPARATOR)
    path = PurePosixPath(*(part.strip() for part in inside.replace(archives.SEPARATOR, "/").split("/")))
    if path.suffix and path.suffix.lower() not in READ:
        return None
    target = places.take(place / path.parent / (path.stem or path.name), path.name)
    return Piece(found.data, found.name, origin, hashlib.sha256(found.data).hexdigest(), target, group, budget, depth)


def refusal(group: Group, origin: str, error: AssistantError) -> Refusal:
    """An error as the failure of a file."""
    return Refusal(group, Failure(origin, error.message, error.hint))


def digest_of(path: Path) -> str:
    """The SHA-256 of a file's bytes, or an empty text where they cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


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
        for candidate in chain((safe, safe.with_name(_safe(name))), (safe.with_name(f"{safe.name} ({number})") for number in count(2))):
            if str(candidate).casefold() not in self._taken:
                self._taken.add(str(candidate).casefold())
                return candidate
        raise AssertionError("an endless choice ends")


def _safe(part: str) -> str:
    clean = _UNSAFE.sub("_", part).strip(" .") or "document"
    return clean[:_LONGEST_NAME]
