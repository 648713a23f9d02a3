"""A trained network as a file, and the card beside it that says from what it was learned, how well it reads, and the hash of its bytes."""

import hashlib
import json
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError, safe_open
from safetensors.numpy import save

from assistant.datatypes import Check
from assistant.errors import ModelFileError
from assistant.reader.network import Network, packed, unpacked
from assistant.shipped import INSTALLED

# The readers of the project, and some more where one is learned again.
_KEPT = 8


def cure(make: str, *folders: str) -> str:
    """What to do about a reader that is not sound: it comes with the program.

    Args:
        make: what learns it again.
        folders: what to take back from the checkout besides the readers.
    """
    if INSTALLED:
        return "pip install --force-reinstall assistant-commande-publique"
    return f"git checkout -- {' '.join(('assistant/reader', *folders))}, ou réapprenez-le : {make}"


def check(title: str, path: Path, load: Callable[[], str]) -> Check:
    """Whether a reader is sound, for ``assistant doctor``; ``load`` loads the one at ``path`` and says what it knows."""
    try:
        known = load()
    except ModelFileError as error:
        return Check(title, False, error.message, error.hint)
    return Check(
        title, True, f"{known}, {path.stat().st_size / 1e6:.1f} Mo, conforme à sa fiche.".replace(".", ",", 1)
    )


def load(path: Path, cure: str) -> tuple[dict[str, str], Network]:
    """What the file says of itself (``model``, ``labels`` …), and its network.

    Args:
        path: the weights; the card lies beside them (``.json``).
        cure: what to do about a file that is not sound, in French.

    Raises:
        ModelFileError: it is missing, cut, or is not the one of its card.
    """
    try:
        data = path.read_bytes()
        card = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        digest = hashlib.sha256(data).hexdigest()
        if digest != card["sha256"]:
            raise ModelFileError(
                f"Le lecteur {path.name} n'est pas celui que décrit sa fiche : il est coupé ou changé.", cure
            )
        return _sound(path, digest)
    except FileNotFoundError as error:
        raise ModelFileError(f"Le lecteur {path.name} manque.", cure) from error
    except (OSError, ValueError, KeyError, TypeError, SafetensorError) as error:
        raise ModelFileError(
            f"Le lecteur {path.name} est illisible ({type(error).__name__}).", cure
        ) from error


@lru_cache(_KEPT)
def _sound(path: Path, _digest: str) -> tuple[dict[str, str], Network]:
    """What a sound file holds: one copy in a process, whoever asks."""
    with safe_open(path, "numpy") as file:
        told = dict(file.metadata())
        return told, Network(unpacked({name: file.get_tensor(name) for name in file.keys()}))  # noqa: SIM118  # it is no dictionary


def hash_of(path: Path) -> str:
    """The hash that the card of some weights gives, without reading them; empty where there is none."""
    try:
        return str(json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))["sha256"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def load_learned_on(model: str, path: Path, cure: str, make: str) -> tuple[dict[str, str], Network]:
    """As ``load``; ModelFileError too where the reader was learned on another embedding than ``model``: ``make`` learns it again."""
    told, network = load(path, cure)
    if told["model"] != model:
        hint = f'Écrivez embedding = "{told["model"]}" dans settings.toml, ou réapprenez-le : {make}'
        raise ModelFileError(
            f"Le lecteur {path.name} a été appris sur {told['model']}, et non sur {model}.", hint
        )
    return told, network


def write(
    path: Path,
    network: Network,
    told: Mapping[str, str],
    card: Mapping[str, object],
    beside: Mapping[str, NDArray[np.generic]] | None = None,
) -> None:
    """Writes a network and what is kept ``beside`` it, matrices rounded to bytes, and its card with the hash of the weights."""
    data = save(packed({**network.weights, **(beside or {})}), dict(told))
    path.write_bytes(data)
    written = {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data), "model": told["model"], **card}
    path.with_suffix(".json").write_text(
        json.dumps(written, ensure_ascii=False, indent=2) + "\n", encoding="utf-8"
    )
