"""What the project's trained network says of the lines of a document: which of them are titles.

Learned by ``python -m training.titles`` from the documents of ``corpus/synthese``, printed in many layouts. It reads no words: a line comes as what it looks
like beside its neighbours and its document (``assistant.reading.looks``). It looks twice: the second time knowing what it took the neighbours for, and the
lines that are written alike, since the titles of one document are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.datatypes import Check
from assistant.reader import weights
from assistant.reader.network import Array, Network

FILE = Path(__file__).parent / "titles.safetensors"
CARD = FILE.with_suffix(".json")
_CURE = weights.cure("make titles")
# What the second look is told besides: see ``told_again``.
TOLD_AGAIN = 8
_MOST = 8.0


@dataclass(frozen=True, slots=True)
class TitleReader:
    """The network has two looks, ``first`` and ``second``, each of a hidden layer and a last one (``first.hidden``, ``first.last``), over standard features."""

    network: Network

    def evidence(self, features: Array, styles: NDArray[np.intp], rows: Sequence[int]) -> Array:
        """How much speaks for lines of a document being titles: log odds, ``(rows,)``.

        Args:
            features: of these lines, ``(rows, features)``; the last one is 1 for a line that begins with a number.
            styles: of all lines of the document, ``(lines,)``: a number from 0 for each way of being written.
            rows: which of the lines these are; the others are none.
        """
        told = told_again(self.first(features), features, styles, rows)
        return self._look("second", np.concatenate([features, told], axis=1))

    def first(self, features: Array) -> Array:
        """What the first look makes of each line: log odds, ``(lines,)``."""
        return self._look("first", features)

    def _look(self, name: str, features: Array) -> Array:
        given = self.network.weights
        standard = (features - given[f"{name}.mean"]) / given[f"{name}.spread"]
        hidden = np.maximum(self.network.linear(f"{name}.hidden", standard), 0)
        return self.network.linear(f"{name}.last", hidden)[:, 0]


def told_again(first: Array, features: Array, styles: NDArray[np.intp], rows: Sequence[int]) -> Array:
    """What the first look made of each line, of its neighbours, of the lines written as it is, and of the numbered ones: ``(rows, TOLD_AGAIN)``.

    Args:
        first: what it made of the lines at ``rows``, log odds; the others are no titles.
        features: as for ``TitleReader.evidence``.
        styles: likewise.
        rows: likewise.
    """
    evidence, numbered = (
        np.full(len(styles), -_MOST, dtype=np.float32),
        np.zeros(len(styles), dtype=np.float32),
    )
    evidence[rows], numbered[rows] = first, features[:, -1]
    share = 1 / (1 + np.exp(-evidence.clip(-_MOST, _MOST)))
    count = len(share)
    before, after, later = (np.pad(share, (1, 2))[start : start + count] for start in (0, 2, 3))
    many = np.bincount(styles)
    total = np.bincount(styles, share)
    others = (total[styles] - share) / np.maximum(1, many[styles] - 1)
    with_number = np.full(count, share @ numbered / (share.sum() + 1))
    told = (
        evidence.clip(-_MOST, _MOST) / 4,
        share,
        before,
        after,
        later,
        (total / many)[styles],
        others,
        with_number,
    )
    return np.stack(told, axis=1).astype(np.float32)[rows]


@cache
def load(path: Path = FILE) -> TitleReader:
    """The reader of the project.

    Raises:
        ModelFileError: it is missing, cut, or not the one of its card.
    """
    return TitleReader(weights.load(path, _CURE)[1])


def check(path: Path = FILE) -> Check:
    """Whether the reader of the project is sound, for ``assistant doctor``."""

    def known() -> str:
        return f"{load(path).network.weights['first.mean'].size} signes"

    return weights.check("Lecteur de titres", path, known)


def write(networks: Mapping[str, Array], card: Mapping[str, object], path: Path = FILE) -> TitleReader:
    """Writes the weights of the two looks and their card; gives the reader that they make, rounded as they are."""
    weights.write(path, Network(networks), {"model": "aucun"}, card)
    load.cache_clear()
    return load(path)
