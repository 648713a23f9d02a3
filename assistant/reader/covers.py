"""What the project's trained network reads on a cover: who buys what, under which number, by which procedure, until when.

Learned by ``python -m training.covers`` from the labelled first pages of ``corpus/synthese/gardes`` (the card says from which hands). It tells for each
token of which value it is a part; a value is the run of tokens that speaks for it most, so that it still has its exact words. Like the other readers it goes on
from the token vectors of the embedding's lower layers.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.datatypes import Check, Purchase, Span
from assistant.reader import weights
from assistant.reader.network import Network, softmax

FILE = Path(__file__).parent / "covers.safetensors"
CARD = FILE.with_suffix(".json")
_MAKE = "make covers"
_CURE = weights.cure(_MAKE)
VALUES = ("acheteur", "numero", "objet", "lot", "procedure", "date_limite")
"""What is found; each has two classes of the network, of its first token and of the others, after the class of no value."""
KINDS = tuple(kind.value for kind in (Purchase.WORKS, Purchase.SUPPLIES, Purchase.SERVICES))
"""What is bought; the network's class before them is that no word says it."""
# A cover is read this far, in parts that the encoder holds.
CHARACTERS, PART_CHARACTERS = 2600, 1100
# A token below this share speaks against a value: a run may go over a few of them.
LEAST_SHARE = 0.35
# The strongest token of a value has this share at least.
LEAST = 0.5

# What stands around a value is no part of it; what joins two parts of a printed word is.
_SIGNS = " |\n\t.,;:–-"
_JOINED = re.compile(r"[\w./&'’°-]")

Vectors = NDArray[np.float32]
Tokens = Callable[[Sequence[str]], Sequence[Vectors]]
Offsets = Callable[[Sequence[str]], Sequence[Sequence[tuple[int, int]]]]


@dataclass(frozen=True, slots=True)
class FoundValue:
    """A value at its place in the text, and the share of its strongest token."""

    span: Span
    share: float


@dataclass(frozen=True, slots=True)
class Cover:
    """The values that were found, by name, and the share of each kind of contract."""

    values: Mapping[str, FoundValue]
    kinds: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class CoverReader:
    """``model``: the embedding it goes on from. The network has a last layer for tokens, ``last``, and one for the kind of contract, ``kind``."""

    model: str
    network: Network

    def read(self, text: str, piece: str, tokens: Tokens, offsets: Offsets) -> Cover:
        """What stands on the cover of a document.

        Args:
            text: its text.
            piece: the kind of its piece, as ``reading.piece`` says it.
            tokens: gives the token vectors of texts.
            offsets: gives the places of these tokens.
        """
        spans = parts(text)
        if not spans:
            return Cover({}, {})
        written, shifts = zip(*(as_read(piece, text, span) for span in spans), strict=True)
        hidden = self.network.hidden(list(tokens(written)))
        best: dict[str, tuple[float, FoundValue]] = {}
        for span, shift, vectors, places in zip(spans, shifts, hidden, offsets(written), strict=True):
            shares = softmax(self.network.linear("last", vectors))
            for name, weight, read in values_of(
                shares, [_moved(place, shift, span) for place in places], text
            ):
                if name not in best or weight > best[name][0]:
                    best[name] = (weight, read)
        kinds = softmax(self.network.linear("kind", hidden[0].mean(axis=0)))
        return Cover(
            {name: read for name, (_, read) in best.items()},
            dict(zip(KINDS, map(float, kinds[1:]), strict=True)),
        )


def parts(text: str) -> list[Span]:
    """The beginning of a document in parts of whole lines."""
    end = min(len(text), CHARACTERS)
    found: list[Span] = []
    start = 0
    while start < end:
        stop = min(end, start + PART_CHARACTERS)
        if stop < end and (line := text.rfind("\n", start + 1, stop)) > 0:
            stop = line + 1
        if text[start:stop].strip():
            found.append(Span(start, stop))
        start = stop
    return found


def as_read(piece: str, text: str, span: Span) -> tuple[str, int]:
    """A part of a text as the network was taught to read it, after the kind of its piece; and how many characters stand before the text's own."""
    before = f"{piece} : "
    return before + span.of(text).replace("\n", "|"), len(before)


def _moved(place: tuple[int, int], shift: int, part: Span) -> Span | None:
    """The place of a token in the document; None where it is not of the document."""
    start, end = place
    return (
        Span(part.start + max(start, shift) - shift, part.start + end - shift)
        if end > max(start, shift)
        else None
    )


def values_of(
    shares: Vectors, places: Sequence[Span | None], text: str
) -> list[tuple[str, float, FoundValue]]:
    """Of each value the run of tokens that speaks for it most, with the sum of what speaks for it.

    Args:
        shares: ``(tokens, classes)``.
        places: where each token stands.
        text: the document's.
    """
    found: list[tuple[str, float, FoundValue]] = []
    for number, name in enumerate(VALUES):
        share = shares[:, 2 * number + 1] + shares[:, 2 * number + 2]
        weight, first, last = _heaviest(
            [float(part) - LEAST_SHARE if place else -1.0 for part, place in zip(share, places, strict=True)]
        )
        start, end = (places[first], places[last - 1]) if weight > 0 else (None, None)
        if start is None or end is None or (strongest := float(share[first:last].max())) < LEAST:
            continue
        span = _whole_words(text, Span(start.start, end.end))
        if len(span):
            found.append((name, weight, FoundValue(span, strongest)))
    return found


def _heaviest(weights: Sequence[float]) -> tuple[float, int, int]:
    """The run of the greatest sum: that sum, its first place, the place after its last (Kadane)."""
    best, total, first = (0.0, 0, 0), 0.0, 0
    for at, weight in enumerate(weights):
        if total <= 0:
            total, first = 0.0, at
        total += weight
        if total > best[0]:
            best = (total, first, at + 1)
    return best


def _whole_words(text: str, span: Span) -> Span:
    """The span with the printed words that it begins and ends in (« 2026-TX-14 » is one), without signs around."""
    start, end = span.start, span.end
    while start > 0 and _JOINED.match(text, start - 1) and _JOINED.match(text, start):
        start -= 1
    while end < len(text) and _JOINED.match(text, end) and _JOINED.match(text, end - 1):
        end += 1
    inner = text[start:end]
    start += len(inner) - len(inner.lstrip(_SIGNS))
    end -= len(inner) - len(inner.rstrip(_SIGNS))
    return Span(start, max(start, end))


def load(model: str, path: Path = FILE) -> CoverReader:
    """The reader of the project.

    Raises:
        ModelFileError: it is missing, cut, or of another embedding than ``model``.
    """
    _, network = weights.load_learned_on(model, path, _CURE, _MAKE)
    return CoverReader(model, network)


def check(model: str, path: Path = FILE) -> Check:
    """Whether the reader of the project is sound, for ``assistant doctor``."""

    def known() -> str:
        load(model, path)
        return f"{len(VALUES)} valeurs"

    return weights.check("Lecteur de pages de garde", path, known)


def write(reader: CoverReader, card: Mapping[str, object], path: Path = FILE) -> None:
    """Writes a reader and its card."""
    weights.write(path, reader.network, {"model": reader.model}, card)
