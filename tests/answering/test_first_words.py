"""« Oui » and « Non » open an answer only where they answer the question that was asked."""

import pytest

from assistant.answering.sheet_choice import without_answer

MAY = "Oui, sous conditions : l'acheteur peut imposer la confidentialité de pièces sensibles."
MAY_NOT = "Non : un acheteur ne peut pas exclure un candidat pour la loi à laquelle il est soumis."
FOR_SOME = "Oui, pour l'État et ses établissements publics seulement : ils peuvent demander les éléments du coût."


@pytest.mark.parametrize(
    "question", ["Peut-on garder secrètes des pièces ?", "Puis-je les garder pour moi ?", "C'est légal ?", "j'ai le droit de les cacher", "Est-ce possible ?"]
)
def test_who_asks_leave_is_answered(question: str) -> None:
    assert without_answer(question, MAY) == MAY
    assert without_answer(question, MAY_NOT) == MAY_NOT


@pytest.mark.parametrize(
    "question",
    [
        "Faut-il publier l'analyse de risques ?",
        "Est-il interdit d'exclure ?",
        "Suis-je obligé de tout publier ?",
        "Comment faire ?",
        "Un groupe coréen veut déposer une offre",
        "Peut-on attaquer notre règlement ?",
    ],
)
def test_whoever_asks_something_else_reads_the_rule_alone(question: str) -> None:
    assert without_answer(question, MAY) == "L'acheteur peut imposer la confidentialité de pièces sensibles."
    assert without_answer(question, MAY_NOT).startswith("Un acheteur ne peut pas exclure")


def test_a_reservation_that_says_for_whom_stays() -> None:
    assert without_answer("Faut-il demander le coût de revient ?", FOR_SOME) == FOR_SOME
