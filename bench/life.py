"""The life of the assistant: indexing against pure embedding, search cold and warm, whole answers, a model's answer against the bare model."""

import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from assistant.answering import evidence as evidences
from assistant.datatypes import Kind
from assistant.evaluation import question_sets
from assistant.generation import answers, prompts
from assistant.index import ingest
from assistant.protocols import EmbeddingModel
from assistant.settings import load
from assistant.shipped import CORPUS
from assistant.workspace import Workspace
from bench.embedding import Row

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
PASSAGES = 10_000


def run() -> tuple[Row, ...]:
    """Every measure below, over a home made for it with this machine's models."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        (home / "models").symlink_to(load().models)
        workspace = Workspace(home)
        try:
            rows = [
                *indexing(workspace, home),
                *searching(workspace),
                *answering(workspace),
                *modelling(workspace),
                *cold(home),
            ]
        finally:
            workspace.close()
    return (
        *rows,
        Row(
            "peak memory of this process, both models loaded",
            resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20,
            "GiB",
            None,
        ),
    )


def material(home: Path) -> list[Path]:
    """Some 10,000 passages: the citizens' corpus beside the project, or made-up articles where it is absent."""
    real = SHARED / "recherche" / "citoyens-corpus.jsonl"
    if real.is_file():
        return [real]
    chance = random.Random(1)
    words = [
        "acheteur",
        "marché",
        "lot",
        "prix",
        "délai",
        "clause",
        "donnée",
        "serveur",
        "titulaire",
        "sécurité",
        "audit",
        "contrat",
        "service",
        "offre",
    ]
    path = home / "articles.jsonl"
    line = '{{"work": "ESSAI", "work_title": "Essai", "kind": "code", "num": "L{number}", "path": ["Titre {title}"], "text": "{text}."}}\n'
    text = (
        line.format(number=number, title=number // 50, text=" ".join(chance.choices(words, k=60)))
        for number in range(PASSAGES)
    )
    path.write_text("".join(text), encoding="utf-8")
    return [path]


class Timed:
    """An embedding model that counts the time spent in it."""

    def __init__(self, model: EmbeddingModel) -> None:
        self._model, self.seconds, self.identity, self.dimension, self.max_tokens = (
            model,
            0.0,
            model.identity,
            model.dimension,
            model.max_tokens,
        )

    def embed_passages(self, texts: list[str]) -> object:
        start = time.perf_counter()
        try:
            return self._model.embed_passages(texts)
        finally:
            self.seconds += time.perf_counter() - start

    embed_queries = embed_passages


def indexing(workspace: Workspace, home: Path) -> list[Row]:
    workspace.embedding.embed_queries(["chauffe"])
    timed = Timed(workspace.embedding)
    start = time.perf_counter()
    with workspace.library.writing():
        ingest.index_paths(workspace.library.store, timed, material(home), collection="bench")  # type: ignore[arg-type]
        workspace.library.synchronise_words()
        workspace.library.vectors(timed.dimension)
    whole = time.perf_counter() - start
    workspace.index([CORPUS], collection="corpus")
    count = workspace.library.store.counts()["passage"]
    return [
        Row(
            f"indexing, {count} passages in the end, ratio to the embedding alone",
            whole,
            "s",
            whole / timed.seconds,
        )
    ]


def questions() -> list[str]:
    return [row["question"] for row in question_sets.read(CORPUS / "questions" / "recherche.jsonl")]


def searching(workspace: Workspace) -> list[Row]:
    workspace.search("chauffe")
    spent = sorted(timed(lambda question=question: workspace.search(question)) for question in questions())  # type: ignore[misc]
    return [
        Row("warm search, median", 1000 * statistics.median(spent), "ms", None),
        Row("warm search, p95", 1000 * spent[int(len(spent) * 0.95)], "ms", None),
    ]


def answering(workspace: Workspace) -> list[Row]:
    answerer = workspace.answerer(frozenset())
    rows = question_sets.read(CORPUS / "questions" / "reponses.jsonl")
    spent = [timed(lambda row=row: answerer.answer(row["question"])) for row in rows]  # type: ignore[misc]
    return [
        Row("whole answer without a language model, median", statistics.median(spent), "s", None),
        Row("the same, longest", max(spent), "s", None),
    ]


def modelling(workspace: Workspace) -> list[Row]:
    """Claims worded and checked, against the bare model given the same prompt for the same output."""
    model = workspace.language
    ratios = []
    for question in questions()[:4]:
        hits = workspace.searcher.search(question, limit=4, kinds=(Kind.RULE, Kind.SHEET))
        evidence = prompts.fit(
            evidences.gather(hits), question, model.count_tokens, model.context_tokens - 300
        )
        prompt = prompts.word(question, evidence)
        bare = lambda prompt=prompt: "".join(  # noqa: E731
            model.stream(prompt.messages, schema=prompt.schema, max_tokens=640)
        )
        bare()  # the prompt cache is as warm for one as for the other
        alone = timed(bare)
        ours = timed(
            lambda question=question, evidence=evidence: list(answers.word(model, question, evidence))
        )
        ratios.append(ours / alone)
    return [
        Row(
            "claims through the language model, ratio to the bare model",
            statistics.median(ratios),
            "",
            statistics.median(ratios),
        )
    ]


def cold(home: Path) -> list[Row]:
    """A whole process, after a first use."""
    command = [sys.executable, "-m", "assistant", "search", "allotissement"]
    environment = os.environ | {"ASSISTANT_HOME": str(home)}
    spent = [
        timed(lambda: subprocess.run(command, env=environment, check=True, capture_output=True))
        for _ in range(3)
    ]
    return [Row("cold search, whole process, best of 3", min(spent), "s", None)]


def timed(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start
