"""Days and hours as French writes them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.french.dates import Moment, french_date, moments
from assistant.french.folding import fold
from assistant.french.months import MONTH_NUMBERS, MONTHS


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("vendredi 14 mars 2025 à 12:00", "14 mars 2025 à 12 h"),
        ("1.e.r septembre 2020, à 12 heures", "1er septembre 2020 à 12 h"),
        ("30/06/2025 à 17h00", "30 juin 2025 à 17 h"),
        ("17 septembre 2020 - 12:00", "17 septembre 2020 à 12 h"),
        ("Date: 30/05/2022\nHeure locale: 16:00", "30 mai 2022 à 16 h"),
        ("le 7 juillet 2025 à 16 h 30", "7 juillet 2025 à 16 h 30"),
        ("le 2 mai 2025", "2 mai 2025"),
        ("le 2 mai 2025\n3 heures de visite", "2 mai 2025"),
        ("le 2 mai 2025 avant midi", "2 mai 2025 à 12 h"),
        ("2025-12-01T09:05", "1er décembre 2025 à 9 h 05"),
        ("Mardi 4 mai 2027 – heure locale : 16:00", "4 mai 2027 à 16 h"),
        ("le vendredi vingt-trois avril deux mille vingt-sept à seize heures", "23 avril 2027 à 16 h"),
        ("au premier septembre deux mille vingt-huit", "1er septembre 2028"),
        ("le trente et un août deux mille trente-quatre, à quatorze heures précises", "31 août 2034 à 14 h"),
    ],
)
def test_a_moment_is_read_with_its_hour(written: str, read: str) -> None:
    assert [moment.written for moment in moments(fold(written))] == [read]


def test_an_impossible_day_is_none() -> None:
    assert moments(fold("31/02/2025, 99/99/2025, 00/05/2025, article 12.3.2")) == ()


@given(
    st.dates(date(1990, 1, 1), date(2099, 12, 31)),
    st.none() | st.tuples(st.integers(0, 23), st.integers(0, 59)),
)
def test_a_written_moment_is_read_back_at_its_place(day: date, time: tuple[int, int] | None) -> None:
    moment = Moment(day, time[0] if time else None, time[1] if time else 0, 3, 3)
    text = fold(f"le {moment.written}.")
    assert moments(text) == (Moment(day, moment.hour, moment.minute, 3, len(text) - 1),)


def test_the_months_have_their_numbers_folded() -> None:
    assert [MONTH_NUMBERS[fold(month)] for month in MONTHS] == list(range(1, 13))
    assert [french_date(date(2026, 1, 31) + timedelta(days=one)) for one in (0, 1)] == [
        "31 janvier 2026",
        "1er février 2026",
    ]
