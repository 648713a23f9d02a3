"""A head over the embedding of a question: the probability of each case of the sheets, and of none of them.

One linear layer and a softmax, learned by ``python -m training.reader`` (the card beside the weights says from what, and how well). It costs no second
encoder: the vector that it reads is the one that the search has made.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError, safe_open
from safetensors.numpy import save

from assistant.datatypes import Check
from assistant.errors import ModelFileError
from assistant.protocols import Vectors

FILE = Path(__file__).parent / "cases.safetensors"
CARD = FILE.with_suffix(".json")
CURE = "git checkout -- assistant/reader corpus/droit, ou réapprenez-le : make reader"

Label = tuple[str, str]  # sheet, case


@dataclass(frozen=True, slots=True)
class Head:
    """``weights`` ``(cases + 1, dimension)`` and ``bias`` ``(cases + 1,)``; the last row is that of none. ``centre`` is taken from a vector first."""

    labels: tuple[Label, ...]
    model: str
    weights: NDArray[np.float32]
    bias: NDArray[np.float32]
    centre: NDArray[np.float32]

    def read(self, vector: Vectors) -> "HeadReading":
        """The probabilities for the vector of a question, ``(dimension,)``."""
        scores = self.weights @ (vector - self.centre) + self.bias
        shares = np.exp(scores - np.max(scores))
        shares /= shares.sum()
        return HeadReading(dict(zip(self.labels, (float(share) for share in shares[:-1]), strict=True)), float(shares[-1]))


@dataclass(frozen=True, slots=True)
class HeadReading:
    """The probability of each case, and of none (they make 1)."""

    cases: Mapping[Label, float]
    none: float

    @property
    def sheets(self) -> dict[str, float]:
        """The probability of each sheet: that of its cases together."""
        found: dict[str, float] = {}
        for (sheet, _), share in self.cases.items():
            found[sheet] = found.get(sheet, 0.0) + share
        return found


def load(model: str, labels: Iterable[Label], path: Path = FILE) -> Head:
    """The head of the project.

    Args:
        model: name of the embedding that makes the vectors.
        labels: the cases that are indexed.
        path: its file; the card lies beside it.

    Raises:
        ModelFileError: it is missing, cut, of another embedding, or does not know a case that is indexed.
    """
    try:
        data = path.read_bytes()
        card = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        if hashlib.sha256(data).hexdigest() != card["sha256"]:
            raise ModelFileError(f"Le lecteur {path.name} n'est pas celui que décrit sa fiche ({CARD.name}) : il est coupé ou changé.", CURE)
        with safe_open(path, "numpy") as file:
            known = tuple((sheet, case) for sheet, case in json.loads(file.metadata()["labels"]))
            head = Head(known, file.metadata()["model"], *(file.get_tensor(name).astype(np.float32) for name in ("weights", "bias", "centre")))
    except FileNotFoundError as error:
        raise ModelFileError(f"Le lecteur {path.name} manque : aucune fiche ne peut être choisie.", CURE) from error
    except (OSError, ValueError, KeyError, TypeError, SafetensorError) as error:
        raise ModelFileError(f"Le lecteur {path.name} est illisible ({type(error).__name__}).", CURE) from error
    if head.model != model:
        raise ModelFileError(f"Le lecteur {path.name} a été appris sur {head.model}, et non sur {model}.", CURE)
    unknown = sorted(set(labels) - set(known))
    if unknown:
        named = ", ".join("/".join(label) for label in unknown[:3])
        raise ModelFileError(f"Le lecteur {path.name} ne connaît pas {len(unknown)} cas des fiches indexées ({named}…) : il est d'un autre corpus.", CURE)
    return head


def write(head: Head, card: Mapping[str, object], path: Path = FILE) -> None:
    """Writes a head, half precision, and its card with the hash of the weights."""
    # safetensors writes the memory of an array as it lies: one in the order of columns would be read back scrambled.
    weights, bias, centre = (np.ascontiguousarray(one, kind) for one, kind in ((head.weights, "f2"), (head.bias, "f4"), (head.centre, "f4")))
    data = save({"weights": weights, "bias": bias, "centre": centre}, {"labels": json.dumps(head.labels, ensure_ascii=False), "model": head.model})
    path.write_bytes(data)
    written = {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data), "model": head.model, "cases": len(head.labels), **card}
    path.with_suffix(".json").write_text(json.dumps(written, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def check(model: str, labels: Iterable[Label], path: Path = FILE) -> Check:
    """Whether the head of the project reads what is indexed, for ``assistant doctor``."""
    try:
        head = load(model, labels, path)
    except ModelFileError as error:
        return Check("Lecteur de questions", False, error.message, error.hint)
    return Check("Lecteur de questions", True, f"{len(head.labels)} cas, {path.stat().st_size / 1e6:.1f} Mo, conforme à sa fiche.".replace(".", ",", 1))
