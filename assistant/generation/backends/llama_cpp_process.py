"""The process in which llama.cpp runs (``python -m assistant.generation.backends.llama_cpp_process``): a server that only its parent knows the key of.

Its input is one line, what to load; its output is one line, where it listens or why it does not. It ends with its input, at once: ending a server of xllamacpp
joins a thread that may wait for a connection without end.
"""

import json
import os
import sys
from pathlib import Path
from typing import Any

from assistant.errors import AssistantError, ModelFileError
from assistant.generation.backends.engines import engine
from assistant.models.manifest import SETUP_COMMAND

QUIET = 0  # llama.cpp's verbosity: at 3, its default, it writes its loading and each request on stderr
PROMPT_CACHE_MEBIBYTES = 256  # prompts kept aside: about four of 2,000 tokens of the default model (28 kB a token); llama.cpp's default is 8 GiB


def main() -> None:
    """Loads what it is told to, says ``{"address": …}`` or ``{"error": [class, message, hint]}``, and serves until its input ends."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what the engine prints goes where its messages go
    wanted = json.loads(sys.stdin.readline())
    try:
        server = load(Path(wanted["path"]), wanted["context_tokens"], wanted["key"])
        said: dict[str, Any] = {"address": server.listening_address}
    except AssistantError as error:
        said = {"error": [type(error).__name__, error.message, error.hint]}
    print(json.dumps(said), file=answers, flush=True)
    sys.stdin.read()
    os._exit(0)


def load(path: Path, context_tokens: int, key: str) -> Any:
    """The file as an ``xllamacpp.Server`` that listens on 127.0.0.1 only, under a key, and prints nothing.

    Raises:
        MissingModelError: the engine is not there.
        ModelFileError: llama.cpp cannot load it.
    """
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
        raise ModelFileError(
            f"Le fichier {path} ne se charge pas dans llama.cpp ({error}).",
            f"Lancez `assistant doctor`, puis `{SETUP_COMMAND}`.",
        ) from error


def free_threads() -> int:
    """Threads for llama.cpp: its own choice (-1, the physical cores) on an idle machine, else as many as other programs leave free.

    Its threads wait for one another at each step. Measured on 2 cores with another program on one of them: 0.5 to 10 tokens/s with 2 threads, 15 with 1.
    """
    try:
        busy = round(os.getloadavg()[0])
    except (AttributeError, OSError):  # Windows
        return -1
    return -1 if busy == 0 else max(1, (os.cpu_count() or 1) - busy)


if __name__ == "__main__":
    main()
