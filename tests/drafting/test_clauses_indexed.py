"""Clause files in the index: kind « clause », a passage a level, no front matter shown."""

from pathlib import Path

from assistant import passages
from assistant.datatypes import Kind
from assistant.index import ingest
from assistant.index.library import Library
from assistant.index.search import Searcher
from assistant.workspace import CLAUSES
from tests.drafting.made_clauses import piece, write_clause, write_kit
from tests.fakes import FakeEmbedding


def test_clause_files_are_clauses_and_each_level_a_passage_under_its_heading(
    library: Library, embedding: FakeEmbedding
) -> None:
    paths = [CLAUSES / f"{name}.md" for name in ("localisation-stockage-traitement", "reversibilite")]
    report = ingest.index_paths(library.store, embedding, paths, collection="essai")
    assert report.failures == ()
    assert {held.source.kind for held in library.store.held()} == {Kind.CLAUSE}
    document = library.store.document(report.added[0].source_id)
    assert document.source.title == "Localisation du stockage et du traitement des données"
    assert document.text.startswith("# Localisation du stockage")
    assert "verified_on" not in document.text
    trails = {passage.headings for passage in passages.split(document)}
    for level in ("Niveau 3 : fort", "Niveau 2 : équilibré", "Niveau 1 : minimal"):
        assert (document.source.title, level) in trails


def test_a_folder_of_clauses_is_guessed_and_its_kits_are_no_documents(
    library: Library, embedding: FakeEmbedding, tmp_path: Path
) -> None:
    folder = tmp_path / "clauses"
    folder.mkdir()
    write_clause(folder, "une")
    write_kit(folder, "kit-un", [piece("CCTP", ("une", 2))])
    report = ingest.index_paths(library.store, embedding, [tmp_path], collection="essai")
    assert report.failures == ()
    assert [(held.source.kind, held.source.title) for held in library.store.held()] == [
        (Kind.CLAUSE, "Titre de une")
    ]


def test_a_level_is_found_by_its_words(library: Library, embedding: FakeEmbedding) -> None:
    ingest.index_paths(
        library.store,
        embedding,
        [CLAUSES / "localisation-stockage-traitement.md", CLAUSES / "reversibilite.md"],
        collection="essai",
    )
    hits = Searcher(library, embedding).search(
        "liste des pays où les données sont stockées ou traitées, niveau minimal",
        limit=3,
        kinds=(Kind.CLAUSE,),
    )
    assert hits[0].source.title == "Localisation du stockage et du traitement des données"
    assert hits[0].passage.headings[-1] == "Niveau 1 : minimal"


def test_yaml_that_is_no_sheet_says_so_only_where_it_was_named(
    library: Library, embedding: FakeEmbedding, tmp_path: Path
) -> None:
    settings = tmp_path / "docker-compose.yaml"
    settings.write_text("services:\n  web: {}\n", encoding="utf-8")
    assert ingest.index_paths(library.store, embedding, [tmp_path], collection="essai").failures == ()
    (failure,) = ingest.index_paths(library.store, embedding, [settings], collection="essai").failures
    assert "pas une fiche" in failure.message
