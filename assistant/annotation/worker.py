"""The process in which files are read, drawn and annotated (``python -m assistant.annotation.worker``), and what is asked of it.

An annotated file is parsed and written anew: what it takes is taken from that process, within its limits.
"""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from assistant import annotation, reading
from assistant.annotation import Annotated
from assistant.datatypes import Document, Finding
from assistant.reading import worker

if TYPE_CHECKING:
    from assistant.reading.isolation import Readers

MODULE = "assistant.annotation.worker"
_OPERATION = "annotate"


def annotated(
    readers: "Readers", path: Path, document: Document, findings: Sequence[Finding], *, when: datetime
) -> Annotated:
    """See ``annotation.annotated``: a file by its path, annotated by a process of ``readers``, which start ``MODULE``.

    Raises:
        ReadingError: as ``annotation.annotated``, or it takes more time or memory than they have.
    """
    request = (_OPERATION, (str(path), document, tuple(findings), when))
    return Annotated(*readers.made_of(path, path.name, request))


def _annotated(
    path: str, document: Document, findings: Sequence[Finding], when: datetime
) -> tuple[bytes, int, int, int]:
    """A plain tuple: who asked believes no class of a process that parsed a stranger's file."""
    made = annotation.annotated(reading.bytes_of(Path(path)), document, findings, when=when)
    return made.data, made.placed, made.changes, made.apart


if __name__ == "__main__":
    worker.main({_OPERATION: _annotated})
