"""Reading and drawing in processes of their own: a file that hangs, crashes or takes all memory is given up and said, and the run goes on.

Two processes serve, started when first needed and used again. Small files of plain text are read at once, here: they have no parser to break.
"""

import io
import os
import pickle
import signal
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from queue import LifoQueue
from types import TracebackType
from typing import IO, TYPE_CHECKING, Any, NamedTuple, Self, TypeVar

from assistant import errors, reading
from assistant.datatypes import Document, Failure, Kind
from assistant.errors import AssistantError, ReadingError, reason_of
from assistant.reading import archives, own_folder
from assistant.reading.archives import Budget, Member, Refused
from assistant.reading.formats import BY_SUFFIX, Format, format_of, suffix_of
from assistant.reading.worker import LENGTH, NO_ROOM, Request, Told, send

if TYPE_CHECKING:
    from assistant.reading.page_image import PageImage
    from assistant.reading.tables import Table

# Both cores; a third process would only take memory.
PROCESSES = 2
# Reading is given up after this long without a sign of progress (a page read by OCR is one). The slowest honest files here take 4 s; LibreOffice starts in 10.
SECONDS = 60.0
# A process starts in 0.3 s here, in twenty where the machine is busy elsewhere: that is nobody's file's fault.
START_SECONDS = 60.0
# Large files take longer: PDFs are read at 5 to 50 MB/s, spreadsheets at 1 MB/s.
SECONDS_PER_MEGABYTE = 3.0
# A PDF of 500 MB is read within 1.2 GB; the limit. Above it is a bomb, or a file that would bring an 8 GB machine down.
MEMORY_BYTES = 2 * 1024**3
# What somebody waits for on a page: a piece read again and a page drawn take 0.1 to 3 s.
PAGE_SECONDS, PAGE_MEMORY_BYTES = 20.0, 1024**3
# The text of the largest honest file here has 9 MB; a process that was taken over may send anything.
LARGEST_ANSWER = 512 * 1024**2
# Plain text up to this size is read here: 2.8 MB of dated articles take 0.15 s, which is what the start of a process takes.
DIRECT_BYTES = 4 * 1024**2
_DIRECT = frozenset((Format.TEXT, Format.MARKDOWN, Format.JSON_LINES))
_DIRECT_SUFFIXES = frozenset(suffix for suffix, kind in BY_SUFFIX.items() if kind in _DIRECT)
# Text never begins like this; such a file is another thing under the name of a text.
_NO_TEXT = (
    b"PK",
    b"\xd0\xcf\x11\xe0",
    b"{\\rtf",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"II*\x00",
    b"MM\x00*",
    b"\x1f\x8b",
)
_PDF_WITHIN = 1024
_KILLED = {-signal.SIGKILL, -signal.SIGTERM} if sys.platform != "win32" else set[int]()


_Begun = TypeVar("_Begun")


class Reading(NamedTuple):
    """What a file gave: its document (None where only its attachments were asked for), and the files that it carries as (bare name, bytes)."""

    document: Document | None
    attachments: tuple[tuple[str, bytes], ...]


class Unpacked(NamedTuple):
    """A file of an archive: its display name from the outermost archive on, and where it lies now."""

    name: str
    path: Path


class Readers:
    """Reads files in processes of their own. To be closed, or used with ``with``.

    Args:
        seconds: patience with one file, to which ``SECONDS_PER_MEGABYTE`` are added.
        memory_bytes: of one process.
        module: the worker; one of a room above does more (see ``worker.main``).
        command: what to start instead of a worker of the assistant (tests).
    """

    ahead = PROCESSES
    """Files worth having begun together."""

    def __init__(
        self,
        *,
        seconds: float = SECONDS,
        memory_bytes: int = MEMORY_BYTES,
        module: str = "assistant.reading.worker",
        command: Sequence[str] = (),
    ) -> None:
        # -P: a file called json.py in the current folder must not be imported.
        start = tuple(command) or (sys.executable, "-P", "-m", module, str(memory_bytes))
        self._threads = ThreadPoolExecutor(PROCESSES, thread_name_prefix="lecture")
        self._workers: LifoQueue[_Worker] = (
            LifoQueue()
        )  # the last used serves again: one file starts one process
        self._all = tuple(_Worker(start) for _ in range(PROCESSES))
        self._seconds, self._memory_bytes = seconds, memory_bytes
        for worker in self._all:
            self._workers.put(worker)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Ends the processes, whatever they are doing."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        for worker in self._all:
            worker.stop()
        self._threads.shutdown(wait=True)
        for worker in self._all:
            worker.stop()  # one may have been started meanwhile

    def kill(self) -> None:
        """Ends the processes and waits for nothing: for a program that leaves at once, from a signal handler too."""
        for worker in self._all:
            worker.kill()

    def read(
        self,
        source: Path | bytes,
        name: str,
        *,
        kind: Kind,
        collection: str,
        origin: str | None = None,
        attachments_only: bool = False,
    ) -> "Future[Reading]":
        """Begins to read a file; the result raises as ``reading.read`` does, and ReadingError for a file that was given up.

        Args:
            source: the file, or its bytes.
            name: what to call it.
            kind: what it is for.
            collection: the collection it will belong to.
            origin: where it comes from; the name or the path when None.
            attachments_only: the files that it carries, without its document.
        """
        place = origin or (str(source) if isinstance(source, Path) else name)
        if _is_plain(source, name):
            return _here(source, name, kind, collection, place)
        path, data = (str(source), None) if isinstance(source, Path) else (None, source)
        request: Request = ("read", (path, data, name, kind.value, collection, place, attachments_only))
        seconds = self._seconds + SECONDS_PER_MEGABYTE * _size(source) / 1_000_000
        return self._threads.submit(lambda: Reading(*self._ask(request, name, seconds)))

    def piece(self, folder: Path, digest: str, kind: Kind) -> Document:
        """The piece of a folder, a member of its archives too, whose id is ``digest`` (see ``Source``), read again; raises as ``read`` does."""
        document: Document = self._asked(("piece", (str(folder), digest, kind.value)), "La pièce")
        return document

    def recognise(self, path: Path, name: str) -> Format | None:
        """See ``reading.recognised``; raises as ``read`` does too."""
        if _is_plain(path, name):
            return reading.recognised(path, name)
        found: str | None = self._asked(("recognise", (str(path), name)), name)
        return None if found is None else Format(found)

    def unpack(self, archive: Path, name: str, folder: Path) -> tuple[Unpacked | Failure, ...]:
        """The files of an archive and of the archives in it, written into ``folder``, which is empty; and what of it was not opened, in their order.

        Args:
            archive: it is opened within the limits of ``archives``.
            name: what to call it.
            folder: where the files lie from then on, under names of ours.

        Raises:
            ReadingError: it is no archive, or took too long, too much memory or too much room.
        """
        found = self._unpacked(archive, name, folder, Budget(), 1)
        if found is None:
            raise archives.no_archive(name)
        return found

    def opened(
        self, source: Path | bytes, name: str, budget: Budget, depth: int
    ) -> Iterator[Member | Refused] | None:
        """The members of an archive, None of a document, as ``archives.opened``: another process opens it, and each file is taken from the disk in turn.

        Raises:
            ReadingError: as ``unpack``.
        """
        if not archives.looks_packed(source, name):
            return None
        with _room(name), ExitStack() as held:
            folder = held.enter_context(own_folder.made())
            found = self._unpacked(source, name, folder, budget, depth)
            return None if found is None else _taken(found, name, budget, held.pop_all())

    def _unpacked(
        self, source: Path | bytes, name: str, folder: Path, budget: Budget, depth: int
    ) -> tuple[Unpacked | Failure, ...] | None:
        path, data = (str(source), None) if isinstance(source, Path) else (None, source)
        request: Request = (
            "unpack",
            (path, data, name, str(folder), budget.members, budget.expanded_bytes, depth),
        )
        told: tuple[Told, int, int] | None = self._asked(request, name)
        if told is None:
            return None
        members, budget.members, budget.expanded_bytes = told
        return tuple(
            Failure(member, message, hint)
            if message
            else Unpacked(member, _ordinary(folder / str(number), name))
            for number, (member, message, hint) in enumerate(members)
        )

    def tables(self, source: Path | bytes, name: str) -> "tuple[Table, ...]":
        """See ``tables.read_tables``; raises as ``read`` does too."""
        from assistant.reading.tables import Row, Table

        path, data = (str(source), None) if isinstance(source, Path) else (None, source)
        found = self.made_of(source, name, ("tables", (path, data, name)))
        return tuple(
            Table(title, tuple(Row(*row) for row in rows), hidden, cut) for title, rows, hidden, cut in found
        )

    def draw(self, document: Document, number: int, quote: str) -> "PageImage":
        """See ``page_image.page_image``; raises as ``read`` does too."""
        name = document.source.origin.rpartition("/")[2]
        image: PageImage = self._asked(("draw", (document.source, number, quote, document.metadata)), name)
        return image

    def made_of(self, source: Path | bytes, name: str, request: Request) -> Any:
        """What an operation makes of a file, which may take longer where the file is large; raises as ``read`` does too."""
        seconds = self._seconds + SECONDS_PER_MEGABYTE * _size(source) / 1_000_000
        return self._threads.submit(self._ask, request, name, seconds).result()

    def _asked(self, request: Request, name: str) -> Any:
        """In a thread of our own: Linux ends a process with the thread that started it, and those of a server come and go."""
        return self._threads.submit(self._ask, request, name, self._seconds).result()

    def _ask(self, request: Request, name: str, seconds: float) -> Any:
        worker = self._workers.get()
        try:
            return worker.ask(request, name, seconds, self._memory_bytes)
        finally:
            self._workers.put(worker)


@contextmanager
def _room(archive: str) -> Iterator[None]:
    """Raises ReadingError where the disk has no room for the files of an archive."""
    try:
        yield
    except OSError as error:
        raise ReadingError(
            f"« {archive} » n'a pas pu être décompressée ({reason_of(error)}).", NO_ROOM
        ) from error


def _taken(
    found: tuple[Unpacked | Failure, ...], archive: str, budget: Budget, held: ExitStack
) -> Iterator[Member | Refused]:
    """The files of an archive, each read and erased when its turn comes; raises what is said of the archive itself."""
    with _room(archive), held:
        for one in found:
            if isinstance(one, Unpacked):
                data = one.path.read_bytes()
                one.path.unlink()
                yield Member(budget.unique(one.name), data)
            elif one.origin == archive:
                raise ReadingError(one.message, one.hint)
            else:
                yield Refused(budget.unique(one.origin), ReadingError(one.message, one.hint))


def ahead(begun: Iterable[_Begun], most: int = PROCESSES) -> Iterator[_Begun]:
    """The same, each drawn (its reading begun) while the ones before are taken: ``most`` of them, as many as work at once."""
    waiting: deque[_Begun] = deque()
    for one in begun:
        waiting.append(one)
        if len(waiting) > most:
            yield waiting.popleft()
    yield from waiting


def _is_plain(source: Path | bytes, name: str) -> bool:
    """Whether a file is a small text that is read at once: by its name, its size and its first bytes."""
    if suffix_of(name) not in _DIRECT_SUFFIXES or not 0 < _size(source) <= DIRECT_BYTES:
        return False
    try:
        data = reading.bytes_of(source) if isinstance(source, Path) else source
        return (
            not data.startswith(_NO_TEXT)
            and b"%PDF-" not in data[:_PDF_WITHIN]
            and format_of(data, name) in _DIRECT
        )
    except ReadingError:
        return False  # the worker will say it


def _here(source: Path | bytes, name: str, kind: Kind, collection: str, origin: str) -> "Future[Reading]":
    future: Future[Reading] = Future()
    try:
        data = reading.bytes_of(source) if isinstance(source, Path) else source
        future.set_result(
            Reading(reading.read_bytes(data, name, kind=kind, collection=collection, origin=origin), ())
        )
    except AssistantError as error:
        future.set_exception(error)
    except Exception as error:
        future.set_exception(_broken(name, type(error).__name__))
    return future


def _size(source: Path | bytes) -> int:
    if isinstance(source, bytes):
        return len(source)
    try:
        return source.stat().st_size if source.is_file() else 0
    except OSError:
        return 0


class _Worker:
    """One process, started at its first request and again after it was given up."""

    def __init__(self, command: tuple[str, ...]) -> None:
        self._command = command
        self._process: subprocess.Popen[bytes] | None = None

    def ask(self, request: Request, name: str, seconds: float, memory_bytes: int) -> Any:
        begun = self._process is None
        process = self._process = self._process or self._started(name)
        assert process.stdin is not None
        assert process.stdout is not None
        with _Patience(process, START_SECONDS if begun else seconds) as patience:
            try:
                if begun:
                    _received(process.stdout)  # it is there
                    patience.renew(seconds)
                send(process.stdin, request)
                while (answer := _received(process.stdout))[0] == "advanced":
                    patience.renew()
            except (OSError, EOFError, ValueError, pickle.UnpicklingError) as error:
                self.stop()
                raise _given_up(
                    name, process.wait(), patience.seconds if patience.spent else None, memory_bytes
                ) from error
        if answer[0] == "exhausted":  # its memory is in pieces
            self.stop()
            raise _too_hungry(name, memory_bytes)
        return _done(answer, name)

    def _started(self, name: str) -> subprocess.Popen[bytes]:
        root = str(Path(__file__).resolve().parents[2])
        path = os.pathsep.join(part for part in (root, os.environ.get("PYTHONPATH", "")) if part)
        environment = os.environ | {"PYTHONPATH": path, "OPENBLAS_NUM_THREADS": "1"}
        try:
            return subprocess.Popen(  # noqa: S603 - our own interpreter, no shell
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=environment,
                start_new_session=True,
            )
        except OSError as error:
            message = f"« {name} » n'a pas pu être lu : le processus de lecture ne démarre pas ({reason_of(error)})."
            raise ReadingError(message, "Fermez d'autres programmes, puis recommencez.") from error

    def kill(self) -> None:
        if (process := self._process) is not None:
            _kill(process)

    def stop(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            _kill(process)
            process.wait()
            for stream in (process.stdin, process.stdout):
                _close(stream)


def _close(stream: IO[bytes] | None) -> None:
    try:
        if stream is not None:
            stream.close()
    except OSError:
        return  # what was left to write has no reader any more


def _kill(process: subprocess.Popen[bytes]) -> None:
    """Ends a process and its children (Tesseract, LibreOffice)."""
    try:
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        process.kill()


class _Patience:
    """Kills a process that gives no sign for ``seconds``; then ``spent`` is true."""

    def __init__(self, process: subprocess.Popen[bytes], seconds: float) -> None:
        self._process, self.seconds = process, seconds
        self.spent = False

    def __enter__(self) -> Self:
        self._timer = self._begun()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._timer.cancel()

    def renew(self, seconds: float | None = None) -> None:
        """A sign came: the same patience again, or another one from here on."""
        self._timer.cancel()
        self.seconds = seconds or self.seconds
        self._timer = self._begun()

    def _begun(self) -> threading.Timer:
        timer = threading.Timer(self.seconds, self._end)
        timer.daemon = True
        timer.start()
        return timer

    def _end(self) -> None:
        self.spent = True
        _kill(self._process)


class _Answers(pickle.Unpickler):
    """Unpickles values of the assistant and dates only: a process that read a hostile file is not to be believed further."""

    def find_class(self, module: str, name: str) -> Any:
        if module == "assistant.datatypes" or (module, name) in (
            ("datetime", "date"),
            ("assistant.reading.page_image", "PageImage"),
        ):
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name}")


def _received(stream: IO[bytes]) -> tuple[Any, ...]:
    head = stream.read(LENGTH.size)
    if len(head) < LENGTH.size:
        raise EOFError
    size = LENGTH.unpack(head)[0]
    if size > LARGEST_ANSWER:
        raise ValueError(size)
    data = stream.read(size)
    if len(data) < size:
        raise EOFError
    answer: tuple[Any, ...] = _Answers(io.BytesIO(data)).load()
    return answer


def _done(answer: tuple[Any, ...], name: str) -> Any:
    if answer[0] == "done":
        return answer[1]
    if answer[0] == "refused":
        raise getattr(errors, answer[1], ReadingError)(answer[2], answer[3])
    raise _broken(name, answer[1])


def _ordinary(path: Path, name: str) -> Path:
    """A file that a process wrote: it leads nowhere else. Raises ReadingError."""
    if path.is_symlink() or not path.is_file():
        raise _broken(name, "un fichier manque")
    return path


def _broken(name: str, what: str) -> ReadingError:
    return ReadingError(
        f"« {name} » n'a pas pu être lu : son contenu a mis le lecteur en défaut ({what}).",
        "Enregistrez-le de nouveau, ou en PDF.",
    )


def _given_up(name: str, code: int, seconds: float | None, memory_bytes: int) -> ReadingError:
    if seconds is not None:
        return ReadingError(
            f"« {name} » n'a pas pu être lu en {seconds:.0f} s : sa lecture a été abandonnée.",
            "Enregistrez-le de nouveau, ou découpez-le, puis recommencez.",
        )
    if code in _KILLED:
        return _too_hungry(name, memory_bytes)
    return ReadingError(
        f"« {name} » a fait planter son lecteur (code {code}) : il n'est pas lu.",
        "Enregistrez-le de nouveau, ou en PDF, puis recommencez.",
    )


def _too_hungry(name: str, memory_bytes: int) -> ReadingError:
    limit = f"{memory_bytes / 1024**3:g} Go"
    return ReadingError(
        f"« {name} » demande trop de mémoire (la limite est de {limit}) : sa lecture a été abandonnée.",
        "Découpez-le en plusieurs fichiers.",
    )
