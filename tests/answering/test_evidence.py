"""Which sentences may answer."""

import pytest

from assistant.answering.evidence import is_contents


@pytest.mark.parametrize(
    "line",
    [
        "ARTICLE 16 – PÉNALITÉS .......... 8",
        "4.2 Avance . . . . . . 12",
        "Durée du marché …… 3",
        "Annexe 1 ________ 40",
    ],
)
def test_a_line_of_a_table_of_contents_answers_nothing(line: str) -> None:
    assert is_contents(line)


@pytest.mark.parametrize(
    "line",
    [
        "Le marché dure 4 ans.",
        "Nom du candidat : ..........",
        "Les pièces sont… 3 en tout.",
        "Pénalité : 1/1000 du montant, etc.",
    ],
)
def test_a_sentence_and_a_blank_to_fill_in_are_none(line: str) -> None:
    assert not is_contents(line)
