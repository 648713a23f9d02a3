"""Lengths of time as French writes them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.french.durations import durations
from assistant.french.folding import fold
from tests.french.test_numbers import in_words


def test_durations_compare_in_months() -> None:
    text = fold(
        "d'une durée de trois (3) ans, soit 36 mois, puis 10 jours ouvrés, 4 an(s) et vingtquatre (24) mois"
    )
    assert [one.normal for one in durations(text)] == [
        "36 mois",
        "36 mois",
        "10 jour ouvre",
        "48 mois",
        "24 mois",
    ]


@given(st.integers(2, 999), st.sampled_from(["jours", "mois", "semaines", "heures"]))
def test_a_length_in_words_and_in_figures_is_the_same(length: int, unit: str) -> None:
    said = [
        [duration.normal for duration in durations(fold(f"sous {number} {unit} au plus"))]
        for number in (in_words(length), length)
    ]
    assert said == [[f"{length} {unit if unit == 'mois' else unit.rstrip('s')}"]] * 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("cent quatre-vingts jours", "180 jour"),
        ("30 jours calendaires", "30 jour"),
        ("quatre années", "48 mois"),
        ("soixante-quinze jours francs", "75 jour franc"),
    ],
)
def test_a_length_is_read_with_its_kind_of_days(text: str, said: str) -> None:
    assert [duration.normal for duration in durations(fold(text))] == [said]


def test_a_choice_of_two_lengths_is_no_sum() -> None:
    assert [duration.number for duration in durations("entre deux et trois ans")] == [3]


def test_a_decimal_number_is_no_whole_length() -> None:
    assert durations("un retour en 11,4 ans") == ()
