"""Models of our own for the tests: they obey the same contract as the real ones (tests/models runs it over both)."""

import json
import math
import re
import unicodedata
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from zlib import crc32

import numpy as np

from assistant import sheets
from assistant.datatypes import Message
from assistant.models.output import CUT, Piece, checked, require_room
from assistant.protocols import JsonSchema, Vectors
from assistant.reader.cases import Label, Probabilities

DIMENSION = 64


class FakeEmbedding:
    """Hashed bag of words: texts that share words are close. No accent, no case, no plural; deterministic across processes."""

    def __init__(self, identity: str = "fake@1") -> None:
        self.identity = identity
        self.dimension = DIMENSION
        self.max_tokens = 512
        self.asked: list[str] = []

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Returns ``(len(texts), 64)`` float32, unit rows, in the order of ``texts``."""
        return self._embed(texts)

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Returns ``(len(texts), 64)`` float32, unit rows, in the order of ``texts``."""
        return self._embed(texts)

    def _embed(self, texts: Sequence[str]) -> Vectors:
        self.asked += texts
        vectors = np.zeros((len(texts), DIMENSION), dtype=np.float32)
        for row, text in enumerate(texts):
            for word in words_of(text)[: self.max_tokens]:
                digest = crc32(word.encode())
                vectors[row, digest % DIMENSION] += 1.0 if digest & 0x10000 else -1.0
            if not vectors[row].any():
                vectors[row, 0] = 1.0
        unit: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return unit


class FakeReader:
    """Opens a trained reader for sheets that the project's own never learned: what a question shares with the written ones, by the fake embedding."""

    def __init__(self, *texts: str) -> None:
        self._sheets = [sheets.parse(text, "essai.yaml") for text in texts]

    def __call__(self, labels: Iterable[Label]) -> Callable[[str], Probabilities]:
        """See ``Workspace._trained_reader``."""
        assert {(sheet.id, case.id) for sheet in self._sheets for case in sheet.cases} >= set(labels)
        return self._read

    def _read(self, question: str) -> Probabilities:
        model = FakeEmbedding()
        asked = model.embed_queries([question])[0]
        written = {(sheet.id, case.id): [*case.questions, case.when] for sheet in self._sheets for case in sheet.cases}
        near = {label: math.exp(10 * float((model.embed_queries(texts) @ asked).max())) for label, texts in written.items()}
        none = math.exp(10 * 0.3)
        total = none + sum(near.values())
        return Probabilities({label: share / total for label, share in near.items()}, none / total)


def words_of(text: str) -> list[str]:
    """Lower-case words without accents nor a final s."""
    plain = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()
    return [word.rstrip("s") or word for word in re.findall(r"[a-z0-9]+", plain)]


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

    def __init__(self, *answers: str | dict[str, Any] | list[Any] | Exception, context_tokens: int = 8192, max_piece: int = 7) -> None:
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
        self, messages: Sequence[Message], *, schema: JsonSchema | None = None, max_tokens: int = 512, temperature: float = 0.0, seed: int = 0
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
