"""The general clauses that a contract follows, where a sentence names one family alone."""

import pytest

from assistant.tender.facts.ccag import applied, derogations_of
from tests.tender.made import view


@pytest.mark.parametrize(
    ("text", "families"),
    [
        ("Le CCAG applicable est celui des fournitures courantes et services (CCAG-FCS).", ["CCAG-FCS"]),
        ("CCAG de référence : TIC.", ["CCAG-TIC"]),
        ("L'article 33 du CCAG Fournitures et services s'applique.", ["CCAG-FCS"]),
        ("Le C.C.A.G. applicable aux marchés publics de travaux régit le marché.", ["CCAG-Travaux"]),
        ("Les travaux de câblage relèvent du CCAG-Travaux.", []),
        ("Le CCAG-PI et le CCAG-TIC sont des arrêtés du 30 mars 2021.", []),
        ("Le CCAG-PI est exclu.", []),
    ],
)
def test_one_family_is_read(text: str, families: list[str]) -> None:
    assert [family for family, _ in applied(view(text))] == families


def test_a_row_of_departures_may_name_several_articles_and_explain_its_own() -> None:
    found = derogations_of(
        view(
            "11 – DÉROGATIONS\nArticle du CCAP | Article du CCAG-Travaux\n1.5 | 3.8.1\n4.1 (préparation incluse) | 28.1\n"
            "4.3 | 19.2.1, 19.2.2, 19.2.3\n8 | 42\n"
        )
    )
    assert found is not None
    assert found.value == "Articles 3.8.1, 28.1, 19.2.1, 19.2.2, 19.2.3, 42 du CCAG-Travaux"
