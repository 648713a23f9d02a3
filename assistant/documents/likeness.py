"""How near a sentence is to a question that it answers, learned: what the embedding makes of a question is turned a little before it is compared.

The embedding puts near a question whatever speaks of the same; in a contract a dozen sentences do. The turn is a matrix of low rank, learned from questions of
buyers and the sentences that answer them (``python -m training.choice``): it costs a product of two small matrices a question and no other model.
"""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load

Vectors = NDArray[np.float32]
FILE = "likeness.safetensors"


@dataclass(frozen=True, slots=True)
class Likeness:
    """The learned turn.

    Attributes:
        down: ``(dimension, rank)``, and
        up: ``(rank, dimension)``: what is added to a question's vector.
        shift: ``(dimension,)``, added to it too.
        weight: ``(dimension,)``, by which each coordinate of a sentence counts.
    """

    down: Vectors
    up: Vectors
    shift: Vectors
    weight: Vectors

    def of(self, questions: Vectors, sentences: Vectors) -> Vectors:
        """``(sentences, questions)``, -1 to 1, of unit vectors ``(…, dimension)``."""
        turned = _unit(
            np.asarray(questions + (questions @ self.down) @ self.up + self.shift, dtype=np.float32)
        )
        return np.asarray(_unit(sentences * self.weight) @ turned.T, dtype=np.float32)


def _unit(vectors: Vectors) -> Vectors:
    return np.asarray(
        vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-9), dtype=np.float32
    )


@cache
def learned(dimension: int) -> Likeness:
    """The one that comes with the program; the cosine, for vectors of another dimension than those that it was learned from."""
    found = load(files("assistant.documents").joinpath(FILE).read_bytes())
    if found["shift"].shape != (dimension,):
        nothing = np.zeros(dimension, np.float32)
        return Likeness(
            np.zeros((dimension, 1), np.float32), np.zeros((1, dimension), np.float32), nothing, nothing + 1
        )
    return Likeness(**{name: values.astype(np.float32) for name, values in found.items()})
