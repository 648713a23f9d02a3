"""Embeddings through sentence-transformers: on a GPU, and for any local folder."""

from collections.abc import Sequence
from functools import cached_property
from threading import Lock
from typing import Any

import numpy as np

from assistant.errors import ModelFileError
from assistant.models.conversion import EARLY_LAYERS, SHARED_LAYERS
from assistant.models.folder import Layout, read_layout
from assistant.models.manifest import SETUP_COMMAND, Installed
from assistant.protocols import Vectors

BATCH_TEXTS = 32  # sentence-transformers' own default


class SentenceTransformersEmbedding:
    """An embedding model in a folder that ``SentenceTransformer`` can open. Loaded at the first text; safe to share between threads.

    Args:
        model: from ``manifest.require``, or ``manifest.adopt`` for one's own folder.
        device: torch's name of it; None for the GPU when there is one. In float32 on a CPU, bfloat16 on a GPU.
    """

    def __init__(self, model: Installed, device: str | None = None) -> None:
        self._folder = model
        self._device = device
        self._lock = Lock()

    @property
    def identity(self) -> str:
        """Name and fingerprint of the weights, the tokenizer and the prompts: the same with every backend."""
        return self._folder.identity

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
        return [self._tokens(text, SHARED_LAYERS) for text in texts]

    def early_vectors(self, texts: Sequence[str]) -> list[Vectors]:
        """Returns ``(tokens, dimension)`` float32 for each text: what the first of the lower layers make of its tokens."""
        return [self._tokens(text, EARLY_LAYERS) for text in texts]

    def _tokens(self, text: str, layer: int) -> Vectors:
        import torch

        with self._lock, torch.inference_mode():
            encoder, features = (
                self._model[0].auto_model,
                self._model.tokenize([self._layout.query_prefix + text]),
            )
            given = {name: features[name].to(self._model.device) for name in ("input_ids", "attention_mask")}
            layers = encoder(**given, output_hidden_states=True).hidden_states
        return np.asarray(layers[layer][0].float().cpu().numpy(), dtype=np.float32)

    def token_offsets(self, texts: Sequence[str]) -> list[list[tuple[int, int]]]:
        """Where each of those tokens stands in its text, ``(start, end)``; the same twice for what is not of the text."""
        behind = [self._layout.query_prefix + text for text in texts]
        with self._lock:
            found = self._model.tokenizer(
                behind, truncation=True, max_length=self.max_tokens, return_offsets_mapping=True
            )
        return [self._layout.places(offsets) for offsets in found["offset_mapping"]]

    @cached_property
    def _layout(self) -> Layout:
        return read_layout(self._folder)

    @cached_property
    def _model(self) -> Any:
        import torch
        from sentence_transformers import SentenceTransformer

        device = self._device or ("cuda" if torch.cuda.is_available() else "cpu")
        dtype = torch.float32 if device == "cpu" else torch.bfloat16
        try:
            # local_files_only, and no remote code: nothing is fetched, nothing of the folder is run.
            return SentenceTransformer(
                str(self._folder.folder),
                device=device,
                local_files_only=True,
                trust_remote_code=False,
                model_kwargs={"dtype": dtype},
            )
        except Exception as error:  # the library raises bare exceptions
            raise ModelFileError(
                f"Le modèle « {self._folder.name} » ne se charge pas ({error}).",
                f"Supprimez {self._folder.folder}, puis lancez `{SETUP_COMMAND}`.",
            ) from error

    def _embed(self, prefix: str, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.empty((0, self.dimension), dtype=np.float32)
        with self._lock:
            vectors = self._model.encode(
                [prefix + text for text in texts],
                prompt="",  # the prefix is there already, whatever the folder's default prompt
                batch_size=BATCH_TEXTS,
                show_progress_bar=False,
                convert_to_numpy=True,
                normalize_embeddings=True,
            )
        return np.asarray(vectors, dtype=np.float32)
