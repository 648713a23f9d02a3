"""Whether an extract of a tender is lawful, unlawful or toothless by its words alone: beginnings of words, and runs of two and three of them.

A linear model over signs that are known by their hash (Weinberger et al., 2009, ICML): no list of them is kept. It errs on other texts than the network
does (``docs/decisions.md``).
"""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.reader.rule_words import beginnings

_LONGEST_RUN = 3
# With half of them two signs share a place too often: an area of 0.935 for 0.943, alone.
PLACES = 2**18

# What the names of its arrays begin with in a file of weights.
PREFIX = "faults."
_ARRAYS = ("weights", "bias")

Vector = NDArray[np.float32]


def places(text: str) -> list[int]:
    """The places of the signs of a text, in order, each once."""
    words = beginnings(text)  # « ou », « ne », « sans » too: they make the difference that is looked for here
    runs = {
        "_".join(words[start : start + length])
        for length in range(1, _LONGEST_RUN + 1)
        for start in range(len(words) - length + 1)
    }
    return sorted({zlib.crc32(run.encode()) % PLACES for run in runs})


@dataclass(frozen=True, slots=True)
class FaultWords:
    """What each sign says of the three classes of ``clauses``, in their order: ``weights`` ``(3, PLACES)``, ``bias`` ``(3,)``."""

    weights: Vector
    bias: Vector

    def scores(self, text: str) -> Vector:
        """``(3,)``, the logit of each class against the two others."""
        found = places(text)
        scores: Vector = self.bias + self.weights[:, found].sum(axis=1) / np.float32(
            max(1, len(found)) ** 0.5
        )
        return scores

    def arrays(self) -> dict[str, Vector]:
        """As weights of a file; ``of_arrays`` is the reverse."""
        return {f"{PREFIX}{name}": getattr(self, name) for name in _ARRAYS}


def of_arrays(arrays: Mapping[str, Vector]) -> FaultWords:
    """Those of a file."""
    return FaultWords(*(arrays[f"{PREFIX}{name}"] for name in _ARRAYS))
