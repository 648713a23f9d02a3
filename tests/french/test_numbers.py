"""Numbers in words and in figures, both ways."""

from decimal import Decimal, InvalidOperation

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.french.folding import fold
from assistant.french.numbers import digits, number, value

SMALL = (
    ["zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze", "treize", "quatorze", "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf"]
)  # fmt: skip
TENS = {2: "vingt", 3: "trente", 4: "quarante", 5: "cinquante", 6: "soixante", 8: "quatre-vingt"}


def below_hundred(n: int) -> str:
    if n < 20:
        return SMALL[n]
    ten, unit = divmod(n, 10)
    if ten in (7, 9):
        ten, unit = ten - 1, unit + 10
    if unit == 0:
        return TENS[ten] + ("s" if ten == 8 else "")
    joint = " et " if unit in (1, 11) and ten != 8 else "-"
    return f"{TENS[ten]}{joint}{SMALL[unit]}"


def below_thousand(n: int) -> str:
    hundreds, rest = divmod(n, 100)
    if hundreds == 0:
        return below_hundred(rest)
    head = "cent" if hundreds == 1 else f"{SMALL[hundreds]} cent{'s' if rest == 0 else ''}"
    return f"{head} {below_hundred(rest)}" if rest else head


def in_words(n: int) -> str:
    """A whole number as French writes it, from 0 to a thousand milliards."""
    if n < 1000:
        return below_thousand(n)
    parts = []
    for size, name in ((10**9, "milliard"), (10**6, "million")):
        many, n = divmod(n, size)
        if many:
            parts.append(f"{below_thousand(many)} {name}{'s' if many > 1 else ''}")
    thousands, rest = divmod(n, 1000)
    if thousands:
        plain = (
            below_thousand(thousands).removesuffix("s")
            if thousands % 100 in (0, 80)
            else below_thousand(thousands)
        )
        parts.append("mille" if thousands == 1 else f"{plain} mille")
    return " ".join((*parts, below_thousand(rest)) if rest else parts)


WHOLE = st.integers(0, 10**12 - 1) | st.integers(0, 9999)


@given(WHOLE, st.sampled_from([" ", "-"]), st.booleans())
def test_a_number_in_words_is_read_back(n: int, joint: str, capital: bool) -> None:
    words = in_words(n).replace(" ", joint)
    assert number(fold(words.upper() if capital else words)) == n


@given(WHOLE.filter(lambda n: n >= 2 and n != 9))
def test_words_become_the_same_digits_in_a_sentence(n: int) -> None:
    assert digits(fold(f"Il y en a {in_words(n)}, au plus.")) == f"il y en a {n}, au plus."


@given(
    st.integers(0, 10**12),
    st.sampled_from(["", " ", "\u00a0", "\u202f", "\u2009", "."]),
    st.integers(0, 99) | st.none(),
)
def test_figures_are_read_with_any_space_and_their_decimals(n: int, space: str, cents: int | None) -> None:
    printed = f"{n:,}".replace(",", space)
    assert number(fold(printed)) == n
    assert (
        value(printed if cents is None else f"{printed},{cents:02}") == Decimal(n) + Decimal(cents or 0) / 100
    )


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("24", 24), ("vingt-quatre (24)", 24), ("quatre-vingt-dix", 90), ("cent vingt", 120), ("deux cent mille", 200_000), ("soixante et onze", 71),
        ("1 200 000", 1_200_000), ("trois millions cinq cent mille", 3_500_000), ("mille deux cents", 1_200), ("quatre-vingts", 80),
        ("soixante-quinze", 75), ("quatre-vingt-dix-sept mille deux cents", 97_200), ("1 240 000,50", 1_240_000), ("nonante-cinq", 95),
        ("cent quatre-vingts", 180), ("vingt-et-une", 21), ("2,5", 2), ("aucun", None), ("", None),
    ],
)  # fmt: skip
def test_a_number_is_read_in_digits_and_in_words(written: str, read: int | None) -> None:
    assert number(fold(written)) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("entre deux et trois ans", "entre 2 et 3 ans"),
        ("cent quatre-vingts jours et vingt et une heures", "180 jours et 21 heures"),
        ("un marché de neuf mois, un matériel neuf", "un marche de 9 mois, un materiel neuf"),
        ("zéro défaut, zéro euro, un zéro de trop", "zero defaut, 0 euro, un zero de trop"),
        ("cinq pour cent", "5 %"),
        ("deux millions d'euros ou un million", "2000000 d'euros ou 1000000"),
        ("le premier janvier, second alinéa, le second lot", "le 1e janvier, 2e alinea, le second lot"),
        ("une vingtaine, un dix-huitième", "une vingtaine, un dix-huitieme"),
    ],
)
def test_words_of_a_sentence_become_digits_where_they_count(written: str, read: str) -> None:
    assert digits(fold(written)) == read


@given(st.text(max_size=60) | st.text(alphabet="0123456789 .,-centdux", max_size=60))
def test_no_text_breaks_a_reader(text: str) -> None:
    found = number(fold(text))
    assert found is None or found >= 0
    digits(fold(text))


def test_what_is_no_figure_has_no_value() -> None:
    with pytest.raises(InvalidOperation):
        value("douze")
