"""Batches of summaries that a person keeps, one folder each: the pieces that were dropped, and what came of them.

The folder of a person is named by a digest: a name may hold what a file system does not take.
"""

import hashlib
import re
import secrets
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from assistant import whole_file
from assistant.errors import UsageError
from assistant.site import private_files
from assistant.site.uploads import STALE_SECONDS

FOLDER = Path("page") / "syntheses"
_ID = re.compile(r"\.?\d{8}-\d{6}-[0-9a-f]{6}")
_TITLE = "titre.txt"
# Before the name of a batch that is being filled: one that a stopped server leaves is shown to nobody, and goes at a start once it is so old.
_BEGUN = "."


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch. ``each``: every file is a consultation by itself."""

    folder: Path
    title: str
    each: bool

    @property
    def id(self) -> str:
        """Its name for its owner's page."""
        return self.folder.name

    @property
    def day(self) -> date:
        """When it was begun, by the clock of the machine."""
        return _day(self.folder)

    @property
    def pieces(self) -> Path:
        """Where what was dropped lies."""
        return self.folder / "entree"

    @property
    def results(self) -> Path:
        """Where what came of it lies."""
        return self.folder / "sortie"


class Batches:
    """The batches that people keep in a home."""

    def __init__(self, home: Path, clock: Callable[[], datetime] = datetime.now) -> None:
        self._folder, self._clock = home / FOLDER, clock

    def begin(self, owner: str, title: str, *, each: bool, fill: Callable[[Path], object]) -> Batch:
        """A new batch; ``fill`` puts the pieces into the folder that it is given. What it raises leaves nothing behind.

        Raises:
            ExportError: the disk refuses.
        """
        id_ = f"{self._clock():%Y%m%d-%H%M%S}-{secrets.token_hex(3)}"
        whole = Batch(self._of(owner) / id_, title, each)
        begun = Batch(private_files.folder(self._of(owner) / f"{_BEGUN}{id_}"), title, each)
        try:
            with whole_file.written(Path(title)):
                fill(private_files.folder(begun.pieces))
                private_files.folder(begun.results)
                private_files.replace(begun.folder / _TITLE, f"{int(each)}\n{title}".encode())
                begun.folder.replace(whole.folder)
        except BaseException:
            shutil.rmtree(begun.folder, ignore_errors=True)
            raise
        return whole

    def forget_begun(self) -> None:
        """Erases what servers that were stopped had begun to fill: no list shows it."""
        for left in self._folder.glob(f"*/{_BEGUN}*"):
            if self._clock().timestamp() - left.stat().st_mtime > STALE_SECONDS:
                shutil.rmtree(left, ignore_errors=True)

    def held(self, owner: str) -> tuple[Batch, ...]:
        """A person's batches, the latest first."""
        return tuple(sorted(self._held(self._of(owner)), key=lambda one: one.id, reverse=True))

    def get(self, owner: str, id_: str) -> Batch:
        """A batch of ``owner``.

        Raises:
            UsageError: he keeps no such one.
        """
        found = next((one for one in self._held(self._of(owner)) if one.id == id_), None)
        if found is None:
            raise UsageError("Cette synthèse n'est plus là.", "Déposez de nouveau les pièces.")
        return found

    def remove(self, owner: str, id_: str) -> None:
        """Erases a batch, pieces and results. Raises UsageError where there is none."""
        shutil.rmtree(self.get(owner, id_).folder)

    def purge(self, *, before: date | None = None, owner: str | None = None) -> int:
        """Erases the batches of a person, or those begun before a day; returns how many."""
        everybody = (
            [one for one in self._folder.iterdir() if one.is_dir()]
            if owner is None and self._folder.is_dir()
            else []
        )
        folders = everybody if owner is None else [self._of(owner)]
        going = [
            one for folder in folders for one in _folders(folder) if before is None or _day(one) < before
        ]
        for one in going:
            shutil.rmtree(one)
        return len(going)

    def _held(self, folder: Path) -> Iterator[Batch]:
        for one in _folders(folder):
            written = one / _TITLE
            if not one.name.startswith(_BEGUN) and written.is_file():
                each, _, title = written.read_text(encoding="utf-8").partition("\n")
                yield Batch(one, title, each == "1")

    def _of(self, owner: str) -> Path:
        return self._folder / hashlib.sha256(owner.encode()).hexdigest()[:24]


def _folders(folder: Path) -> list[Path]:
    """Those of a person's batches, whole or not."""
    return (
        [one for one in folder.iterdir() if _ID.fullmatch(one.name) and not one.is_symlink()]
        if folder.is_dir()
        else []
    )


def _day(folder: Path) -> date:
    return datetime.strptime(folder.name.removeprefix(_BEGUN)[:8], "%Y%m%d").date()
