"""The delivery that installs without a network refuses what it should, in words; its making and its installing are tried by ``make bundle`` itself."""

import hashlib
import subprocess
from pathlib import Path

import pytest

from tests.conftest import ROOT


@pytest.fixture
def delivery(tmp_path: Path) -> Path:
    """A delivery of one file."""
    folder = tmp_path / "livraison"
    folder.mkdir()
    (folder / "installer").write_bytes((ROOT / "packaging" / "installer").read_bytes())
    (folder / "installer").chmod(0o755)
    (folder / "LICENSE").write_text("EUPL", encoding="utf-8")
    (folder / "SHA256SUMS").write_text(
        f"{hashlib.sha256(b'EUPL').hexdigest()}  ./LICENSE\n", encoding="utf-8"
    )
    return folder


def install(delivery: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([delivery / "installer", *arguments], capture_output=True, text=True, check=False)


def test_a_delivery_with_a_damaged_file_installs_nothing(delivery: Path, tmp_path: Path) -> None:
    (delivery / "LICENSE").write_text("EUPI", encoding="utf-8")
    done = install(delivery, tmp_path / "ici")
    assert done.returncode != 0
    assert "recopiez-la" in done.stderr
    assert not (tmp_path / "ici").exists()


def test_an_installation_is_not_written_over(delivery: Path, tmp_path: Path) -> None:
    (tmp_path / "ici" / ".venv").mkdir(parents=True)
    done = install(delivery, tmp_path / "ici")
    assert done.returncode != 0
    assert "contient déjà une installation" in done.stderr


def test_the_folder_is_asked_for(delivery: Path) -> None:
    assert "Donnez le dossier" in install(delivery).stderr


def test_the_lock_pins_everything_that_is_asked_for() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    pinned = {
        line.partition("==")[0]
        for line in lock.splitlines()
        if "==" in line and not line.startswith((" ", "#"))
    }
    wanted = subprocess.run(
        [ROOT / "packaging" / "wanted", "modele", "dask", "serveur", "dev", "train"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    names = {
        line.split(">")[0].split("=")[0].split("<")[0].split("[")[0].strip().lower()
        for line in wanted.splitlines()
    }
    assert len(names) > 40
    assert names <= pinned
    assert lock.count("--hash=sha256:") > len(pinned)
