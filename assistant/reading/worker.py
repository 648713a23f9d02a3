"""The process in which files are read and drawn (``python -m assistant.reading.worker``): requests come on its input, answers go to its output.

It ends when its input does.

A message is its length (8 bytes, big endian) and a pickle of plain values and of the assistant's own dataclasses. See ``isolation``, its only caller.
"""

import ctypes
import os
import pickle
import signal
import struct
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import IO, TYPE_CHECKING, Any

from assistant import reading
from assistant.datatypes import Document, Kind, Source
from assistant.errors import AssistantError, ReadingError, reason_of
from assistant.reading import archives, gathering, patience

if TYPE_CHECKING:
    from assistant.reading.page_image import PageImage

LENGTH = struct.Struct(">Q")
# Linux: the number of prctl's "send me this signal when my parent dies".
_PARENT_DEATH_SIGNAL = 1
# Of what is said of a member, sent: it names the archives around it.
_LONGEST_SAID = 3_000
NO_ROOM = "Libérez de la place sur le disque (celui des fichiers temporaires aussi), puis recommencez."

Request = tuple[str, tuple[Any, ...]]
"""The name of one of ``_OPERATIONS``, or of what ``main`` was given, and what it is given."""
Operation = Callable[..., object]
Carried = tuple[tuple[str, bytes], ...]


def send(stream: IO[bytes], message: object) -> None:
    """Writes one message."""
    data = pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)
    stream.write(LENGTH.pack(len(data)))
    stream.write(data)
    stream.flush()


def main(more: Mapping[str, Operation] = MappingProxyType({})) -> None:
    """Answers requests: ``("done", what was asked for)``, ``("refused", error class, message, hint)``, ``("exhausted",)``, ``("broken", what)``.

    ``("advanced",)`` comes once when the process is ready, then, before an answer that takes long, any number of times.

    Args:
        more: what rooms above this one do in the process, by name.
    """
    operations = {**_OPERATIONS, **more}
    answers = _private_output()
    _limit(int(sys.argv[1]))
    patience.listen(lambda: send(answers, ("advanced",)))
    patience.advanced()
    while head := sys.stdin.buffer.read(LENGTH.size):
        request: Request = pickle.loads(sys.stdin.buffer.read(LENGTH.unpack(head)[0]))  # noqa: S301 - from our own parent
        send(answers, _answer(request, operations))


def _private_output() -> IO[bytes]:
    """The output, kept from libraries that print: what they print goes nowhere."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    return answers


def _limit(memory_bytes: int) -> None:
    """Bounds this process and its children: memory, no core file, no life after its parent's."""
    try:
        import resource
    except ImportError:
        return  # not Unix: the time limit alone holds
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # Private writable memory, which is what a bomb fills. The address space counts mapped files and reserves too: LibreOffice alone reserves gigabytes.
    resource.setrlimit(resource.RLIMIT_DATA, (memory_bytes, memory_bytes))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PARENT_DEATH_SIGNAL, signal.SIGKILL)


def _answer(request: Request, operations: Mapping[str, Operation]) -> tuple[Any, ...]:
    operation, given = request
    try:
        return "done", operations[operation](*given)
    except AssistantError as error:
        return "refused", type(error).__name__, error.message, error.hint
    except MemoryError:
        return ("exhausted",)
    except Exception as error:
        return "broken", f"{type(error).__name__} : {error}"[:200]


def _read(
    path: str | None,
    data: bytes | None,
    name: str,
    kind: str,
    collection: str,
    origin: str,
    attachments_only: bool,
) -> tuple[Document | None, Carried]:
    """A file, by its path or its bytes, and the files that it carries."""
    content = reading.bytes_of(Path(path)) if path is not None else data or b""
    document = (
        None
        if attachments_only
        else reading.read_bytes(content, name, kind=Kind(kind), collection=collection, origin=origin)
    )
    return document, tuple((one.name, one.data) for one in reading.attachments(content, name))


def _piece(folder: str, digest: str, kind: str) -> Document:
    """The piece of a folder, of an archive or a message in it too, whose id is ``digest``."""
    files = gathering.files(sorted(Path(folder).glob("*")), reading.SUPPORTED)
    found = next((piece for piece in gathering.opened(files) if piece.id == digest), None)
    if found is None:
        raise ReadingError("Cette pièce n'est plus là.", "Déposez-la de nouveau.")
    data = reading.bytes_of(found.source) if isinstance(found.source, Path) else found.source
    return reading.read_bytes(data, found.name, kind=Kind(kind), collection="", origin=found.origin)


def _recognise(path: str, name: str) -> str | None:
    """The media type of a file; None for an archive."""
    found = reading.recognised(Path(path), name)
    return None if found is None else found.value


def _tables(path: str | None, data: bytes | None, name: str) -> tuple[Any, ...]:
    """The tables of a file, as plain tuples: who asked believes no class of a process that read a stranger's file."""
    from assistant.reading import tables  # what only reads documents starts without it

    found = tables.read_tables(reading.bytes_of(Path(path)) if path is not None else data or b"", name)
    return tuple(
        (table.name, tuple(tuple(row) for row in table.rows), table.hidden, table.cut) for table in found
    )


Told = tuple[tuple[str, str, str], ...]
"""Of each file of an archive its name; or the name of what was not opened, why, and what to do. One that cannot be read to its end is the last of these."""


def _unpack(
    path: str | None,
    data: bytes | None,
    name: str,
    folder: str,
    members: int,
    expanded_bytes: int,
    depth: int,
) -> tuple[Told, int, int] | None:
    """Writes the files of an archive, given by its path or its bytes, into ``folder``, as ``0``, ``1`` and so on.

    Returns:
        What is told of them, and what they leave of a budget (see ``archives.Budget``); None for a document.
    """
    budget = archives.Budget(members, expanded_bytes)
    opened = archives.opened(Path(path) if path is not None else data or b"", name, budget, depth)
    return (
        None
        if opened is None
        else (_written(opened, name, Path(folder)), budget.members, budget.expanded_bytes)
    )


def _written(members: Iterator[archives.Member | archives.Refused], name: str, folder: Path) -> Told:
    found = list[tuple[str, str, str]]()
    try:
        for member in members:
            if isinstance(member, archives.Refused):
                found.append(_refused(member.name, member.error))
                continue
            (folder / str(len(found))).write_bytes(member.data)
            found.append((member.name, "", ""))
            patience.advanced()
    except AssistantError as error:
        found.append(_refused(name, error))
    except OSError as error:
        raise ReadingError(
            f"« {name} » n'a pas pu être décompressée ({reason_of(error)}).", NO_ROOM
        ) from error
    return tuple(found)


def _refused(name: str, error: AssistantError) -> tuple[str, str, str]:
    return name, error.message[:_LONGEST_SAID], error.hint[:_LONGEST_SAID]


def _draw(source: Source, number: int, quote: str, metadata: Sequence[tuple[str, str]]) -> "PageImage":
    """A page of the file that a source was read from."""
    from assistant.reading import page_image  # what only reads starts without it

    return page_image.page_image(page_image.unchanged(source), number, quote, metadata)


_OPERATIONS: Mapping[str, Operation] = {
    "read": _read,
    "piece": _piece,
    "recognise": _recognise,
    "unpack": _unpack,
    "draw": _draw,
    "tables": _tables,
}


if __name__ == "__main__":
    main()
