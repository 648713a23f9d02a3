"""Which case answers, by what the trained reader says."""

from dataclasses import replace
from datetime import date

import pytest

from assistant import sheets
from assistant.answering import choice
from assistant.answering.asked import understood
from assistant.answering.choice import NothingRead, ReadBy, Reading, Weighed, stands
from assistant.answering.said import turned_round
from assistant.datatypes import Problem
from assistant.reader.cases import Probabilities
from assistant.sheets import Form
from tests.answering.samples import SHEET

TODAY = date(2026, 11, 27)
LOCATION = sheets.parse(SHEET, "localisation.yaml")
SURE = {"union": 0.9, "commune": 0.05}


def read(question: str, shares: dict[str, float], day: date = TODAY) -> Reading:
    """What is read where the trained reader gives these shares to the cases, and the rest to none."""
    trained = Probabilities(
        {("localisation", case): share for case, share in shares.items()}, 1 - sum(shares.values())
    )
    return ReadBy(lambda _: trained, {"localisation": LOCATION}.get).read(understood(question, day), day, ())


def test_the_case_is_the_one_that_the_trained_reader_finds_likeliest() -> None:
    assert read("Peut-on ?", {"union": 0.1, "commune": 0.8}).candidates[0].cases[0].case.id == "commune"
    assert read("Peut-on ?", SURE).candidates[0].cases[0].case.id == "union"


def test_words_that_tell_a_case_decide_between_near_ones_and_denied_ones_do_not() -> None:
    near = {"union": 0.4, "commune": 0.4}
    assert read("nos serveurs en Europe", near).candidates[0].cases[0].case.id == "union"
    assert read("nos serveurs dans la commune", near).candidates[0].cases[0].case.id == "commune"
    assert stands("sans aucune clause de reexamen", "sans aucune clause")
    assert not stands("sans clause de reexamen", "clause de reexamen")


def test_a_case_that_a_fact_of_the_question_contradicts_comes_after_the_others() -> None:
    bounded = sheets.parse(
        SHEET.replace("against: [europe]}", 'against: [europe], within: ["< 60000 €"]}'), "localisation.yaml"
    )
    trained = Probabilities({("localisation", "union"): 0.1, ("localisation", "commune"): 0.8}, 0.1)

    def first(question: str) -> Weighed:
        reader = ReadBy(lambda _: trained, {"localisation": bounded}.get)
        return reader.read(understood(question, TODAY), TODAY, ()).candidates[0].cases[0]

    assert first("Peut-on, pour 55 000 € ?").case.id == first("Peut-on ?").case.id == "commune"
    assert first("Peut-on, pour 65 000 € ?").case.id == "union"
    assert not first("Peut-on, pour 65 000 € ?").contradicted


def test_the_less_it_is_sure_and_the_more_none_is_likely_the_less_a_sheet_is() -> None:
    found = read("Peut-on ?", SURE)
    assert found.none == pytest.approx(0.05)
    assert read("Peut-on ?", {"union": 0.1, "commune": 0.0}).probability < found.probability


def test_below_its_probability_no_sheet_speaks(monkeypatch: pytest.MonkeyPatch) -> None:
    found = read("Peut-on ?", SURE)
    monkeypatch.setattr(choice, "LEAST_PROBABILITY", found.probability + 0.01)
    assert found.speaks is None
    monkeypatch.setattr(choice, "LEAST_PROBABILITY", found.probability)
    assert found.speaks is found.candidates[0]


def test_a_sheet_of_another_day_or_that_is_not_indexed_is_no_candidate() -> None:
    assert read("Peut-on ?", SURE, day=date(2018, 1, 1)).candidates == ()
    trained = Probabilities({("penalites", "plafond"): 0.9}, 0.1)
    assert (
        ReadBy(lambda _: trained, lambda _: None).read(understood("Peut-on ?", TODAY), TODAY, ()).candidates
        == ()
    )


def test_what_cannot_read_says_why() -> None:
    problem = Problem("lecteur-absent", "Le lecteur manque.")
    assert NothingRead(problem).read(understood("Peut-on ?", TODAY), TODAY, ()) == Reading(problem=problem)


@pytest.mark.parametrize(
    ("question", "leave", "turned"),
    [
        (
            "Une société sans bilan, peut-on l'écarter ?",
            "Oui, si elle prouve autrement sa capacité : elle est admise.",
            True,
        ),
        (
            "Une société sans bilan peut-elle candidater ?",
            "Oui, si elle prouve autrement sa capacité : elle est admise.",
            False,
        ),
        ("Peut-on l'écarter ?", "Oui, si l'offre est irrégulière : elle est éliminée.", False),
        ("Peut-on la refuser ?", "Oui, si elle n'est pas admise : elle est rejetée.", False),
    ],
)
def test_asked_to_refuse_what_a_case_admits_its_yes_is_not_said(
    question: str, leave: str, turned: bool
) -> None:
    union = LOCATION.cases[0]
    case = replace(
        union,
        first={Form.LEAVE: replace(union.first[Form.LEAVE], text=leave), Form.OTHER: union.first[Form.OTHER]},
    )
    assert turned_round(understood(question, TODAY), case) is turned
