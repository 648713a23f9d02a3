"""What the user gave, to pieces: one way through files, folders, archives and messages, for the index, the summaries and the review.

``files`` finds the files, ``pieces`` takes each apart, and ``carried`` goes on with what a piece turns out to carry once it was read (the files attached
to a message). Archives are opened as who asks says, files are read by who asks: both in processes of their own (``isolation``), but for the worker itself.
"""

import hashlib
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath

from assistant import reading
from assistant.errors import AssistantError, ReadingError, UsageError
from assistant.reading import archives
from assistant.reading.archives import Budget, Member, Open, Refused
from assistant.reading.folders import walk

# Dated rules, written questions and sheets are no documents of a tender.
TENDER = reading.SUPPORTED - {".jsonl", ".ndjson", ".yaml"}
# Of the SHA-256 of a document, those that are its id.
ID_DIGITS = 16
_DIGITS = re.compile(r"(\d+)")
_WITHIN = re.compile(r"[/\\]|" + archives.SEPARATOR.strip())


@dataclass(frozen=True, slots=True)
class File:
    """A file that the user gave, or one of a folder that he gave.

    Attributes:
        path: as he gave it, or below the folder as he gave it.
        place: where it lies, absolute.
        top: the folder that he gave, absolute; None for a file given by itself.
        tender: the folder whose files are of one tender: ``top`` where it has documents of its own, else the one below it; None for a file by itself.
    """

    path: Path
    place: Path
    top: Path | None = None
    tender: Path | None = None

    @property
    def name(self) -> str:
        """Its own name as text: bytes of it that are no characters become « � »."""
        return _as_text(self.path.name)

    @property
    def origin(self) -> str:
        """Where it lies, as text."""
        return _as_text(str(self.place))

    @property
    def looks_packed(self) -> bool:
        """Whether it is likely an archive and no document, told by its first bytes (see ``archives``)."""
        return self.path.is_file() and archives.looks_packed(self.path, self.path.name)


@dataclass(frozen=True)
class Found:
    """A file, or something that it holds.

    Attributes:
        name: what to call it: ``CCAP.pdf``, ``dce.zip › annexes/CCAP.pdf``.
        file: the file itself, or the outermost one that holds it.
        depth: how many hold it, one after the other; 0: the file itself. Archives within an archive are counted by ``archives``.
    """

    name: str
    file: File
    depth: int

    @property
    def origin(self) -> str:
        """Where it lies: an absolute path, and the way from there within archives and messages."""
        return f"{self.file.origin}{self.way}"

    @property
    def given(self) -> str:
        """The same, beginning as the user gave it."""
        return f"{_as_text(str(self.file.path))}{self.way}"

    @property
    def way(self) -> str:
        """What comes after the file's own name (`` › annexes/CCAP.pdf``); empty for the file itself."""
        return self.name.removeprefix(self.file.name)


@dataclass(frozen=True)
class Piece(Found):
    """A document to read: ``source`` is where, or its bytes; ``holder`` the name of the archive or message that holds it, or empty.

    ``budget`` is what everything within the same file may still take together.
    """

    source: Path | bytes
    holder: str
    budget: Budget

    @property
    def inside(self) -> str:
        """Its path within what holds it."""
        return self.name.removeprefix(self.holder).removeprefix(archives.SEPARATOR)

    @property
    def bare_name(self) -> str:
        """The file's own name, without the archives and folders around it."""
        return _WITHIN.split(self.name)[-1].strip()

    @property
    def suffix(self) -> str:
        """The ending of its name, small; empty for none."""
        return PurePosixPath(self.bare_name).suffix.lower()

    @cached_property
    def sha256(self) -> str:
        """Of its bytes; empty where they cannot be read, which reading says."""
        if isinstance(self.source, bytes):
            return hashlib.sha256(self.source).hexdigest()
        try:
            with self.source.open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest()
        except OSError:
            return ""

    @property
    def id(self) -> str:
        """The id of the document, which comes from its bytes and never from its name; empty where they cannot be read."""
        return self.sha256[:ID_DIGITS]

    def may_be(self, suffixes: frozenset[str]) -> bool:
        """Whether it is worth reading as one of those: what the user named himself always is, and a member without ending may be anything."""
        return self.depth == 0 or self.suffix in suffixes | {""}


@dataclass(frozen=True)
class Refusal(Found):
    """Something that cannot be read, and why."""

    error: AssistantError


def files(paths: Iterable[Path], suffixes: frozenset[str]) -> tuple[File, ...]:
    """The files of ``paths``, each once: those given, and those of folders that end in ``suffixes`` or as archives do, in natural order (lot 2, lot 10).

    Raises:
        UsageError: a path does not exist.
    """
    found: dict[Path, File] = {}
    for path in paths:
        if not path.exists():
            raise UsageError(f"Le chemin « {path} » n'existe pas.", "Vérifiez l'orthographe du chemin.")
        for file in _of_folder(path, suffixes) if path.is_dir() else (File(path, path.resolve()),):
            found.setdefault(file.place, file)
    return tuple(found.values())


def _of_folder(folder: Path, suffixes: frozenset[str]) -> Iterator[File]:
    top = folder.resolve()
    found = sorted(
        (path for path in walk(top) if path.suffix.lower() in suffixes | archives.SUFFIXES or path.is_dir()),
        key=_natural,
    )
    whole = any(path.parent == top and path.suffix.lower() in TENDER for path in found)
    for path in found:
        inside = path.relative_to(top)
        yield File(
            folder / inside,
            path,
            top,
            top if whole else top / inside.parts[0] if len(inside.parts) > 1 else None,
        )


def _natural(path: Path) -> tuple[list[list[str | int]], Path]:
    """A key under which people's order holds: numbers by their value, capitals or not."""
    return [
        [int(part) if part.isdecimal() else part for part in _DIGITS.split(name.casefold())]
        for name in path.parts
    ], path


def pieces(file: File, open_: Open) -> Iterator[Piece | Refusal]:
    """The pieces of a file, read one at a time: itself, or the members of an archive and of the archives in it, which ``open_`` opens."""
    whole = Piece(file.name, file, 0, file.path, "", Budget())
    try:
        _require_ordinary(file)
        members = open_(file.path, whole.name, whole.budget, 1)
        if members is None and file.path.is_file() and file.path.suffix.lower() in archives.SUFFIXES:
            raise archives.no_archive(whole.name)
    except AssistantError as error:
        yield Refusal(whole.name, file, 0, error)
        return
    yield from (whole,) if members is None else _held(members, whole)


def _require_ordinary(file: File) -> None:
    name = file.name
    if file.origin != str(file.place):  # the index keeps text, and would not find this file again
        raise ReadingError(
            f"Le nom ou le dossier de « {name} » contient des octets qui ne sont pas des caractères : il n'est pas lu.",
            "Renommez-le.",
        )
    if file.path.is_dir():
        raise ReadingError(
            f"Le dossier « {name} » ne peut pas être ouvert.",
            "Donnez-vous le droit de lecture sur ce dossier, ou copiez-le.",
        )
    if file.path.exists() and not file.path.is_file():
        raise ReadingError(
            f"« {name} » n'est pas un fichier ordinaire (tube, périphérique…) : il n'est pas lu.",
            "Remplacez-le par le fichier lui-même.",
        )


def _as_text(path: str) -> str:
    """A path as the system gave it, less what cannot be written in UTF-8."""
    return os.fsencode(path).decode("utf-8", "replace")


def carried(piece: Piece, attachments: Iterable[tuple[str, bytes]], open_: Open) -> Iterator[Piece | Refusal]:
    """The pieces that a piece carries, under the same bounds: ``attachments`` are the bare names and bytes that reading it gave; ``open_`` opens archives."""
    if piece.depth < archives.MAX_DEPTH:
        yield from _held(
            archives.carried(
                attachments, piece.name, budget=piece.budget, depth=piece.depth + 1, open_=open_
            ),
            piece,
        )
    elif any(True for _ in attachments):
        message = f"« {piece.name} » est dans {archives.MAX_DEPTH} autres : les fichiers qu'il porte ne sont pas ouverts, par sécurité."
        yield Refusal(piece.name, piece.file, piece.depth, ReadingError(message, "Extrayez-les vous-même."))


def _held(found: Iterable[Member | Refused], holder: Piece) -> Iterator[Piece | Refusal]:
    depth = holder.depth + 1
    try:
        for one in found:
            if isinstance(one, Refused):
                yield Refusal(one.name, holder.file, depth, one.error)
            else:
                yield Piece(one.name, holder.file, depth, one.data, holder.name, holder.budget)
    except AssistantError as error:
        yield Refusal(holder.name, holder.file, holder.depth, error)


def opened(files: Iterable[File]) -> Iterator[Piece]:
    """Every piece, then all that pieces carry, opened in this process: for the one that reads strangers' files (``worker``) alone."""
    given = tuple(files)
    for carrying in (False, True):
        for file in given:
            for found in pieces(file, archives.opened):
                if isinstance(found, Piece):
                    yield from _all_carried(found) if carrying else (found,)


def _all_carried(piece: Piece) -> Iterator[Piece]:
    try:
        data = reading.bytes_of(piece.source) if isinstance(piece.source, Path) else piece.source
        attachments = reading.attachments(data, piece.name)
    except AssistantError:
        return  # what cannot be read carries nothing
    for found in carried(piece, attachments, archives.opened):
        if isinstance(found, Piece):
            yield found
            yield from _all_carried(found)
