"""A language model's part in whole answers: what it may do, what is checked, and that an answer stands without it."""

from datetime import date

import pytest

from assistant.answering.answerer import Answerer
from assistant.datatypes import Kind, Status, Task, Verdict
from assistant.errors import GenerationError
from assistant.generation.answers import AnswerPart
from assistant.index.search import Searcher
from tests.answering.samples import assert_quotes_are_exact, speak_at_the_least
from tests.fakes import FakeEmbedding
from tests.generation.scripted import ScriptedLanguageModel

TODAY = date(2026, 11, 25)


@pytest.fixture(autouse=True)
def always_near(monkeypatch: pytest.MonkeyPatch) -> None:
    speak_at_the_least(monkeypatch)


@pytest.mark.parametrize(
    "tasks", [frozenset(), frozenset({Task.ADAPT, Task.OVERVIEW})], ids=["aucune", "d'autres"]
)
def test_a_model_without_permission_is_not_asked(
    searcher: Searcher, embedding: FakeEmbedding, tasks: frozenset[Task]
) -> None:
    model = ScriptedLanguageModel()
    assert (
        Answerer(searcher, embedding, AnswerPart(model, tasks, embedding))
        .answer("lots séparés", as_of=TODAY)
        .model
        is None
    )
    assert model.history == []


def test_a_model_permitted_to_word_has_its_claims_checked(
    searcher: Searcher, embedding: FakeEmbedding
) -> None:
    assert searcher.search("lots séparés", as_of=TODAY, kinds=(Kind.RULE,))[0].passage.article == "L2113-10"
    true = {"texte": "Les marchés sont passés en lots séparés.", "appuis": ["S1.1"]}
    false = {"texte": "Les marchés de plus de 90 000 euros sont passés en lots séparés.", "appuis": ["S1.1"]}
    model = ScriptedLanguageModel({"insuffisant": False, "affirmations": [true, false]})
    answer = Answerer(searcher, embedding, AnswerPart(model, frozenset({Task.WORD}), embedding)).answer(
        "lots séparés", as_of=TODAY
    )
    assert [(claim.text, claim.verdict) for claim in answer.claims if claim.verdict is Verdict.VERIFIED] == [
        (true["texte"], Verdict.VERIFIED)
    ]
    assert all("90 000" not in claim.text for claim in answer.claims)
    assert any("90 000" in problem.message or problem.code for problem in answer.problems)
    assert answer.model == "scripted"
    assert_quotes_are_exact(answer, searcher)


def test_a_model_that_fails_leaves_the_answer_without_it(
    searcher: Searcher, embedding: FakeEmbedding
) -> None:
    model = ScriptedLanguageModel(GenerationError("panne"), GenerationError("panne"))
    answer = Answerer(
        searcher, embedding, AnswerPart(model, frozenset({Task.WORD, Task.SELECT}), embedding)
    ).answer("lots séparés")
    assert answer.status is Status.GROUNDED
    assert {problem.code for problem in answer.problems} == {"modele-indisponible"}
    assert_quotes_are_exact(answer, searcher)
