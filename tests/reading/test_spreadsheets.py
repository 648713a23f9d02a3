import datetime

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.datatypes import Document, Kind
from assistant.errors import DamagedFileError, ReadingError
from assistant.reading import read_bytes
from assistant.reading.spreadsheet import Cell, Sheet, shown, workbook

from .made_office import ods, saved_book, with_member, xlsx


def document_of(data: bytes, name: str = "bpu.xlsx") -> Document:
    return read_bytes(data, name, kind=Kind.TENDER, collection="essai")


PRICES = [
    ["Bordereau des prix"],
    [],
    ["N°", "Désignation", "Prix unitaire HT"],
    [1, "Serveur", 1200.5],
    ["Lot 2 – écrans"],
    [2, "Écran", None],
]


def test_each_row_names_its_columns_and_the_sheets_are_headings():
    document = document_of(xlsx({"BPU": PRICES, "Notes": [["Prix valables un an."]], "Vide": []}))
    assert document.text == (
        "BPU\nBordereau des prix\nN° | Désignation | Prix unitaire HT\nN° : 1 | Désignation : Serveur | Prix unitaire HT : 1200,5\n"
        "Lot 2 – écrans\nN° : 2 | Désignation : Écran\nNotes\nPrix valables un an.\n"
    )
    assert [(h.level, h.title, h.span.of(document.text)) for h in document.headings] == [
        (1, "BPU", "BPU"),
        (1, "Notes", "Notes"),
    ]


def test_a_form_has_no_head_row():
    assert (
        document_of(xlsx({"AE": [["Acheteur", "Ville de Nantes"], ["Objet", "Serveurs"]]})).text
        == "AE\nAcheteur | Ville de Nantes\nObjet | Serveurs\n"
    )


def test_two_columns_with_figures_under_a_name_are_a_table():
    assert (
        document_of(xlsx({"P": [["Poste", "Montant"], ["Pose", 10]]})).text
        == "P\nPoste | Montant\nPoste : Pose | Montant : 10\n"
    )


@pytest.mark.parametrize(
    ("value", "pattern", "text"),
    [
        (1234.5, "General", "1234,5"),
        (0.1 + 0.2, "General", "0,3"),
        (12345678900012, "General", "12345678900012"),
        (1e20, "General", "100000000000000000000"),
        (1234.5, '#,##0.00 "€"', "1 234,50 €"),
        (1234.5, "#,##0.00\\ [$€-40C]", "1 234,50 €"),
        (-1234567, "#,##0;[Red]-#,##0", "-1 234 567"),
        (0.125, "0.0%", "12,5 %"),
        (3, '0" jours"', "3 jours"),
        (1.5, "0.00E+00", "1,5"),
        (float("nan"), "0.00", ""),
        (True, "General", "VRAI"),
        (datetime.datetime(2026, 2, 3), "yyyy-mm-dd", "03/02/2026"),
        (datetime.datetime(2026, 2, 3, 14, 30), "General", "03/02/2026 14:30"),
        (datetime.date(987, 2, 3), "General", "03/02/0987"),
        (datetime.time(9, 5), "hh:mm", "09:05"),
        (datetime.timedelta(hours=36, minutes=5), "[h]:mm", "36:05"),
        ("  deux\nmots ", "General", "deux mots"),
        (None, "General", ""),
    ],
)
def test_values_are_written_as_a_french_reader_does(value, pattern, text):
    assert shown(value, pattern).text == text


def test_number_formats_of_a_workbook_are_followed():
    book = openpyxl.Workbook()
    book.active.append([1234.5, datetime.date(2026, 2, 3), 0.2])
    for cell, pattern in zip(book.active[1], ('#,##0.00 "€"', "dd/mm/yyyy", "0%"), strict=True):
        cell.number_format = pattern
    assert document_of(saved_book(book)).text == "Sheet\n1 234,50 € | 03/02/2026 | 20 %\n"


def test_hidden_sheets_are_kept_and_said():
    book = openpyxl.Workbook()
    book.active.append(["vu"])
    hidden = book.create_sheet("Calculs")
    hidden.append(["caché"])
    hidden.sheet_state = "veryHidden"
    document = document_of(saved_book(book))
    assert document.text == "Sheet\nvu\nCalculs\ncaché\n"
    (problem,) = document.problems
    assert problem.code == "hidden-sheet"
    assert problem.span.of(document.text) == "Calculs\ncaché\n"


def test_formulas_that_were_never_calculated_are_said():
    document = document_of(xlsx({"P": [["Total", "=1+1"]]}))
    assert document.text == "P\nTotal\n"
    assert [problem.code for problem in document.problems] == ["no-results"]


def test_a_sheet_beyond_the_limits_is_cut_and_said(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("assistant.reading.xlsx.MAX_CELLS", 10)
    document = document_of(xlsx({"A": [["ligne", n] for n in range(100)], "B": [["jamais lue"]]}))
    assert document.text == "A\nligne | 0\nligne | 1\nligne | 2\n"
    assert "3 premières lignes" in document.problems[0].message


def test_a_broken_workbook_is_a_damaged_file():
    for part, content in (
        ("xl/workbook.xml", b"<a"),
        ("xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row><c t='s'><v>99</v></c></row>"),
        ("xl/worksheets/sheet1.xml", b"<?xml version='1.0' encoding='x-inconnu'?><worksheet/>"),
    ):
        with pytest.raises(DamagedFileError, match="abîmé"):
            document_of(with_member(xlsx({"P": [["a"]]}), part, content))


def test_a_workbook_bomb_is_refused():
    with pytest.raises(ReadingError, match="démesuré"):
        document_of(with_member(xlsx({"P": [["a"]]}), "xl/worksheets/sheet1.xml", b" " * (65 * 1024 * 1024)))


CELL = '<table:table-cell office:value-type="{}" office:{}="{}"><text:p>{}</text:p></table:table-cell>'.format


def row(*cells: str, repeated: int = 1) -> str:
    return f'<table:table-row table:number-rows-repeated="{repeated}">{"".join(cells)}</table:table-row>'


def test_an_opendocument_spreadsheet_reads_as_an_excel_one():
    texts = [CELL("string", "string-value", "", text) for text in ("N°", "Désignation", "Prix")]
    table = (
        row('<table:table-cell table:number-columns-repeated="16384"/>', repeated=1_048_576)
        + row(*texts)
        + row(
            CELL("float", "value", "1", "1"),
            CELL("string", "string-value", "", "Serveur"),
            CELL("currency", "value", "1234.5", "1 234,50 €"),
        )
        + row(
            CELL("float", "value", "2", "2"),
            "<table:table-cell/>",
            CELL("float", "value", "1234.5", "1,234.50"),
        )
    )
    document = document_of(ods(f'<table:table table:name="BPU">{table}</table:table>'), "bpu.ods")
    assert (
        document.text
        == "BPU\nN° | Désignation | Prix\nN° : 1 | Désignation : Serveur | Prix : 1 234,50 €\nN° : 2 | Prix : 1 234,50\n"
    )
    assert [h.title for h in document.headings] == ["BPU"]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (CELL("date", "date-value", "2026-02-03", "3 févr. 26"), "03/02/2026"),
        (CELL("date", "date-value", "2026-02-03T14:30:00", ""), "03/02/2026 14:30"),
        (CELL("time", "time-value", "PT36H05M00S", ""), "36:05"),
        (CELL("boolean", "boolean-value", "true", "TRUE"), "VRAI"),
        (CELL("percentage", "value", "0.2", "20%"), "20 %"),
        (CELL("percentage", "value", "0.125", "12.5%"), "12,5 %"),
        (CELL("float", "value", "1234.5", ""), "1234,5"),
        (CELL("float", "value", "x", ""), None),
        (CELL("string", "string-value", "", "deux</text:p><text:p>lignes"), "deux lignes"),
        (
            CELL(
                "string", "string-value", "", "vu<office:annotation><text:p>note</text:p></office:annotation>"
            ),
            "vu",
        ),
    ],
)
def test_cells_of_an_opendocument_spreadsheet(cell, text):
    data = ods(f'<table:table table:name="T">{row(cell)}</table:table>')
    if text is None:
        with pytest.raises(DamagedFileError):
            document_of(data, "a.ods")
    else:
        assert document_of(data, "a.ods").text == f"T\n{text}\n"


def test_a_hidden_sheet_of_an_opendocument_spreadsheet_is_said():
    hidden = '<style:style style:name="ta1" style:family="table"><style:table-properties table:display="false"/></style:style>'
    table = f'<table:table table:name="T" table:style-name="ta1">{row(CELL("string", "string-value", "", "a"))}</table:table>'
    assert [problem.code for problem in document_of(ods(table, automatic=hidden), "a.ods").problems] == [
        "hidden-sheet"
    ]


def test_a_cell_repeated_a_billion_times_is_bounded():
    cell = '<table:table-cell table:number-columns-repeated="999999999"><text:p>a</text:p></table:table-cell>'
    document = document_of(
        ods(f'<table:table table:name="T">{row(cell, repeated=999_999_999)}</table:table>'), "a.ods"
    )
    assert [problem.code for problem in document.problems] == ["cut-sheet"]
    assert len(document.text) < 20_000_000


def test_a_row_of_a_billion_letters_is_refused():
    cell = f'<table:table-cell table:number-columns-repeated="16000"><text:p>{"x" * 30_000}</text:p></table:table-cell>'
    with pytest.raises(ReadingError, match="démesurée"):
        document_of(ods(f'<table:table table:name="T">{row(cell)}</table:table>'), "a.ods")


@given(
    st.lists(
        st.lists(
            st.builds(
                Cell, st.text(st.characters(exclude_categories=["Cs", "Cc"])).map(str.strip), st.booleans()
            )
        )
    )
)
def test_no_word_of_any_sheet_is_lost(rows):
    content = workbook([Sheet("Feuille", rows)], "a.xlsx")
    for row_ in rows:
        for cell in row_:
            assert cell.text in content.text
