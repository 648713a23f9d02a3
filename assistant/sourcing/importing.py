"""A register read from tables: which columns are which, what each line says, what was not taken and why. Nothing is lost, nothing is guessed."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from typing import Any

from assistant.datatypes import Problem, Severity
from assistant.errors import UsageError
from assistant.french.folding import fold_line
from assistant.protocols import EmbeddingModel
from assistant.reading.tables import Row, Table
from assistant.sourcing import cells, data, headers
from assistant.sourcing import columns as columns_
from assistant.sourcing.register import Application, Column, Place, Register

# Problems of one kind that are told one by one; beyond, their rows are counted together.
_TOLD_ONE_BY_ONE = 12
_LONGEST_SECTION = 80
_SHORT = 60
# A line without a name, and the header of a note that says the part of a register that a line stands under.
UNNAMED, SECTION = "Sans nom (ligne {row})", "Rubrique"
# How a remark under a table begins.
_REMARK = re.compile(
    r"[*(]|nota\b|nb ?:|n\.b|source|remarque|legende|mise? a jour|maj\b|edite|export|page \d|liste|document|donnees"
)
_PLAIN_FIELDS = (
    "publisher",
    "host",
    "data_place",
    "support_place",
    "contract",
    "formats",
    "group",
    "publisher_place",
    "group_source",
)
_READ = {
    "contract_end": "contract_end",
    "users": "users",
    "sensitivity": "sensitivity",
    "yearly_cost": "yearly_cost",
    "data_volume_gb": "data_volume_gb",
}
_ASKED = (
    "function",
    "publisher",
    "host",
    "data_place",
    "support_place",
    "contract",
    "contract_end",
    "users",
    "sensitivity",
    "yearly_cost",
    "formats",
    "data_volume_gb",
    "group",
)


def label(field_: str) -> str:
    """What a reader calls a field."""
    return str(data.table("columns.toml")[field_]["label"])


def field_named(written: str) -> str | None:
    """The field that a person names: by its own name or its label; None for « note ».

    Raises:
        UsageError: there is none of that name.
    """
    folded = fold_line(written)
    if folded in ("note", "notes", "autre", "rien", ""):
        return None
    for name in headers.FIELDS:
        if folded in (name, fold_line(label(name))):
            return name
    raise UsageError(
        f"« {written} » n'est pas un champ du registre.",
        f"Les champs : {', '.join(label(name) for name in headers.FIELDS)} ; ou « note ».",
    )


def missing_questions(register: Register) -> tuple[str, ...]:
    """What is asked, once, of the fields that no column gives."""
    return tuple(f"{label(name)} : {data.table('columns.toml')[name]['ask']}" for name in register.missing)


def read_register(
    tables: Sequence[Table],
    file: str,
    *,
    member: str = "",
    columns: Mapping[str, str | None] | None = None,
    values: Mapping[str, str] | None = None,
    embedding: EmbeddingModel | None = None,
) -> Register:
    """The register that the tables of a file hold.

    Args:
        tables: see ``assistant.reading.tables``.
        file: its name, for the places of lines.
        member: whose register it is, where no column says it; the name of the file where it is not given.
        columns: what a person said of headers: the field of each, None for a note.
        values: what a person said of degrees of sensitivity: « Forte » → « sensible ».
        embedding: the project's embedding; words and looks alone where it is None.

    Raises:
        UsageError: no sheet has a row that names columns, or none of them names applications.
    """
    said = {fold_line(header): name for header, name in (columns or {}).items()}
    degrees = {fold_line(word): level for word, level in (values or {}).items()}
    reading = _Reading(PurePath(file).name, member, said, degrees)
    found = [
        _Sheet(table, head)
        for table in tables
        if (head := headers.head_of([row.cells for row in table.rows], [row.repeated for row in table.rows]))
    ]
    without = [table for table in tables if all(sheet.table is not table for sheet in found)]
    if not found:
        raise _no_head(file, tables)
    meanings = (
        headers.by_meaning(
            [name for sheet in found for name in (*sheet.head.names, *sheet.head.plain)], embedding
        )
        if embedding is not None
        else {}
    )
    for sheet in found:
        sheet.columns = columns_.understood(
            sheet.table.name, sheet.head, sheet.values(), meanings, said, glpi=headers.is_glpi(sheet.head)
        )
    if not any(sheet.has("name") for sheet in found):
        _name_by_function(found, reading)
    if not any(sheet.has("name") for sheet in found):
        raise UsageError(
            f"Aucune colonne de « {reading.file} » ne donne le nom des applications. En-têtes lus : {_listed(found)}.",
            'Dites laquelle : --column "En-tête=Application".',
        )
    named = [sheet for sheet in found if sheet.has("name")]
    others = [sheet for sheet in named if headers.is_of_machines(sheet.head) and not sheet.has("function")]
    if len(others) < len(named):
        named = [sheet for sheet in named if all(sheet is not other for other in others)]
        without += [sheet.table for sheet in others]
        found = [sheet for sheet in found if all(sheet is not other for other in others)]
    for sheet in named:
        reading.lines(sheet)
    for sheet in (sheet for sheet in found if not sheet.has("name")):
        reading.join(sheet)
    for table in without:
        reading.left_out(table)
    for header in said.keys() - {
        key
        for sheet in found
        for names in (sheet.head.names, sheet.head.plain)
        for key in map(fold_line, names)
    }:
        reading.tell(
            "unknown-header",
            f"Aucune colonne ne s'appelle « {header} » : cette correction n'a rien changé.",
            0,
        )
    return reading.register(tuple(column for sheet in found for column in sheet.columns))


def _name_by_function(found: "Sequence[_Sheet]", reading: "_Reading") -> None:
    """A survey of needs names what an application is for, not the application: that is then its name, and said."""
    for sheet in found:
        at = sheet.at("function")
        if at is not None:
            column = sheet.columns[at]
            sheet.columns = (*sheet.columns[:at], replace(column, field="name"), *sheet.columns[at + 1 :])
            reading.tell(
                "name-by-function",
                f"Aucune colonne ne donne le nom des applications : « {column.header} » en tient lieu.",
                0,
            )


def _no_head(file: str, tables: Sequence[Table]) -> UsageError:
    rows = sum(len(table.rows) for table in tables)
    return UsageError(
        f"« {PurePath(file).name} » ({rows} lignes) n'a pas de ligne d'en-têtes reconnue : les colonnes ne peuvent pas être comprises.",
        "Nommez les colonnes sur une ligne (Application, Fonction, Éditeur, Hébergeur …), puis recommencez.",
    )


def _listed(found: "Sequence[_Sheet]") -> str:
    return ", ".join(f"« {name} »" for sheet in found for name in sheet.head.names if name)


@dataclass
class _Sheet:
    """A sheet with its head, while it is read."""

    table: Table
    head: headers.Head
    columns: tuple[Column, ...] = ()

    @property
    def below(self) -> tuple[Row, ...]:
        return self.table.rows[self.head.at + 1 :]

    def values(self) -> list[list[str]]:
        return [
            [row.cells[at] if at < len(row.cells) else "" for row in self.below]
            for at in range(len(self.head.names))
        ]

    def has(self, name: str) -> bool:
        return any(column.field == name for column in self.columns)

    def at(self, name: str) -> int | None:
        return next((at for at, column in enumerate(self.columns) if column.field == name), None)


@dataclass
class _Reading:
    """What is gathered of a file."""

    file: str
    member: str
    said: Mapping[str, str | None]
    degrees: Mapping[str, str]
    found: list[Application] = field(default_factory=list)
    told: list[tuple[str, str, int, Severity]] = field(default_factory=list)
    untaken: dict[tuple[str, str, str], list[tuple[int, str]]] = field(default_factory=dict)

    def tell(self, code: str, message: str, row: int, severity: Severity = Severity.WARNING) -> None:
        self.told.append((code, message, row, severity))

    # ---- lines ------------------------------------------------------------------------------------------------------------------

    def lines(self, sheet: _Sheet) -> None:
        """The applications of a sheet."""
        if sheet.table.hidden:
            self.tell(
                "hidden-sheet",
                f"La feuille « {sheet.table.name} » est masquée ; elle a été lue.",
                0,
                Severity.INFO,
            )
        if sheet.table.cut:
            self.tell(
                "cut-sheet",
                f"« {self._where(sheet.table)} » est démesurée : seules ses {len(sheet.table.rows)} premières lignes sont lues. Découpez-la.",
                0,
            )
        name_at = sheet.at("name")
        assert name_at is not None
        section, before = "", ()  # type: tuple[str, tuple[str, ...]]
        last = max((at for at, row in enumerate(sheet.below) if len(_filled(row)) > 1), default=-1)
        capitals = _share_of_capitals(sheet, name_at)
        for at, row in enumerate(sheet.below):
            if _is_head_again(row, sheet.head):
                self.tell(
                    "head-again",
                    f"Ligne {row.number} : les en-têtes y sont répétés.",
                    row.number,
                    Severity.INFO,
                )
            elif _is_total(row, name_at):
                self.tell(
                    "total",
                    f"Ligne {row.number} : c'est une ligne de total (« {_first(row)} ») ; elle n'est pas une application.",
                    row.number,
                    Severity.INFO,
                )
            elif alone := _alone(row, name_at, capitals, at > last):
                if at > last:
                    self.tell(
                        "remark",
                        f"Ligne {row.number} : lue comme une remarque : « {alone} ».",
                        row.number,
                        Severity.INFO,
                    )
                else:
                    section = alone
            else:
                texts = tuple(
                    self._same(row, column, text, before) for column, text in enumerate(_padded(row, sheet))
                )
                before = texts
                self.found.append(self._application(sheet, row, texts, section))

    def _same(self, row: Row, column: int, text: str, before: tuple[str, ...]) -> str:
        return before[column] if column < len(before) and cells.is_same(text) else text

    def _application(self, sheet: _Sheet, row: Row, texts: tuple[str, ...], section: str) -> Application:
        given: dict[str, Any] = {}
        notes = list[tuple[str, str]]()
        for column, text in zip(sheet.columns, texts, strict=False):
            name = column.field
            if not text:
                continue
            if name is None:
                notes.append((column.header, text))
            elif name in _READ:
                self._take(name, column.header, text, row.number, given, notes)
            elif cells.is_nothing(text):
                continue
            elif given.get(name):
                given[name] = f"{given[name]} ; {text}"
            else:
                given[name] = text
        if section:
            notes.append((SECTION, section))
        if not given.get("name"):
            given["name"] = UNNAMED.format(row=row.number)
            self.tell(
                "no-name",
                f"Ligne {row.number} : pas de nom d'application ; la ligne est gardée sous « {given['name']} ».",
                row.number,
            )
        given["function"] = given.get("function", "")
        given["member"] = self._own_name(given.get("member") or self._member(), notes)
        place = Place(self.file, sheet.table.name, row.number)
        plain = {name: given.get(name) for name in _PLAIN_FIELDS}
        read = {name: given.get(name) for name in _READ}
        return Application(
            given["member"],
            given["name"],
            given["function"],
            place=place,
            notes=tuple(notes),
            **plain,
            **read,
        )

    def _own_name(self, member: str, notes: list[tuple[str, str]]) -> str:
        """The member's own name: GLPI writes those of all the entities above it, « Racine > Val > Bourg »."""
        if " > " not in member:
            return member
        notes.append((label("member"), member))
        return member.rpartition(" > ")[2]

    def _member(self) -> str:
        return self.member or PurePath(self.file).stem

    def _take(
        self, name: str, header: str, text: str, row: int, given: dict[str, Any], notes: list[tuple[str, str]]
    ) -> None:
        """What a cell of a day, a number or a degree says; the text stays as a note where it is not taken whole."""
        if cells.is_nothing(text) and not (name == "sensitivity" and fold_line(text) in data.words("yes")):
            return
        said = (
            _said(name, text, header)
            if name != "sensitivity" or fold_line(text) not in self.degrees
            else _degree(self.degrees[fold_line(text)])
        )
        if said.value is not None:
            given[name] = said.value
        besides = (
            len(text.split()) > 1
            if name == "sensitivity"
            else name == "contract_end" and re.search(r"[a-z]{4}", fold_line(text))
        )
        if besides and not said.told:
            notes.append(
                (header, text)
            )  # what it says besides its degree or its day: « données de santé (dossiers) », « 31/12/2027, tacite »
        if said.told:
            notes.append((header, text))
            self.untaken.setdefault(
                (name, header, f"{'lu' if said.value is not None else 'non lu'} : {said.told}"), []
            ).append((row, text))

    # ---- sheets of contracts ----------------------------------------------------------------------------------------------------

    def join(self, sheet: _Sheet) -> None:
        """What a sheet without applications adds to those of the same contract; one that adds nothing is said."""
        at = sheet.at("contract")
        if at is None:
            self.left_out(sheet.table)
            return
        taken, used = list(self.found), set[int]()
        for row in sheet.below:
            texts = _padded(row, sheet)
            for place, one in enumerate(self.found):
                if texts[at] and one.contract and fold_line(one.contract) == fold_line(texts[at]):
                    taken[place] = _completed(taken[place], self._application_of_contract(sheet, row, texts))
                    used.add(row.number)
        self.found = taken
        message = f"Feuille « {sheet.table.name} » : {len(used)} contrats joints aux applications par leur référence"
        left = len(sheet.below) - len(used)
        self.tell(
            "joined",
            message + (f" ; {left} lignes ne sont jointes à aucune." if left else "."),
            0,
            Severity.INFO if used else Severity.WARNING,
        )

    def _application_of_contract(self, sheet: _Sheet, row: Row, texts: tuple[str, ...]) -> Application:
        kept, self.told = self.told, []
        one = self._application(sheet, row, texts, "")
        self.told = kept
        return one

    def left_out(self, table: Table) -> None:
        """Says that a sheet holds no line of the register."""
        self.tell(
            "no-register",
            f"Feuille « {table.name} » ({len(table.rows)} lignes) : elle ne nomme pas d'applications ; elle n'est pas lue.",
            0,
            Severity.INFO,
        )

    def _where(self, table: Table) -> str:
        return table.name or self.file

    # ---- the register -----------------------------------------------------------------------------------------------------------

    def register(self, columns: tuple[Column, ...]) -> Register:
        """What was read of all sheets."""
        if not self.found:
            raise UsageError(
                f"« {self.file} » a des en-têtes mais aucune application dessous : le registre est vide.",
                "Vérifiez que vous avez exporté toutes les lignes.",
            )
        members = Counter(one.member for one in self.found)
        if not any(column.field == "member" for column in columns) and not self.member:
            said = f"Aucune colonne ne dit le membre : c'est le nom du fichier, « {self._member()} ». Donnez-le (champ « Membre », ou --member)."
            self.tell("member", said, 0, Severity.INFO)
        self._twice()
        read = {column.field for column in columns}
        member = self.member or (next(iter(members)) if len(members) == 1 else f"{len(members)} membres")
        missing = tuple(
            name for name in _ASKED if name not in read and all(not getattr(one, name) for one in self.found)
        )
        return Register(member, tuple(self.found), columns, self._problems(), missing)

    def _twice(self) -> None:
        named: dict[tuple[str, str], list[int]] = {}
        for one in self.found:
            named.setdefault((fold_line(one.member), fold_line(one.name)), []).append(one.place.row)
        for (_, name), rows in named.items():
            if len(rows) > 1:
                self.tell(
                    "twice",
                    f"« {name} » est écrit {len(rows)} fois (lignes {', '.join(map(str, rows[:8]))}) : les lignes sont gardées toutes.",
                    rows[0],
                    Severity.INFO,
                )

    def _problems(self) -> tuple[Problem, ...]:
        found = [
            (row, Problem(code, message, severity=severity)) for code, message, row, severity in self.told
        ]
        for (name, header, told), rows in self.untaken.items():
            shown = [f"ligne {row} « {text} »" for row, text in rows[:_TOLD_ONE_BY_ONE]]
            more = f" et {len(rows) - _TOLD_ONE_BY_ONE} autres lignes" if len(rows) > _TOLD_ONE_BY_ONE else ""
            severity = Severity.INFO if told.startswith("lu ") else Severity.WARNING
            found.append(
                (
                    rows[0][0],
                    Problem(
                        f"{name}-unread" if severity is Severity.WARNING else f"{name}-read",
                        f"{label(name)} (« {header} »), {told} : {', '.join(shown)}{more}. Le texte est gardé en note.",
                        severity=severity,
                    ),
                )
            )
        return tuple(
            problem
            for _, problem in sorted(found, key=lambda one: (one[1].severity is Severity.INFO, one[0]))
        )


def _said(name: str, text: str, header: str) -> cells.Said:
    if name == "contract_end":
        return cells.day(text)
    if name == "users":
        return cells.count(text)
    if name == "yearly_cost":
        return cells.money(text, header)
    return cells.volume(text, header) if name == "data_volume_gb" else cells.sensitivity(text, header)


def _degree(level: str) -> cells.Said:
    said = cells.sensitivity(level, "")
    if said.value is None:
        raise UsageError(
            f"« {level} » n'est pas un degré de sensibilité.",
            "Les degrés : publique, interne, personnelle, sensible, critique.",
        )
    return cells.Said(said.value)


def _padded(row: Row, sheet: _Sheet) -> tuple[str, ...]:
    return (*row.cells, *[""] * (len(sheet.columns) - len(row.cells)))[
        : max(len(sheet.columns), len(row.cells))
    ]


def _filled(row: Row) -> list[int]:
    return [at for at, text in enumerate(row.cells) if text and at not in row.repeated]


def _first(row: Row) -> str:
    return next((text for text in row.cells if text), "")


def _is_head_again(row: Row, head: headers.Head) -> bool:
    filled = [(at, fold_line(text)) for at, text in enumerate(row.cells) if text]
    same = sum(at < len(head.plain) and text == fold_line(head.plain[at]) for at, text in filled)
    return len(filled) > 1 and same >= max(2, 0.7 * len(filled))


def _is_total(row: Row, name_at: int) -> bool:
    """A row of sums: its first words are those of a total, and nothing else but numbers stands in it."""
    first = re.sub(r"[\s:.]+$", "", fold_line(_first(row)))
    if not any(first == word or first.startswith(f"{word} ") for word in data.words("total")):
        return False
    others = [text for at, text in enumerate(row.cells) if text and at not in row.repeated][1:]
    exact = any(first == word for word in data.words("total"))
    return all(map(_is_sum, others)) and (exact or bool(others) or name_at > 0)


def _is_sum(text: str) -> bool:
    """A number, or so many of something: « 40 logiciels »."""
    folded = fold_line(text)
    return bool(cells.figures(text)) and (
        not re.search(r"[a-z]{4}", folded) or bool(re.fullmatch(r"\d[\d .,]* [a-z]+", folded))
    )


def _share_of_capitals(sheet: _Sheet, name_at: int) -> float:
    names = [row.cells[name_at] for row in sheet.below if name_at < len(row.cells) and row.cells[name_at]]
    return sum(name.isupper() for name in names) / len(names) if names else 0.0


def _alone(row: Row, name_at: int, capitals: float, after: bool) -> str:
    """The text of a row that holds one cell only and is no application: the title of a group of lines, or a remark after the last line."""
    filled = _filled(row)
    if len(filled) != 1:
        return ""
    at = filled[0]
    text = row.cells[at]
    merged = len(row.repeated) >= 2
    words = fold_line(text).split()
    titled = (
        (text.isupper() and capitals < 0.3)
        or text.endswith(":")
        or (words[:1] and words[0].rstrip("s") in data.words("section"))
    )
    if at < name_at or merged or titled:
        return text if len(text) <= _LONGEST_SECTION or after else ""
    return text if after and at == name_at and (len(text) > _SHORT or _REMARK.match(fold_line(text))) else ""


def _completed(one: Application, other: Application) -> Application:
    """An application with what another line of its contract says where it says nothing; what it says already stays, the other as a note."""
    changes: dict[str, Any] = {}
    notes = list(other.notes)
    for name in (*_PLAIN_FIELDS, *_READ):
        mine, given = getattr(one, name), getattr(other, name)
        if given is not None and mine is None:
            changes[name] = given
        elif given is not None and given != mine:
            notes.append((f"{label(name)} (contrat)", str(given)))
    return replace(one, **changes, notes=(*one.notes, *notes))


def by_hand(member: str, name: str, function: str, given: Mapping[str, str]) -> Application:
    """A line typed by a person: each field by its name or its label.

    Raises:
        UsageError: a field is not known, or its value is not taken; nothing is guessed.
    """
    if not member.strip() or not name.strip():
        raise UsageError(
            "Il faut le membre et le nom de l'application.",
            'Par exemple : --member "Commune de Bourg" --name "Messagerie".',
        )
    values: dict[str, Any] = dict.fromkeys((*_PLAIN_FIELDS, *_READ))
    for written, text in given.items():
        field_ = field_named(written)
        if field_ is None or field_ in ("member", "name", "function"):
            raise UsageError(
                f"« {written} » n'est pas un champ que --set donne.",
                "Le membre, le nom et la fonction ont leurs propres options.",
            )
        said = (
            _said(field_, text, "go" if field_ == "data_volume_gb" else "")
            if field_ in _READ
            else cells.Said(text)
        )
        if said.value is None:
            raise UsageError(
                f"{label(field_)} : « {text} » n'est pas pris ({said.told}).",
                "Donnez une date (31/12/2027), un nombre, ou un des degrés : publique, interne, personnelle, sensible, critique.",
            )
        values[field_] = said.value
    return Application(member.strip(), name.strip(), function.strip(), place=Place("", "", 0), **values)


def by_member(register: Register) -> Iterator[Register]:
    """A register of several members as one each; what was understood and the doubts go with all of them."""
    for member in dict.fromkeys(one.member for one in register.applications):
        own = tuple(one for one in register.applications if one.member == member)
        yield replace(register, member=member, applications=own)
