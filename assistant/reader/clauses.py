"""What the project's trained network reads in an extract of a tender: whether it holds a fault, obliges to nothing, or is lawful; and which rule that would be.

Learned by ``python -m training.clauses`` from the labelled extracts of ``corpus/revue`` (the card says from which hands, and how well). Like the reader of
questions it goes on from the token vectors of the embedding's lower layers.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.datatypes import Check
from assistant.reader import fault_words, rule_words, weights
from assistant.reader.fault_words import FaultWords
from assistant.reader.network import Network, softmax
from assistant.reader.rule_words import RuleWords

FILE = Path(__file__).parent / "clauses.safetensors"
CARD = FILE.with_suffix(".json")
_MAKE = "make clauses"
_CURE = weights.cure(_MAKE)
# The network's first classes; the rules follow.
LAWFUL, UNLAWFUL, TOOTHLESS = range(3)
WHETHER = 3
# What the words weigh beside the network in the choice of the rule (`docs/decisions.md`).
WORDS_WEIGHT = 1.5
# Below this probability of a fault by the network nothing is told of an extract: words are not read. Of a draft, from it on, all is heard together.
LEAST_NAMED = 0.1

# What stands beside the shares of an extract of which nobody asks.
NOTHING_BESIDE = (0.0,) * (WHETHER + 2)

Tokens = Callable[[Sequence[str]], Sequence[NDArray[np.float32]]]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was read in an extract: three shares that make 1, the share of each rule among the rules, and what else speaks of a fault (see ``beside``)."""

    lawful: float
    unlawful: float
    toothless: float
    rules: Mapping[str, float]
    beside: tuple[float, ...]
    """What words alone say of the three classes (logits), how near the network holds the extract to any rule, how much words speak for the likeliest one.

    The last two tell ordinary prose, which is near no rule, from what is lawful beside a fault. Nothing where nobody asks (``LEAST_NAMED``).
    """

    @property
    def fault(self) -> float:
        """The probability that something is to be said of it."""
        return 1 - self.lawful

    @property
    def rule(self) -> str:
        """The likeliest rule."""
        return max(self.rules, key=lambda name: self.rules[name])


@dataclass(frozen=True, slots=True)
class ClauseReader:
    """``rules``: those it knows, in the order of the network's classes after the first three. ``model``: the embedding it goes on from.

    ``words``: what words say of these rules. ``faults``: what they say of a fault.
    """

    rules: tuple[str, ...]
    model: str
    network: Network
    words: RuleWords
    faults: FaultWords

    def read(self, extracts: Sequence[str], tokens: Tokens) -> list[Judgement]:
        """The judgement of each extract (see ``as_read``); ``tokens`` gives the token vectors of texts."""
        return [
            self.judgement(extract, scores)
            for extract, scores in zip(extracts, self.network.read(extracts, tokens), strict=True)
        ]

    def judgement(self, extract: str, scores: NDArray[np.float32]) -> Judgement:
        """The judgement of an extract and the network's scores of it, ``(classes,)``: whether by the network, which rule by the network and by the words."""
        lawful, unlawful, toothless = (float(share) for share in softmax(scores[:WHETHER]))
        rules, beside = scores[WHETHER:], NOTHING_BESIDE
        if lawful <= 1 - LEAST_NAMED:
            near = float(np.logaddexp.reduce(rules))
            words = self.words.scores(extract)
            rules = rules + WORDS_WEIGHT * words
            beside = (*map(float, self.faults.scores(extract)), near, float(words[rules.argmax()]))
        shares = dict(zip(self.rules, map(float, softmax(rules)), strict=True))
        return Judgement(lawful, unlawful, toothless, shares, beside)


def as_read(piece: str, text: str) -> str:
    """An extract as the network was taught to read it: after the kind of its piece (CCAP, RC …), where that is known."""
    return f"{piece} : {text}" if piece else text


def load(model: str, path: Path = FILE) -> ClauseReader:
    """The reader of the project.

    Raises:
        ModelFileError: it is missing, cut, or of another embedding than ``model``.
    """
    told, network = weights.load_learned_on(model, path, _CURE, _MAKE)
    words = rule_words.of_arrays(told["words"].split(), network.weights)
    layers = Network(
        {
            name: values
            for name, values in network.weights.items()
            if not name.startswith((rule_words.PREFIX, fault_words.PREFIX))
        }
    )
    faults = fault_words.of_arrays(network.weights)
    return ClauseReader(tuple(json.loads(told["rules"])), model, layers, words, faults)


def check(model: str, path: Path = FILE) -> Check:
    """Whether the reader of the project is sound, for ``assistant doctor``."""
    return weights.check("Lecteur de clauses", path, lambda: f"{len(load(model, path).rules)} règles")


def write(reader: ClauseReader, card: Mapping[str, object], path: Path = FILE) -> None:
    """Writes a reader and its card."""
    beside = {**reader.words.arrays(), **reader.faults.arrays()}
    told = {"rules": json.dumps(reader.rules), "model": reader.model, "words": " ".join(reader.words.places)}
    counts = {"rules": len(reader.rules), "signs": len(reader.words.places)}
    weights.write(path, reader.network, told, {**counts, **card}, beside)
