"""The vector index (FAISS): exact inner products over unit vectors, kept in half precision.

Derived from the store and brought up to date by the difference of two sets of serial numbers. Exact search over 500,000 rows of 384 takes some
tens of milliseconds on two cores: an approximate index would save little and lose rows without saying so.
"""

import glob
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise
from pathlib import Path
from threading import Lock
from typing import Any
from zipfile import BadZipFile

import faiss
import numpy as np
from numpy.typing import NDArray

from assistant.machine import processors
from assistant.protocols import Vectors

Ids = NDArray[np.int64]
# Rows of a scope that are searched by themselves; beyond, FAISS passes over the others.
NARROW_ROWS = 30_000
# FAISS searches one question in one thread: from this many rows on, each processor searches its part of them (a million rows: 47 ms instead of 100 on two).
SHARED_ROWS = 100_000
# Scopes that are remembered as they are searched.
_SCOPES_KEPT = 16
# Seconds after which a file that is not whole yet is that of a writer that was killed.
ABANDONED = 3600


class VectorIndex:
    """Rows (id, serial of the document, unit vector) in one ``.npz`` file and one FAISS index in memory."""

    def __init__(self, path: Path, dimension: int) -> None:
        self._path = path
        self._dimension = dimension
        self.ids: Ids = np.empty(0, dtype=np.int64)
        self._serials: Ids = np.empty(0, dtype=np.int64)
        self._vectors: NDArray[np.float16] = np.empty((0, dimension), dtype=np.float16)
        self._load()
        self._scopes: OrderedDict[int, tuple[Ids, _Searched]] = OrderedDict()
        self._lock = Lock()

    def _load(self) -> None:
        arrays = read_arrays(self._path, ("ids", "serials", "vectors"))
        if arrays is None:
            return
        ids, serials, vectors = arrays
        if vectors.ndim == 2 and vectors.shape == (len(ids), self._dimension):
            self.ids, self._serials, self._vectors = ids, serials, vectors

    def synchronise(self, serials: frozenset[int], rows_of: Callable[[int], tuple[Ids, Vectors]]) -> None:
        """Makes the index hold exactly the documents ``serials``; ``rows_of(serial)`` gives ids ``(n,)`` and vectors ``(n, dimension)``."""
        held = frozenset(int(serial) for serial in np.unique(self._serials))
        new = sorted(serials - held)
        kept = np.isin(self._serials, np.fromiter(serials, dtype=np.int64, count=len(serials)))
        parts = [(serial, *rows_of(serial)) for serial in new]
        parts = [part for part in parts if len(part[1])]
        if kept.all() and not parts:
            return
        self.ids = np.concatenate([self.ids[kept], *(ids for _, ids, _ in parts)])
        self._serials = np.concatenate(
            [self._serials[kept], *(np.full(len(ids), serial, dtype=np.int64) for serial, ids, _ in parts)]
        )
        self._vectors = np.concatenate(
            [self._vectors[kept], *(vectors.astype(np.float16) for _, _, vectors in parts)]
        )
        order = np.argsort(self.ids, kind="stable")
        self.ids, self._serials, self._vectors = self.ids[order], self._serials[order], self._vectors[order]
        self._save()
        vars(self).pop("_parts", None)
        self._scopes.clear()

    def _save(self) -> None:
        write_arrays(self._path, ids=self.ids, serials=self._serials, vectors=self._vectors)

    def search(self, vector: Vectors, limit: int, allowed: Ids | None = None) -> list[tuple[int, float]]:
        """(id, cosine) of the ``limit`` rows nearest to ``vector`` ``(dimension,)``, best first; only ids of ``allowed`` when given (sorted).

        An array that was given before is not prepared again: it must not be changed.
        """
        searched = _Searched(self.ids, self._parts) if allowed is None else self._scope(allowed)
        return searched.search(vector, limit)

    @cached_property
    def _parts(self) -> "tuple[_Part, ...]":
        """All rows, prepared once they are asked for: the scopes of a small library are searched by themselves."""
        return _parts(self._vectors)

    def _scope(self, allowed: Ids) -> "_Searched":
        with self._lock:
            held = self._scopes.get(id(allowed))
            if held is None or held[0] is not allowed:
                held = self._scopes[id(allowed)] = allowed, self._made(allowed)
                if len(self._scopes) > _SCOPES_KEPT:
                    self._scopes.popitem(last=False)
            return held[1]

    def _made(self, allowed: Ids) -> "_Searched":
        mask = np.isin(self.ids, allowed, assume_unique=True)
        if len(allowed) <= NARROW_ROWS:
            return _Searched(self.ids[mask], _parts(self._vectors[mask]))
        return _Searched(self.ids, tuple(part.within(mask) for part in self._parts))


@dataclass(frozen=True, slots=True, eq=False)
class _Part:
    """Rows from ``first`` on, as FAISS searches them, and what it must pass over (which reads ``bitmap``)."""

    first: int
    index: Any
    parameters: Any = None
    bitmap: NDArray[np.uint8] | None = None

    def within(self, mask: NDArray[np.bool_]) -> "_Part":
        """The same, of the rows that ``mask``, ``(all rows,)``, keeps."""
        bitmap = np.packbits(mask[self.first : self.first + self.index.ntotal], bitorder="little")
        selector: Any = faiss.IDSelectorBitmap
        made: Any = faiss.SearchParameters
        return _Part(self.first, self.index, made(sel=selector(bitmap)), bitmap)

    def search(self, vector: Vectors, limit: int) -> tuple[NDArray[np.float32], Ids]:
        """Scores and rows of the nearest, best first."""
        scores, rows = self.index.search(vector, min(limit, self.index.ntotal), params=self.parameters)
        found = rows[0] >= 0
        return scores[0][found], rows[0][found] + self.first


@dataclass(frozen=True, slots=True, eq=False)
class _Searched:
    """What is searched for one scope: ``ids`` of the rows of all its parts."""

    ids: Ids
    parts: tuple[_Part, ...]

    def search(self, vector: Vectors, limit: int) -> list[tuple[int, float]]:
        """See ``VectorIndex.search``."""
        if not len(self.ids):
            return []
        asked = vector.reshape(1, -1).astype(np.float32)
        searches = map if len(self.parts) == 1 else _threads().map
        each = tuple(searches(lambda part: part.search(asked, limit), self.parts))
        scores, rows = (np.concatenate(found) for found in zip(*each, strict=True))
        best = np.lexsort((rows, -scores))[:limit]
        return list(zip(self.ids[rows[best]].tolist(), scores[best].tolist(), strict=True))


def _parts(vectors: NDArray[np.float16]) -> tuple[_Part, ...]:
    """The rows in as many parts as they are worth searching in."""
    count = processors() if len(vectors) >= SHARED_ROWS else 1
    bounds = np.linspace(0, len(vectors), count + 1, dtype=np.int64).tolist()
    return tuple(
        _Part(start, _indexed(vectors[start:end].astype(np.float32))) for start, end in pairwise(bounds)
    )


@cache
def _threads() -> ThreadPoolExecutor:
    """Those in which parts are searched, of this process."""
    return ThreadPoolExecutor(2 * processors(), thread_name_prefix="vecteurs")


def _indexed(vectors: Vectors) -> Any:
    """An exact index of ``(n, dimension)`` vectors in half precision."""
    index: Any = faiss.IndexScalarQuantizer(
        vectors.shape[1], faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT
    )
    if len(vectors):
        index.add(np.ascontiguousarray(vectors))
    return index


def nearest(vector: Vectors, ids: Ids, vectors: Vectors, limit: int) -> list[tuple[int, float]]:
    """(id, cosine) of the ``limit`` rows of ``vectors`` ``(n, dimension)`` nearest to ``vector``, best first, as ``VectorIndex`` scores them."""
    return _Searched(ids, (_Part(0, _indexed(vectors)),)).search(vector, limit)


def read_arrays(path: Path, names: Sequence[str]) -> list[NDArray[Any]] | None:
    """The arrays of those names of an ``.npz`` file; None when the file is missing, cut off or lacks one: it is derived data, to be made anew."""
    try:
        with np.load(path) as arrays:
            return [arrays[name] for name in names]
    except (OSError, ValueError, KeyError, EOFError, BadZipFile):
        return None


def write_arrays(path: Path, **arrays: NDArray[Any]) -> None:
    """Writes an ``.npz`` file whole or not at all, and its folder; what a writer that was killed left half written goes.

    Raises:
        OSError: the disk refuses.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    # A name of its own: a question and an addition, threads of one server, both bring the file up to date.
    temporary = path.with_name(f"{path.name}.{secrets.token_hex(6)}.tmp")
    try:
        with temporary.open("wb") as file:
            np.savez(file, **arrays)  # type: ignore[arg-type]
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    for left in path.parent.glob(f"{glob.escape(path.name)}.*.tmp"):
        with suppress(FileNotFoundError):
            if time.time() - left.stat().st_mtime > ABANDONED:
                left.unlink()
