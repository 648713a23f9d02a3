"""What a sentence-transformers folder says of itself: dimension, length, prompts."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from assistant.errors import ModelFileError
from assistant.models.conversion import PROMPTS_FILE
from assistant.models.manifest import SETUP_COMMAND, Installed


@dataclass(frozen=True, slots=True)
class Layout:
    """``dimension`` of the vectors, ``max_tokens`` special tokens included, and what is put before a query and before a passage."""

    dimension: int
    max_tokens: int
    query_prefix: str
    passage_prefix: str

    def places(self, offsets: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
        """Places of tokens in a text that was read behind ``query_prefix``; empty ones for the tokens of the prefix."""
        before = len(self.query_prefix)
        return [(max(start - before, 0), max(end - before, 0)) for start, end in offsets]


def read_layout(model: Installed) -> Layout:
    """The layout of an embedding model's folder. A folder that names no prompts has empty ones.

    Raises:
        ModelFileError: a file is missing, or is not the JSON expected.
    """
    try:
        sizes, lengths = read_json(model, "config.json"), read_json(model, "sentence_bert_config.json")
        prompts = (
            read_json(model, PROMPTS_FILE).get("prompts", {})
            if (model.folder / PROMPTS_FILE).is_file()
            else {}
        )
        passage = prompts.get(
            "passage", prompts.get("document", "")
        )  # "document" is sentence-transformers' own name for it
        return Layout(sizes["hidden_size"], lengths["max_seq_length"], prompts.get("query", ""), passage)
    except (OSError, ValueError, KeyError) as error:
        raise ModelFileError(
            f"Le dossier {model.folder} n'est pas celui d'un modèle de plongement ({error}).",
            f"Supprimez-le, puis lancez `{SETUP_COMMAND}`.",
        ) from error


def read_json(model: Installed, name: str) -> dict[str, Any]:
    """A JSON file of the folder."""
    content: dict[str, Any] = json.loads((model.folder / name).read_text(encoding="utf-8"))
    return content
