import json
from pathlib import Path

import pytest

from assistant.datatypes import Kind, Progress
from assistant.errors import LibraryBusyError, LibraryError, NotIndexedError, OtherModelError, UsageError
from assistant.index import ingest
from assistant.index.library import Library
from assistant.index.search import Searcher
from assistant.reading.folders import IGNORE_FILE
from tests.conftest import RULES, write_rules
from tests.fakes import FakeEmbedding


def index(library: Library, embedding: FakeEmbedding, *paths: Path, **options: object) -> ingest.Report:
    return ingest.index_paths(library.store, embedding, paths, collection="essai", **options)  # type: ignore[arg-type]


def contents(library: Library) -> tuple[object, ...]:
    """All that is searched or shown, vectors to the last bit, free of serial numbers."""
    store = library.store
    documents = sorted(
        (held.source.sha256, held.origins, held.passages, store.document(held.source.id).text)
        for held in store.held()
    )
    vectors = sorted(store.database.rows("SELECT key, data FROM vector"))
    passages = sorted(str(passage) for serial in store.serials() for _, passage in store.passages_of(serial))
    return documents, passages, vectors


def test_an_unchanged_file_costs_no_embedding(
    library: Library, embedding: FakeEmbedding, tmp_path: Path
) -> None:
    path = write_rules(tmp_path / "r.jsonl")
    assert len(index(library, embedding, path).added) == 1
    before, generation = len(embedding.asked), library.store.generation
    assert index(library, embedding, path).unchanged == (str(path.resolve()),)
    assert (len(embedding.asked), library.store.generation) == (before, generation)


def test_a_changed_file_replaces_itself_and_embeds_what_changed_only(
    library: Library, embedding: FakeEmbedding, tmp_path: Path
) -> None:
    path = write_rules(tmp_path / "r.jsonl")
    index(library, embedding, path)
    embedding.asked.clear()
    write_rules(
        path, [(*RULES[0][:4], "L'acheteur peut imposer un lieu d'exécution.", *RULES[0][5:]), *RULES[1:]]
    )
    index(library, embedding, path)
    assert library.store.counts()["document"] == 1
    assert library.store.counts()["passage"] == len(RULES)
    searcher = Searcher(library, embedding)
    assert [passage.text.strip() for _, passage in searcher.articles("L2112-4")] == [
        "L'acheteur peut imposer un lieu d'exécution."
    ]


def test_identical_passages_are_embedded_once(
    library: Library, embedding: FakeEmbedding, tmp_path: Path
) -> None:
    write_rules(tmp_path / "a.jsonl")
    write_rules(
        tmp_path / "b.jsonl",
        [
            *RULES,
            ("CCP", "Code de la commande publique", "L9", [], "Un article de plus.", "2019-04-01", None),
        ],
    )
    index(library, embedding, tmp_path)
    assert len(embedding.asked) == len(set(embedding.asked)) == len(RULES) + 1


def test_the_same_bytes_in_two_places_are_one_document(
    library: Library, embedding: FakeEmbedding, tmp_path: Path
) -> None:
    for folder in ("un", "deux"):
        (tmp_path / folder).mkdir()
        write_rules(tmp_path / folder / "CCAP.jsonl")
    index(library, embedding, tmp_path)
    (held,) = library.store.held()
    assert [Path(origin).parent.name for origin in held.origins] == ["deux", "un"]


def test_a_bad_file_is_reported_and_the_others_are_indexed(
    library: Library, embedding: FakeEmbedding, tmp_path: Path
) -> None:
    write_rules(tmp_path / "bon.jsonl")
    (tmp_path / "vide.txt").write_bytes(b"")
    (tmp_path / "tronque.pdf").write_bytes(b"%PDF-1.7\n1 0 obj\n<<")
    report = index(library, embedding, tmp_path)
    assert [Path(one.origin).name for one in report.added] == ["bon.jsonl"]
    assert sorted(Path(failure.origin).name for failure in report.failures) == ["tronque.pdf", "vide.txt"]
    assert all(failure.message and failure.hint for failure in report.failures)


def test_a_path_that_does_not_exist_is_said(
    library: Library, embedding: FakeEmbedding, tmp_path: Path
) -> None:
    with pytest.raises(UsageError, match="n'existe pas"):
        index(library, embedding, tmp_path / "absent")


def test_an_ignore_file_keeps_files_out(library: Library, embedding: FakeEmbedding, tmp_path: Path) -> None:
    (tmp_path / "sources").mkdir()
    write_rules(tmp_path / "sources" / "r.jsonl")
    write_rules(tmp_path / "r.jsonl", RULES[:2])
    (tmp_path / IGNORE_FILE).write_text("# sources des documents\nsources/*\n", encoding="utf-8")
    assert [Path(one.origin).name for one in index(library, embedding, tmp_path).added] == ["r.jsonl"]


def test_rules_are_rules_wherever_they_lie(
    library: Library, embedding: FakeEmbedding, tmp_path: Path
) -> None:
    index(library, embedding, write_rules(tmp_path / "r.jsonl"), kind=Kind.TENDER)
    assert library.store.held()[0].source.kind is Kind.RULE


def test_an_index_of_another_model_is_refused_until_it_is_rebuilt(
    library: Library, embedding: FakeEmbedding, tmp_path: Path
) -> None:
    index(library, embedding, write_rules(tmp_path / "r.jsonl"))
    other = FakeEmbedding("autre@2")
    with pytest.raises(OtherModelError, match="autre@2") as caught:
        index(library, other, tmp_path)
    assert "--rebuild" in caught.value.hint
    assert ingest.rebuild(library.store, other) == 1
    assert index(library, other, tmp_path).unchanged == (str((tmp_path / "r.jsonl").resolve()),)
    assert Searcher(library, other).search("allotissement")[0].passage.article == "L2113-10"


def test_progress_counts_files_and_passages(
    library: Library, embedding: FakeEmbedding, tmp_path: Path
) -> None:
    seen: list[Progress] = []
    index(library, embedding, write_rules(tmp_path / "r.jsonl"), on_progress=seen.append)
    assert seen[0] == Progress("lecture", 0, 1, "r.jsonl")
    assert Progress("vecteurs", len(RULES), len(RULES), "r.jsonl") in seen
    assert seen[-1] == Progress("lecture", 1, 1)


def test_a_second_writer_is_told_to_wait(tmp_path: Path) -> None:
    one, other = Library(tmp_path / "l"), Library(tmp_path / "l")
    with one.writing(), pytest.raises(LibraryBusyError, match="en cours"), other.writing():
        pass


def test_a_damaged_index_is_said_and_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "l" / "library.sqlite"
    path.parent.mkdir()
    path.write_bytes(b"ceci n'est pas une base" * 100)
    with pytest.raises(LibraryError, match="abîmé"):
        Library(tmp_path / "l")
    assert path.read_bytes().startswith(b"ceci")


def test_derived_indexes_are_made_anew_when_they_are_lost(
    library: Library, embedding: FakeEmbedding, tmp_path: Path
) -> None:
    index(library, embedding, write_rules(tmp_path / "r.jsonl"))
    before = [
        (hit.passage.article, round(hit.score, 6))
        for hit in Searcher(library, embedding).search("lots séparés")
    ]
    library.close()
    for path in (tmp_path / "library").glob("*.npz"):
        path.write_bytes(b"cut")
    for path in (tmp_path / "library" / "words").glob("*"):
        path.unlink()
    again = Library(tmp_path / "library")
    assert [
        (hit.passage.article, round(hit.score, 6))
        for hit in Searcher(again, embedding).search("lots séparés")
    ] == before


def test_removing_what_is_not_there_is_an_error(library: Library) -> None:
    with pytest.raises(NotIndexedError, match="inconnu"):
        library.store.remove("inconnu")


def test_metadata_survives_in_the_store(library: Library, embedding: FakeEmbedding, tmp_path: Path) -> None:
    path = tmp_path / "n.md"
    path.write_text(
        "---\ntitle: Une note\n---\n# Titre\n\nUn texte assez long pour être une clause entière, avec un délai de trente jours.\n",
        encoding="utf-8",
    )
    index(library, embedding, path)
    held = library.store.held()[0]
    document = library.store.document(held.source.id)
    assert json.loads(json.dumps(dict(document.metadata)))["front_matter"].strip() == "title: Une note"
    assert held.source.title == "Une note"
