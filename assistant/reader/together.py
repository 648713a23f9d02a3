"""Whether a text answers a question: both are read together, as one.

What compares vectors is shown each of them apart, and a contract holds a dozen sentences about what is asked, of which one answers; often none does. Here each
word of the question sees those of the text, in the upper eight layers of a BERT encoder (Nogueira and Cho, 2019, arXiv:1901.04085). They start where the
embedding already knows what is near: the cosine of the two halves is the first sign, so that a few thousand questions are enough to learn from
(``python -m training.together``).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.datatypes import Check
from assistant.lines import one_line
from assistant.reader import weights
from assistant.reader.network import Network, gelu, softmax

FILE = Path(__file__).parent / "together.safetensors"
CARD = FILE.with_suffix(".json")
_MAKE = "make together"
_CURE = weights.cure(_MAKE)
# Characters of a question that are read, the last ones, which ask; and of both: those of some hundred and ten tokens, with which it was taught. Of a case and
# a question together fewer: nothing tells whose a case is.
MOST_ASKED, MOST, MOST_OF_LAW = 220, 440, 330
# The product of two means is of small numbers: the layers that follow learned it so many times greater.
PRODUCT = 10.0
# Texts read together: more at once are no faster, and take more memory.
_AT_ONCE = 16

Vectors = NDArray[np.float32]
Early = Callable[[Sequence[str]], Sequence[Vectors]]
Together = Callable[[str, Sequence[str]], Vectors]
"""The scores of texts for a question, ``(texts,)``: above 0 where one is likelier to answer than not."""


class Layers(Protocol):
    """What runs the layers of a network."""

    def hidden(self, texts: Sequence[Vectors]) -> list[Vectors]:
        """What they make of the token vectors of each text, ``(tokens, dimension)``."""
        ...


@dataclass(frozen=True, slots=True)
class TogetherReader:
    """Safe to share between threads.

    Attributes:
        model: the embedding it goes on from.
        network: the layers, ``queries``, and ``mid``, ``last``, ``line`` (slope and shift of the cosine).
        layers: what runs the layers: the network itself, or its compiled form.
    """

    model: str
    network: Network
    layers: Layers

    def scores(self, question: str, texts: Sequence[str], early: Early) -> Vectors:
        """How surely each text answers, ``(texts,)``; ``early`` gives the vectors that the embedding's first layers make of the tokens of texts."""
        found = np.zeros(len(texts), np.float32)
        order = sorted(range(len(texts)), key=lambda row: len(texts[row]))
        for start in range(0, len(order), _AT_ONCE):
            rows = order[start : start + _AT_ONCE]
            before, *pairs = early([pair(question, ""), *(pair(question, texts[row]) for row in rows)])
            asked = len(before) - 1  # without the mark of the end
            pooled = [self._pooled(hidden, asked) for hidden in self.layers.hidden(pairs)]
            found[rows] = self._scores(np.array(pooled))
        return found

    def _pooled(self, hidden: Vectors, asked: int) -> Vectors:
        question, text = hidden[:asked].mean(axis=0), hidden[asked:].mean(axis=0)
        attended = softmax(self.network.weights["queries"] @ hidden.T) @ hidden
        return np.concatenate(
            [question, text, question * text * PRODUCT, np.abs(question - text), attended.reshape(-1)]
        )

    def _scores(self, pooled: Vectors) -> Vectors:
        size = self.network.weights["queries"].shape[1]
        question, text = pooled[:, :size], pooled[:, size : 2 * size]
        lengths = np.linalg.norm(question, axis=1) * np.linalg.norm(text, axis=1)
        slope, shift = self.network.weights["line"]
        more = self.network.linear("last", gelu(self.network.linear("mid", pooled)))[:, 0]
        scores: Vectors = slope * (question * text).sum(axis=1) / lengths + shift + more
        return scores


def of_case(when: str, first: str) -> str:
    """A case as the network was taught to read it: its condition, and the first sentence of what it answers."""
    return f"{when}. {first}"


def beside(question: str, case: str) -> str:
    """As much of a case as is read with a question."""
    return one_line(case)[: MOST_OF_LAW - len(_asked(question))]


def pair(question: str, text: str) -> str:
    """A question and a text as the network was taught to read them."""
    asked = _asked(question)
    return f"{asked} | {one_line(text)[: MOST - len(asked)]}"


def _asked(question: str) -> str:
    return one_line(question)[-MOST_ASKED:]


def load(model: str, path: Path = FILE) -> TogetherReader:
    """The reader of the project.

    Raises:
        ModelFileError: it is missing, cut, or of another embedding than ``model``.
    """
    _, network = weights.load_learned_on(model, path, _CURE, _MAKE)
    return TogetherReader(model, network, network)


def check(model: str, path: Path = FILE) -> Check:
    """Whether the reader of the project is sound, for ``assistant doctor``."""
    return weights.check("Lecteur de réponses", path, lambda: f"{load(model, path).network.layers} couches")


def write(reader: TogetherReader, card: Mapping[str, object], path: Path = FILE) -> None:
    """Writes a reader and its card."""
    weights.write(path, reader.network, {"model": reader.model}, card)
