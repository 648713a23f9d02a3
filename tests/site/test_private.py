"""What the assistant keeps is its owner's alone, and what was purged is nowhere any more."""

import json
import os
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from assistant import settings
from assistant.commands import site
from assistant.datatypes import Kind
from assistant.drafting.kept import Content, KeptDrafts, Writer
from assistant.index import ingest
from assistant.index.library import Library
from assistant.private import collection_of
from assistant.reading import folders, read
from assistant.review import review
from assistant.review.kept import KeptReviews
from assistant.site import private_files, uploads
from assistant.site.batches import Batches
from assistant.site.conversations import Conversation, Conversations, Turn
from assistant.site.feedback import Judgements
from assistant.site.journal import Action, Journal
from assistant.site.rights import Role
from assistant.site.users import User
from assistant.workspace import Workspace
from tests.conftest import ROOT
from tests.fakes import FakeEmbedding
from tests.site.samples import answer

SECRET, OTHER = "xylolalie", "quincaille"


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


def fill(workspace: Workspace, owner: str, secret: str) -> None:
    """Everything that a person may leave in a home, each with a word of hers."""
    home, user, files = workspace.settings.home, User(owner, Role.DRAFTER), workspace.settings.home.parent
    note, register, needs = (files / f"{owner}-{name}" for name in ("note.md", "registre.csv", "besoins.csv"))
    note.write_text(f"# Note\n\n## Objet\n\nLe marché de {secret} est confidentiel.\n", encoding="utf-8")
    register.write_text(f"Application;Fonction\n{secret};paie\n", encoding="utf-8")
    needs.write_text(f"Membre;Application;Fonction\nVille de {owner};{secret};paie\n", encoding="utf-8")
    said = replace(answer(), question=f"Peut-on acheter {secret} ?")
    with closing(Conversations(home)) as conversations:
        conversations.add(owner, Conversation.empty(), Turn(said.question, said))
    with closing(KeptDrafts(home)) as drafts:
        made = drafts.create(user, f"Projet {secret}", Content(("kit",), {"objet": secret}), Writer("a"))
        drafts.keep_version(user, made.id, f"avant {secret}")
    with closing(KeptReviews(home)) as reviews:
        reviews.keep(
            owner,
            "p",
            review([read(note, kind=Kind.TENDER, collection="revue")], day=date(2026, 4, 1)),
            date(2026, 4, 1),
        )
    workspace.dependencies.import_register(owner, register, register.name, member="Bourg")
    listed = f"Nom;Éditeur\n{secret};Soc. A\n".encode()
    workspace.dependencies.import_catalogue(owner, listed, "liste.csv", title=f"Liste {secret}")
    workspace.needs.add(needs, owner=owner)
    Judgements(home).add(owner, said.question, said, why=secret)
    Batches(home).begin(
        owner, f"{secret}.zip", each=False, fill=lambda pieces: (pieces / "RC.txt").write_text(secret)
    )
    Journal(home).record(owner, Action.ASK, question=said.question, answer=said)
    documents = uploads.of(workspace.settings, workspace.recognise)
    with note.open("rb") as file:
        kept = documents.receive(owner, f"{secret}.md", file)
    workspace.index([kept.path], collection=documents.collection(owner))


STORES = {
    "besoins.sqlite",
    "controles.sqlite",
    "conversations.sqlite",
    "dependances.sqlite",
    "feedback.jsonl",
    "journal",
    "library",
    "page",
    "projets.sqlite",
    "uploads",
}


def stores_with(home: Path, word: str) -> set[str]:
    """What of a home holds a word."""
    parts = {path.relative_to(home).parts[0] for path in holding_paths(home, word)}
    return {name.removesuffix("-wal") for name in parts}


@pytest.mark.parametrize("asked", [["--user", "claire"], ["--before", "2126-01-01"]])
def test_no_word_of_a_person_who_was_purged_stays_in_any_file_of_the_home(
    tmp_path: Path, asked: list[str]
) -> None:
    """The files of needs were passed over: their lines, and the name of the file, stayed for ever."""
    workspace = Workspace(tmp_path / "home")
    workspace.__dict__["embedding"] = FakeEmbedding()
    fill(workspace, "claire", SECRET)
    fill(workspace, "paul", OTHER)
    assert stores_with(tmp_path / "home", SECRET) == STORES
    done = CliRunner().invoke(site.purge, [*asked, "--yes", "--json"], obj=workspace)
    assert done.exception is None
    assert min(json.loads(done.stdout).values()) > 0, done.stdout
    # A catalogue has no day: it goes with its owner.
    dateless = set() if "--user" in asked else {"dependances.sqlite"}
    assert stores_with(tmp_path / "home", SECRET) == dateless
    assert stores_with(tmp_path / "home", OTHER) == (STORES if "--user" in asked else dateless)
    workspace.close()


def holding(folder: Path) -> list[str]:
    """Files in which the word stands, or its stem."""
    return [path.name for path in holding_paths(folder, SECRET)]


def holding_paths(folder: Path, word: str) -> list[Path]:
    return [
        path
        for path in folder.rglob("*")
        if path.is_file()
        and (word[:7].encode() in path.read_bytes() or word[:7] in path.relative_to(folder).as_posix())
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
