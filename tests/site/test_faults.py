"""What goes wrong with a disk or a file is said, with what to do; nothing that was kept is lost, and no traceback is shown."""

import errno
import os
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from assistant import sqlite_files
from assistant.datatypes import Check
from assistant.drafting.kept import Content, KeptDrafts, Writer
from assistant.errors import ExportError, LibraryError
from assistant.index import ingest
from assistant.index.library import Library
from assistant.index.store import Store
from assistant.site import private_files
from assistant.site.conversations import Conversation, Conversations, Turn
from assistant.site.journal import Action, Journal
from assistant.site.rights import Role
from assistant.site.users import User
from assistant.workspace import Workspace
from tests.failing_disk import FailingStatements
from tests.fakes import FakeEmbedding
from tests.site.samples import answer

TURN = Turn("Peut-on allotir ?", answer())


def filled(home: Path) -> Path:
    """A home with a document, a conversation and a line of the journal; the path of the index."""
    library, embedding = Library(home / "library"), FakeEmbedding()
    (home / "note.txt").write_text("Le pont-levis est maintenu par la commune.\n" * 400, encoding="utf-8")
    ingest.index_paths(library.store, embedding, [home / "note.txt"], collection="essai")
    library.synchronise_words()
    library.close()
    kept = Conversations(home)
    kept.add("claire", Conversation.empty(), TURN)
    drafts = KeptDrafts(home)
    drafts.create(User("claire", Role.DRAFTER), "Visio", Content(("kit-visioconference",)), Writer("a"))
    drafts.close()
    kept.close()
    Journal(home).record("claire", Action.ASK, question="Peut-on allotir ?")
    return home / "library" / "library.sqlite"


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (sqlite3.SQLITE_FULL, "Le disque est plein"),
        (sqlite3.SQLITE_READONLY, "lecture seule"),
        (sqlite3.SQLITE_CANTOPEN, "lecture seule"),
        (sqlite3.SQLITE_IOERR_WRITE, "le disque ne répond pas"),
        (sqlite3.SQLITE_CORRUPT, "est abîmé"),
        (sqlite3.SQLITE_NOTADB, "est abîmé"),
        (sqlite3.SQLITE_BUSY, "n'a pas pu être lu ou écrit"),
    ],
)
def test_each_fault_of_a_disk_has_its_words_and_what_to_do(code: int, said: str) -> None:
    error = sqlite3.OperationalError("disk")
    error.sqlite_errorcode = code
    message, hint = sqlite_files.said(error, "L'index", "Le reste est intact.", "Renommez-le.")
    assert said in message
    assert hint


@pytest.mark.parametrize("how", ["pages overwritten", "cut", "another file"])
def test_a_damaged_index_is_said_by_every_way_in_and_by_doctor(tmp_path: Path, how: str) -> None:
    path = filled(tmp_path)
    data = bytearray(path.read_bytes())
    if how == "pages overwritten":
        data[4096 : len(data) - 4096] = os.urandom(len(data) - 8192)
    path.write_bytes(
        {
            "pages overwritten": bytes(data),
            "cut": bytes(data[:5000]),
            "another file": b"Ceci n'est pas une base.\n" * 500,
        }[how]
    )
    for beside in path.parent.glob("library.sqlite-*"):
        beside.unlink()
    workspace = Workspace(tmp_path)
    with pytest.raises(LibraryError, match="abîmé"):
        _ = [
            workspace.sources(),
            workspace.library.store.counts(),
            workspace.show("x"),
            list(workspace.library.store.scan_questions()),
        ]
    found = {check.name: check for check in workspace.doctor()}
    assert (found["Index"].ok, "Renommez" in found["Index"].cure) == (False, True)
    assert found["Conversations"].ok


def test_doctor_says_what_cannot_even_be_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(tmp_path)
    (tmp_path / "conversations.sqlite").write_bytes(b"rien" * 2000)
    found = {check.name: check for check in Workspace(tmp_path).doctor()}
    assert (found["Conversations"].ok, "Renommez" in found["Conversations"].cure) == (False, True)
    assert found["Projets"].ok
    (tmp_path / "projets.sqlite").write_bytes(b"rien" * 2000)
    found = {check.name: check for check in Workspace(tmp_path).doctor()}
    assert (found["Projets"].ok, "Renommez" in found["Projets"].cure) == (False, True)

    def gone(*_: Any) -> tuple[Check, ...]:
        raise OSError(errno.EIO, "Input/output error", "/mnt/x")

    monkeypatch.setattr(Workspace, "_library_checks", gone)
    assert not {check.name: check.ok for check in Workspace(tmp_path).doctor()}["Index"]


def test_a_text_that_was_altered_in_the_index_is_noticed(tmp_path: Path) -> None:
    path = filled(tmp_path)
    store = Store(path)
    assert store.altered() == ()
    store.close()
    raw = sqlite3.connect(path)
    raw.execute("UPDATE document SET text = replace(text, 'la commune', 'personne')")
    raw.commit()
    raw.close()
    assert Store(path).altered() == ("note",)


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EIO])
def test_a_file_that_cannot_be_written_keeps_what_it_held_and_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    path = tmp_path / "users.toml"
    private_files.replace(path, b"avant")

    def refuse(*_: Any) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(ExportError):
        private_files.replace(path, b"apres")
    assert path.read_bytes() == b"avant"
    assert [one.name for one in tmp_path.iterdir()] == ["users.toml"]
    with pytest.raises(ExportError):
        Journal(tmp_path).record("claire", Action.ASK, question="Peut-on allotir ?")


def test_a_full_disk_at_every_write_of_the_index_loses_nothing_and_the_next_run_ends_as_an_undisturbed_one(
    tmp_path: Path,
) -> None:
    """SQLite's own way: the n-th write fails, for every n, until one run goes through."""
    embedding = FakeEmbedding()
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(f"Le texte {name} du marché.", encoding="utf-8")
    paths = [tmp_path / "a.txt", tmp_path / "b.txt"]

    def run(store: Store) -> None:
        ingest.index_paths(store, embedding, paths, collection="essai")

    whole = Store(tmp_path / "whole.sqlite")
    run(whole)
    failed = 0
    for at in range(1, 200):
        store = Store(tmp_path / f"{at}.sqlite")
        real = store.database._connection
        store.database._connection = FailingStatements(real, at)  # type: ignore[assignment]
        try:
            run(store)
            break
        except LibraryError:
            failed += 1
        store.database._connection = real
        assert store.check()
        run(store)
        assert (store.counts(), store.held()) == (whole.counts(), whole.held())
        store.close()
    assert failed > 5
