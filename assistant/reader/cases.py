"""Which case of which sheet a question is about, or none: the project's trained network, its file and its card.

Learned by ``python -m training.reader`` (the card beside the weights says from what, and how well). It goes on from the token vectors of the embedding's lower
layers, which is loaded anyway for the search.
"""

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.datatypes import Check, Purchase
from assistant.errors import ModelFileError
from assistant.reader import heads, nearby, weights
from assistant.reader.heads import Heads
from assistant.reader.nearby import NOWHERE, Near, Nearby
from assistant.reader.network import Network, softmax
from assistant.sheets import Form

FILE = Path(__file__).parent / "cases.safetensors"
CARD = FILE.with_suffix(".json")
_MAKE = "make train"
_CURE = weights.cure(_MAKE, "corpus/droit")

Label = tuple[str, str]  # sheet, case


def label_of(written: str) -> Label:
    """« fiche/cas » as a label."""
    sheet, _, case = written.partition("/")
    return sheet, case


# A « Oui » or a « Non » is said from this share of its form on.
PLAIN = 0.5
# What is bought decides a limit, and that of works is the widest: « nettoyage … ajouter un collège » was taken for works at 0.64.
BOUGHT = 0.8
# Of so few new cases among those that are indexed, a reader still reads the others; with more, it is of another corpus.
_FEW_UNKNOWN = 0.02
# Written questions whose cases are looked at beside those that the network finds likeliest.
NEAREST = 8


def _nowhere(_: Label) -> Near:
    return NOWHERE


@dataclass(frozen=True, slots=True)
class Probabilities:
    """The probability of each case, and of none (they make 1).

    ``near``: how near what was written for a case is; ``nearest``: the cases of the nearest written questions, nearest first. ``beside``: what else
    is read, the probability of each kind by name (``assistant.reader.heads``).
    """

    cases: Mapping[Label, float]
    none: float
    near: Callable[[Label], Near] = _nowhere
    nearest: tuple[Label, ...] = ()
    beside: Mapping[str, Mapping[str, float]] = field(default_factory=dict)

    @property
    def wishes(self) -> Mapping[str, float]:
        """The probability of each prohibition that one may ask to break, and of none; empty where that is not read."""
        return self.beside.get(heads.WISH, {})

    @property
    def form(self) -> Form:
        """The form of answer that is asked for; where it is not plain, the one that says neither yes nor no."""
        shares = self.beside.get(heads.FORM, {})
        likeliest = max(shares, key=lambda kind: shares[kind], default=Form.OTHER)
        return Form(likeliest) if shares.get(likeliest, 0.0) >= PLAIN else Form.OTHER

    @property
    def is_open(self) -> bool:
        """Whether, plainly, neither yes nor no answers."""
        return self.beside.get(heads.FORM, {}).get(Form.OTHER.value, 0.0) >= PLAIN

    @property
    def fact(self) -> bool:
        """Whether an amount, a delay, a rate, a name or a definition is asked for."""
        return self.beside.get(heads.FACT, {}).get(heads.A_FACT, 0.0) >= 0.5

    @property
    def bought(self) -> Purchase | None:
        """What is bought, where that is plain."""
        shares = self.beside.get(heads.BOUGHT, {})
        return next((kind for kind in Purchase if shares.get(kind, 0.0) >= BOUGHT), None)

    @property
    def sheets(self) -> dict[str, float]:
        """The probability of each sheet: that of its cases together."""
        found: dict[str, float] = {}
        for (sheet, _), share in self.cases.items():
            found[sheet] = found.get(sheet, 0.0) + share
        return found


@dataclass(frozen=True, slots=True)
class TrainedReader:
    """``labels``: the cases that it knows, in the order of the network's classes; the class after them is none.

    ``heads``: what else its network reads, in the classes after that. ``model``: the embedding it goes on from.
    """

    labels: tuple[Label, ...]
    model: str
    network: Network
    nearby: Nearby
    heads: Heads = field(default_factory=dict)

    def read(self, tokens: NDArray[np.float32], vector: NDArray[np.float32]) -> Probabilities:
        """What is read in a question, from its token vectors, ``(tokens, dimension)``, and its vector, ``(dimension,)``."""
        scores, none = self.network.scores([tokens])[0], len(self.labels)
        shares = softmax(scores[: none + 1])
        nearness, places = self.nearby.read(vector), {label: place for place, label in enumerate(self.labels)}
        cases = dict(zip(self.labels, (float(share) for share in shares[:-1]), strict=True))
        nearest = tuple(self.labels[place] for place in nearness.places(NEAREST))
        return Probabilities(
            cases,
            float(shares[none]),
            lambda label: nearness.of(places[label]) if label in places else NOWHERE,
            nearest,
            heads.read(self.heads, scores, none + 1),
        )


def load(model: str, labels: Collection[Label], path: Path = FILE) -> TrainedReader:
    """The reader of the project.

    Args:
        model: name of the embedding that makes the token vectors.
        labels: the cases that are indexed.
        path: its file; the card lies beside it.

    Raises:
        ModelFileError: it is missing, cut, of another embedding, or does not know many of the cases that are indexed.
    """
    told, network = weights.load_learned_on(model, path, _CURE, _MAKE)
    known = tuple((sheet, case) for sheet, case in json.loads(told["labels"]))
    if len(unknown := frozenset(labels).difference(known)) > _FEW_UNKNOWN * len(labels):
        raise _lacks(path, unknown, "il est d'un autre corpus")
    try:
        return TrainedReader(known, model, *_parts(network), json.loads(told["heads"]))
    except KeyError as error:
        raise ModelFileError(
            f"Le lecteur {path.name} n'a pas tout ce que ce programme lit ({error}).", _CURE
        ) from error


def _lacks(path: Path, unknown: Collection[Label], so: str) -> ModelFileError:
    named = ", ".join("/".join(label) for label in sorted(unknown)[:3])
    return ModelFileError(
        f"Le lecteur {path.name} ne connaît pas {len(unknown)} cas des fiches indexées ({named}…) : {so}.",
        _CURE,
    )


def write(reader: TrainedReader, card: Mapping[str, object], path: Path = FILE) -> None:
    """Writes a reader, its matrices rounded to bytes, and its card with the hash of the weights."""
    told = {
        "labels": json.dumps(reader.labels, ensure_ascii=False),
        "heads": json.dumps(reader.heads, ensure_ascii=False),
        "model": reader.model,
    }
    weights.write(
        path,
        reader.network,
        told,
        {"cases": len(reader.labels), **card},
        reader.nearby.arrays(),
    )


def _parts(stored: Network) -> tuple[Network, Nearby]:
    apart = {name: values for name, values in stored.weights.items() if name.startswith(nearby.PREFIX)}
    return Network(
        {name: values for name, values in stored.weights.items() if name not in apart}
    ), nearby.of_arrays(apart)


def check(model: str, labels: Collection[Label], path: Path = FILE) -> Check:
    """Whether the reader of the project reads all that is indexed, for ``assistant doctor``: one new case is said already."""

    def known() -> str:
        found = load(model, labels, path).labels
        if unknown := frozenset(labels).difference(found):
            raise _lacks(path, unknown, "rien n'y mène encore")
        return f"{len(found)} cas"

    return weights.check("Lecteur de questions", path, known)
