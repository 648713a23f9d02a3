"""The learned interaction of questions and sentences (``assistant.documents.interaction``).

From questions, what they were compared with, and what answers them.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.numpy import save_file
from torch import nn

from assistant.documents.interaction import MOST_TOKENS, LateInteraction
from training import network

SEED = 20261129
# More rounds learn the hands by heart.
RANK, EPOCHS, BATCH, RATE, DECAY, DROPOUT = 96, 3, 12, 1e-3, 1e-2, 0.1
# The temperature at first, as a logarithm, and its rate, that of the other signs too.
SCALE, SIGNS_RATE = 3.0, 1e-2

Tokens = NDArray[np.float16]


@dataclass(frozen=True, slots=True)
class Example:
    """A question's token vectors, ``(tokens, dimension)``; those of the sentences compared with it; their other signs, ``(n, signs)``; which of them answer."""

    asked: Tokens
    sentences: Sequence[Tokens]
    signs: NDArray[np.float64]
    right: NDArray[np.bool_]


class _Interaction(nn.Module):
    """What is learned, beside the weights of the other signs, which are left out afterwards. See ``LateInteraction``, which does the same arithmetic."""

    def __init__(self, dimension: int, signs: int) -> None:
        super().__init__()
        self.question = nn.Linear(dimension, RANK, bias=False)
        self.sentence = nn.Linear(dimension, RANK, bias=False)
        self.sentence.weight.data = self.question.weight.data.clone()
        self.weight = nn.Linear(dimension, 1)
        self.scale, self.signs = nn.Parameter(torch.tensor(SCALE)), nn.Linear(signs, 1)
        self.drop = nn.Dropout(DROPOUT)

    def forward(
        self,
        asked: torch.Tensor,
        of_asked: torch.Tensor,
        said: torch.Tensor,
        of_said: torch.Tensor,
        signs: torch.Tensor,
    ) -> torch.Tensor:
        """Scores ``(questions, n)`` of questions ``(questions, tokens, dimension)`` and the sentences of each ``(questions, n, tokens, dimension)``.

        ``of_asked`` and ``of_said`` are 1 where there is a token, 0 in what only fills up.
        """
        words = nn.functional.normalize(self.question(self.drop(asked)), dim=-1)
        others = nn.functional.normalize(self.sentence(self.drop(said)), dim=-1)
        likeness = torch.einsum("qwr,qnsr->qnws", words, others)
        nearest = likeness.masked_fill(of_said[:, :, None, :] == 0, -1.0).amax(-1)
        counts = nn.functional.softplus(self.weight(asked)).squeeze(-1) * of_asked
        shares = counts / counts.sum(1, keepdim=True)
        scores: torch.Tensor = self.scale.exp() * torch.einsum("qnw,qw->qn", nearest, shares)
        return scores + self.signs(signs).squeeze(-1)


def learn(examples: Sequence[Example]) -> LateInteraction:
    """Learns from the questions that a sentence answers; the others teach nothing."""
    torch.manual_seed(SEED)
    drawn = random.Random(SEED)
    told = [one for one in examples if one.right.any()]
    learning = _Interaction(told[0].asked.shape[1], told[0].signs.shape[1])
    quick = [learning.scale, *learning.signs.parameters()]
    slow = [
        value
        for part in (learning.question, learning.sentence, learning.weight)
        for value in part.parameters()
    ]
    optimiser = torch.optim.AdamW(
        [{"params": slow, "lr": RATE, "weight_decay": DECAY}, {"params": quick, "lr": SIGNS_RATE}]
    )
    steps = EPOCHS * -(-len(told) // BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: max(0.02, 1 - step / steps))
    for _ in range(EPOCHS):
        drawn.shuffle(told)
        for start in range(0, len(told), BATCH):
            loss = _loss(learning, told[start : start + BATCH])
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
    return LateInteraction(
        learning.question.weight.detach().numpy().T.copy(),
        learning.sentence.weight.detach().numpy().T.copy(),
        learning.weight.weight.detach().numpy()[0].copy(),
        learning.weight.bias.item(),
    )


def _loss(learning: _Interaction, batch: Sequence[Example]) -> torch.Tensor:
    signs, outside, wrong = padded([one.signs for one in batch], [one.right for one in batch])
    asked, of_asked = network.padded([_cut(one.asked) for one in batch])
    said, of_said = _by_question([one.sentences for one in batch], signs.shape[1])
    return loss_of(learning(asked, of_asked, said, of_said, signs), outside, wrong)


def _by_question(sentences: Sequence[Sequence[Tokens]], most: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Token vectors of the sentences of several questions as one, ``(questions, most, tokens, dimension)``, and 1 where there is one."""
    flat, there = network.padded([_cut(one) for own in sentences for one in own])
    questions = [place for place, own in enumerate(sentences) for _ in own]
    numbers = [number for own in sentences for number in range(len(own))]
    whole, of_whole = (torch.zeros(len(sentences), most, *part.shape[1:]) for part in (flat, there))
    whole[questions, numbers], of_whole[questions, numbers] = flat, there
    return whole, of_whole


def _cut(tokens: Tokens) -> Tokens:
    return tokens[:MOST_TOKENS]


def padded(
    tables: Sequence[NDArray[np.floating]], right: Sequence[NDArray[np.bool_]]
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Tables ``(n, columns)`` of several questions as one, ``(questions, most, columns)``; where it holds nothing, and where what it holds does not answer."""
    most = max(map(len, tables))
    whole = torch.zeros(len(tables), most, tables[0].shape[1])
    outside, wrong = (
        torch.ones(len(tables), most, dtype=torch.bool),
        torch.ones(len(tables), most, dtype=torch.bool),
    )
    for place, (table, answers) in enumerate(zip(tables, right, strict=True)):
        whole[place, : len(table)] = torch.from_numpy(table.astype(np.float32))
        outside[place, : len(table)] = False
        wrong[place, : len(table)] = torch.from_numpy(~answers)
    return whole, outside, wrong


def loss_of(scores: torch.Tensor, outside: torch.Tensor, wrong: torch.Tensor) -> torch.Tensor:
    """How little of a softmax over each question's scores, ``(questions, most)``, goes to what answers it."""
    shares = scores.masked_fill(outside, -torch.inf).log_softmax(-1)
    return -torch.logsumexp(shares.masked_fill(wrong, -torch.inf), -1).mean()


def write(learned: LateInteraction, path: Path) -> None:
    """Into the file that the assistant reads, in half precision."""
    save_file(
        {
            **{
                name: np.ascontiguousarray(getattr(learned, name).astype(np.float16))
                for name in ("question", "sentence", "weight")
            },
            "shift": np.array([learned.shift], np.float32),
        },
        path,
    )
