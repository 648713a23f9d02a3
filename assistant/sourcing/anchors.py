"""The words of the table of functions as vectors, and what is nearest to a text among them.

``functions.npz`` holds them as the project's embedding made them (``python -m training.function_vectors`` writes it); for another embedding they are computed.
"""

from collections.abc import Sequence
from functools import cached_property
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.index import known_vectors
from assistant.protocols import EmbeddingModel, Vectors
from assistant.sourcing.functions import Functions

FILE = Path(__file__).with_name("functions.npz")
# So much of a sphere is mixed into the spread of words within their functions, which is made of hardly a hundred words each.
_SHRINK = 0.3
# A discriminant believes too much of what it sees: its logarithms of odds are cut to this part, and no share to less than the second.
_BELIEVED, LEAST_LOG = 0.2, -8.0


class Anchors:
    """The table's words and an embedding."""

    def __init__(self, functions: Functions, embedding: EmbeddingModel) -> None:
        self._embedding = embedding
        self._said = said(functions)

    @property
    def taught(self) -> bool:
        """Whether the embedding is the one that weights of meaning were learned with: cosines of another one lie elsewhere."""
        return self._held is not None

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """``(len(texts), dimension)`` float32, unit rows."""
        return self._embedding.embed_queries(texts)

    def by_function(self, vectors: Vectors) -> Vectors:
        """The cosine of each row with the nearest words of each function, ``(rows, functions)``."""
        return self.nearest_of_functions(vectors, 1)[0]

    def nearest_of_functions(self, vectors: Vectors, count: int) -> tuple[Vectors, Vectors]:
        """The cosine of each row with the nearest words of each function, and its mean with the ``count`` nearest, each ``(rows, functions)``."""
        cosines = vectors @ self._known.T
        best, mean = [], []
        for number in range(int(self._owners.max()) + 1):
            own = cosines[:, self._owners == number]
            nearest = np.partition(own, -min(count, own.shape[1]), axis=1)[:, -count:]
            best.append(nearest.max(axis=1))
            mean.append(nearest.mean(axis=1))
        return np.stack(best, axis=1), np.stack(mean, axis=1)

    def discriminated(self, vectors: Vectors) -> Vectors:
        """The logarithm of the share of each function for each row, ``(rows, functions)`` float32: a linear discriminant over the words of all functions.

        It weighs what tells functions apart, where a cosine weighs all that is said: stories of one function have little else in common.
        """
        mean, turn, bias = self._discriminant
        scores = _BELIEVED * ((vectors - mean) @ turn + bias)
        scores -= scores.max(axis=1, keepdims=True)
        shares: Vectors = np.maximum(
            scores - np.log(np.exp(scores).sum(axis=1, keepdims=True)), np.float32(LEAST_LOG)
        )
        return shares

    @cached_property
    def _discriminant(self) -> tuple[Vectors, Vectors, Vectors]:
        """The mean of all words, ``(d,)``; the weights of each function, ``(d, functions)``; what is added to each."""
        mean = self._known.mean(axis=0)
        known, count = self._known - mean, int(self._owners.max()) + 1
        own = np.zeros((count, known.shape[1]), np.float32)
        np.add.at(own, self._owners, known)
        own /= np.bincount(self._owners, minlength=count)[:, None].astype(np.float32)
        within = known - own[self._owners]
        spread = within.T @ within / np.float32(len(within))
        sphere = np.eye(len(spread), dtype=np.float32) * (np.trace(spread) / len(spread))
        turn = np.linalg.solve((1 - _SHRINK) * spread + _SHRINK * sphere, own.T).astype(np.float32)
        return mean, turn, (-0.5 * (own * turn.T).sum(axis=1)).astype(np.float32)

    def nearest_words(self, vector: Vectors, function: str) -> tuple[str, float]:
        """The words of a function that are nearest to a text, and their cosine."""
        own = [at for at, (id_, _) in enumerate(self._said) if id_ == function]
        cosines = self._known[own] @ vector
        best = int(cosines.argmax())
        return self._said[own[best]][1], float(cosines[best])

    @cached_property
    def _held(self) -> known_vectors.KnownVectors | None:
        return known_vectors.load(self._embedding.identity, FILE)

    @cached_property
    def _owners(self) -> NDArray[np.int64]:
        order = {
            function: number
            for number, function in enumerate(dict.fromkeys(function for function, _ in self._said))
        }
        return np.array([order[function] for function, _ in self._said])

    @cached_property
    def _known(self) -> Vectors:
        """The vectors of the table's words, ``(words, dimension)``."""
        words = [words for _, words in self._said]
        if self._held is not None:
            keys = [key_of(word) for word in words]
            found, vectors = self._held.of(keys)
            if list(found) == keys:
                return vectors
        return self._embedding.embed_queries(words)


def said(functions: Functions) -> list[tuple[str, str]]:
    """Each function of the table with each of its words and wordings, and with its label."""
    return [
        (function.id, words)
        for function in functions.by_id.values()
        for words in dict.fromkeys((function.label, *function.words, *function.wordings))
    ]


def key_of(words: str) -> bytes:
    """The key of the vector of a text."""
    return sha256(f"query:{words}".encode()).digest()
