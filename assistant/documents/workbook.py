"""A list over many documents as a workbook: one row a document, with its answer, its words and their page."""

import io

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from assistant.datatypes import Row, Rows
from assistant.export import french_pages

_COLUMNS = {"Marché": 46, "Document": 34, "Réponse": 16, "Valeur": 60, "Page": 9, "Extrait": 80}
_ANSWERS = (("yes", "oui"), ("no", "non"), ("untold", "illisible ou indécis"), ("silent", "dit par une autre pièce"))
_HEADER = PatternFill("solid", fgColor="1F3864")
# Excel refuses a longer text in a cell.
_MOST = 32_000


def workbook(question: str, rows: Rows) -> bytes:
    """The bytes of an XLSX file."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "Réponses"
    _append(sheet, [question])
    _append(sheet, [f"{rows.asked} : {rows.markets[0]} oui, {rows.markets[1]} non, {rows.markets[2]} illisible ou indécis"])
    _append(sheet, list(_COLUMNS))
    for name, answer in _ANSWERS:
        for row in getattr(rows, name):
            _append(sheet, _cells(row, answer))
    _dress(sheet)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _cells(row: Row, answer: str) -> list[str]:
    pages = french_pages(row.quote.passage.pages) if row.quote else ""
    return [row.market, row.file, answer, row.value, pages, row.quote.text if row.quote else ""]


def _append(sheet: Worksheet, texts: list[str]) -> None:
    """A row of texts: no formula, no character that a workbook refuses."""
    row = sheet.max_row + (sheet.cell(1, 1).value is not None)
    for column, text in enumerate(texts, 1):
        clean = ILLEGAL_CHARACTERS_RE.sub("", text)[:_MOST]
        cell = sheet.cell(row, column, clean)
        cell.data_type, cell.quotePrefix = "s", clean.startswith(("=", "+", "-", "@", "\t", "\r"))


def _dress(sheet: Worksheet) -> None:
    sheet["A1"].font = Font(bold=True, size=13)
    for column, width in enumerate(_COLUMNS.values(), 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
        cell = sheet.cell(3, column)
        cell.font, cell.fill = Font(bold=True, color="FFFFFF"), _HEADER
    for row in sheet.iter_rows(min_row=4):
        for cell in row:
            cell.alignment = Alignment(vertical="top", wrap_text=True)
    sheet.freeze_panes = "A4"
    sheet.auto_filter.ref = f"A3:{get_column_letter(len(_COLUMNS))}{max(3, sheet.max_row)}"
    sheet.page_setup.orientation = Worksheet.ORIENTATION_LANDSCAPE
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
