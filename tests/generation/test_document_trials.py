"""An overview by a model is measured with its sentences shuffled, against the document's own and against chance."""

from collections.abc import Sequence

import pytest

from assistant import reading
from assistant.datatypes import Claim, Document, Evidence, Kind, Problem, Quote, Sentence, Task
from assistant.errors import GenerationError
from assistant.generation.trials import documents as trials
from assistant.summaries.fields.summarise import summarise
from assistant.summaries.fields.summary import Summary
from tests.generation.scripted import ScriptedLanguageModel
from tests.summaries import made_tenders


def documents(*seeds: int) -> list[tuple[Document, Summary]]:
    read = [
        reading.read_bytes(data, name, kind=Kind.TENDER, collection="essai")
        for seed in seeds
        for name, data in made_tenders.tender(seed).items()
        if name.startswith(("CCAP", "AE"))
    ]
    return [(one, summarise(one, one.source.title)) for one in read]


def claim(one: Evidence, *sentences: Sentence, text: str = "") -> Claim:
    quotes = tuple(
        Quote(sentence.id, one.hit.source, one.hit.passage, sentence.span, sentence.text)
        for sentence in sentences
    )
    return Claim(text or " ".join(sentence.text for sentence in sentences), quotes)


def everything(_: str, shown: Sequence[Evidence]) -> tuple[list[Claim], list[Problem]]:
    return [claim(shown[0], *shown[0].sentences)], []


def first_place(_: str, shown: Sequence[Evidence]) -> tuple[list[Claim], list[Problem]]:
    return [claim(shown[0], shown[0].sentences[0])], []


def liar(_: str, shown: Sequence[Evidence]) -> tuple[list[Claim], list[Problem]]:
    return [claim(shown[0], shown[0].sentences[0], text="Le marché vaut 999 999 euros.")], []


def failing(_: str, __: Sequence[Evidence]) -> tuple[list[Claim], list[Problem]]:
    raise GenerationError("Le modèle est tombé.")


def test_orders_are_shuffled_and_the_same_at_each_measure() -> None:
    made = trials.trials(documents(1, 2))
    assert made == trials.trials(documents(1, 2))
    first = [trial.evidence[0].sentences[0].text for trial in made]
    assert len(set(first)) > len({trial.title for trial in made})
    assert all(
        sentence.id == f"S1.{number}"
        for trial in made
        for number, sentence in enumerate(trial.evidence[0].sentences, 1)
    )


def test_who_repeats_everything_says_it_all_and_is_refused_for_length() -> None:
    measured = trials.measure("tout", trials.trials(documents(1, 2)), everything)
    assert (measured.verified, measured.leaked, measured.said, measured.failures) == (1.0, 0, 1.0, 0)
    assert measured.said >= measured.said_without
    assert not measured.passed
    assert any("longueur" in reason for reason in measured.reasons)


def test_who_tells_what_stands_first_is_seen() -> None:
    measured = trials.measure("premier", trials.trials(documents(1, 2, 3)), first_place)
    assert measured.place_bias > trials.MOST_PLACE_BIAS
    assert measured.said < measured.said_without
    assert not measured.passed


def test_an_invented_figure_in_a_verified_claim_is_counted() -> None:
    measured = trials.measure("menteur", trials.trials(documents(1)), liar)
    assert measured.leaked == measured.trials
    assert any("sans appui" in reason for reason in measured.reasons)


def test_failures_are_counted_and_earn_nothing() -> None:
    measured = trials.measure("muet", trials.trials(documents(1)), failing)
    assert (measured.failures, measured.passed) == (measured.trials, False)


@pytest.mark.parametrize(
    ("text", "value", "said"),
    [
        ("Le marché dure 24 mois.", "24 mois", True),
        ("Le marché dure 36 mois.", "24 mois", False),
        ("Fourniture de mobilier pour les écoles.", "La fourniture de mobilier scolaire", True),
        ("Un marché public.", "La fourniture de mobilier scolaire", False),
    ],
)
def test_a_value_is_said_by_its_words_and_figures(text: str, value: str, said: bool) -> None:
    assert trials.says(text, value) is said


def test_a_model_goes_through_the_checks_of_an_answer() -> None:
    made = documents(1)[:1]
    lie = {
        "insuffisant": False,
        "affirmations": [{"texte": "Le marché vaut 999 999 euros.", "appuis": ["S1.1"]}],
    }
    measured = trials.run(ScriptedLanguageModel(lie, lie), made, lambda _: None)
    assert (measured.trials, measured.verified, measured.leaked, measured.empty) == (2, 0.0, 0, 1.0)
    assert trials.as_measure(measured).task is Task.OVERVIEW
    assert trials.as_measure(measured).permitted is False
