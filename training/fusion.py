"""The weights of the search over a grid: ``python -m training.fusion --home HOME`` prints what each choice finds on the half of our questions that chooses.

Rows are sorted by the mean of the sets; ``--read`` shows one choice, and the weights in force, on the other half, which chooses nothing.
"""

import argparse
import hashlib
import itertools
from collections.abc import Sequence
from dataclasses import fields, replace
from pathlib import Path

import numpy as np

from assistant.evaluation import question_sets
from assistant.index.search import Searcher, Weights
from assistant.protocols import EmbeddingModel, Vectors
from assistant.workspace import Workspace
from training.ablation import Set, may_be_searched, sets, timed

GRID = {"question_floor": (0.6, 0.7, 0.78, 0.84, 0.87), "questions": (1.5, 2.5, 3.5), "vectors": (0.5, 1.0)}


def main() -> None:
    """Reads the arguments and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, required=True, help="an index of the rules and the corpus")
    parser.add_argument(
        "--read",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="the weights to read on the other half, instead of the grid",
    )
    parser.add_argument("--grid", action="append", default=[], metavar="NAME=V,V,V", help="another grid")
    given = parser.parse_args()
    workspace = Workspace(given.home)
    embedding = Remembering(workspace.embedding)
    ours = [
        *sets(Path("corpus/questions"), None),
        Set("reponses.jsonl", _answers(Path("corpus/questions/reponses.jsonl"))),
    ]
    if given.read:
        chosen = replace(
            Weights(), **{name: float(value) for name, _, value in (one.partition("=") for one in given.read)}
        )
        tried: list[Weights] = [Weights(), chosen]
    else:
        grid = {
            name: tuple(float(value) for value in values.split(","))
            for name, _, values in (one.partition("=") for one in given.grid)
        } or GRID
        tried = [
            replace(Weights(), **dict(zip(grid, values, strict=True)))
            for values in itertools.product(*grid.values())
        ]
    halves = [
        replace(
            one, rows=tuple(row for row in one.rows if _chooses(str(row["question"])) is not bool(given.read))
        )
        for one in ours
    ]
    print(
        " | ".join(
            ["poids", "moyenne", *(f"{one.name} ({len(one.rows)}) hit@5 / recall@10" for one in halves)]
        )
    )
    lines = [(_found(workspace, embedding, weights, halves), weights) for weights in tried]
    for found, weights in sorted(lines, key=lambda line: -_mean(line[0])):
        print(
            " | ".join(
                [
                    _said(weights),
                    f"{_mean(found):.4f}",
                    *(f"{hit:.3f} / {recall:.3f}" for hit, recall in found),
                ]
            ),
            flush=True,
        )
    workspace.close()


class Remembering:
    """An embedding that computes each query once."""

    def __init__(self, embedding: EmbeddingModel) -> None:
        self._embedding = embedding
        self._known: dict[str, Vectors] = {}
        self.dimension, self.identity, self.max_tokens = (
            embedding.dimension,
            embedding.identity,
            embedding.max_tokens,
        )

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """``(n_texts, dimension) float32``, unit rows."""
        for text in texts:
            if text not in self._known:
                self._known[text] = self._embedding.embed_queries([text])
        return np.concatenate([self._known[text] for text in texts])

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """``(n_texts, dimension) float32``, unit rows."""
        return self._embedding.embed_passages(texts)


def _answers(path: Path) -> tuple[question_sets.Row, ...]:
    rows = []
    for row in question_sets.read(path):
        gold = [{"work": one["text"], "num": one["article"]} for one in row["gold"] if one["text"] == "CCP"]
        if gold:
            rows.append(
                {"id": row["id"], "question": row["question"], "as_of": row.get("as_of"), "relevant": gold}
            )
    return tuple(rows)


def _chooses(question: str) -> bool:
    """Whether a question is of the half that chooses."""
    return hashlib.sha256(question.encode()).digest()[1] % 2 == 0


def _found(
    workspace: Workspace, embedding: EmbeddingModel, weights: Weights, halves: Sequence[Set]
) -> list[tuple[float, float]]:
    found = []
    for one in halves:
        searcher = Searcher(
            workspace.library, embedding, weights, asked=may_be_searched if one.held_out else None
        )
        measure = question_sets.measure_retrieval(one.rows, timed(searcher))
        found.append((measure.hit_5, measure.recall_10))
    return found


def _mean(found: Sequence[tuple[float, float]]) -> float:
    return sum(hit + recall for hit, recall in found) / (2 * len(found))


def _said(weights: Weights) -> str:
    usual = Weights()
    changed = [
        f"{one.name}={getattr(weights, one.name)}"
        for one in fields(weights)
        if getattr(weights, one.name) != getattr(usual, one.name)
    ]
    return ", ".join(changed) or "en vigueur"


if __name__ == "__main__":
    main()
