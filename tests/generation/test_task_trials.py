"""A model is measured with its passages shuffled, on unanswerable questions too, against doing without."""

import tomllib
from collections.abc import Sequence

import pytest

from assistant.datatypes import (
    Channel,
    Claim,
    Evidence,
    Hit,
    Kind,
    Passage,
    Problem,
    Quote,
    Sentence,
    Severity,
    Source,
    Span,
    Task,
    Verdict,
)
from assistant.errors import GenerationError
from assistant.generation.trials import tasks
from assistant.generation.trials.tasks import LabelledQuestion

SOURCE = Source("0" * 16, "0" * 64, "Code", Kind.RULE, "ccp.jsonl", "droit", "text/plain")


def evidence(*texts: str) -> Evidence:
    body = " ".join(texts)
    passage = Passage(SOURCE.id, Span(0, len(body)), body, (), "CCP", "L2112-4")
    sentences = tuple(Sentence(f"S1.{n}", Span(0, len(text)), text) for n, text in enumerate(texts, 1))
    return Evidence("S1", Hit(1, 1.0, (Channel.WORDS,), SOURCE, passage), sentences)


OTHERS = tuple(evidence(f"Règle {n} sans rapport.", f"Suite {n}.") for n in range(6))
QUESTIONS = (
    *(
        LabelledQuestion(
            f"q{n}", f"Question {n} ?", (evidence(f"Le délai est de {n} jours."),), OTHERS, (rf"\b{n} jours",)
        )
        for n in range(10, 30)
    ),
    *(LabelledQuestion(f"u{n}", "Sans réponse ?", (), OTHERS) for n in range(6)),
)


def perfect(_: str, shown: Sequence[Evidence]) -> list[str]:
    return [sentence.id for one in shown for sentence in one.sentences if "délai" in sentence.text]


def first_place(_: str, shown: Sequence[Evidence]) -> list[str]:
    return [shown[0].sentences[0].id]


def nothing(_: str, __: Sequence[Evidence]) -> list[str]:
    return []


def honest(_: str, shown: Sequence[Evidence]) -> tuple[list[Claim], list[Problem]]:
    sentences = [(one, sentence) for one in shown for sentence in one.sentences if "délai" in sentence.text]
    return [
        Claim(one.text, (Quote(one.id, SOURCE, where.hit.passage, one.span, one.text),))
        for where, one in sentences
    ], []


def liar(_: str, shown: Sequence[Evidence]) -> tuple[list[Claim], list[Problem]]:
    sentence = shown[0].sentences[0]
    quote = Quote(sentence.id, SOURCE, shown[0].hit.passage, sentence.span, sentence.text)
    dropped = Problem(
        "unsupported-amount",
        "Le montant « 900 euros » n'est pas dans les extraits cités.",
        severity=Severity.ERROR,
    )
    return [Claim("Le délai est de 999 jours.", (quote,), Verdict.VERIFIED)], [dropped]


def failing(_: str, __: Sequence[Evidence]) -> tuple[list[Claim], list[Problem]]:
    raise GenerationError("Le modèle est tombé.")


def test_the_gold_passage_stands_at_every_place() -> None:
    shown = tasks.trials(QUESTIONS)
    places = [
        place
        for trial in shown
        for place, one in enumerate(trial.evidence)
        if trial.gold and one.sentences[0].id in trial.gold
    ]
    assert len(places) == 20 * len(tasks.SEEDS)
    assert all(15 <= places.count(place) <= 35 for place in range(4))


def test_orders_are_the_same_at_each_measure() -> None:
    assert tasks.trials(QUESTIONS) == tasks.trials(QUESTIONS)


def test_markers_follow_the_order_shown() -> None:
    for trial in tasks.trials(QUESTIONS):
        assert [one.marker for one in trial.evidence] == ["S1", "S2", "S3", "S4"]
        assert all(
            sentence.id.startswith(f"{one.marker}.") for one in trial.evidence for sentence in one.sentences
        )


def test_a_perfect_choice_measures_one() -> None:
    measure = tasks.measure_select(perfect, tasks.trials(QUESTIONS))
    assert (measure.precision, measure.recall, measure.f1, measure.refused, measure.failures) == (
        1.0,
        1.0,
        1.0,
        1.0,
        0,
    )
    assert measure.place_bias == pytest.approx(0.0)


def test_choosing_the_first_place_measures_chance_and_shows() -> None:
    measure = tasks.measure_select(first_place, tasks.trials(QUESTIONS))
    assert measure.precision == pytest.approx(0.25, abs=0.1)
    assert measure.place_bias > 0.6
    assert measure.refused == 0.0


def test_chance_is_the_share_of_gold_sentences() -> None:
    assert tasks.select_chance(tasks.trials(QUESTIONS)) == pytest.approx(1 / 7)


def test_a_fit_model_earns_both_tasks() -> None:
    report = tasks.evaluate_tasks("bon", QUESTIONS, select=perfect, word=honest, without=first_place)
    assert report.passed == (Task.SELECT, Task.WORD)
    assert report.reasons == ()
    assert (report.word.verified, report.word.said, report.word.refused, report.word.leaked) == (
        1.0,
        1.0,
        1.0,
        0,
    )


def test_a_model_that_does_no_better_than_without_earns_nothing() -> None:
    report = tasks.evaluate_tasks("égal", QUESTIONS, select=perfect, word=liar, without=perfect)
    assert report.passed == ()
    assert report.reasons[0] == "select : F1 1.00, le choix sans modèle donne 1.00."


def test_what_leaks_and_what_was_fabricated_are_counted() -> None:
    measure = tasks.measure_word(liar, tasks.trials(QUESTIONS, seeds=(0,)))
    assert (measure.fabricated, measure.leaked, measure.said, measure.refused) == (26, 26, 0.0, 0.0)
    assert measure.verified == 0.5


def test_a_model_that_falls_is_counted_not_raised() -> None:
    report = tasks.evaluate_tasks(
        "tombé", QUESTIONS, select=nothing, word=failing, without=first_place, seeds=(0,)
    )
    assert report.word.failures == 26
    assert report.word.refused is None
    assert report.passed == ()
    assert report.select.refused == 1.0
    assert report.select.f1 == 0.0


def test_the_report_can_be_written_to_toml() -> None:
    report = tasks.evaluate_tasks('un "modèle"', QUESTIONS, select=perfect, word=honest, without=first_place)
    read = tomllib.loads(report.to_toml())
    assert read["model"] == 'un "modèle"'
    assert read["passed"] == ["select", "word"]
    assert read["select"]["f1"] == 1.0
    assert read["word"]["claims"] == 100
