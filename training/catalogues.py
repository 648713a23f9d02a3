"""What tells that a solution answers a need, learned: ``python -m training.catalogues --home HOME --sill FILE``.

From the needs of each house of ``training/sourcing/maisons`` over the SILL and its own catalogues: the weights under which a right entry comes first, then what
makes a score of 0 to 1 of them. With ``--folds`` it prints how many needs of each house have a right entry in the first five under the weights of the others,
with the embedding and without. It writes ``assistant/sourcing/catalogue_weights.json``.
"""

import argparse
import csv
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from assistant.sourcing import catalogues
from assistant.sourcing.catalogues import SIGNS, Entry, Searcher
from assistant.workspace import Workspace

HOUSES = Path(__file__).with_name("sourcing") / "maisons"
NEEDS = "besoins.tsv"
FIRST = 5
PENALTY, STEPS = 2e-3, 60
# A right entry is named by what its catalogue calls it, or by so long a part of what it is for.
LONG = 25
Signs = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class House:
    """The entries of a house, its needs, and which entries answer each: ``(entries,)`` of each need."""

    name: str
    entries: tuple[Entry, ...]
    needs: tuple[str, ...]
    right: tuple[NDArray[np.bool_], ...]

    def signs(self, workspace: Workspace, *, meaning: bool) -> list[Signs]:
        """What is seen of each need and each entry, ``(entries, signs)`` of each need."""
        embedding = workspace.embedding if meaning else None
        searcher = Searcher(self.entries, embedding)
        found = []
        vectors = (
            embedding.embed_queries(list(self.needs)) if embedding is not None else [None] * len(self.needs)
        )
        for need, vector in zip(self.needs, vectors, strict=True):
            searcher.known = {} if vector is None else {need: vector}
            found.append(searcher.signs(need))
        return found


def house(folder: Path, sill: Path, workspace: Workspace) -> House:
    """What a folder holds: its needs, its catalogues, and the SILL. A need whose right entries none of them has is left out: it teaches nothing."""
    entries: list[Entry] = []
    for path in (sill, *sorted(folder.glob("*.csv"))):
        entries += workspace.dependencies.import_catalogue(
            "essai", path, path.name, title=path.stem, published_by="essai", licence="essai"
        ).entries
    with (folder / NEEDS).open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    right = [np.array([_is_named(entry, row["bonnes"].split("|")) for entry in entries]) for row in rows]
    kept = [at for at, own in enumerate(right) if own.any()]
    return House(
        folder.name, tuple(entries), tuple(rows[at]["besoin"] for at in kept), tuple(right[at] for at in kept)
    )


def _is_named(entry: Entry, names: Sequence[str]) -> bool:
    return any(
        name in (entry.name, entry.function) or (len(name) > LONG and name in entry.function)
        for name in names
    )


def fitted(houses: Sequence[tuple[Sequence[Signs], Sequence[NDArray[np.bool_]]]]) -> tuple[Signs, float]:
    """The weights under which right entries come first, scaled so that they are logarithms of odds, and what is added."""
    shown = [(torch.tensor(np.stack(signs)), torch.tensor(np.stack(right))) for signs, right in houses]
    weights = torch.zeros(shown[0][0].shape[2], requires_grad=True)
    count = sum(len(good) for _, good in shown)

    def ranked() -> torch.Tensor:
        lost = torch.stack([_ranked(signs @ weights, good) for signs, good in shown]).sum()
        return lost / count + PENALTY * (weights**2).sum()

    _descend([weights], ranked)
    raw = torch.cat([(signs @ weights.detach()).flatten() for signs, _ in shown])
    wanted = torch.cat([good.float().flatten() for _, good in shown])
    scale, bias = torch.ones(1, requires_grad=True), torch.zeros(1, requires_grad=True)
    _descend(
        [scale, bias],
        lambda: torch.nn.functional.binary_cross_entropy_with_logits(raw * scale + bias, wanted),
    )
    return (weights.detach() * scale.detach()).numpy(), float(bias.detach())


def _ranked(scores: torch.Tensor, good: torch.Tensor) -> torch.Tensor:
    """How unlikely it is that a right entry is drawn first, of all needs together: ``(needs, entries)`` both."""
    return (torch.logsumexp(scores, 1) - torch.logsumexp(scores.masked_fill(~good, -1e9), 1)).sum()


def _descend(parameters: list[torch.Tensor], loss_of: Callable[[], torch.Tensor]) -> None:
    optimizer = torch.optim.LBFGS(parameters, max_iter=STEPS, line_search_fn="strong_wolfe")

    def closure() -> torch.Tensor:
        optimizer.zero_grad()
        loss = loss_of()
        loss.backward()  # type: ignore[no-untyped-call]
        return loss

    optimizer.step(closure)  # type: ignore[no-untyped-call]


def in_first(entries: Sequence[Entry], scores: NDArray[np.float32], right: NDArray[np.bool_]) -> bool:
    """Whether a right entry is among the first five, each name once."""
    seen: dict[str, bool] = {}
    for at in np.argsort(-scores, kind="stable"):
        seen[entries[at].name] = seen.get(entries[at].name, False) or bool(right[at])
        if len(seen) > FIRST:
            break
    return any(list(seen.values())[:FIRST])


def main() -> None:
    """Reads the arguments, prints the figures, writes the weights."""
    torch.set_num_threads(1)
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, default=None)
    parser.add_argument("--sill", type=Path, required=True)
    parser.add_argument("--folds", action="store_true", help="measure too")
    given = parser.parse_args()
    workspace = Workspace(given.home)
    houses = [house(folder, given.sill, workspace) for folder in sorted(HOUSES.iterdir())]
    written = {}
    for name, meaning in (("sens", True), ("mots", False)):
        seen = [(one.signs(workspace, meaning=meaning), one.right) for one in houses]
        for place, one in enumerate(houses) if given.folds else ():
            weights, _ = fitted([each for other, each in enumerate(seen) if other != place])
            found = sum(
                in_first(one.entries, signs @ weights, own) for signs, own in zip(*seen[place], strict=True)
            )
            print(f"{name}, maison {one.name} : {found}/{len(one.needs)} laissés de côté", flush=True)
        weights, bias = fitted(seen)
        written[name] = dict(zip(SIGNS, [round(float(one), 3) for one in weights], strict=False)) | {
            "rien": round(bias, 3)
        }
    (Path(catalogues.__file__).with_name("catalogue_weights.json")).write_text(
        json.dumps(written, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )
    print(json.dumps(written, ensure_ascii=False))
    workspace.close()


if __name__ == "__main__":
    main()
