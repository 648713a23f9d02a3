"""Where the work is done: here, in processes of this machine, or on the workers of a Dask cluster. All obey one contract: tasks in, futures of outcomes out."""

import ctypes
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any, Protocol

from assistant.errors import UsageError
from assistant.summaries.batch import work
from assistant.summaries.batch.work import Outcome, Task

# A dead worker's task is given to another; a task that takes two workers with it is the cause.
TRIES = 3
_PARENT_DEATH_SIGNAL = 1

Do = Callable[[Task], Outcome]
"""``work.do`` with what it needs. Picklable."""


class Spread(Protocol):
    """Does tasks, some at a time."""

    @property
    def capacity(self) -> int:
        """Tasks worth having under way together."""
        ...

    def submit(self, task: Task) -> "Future[Outcome]":
        """Begins a task. The future raises ``WorkerLostError`` when the worker died with it."""
        ...

    def close(self) -> None:
        """Ends the workers."""
        ...


class WorkerLostError(Exception):
    """A worker died while it had the task."""


class Here:
    """One task after the other, in this process (the reading in its own)."""

    capacity = 1

    def __init__(self, do: Do = work.do) -> None:
        self._do = do

    def submit(self, task: Task) -> "Future[Outcome]":
        """Does the task at once."""
        future: Future[Outcome] = Future()
        try:
            future.set_result(self._do(task))
        except Exception as error:
            future.set_exception(error)
        return future

    def close(self) -> None:
        """Ends the reading processes."""
        work.stop()


class Processes:
    """Processes of this machine, which end with it however it ends.

    Args:
        count: how many.
        do: what they do.
    """

    def __init__(self, count: int, do: Do = work.do) -> None:
        self.capacity = count + 1
        self._count, self._do = count, do
        self._pool = self._made()

    def _made(self) -> ProcessPoolExecutor:
        # Of what is started from here on: processes whose arithmetic has two threads each wait for one another (24 s of processor for 14 pieces, 12 with one).
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
        return ProcessPoolExecutor(
            self._count,
            mp_context=multiprocessing.get_context("spawn"),
            initializer=_begin,
            initargs=(os.getpid(),),
        )

    def submit(self, task: Task) -> "Future[Outcome]":
        """Begins the task in the next free process; a broken pool is made again."""
        try:
            inner = self._pool.submit(self._do, task)
        except BrokenProcessPool:
            self._pool.shutdown(wait=False, cancel_futures=True)
            self._pool = self._made()
            inner = self._pool.submit(self._do, task)
        return _translated(inner)

    def close(self) -> None:
        """Ends the processes; what they were doing is lost."""
        processes = list((getattr(self._pool, "_processes", None) or {}).values())
        self._pool.shutdown(wait=False, cancel_futures=True)
        for process in processes:
            process.terminate()
        self._pool.shutdown(wait=True)


def _translated(inner: "Future[Outcome]") -> "Future[Outcome]":
    outer: Future[Outcome] = Future()

    def finish(done: "Future[Outcome]") -> None:
        if done.cancelled() or isinstance(error := done.exception(), BrokenProcessPool):
            outer.set_exception(WorkerLostError())
        elif error is not None:
            outer.set_exception(error)
        else:
            outer.set_result(done.result())

    inner.add_done_callback(finish)
    return outer


def _begin(parent: int) -> None:
    """In a new process: it dies with its parent, and leaves Ctrl+C to it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _leave)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PARENT_DEATH_SIGNAL, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)


def _leave(_signal: int, _frame: object) -> None:
    work.leave()
    os._exit(0)


class Dask:
    """The workers of a Dask cluster, which need this program and nothing else: files travel as bytes, results come back as values.

    Args:
        address: of the scheduler (``tcp://10.0.0.5:8786``).
        do: what the workers do.

    Raises:
        UsageError: Dask is not installed, or the scheduler does not answer.
    """

    def __init__(self, address: str, do: Do = work.do) -> None:
        try:
            from distributed import Client
        except ImportError as error:
            raise UsageError(
                "Dask n'est pas installé sur cette machine.",
                "Installez le groupe facultatif : pip install 'assistant-commande-publique[dask]'.",
            ) from error
        try:
            self._client: Any = Client(address, timeout="15s", set_as_default=False)
        except (OSError, ValueError, TimeoutError) as error:
            raise UsageError(
                f"Le cluster Dask « {address} » ne répond pas ({error}).",
                "Vérifiez l'adresse de l'ordonnanceur et le réseau.",
            ) from error
        self._do = do
        threads = sum(self._client.nthreads().values())
        self.capacity = max(2, 2 * threads)

    def submit(self, task: Task) -> "Future[Outcome]":
        """Sends the task, with the file's bytes; a lost worker's tasks go to the others by Dask's own care."""
        outer: Future[Outcome] = Future()
        sent = Task(_bytes(task.source), task.name, task.origin, task.attachments_only)
        inner = self._client.submit(self._do, sent, pure=False, retries=TRIES)

        def finish(done: Any) -> None:
            try:
                outer.set_result(done.result())
            except Exception as error:
                outer.set_exception(
                    WorkerLostError(str(error))
                    if "Killed" in type(error).__name__ or "Cancelled" in type(error).__name__
                    else error
                )
            finally:
                done.release()

        inner.add_done_callback(finish)
        return outer

    def close(self) -> None:
        """Leaves the cluster, which goes on without us."""
        self._client.close()


def _bytes(source: Path | bytes) -> Path | bytes:
    """The bytes of a file that can be read; the path where not, so that the worker says why."""
    try:
        return source if isinstance(source, bytes) else source.read_bytes()
    except OSError:
        return source
