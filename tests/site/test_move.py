"""``assistant move`` there and back with everything that a home holds, files that people dropped too: killed five times each way, it ends equal."""

import os
import signal
import subprocess
import sys
from contextlib import closing
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from assistant.drafting.kept import Content, KeptDrafts, Writer
from assistant.errors import LibraryError
from assistant.index import ingest, moving
from assistant.index.database import Database
from assistant.index.embedded import SqliteDatabase
from assistant.index.library import Library
from assistant.index.opened import database
from assistant.private import collection_of
from assistant.reading.formats import Format
from assistant.settings import load
from assistant.site import dropped
from assistant.site.conversations import Conversation, Conversations, Turn
from assistant.site.journal import Action, Journal
from assistant.site.keys import Keys
from assistant.site.late_file import LateFile
from assistant.site.rights import Role
from assistant.site.uploads import Uploads
from assistant.site.users import User, Users
from assistant.sourcing.kept import KeptDependencies
from assistant.sourcing.kept_needs import KeptNeeds
from assistant.sourcing.needs import Line, Origin
from tests.conftest import ROOT
from tests.fakes import FakeEmbedding
from tests.postgres import Server, server
from tests.site.samples import answer

__all__ = ["server"]  # a fixture
CLAIRE = User("claire", Role.DRAFTER)
# The command in a process that kills itself, as kill -9 does, when so much was told of its progress, or when it comes to the store of that name.
COMMAND = """
import os, signal, sys
from contextlib import contextmanager
from assistant.commands import moving
from assistant.index import moving as index
from assistant.site.late_file import LateFile
from assistant.__main__ import cli
index._TABLES = tuple(index._Table(one.name, one.key, one.columns, 4) for one in index._TABLES)
after, told = sys.argv.pop(1), 0
def count(_):
    global told
    told += 1
    if after == str(told):
        os.kill(os.getpid(), signal.SIGKILL)
@contextmanager
def progress():
    yield count
moving.progress_bar = progress
take = LateFile.take
def taken(self, rows):
    if after == self.file:
        os.kill(os.getpid(), signal.SIGKILL)
    return take(self, rows)
LateFile.take = taken
cli()
"""
KILLED = ("3", "10", "12", "18", "projets.sqlite")


def filled(home: Path) -> Path:
    """A home in which something lies of each kind."""
    home.mkdir()
    uploads = Uploads(home, 10**6, 20, lambda _path, _name: Format.TEXT)
    kept = [
        uploads.receive(
            owner,
            f"bail n° {number}.txt",
            BytesIO(f"Article 1 - Objet\n\nLe bail {owner} {number}.\n".encode()),
        )
        for owner in ("claire", "paul")
        for number in range(3)
    ]
    os.utime(kept[0].path, (1_700_000_000, 1_700_000_000))
    common = home / dropped.COMMON / "marchés" / "jeton" / "CCAP.txt"
    batch = home / "page" / "syntheses" / "abc" / "20260101-120000-abcdef" / "entree" / "RC.txt"
    begun = home / "page" / "syntheses" / "abc" / ".20260101-120000-abcdef" / "entree" / "RC.txt"
    elsewhere = home.parent / "ailleurs" / "note.txt"
    for path in (common, batch, begun, elsewhere):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"Article 1 - Objet\n\nLe marché de {path.name}, en été.\n", encoding="utf-8")
    (home / "feedback.jsonl").write_text('{"id": "1"}\n', encoding="utf-8")
    with closing(Library(load(home).library)) as library, library.writing():
        for owner in ("claire", "paul"):
            own = [one.path for one in uploads.held(owner)]
            ingest.index_paths(library.store, FakeEmbedding(), own, collection=collection_of(owner))
        ingest.index_paths(library.store, FakeEmbedding(), [common, elsewhere], collection="marchés")
    Users(home).add("claire", Role.DRAFTER, None)
    Keys(home).create("essai", collections=("marchés",))
    for number in range(3):
        Journal(home).record("claire", Action.ASK, question=f"Question {number} ?", answer=answer())
    with closing(Conversations(home)) as conversations, closing(KeptDrafts(home)) as drafts:
        conversations.add("claire", Conversation.empty(), Turn("Où est l'œuvre ?", answer()))
        made = drafts.create(CLAIRE, "Visio", Content(("kit",), {"objet": "100 %"}), Writer("a", 1))
        drafts.keep_version(CLAIRE, made.id, "avant")
    with closing(KeptNeeds(home)) as needs:
        line = Line("Ville", "paie", "Paie", Origin.REGISTER, 3, None, None, None, None)
        needs.add("a.csv", Origin.REGISTER, [line], owner="claire")
    return home


def moved(home: Path, to: str, *files: str, killed: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", COMMAND, killed, "--home", str(home), "move", "--to", to, *files]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def rows(base: Database, before: Path, now: Path) -> dict[str, tuple[int, bytes]]:
    """Every table of the index, number of rows and digest, with the paths that lay under ``before`` as they are ``now``."""
    return {
        table.name: moving._digest(table, base, lambda path: dropped.path_there(before, now, path))
        for table in moving._TABLES
    }


def people(home: Path, shared: Any) -> list[object]:
    """What people left, whole."""
    makes = (Conversations, KeptDrafts, KeptDependencies, KeptNeeds)
    said: list[object] = [
        Users(home, shared).all(),
        Keys(home, shared).all(),
        Journal(home, shared=shared).verify(),
    ]
    for make in makes:
        with closing(make(home, shared=shared)) as kept:
            assert isinstance(kept, LateFile)
            # Words to search are made anew on each side, and needs are numbered on a server.
            said.append(
                {
                    name: sorted(map(repr, whole[1]))
                    for name, whole in kept.everything().items()
                    if name not in ("words", "line") and whole[1]
                }
            )
    return said


def lying(folder: Path) -> dict[str, tuple[bytes, int]]:
    """What lies in a folder of what people drop: bytes, and the second of each file's date."""
    return {
        str(path.relative_to(folder)): (path.read_bytes(), int(path.stat().st_mtime))
        for what in dropped._WHAT
        for path in (folder / what).rglob("*")
        if (folder / what).is_dir() and path.is_file()
    } | {what: ((folder / what).read_bytes(), 0) for what in dropped._WHAT if (folder / what).is_file()}


def test_everything_moves_there_and_back_killed_five_times_each_way_and_is_equal(
    server: Server, tmp_path: Path
) -> None:
    home, shared, back = filled(tmp_path / "maison"), tmp_path / "partage", tmp_path / "retour"
    address = server.base()
    for after in KILLED:
        done = moved(home, address, "--files", str(shared), killed=after)
        assert done.returncode == -signal.SIGKILL, (after, done.stderr)
    done = moved(home, address, "--files", str(shared))
    assert done.returncode == 0, done.stderr
    assert "uploads : 6 fichiers, conformes" in done.stderr
    left = {name: what for name, what in lying(home).items() if "/." not in name}
    assert lying(shared) == left
    assert len(left) == 9
    with (
        closing(SqliteDatabase(load(home).library / "library.sqlite")) as was,
        closing(database(address)) as there,
    ):
        assert rows(was, home, shared) == rows(there, shared, shared)
        paths = {row[0] for row in there.rows("SELECT path FROM origin")}
        assert all(Path(path).is_file() for path in paths)
        assert {path for path in paths if not path.startswith(f"{shared}/")} == {
            str(tmp_path / "ailleurs" / "note.txt")
        }
        assert people(home, None) == people(tmp_path / "rien", there)
    uploads = Uploads(shared, 10**6, 20, lambda _path, _name: Format.TEXT)
    assert {str(one.path) for owner in ("claire", "paul") for one in uploads.held(owner)} < paths
    assert uploads.held("claire")[0].received.year == 2023  # what it was received is kept: a purge goes by it
    # And back, from a replica.
    replica = tmp_path / "replique"
    replica.mkdir()
    (replica / "settings.toml").write_text(f'store = "{address}"\nfiles = "{shared}"\n', encoding="utf-8")
    (replica / "settings.toml").chmod(0o600)
    for after in KILLED:
        done = moved(replica, str(back), killed=after)
        assert done.returncode == -signal.SIGKILL, (after, done.stderr)
    done = moved(replica, str(back))
    assert done.returncode == 0, done.stderr
    assert lying(back) == left
    with (
        closing(SqliteDatabase(load(home).library / "library.sqlite")) as was,
        closing(SqliteDatabase(load(back).library / "library.sqlite")) as now,
    ):
        assert rows(was, home, back) == rows(now, back, back)
    assert people(home, None) == people(back, None)
    assert moved(replica, str(back)).returncode == 0  # once more: it is all there


def test_a_file_that_is_another_there_is_left_as_it_is_and_said(tmp_path: Path) -> None:
    home, there = filled(tmp_path / "maison"), tmp_path / "partage"
    dropped.carry(home, there)
    (there / "feedback.jsonl").write_text("autre", encoding="utf-8")
    with pytest.raises(LibraryError, match=r"feedback\.jsonl"):
        dropped.carry(home, there)
    assert (there / "feedback.jsonl").read_text(encoding="utf-8") == "autre"
    assert dropped.carry(home, home) == {
        "uploads": 6,
        "documents": 1,
        "page/syntheses": 1,
        "feedback.jsonl": 1,
    }
    assert dropped.path_there(home, there, f"{home}/uploads-autres/x") == f"{home}/uploads-autres/x"
