from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from assistant.answering import refusal
from assistant.answering.answerer import Answerer
from assistant.datatypes import Answer
from assistant.errors import UsageError
from assistant.evaluation import question_sets
from assistant.index.search import Searcher
from tests.fakes import FakeEmbedding


def test_retrieval_is_measured_against_the_labels(searcher: Searcher) -> None:
    rows = [
        {"id": "1", "question": "allotissement", "relevant": [{"work": "CCP", "num": "L. 2113-10"}]},
        {
            "id": "2",
            "question": "allotissement",
            "relevant": [{"work": "CCP", "num": "L9999-1"}, {"work": "CCP", "num": "L2113-10"}],
        },
        {"id": "3", "question": "tarte aux pommes", "relevant": [{"work": "CCP", "num": "L9999-1"}]},
    ]
    measure = question_sets.measure_retrieval(
        rows, lambda question, day, limit: (searcher.search(question, as_of=day, limit=limit), 0.5)
    )
    assert (measure.questions, measure.hit_5, measure.recall_10, measure.median_s) == (3, 0.6667, 0.5, 0.5)


def test_answers_are_measured_against_the_labels(
    searcher: Searcher, embedding: FakeEmbedding, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refusal, "LEAST_PROBABILITY", 0.0)
    rows = [
        {
            "id": "1",
            "question": "lots séparés",
            "position": "information",
            "gold": [{"text": "CCP", "article": "L2113-10"}],
            "must_say": ["lots"],
            "must_not_say": ["jamais"],
        },
        {
            "id": "2",
            "question": "lots séparés",
            "position": ["possible"],
            "gold": [{"text": "CCP", "article": "L1"}],
            "must_say": ["pommes"],
        },
        {"id": "3", "question": "que dit l'article L9999-9 ?", "position": "hors_corpus"},
        {"id": "4", "question": "lots séparés", "position": "hors_corpus"},
    ]
    answerer = Answerer(searcher, embedding)
    measure = question_sets.measure_answers(
        rows,
        lambda question, day, previous: answerer.answer(
            question, as_of=day or date(2026, 1, 1), previous=previous
        ),
        lambda id_: searcher.document(id_).text,
    )
    assert (measure.position, measure.sources, measure.refusals, measure.over_refusals, measure.said) == (
        0.5,
        0.5,
        0.5,
        0.0,
        0.5,
    )
    assert (measure.unsupported, measure.altered) == (0, 0)


def test_a_conversation_two_questions_and_a_prohibition_are_measured(
    searcher: Searcher, embedding: FakeEmbedding, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refusal, "LEAST_PROBABILITY", 0.0)
    lots, means, none = ({"work": "CCP", "num": number} for number in ("L2113-10", "L2112-4", "L9999-1"))
    rows = [
        {
            "question": "et la France ?",
            "previous": ["moyens localisés dans l'Union"],
            "relevant": [means],
            "split": "b",
        },
        {
            "question": "lots séparés, moyens localisés dans l'Union",
            "relevant": [[lots], [means]],
            "split": "b",
        },
        {"question": "lots séparés", "relevant": [[lots], [none]], "split": "b"},
        {
            "question": "Puis-je exclure un candidat américain ?",
            "rule": "nationalite",
            "position": ["interdit"],
            "split": "b",
        },
        {"question": "Puis-je exclure un candidat américain ?", "rule": None, "split": "b"},
        {"question": "lots séparés", "relevant": [none], "split": "a"},
    ]
    answerer, asked = Answerer(searcher, embedding), []
    half = question_sets.of_half(rows, "b")

    def answer(question: str, day: date | None, previous: Sequence[str]) -> Answer:
        asked.append(previous)
        return answerer.answer(question, as_of=date(2026, 1, 1), previous=previous)

    measure = question_sets.measure_answers(half, answer, lambda id_: searcher.document(id_).text)
    assert asked[0] == ("moyens localisés dans l'Union",)
    assert (measure.questions, measure.sources, measure.rules, measure.safe) == (5, 0.3333, 0.5, 1.0)


@pytest.mark.parametrize(
    ("text", "message"), [("", "vide"), ("{", "Ligne 1"), ('{"id": "1"}', "manque la question")]
)
def test_a_set_that_is_not_one_is_said(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "s.jsonl"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=message):
        question_sets.read(path)
