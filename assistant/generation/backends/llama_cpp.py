"""A language model on a CPU: llama.cpp inside this process (xllamacpp), any GGUF file."""

import json
import os
import secrets
from collections.abc import Generator, Iterator, Sequence
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from queue import SimpleQueue
from threading import Event, Lock, Thread
from typing import Any
from urllib.parse import urlsplit

from assistant.datatypes import Message
from assistant.errors import GenerationError, MissingModelError, ModelFileError
from assistant.generation.backends.engines import engine
from assistant.generation.backends.openai_messages import chat_request, read_chunk
from assistant.generation.backends.output import Piece, checked, require_room
from assistant.models.manifest import SETUP_COMMAND
from assistant.protocols import JsonSchema

QUIET = 0  # llama.cpp's verbosity: at 3, its default, it writes its loading and each request on stderr
PROMPT_CACHE_MEBIBYTES = 256  # prompts kept aside: about four of 2,000 tokens of the default model (28 kB a token); llama.cpp's default is 8 GiB
COUNT_SECONDS = 30.0  # counting takes 2 ms, but waits while a prompt is being read


class LlamaCppLanguageModel:
    """A GGUF file. Loaded at the first use; several threads may stream, one after the other.

    Args:
        path: the GGUF file.
        name: what to call it.
        context_tokens: prompt and output together.
    """

    def __init__(self, path: Path, name: str, context_tokens: int) -> None:
        self._path = path
        self._name = name
        self._context_tokens = context_tokens
        self._lock = Lock()
        self._server: Any = None
        # The server inside xllamacpp always listens on 127.0.0.1; nobody else on the machine may use it.
        self._key = secrets.token_urlsafe(32)

    @property
    def name(self) -> str:
        """The catalogue name, or the file's."""
        return self._name

    @property
    def context_tokens(self) -> int:
        """Prompt and output together must fit in this many tokens."""
        return self._context_tokens

    def count_tokens(self, messages: Sequence[Message]) -> int:
        """Tokens of ``messages`` under the model's own chat template.

        Raises:
            MissingModelError: the file is not there.
            GenerationError: the model does not answer.
        """
        server = self._loaded()
        body = json.dumps({"messages": [{"role": message.role, "content": message.content} for message in messages]})
        headers = {"Authorization": f"Bearer {self._key}", "Content-Type": "application/json"}
        connection = HTTPConnection(urlsplit(server.listening_address).netloc, timeout=COUNT_SECONDS)
        try:
            connection.request("POST", "/v1/chat/completions/input_tokens", body, headers)
            return int(json.load(connection.getresponse())["input_tokens"])
        except (OSError, HTTPException, ValueError, KeyError) as error:
            raise GenerationError(f"Le modèle « {self._name} » ne compte pas les jetons ({error}).", "Relancez l'assistant.") from error
        finally:
            connection.close()

    def stream(
        self, messages: Sequence[Message], *, schema: JsonSchema | None = None, max_tokens: int = 512, temperature: float = 0.0, seed: int = 0
    ) -> Iterator[str]:
        """Yields the answer in pieces; joined, they obey ``schema`` when one is given. Closing the iterator stops the generation.

        Raises:
            MissingModelError: the file is not there.
            GenerationError: the prompt does not fit, the output was cut under a schema, or the model failed.
        """
        require_room(self._name, self.count_tokens(messages), max_tokens, self._context_tokens)
        request = chat_request(messages, schema=schema, max_tokens=max_tokens, temperature=temperature, seed=seed) | {"cache_prompt": True}
        yield from checked(self._name, self._pieces(request), schema=schema, max_tokens=max_tokens)

    def close(self) -> None:
        """Frees the model; it is loaded again when used again."""
        with self._lock:
            self._server = None

    def _loaded(self) -> Any:
        with self._lock:
            if self._server is None:
                self._server = load(self._path, self._name, self._context_tokens, self._key)
            return self._server

    def _pieces(self, request: dict[str, Any]) -> Generator[Piece, None, None]:
        """llama.cpp calls back from a thread of ours; a queue turns that into an iterator. It stops at the next token once closed."""
        server = self._loaded()
        arrived: SimpleQueue[Any] = SimpleQueue()
        stopped = Event()

        def receive(chunk: Any) -> bool:
            arrived.put(chunk)
            return stopped.is_set()

        def generate() -> None:
            try:
                refused = server.handle_chat_completions(request, receive)
                arrived.put(refused)  # an error, or None at the end
            except Exception as error:
                arrived.put(error)

        thread = Thread(target=generate, name="llama.cpp", daemon=True)
        thread.start()
        try:
            while (chunk := arrived.get()) is not None:
                if isinstance(chunk, Exception):
                    raise GenerationError(
                        f"Le modèle « {self._name} » a échoué : {chunk}", "Relancez l'assistant ; si cela se répète, essayez un autre modèle."
                    ) from chunk
                yield read_chunk(self._name, chunk)
        finally:
            stopped.set()
            thread.join()


def load(path: Path, name: str, context_tokens: int, key: str) -> Any:
    """The file as an ``xllamacpp.Server`` that listens on 127.0.0.1 only, under a key, and prints nothing.

    Raises:
        MissingModelError: the file or the engine is not there.
        ModelFileError: llama.cpp cannot load it.
    """
    if not path.is_file():
        raise MissingModelError(
            f"Le modèle « {name} » n'est pas installé : {path} n'existe pas.", f"Lancez `{SETUP_COMMAND}`, ou corrigez language_path dans settings.toml."
        )
    llama = engine("xllamacpp")
    parameters = llama.CommonParams()
    parameters.model.path = str(path)
    parameters.n_ctx = context_tokens
    parameters.n_parallel = 1  # one answer at a time has the whole context and both cores
    parameters.fit_params = False  # it would change the context behind our back
    parameters.cache_prompt = True
    parameters.cache_ram_mib = PROMPT_CACHE_MEBIBYTES
    parameters.cpuparams.n_threads = parameters.cpuparams_batch.n_threads = free_threads()
    parameters.verbosity = QUIET
    parameters.offline = True
    parameters.ui = False
    parameters.endpoint_slots = False
    parameters.hostnames = ["127.0.0.1"]
    parameters.api_keys = [key]
    parameters.cors_origins = ""
    try:
        return llama.Server(parameters)
    except Exception as error:  # xllamacpp raises bare RuntimeErrors
        raise ModelFileError(f"Le fichier {path} ne se charge pas dans llama.cpp ({error}).", f"Lancez `assistant doctor`, puis `{SETUP_COMMAND}`.") from error


def free_threads() -> int:
    """Threads for llama.cpp: its own choice (-1, the physical cores) on an idle machine, else as many as other programs leave free.

    Its threads wait for one another at each step. Measured on 2 cores with another program on one of them: 0.5 to 10 tokens/s with 2 threads, 15 with 1.
    """
    try:
        busy = round(os.getloadavg()[0])
    except (AttributeError, OSError):  # Windows
        return -1
    return -1 if busy == 0 else max(1, (os.cpu_count() or 1) - busy)
