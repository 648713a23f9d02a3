"""What the project's trained network reads in a passage or a question: which field of a summary it speaks of, what a question wants of it and asks it of.

Learned by ``python -m training.fields`` from labelled passages (``corpus/synthese/champs``) and questions (of documents ``corpus/synthese``, of law
``corpus/questions``): a passage that says the advance and a question that asks for it are given the same class. Like the other readers it goes on from the
token vectors of the embedding's lower layers.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Protocol
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from assistant.datatypes import Check, Purchase
from assistant.french.folding import words_of
from assistant.reader import weights
from assistant.reader.network import Network, softmax

FILE = Path(__file__).parent / "fields.safetensors"
CARD = FILE.with_suffix(".json")
_MAKE = "make fields"
_CURE = weights.cure(_MAKE)
TESTS = ("", "a", "sans", "egal", "contient", "plus", "moins", "max", "min", "avant", "apres")
"""What a question over all of them asks of each: that it has the field, has it not, has this value, more, less, the most …"""
KINDS = tuple(kind.value for kind in Purchase)
"""What an object of a contract buys."""
# Words are hashed to so many numbers, by this beginning, from this length on.
WORDS = 8192
_BEGINNING, _SHORTEST = 7, 3

Tokens = Callable[[Sequence[str]], Sequence[NDArray[np.float32]]]


class Scope(NamedTuple):
    """The shares of what a question is asked of, 1 together: one document or a few, each of many, the law (or nothing that a document holds)."""

    document: float
    many: float
    law: float


NOT_KNOWN = Scope(1 / 3, 1 / 3, 1 / 3)


@dataclass(frozen=True, slots=True)
class Subject:
    """What a text speaks of: the share of each field, of sum 1 with ``none``. Of a question, also the shares of its test and of what it is asked of."""

    fields: Mapping[str, float]
    none: float
    tests: Mapping[str, float]
    scope: Scope = NOT_KNOWN

    @property
    def field(self) -> str:
        """The likeliest field."""
        return max(self.fields, key=lambda name: self.fields[name])

    def likeness(self, other: "Subject") -> float:
        """0 to 1: the probability that both speak of one field."""
        return sum(share * other.fields[name] for name, share in self.fields.items())


class Reading(Protocol):
    """The reader with the embedding that it goes on from."""

    def __call__(self, texts: Sequence[str]) -> list[Subject]:
        """What each text speaks of (see ``passage`` and ``question``): some milliseconds each."""
        ...

    def likely(self, texts: Sequence[str]) -> list[Mapping[str, float]]:
        """The share of each field by the words of each text alone: some microseconds each, to choose what is worth reading."""
        ...

    def kinds(self, bought: str) -> Mapping[str, float]:
        """The share of each of ``KINDS`` by the words of what is bought: some microseconds."""
        ...


@dataclass(frozen=True, slots=True)
class FieldReader:
    """``names``: the fields it knows, in the order of the network's classes after the first, which is none. ``model``: the embedding it goes on from."""

    names: tuple[str, ...]
    model: str
    network: Network

    def read(self, texts: Sequence[str], tokens: Tokens) -> list[Subject]:
        """What each text speaks of (see ``passage`` and ``question``); ``tokens`` gives the token vectors of texts."""
        return [self._subject(scores) for scores in self.network.read(texts, tokens)]

    def likely(self, texts: Sequence[str]) -> list[Mapping[str, float]]:
        """The share of each field by the words of each text alone."""
        shares = softmax(self.network.linear("words", by_words(texts)))
        return [dict(zip(self.names, map(float, row[1:]), strict=True)) for row in shares]

    def kinds(self, bought: str) -> Mapping[str, float]:
        """The share of each kind of contract by the words of its object."""
        shares = softmax(self.network.linear("kinds", by_words([bought])))
        return dict(zip(KINDS, map(float, shares[0]), strict=True))

    def _subject(self, scores: NDArray[np.float32]) -> Subject:
        first, second = 1 + len(self.names), 1 + len(self.names) + len(TESTS)
        shares, tests = softmax(scores[:first]), softmax(scores[first:second])
        return Subject(
            dict(zip(self.names, map(float, shares[1:]), strict=True)),
            float(shares[0]),
            dict(zip(TESTS, map(float, tests), strict=True)),
            Scope(*map(float, softmax(scores[second:]))),
        )


@dataclass(frozen=True, slots=True)
class Bound:
    """A reader with what gives the token vectors of texts. See ``Reading``."""

    reader: FieldReader
    tokens: Tokens

    def __call__(self, texts: Sequence[str]) -> list[Subject]:
        """What each text speaks of."""
        return self.reader.read(texts, self.tokens)

    def likely(self, texts: Sequence[str]) -> list[Mapping[str, float]]:
        """The share of each field by the words of each text alone."""
        return self.reader.likely(texts)

    def kinds(self, bought: str) -> Mapping[str, float]:
        """The share of each kind of contract by the words of its object."""
        return self.reader.kinds(bought)


def by_words(texts: Sequence[str]) -> NDArray[np.float32]:
    """``(texts, WORDS)``: which words a text holds, each by its beginning and hashed; rows of length 1."""
    found = np.zeros((len(texts), WORDS), np.float32)
    for row, text in enumerate(texts):
        columns = sorted(
            {crc32(word[:_BEGINNING].encode()) % WORDS for word in words_of(text) if len(word) >= _SHORTEST}
        )
        found[row, columns] = 1 / max(1, len(columns)) ** 0.5
    return found


def passage(piece: str, title: str, text: str) -> str:
    """A passage as the network was taught to read it: after the kind of its piece (CCAP, RC …) and the title above it, where they are known."""
    before = " : ".join(part for part in (piece, title) if part)
    return f"{before}\n{text}" if before else text


def question(text: str) -> str:
    """A question as the network was taught to read it."""
    return f"question : {text}"


def load(model: str, path: Path = FILE) -> FieldReader:
    """The reader of the project.

    Raises:
        ModelFileError: it is missing, cut, or of another embedding than ``model``.
    """
    told, network = weights.load_learned_on(model, path, _CURE, _MAKE)
    return FieldReader(tuple(json.loads(told["names"])), model, network)


def check(model: str, path: Path = FILE) -> Check:
    """Whether the reader of the project is sound, for ``assistant doctor``."""
    return weights.check("Lecteur de champs", path, lambda: f"{len(load(model, path).names)} champs")


def write(reader: FieldReader, card: Mapping[str, object], path: Path = FILE) -> None:
    """Writes a reader and its card."""
    weights.write(path, reader.network, {"names": json.dumps(reader.names), "model": reader.model}, card)
