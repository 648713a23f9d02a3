"""The delivery that installs without a network refuses what it should, in words; its making and its installing are tried by ``make bundle`` itself."""

import hashlib
import re
import shlex
import subprocess
from pathlib import Path

import pytest

from assistant.__main__ import cli
from assistant.page.deposits import MAX_ARCHIVE_BYTES
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


def started(unit: Path, instance: str) -> tuple[str, dict[str, object]]:
    """The command that a unit of systemd starts, and its options; one that the program does not know raises."""
    (line,) = re.findall(
        r"^ExecStart=\S+/bin/assistant (.+)$", unit.read_text(encoding="utf-8"), re.MULTILINE
    )
    name, *options = shlex.split(line.replace("%i", instance))
    return name, cli.commands[name].make_context(name, options).params


def test_the_services_are_held_by_units_and_nginx_leads_to_each() -> None:
    units = {path.name: started(path, "7900") for path in (ROOT / "packaging" / "systemd").iterdir()}
    assert {
        unit: (name, bool(options.get("on_http")), options["host"], options["port"])
        for unit, (name, options) in units.items()
    } == {
        "assistant.service": ("serve", False, "127.0.0.1", 7860),
        "assistant@.service": ("serve", False, "127.0.0.1", 7900),
        "assistant-mcp.service": ("mcp", True, "127.0.0.1", 7861),
        "assistant-mcp@.service": ("mcp", True, "127.0.0.1", 7900),
    }
    for name in ("assistant.conf", "assistant-plusieurs.conf"):
        said = (ROOT / "packaging" / "nginx" / name).read_text(encoding="utf-8")
        upstreams = {
            one: set(re.findall(r"server [\d.]+:(\d+)", servers))
            for one, servers in re.findall(r"upstream (\w+) \{(.+?)\n\}", said, re.DOTALL)
        }
        led = {
            place: upstreams.get(to, {to.rpartition(":")[2]})
            for place, to in re.findall(
                r"location (?:= )?(\S+) \{.*?proxy_pass http://([^;]+);", said, re.DOTALL
            )
        }
        assert led == {"/": {"7860"}, "/mcp": {"7861"}}


@pytest.mark.parametrize("name", ["assistant.conf", "assistant-plusieurs.conf"])
def test_what_stands_before_the_page_lets_the_largest_archive_through(name: str) -> None:
    """It refused beyond 200 MB what the page takes up to 2 GB, in nginx's own words."""
    said = (ROOT / "packaging" / "nginx" / name).read_text(encoding="utf-8")
    largest = re.search(r"client_max_body_size (\d+)g;", said)
    assert largest is not None
    assert int(largest[1]) * 1024**3 == MAX_ARCHIVE_BYTES
