"""Covers of tenders: whose they are, what is bought, and what only looks like it. Made after mistakes on covers of real ones, in our own words."""

import pytest

from assistant import reading
from assistant.datatypes import Kind
from assistant.summaries.fields.summarise import summarise
from assistant.summaries.fields.summary import Summary, shown


def summary(*lines: str) -> Summary:
    return summarise(
        reading.read_bytes("\n".join(lines).encode(), "RC.txt", kind=Kind.TENDER, collection="essai"),
        "RC.txt",
    )


def said(field: str, *lines: str) -> str | None:
    found = summary(*lines).field(field)
    return shown(found.value) if found.value is not None else None


def test_the_buyer_is_the_body_whose_address_follows_not_the_one_named_in_the_title_of_the_works() -> None:
    cover = (
        "RÈGLEMENT DE LA CONSULTATION",
        "MARCHÉ PUBLIC DE MAÎTRISE D'ŒUVRE",
        "Maîtrise d'œuvre - Commune de Trémazan - Restauration des quais et",
        "du môle nord",
    )
    address = ("Département du Haut-Morvan", "12 quai Vert", "CS 10200", "58001 NEVERS")
    assert said("acheteur", *cover, *address) == "Département du Haut-Morvan"
    assert (
        said("objet", *cover, "", *address)
        == "Maîtrise d'œuvre - Commune de Trémazan - Restauration des quais et du môle nord"
    )


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("MONTVAL METROPOLE", "MONTVAL METROPOLE"),
        ("Pays de Vernoux Agglomération", "Pays de Vernoux Agglomération"),
        (
            "Pouvoir adjudicateur : Mairie de Saint-Cirgues 4 rue Haute 48200 SAINT-CIRGUES",
            "Mairie de Saint-Cirgues",
        ),
        (
            "Organisme de sécurité sociale : Caisse Générale des Marins 18, avenue des Forges",
            "Caisse Générale des Marins",
        ),
    ],
)
def test_a_name_that_comes_first_and_a_name_without_its_address(line: str, name: str) -> None:
    assert (
        said(
            "acheteur",
            "RÈGLEMENT DE LA CONSULTATION",
            "ACQUISITION DE TABLEAUX BLANCS",
            line,
            "Centre technique",
        )
        == name
    )


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (
            (
                "Objet du marché",
                "Travaux de voirie rue Basse Marché à procédure adaptée passé en application de l'article R. 2123-1",
            ),
            "Travaux de voirie rue Basse",
        ),
        (
            ("ACQUISITION D'UN OUTIL DE DICTÉE", "VOCALE", "Le présent document comporte 24 pages"),
            "ACQUISITION D'UN OUTIL DE DICTÉE VOCALE",
        ),
        (
            (
                "MARCHÉ N° AMO 24-05 : MISSION DE CONDUITE D'OPÉRATION CONCERNANT",
                "",
                "LES TRAVAUX DE L'ÉCOLE",
            ),
            "MISSION DE CONDUITE D'OPÉRATION CONCERNANT LES TRAVAUX DE L'ÉCOLE",
        ),
    ],
)
def test_a_title_ends_where_the_procedure_or_the_paper_begins_and_goes_on_after_a_line_that_breaks_off(
    lines: tuple[str, ...], title: str
) -> None:
    assert said("objet", "RÈGLEMENT DE LA CONSULTATION", *lines) == title


def test_the_second_line_of_a_sentence_is_no_title() -> None:
    assert (
        said(
            "objet",
            "RÈGLEMENT DE LA CONSULTATION",
            "Le dossier comprend la décomposition du prix pour la conception et la mise en",
            "service du portail et l'hébergement ;",
        )
        is None
    )


def test_lots_that_follow_each_other_on_a_line() -> None:
    for line in (
        "N° 24 039 : lot 1 « Courants faibles » N° 24 040 : lot 2 « Courants forts »",
        "Deux lots : Lot 1 : Courants faibles et lot 2 : Courants forts",
    ):
        assert (
            said("lots", "RÈGLEMENT DE LA CONSULTATION", line)
            == "Lot 1 : Courants faibles ; Lot 2 : Courants forts"
        )


def test_two_boxes_without_their_ticks_say_nothing_of_lots() -> None:
    assert said("lots", "RÈGLEMENT DE LA CONSULTATION", "1) Prestations divisées en lots : non oui") is None
    assert (
        said("lots", "RÈGLEMENT DE LA CONSULTATION", "1) Prestations divisées en lots : non") == "non alloti"
    )


def test_what_is_bought_is_no_environmental_clause_and_a_table_of_contents_no_clause_at_all() -> None:
    found = summary(
        "CAHIER DES CLAUSES ADMINISTRATIVES PARTICULIÈRES",
        "Fourniture d'un logiciel de gestion des déchets",
        "SOMMAIRE",
        *(
            f"ARTICLE {number}. {title}"
            for number, title in enumerate(("OBJET", "PIÈCES", "PRIX", "PRIMES ET AVANCES"), 1)
        ),
        "2",
        "logiciel déchets",
        "CLAUSES ADMINISTRATIVES",
        "ARTICLE 1. OBJET",
        "Le marché porte sur un logiciel.",
        "ARTICLE 2. PIÈCES",
        "Le marché comprend le présent cahier.",
    )
    assert found.field("clause_environnementale").value is None
    assert found.field("avance").value is None
