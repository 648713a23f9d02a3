"""The vector index (FAISS): exact inner products over unit vectors, kept in half precision.

Derived from the store and brought up to date by the difference of two sets of serial numbers. Exact search over 500,000 rows of 384 takes some
tens of milliseconds on two cores: an approximate index would save little and lose rows without saying so.
"""

import glob
import secrets
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import faiss
import numpy as np
from numpy.typing import NDArray

from assistant.protocols import Vectors

Ids = NDArray[np.int64]
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
        self._index = self._build()

    def _load(self) -> None:
        arrays = read_arrays(self._path, ("ids", "serials", "vectors"))
        if arrays is None:
            return
        ids, serials, vectors = arrays
        if vectors.ndim == 2 and vectors.shape == (len(ids), self._dimension):
            self.ids, self._serials, self._vectors = ids, serials, vectors

    def _build(self) -> Any:
        index = faiss.IndexScalarQuantizer(
            self._dimension, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT
        )
        if len(self.ids):
            index.add(self._vectors.astype(np.float32))
        return index

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
        self._index = self._build()

    def _save(self) -> None:
        write_arrays(self._path, ids=self.ids, serials=self._serials, vectors=self._vectors)

    def search(self, vector: Vectors, limit: int, allowed: Ids | None = None) -> list[tuple[int, float]]:
        """(id, cosine) of the ``limit`` rows nearest to ``vector`` ``(dimension,)``, best first; only ids of ``allowed`` when given (sorted)."""
        if not len(self.ids):
            return []
        parameters: Any = None
        if allowed is not None:
            mask = np.isin(self.ids, allowed, assume_unique=True)
            bitmap = np.packbits(mask, bitorder="little")
            selector: Any = faiss.IDSelectorBitmap
            made: Any = faiss.SearchParameters
            parameters = made(sel=selector(bitmap))
        scores, rows = self._index.search(
            vector.reshape(1, -1).astype(np.float32), min(limit, len(self.ids)), params=parameters
        )
        return [
            (int(self.ids[row]), float(score))
            for row, score in zip(rows[0], scores[0], strict=True)
            if row >= 0
        ]


def nearest(vector: Vectors, ids: Ids, vectors: Vectors, limit: int) -> list[tuple[int, float]]:
    """(id, cosine) of the ``limit`` rows of ``vectors`` ``(n, dimension)`` nearest to ``vector``, best first, as ``VectorIndex`` scores them."""
    if not len(ids):
        return []
    index: Any = faiss.IndexScalarQuantizer(
        vectors.shape[1], faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT
    )
    index.add(np.ascontiguousarray(vectors))
    scores, rows = index.search(vector.reshape(1, -1).astype(np.float32), min(limit, len(ids)))
    return [(int(ids[row]), float(score)) for row, score in zip(rows[0], scores[0], strict=True) if row >= 0]


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
