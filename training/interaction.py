"""The learned likeness of questions and sentences (``assistant.documents.likeness``), from questions, what they were compared with, and what answers them."""

import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.numpy import save_file
from torch import nn

from assistant.documents.likeness import Likeness

SEED = 20261128
RANK, EPOCHS, BATCH, RATE, DECAY, DROPOUT = 64, 4, 16, 2e-3, 1e-2, 0.2
# The temperature at first, as a logarithm: cosines lie close together.
SCALE = 3.5

Vectors = NDArray[np.float32]
# A question's vector, ``(dimension,)``; those of the sentences compared with it, ``(n, dimension)``; which of them answer.
Example = tuple[Vectors, Vectors, NDArray[np.bool_]]


class _Turn(nn.Module):
    """What is learned. See ``Likeness``, which does the same arithmetic."""

    def __init__(self, dimension: int) -> None:
        super().__init__()
        self.down = nn.Parameter(torch.randn(dimension, RANK) * 0.05)
        self.up = nn.Parameter(torch.zeros(RANK, dimension))
        self.shift, self.weight = nn.Parameter(torch.zeros(dimension)), nn.Parameter(torch.ones(dimension))
        self.scale, self.drop = nn.Parameter(torch.tensor(SCALE)), nn.Dropout(DROPOUT)

    def forward(self, questions: torch.Tensor, sentences: torch.Tensor) -> torch.Tensor:
        """Scores ``(questions, n)`` of questions ``(questions, dimension)`` and the sentences of each ``(questions, n, dimension)``."""
        questions = self.drop(questions)
        turned = nn.functional.normalize(questions + (questions @ self.down) @ self.up + self.shift, dim=-1)
        weighed = nn.functional.normalize(sentences * self.weight, dim=-1)
        scores: torch.Tensor = torch.einsum("qnd,qd->qn", weighed, turned) * self.scale.exp()
        return scores


def learn(examples: Sequence[Example]) -> Likeness:
    """Learns from the questions that a sentence answers; the others teach nothing."""
    torch.manual_seed(SEED)
    drawn = random.Random(SEED)
    told = [one for one in examples if one[2].any()]
    turn = _Turn(len(told[0][0]))
    optimiser = torch.optim.AdamW(turn.parameters(), lr=RATE, weight_decay=DECAY)
    steps = EPOCHS * -(-len(told) // BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: max(0.02, 1 - step / steps))
    for _ in range(EPOCHS):
        drawn.shuffle(told)
        for start in range(0, len(told), BATCH):
            questions, sentences, right = zip(*told[start : start + BATCH], strict=True)
            whole, outside, wrong = padded(sentences, right)
            loss = loss_of(turn(torch.tensor(np.array(questions)), whole), outside, wrong)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
    return Likeness(
        *(values.detach().numpy().copy() for values in (turn.down, turn.up, turn.shift, turn.weight))
    )


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


def write(likeness: Likeness, path: Path) -> None:
    """Into the file that the assistant reads, in half precision."""
    save_file(
        {
            name: np.ascontiguousarray(getattr(likeness, name).astype(np.float16))
            for name in ("down", "up", "shift", "weight")
        },
        path,
    )
