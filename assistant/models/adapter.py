"""An adapter (LoRA, Hu et al., 2021, arXiv:2106.09685) merged into the weights of an encoder: every machine gets the same bytes."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.models.conversion import WEIGHTS, write_safetensors

DOWN, UP = ".lora_A.weight", ".lora_B.weight"


def merge(adapter: Path, folder: Path) -> None:
    """Adds ``up @ down`` to each matrix that the adapter names, in the ``model.safetensors`` of ``folder``.

    Raises:
        KeyError: the adapter was made for another encoder.
    """
    from safetensors.numpy import load_file

    learned = load_file(adapter)
    weights = {name: values.astype(np.float32) for name, values in load_file(folder / WEIGHTS).items()}
    for name, down in learned.items():
        if name.endswith(DOWN):
            matrix = name.removesuffix(DOWN)
            weights[f"{matrix}.weight"] += product(learned[f"{matrix}{UP}"], down)
    write_safetensors(folder / WEIGHTS, weights)


def product(up: NDArray[np.floating], down: NDArray[np.floating]) -> NDArray[np.float32]:
    """``(outputs, rank)`` times ``(rank, inputs)``, one rank after the other.

    Not ``@``: a linear-algebra library adds in an order of its own on each processor, and the SHA-256 of the merged weights is in the catalogue.
    """
    total = np.zeros((up.shape[0], down.shape[1]), dtype=np.float32)
    for column, row in zip(up.astype(np.float32).T, down.astype(np.float32), strict=True):
        total += column[:, None] * row[None, :]
    return total
