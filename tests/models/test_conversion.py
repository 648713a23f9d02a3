"""4-bit containers → weights, and what may leave the machine."""

import struct
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tokenizers import Tokenizer

from assistant.models.conversion import (
    bert_name,
    dequantise,
    read_container,
    trimmed,
    vocabulary,
    write_safetensors,
)
from assistant.models.manifest import Installed


def q4_block(scale: float, nibbles: list[int]) -> bytes:
    return struct.pack(
        "<e16B", scale, *(low | high << 4 for low, high in zip(nibbles[:16], nibbles[16:], strict=True))
    )


def tiny_container() -> bytes:
    """One layer, hidden size 32, feed-forward 32, 32 words, 4 positions, 1 type; every matrix holds -8 … 7 times 0.5."""
    matrix = q4_block(0.5, [*range(16), *range(15, -1, -1)]) * 32
    sizes = {"emb.word": 32 * 32, "emb.pos": 4 * 32, "emb.type": 32, "emb.ln.w": 32, "emb.ln.b": 32}
    for part in ("q", "k", "v", "ao", "fi", "fo"):
        sizes |= {f"l0.{part}.w": 32 * 32, f"l0.{part}.b": 32}
    sizes |= {f"l0.{part}.{parameter}": 32 for part in ("aln", "oln") for parameter in "wb"}
    data = {
        name: matrix if count == 1024 else struct.pack(f"<{count}f", *range(count))
        for name, count in sizes.items()
    }
    head = b"E5S1" + struct.pack("<I7ifi", 1, 32, 1, 2, 32, 32, 4, 1, 1e-12, 32)
    head += (
        struct.pack("<5iQ", 3, 0, 2, 1, 3, 5)
        + b"\0" * (4 * 4 + 4 * 3)
        + b"words"
        + struct.pack("<iI", 1, 2)
        + b"no"
        + struct.pack("<i", len(data))
    )
    offset = len(head) + sum(2 + len(name) + 21 for name in data)
    for name, content in data.items():
        head += (
            struct.pack("<H", len(name))
            + name.encode()
            + struct.pack("<BIQQ", int(content is matrix), sizes[name], offset, len(content))
        )
        offset += len(content)
    return head + b"".join(data.values())


def test_a_block_holds_low_nibbles_then_high_nibbles() -> None:
    nibbles = [*range(16), *range(15, -1, -1)]
    assert dequantise(q4_block(0.25, nibbles)).tolist() == [(nibble - 8) * 0.25 for nibble in nibbles]


def test_a_container_gives_every_tensor_under_its_name_and_shape() -> None:
    shape, tensors = read_container(tiny_container())
    assert (
        shape.hidden,
        shape.layers,
        shape.heads,
        shape.feed_forward,
        shape.vocabulary,
        shape.positions,
        shape.types,
        shape.epsilon,
    ) == (
        32,
        1,
        2,
        32,
        32,
        4,
        1,
        1e-12,
    )
    assert len(tensors) == 21
    assert tensors["embeddings.position_embeddings.weight"].shape == (4, 32)
    assert tensors["encoder.layer.0.attention.self.query.weight"][0, :3].tolist() == [-4.0, -3.5, -3.0]
    assert tensors["encoder.layer.0.output.LayerNorm.bias"].tolist() == [float(value) for value in range(32)]


def test_other_bytes_are_not_a_container() -> None:
    with pytest.raises(ValueError, match="not an E5S1 container"):
        read_container(b"GGUF" + b"\0" * 100)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("emb.word", "embeddings.word_embeddings.weight"),
        ("emb.ln.b", "embeddings.LayerNorm.bias"),
        ("l11.ao.w", "encoder.layer.11.attention.output.dense.weight"),
        ("l3.aln.w", "encoder.layer.3.attention.output.LayerNorm.weight"),
        ("l0.fo.b", "encoder.layer.0.output.dense.bias"),
    ],
)
def test_names_are_those_of_bert(name: str, expected: str) -> None:
    assert bert_name(name) == expected


def tokenizer() -> dict[str, Any]:
    """Seven words, of which four stand for no text and the last is the mask."""
    words = ["<s>", "<pad>", "</s>", "<unk>", "▁le", "▁trong", "▁marché", "<mask>"]
    added = [
        {"id": words.index(word), "content": word, "special": True}
        for word in ("<s>", "<pad>", "</s>", "<unk>", "<mask>")
    ]
    return {
        "added_tokens": added,
        "model": {"type": "Unigram", "unk_id": 3, "vocab": [[word, -1.0] for word in words]},
    }


def test_a_tokenizer_keeps_the_words_that_are_wanted_in_their_order() -> None:
    found, kept = trimmed(tokenizer(), ["<mask>", "▁marché", "▁le", "</s>", "<pad>", "<s>", "<unk>"])
    assert kept == [0, 1, 2, 3, 4, 6, 7]
    assert [word for word, _ in found["model"]["vocab"]] == [
        "<s>",
        "<pad>",
        "</s>",
        "<unk>",
        "▁le",
        "▁marché",
        "<mask>",
    ]
    assert {entry["content"]: entry["id"] for entry in found["added_tokens"]} == {
        "<s>": 0,
        "<pad>": 1,
        "</s>": 2,
        "<unk>": 3,
        "<mask>": 6,
    }


@pytest.mark.parametrize("wanted", [["<s>", "<pad>", "</s>", "<unk>", "▁inconnu"], ["▁le", "▁marché"]])
def test_a_tokenizer_without_those_words_is_refused(wanted: list[str]) -> None:
    with pytest.raises(ValueError, match="not the tokenizer of this vocabulary"):
        trimmed(tokenizer(), wanted)


@pytest.mark.models
def test_the_real_tokenizer_knows_the_kept_words_and_spells_the_others(e5: Installed) -> None:
    words = Tokenizer.from_file(str(e5.file("tokenizer.json")))
    words.no_truncation()
    assert words.get_vocab_size() == len(vocabulary())
    assert words.encode("Le marché est alloti.").tokens == [
        "<s>",
        "▁Le",
        "▁marché",
        "▁est",
        "▁allo",
        "ti",
        ".",
        "</s>",
    ]
    spelled = words.encode("HarfangLab, Emmaüs, μg")
    assert "<unk>" not in spelled.tokens


def test_the_safetensors_package_reads_what_is_written(tmp_path: Path) -> None:
    from safetensors.numpy import load_file

    tensors = {"b": np.arange(6, dtype=np.float32).reshape(2, 3), "a": np.array([0.5], dtype=np.float32)}
    write_safetensors(tmp_path / "weights", tensors)
    found = load_file(tmp_path / "weights")
    assert {name: values.tolist() for name, values in found.items()} == {
        "a": [0.5],
        "b": [[0.0, 1.0, 2.0], [3.0, 4.0, 5.0]],
    }
    assert found["b"].dtype == np.float16


OFFLINE = """
import socket, sys
from pathlib import Path
reached = []
def refuse(self, address, *_):
    reached.append(address)
    raise OSError("no network in this test")
socket.socket.connect = socket.socket.connect_ex = refuse
socket.getaddrinfo = lambda *a, **k: (_ for _ in ()).throw(OSError("no names in this test"))
from assistant.models.manifest import read
from assistant.models.openvino_embedding import OpenVinoEmbedding
vectors = OpenVinoEmbedding(read(Path(sys.argv[1]))).embed_queries(["bonjour"])
assert abs(float((vectors ** 2).sum()) - 1) < 1e-4
assert not reached, reached
assert sys.modules["openvino_telemetry"] is None
print(sorted({"torch", "transformers", "sentence_transformers", "huggingface_hub", "requests"} & set(sys.modules)))
"""


@pytest.mark.models
def test_an_embedding_reaches_no_network_and_imports_no_heavy_library(e5: Installed) -> None:
    result = subprocess.run(
        [sys.executable, "-c", OFFLINE, str(e5.folder)], capture_output=True, text=True, check=False
    )
    assert (result.returncode, result.stdout, result.stderr) == (0, "[]\n", "")
