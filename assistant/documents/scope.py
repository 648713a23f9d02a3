"""Whether a question is asked of the law, of one document or of many: one learned layer over its vector (``python -m training.scope``)."""

from functools import cache
from importlib.resources import files
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load

from assistant.reader.network import softmax

Vector = NDArray[np.float32]
FILE = "scope.safetensors"


class Scope(NamedTuple):
    """The shares of what a question is asked of, 1 together: the law (or nothing that a document holds), one document or a few, each of many."""

    document: float
    many: float
    law: float


NOT_KNOWN = Scope(1 / 3, 1 / 3, 1 / 3)


def scope_of(vector: Vector) -> Scope:
    """What a question is asked of, by its vector ``(dimension,)``; not known where the layer was learned from another embedding."""
    weights, shifts = _learned()
    if weights.shape[1:] != vector.shape:
        return NOT_KNOWN
    return Scope(*map(float, softmax(weights @ vector + shifts)))


@cache
def _learned() -> tuple[Vector, Vector]:
    found = load(files("assistant.documents").joinpath(FILE).read_bytes())
    return found["weight"], found["bias"]
