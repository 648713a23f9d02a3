"""The wheel works where there is no checkout: it carries the corpus, and what it needs of it is found."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the unpacked wheel."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--no-build-isolation",
        "--no-index",
        "--wheel-dir",
        str(folder),
        str(ROOT),
    ]
    subprocess.run(build, check=True)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as file:
        file.extractall(folder / "packages")
    return folder / "packages"


def run(installed: Path, *arguments: str) -> str:
    environment = os.environ | {
        "PYTHONPATH": str(installed),
        "ASSISTANT_HOME": str(installed.parent / "home"),
    }
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=installed.parent,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_corpus_that_is_used_is_the_one_of_the_wheel(installed: Path) -> None:
    assert run(installed, "-c", "from assistant.shipped import CORPUS; print(CORPUS)").strip() == str(
        installed / "assistant" / "corpus"
    )


def test_clauses_are_drafted_from_it(installed: Path) -> None:
    assert "reversibilite" in run(installed, "-m", "assistant", "draft", "--list")


@pytest.mark.models
def test_the_corpus_is_indexed_by_its_name(installed: Path) -> None:
    """With one sheet and neither agreement: the others differ in number only, and take twenty seconds."""
    corpus = installed / "assistant" / "corpus"
    for path in [
        *(corpus / "droit").glob("*.yaml"),
        *(corpus / "questions").glob("*/*.jsonl"),
        *(corpus / "accords-cadres").iterdir(),
    ]:
        if path.stem != "exclusion-cloud-act":
            path.unlink()
    run(installed, "-m", "assistant", "index", "corpus")
    assert "Interdit" in run(
        installed,
        "-m",
        "assistant",
        "ask",
        "Peut-on exclure un fournisseur américain parce qu'il est soumis au Cloud Act ?",
    )
