"""``--evidence`` as a user runs it, and its verifier as a stranger does."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from assistant import settings
from assistant.__main__ import cli
from assistant.errors import UsageError
from tests.conftest import ROOT, write_rules


def run(home: Path, *arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, ["--home", str(home), *map(str, arguments)])


def verified(path: Path, *arguments: str) -> str:
    """What the verifier of the ZIP itself says of it."""
    with zipfile.ZipFile(path) as archive:
        script = Path(archive.extract("verifier.py", path.parent / "verificateur"))
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(script), str(path), *arguments],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout


def fingerprint_told(done: Result) -> str:
    return next(
        line for line in done.stderr.splitlines() if line.startswith("Empreinte du dossier")
    ).rpartition(" ")[2]


@pytest.mark.usefixtures("without_models")
def test_a_review_gives_its_evidence(tmp_path: Path) -> None:
    draft, out = tmp_path / "CCAP.md", tmp_path / "preuve.zip"
    draft.write_text(
        "# CCAP\n\n## Article 4. Paiement\n\nLe délai de paiement est de 90 jours.\n", encoding="utf-8"
    )
    done = run(tmp_path / "home", "check", draft, "--json", "--as-of", "2026-11-25", "--evidence", out)
    assert done.exit_code == 0
    (finding,) = json.loads(done.stdout)
    assert f"({finding['rule']}), caractères {finding['start']} à {finding['end']}" in verified(
        out, "--empreinte", fingerprint_told(done)
    )
    with zipfile.ZipFile(out) as archive:
        assert "Le modèle n'est pas installé" in archive.read("controle.html").decode()


@pytest.mark.usefixtures("without_models")
def test_a_draft_gives_its_evidence_beside_its_file(tmp_path: Path) -> None:
    out, file = tmp_path / "preuve.zip", tmp_path / "projet.md"
    done = run(
        tmp_path / "home",
        "draft",
        "reversibilite",
        "--set",
        "duree_transition_mois=6",
        "--out",
        file,
        "--evidence",
        out,
    )
    assert done.exit_code == 0
    assert "conforme : citation 1 (CCAP, Article 1" in verified(out, "--empreinte", fingerprint_told(done))
    manifest = json.loads(zipfile.ZipFile(out).read("preuve.json"))
    assert manifest["demande"] == [["Clauses et kits", "reversibilite"], ["Champ duree_transition_mois", "6"]]
    assert file.exists()


@pytest.mark.usefixtures("without_models")
@pytest.mark.parametrize(
    "command",
    [("check", "CCAP.md"), ("draft", "reversibilite"), ("ask", "Que dit L2113-10 ?")],
    ids=lambda command: command[0],
)
def test_a_name_that_is_no_zip_is_refused_before_anything(command: tuple[str, ...], tmp_path: Path) -> None:
    done = run(tmp_path / "home", *command, "--evidence", tmp_path / "preuve.pdf")
    assert isinstance(done.exception, UsageError)
    assert "finit par .zip" in done.exception.hint
    assert not (tmp_path / "preuve.pdf").exists()


@pytest.mark.models
def test_answers_give_their_evidence_with_the_real_models(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "models").symlink_to(settings.load().models)
    sheets = [
        ROOT / "corpus" / "droit" / f"{name}.yaml"
        for name in ("exclusion-cloud-act", "localisation-des-moyens-ue")
    ]
    contract = ROOT / "corpus" / "accords-cadres" / "accord-cadre-fictif-hebergement-cloud.docx"
    environment = os.environ | {"ASSISTANT_HOME": str(home)}
    command = [
        sys.executable,
        "-m",
        "assistant",
        "index",
        *map(str, (write_rules(tmp_path / "regles.jsonl"), *sheets, contract)),
    ]
    subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)
    questions = (
        "Peut-on exclure un fournisseur américain parce qu'il est soumis au Cloud Act ?",
        "Que dit l'article L2113-10 ?",
        "Que prévoit notre contrat sur la réversibilité ?",
    )
    for number, question in enumerate(questions):
        out = tmp_path / f"{number}.zip"
        done = run(home, "ask", question, "--evidence", out)
        assert done.exit_code == 0, done.output
        assert "conforme : citation 1 " in verified(out, "--empreinte", fingerprint_told(done))
    refused = run(home, "ask", "Que dit l'article L9999-1 ?", "--evidence", tmp_path / "rien.zip")
    assert refused.exit_code == 3
    assert "LE DOSSIER EST CONFORME : 0 citation(s)" in verified(tmp_path / "rien.zip")


@pytest.mark.usefixtures("without_models")
def test_a_batch_has_no_evidence(tmp_path: Path) -> None:
    done = run(
        tmp_path / "home",
        "ask",
        "--batch",
        tmp_path / "q.jsonl",
        "--out",
        tmp_path / "r.jsonl",
        "--evidence",
        tmp_path / "p.zip",
    )
    assert isinstance(done.exception, UsageError)
    assert "--batch et --evidence" in done.exception.message
