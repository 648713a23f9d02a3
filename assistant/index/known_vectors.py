"""Vectors that come with the corpus: what was embedded once here need not be embedded again on every machine.

``known_vectors.npz`` holds, for each text of ``corpus/``, the first bytes of its key and its vector as bytes with a scale: a cosine of 0.9999 with the one that
the model makes (``python -m training.vectors`` writes it). A text that it does not hold, or another model, is embedded as any other.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.protocols import Vectors
from assistant.rounding import rounded

FILE = Path(__file__).with_name("known_vectors.npz")
# Of a key's 32 bytes: that many tell twenty thousand texts apart.
KEY_BYTES = 8


@dataclass(frozen=True, slots=True)
class KnownVectors:
    """``rows``: where the vector of each text stands, by the beginning of its key; ``(n, dimension)`` bytes and ``(n,)`` scales."""

    rows: Mapping[bytes, int]
    values: NDArray[np.int8]
    scales: NDArray[np.float32]

    def of(self, keys: Iterable[bytes]) -> tuple[tuple[bytes, ...], Vectors]:
        """Those of ``keys`` that are known, and their vectors, ``(n, dimension)`` float32, unit rows."""
        found = tuple(key for key in keys if key[:KEY_BYTES] in self.rows)
        at = [self.rows[key[:KEY_BYTES]] for key in found]
        vectors = self.values[at].astype(np.float32) * self.scales[at, None]
        unit: Vectors = vectors / np.maximum(
            np.linalg.norm(vectors, axis=1, keepdims=True), np.float32(1e-12)
        )
        return found, unit


@cache
def load(identity: str, path: Path = FILE) -> KnownVectors | None:
    """The vectors that the model of that identity made; None where the file is of another, or is not there."""
    try:
        with np.load(path, allow_pickle=False) as held:
            if str(held["identity"]) != identity:
                return None
            keys = held["keys"].tobytes()
            rows = {
                keys[start : start + KEY_BYTES]: start // KEY_BYTES
                for start in range(0, len(keys), KEY_BYTES)
            }
            return KnownVectors(rows, held["values"], held["scales"])
    except (OSError, ValueError, KeyError):  # absent or damaged: the model makes them
        return None


def write(identity: str, keys: list[bytes], vectors: Vectors, path: Path = FILE) -> None:
    """Writes the file. ``vectors``: ``(len(keys), dimension)``, unit rows."""
    values, scales = rounded(vectors)
    beginnings = np.frombuffer(b"".join(key[:KEY_BYTES] for key in keys), dtype=np.uint8).reshape(
        len(keys), KEY_BYTES
    )
    with path.open("wb") as file:
        np.savez(file, identity=np.array(identity), keys=beginnings, values=values, scales=scales[:, 0])
