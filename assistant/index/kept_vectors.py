"""Vectors of texts that do not change from one command to the next, kept beside the index so that they are computed once.

Derived data: a file that is missing, cut off, of another model or that cannot be written costs the time of computing again, never an error.
"""

import hashlib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np

from assistant.index import known_vectors
from assistant.index.vectors import read_arrays, write_arrays
from assistant.protocols import EmbeddingModel, Vectors


class KeptVectors:
    """One ``.npz`` file of an embedding model: the digest of each text, and its unit vector."""

    def __init__(self, folder: Path, name: str, embedding: EmbeddingModel) -> None:
        fingerprint = hashlib.sha256(embedding.identity.encode()).hexdigest()[:8]
        self._path = folder / f"{name}-{fingerprint}.npz"
        self._embedding = embedding

    def of(self, queries: Sequence[str], passages: Sequence[str]) -> tuple[Vectors, Vectors]:
        """The vectors of ``queries`` (n, dimension) and of ``passages`` (m, dimension); the file then holds these and no others."""
        held = self.held()
        keyed_queries, keyed_passages = _keyed("query", queries), _keyed("passage", passages)
        vectors = {key: held[key] for key in (*keyed_queries, *keyed_passages) if key in held}
        for keyed, embed in (
            (keyed_queries, self._embedding.embed_queries),
            (keyed_passages, self._embedding.embed_passages),
        ):
            new = {key: text for key, text in keyed.items() if key not in held}
            if new and (known := known_vectors.load(self._embedding.identity)) is not None:
                found, came = known.of(bytes.fromhex(key) for key in new)
                vectors.update((key.hex(), vector) for key, vector in zip(found, came, strict=True))
                new = {key: text for key, text in new.items() if key not in vectors}
            if new:
                vectors.update(zip(new, embed(list(new.values())), strict=True))
        if vectors.keys() != held.keys():
            self._write(vectors)
        return self._stacked(vectors, _keys("query", queries)), self._stacked(
            vectors, _keys("passage", passages)
        )

    def _stacked(self, vectors: Mapping[str, Vectors], keys: Sequence[str]) -> Vectors:
        return (
            np.stack([vectors[key] for key in keys])
            if keys
            else np.zeros((0, self._embedding.dimension), np.float32)
        )

    def held(self) -> dict[str, Vectors]:
        """The vector of each text that the file holds, by the text's digest in hexadecimal digits."""
        arrays = read_arrays(self._path, ("keys", "vectors"))
        if arrays is None or arrays[1].shape != (len(arrays[0]), self._embedding.dimension):
            return {}
        return dict(zip(map(str, arrays[0]), arrays[1], strict=True))

    def _write(self, vectors: Mapping[str, Vectors]) -> None:
        with suppress(OSError):
            write_arrays(
                self._path,
                keys=np.array(list(vectors), dtype=np.str_),
                vectors=self._stacked(vectors, list(vectors)),
            )


def _keys(kind: str, texts: Sequence[str]) -> list[str]:
    return [hashlib.sha256(f"{kind}:{text}".encode()).hexdigest() for text in texts]


def _keyed(kind: str, texts: Sequence[str]) -> dict[str, str]:
    return dict(zip(_keys(kind, texts), texts, strict=True))
