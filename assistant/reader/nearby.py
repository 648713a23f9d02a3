"""How near a question is to those that were written for each case, and to the case's own words.

Vectors of the search's embedding, turned so that what tells cases apart counts and what one case's questions differ by does not (linear discriminant analysis,
Fisher, 1936; Rao, 1948), and cut to a few dozen dimensions: the written questions of all hands take three megabytes as bytes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

# What the names of its arrays begin with in a file of weights.
PREFIX = "nearby."
_ARRAYS = ("mean", "turn", "questions", "rows", "starts", "conditions")
# The written questions of a case whose mean likeness is taken, beside that of the nearest.
FEW = 4

Array = NDArray[np.float32]
Places = NDArray[np.intp]


class Near(NamedTuple):
    """Cosines of a question with the nearest written for a case, with the few nearest (their mean), and with the condition and first sentence of the case."""

    nearest: float
    few: float
    condition: float


NOWHERE = Near(0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Nearness:
    """How near one question is to everything: cosines with each written question and with each condition."""

    nearby: "Nearby"
    questions: Array
    conditions: Array

    def of(self, place: int) -> Near:
        """To the case at that place among the labels."""
        rows = self.nearby.rows[self.nearby.starts[place] : self.nearby.starts[place + 1]]
        best = np.sort(self.questions[rows])[::-1][:FEW]
        return (
            Near(float(best[0]), float(best.mean()), float(self.conditions[place])) if len(best) else NOWHERE
        )

    def places(self, most: int) -> list[int]:
        """The cases of the ``most`` nearest written questions, nearest first, each once."""
        likeness = self.questions[self.nearby.rows]
        # Of 64,000, sorting all took 18 ms.
        least = np.partition(likeness, -most)[-most] if most < len(likeness) else -np.inf
        near = np.flatnonzero(likeness >= least)
        order = near[np.argsort(-likeness[near], kind="stable")][:most]
        return list(dict.fromkeys((np.searchsorted(self.nearby.starts, order, side="right") - 1).tolist()))


@dataclass(frozen=True, slots=True)
class Nearby:
    """Every written question, by case.

    ``mean`` ``(d,)`` and ``turn`` ``(d, k)``: what makes a vector of the embedding one of here. ``questions`` ``(n, k)`` and ``conditions`` ``(cases, k)``: of
    unit length. ``rows``: the questions of each case, one case after the other, which begin at ``starts`` ``(cases + 1,)``.
    """

    mean: Array
    turn: Array
    questions: Array
    rows: Places
    starts: Places
    conditions: Array

    def read(self, vector: Array) -> Nearness:
        """How near the question of that vector of the embedding, ``(d,)``, is."""
        own = turned(vector[None], self.mean, self.turn)[0]
        return Nearness(self, self.questions @ own, self.conditions @ own)

    def arrays(self) -> dict[str, NDArray[np.generic]]:
        """As weights of a file, the questions of a case as steps from one to the next, which take half the bytes; ``of_arrays`` is the reverse."""
        steps = np.diff(self.rows, prepend=0)
        begin = self.starts[:-1][self.starts[:-1] < self.starts[1:]]
        steps[begin] = self.rows[begin]
        return {f"{PREFIX}{name}": getattr(self, name) for name in _ARRAYS} | {f"{PREFIX}rows": steps}


def turned(vectors: Array, mean: Array, turn: Array) -> Array:
    """Vectors of the embedding, ``(n, d)``, as those of here, ``(n, k)``, of unit length."""
    found = (vectors - mean) @ turn
    return np.asarray(found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-9), np.float32)


def of_arrays(arrays: Mapping[str, Array]) -> Nearby:
    """That of a file."""
    mean, turn, questions, steps, begun, conditions = (arrays[f"{PREFIX}{name}"] for name in _ARRAYS)
    starts = begun.astype(np.intp)
    sums = np.concatenate([[0], np.cumsum(steps.astype(np.intp))])
    rows = sums[1:] - np.repeat(sums[starts[:-1]], np.diff(starts))
    return Nearby(mean, turn, questions, rows, starts, conditions)
