"""SQLite's files: how they are opened here, and what goes wrong with them in words, so that whoever asked learns what it is and what to do."""

import functools
import inspect
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from assistant.errors import AssistantError, LibraryError

Kept = TypeVar("Kept")
# The low byte of an extended code is its primary one.
_PRIMARY = 0xFF
_FULL, _READ_ONLY = (
    (sqlite3.SQLITE_FULL,),
    (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM),
)
# What becomes of a damaged file of things that are nowhere else.
OLD_STAYS = "l'ancien reste pour qui voudra le réparer"
_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


@dataclass(frozen=True, slots=True)
class Tables:
    """Tables that are made where they are not there.

    Attributes:
        sql: SQLite's words; a server is given them translated.
        version: raised by a change of them: a database that holds another one is refused.
        own: what a person may read of each table that holds what is somebody's, as SQL with ``:person`` and ``:role``. A server holds whoever reads to it.
    """

    sql: str
    version: int = 1
    own: Mapping[str, str] = field(default_factory=dict)


def opened(path: Path) -> sqlite3.Connection:
    """A file of ours: readers never wait for the writer, and what is erased leaves no trace in it."""
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    for pragma in (
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "foreign_keys=ON",
        "busy_timeout=30000",
        "secure_delete=ON",
    ):
        connection.execute(f"PRAGMA {pragma}")
    return connection


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All of what is written within, or nothing."""
    try:
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # SQLite undoes some failed transactions by itself
            connection.execute("ROLLBACK")
        raise


def is_sound(connection: sqlite3.Connection) -> bool:
    """Whether SQLite finds the file sound."""
    with closing(connection.execute("PRAGMA quick_check")) as cursor:
        return bool(cursor.fetchone()[0] == "ok")


def is_damage(error: sqlite3.Error) -> bool:
    """Whether SQLite says that the file is not, or no more, one of its own."""
    return getattr(error, "sqlite_errorcode", 0) & _PRIMARY in _DAMAGED


def said(error: sqlite3.Error, what: str, stands: str, cure: str) -> tuple[str, str]:
    """A message and what to do.

    Args:
        error: what SQLite says.
        what: the file, with its article: « L'index ».
        stands: what is sure all the same, a sentence.
        cure: what to do with a damaged file, which loses nothing.
    """
    code = getattr(error, "sqlite_errorcode", 0) & _PRIMARY
    if code in _FULL:
        return (
            f"Le disque est plein : {what[:1].lower()}{what[1:]} n'a pas pu être complété. {stands}",
            "Libérez de la place, puis recommencez : le travail reprend où il en était.",
        )
    if code in _READ_ONLY:
        return (
            f"{what} n'a pas pu être écrit : le dossier est en lecture seule, ou à quelqu'un d'autre, ou n'a plus de place. {stands}",
            "Donnez-vous le droit d'y écrire, et de la place.",
        )
    if code == sqlite3.SQLITE_IOERR:
        return (
            f"{what} : le disque ne répond pas comme il le devrait ({error}). {stands}",
            "Vérifiez le disque, et qu'il n'est pas plein, puis recommencez.",
        )
    if is_damage(error):
        return f"{what} est abîmé ({error}).", cure
    return (
        f"{what} n'a pas pu être lu ou écrit ({error}). {stands}",
        "Recommencez ; si cela se répète, lancez « assistant doctor ».",
    )


def of_kept(file: str, of: str, cure: str) -> Callable[[sqlite3.Error], LibraryError]:
    """What a file of things that people keep says of SQLite's errors, for ``in_words``.

    Args:
        file: its name.
        of: what it holds, in the plural: « projets ».
        cure: what becomes of what a damaged file held, once it is renamed: « l'ancien reste … ».
    """

    def make(error: sqlite3.Error) -> LibraryError:
        renamed = f"Renommez « {file} » : un fichier neuf sera créé, et {cure}."
        return LibraryError(*said(error, f"Le fichier des {of}", "Ce qui était gardé est intact.", renamed))

    return make


def in_words(make: Callable[[sqlite3.Error], AssistantError]) -> Callable[[type[Kept]], type[Kept]]:
    """Decorates a class that works on a SQLite file: an error of SQLite leaves its opening and public methods, inherited ones too, as ``make`` makes it."""

    def decorate(kept: type[Kept]) -> type[Kept]:
        for name in dir(kept):
            method = inspect.getattr_static(kept, name)
            if inspect.isfunction(method) and (name == "__init__" or not name.startswith("_")):
                setattr(
                    kept,
                    name,
                    (_iterating if inspect.isgeneratorfunction(method) else _calling)(method, make),
                )
        return kept

    return decorate


def _calling(
    method: Callable[..., Any], make: Callable[[sqlite3.Error], AssistantError]
) -> Callable[..., Any]:
    @functools.wraps(method)
    def called(*given: Any, **named: Any) -> Any:
        try:
            return method(*given, **named)
        except sqlite3.Error as error:
            raise make(error) from error

    return called


def _iterating(
    method: Callable[..., Iterator[Any]], make: Callable[[sqlite3.Error], AssistantError]
) -> Callable[..., Iterator[Any]]:
    @functools.wraps(method)
    def iterated(*given: Any, **named: Any) -> Iterator[Any]:
        try:
            yield from method(*given, **named)
        except sqlite3.Error as error:
            raise make(error) from error

    return iterated
