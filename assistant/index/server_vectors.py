"""Vectors of passages searched in PostgreSQL: exactly within a narrow scope, by an HNSW index over a wide one.

An HNSW index under a narrow filter gives too few rows without saying so: of what it gives, the rows within the scope are counted here, and where they
are too few the scope is searched exactly. The last word on the order is FAISS's, on the rows found, as over SQLite: the same scores to the last bit.
"""

from collections.abc import Sequence

import numpy as np

from assistant.index.database import Database, Ids, Row
from assistant.index.vectors import nearest
from assistant.protocols import Vectors

# Rows searched exactly: half a microsecond each, so as long as the HNSW index takes (docs/passage-a-lechelle.md).
EXACT_ROWS = 30_000
# Candidates that the HNSW index is asked for at most, so those of a scope of two fifths of all rows. Of a million rows, it gives 0.95 of the 300 nearest there
# in the time in which 80,000 rows are searched exactly; in a scope of three tenths it gives 0.91: what is narrower is searched exactly.
MOST_CANDIDATES = 1_000
# Rows beyond the limit: pgvector and FAISS sum in different orders, so the last ranks may change places.
MARGIN = 16
_SHARE_MARGIN = 1.3
# The index is asked to look at this many rows at least, and to go on while it has given too few. Of a million rows: 0.967 of the 300 nearest with 600, 0.982
# with 900; a graph of more edges (m = 24) gives that with 600, and takes as long.
SESSION = (
    ("hnsw.ef_search", "900"),
    ("hnsw.iterative_scan", "relaxed_order"),
    ("hnsw.max_scan_tuples", "40000"),
)
# Bytes that the index takes in memory while it is made, a row, and what is asked of the server at most.
_BUILD_BYTES, _BUILD_MOST = 1_600, 4 << 30


class ServerVectors:
    """See ``PassageVectors``. Holds the numbers of passages and documents, ``(n,)`` each, and no vector."""

    def __init__(self, database: Database, dimension: int) -> None:
        self._database, self._dimension = database, dimension
        rows = database.rows("SELECT passage, document FROM passage_vector ORDER BY passage")
        pairs = np.array(rows, dtype=np.int64).reshape(-1, 2)
        self.ids: Ids = np.ascontiguousarray(pairs[:, 0])
        self._serials: Ids = np.ascontiguousarray(pairs[:, 1])
        self._counts = dict(
            zip(*(part.tolist() for part in np.unique(self._serials, return_counts=True)), strict=True)
        )
        self._is_indexed = (
            database.row(
                "SELECT 1 FROM pg_indexes WHERE schemaname = 'assistant' AND indexname = ?",
                (_name(dimension),),
            )
            is not None
        )

    def search(self, vector: Vectors, limit: int, allowed: Ids | None = None) -> list[tuple[int, float]]:
        """See ``PassageVectors``."""
        within = self.ids if allowed is None else allowed
        if not len(within):
            return []
        limit, asked = min(limit, len(within)), vector.astype(np.float16).astype(np.float32)
        if not self._is_indexed or len(self.ids) <= EXACT_ROWS:
            return self._exact(asked, vector, limit, within)
        share = len(within) / len(self.ids)
        candidates = int(limit * _SHARE_MARGIN / share) + MARGIN
        if candidates > MOST_CANDIDATES or self._rows_of(within) <= EXACT_ROWS:
            return self._exact(asked, vector, limit, within)
        found = self._within(self._wide(asked, candidates), within)
        return (
            nearest(vector, *found, limit)
            if len(found[0]) >= limit
            else self._exact(asked, vector, limit, within)
        )

    def _rows_of(self, within: Ids) -> int:
        """Rows of the documents of a scope, which an exact search reads; the rows of all where the scope is wide at first sight."""
        return (
            len(self.ids)
            if len(within) > EXACT_ROWS
            else sum(self._counts[serial] for serial in self._documents(within))
        )

    def _documents(self, within: Ids) -> list[int]:
        rows = np.minimum(np.searchsorted(self.ids, within), len(self.ids) - 1)
        found: list[int] = np.unique(self._serials[rows]).tolist()
        return found

    def _exact(self, asked: Vectors, vector: Vectors, limit: int, within: Ids) -> list[tuple[int, float]]:
        """Every row of the documents of the scope; more of them while rows of these documents that are not of the scope crowd out the others."""
        documents = self._documents(within) if len(within) < len(self.ids) else None
        rows, wanted = (
            len(self.ids) if documents is None else sum(self._counts[serial] for serial in documents),
            limit + MARGIN,
        )
        scope, values = ("", ()) if documents is None else ("WHERE document = ANY(?) ", (documents,))
        sql = f"SELECT passage, data FROM passage_vector {scope}ORDER BY data <#> ?, passage LIMIT ?"  # noqa: S608 - our words
        while True:
            ids, vectors = self._within(
                self._database.rows(sql, (*values, self._half(asked), wanted)), within
            )
            if len(ids) >= min(limit + MARGIN, len(within)) or wanted >= rows:
                return nearest(vector, ids, vectors, limit)
            wanted *= 4

    def _wide(self, asked: Vectors, candidates: int) -> list[Row]:
        cast = f"halfvec({self._dimension})"
        sql = f"SELECT passage, data FROM passage_vector ORDER BY data::{cast} <=> ?::{cast} LIMIT ?"  # noqa: S608 - our words
        return self._database.rows(sql, (self._half(asked), candidates))

    def _half(self, vector: Vectors) -> object:
        return self._database.half(vector.astype("<f2").tobytes())

    def _within(self, found: Sequence[Row], within: Ids) -> tuple[Ids, Vectors]:
        """Ids, in order, and vectors of the rows that are of the scope: another machine may have added some since."""
        kept = sorted(found)
        ids = np.array([id_ for id_, _ in kept], dtype=np.int64)
        rows = np.minimum(np.searchsorted(within, ids), len(within) - 1)
        known = within[rows] == ids
        vectors = np.frombuffer(b"".join(data for _, data in kept), dtype="<f2").reshape(-1, self._dimension)
        return ids[known], vectors[known].astype(np.float32)


def _name(dimension: int) -> str:
    return f"passage_vector_wide_{dimension}"


def build_wide(database: Database, dimension: int) -> None:
    """Makes the HNSW index where there is enough to search and none that is whole; later rows enter it as they come."""
    row = database.row("SELECT COUNT(*) FROM passage_vector")
    rows = int(row[0]) if row else 0
    if rows <= EXACT_ROWS:
        return
    name, is_whole = _name(dimension), wide_state(database)[1]
    memory = max(64 << 20, min(rows * _BUILD_BYTES, _BUILD_MOST))
    with database.transaction():
        database.row("SELECT set_config('maintenance_work_mem', ?, true)", (f"{memory >> 20}MB",))
        if not is_whole:  # an administrator's REINDEX that was cut short leaves one that nothing uses
            database.run(f"DROP INDEX IF EXISTS {name}")
        database.run(
            f"CREATE INDEX IF NOT EXISTS {name} ON passage_vector USING hnsw ((data::halfvec({dimension})) halfvec_cosine_ops)"
        )


def wide_state(database: Database) -> tuple[int, bool]:
    """How many vectors are searched, and whether the HNSW index of their dimension is there and whole."""
    row = database.row(
        "SELECT COUNT(*), (SELECT vector_dims(data) FROM passage_vector LIMIT 1) FROM passage_vector"
    )
    count, dimension = row or (0, None)
    sql = "SELECT 1 FROM pg_index WHERE indexrelid = to_regclass(?) AND indisvalid AND indisready"
    return count, dimension is not None and database.row(sql, (f"assistant.{_name(dimension)}",)) is not None
