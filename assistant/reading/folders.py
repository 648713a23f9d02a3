"""The files of a folder, less those that it asks to leave alone."""

import fnmatch
from collections.abc import Iterator
from pathlib import Path

# Lines of it are patterns of paths within its folder; those that begin with # are remarks.
IGNORE_FILE = ".assistant-ignore"


def walk(folder: Path, ignored: tuple[tuple[Path, str], ...] = ()) -> Iterator[Path]:
    """Every file under ``folder``, in no order, but hidden ones, what an ``IGNORE_FILE`` names there or above, and folders that are links.

    Args:
        folder: absolute, as it is resolved.
        ignored: (folder, pattern) that hold already.
    """
    patterns = folder / IGNORE_FILE
    if patterns.is_file():
        ignored += tuple((folder, line.strip()) for line in patterns.read_text(encoding="utf-8").splitlines() if line.strip() and not line.startswith("#"))
    for child in folder.iterdir():
        if child.name.startswith(".") or any(fnmatch.fnmatch(child.relative_to(root).as_posix(), pattern) for root, pattern in ignored):
            continue
        if child.is_dir() and not child.is_symlink():
            yield from walk(child, ignored)
        elif child.is_file():
            yield child
