"""What a question counts, and the bounds that cases set to it."""

import pytest

from assistant.french.folding import fold_words
from assistant.sheets.bounds import Bound, parse, quantities, within


@pytest.mark.parametrize(
    ("written", "bound"),
    [
        ("< 60000 €", Bound("<", 60_000, "€")),
        (">= 60 000 €", Bound(">=", 60_000, "€")),
        (">= 10 % en tout", Bound(">=", 10, "%", total=True)),
        ("< 11 jours", Bound("<", 11, "jours")),
        ("<= 4 ans", Bound("<=", 48, "mois")),
        ("60 000 €", None),
        ("< beaucoup €", None),
    ],
)
def test_a_bound_is_read_as_sheets_write_it(written: str, bound: Bound | None) -> None:
    assert parse(written) == bound


@pytest.mark.parametrize(
    ("question", "counted"),
    [
        ("un logiciel de 75 k€ HT", (("€", 75_000),)),
        ("déjà 6 %, puis dix pour cent", (("%", 6), ("%", 10))),
        ("un accord-cadre sur six ans", (("mois", 72),)),
        ("signer 5 jours après, ou dans deux semaines", (("jours", 5), ("jours", 14))),
        ("payer sous deux mois", (("mois", 2), ("jours", 60))),
        ("Peut-on exiger un hébergement ?", ()),
        ("deux avenants de 12 000 et 15 000", (("€", 12_000), ("€", 15_000))),
        (
            "3 000 + 4 000 € puis 12 000, 15 000 et 9 000 euros",
            (("€", 3_000), ("€", 4_000), ("€", 12_000), ("€", 15_000), ("€", 9_000)),
        ),
        ("trois lots à 75, 72 et 61 k€ HT", (("€", 75_000), ("€", 72_000), ("€", 61_000))),
        ("deux fonds, 18 et 13 %", (("%", 18), ("%", 13))),
        ("en 2026, 61 k€ ; lot 2, 61 k€", (("€", 61_000), ("€", 61_000))),
        ("notifié il y a trois ans et deux mois", (("mois", 38),)),
        ("un avenant de sept pour cent. Maintenant cinq de plus", (("%", 7), ("%", 5))),
        ("un an et demi", (("mois", 18),)),
    ],
)
def test_what_a_question_counts_is_read(question: str, counted: tuple[tuple[str, float], ...]) -> None:
    assert quantities(fold_words(question)) == counted


@pytest.mark.parametrize(
    ("bounds", "question", "told"),
    [
        (["< 60000 €"], "55 000 € HT", True),
        (["< 60000 €"], "65 000 € HT", False),
        (["< 60000 €"], "65 000 € pour un besoin de 40 000 €", True),
        (["< 60000 €"], "pendant quatre ans", None),
        ([">= 90000 €", "< 216000 €"], "150 000 € HT", True),
        ([">= 90000 €", "< 216000 €"], "50 000 € et 300 000 €", False),
        (["< 15 % en tout"], "un avenant de 6 %, puis un de 9 %", False),
        ([">= 10 % en tout"], "6 % puis 3 % : la limite de 10 % est-elle tenue ?", False),
        ([">= 10 % en tout"], "un avenant de 10 %", True),
        (["< 11 jours"], "onze jours après", False),
    ],
)
def test_a_question_is_within_the_bounds_or_not_or_counts_nothing_of_the_kind(
    bounds: list[str], question: str, told: bool | None
) -> None:
    parsed = [bound for written in bounds if (bound := parse(written))]
    assert len(parsed) == len(bounds)
    assert within(parsed, quantities(fold_words(question))) is told


def test_a_little_less_or_more_than_a_number_lies_on_that_side_of_it() -> None:
    under, over = parse("< 90 000 €"), parse("> 4 ans")
    assert under
    assert over
    assert within((under,), quantities(fold_words("on est sous 90 000 €")))
    assert not within((under,), quantities(fold_words("on est à 90 000 €")))
    assert within((over,), quantities(fold_words("plus de quatre ans")))
    assert not within((over,), quantities(fold_words("pas plus de quatre ans")))
