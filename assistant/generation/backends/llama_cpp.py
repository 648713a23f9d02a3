"""A language model on a CPU: llama.cpp (xllamacpp) in a process of its own, any GGUF file.

That process can always be ended: within this one, ending xllamacpp's server waited for a thread that waits for a connection, once for ever.
"""

import json
import os
import secrets
import subprocess
import sys
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

import httpx

from assistant import errors
from assistant.datatypes import Message
from assistant.errors import GenerationError, MissingModelError
from assistant.generation.backends.backend import Backend, Demand
from assistant.generation.backends.output import Piece
from assistant.generation.backends.server import ServerLanguageModel
from assistant.models.manifest import SETUP_COMMAND

_PROCESS = "assistant.generation.backends.llama_cpp_process"


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
        self._engine: Engine | None = None

    def count_tokens(self, messages: Sequence[Message]) -> int:
        """Tokens of ``messages`` under the model's own chat template.

        Raises:
            MissingModelError: the file is not there.
            ModelFileError: llama.cpp cannot load it.
            GenerationError: the model does not answer.
        """
        with self._answering() as model:
            return model.count_tokens(messages)

    def close(self) -> None:
        """Frees the model; it is loaded again when used again."""
        with self._lock:
            engine, self._engine = self._engine, None
        if engine is not None:
            engine.close()

    def _loaded(self) -> "Engine":
        with self._lock:
            if self._engine is None:
                self._engine = Engine(self._path, self.name, self.context_tokens)
            return self._engine

    def pieces(self, demand: Demand) -> Generator[Piece, None, None]:
        """What the process gives, as it comes; llama.cpp stops at the next token when the connection is closed."""
        with self._answering() as model:
            yield from model.pieces(demand)

    @contextmanager
    def _answering(self) -> Iterator[ServerLanguageModel]:
        """The model; one that ended, or hangs, is ended and loaded again at the next use."""
        engine = self._loaded()
        try:
            yield engine.model
        except GenerationError as error:
            if engine.is_running and not isinstance(error.__cause__, httpx.HTTPError):
                raise
            self.close()
            raise GenerationError(
                f"Le modèle « {self.name} » s'est arrêté.",
                "Recommencez ; si cela se répète, essayez un modèle plus petit.",
            ) from error


class Engine:
    """llama.cpp with a model, in a process of its own, which ends with this one.

    Args:
        path: the GGUF file.
        name: what to call it.
        context_tokens: prompt and output together.

    Raises:
        MissingModelError: the file or the engine is not there.
        ModelFileError: llama.cpp cannot load it.
    """

    def __init__(self, path: Path, name: str, context_tokens: int) -> None:
        if not path.is_file():
            raise MissingModelError(
                f"Le modèle « {name} » n'est pas installé : {path} n'existe pas.",
                f"Lancez `{SETUP_COMMAND}`, ou corrigez language_path dans settings.toml.",
            )
        # The server inside xllamacpp always listens on 127.0.0.1; nobody else on the machine may use it.
        self.key = secrets.token_urlsafe(32)
        self._process = _started()
        try:
            self.address = self._listening(path, name, context_tokens)
        except BaseException:
            self._end()
            raise
        self.model = ServerLanguageModel(f"{self.address}/v1", name, context_tokens, key=self.key)

    @property
    def is_running(self) -> bool:
        """Whether the process has not ended."""
        return self._process.poll() is None

    def close(self) -> None:
        """Ends the process, whatever it is doing."""
        self._end()
        self.model.close()

    def _listening(self, path: Path, name: str, context_tokens: int) -> str:
        """Where it listens, once the model is loaded."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        try:
            self._process.stdin.write(
                json.dumps({"path": str(path), "context_tokens": context_tokens, "key": self.key}) + "\n"
            )
            self._process.stdin.flush()
            said = json.loads(self._process.stdout.readline())
        except (OSError, ValueError) as error:
            raise errors.ModelFileError(
                f"Le modèle « {name} » a fait planter llama.cpp : {path} ne se charge pas.",
                "Lancez `assistant doctor`.",
            ) from error
        if "error" in said:
            kind, message, hint = said["error"]
            raise getattr(errors, kind, GenerationError)(message, hint)
        return str(said["address"])

    def _end(self) -> None:
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                stream.close()


def _started() -> "subprocess.Popen[str]":
    root = str(Path(__file__).resolve().parents[3])
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join(part for part in (root, os.environ.get("PYTHONPATH", "")) if part)
    }
    return subprocess.Popen(  # noqa: S603 - our own interpreter, no shell
        (sys.executable, "-P", "-m", _PROCESS),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        start_new_session=True,
        encoding="utf-8",
    )
