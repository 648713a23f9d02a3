"""A dropped file of which nothing came into the index is erased: nobody would see it, and nobody could take it out."""

import io
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assistant.errors import LibraryError, ReadingError
from assistant.index.ingest import Report
from assistant.page import library, server
from assistant.page.context import Site
from assistant.page.events import Event, Visit
from assistant.page.library import _Screen
from assistant.site.users import ALONE
from assistant.workspace import Workspace
from tests.fakes import FakeEmbedding
from tests.page.test_deposits import receive

NOTE = b"# Note\n\n## Objet\n\nLe pont-levis est maintenu.\n"
CUT = b"%PDF-1.7\nrien"
Index = Callable[[Workspace, list[Path], str], Report]


def indexed(workspace: Workspace, paths: list[Path], collection: str) -> Report:
    return workspace.index(paths, collection=collection)


def failing(workspace: Workspace, paths: list[Path], collection: str) -> Report:
    raise LibraryError("Le disque est plein.", "Libérez de la place.")


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    workspace = Workspace(tmp_path)
    workspace.__dict__["embedding"] = FakeEmbedding()
    yield server.site_of(workspace)
    workspace.close()


def add(
    site: Site, monkeypatch: pytest.MonkeyPatch, index: Index, collection: str, *dropped: tuple[str, bytes]
) -> str:
    """Adds dropped files as the page does; what is said in the end."""
    monkeypatch.setattr(
        library, "_indexed", lambda home, kept, name, kind, listen: index(site.workspace, kept, name)
    )
    tokens = [receive(site.deposits, name, data, ALONE).token for name, data in dropped]
    *_, (said, _, _) = _Screen(site).add(
        Event({"jetons": tokens, "collection": collection}), Visit(ALONE, "une page")
    )
    return str(said)


def left(home: Path) -> list[str]:
    """The dropped files that lie in a home, wherever they are kept."""
    return sorted(path.name for path in home.rglob("*") if path.suffix in (".md", ".pdf") and path.is_file())


@pytest.mark.parametrize("collection", ["", "commune"])
def test_a_file_that_cannot_be_read_is_erased_and_the_one_beside_it_stays(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, collection: str
) -> None:
    said = add(site, monkeypatch, indexed, collection, ("note.md", NOTE), ("coupé.pdf", CUT))
    assert "coupé.pdf" in said
    assert left(tmp_path) == ["note.md"]
    assert [held.source.origin.rpartition("/")[2] for held in site.workspace.sources()] == ["note.md"]


@pytest.mark.parametrize("collection", ["", "commune"])
def test_where_the_index_cannot_be_written_nothing_of_what_was_dropped_stays(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, collection: str
) -> None:
    assert "Le disque est plein." in add(site, monkeypatch, failing, collection, ("note.md", NOTE))
    assert left(tmp_path) == []


def test_where_a_second_archive_cannot_be_opened_nothing_of_the_first_stays(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("note.md", NOTE)
    unpack = site.workspace.unpack

    def one_only(archive: Path, name: str, folder: Path) -> object:
        if name == "b.zip":
            raise ReadingError("« b.zip » demande trop de mémoire.", "Découpez-la.")
        return unpack(archive, name, folder)

    monkeypatch.setattr(site.workspace, "unpack", one_only)
    both = (("a.zip", packed.getvalue()), ("b.zip", packed.getvalue()))
    assert "demande trop de mémoire" in add(site, monkeypatch, indexed, "", *both)
    assert left(tmp_path) == []
