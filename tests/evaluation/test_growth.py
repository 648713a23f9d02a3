import json
from pathlib import Path

import pytest

from assistant.datatypes import Target
from assistant.errors import CorpusError, UsageError
from assistant.evaluation import growth, question_sets
from assistant.index import ingest
from assistant.index.library import Library
from assistant.index.search import Searcher
from tests.conftest import ROOT, write_rules
from tests.fakes import FakeEmbedding

SETS = ROOT / "corpus" / "questions"
MEASURING = tuple(sorted(SETS.glob("*.jsonl")))


@pytest.fixture
def indexed(library: Library, embedding: FakeEmbedding, tmp_path: Path) -> Library:
    asked = [
        {
            "question": "Les serveurs doivent-ils être en Europe ?",
            "kind": "acheteur",
            "targets": [{"work": "CCP", "article": "L2112-4"}],
        },
        {"question": "Comment soigner un rhume ?", "kind": "sante-vie", "targets": []},
    ]
    (tmp_path / "questions.jsonl").write_text("\n".join(json.dumps(one) for one in asked), encoding="utf-8")
    ingest.index_paths(
        library.store,
        embedding,
        [write_rules(tmp_path / "regles.jsonl"), tmp_path / "questions.jsonl"],
        collection="essai",
    )
    return library


def test_an_article_is_found_however_it_is_written(indexed: Library) -> None:
    made = growth.written(
        indexed.store, "  Peut-on \n imposer l'Europe ? ", "acheteur", "CCP", ["L. 2112-4", "article R2122‑8"]
    )
    assert made == growth.Written(
        "Peut-on imposer l'Europe ?", "acheteur", (Target("CCP", "L2112-4"), Target("CCP", "R2122-8"))
    )


@pytest.mark.parametrize(
    ("text", "kind", "work", "articles", "said"),
    [
        (
            "Peut-on ?",
            "acheteur",
            "CCP",
            ["L2112-5"],
            r"L2112-5 de « CCP » n'est pas indexé.*Voisins : L2112-4",
        ),
        ("Peut-on ?", "acheteur", "CGCT", ["L1"], r"Aucun article de « CGCT ».*CCP, LOI 2024-449"),
        ("Peut-on ?", "poème", "CCP", ["L2112-4"], "genre « poème »"),
        ("Lots", "acheteur", "CCP", ["L2112-4"], "un seul mot"),
        ("Peut-on ?", "acheteur", "CCP", [], "Il manque l'article"),
    ],
)
def test_what_leads_nowhere_is_refused(
    indexed: Library, text: str, kind: str, work: str, articles: list[str], said: str
) -> None:
    with pytest.raises(UsageError, match=f"(?s){said}"):
        growth.written(indexed.store, text, kind, work, articles)


def test_near_questions_are_shown_nearest_first(indexed: Library, embedding: FakeEmbedding) -> None:
    found = growth.near(indexed, embedding, "Les serveurs doivent être en Europe ?")
    assert [one.text for one in found] == [
        "Les serveurs doivent-ils être en Europe ?",
        "Comment soigner un rhume ?",
    ]
    assert found[0].targets == (Target("CCP", "L2112-4"),)
    assert 0.8 < found[0].cosine <= 1


def test_a_question_that_is_written_or_measured_already_is_refused(
    indexed: Library, embedding: FakeEmbedding
) -> None:
    near = growth.near(indexed, embedding, "les serveurs doivent ils etre en EUROPE")
    with pytest.raises(UsageError, match="déjà écrite ; elle mène à CCP L2112-4"):
        growth.require_new("les serveurs doivent ils etre en EUROPE", near, ())
    measured = json.loads((SETS / "recherche.jsonl").read_text(encoding="utf-8").splitlines()[0])["question"]
    with pytest.raises(UsageError, match=r"« recherche\.jsonl », qui sert à mesurer"):
        growth.require_new(measured.upper() + " ?", near, MEASURING)
    growth.require_new("Une question neuve sur les lots ?", near, MEASURING)


def test_sets_whose_questions_stand_alone_measure_a_search() -> None:
    sets = growth.retrieval_sets(SETS)
    assert list(sets) == ["recherche", "reponses"]
    assert sets["recherche"] == question_sets.read(SETS / "recherche.jsonl")
    assert all(
        row["relevant"] == [{"work": one["text"], "num": one["article"]} for one in row["gold"]]
        for row in sets["reponses"]
    )
    assert {row["position"] for row in sets["reponses"] if isinstance(row["position"], str)} & {
        "hors_corpus"
    } == set()


def test_one_question_more_is_seen_in_what_a_set_measures(
    indexed: Library, embedding: FakeEmbedding, tmp_path: Path
) -> None:
    """The set asks in words that no rule uses; the question written for it, in near words, leads to the rule."""
    path = tmp_path / "jeu.jsonl"
    path.write_text(
        json.dumps(
            {
                "question": "ou garder nos sauvegardes informatiques",
                "relevant": [{"work": "LOI 2024-449", "num": "31"}],
            }
        ),
        encoding="utf-8",
    )
    sets = {"jeu": question_sets.read(path)}
    searcher = Searcher(indexed, embedding)
    before = growth.measured(
        sets, lambda question, day, limit: searcher.search(question, limit=limit, as_of=day)
    )
    made = growth.written(
        indexed.store, "Où garder nos sauvegardes informatiques ?", "acheteur", "LOI 2024-449", ["31"]
    )
    (tmp_path / "propres.jsonl").write_text(growth.added(tmp_path / "propres.jsonl", made), encoding="utf-8")
    ingest.index_paths(indexed.store, embedding, [tmp_path / "propres.jsonl"], collection="questions")
    after = growth.measured(
        sets, lambda question, day, limit: searcher.search(question, limit=limit, as_of=day)
    )
    assert before["jeu"].mrr_10 < after["jeu"].mrr_10 == 1.0


def test_a_line_is_added_after_the_others_and_nothing_else_changes(tmp_path: Path) -> None:
    made = growth.Written("Peut-on imposer « l'Europe » ?", "acheteur", (Target("CCP", "L2112-4"),))
    path = tmp_path / "a.jsonl"
    line = '{"question": "Peut-on imposer « l\'Europe » ?", "kind": "acheteur", "targets": [{"work": "CCP", "article": "L2112-4"}]}\n'
    assert growth.added(path, made) == line
    before = (SETS / "rules" / "execution.jsonl").read_text(encoding="utf-8")
    path.write_text(before, encoding="utf-8")
    assert growth.added(path, made) == before + line
    path.write_text(before.rstrip("\n"), encoding="utf-8")
    assert growth.added(path, made) == before + line


def test_a_file_of_something_else_is_left_alone(tmp_path: Path) -> None:
    made = growth.Written("Peut-on ?", "acheteur", (Target("CCP", "L2112-4"),))
    with pytest.raises(CorpusError, match="n'est pas un fichier de questions"):
        growth.added(write_rules(tmp_path / "regles.jsonl"), made)
    with pytest.raises(UsageError, match="ne peut pas être lu"):
        growth.added(tmp_path, made)
