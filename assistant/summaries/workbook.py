"""The table of a batch: one row a consultation, each cell linked to the page it comes from; every field with its words; contradictions; failures; levers."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from assistant.datatypes import Failure
from assistant.summaries import links
from assistant.summaries.levers import LEVERS, profile
from assistant.summaries.values import FIELDS, Consultation, Statement, shown

# A cell shows this much; the sheet of fields has it whole.
_MOST_SHOWN = 220
# Excel refuses a longer text in a cell, and LibreOffice follows.
_MOST_CELL = 32_000
_HEADER = PatternFill("solid", fgColor="1F3864")
_STRIPE = PatternFill("solid", fgColor="F2F5FA")
_WARNING = PatternFill("solid", fgColor="FCE4D6")
_YES = PatternFill("solid", fgColor="D9EAD3")
_LINE = Border(bottom=Side(style="thin", color="C9D1DE"))
_LINK = Font(name="Calibri", size=10, color="0B4F9E")
_PLAIN = Font(name="Calibri", size=10)
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
    "variantes": 16,
    "ccag_applicable": 18,
    "date_limite_remise": 18,
    "numero_consultation": 18,
    "duree_initiale": 20,
    "delai_paiement": 16,
}
_USUAL_WIDTH = 30


@dataclass
class Table:
    """Rows as they come, one consultation at a time.

    ``origins`` gives the path of each document by its shown name.
    """

    origins: dict[tuple[str, str], str] = field(default_factory=dict)
    _book: Workbook = field(default_factory=Workbook)

    def __post_init__(self) -> None:
        sheet = self._book.active
        assert isinstance(sheet, Worksheet)
        sheet.title = "Consultations"
        self._main = sheet
        self._fields, self._contradictions = self._sheet("Champs"), self._sheet("Contradictions")
        self._levers, self._failures = self._sheet("Souveraineté"), self._sheet("Échecs")
        _head(
            self._main,
            ["Consultation", "Pièces", "Contradictions", *FIELDS.values()],
            [30, 34, 15, *(_NARROW.get(name, _WIDTHS.get(name, _USUAL_WIDTH)) for name in FIELDS)],
        )
        _head(self._fields, ["Consultation", "Champ", "Valeur", "Pièce", "Page", "Extrait"], [28, 22, 60, 30, 9, 80])
        _head(self._contradictions, ["Consultation", "Champ", "Pièce", "Valeur", "Page", "Extrait"], [28, 22, 34, 40, 9, 80])
        _head(self._levers, ["Consultation", *LEVERS.values()], [30, *(18 for _ in LEVERS)])
        _head(self._failures, ["Fichier", "Ce qui s'est passé", "Que faire"], [60, 70, 60])
        self._main.print_title_cols = "A:A"
        self._main.page_setup.paperSize = Worksheet.PAPERSIZE_A3
        # Thirty-six columns on one sheet of paper would be read by nobody: they run over several, each with the names.
        self._main.sheet_properties.pageSetUpPr.fitToPage = False
        self._main.page_setup.scale = 70
        self._counts = dict.fromkeys(LEVERS, 0)
        self._consultations = 0

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
        self._consultations += 1
        row = self._main.max_row + 1
        pieces = ", ".join(f"{links.bare(one.file)} ({one.doc_type})" for one in consultation.summaries)
        _write(self._main, row, 1, consultation.name, links.address(consultation.origin, None))
        _write(self._main, row, 2, pieces)
        _write(self._main, row, 3, str(len(consultation.contradictions)) if consultation.contradictions else "")
        contradicted = {one.field for one in consultation.contradictions}
        for column, name in enumerate(FIELDS, 4):
            statement = consultation.statement(name)
            cell = _write(self._main, row, column, _short(statement), _address(statement, origins))
            if name in contradicted:
                cell.fill = _WARNING
        if row % 2:
            for cell in self._main[row]:
                if cell.fill != _WARNING and cell.fill.fgColor.rgb != _WARNING.fgColor.rgb:
                    cell.fill = _STRIPE
        self._add_fields(consultation, origins)
        self._add_contradictions(consultation, origins)
        self._add_levers(consultation, origins)

    def _add_fields(self, consultation: Consultation, origins: dict[str, str]) -> None:
        for statement in consultation.fields:
            extract = statement.field.extracts[0]
            cells = [
                consultation.name,
                FIELDS[statement.field.name],
                shown(statement.field.value),
                links.bare(statement.file),
                links.pages(extract),
                extract.text,
            ]
            _row(self._fields, cells, link=(4, _address(statement, origins)))

    def _add_contradictions(self, consultation: Consultation, origins: dict[str, str]) -> None:
        for contradiction in consultation.contradictions:
            for number, statement in enumerate(contradiction.statements):
                extract = statement.field.extracts[0]
                prevails = " — prévaut" if not number else ""
                cells = [
                    consultation.name,
                    FIELDS[contradiction.field],
                    f"{links.bare(statement.file)} ({statement.piece}){prevails}",
                    shown(statement.field.value),
                    links.pages(extract),
                    extract.text,
                ]
                _row(self._contradictions, cells, link=(3, _address(statement, origins)))

    def _add_levers(self, consultation: Consultation, origins: dict[str, str]) -> None:
        row = self._levers.max_row + 1
        _write(self._levers, row, 1, consultation.name)
        for column, used in enumerate(profile(consultation), 2):
            if used.extract is None or used.file is None:
                _write(self._levers, row, column, "—")
                continue
            self._counts[used.name] += 1
            cell = _write(self._levers, row, column, f"oui, {links.pages(used.extract)}".rstrip(", "), links.address(origins.get(used.file, ""), used.extract))
            cell.fill = _YES

    def bytes(self, failures: Sequence[Failure]) -> bytes:
        """The finished workbook."""
        for failure in failures:
            _row(self._failures, [failure.origin, failure.message, failure.hint])
        if self._consultations:
            row = self._levers.max_row + 2
            _write(self._levers, row, 1, f"Part des {self._consultations} consultations").font = Font(name="Calibri", size=10, bold=True)
            for column, count in enumerate(self._counts.values(), 2):
                cell = _write(self._levers, row, column, "")
                cell.value = count / self._consultations
                cell.number_format = "0 %"
                cell.font = Font(name="Calibri", size=10, bold=True)
        for sheet in (self._main, self._fields, self._contradictions, self._failures):
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
        _write(sheet, row, column, text, link[1] if link and link[0] == column else None)


def _write(sheet: Worksheet, row: int, column: int, text: str, address: str | None = None) -> Cell:
    """One cell of text: never a formula, whatever a document holds."""
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell)
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)[:_MOST_CELL] or None
    if cell.data_type == "f":
        cell.data_type = "s"
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    cell.border = _LINE
    cell.font = _PLAIN
    if address and text:
        cell.hyperlink = address
        cell.font = _LINK
    return cell


def _short(statement: Statement | None) -> str:
    if statement is None:
        return ""
    text = shown(statement.field.value)
    return text if len(text) <= _MOST_SHOWN else text[: _MOST_SHOWN - 1].rsplit(" ", 1)[0] + "…"


def _address(statement: Statement | None, origins: dict[str, str]) -> str | None:
    if statement is None:
        return None
    return links.address(origins.get(statement.file, ""), statement.field.extracts[0])
