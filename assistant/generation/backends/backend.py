"""What the three back ends share: a name, a context, and the rules that hold for whatever is written."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass
from queue import SimpleQueue
from threading import Event, Thread
from typing import Any

from assistant.datatypes import Message
from assistant.errors import GenerationError
from assistant.generation.backends.output import Piece, checked, require_room
from assistant.protocols import JsonSchema


@dataclass(frozen=True, slots=True)
class Demand:
    """What a model is to write: the arguments of ``LanguageModel.stream``."""

    messages: tuple[Message, ...]
    schema: JsonSchema | None
    max_tokens: int
    temperature: float
    seed: int


class Backend(ABC):
    """A language model that counts and gives pieces in its own way.

    Args:
        name: what to call it.
        context_tokens: prompt and output together must fit in so many.
    """

    def __init__(self, name: str, context_tokens: int) -> None:
        self.name = name
        self.context_tokens = context_tokens

    def stream(
        self,
        messages: Sequence[Message],
        *,
        schema: JsonSchema | None = None,
        max_tokens: int = 512,
        temperature: float = 0.0,
        seed: int = 0,
    ) -> Iterator[str]:
        """Yields the answer in pieces; joined, they obey ``schema`` when one is given. Closing the iterator stops the generation.

        Raises:
            MissingModelError: the model is not there.
            GenerationError: the prompt does not fit, the output was cut or breaks the schema, or the model failed.
        """
        demand = Demand(tuple(messages), schema, max_tokens, temperature, seed)
        counted = self._exact_count(messages)
        if counted is not None:
            require_room(self.name, counted, max_tokens, self.context_tokens)
        yield from checked(self.name, self.pieces(demand), schema=schema, max_tokens=max_tokens)

    @abstractmethod
    def count_tokens(self, messages: Sequence[Message]) -> int:
        """Tokens of ``messages`` under the model's own chat template."""

    def _exact_count(self, messages: Sequence[Message]) -> int | None:
        """The same; None where it can only be guessed: a guess is no ground for refusing."""
        return self.count_tokens(messages)

    @abstractmethod
    def pieces(self, demand: Demand) -> Generator[Piece, None, None]:
        """What the model writes, as it comes; closing it stops the generation."""


def turns(messages: Sequence[Message]) -> list[dict[str, str]]:
    """Messages as chat templates and servers take them."""
    return [{"role": message.role, "content": message.content} for message in messages]


def arriving(
    engine: str,
    generate: Callable[[Callable[[Any], None], Event], None],
    failed: Callable[[Exception], GenerationError],
) -> Generator[Any, None, None]:
    """What ``generate(give, stopped)`` gives, as it comes: it runs in a thread named after its engine. Closing this sets ``stopped`` and waits for its end.

    Raises:
        GenerationError: ``failed`` of what ``generate`` raised.
    """
    arrived: SimpleQueue[Any] = SimpleQueue()
    stopped, end = Event(), object()

    def run() -> None:
        try:
            generate(arrived.put, stopped)
        except Exception as error:
            arrived.put(error)
        arrived.put(end)

    thread = Thread(target=run, name=engine, daemon=True)
    thread.start()
    try:
        while (thing := arrived.get()) is not end:
            if isinstance(thing, Exception):
                raise failed(thing) from thing
            yield thing
    finally:
        stopped.set()
        thread.join()
