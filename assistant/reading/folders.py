"""The files of a folder, less those that it asks to leave alone."""

import fnmatch
from collections.abc import Iterator
from pathlib import Path

# Lines of it are patterns of paths within its folder; those that begin with # are remarks.
IGNORE_FILE = ".assistant-ignore"


def walk(folder: Path) -> Iterator[Path]:
    """Every file under ``folder`` (absolute, as it is resolved), in no order.

    Left out: hidden files, what an ``IGNORE_FILE`` names in their folder or above, folders that are links, and links to files that lie elsewhere.
    """
    return _walk(folder, folder, ())


def _walk(folder: Path, top: Path, ignored: tuple[tuple[Path, str], ...]) -> Iterator[Path]:
    patterns = folder / IGNORE_FILE
    if patterns.is_file():
        ignored += tuple((folder, line.strip()) for line in patterns.read_text(encoding="utf-8").splitlines() if line.strip() and not line.startswith("#"))
    for child in folder.iterdir():
        if child.name.startswith(".") or any(fnmatch.fnmatch(child.relative_to(root).as_posix(), pattern) for root, pattern in ignored):
            continue
        if child.is_dir() and not child.is_symlink():
            yield from _walk(child, top, ignored)
        elif child.is_file() and child.resolve().is_relative_to(top):
            yield child
