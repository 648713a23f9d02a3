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
            questions, sentences, outside, wrong = _batch(told[start : start + BATCH])
            shares = turn(questions, sentences).masked_fill(outside, -torch.inf).log_softmax(-1)
            loss = -torch.logsumexp(shares.masked_fill(wrong, -torch.inf), -1).mean()
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
    return Likeness(*(values.detach().numpy().copy() for values in (turn.down, turn.up, turn.shift, turn.weight)))


def _batch(examples: Sequence[Example]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]:
    """Questions, sentences, where there is none, and where one does not answer."""
    most = max(len(sentences) for _, sentences, _ in examples)
    sentences = torch.zeros(len(examples), most, len(examples[0][0]))
    outside, wrong = torch.ones(len(examples), most, dtype=torch.bool), torch.ones(len(examples), most, dtype=torch.bool)
    for place, (_, held, right) in enumerate(examples):
        sentences[place, : len(held)] = torch.tensor(held)
        outside[place, : len(held)] = False
        wrong[place, : len(held)] = torch.tensor(~right)
    return torch.tensor(np.array([question for question, _, _ in examples])), sentences, outside, wrong


def write(likeness: Likeness, path: Path) -> None:
    """Into the file that the assistant reads, in half precision."""
    save_file({name: np.ascontiguousarray(getattr(likeness, name).astype(np.float16)) for name in ("down", "up", "shift", "weight")}, path)
