"""Tables as they stand in a file: rows of cells with their numbers, for what reads a register or a catalogue column by column.

Of a merged cell every cell that it covers has the text; those that only repeat it are said. CSV is read in any usual encoding and delimiter.
"""

import csv
import io
import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from assistant.errors import EmptyFileError, UnknownFormatError
from assistant.lines import one_line
from assistant.reading.characters import storable
from assistant.reading.formats import Format, format_of, suffix_of
from assistant.reading.legacy_office import converted_xls
from assistant.reading.odf import STYLE, TABLE, opened_odf
from assistant.reading.ods import table_cells
from assistant.reading.package import broken_is_damaged, check_size
from assistant.reading.spreadsheet import MAX_CELLS, shown

_XLSX, _ODS = "un classeur Excel", "un classeur OpenDocument"
SUFFIXES = frozenset((".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xltx", ".xls", ".ods", ".ots"))
"""Endings of the names of files that hold tables."""
_DELIMITERS = (";", ",", "\t", "|")
# Lines that show the delimiter of a CSV: titles above the table have none.
_LOOKED_AT = 200
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
# Encodings of one byte that French files have, the most usual first: Windows, DOS, Macintosh.
_ONE_BYTE = ("cp1252", "cp850", "mac_roman")
_FRENCH = frozenset("éèêëàâäùûüôöîïçœÉÈÊÀÂÙÔÎÇŒ€’«»°–—…²")
# GLPI writes line breaks and links of a cell as HTML.
_BREAK, _TAG = (
    re.compile(r"<br\s*/?>|</(?:p|li|div)>", re.IGNORECASE),
    re.compile(r"</?(?:a|p|b|i|u|span|div|li|ul|font|strong|em)(?:\s[^<>]*)?/?>", re.IGNORECASE),
)


class Row(NamedTuple):
    """A row: its number as a spreadsheet shows it, the texts of its cells, and the columns (from 0) that repeat a merged cell's text."""

    number: int
    cells: tuple[str, ...]
    repeated: tuple[int, ...] = ()


class Table(NamedTuple):
    """A sheet: rows that are not empty. ``cut`` when it had more cells than are read."""

    name: str
    rows: tuple[Row, ...]
    hidden: bool = False
    cut: bool = False


def read_tables(data: bytes, name: str) -> tuple[Table, ...]:
    """The tables of a CSV, XLSX, XLS or ODS file.

    Raises:
        UnknownFormatError: a file of another kind.
        EmptyFileError: no cell is filled.
        EncryptedFileError, DamagedFileError, ReadingError: see ``assistant.reading.read``.
    """
    if not data.strip(b"\x00 \t\r\n"):
        raise EmptyFileError(
            f"« {name} » est vide ({len(data)} octets).", "Exportez-le ou copiez-le de nouveau."
        )
    if suffix_of(name) in (".csv", ".tsv") and not data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        found: Iterable[Table] = _csv(data)
    else:
        found = _of_format(data, name)
    tables = tuple(table for table in found if table.rows)
    if not tables:
        raise EmptyFileError(
            f"« {name} » ne contient aucune ligne.", "Vérifiez que vous avez exporté le bon tableau."
        )
    return tables


def _of_format(data: bytes, name: str) -> Iterable[Table]:
    kind = format_of(data, name)
    if kind is Format.XLSX:
        return _xlsx(data, name)
    if kind is Format.XLS:
        return _xlsx(converted_xls(data, name), name)
    if kind is Format.ODS:
        return _ods(data, name)
    if kind is Format.TEXT:
        return _csv(data)
    raise UnknownFormatError(
        f"« {name} » n'est pas un tableau : il est d'un autre format.",
        "Donnez un fichier CSV, XLSX, XLS ou ODS.",
    )


# ---- CSV ------------------------------------------------------------------------------------------------------------------------


def _csv(data: bytes) -> Iterator[Table]:
    text = storable(_decoded(data))
    first, _, rest = text.partition("\n")
    announced = re.fullmatch(r"\"?sep=(.)\"?", first.strip())
    delimiter = announced[1] if announced else _delimiter(text)
    lines, shift = (rest, 1) if announced else (text, 0)
    csv.field_size_limit(10_000_000)
    reader = csv.reader(io.StringIO(lines, newline=""), delimiter=delimiter, skipinitialspace=True)
    rows, left, cut, start = list[Row](), MAX_CELLS, False, 1
    for cells in reader:
        number, start = start + shift, reader.line_num + 1
        left -= len(cells) + 1
        if left < 0:
            cut = True
            break
        kept = tuple(_plain(cell) for cell in cells)
        if any(kept):
            rows.append(Row(number, kept))
    yield Table("", tuple(rows), cut=cut)


def _decoded(data: bytes) -> str:
    """The characters of a CSV: by its mark, else UTF-8, else UTF-16 where every other byte is zero, else the one-byte encoding that gives French letters."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace")
    sample = data[:4096]
    if sample.count(0) > len(sample) // 4:
        return data.decode(
            "utf-16-le" if sample[1::2].count(0) > sample[::2].count(0) else "utf-16-be", errors="replace"
        )
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        tried = [data.decode(encoding, errors="replace") for encoding in _ONE_BYTE]
        return max(tried, key=_frenchness)


def _frenchness(text: str) -> int:
    """French letters and signs among the characters beyond ASCII, less the others."""
    return sum(1 if character in _FRENCH else -1 for character in text if ord(character) > 127)


def _delimiter(text: str) -> str:
    """The delimiter that parts the lines most evenly; a semicolon where none does."""
    sample = "\n".join(text.split("\n")[:_LOOKED_AT])
    return max(
        _DELIMITERS, key=lambda delimiter: (_evenness(sample, delimiter), -_DELIMITERS.index(delimiter))
    )


def _evenness(sample: str, delimiter: str) -> float:
    try:
        widths = [
            len(cells)
            for cells in csv.reader(
                io.StringIO(sample, newline=""), delimiter=delimiter, skipinitialspace=True
            )
            if any(cells)
        ]
    except csv.Error:
        return 0.0
    wide = [width for width in widths if width > 1]
    if not wide:
        return 0.0
    usual = max(set(wide), key=wide.count)
    return wide.count(usual) / len(widths) * min(usual, 8)


def _plain(cell: str) -> str:
    """A cell on one line, without the HTML that exports leave in it; its line breaks are « ; »."""
    parts = [one_line(_TAG.sub("", part)) for part in _BREAK.sub("\n", cell).split("\n")]
    return " ; ".join(part for part in parts if part)


# ---- workbooks ------------------------------------------------------------------------------------------------------------------


def _xlsx(data: bytes, name: str) -> Iterator[Table]:
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    check_size(data, name, _XLSX)
    with broken_is_damaged(name, _XLSX, InvalidFileException, SyntaxError), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of extensions that openpyxl does not know
        book = openpyxl.load_workbook(io.BytesIO(data), data_only=True, keep_links=False)
        left = MAX_CELLS
        made = list[Table]()
        for sheet in book.worksheets:
            grid, cut, left = _bounded(([_cell(cell) for cell in row] for row in sheet.iter_rows()), left)
            spans = [
                (one.min_row - 1, one.min_col - 1, one.max_row - 1, one.max_col - 1)
                for one in sheet.merged_cells.ranges
            ]
            made.append(_table(sheet.title, grid, spans, hidden=sheet.sheet_state != "visible", cut=cut))
    return iter(made)


def _cell(cell: Any) -> str:
    return (
        ""
        if cell.value is None
        else _plain(str(cell.value))
        if isinstance(cell.value, str)
        else shown(cell.value, cell.number_format).text
    )


def _ods(data: bytes, name: str) -> Iterator[Table]:
    with opened_odf(data, name, _ODS, "spreadsheet") as document:
        hidden = frozenset(
            style.get(STYLE + "name", "")
            for style in document.content.iter(STYLE + "style")
            for properties in style.findall(STYLE + "table-properties")
            if properties.get(TABLE + "display") == "false"
        )
        left = MAX_CELLS
        made = list[Table]()
        for table in document.body.findall(TABLE + "table"):
            spans = list[tuple[int, int, int, int]]()
            grid, cut, left = _bounded(_ods_rows(table, spans), left)
            made.append(
                _table(
                    table.get(TABLE + "name", ""),
                    grid,
                    spans,
                    hidden=table.get(TABLE + "style-name") in hidden,
                    cut=cut,
                )
            )
    return iter(made)


def _ods_rows(table: Any, spans: list[tuple[int, int, int, int]]) -> Iterator[list[str]]:
    for at, (cells, merged) in enumerate(table_cells(table)):
        spans.extend((at, column, at + rows - 1, column + columns - 1) for column, rows, columns in merged)
        yield [_plain(cell) for cell in cells]


def _bounded(rows: Iterable[list[str]], left: int) -> tuple[list[list[str]], bool, int]:
    kept = list[list[str]]()
    for row in rows:
        left -= len(row) + 1
        if left < 0:
            return kept, True, 0
        kept.append(row)
    return kept, False, left


def _table(
    name: str, grid: list[list[str]], spans: Sequence[tuple[int, int, int, int]], *, hidden: bool, cut: bool
) -> Table:
    repeated: dict[int, set[int]] = {}
    for top, left, bottom, right in spans:
        text = grid[top][left] if top < len(grid) and left < len(grid[top]) else ""
        for row in range(top, min(bottom + 1, len(grid))) if text else ():
            grid[row].extend([""] * (right + 1 - len(grid[row])))
            for column in range(left, right + 1):
                if (row, column) != (top, left):
                    grid[row][column] = text
                    repeated.setdefault(row, set()).add(column)
    rows = (Row(at + 1, tuple(cells), tuple(sorted(repeated.get(at, ())))) for at, cells in enumerate(grid))
    return Table(one_line(storable(name)), tuple(row for row in rows if any(row.cells)), hidden, cut)
