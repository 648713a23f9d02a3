"""Where no language model may do a task, nothing of its room and none of its engines is loaded, whatever is done; nor a server's client without a server."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.datatypes import Kind
from assistant.index import ingest
from assistant.index.library import Library
from tests.conftest import ROOT, write_rules
from tests.fakes import FakeEmbedding

OVER_AN_INDEX = {"search": ["search", "lots séparés"], "ask": ["ask", "Que dit l'article L2113-10 ?"]}
COMMANDS = {
    "help": ["--help"],
    "draft": ["draft", "chiffrement-donnees", "--contract", "objet=messagerie"],
    "check": ["check", "CCAP.txt"],
    "summarise": ["summarise", "CCAP.txt", "--out", "synthese"],
    "doctor": ["doctor"],
}
# The fake embedding stands for one that is installed and that no reader was trained on; no other model is there.
EMBEDDING = """
from assistant.workspace import Workspace
from tests.fakes import FakeEmbedding
Workspace.embedding = FakeEmbedding()
"""
COMMAND = """
import sys
from assistant.__main__ import main
done = 0
try:
    main()
except SystemExit as end:
    done = end.code
"""
PAGE = """
from fastapi.testclient import TestClient
from assistant.page import server
workspace = Workspace()
answer = TestClient(server.application(server.site_of(workspace)), base_url="http://localhost").get("/")
assert answer.status_code == 200, answer.text
assert workspace.answerer().answer("lots séparés").model is None
workspace.close()
done = 0
"""
SAID = """
import json, sys
unwanted = ("assistant.generation", "xllamacpp", "xgrammar", "transformers", "torch", "psycopg", "assistant.index.postgres")
print(json.dumps([done, sorted(name for name in sys.modules if name.startswith(unwanted))]), file=sys.stderr)
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sans-modele")
    library = Library(folder / "library")
    ingest.index_paths(
        library.store,
        FakeEmbedding(),
        [write_rules(folder / "regles.jsonl")],
        collection="essai",
        kind=Kind.RULE,
    )
    library.close()
    (folder / "settings.toml").write_text('embedding = "essai"\n', encoding="utf-8")
    (folder / "CCAP.txt").write_text(
        "CAHIER DES CLAUSES ADMINISTRATIVES PARTICULIÈRES\n\n1. Objet\nUne messagerie.\n", encoding="utf-8"
    )
    return folder


def loaded(home: Path, code: str, *arguments: str) -> list[str]:
    """What of a language model is loaded once ``code`` is done, which must not fail."""
    environment = os.environ | {
        "ASSISTANT_HOME": str(home),
        "ASSISTANT_MODELS": str(home / "models"),
        "PYTHONPATH": str(ROOT),
    }
    command = [sys.executable, "-c", code + SAID, *arguments]
    ran = subprocess.run(
        command, cwd=home, env=environment, capture_output=True, text=True, check=False, timeout=300
    )
    assert ran.returncode == 0, ran.stderr
    done, names = json.loads(ran.stderr.splitlines()[-1])
    assert done in ((0, 1) if "doctor" in arguments else (0,)), ran.stderr + ran.stdout
    return list(names)


@pytest.mark.parametrize("arguments", OVER_AN_INDEX.values(), ids=OVER_AN_INDEX.keys())
def test_no_search_nor_answer_loads_a_language_model(home: Path, arguments: list[str]) -> None:
    assert loaded(home, EMBEDDING + COMMAND, *arguments) == []


@pytest.mark.parametrize("arguments", COMMANDS.values(), ids=COMMANDS.keys())
def test_no_other_command_does(home: Path, arguments: list[str]) -> None:
    assert loaded(home, COMMAND, *arguments) == []


def test_the_page_loads_none_either_and_answers_without(home: Path) -> None:
    assert loaded(home, EMBEDDING + PAGE) == []


def test_the_list_would_show_what_is_loaded(home: Path) -> None:
    code = "from assistant.generation import prompts\ndone = 0\n"
    assert loaded(home, code) == ["assistant.generation", "assistant.generation.prompts"]
