"""New rules for the reader of clauses: its last layer alone learns them, and what it knew of the others does not move."""

from typing import TYPE_CHECKING

import numpy as np
import pytest

from assistant.reader.clauses import WHETHER, ClauseReader
from assistant.reader.fault_words import PLACES, FaultWords
from assistant.reader.network import Network
from assistant.reader.rule_words import RuleWords

if TYPE_CHECKING:
    from training.last_layer import Lesson

WIDTH = 12
KNOWN = ("de-preference", "prix-seul")
NAMES = ("auto-notation", *KNOWN)
CHANCE = np.random.default_rng(7)
WEIGHT = CHANCE.normal(size=(WHETHER + len(KNOWN), WIDTH)).astype(np.float32)


@pytest.fixture(scope="module")
def reader() -> ClauseReader:
    no_words = RuleWords({}, *(np.zeros(size, np.float32) for size in (0, 1, 0, 0, len(KNOWN))))
    return ClauseReader(
        KNOWN,
        "essai",
        Network({"last.weight": WEIGHT, "last.bias": np.arange(5, dtype=np.float32) / 10}),
        no_words,
        FaultWords(np.zeros((WHETHER, PLACES), np.float32), np.zeros(WHETHER, np.float32)),
    )


def lesson() -> "Lesson":
    """Forty faults of a rule that is new, each with its own sign, and forty of a known one without it."""
    from training.last_layer import Lesson

    pooled = CHANCE.normal(size=(80, WIDTH)).astype(np.float32) * 0.3
    pooled[:40, 0] += 5
    return Lesson(pooled, np.array([NAMES.index("auto-notation")] * 40 + [NAMES.index("prix-seul")] * 40))


def test_a_reader_grows_by_rows_of_nothing_and_says_the_rest_as_before(reader: ClauseReader) -> None:
    from training.last_layer import grown

    larger = grown(reader, NAMES)
    weights = larger.network.weights
    assert larger.rules == NAMES
    assert np.array_equal(
        weights["last.weight"], [*WEIGHT[[0, 1, 2]].tolist(), [0.0] * WIDTH, *WEIGHT[[3, 4]].tolist()]
    )
    assert weights["last.bias"].tolist() == pytest.approx([0, 0.1, 0.2, 0, 0.3, 0.4])


def test_a_new_rule_is_learned_and_what_was_known_does_not_move(reader: ClauseReader) -> None:
    from training.last_layer import grown, learned

    larger, lessons = grown(reader, NAMES), lesson()
    weights = learned(larger, lessons, ["auto-notation"]).network.weights
    scores = lessons.pooled @ weights["last.weight"].T + weights["last.bias"]
    assert (scores[:40, WHETHER:].argmax(axis=1) == NAMES.index("auto-notation")).mean() > 0.95
    assert (scores[40:, WHETHER:].argmax(axis=1) != NAMES.index("auto-notation")).mean() > 0.8
    others = [row for row in range(len(scores[0])) if row != WHETHER + NAMES.index("auto-notation")]
    assert np.array_equal(weights["last.weight"][others], WEIGHT)
