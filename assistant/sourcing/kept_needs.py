"""The lines of needs that were gathered, where they came from, and what people put right, in ``<home>/besoins.sqlite``."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from assistant import sqlite_files
from assistant.errors import UsageError
from assistant.french.folding import fold_line
from assistant.site.late_file import LateFile, Shared
from assistant.sourcing.joining import Corrections
from assistant.sourcing.needs import Line, Origin
from assistant.sourcing.register import Sensitivity
from assistant.sqlite_files import Tables

FILE = "besoins.sqlite"
# Rows fetched at once: memory stays the same however many there are.
_AT_ONCE = 5_000
_NAMED = 5
_LINE = "CREATE TABLE IF NOT EXISTS line ("
_ADDED = "INSERT INTO line (source, member, folded, function, name, users, cost, volume, ends, sensitivity) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_SCHEMA = """
CREATE TABLE IF NOT EXISTS source (
    serial INTEGER PRIMARY KEY AUTOINCREMENT, file TEXT NOT NULL, origin TEXT NOT NULL, owner TEXT NOT NULL, added TEXT NOT NULL, told TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS line (
    source INTEGER NOT NULL REFERENCES source(serial) ON DELETE CASCADE, member TEXT NOT NULL, folded TEXT NOT NULL, function TEXT NOT NULL, name TEXT NOT NULL,
    users INTEGER, cost TEXT, volume TEXT, ends TEXT, sensitivity TEXT
) STRICT;
CREATE INDEX IF NOT EXISTS line_source ON line(source);
CREATE INDEX IF NOT EXISTS line_member ON line(folded);
CREATE TABLE IF NOT EXISTS correction (kind TEXT NOT NULL, one TEXT NOT NULL, other TEXT NOT NULL, PRIMARY KEY (kind, one, other)) STRICT, WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Gathered:
    """A file whose lines are kept: its number, name, origin, who gave it (empty: from the command line), when, and what was said of it."""

    serial: int
    file: str
    origin: Origin
    owner: str
    added: datetime
    told: tuple[str, ...]
    lines: int
    members: int


@sqlite_files.in_words(
    sqlite_files.of_kept(FILE, "besoins", "vos registres pourront y être versés de nouveau")
)
class KeptNeeds(LateFile):
    """The file. Every public method raises LibraryError where it cannot be read or written."""

    def __init__(
        self,
        home: Path,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        shared: Shared | None = None,
    ) -> None:
        """``shared``: where they lie instead of in the file."""
        super().__init__(
            home / FILE,
            Tables(
                _SCHEMA if shared is None else _SCHEMA.replace(_LINE, f"{_LINE} rowid INTEGER PRIMARY KEY,")
            ),
            shared,
        )
        self._clock = clock

    def add(
        self,
        file: str,
        origin: Origin,
        lines: Sequence[Line],
        *,
        owner: str = "",
        told: Sequence[str] = (),
        same_members: bool = False,
    ) -> Gathered:
        """Keeps the lines of a file.

        Args:
            file: its name.
            origin: what it is.
            lines: what was read of it.
            owner: who gives it.
            told: what was said of it.
            same_members: members whose names are held already are the same ones.

        Raises:
            UsageError: it has no line, or a member's name is held already and nobody says whether it is the same member.
        """
        if not lines:
            raise UsageError(
                f"« {file} » n'a aucune ligne à compter.",
                "Vérifiez le fichier : une ligne par application, sous une ligne d'en-têtes.",
            )
        names = {fold_line(line.member): line.member for line in lines}
        with self._writing() as connection:
            if not same_members:
                _refuse_twins(connection, file, names, owner)
            added = self._clock().astimezone(UTC).isoformat()
            serial = connection.execute(
                "INSERT INTO source (file, origin, owner, added, told) VALUES (?, ?, ?, ?, ?) RETURNING serial",
                (file, origin.value, owner, added, json.dumps(list(told), ensure_ascii=False)),
            ).fetchone()[0]
            connection.executemany(_ADDED, (_row(serial, line) for line in lines))
        return next(one for one in self.sources() if one.serial == serial)

    def remove(self, serial: int, owner: str | None = None) -> str:
        """Forgets a file and its lines, and returns its name; with ``owner``, only one of his.

        Raises:
            UsageError: there is none.
        """
        with self._writing() as connection:
            his, values = _of(owner)
            found = connection.execute(
                f"SELECT file FROM source WHERE serial = ?{his}",  # noqa: S608 - our words
                (serial, *values),
            ).fetchone()
            if found is None:
                raise UsageError(
                    f"Aucun fichier versé n'a le numéro {serial}.", "« assistant needs sources » les liste."
                )
            connection.execute("DELETE FROM source WHERE serial = ?", (serial,))
        return str(found[0])

    def purge(self, *, before: date | None = None, owner: str | None = None) -> int:
        """Erases the files added before a day (UTC), or those of an owner, with their lines. Returns how many files.

        What was put right stays: it names wordings by digits that say nothing of them.
        """
        if not self._is_there():
            return 0
        where, value = ("owner = ?", owner) if owner is not None else ("added < ?", f"{before}")
        with self._writing() as connection:
            count = int(connection.execute(f"DELETE FROM source WHERE {where}", (value,)).rowcount)  # noqa: S608 - our words
        self._forget()  # what an earlier purge that a full disk stopped had erased too
        return count

    def sources(self) -> tuple[Gathered, ...]:
        """The files, oldest first."""
        with self._reading() as connection:
            rows = connection.execute(
                "SELECT serial, file, origin, owner, added, told, count(line.source), count(DISTINCT folded) FROM source"
                " LEFT JOIN line ON line.source = serial GROUP BY serial ORDER BY serial"
            ).fetchall()
        return tuple(
            Gathered(
                r[0],
                r[1],
                Origin(r[2]),
                r[3],
                datetime.fromisoformat(r[4]),
                tuple(json.loads(r[5])),
                r[6],
                r[7],
            )
            for r in rows
        )

    def lines(self, owner: str | None = None) -> Iterator[Line]:
        """The lines, file by file as they were added; with ``owner``, those that he gave. A member's name is the same however it is accented."""
        shown: dict[str, str] = {}
        with self._reading() as connection:
            his, values = _of(owner)
            cursor = connection.execute(
                "SELECT member, folded, function, name, origin, users, cost, volume, ends, sensitivity FROM line JOIN source ON serial = source"  # noqa: S608
                f" WHERE 1 = 1{his} ORDER BY source, line.rowid",
                values,
            )
            if self._shared is None:
                while rows := cursor.fetchmany(_AT_ONCE):
                    yield from _lines(rows, shown)
                return
            rows = cursor.fetchall()  # no transaction of the server stays open while whoever listens works
        yield from _lines(rows, shown)

    # ---- corrections -------------------------------------------------------------------------------------------------------------

    def corrections(self) -> Corrections:
        """What people put right, in an order that does not depend on theirs."""
        with self._reading() as connection:
            rows = connection.execute(
                "SELECT kind, one, other FROM correction ORDER BY kind, one, other"
            ).fetchall()
        together = tuple((one, other) for kind, one, other in rows if kind == "together")
        return Corrections(together, tuple(one for kind, one, _ in rows if kind == "apart"))

    def put_together(self, one: str, other: str) -> None:
        """Keeps that the needs of two wordings are one.

        Raises:
            UsageError: they are the same wording.
        """
        if one == other:
            raise UsageError(
                "Il faut deux libellés différents pour les réunir.",
                "« assistant needs show BESOIN » donne leurs identifiants.",
            )
        with self._writing() as connection:
            connection.execute(
                "INSERT INTO correction VALUES ('together', ?, ?) ON CONFLICT DO NOTHING",
                tuple(sorted((one, other))),
            )

    def put_apart(self, wording: str) -> None:
        """Keeps that a wording is a need of its own; that it was put together with others is forgotten."""
        with self._writing() as connection:
            connection.execute(
                "DELETE FROM correction WHERE kind = 'together' AND ? IN (one, other)", (wording,)
            )
            connection.execute(
                "INSERT INTO correction VALUES ('apart', ?, '') ON CONFLICT DO NOTHING", (wording,)
            )

    def let_go(self, wording: str) -> bool:
        """Forgets what was put right of a wording. Returns whether anything was."""
        with self._writing() as connection:
            return bool(
                connection.execute("DELETE FROM correction WHERE ? IN (one, other)", (wording,)).rowcount
            )

    # ---- the file ----------------------------------------------------------------------------------------------------------------


def _lines(rows: Iterable[Sequence[Any]], shown: dict[str, str]) -> Iterator[Line]:
    for member, folded, function, name, origin, users, cost, volume, ends, sensitivity in rows:
        yield Line(
            shown.setdefault(folded, member), function, name, Origin(origin), users,
            Decimal(cost) if cost else None, Decimal(volume) if volume else None,
            date.fromisoformat(ends) if ends else None, Sensitivity(sensitivity) if sensitivity else None,
        )  # fmt: skip


def _of(owner: str | None) -> tuple[str, tuple[str, ...]]:
    """What keeps to the files of an owner (None: of all), and its value."""
    return ("", ()) if owner is None else (" AND owner = ?", (owner,))


def _row(serial: int | None, line: Line) -> tuple[object, ...]:
    cost, volume = (None if value is None else str(value) for value in (line.cost, line.volume))
    ends = line.end.isoformat() if line.end else None
    sensitivity = line.sensitivity.value if line.sensitivity else None
    return (
        serial,
        line.member,
        fold_line(line.member),
        line.function,
        line.name,
        line.users,
        cost,
        volume,
        ends,
        sensitivity,
    )


def _refuse_twins(connection: Any, file: str, names: dict[str, str], owner: str) -> None:
    """Raises UsageError where members of a file have a name that another file holds: the same member given twice, or two of one name.

    Only a person knows. Whoever may not see the other file is not told its name.
    """
    held: dict[str, str] = {}
    for folded in names:
        row = connection.execute(
            "SELECT file, owner FROM line JOIN source ON serial = source WHERE folded = ? LIMIT 1", (folded,)
        ).fetchone()
        if row is not None:
            held[names[folded]] = f" (« {row[0]} »)" if row[1] == owner else ""
    if held:
        some = ", ".join(f"« {name} »{where}" for name, where in list(held.items())[:_NAMED])
        more = f" et {len(held) - _NAMED} autres" if len(held) > _NAMED else ""
        raise UsageError(
            f"« {file} » n'est pas versé : {some}{more} ont déjà des lignes."
            if len(held) > 1
            else f"« {file} » n'est pas versé : {some} a déjà des lignes.",
            "Si c'est le même membre, dites-le (--same-members, ou la case à cocher), ou retirez d'abord l'ancien fichier ; si ce sont deux membres du même"
            " nom, donnez-leur des noms différents (--member, ou la colonne du membre).",
        )


def duplicates(lines: Iterable[Line]) -> int:
    """How many lines say again what a line of the same member says: they are counted, and told."""
    seen: set[tuple[str, str, str]] = set()
    again = 0
    for line in lines:
        key = (fold_line(line.member), fold_line(line.function), fold_line(line.name))
        again += key in seen
        seen.add(key)
    return again
