"""An adapter merged into an encoder's weights."""

from pathlib import Path

import numpy as np
import pytest

from assistant.errors import ModelFileError
from assistant.models import catalogue, installation
from assistant.models.adapter import merge, product
from assistant.models.conversion import WEIGHTS, write_safetensors
from assistant.protocols import silent

MATRIX = "encoder.layer.4.attention.self.query"


def adapter_file(path: Path, name: str = MATRIX) -> Path:
    from safetensors.numpy import save_file

    down, up = (
        np.array([[1.0, 0.0, 2.0], [0.0, 1.0, 0.0]], np.float32),
        np.array([[0.5, 0.0], [0.0, -1.0]], np.float32),
    )
    save_file({f"{name}.lora_A.weight": down, f"{name}.lora_B.weight": up}, path)
    return path


def test_each_named_matrix_gains_up_times_down_and_the_others_stay(tmp_path: Path) -> None:
    from safetensors.numpy import load_file

    other = np.arange(4, dtype=np.float32).reshape(2, 2)
    write_safetensors(
        tmp_path / WEIGHTS, {f"{MATRIX}.weight": np.ones((2, 3), np.float32), "embeddings.x": other}
    )
    merge(adapter_file(tmp_path / "adapter.safetensors"), tmp_path)
    merged = load_file(tmp_path / WEIGHTS)
    assert merged[f"{MATRIX}.weight"].tolist() == [[1.5, 1.0, 2.0], [1.0, 0.0, 1.0]]
    assert merged["embeddings.x"].tolist() == other.tolist()


def test_an_adapter_of_another_encoder_is_not_merged(tmp_path: Path) -> None:
    write_safetensors(tmp_path / WEIGHTS, {"embeddings.x": np.zeros((2, 2), np.float32)})
    with pytest.raises(KeyError):
        merge(adapter_file(tmp_path / "adapter.safetensors"), tmp_path)


def test_the_product_is_that_of_linear_algebra() -> None:
    drawn = np.random.default_rng(5)
    up, down = drawn.normal(size=(7, 16)).astype(np.float32), drawn.normal(size=(16, 5)).astype(np.float32)
    assert np.allclose(product(up, down), up @ down, atol=1e-5)


def test_the_shipped_adapter_is_the_one_that_the_catalogue_names() -> None:
    model = catalogue.model("e5-small-commande-publique")
    assert model.adapter_path is not None
    assert installation.manifest.sha256_of(model.adapter_path) == model.adapter_sha256
    assert model.adapter_path.stat().st_size <= 10 * 2**20


def test_an_adapter_that_was_changed_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    model = catalogue.model("e5-small-commande-publique")
    monkeypatch.setattr(catalogue, "CATALOGUE", tmp_path / "catalogue.toml")
    adapter_file(tmp_path / model.adapter)
    with pytest.raises(ModelFileError, match="n'est pas celui du catalogue"):
        installation.merge_adapter(model, tmp_path, silent)
