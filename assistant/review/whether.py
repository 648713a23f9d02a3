"""Whether an extract of a draft holds a fault: the network over it and over its likeliest sentence, its words, and how near it is to any rule, together.

A softmax regression over nine signs, fitted by ``python -m training.whether`` on extracts and ordinary prose that neither network nor words learned from
(``whether.json``, ``docs/decisions.md``).
"""

import json
import math
from dataclasses import replace
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from assistant.reader.clauses import Judgement
from assistant.reader.network import softmax

FILE = "whether.json"
# A share that is rounded to nothing has a logarithm too.
_LEAST_SHARE = 1e-6


def signs(extract: Judgement, sentence: Judgement) -> list[float]:
    """What tells whether there is a fault.

    Args:
        extract: its judgement.
        sentence: that of its likeliest sentence; the extract's where it has but one.
    """
    return [*_against_lawful(extract), *_against_lawful(sentence), *extract.beside]


def together(extract: Judgement, sentence: Judgement) -> Judgement:
    """The judgement of the extract, its three shares read anew by all signs."""
    weights, bias = _fitted()
    scores = np.asarray(weights @ np.array(signs(extract, sentence)) + bias, np.float32)
    lawful, unlawful, toothless = map(float, softmax(scores))
    return replace(extract, lawful=lawful, unlawful=unlawful, toothless=toothless)


def _against_lawful(judgement: Judgement) -> tuple[float, float]:
    shares = (judgement.lawful, judgement.unlawful, judgement.toothless)
    lawful, unlawful, toothless = (math.log(max(share, _LEAST_SHARE)) for share in shares)
    return unlawful - lawful, toothless - lawful


@cache
def _fitted() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """``(3, 9)`` and ``(3,)``."""
    read = json.loads(resources.files(__package__).joinpath(FILE).read_text(encoding="utf-8"))
    return np.array(read["weights"]), np.array(read["bias"])
