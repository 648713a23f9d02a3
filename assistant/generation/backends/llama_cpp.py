"""A language model on a CPU: llama.cpp inside this process (xllamacpp), any GGUF file."""

import json
import os
import secrets
from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from threading import Event, Lock
from typing import Any
from urllib.parse import urlsplit

from assistant.datatypes import Message
from assistant.errors import GenerationError, MissingModelError, ModelFileError
from assistant.generation.backends.backend import Backend, Demand, arriving, turns
from assistant.generation.backends.engines import engine
from assistant.generation.backends.openai_messages import chat_request, read_chunk
from assistant.generation.backends.output import Piece
from assistant.models.manifest import SETUP_COMMAND

QUIET = 0  # llama.cpp's verbosity: at 3, its default, it writes its loading and each request on stderr
PROMPT_CACHE_MEBIBYTES = 256  # prompts kept aside: about four of 2,000 tokens of the default model (28 kB a token); llama.cpp's default is 8 GiB
COUNT_SECONDS = 30.0  # counting takes 2 ms, but waits while a prompt is being read


class LlamaCppLanguageModel(Backend):
    """A GGUF file. Loaded at the first use; several threads may stream, one after the other.

    Args:
        path: the GGUF file.
        name: what to call it.
        context_tokens: prompt and output together.
    """

    def __init__(self, path: Path, name: str, context_tokens: int) -> None:
        super().__init__(name, context_tokens)
        self._path = path
        self._lock = Lock()
        self._server: Any = None
        # The server inside xllamacpp always listens on 127.0.0.1; nobody else on the machine may use it.
        self._key = secrets.token_urlsafe(32)

    def count_tokens(self, messages: Sequence[Message]) -> int:
        """Tokens of ``messages`` under the model's own chat template.

        Raises:
            MissingModelError: the file is not there.
            GenerationError: the model does not answer.
        """
        server = self._loaded()
        body = json.dumps({"messages": turns(messages)})
        headers = {"Authorization": f"Bearer {self._key}", "Content-Type": "application/json"}
        connection = HTTPConnection(urlsplit(server.listening_address).netloc, timeout=COUNT_SECONDS)
        try:
            connection.request("POST", "/v1/chat/completions/input_tokens", body, headers)
            return int(json.load(connection.getresponse())["input_tokens"])
        except (OSError, HTTPException, ValueError, KeyError) as error:
            raise GenerationError(f"Le modèle « {self.name} » ne compte pas les jetons ({error}).", "Relancez l'assistant.") from error
        finally:
            connection.close()

    def close(self) -> None:
        """Frees the model; it is loaded again when used again."""
        with self._lock:
            self._server = None

    def _loaded(self) -> Any:
        with self._lock:
            if self._server is None:
                self._server = load(self._path, self.name, self.context_tokens, self._key)
            return self._server

    def _pieces(self, demand: Demand) -> Generator[Piece, None, None]:
        """llama.cpp calls back with each chunk, and stops at the next token when told so."""
        server, request = self._loaded(), chat_request(demand) | {"cache_prompt": True}

        def generate(give: Callable[[Any], None], stopped: Event) -> None:
            def receive(chunk: Any) -> bool:
                give(chunk)
                return stopped.is_set()

            refused = server.handle_chat_completions(request, receive)
            if refused is not None:
                give(refused)

        with closing(arriving("llama.cpp", generate, self._failed)) as chunks:
            for chunk in chunks:
                yield read_chunk(self.name, chunk)

    def _failed(self, error: Exception) -> GenerationError:
        return GenerationError(f"Le modèle « {self.name} » a échoué : {error}", "Relancez l'assistant ; si cela se répète, essayez un autre modèle.")


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
