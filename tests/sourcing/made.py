"""Registers and catalogues made for the tests: invented members, applications and companies."""

import io
from collections.abc import Sequence
from datetime import date

import openpyxl

from assistant.sourcing.register import Application, Place

TODAY = date(2026, 11, 28)


def csv(*rows: str, encoding: str = "utf-8", end: str = "\n") -> bytes:
    return (end.join(rows) + end).encode(encoding)


def xlsx(
    sheets: dict[str, Sequence[Sequence[object]]], merged: dict[str, Sequence[str]] | None = None
) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        for cells in (merged or {}).get(name, ()):
            sheet.merge_cells(cells)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def application(**said: object) -> Application:
    given: dict[str, object] = dict.fromkeys(Application.__dataclass_fields__)
    given |= {
        "member": "Commune de Bourg",
        "name": "Cimetix",
        "function": "gestion du cimetière",
        "place": Place("registre.csv", "", 2),
        "notes": (),
    }
    return Application(**(given | said))  # type: ignore[arg-type]
