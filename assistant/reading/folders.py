"""The files of a folder, less those that it asks to leave alone and those that systems and programs leave there."""

import fnmatch
import re
from collections.abc import Iterator
from pathlib import Path

# Lines of it are patterns of paths within its folder; those that begin with # are remarks.
IGNORE_FILE = ".assistant-ignore"
# Hidden files, what macOS and Windows add, and the lock that Word leaves beside a document that is open (« ~$CCAP.docx »).
LEFT_BY_SYSTEMS = re.compile(
    r"(?:^|/)(?:__MACOSX|\.[^/]*|~\$[^/]*|Thumbs\.db|desktop\.ini)(?:/|$)", re.IGNORECASE
)


def walk(folder: Path) -> Iterator[Path]:
    """Every file under ``folder`` (absolute, as it is resolved), in no order; special files (pipes, devices) and folders that cannot be opened too.

    Left out: ``LEFT_BY_SYSTEMS``, what an ``IGNORE_FILE`` names in their folder or above, folders that are links, and links to files that lie elsewhere.
    """
    return _walk(folder, folder, ())


def _walk(folder: Path, top: Path, ignored: tuple[tuple[Path, str], ...]) -> Iterator[Path]:
    try:
        ignored += _patterns(folder)
        children = [(child, child.is_dir()) for child in folder.iterdir()]
    except OSError:
        yield folder
        return
    for child, is_folder in children:
        if LEFT_BY_SYSTEMS.search(child.name) or any(
            fnmatch.fnmatch(child.relative_to(root).as_posix(), pattern) for root, pattern in ignored
        ):
            continue
        if is_folder and not child.is_symlink():
            yield from _walk(child, top, ignored)
        elif not is_folder and _lies_within(child, top):
            yield child


def _patterns(folder: Path) -> tuple[tuple[Path, str], ...]:
    path = folder / IGNORE_FILE
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines() if path.is_file() else []
    return tuple((folder, line.strip()) for line in lines if line.strip() and not line.startswith("#"))


def _lies_within(path: Path, top: Path) -> bool:
    """Whether a file is there, and not elsewhere by a link."""
    try:
        return path.exists() and path.resolve().is_relative_to(top)
    except OSError:
        return False
