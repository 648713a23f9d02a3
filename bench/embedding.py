"""Speed of the embeddings on this machine: `assistant`'s own backend against sentence-transformers in float32, in the same run."""

import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import numpy as np

from assistant import settings
from assistant.models.manifest import Installed, require
from assistant.models.openvino_embedding import OpenVinoEmbedding, compile_model
from assistant.models.sentence_transformers_embedding import SentenceTransformersEmbedding
from assistant.protocols import EmbeddingModel

PASSAGE_TOKENS = 152  # the length that the figures of docs/decisions.md are given for
PASSAGES = 256
REFERENCE_PASSAGES = 32  # sentence-transformers embeds some 8 a second
ROUNDS = 3  # taken in turns, the best of each: other programs share the machine
COLD = """
import sys
from pathlib import Path
from assistant.models.manifest import read
from assistant.models.openvino_embedding import OpenVinoEmbedding
OpenVinoEmbedding(read(Path(sys.argv[1]))).embed_queries(["Puis-je passer un marché sans publicité ?"])
"""
SENTENCES = (
    "Le pouvoir adjudicateur peut passer un marché public sans publicité ni mise en concurrence préalables dans les cas prévus par le code.",
    "Les conditions d'exécution peuvent prendre en compte des considérations relatives à l'économie, à l'innovation, à l'environnement ou au domaine social.",
    "La retenue de garantie ne peut être supérieure à cinq pour cent du montant initial du marché augmenté des avenants.",
    "Le titulaire notifie sans délai à l'acheteur les modifications survenant au cours de l'exécution du marché.",
    "L'offre irrégulière ne respecte pas les exigences formulées dans les documents de la consultation ou méconnaît la législation en vigueur.",
)


class Row(NamedTuple):
    """One measure; ``ratio`` compares it with the reference of the same run (above 1 is better), None for the reference itself."""

    name: str
    value: float
    unit: str
    ratio: float | None


def run() -> tuple[Row, ...]:
    """Passages a second of each backend, their agreement, one question, and a cold start (a new process, model and tokenizer loaded)."""
    chosen = settings.load()
    installed = require(chosen, chosen.embedding)
    ours, reference = OpenVinoEmbedding(installed), SentenceTransformersEmbedding(installed, device="cpu")
    texts = passages(installed, PASSAGES)
    vectors, expected = (
        ours.embed_passages(texts[:REFERENCE_PASSAGES]),
        reference.embed_passages(texts[:REFERENCE_PASSAGES]),
    )  # loads them too
    products = products_alone(installed)
    rounds = [
        (speed(ours, texts), speed(reference, texts[:REFERENCE_PASSAGES]), products()) for _ in range(ROUNDS)
    ]
    fast, slow, limit = (max(round_[place] for round_ in rounds) for place in range(3))
    cosine = float((vectors * expected).sum(axis=1).min())
    return (
        Row(f"sentence-transformers, float32, passages of {PASSAGE_TOKENS} tokens", slow, "passages/s", None),
        Row(f"OpenVINO, passages of {PASSAGE_TOKENS} tokens", fast, "passages/s", fast / slow),
        Row("its matrix products alone: no more can be reached", limit, "passages/s", limit / slow),
        Row("lowest cosine of the two", cosine, "", None),
        Row(
            "one question, loaded",
            question_seconds(ours) * 1000,
            "ms",
            question_seconds(reference) / question_seconds(ours),
        ),
        Row("one question, cold process", cold_seconds(installed), "s", None),
    )


def passages(installed: Installed, count: int) -> list[str]:
    """``count`` different texts of ``PASSAGE_TOKENS`` tokens each, prefix and special tokens included."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(installed.file("tokenizer.json")))
    texts = []
    for number in range(count):
        order = np.random.default_rng(number).permutation(len(SENTENCES))
        ids = tokenizer.encode(
            "passage: " + f"Article {number}. " + " ".join(SENTENCES[index] for index in (*order, *order))
        ).ids
        texts.append(tokenizer.decode(ids[1 : PASSAGE_TOKENS - 1]).removeprefix("passage: "))
    return texts


def speed(model: EmbeddingModel, texts: list[str]) -> float:
    """Passages a second, once loaded."""
    start = time.perf_counter()
    model.embed_passages(texts)
    return len(texts) / (time.perf_counter() - start)


def products_alone(installed: Installed) -> Callable[[], float]:
    """Passages a second of a model that makes the matrix products of this one with its weights and nothing else, eight passages at a time."""
    import openvino
    from openvino import opset13

    shape = json.loads((installed.folder / "config.json").read_text(encoding="utf-8"))
    width, inner = shape["hidden_size"], shape["intermediate_size"]
    chance, given = np.random.default_rng(0), (8 * PASSAGE_TOKENS, width)
    hidden = tokens = opset13.parameter(given, np.float32)
    beside = []

    def times(left: Any, rows: int, columns: int) -> Any:
        weights = chance.standard_normal((rows, columns), dtype=np.float32) / rows**0.5
        return opset13.matmul(left, opset13.constant(weights), False, False)

    for _ in range(shape["num_hidden_layers"]):
        beside.append(times(hidden, width, 3 * width))
        hidden = times(times(times(hidden, width, width), width, inner), inner, width)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "products.xml"
        openvino.save_model(openvino.Model([hidden, *beside], [tokens]), path, compress_to_fp16=False)
        request = compile_model(path)
    rows = chance.standard_normal(given, dtype=np.float32)

    def once() -> float:
        start = time.perf_counter()
        request.infer([rows])
        return 8 / (time.perf_counter() - start)

    return lambda: max(once() for _ in range(20))


def question_seconds(model: EmbeddingModel) -> float:
    """Seconds of one question, the best of ten."""
    seconds = []
    for _ in range(10):
        start = time.perf_counter()
        model.embed_queries(["Puis-je passer un marché sans publicité ?"])
        seconds.append(time.perf_counter() - start)
    return min(seconds)


def cold_seconds(installed: Installed) -> float:
    """Seconds of a new Python process that embeds one question, the best of three."""
    seconds = []
    for _ in range(3):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", COLD, str(installed.folder)], check=True)
        seconds.append(time.perf_counter() - start)
    return min(seconds)
