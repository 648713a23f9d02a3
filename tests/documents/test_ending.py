"""When contracts end and how long they last: what a list asks of it, and what made contracts say."""

from datetime import date

import pytest

from assistant.documents.conditions import measures_of
from assistant.documents.contracts import Contracts
from assistant.documents.due import ends_of, lasting
from assistant.documents.ending import Ending, asked_of
from tests.documents.made import subject
from tests.documents.made_contracts import contract, document_of

ASKED = [
    ("lesquels se terminent avant juin 2027 ?", Ending("end", False)),
    ("reconductions comprises, lesquels prennent fin avant 2028 ?", Ending("end", True)),
    ("ceux qui arrivent à échéance en 2027", Ending("end", False, in_year=True)),
    ("lequel s'achève le plus tard ?", Ending("end", False)),
    ("le plus long, en comptant toutes les reconductions ?", Ending("length", True)),
    ("le contrat le plus long de la pile ?", Ending("length", False)),
    ("lesquels durent plus de quatre ans ?", Ending("length", False)),
    ("qu'est-ce qui peut encore courir après le 1er janvier 2028 ?", Ending("end", True)),
    ("lesquels tombent au plus tard dans l'année 2028 ?", Ending("end", True, in_year=True)),
    ("lesquels se reconduisent tacitement ?", None),
    ("qu'est-ce qui a démarré avant le 1er mars 2025 ?", Ending("start")),
    ("ceux qui ont pris effet en 2024", Ending("start", in_year=True)),
    ("la durée la plus longue, tout compris ?", Ending("length", True)),
    ("lesquels faut-il dénoncer trois mois avant l'échéance ?", None),
]


@pytest.mark.parametrize(("question", "ending"), ASKED)
def test_what_a_question_asks_of_ends(question: str, ending: Ending | None) -> None:
    assert asked_of(question, subject("duree_initiale")) == ending


def test_the_end_and_the_last_end_of_a_contract_are_of_its_renewals() -> None:
    found = Contracts(document_of, None).with_terms(contract("05/CCAP_lot1.html"))
    assert [one.day for one in ends_of(found, document_of)] == [
        date(2024, 3, 31), date(2025, 3, 31), date(2026, 3, 31), date(2027, 3, 31),
    ]  # fmt: skip
    for ending, said in (
        (Ending("start"), "1er avril 2023"),
        (Ending("end", False), "31 mars 2024"),
        (Ending("end", True), "31 mars 2027"),
        (Ending("length", False), "12 mois"),
        (Ending("length", True), "48 mois"),
    ):
        _, field = ending.said(found, document_of) or ("", None)
        assert field is not None
        assert field.value == said
        assert field.extracts


def test_a_year_that_is_asked_for_is_compared_as_such() -> None:
    found = Contracts(document_of, None).with_terms(contract("05/CCAP_lot1.html"))
    _, field = Ending("end", False, in_year=True).said(found, document_of) or ("", None)
    assert field is not None
    assert field.normal == ("1er janvier 2024",)
    assert len(measures_of(field)) == 1  # its words give the day of the beginning too


def test_how_long_a_contract_lasts_counts_each_renewal() -> None:
    found = Contracts(document_of, None).with_terms(contract("05/CCAP_lot1.html"))
    lasts = lasting(found, document_of)
    assert lasts is not None
    assert (lasts.months, lasts.renewed) == (12, 48)
