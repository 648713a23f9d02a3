"""What tells whether a question is about documents or about the law, learned again: ``python -m training.scope --home HOME``.

From the questions about documents of ``corpus/synthese`` and a part of the questions of law of each hand of ``corpus/questions/fiches``, those that must be
refused among them. It writes ``assistant/documents/scope.safetensors`` and prints what is told of hands left out.
"""

import argparse
import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.numpy import save_file
from torch import Tensor, nn

from assistant.documents.scope import FILE, Scope
from assistant.shipped import CORPUS
from assistant.workspace import Workspace

SYNTHESIS, LAW = CORPUS / "synthese", CORPUS / "questions" / "fiches"
OUT = Path(__file__).parents[1] / "assistant" / "documents" / FILE
DOCUMENT, MANY, OF_LAW = range(len(Scope._fields))
_SCOPES = {"document": DOCUMENT, "portefeuille": MANY, "droit": OF_LAW}
_LISTS = ("liste", "portefeuille")
# Questions of each hand of law: some have written thousands, and the kinds are to be of like number.
OF_EACH_HAND = 250
# What a question of each kind weighs: there are fewer lists, and more of law.
WEIGHTS = (1.5, 2.0, 0.5)
STEPS, RATE, DECAY, SCALE = 150, 0.02, 3e-4, 4.0
FOLDS = 4

Asked = tuple[str, str, int]
"""The hand, the question, what it is asked of."""


def main() -> None:
    """Reads the arguments, learns, measures hands left out, writes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, required=True)
    workspace = Workspace(parser.parse_args().home)
    asked = [*_of_documents(), *_of_law(random.Random(0))]
    vectors = workspace.embedding.embed_queries([text for _, text, _ in asked])
    kinds = np.array([kind for _, _, kind in asked])
    hands = np.array([hand for hand, _, _ in asked])
    _measure(vectors, kinds, hands)
    weight, bias = _layer(vectors, kinds)
    save_file({"weight": weight, "bias": bias}, OUT)
    print(f"écrit : {OUT} ({len(asked)} questions)")


def _of_documents() -> Iterator[Asked]:
    for folder in ("demandes", "questions", "listes"):
        for path in sorted((SYNTHESIS / folder).glob("*.jsonl")):
            for row in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
                told = row.get("portee") or (
                    "portefeuille" if folder == "listes" or row.get("kind") in _LISTS else "document"
                )
                yield f"{folder} {path.stem}", row["question"], _SCOPES[told]


def _of_law(drawn: random.Random) -> Iterator[Asked]:
    for path in sorted(LAW.glob("*.jsonl")):
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        for row in drawn.sample(rows, min(len(rows), OF_EACH_HAND)):
            yield f"fiches {path.stem}", row["question"], OF_LAW


def _layer(
    vectors: NDArray[np.float32], kinds: NDArray[np.int64]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """``(kinds, dimension)`` and ``(kinds,)``."""
    torch.manual_seed(0)
    layer = nn.Linear(vectors.shape[1], len(WEIGHTS))
    optimiser = torch.optim.Adam(layer.parameters(), lr=RATE, weight_decay=DECAY)
    given, wanted, weights = torch.from_numpy(vectors * SCALE), torch.from_numpy(kinds), torch.tensor(WEIGHTS)
    for _ in range(STEPS):
        optimiser.zero_grad()
        nn.functional.cross_entropy(layer(given), wanted, weight=weights).backward()
        optimiser.step()
    return _numbers(layer.weight) * np.float32(SCALE), _numbers(layer.bias)


def _numbers(parameter: Tensor) -> NDArray[np.float32]:
    found: NDArray[np.float32] = parameter.detach().numpy().astype(np.float32)
    return found


def _measure(vectors: NDArray[np.float32], kinds: NDArray[np.int64], hands: NDArray[np.str_]) -> None:
    """Prints, of hands left out in turn, how many questions about documents are told from questions of law."""
    names = sorted(set(hands.tolist()))
    random.Random(0).shuffle(names)
    right: Sequence[list[bool]] = ([], [])
    for part in range(FOLDS):
        held = np.isin(hands, names[part::FOLDS])
        weight, bias = _layer(vectors[~held], kinds[~held])
        of_law = (vectors[held] @ weight.T + bias).argmax(axis=1) == OF_LAW
        for told, kind in zip(of_law, kinds[held], strict=True):
            right[int(kind == OF_LAW)].append(bool(told) == bool(kind == OF_LAW))
    print(
        f"mains laissées de côté : documents {np.mean(right[0]):.3f} de {len(right[0])}, droit {np.mean(right[1]):.3f} de {len(right[1])}"
    )


if __name__ == "__main__":
    main()
