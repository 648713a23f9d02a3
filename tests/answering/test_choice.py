"""Which case answers, by what the trained reader says."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from numpy.typing import NDArray

from assistant import sheets
from assistant.answering import choice
from assistant.answering.asked import understood
from assistant.answering.choice import (
    NothingRead,
    ReadBy,
    Reading,
    Weighed,
    case_features,
    stands,
    wishes_about,
)
from assistant.answering.said import answered
from assistant.datatypes import Position, Problem
from assistant.reader import heads
from assistant.reader.cases import Probabilities
from assistant.reader.heads import NOTHING
from assistant.reader.nearby import NOWHERE
from assistant.sheets import Form
from tests.answering.samples import SHEET
from tests.conftest import ROOT

TODAY = date(2026, 11, 27)
LOCATION = sheets.parse(SHEET, "localisation.yaml")
SURE = {"union": 0.9, "commune": 0.05}


def read(
    question: str, shares: dict[str, float], day: date = TODAY, together: float | None = None
) -> Reading:
    """What is read where the trained reader gives these shares to the cases, and the rest to none; ``together``: how surely each answers, read with it."""
    trained = Probabilities(
        {("localisation", case): share for case, share in shares.items()}, 1 - sum(shares.values())
    )
    reading = None if together is None else lambda _, texts: np.full(len(texts), together, np.float32)
    return ReadBy(lambda _: trained, {"localisation": LOCATION}.get, reading).read(
        understood(question, day), day, ()
    )


def test_the_case_is_the_one_that_the_trained_reader_finds_likeliest() -> None:
    assert read("Peut-on ?", {"union": 0.1, "commune": 0.8}).candidates[0].cases[0].case.id == "commune"
    assert read("Peut-on ?", SURE).candidates[0].cases[0].case.id == "union"


def test_what_is_read_together_with_the_question_weighs_among_sheets_and_cases(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    trained = Probabilities({("localisation", "union"): 0.5, ("localisation", "commune"): 0.4}, 0.1)
    wanted = choice.said_together(next(case for case in LOCATION.cases if case.id == "commune"))

    def together(question: str, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.array([3.0 if text == wanted else -1.0 for text in texts], np.float32)

    asked = understood("Peut-on ?", TODAY)
    without = ReadBy(lambda _: trained, {"localisation": LOCATION}.get).read(asked, TODAY, ()).candidates[0]
    monkeypatch.setattr(choice, "CASE_WEIGHTS", (*choice.CASE_WEIGHTS[:-1], 1.0))
    monkeypatch.setattr(choice, "WEIGHTS", (*choice.WEIGHTS[:-1], 0.5))
    read = ReadBy(lambda _: trained, {"localisation": LOCATION}.get, together).read(asked, TODAY, ())
    first = read.candidates[0]
    assert (without.cases[0].case.id, first.cases[0].case.id) == ("union", "commune")
    assert first.signs.together == 3.0
    assert first.score == pytest.approx(without.score + 0.5 * 3.0)


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
    unsure = read("Peut-on ?", {"union": 0.1, "commune": 0.0}, together=-6.0)
    assert unsure.probability < found.probability < read("Peut-on ?", SURE, together=3.0).probability


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


ADMITS = "Oui, si elle prouve autrement sa capacité : elle est admise."
REJECTS = "Oui, si l'offre est irrégulière : elle est éliminée."


@pytest.mark.parametrize(
    ("form", "leave", "reject", "answered_in", "position"),
    [
        (Form.LEAVE, ADMITS, None, Form.LEAVE, Position.CONDITIONAL),
        (Form.REJECT, ADMITS, None, Form.OTHER, Position.INFORMATION),
        (Form.REJECT, REJECTS, None, Form.LEAVE, Position.CONDITIONAL),
        (Form.REJECT, ADMITS, "Non : elle reste.", Form.REJECT, Position.FORBIDDEN),
        (Form.REJECT, ADMITS, "Oui : elle part.", Form.REJECT, Position.POSSIBLE),
        (Form.REJECT, ADMITS, "Oui, si elle ment.", Form.REJECT, Position.CONDITIONAL),
    ],
)
def test_asked_to_reject_what_a_case_admits_its_yes_is_not_said(
    form: Form, leave: str, reject: str | None, answered_in: Form, position: Position
) -> None:
    union = LOCATION.cases[0]
    opening = union.first[Form.LEAVE]
    first = {Form.LEAVE: replace(opening, text=leave), Form.OTHER: union.first[Form.OTHER]}
    if reject is not None:
        first[Form.REJECT] = replace(opening, text=reject)
    case = replace(union, first=first, position=Position.CONDITIONAL)
    assert answered(form, case, "") == (answered_in, position)


def test_asked_to_retain_a_bidder_the_yes_of_an_exclusion_is_not_said() -> None:
    union = LOCATION.cases[0]
    excludes = replace(union.first[Form.LEAVE], text="Oui, l'exclusion s'impose en liquidation.")
    case = replace(
        union,
        first={Form.LEAVE: excludes, Form.OTHER: union.first[Form.OTHER]},
        position=Position.CONDITIONAL,
    )
    retained = answered(Form.LEAVE, case, "on peut quand meme la retenir ?")
    assert retained == (Form.OTHER, Position.CONDITIONAL)
    assert answered(Form.LEAVE, case, "on peut l'exclure ?") == (Form.LEAVE, Position.CONDITIONAL)


def test_what_is_wished_speaks_for_the_sheets_it_is_about_and_for_their_prohibitions() -> None:
    wishes = {NOTHING: 0.1, "nationalite": 0.9}
    about, other = (wishes_about(sheet, wishes) for sheet in ("nationalite-capital", "penalites"))
    assert (about, other) == (wishes, {})
    asked, case = understood("Peut-on ?", TODAY), LOCATION.cases[0]
    forbids = replace(case, position=Position.FORBIDDEN)
    fits = [case_features(asked, one, {}, NOWHERE, about)[-2] for one in (case, forbids)]
    assert fits[0] < fits[1] < 0 == case_features(asked, case, {}, NOWHERE, other)[-2]


def test_sheets_that_forbid_what_is_wished_are_as_good_as_one_another() -> None:
    known = {
        name: sheets.parse(
            (ROOT / "corpus" / "droit" / f"{name}.yaml").read_text(encoding="utf-8"), f"{name}.yaml"
        )
        for name in ("nationalite-capital", "exclusion-cloud-act")
    }
    shares = {
        ("nationalite-capital", "condition-de-nationalite"): 0.45,
        ("exclusion-cloud-act", "exclure-candidature"): 0.45,
    }

    def probability(wishes: dict[str, float]) -> float:
        trained = Probabilities(shares, 0.1, beside={heads.WISH: wishes})
        return (
            ReadBy(lambda _: trained, known.get)
            .read(understood("On les écarte ?", TODAY), TODAY, ())
            .probability
        )

    def odds(wishes: dict[str, float]) -> float:
        return probability(wishes) / (1 - probability(wishes))

    wished = odds({"nationalite": 0.45, "loi-etrangere": 0.5, NOTHING: 0.05})
    assert wished > 3 * odds({"nationalite": 0.02, "loi-etrangere": 0.03, NOTHING: 0.95})


def test_a_past_day_is_answered_by_the_case_that_held_then() -> None:
    """What is read for a case of today goes to those that it names, which the reader need not know."""
    today = sheets.parse(
        SHEET.replace("valid_from: 2019-04-01", "valid_from: 2026-04-01\nbefore: [avant/union]"),
        "localisation.yaml",
    )
    past = sheets.parse(
        SHEET.replace("id: localisation", "id: avant").replace("valid_to: null", "valid_to: 2026-04-01"),
        "avant.yaml",
    )
    trained = Probabilities({("localisation", "union"): 0.9, ("localisation", "commune"): 0.05}, 0.05)
    reader = ReadBy(lambda _: trained, {"localisation": today, "avant": past}.get)

    def first(day: date) -> tuple[str, str]:
        found = reader.read(understood("Peut-on ?", day), day, ()).candidates[0]
        return found.sheet.id, found.cases[0].case.id

    assert first(TODAY) == ("localisation", "union")
    assert first(date(2026, 3, 31)) == ("avant", "union")
    assert not reader.read(understood("Peut-on ?", TODAY), date(2019, 1, 1), ()).candidates


def test_words_of_which_a_case_alone_is_put_the_others_after_it_however_likely() -> None:
    """« SecNumCloud, aucune équivalence ne sera admise » is not answered « Oui, si tout équivalent est admis »."""
    sheet = sheets.parse(
        SHEET.replace("for: [commune],", "for: [commune], alone: [aucun serveur],"), "localisation.yaml"
    )
    trained = Probabilities({("localisation", "union"): 0.98, ("localisation", "commune"): 0.01}, 0.01)
    reader = ReadBy(lambda _: trained, {"localisation": sheet}.get)

    def first(question: str) -> Weighed:
        return reader.read(understood(question, TODAY), TODAY, ()).candidates[0].cases[0]

    assert first("Peut-on garder nos serveurs ?").case.id == "union"
    assert first("Peut-on n'avoir aucun serveur ?").case.id == "commune"
    assert not first("Peut-on n'avoir aucun serveur ?").contradicted
