"""Work sent to the workers of a Dask cluster, for batches of summaries and for indexing alike."""

from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Any, TypeVar

from assistant.errors import UsageError

# A dead worker's task is given to another; a task that takes two workers with it is the cause.
TRIES = 3
# How long a scheduler is waited for.
ANSWERS_WITHIN = "15s"
_Made = TypeVar("_Made")


class WorkerLostError(Exception):
    """A worker died while it had the task."""


class Cluster:
    """The workers of a Dask cluster, which need this program and nothing else.

    Args:
        address: of the scheduler (``tcp://10.0.0.5:8786``).

    Raises:
        UsageError: Dask is not installed, or the scheduler does not answer.
    """

    def __init__(self, address: str) -> None:
        try:
            from distributed import Client
        except ImportError as error:
            raise UsageError(
                "Dask n'est pas installé sur cette machine.",
                "Installez le groupe facultatif : pip install 'assistant-commande-publique[dask]'.",
            ) from error
        try:
            self._client: Any = Client(address, timeout=ANSWERS_WITHIN, set_as_default=False)
        except (OSError, ValueError, TimeoutError) as error:
            raise UsageError(
                f"Le cluster Dask « {address} » ne répond pas ({error}).",
                "Vérifiez l'adresse de l'ordonnanceur et le réseau.",
            ) from error
        self.capacity = max(2, 2 * sum(self._client.nthreads().values()))
        """Tasks worth having under way together."""

    def submit(self, do: Callable[..., _Made], *given: object) -> "Future[_Made]":
        """Calls ``do`` on a worker. A lost worker's tasks go to the others by Dask itself; the future raises ``WorkerLostError`` where these are lost too."""
        outer: Future[_Made] = Future()
        inner = self._client.submit(do, *given, pure=False, retries=TRIES)

        def finish(done: Any) -> None:
            try:
                outer.set_result(done.result())
            except Exception as error:
                lost = "Killed" in type(error).__name__ or "Cancelled" in type(error).__name__
                outer.set_exception(WorkerLostError(str(error)) if lost else error)
            finally:
                done.release()

        inner.add_done_callback(finish)
        return outer

    def close(self) -> None:
        """Leaves the cluster, which goes on without us."""
        self._client.close()


def travelling(source: Path | bytes) -> Path | bytes:
    """The bytes of a file that can be read; the path where not, so that the worker says why."""
    try:
        return source if isinstance(source, bytes) else source.read_bytes()
    except OSError:
        return source
