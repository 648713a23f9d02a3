"""The figures of law that answers and the review both hold to: on which side of a limit what a question counts lies."""

from datetime import date

import pytest

from assistant import figures
from assistant.datatypes import Purchase
from assistant.errors import CorpusError
from assistant.french.folding import fold_words
from tests.conftest import ROOT
from tests.review.made import caught

TODAY = date(2026, 11, 27)


@pytest.mark.parametrize(
    ("question", "case", "is_inside"),
    [
        (
            "Peut-on exiger un CA de 5 fois la valeur du marché ?",
            "capacites-references/chiffre-affaires",
            False,
        ),
        (
            "on demande un chiffre d'affaires double du montant, ok ?",
            "capacites-references/chiffre-affaires",
            None,
        ),
        (
            "chiffre d'affaires minimal de 2 fois le montant estimé",
            "capacites-references/chiffre-affaires",
            False,
        ),
        (
            "chiffre d'affaires minimal de 1,5 fois le montant estimé",
            "capacites-references/chiffre-affaires",
            True,
        ),
        (
            "marché à 500 k€ : je demande 3 M€ de CA annuel minimum",
            "capacites-references/chiffre-affaires",
            False,
        ),
        (
            "marché de 500 000 € : un chiffre d'affaires de 600 000 €",
            "capacites-references/chiffre-affaires",
            True,
        ),
        ("un CA de 5 fois la valeur", "penalites/x", None),
        ("une retenue de garantie de 10 %", "retenue-de-garantie/taux", False),
        ("payer à 45 jours", "delai-de-paiement/trente-jours", False),
        ("notre CHU peut-il payer à 45 jours ?", "delai-de-paiement/hopital", True),
        ("facture payée en trois semaines", "delai-de-paiement/trente-jours", True),
        ("payer sous 30 jours, c'est la règle ?", "delai-de-paiement/trente-jours", None),
        (
            "facture reçue le 2 novembre, payée le 15 décembre : en retard ?",
            "delai-de-paiement/trente-jours",
            False,
        ),
        (
            "facture reçue le 2 novembre, nous sommes vendredi : payer maintenant ?",
            "delai-de-paiement/trente-jours",
            True,
        ),
        ("payer une facture à 20 jours, une autre à 40 jours", "delai-de-paiement/trente-jours", None),
        ("un accord-cadre de six ans", "accords-cadres/duree", False),
        ("trois factures, chacune payée à 20 jours", "delai-de-paiement/trente-jours", True),
        ("chaque facture est payée à 45 jours", "delai-de-paiement/trente-jours", False),
        ("une retenue de 4 % 100 % remboursable", "retenue-de-garantie/taux", True),
        ("68 400 € TTC de mobilier, un seul devis", "dispense-60000/fournitures-services", None),
        ("58 400 € HT de mobilier, un seul devis", "dispense-60000/fournitures-services", True),
        ("un accord-cadre de quatre ans, puis une reconduction de deux ans", "accords-cadres/duree", False),
    ],
)
def test_a_question_lies_on_one_side_of_a_limit_of_its_case_or_nothing_is_said(
    question: str, case: str, is_inside: bool | None
) -> None:
    found = figures.judged(fold_words(question), *case.split("/"), TODAY)
    assert (found.is_inside if found else None) is is_inside


def test_what_is_said_begins_with_what_was_counted() -> None:
    found = figures.judged("payer a 45 jours", "delai-de-paiement", "trente-jours", TODAY)
    assert found is not None
    assert found.text.startswith("Vous parlez de 45 jours : ")
    assert found.figure.target.reference == "CCP R2192-10"


def test_a_ceiling_is_that_of_the_day() -> None:
    assert figures.ceiling("chiffre-affaires-minimal", date(2025, 12, 31)) == 2.0
    assert figures.ceiling("chiffre-affaires-minimal", date(2026, 1, 1)) == 1.5
    with pytest.raises(CorpusError, match="rien"):
        figures.ceiling("rien", TODAY)


def test_each_figure_is_of_cases_that_exist_and_says_something_on_both_sides() -> None:
    for figure in figures.figures():
        assert figure.cases, figure.id
        for place in figure.cases:
            sheet, case = place.split("/")
            text = (ROOT / "corpus" / "droit" / f"{sheet}.yaml").read_text(encoding="utf-8")
            assert case == "*" or f"\n- id: {case}\n" in text, (figure.id, place)
        assert figure.article, figure.id
        for side in (figure.inside, figure.outside):
            assert side.say.endswith((".", "»")), figure.id


@pytest.mark.parametrize("wrong", ["<>\t€", "<=\theures"])
def test_a_line_that_is_no_limit_is_refused_by_its_number(
    wrong: str,
) -> None:
    within, unit = wrong.split("\t")
    cells = [
        "a",
        "5",
        unit,
        "2019-04-01",
        "",
        "CCP R1",
        "f/c",
        within,
        "",
        "",
        "possible",
        "",
        "oui.",
        "interdit",
        "",
        "non.",
    ]
    with pytest.raises(CorpusError, match="Ligne 7"):
        figures._figure("\t".join(cells), 7)


@pytest.mark.parametrize(
    ("times", "day", "beyond"),
    [("5", TODAY, True), ("2", TODAY, True), ("2", date(2025, 6, 1), False), ("1,5", TODAY, False)],
)
def test_the_review_and_the_answers_say_the_same_of_a_turnover(times: str, day: date, beyond: bool) -> None:
    found = caught(
        f"Le candidat justifie d'un chiffre d'affaires annuel minimal de {times} fois le montant estimé du marché.",
        "RC",
        day,
    )
    assert ("chiffre-affaires" in " ".join(found)) is beyond
    asked = figures.judged(
        f"exiger un chiffre d'affaires de {times} fois le montant",
        "chiffre-affaires-minimal",
        "sous-le-plafond",
        day,
    )
    assert asked is not None
    assert asked.is_inside is not beyond


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (
            "avenant de 14 500 € sur un marché de 120 000 €",
            "Vous parlez de 14 500 € sur 120 000 €, soit 12,1 % : ",
        ),
        (
            "avenants de 9 000 € et 22 000 € sur 260 000 €",
            "Vous parlez de 31 000 € sur 260 000 €, soit 11,9 % : ",
        ),
        # The sum before and after, and a sum alone, are no share.
        ("le marché passe de 200 000 € à 215 000 €, un avenant", None),
        ("un avenant de 12 000 €", None),
        # Below a ceiling, one of several concludes nothing.
        ("un deuxième avenant de 9 000 € sur 260 000 €", None),
    ],
)
def test_a_share_that_is_given_in_euros_is_computed_and_shown(question: str, said: str | None) -> None:
    found = figures.judged(fold_words(question), "modifier-le-marche", "faible-montant", TODAY)
    assert (found and found.text.startswith(said or "")) is (None if said is None else True)


@pytest.mark.parametrize(
    ("question", "case", "said"),
    [
        (
            "29 400 € TTC (TVA 20), commande passée au téléphone",
            "ecrit-25000/sans-ecrit",
            "29 400 € TTC, soit 24 500 € HT : sous 25 000",
        ),
        (
            "notre SPL a fait 78 % pour ses actionnaires en 2023, 82 en 2024, 84 en 2025",
            "quasi-regie/spl",
            "78, 82, 84 %, soit 81,3 en moyenne : plus de 80 %",
        ),
        (
            "le paysagiste a été résilié en juin 2022",
            "exclure-manquement-anterieur/avec-contradictoire",
            "4 ans et 5 mois : ",
        ),
        (
            "640 M€ de dépenses de fonctionnement, un menuisier PME, 5 % de retenue",
            "retenue-de-garantie/taux",
            "640 000 000 € : au-delà de 60 millions",
        ),
        (
            "cantines scolaires, repas préparés sur place, 600 000 € sur trois ans, la MAPA suffit ?",
            "procedure-adaptee/quand",
            "600 000 € : les services sociaux et spécifiques",
        ),
        (
            "denrées pour la cantine, 600 000 €, la MAPA suffit ?",
            "procedure-adaptee/quand",
            "600 000 € : à partir de 216 000",
        ),
        (
            "marché estimé 250 000 €, ils exigent 900 000 € de chiffre d'affaires par an",
            "chiffre-affaires-minimal/marche-pluriannuel",
            "3,6 fois : au-delà d'une fois et demie",
        ),
        # A firm that is no small one: the other line says its five hundredths.
        (
            "68 M€ de fonctionnement, filiale d'un major de 4 000 salariés, 5 % de retenue",
            "retenue-de-garantie/taux",
            "5 % : ",
        ),
    ],
)
def test_what_a_line_needs_bars_or_exempts_from(question: str, case: str, said: str) -> None:
    found = figures.judged(fold_words(question), *case.split("/"), TODAY)
    assert found is not None
    assert found.text.removeprefix("Vous parlez de ").startswith(said)


@pytest.mark.parametrize(
    ("bought", "said"),
    [
        # Works of less than six months are exempted, whatever they cost; services are held to their threshold.
        (Purchase.WORKS, "5 mois : "),
        (Purchase.SERVICES, "5 900 000 € : dès 216 000 euros HT"),
        (None, "5 900 000 € : dès 216 000 euros HT"),
    ],
)
def test_what_is_bought_tells_the_line(bought: Purchase | None, said: str) -> None:
    question = fold_words("un marché de 5,9 M€, qui dure 5 mois")
    found = figures.judged(question, "clause-sociale-2026", "se-dispenser-du-social", TODAY, bought=bought)
    assert found is not None
    assert found.text.removeprefix("Vous parlez de ").startswith(said)


@pytest.mark.parametrize(
    ("bought", "inside"), [(None, True), (Purchase.WORKS, True), (Purchase.SERVICES, False)]
)
def test_words_tell_works_where_the_network_does_not(bought: Purchase | None, inside: bool) -> None:
    question = fold_words("Réfection de chaussée, premier avenant de 12 %, ça passe ?")
    case = ("petits-avenants-cumules", "sous-les-deux-limites")
    found = figures.judged(question, *case, TODAY, bought=bought)
    assert found is not None
    assert found.is_inside is inside


@pytest.mark.parametrize(
    ("asked", "limit"),
    [
        ("Le ponton, c'est 180 000 de travaux, en deux commandes ?", "100 000"),
        ("Les voiles, 180 000 € HT, ce n'est pas un marché de travaux, en deux commandes ?", "60 000"),
    ],
)
def test_a_sum_said_to_be_of_works_is_of_works_whatever_the_network_reads(asked: str, limit: str) -> None:
    found = figures.judged(fold_words(asked), "fractionnement", "contourner", TODAY, bought=Purchase.SUPPLIES)
    assert found is not None
    assert limit in found.text


def test_what_a_follow_up_adds_is_summed_with_what_was_said_before() -> None:
    before = fold_words("Avenant de 12 % sur un marché de travaux de 400 000 €, ça passe ?")
    case = ("petits-avenants-cumules", "sous-les-deux-limites")
    more = fold_words("et encore 6 % trois mois après ?")
    added = figures.judged(f"{before} {more}", *case, TODAY, more)
    assert added is not None
    assert (added.is_inside, added.text.startswith("Vous parlez de 12 et 6 %")) == (False, True)
    instead = fold_words("et à 9 % ?")
    replaced = figures.judged(f"{before} {instead}", *case, TODAY, instead)
    assert replaced is not None
    assert replaced.is_inside
