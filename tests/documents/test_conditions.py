"""What a list asks of each document, and whether a field meets it."""

from dataclasses import replace
from datetime import date

import pytest

from assistant.documents.conditions import Condition, Measure, asked_measure, is_year, measures, says_none
from assistant.summaries.fields.summary import Extract, Field

TODAY = date(2026, 11, 28)


def field(value: str | None, *normal: str) -> Field:
    return Field("x", value, (Extract(value, 0, len(value), ()),) if value else (), "rule", normal)


@pytest.mark.parametrize(
    ("value", "none"),
    [
        ("Aucune avance n'est versée.", True),
        ("néant", True),
        ("Sans objet", True),
        ("interdites", True),
        ("Il n'est pas prévu d'avance", True),
        ("5 %", False),
        ("☐ oui, taux : …… % ☒ non", True),
        ("Aucune clause sociale d'insertion n'est imposée.", True),
        ("aucune avance au sens de l'article L. 2191-2 du code n'est consentie", True),
        ("Les bons de plus de 50 000 € étant rares, il n'est pas prévu d'avance.", True),
        ("Le titulaire a renoncé à l'avance.", True),
        ("Avance : ☒ acceptée ☐ refusée", False),
        ("Avance : ☐ acceptée ☒ refusée", True),
        ("5 % sur chaque acompte […] la caution n'est pas acceptée", False),
        (
            "Une avance égale à vingt pour cent est accordée à qui ne l'a pas refusée ; elle n'est pas garantie.",
            False,
        ),
    ],
)
def test_a_value_says_that_there_is_none(value: str, none: bool) -> None:
    assert says_none(field(value)) is none


def test_the_figure_of_another_matter_does_not_undo_that_there_is_none() -> None:
    kept = "Il n'est pas appliqué de retenue de garantie. Une consigne de 2 € par puce est facturée."
    assert says_none(replace(field(kept), name="retenue_garantie"))
    assert not says_none(
        replace(field("Pas de caution. Une retenue de 5 % est faite."), name="retenue_garantie")
    )


def test_measures_of_each_kind_are_read_in_words_and_figures() -> None:
    assert Measure(3 * 365.25, "jours") in measures("une durée de trois ans")
    assert measures("un maximum de 120 000 € HT") == [Measure(120_000, "euros")]
    assert measures("une avance de 5 %") == [Measure(5, "%")]
    assert measures("avant le 1er juin 2027") == [Measure(date(2027, 6, 1).toordinal(), "date")]
    assert measures("sans mesure") == []


def test_a_share_that_is_not_counted_is_no_measure() -> None:
    assert asked_measure("lesquels bloquent la hausse à un % par an", TODAY) is None
    assert asked_measure("plus de 3 % par an", TODAY) == Measure(3, "%")


def test_what_only_speaks_of_it_is_met_where_a_question_asks_who_mentions_it() -> None:
    denied = field("La qualification n'est pas exigée.")
    assert Condition("a", mentioned=True).met(denied)
    assert not Condition("a").met(denied)


def test_a_month_that_a_question_names_is_the_next_one() -> None:
    assert asked_measure("ceux qui finissent avant juin", TODAY) == Measure(
        date(2027, 6, 1).toordinal(), "date"
    )
    assert asked_measure("ceux qui finissent en décembre", TODAY) == Measure(
        date(2026, 12, 1).toordinal(), "date"
    )
    assert asked_measure("avant 2028", TODAY) == Measure(date(2028, 1, 1).toordinal(), "date")
    assert asked_measure("lesquels ont une avance ?", TODAY) is None


@pytest.mark.parametrize(
    ("question", "day"),
    [
        ("ce qui finit avant l'été 2027", date(2027, 6, 21)),
        ("ce qui finit avant Noël", date(2026, 12, 25)),
        ("à la rentrée", date(2027, 9, 1)),
        ("lesquels courent encore début 2029", date(2029, 1, 1)),
        ("tout ce qui s'arrête avant fin 2027", date(2027, 12, 31)),
    ],
)
def test_a_season_and_the_end_of_a_year_are_days(question: str, day: date) -> None:
    measure = asked_measure(question, TODAY)
    assert measure == Measure(day.toordinal(), "date")
    assert not is_year(question, measure)


def test_the_end_of_a_contract_and_what_has_been_are_no_days() -> None:
    for question in ("la fin du marché", "quels papiers ont été faits", "le début des prestations"):
        assert asked_measure(question, TODAY) is None


def test_a_million_is_one_and_half_of_one_is_money_too() -> None:
    for question, euros in (
        ("lesquels dépassent le million d'euros ?", 1_000_000),
        ("plus d'un demi-million ?", 500_000),
        ("au moins trois millions par sinistre ?", 3_000_000),
    ):
        assert asked_measure(question, TODAY) == Measure(float(euros), "euros")


def test_a_day_is_equal_to_itself_alone_and_another_measure_may_be_asked_for() -> None:
    day = Measure(date(2025, 1, 1).toordinal(), "date")
    ends = Field("", "31 décembre 2030", (), normal=("1er janvier 2030",))
    assert Condition("egal", day).met(ends) is False
    delay = Condition("egal", Measure(50.0, "jours"), other=True)
    assert delay.label == "autre que 50 jours"
    assert [delay.met(Field("", value)) for value in ("50 jours", "30 jours")] == [False, True]


def test_a_large_number_without_a_unit_is_money() -> None:
    assert asked_measure("au moins trois millions par sinistre", TODAY) == Measure(3_000_000.0, "euros")
    assert Measure(3_000_000.0, "euros").label == "3 000 000 euros"


@pytest.mark.parametrize(
    ("condition", "value", "met"),
    [
        (Condition("a"), "5 %", True),
        (Condition("a"), "aucune avance", False),
        (Condition("a"), None, False),
        (Condition("sans"), None, True),
        (Condition("sans"), "aucune avance", True),
        (Condition("sans"), "5 %", False),
        (Condition("plus", Measure(1000.0, "jours")), "48 mois", True),
        (Condition("plus", Measure(1000.0, "jours")), "12 mois", False),
        (Condition("plus", Measure(1000.0, "jours")), "selon les lots", None),
        (Condition("plus", Measure(1000.0, "jours")), "aucune", False),
        (Condition("egal", Measure(1095.75, "jours")), "3 ans", True),
        (Condition("plus", Measure(5.0, "%")), "5 %", False),
        (Condition("plus", Measure(5.0, "%"), inclusive=True), "5 %", True),
        (Condition("moins", Measure(5.0, "%"), inclusive=True), "6 %", False),
        (Condition("avant", Measure(date(2027, 6, 1).toordinal(), "date")), "31 mai 2027", True),
        (Condition("contient", wanted={"tic": 1.0}), "CCAG-TIC", True),
        (Condition("contient", wanted={"travaux": 1.0}), "CCAG-TIC", False),
    ],
)
def test_a_condition_is_met_or_not_or_cannot_be_told(
    condition: Condition, value: str | None, met: bool | None
) -> None:
    assert condition.met(field(value)) is met


def test_a_test_without_what_it_needs_is_not_complete() -> None:
    assert not Condition("plus").complete
    assert not Condition("avant", Measure(3.0, "jours")).complete
    assert not Condition("contient", wanted={}).complete
    assert Condition("sans").complete
