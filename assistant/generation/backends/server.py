"""A language model behind an OpenAI-compatible server: vLLM, llama-server … Only the configured address is contacted."""

import json
import math
import ssl
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import Any

import httpx

from assistant.datatypes import Message
from assistant.errors import GenerationError
from assistant.generation.backends.backend import Backend, Demand, turns
from assistant.generation.backends.openai_messages import chat_request, read_chunk, refused
from assistant.generation.backends.output import Piece

CONNECT_SECONDS = 5.0
READ_SECONDS = 300.0  # between two pieces: a loaded server may read a long prompt for minutes
COUNT_SECONDS = 15.0
CHARACTERS_PER_TOKEN = (
    2.5  # French takes 3 to 4 with the tokenizers of the catalogue: an estimate that errs on the long side
)
TOKENS_PER_MESSAGE = 16  # the chat template's own, generously


class ServerLanguageModel(Backend):
    """A model of a server that speaks OpenAI's interface.

    Args:
        url: base address, ``http://127.0.0.1:8000/v1``.
        name: the name that the server knows.
        context_tokens: prompt and output together.
        key: sent as a bearer token when there is one.
    """

    def __init__(self, url: str, name: str, context_tokens: int, key: str = "") -> None:
        super().__init__(name, context_tokens)
        self._url = url.rstrip("/")
        self._key = key
        self._opened: httpx.Client | None = None

    def count_tokens(self, messages: Sequence[Message]) -> int:
        """Tokens of ``messages``: the server's own count when it can count, else an estimate on the long side.

        Raises:
            GenerationError: the server cannot be reached.
        """
        counted = self._exact_count(messages)
        return estimate_tokens(messages) if counted is None else counted

    def close(self) -> None:
        """Closes the connections."""
        if self._opened is not None:
            self._opened.close()
            self._opened = None

    @property
    def _client(self) -> httpx.Client:
        if self._opened is None:
            if not self._url.startswith(("http://", "https://")):
                raise GenerationError(
                    "L'adresse du serveur de modèle de langue n'est pas réglée.",
                    'Écrivez server_url = "http://…/v1" dans settings.toml.',
                )
            # trust_env: no proxy of the environment comes between; the certificates are still the system's.
            self._opened = httpx.Client(
                headers={"Authorization": f"Bearer {self._key}"} if self._key else {},
                timeout=httpx.Timeout(READ_SECONDS, connect=CONNECT_SECONDS),
                trust_env=False,
                verify=ssl.create_default_context(),
            )
        return self._opened

    @cached_property
    def _counting(self) -> tuple[str, str] | None:
        """Address and field of the answer of the server's token count: llama.cpp's, else vLLM's, else None."""
        root = self._url.removesuffix("/v1")
        probe = [Message("user", "a")]
        for address, field in (
            (f"{self._url}/chat/completions/input_tokens", "input_tokens"),
            (f"{root}/tokenize", "count"),
        ):
            if self._ask_count(address, field, probe) is not None:
                return address, field
        return None

    def _exact_count(self, messages: Sequence[Message]) -> int | None:
        return None if self._counting is None else self._ask_count(*self._counting, messages)

    def _ask_count(self, address: str, field: str, messages: Sequence[Message]) -> int | None:
        body = {"model": self.name, "messages": turns(messages)}
        with self._reached():
            response = self._client.post(address, json=body, timeout=COUNT_SECONDS)
        try:
            return int(response.json()[field]) if response.is_success else None
        except (ValueError, KeyError, TypeError):
            return None

    def pieces(self, demand: Demand) -> Generator[Piece, None, None]:
        """What the server streams; closing this closes the connection."""
        request = chat_request(demand) | {"model": self.name}
        with (
            self._reached(),
            self._client.stream("POST", f"{self._url}/chat/completions", json=request) as response,
        ):
            if not response.is_success:
                raise refused(self.name, error_of(response.read(), response.status_code))
            finish = None
            for line in response.iter_lines():
                data = line.removeprefix("data:").strip() if line.startswith("data:") else ""
                if data == "[DONE]":
                    break
                if data:
                    piece = read_chunk(self.name, json.loads(data))
                    finish = piece.finish or finish
                    yield piece
            if finish is None:
                raise GenerationError(
                    f"Le serveur {self._url} a coupé la réponse avant la fin.",
                    "Voyez son journal, puis recommencez.",
                )

    @contextmanager
    def _reached(self) -> Iterator[None]:
        try:
            yield
        except httpx.TimeoutException as error:
            raise GenerationError(
                f"Le serveur de modèle de langue {self._url} n'a pas répondu à temps.",
                "Vérifiez qu'il tourne et qu'il n'est pas surchargé.",
            ) from error
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            raise GenerationError(
                f"Le serveur de modèle de langue {self._url} n'est pas joignable ({error}).",
                "Vérifiez qu'il tourne, et server_url dans settings.toml.",
            ) from error


def error_of(body: bytes, status: int) -> Any:
    """What a server says in the body of a refusal."""
    try:
        content = json.loads(body)
    except ValueError:
        return f"code {status} {body[:200].decode(errors='replace')}".strip()
    return content.get("error", content) if isinstance(content, dict) else content


def estimate_tokens(messages: Sequence[Message]) -> int:
    """A count on the long side, for a server that does not count."""
    return sum(
        math.ceil(len(message.content) / CHARACTERS_PER_TOKEN) + TOKENS_PER_MESSAGE for message in messages
    )
