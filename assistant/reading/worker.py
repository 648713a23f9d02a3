"""The process in which files are read (``python -m assistant.reading.worker``): it takes requests on its input and answers on its output, until the input ends.

A message is its length (8 bytes, big endian) and a pickle of plain values and of the assistant's own dataclasses. See ``isolation``, its only caller.
"""

import ctypes
import os
import pickle
import signal
import struct
import sys
from pathlib import Path
from typing import IO, Any

from assistant import reading
from assistant.datatypes import Kind
from assistant.errors import AssistantError
from assistant.reading import patience

LENGTH = struct.Struct(">Q")
# Linux: the number of prctl's "send me this signal when my parent dies".
_PARENT_DEATH_SIGNAL = 1

Request = tuple[str | None, bytes | None, str, str, str, str, bool]
"""``(path, data, name, kind, collection, origin, attachments only)``: one of the first two is None."""


def send(stream: IO[bytes], message: object) -> None:
    """Writes one message."""
    data = pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)
    stream.write(LENGTH.pack(len(data)))
    stream.write(data)
    stream.flush()


def main() -> None:
    """Answers requests: ``("read", document or None, attachments)``, ``("refused", error class, message, hint)``, ``("exhausted",)``, ``("broken", what)``.

    Before its answer a long reading says ``("advanced",)``, any number of times.
    """
    answers = _private_output()
    _limit(int(sys.argv[1]))
    patience.listen(lambda: send(answers, ("advanced",)))
    while head := sys.stdin.buffer.read(LENGTH.size):
        request: Request = pickle.loads(sys.stdin.buffer.read(LENGTH.unpack(head)[0]))  # noqa: S301 - from our own parent
        send(answers, _answer(request))


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


def _answer(request: Request) -> tuple[Any, ...]:
    path, data, name, kind, collection, origin, attachments_only = request
    try:
        content = reading.bytes_of(Path(path)) if path is not None else data or b""
        document = None if attachments_only else reading.read_bytes(content, name, kind=Kind(kind), collection=collection, origin=origin)
        carried = tuple((one.name, one.data) for one in reading.attachments(content, name))
    except AssistantError as error:
        return "refused", type(error).__name__, error.message, error.hint
    except MemoryError:
        return ("exhausted",)
    except Exception as error:
        return "broken", f"{type(error).__name__} : {error}"[:200]
    return "read", document, carried


if __name__ == "__main__":
    main()
