"""What reads a question and a text together: the same arithmetic as what was trained, and what the project's own reader tells apart."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pytest

from assistant.models.compiled import CompiledLayers
from assistant.reader.network import Network
from assistant.reader.together import MOST_OF_LAW, TogetherReader, beside, pair
from assistant.workspace import Workspace
from tests.reader.test_network import DIMENSION, layers

if TYPE_CHECKING:
    from training.together import Pairs

QUESTION = "on prévient quand si on ne veut pas repartir ?"
TEXTS = (
    "Chaque partie peut s'y opposer trois mois avant le terme.",
    "Les factures sont déposées sur Chorus Pro.",
)


def pairs() -> "Pairs":
    from torch import nn

    from training.together import Pairs

    made = Pairs(layers(), DIMENSION)
    nn.init.normal_(made.last.weight)
    return made.eval()


def early(texts: Sequence[str]) -> list[np.ndarray]:
    """A vector for each word and for both marks, always the same for the same word."""
    return [
        np.stack(
            [
                np.random.default_rng(sum(word.encode())).normal(size=DIMENSION).astype(np.float32)
                for word in ("<s>", *text.split(), "</s>")
            ]
        )
        for text in texts
    ]


def test_numpy_scores_as_what_was_trained_does() -> None:
    import torch

    trained = pairs()
    asked = len(early([pair(QUESTION, "")])[0]) - 1
    expected = []
    for text in TEXTS:
        (vectors,) = early([pair(QUESTION, text)])
        given = torch.from_numpy(vectors)[None]
        there, of_question = torch.ones(1, len(vectors)), torch.zeros(1, len(vectors))
        of_question[0, :asked] = 1
        with torch.inference_mode():
            expected.append(trained(given, there, of_question).item())
    network = trained.network()
    scores = TogetherReader("essai", network, network).scores(QUESTION, TEXTS, early)
    assert scores == pytest.approx(expected, abs=5e-3)
    assert abs(expected[0] - expected[1]) > 0.05


@pytest.mark.parametrize("with_norm", [False, True])
def test_compiled_layers_give_what_the_network_gives(with_norm: bool) -> None:
    network, texts = pairs().network(), early([pair(QUESTION, text) for text in TEXTS])
    if with_norm:
        shift = np.linspace(-1, 1, DIMENSION, dtype=np.float32)
        network = Network({**network.weights, "norm.weight": 2 + shift, "norm.bias": shift})
    for compiled, plain in zip(CompiledLayers(network).hidden(texts), network.hidden(texts), strict=True):
        assert compiled.shape == plain.shape
        cosines = (compiled * plain).sum(1) / np.linalg.norm(compiled, axis=1) / np.linalg.norm(plain, axis=1)
        assert cosines.min() > 0.999


def test_no_text_gives_no_score() -> None:
    network = pairs().network()
    assert TogetherReader("essai", network, network).scores(QUESTION, (), early).shape == (0,)


def test_a_long_text_is_cut_after_the_question() -> None:
    assert pair("deux\nlignes", "x" * 900).startswith("deux lignes | xxx")
    assert len(pair("q" * 900, "x" * 900)) < 500


@pytest.mark.models
@pytest.mark.parametrize(
    ("question", "answers", "others"),
    [
        (
            "ils ont combien de temps pour que ça remarche ?",
            "Le service est rétabli dans les quatre heures qui suivent le signalement.",
            "Un incident est un arrêt ou un ralentissement du service.",
        ),
        (
            "si on ne veut pas rempiler, on prévient quand ?",
            "Chaque partie peut s'opposer à la reconduction par lettre, trois mois avant le terme.",
            "Le marché est conclu pour un an à compter de sa notification.",
        ),
        (
            "qui paie si le camion abîme le portail ?",
            "Le transporteur répare à ses frais tout dommage causé aux installations.",
            "Les livraisons ont lieu par le portail nord, de 7 h à 9 h.",
        ),
    ],
)
def test_what_answers_is_told_from_what_speaks_of_the_same(question: str, answers: str, others: str) -> None:
    first, second = Workspace().together(question, [answers, others])
    assert first > second


def test_a_case_is_read_as_far_as_law_was_taught_a_document_further() -> None:
    case = "la reconduction est tacite. " * 40
    assert len(pair(QUESTION, beside(QUESTION, case))) == MOST_OF_LAW + len(" | ")
    assert len(pair(QUESTION, case)) > MOST_OF_LAW + len(" | ")


def test_an_answer_shown_as_another_market_s_answers_nothing() -> None:
    import random

    from training.together import SHOWN, Shown, _as_anothers, _drawn

    whose, texts = (
        ("ménage lot 1", "cantine", "copieurs"),
        ("Trois mois avant.", "Un mois avant.", "Deux pages."),
    )
    asked = Shown("t", "le ménage, on prévient quand ?", texts, np.array([True, False, False]), whose)
    drawn = random.Random(0)
    made = [_as_anothers(asked, whose, drawn) for _ in range(200)]
    assert {one.right.any() for one in made} == {True, False}
    for one in made:
        answers = [said for said, right in zip(one.read, one.right, strict=True) if right]
        assert all(said == "ménage lot 1 : Trois mois avant." for said in answers)
        if not answers:  # asked in vain: its words stand under another market alone
            assert not any(said.startswith("ménage") for said in one.read)
    shown = _drawn(made[0], drawn, SHOWN)
    assert len(shown.texts) == len(shown.whose) == len(shown.right)
