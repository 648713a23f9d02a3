"""What tells that a solution answers a need, learned: ``python -m training.catalogues --home HOME --sill FILE``.

From the needs of ``training/sourcing/besoins-catalogues.tsv`` over the SILL and the three catalogues beside them, all together: the weights under which a right
entry comes first, then what makes a score of 0 to 1 of them. It prints how many needs have a right entry in the first five in each third of them under the
weights of the two others, with the embedding and without, and writes ``assistant/sourcing/catalogue_weights.json``.
"""

import argparse
import csv
import json
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from assistant.sourcing import catalogues
from assistant.sourcing.catalogues import SIGNS, Entry, Searcher
from assistant.workspace import Workspace

HERE = Path(__file__).with_name("sourcing")
FOLDS, FIRST = 3, 5
PENALTY, STEPS = 2e-3, 60
Signs = NDArray[np.float32]


def fitted(signs: Sequence[Signs], right: Sequence[NDArray[np.bool_]]) -> tuple[NDArray[np.float32], float]:
    """The weights under which right entries come first, scaled so that they are logarithms of odds, and what is added."""
    shown, good = torch.tensor(np.stack(signs)), torch.tensor(np.stack(right))
    weights = torch.zeros(shown.shape[2], requires_grad=True)
    _descend([weights], lambda: _ranked(shown @ weights, good) + PENALTY * (weights**2).sum())
    raw, wanted = shown @ weights.detach(), good.float()
    scale, bias = torch.ones(1, requires_grad=True), torch.zeros(1, requires_grad=True)
    _descend(
        [scale, bias],
        lambda: torch.nn.functional.binary_cross_entropy_with_logits(raw * scale + bias, wanted),
    )
    return (weights.detach() * scale.detach()).numpy(), float(bias.detach())


def _ranked(scores: torch.Tensor, good: torch.Tensor) -> torch.Tensor:
    """How unlikely it is that a right entry is drawn first, of each need: ``(needs, entries)`` both."""
    return (torch.logsumexp(scores, 1) - torch.logsumexp(scores.masked_fill(~good, -1e9), 1)).mean()


def _descend(parameters: list[torch.Tensor], loss_of: Callable[[], torch.Tensor]) -> None:
    optimizer = torch.optim.LBFGS(parameters, max_iter=STEPS)

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
    parser.add_argument("--show", action="store_true")
    given = parser.parse_args()
    workspace = Workspace(given.home)
    entries: list[Entry] = []
    for path in (given.sill, *sorted(HERE.glob("catalogue-*.csv"))):
        entries += workspace.dependencies.import_catalogue(
            "essai", path, path.name, title=path.stem, published_by="essai", licence="essai"
        ).entries
    with (HERE / "besoins-catalogues.tsv").open(encoding="utf-8") as file:
        needs = list(csv.DictReader(file, delimiter="\t"))
    # A need whose right solutions none of these catalogues has teaches nothing.
    right = [np.array([entry.name in need["bonnes"].split("|") for entry in entries]) for need in needs]
    needs, right = (
        [one for one, own in zip(needs, right, strict=True) if own.any()],
        [own for own in right if own.any()],
    )
    written = {}
    for name, embedding in (("sens", workspace.embedding), ("mots", None)):
        searcher = Searcher(entries, embedding)
        if embedding is not None:
            searcher.known = dict(
                zip(
                    (need["besoin"] for need in needs),
                    embedding.embed_queries([need["besoin"] for need in needs]),
                    strict=True,
                )
            )
        signs = [searcher.signs(need["besoin"]) for need in needs]
        found = 0
        for fold in range(FOLDS if given.folds else 0):
            kept = [at for at in range(len(needs)) if at % FOLDS != fold]
            weights, _ = fitted([signs[at] for at in kept], [right[at] for at in kept])
            for at in range(fold, len(needs), FOLDS):
                good = in_first(entries, signs[at] @ weights, right[at])
                found += good
                if given.show and not good:
                    best = np.argsort(-(signs[at] @ weights))[:FIRST]
                    print(
                        f"  {needs[at]['besoin']} : {[entries[row].name for row in best]}, et non {needs[at]['bonnes']}"
                    )
        if given.folds:
            print(f"{name} : {found}/{len(needs)} laissés de côté", flush=True)
        for sign in range(len(signs[0][0]) if given.show else 0):
            print(
                f"   {SIGNS[sign]} seul : {sum(in_first(entries, one[:, sign], own) for one, own in zip(signs, right, strict=True))}"
            )
        weights, bias = fitted(signs, right)
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
