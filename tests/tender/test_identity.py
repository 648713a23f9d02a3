"""Who buys what, by the rules alone."""

from assistant.summaries.fields.summarise import summarise
from tests.tender.made import view


def _field(text: str, name: str) -> object:
    return summarise(view(text).document, "essai.md").field(name).value


def test_a_letter_says_its_object_on_one_line() -> None:
    text = "Lycée de Vaux\nObjet : lettre de consultation – denrées pour la restauration\nMadame, Monsieur,\nNous achetons du pain.\n"
    assert _field(text, "objet") == "denrées pour la restauration"


def test_a_mandatary_is_told_with_whom_it_buys_for() -> None:
    text = "Acheteur : Société d'aménagement du Val\nagissant au nom et pour le compte de la Ville de Vauquelin en vertu du mandat\n"
    assert _field(text, "acheteur") == "Société d'aménagement du Val, pour le compte de la Ville de Vauquelin"


def test_the_name_of_a_service_goes_on_after_its_commas() -> None:
    text = "Acheteur : Direction régionale de l'environnement, de l'aménagement et du logement des Marches (DREAL)\n"
    assert (
        _field(text, "acheteur")
        == "Direction régionale de l'environnement, de l'aménagement et du logement des Marches (DREAL)"
    )
