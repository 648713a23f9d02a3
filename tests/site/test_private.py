"""What the assistant keeps is its owner's alone, and what was purged is nowhere any more."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from assistant import settings
from assistant.index import ingest
from assistant.index.library import Library
from assistant.private import collection_of
from assistant.reading import folders
from assistant.site import private_files
from tests.conftest import ROOT
from tests.fakes import FakeEmbedding

SECRET = "xylolalie"


def modes(home: Path) -> dict[str, int]:
    return {
        path.relative_to(home).as_posix() or ".": path.stat().st_mode & 0o777
        for path in (home, *home.rglob("*"))
        if not path.is_symlink()
    }


@pytest.mark.models
def test_the_home_and_every_file_of_it_are_for_their_owner_only_whatever_the_umask(tmp_path: Path) -> None:
    """The index was readable by every account of the machine."""
    home = tmp_path / "home"
    home.mkdir(mode=0o755)
    (home / "models").symlink_to(settings.load().models)
    (tmp_path / "note.txt").write_text("Le pont-levis est maintenu.", encoding="utf-8")
    command = [sys.executable, "-m", "assistant", "--home", str(home)]
    for arguments in (
        ["index", str(tmp_path / "note.txt")],
        ["ask", "Qui maintient le pont-levis ?"],
        ["journal", "export", "--out", str(home / "journal.csv")],
    ):
        subprocess.run(
            [*command, *arguments],
            cwd=ROOT,
            preexec_fn=lambda: os.umask(0),
            check=False,
            capture_output=True,
            timeout=120,
        )
    found = modes(home)
    assert {"library/library.sqlite", "library/words"} <= found.keys()
    assert {name: oct(mode) for name, mode in found.items() if mode & 0o077} == {}


def test_a_home_of_somebody_else_is_left_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        raise PermissionError

    tmp_path.chmod(0o755)
    monkeypatch.setattr(Path, "chmod", refused)
    before = os.umask(0o022)
    private_files.keep_private(tmp_path)
    assert os.umask(before) == 0o077


def test_no_word_of_what_was_purged_stays_in_any_file(tmp_path: Path) -> None:
    library, embedding = Library(tmp_path / "library"), FakeEmbedding()
    for name, text in (
        ("secret.txt", f"Le marché de {SECRET} est confidentiel."),
        ("autre.txt", "Le marché de nettoyage est public."),
    ):
        (tmp_path / name).write_text(text, encoding="utf-8")
    ingest.index_paths(
        library.store, embedding, [tmp_path / "secret.txt", tmp_path / "autre.txt"], collection="depots"
    )
    library.synchronise_words()
    library.vectors(embedding.dimension)
    assert holding(tmp_path / "library") != []
    library.store.remove_origin(str(tmp_path / "secret.txt"), "depots")
    library.store.drop_unused_vectors()
    library.synchronise_words()
    library.forget_removed()
    assert holding(tmp_path / "library") == []
    assert library.words.search("nettoyage", 5) != []
    library.close()


def holding(folder: Path) -> list[str]:
    """Files in which the word stands, or its stem."""
    return [
        path.name for path in folder.rglob("*") if path.is_file() and SECRET[:7].encode() in path.read_bytes()
    ]


def test_links_out_of_a_folder_are_not_followed(tmp_path: Path) -> None:
    """A link to the file of the accounts was indexed, and read by whoever asked."""
    folder, outside = tmp_path / "dossier", tmp_path / "users.toml"
    (folder / "pieces").mkdir(parents=True)
    outside.write_text("[users]", encoding="utf-8")
    (folder / "a.txt").write_text("Une pièce.", encoding="utf-8")
    (folder / "lien.txt").symlink_to(outside)
    (folder / "monte").symlink_to(tmp_path)
    (folder / "pieces" / "ici.txt").symlink_to(folder / "a.txt")
    assert sorted(path.name for path in folders.walk(folder)) == ["a.txt", "ici.txt"]


def test_the_same_bytes_in_two_peoples_collections_are_two_documents_each_under_its_own_name(
    tmp_path: Path,
) -> None:
    """Who dropped a file that another had dropped read the name that the other had given it."""
    library, embedding = Library(tmp_path / "library"), FakeEmbedding()
    for owner, name in (("claire", "Offre de Ardentis.txt"), ("paul", "note.txt")):
        (tmp_path / owner).mkdir()
        (tmp_path / owner / name).write_text("Le pont-levis est maintenu.", encoding="utf-8")
        report = ingest.index_paths(
            library.store, embedding, [tmp_path / owner / name], collection=collection_of(owner)
        )
        assert (len(report.added), report.failures) == (1, ())
        again = ingest.index_paths(
            library.store, embedding, [tmp_path / owner / name], collection=collection_of(owner)
        )
        assert len(again.unchanged) == 1
    held = {one.collections: (one.source.title, len(one.origins)) for one in library.store.held()}
    assert held == {
        (collection_of("claire"),): ("Offre de Ardentis", 1),
        (collection_of("paul"),): ("note", 1),
    }
    library.close()
