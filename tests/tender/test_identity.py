"""Who buys what, by the rules alone."""

import pytest

from assistant.datatypes import Span
from assistant.reader.covers import Cover, FoundValue
from assistant.summaries.fields.summarise import summarise
from assistant.tender.facts.procedure import type_of
from tests.tender.made import view


def _field(text: str, name: str) -> object:
    return summarise(view(text).document, "essai.md").field(name).value


def test_a_letter_says_its_object_on_one_line() -> None:
    text = "Lycée de Vaux\nObjet : lettre de consultation – denrées pour la restauration\nMadame, Monsieur,\nNous achetons du pain.\n"
    assert _field(text, "objet") == "denrées pour la restauration"


def test_a_reference_of_a_cover_needs_no_colon_and_is_no_version() -> None:
    assert (
        _field("Ville de Vaux\nRéf. VOY-27\nCCTP\nOrganisation de voyages\n", "numero_consultation")
        == "VOY-27"
    )
    assert _field("Ville de Vaux\nRéf. DSI/CCTP/v1.3\nCCTP\nReprise\n", "numero_consultation") is None
    assert (
        _field("Ville de Vaux\nCCTP\nune convention séparée (réf. GAZ-2024)\n", "numero_consultation") is None
    )


def test_the_name_of_a_body_goes_on_after_what_it_does() -> None:
    text = "SYMEVA\nSyndicat mixte d'élimination et de valorisation du Pays d'Ambrelle\nRÈGLEMENT DE CONSULTATION\nMarché S26-009\n"
    assert _field(text, "acheteur") == "Syndicat mixte d'élimination et de valorisation du Pays d'Ambrelle"


def test_a_choice_that_nobody_has_made_is_no_value() -> None:
    open_ = "# Acte d'engagement\n\n## Avance\n\nL'avance est ☐ demandée ☐ refusée.\n"
    assert _field(open_, "avance") is None
    assert _field(open_.replace("☐ refusée", "☒ refusée"), "avance")


def test_a_mandatary_is_told_with_whom_it_buys_for() -> None:
    text = "Acheteur : Société d'aménagement du Val\nagissant au nom et pour le compte de la Ville de Vauquelin en vertu du mandat\n"
    assert _field(text, "acheteur") == "Société d'aménagement du Val, pour le compte de la Ville de Vauquelin"


def test_the_name_of_a_service_goes_on_after_its_commas() -> None:
    text = "Acheteur : Direction régionale de l'environnement, de l'aménagement et du logement des Marches (DREAL)\n"
    assert (
        _field(text, "acheteur")
        == "Direction régionale de l'environnement, de l'aménagement et du logement des Marches (DREAL)"
    )


def test_what_a_body_is_in_law_gives_way_to_its_name() -> None:
    text = "Acheteur : Établissement public local d'enseignement\n"
    assert _field(text, "acheteur") == "Établissement public local d'enseignement"
    assert (
        _field(f"Lycée maritime des Embruns\n{text}", "acheteur")
        == "Établissement public local d'enseignement"
    )
    own = "Acheteur : Établissement public de coopération culturelle Les Quatre Vents\n"
    assert (
        _field(f"Mairie de Vaux\n{own}", "acheteur")
        == "Établissement public de coopération culturelle Les Quatre Vents"
    )


def test_whom_a_bidder_signs_for_is_no_principal() -> None:
    text = "Acheteur : Ville de Vauquelin\nagissant au nom et pour le compte de la société :\n"
    assert _field(text, "acheteur") == "Ville de Vauquelin"


def test_the_coordinator_of_a_group_buys_by_its_whole_name() -> None:
    text = (
        "Convention constitutive d'un groupement de commandes\n1 Agence de l'eau Sèvre-Amont, établissement public, 7 quai des Bateliers\n"
        "2 Fédération de pêche de Vaux\nL'Agence de l'eau est désignée coordonnateur.\n"
    )
    assert _field(text, "acheteur") == "Agence de l'eau Sèvre-Amont"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Objet : entretien du linge (n/réf. SE/2026/02)\n", "SE/2026/02"),
        ("Nos réf. : AF/LM – 2025-09 « Photothèque »\n", "AF/LM – 2025-09"),
        ("Le dossier est remis sur le profil d'acheteur, sous la référence VSR-ORG-2701.\n", "VSR-ORG-2701"),
        ("Le profil d'acheteur est la référence de l'article R. 2132-2.\n", None),
    ],
)
def test_a_number_is_read_where_a_letter_or_a_platform_refers_to_it(text: str, number: str | None) -> None:
    assert _field(text, "numero_consultation") == number


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Avis de marché\nServices – publié sur le profil d'acheteur\n", "services"),
        (
            "Le groupement a pour objet la passation d'accords-cadres de services ainsi répartis :\n",
            "services",
        ),
    ],
)
def test_a_kind_of_contract_stands_in_a_title_or_among_several(text: str, kind: str) -> None:
    found = type_of(view(text, "avis"))
    assert found is not None
    assert found.value == kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Objet : Étude de reprise de la toiture et de travaux d'étanchéité\n", "services"),
        (
            "Objet : Consultation pour une mission de contrôle technique de la rénovation du gymnase\n",
            "services",
        ),
        ("Le présent marché concerne le fauchage des talus.\n", "services"),
        ("Objet : Travaux d'entretien des chemins\n", "travaux"),
        (
            "| Type | Prestations intellectuelles |\n|---|---|\n| Objet | Restructuration du parc |\n",
            "services",
        ),
        ("Objet : Sel de déneigement\n", None),
    ],
)
def test_the_kind_is_that_of_what_is_bought_first(text: str, kind: str | None) -> None:
    document = view(f"Ville de Vaux\nCCTP\n{text}").document
    assert summarise(document, "essai.md", Cover({}, {})).field("type_marche").value == kind


def _with_cover(text: str, name: str, words: str, value: str) -> object:
    document = view(text).document
    start = document.text.index(words)
    cover = Cover({value: FoundValue(Span(start, start + len(words)), 1.0)}, {})
    return summarise(document, "essai.md", cover).field(name).value


def test_the_town_of_an_address_and_who_entrusts_a_work_are_no_buyers() -> None:
    text = "6 rue Haute\n59990 Belvas-le-Grand\n\nCollège Jean-Moulin\nCCTP\nEntretien des jardins\n"
    assert _with_cover(text, "acheteur", "Belvas-le-Grand", "acheteur") == "Collège Jean-Moulin"
    text = "ORVALE HABITAT – Société anonyme\n\nMadame,\nNotre société, mandataire de la Ville de Belvas, vous consulte.\n"
    assert _with_cover(text, "acheteur", "la Ville de Belvas", "acheteur") == "ORVALE HABITAT"


def test_a_sentence_of_the_text_is_no_title() -> None:
    text = (
        "Ville de Vaux\nObjet : Diagnostic des berges de la Sorme\n\n# 1 Contexte\n\nLes crues de 2024 ont emporté la digue.\n\n"
        "# 2 Prix\n\nIls sont fermes.\n"
    )
    assert (
        _with_cover(text, "objet", "crues de 2024 ont emporté la digue", "objet")
        == "Diagnostic des berges de la Sorme"
    )
