"""The lots, wherever a house writes them."""

import pytest

from assistant.tender.facts.lots import lots_of
from tests.tender.made import view


def _titles(text: str, piece: str = "RC") -> object:
    found = lots_of(view(text, piece))
    if found is None or isinstance(found.value, str):
        return found and found.value
    return [tuple(value for _, value in item) for item in found.value]


@pytest.mark.parametrize(
    ("text", "lots"),
    [
        ("Lots | Lot 1 – débarras Lot 2 – dératisation\n", [("1", "débarras"), ("2", "dératisation")]),
        (
            "LOT-0001 | Cours d'eau | Sans\nLOT-0002 | Nappes | Sans\n",
            [("1", "Cours d'eau"), ("2", "Nappes")],
        ),
        ("8 Lots | ☐ oui ☒ non — motif : mêmes tournées\n", "non alloti"),
        (
            "Lot n° 2 : réservé aux ateliers protégés.\nLot n° 1 – Pain.\nLot n° 2 – Viande.\n",
            [("1", "Pain"), ("2", "Viande")],
        ),
        (
            "Il y a trois lots : lot A, bâtiments et pépinières ; lot B, médiathèques ; lot C, piscines L'Onde et Les Flots.\n",
            [("A", "bâtiments et pépinières"), ("B", "médiathèques"), ("C", "piscines L'Onde et Les Flots")],
        ),
        (
            "Deux lots correspondent aux secteurs d'Orcenne-ville (lot 1) et de la couronne nord (lot 2).\n",
            [("1", "Orcenne-ville"), ("2", "couronne nord")],
        ),
        ("Lots : Nettoyage des locaux\n", None),
        ("Fait | Lot C | Lot D\nRetard | 30 € | 40 €\n", None),
    ],
)
def test_lots_are_read_in_cells_boxes_and_lists(text: str, lots: object) -> None:
    assert _titles(text) == lots


def test_a_price_sheet_names_its_lot_behind_what_is_bought() -> None:
    text = "Fourniture de protections Lot n° 1 : protections pour adultes\nlot n° 1 — à compléter sans modifier la trame\n"
    assert _titles(text, "BPU") == [("1", "protections pour adultes")]


def test_words_that_count_the_lots_are_quoted() -> None:
    document = view("Deux lots : lot A – comptes rendus ; lot B – sous-titrage.\n", "RC")
    found = lots_of(document)
    assert found is not None
    assert found.spans[0].of(document.document.text).startswith("Deux lots")
