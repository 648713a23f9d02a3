"""Where models are: once a machine, whatever the homes."""

from pathlib import Path

import pytest

from assistant.settings import Settings


def test_the_models_are_one_folder_for_all_homes_unless_a_home_has_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Twenty homes had twenty copies of them."""
    monkeypatch.delenv("ASSISTANT_MODELS", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    homes = [Settings(tmp_path / name) for name in ("un", "deux")]
    assert {one.models for one in homes} == {tmp_path / "cache" / "assistant-commande-publique" / "models"}
    earlier = tmp_path / "data" / "assistant-commande-publique" / "models"
    earlier.mkdir(parents=True)
    assert {one.models for one in homes} == {earlier}
    (tmp_path / "un" / "models").mkdir(parents=True)
    assert homes[0].models == tmp_path / "un" / "models"
    monkeypatch.setenv("ASSISTANT_MODELS", str(tmp_path / "partage"))
    assert {one.models for one in homes} == {tmp_path / "partage"}
