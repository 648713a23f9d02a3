"""The catalogue keeps its promises, and measures stay where they belong."""

from pathlib import Path

import pytest

from assistant.datatypes import Task
from assistant.errors import ModelFileError
from assistant.models import catalogue
from assistant.models.catalogue import Measure
from assistant.settings import Settings

NAME = "qwen2.5-coder-1.5b-instruct"


def measure(task: Task, *, permitted: bool, score: float = 0.5) -> Measure:
    return Measure(task, permitted, score, 0.25, 34, "2026-11-25")


def test_the_default_models_are_there_and_come_from_pypi() -> None:
    defaults = Settings(Path("/nowhere"))
    for name in (defaults.embedding, defaults.language):
        entry = catalogue.model(name)
        assert entry.tried
        assert entry.pieces
        assert entry.files


def test_every_entry_says_where_it_comes_from_and_under_which_licence() -> None:
    names = [entry.name for entry in catalogue.models()]
    assert len(set(names)) == len(names)
    for entry in catalogue.models():
        assert entry.licence in {"MIT", "Apache-2.0"}
        assert entry.task in {"embedding", "language"}
        assert entry.format in {"sentence-transformers", "gguf", "transformers"}
        assert (entry.dimension > 0) == (entry.task == "embedding")
        assert entry.bytes < entry.memory_bytes
        assert entry.origin
        assert entry.country
        assert "/" in entry.hub
        assert entry.tried == bool(entry.pieces)


def test_the_pieces_of_the_language_model_add_up_to_it() -> None:
    entry = catalogue.model(NAME)
    assert len(entry.pieces) == 22
    assert sum(piece.bytes for piece in entry.pieces) == entry.files[0].bytes == 1_117_320_768
    assert entry.files[0].sha256 == "cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046"


@pytest.fixture(autouse=True)
def own_models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those of the machine are left alone."""
    monkeypatch.setenv("ASSISTANT_MODELS", str(tmp_path / "models"))


def test_a_model_that_was_not_measured_may_do_nothing(tmp_path: Path) -> None:
    for name in (*(entry.name for entry in catalogue.models()), "jamais-vu"):
        assert catalogue.permitted_tasks(Settings(tmp_path), name) == frozenset()


def test_the_site_s_measures_come_first_and_are_kept_task_by_task(tmp_path: Path) -> None:
    site = Settings(tmp_path)
    catalogue.record_measures(
        site, NAME, [measure(Task.SELECT, permitted=False), measure(Task.WORD, permitted=True)]
    )
    catalogue.record_measures(site, "autre-1.5", [measure(Task.ADAPT, permitted=True)])
    path = catalogue.record_measures(site, NAME, [measure(Task.SELECT, permitted=True, score=0.875)])
    assert path == tmp_path / "models" / "measured.toml"
    assert catalogue.permitted_tasks(site, NAME) == {Task.SELECT, Task.WORD}
    assert catalogue.permitted_tasks(site, "autre-1.5") == {Task.ADAPT}
    assert measure(Task.SELECT, permitted=True, score=0.875) in catalogue.measures(site, NAME)


@pytest.mark.parametrize(
    "content", ["pas du TOML", '["m".inconnue]\npermitted = true', '["m".select]\npermitted = true', "m = 3"]
)
def test_a_broken_file_of_measures_is_named(tmp_path: Path, content: str) -> None:
    path = tmp_path / "models" / "measured.toml"
    path.parent.mkdir()
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ModelFileError, match=r"measured\.toml est illisible"):
        catalogue.permitted_tasks(Settings(tmp_path), NAME)
