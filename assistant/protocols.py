"""The sockets: what each plugged-in part must offer. Nothing to inherit."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

from assistant.datatypes import Hit, Kind, Message, Progress
from assistant.reach import EVERYWHERE, Reach

if TYPE_CHECKING:  # a command that makes no vector does not load numpy
    import numpy as np
    from numpy.typing import NDArray

OnProgress = Callable[[Progress], None]
JsonSchema = dict[str, Any]
Vectors: TypeAlias = "NDArray[np.float32]"


def silent(_: Progress) -> None:
    """The progress listener that does nothing."""


class EmbeddingModel(Protocol):
    """Texts to unit vectors. Queries and passages may be embedded differently (e5: prefixed ``query: ``, ``passage: ``)."""

    @property
    def identity(self) -> str:
        """Name and fingerprint: vectors of different identities never meet in one index."""
        ...

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        ...

    @property
    def max_tokens(self) -> int:
        """Tokens beyond which a text is cut (special tokens included)."""
        ...

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Returns ``(len(texts), dimension)`` float32, unit rows, in the order of ``texts``."""
        ...

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Returns ``(len(texts), dimension)`` float32, unit rows, in the order of ``texts``."""
        ...


class TokenEmbeddingModel(EmbeddingModel, Protocol):
    """An embedding whose lower layers the trained readers go on from."""

    def token_vectors(self, texts: Sequence[str]) -> "list[Vectors]":
        """Returns ``(tokens, dimension)`` float32 for each text: what the lower layers make of its tokens, special ones included."""
        ...

    def early_vectors(self, texts: Sequence[str]) -> "list[Vectors]":
        """The same of the first of those layers."""
        ...

    def token_offsets(self, texts: Sequence[str]) -> list[list[tuple[int, int]]]:
        """Where each of those tokens stands in its text, ``(start, end)``; the same twice for what is not of the text."""
        ...


class LanguageModel(Protocol):
    """A model that writes, in pieces, under a JSON schema."""

    @property
    def name(self) -> str:
        """The catalogue name, or the one that the server gives."""
        ...

    @property
    def context_tokens(self) -> int:
        """Prompt and output together must fit in this many tokens."""
        ...

    def count_tokens(self, messages: Sequence[Message]) -> int:
        """Tokens that ``messages`` take once the chat template is applied."""
        ...

    def stream(
        self,
        messages: Sequence[Message],
        *,
        schema: JsonSchema | None = None,
        max_tokens: int = 512,
        temperature: float = 0.0,
        seed: int = 0,
    ) -> Iterator[str]:
        """Yields the answer in pieces; joined, they obey ``schema`` when one is given.

        Closing the iterator stops the generation.

        Raises:
            GenerationError: the prompt does not fit, the output was cut at ``max_tokens`` under a schema, or the model failed.
        """
        ...

    def close(self) -> None:
        """Frees the model."""
        ...


class Retriever(Protocol):
    """Finds passages for a question."""

    def search(
        self,
        question: str,
        *,
        limit: int = 10,
        as_of: date | None = None,
        kinds: Sequence[Kind] = (),
        collections: Reach = EVERYWHERE,
    ) -> tuple[Hit, ...]:
        """The best ``limit`` passages in force on ``as_of`` (None: today), best first."""
        ...
