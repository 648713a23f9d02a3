"""A whole index from one database to another, row by row: killed at any moment it goes on, and what came is compared with what left.

Numbers of documents and passages stay what they were, and so does the generation: indexes derived from the one could be those of the other. The path of a
document may become another, where the file that it was read from goes along.
"""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass

import numpy as np

from assistant.datatypes import Progress
from assistant.errors import LibraryError
from assistant.index.database import Database, Row
from assistant.index.store import Store
from assistant.protocols import OnProgress, silent

# Meta key of an index that is not all there yet, and its value once the copy was found to differ.
MOVING, _TO_BEGIN_AGAIN = "moving", "à refaire"
# What a database says of itself, which goes nowhere.
_ITS_OWN = ("schema", "replica", "generation", MOVING)
_LOCK_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class _Table:
    """``rows``: how many go at once, in one transaction; a document may hold millions of characters."""

    name: str
    key: tuple[str, ...]
    columns: tuple[str, ...]
    rows: int = 500

    @property
    def is_vectors(self) -> bool:
        return self.name == "vector"

    @property
    def is_paths(self) -> bool:
        """Whether its rows, few and short, are looked at all together: a path that becomes another changes their order."""
        return self.name == "origin"


_PASSAGE = (
    "id",
    "document",
    "start",
    "stop",
    "text",
    "headings",
    "work",
    "article",
    "first_page",
    "last_page",
    "valid_from",
    "valid_to",
    "vector",
)
_DOCUMENT = (
    "serial",
    "id",
    "sha256",
    "title",
    "kind",
    "media_type",
    "text",
    "text_sha256",
    "pages",
    "headings",
    "problems",
    "metadata",
)
# What is pointed to goes before what points to it.
_TABLES = (
    _Table("vector", ("key",), ("key", "data")),
    _Table("document", ("serial",), _DOCUMENT, 20),
    _Table("origin", ("path", "collection"), ("path", "collection", "document")),
    _Table("passage", ("id",), _PASSAGE),
    _Table("question", ("id",), ("id", "document", "text", "targets", "vector")),
    _Table("summary", ("document",), ("document", "version", "summary"), 50),
    _Table("batch", ("document", "number"), ("document", "number", "keys")),
)


@dataclass(frozen=True, slots=True)
class Moved:
    """Rows of each table, the same on both sides, the SHA-256 of all of them in order, and the length of a vector (0: there is none)."""

    rows: tuple[tuple[str, int], ...]
    sha256: str
    dimension: int


PathThere = Callable[[str], str]


def _as_it_is(path: str) -> str:
    return path


def move(
    source: Store, target: Store, on_progress: OnProgress = silent, path_there: PathThere = _as_it_is
) -> Moved:
    """Copies everything of ``source`` to ``target``, which is empty or holds the same copy, begun or whole. Both are held for writing meanwhile.

    ``path_there`` gives the path of a document's file once it is there.

    Raises:
        LibraryError: the target holds something else, or what came is not what left: nothing of the source is changed.
        LibraryBusyError: someone is writing to one of them.
    """
    with ExitStack() as held:
        for store in (source, target):
            held.enter_context(store.writing(_LOCK_SECONDS))
        _begun(source, target, path_there)
        for table in _TABLES:
            _copied(table, source.database, target.database, on_progress, path_there)
        for name in ("document", "passage", "question"):
            with target.database.transaction():
                target.database.number_from(name, source.database.numbered_from(name))
        moved = _compared(source, target, on_progress, path_there)
        _ended(source, target)
    return moved


def require_whole(store: Store) -> None:
    """Raises LibraryError where a copy to this database was begun and not ended."""
    if store.meta(MOVING) is not None:
        raise LibraryError(
            f"L'index de {store.database.place} n'est pas entier : une copie y a été commencée et n'est pas finie.",
            "Relancez « assistant move --to » depuis l'index d'origine : elle reprend où elle en était.",
        )


def _begun(source: Store, target: Store, path_there: PathThere) -> None:
    """Notes which copy the target is of; one of an earlier state of the source begins again."""
    state = f"{source.database.place} {source.generation} {sorted(source.counts().items())}"
    note, known = hashlib.sha256(state.encode()).hexdigest(), target.meta(MOVING)
    if known is None and any(target.counts().values()) and not _is_copy(source, target, path_there):
        raise LibraryError(
            f"{target.database.place} contient déjà un index : rien n'y a été copié.",
            "Donnez une base vide ou un dossier neuf, ou retirez-en d'abord ce qui s'y trouve.",
        )
    if known not in (None, note):
        with target.database.transaction():
            for table in reversed(_TABLES):
                target.database.run(f"DELETE FROM {table.name}")  # noqa: S608 - our names
    target.set_meta(MOVING, note)


def _is_copy(source: Store, target: Store, path_there: PathThere) -> bool:
    """Whether the target holds the whole of the source already: what comes after the copy was stopped (the graph of vectors, the accounts)."""
    return (source.generation, source.counts()) == (target.generation, target.counts()) and all(
        _digest(table, source.database, path_there) == _digest(table, target.database) for table in _TABLES
    )


def _copied(
    table: _Table, source: Database, target: Database, on_progress: OnProgress, path_there: PathThere
) -> None:
    last = target.row(f"SELECT {', '.join(table.key)} FROM {table.name} ORDER BY {_backwards(table)} LIMIT 1")  # noqa: S608 - our names
    done, total = (
        int((one.row(f"SELECT COUNT(*) FROM {table.name}") or (0,))[0])  # noqa: S608 - our names
        for one in (target, source)
    )
    pieces = _lacking(table, source, target, path_there) if table.is_paths else _pieces(table, source, last)
    for rows in pieces:
        if table.is_vectors:
            rows = [(key, target.half(data)) for key, data in rows]
        marks = ", ".join([f"({', '.join('?' * len(table.columns))})"] * len(rows))
        with target.transaction():
            target.run(
                f"INSERT INTO {table.name} ({', '.join(table.columns)}) VALUES {marks}",  # noqa: S608
                [value for row in rows for value in row],
            )
        done += len(rows)
        on_progress(Progress("copie", done, total, table.name))


def _lacking(table: _Table, source: Database, target: Database, path_there: PathThere) -> Iterator[list[Row]]:
    """The rows of a table of paths that are not there yet, some at a time."""
    there = {row for rows in _pieces(table, target) for row in rows}
    lacking = [row for row in _paths(table, source, path_there) if row not in there]
    for start in range(0, len(lacking), table.rows):
        yield lacking[start : start + table.rows]


def _paths(table: _Table, database: Database, path_there: PathThere) -> list[Row]:
    """The rows of a table of paths as they are there, in order."""
    return sorted((path_there(path), *rest) for rows in _pieces(table, database) for path, *rest in rows)


def _backwards(table: _Table) -> str:
    return ", ".join(f"{column} DESC" for column in table.key)


def _pieces(table: _Table, database: Database, last: Row | None = None) -> Iterator[list[Row]]:
    """The rows of a table after ``last``, some at a time, in the order of the key."""
    at = [table.columns.index(column) for column in table.key]
    key, columns = ", ".join(table.key), ", ".join(table.columns)
    while True:
        after = "" if last is None else f"WHERE ({key}) > ({', '.join('?' * len(at))}) "
        rows = database.rows(
            f"SELECT {columns} FROM {table.name} {after}ORDER BY {key} LIMIT {table.rows}",  # noqa: S608 - our names
            last or (),
        )
        if not rows:
            return
        yield rows
        last = tuple(rows[-1][index] for index in at)


def _compared(source: Store, target: Store, on_progress: OnProgress, path_there: PathThere) -> Moved:
    """Reads both sides again, whole."""
    counts, all_rows = [], hashlib.sha256()
    for number, table in enumerate(_TABLES):
        on_progress(Progress("vérification", number, len(_TABLES), table.name))
        (left, was), (came, now) = (
            _digest(table, source.database, path_there),
            _digest(table, target.database),
        )
        if (left, was) != (came, now):
            target.set_meta(MOVING, _TO_BEGIN_AGAIN)
            raise LibraryError(
                f"La copie de la table « {table.name} » n'est pas conforme : {left} lignes à l'origine, {came} à l'arrivée.",
                "Relancez la même commande : elle recommence depuis le début ; l'index d'origine est intact.",
            )
        counts.append((table.name, left))
        all_rows.update(was)
    on_progress(Progress("vérification", len(_TABLES), len(_TABLES)))
    vector = source.database.row("SELECT data FROM vector LIMIT 1")
    return Moved(tuple(counts), all_rows.hexdigest(), len(vector[0]) // np.float16().nbytes if vector else 0)


def _digest(table: _Table, database: Database, path_there: PathThere = _as_it_is) -> tuple[int, bytes]:
    """Number of rows of a table, and the SHA-256 of all of them, in the order of the key, their paths as they are there."""
    count, digest = 0, hashlib.sha256()
    whole = [_paths(table, database, path_there)] if table.is_paths else _pieces(table, database)
    for rows in whole:
        count += len(rows)
        for row in rows:
            digest.update(repr(row).encode("utf-8", "surrogatepass"))
    return count, digest.digest()


def _ended(source: Store, target: Store) -> None:
    kept = [(key, value) for key, value in source.metas("").items() if key not in _ITS_OWN]
    with target.database.transaction():
        for key, value in (*kept, ("generation", str(source.generation))):
            target.database.run(
                "INSERT INTO meta VALUES (?, ?) ON CONFLICT(key) DO UPDATE SET value = excluded.value",
                (key, value),
            )
        target.database.run("DELETE FROM meta WHERE key = ?", (MOVING,))
