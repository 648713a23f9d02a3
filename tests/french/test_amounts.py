"""Sums of money as French writes them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.french.amounts import Amount, amounts, spoken
from assistant.french.folding import fold
from tests.french.test_numbers import in_words


def test_amounts_keep_their_tax_and_their_cents() -> None:
    text = fold(
        "45 000 euro(s) (H.T.) ; 60 000 € TTC ; 1 500 000,50 € HT ; 200 k€ HT ; deux cent mille euros (200 000 €) HT ; 12.500 € ; 330 000euro(s) Ht"
    )
    assert [one.written for one in amounts(text)][:4] == [
        "45 000 € HT",
        "60 000 € TTC",
        "1 500 000,50 € HT",
        "200 000 € HT",
    ]
    assert [one.euros for one in amounts(text)][-3:] == [200_000, 12_500, 330_000]


@given(st.integers(0, 10**11), st.sampled_from(["", "HT", "TTC"]))
def test_a_written_amount_is_read_back(cents: int, tax: str) -> None:
    amount = Amount(cents / 100, tax, 0, 0)
    found = amounts(fold(f"{amount.written}."))
    assert [(one.written, one.start) for one in found] == [(amount.written, 0)]


@given(st.integers(2, 10**9))
def test_an_amount_in_words_is_that_in_figures(euros: int) -> None:
    link = "d'" if euros % 10**6 == 0 else ""
    assert [one.euros for one in amounts(fold(f"{in_words(euros)} {link}euros"))] == [euros]


@pytest.mark.parametrize(
    ("text", "euros"),
    [
        ("1,5 M€", 1_500_000),
        ("2 millions d'euros", 2_000_000),
        ("un milliard d'euros", 1e9),
        ("500 k€", 500_000),
        ("1\u202f240\u202f000,50 €", 1_240_000.5),
    ],
)
def test_an_amount_is_read_with_its_scale(text: str, euros: float) -> None:
    assert [one.euros for one in amounts(fold(text))] == [euros]


@pytest.mark.parametrize(
    ("said", "euros"),
    [
        ("un marché à 1 million, seul", [1_000_000]),
        ("trois millions de CA pour un marché d'un million", [3_000_000, 1_000_000]),
        ("deux cent mille balles", [200_000]),
        ("un demi-million estimé, trois quarts de million au plus", [500_000, 750_000]),
        ("6,2 M de travaux, un lot à 45 000", [6_200_000, 45_000]),
        ("3 M HT de budget et un mur de 6 m de haut", [3_000_000]),
        ("40k, et 90 k HT l'an dernier", [40_000, 90_000]),
        ("budget : cinquante mille, pas plus", [50_000]),
        ("1,2 M€ puis 1,5 million HT", [1_200_000, 1_500_000]),
        ("commune de 12 000 habitants, quinze mille agents, un million de pages", []),
        ("l'an deux mille, le décret 2025-1383, 380 To", []),
    ],
)
def test_a_sum_is_read_as_people_say_it(said: str, euros: list[float]) -> None:
    assert [amount.euros for amount in spoken(fold(said))] == euros
