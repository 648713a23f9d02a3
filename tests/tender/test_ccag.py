"""The general clauses that a contract follows, where a sentence names one family alone."""

import pytest

from assistant.tender.facts.ccag import applied
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
