"""Which case answers, by written questions and by the trained reader."""

from datetime import date

import pytest

from assistant import sheets
from assistant.answering import choice
from assistant.answering.asked import understood
from assistant.answering.choice import NearestQuestions, NothingRead, Reading, stands
from assistant.datatypes import Problem, Target
from assistant.reader.cases import Probabilities
from assistant.sheets import LegalSheet
from tests.answering.samples import SHEET

TODAY = date(2026, 11, 27)
LOCATION = sheets.parse(SHEET, "localisation.yaml")


def read(
    question: str, near: list[tuple[float, tuple[Target, ...]]], trained: Probabilities | None = None, day: date = TODAY, sheet: LegalSheet = LOCATION
) -> Reading:
    reader = NearestQuestions(lambda _, number: near[:number], lambda id_: sheet if id_ == sheet.id else None, (lambda _: trained) if trained else None)
    return reader.read(understood(question, day), day, ())


def leads(cosine: float, case: str | None = None) -> tuple[float, tuple[Target, ...]]:
    return cosine, (Target(sheet="localisation", case=case),)


def test_the_case_is_that_of_the_nearest_questions() -> None:
    found = read("Peut-on ?", [leads(0.95, "commune"), leads(0.93, "commune"), leads(0.8, "union"), leads(0.79, "union")])
    assert found.candidates[0].cases[0].case.id == "commune"


def test_words_that_tell_a_case_decide_between_near_ones_and_denied_ones_do_not() -> None:
    near = [leads(0.85, "commune"), leads(0.85, "union"), leads(0.84, "commune"), leads(0.84, "union")]
    assert read("nos serveurs en Europe", near).candidates[0].cases[0].case.id == "union"
    assert read("nos serveurs dans la commune", near).candidates[0].cases[0].case.id == "commune"
    assert stands("sans aucune clause de reexamen", "sans aucune clause")
    assert not stands("sans clause de reexamen", "clause de reexamen")


def test_a_nearer_question_that_leads_away_is_counted_against_the_sheet() -> None:
    own, away = leads(0.8, "union"), (0.9, (Target(sheet="localisation", case="union", away=True),))
    assert read("Peut-on ?", [own]).candidates[0].signs.away == 0.0
    assert read("Peut-on ?", [away, own]).candidates[0].signs.away == pytest.approx(0.1)


def test_a_near_miss_of_one_case_that_another_case_answers_is_not_counted_against_their_sheet() -> None:
    both = (0.9, (Target(sheet="localisation", case="commune"), Target(sheet="localisation", case="union", away=True)))
    found = read("Peut-on ?", [both])
    assert (found.candidates[0].signs.away, found.candidates[0].cases[0].case.id) == (0.0, "commune")


def test_the_trained_reader_brings_a_sheet_that_no_question_is_near_to_and_says_how_sure_it_is() -> None:
    trained = Probabilities({("localisation", "union"): 0.9, ("localisation", "commune"): 0.05}, 0.05)
    found = read("Peut-on ?", [], trained)
    assert [one.sheet.id for one in found.candidates] == ["localisation"]
    assert found.none == 0.05
    doubting = read("Peut-on ?", [], Probabilities({("localisation", "union"): 0.1, ("localisation", "commune"): 0.0}, 0.9))
    assert doubting.probability < found.probability


def test_below_its_probability_no_sheet_speaks(monkeypatch: pytest.MonkeyPatch) -> None:
    found = read("Peut-on ?", [leads(0.95, "union")])
    monkeypatch.setattr(choice, "LEAST_PROBABILITY", found.probability + 0.01)
    assert found.speaks is None
    monkeypatch.setattr(choice, "LEAST_PROBABILITY", found.probability)
    assert found.speaks is found.candidates[0]


def test_a_sheet_of_another_day_is_no_candidate() -> None:
    assert read("Peut-on ?", [leads(0.95, "union")], day=date(2018, 1, 1)).candidates == ()


def test_what_cannot_read_says_why() -> None:
    problem = Problem("lecteur-absent", "Le lecteur manque.")
    assert NothingRead(problem).read(understood("Peut-on ?", TODAY), TODAY, ()) == Reading(problem=problem)
