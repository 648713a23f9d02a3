"""Embeddings on a CPU: OpenVINO and tokenizers alone, so that a command starts at once (neither torch nor transformers is imported)."""

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.errors import ModelFileError
from assistant.models.conversion import LOWER_MODEL, UPPER_MODEL
from assistant.models.folder import Layout, read_layout
from assistant.models.manifest import SETUP_COMMAND, Installed
from assistant.protocols import Vectors

CACHE = ".openvino"  # compiled form, 70 MB: the model is there in a fifth of the time
# Tokens of a batch, padding included. Measured on 2 cores, 152-token passages: 56/s one by one, 96/s by 608, 101/s by 1,216, 97/s by 2,432 and beyond.
BATCH_TOKENS = 1216
# Texts tokenised ahead of the model: enough to sort by length, little enough to hold in memory.
WINDOW_TEXTS = 2048


@dataclass(frozen=True, slots=True)
class Loaded:
    """The tokenizer (a ``tokenizers.Tokenizer``) and the requests of the compiled lower and upper layers."""

    tokenizer: Any
    lower: Any
    upper: Any

    def tokens(self, ids: Sequence[Sequence[int]], output: str) -> Vectors:
        """What the lower layers (``tokens``) or the first of them (``early``) make of texts given as token numbers, ``(len(ids), longest, dimension)``."""
        padded, mask = _padded(ids)
        return np.array(
            self.lower.infer({"input_ids": padded, "attention_mask": mask})[output], dtype=np.float32
        )

    def embeddings(self, ids: Sequence[Sequence[int]]) -> Vectors:
        """The vectors of texts given as token numbers, ``(len(ids), dimension)`` float32."""
        padded, mask = _padded(ids)
        tokens = self.lower.infer({"input_ids": padded, "attention_mask": mask})["tokens"]
        return np.array(
            self.upper.infer({"tokens": tokens, "attention_mask": mask})["embeddings"], dtype=np.float32
        )


class OpenVinoEmbedding:
    """An embedding model of ``<home>/models``, exported by ``assistant setup``. Loaded at the first text; safe to share between threads."""

    def __init__(self, model: Installed) -> None:
        self._model = model
        self._lock = Lock()

    @property
    def identity(self) -> str:
        """Name and fingerprint of the weights, the tokenizer and the prompts: the same with every backend."""
        return self._model.identity

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return self._layout.dimension

    @property
    def max_tokens(self) -> int:
        """Tokens beyond which a text is cut, special tokens and prefix included."""
        return self._layout.max_tokens

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Returns ``(len(texts), dimension)`` float32, unit rows, in the order of ``texts``."""
        return self._embed(self._layout.passage_prefix, texts)

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Returns ``(len(texts), dimension)`` float32, unit rows, in the order of ``texts``."""
        return self._embed(self._layout.query_prefix, texts)

    def token_vectors(self, texts: Sequence[str]) -> list[Vectors]:
        """Returns ``(tokens, dimension)`` float32 for each text: what the lower layers make of its tokens, special ones included."""
        return self._tokens(texts, "tokens")

    def early_vectors(self, texts: Sequence[str]) -> list[Vectors]:
        """Returns ``(tokens, dimension)`` float32 for each text: what the first of the lower layers make of its tokens."""
        return self._tokens(texts, "early")

    def _tokens(self, texts: Sequence[str], output: str) -> list[Vectors]:
        found: dict[int, Vectors] = {}
        with self._lock:
            ids = [
                encoding.ids
                for encoding in self._loaded.tokenizer.encode_batch_fast(
                    [self._layout.query_prefix + text for text in texts]
                )
            ]
            for rows in batches([len(row) for row in ids]):
                hidden = self._loaded.tokens([ids[row] for row in rows], output)
                found |= {row: hidden[place, : len(ids[row])] for place, row in enumerate(rows)}
        return [found[row] for row in range(len(texts))]

    def token_offsets(self, texts: Sequence[str]) -> list[list[tuple[int, int]]]:
        """Where each of those tokens stands in its text, ``(start, end)``; the same twice for what is not of the text."""
        with self._lock:
            encodings = self._loaded.tokenizer.encode_batch(
                [self._layout.query_prefix + text for text in texts]
            )
        return [self._layout.places(encoding.offsets) for encoding in encodings]

    @cached_property
    def _layout(self) -> Layout:
        return read_layout(self._model)

    @cached_property
    def _loaded(self) -> Loaded:
        return load(self._model, self.max_tokens)

    def _embed(self, prefix: str, texts: Sequence[str]) -> Vectors:
        vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
        with self._lock:  # one request, two cores: texts of two threads take turns
            for start in range(0, len(texts), WINDOW_TEXTS):
                encodings = self._loaded.tokenizer.encode_batch_fast(
                    [prefix + text for text in texts[start : start + WINDOW_TEXTS]]
                )
                ids = [encoding.ids for encoding in encodings]
                for rows in batches([len(row) for row in ids]):
                    vectors[[start + row for row in rows]] = self._loaded.embeddings(
                        [ids[row] for row in rows]
                    )
        return vectors


def batches(lengths: Sequence[int], budget: int = BATCH_TOKENS) -> Iterator[list[int]]:
    """Rows to run together, longest first: ``len(batch) * longest`` stays within ``budget`` (a longer text goes alone)."""
    batch: list[int] = []
    for row in sorted(range(len(lengths)), key=lambda row: -lengths[row]):
        if batch and (len(batch) + 1) * lengths[batch[0]] > budget:
            yield batch
            batch = []
        batch.append(row)
    if batch:
        yield batch


def _padded(ids: Sequence[Sequence[int]]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Token numbers, ``(len(ids), longest)``, and the mask of what is text."""
    padded: NDArray[np.int64] = np.zeros((len(ids), max(map(len, ids))), dtype=np.int64)
    mask = np.zeros_like(padded)
    for row, numbers in enumerate(ids):
        padded[row, : len(numbers)] = numbers
        mask[row, : len(numbers)] = 1
    return padded, mask


def load(model: Installed, max_tokens: int) -> Loaded:
    """The tokenizer (0.8 s, holding Python's lock) while OpenVINO loads the model beside it (0.2 s from its cache).

    Raises:
        ModelFileError: a file is missing or cannot be read.
    """
    from tokenizers import Tokenizer

    parts, words = [model.file(LOWER_MODEL), model.file(UPPER_MODEL)], model.file("tokenizer.json")
    with ThreadPoolExecutor(1) as pool:
        compiling = pool.submit(lambda: [compile_model(part) for part in parts])
        try:
            tokenizer = Tokenizer.from_file(str(words))
            tokenizer.no_padding()
            tokenizer.enable_truncation(max_tokens)
            return Loaded(tokenizer, *compiling.result())
        except Exception as error:  # both libraries raise bare exceptions
            raise ModelFileError(
                f"Le modèle « {model.name} » ne se charge pas ({error}).",
                f"Supprimez {model.folder}, puis lancez `{SETUP_COMMAND}`.",
            ) from error


def compile_model(xml: Path) -> Any:
    """An inference request of one part of the model, in bfloat16 where the processor has it.

    bfloat16 against float32 on the same passages: cosine 0.9999, 1.7 times faster (measured). OpenVINO knows a compiled form by the path it
    was given: homes that share a folder of models by a link would each compile it anew, and take away the others'.
    """
    import openvino

    xml = xml.resolve()
    core = openvino.Core()
    cache, before = xml.parent / CACHE / xml.stem, frozenset[Path]()
    if os.access(xml.parent, os.W_OK):
        core.set_property({"CACHE_DIR": str(cache)})
        before = _compiled(cache)
    try:
        request = core.compile_model(str(xml), "CPU", options(core)).create_infer_request()
    except (
        RuntimeError
    ):  # another process has just taken away what it replaced: the compiled form is not needed, only faster
        return openvino.Core().compile_model(str(xml), "CPU", options(core)).create_infer_request()
    if (
        _compiled(cache) - before
    ):  # another version of the model, of OpenVINO or of the processor: what it replaces is of no use
        for old in before:
            old.unlink(missing_ok=True)
    return request


def options(core: Any) -> dict[str, str]:
    """How a model is compiled: for one text at a time, in bfloat16 where the processor has it."""
    half = "BF16" in core.get_property("CPU", "OPTIMIZATION_CAPABILITIES")
    return {"PERFORMANCE_HINT": "LATENCY", "INFERENCE_PRECISION_HINT": "bf16" if half else "f32"}


def _compiled(cache: Path) -> frozenset[Path]:
    return frozenset(path for path in cache.iterdir() if path.is_file()) if cache.is_dir() else frozenset()
