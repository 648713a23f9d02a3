"""What words say of a fault: learned from labelled extracts, kept as arrays, read the same."""

import numpy as np
import pytest

from assistant.reader.clauses import LAWFUL, TOOTHLESS, UNLAWFUL
from assistant.reader.fault_words import FaultWords, of_arrays, places
from training.fault_words import learn

TEXTS = (
    ("Aucune marque n'est exigée.", LAWFUL),
    ("Une marque ou équivalent est proposée.", LAWFUL),
    ("La marque est imposée, sans équivalent.", UNLAWFUL),
    ("Seule cette marque est reçue.", UNLAWFUL),
    ("Le titulaire s'efforce de répondre.", TOOTHLESS),
    ("Dans la mesure du possible, il répond.", TOOTHLESS),
)


@pytest.fixture(scope="module")
def learned() -> FaultWords:
    return learn(*zip(*TEXTS, strict=True))


def test_signs_are_runs_of_up_to_three_words_the_short_ones_too() -> None:
    assert len(places("sans ou équivalent")) == 6
    assert places("Équivalents") == places("equivalence")
    assert set(places("ou")) < set(places("ou équivalent"))
    assert places("— …") == []


@pytest.mark.parametrize(
    ("text", "whether"),
    [
        ("aucune marque n'est exigée ici", LAWFUL),
        ("cette marque est imposée", UNLAWFUL),
        ("il s'efforce, dans la mesure du possible", TOOTHLESS),
    ],
)
def test_the_words_speak_for_the_class_that_has_them(learned: FaultWords, text: str, whether: int) -> None:
    assert int(learned.scores(text).argmax()) == whether


def test_ordinary_prose_speaks_for_what_is_lawful(learned: FaultWords) -> None:
    text = "Cette marque est reçue au bordereau."
    heard = learn(*zip(*TEXTS, strict=True), [text])
    assert heard.scores(text)[UNLAWFUL] < learned.scores(text)[UNLAWFUL]
    assert heard.scores(text)[LAWFUL] > learned.scores(text)[LAWFUL]


def test_what_is_kept_in_a_file_reads_the_same(learned: FaultWords) -> None:
    assert np.array_equal(of_arrays(learned.arrays()).scores(TEXTS[0][0]), learned.scores(TEXTS[0][0]))


def test_a_text_without_words_has_the_scores_of_nothing(learned: FaultWords) -> None:
    assert np.array_equal(learned.scores(""), learned.bias)
