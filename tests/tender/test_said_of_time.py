"""How long, by which day and within how many days: said in passing, beside tables that say another time."""

from assistant.reading.piece import OTHER
from assistant.tender.facts.deadline import deadline_of
from assistant.tender.facts.duration import duration_of
from assistant.tender.facts.payment import payment_delay_of
from assistant.tender.facts.prices import retention_of
from tests.tender.made import view


def test_the_whole_of_a_study_comes_before_its_phases() -> None:
    text = (
        "# 2 Phases\n\n| Tranche | Délai |\n|---|---|\n| Ferme | 3 mois |\n| Optionnelle | 2 mois |\n\n# 3 Durée\n\n"
        "Le marché est conclu pour une durée maximale de 9 mois, validations comprises.\n"
    )
    found = duration_of(view(text, "CCP"))
    assert found is not None
    assert str(found.value).startswith("9 mois")


def test_a_contract_of_years_is_not_as_long_as_its_orders() -> None:
    text = (
        "# 1 Objet\n\nL'accord-cadre est exécuté par bons de commande sur une durée de deux ans.\n\n# 2 Délais\n\n"
        "| Prestation | Délai |\n|---|---|\n| Tonte | 6 jours |\n| Taille | 2 semaines |\n"
    )
    found = duration_of(view(text, "CCTP"))
    assert found is not None
    assert str(found.value).startswith("2 ans")


def test_days_to_the_end_of_the_month_are_a_delay_of_payment() -> None:
    found = payment_delay_of(view("Nous versons nos loyers à 60 jours fin de mois."))
    assert found is not None
    assert found.value == "60 jours fin de mois"


def test_a_day_without_year_is_that_which_follows_the_letter() -> None:
    text = "Vaux, le 2 décembre 2026\n\nMadame,\n\nVotre offre nous parviendra au plus tard le mardi 12 janvier, à midi.\n"
    found = deadline_of(view(text, OTHER))
    assert found is not None
    assert found.value == "12 janvier 2027 à 12 h"


def test_a_security_that_is_not_asked_for_is_said() -> None:
    found = retention_of(view("Le cautionnement n'est pas exigé.", "RC"))
    assert found is not None
    assert found.value == "Aucun cautionnement ni garantie"
