"""Registers, catalogues, exposure and plans for whoever asks: what is kept, read and computed, in one place; an owner sees his own registers only."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.datatypes import Problem
from assistant.errors import UsageError
from assistant.french.folding import fold_line
from assistant.protocols import EmbeddingModel
from assistant.reach import EVERYWHERE, Reach
from assistant.reading.tables import Table
from assistant.site.late_file import Shared
from assistant.sourcing import catalogues, contracts, exposure, importing, plan
from assistant.sourcing.catalogues import Candidate, Catalogue, Entry, Filters
from assistant.sourcing.contracts import IndexedContract, Stated
from assistant.sourcing.exposure import Exposure
from assistant.sourcing.kept import EVERYBODY, KeptDependencies, Listed
from assistant.sourcing.plan import Plan, Ranges
from assistant.sourcing.register import Register

if TYPE_CHECKING:
    pass

ReadTables = Callable[[Path | bytes, str], tuple[Table, ...]]
RANGES_FILE = "durees-de-migration.toml"
"""A site's own ranges of months, in its home: they serve instead of the project's."""
# A candidate that may be ordered stands for an application only when it is this near.
_SOURCED_SCORE = 0.45


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import read: a register for each member, and the contracts that were joined."""

    registers: tuple[Register, ...]
    questions: tuple[str, ...]


class Dependencies:
    """What the commands and the page ask.

    Args:
        home: where everything is kept.
        tables: reads a stranger's file (``assistant.reading.isolation``).
        embedding: the project's embedding, or None where it is not set up.
        indexed: the contracts of the index, that may be looked into; with the examples of the project, or without.
        questions: the sourcing questions of the clause library, their fields in braces.
        shared: where registers and catalogues lie instead of in the home.
    """

    def __init__(
        self,
        home: Path,
        tables: ReadTables,
        embedding: Callable[[], EmbeddingModel | None],
        indexed: Callable[[Reach, bool], tuple[IndexedContract, ...]],
        questions: Callable[[], str],
        shared: Shared | None = None,
    ) -> None:
        self.kept = KeptDependencies(home, shared)
        self._home, self._tables, self._embedding, self._indexed, self._questions = (
            home,
            tables,
            embedding,
            indexed,
            questions,
        )

    # ---- registers --------------------------------------------------------------------------------------------------------------

    def read(
        self,
        source: Path | bytes,
        name: str,
        *,
        member: str = "",
        columns: Mapping[str, str | None] | None = None,
        values: Mapping[str, str] | None = None,
    ) -> Register:
        """What a file holds, kept nowhere yet. See ``importing.read_register``; raises as it does, and as readers do."""
        tables = self._tables(source, name)
        return importing.read_register(
            tables, name, member=member, columns=columns, values=values, embedding=self._embedding()
        )

    def import_register(
        self,
        owner: str,
        source: Path | bytes,
        name: str,
        *,
        member: str = "",
        columns: Mapping[str, str | None] | None = None,
        values: Mapping[str, str] | None = None,
        replace_known: bool = False,
    ) -> Imported:
        """Reads a file and keeps its registers, one for each member. Raises as ``read`` and ``KeptDependencies.keep``."""
        found = self.read(source, name, member=member, columns=columns, values=values)
        registers = tuple(importing.by_member(found))
        self.kept.keep(owner, registers, replace=replace_known)
        return Imported(registers, importing.missing_questions(found))

    def listed(self, owner: str) -> tuple[Listed, ...]:
        """The registers of an owner."""
        return self.kept.listed(owner)

    # ---- exposure ---------------------------------------------------------------------------------------------------------------

    def exposures(
        self, owner: str, member: str, today: date, collections: Reach = EVERYWHERE
    ) -> tuple[Exposure, ...]:
        """The exposure of each line of a register of an owner, or of all.

        Raises:
            UsageError: he has none.
        """
        applications = self.kept.applications(owner, member)
        indexed = self._indexed(collections, False)
        joins = {
            at: found for at, one in enumerate(applications) if (found := contracts.joined(one, indexed))
        }
        known = catalogues.owners(self.kept.catalogues(owner))
        return exposure.exposures(applications, today, owners=known, joins=joins, has_contracts=bool(indexed))

    # ---- catalogues -------------------------------------------------------------------------------------------------------------

    def import_catalogue(
        self,
        owner: str,
        source: Path | bytes,
        name: str,
        *,
        title: str = "",
        published_by: str = "",
        dated: date | None = None,
        licence: str = "",
        shared: bool = False,
    ) -> Catalogue:
        """Reads a catalogue and keeps it in the place of the one of that title; ``shared``: for everybody.

        Raises:
            UsageError: no sheet names solutions.
        """
        found = catalogues.read_catalogue(
            self._tables(source, name),
            name,
            title or Path(name).stem,
            source=published_by,
            dated=dated,
            licence=licence,
        )
        self._keep(owner, found, shared)
        return found

    def import_frameworks(
        self,
        owner: str,
        title: str,
        central: str,
        collections: Reach,
        dated: date | None,
        *,
        shared: bool = False,
    ) -> Catalogue:
        """Keeps the framework agreements of the index as a catalogue: « déjà sourcé ». Examples count only in collections that are named.

        Raises:
            UsageError: the index has none in those collections.
        """
        found = [one for one in self._indexed(collections, bool(collections)) if one.is_framework]
        if not found:
            where = f" dans « {', '.join(collections)} »" if collections else ""
            raise UsageError(
                f"Aucun accord-cadre n'est indexé{where}.",
                "Indexez-les : assistant index DOSSIER --kind accord-cadre --collection NOM.",
            )
        entries = tuple(entry for one in found for entry in _entries(one, title, central, dated))
        undated = (
            (
                Problem(
                    "undated", f"« {title} » : la date de la liste n'est pas dite ; donnez-la avec --date."
                ),
            )
            if dated is None
            else ()
        )
        made = Catalogue(title, "accords-cadres indexés", dated, "documents du membre", entries, (), undated)
        self._keep(owner, made, shared)
        return made

    def _keep(self, owner: str, found: Catalogue, shared: bool) -> None:
        embedding = self._embedding()
        vectors = catalogues.vectors_of(found.entries, embedding) if embedding is not None else None
        self.kept.keep_catalogue(
            EVERYBODY if shared else owner,
            found,
            embedding.identity if embedding is not None else "",
            vectors,
        )

    def search(
        self, owner: str, need: str, today: date, filters: Filters | None = None, limit: int = 10
    ) -> tuple[Candidate, ...]:
        """The candidates of the catalogues that an owner reads.

        Raises:
            UsageError: there is no catalogue, or the need is empty.
        """
        return self._searcher(owner).search(need, today, filters, limit)

    def _searcher(self, owner: str) -> catalogues.Searcher:
        embedding = self._embedding()
        held = list(self.kept.with_vectors(owner, embedding.identity if embedding is not None else ""))
        if not held:
            raise UsageError(
                "Aucun catalogue n'est gardé : il n'y a pas où chercher.",
                "Importez-en un : assistant dependencies catalogue FICHIER --title … --source … --date …",
            )
        entries = [entry for catalogue, _ in held for entry in catalogue.entries]
        if embedding is None:
            return catalogues.Searcher(entries)
        import numpy as np

        made = [
            catalogues.vectors_of(catalogue.entries, embedding) if vectors is None else vectors
            for catalogue, vectors in held
        ]
        return catalogues.Searcher(entries, embedding, np.concatenate(made))

    # ---- plan -------------------------------------------------------------------------------------------------------------------

    def ranges(self, path: Path | None = None) -> Ranges:
        """The ranges of a file, else those of the home, else those of the project.

        Raises:
            UsageError: the file is not there, or breaks a range.
        """
        own = self._home / RANGES_FILE
        chosen = path or (own if own.is_file() else None)
        if chosen is None:
            return Ranges.shipped()
        try:
            return Ranges.own(chosen.read_text(encoding="utf-8"), chosen.name)
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError(f"« {chosen} » ne se lit pas.", "Donnez un fichier TOML en UTF-8.") from error

    def plan(
        self,
        owner: str,
        member: str,
        today: date,
        ranges: Path | None = None,
        collections: Reach = EVERYWHERE,
    ) -> Plan:
        """The plan for the registers of an owner. Raises as ``exposures`` and ``ranges``."""
        chosen = self.ranges(ranges)
        found = self.exposures(owner, member, today, collections)
        return plan.plan(found, today, chosen, self._sourced(owner, found, today))

    def _sourced(self, owner: str, found: Sequence[Exposure], today: date) -> frozenset[str]:
        """The applications whose function a framework agreement of the catalogues answers by its words."""
        entries = [
            entry
            for catalogue in self.kept.catalogues(owner)
            for entry in catalogue.entries
            if (entry.framework or entry.central) and not entry.over(today)
        ]
        if not entries:
            return frozenset()
        searcher = catalogues.Searcher(entries)
        return frozenset(
            fold_line(one.application.name)
            for one in found
            if (need := one.application.function)
            and any(candidate.score >= _SOURCED_SCORE for candidate in searcher.search(need, today, limit=1))
        )

    def rfi(
        self,
        plan_: Plan,
        buyer: str,
        functions: Sequence[str] = (),
        answers_by: date | None = None,
        contact: str = "",
    ) -> str:
        """The sourcing questionnaire, as Markdown; what is not given is left to be filled in, in brackets."""
        given = {
            "objet_sourcage": "remplacement ou mise en concurrence des services listés ci-dessus",
            "mode_information": "une annonce sur le profil d'acheteur, ouverte à toute entreprise",
            "date_reponse": f"{answers_by:%d/%m/%Y}" if answers_by else "[date à compléter]",
            "contact_sourcage": contact or "[adresse à compléter]",
        }
        wording = self._questions()
        for name, text in given.items():
            wording = wording.replace("{{" + name + "}}", text)
        return plan.rfi(plan_, wording, buyer=buyer, functions=functions)


def _entries(one: IndexedContract, title: str, central: str, dated: date | None) -> list[Entry]:
    """A framework agreement as an entry for each lot, one where it has none; each with the page that says it."""
    said: list[Stated | None] = [lot for lot in one.lots if lot.value]
    reference = one.references[0] if one.references else one.name
    entry = Entry(
        title, one.name, framework=reference, central=central or one.buyer, dated=dated, until=one.end
    )
    if one.reversibility:
        entry = replace(
            entry, notes=(("Réversibilité", f"« {one.reversibility.quote} » ({one.reversibility.where})"),)
        )
    subject = one.object_said.value if one.object_said else ""
    made = []
    for lot in said or [one.object_said]:
        if lot is None:
            made.append(entry)
            continue
        function = f"{lot.value} ; {subject}" if subject and lot is not one.object_said else lot.value
        made.append(
            replace(
                entry,
                name=f"{one.name} — {lot.value}" if lot is not one.object_said else one.name,
                function=function,
                page=lot.where,
                quote=lot.quote,
            )
        )
    return made
