"""The clause library: the project's clauses and kits, and those of a user's own folder, on equal terms.

A folder holds ``<id>.md`` (clauses) and ``kits/<id>.yaml``. A file that breaks its rules is a failure that names it; the others stand.
"""

import difflib
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NoReturn

from assistant import reading
from assistant.datatypes import Failure, Kind, Kit, ModelClause
from assistant.drafting.clause_files import (
    ARTICLE_PREFIX,
    article_references,
    parse_clause,
    parse_kit,
    placeholders,
)
from assistant.errors import AssistantError, CorpusError, UsageError

KITS = "kits"
_COLLECTION = "clauses"
# A folder says what it is in this file; it is no clause.
_NOT_CLAUSES = frozenset(("readme.md", "lisezmoi.md"))
# Files that a process parses once for as long as they are the same: the library of the project takes 0.35 s, and each page and command wants it.
_KEPT = 512
# How many near names a message offers.
_NEAR = 3


@dataclass(frozen=True, slots=True)
class ClauseLibrary:
    """Clauses and kits by order of id; ``failures`` are the files that could not join, and what does not hold between those that could."""

    clauses: tuple[ModelClause, ...]
    kits: tuple[Kit, ...] = ()
    failures: tuple[Failure, ...] = ()

    def clause(self, id_: str) -> ModelClause:
        """The clause of that id.

        Raises:
            UsageError: there is none; the message offers near names.
            CorpusError: its file breaks the rules of clauses.
        """
        found = self.find_clause(id_)
        return found if found is not None else self._unknown(id_, "clause")

    def find_clause(self, id_: str) -> ModelClause | None:
        """The clause of that id, or None."""
        return next((clause for clause in self.clauses if clause.id == id_), None)

    def kit(self, id_: str) -> Kit:
        """The kit of that id. Raises as ``clause`` does."""
        found = self.find_kit(id_)
        return found if found is not None else self._unknown(id_, "kit")

    def find_kit(self, id_: str) -> Kit | None:
        """The kit of that id, or None. The prefix ``kit-`` may be left out."""
        return next((kit for kit in self.kits if id_ in (kit.id, kit.id.removeprefix("kit-"))), None)

    def _unknown(self, id_: str, what: str) -> NoReturn:
        for failure in self.failures:
            if Path(failure.origin).stem == id_:
                raise CorpusError(failure.message, failure.hint)
        near = (
            difflib.get_close_matches(id_, self.names(), _NEAR, 0.5)
            or [name for name in self.names() if id_ and id_ in name][:_NEAR]
        )
        hint = (
            f"Vouliez-vous dire {' ou '.join(f'« {name} »' for name in near)} ?"
            if near
            else "« assistant draft --list » donne les noms."
        )
        raise UsageError(f"Pas de {what} « {id_} » dans la bibliothèque.", hint)

    def names(self) -> list[str]:
        """Every id, clauses and kits."""
        return [*(clause.id for clause in self.clauses), *(kit.id for kit in self.kits)]


def load(folders: Sequence[Path]) -> ClauseLibrary:
    """The library of several folders, the first speaking first.

    Raises:
        CorpusError: a folder does not exist.
    """
    clauses: dict[str, ModelClause] = {}
    kits: dict[str, Kit] = {}
    failures: list[Failure] = []
    for folder in folders:
        if not folder.is_dir():
            raise CorpusError(
                f"Le dossier de clauses « {folder} » n'existe pas.",
                "Corrigez le réglage « clauses » de settings.toml, ou créez ce dossier.",
            )
        for path in sorted(folder.glob("*.md")):
            if path.name.lower() not in _NOT_CLAUSES:
                _join(path, clauses, kits, failures)
        for path in sorted((folder / KITS).glob("*.yaml")):
            _join(path, clauses, kits, failures)
    library = ClauseLibrary(
        tuple(clauses[id_] for id_ in sorted(clauses)), tuple(kits[id_] for id_ in sorted(kits))
    )
    return ClauseLibrary(library.clauses, library.kits, (*failures, *inconsistencies(library)))


def _join(path: Path, clauses: dict[str, ModelClause], kits: dict[str, Kit], failures: list[Failure]) -> None:
    try:
        one = _read(path)
        other = clauses.get(one.id) or kits.get(one.id)
        if other is not None:
            raise CorpusError(
                f"« {one.id} » est à la fois dans « {other.origin} » et dans « {one.origin} ».",
                "Donnez un autre nom à la vôtre, et à son fichier.",
            )
    except AssistantError as error:
        failures.append(Failure(str(path), error.message, error.hint))
        return
    if isinstance(one, ModelClause):
        clauses[one.id] = one
    else:
        kits[one.id] = one


def _read(path: Path) -> ModelClause | Kit:
    return _parsed(path, reading.bytes_of(path))


@lru_cache(_KEPT)
def _parsed(path: Path, data: bytes) -> ModelClause | Kit:
    if path.suffix == ".md":
        read = reading.read_bytes(data, path.name, kind=Kind.CLAUSE, collection=_COLLECTION, origin=str(path))
        return parse_clause(read, path.stem)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CorpusError(f"Le kit « {path} » n'est pas en UTF-8.", "Enregistrez-le en UTF-8.") from error
    return parse_kit(text, str(path), path.stem)


def inconsistencies(library: ClauseLibrary) -> tuple[Failure, ...]:
    """What does not hold between files: a name that leads nowhere, a kit that contradicts itself or has a field for nobody."""
    known = {clause.id: clause for clause in library.clauses}
    return tuple(
        Failure(origin, message, hint or "Corrigez le nom, ou ajoutez la clause à la bibliothèque.")
        for origin, message, hint in (
            *_clause_faults(known),
            *(fault for kit in library.kits for fault in _kit_faults(kit, known)),
        )
    )


def incompatible(one: ModelClause, other: ModelClause) -> bool:
    """Whether either clause says that it contradicts the other."""
    return other.id in one.incompatible or one.id in other.incompatible


def _clause_faults(known: dict[str, ModelClause]) -> Iterator[tuple[str, str, str]]:
    for clause in known.values():
        named = {
            "companions": clause.companions,
            "incompatible": clause.incompatible,
            "levels": tuple(one for level in clause.levels for one in article_references(level.wording)),
        }
        for field, ids in named.items():
            for id_ in sorted(set(ids) - known.keys()):
                yield (
                    clause.origin,
                    f"Dans la clause « {clause.origin} », « {field} » renvoie à « {id_} », qui n'existe pas.",
                    "",
                )
        for id_ in sorted(set(clause.companions) & set(clause.incompatible)):
            yield (
                clause.origin,
                f"Dans la clause « {clause.origin} », « {id_} » est à la fois « companions » et « incompatible ».",
                "Gardez l'un des deux.",
            )


def _kit_faults(kit: Kit, known: dict[str, ModelClause]) -> Iterator[tuple[str, str, str]]:
    where = f"Dans le kit « {kit.origin} »"
    chosen = [one for piece in kit.pieces for one in piece.clauses]
    for id_ in (one.id for one in chosen if one.id not in known):
        yield kit.origin, f"{where}, « pieces » contient « {id_} », qui n'existe pas.", ""
    held = [known[one.id] for one in chosen if one.id in known]
    for one, other in itertools.combinations(held, 2):
        if incompatible(one, other):
            yield (
                kit.origin,
                f"{where}, « {one.id} » et « {other.id} » se contredisent.",
                "Gardez l'une des deux.",
            )
    used = {name for clause in held for name in _names(clause)} | set(placeholders(kit.justification))
    for name in sorted({field.name for field in kit.fields} - used):
        yield kit.origin, f"{where}, « fields » déclare « {name} », que rien n'emploie.", "Retirez ce champ."
    declared = {field.name for field in kit.fields} | {
        field.name for clause in held for field in clause.fields
    }
    for name in sorted(set(placeholders(kit.justification)) - declared):
        if not name.startswith(ARTICLE_PREFIX):
            yield (
                kit.origin,
                f"{where}, « justification » emploie {{{{{name}}}}}, qu'aucun champ ne déclare.",
                "Déclarez-le dans « fields ».",
            )
        elif name.removeprefix(ARTICLE_PREFIX).strip() not in known:
            yield kit.origin, f"{where}, « justification » renvoie à {{{{{name}}}}}, qui n'existe pas.", ""


def _names(clause: ModelClause) -> tuple[str, ...]:
    """The fields that any level of the clause uses: the buyer may change the level."""
    return tuple(name for level in clause.levels for name in placeholders(level.wording))
