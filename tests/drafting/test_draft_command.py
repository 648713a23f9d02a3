"""``assistant draft`` as a user runs it: no model, no network."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from assistant import reading
from assistant.datatypes import Kind
from tests.conftest import ROOT
from tests.drafting.made_clauses import field, piece, write_clause, write_kit


@pytest.fixture
def home(tmp_path: Path) -> Path:
    own = tmp_path / "mes-clauses"
    own.mkdir()
    write_clause(
        own,
        "clause-maison",
        "1. Le titulaire remet la liste sous {{delai_maison}} jours.",
        fields=[field("delai_maison", unit="jours", label="Délai maison")],
    )
    write_clause(
        own,
        "autre-maison",
        "1. Fort.\n2. {{plage}}.",
        "1. Équilibré : {{plage}}.",
        "1. Minimal : {{plage}}.",
        fields=[field("plage", "choix", choices=["jour", "nuit"])],
        piece="CCAP",
    )
    write_kit(own, "kit-maison", [piece("CCTP", ("clause-maison", 2)), piece("CCAP", ("autre-maison", 1))])
    (tmp_path / "settings.toml").write_text('clauses = "mes-clauses"\n', encoding="utf-8")
    return tmp_path


def run(home: Path, *arguments: str | Path, code: int = 0) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"ASSISTANT_HOME": str(home), "GUARD_LOG": str(home / "network.log")}
    command = [sys.executable, "-m", "tests.guard", "draft", *map(str, arguments)]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == code, done.stderr + done.stdout
    assert "Traceback" not in done.stderr
    assert not (home / "network.log").exists()
    return done


def test_a_clause_is_shown_and_what_is_left_to_decide_is_said_apart(home: Path) -> None:
    done = run(home, "clause-maison")
    assert done.stdout.startswith("# Titre de clause-maison\n")
    assert "[À COMPLÉTER : Délai maison]" in done.stdout
    assert "--set delai_maison=…  Délai maison" in done.stderr


def test_values_and_levels_are_taken_and_the_notes_may_be_left_out(home: Path) -> None:
    done = run(
        home,
        "kit-maison",
        "--set",
        "delai_maison=8 jours",
        "--set",
        "plage=nuit",
        "--level",
        "autre-maison=3",
        "--articles-only",
    )
    assert "1. Le titulaire remet la liste sous 8 jours." in done.stdout
    assert "2. nuit." in done.stdout
    assert "Note de" not in done.stdout
    assert "1. Minimal : jour." in run(home, "kit-maison", "--level", "1", "--set", "plage=jour").stdout


@pytest.mark.parametrize("ending", [".odt", ".docx", ".md"])
def test_a_file_is_written_in_the_format_of_its_name(home: Path, ending: str) -> None:
    path = home / f"projet{ending}"
    done = run(home, "maison", "--set", "delai_maison=8", "--set", "plage=jour", "--out", path)
    assert done.stdout == ""
    assert f"Écrit : {path}" in done.stderr
    document = reading.read(path, kind=Kind.FRAMEWORK, collection="essai")
    assert "remet la liste sous 8 jours" in document.text
    assert "Cahier des clauses techniques particulières (CCTP)" in [
        heading.title for heading in document.headings
    ]


def test_json_is_one_value(home: Path) -> None:
    value = json.loads(run(home, "kit-maison", "--json").stdout)
    assert [part["piece"] for part in value["pieces"]] == ["CCTP", "CCAP"]
    assert value["missing"] == ["delai_maison", "plage"]
    assert value["justification"].startswith("## Besoin")


def test_the_form_and_the_list_are_shown(home: Path) -> None:
    form = run(home, "kit-maison", "--fields").stdout
    assert "delai_maison=à décider\n  Délai maison (entier, en jours)\n  Aide de delai_maison." in form
    assert "  Choix : jour · nuit" in form
    fields = json.loads(run(home, "clause-maison", "--fields", "--json").stdout)
    assert fields == [
        {
            "name": "delai_maison",
            "label": "Délai maison",
            "type": "entier",
            "unit": "jours",
            "default": None,
            "help": "Aide de delai_maison.",
            "choices": [],
        }
    ]
    listed = json.loads(run(home, "--list", "--json").stdout)
    assert {"clause-maison", "reversibilite"} <= {clause["id"] for clause in listed["clauses"]}
    assert "kit-maison" in {kit["id"] for kit in listed["kits"]}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["clause-mason"], "Vouliez-vous dire « clause-maison »"),
        ([], "Il manque la clause ou le kit"),
        (["clause-maison", "--set", "delai=3"], "Pas de champ « delai »"),
        (["clause-maison", "--set", "delai_maison"], "n'est pas de la forme champ=valeur"),
        (["clause-maison", "--set", "delai_maison=peu"], "attend un nombre entier"),
        (["clause-maison", "--level", "5"], "Il n'y a pas de niveau « 5 »"),
        (["clause-maison", "--out", "projet.pdf"], "ne dit pas un format connu"),
    ],
)
def test_what_is_not_understood_is_said_with_what_to_write(
    home: Path, arguments: list[str], said: str
) -> None:
    done = run(home, *arguments, code=2)
    assert said in done.stderr
    assert done.stdout == ""


def test_a_broken_clause_of_ones_own_is_named_in_the_list_and_the_rest_is_drafted(home: Path) -> None:
    (home / "mes-clauses" / "cassee.md").write_text(
        "---\nid: cassee\ntitle: Cassée\n---\n# Cassée\n", encoding="utf-8"
    )
    listed = run(home, "--list", code=1)
    assert "cassee.md" in listed.stderr
    assert "« subject » manque ou est vide" in listed.stderr
    assert "Titre de clause-maison" in run(home, "clause-maison").stdout
    assert "« subject » manque ou est vide" in run(home, "cassee", code=1).stderr


def test_without_a_model_that_earned_it_a_contract_changes_nothing_and_it_is_said(home: Path) -> None:
    done = run(home, "clause-maison", "--contract", "objet=messagerie")
    assert "n'a pas mérité la tâche" in done.stderr
    assert "1. Le titulaire remet la liste" in done.stdout


def test_without_a_model_that_earned_it_the_draft_is_as_written_and_says_so(home: Path) -> None:
    plain, described = (
        run(home, "clause-maison"),
        run(home, "clause-maison", "--contract", "objet=messagerie collaborative"),
    )
    assert described.stdout == plain.stdout
    assert "Les clauses sont données telles quelles" in described.stderr
    assert "Les clauses sont données telles quelles" not in plain.stderr
