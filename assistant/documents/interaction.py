"""How near a sentence is to a question that it answers, word by word, learned.

The embedding puts near a question whatever speaks of the same; in a contract a dozen sentences do. Here each token of the question looks for its nearest in the
sentence, and counts as much as it tells (late interaction: Khattab and Zaharia, ColBERT, 2020), over two learned projections of what the embedding's lower
layers make of the tokens (``python -m training.choice``). A sentence is a table of its tokens, kept by whoever asks of it again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load

Vectors = NDArray[np.float32]
Words = NDArray[np.float16]
"""The tokens of a sentence, projected, ``(tokens, rank)``, of unit length."""
FILE = "interaction.safetensors"
# Of a longer text, the tokens that are compared; no sentence was right more often with 112.
MOST_TOKENS = 64


class AskedWords(NamedTuple):
    """The tokens of a question, projected, ``(tokens, rank)``, of unit length; and what each counts, ``(tokens,)``, 1 together."""

    words: Vectors
    shares: Vectors


@dataclass(frozen=True, slots=True)
class LateInteraction:
    """What is learned.

    Attributes:
        question: ``(dimension, rank)``, and
        sentence: ``(dimension, rank)``: the projections of their tokens.
        weight: ``(dimension,)``, and
        shift: what a token of a question counts, before it is made positive.
    """

    question: Vectors
    sentence: Vectors
    weight: Vectors
    shift: float

    def asked(self, tokens: NDArray[np.floating]) -> AskedWords:
        """A question, of its token vectors ``(tokens, dimension)``."""
        kept = tokens[:MOST_TOKENS].astype(np.float32)
        counts = np.logaddexp(0.0, kept @ self.weight + self.shift)
        return AskedWords(_unit(kept @ self.question), np.asarray(counts / counts.sum(), np.float32))

    def said(self, tokens: NDArray[np.floating]) -> Words:
        """A sentence, of its token vectors ``(tokens, dimension)``."""
        return _unit(tokens[:MOST_TOKENS].astype(np.float32) @ self.sentence).astype(np.float16)

    def of(self, asked: AskedWords, sentences: Sequence[Words]) -> Vectors:
        """``(sentences,)``, -1 to 1: the mean of what each token of the question finds nearest."""
        if not sentences:
            return np.zeros(0, np.float32)
        starts = np.cumsum([0, *map(len, sentences[:-1])])
        likeness = np.concatenate(sentences).astype(np.float32) @ asked.words.T
        return np.asarray(np.maximum.reduceat(likeness, starts, axis=0) @ asked.shares, np.float32)


def _unit(vectors: Vectors) -> Vectors:
    return np.asarray(
        vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-9), dtype=np.float32
    )


@cache
def learned(dimension: int) -> LateInteraction:
    """The one that comes with the program; tokens as they are, for those of another dimension than it was learned from."""
    found = load(files("assistant.documents").joinpath(FILE).read_bytes())
    if found["weight"].shape != (dimension,):
        plain = np.eye(dimension, dtype=np.float32)
        return LateInteraction(plain, plain, np.zeros(dimension, np.float32), 0.0)
    question, sentence, weight = (
        found[name].astype(np.float32) for name in ("question", "sentence", "weight")
    )
    return LateInteraction(question, sentence, weight, float(found["shift"][0]))
