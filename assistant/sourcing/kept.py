"""Registers and catalogues as they are kept, in ``<home>/dependances.sqlite``: a register is its owner's, a stranger's is as if it were not there.

A catalogue that was imported for all is read by all; another one by its owner only.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant import sqlite_files
from assistant.datatypes import Problem, Severity
from assistant.errors import UsageError
from assistant.french.folding import fold_line
from assistant.site.late_file import LateFile, Shared
from assistant.sourcing.catalogues import Catalogue, Entry
from assistant.sourcing.register import Application, Column, Place, Register, Sensitivity
from assistant.sqlite_files import Tables

if TYPE_CHECKING:
    from assistant.protocols import Vectors

FILE = "dependances.sqlite"
# The owner of catalogues that are everybody's.
EVERYBODY = ""
_TABLES = Tables(
    """
CREATE TABLE IF NOT EXISTS register (
    id INTEGER PRIMARY KEY, owner TEXT NOT NULL, member TEXT NOT NULL, folded TEXT NOT NULL, file TEXT NOT NULL, imported TEXT NOT NULL, said TEXT NOT NULL,
    UNIQUE (owner, folded)
) STRICT;
CREATE TABLE IF NOT EXISTS application (
    register INTEGER NOT NULL REFERENCES register(id) ON DELETE CASCADE, number INTEGER NOT NULL, content TEXT NOT NULL, PRIMARY KEY (register, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS catalogue (
    id INTEGER PRIMARY KEY, owner TEXT NOT NULL, title TEXT NOT NULL, folded TEXT NOT NULL, said TEXT NOT NULL, entries TEXT NOT NULL,
    model TEXT NOT NULL DEFAULT '', vectors BLOB, UNIQUE (owner, folded)
) STRICT;
""",
    own={
        "register": "owner = :person",
        "application": "EXISTS (SELECT 1 FROM register WHERE id = application.register)",
        "catalogue": f"owner IN (:person, '{EVERYBODY}')",
    },
)


@dataclass(frozen=True, slots=True)
class Listed:
    """A register in a list: whose, from which file, when, how many lines."""

    member: str
    file: str
    imported: datetime
    applications: int


@sqlite_files.in_words(
    sqlite_files.of_kept(FILE, "dépendances", "vos fichiers d'origine peuvent être importés de nouveau")
)
class KeptDependencies(LateFile):
    """The file of registers and catalogues. Every public method raises LibraryError where it cannot be read or written."""

    def __init__(self, home: Path, shared: Shared | None = None) -> None:
        """``shared``: where they lie instead of in the file."""
        super().__init__(home / FILE, _TABLES, shared)

    # ---- registers --------------------------------------------------------------------------------------------------------------

    def keep(self, owner: str, registers: Sequence[Register], *, replace: bool = False) -> None:
        """Keeps registers of an owner, all or none.

        Raises:
            UsageError: he has a register of such a member already, and it is not to be replaced; or a register is empty.
        """
        for register in registers:
            if not register.applications:
                raise UsageError(
                    f"Le registre de « {register.member} » est vide : il n'est pas gardé.",
                    "Vérifiez le fichier.",
                )
        with self._writing() as file:
            for register in registers:
                self._keep(file, owner, register, replace)

    def _keep(self, file: Any, owner: str, register: Register, replace: bool) -> None:
        folded = fold_line(register.member)
        known = file.execute(
            "SELECT id, member, file, imported FROM register WHERE owner = ? AND folded = ?", (owner, folded)
        ).fetchone()
        if known and not replace:
            when = datetime.fromisoformat(known[3])
            raise UsageError(
                f"Un registre de « {known[1]} » est déjà gardé (« {known[2]} », importé le {when:%d/%m/%Y}). Deux membres peuvent porter le même nom.",
                "Si c'est le même membre, cochez « Remplacer le registre » (ou --replace) ; sinon donnez-lui un autre nom : « Nom (département) ».",
            )
        if known:
            file.execute("DELETE FROM register WHERE id = ?", (known[0],))
        said = json.dumps(
            {
                "columns": [asdict(one) for one in register.columns],
                "problems": [_of_problem(one) for one in register.problems],
                "missing": register.missing,
            },
            ensure_ascii=False,
        )
        first = register.applications[0].place.file
        (id_,) = file.execute(
            "INSERT INTO register (owner, member, folded, file, imported, said) VALUES (?, ?, ?, ?, ?, ?) RETURNING id",
            (owner, register.member, folded, first, datetime.now(UTC).isoformat(timespec="seconds"), said),
        ).fetchone()
        rows = ((id_, number, _written(one)) for number, one in enumerate(register.applications))
        file.executemany("INSERT INTO application (register, number, content) VALUES (?, ?, ?)", rows)

    def listed(self, owner: str) -> tuple[Listed, ...]:
        """The registers of an owner, by member."""
        with self._reading() as file:
            rows = file.execute(
                "SELECT member, file, imported, (SELECT count(*) FROM application WHERE register = register.id) FROM register WHERE owner = ? ORDER BY folded",
                (owner,),
            ).fetchall()
        return tuple(
            Listed(member, name, datetime.fromisoformat(when), count) for member, name, when, count in rows
        )

    def register(self, owner: str, member: str) -> Register:
        """The register of a member.

        Raises:
            UsageError: the owner has none of that name.
        """
        with self._reading() as file:
            row = file.execute(
                "SELECT id, member, said FROM register WHERE owner = ? AND folded = ?",
                (owner, fold_line(member)),
            ).fetchone()
            if row is None:
                raise UsageError(
                    f"Aucun registre de « {member} » n'est gardé.",
                    "« assistant dependencies show » donne la liste ; « assistant dependencies import FICHIER » en ajoute un.",
                )
            lines = file.execute(
                "SELECT content FROM application WHERE register = ? ORDER BY number", (row[0],)
            ).fetchall()
        said = json.loads(row[2])
        return Register(
            row[1],
            tuple(_read(line[0]) for line in lines),
            tuple(Column(**one) for one in said["columns"]),
            tuple(_to_problem(one) for one in said["problems"]),
            tuple(said["missing"]),
        )

    def applications(self, owner: str, member: str = "") -> tuple[Application, ...]:
        """The lines of one register of an owner, or of all.

        Raises:
            UsageError: he has none of that member, or none at all.
        """
        if member:
            return self.register(owner, member).applications
        found = tuple(
            one for listed in self.listed(owner) for one in self.register(owner, listed.member).applications
        )
        if not found:
            raise UsageError(
                "Aucun registre n'est gardé.", "Importez-en un : assistant dependencies import FICHIER."
            )
        return found

    def add(self, owner: str, application: Application) -> None:
        """Adds a line given by hand to the register of its member, which is made where there is none."""
        with self._writing() as file:
            row = file.execute(
                "SELECT id FROM register WHERE owner = ? AND folded = ?",
                (owner, fold_line(application.member)),
            ).fetchone()
            if row is None:
                self._keep(file, owner, Register(application.member, (application,)), False)
                return
            number = file.execute(
                "SELECT coalesce(max(number), -1) + 1 FROM application WHERE register = ?", (row[0],)
            ).fetchone()[0]
            file.execute(
                "INSERT INTO application (register, number, content) VALUES (?, ?, ?)",
                (row[0], number, _written(application)),
            )

    def forget(self, owner: str, member: str) -> None:
        """Takes a register out, word by word.

        Raises:
            UsageError: the owner has none of that name.
        """
        with self._writing() as file:
            if not file.execute(
                "DELETE FROM register WHERE owner = ? AND folded = ?", (owner, fold_line(member))
            ).rowcount:
                raise UsageError(
                    f"Aucun registre de « {member} » n'est gardé.",
                    "« assistant dependencies show » donne la liste.",
                )

    def purge(self, *, before: date | None = None, owner: str | None = None) -> int:
        """Takes out the registers imported before a day, or everything of an owner, his catalogues too. Returns how many registers."""
        if not self._is_there():
            return 0
        with self._writing() as file:
            if owner is not None:
                file.execute("DELETE FROM catalogue WHERE owner = ? AND owner <> ?", (owner, EVERYBODY))
            where, value = ("owner = ?", owner) if owner is not None else ("imported < ?", f"{before}")
            count = int(file.execute(f"DELETE FROM register WHERE {where}", (value,)).rowcount)  # noqa: S608 - our words
        self._forget()  # what an earlier purge that a full disk stopped had erased too
        return count

    # ---- catalogues -------------------------------------------------------------------------------------------------------------

    def keep_catalogue(
        self, owner: str, catalogue: Catalogue, model: str = "", vectors: "Vectors | None" = None
    ) -> None:
        """Keeps a catalogue in the place of the one of that title; ``model`` made the vectors of its entries."""
        said: dict[str, Any] = {
            "title": catalogue.title,
            "source": catalogue.source,
            "dated": _iso(catalogue.dated),
            "licence": catalogue.licence,
            "columns": catalogue.columns,
        }
        said["problems"] = [_of_problem(one) for one in catalogue.problems]
        entries = json.dumps([_plain(asdict(one)) for one in catalogue.entries], ensure_ascii=False)
        blob = None if vectors is None else vectors.astype("<f4").tobytes()
        with self._writing() as file:
            file.execute(
                "DELETE FROM catalogue WHERE owner = ? AND folded = ?", (owner, fold_line(catalogue.title))
            )
            file.execute(
                "INSERT INTO catalogue (owner, title, folded, said, entries, model, vectors) VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    owner,
                    catalogue.title,
                    fold_line(catalogue.title),
                    json.dumps(said, ensure_ascii=False),
                    entries,
                    model,
                    blob,
                ),
            )

    def catalogues(self, owner: str) -> tuple[Catalogue, ...]:
        """The catalogues that an owner reads: everybody's and his, by title."""
        return tuple(catalogue for catalogue, _ in self._catalogues(owner, ""))

    def with_vectors(self, owner: str, model: str) -> Iterator[tuple[Catalogue, "Vectors | None"]]:
        """The same, each with the vectors that a model made of its entries, or None."""
        import numpy as np

        for catalogue, blob in self._catalogues(owner, model):
            yield (
                catalogue,
                None
                if blob is None
                else np.frombuffer(blob, dtype="<f4").reshape(len(catalogue.entries), -1),
            )

    def _catalogues(self, owner: str, model: str) -> list[tuple[Catalogue, bytes | None]]:
        with self._reading() as file:
            rows = file.execute(
                "SELECT said, entries, CASE WHEN model = ? THEN vectors END FROM catalogue WHERE owner IN (?, ?) ORDER BY folded",
                (model or None, owner, EVERYBODY),
            ).fetchall()
        return [(_catalogue(json.loads(said), json.loads(entries)), blob) for said, entries, blob in rows]

    def forget_catalogue(self, owner: str, title: str) -> None:
        """Takes a catalogue of an owner out.

        Raises:
            UsageError: he has none of that title.
        """
        with self._writing() as file:
            if not file.execute(
                "DELETE FROM catalogue WHERE owner = ? AND folded = ?", (owner, fold_line(title))
            ).rowcount:
                raise UsageError(
                    f"Aucun catalogue « {title} » n'est gardé.",
                    "« assistant dependencies catalogue » donne la liste.",
                )


# ---- values and JSON ------------------------------------------------------------------------------------------------------------


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: _iso(one) if isinstance(one, date) else str(one) if isinstance(one, Decimal) else one
        for name, one in values.items()
        if one not in (None, "", ())
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _written(one: Application) -> str:
    return json.dumps(_plain(asdict(one)) | {"function": one.function}, ensure_ascii=False)


def _read(text: str) -> Application:
    said = json.loads(text)
    given: dict[str, Any] = {name: said.get(name) for name in Application.__dataclass_fields__}
    given["place"] = Place(**said["place"])
    given["contract_end"] = date.fromisoformat(said["contract_end"]) if said.get("contract_end") else None
    given["sensitivity"] = Sensitivity(said["sensitivity"]) if said.get("sensitivity") else None
    given["yearly_cost"] = Decimal(said["yearly_cost"]) if said.get("yearly_cost") else None
    given["notes"] = tuple((header, value) for header, value in said.get("notes", ()))
    return Application(**given)


def _catalogue(said: Mapping[str, Any], entries: Sequence[Mapping[str, Any]]) -> Catalogue:
    return Catalogue(
        said["title"],
        said["source"],
        date.fromisoformat(said["dated"]) if said["dated"] else None,
        said["licence"],
        tuple(_entry(one) for one in entries),
        tuple((header, field) for header, field in said["columns"]),
        tuple(_to_problem(one) for one in said["problems"]),
    )


def _entry(said: Mapping[str, Any]) -> Entry:
    given = dict(said)
    for name in ("dated", "until"):
        if name in given:
            given[name] = date.fromisoformat(given[name])
    given["notes"] = tuple((header, value) for header, value in said.get("notes", ()))
    return Entry(**given)


def _of_problem(one: Problem) -> list[str]:
    return [one.code, one.message, one.severity.value]


def _to_problem(one: Sequence[str]) -> Problem:
    return Problem(one[0], one[1], severity=Severity(one[2]))
