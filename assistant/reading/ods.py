"""OpenDocument spreadsheets: cells as the spreadsheet shows them, sheets in their order, hidden ones said."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from assistant.reading.content import Content
from assistant.reading.odf import OFFICE, STYLE, TABLE, TEXT, Inline, OpenDocument, opened_odf
from assistant.reading.paragraphs import Shown
from assistant.reading.spreadsheet import (
    MAX_CELLS,
    Cell,
    Sheet,
    bounded,
    french_number,
    shown,
    take,
    workbook,
)

_KIND = "un classeur OpenDocument"
_NUMBERS = frozenset(("float", "percentage", "currency"))
# As an English spreadsheet shows a number: a point for decimals, commas between thousands.
_ENGLISH = re.compile(
    r"(?P<before>[^\d,.]*)(?P<number>\d{1,3}(?:,\d{3})*\.\d+|\d+\.\d+|\d{1,3}(?:,\d{3}){2,})(?P<after>[^\d,.]*)"
)
_DURATION = re.compile(r"(-?)PT?(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:[.,]\d+)?S)?")
# LibreOffice's own limits of columns and rows: a hostile file may say that a cell is repeated any number of times.
_MAX_COLUMNS = 16_384
_MAX_REPEATED_ROWS = 10_000


def read_ods(data: bytes, name: str) -> Content:
    """Reads a spreadsheet.

    Raises:
        EncryptedFileError: a password is needed.
        DamagedFileError: the package or its XML is broken.
        ReadingError: it expands beyond the limits.
    """
    with opened_odf(data, name, _KIND, "spreadsheet") as document:
        sheets = list(_sheets(document))
        return workbook(sheets, name, title=dict(document.metadata).get("title"), metadata=document.metadata)


def _sheets(document: OpenDocument) -> Iterator[Sheet]:
    hidden = frozenset(
        style.get(STYLE + "name", "")
        for style in document.content.iter(STYLE + "style")
        for properties in style.findall(STYLE + "table-properties")
        if properties.get(TABLE + "display") == "false"
    )
    left = MAX_CELLS
    for table in document.body.findall(TABLE + "table"):
        rows, cut, left = bounded(_rows(table), left)
        yield Sheet(
            table.get(TABLE + "name", ""), rows, hidden=table.get(TABLE + "style-name") in hidden, cut=cut
        )


def _rows(table: Any) -> Iterator[Sequence[Cell]]:
    for element in table.iter(TABLE + "table-row"):
        row = take(_cells(element), _MAX_COLUMNS)
        for _ in range(min(_repeated(element, "rows"), _MAX_REPEATED_ROWS) if row else 0):
            yield row


def _cells(row: Any) -> Iterator[Cell]:
    empty = 0
    for element in row:
        if element.tag not in (TABLE + "table-cell", TABLE + "covered-table-cell"):
            continue
        cell = _cell(element) if element.tag == TABLE + "table-cell" else Cell()
        if not cell.text:
            empty += min(_repeated(element, "columns"), _MAX_COLUMNS)
            continue
        yield from (Cell() for _ in range(min(empty, _MAX_COLUMNS)))
        empty = 0
        yield from (cell for _ in range(min(_repeated(element, "columns"), _MAX_COLUMNS)))


def table_cells(table: Any) -> Iterator[tuple[list[str], list[tuple[int, int, int]]]]:
    """Each row of a sheet: its texts from the first column, and its merged cells as (column, rows, columns) covered. Empty rows at the end are left out."""
    waiting = 0
    for element in table.iter(TABLE + "table-row"):
        row = [cell.text for cell in take(_cells(element), _MAX_COLUMNS)]
        count = min(_repeated(element, "rows"), _MAX_REPEATED_ROWS)
        if not row:
            waiting += count
            continue
        yield from (([], []) for _ in range(min(waiting, _MAX_REPEATED_ROWS)))
        waiting = 0
        merged = list(_merged(element))
        yield from ((list(row), merged) for _ in range(count))


def _merged(row: Any) -> Iterator[tuple[int, int, int]]:
    column = 0
    for element in row:
        if element.tag in (TABLE + "table-cell", TABLE + "covered-table-cell"):
            rows, columns = _spanned(element, "rows"), _spanned(element, "columns")
            if rows > 1 or columns > 1:
                yield column, rows, columns
            column += min(_repeated(element, "columns"), _MAX_COLUMNS)


def _spanned(element: Any, what: str) -> int:
    written = element.get(f"{TABLE}number-{what}-spanned", "1")
    return min(int(written[:9]), _MAX_COLUMNS) if written.isdigit() else 1


def _repeated(element: Any, what: str) -> int:
    written = element.get(f"{TABLE}number-{what}-repeated", "1")
    return int(written[:9]) if written.isdigit() else 1


def _cell(element: Any) -> Cell:
    kind = element.get(OFFICE + "value-type", "string")
    inline = Inline()
    for paragraph in element.findall(TEXT + "p"):
        inline.gather(paragraph)
        inline.pieces.append(Shown(" "))
    text = " ".join(inline.text.split())
    if kind in _NUMBERS:
        return Cell(_french(text, element.get(OFFICE + "value", "")), value=True)
    if kind == "date":
        return (
            shown(_day(element.get(OFFICE + "date-value", "")))
            if _day(element.get(OFFICE + "date-value", ""))
            else Cell(text, value=True)
        )
    if kind == "time":
        found = _DURATION.fullmatch(element.get(OFFICE + "time-value", ""))
        return (
            Cell(text, value=True)
            if text or not found
            else shown(
                timedelta(hours=int(found[2] or 0), minutes=int(found[3] or 0), seconds=int(found[4] or 0))
            )
        )
    if kind == "boolean":
        return shown(element.get(OFFICE + "boolean-value") == "true")
    return Cell(text)


def _french(text: str, value: str) -> str:
    """The number as shown, unless an English spreadsheet showed it; the bare value where nothing is shown."""
    if not text:
        return french_number(float(value)) if value else ""
    found = _ENGLISH.fullmatch(text)
    if found:
        text = f"{found['before']}{found['number'].replace(',', ' ').replace('.', ',')}{found['after']}"
    return re.sub(r"(?<=\d)%$", " %", text)


def _day(value: str) -> datetime | None:
    try:
        return datetime.fromisoformat(value).replace(tzinfo=None, microsecond=0)
    except ValueError:
        return None
