"""A language model of our own: it obeys the same contract as the real ones (``test_backends`` runs it over all)."""

import json
import re
from collections import deque
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.datatypes import Message
from assistant.generation.backends.output import CUT, Piece, checked, require_room
from assistant.protocols import JsonSchema


@dataclass(frozen=True, slots=True)
class Asked:
    """One call of ``stream``."""

    messages: tuple[Message, ...]
    schema: JsonSchema | None
    max_tokens: int


class ScriptedLanguageModel:
    """Gives its answers one after the other and records what it was asked in ``history``.

    Args:
        answers: texts, values (given as JSON), or exceptions (raised).
        context_tokens: a word is a token here.
        max_piece: characters of a piece of the stream.
    """

    def __init__(
        self,
        *answers: str | dict[str, Any] | list[Any] | Exception,
        context_tokens: int = 8192,
        max_piece: int = 7,
    ) -> None:
        self.name = "scripted"
        self.context_tokens = context_tokens
        self.answers = deque(answers)
        self.history: list[Asked] = []
        self.closed = False
        self.given_pieces = 0
        self._max_piece = max_piece

    def count_tokens(self, messages: Sequence[Message]) -> int:
        """Words, and three more for each message."""
        return sum(len(message.content.split()) + 3 for message in messages)

    def stream(
        self,
        messages: Sequence[Message],
        *,
        schema: JsonSchema | None = None,
        max_tokens: int = 512,
        temperature: float = 0.0,
        seed: int = 0,
    ) -> Iterator[str]:
        """The next answer, in pieces, under the same rules as the real models."""
        self.history.append(Asked(tuple(messages), schema, max_tokens))
        require_room(self.name, self.count_tokens(messages), max_tokens, self.context_tokens)
        yield from checked(self.name, self._pieces(max_tokens), schema=schema, max_tokens=max_tokens)

    def close(self) -> None:
        """Says that it was closed."""
        self.closed = True

    def _pieces(self, max_tokens: int) -> Generator[Piece, None, None]:
        assert self.answers, "the script has no answer left"
        answer = self.answers.popleft()
        if isinstance(answer, Exception):
            raise answer
        text = answer if isinstance(answer, str) else json.dumps(answer, ensure_ascii=False)
        words = re.findall(r"\S+\s*|^\s+", text)
        allowed = "".join(words[:max_tokens])
        for start in range(0, len(allowed), self._max_piece):
            self.given_pieces += 1
            yield Piece(allowed[start : start + self._max_piece])
        yield Piece("", CUT if len(words) > max_tokens else "stop")
