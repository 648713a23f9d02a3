"""The least and the most that may be ordered, lot by lot."""

import pytest

from assistant.tender.facts.ordered_amounts import maximum_of, minimum_of
from assistant.tender.view import View
from tests.tender.made import view

_THRESHOLDS = "Par année d'exécution :\n\n| Lot | Seuil bas (€ HT / an) | Seuil haut (€ HT / an) |\n|---|---|---|\n| 1 | 20 000 | 180 000 |\n| 2 | Néant | 60 000 |\n"
_BEYOND = "| Lot | Nature | Dépense 2025 | Ne pourra dépasser, € HT |\n|---|---|---|---|\n| A | Fruits | 31 400 € | 45 000 € |\n| B | Pain | 8 100 € | 12 000 € |\n"
_COLUMNS = "Le syndicat commande, par période de douze mois :\n\n|  | Lot 1 | Lot 2 |\n|---|---|---|\n| Mini EUR HT | 200 000 | 120 000 |\n| Maxi EUR HT | 900 000 | 550 000 |\n"
_LINES = "Accord-cadre à bons de commande. Montants maximum annuels :\n- Lot A : 45 000 € HT\n- Lot B : 12 000 € HT\n"
_UNTITLED = (
    "Minimum total | Maximum total\nLot A | 60 000 € HT | 540 000 € HT\nLot B | néant | 780 000 € HT\n"
)
_BOTH = "Point | Lot 1 | Lot 2\nEngagement annuel (HT) | mini 25 000 – maxi 190 000 | pas de mini – maxi 110 000\n"
_APART = "Maximum du lot 1 | 640 000 € HT (sans minimum)\n\nLe lot n° 2 a son bordereau ; son maximum est de 95 000 € HT.\n"
_RANGES = "Montants minimum et maximum des commandes :\nLot 1 : de 5 000 € HT à 20 000 € HT\nLot 2 : de 8 000 € HT à 40 000 € HT\n"
_MEMBERS = (
    "| Catégorie | Participation | Plafond annuel |\n|---|---|---|\n| Communes | 0,35 €/MWh | 300 € |\n"
)


def _values(text: str) -> tuple[object, object]:
    read: View = view(f"Accord-cadre à bons de commande.\n\n{text}")
    low, high = minimum_of(read), maximum_of(read)
    return low and low.value, high and high.value


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        (
            _THRESHOLDS,
            "Lot 1 : 20 000 € HT (par an) ; lot 2 : Sans minimum",
            "Lot 1 : 180 000 € HT (par an) ; lot 2 : 60 000 € HT (par an)",
        ),
        (
            _UNTITLED,
            "Lot A : 60 000 € HT ; lot B : Sans minimum",
            "Lot A : 540 000 € HT ; lot B : 780 000 € HT",
        ),
        (
            _BOTH,
            "Lot 1 : 25 000 € HT (par an) ; lot 2 : Sans minimum",
            "Lot 1 : 190 000 € HT (par an) ; lot 2 : 110 000 € HT (par an)",
        ),
        (_APART, "Sans minimum", "Lot 1 : 640 000 € HT ; lot 2 : 95 000 € HT"),
        (_BEYOND, None, "Lot A : 45 000 € HT ; lot B : 12 000 € HT"),
        (
            _COLUMNS,
            "Lot 1 : 200 000 € HT (par an) ; lot 2 : 120 000 € HT (par an)",
            "Lot 1 : 900 000 € HT (par an) ; lot 2 : 550 000 € HT (par an)",
        ),
        (_LINES, None, "Lot A : 45 000 € HT (par an) ; lot B : 12 000 € HT (par an)"),
        (_RANGES, "Lot 1 : 5 000 € HT ; lot 2 : 8 000 € HT", "Lot 1 : 20 000 € HT ; lot 2 : 40 000 € HT"),
        ("Les commandes atteindront au moins 150 000 € HT.\n", "150 000 € HT", None),
        (_MEMBERS, None, None),
        (
            "Lot | Objet | Fourchette (€ HT)\n1 Pain | 5 000 à 20 000 €\n2 Lait | 8 000 à 40 000 €\n",
            "Lot 1 : 5 000 € HT ; lot 2 : 8 000 € HT",
            "Lot 1 : 20 000 € HT ; lot 2 : 40 000 € HT",
        ),
        (
            "Lot 1 : entre 5 000 € et 20 000 € HT.\nLot 2 : de 8 000 € à 40 000 € HT.\n",
            "Lot 1 : 5 000 € HT ; lot 2 : 8 000 € HT",
            "Lot 1 : 20 000 € HT ; lot 2 : 40 000 € HT",
        ),
        (
            "Lot 1 : 20 000 € minimum, 180 000 € maximum.\nLot 2 : pas de minimum, 60 000 € maximum.\n",
            "Lot 1 : 20 000 € ; lot 2 : Sans minimum",
            "Lot 1 : 180 000 € ; lot 2 : 60 000 €",
        ),
        (
            "Le lot A ne pourra dépasser 45 000 € HT et le lot B 12 000 € HT.\n",
            None,
            "Lot A : 45 000 € HT ; lot B : 12 000 € HT",
        ),
        (
            "Montant maximum : 200 000 € HT (lot 1), 90 000 € HT (lot 2).\n",
            None,
            "Lot 1 : 200 000 € HT ; lot 2 : 90 000 € HT",
        ),
        (
            "Montant maximum par lot :\n\n| Lot 1 | 20 000 € HT |\n|---|---|\n| Lot 2 | 30 000 € HT |\n",
            None,
            "Lot 1 : 20 000 € HT ; lot 2 : 30 000 € HT",
        ),
        ("Lot 1 : de 100 à 200 € de remise.\n", None, None),
        ("Les commandes d'au moins 150 € HT sont livrées franco.\n", None, None),
    ],
)
def test_bounds_by_lot(text: str, low: str | None, high: str | None) -> None:
    assert _values(text) == (low, high)
