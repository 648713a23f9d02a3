"""Lists and grids as workbooks."""

import io

import openpyxl

from assistant.datatypes import Kind, Passage, Quote, Source, Span
from assistant.documents.grid import Cell, Column, Grid, Line
from assistant.documents.workbook import grid_workbook, workbook
from assistant.kept_answer import KeptQuote, KeptRow, KeptRows, KeptSource

SOURCE = Source(
    "a" * 16,
    "0" * 64,
    "CCAP de la voirie",
    Kind.TENDER,
    "/home/claire/voirie/CCAP.pdf",
    "prive:claire",
    "application/pdf",
)
KEPT = KeptSource(SOURCE.id, SOURCE.title, "consultation", "prive:claire")
QUOTE = Quote(
    "S1",
    SOURCE,
    Passage(SOURCE.id, Span(0, 40), "Le marché dure 48 mois.", pages=(2, 2)),
    Span(0, 23),
    "Le marché dure 48 mois.",
)


def cells(data: bytes) -> list[list[object]]:
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_a_kept_list_has_one_row_a_document_with_its_answer_its_words_and_their_page() -> None:
    rows = KeptRows(
        "Durée initiale, plus de 3 ans",
        yes=(KeptRow(KEPT, "CCAP.pdf", "Voirie", "48 mois", KeptQuote.of(QUOTE)),),
        no=(KeptRow(KEPT, "AE.pdf", "=Toiture", "", None),),
        untold=(KeptRow(KEPT, "scan.pdf", "Nettoyage", "", None),),
        silent=(KeptRow(KEPT, "RC.pdf", "Voirie", "", None),),
        markets=(1, 1, 1),
    )
    assert cells(workbook("Lesquels durent plus de 3 ans ?", rows)) == [
        ["Lesquels durent plus de 3 ans ?", None, None, None, None, None],
        [
            "Durée initiale, plus de 3 ans : 1 oui, 1 non, 1 illisible ou indécis",
            None,
            None,
            None,
            None,
            None,
        ],
        ["Marché", "Document", "Réponse", "Valeur", "Page", "Extrait"],
        ["Voirie", "CCAP.pdf", "oui", "48 mois", "p. 2", "Le marché dure 48 mois."],
        ["=Toiture", "AE.pdf", "non", None, None, None],
        ["Nettoyage", "scan.pdf", "illisible ou indécis", None, None, None],
        ["Voirie", "RC.pdf", "dit par une autre pièce", None, None, None],
    ]


def test_a_grid_has_one_row_a_market_and_says_where_each_value_stands_without_the_folders_of_the_server() -> (
    None
):
    columns = (Column("Durée initiale", "duree_initiale"), Column("Durée initiale"))
    line = Line("Voirie", ("CCAP.pdf", "RC.pdf"), (Cell("48 mois", QUOTE), Cell()))
    unread = Line("Scan", ("scan.pdf",), (Cell(readable=False), Cell("=1+1")))
    assert cells(grid_workbook(Grid(columns, (line, unread)))) == [
        ["Marché", "Pièces", "Durée initiale", "Où", "Durée initiale", "Où"],
        ["Voirie", "CCAP.pdf, RC.pdf", "48 mois", "CCAP.pdf, p. 2", "ne le dit pas", None],
        ["Scan", "scan.pdf", "illisible", None, "=1+1", None],
    ]
    sheet = openpyxl.load_workbook(io.BytesIO(grid_workbook(Grid(columns, (line, unread))))).active
    assert sheet["E3"].data_type == "s"  # no formula
