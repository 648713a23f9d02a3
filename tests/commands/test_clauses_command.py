"""``assistant clauses`` as a user runs it, where nothing is indexed: what it says, what it refuses, what it compares."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT


def run(home: Path, *arguments: str, code: int = 0) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"ASSISTANT_HOME": str(home), "GUARD_LOG": str(home / "network.log")}
    done = subprocess.run(
        [sys.executable, "-m", "tests.guard", "clauses", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == code, done.stderr + done.stdout
    assert "Traceback" not in done.stderr
    assert not (home / "network.log").exists()
    return done


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "Il manque le besoin."),
        (("audit", "--subject", "audits"), "Sujet inconnu : « audits »."),
        (("audit", "--piece", "bordereau"), "Pièce inconnue : « bordereau ». Pièces : RC, CCTP"),
        (("--compare", "reversibilite=4", "reversibilite"), "Il n'y a pas de niveau « 4 »."),
        (("--compare", "reversibilitee", "reversibilite"), "Vouliez-vous dire « reversibilite »"),
    ],
)
def test_what_cannot_be_asked_is_said(tmp_path: Path, arguments: tuple[str, ...], message: str) -> None:
    assert message in run(tmp_path, *arguments, code=2).stderr


def test_a_precedent_that_is_not_indexed_is_said(tmp_path: Path) -> None:
    assert (
        "Pas de précédent « 0123456789abcdef#24 »"
        in run(tmp_path, "--compare", "0123456789abcdef#24", "reversibilite", code=1).stderr
    )


def test_two_levels_are_compared_word_by_word(tmp_path: Path) -> None:
    compared = json.loads(run(tmp_path, "--compare", "audit-controle=3", "audit-controle=1", "--json").stdout)
    for side in ("before", "after"):
        pieces = [piece["text"] for row in compared["rows"] for piece in row[side]]
        assert (
            "".join(pieces).split() == compared[side]["text"].split()
            or " ".join(pieces).split() == compared[side]["text"].split()
        )
    assert any(piece["change"] == "retiré" for row in compared["rows"] for piece in row["before"])


def test_subjects_are_listed(tmp_path: Path) -> None:
    assert "reversibilite" in run(tmp_path, "--subjects").stdout.splitlines()
