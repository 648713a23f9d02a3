"""What a list asks beside whether a field is there: asked in a question, said in a sentence, and not said where it is denied or speaks of something else."""

import pytest

from assistant.documents.facets import Facet, asked_of, facets
from assistant.french.folding import fold
from tests.documents.made import subject

SAID = [
    ("tacites", "Il est reconduit tacitement deux fois.", "Il est reconduit par décision expresse."),
    ("expresses", "La reconduction est expresse.", "La reconduction est tacite."),
    ("plafonnées", "Les pénalités sont plafonnées à 10 %.", "Les pénalités ne sont pas plafonnées."),
    ("hausse plafonnée", "La hausse est limitée à 3 % par an.", "L'indice est celui du mois zéro."),
    ("révisables", "Prix révisables chaque année", "Prix fermes, ni révisables ni actualisables"),
    ("pondérés", "Prix (60) ; Valeur technique (40)", "Critères énoncés au règlement"),
    ("lot ou marché réservé", "Le lot 2, réservé en application de l'article L. 2113-12, est exécuté par un ESAT.", "Aucun lot n'est réservé."),
    ("juge judiciaire", "Le tribunal de commerce de Metz est seul compétent.", "Tribunal administratif de Paris."),
    ("en volume", "120 heures d'insertion sont réservées.", "L'insertion est encouragée."),
    ("avec indemnité", "La résiliation donne droit à une indemnité de 5 %.", "La résiliation est sans indemnité, 5 % étant retenus."),
    ("accord-cadre", "Accord-cadre mono-attributaire", "Marché ordinaire"),
    ("adaptée", "Procédure adaptée", "Appel d'offres ouvert"),
    ("visite obligatoire des lieux", "La visite du site est obligatoire.", "La visite du site est facultative."),
    ("en France", "Les données ne quittent pas le territoire national.", "Les données restent dans l'Union européenne."),
    ("plafonnées", "Les pénalités, plafonnées à 20 % ; le seuil d'exonération ne joue pas.", "Les pénalités inférieures au plafond d'exonération ne sont pas dues."),
    ("validité des offres", "Le délai de validité des offres est de 120 jours.", "L'offre est rédigée en français."),
    ("décennale", "Il produit son attestation d'assurance décennale.", "Il produit une assurance de responsabilité."),
]  # fmt: skip


@pytest.mark.parametrize(("label", "said", "not_said"), SAID)
def test_a_sentence_says_a_facet_or_does_not(label: str, said: str, not_said: str) -> None:
    facet = _facet(label)
    assert facet.says(fold(said))
    assert not facet.says(fold(not_said))


def test_the_words_above_tell_what_a_sentence_speaks_of() -> None:
    capped = _facet("plafonnées")
    assert not capped.says(fold("Leur total ne peut excéder 10 %."))
    assert capped.says(fold("Leur total ne peut excéder 10 %."), fold("Pénalités"))


@pytest.mark.parametrize(
    ("question", "field", "label"),
    [
        ("Quels contrats se reconduisent tout seuls si personne ne fait rien ?", "reconductions", "tacites"),
        ("lesquels ont un plafond de pénalités ?", "penalites_retard", "plafonnées"),
        ("combien d'avis sont en MAPA ?", "procedure", "adaptée"),
        ("qui oblige à venir voir le site ?", "", "visite obligatoire des lieux"),
        ("lesquels prévoient une avance ?", "avance", None),
        ("lesquels de nos contrats ont un lot réservé ?", "clause_sociale", "lot ou marché réservé"),
        ("lesquels ont un plafond de commandes ?", "montant_maximum_ht", None),
    ],
)
def test_a_question_asks_a_side_of_its_field(question: str, field: str, label: str | None) -> None:
    found = asked_of(question, subject(field, "a"))
    assert (found.label if found else None) == label


def test_every_facet_of_a_field_names_one_that_exists() -> None:
    from assistant.summaries.fields.summary import FIELDS

    assert all(one.field in FIELDS for one in facets() if one.field)
    assert len({(one.field, one.label) for one in facets()}) == len(facets())


def _facet(label: str) -> Facet:
    return next(one for one in facets() if one.label == label)
