"""The learned likeness: the same arithmetic as what learns it, and it learns."""

import numpy as np
import pytest

from assistant.documents.likeness import Likeness, learned


def unit(values: np.ndarray) -> np.ndarray:
    return (values / np.linalg.norm(values, axis=-1, keepdims=True)).astype(np.float32)


def test_without_a_turn_it_is_the_cosine() -> None:
    drawn = np.random.default_rng(1)
    questions, sentences = unit(drawn.normal(size=(2, 8))), unit(drawn.normal(size=(5, 8)))
    plain = Likeness(
        np.zeros((8, 3), np.float32),
        np.zeros((3, 8), np.float32),
        np.zeros(8, np.float32),
        np.ones(8, np.float32),
    )
    assert np.allclose(plain.of(questions, sentences), sentences @ questions.T, atol=1e-6)


@pytest.mark.parametrize("dimension", [384, 64])
def test_it_gives_cosines_for_the_embedding_that_it_was_learned_from_and_for_any_other(
    dimension: int,
) -> None:
    drawn = np.random.default_rng(2)
    questions, sentences = unit(drawn.normal(size=(3, dimension))), unit(drawn.normal(size=(7, dimension)))
    found = learned(dimension).of(questions, sentences)
    assert found.shape == (7, 3)
    assert np.abs(found).max() <= 1.0 + 1e-5
    assert np.allclose(found, sentences @ questions.T, atol=1e-5) == (dimension == 64)


def test_what_answers_comes_nearer_once_it_is_learned() -> None:
    pytest.importorskip("torch")
    from training import likeness  # torch takes a second

    drawn = np.random.default_rng(3)
    turn = np.where(np.arange(16) < 6, -1.0, 1.0)  # what answers has some coordinates the other way round
    examples = []
    for _ in range(2_000):
        sentences = unit(drawn.normal(size=(6, 16)))
        examples.append((unit(sentences[0] * turn), sentences, np.arange(6) == 0))
    like = likeness.learn(examples[:1_800])

    def first(of: Likeness | None) -> float:
        scores = [
            (of.of(question[None], sentences)[:, 0] if of else sentences @ question)
            for question, sentences, _ in examples[1_800:]
        ]
        return float(np.mean([int(one.argmax()) == 0 for one in scores]))

    assert first(None) < 0.5
    assert first(like) > 0.8
