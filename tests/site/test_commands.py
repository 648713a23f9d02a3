import json
import os
import pty
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from assistant import settings
from assistant.drafting.kept import Content, KeptDrafts, Writer
from assistant.site.batches import Batches
from assistant.site.conversations import Conversation, Conversations, Turn
from assistant.site.feedback import Judgements
from assistant.site.gate import Gate
from assistant.site.journal import Action, Journal
from assistant.site.rights import Role
from assistant.site.users import User, Users
from tests.conftest import ROOT, write_rules
from tests.site.samples import answer

PASSWORD = "cheval agrafe pile correct"


class Home:
    def __init__(self, home: Path) -> None:
        self.home = home

    def run(self, *arguments: str | Path, code: int = 0, given: str = "") -> subprocess.CompletedProcess[str]:
        environment = os.environ | {"ASSISTANT_HOME": str(self.home)}
        command = [sys.executable, "-m", "assistant", *map(str, arguments)]
        done = subprocess.run(
            command,
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            input=given,
            check=False,
            timeout=300,
        )
        assert done.returncode == code, done.stderr + done.stdout
        assert "Traceback" not in done.stderr
        return done

    def json(self, *arguments: str | Path, code: int = 0) -> Any:
        return json.loads(self.run(*arguments, "--json", code=code).stdout)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "maison")


def test_accounts_are_made_changed_and_removed_and_each_change_is_in_the_journal(home: Home) -> None:
    assert (
        "Compte créé : claire.martin, rédacteur."
        in home.run("users", "add", "Claire.Martin", "--role", "rédacteur", given=PASSWORD + "\n").stdout
    )
    assert Gate(Users(home.home)).accepts("claire.martin", PASSWORD)
    home.run("users", "add", "agent@ville.fr", "--no-password")
    home.run("users", "role", "agent@ville.fr", "administrateur")
    home.run("users", "password", "claire.martin", given="un autre mot de passe\n")
    assert Gate(Users(home.home)).accepts("claire.martin", "un autre mot de passe")
    home.run("users", "disable", "claire.martin")
    home.run("users", "collection", "notes", "rédacteur", "administrateur")
    listed = home.json("users", "list")
    assert [(one["name"], one["role"], one["enabled"], one["password"]) for one in listed["users"]] == [
        ("agent@ville.fr", "administrateur", True, False),
        ("claire.martin", "rédacteur", False, True),
    ]
    assert listed["collections"] == {"notes": ["rédacteur", "administrateur"]}
    assert "argon2" not in json.dumps(listed)
    home.run("users", "enable", "claire.martin")
    home.run("users", "remove", "claire.martin")
    shown = home.json("journal", "show")
    assert [(one["detail"], one["about"]) for one in shown] == [
        ("compte créé, rédacteur", "claire.martin"),
        ("compte créé, lecteur", "agent@ville.fr"),
        ("rôle : administrateur", "agent@ville.fr"),
        ("mot de passe changé", "claire.martin"),
        ("compte désactivé", "claire.martin"),
        ("collection « notes » : rédacteur, administrateur", None),
        ("compte réactivé", "claire.martin"),
        ("compte retiré", "claire.martin"),
    ]
    assert PASSWORD not in json.dumps(shown)


def test_what_is_wrong_is_said_in_french_and_changes_nothing(home: Home) -> None:
    assert (
        "Il n'y a pas de rôle « chef »"
        in home.run("users", "add", "claire", "--role", "chef", given=PASSWORD, code=2).stderr
    )
    assert "il en faut 12" in home.run("users", "add", "claire", given="court\n", code=2).stderr
    assert (
        "n'est pas un nom de compte" in home.run("users", "add", "../claire", given=PASSWORD, code=2).stderr
    )
    assert "Il n'y a pas de compte « claire »" in home.run("users", "disable", "claire", code=2).stderr
    assert (
        "Option inconnue : --password"
        in home.run("users", "add", "claire", "--password", PASSWORD, code=2).stderr
    )
    assert "Aucun compte" in home.run("users", "list").stderr
    assert not home.home.exists() or not (home.home / "journal").exists()


def test_on_a_terminal_the_password_is_asked_twice_and_never_shown(home: Home) -> None:
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(ROOT)
        os.execve(
            sys.executable,
            [sys.executable, "-m", "assistant", "users", "add", "claire"],
            os.environ | {"ASSISTANT_HOME": str(home.home)},
        )
    shown = b""
    for prompt in (b"Mot de passe", b"Encore une fois"):
        while prompt not in shown:
            shown += os.read(terminal, 1024)
        os.write(terminal, PASSWORD.encode() + b"\n")
    try:
        while piece := os.read(terminal, 1024):
            shown += piece
    except OSError:
        pass  # the child has closed its end
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert PASSWORD.encode() not in shown
    assert Gate(Users(home.home)).accepts("claire", PASSWORD)


def test_the_journal_is_verified_shown_and_exported(home: Home, tmp_path: Path) -> None:
    journal = Journal(home.home)
    journal.record("claire", Action.ASK, question='=HYPERLINK("http://x") ; Peut-on ?', answer=answer())
    journal.record("paul", Action.SEARCH, question="allotissement")
    head = home.json("journal", "verify")["head"]
    assert (
        "✓ 2 lignes qui se suivent. Fin : " + head in home.run("journal", "verify", "--expect", head).stdout
    )
    assert "n'est pas dans la chaîne" in home.run("journal", "verify", "--expect", "0" * 64, code=1).stderr
    assert "Peut-on ?  → possible_sous_conditions" in home.run("journal", "show", "--user", "claire").stdout
    out = tmp_path / "journal.csv"
    home.run("journal", "export", "--out", out)
    lines = out.read_text(encoding="utf-8").splitlines()
    assert len(lines) == 3
    assert "'=HYPERLINK" in lines[1]
    assert ";CCP L2112-4;" in lines[1]
    home.run("journal", "export", "--out", tmp_path / "journal.jsonl", "--user", "paul")
    (row,) = (
        json.loads(line) for line in (tmp_path / "journal.jsonl").read_text(encoding="utf-8").splitlines()
    )
    assert (row["who"], row["action"], row["question"]) == ("paul", "recherche", "allotissement")
    assert ".jsonl ou .csv" in home.run("journal", "export", "--out", tmp_path / "journal.pdf", code=2).stderr
    path = next((home.home / "journal").glob("2*.jsonl"))
    path.write_bytes(path.read_bytes().replace(b"claire", b"pierre"))
    broken = home.run("journal", "verify", code=1)
    assert f"✗ Journal rompu : {path.name}, ligne 1 : " in broken.stdout
    assert home.json("journal", "verify", code=1)["fault"]["line"] == 1


def test_a_purge_asks_says_what_it_erased_and_leaves_a_journal_that_holds(home: Home) -> None:
    kept, drafts = Conversations(home.home), KeptDrafts(home.home)
    for who in ("claire", "paul"):
        drafts.create(User(who, Role.DRAFTER), "Visio", Content(("kit-visioconference",)), Writer("a"))
        kept.add(who, Conversation.empty(), Turn("Peut-on ?", answer()))
        Judgements(home.home).add(who, "Peut-on ?", answer())
        Journal(home.home).record(who, Action.ASK, question=f"question de {who}", answer=answer())
        Batches(home.home).begin(
            who, "DCE.zip", each=False, fill=lambda pieces: (pieces / "RC.txt").write_text("Règlement")
        )
    kept.close()
    drafts.close()
    assert "Il faut dire ce qui est à effacer" in home.run("purge", code=2).stderr
    assert "Rien n'a été effacé." in home.run("purge", "--user", "claire", given="n\n").stderr
    assert home.json("purge", "--user", "claire", "--yes") == {
        "conversations": 1,
        "drafts": 1,
        "reviews": 0,
        "registers": 0,
        "needs": 0,
        "judgements": 1,
        "uploads": 0,
        "batches": 1,
        "journal": 1,
    }
    assert "✓ 2 lignes qui se suivent, 1 effacées par une purge." in home.run("journal", "verify").stdout
    assert home.json("journal", "show")[0]["who"] == "paul"
    tomorrow = datetime.now(UTC).date().replace(year=datetime.now(UTC).year + 1, day=1).isoformat()
    assert home.json("purge", "--before", tomorrow, "--yes", "--keep-journal") == {
        "conversations": 1,
        "drafts": 1,
        "reviews": 0,
        "registers": 0,
        "needs": 0,
        "judgements": 1,
        "uploads": 0,
        "batches": 1,
        "journal": 0,
    }
    assert home.json("journal", "verify")["fault"] is None


@pytest.mark.models
def test_a_purge_takes_private_documents_out_of_the_index(home: Home) -> None:
    from assistant.site import uploads
    from assistant.workspace import Workspace

    home.home.mkdir()
    (home.home / "models").symlink_to(settings.load().models)
    workspace = Workspace(home.home)
    documents = uploads.of(workspace.settings, workspace.recognise)
    for owner in ("claire", "paul"):
        path = home.home / f"{owner}.md"
        path.write_text(
            f"# Note de {owner}\n\n## Délais\n\nLe délai de livraison est de trente jours pour {owner}.\n",
            encoding="utf-8",
        )
        one = documents.receive(owner, "note.md", path.open("rb"))
        workspace.index([one.path], collection=documents.collection(owner))
    assert {held.collections for held in workspace.sources()} == {("prive:claire",), ("prive:paul",)}
    assert home.json("purge", "--user", "claire", "--yes")["uploads"] == 1
    assert [held.collections for held in workspace.sources()] == [("prive:paul",)]
    assert [hit.source.collection for hit in workspace.search("délai de livraison")] == ["prive:paul"]
    workspace.close()


@pytest.mark.models
def test_a_question_is_added_measured_and_kept_or_put_back(home: Home) -> None:
    home.home.mkdir()
    (home.home / "models").symlink_to(settings.load().models)
    home.run("index", write_rules(home.home / "regles.jsonl"), "--collection", "regles")
    own = home.home / "questions" / "propres.jsonl"
    asked = [
        "questions",
        "add",
        "Les sauvegardes de la cantine peuvent-elles rester en Europe ?",
        "--work",
        "CCP",
        "--article",
        "L. 2112-4",
    ]
    refused = home.run(*asked, given="n\n")
    assert "recherche (163 questions)" in refused.stdout
    assert "hit_5" in refused.stdout
    assert "Retirée : rien n'a changé." in refused.stdout
    assert not own.exists()
    assert [one["title"] for one in home.json("sources")] == ["regles (2 textes)"]
    kept = home.json(*asked, "--yes")
    assert (kept["kept"], kept["file"]) == (True, str(own.resolve()))
    assert [effect["set"] for effect in kept["effects"]] == ["recherche", "reponses"]
    (line,) = own.read_text(encoding="utf-8").splitlines()
    assert json.loads(line) == {
        "question": "Les sauvegardes de la cantine peuvent-elles rester en Europe ?",
        "kind": "acheteur",
        "targets": [{"work": "CCP", "article": "L2112-4"}],
    }
    found = home.json("search", "Est-ce que les sauvegardes de la cantine peuvent rester en Europe ?")
    assert (found[0]["article"], "question" in found[0]["found_by"]) == ("L2112-4", True)
    again = home.run(
        "questions",
        "add",
        "les SAUVEGARDES de la cantine peuvent elles rester en europe",
        "--work",
        "CCP",
        "--article",
        "L2113-10",
        "--yes",
        code=2,
    )
    assert "déjà écrite ; elle mène à CCP L2112-4" in again.stderr
    aborted = home.run(
        "questions",
        "add",
        "Faut-il faire des lots pour le nettoyage des écoles ?",
        "--work",
        "CCP",
        "--article",
        "L2113-10",
        given="",
        code=1,
    )
    assert "Interrompu" in aborted.stderr
    assert len(own.read_text(encoding="utf-8").splitlines()) == 1
    shown = home.json("journal", "show")
    assert [(one["action"], one["question"]) for one in shown] == [
        ("ajout d'une question", "Les sauvegardes de la cantine peuvent-elles rester en Europe ?")
    ]
