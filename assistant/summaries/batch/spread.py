"""Where the work is done: here, in processes of this machine, or on the workers of a Dask cluster. All obey one contract: tasks in, futures of outcomes out."""

import ctypes
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from queue import SimpleQueue
from threading import Lock
from typing import Protocol

from assistant.cluster import Cluster, WorkerLostError, travelling
from assistant.summaries.batch import work
from assistant.summaries.batch.work import Outcome, Task

_PARENT_DEATH_SIGNAL = 1
# A process that is told to leave does so at once, unless it is deep in a calculation; then it is killed.
_LEAVES_WITHIN = 5.0

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

    Each has a pipe of its own: one that dies in the middle of a result leaves nobody waiting for the rest (in a ``ProcessPoolExecutor`` all share one, and the
    program waited for ever).

    Args:
        count: how many.
        do: what they do.
    """

    def __init__(self, count: int, do: Do = work.do) -> None:
        # Of what is started from here on: processes whose arithmetic has two threads each wait for one another (24 s of processor for 14 pieces, 12 with one).
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
        self.capacity = count + 1
        self._threads = ThreadPoolExecutor(count, thread_name_prefix="fiches")
        self._all = tuple(_Process(do) for _ in range(count))
        self._free: SimpleQueue[_Process] = SimpleQueue()
        for process in self._all:
            self._free.put(process)

    def submit(self, task: Task) -> "Future[Outcome]":
        """Begins the task in the next free process; one that died is started again."""
        return self._threads.submit(self._done, task)

    def _done(self, task: Task) -> Outcome:
        process = self._free.get()
        try:
            return process.ask(task)
        finally:
            self._free.put(process)

    def close(self) -> None:
        """Ends the processes; what they were doing is lost."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        for process in self._all:
            process.end()
        self._threads.shutdown(wait=True)


class _Process:
    """One process, started at its first task and again after it died. One thread asks it at a time; any may end it."""

    _SPAWN = multiprocessing.get_context("spawn")

    def __init__(self, do: Do) -> None:
        self._do = do
        self._lock = Lock()
        self._ended = False
        self._process: SpawnProcess | None = None
        self._pipe: Connection | None = None

    def ask(self, task: Task) -> Outcome:
        """The outcome of a task; raises what the task raised, and WorkerLostError where the process died or was ended."""
        pipe = self._pipe or self._started()
        try:
            pipe.send(task)
            outcome, error = pipe.recv()
        except (EOFError, OSError) as lost:
            pipe.close()
            self._pipe = None
            self._stop()
            raise WorkerLostError from lost
        if error is not None:
            raise error
        done: Outcome = outcome
        return done

    def end(self) -> None:
        """Ends the process, whatever it is doing; none is started any more."""
        with self._lock:
            self._ended = True
        self._stop()

    def _started(self) -> Connection:
        with self._lock:
            if self._ended:
                raise WorkerLostError
            self._pipe, theirs = self._SPAWN.Pipe()
            self._process = self._SPAWN.Process(target=_serve, args=(theirs, self._do, os.getpid()))
            self._process.start()
            theirs.close()  # else its death would be no end of the pipe
            return self._pipe

    def _stop(self) -> None:
        with self._lock:
            process, self._process = self._process, None
        if process is not None:
            process.terminate()
            process.join(_LEAVES_WITHIN)
            process.kill()
            process.join()


def _serve(pipe: Connection, do: Do, parent: int) -> None:
    """In a new process: does the tasks that come, until none can come any more."""
    _begin(parent)
    while True:
        try:
            task = pipe.recv()
        except EOFError:
            return _leave(0, None)
        try:
            told: tuple[Outcome | None, Exception | None] = (do(task), None)
        except Exception as error:
            told = (None, error)
        pipe.send(told)


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
        self._cluster, self._do = Cluster(address), do
        self.capacity = self._cluster.capacity

    def submit(self, task: Task) -> "Future[Outcome]":
        """Sends the task, with the file's bytes; a lost worker's tasks go to the others by Dask's own care."""
        return self._cluster.submit(self._do, replace(task, source=travelling(task.source)))

    def close(self) -> None:
        """Leaves the cluster, which goes on without us."""
        self._cluster.close()
