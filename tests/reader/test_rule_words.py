"""What words say of a rule: learned from labelled faults and the rules' own words, kept as arrays, read the same."""

import numpy as np
import pytest

from assistant.reader.rule_words import RuleWords, of_arrays, signs
from assistant.review.rules import rules

NAMES = ("auto-notation", "droit-moral-cede", "sous-traitance-totale")
TEXTS = (
    ("Le candidat s'attribue une note de 0 à 20.", "auto-notation"),
    ("La note que le candidat s'attribue est reprise.", "auto-notation"),
    ("L'auteur renonce à son nom sur la fresque.", "droit-moral-cede"),
    ("La totalité des tâches est confiée au sous-traitant.", "sous-traitance-totale"),
)


@pytest.fixture(scope="module")
def learned() -> RuleWords:
    from training.rule_words import learn

    return learn(NAMES, TEXTS, rules())


def test_signs_are_beginnings_of_words_and_their_pairs() -> None:
    assert signs("Sous-traitants évincés, 12 jours") == {
        "sous",
        "traitan",
        "evinces",
        "12",
        "jours",
        "sous_traitan",
        "traitan_evinces",
        "evinces_12",
        "12_jours",
    }


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("chacun se donne sa propre note, reprise au classement", "auto-notation"),
        ("le photographe renonce au respect de son œuvre et à son nom", "droit-moral-cede"),
        ("tout est sous-traité, en totalité", "sous-traitance-totale"),
    ],
)
def test_the_words_speak_for_the_rule_that_has_them(learned: RuleWords, text: str, rule: str) -> None:
    scores = learned.scores(text)
    assert NAMES[int(scores.argmax())] == rule
    assert scores.mean() == pytest.approx(0, abs=1e-5)
    assert scores.std() == pytest.approx(1, abs=1e-4)


def test_words_that_no_rule_has_say_nothing(learned: RuleWords) -> None:
    assert learned.scores("zzz qqq").tolist() == [0, 0, 0]


def test_what_is_kept_in_a_file_reads_the_same(learned: RuleWords) -> None:
    again = of_arrays(list(learned.places), learned.arrays())
    assert np.array_equal(again.scores(TEXTS[0][0]), learned.scores(TEXTS[0][0]))
