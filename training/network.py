"""The reader's network, trained: the upper layers of the embedding and a last layer of its own, over token vectors that the lower layers made once.

Only the upper layers learn (`docs/decisions.md` has the figures): what the lower ones make of each question is computed once and kept.
"""

import random
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import AutoModel

from assistant.models.conversion import SHARED_LAYERS
from assistant.reader.cases import Label
from assistant.reader.network import Network
from training.written import Written

SEED = 20261127
BATCH, EPOCHS, WARM_UP = 64, 3, 100
RATE_LAYERS, RATE_LAST, DROPOUT = 2e-4, 3e-3, 0.1
# Learned attentions beside the mean of the tokens.
QUERIES = 4
# Longer texts are cut: none written is.
TOKENS = 256
# Batches are made of questions of like length, drawn from as many batches as this at a time.
POOL = 50
FAR = -1e4
# Where the processor multiplies in half precision by itself, layers do: two and a half times faster.
HALF = bool(torch.cpu.get_capabilities().get("avx512_bf16") or torch.cpu.get_capabilities().get("amx_bf16"))

Kept = NDArray[np.float16]  # (tokens, dimension) of one question


Tokens = Callable[[Sequence[str]], Sequence[NDArray[np.float32]]]
# Part of the loss that each head has beside that of the cases.
HEAD = 0.3
# Where fewer questions of a batch are known to a head, they count as a part of so many.
FEW_KNOWN = 8


@dataclass(frozen=True, slots=True)
class Beside:
    """What a head learns: of how many ``kinds``, the one of each question, ``(questions,)`` (-1: nothing is known), and how much it counts."""

    kinds: int
    wanted: NDArray[np.int64]
    weights: NDArray[np.float32]


class Lower:
    """The encoder's lower layers, frozen, and its tokens."""

    def __init__(self, folder: Path, tokens: int = TOKENS) -> None:
        self.encoder: Any = AutoModel.from_pretrained(
            folder,
            local_files_only=True,
            dtype=torch.float32,
            add_pooling_layer=False,
            attn_implementation="eager",  # the others are slower to learn here
        ).eval()
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(tokens)
        self._kept: dict[str, Kept] = {}

    def upper(self) -> nn.ModuleList:
        """A copy of the layers that the reader trains, with the tangent form of their activation (see ``assistant.reader.network``)."""
        return without_chance(self.encoder.encoder.layer[SHARED_LAYERS:])

    def token_vectors(self, texts: Sequence[str]) -> list[Kept]:
        """Those of each text, ``(tokens, dimension)``; each text is read once."""
        todo = [text for text in dict.fromkeys(texts) if text not in self._kept]
        ids = {
            text: encoding.ids
            for text, encoding in zip(
                todo, self._tokenizer.encode_batch([f"query: {text}" for text in todo]), strict=True
            )
        }
        todo.sort(key=lambda text: len(ids[text]))
        with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16, enabled=HALF):
            for start in range(0, len(todo), 2 * BATCH):
                group = todo[start : start + 2 * BATCH]
                longest = max(len(ids[text]) for text in group)
                given = torch.tensor([ids[text] + [0] * (longest - len(ids[text])) for text in group])
                mask = torch.tensor(
                    [[1.0] * len(ids[text]) + [0.0] * (longest - len(ids[text])) for text in group]
                )
                hidden = self.encoder.embeddings(input_ids=given)
                for layer in self.encoder.encoder.layer[:SHARED_LAYERS]:
                    hidden = output(layer(hidden, far(mask)))
                for row, text in enumerate(group):
                    self._kept[text] = hidden[row, : len(ids[text])].float().numpy().astype(np.float16)
        return [self._kept[text] for text in texts]


class Upper(nn.Module):
    """What is learned. See ``assistant.reader.network.Network``, which does the same arithmetic."""

    def __init__(self, layers: nn.ModuleList, classes: int, dimension: int) -> None:
        super().__init__()
        self.layers, self.norm, self.drop = layers, nn.LayerNorm(dimension, eps=1e-12), nn.Dropout(DROPOUT)
        self.queries = nn.Parameter(torch.randn(QUERIES, dimension) * 0.02)
        self.last = nn.Linear(dimension * (QUERIES + 1), classes)
        nn.init.zeros_(self.last.weight)
        nn.init.zeros_(self.last.bias)

    def forward(self, hidden: Tensor, mask: Tensor) -> Tensor:
        """Scores ``(texts, classes)`` of token vectors ``(texts, tokens, dimension)`` and their mask."""
        with torch.autocast("cpu", torch.bfloat16, enabled=HALF and self.training):
            for layer in self.layers:
                hidden = output(layer(hidden, far(mask)))
        hidden = self.norm(hidden.float())
        mean = (hidden * mask[:, :, None]).sum(1) / mask.sum(1, keepdim=True)
        attention = (
            (hidden @ self.queries.T).transpose(1, 2).masked_fill(mask[:, None, :] == 0, FAR).softmax(-1)
        )
        scores: Tensor = self.last(self.drop(torch.cat([mean, (attention @ hidden).flatten(1)], 1)))
        return scores

    def network(self) -> Network:
        """The weights, as the assistant reads them."""
        return Network(
            {name: values.detach().numpy().astype(np.float32) for name, values in self.state_dict().items()}
        )


def trained(
    lower: Lower,
    written: Sequence[Written],
    labels: Sequence[Label],
    epochs: int = EPOCHS,
    start: Network | None = None,
    beside: Sequence[Beside] = (),
) -> Upper:
    """Learns the case of each question, none being the class after ``labels``. A question that several cases answer counts for all of them together.

    The classes after that are those of ``beside``, one head after the other. It goes on from ``start``, at half the pace, where that is given.
    """
    place = {label: row for row, label in enumerate(labels)}
    wanted = [[place[label] for label in one.cases] or [len(labels)] for one in written]

    def loss(scores: Tensor, rows: Sequence[int]) -> Tensor:
        shares = scores[:, : len(labels) + 1].log_softmax(-1)
        right = torch.full_like(shares, -torch.inf)
        for row, one in enumerate(rows):
            right[row, wanted[one]] = 0.0
        total, first = -torch.logsumexp(shares + right, -1).mean(), len(labels) + 1
        for head in beside:
            total = total + HEAD * _of_head(scores[:, first : first + head.kinds], head, rows)
            first += head.kinds
        return total

    classes = len(labels) + 1 + sum(head.kinds for head in beside)
    return learned(lower, [one.text for one in written], classes, loss, epochs, start)


def _of_head(scores: Tensor, head: Beside, rows: Sequence[int]) -> Tensor:
    """The loss of one head over the questions of a batch whose kind is known."""
    wanted, weights = torch.from_numpy(head.wanted[rows]), torch.from_numpy(head.weights[rows])
    each = nn.functional.cross_entropy(scores, wanted, ignore_index=-1, reduction="none")
    return (each * weights).sum() / max(FEW_KNOWN, int((wanted >= 0).sum()))


def mean(one: Network, other: Network) -> Network:
    """The network whose every weight is the mean of those of two that were learned one from the other (Wortsman et al., 2022, arXiv:2203.05482)."""
    return Network(
        {
            name: ((values + other.weights[name]) / 2).astype(np.float32)
            for name, values in one.weights.items()
        }
    )


def learned(
    lower: Lower,
    texts: Sequence[str],
    classes: int,
    loss_of: Callable[[Tensor, Sequence[int]], Tensor],
    epochs: int,
    start: Network | None = None,
) -> Upper:
    """Learns by the loss of the scores of some texts, ``(rows, classes)``, given which texts they are.

    It goes on from ``start``, at half the pace, where that is given.
    """
    torch.manual_seed(SEED)
    drawn = random.Random(SEED)
    kept = lower.token_vectors(texts)
    upper = Upper(lower.upper(), classes, kept[0].shape[1])
    if start is not None:
        upper.load_state_dict(
            {name: torch.from_numpy(values.copy()) for name, values in start.weights.items()}
        )
    pace = 1.0 if start is None else 0.5
    others = [values for name, values in upper.named_parameters() if not name.startswith("layers.")]
    layers = {"params": upper.layers.parameters(), "lr": pace * RATE_LAYERS, "weight_decay": 0.01}
    optimiser = torch.optim.AdamW([layers, {"params": others, "lr": pace * RATE_LAST, "weight_decay": 0.0}])
    steps = epochs * -(-len(texts) // BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, (step + 1) / WARM_UP) * max(0.0, 1 - step / steps)
    )
    upper.train()
    for epoch in range(epochs):
        losses = (
            loss_of(upper(*padded([kept[row] for row in rows])), rows)
            for rows in _batches([len(one) for one in kept], drawn)
        )
        learn_round(
            losses, optimiser, schedule, upper.layers, f"{epoch + 1}/{epochs}", batches=steps // epochs
        )
    return upper.eval()


def learn_round(
    losses: Iterable[Tensor],
    optimiser: torch.optim.Optimizer,
    schedule: torch.optim.lr_scheduler.LRScheduler,
    clipped: nn.Module,
    name: str,
    batches: int,
) -> None:
    """One step for each loss, each made after the step before; prints how it goes.

    Args:
        losses: of some ``batches``.
        optimiser: what makes the steps, and
        schedule: their pace.
        clipped: what the gradient is kept short of.
        name: of the round.
        batches: so many are awaited.
    """
    begun, total, count = time.monotonic(), 0.0, 0
    for loss in losses:
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(clipped.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        total, count = total + loss.item(), count + 1
        if count % 100 == 0:
            print(
                f"    {count}/{batches} : perte {total / count:.3f}, {time.monotonic() - begun:.0f} s",
                flush=True,
            )
    print(f"  tour {name} : perte {total / count:.3f}, {time.monotonic() - begun:.0f} s", flush=True)


def _batches(lengths: Sequence[int], drawn: random.Random) -> Iterator[list[int]]:
    rows = list(range(len(lengths)))
    drawn.shuffle(rows)
    found: list[list[int]] = []
    for start in range(0, len(rows), POOL * BATCH):
        pool = sorted(rows[start : start + POOL * BATCH], key=lambda row: lengths[row])
        found += [pool[at : at + BATCH] for at in range(0, len(pool), BATCH)]
    drawn.shuffle(found)
    yield from found


def padded(kept: Sequence[Kept]) -> tuple[Tensor, Tensor]:
    """Token vectors of several texts as one tensor, ``(texts, tokens, dimension)``, and the mask of what is text."""
    longest = max(len(one) for one in kept)
    hidden, mask = torch.zeros(len(kept), longest, kept[0].shape[1]), torch.zeros(len(kept), longest)
    for row, one in enumerate(kept):
        hidden[row, : len(one)] = torch.from_numpy(one.astype(np.float32))
        mask[row, : len(one)] = 1
    return hidden, mask


def without_chance(layers: nn.ModuleList, *, hidden: bool = False) -> nn.ModuleList:
    """A copy of layers that drops nothing of their attention, nor of what is ``hidden``, with the tangent form of their activation."""
    copied = deepcopy(layers)
    for layer in copied:
        layer.intermediate.intermediate_act_fn = nn.GELU(approximate="tanh")
        layer.attention.self.dropout.p = 0.0  # drawn for each pair of tokens, it took as long as the layer
        if hidden:
            layer.attention.output.dropout.p = layer.output.dropout.p = 0.0
    return copied


def far(mask: Tensor) -> Tensor:
    """What attention is given so that it does not look at what the mask leaves out."""
    return torch.zeros_like(mask).masked_fill(mask == 0, FAR)[:, None, None, :]


def output(said: Any) -> Tensor:
    """What a layer of transformers gives, in its two ways of giving it."""
    result: Tensor = said[0] if isinstance(said, tuple) else said
    return result
