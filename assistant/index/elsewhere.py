"""Documents read, cut and embedded on the workers of a Dask cluster. What they make is stored by the machine that asks, as if it had made it."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.cluster import Cluster, WorkerLostError, travelling
from assistant.datatypes import Kind
from assistant.errors import OtherModelError, ReadingError
from assistant.index import entries
from assistant.protocols import EmbeddingModel, Vectors
from assistant.reading.archives import Budget, Member, Refused
from assistant.reading.isolation import Readers, Reading

if TYPE_CHECKING:
    from collections.abc import Mapping

MakeEmbedding = Callable[[], EmbeddingModel]
"""Gives the embedding of the process where it is called. It goes to other processes: it must be picklable."""

Made = tuple[Reading, str, "Mapping[str, Vectors]"]
"""What a worker made of a file: what was read, the identity of its embedding, and the vector of each text that its passages give to the embedding."""


class ClusterReaders:
    """Reads as ``Readers`` does, on the workers of a cluster, which embed what they read; archives are opened here. To be closed, or used with ``with``.

    Args:
        cluster: where.
        make: the embedding of a worker.
        embedding: the one of this machine, whose identity the workers' must have.
    """

    def __init__(self, cluster: Cluster, make: MakeEmbedding, embedding: EmbeddingModel) -> None:
        self._cluster, self._make, self._here = cluster, make, Readers()
        self.ahead, self.embedding = cluster.capacity, _Embedded(embedding)

    def __enter__(self) -> "ClusterReaders":
        return self

    def __exit__(self, *_: object) -> None:
        self._here.close()
        self._cluster.close()

    def opened(
        self, source: Path | bytes, name: str, budget: Budget, depth: int
    ) -> Iterator[Member | Refused] | None:
        """See ``Readers.opened``."""
        return self._here.opened(source, name, budget, depth)

    def read(
        self,
        source: Path | bytes,
        name: str,
        *,
        kind: Kind,
        collection: str,
        origin: str | None = None,
        attachments_only: bool = False,
    ) -> "Future[Reading]":
        """See ``Readers.read``; the vectors that come with it wait in ``embedding``.

        The future raises ReadingError too where a worker died of the file, OtherModelError where a worker has another embedding than this machine.
        """
        place = origin or (str(source) if isinstance(source, Path) else name)
        begun = self._cluster.submit(
            _made, self._make, travelling(source), name, kind, collection, place, attachments_only
        )
        told: Future[Reading] = Future()

        def take(done: "Future[Made]") -> None:
            try:
                reading, identity, vectors = done.result()
                self.embedding.take(identity, vectors)
                told.set_result(reading)
            except WorkerLostError:
                told.set_exception(
                    ReadingError(
                        f"« {name} » a fait tomber la machine qui le lisait, trois fois.",
                        "Signalez ce fichier.",
                    )
                )
            except Exception as error:
                told.set_exception(error)

        begun.add_done_callback(take)
        return told


class _Embedded:
    """An embedding that has the vectors of some texts already."""

    def __init__(self, embedding: EmbeddingModel) -> None:
        self._embedding, self._came = embedding, dict[str, Vectors]()
        self.identity, self.dimension, self.max_tokens = (
            embedding.identity,
            embedding.dimension,
            embedding.max_tokens,
        )

    def take(self, identity: str, vectors: "Mapping[str, Vectors]") -> None:
        """Keeps vectors until they are asked for. Raises OtherModelError for those of another model."""
        if vectors and identity != self.identity:
            raise OtherModelError(
                f"Une machine du cluster a un autre modèle ({identity}) que celle-ci ({self.identity}).",
                "Installez-y la même version de l'assistant, puis lancez-y « assistant setup ».",
            )
        self._came.update(vectors)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """See ``EmbeddingModel``; a vector that came is given once."""
        import numpy as np

        missing = [text for text in texts if text not in self._came]
        made = dict(zip(missing, self._embedding.embed_passages(missing), strict=True)) if missing else {}
        return np.stack([made[text] if text in made else self._came.pop(text) for text in texts])

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """See ``EmbeddingModel``."""
        return self._embedding.embed_queries(texts)


def _made(
    make: MakeEmbedding,
    source: Path | bytes,
    name: str,
    kind: Kind,
    collection: str,
    origin: str,
    attachments_only: bool,
) -> Made:
    """On a worker: a file read in a process of its own, cut, its passages embedded. Raises as ``Readers.read``'s future."""
    reading = (
        _readers()
        .read(
            source, name, kind=kind, collection=collection, origin=origin, attachments_only=attachments_only
        )
        .result()
    )
    texts = entries.passage_texts(reading.document) if reading.document else ()
    if not texts:
        return reading, "", {}
    embedding = make()
    vectors = dict[str, Vectors]()
    for start in range(0, len(texts), entries.BATCH):
        batch = texts[start : start + entries.BATCH]
        vectors.update(zip(batch, embedding.embed_passages(batch), strict=True))
    return reading, embedding.identity, vectors


@cache
def _readers() -> Readers:
    """Those of this process."""
    return Readers()
