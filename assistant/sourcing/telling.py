"""How surely a text says each function of the table: phrases met, words shared, meaning, weighed as written synonyms taught (``training/joining.py``).

``telling.json`` holds the weights. A text may say no function: the last column.
"""

import json
import math
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.protocols import Vectors
from assistant.sourcing.anchors import LEAST_LOG, Anchors
from assistant.sourcing.functions import Functions

FILE = Path(__file__).with_name("telling.json")
SIGNS = (
    "phrase",
    "phrase courante",
    "tout le texte",
    "mots communs",
    "part des mots",
    "sens le plus proche",
    "sens, moyenne",
    "sens, avance",
    "sens, appris",
)
"""What is looked at of a text and a function, in the order of the weights."""
BESIDES = ("nom", "application", "applications")
"""What is added of a line: its name's share of words, what other lines of its application say, what those of all applications that bear its text say."""
# Meaning is looked at where it lies between these cosines: unlike functions have about 0.8 under this embedding.
_FAR, _WIDE = 0.8, 0.1
_NEAREST = 3
# The lead of a function that a text does not say, under the embedding that was learned with: some 0.1 behind.
_BEHIND = -1.0
# Signs from there on are of meaning.
_OF_MEANING = SIGNS.index("sens le plus proche")
# Texts looked at together.
_AT_ONCE = 2_000

Signs = NDArray[np.float32]
Scores = NDArray[np.float32]


class Telling:
    """The table of functions, its words' vectors, and the weights of what is looked at."""

    def __init__(
        self, functions: Functions, anchors: Anchors, weights: Mapping[str, float] | None = None
    ) -> None:
        self._functions, self._anchors = functions, anchors
        self._order = {id_: number for number, id_ in enumerate(functions.by_id)}
        given = weights or json.loads(FILE.read_text(encoding="utf-8"))["telling"]
        self.weights = np.array([given[sign] for sign in SIGNS], np.float32)
        self.besides = np.array([given[sign] for sign in BESIDES], np.float32)
        self.none = np.float32(given["rien"])

    def signs(self, texts: Sequence[str], vectors: Vectors) -> Signs:
        """``(texts, functions, len(SIGNS))`` float32; words alone are looked at under an embedding that the weights were not learned with."""
        found = np.zeros((len(texts), len(self._order), len(SIGNS)), np.float32)
        for row, text in enumerate(texts):
            self._words(found[row], text)
        if not self._anchors.taught:
            said = found.any(axis=2)
            found[:, :, _OF_MEANING + 2] = np.where(said, 0.0, _BEHIND)
            found[:, :, _OF_MEANING + 3] = np.where(said, 0.0, LEAST_LOG)
            return found
        nearest, mean = self._anchors.nearest_of_functions(vectors, _NEAREST)
        nearest, mean = np.maximum(nearest, _FAR - _WIDE), np.maximum(mean, _FAR - _WIDE)
        top = np.sort(nearest, axis=1)[:, ::-1]
        best, second = top[:, :1], top[:, 1:2]
        found[:, :, _OF_MEANING] = (nearest - _FAR) / _WIDE
        found[:, :, _OF_MEANING + 1] = (mean - _FAR) / _WIDE
        found[:, :, _OF_MEANING + 2] = np.where(nearest == best, best - second, nearest - best) / _WIDE
        found[:, :, _OF_MEANING + 3] = self._anchors.discriminated(vectors)
        return found

    def scores(self, texts: Sequence[str], vectors: Vectors, names: Collection[str] = ()) -> Scores:
        """``(texts, functions)`` float32: how much each text speaks for each function by itself.

        Of ``names`` of applications only the words do: what they sound like says nothing.
        """
        found = np.zeros((len(texts), len(self._order)), np.float32)
        for start in range(0, len(texts), _AT_ONCE):
            part = slice(start, start + _AT_ONCE)
            signs = self.signs(texts[part], vectors[part])
            signs[[text in names for text in texts[part]], :, _OF_MEANING:] = 0.0
            found[part] = signs @ self.weights
        return found

    def shares(self, scores: Scores) -> Scores:
        """``(texts, functions)`` float32: how surely each says each function; what rows lack of 1 is that they say none."""
        most = np.maximum(scores.max(axis=1, keepdims=True), self.none)
        sharp = np.exp(scores - most)
        found: Scores = sharp / (sharp.sum(axis=1, keepdims=True) + np.exp(self.none - most))
        return found

    def by_words(self, texts: Sequence[str]) -> Scores:
        """``(texts, functions)`` float32: the share of the words of each text, 0 to 1, that each function has."""
        found = np.zeros((len(texts), len(self._order)), np.float32)
        row = np.zeros((len(self._order), len(SIGNS)), np.float32)
        for at, text in enumerate(texts):
            row[:] = 0
            self._words(row, text)
            found[at] = row[:, 4] * (row[:, :3].max(axis=1) > 0)
        return found

    def _words(self, row: NDArray[np.float32], text: str) -> None:
        """The signs of words: phrases of the table met in the text, and words shared with them, rare ones counting more."""
        key = self._functions.key(text).split()
        whole = sum(self._functions.rarity(stem) for stem in key)
        for function, phrase, weak in self._functions.met(text):
            at = self._order[function]
            held = sum(self._functions.rarity(stem) for stem in set(phrase) if stem in key)
            row[at, 1 if weak else 0] = max(row[at, 1 if weak else 0], held / whole if whole else 0.0)
            if set(key) <= set(phrase):
                row[at, 2] = 1.0
        length = math.sqrt(sum(self._functions.rarity(stem) ** 2 for stem in key))
        shared: dict[int, float] = defaultdict(float)
        of_function: dict[int, set[str]] = defaultdict(set)
        phrases, postings = _phrases_of(self._functions)
        for stem in key:
            for number in postings.get(stem, ()):
                shared[number] += self._functions.rarity(stem) ** 2
                of_function[phrases[number][0]].add(stem)
        for number, dot in shared.items():
            at, norm = phrases[number]
            row[at, 3] = max(row[at, 3], dot / (length * norm))
        for at, stems in of_function.items():
            row[at, 4] = sum(map(self._functions.rarity, stems)) / whole


@lru_cache(2)
def _phrases_of(functions: Functions) -> tuple[list[tuple[int, float]], Mapping[str, list[int]]]:
    """The function of each phrase of the table and of the hands, some thirteen thousand, with its length; and by stem, which phrases have it.

    They take a second: a joining follows each correction, over the same table.
    """
    order = {id_: number for number, id_ in enumerate(functions.by_id)}
    phrases: list[tuple[int, float]] = []
    postings: dict[str, list[int]] = {}
    for number, (stems, function) in enumerate(functions.phrases()):
        length = math.sqrt(sum(functions.rarity(stem) ** 2 for stem in stems)) or 1.0
        phrases.append((order[function], length))
        for stem in stems:
            postings.setdefault(stem, []).append(number)
    return phrases, postings
