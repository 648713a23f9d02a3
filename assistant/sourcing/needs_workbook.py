"""Needs and a proposal as a workbook: numbers as numbers, every line of it a person can filter and check."""

import io
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from assistant.french.dates import french_date
from assistant.sourcing.needs import Measure, Needs
from assistant.sourcing.proposal import Proposal
from assistant.sourcing.register import Sensitivity

_Value = str | int | Decimal | None
_HEADER = PatternFill("solid", fgColor="1F3864")
# Excel refuses a longer text in a cell.
_MOST_CHARACTERS = 32_000
_MOST_WIDTH, _LEAST_WIDTH = 70, 9
# Rows looked at for the width of a column.
_LOOKED_AT = 200
_EUROS, _WHOLE = "# ##0 €", "# ##0"
_LEVELS = tuple(Sensitivity)


def needs_workbook(needs: Needs) -> bytes:
    """The needs as the bytes of an XLSX file: sums, ends of contracts, and why each wording is where it is."""
    book = Workbook()
    _needs_sheets(book, needs)
    return _bytes(book)


def proposal_workbook(proposal: Proposal, needs: Needs, day: date) -> bytes:
    """The proposal as the bytes of an XLSX file, the needs that it comes from, and the members who may order."""
    book = Workbook()
    terms = proposal.terms
    _sheet(
        book,
        "Accord-cadre",
        ("Quoi", "Valeur"),
        [
            ("Titre", terms.title),
            ("Calculé le", french_date(day)),
            ("Début", terms.start.shown),
            ("Durée, en années", terms.years),
            ("Minimum", "aucun"),
            ("Maximum, euros HT", proposal.maximum if proposal.maximum is not None else "non calculable"),
            ("Marge comprise, %", terms.margin_percent),
            ("Membres", proposal.members),
            ("Lignes", proposal.lines),
            ("Lignes dans un lot", sum(lot.total.lines for lot in proposal.lots)),
            ("Lignes hors des lots", sum(one.lines for one in proposal.outside)),
        ],
    )
    _sheet(
        book,
        "Lots",
        (
            "Lot",
            "Famille",
            "Niveau",
            "Fonctions",
            "Membres",
            "Lignes",
            "Utilisateurs",
            "Lignes qui les disent",
            "Coût annuel dit, HT",
            "Lignes qui le disent",
            "Montant sur la durée, HT",
            "Maximum, HT",
            "Exigence principale",
            "Offres possibles",
            "Kit",
        ),
        [
            (
                lot.number,
                lot.family,
                lot.level_label,
                ", ".join(one.label for one in lot.positions),
                len(lot.total.members),
                lot.total.lines,
                *_measured(lot.total.users),
                *_measured(lot.total.cost),
                lot.amount,
                lot.maximum,
                lot.requirement,
                lot.open,
                lot.kit_title,
            )
            for lot in proposal.lots
        ],
    )
    _sheet(
        book,
        "Fonctions",
        (
            "Lot",
            "Fonction",
            "Membres",
            "Lignes",
            "Utilisateurs",
            "Lignes qui les disent",
            "Coût annuel dit, HT",
            "Lignes qui le disent",
            "Lignes estimées",
            "Coût médian, HT",
            "Montant sur la durée, HT",
        ),
        [
            (
                lot.number,
                one.label,
                len(one.total.members),
                one.total.lines,
                *_measured(one.total.users),
                *_measured(one.total.cost),
                one.unsaid,
                one.typical,
                one.amount,
            )
            for lot in proposal.lots
            for one in lot.positions
        ],
    )
    _sheet(
        book,
        "Calendrier",
        ("Trimestre", "Membres", "Lignes", *(f"Lot {lot.number}" for lot in proposal.lots)),
        [
            (
                one.quarter.shown,
                one.members,
                one.lines,
                *(dict(one.by_lot).get(lot.number, 0) for lot in proposal.lots),
            )
            for one in proposal.calendar
        ],
    )
    _sheet(
        book,
        "Clauses",
        ("Lot", "Pièce", "Clause", "Niveau", "Identifiant"),
        [
            *(("tous", one.place, one.title, one.level, one.id) for one in proposal.common),
            *(
                (lot.number, one.place, one.title, one.level, one.id)
                for lot in proposal.lots
                for one in lot.clauses
            ),
        ],
    )
    _sheet(
        book,
        "Droit cité",
        ("Sujet", "Phrase", "Articles", "Fiche", "Vérifiée le"),
        [
            *(
                (subject, one.text, ", ".join(one.articles), one.sheet, french_date(one.verified_on))
                for subject, group in proposal.law.items()
                for one in group
            ),
            *(
                (
                    f"lot {lot.number}",
                    one.text,
                    ", ".join(one.articles),
                    one.sheet,
                    french_date(one.verified_on),
                )
                for lot in proposal.lots
                for one in lot.law
            ),
        ],
    )
    _sheet(
        book,
        "Hors des lots",
        ("Besoin", "Lignes", "Membres", "Pourquoi"),
        [(one.label, one.lines, one.members, one.why) for one in proposal.outside],
    )
    _sheet(book, "Membres", ("Membre", "Lots"), _members(proposal, needs))
    _needs_sheets(book, needs)
    return _bytes(book)


def _members(proposal: Proposal, needs: Needs) -> list[tuple[_Value, ...]]:
    """Who may order, and in which lots he has lines."""
    lots: dict[int, list[int]] = {}
    for lot in proposal.lots:
        for member in lot.total.members:
            lots.setdefault(member, []).append(lot.number)
    return [
        (name, ", ".join(map(str, lots.get(number, []))))
        for number, name in sorted(enumerate(needs.members), key=lambda one: one[1])
    ]


def _needs_sheets(book: Workbook, needs: Needs) -> None:
    _sheet(
        book,
        "Besoins",
        (
            "Besoin",
            "Membres",
            "Lignes",
            "Utilisateurs",
            "Lignes qui les disent",
            "Coût annuel dit, HT",
            "Lignes qui le disent",
            "Volume dit, Go",
            "Lignes qui le disent",
            "Marchés publiés",
            "Montant annuel publié",
            *(level.value for level in _LEVELS),
            "sensibilité non dite",
            "Identifiant",
        ),
        [
            (
                need.label,
                len(total.members),
                total.lines,
                *_measured(total.users),
                *_measured(total.cost),
                *_measured(total.volume),
                total.contracts,
                total.published.total,
                *(
                    sum(cell.lines for cell in need.cells if cell.sensitivity is level)
                    for level in (*_LEVELS, None)
                ),
                need.id,
            )
            for need in needs.needs
            for total in (need.sum,)
        ],
    )
    ends = sorted({cell.end for need in needs.needs for cell in need.cells if cell.end is not None})
    _sheet(
        book,
        "Fins de contrats",
        ("Besoin", *(end.shown for end in ends), "fin non dite"),
        [
            (
                need.label,
                *(sum(cell.lines for cell in need.cells if cell.end == end) for end in (*ends, None)),
            )
            for need in needs.needs
        ],
    )
    _sheet(
        book,
        "Libellés",
        ("Besoin", "Fonction dite", "Application", "Lignes", "Pourquoi", "Sûr", "Identifiant"),
        [
            (
                need.label,
                said.wording.function,
                said.wording.name,
                said.lines,
                said.placed.why,
                "oui" if said.placed.sure else "à vérifier",
                said.wording.id,
            )
            for need in needs.needs
            for said in need.wordings
        ],
    )


def _measured(measure: Measure) -> tuple[_Value, int]:
    return (measure.total if measure.lines else None, measure.lines)


def _sheet(book: Workbook, title: str, columns: Sequence[str], rows: Iterable[Sequence[_Value]]) -> None:
    sheet = book.create_sheet(title)
    widths = [len(column) for column in columns]
    for number, row in enumerate((columns, *rows), 1):
        for at, value in enumerate(row, 1):
            _write(sheet, number, at, value, columns[at - 1])
            if number <= _LOOKED_AT:
                widths[at - 1] = max(
                    widths[at - 1], len(f"{value:,}" if isinstance(value, int | Decimal) else value or "")
                )
    _dress(sheet, widths)


def _write(sheet: Worksheet, row: int, column: int, value: _Value, head: str) -> None:
    """A value: a number stays one; a text is no formula, and has no character that a workbook refuses."""
    if isinstance(value, str):
        clean = ILLEGAL_CHARACTERS_RE.sub("", value)[:_MOST_CHARACTERS]
        cell = sheet.cell(row, column, clean)
        cell.data_type, cell.quotePrefix = "s", clean.startswith(("=", "+", "-", "@", "\t", "\r"))
    elif value is not None:
        cell = sheet.cell(row, column, value)
        cell.number_format = (
            _EUROS
            if isinstance(value, Decimal) and ("HT" in head or "annuel" in head or head == "Valeur")
            else _WHOLE
        )


def _dress(sheet: Worksheet, widths: Sequence[int]) -> None:
    for column, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = min(
            _MOST_WIDTH, max(_LEAST_WIDTH, width + 3)
        )
        cell = sheet.cell(1, column)
        cell.font, cell.fill = Font(bold=True, color="FFFFFF"), _HEADER
    for row in sheet.iter_rows():
        for cell in row:
            cell.alignment = Alignment(vertical="top", wrap_text=True)
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(widths))}{max(1, sheet.max_row)}"
    sheet.page_setup.orientation = Worksheet.ORIENTATION_LANDSCAPE
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _bytes(book: Workbook) -> bytes:
    del book["Sheet"]
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()
