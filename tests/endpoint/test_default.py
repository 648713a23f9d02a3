"""Without the extra « serveur », everything but MCP works: nothing of it is asked for, nothing of it is loaded."""

import os
import subprocess
import sys
import tomllib
from pathlib import Path

from tests.conftest import ROOT

# The packages that the extra brings, and those of the tests, as if they were not there.
ABSENT = """
import sys
for name in ("mcp", "mcp_types", "openai", "jsonschema", "sse_starlette", "psycopg", "psycopg_binary"):
    sys.modules[name] = None
"""
PAGE = """
from fastapi.testclient import TestClient
from assistant.page import server
from assistant.site.keys import Keys
from assistant.workspace import Workspace
workspace = Workspace()
_, key = Keys(workspace.settings.home).create("essai", collections=("droit",))
page = TestClient(server.application(server.site_of(workspace)), base_url="http://localhost")
assert page.get("/").status_code == 200
assert page.get("/v1/models", headers={"Authorization": f"Bearer {key}"}).json() == {"object": "list", "data": []}
workspace.close()
"""
COMMANDS = """
from click.testing import CliRunner
from assistant.__main__ import cli
for arguments in (["--help"], ["keys", "list"], ["sources"], ["mcp", "--help"]):
    done = CliRunner().invoke(cli, arguments)
    assert done.exit_code == 0, done
said = CliRunner().invoke(cli, ["doctor"])
assert "Index : Vide." in said.output, said
said = CliRunner().invoke(cli, ["mcp"]).exception
assert "MCP n'est pas installé" in str(said), said
(Workspace().settings.home / "settings.toml").write_text('store = "postgresql://assistant@127.0.0.1/assistant"', encoding="utf-8")
said = CliRunner().invoke(cli, ["sources"]).exception
assert "dont le client (psycopg) n'est pas installé" in str(said), said
"""


def test_the_page_with_its_address_and_the_commands_need_none_of_it(tmp_path: Path) -> None:
    environment = os.environ | {"ASSISTANT_HOME": str(tmp_path), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", ABSENT + PAGE + COMMANDS],
        env=environment,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr


def test_no_command_but_mcp_loads_any_of_it(tmp_path: Path) -> None:
    loaded = "import sys, assistant.__main__\nprint(sorted(one for one in sys.modules if one.split('.')[0] in ('mcp', 'jsonschema', 'psycopg') or one.startswith('assistant.endpoint')))"
    done = subprocess.run(
        [sys.executable, "-c", loaded],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "[]"


def test_the_extra_is_no_part_of_the_default() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert [line.partition(">")[0] for line in project["optional-dependencies"]["serveur"]] == [
        "mcp",
        "psycopg[binary]",
    ]
    assert not any(
        line.startswith(("mcp", "openai", "jsonschema", "psycopg")) for line in project["dependencies"]
    )
