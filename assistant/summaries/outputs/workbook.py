"""The table of a batch: one row a consultation, each value beside its page as a link; fields with their words; contradictions, levers, findings, failures."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.formatting.rule import DataBarRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from assistant.datatypes import Failure, FindingSeverity
from assistant.summaries.fields.levers import LEVERS, profile
from assistant.summaries.fields.summary import FIELDS, Consultation, Statement, counted, shown
from assistant.summaries.outputs import addresses, phrases
from assistant.summaries.outputs.picture import GRAVE, Picture, Share

# A cell shows this much; the sheet of fields has it whole.
_MOST_SHOWN = 220
# Excel refuses a longer text in a cell, and LibreOffice follows.
_MOST_CELL = 32_000
_HEADER = PatternFill("solid", fgColor="1F3864")
_STRIPE = PatternFill("solid", fgColor="F2F5FA")
_WARNING = PatternFill("solid", fgColor="FCE4D6")
_YES = PatternFill("solid", fgColor="D9EAD3")
_LINE = Border(bottom=Side(style="thin", color="C9D1DE"))
_LINK = Font(name="Calibri", size=10, color="0B4F9E", underline="single")
_PLAIN = Font(name="Calibri", size=10)
_BOLD = Font(name="Calibri", size=10, bold=True)
_WIDTHS = {
    "objet": 46,
    "lots": 40,
    "criteres_attribution": 36,
    "acheteur": 28,
    "lieu_execution": 30,
    "penalites_retard": 36,
    "derogations_ccag": 28,
    "resiliation": 34,
}
_NARROW = {
    "type_marche": 13,
    "variantes": 28,
    "ccag_applicable": 18,
    "date_limite_remise": 24,
    "numero_consultation": 18,
    "duree_initiale": 24,
    "delai_paiement": 24,
}
_USUAL_WIDTH, _PAGE_WIDTH = 30, 6
# Above the page of each value; what a link says where there is no page to name.
_PAGE, _OPEN = "p.", "ouvrir"


@dataclass
class Table:
    """Rows as they come, one consultation at a time.

    ``reviewed``: whether the tenders were reviewed; then a sheet has the findings.
    """

    reviewed: bool = False
    _book: Workbook = field(default_factory=Workbook)

    def __post_init__(self) -> None:
        sheet = self._book.active
        assert isinstance(sheet, Worksheet)
        sheet.title = "Consultations"
        self._main = sheet
        self._fields, self._contradictions = self._sheet("Champs"), self._sheet("Contradictions")
        self._levers = self._sheet("Souveraineté")
        self._faults = self._sheet("Revue") if self.reviewed else None
        self._picture, self._failures = self._sheet("Vue d'ensemble"), self._sheet("Échecs")
        _head(
            self._main,
            [
                "Consultation",
                _OPEN.capitalize(),
                "Pièces",
                "Contradictions",
                *(title for label in FIELDS.values() for title in (label, _PAGE)),
            ],
            [
                30,
                8,
                34,
                15,
                *(
                    width
                    for name in FIELDS
                    for width in (_NARROW.get(name, _WIDTHS.get(name, _USUAL_WIDTH)), _PAGE_WIDTH)
                ),
            ],
        )
        _head(
            self._fields,
            ["Consultation", "Champ", "Valeur", "Pièce", "Page", "Extrait"],
            [28, 22, 60, 30, 9, 80],
        )
        _head(
            self._contradictions,
            ["Consultation", "Champ", "Pièce", "Valeur", "Page", "Extrait"],
            [28, 22, 34, 40, 9, 80],
        )
        severities = [f"Constats : {one.value}" for one in FindingSeverity] if self.reviewed else []
        _head(
            self._levers,
            ["Consultation", *LEVERS.values(), *severities],
            [30, *(18 for _ in LEVERS), *(12 for _ in severities)],
        )
        if self._faults is not None:
            titles = [
                "Consultation",
                "Gravité",
                "Constat",
                "Pièce",
                "Page",
                "Extrait",
                "Pourquoi",
                "Fondement",
                "À écrire",
            ]
            _head(self._faults, titles, [26, 11, 34, 28, 9, 60, 52, 22, 52])
        _head(self._picture, ["Vue d'ensemble", "Part", "Consultations"], [62, 36, 16])
        _head(self._failures, ["Fichier", "Ce qui s'est passé", "Que faire"], [60, 70, 60])
        self._main.print_title_cols = "A:A"
        self._main.page_setup.paperSize = Worksheet.PAPERSIZE_A3
        # Seventy columns on one sheet of paper would be read by nobody: they run over several, each with the names.
        self._main.sheet_properties.pageSetUpPr.fitToPage = False
        self._main.page_setup.scale = 65

    def _sheet(self, title: str) -> Worksheet:
        sheet = self._book.create_sheet(title)
        assert isinstance(sheet, Worksheet)
        return sheet

    def add(self, consultation: Consultation, origins: dict[str, str]) -> None:
        """Adds a consultation.

        Args:
            consultation: merged.
            origins: path of each document, by the name it is shown under.
        """
        row = self._main.max_row + 1
        pieces = ", ".join(f"{addresses.bare(one.file)} ({one.doc_type})" for one in consultation.summaries)
        _write(self._main, row, 1, consultation.name)
        _link(self._main, row, 2, addresses.address(consultation.origin, None), "")
        _write(self._main, row, 3, pieces)
        _write(
            self._main, row, 4, str(len(consultation.contradictions)) if consultation.contradictions else ""
        )
        contradicted = {one.field for one in consultation.contradictions}
        for column, name in enumerate(FIELDS):
            statement = consultation.statement(name)
            cell = _write(self._main, row, 5 + 2 * column, _short(statement))
            pages = statement.field.extracts[0].pages if statement else ()
            _link(
                self._main, row, 6 + 2 * column, _address(statement, origins), str(pages[0]) if pages else ""
            )
            if name in contradicted:
                cell.fill = _WARNING
        if row % 2:
            for cell in self._main[row]:
                if cell.fill != _WARNING and cell.fill.fgColor.rgb != _WARNING.fgColor.rgb:
                    cell.fill = _STRIPE
        self._add_fields(consultation, origins)
        self._add_contradictions(consultation, origins)
        self._add_levers(consultation, origins)
        self._add_faults(consultation, origins)

    def _add_fields(self, consultation: Consultation, origins: dict[str, str]) -> None:
        for statement in consultation.fields:
            extract = statement.field.extracts[0]
            cells = [
                consultation.name,
                FIELDS[statement.field.name],
                shown(statement.field.value),
                addresses.bare(statement.file),
                addresses.pages(extract),
                extract.text,
            ]
            _row(self._fields, cells, link=(5, _address(statement, origins)))

    def _add_contradictions(self, consultation: Consultation, origins: dict[str, str]) -> None:
        for contradiction in consultation.contradictions:
            for number, statement in enumerate(contradiction.statements):
                extract = statement.field.extracts[0]
                prevails = " — prévaut" if not number else ""
                cells = [
                    consultation.name,
                    FIELDS[contradiction.field],
                    f"{addresses.bare(statement.file)} ({statement.piece}){prevails}",
                    shown(statement.field.value),
                    addresses.pages(extract),
                    extract.text,
                ]
                _row(self._contradictions, cells, link=(5, _address(statement, origins)))

    def _add_levers(self, consultation: Consultation, origins: dict[str, str]) -> None:
        row = self._levers.max_row + 1
        _write(self._levers, row, 1, consultation.name)
        for column, used in enumerate(profile(consultation), 2):
            if used.extract is None or used.file is None:
                _write(self._levers, row, column, "—")
                continue
            said = f"oui, {addresses.pages(used.extract)}".rstrip(", ")
            cell = _link(
                self._levers, row, column, addresses.address(origins.get(used.file, ""), used.extract), said
            )
            cell.fill = _YES
        if consultation.reviewed_on is None:
            return
        for column, number in enumerate(
            counted(consultation.faults(*FindingSeverity)).values(), 2 + len(LEVERS)
        ):
            cell = _write(self._levers, row, column, "")
            cell.value = number
            if number and column == 2 + len(LEVERS):
                cell.fill = _WARNING

    def _add_faults(self, consultation: Consultation, origins: dict[str, str]) -> None:
        if self._faults is None:
            return
        for file, fault in consultation.faults(*GRAVE):
            cells = [
                consultation.name,
                fault.severity.value,
                fault.title,
                addresses.bare(file),
                addresses.pages(fault.extract),
                fault.extract.text,
            ]
            cells += [fault.message, phrases.basis(fault), fault.suggestion]
            _row(self._faults, cells, link=(5, addresses.address(origins.get(file, ""), fault.extract)))

    def _add_picture(self, picture: Picture) -> None:
        sheet = self._picture
        self._shares("Levier de souveraineté", picture.levers)
        self._shares(
            "À reprendre",
            (picture.disagreeing, *((picture.blocked, picture.risky) if picture.reviewed else ())),
        )
        if picture.faults:
            self._shares(
                "Constats qui reviennent",
                [
                    Share(f"{severity.value} : {one.label}", one.count, one.total)
                    for severity, one in picture.faults
                ],
            )
        sheet.conditional_formatting.add(
            f"B2:B{sheet.max_row}",
            DataBarRule(
                start_type="num",
                start_value=0,
                end_type="num",
                end_value=1,
                color="638EC6",
                minLength=0,
                maxLength=100,
            ),
        )
        size = ", ".join(
            (
                phrases.number_of(picture.consultations, "consultation"),
                phrases.number_of(picture.documents, "pièce"),
            )
        )
        row = sheet.max_row + 2
        _write(sheet, row, 1, f"{size}. {phrases.CAUTION if picture.reviewed else ''}".strip())

    def _shares(self, title: str, shares: Sequence[Share]) -> None:
        row = self._picture.max_row + 1
        for column in range(1, 4):
            cell = _write(self._picture, row, column, title if column == 1 else "")
            cell.font, cell.fill = _BOLD, _STRIPE
        for one in shares:
            row = self._picture.max_row + 1
            _write(self._picture, row, 1, one.label)
            part = _write(self._picture, row, 2, "")
            part.value, part.number_format = one.part, "0 %"
            _write(self._picture, row, 3, f"{one.count} sur {one.total}").alignment = Alignment(indent=1)

    def bytes(self, picture: Picture, failures: Sequence[Failure]) -> bytes:
        """The finished workbook; ``picture`` has counted the tenders that were added."""
        for failure in failures:
            _row(self._failures, [failure.origin, failure.message, failure.hint])
        if picture.consultations:
            row = self._levers.max_row + 2
            _write(
                self._levers, row, 1, f"Part des {phrases.number_of(picture.consultations, 'consultation')}"
            ).font = _BOLD
            parts = {one.label: one.part for one in picture.levers}
            for column, label in enumerate(LEVERS.values(), 2):
                cell = _write(self._levers, row, column, "")
                cell.value, cell.number_format, cell.font = parts[label], "0 %", _BOLD
            self._add_picture(picture)
        for empty, said in (
            (self._contradictions, "Aucune contradiction entre les pièces."),
            (self._failures, "Tous les fichiers ont été lus."),
        ):
            if empty.max_row == 1:
                _row(empty, [said])
        if self._faults is not None and self._faults.max_row == 1:
            _row(self._faults, ["Aucun constat bloquant, aucun risque relevé."])
        for sheet in (
            self._main,
            self._fields,
            self._contradictions,
            self._failures,
            *([self._faults] if self._faults else ()),
        ):
            sheet.auto_filter.ref = f"A1:{get_column_letter(sheet.max_column)}{max(1, sheet.max_row)}"
        self._main.freeze_panes = "B2"
        self._levers.freeze_panes = "B2"
        buffer = io.BytesIO()
        self._book.save(buffer)
        return buffer.getvalue()


def _head(sheet: Worksheet, titles: Sequence[str], widths: Sequence[float]) -> None:
    for column, (title, width) in enumerate(zip(titles, widths, strict=True), 1):
        cell = sheet.cell(1, column, title)
        cell.font = Font(name="Calibri", size=10, bold=True, color="FFFFFF")
        cell.fill = _HEADER
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.row_dimensions[1].height = 46
    sheet.print_title_rows = "1:1"
    sheet.page_setup.paperSize = Worksheet.PAPERSIZE_A4
    sheet.freeze_panes = "A2"
    sheet.sheet_view.showGridLines = False
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _row(sheet: Worksheet, cells: Sequence[str], link: tuple[int, str | None] | None = None) -> None:
    row = sheet.max_row + 1
    for column, text in enumerate(cells, 1):
        if link and link[0] == column:
            _link(sheet, row, column, link[1], text)
        else:
            _write(sheet, row, column, text)


def _link(sheet: Worksheet, row: int, column: int, address: str | None, text: str) -> Cell:
    """A short cell that opens a page, or a file where ``text`` names none. LibreOffice never breaks the line of a cell with a link: long ones have none."""
    cell = _write(sheet, row, column, text or (_OPEN if address else ""))
    if text.isdigit():
        cell.value = int(text)
        cell.alignment = Alignment(horizontal="center", vertical="top")
    if address:
        cell.hyperlink = address
        cell.font = _LINK
    return cell


def _write(sheet: Worksheet, row: int, column: int, text: str) -> Cell:
    """One cell of text: never a formula, whatever a document holds."""
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell)
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)[:_MOST_CELL] or None
    if cell.data_type == "f":
        cell.data_type = "s"
    # Typed over, or saved as CSV and opened again, it would be run as a formula.
    cell.quotePrefix = text.startswith(("=", "+", "-", "@", "\t", "\r"))
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    cell.border = _LINE
    cell.font = _PLAIN
    return cell


def _short(statement: Statement | None) -> str:
    if statement is None:
        return ""
    text = shown(statement.field.value)
    return phrases.kept_together(phrases.cut(text, _MOST_SHOWN))


def _address(statement: Statement | None, origins: dict[str, str]) -> str | None:
    if statement is None:
        return None
    return addresses.address(origins.get(statement.file, ""), statement.field.extracts[0])
