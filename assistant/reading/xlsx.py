"""Excel workbooks: the values that were last calculated, not the formulas; sheets in their order, charts left out."""

import io
import re
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from typing import Any

from assistant.datatypes import Problem
from assistant.lines import one_line
from assistant.reading.characters import storable
from assistant.reading.content import Content
from assistant.reading.package import broken_is_damaged, check_size
from assistant.reading.spreadsheet import MAX_CELLS, Cell, Sheet, bounded, shown, take, workbook

_KIND = "un classeur Excel"
# Excel's own limit of columns.
_MAX_COLUMNS = 16_384
# A formula's cell as programs other than spreadsheets write it.
_NO_VALUE = re.compile(rb"</f>\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>")


def read_xlsx(data: bytes, name: str) -> Content:
    """Reads a workbook.

    Raises:
        DamagedFileError: the package or its XML is broken.
        ReadingError: it expands beyond the limits.
    """
    import openpyxl  # a third of what a process that reads takes to start; most read no workbook
    from openpyxl.utils.exceptions import InvalidFileException

    check_size(data, name, _KIND)
    with broken_is_damaged(name, _KIND, InvalidFileException, SyntaxError), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of extensions that openpyxl does not know
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        sheets = list(_sheets(book))
        metadata = _metadata(book)
        book.close()
        uncalculated = _has_formula_without_value(data)
    content = workbook(sheets, name, title=dict(metadata).get("title"), metadata=metadata)
    return _with_doubt(content, name) if uncalculated else content


def _sheets(book: Any) -> Iterator[Sheet]:
    left = MAX_CELLS
    for sheet in book.worksheets:
        sheet.reset_dimensions()  # programs write wrong ones, which would hide rows
        rows, cut, left = bounded((_row(row) for row in sheet.iter_rows()), left)
        yield Sheet(sheet.title, rows, hidden=sheet.sheet_state != "visible", cut=cut)


def _row(row: Sequence[Any]) -> Sequence[Cell]:
    return take(
        (shown(cell.value, cell.number_format) if cell.value is not None else Cell() for cell in row),
        _MAX_COLUMNS,
    )


def _metadata(book: Any) -> tuple[tuple[str, str], ...]:
    values = (
        ("title", book.properties.title),
        ("author", book.properties.creator),
        ("subject", book.properties.subject),
    )
    return tuple((key, one_line(storable(str(value)))) for key, value in values if value)


def _has_formula_without_value(data: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return any(
            _NO_VALUE.search(archive.read(member))
            for member in archive.namelist()
            if member.startswith("xl/worksheets/") and member.endswith(".xml")
        )


def _with_doubt(content: Content, name: str) -> Content:
    message = f"« {name} » contient des formules qui n'ont jamais été calculées : leurs résultats manquent. Ouvrez-le dans un tableur et enregistrez-le."
    return Content(
        content.text,
        content.title,
        headings=content.headings,
        problems=(*content.problems, Problem("no-results", message)),
        metadata=content.metadata,
    )
