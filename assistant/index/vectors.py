"""The vector index (FAISS): inner products over unit vectors, kept in half precision, exact to the last bit.

Derived from the store and brought up to date by the difference of two sets of serial numbers. Many rows are looked through in bytes first, which is half
as much to read, and those that come near are scored again: more of them until none that was left out could be among the best. An approximate index would
save more, and lose rows without saying so.
"""

import glob
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
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
# FAISS searches one question in one thread: from this many rows on, each processor searches its part of them, in bytes (a million rows, two processors, the
# quickest tenth: 16 ms; 40 ms in half precision).
SHARED_ROWS = 100_000
# Rows that are scored again, beyond those wanted: of a million, the best 300 were among the first 400 by bytes (60 questions of ``bench.store``).
_MARGIN, _LEAST_MARGIN = 1 / 3, 64
_ADDED_AT_ONCE = 100_000
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
        vars(self).pop("_whole", None)
        self._scopes.clear()

    def _save(self) -> None:
        write_arrays(self._path, ids=self.ids, serials=self._serials, vectors=self._vectors)

    def search(self, vector: Vectors, limit: int, allowed: Ids | None = None) -> list[tuple[int, float]]:
        """(id, cosine) of the ``limit`` rows nearest to ``vector`` ``(dimension,)``, best first; only ids of ``allowed`` when given (sorted).

        An array that was given before is not prepared again: it must not be changed.
        """
        searched = self._whole if allowed is None else self._scope(allowed)
        return searched.search(vector, limit)

    @cached_property
    def _whole(self) -> "_Searched":
        """All rows, prepared once they are asked for: the scopes of a small library are searched by themselves."""
        return _searched(self.ids, self._vectors)

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
            return _searched(self.ids[mask], self._vectors[mask])
        return replace(self._whole, parts=tuple(part.within(mask) for part in self._whole.parts))


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
        with _one_thread():
            scores, rows = self.index.search(vector, min(limit, self.index.ntotal), params=self.parameters)
        found = rows[0] >= 0
        return scores[0][found], rows[0][found] + self.first


@dataclass(frozen=True, slots=True, eq=False)
class _Searched:
    """What is searched for one scope: ``ids`` of the rows of all its parts; ``vectors`` of these rows where the parts hold them in bytes."""

    ids: Ids
    parts: tuple[_Part, ...]
    vectors: NDArray[np.float16] | None = None

    def search(self, vector: Vectors, limit: int) -> list[tuple[int, float]]:
        """See ``VectorIndex.search``."""
        if not len(self.ids) or limit < 1:
            return []
        if self.vectors is not None:
            return self._in_two(vector, limit, self.vectors)
        rows, scores = self._nearest(vector, limit)
        return list(zip(self.ids[rows].tolist(), scores.tolist(), strict=True))

    def _in_two(self, vector: Vectors, limit: int, vectors: NDArray[np.float16]) -> list[tuple[int, float]]:
        """By bytes, then exactly: a row that was left out scores less than the last of those found, by twice the most that bytes were wrong by."""
        wanted = limit + max(int(limit * _MARGIN), _LEAST_MARGIN)
        while True:
            rows, rough = self._nearest(vector, wanted)
            order = np.argsort(rows)
            rows, rough = rows[order], rough[order]
            found = nearest(vector, np.arange(len(rows)), vectors[rows].astype(np.float32), len(rows))
            error = max((abs(score - float(rough[at])) for at, score in found), default=0.0)
            best = [(int(self.ids[rows[at]]), score) for at, score in found[:limit]]
            if len(rows) < wanted or float(rough.min()) + 2 * error < best[-1][1]:
                return best
            wanted *= 4

    def _nearest(self, vector: Vectors, limit: int) -> tuple[Ids, NDArray[np.float32]]:
        """Rows and scores, as the parts hold them, best first."""
        asked = vector.reshape(1, -1).astype(np.float32)
        searches = map if len(self.parts) == 1 else _threads().map
        each = tuple(searches(lambda part: part.search(asked, limit), self.parts))
        scores, rows = (np.concatenate(found) for found in zip(*each, strict=True))
        best = np.lexsort((rows, -scores))[:limit]
        return rows[best], scores[best]


def _searched(ids: Ids, vectors: NDArray[np.float16]) -> _Searched:
    """Rows of those ids, whole where they are few, else in bytes and in as many parts as there are processors."""
    if len(vectors) < SHARED_ROWS:
        return _Searched(ids, (_Part(0, _indexed(vectors.astype(np.float32))),))
    bounds = np.linspace(0, len(vectors), processors() + 1, dtype=np.int64).tolist()
    least, most = float(vectors.min()), float(vectors.max())
    parts = (_Part(start, _in_bytes(vectors[start:end], least, most)) for start, end in pairwise(bounds))
    return _Searched(ids, tuple(parts), vectors)


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


def _in_bytes(vectors: NDArray[np.float16], least: float, most: float) -> Any:
    """An index of ``(n, dimension)`` vectors whose every number, between ``least`` and ``most``, is one byte."""
    dimension = vectors.shape[1]
    index: Any = faiss.IndexScalarQuantizer(
        dimension, faiss.ScalarQuantizer.QT_8bit_uniform, faiss.METRIC_INNER_PRODUCT
    )
    index.train(np.array([[least] * dimension, [most] * dimension], dtype=np.float32))
    for start in range(0, len(vectors), _ADDED_AT_ONCE):
        index.add(np.ascontiguousarray(vectors[start : start + _ADDED_AT_ONCE], dtype=np.float32))
    return index


def nearest(vector: Vectors, ids: Ids, vectors: Vectors, limit: int) -> list[tuple[int, float]]:
    """(id, cosine) of the ``limit`` rows of ``vectors`` ``(n, dimension)`` nearest to ``vector``, best first, as ``VectorIndex`` scores them."""
    with _one_thread():
        return _Searched(ids, (_Part(0, _indexed(vectors)),)).search(vector, limit)


@contextmanager
def _one_thread() -> Iterator[None]:
    """FAISS waits for all its threads, be there one question or a few rows: on a machine that does other things too, that is most of the time."""
    threads = faiss.omp_get_max_threads()
    faiss.omp_set_num_threads(1)
    try:
        yield
    finally:
        faiss.omp_set_num_threads(threads)


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
