"""New rules for the reader of clauses, its layers as they are: ``python -m training.last_layer --home HOME``.

The last layer alone learns, over what the layers below make of each extract: minutes where ``training.clauses`` takes an hour. The rows of the fault and
those of known rules stay as they are; a new rule has a row of its own, learned against the faults of the others.
"""

import argparse
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.reader.clauses import WHETHER, ClauseReader, as_read, load, write
from assistant.reader.network import Network, softmax
from assistant.review.rules import rules
from assistant.workspace import Workspace
from training import rule_words
from training.clauses import SEED, WITHOUT_PIECE, all_labelled
from training.clauses import faults as faults_of

# Rounds over all extracts, the pace of each, and how strongly the rows are held to nothing.
ROUNDS, RATE, HELD = 80, 1e-2, 3e-4
# So many faults of known rules are read beside all those of new ones.
OTHERS = 4_000

Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Lesson:
    """Faults as the layers below read them, ``pooled`` ``(n, width)``, and the place of the rule of each, ``rules`` ``(n,)``."""

    pooled: Vectors
    rules: NDArray[np.int64]


def main() -> None:
    """Reads the arguments, learns what the hands name and the reader does not know, writes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, required=True)
    workspace = Workspace(parser.parse_args().home)
    reader, every, chance = load(workspace.settings.embedding), list(all_labelled()), random.Random(SEED)
    faults = [labelled for labelled in every if labelled.rule]
    names = sorted({*reader.rules, *(fault.rule for fault in faults)})
    new = [name for name in names if name not in reader.rules]
    known = [fault for fault in faults if fault.rule not in new]
    chosen = [
        *(fault for fault in faults if fault.rule in new),
        *chance.sample(known, min(OTHERS, len(known))),
    ]
    texts = [as_read("" if chance.random() < WITHOUT_PIECE else fault.piece, fault.text) for fault in chosen]
    lesson = Lesson(
        reader.network.pooled(texts, workspace.embedding.token_vectors),
        np.array([names.index(fault.rule) for fault in chosen]),
    )
    hands = dict(Counter(fault.hand for fault in chosen))
    larger = learned(grown(reader, names), lesson, new)
    write(
        replace(larger, words=rule_words.learn(names, faults_of(every), rules())),
        {"extracts": len(chosen), "hands": hands, "new rules": new},
    )


def grown(reader: ClauseReader, names: Sequence[str]) -> ClauseReader:
    """The reader with a row of nothing for each rule of ``names`` that it does not know; it still names the others only."""
    place = {name: WHETHER + row for row, name in enumerate(reader.rules)}
    weight, bias = reader.network.weights["last.weight"], reader.network.weights["last.bias"]
    rows = [*range(WHETHER), *(place.get(name, -1) for name in names)]
    known = np.array([row >= 0 for row in rows])
    last = {
        "last.weight": np.where(known[:, None], weight[rows], 0).astype(np.float32),
        "last.bias": np.where(known, bias[rows], 0).astype(np.float32),
    }
    return replace(reader, rules=tuple(names), network=Network({**reader.network.weights, **last}))


def learned(reader: ClauseReader, lesson: Lesson, new: Sequence[str]) -> ClauseReader:
    """The reader with the rows of ``new`` rules learned from ``lesson`` by gradient (Adam); no other moves."""
    weight, bias = (reader.network.weights[f"last.{name}"].copy() for name in ("weight", "bias"))
    rows = [reader.rules.index(name) for name in new]
    scores = lesson.pooled @ weight[WHETHER:].T + bias[WHETHER:]
    # Rare rules weigh as others do.
    weights = 1 / np.sqrt(np.bincount(lesson.rules)[lesson.rules])
    weights = (weights / weights.sum())[:, None].astype(np.float32)
    given = np.column_stack([lesson.pooled, np.ones(len(lesson.pooled), np.float32)])
    last = np.zeros((len(new), given.shape[1]), np.float32)
    mean, square = np.zeros_like(last), np.zeros_like(last)
    for step in range(1, ROUNDS + 1):
        scores[:, rows] = given @ last.T
        shares = softmax(scores)
        shares[np.arange(len(shares)), lesson.rules] -= 1
        slope = (weights * shares)[:, rows].T @ given + HELD * last
        mean += 0.1 * (slope - mean)
        square += 0.001 * (slope**2 - square)
        pace = RATE * (1 - step / (ROUNDS + 1)) * np.sqrt(1 - 0.999**step) / (1 - 0.9**step)
        last -= pace * mean / (np.sqrt(square) + 1e-8)
    at = [WHETHER + row for row in rows]
    weight[at], bias[at] = last[:, :-1], last[:, -1]
    return replace(
        reader, network=Network({**reader.network.weights, "last.weight": weight, "last.bias": bias})
    )


if __name__ == "__main__":
    main()
