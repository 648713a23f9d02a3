"""The learned interaction: the same arithmetic as what learns it, each token by its nearest, and it learns."""

import numpy as np
import pytest
from numpy.typing import NDArray

from assistant.documents.interaction import MOST_TOKENS, LateInteraction, learned


def unit(values: NDArray[np.floating]) -> NDArray[np.float32]:
    return (values / np.linalg.norm(values, axis=-1, keepdims=True)).astype(np.float32)


def plain(dimension: int, weight: NDArray[np.float32] | None = None) -> LateInteraction:
    same = np.eye(dimension, dtype=np.float32)
    return LateInteraction(same, same, np.zeros(dimension, np.float32) if weight is None else weight, 0.0)


def test_each_token_of_the_question_counts_by_its_nearest_in_the_sentence() -> None:
    interaction, axes = plain(4), np.eye(4, dtype=np.float32)
    asked = interaction.asked(axes[:2])
    both, one, none = (interaction.said(axes[rows]) for rows in ([3, 1, 0], [0], [2, 3]))
    assert interaction.of(asked, [both, one, none]) == pytest.approx([1.0, 0.5, 0.0])
    assert interaction.of(asked, []).shape == (0,)


def test_a_token_that_tells_more_counts_more() -> None:
    interaction, axes = (
        plain(4, weight=np.array([5.0, -5.0, 0.0, 0.0], np.float32)),
        np.eye(4, dtype=np.float32),
    )
    asked = interaction.asked(axes[:2])
    assert asked.shares.sum() == pytest.approx(1.0)
    told, empty = interaction.of(asked, [interaction.said(axes[:1]), interaction.said(axes[1:2])])
    assert told > 0.95
    assert empty < 0.05


@pytest.mark.parametrize("dimension", [384, 64])
def test_it_has_a_rank_for_the_embedding_that_it_was_learned_from_and_takes_the_tokens_of_any_other_as_they_are(
    dimension: int,
) -> None:
    drawn = np.random.default_rng(2)
    tokens = drawn.normal(size=(MOST_TOKENS + 20, dimension)).astype(np.float32)
    said = learned(dimension).said(tokens)
    assert len(said) == MOST_TOKENS
    assert (said.shape[1] == dimension) == (dimension == 64)
    assert np.allclose(np.linalg.norm(said.astype(np.float32), axis=1), 1.0, atol=1e-2)


def test_what_answers_comes_nearer_once_it_is_learned() -> None:
    pytest.importorskip("torch")
    from training import interaction  # torch takes a second

    drawn = np.random.default_rng(3)
    # What is asked has other words than what answers: « combien coûte », « le prix est de ».
    asked_in, said_in = (unit(drawn.normal(size=(8, 16))).astype(np.float16) for _ in range(2))
    examples = []
    for _ in range(500):
        words = [drawn.permutation(8)[:3] for _ in range(6)]
        sentences = [said_in[one] for one in words]
        examples.append(
            interaction.Example(asked_in[words[0][:2]], sentences, np.zeros((6, 1)), np.arange(6) == 0)
        )
    found = interaction.learn(examples[:400])

    def first(of: LateInteraction) -> float:
        scores = [
            of.of(of.asked(one.asked), [of.said(said) for said in one.sentences]) for one in examples[400:]
        ]
        return float(np.mean([int(one.argmax()) == 0 for one in scores]))

    assert first(found) > first(plain(16)) + 0.2
