"""What was taken from a collection is no longer shown or saved once that collection is closed."""

import json
from dataclasses import replace
from html import unescape
from pathlib import Path

from assistant.datatypes import Kind, Precedent, Source
from assistant.drafting import precedents
from assistant.drafting.kept import Content, Writer
from assistant.index import ingest
from assistant.page import server
from assistant.page.clauses import _Screen as Clauses
from assistant.page.context import Site
from assistant.page.drafting import _Screen
from assistant.page.events import Event, Visit
from assistant.site.rights import Role
from assistant.site.users import User
from assistant.workspace import Workspace
from tests.conftest import ROOT
from tests.fakes import FakeEmbedding

FRAMEWORK = ROOT / "corpus" / "accords-cadres" / "accord-cadre-fictif-visioconference.pdf"


def opened(tmp_path: Path) -> tuple[Workspace, Site, Source, Precedent]:
    """A home where paul drafts: its framework agreement lies in a collection that is still open to him, and one article of it."""
    workspace = Workspace(tmp_path)
    store = workspace.library.store
    ingest.index_paths(store, FakeEmbedding(), [FRAMEWORK], collection="reserve", kind=Kind.FRAMEWORK)
    (tmp_path / "note.txt").write_text("Une note pour tous.", encoding="utf-8")
    ingest.index_paths(store, FakeEmbedding(), [tmp_path / "note.txt"], collection="ouverte")
    site = server.site_of(workspace)
    site.users.add("paul", Role.DRAFTER, "cheval agrafe pile correct")
    source = next(held.source for held in workspace.sources() if held.collections == ("reserve",))
    return workspace, site, source, precedents.extract(workspace.show(source.id))[3]


def test_a_precedent_of_a_collection_that_was_closed_leaves_the_draft_and_the_rest_stays(
    tmp_path: Path,
) -> None:
    workspace, site, source, taken = opened(tmp_path)
    screen, reader, visit = _Screen(site), User("paul", Role.DRAFTER), Visit("paul", "une page")
    chosen = (workspace.clause_library().clauses[0].id, taken.id)

    def preview() -> str:
        _, shown, _ = screen.fill(Event({"choix": json.dumps(chosen)}), visit)
        return str(shown)

    before = preview()
    assert taken.label in screen.picker(chosen, site.reach(reader))
    site.users.set_collection("reserve", [Role.ADMINISTRATOR])
    after = preview()
    assert [
        f"Repris de « {source.title} »" in unescape(page).replace("\u00a0", " ") for page in (before, after)
    ] == [True, False]
    assert workspace.clause_library().clauses[0].title in after
    assert "rien n'en est montré ni écrit dans les fichiers" in unescape(after)
    assert "plus ouvert à vous" in screen.picker(chosen, site.reach(reader))
    assert taken.label not in screen.picker(chosen, site.reach(reader))
    workspace.close()


def test_what_was_edited_of_a_precedent_is_its_words_and_goes_with_it(tmp_path: Path) -> None:
    workspace, site, _, taken = opened(tmp_path)
    screen, reader, visit = _Screen(site), User("paul", Role.DRAFTER), Visit("paul", "une page")
    content = Content((taken.id, "gestion-des-cles"), texts={taken.id: "Le zqsecret du contrat."})
    draft = site.drafts.create(reader, "Visio", content, Writer("x"))
    site.drafts.keep_version(reader, draft.id, "")
    edited = replace(content, texts={taken.id: "Le zqsecret du contrat, revu."})
    site.drafts.save(reader, draft.id, Writer("x", 2), edited)

    def whole() -> str:
        return unescape("".join(screen.open(Event({"id": draft.id, "versions": "1"}), visit)))

    before = whole()
    assert "Modifié à la main" in before.replace("\u00a0", " ")
    assert before.count("zqsecret") == 4  # the article, the form, and twice in what differs from the version
    site.users.set_collection("reserve", [Role.ADMINISTRATOR])
    after = whole()
    assert "zqsecret" not in after
    assert "un article repris : texte modifié à la main" in after.replace("\u00a0", " ")
    assert "Détention et gestion des clés" in after
    site.users.set_collection("reserve", [])
    assert whole().count("zqsecret") == 4
    workspace.close()


def test_who_has_no_collection_open_drafts_from_the_model_clauses_all_the_same(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    (tmp_path / "note.txt").write_text("Une note réservée.", encoding="utf-8")
    ingest.index_paths(
        workspace.library.store, FakeEmbedding(), [tmp_path / "note.txt"], collection="zqfermee"
    )
    site = server.site_of(workspace)
    site.users.add("paul", Role.DRAFTER, "cheval agrafe pile correct")
    site.users.set_collection("zqfermee", [Role.ADMINISTRATOR])
    clause, visit = workspace.clause_library().clauses[0], Visit("paul", "une page")
    *_, state, _, preview, files = _Screen(site).add(Event({"id": clause.id}), visit)
    assert "Gardé à" in unescape(state).replace("\u00a0", " ")
    assert clause.title in unescape(preview)
    assert "Relire le projet" in files
    form, found, _ = Clauses(site).opened(visit)
    assert "Chercher une clause" in form
    assert clause.title in unescape(found)
    assert "zqfermee" not in form + found
    workspace.close()
