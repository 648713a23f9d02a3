"""Which rule the words of an extract speak for, beside what the network reads: beginnings of words and pairs of them, each for some rules and against others.

Complement naive Bayes (Rennie et al., 2003, ICML) over rarity-weighed signs, learned from the labelled faults and from the rules' own words. It errs on other
texts than the network does (``docs/decisions.md``).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from assistant.french.folding import fold

_WORD = re.compile(r"[a-z]+|\d+|€|%")
# A word is known by its beginning: « sous-traitants », « sous-traiter ».
_BEGINNING = 7
# Shorter ones name no rule.
_SHORTEST = 3

# What the names of its arrays begin with in a file of weights.
PREFIX = "words."
_ARRAYS = ("rarity", "starts", "rules", "values", "bias")

Vector = NDArray[np.float32]


def beginnings(text: str) -> list[str]:
    """Of the words, numbers and signs « € » and « % » of a text, in order."""
    return [word[:_BEGINNING] for word in _WORD.findall(fold(text))]


def signs(text: str) -> set[str]:
    """The beginnings of the words of a text, and the pairs that follow one another."""
    words = [word for word in beginnings(text) if word.isdigit() or len(word) >= _SHORTEST]
    return {*words, *(f"{word}_{after}" for word, after in pairwise(words))}


@dataclass(frozen=True, slots=True)
class RuleWords:
    """What each sign says of each rule.

    ``places``: the row of each sign. ``rarity`` ``(n_signs,)``: its weight. ``starts`` ``(n_signs + 1,)``: where its values begin in ``rules`` (the places of
    rules) and in ``values``. ``bias`` ``(n_rules,)``: what any sign says of a rule.
    """

    places: Mapping[str, int]
    rarity: Vector
    starts: Vector
    rules: Vector
    values: Vector
    bias: Vector

    def scores(self, text: str) -> Vector:
        """``(n_rules,)``, of mean 0 and deviation 1: higher, likelier; all 0 where no sign is known."""
        total = np.zeros(len(self.bias), np.float32)
        for sign in sorted(signs(text)):
            if (row := self.places.get(sign)) is not None:
                said = slice(int(self.starts[row]), int(self.starts[row + 1]))
                total += self.rarity[row] * self.bias
                total[self.rules[said].astype(np.intp)] += self.rarity[row] * self.values[said]
        deviation = float(total.std())
        return (total - total.mean()) / deviation if deviation else total

    def arrays(self) -> dict[str, NDArray[np.generic]]:
        """As weights of a file, places as whole numbers, which take less room; ``of_arrays`` is the reverse."""
        values: dict[str, NDArray[np.generic]] = {f"{PREFIX}{name}": getattr(self, name) for name in _ARRAYS}
        counted = (f"{PREFIX}starts", f"{PREFIX}rules")
        return {**values, **{name: values[name].astype(np.int64) for name in counted}}


def of_arrays(signs_in_order: Sequence[str], arrays: Mapping[str, NDArray[np.generic]]) -> RuleWords:
    """Those of a file: the signs, and what ``arrays`` gave."""
    parts = [np.asarray(arrays[f"{PREFIX}{name}"], np.float32) for name in _ARRAYS]
    return RuleWords({sign: row for row, sign in enumerate(signs_in_order)}, *parts)
