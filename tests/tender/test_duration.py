"""How long a contract lasts: each plain statement, read once for summaries and for the review."""

import pytest

from assistant.tender.facts.duration import duration_of, period_in, statements
from tests.tender.made import view


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("Le marché court du 1er janvier 2027 au 31 décembre 2029.", (36,)),
        ("La convention est signée pour douze mois.", (12,)),
        ("Marché de 3 ans fermes.", (36,)),
        ("Les moyens sont maintenus pendant les 48 mois du marché.", (48,)),
        ("Le marché dure trois ans, soit du 1er janvier 2027 au 31 décembre 2028.", (36, 24)),
        ("Durée | 24 mois | du 1er mars 2027 au 28 février 2030", (24, 36)),
    ],
)
def test_a_sentence_that_says_how_long_the_contract_lasts(text: str, months: tuple[int, ...]) -> None:
    assert [(one.months, one.is_full) for one in statements(view(text))] == [(months, True)]


@pytest.mark.parametrize(
    "text",
    [
        "La recette de prestations d'une durée inférieure à deux mois est tacite.",
        "Le titulaire justifie d'un marché de 3 ans d'expérience.",
    ],
)
def test_a_bound_is_no_duration(text: str) -> None:
    assert list(statements(view(text))) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (
            "# Durée\n\nLe lot A dure douze mois. Le lot B dure vingt-quatre mois.\n",
            "Lot A : 12 mois ; lot B : 24 mois",
        ),
        (
            "# Durée\n\n36 mois pour les lots A et B et 12 mois pour le lot C.\n",
            "Lot A : 36 mois ; lot B : 36 mois ; lot C : 12 mois",
        ),
        (
            "# Durée\n\n36 mois pour les lots 1 et 2 et 12 mois pour le lot 3.\n",
            "Lot 1 : 36 mois ; lot 2 : 36 mois ; lot 3 : 12 mois",
        ),
        (
            "1. Lots\nLot Désignation Délai d'exécution\n1 Couverture 4 mois\n2 Isolation | 2 mois\n2. Variantes\n",
            "Lot 1 : 4 mois ; lot 2 : 2 mois",
        ),
        ("# Durée\n\nAnnées scolaires 2025-2026 à 2028-2029.\n", "Années scolaires 2025-2026 à 2028-2029"),
        ("La durée d'exécution du marché public est de 24 mois ou …… jours à compter de :\n", "24 mois"),
        ("Le marché est un accord-cadre à bons de commande, de quatre ans fermes, sans minimum.\n", "4 ans"),
    ],
)
def test_durations_by_lettered_lot_in_years_of_school_and_in_forms(text: str, value: str) -> None:
    found = duration_of(view(text))
    assert found is not None
    assert found.value == value


def test_a_bare_contract_of_so_many_months_is_told() -> None:
    found = duration_of(view("L'offre porte sur un marché de 30 mois.", "RC"))
    assert found is not None
    assert (found.value, found.normal) == ("30 mois", ("30 mois",))


@pytest.mark.parametrize(
    ("folded", "months"),
    [
        ("du 1er janvier au 31 decembre 2027", 12),
        ("a compter du 15 mars 2027, prend fin le 14 mars 2029", 24),
        ("du 5 janvier 2027 jusqu'au 31 decembre 2027", 11),
    ],
)
def test_months_from_one_day_to_another(folded: str, months: int) -> None:
    found = period_in(folded)
    assert found is not None
    assert found.months == months


def test_seasons_are_a_duration() -> None:
    found = duration_of(
        view("L'accord-cadre est conclu pour deux campagnes (2027 et 2028) et peut être reconduit.")
    )
    assert found is not None
    assert found.value == "pour deux campagnes"
