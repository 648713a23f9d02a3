"""The words of the table of functions as vectors, and what is nearest to a text among them.

``functions.npz`` holds them as the project's embedding made them (``python -m training.function_vectors`` writes it); for another embedding they are computed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.index import known_vectors
from assistant.protocols import EmbeddingModel, Vectors
from assistant.sourcing.functions import Functions

FILE = Path(__file__).with_name("functions.npz")
# Texts compared at once: 2,000 by 1,500 cosines are 12 MB.
_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class Near:
    """The function whose words are nearest to a text: those words, their cosine, and that of the nearest words of any other function."""

    function: str
    words: str
    cosine: float
    other: float


class Anchors:
    """The table's words and an embedding."""

    def __init__(self, functions: Functions, embedding: EmbeddingModel) -> None:
        self._embedding = embedding
        self._said = said(functions)

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """``(len(texts), dimension)`` float32, unit rows."""
        return self._embedding.embed_queries(texts)

    def nearest(self, texts: Sequence[str]) -> list[Near]:
        """What is nearest to each text."""
        found: list[Near] = []
        for start in range(0, len(texts), _AT_ONCE):
            found += self._nearest(self.vectors(texts[start : start + _AT_ONCE]))
        return found

    def by_function(self, vectors: Vectors) -> Vectors:
        """The cosine of each row with the nearest words of each function, ``(rows, functions)``."""
        cosines = vectors @ self._known.T
        return np.stack([cosines[:, self._owners == number].max(axis=1) for number in range(int(self._owners.max()) + 1)], axis=1)

    def _nearest(self, vectors: Vectors) -> list[Near]:
        cosines: NDArray[np.float32] = vectors @ self._known.T
        best = cosines.argmax(axis=1)
        found = []
        for row, at in enumerate(best):
            function, words = self._said[int(at)]
            other = float(cosines[row][self._owners != self._owners[at]].max(initial=-1.0))
            found.append(Near(function, words, round(float(cosines[row, at]), 3), round(other, 3)))
        return found

    @cached_property
    def _owners(self) -> NDArray[np.int64]:
        order = {function: number for number, function in enumerate(dict.fromkeys(function for function, _ in self._said))}
        return np.array([order[function] for function, _ in self._said])

    @cached_property
    def _known(self) -> Vectors:
        """The vectors of the table's words, ``(words, dimension)``."""
        words = [words for _, words in self._said]
        held = known_vectors.load(self._embedding.identity, FILE)
        if held is not None:
            keys = [key_of(word) for word in words]
            found, vectors = held.of(keys)
            if list(found) == keys:
                return vectors
        return self._embedding.embed_queries(words)


def said(functions: Functions) -> list[tuple[str, str]]:
    """Each function of the table with each of its words, and with its label."""
    return [(function.id, words) for function in functions.by_id.values() for words in dict.fromkeys((function.label, *function.words))]


def key_of(words: str) -> bytes:
    """The key of the vector of a text."""
    return sha256(f"query:{words}".encode()).digest()
