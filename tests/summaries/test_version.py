"""A result knows the sources of its rules: whatever turns bytes into a summary is hashed, and nothing has to be remembered."""

import pickle
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from assistant.summaries.batch import version
from assistant.workspace import _OverviewMaker, _Reviewer

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = ROOT / "assistant"


def loaded(*modules: str) -> set[Path]:
    """The sources of the program that these modules load."""
    code = f"import sys, {', '.join(modules)}; print('\\n'.join(m.__file__ for n, m in sys.modules.items() if n.startswith('assistant') and m.__file__))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True)
    return {Path(line).relative_to(PROGRAM) for line in done.stdout.split()} - {Path("__init__.py")}


def outside(sources: set[Path], *parts: str) -> set[Path]:
    return {source for source in sources if not any(source.is_relative_to(part) for part in parts)}


def test_every_source_that_makes_a_summary_is_part_of_its_version() -> None:
    assert (
        outside(loaded("assistant.summaries.batch.work", "assistant.reading.looks"), *version.RULES) == set()
    )


def test_every_source_that_makes_a_review_is_part_of_its_version() -> None:
    assert outside(loaded("assistant.review"), *version.RULES, *version.REVIEW) == set()


def test_every_source_that_makes_a_model_s_overview_is_part_of_its_version() -> None:
    assert outside(loaded("assistant.generation.overview"), *version.RULES, *version.OVERVIEW) == set()


def test_a_changed_source_or_table_is_another_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "lots.py").write_text("A = 1\n")
    (tmp_path / "rules" / "names.tsv").write_text("a\tb\n")
    monkeypatch.setattr(version, "_PROGRAM", tmp_path)
    seen = set()
    for name, text in (
        ("lots.py", "A = 1\n"),
        ("lots.py", "A = 2\n"),
        ("names.tsv", "a\tc\n"),
        ("new.py", ""),
        ("report.css", "p{}"),
    ):
        (tmp_path / "rules" / name).write_text(text)
        version.fingerprint.cache_clear()
        seen.add(version.fingerprint("rules"))
    version.fingerprint.cache_clear()
    assert len(seen) == 4  # a style sheet changes no result


def test_what_travels_to_a_worker_is_known_again_there(tmp_path: Path) -> None:
    """Otherwise each document would load the model anew: the copies of a partial are never equal."""
    for one in (_OverviewMaker(tmp_path, "qwen"), _Reviewer(Path("maison"), date(2026, 11, 25))):
        copy = pickle.loads(pickle.dumps(one))
        assert copy == one
        assert hash(copy) == hash(one)
