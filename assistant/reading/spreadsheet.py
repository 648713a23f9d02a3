"""What XLSX and ODS share: a sheet's name is a heading, a row is a line a reader can follow without seeing the columns.

Where a head row is recognised, each later row names its columns (``Désignation : Serveur | Prix unitaire HT : 1 200,00 €``), since a passage may be cut
anywhere; else cells are joined by `` | ``.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from typing import NamedTuple

from assistant.datatypes import Problem, Severity, Span
from assistant.errors import ReadingError
from assistant.lines import one_line
from assistant.reading.characters import storable
from assistant.reading.content import Content
from assistant.reading.structure import Line, titled

# The largest price schedules have some 5,000 rows of 20 columns; 55,000 cells a second were read here, and a file must take less than a minute.
MAX_CELLS = 1_000_000
# Characters of a workbook's text, as for a PDF: beyond, a file is no document.
MAX_CHARACTERS = 50_000_000
# A head row stands above its table, below a title and some lines of explanation.
_HEAD_WITHIN = 25
# Rows under a head that show whether it is one.
_LOOKED_AT = 20
_MAX_LABEL_CHARACTERS = 120
# Digits that a double keeps: 0.1 + 0.2 is written 0,3.
_SIGNIFICANT = 15


class Cell(NamedTuple):
    """A cell as it is shown; ``value`` is true for a number, an amount or a date, false for words."""

    text: str = ""
    value: bool = False


class Sheet(NamedTuple):
    """A sheet: its rows from the top, cells from the first column; ``cut`` when it had more rows than are read."""

    name: str
    rows: Sequence[Sequence[Cell]]
    hidden: bool = False
    cut: bool = False


def workbook(
    sheets: Sequence[Sheet],
    name: str,
    *,
    title: str | None = None,
    metadata: tuple[tuple[str, str], ...] = (),
) -> Content:
    """The text of a workbook, sheet after sheet; empty sheets are left out, hidden ones and cut ones are said.

    Raises:
        ReadingError: not even a first row is within the limits.
    """
    if any(sheet.cut for sheet in sheets) and not any(sheet.rows for sheet in sheets):
        raise ReadingError(
            f"« {name} » a une première ligne démesurée : il n'est pas lu, par sécurité.",
            "Enregistrez-le de nouveau, ou découpez-le.",
        )
    pieces: list[str] = []
    lines: list[Line] = []
    problems: list[Problem] = []
    at = 0
    for sheet in sheets:
        rows = list(_lines(sheet.rows))
        if not rows:
            continue
        label = one_line(storable(sheet.name)) or "Feuille"
        lines.append(Line(label, at, declared=1))
        text = "\n".join((label, *rows)) + "\n"
        problems.extend(_said(sheet, label, name, Span(at, at + len(text))))
        pieces.append(text)
        at += len(text)
    headings, doubts = titled(lines)
    return Content(
        "".join(pieces), title=title, headings=headings, problems=(*problems, *doubts), metadata=metadata
    )


def _said(sheet: Sheet, label: str, name: str, span: Span) -> Iterator[Problem]:
    if sheet.hidden:
        message = f"La feuille « {label} » de « {name} » est masquée : un lecteur ne la voit pas, mais elle a été lue."
        yield Problem("hidden-sheet", message, span, Severity.INFO)
    if sheet.cut:
        yield Problem(
            "cut-sheet",
            f"La feuille « {label} » de « {name} » est démesurée : seules ses {len(sheet.rows)} premières lignes ont été lues. Découpez-la.",
            span,
        )


def _lines(rows: Sequence[Sequence[Cell]]) -> Iterator[str]:
    filled = [row for row in rows if any(cell.text for cell in row)]
    head_at = _head_row(filled)
    names = [] if head_at is None else [cell.text.rstrip(" :") for cell in filled[head_at]]
    for index, row in enumerate(filled):
        named = head_at is not None and index > head_at and sum(1 for cell in row if cell.text) > 1
        yield " | ".join(
            _labelled(cell.text, names[column] if named and column < len(names) else "")
            for column, cell in enumerate(row)
            if cell.text
        )


def _labelled(text: str, name: str) -> str:
    return f"{name} : {text}" if name and name != text else text


def _head_row(rows: Sequence[Sequence[Cell]]) -> int | None:
    """Index of the row that names the columns of those below it, or None.

    Its cells are distinct short words. Three names make a table; two may be a form (« Acheteur | Ville »), unless one stands above figures.
    """
    for index, row in enumerate(rows[:_HEAD_WITHIN]):
        names = [(column, cell) for column, cell in enumerate(row) if cell.text]
        below = rows[index + 1 : index + 1 + _LOOKED_AT]
        if (
            len(names) < 2
            or not below
            or not all(_is_name(cell) for _, cell in names)
            or len({cell.text for _, cell in names}) < len(names)
        ):
            continue
        widest = max(sum(1 for cell in other if cell.text) for other in below)
        figures = any(column < len(other) and other[column].value for column, _ in names for other in below)
        if len(names) >= widest * 0.6 and (figures or (len(names) > 2 and widest > 2)):
            return index
    return None


def _is_name(cell: Cell) -> bool:
    return (
        not cell.value
        and len(cell.text) <= _MAX_LABEL_CHARACTERS
        and any(character.isalpha() or character == "°" for character in cell.text)
    )


def bounded(rows: Iterator[Sequence[Cell]], cells_left: int) -> tuple[list[Sequence[Cell]], bool, int]:
    """The rows until ``cells_left`` cells or the characters' limit are spent; whether some were left; cells still allowed."""
    kept: list[Sequence[Cell]] = []
    characters = 0
    for row in rows:
        cells_left -= len(row) + 1
        characters += sum(len(cell.text) for cell in row)
        if cells_left < 0 or characters > MAX_CHARACTERS:
            return kept, True, 0
        kept.append(row)
    return kept, False, cells_left


def shown(value: object, pattern: str = "General") -> Cell:
    """A value as a French reader writes it, by its number format: ``1 234,50 €``, ``12,5 %``, ``03/02/2026``, ``VRAI``."""
    if value is None:
        return Cell()
    if isinstance(value, bool):
        return Cell("VRAI" if value else "FAUX", value=True)
    if isinstance(value, (int, float, Decimal)):
        return Cell(_number(value, pattern), value=True)
    if isinstance(value, (datetime, date, time, timedelta)):
        return Cell(_moment(value), value=True)
    return Cell(one_line(storable(str(value))))


def _moment(value: datetime | date | time | timedelta) -> str:
    if isinstance(value, timedelta):
        minutes, seconds = divmod(int(value.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02d}" + (f":{seconds:02d}" if seconds else "")
    if isinstance(value, time):
        return value.strftime("%H:%M:%S" if value.second else "%H:%M")
    day = f"{value.day:02d}/{value.month:02d}/{value.year:04d}"
    return f"{day} {_moment(value.time())}" if isinstance(value, datetime) and value.time() != time() else day


_FORMAT_SECTION = re.compile(r"((?:[^;\"\\]|\"[^\"]*\"|\\.)*)")
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|\[\$([^\]\-]*)[^\]]*\]|\[[^\]]*\]|[_*].')
_DIGITS = re.compile(r"[#0?][#0?,]*(?:\.([#0?]+))?")


def _number(value: float | Decimal, pattern: str) -> str:
    """By the first section of a number format (ECMA-376 part 1, 18.8.31): decimals, thousands, per cent, and words such as ``€`` or ``jours``."""
    section = (_FORMAT_SECTION.match(pattern) or ["", ""])[1]
    bare = _LITERAL.sub("", section)
    digits = _DIGITS.search(bare)
    if pattern == "General" or pattern == "@" or digits is None or "E+" in bare:
        return french_number(value)
    percent = "%" in bare
    words = one_line("".join(match[1] or match[2] or match[3] or "" for match in _LITERAL.finditer(section)))
    if not words and "€" in bare:
        words = "€"
    written = french_number(
        float(value) * 100 if percent else value, decimals=len(digits[1] or ""), grouped="," in digits[0]
    )
    return f"{written}{' %' if percent else ''}{' ' + words if words else ''}"


def french_number(value: float | Decimal, *, decimals: int | None = None, grouped: bool = False) -> str:
    """``1234.5`` as ``1234,5``; with ``decimals`` rounded to them, with ``grouped`` spaces between thousands (ordinary ones, as in every text here)."""
    if isinstance(value, float) and (value != value or value in (float("inf"), float("-inf"))):
        return ""
    if decimals is not None:
        written = f"{value:{',' if grouped else ''}.{min(decimals, _SIGNIFICANT)}f}"
    elif isinstance(value, float):
        written = f"{Decimal(f'{value:.{_SIGNIFICANT}g}'):f}"
    else:
        written = str(value)
    written = written.rstrip("0").rstrip(".") if decimals is None and "." in written else written
    return written.replace(",", " ").replace(".", ",")


def take(cells: Iterator[Cell], count: int) -> list[Cell]:
    """The first ``count`` cells, without the empty ones at the end."""
    row = list(islice(cells, count))
    while row and not row[-1].text:
        row.pop()
    return row
