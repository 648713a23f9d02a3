"""What a tender says of each of its lots and of its places."""

import pytest

from assistant.datatypes import Span
from assistant.tender.fact import Fact
from assistant.tender.facts.criteria import criteria_of
from assistant.tender.facts.lots import lots_of
from assistant.tender.facts.place import place_of, within_object
from assistant.tender.facts.procedure import variants_of
from tests.tender.made import view


def _items(found: Fact | None) -> list[dict[str, str | None]]:
    assert found is not None
    assert isinstance(found.value, tuple)
    return [dict(item) for item in found.value]


def test_criteria_of_two_clauses_are_told_by_lot() -> None:
    text = (
        "# 5 Jugement des offres\n\n## 5.1 Lots 1 et 3\n\n| Critère | Poids | Jugé sur |\n|---|---|---|\n"
        "| Prix | 60 | le devis |\n| Délai, apprécié au vu du planning | 40 | planning 25, moyens 15 |\n\n"
        "## 5.2 Lot 2\n\n| Critère | Poids |\n|---|---|\n| Prix | 30 |\n| Essais | 70 |\n"
    )
    found = criteria_of(view(text, "RC"))
    assert found is not None
    assert _items(found) == [
        {"critere": "Prix", "ponderation": "lots 1 et 3 : 60 ; lot 2 : 30"},
        {"critere": "Délai", "ponderation": "lots 1 et 3 : 40"},
        {"critere": "Essais", "ponderation": "lot 2 : 70"},
    ]


def test_a_variant_that_the_buyer_asks_of_a_lot_is_told_with_the_refusal() -> None:
    text = "# 3 Variantes\n\nLes variantes libres ne sont pas admises. Pour le lot 4, une variante est imposée : bois local.\n"
    found = variants_of(view(text, "RC"))
    assert found is not None
    assert "ne sont pas admises" in str(found.value)
    assert "bois local" in str(found.value)


_NOTICE = (
    "Section II : Objet\nII.2) Description – LOT N° 1\nFauteuils de bureau Lieu d'exécution : dépôt de Vaux. Quantité : 20.\nVariantes : non.\n"
    "LOT N° 2\nTables pliantes\nLieu d'exécution : halle de Belvas. Quantité : 8.\nDes variantes seront prises en considération : oui.\n"
)


def test_a_notice_says_title_place_and_variants_below_each_lot() -> None:
    notice = view(_NOTICE, "avis")
    lots, place, variants = lots_of(notice), place_of(notice), variants_of(notice)
    assert lots is not None
    assert place is not None
    assert variants is not None
    assert [item["numero"] for item in _items(lots)] == ["1", "2"]
    assert place.value == "lot 1 : dépôt de Vaux ; lot 2 : halle de Belvas"
    assert str(variants.value).startswith("Selon le lot : lot 1, ")


def test_the_lot_of_a_deed_stands_after_the_name_of_the_procedure() -> None:
    text = "Acte d'engagement\n☒ au lot n° 03 de la consultation : Vitrerie des écoles\n"
    found = lots_of(view(text, "AE"))
    assert found is not None
    assert _items(found) == [{"numero": "3", "titre": "Vitrerie des écoles"}]


@pytest.mark.parametrize(
    ("bought", "place"),
    [
        ("Restauration des cales sur l'estuaire de la Sorme", "estuaire de la Sorme"),
        ("Balayage de la voirie communale", "voirie communale"),
        ("Balayage des locaux", None),
    ],
)
def test_what_is_bought_names_waters_and_ways(bought: str, place: str | None) -> None:
    document = view(bought)
    found = within_object(document, [Span(0, len(bought))])
    assert (found.value if found else None) == place


def test_the_communes_of_a_buyer_are_its_territory() -> None:
    text = "# 1 Objet\n\nLe présent marché porte sur l'entretien des haies sur le territoire de ses vingt communes adhérentes.\n\n# 2 Prix\n\nFermes.\n"
    found = place_of(view(text))
    assert found is not None
    assert "vingt communes adhérentes" in str(found.value)
