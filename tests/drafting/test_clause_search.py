"""Model clauses and precedents found for a need, with a fake embedding: words, subjects and filters do the work here."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant.datatypes import Kind
from assistant.drafting import library as clause_library
from assistant.drafting.clause_search import ClauseFinder, Filters, precedent
from assistant.errors import NotIndexedError, UsageError
from assistant.index import ingest
from assistant.index.library import Library
from assistant.index.search import Searcher
from assistant.workspace import CLAUSES
from tests.conftest import ROOT
from tests.fakes import FakeEmbedding

AGREEMENTS = ROOT / "corpus" / "accords-cadres"
SOURCES = ROOT / "training" / "accords-cadres"


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """The agreement on hosting as DOCX and as the Markdown that it was made from; the one on video-conferencing in a collection of its own."""
    opened = Library(tmp_path_factory.mktemp("clauses") / "library")
    hosting = [
        AGREEMENTS / "accord-cadre-fictif-hebergement-cloud.docx",
        SOURCES / "accord-cadre-fictif-hebergement-cloud.md",
    ]
    ingest.index_paths(opened.store, FakeEmbedding(), hosting, collection="nuage", kind=Kind.FRAMEWORK)
    ingest.index_paths(
        opened.store,
        FakeEmbedding(),
        [AGREEMENTS / "accord-cadre-fictif-visioconference.pdf"],
        collection="visio",
        kind=Kind.FRAMEWORK,
    )
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def finder(indexed: Library) -> ClauseFinder:
    return ClauseFinder(
        indexed, Searcher(indexed, FakeEmbedding()), FakeEmbedding(), clause_library.load([CLAUSES])
    )


def test_a_need_finds_the_model_clause_and_what_earlier_contracts_said(finder: ClauseFinder) -> None:
    need = "séquestre du code source si l'éditeur disparaît"
    model, found = finder.models(need)[0], finder.precedents(need)[0]
    assert model.clause is not None
    assert model.clause.id == "sequestre-code-source"
    assert found.precedent is not None
    assert found.precedent.title == "EXIGENCES DU LOT 1 : RÉUNIONS SENSIBLES"
    assert found.part is not None
    assert found.part.number == "16.5"


def test_a_text_kept_in_two_formats_is_shown_once_with_its_copy(finder: ClauseFinder) -> None:
    found = [
        one
        for one in finder.precedents("réversibilité et plan de sortie testé", limit=20)
        if one.precedent and one.precedent.title.startswith("RÉVERSIBILITÉ")
    ]
    assert [one.rank for one in found] == [1]
    assert [
        copy.source.id != found[0].precedent.source.id for copy in found[0].copies if found[0].precedent
    ] == [True]


def test_ranks_follow_scores_and_the_limit_is_kept(finder: ClauseFinder) -> None:
    found = finder.precedents("pénalités de retard", limit=7)
    assert [one.rank for one in found] == list(range(1, 8))
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)


def test_filters_keep_what_was_asked(finder: ClauseFinder) -> None:
    visio = finder.precedents("pénalités", Filters(collections=("visio",)), 50)
    assert {one.precedent.source.collection for one in visio if one.precedent} == {"visio"}
    technical = finder.precedents("données", Filters(pieces=("CCTP",)), 50)
    assert {one.precedent.piece for one in technical if one.precedent} <= {"CCTP", "CCP"}
    about = finder.precedents("", Filters(subjects=("audit",)), 50)
    assert {"AUDITS", "AUDIT"} <= {one.precedent.title for one in about if one.precedent}
    assert finder.precedents("données", Filters(since=date(2027, 1, 1))) == ()
    assert finder.precedents("données", Filters(kinds=(Kind.CLAUSE,))) == ()
    assert finder.models("données", Filters(kinds=(Kind.TENDER,))) == ()
    assert {
        one.clause.subject for one in finder.models("données", Filters(subjects=("prix",)), 50) if one.clause
    } == {"prix"}


def test_without_an_index_model_clauses_are_still_found(tmp_path: Path) -> None:
    empty = Library(tmp_path / "library")
    finder = ClauseFinder(empty, None, FakeEmbedding(), clause_library.load([CLAUSES]))
    first = finder.models("télémétrie et métadonnées")[0].clause
    assert first is not None
    assert first.id == "telemetrie-metadonnees"
    assert finder.precedents("télémétrie") == ()
    empty.close()


def test_a_precedent_is_given_by_its_id_and_only_within_the_collections_allowed(
    finder: ClauseFinder, indexed: Library
) -> None:
    found = finder.precedents("audit", Filters(collections=("visio",)))[0].precedent
    assert found is not None
    assert precedent(indexed, found.id) == found
    assert precedent(indexed, found.id, ("visio",)) == found
    with pytest.raises(NotIndexedError, match="Aucune source indexée"):
        precedent(indexed, found.id, ("nuage",))
    with pytest.raises(NotIndexedError, match="Aucune source indexée"):
        precedent(indexed, found.id, ())
    with pytest.raises(NotIndexedError, match="n'a pas d'article"):
        precedent(indexed, f"{found.source.id}#999")


def test_nothing_asked_for_is_said(finder: ClauseFinder) -> None:
    with pytest.raises(UsageError, match="au moins une clause"):
        finder.models("audit", limit=0)
