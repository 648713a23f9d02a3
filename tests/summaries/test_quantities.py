"""Numbers of legal French, in digits and in words."""

import pytest

from assistant.summaries.quantities import amounts, durations, moments, number, written_moment
from assistant.summaries.view import fold


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("24", 24), ("vingt-quatre (24)", 24), ("quatre-vingt-dix", 90), ("cent vingt", 120), ("deux cent mille", 200_000), ("soixante et onze", 71),
        ("1 200 000", 1_200_000), ("trois millions cinq cent mille", 3_500_000), ("mille deux cents", 1_200), ("quatre-vingts", 80),
    ],
)  # fmt: skip
def test_a_number_is_read_in_digits_and_in_words(written: str, value: int) -> None:
    assert number(fold(written)) == value


def test_durations_compare_in_months() -> None:
    text = fold("d'une durée de trois (3) ans, soit 36 mois, puis 10 jours ouvrés, 4 an(s) et vingtquatre (24) mois")
    assert [one.normal for one in durations(text)] == ["36 mois", "36 mois", "10 jour ouvre", "48 mois", "24 mois"]


def test_amounts_keep_their_tax_and_their_cents() -> None:
    text = fold("45 000 euro(s) (H.T.) ; 60 000 € TTC ; 1 500 000,50 € HT ; 200 k€ HT ; deux cent mille euros (200 000 €) HT ; 12.500 € ; 330 000euro(s) Ht")
    assert [one.written for one in amounts(text)][:4] == ["45 000 € HT", "60 000 € TTC", "1 500 000,50 € HT", "200 000 € HT"]
    assert [one.euros for one in amounts(text)][-3:] == [200_000, 12_500, 330_000]


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
    ],
)
def test_a_moment_is_read_with_its_hour(written: str, read: str) -> None:
    assert [written_moment(one) for one in moments(fold(written))] == [read]


def test_an_impossible_day_is_none() -> None:
    assert moments(fold("31/02/2025, 99/99/2025, article 12.3.2")) == ()


def test_folding_keeps_every_place() -> None:
    text = "Œuvre n° 3 – « Été »\u00a0: l’ÎLE Ĳ ﬁn İ ß 𝔸"
    assert len(fold(text)) == len(text)
    assert fold(text).startswith("ouvre n° 3 - « ete » : l'ile"[:10])
