"""What holds the tables of the index: the protocol that SQLite (``embedded``) and PostgreSQL (``postgres``) satisfy.

``Store`` writes its SQL once, in the words that both know, with ``?`` where a value goes; what differs (types, locks, rights) lies in the two databases.
"""

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.protocols import Vectors

Row = tuple[Any, ...]
Ids = NDArray[np.int64]
# Raised by a change of the tables.
SCHEMA_VERSION = "3"
# The oldest PostgreSQL that was tried.
LEAST_SERVER = 17
# A vector's key is the SHA-256 of what was embedded.
KEY_BYTES = 32
BUSY = (
    "L'index est en cours d'écriture par une autre commande.",
    "Attendez qu'elle finisse, puis relancez : ce qui est déjà indexé ne sera pas refait.",
)


@dataclass(frozen=True, slots=True)
class Machine:
    """A machine that follows the database, by its name and folder: the generation that its words are of, and when it took that in (UTC).

    One that serves people also says its program's version and build, and the name of the folder where it puts what they drop; of others both are empty.
    """

    name: str
    generation: int
    seen: datetime
    program: str = ""
    files: str = ""


@dataclass(frozen=True, slots=True)
class ServerState:
    """A server: versions, bytes of the base, connections open, ours among them, and allowed, the generation of the index, the machines that follow it.

    ``vectors`` are the passages searched by their vectors, ``is_wide`` whether the index of wide searches is there and whole.
    """

    version: str
    pgvector: str
    bytes: int
    connections: int
    ours: int
    most_connections: int
    generation: int
    vectors: int
    is_wide: bool
    machines: tuple[Machine, ...]


class PassageVectors(Protocol):
    """Searches the vectors of passages: in memory (``vectors.VectorIndex``) or where they are stored (``server_vectors.ServerVectors``)."""

    def search(self, vector: Vectors, limit: int, allowed: Ids | None = None) -> list[tuple[int, float]]:
        """(id, cosine) of the ``limit`` rows nearest to ``vector`` ``(dimension,)``, best first; only ids of ``allowed`` when given (sorted)."""
        ...


class Database(Protocol):
    """Tables, transactions and the lock of the one writer. Its errors are ``LibraryError``s in French, without a password and without a text of a document.

    One that keeps rights itself gives, of what is read for somebody (``reach.read_by``), what he may see.
    """

    @property
    def place(self) -> str:
        """Where it lies, as a message may say it."""
        ...

    @property
    def replica(self) -> str:
        """Name of the folder of what is derived from it, within the home; empty: the home is its own."""
        ...

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[Row]:
        """Every row that ``sql`` gives."""
        ...

    def row(self, sql: str, values: Sequence[Any] = ()) -> Row | None:
        """The first row that ``sql`` gives, or None."""
        ...

    def run(self, sql: str, values: Sequence[Any] = ()) -> None:
        """Runs ``sql``, which gives nothing."""
        ...

    def run_each(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """Runs ``sql`` once for each of ``rows``, in order."""
        ...

    def half(self, vector: bytes) -> Any:
        """A vector of float16 (little-endian bytes) as a value for ``vector.data``; read, it is these bytes again."""
        ...

    def transaction(self) -> AbstractContextManager[None]:
        """All or nothing of what this thread runs within."""
        ...

    def snapshot(self) -> AbstractContextManager[None]:
        """Everything that this thread reads within is of one moment, where other machines write."""
        ...

    def writing(self, seconds: float) -> AbstractContextManager[None]:
        """Holds the place of the one writer, of all processes and machines.

        Raises:
            LibraryBusyError: another has held it for longer than ``seconds``.
        """
        ...

    def passage_vectors(self, dimension: int) -> PassageVectors | None:
        """What searches the vectors of passages in the database; None where they are searched in memory."""
        ...

    def settle(self, dimension: int) -> None:
        """Makes what searches of many vectors need, after an addition, under the lock of the writer."""
        ...

    def follows(self, folder: str, generation: int) -> None:
        """Notes, where several machines follow one database, of which generation the words in this machine's ``folder`` are."""
        ...

    def truncate_log(self) -> None:
        """Nothing of what was removed stays in a log of the database's own."""
        ...

    def is_sound(self) -> bool:
        """Whether the database finds itself sound."""
        ...

    def numbered_from(self, table: str) -> int:
        """The last number that ``table`` (document, passage, question) gave; none is given twice."""
        ...

    def number_from(self, table: str, last: int) -> None:
        """The next row of ``table`` gets a number after ``last``."""
        ...

    def close(self) -> None:
        """Frees it."""
        ...
