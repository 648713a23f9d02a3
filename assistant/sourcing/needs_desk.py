"""Where needs are worked on: files are added, needs are joined and put right, a framework agreement is proposed, checked and written."""

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Protocol

from assistant import office, reading
from assistant.datatypes import Document, Finding, Kit, ModelClause, Problem
from assistant.errors import UsageError
from assistant.protocols import EmbeddingModel, OnProgress, silent
from assistant.reading.tables import Table
from assistant.site.late_file import Shared
from assistant.sourcing import importing, needs_workbook, proposal_text, published
from assistant.sourcing.anchors import Anchors
from assistant.sourcing.functions import functions
from assistant.sourcing.kept_needs import Gathered, KeptNeeds, duplicates
from assistant.sourcing.needs import Line, Need, Needs, Origin, gathered
from assistant.sourcing.proposal import Proposal, Terms, proposed
from assistant.sourcing.register import Application, Register
from assistant.sourcing.seen import MemberView, seen_by_member

_JSON = ".json"
_OFFICE = (".odt", ".docx", ".md")
_XLSX = ".xlsx"
# Messages of one kind that are told one by one.
_TOLD = 3
_SUMMED = ("users", "yearly_cost", "contract_end", "sensitivity")


class Clauses(Protocol):
    """The library of clauses, as much as is needed of it."""

    @property
    def clauses(self) -> tuple[ModelClause, ...]:
        """The clauses."""
        ...

    @property
    def kits(self) -> tuple[Kit, ...]:
        """The kits."""
        ...


class Reviewed(Protocol):
    """A review of a document."""

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What it found."""
        ...


class NeedsDesk:
    """The needs of a home.

    Args:
        home: its folder.
        tables: reads the tables of a file in a process of its own.
        read: reads the bytes of a file, of this name, in a process of its own.
        embedding: the project's embedding, loaded when it first serves.
        clauses: the library of clauses.
        least_members: below it a sum is hidden to members, and no lot is made.
        review: the legality review.
        shared: where the needs lie instead of in the home.
    """

    def __init__(
        self,
        home: Path,
        tables: Callable[[Path, str], tuple[Table, ...]],
        read: Callable[[bytes, str], Document],
        embedding: Callable[[], EmbeddingModel],
        clauses: Callable[[], Clauses],
        least_members: int,
        review: Callable[[Sequence[Document]], Sequence[Reviewed]],
        shared: Shared | None = None,
    ) -> None:
        self.kept = KeptNeeds(home, shared=shared)
        self.least_members = least_members
        self._tables, self._read, self._embedding = tables, read, embedding
        self._clauses, self._review = clauses, review
        self._lock = threading.Lock()
        self._joined: tuple[object, Needs] | None = None
        self._anchors: tuple[EmbeddingModel, Anchors] | None = None

    def close(self) -> None:
        """Frees what was opened."""
        self.kept.close()

    def add(
        self,
        path: Path,
        name: str = "",
        *,
        owner: str = "",
        member: str = "",
        same_members: bool = False,
        columns: Mapping[str, str | None] | None = None,
    ) -> Gathered:
        """Keeps the lines of a register, of a survey of many members, or of essential data of contracts (JSON).

        Args:
            path: where the file lies.
            name: its name, where that is not the path's.
            owner: who gives it.
            member: whose register it is, where no column says it.
            same_members: members whose names are held already are the same.
            columns: what a person said of headers; see ``importing.read_register``.

        Raises:
            UsageError: it has no line, no column of applications, or a member that is held already.
            ReadingError: it cannot be read.
        """
        name = name or path.name
        if Path(name).suffix.lower() == _JSON:
            return self._add_published(path, name, owner, same_members)
        register = importing.read_register(
            self._tables(path, name), name, member=member, columns=columns, embedding=self._embedding()
        )
        return self.add_register(register, name, owner=owner, same_members=same_members)

    def add_register(
        self, register: Register, name: str, *, owner: str = "", same_members: bool = False
    ) -> Gathered:
        """Keeps the lines of a register that was read already. Raises UsageError as ``add``."""
        lines = [_line(application) for application in register.applications]
        told = [*_told(register.problems), *_missing(register)]
        if again := duplicates(lines):
            told.append(
                f"{again} ligne(s) redisent une autre ligne du même membre : elles sont comptées, vérifiez-les."
            )
        return self.kept.add(name, Origin.REGISTER, lines, owner=owner, told=told, same_members=same_members)

    def _add_published(self, path: Path, name: str, owner: str, same_members: bool) -> Gathered:
        read = published.read(reading.bytes_of(path), name)
        told = [problem.message for problem in read.problems]
        if read.left_out:
            count = sum(number for _, number in read.left_out)
            told.append(
                f"{count} marché(s) qui n'achètent rien de numérique sont laissés de côté (CPV {', '.join(code for code, _ in read.left_out)})."
            )
        if not read.lines:
            raise UsageError(
                f"« {name} » ne contient aucun marché numérique. {' '.join(told)}".strip(),
                "Donnez un fichier qui en contient (CPV 30, 32, 48, 64 ou 72).",
            )
        return self.kept.add(name, Origin.PUBLISHED, read.lines, owner=owner, told=told, same_members=True)

    def joined(self, on_progress: OnProgress = silent) -> Needs:
        """The needs of everything that is kept; computed again where something changed.

        Raises:
            UsageError: nothing is kept.
            MissingModelError: the embedding is not set up.
        """
        with self._lock:
            sources, corrections = self.kept.sources(), self.kept.corrections()
            if not sources:
                raise UsageError(
                    "Aucun registre n'est encore versé : il n'y a pas de besoin à rapprocher.",
                    "assistant needs add FICHIER…",
                )
            state = (tuple(source.serial for source in sources), corrections)
            if self._joined is None or self._joined[0] != state:
                found = gathered(
                    self.kept.lines,
                    functions(),
                    self._anchors_of(self._embedding()),
                    corrections,
                    on_progress,
                )
                self._joined = (state, found)
            return self._joined[1]

    def _anchors_of(self, embedding: EmbeddingModel) -> Anchors:
        """The words of the table under an embedding, made once: they take a second, and a joining follows each correction."""
        if self._anchors is None or self._anchors[0] is not embedding:
            self._anchors = embedding, Anchors(functions(), embedding)
        return self._anchors[1]

    def need(self, id_: str) -> Need:
        """The need of that id, or that a wording of that id is of.

        Raises:
            UsageError: there is none.
        """
        needs = self.joined()
        found = needs.need(id_) or needs.of_wording(id_)
        if found is None:
            raise UsageError(
                f"Aucun besoin ni libellé n'a l'identifiant « {id_} ».", "« assistant needs show » les donne."
            )
        return found

    def seen_by(self, owner: str, on_progress: OnProgress = silent) -> MemberView:
        """What a member sees, whose lines are those that ``owner`` gave."""
        return seen_by_member(self.joined(on_progress), self.kept.lines(owner), self.least_members)

    def put_together(self, one: str, other: str) -> None:
        """Keeps that two needs, or the needs of two wordings, are one.

        Raises:
            UsageError: one of them is not there, or they are one already.
        """
        first, second = self.need(one), self.need(other)
        if first.id == second.id:
            raise UsageError(f"« {first.label} » les contient déjà tous les deux.", "Il n'y a rien à réunir.")
        self.kept.put_together(_wording_of(first, one), _wording_of(second, other))

    def put_apart(self, wording: str) -> None:
        """Keeps that a wording is a need of its own. Raises UsageError where there is none of that id."""
        self._require_wording(wording)
        self.kept.put_apart(wording)

    def let_go(self, wording: str) -> None:
        """Forgets what was put right of a wording. Raises UsageError where nothing was."""
        if not self.kept.let_go(wording):
            raise UsageError(
                f"Rien n'a été corrigé pour le libellé « {wording} ».",
                "« assistant needs show BESOIN » dit ce qui l'a été.",
            )

    def _require_wording(self, wording: str) -> None:
        if self.joined().of_wording(wording) is None:
            raise UsageError(
                f"Aucun libellé n'a l'identifiant « {wording} ».",
                "« assistant needs show BESOIN » donne ceux d'un besoin.",
            )

    # ---- framework agreement -----------------------------------------------------------------------------------------------------

    def propose(self, terms: Terms, on_progress: OnProgress = silent) -> Proposal:
        """The framework agreement that the needs come to; see ``proposal.proposed``."""
        library = self._clauses()
        kits, clauses = (
            {kit.id: kit for kit in library.kits},
            {clause.id: clause for clause in library.clauses},
        )
        return proposed(self.joined(on_progress), functions(), terms, kits, clauses)

    def check(self, proposal: Proposal, day: date) -> tuple[Finding, ...]:
        """What the legality review finds in a proposal, in the file that people open."""
        document = self._read(self.files(proposal, ".odt", day), "proposition.odt")
        return tuple(finding for one in self._review([document]) for finding in one.findings)

    def files(self, proposal: Proposal, suffix: str, day: date) -> bytes:
        """A proposal as the bytes of a file of that ending: ``.odt``, ``.docx``, ``.md`` or ``.xlsx``.

        Raises:
            UsageError: another ending.
            ExportError: pandoc is absent or failed.
        """
        if suffix == _XLSX:
            return needs_workbook.proposal_workbook(proposal, self.joined(), day)
        if suffix not in _OFFICE:
            raise UsageError(
                f"« {suffix or '(sans fin)'} » n'est pas un format d'export.",
                f"Donnez un nom qui finit par {', '.join((*_OFFICE, _XLSX))}.",
            )
        text = proposal_text.markdown(proposal, day, breaks=suffix != ".md")
        return text.encode() if suffix == ".md" else office.convert(text, suffix.removeprefix("."))

    def workbook(self) -> bytes:
        """The needs as the bytes of an XLSX file."""
        return needs_workbook.needs_workbook(self.joined())

    def own_lines(self, owner: str) -> Iterator[Line]:
        """The lines that somebody gave."""
        return self.kept.lines(owner)


def _told(problems: Sequence[Problem]) -> Iterator[str]:
    """What could not be read, the first of each kind; the others are counted."""
    kinds: dict[str, list[str]] = {}
    for problem in problems:
        kinds.setdefault(problem.code, []).append(problem.message)
    for messages in kinds.values():
        yield from messages[:_TOLD]
        if len(messages) > _TOLD:
            yield f"… et {len(messages) - _TOLD} autres lignes de même."


def _missing(register: Register) -> Iterator[str]:
    """What no column gives and needs are summed by."""
    if "function" in register.missing:
        yield "Aucune colonne ne dit la fonction : les lignes ne sont rapprochées que par le nom de l'application. Ajoutez-la, ou nommez-la (--column)."
    for name in _SUMMED:
        if name in register.missing:
            yield f"Aucune colonne ne donne : {importing.label(name)}. Ces sommes n'auront pas ce fichier."


def _line(application: Application) -> Line:
    volume = application.data_volume_gb
    section = dict(application.notes).get(importing.SECTION, "")
    return Line(
        application.member,
        application.function or section,
        "" if application.name == importing.UNNAMED.format(row=application.place.row) else application.name,
        Origin.REGISTER,
        application.users,
        application.yearly_cost,
        Decimal(str(volume)) if volume is not None else None,
        application.contract_end,
        application.sensitivity,
    )


def _wording_of(need: Need, given: str) -> str:
    """The id of the wording that was named, or of a need's chief one."""
    ids = [said.wording.id for said in need.wordings]
    return given if given in ids else ids[0]
