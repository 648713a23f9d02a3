"""Lists and grids over many documents, and what falls due, as workbooks: what each document or market says, its words and their page."""

import io
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from assistant.datatypes import Quote
from assistant.documents.due import Due, told
from assistant.documents.grid import Cell, Grid
from assistant.documents.values import file_name
from assistant.export import french_pages
from assistant.french.dates import french_date
from assistant.kept_answer import KeptRow, KeptRows

_COLUMNS = (("Marché", 46), ("Document", 34), ("Réponse", 16), ("Valeur", 60), ("Page", 9), ("Extrait", 80))
_DUE = (
    ("Date", 20),
    ("Échéance", 40),
    ("Marché", 60),
    ("État", 30),
    ("Calcul", 50),
    ("Extraits", 90),
    ("Identifiant", 16),
)
_ANSWERS = (
    ("yes", "oui"),
    ("no", "non"),
    ("untold", "illisible ou indécis"),
    ("silent", "dit par une autre pièce"),
)
# The widths of a market, its files, a value and where it stands.
_MARKET, _FILES, _VALUE, _PLACE = 46, 30, 40, 24
_HEADER = PatternFill("solid", fgColor="1F3864")
# Excel refuses a longer text in a cell.
_MOST = 32_000


def workbook(question: str, rows: KeptRows) -> bytes:
    """A list as the bytes of an XLSX file: one row a document."""
    yes, no, untold = rows.markets
    before = [[question], [f"{rows.asked} : {yes} oui, {no} non, {untold} illisible ou indécis"]]
    table = [_cells(row, answer) for name, answer in _ANSWERS for row in getattr(rows, name)]
    return _book("Réponses", before, _COLUMNS, table)


def grid_workbook(grid: Grid) -> bytes:
    """A grid as the bytes of an XLSX file: one row a market, two columns a question: what it says and where."""
    asked = [pair for column in grid.columns for pair in ((column.text, _VALUE), ("Où", _PLACE))]
    table = [
        [line.market, ", ".join(line.files), *(text for cell in line.cells for text in _said(cell))]
        for line in grid.lines
    ]
    return _book("Grille", [], (("Marché", _MARKET), ("Pièces", _FILES), *asked), table)


def due_workbook(every: Sequence[Due]) -> bytes:
    """What falls due as the bytes of an XLSX file: one row each, in the order given."""
    confirmed = sum(one.confirmed is not None for one in every)
    table = [
        [
            french_date(one.falls) if one.falls else "",
            one.label,
            one.market,
            one.status,
            one.computed,
            told(one),
            one.id,
        ]
        for one in every
    ]
    return _book(
        "Échéances", [["Échéances"], [f"{len(every)} échéances, dont {confirmed} confirmées"]], _DUE, table
    )


def _cells(row: KeptRow, answer: str) -> list[str]:
    return [
        row.market,
        row.file,
        answer,
        row.value,
        french_pages(row.quote.pages) if row.quote else "",
        row.quote.quote if row.quote else "",
    ]


def _said(cell: Cell) -> tuple[str, str]:
    return (cell.value or cell.unsaid, where(cell.quote) if cell.quote else "")


def where(quote: Quote) -> str:
    """The file and the page of a quote."""
    return ", ".join(part for part in (file_name(quote.source), french_pages(quote.passage.pages)) if part)


def _book(
    title: str, before: Sequence[list[str]], columns: Sequence[tuple[str, int]], table: Sequence[list[str]]
) -> bytes:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = title
    for number, texts in enumerate((*before, [name for name, _ in columns], *table), 1):
        _write(sheet, number, texts)
    _dress(sheet, len(before) + 1, [width for _, width in columns])
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _write(sheet: Worksheet, row: int, texts: Sequence[str]) -> None:
    """A row of texts: no formula, no character that a workbook refuses."""
    for column, text in enumerate(texts, 1):
        clean = ILLEGAL_CHARACTERS_RE.sub("", text)[:_MOST]
        cell = sheet.cell(row, column, clean)
        cell.data_type, cell.quotePrefix = "s", clean.startswith(("=", "+", "-", "@", "\t", "\r"))


def _dress(sheet: Worksheet, header: int, widths: Sequence[int]) -> None:
    if header > 1:
        sheet["A1"].font = Font(bold=True, size=13)
    for column, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
        cell = sheet.cell(header, column)
        cell.font, cell.fill = Font(bold=True, color="FFFFFF"), _HEADER
    for row in sheet.iter_rows(min_row=header):
        for cell in row:
            cell.alignment = Alignment(vertical="top", wrap_text=True)
    sheet.freeze_panes = f"A{header + 1}" if header > 1 else "B2"
    sheet.auto_filter.ref = f"A{header}:{get_column_letter(len(widths))}{max(header, sheet.max_row)}"
    sheet.page_setup.orientation = Worksheet.ORIENTATION_LANDSCAPE
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
