import itertools
from datetime import date
from pathlib import Path

from assistant.datatypes import Channel, Kind
from assistant.index import ingest
from assistant.index.library import Library
from assistant.index.search import Searcher
from tests.conftest import RULES, write_rules
from tests.fakes import FakeEmbedding

TODAY = date(2026, 11, 25)


def articles(
    searcher: Searcher, question: str, day: date = TODAY, **filters: object
) -> list[tuple[str | None, str]]:
    return [
        (hit.passage.article, hit.passage.text[:42])
        for hit in searcher.search(question, as_of=day, **filters)
    ]  # type: ignore[arg-type]


def test_an_exact_reference_comes_first_however_it_is_written(searcher: Searcher) -> None:
    for written in ("L. 2113-10", "L2113-10", "article L.2113‑10"):
        first = searcher.search(f"petits marchés sans publicité, voir {written}", as_of=TODAY)[0]
        assert first.passage.article == "L2113-10"
        assert Channel.REFERENCE in first.found_by


def test_only_the_wording_in_force_that_day_is_found(searcher: Searcher) -> None:
    question = "marché passé sans publicité inférieur à combien d'euros"
    assert ("R2122-8", "Le marché inférieur à 25 000 euros est pas") in articles(
        searcher, question, date(2019, 6, 1)
    )
    assert ("R2122-8", "Le marché inférieur à 40 000 euros est pas") in articles(
        searcher, question, date(2026, 1, 1)
    )
    for day, gone in (
        (date(2019, 6, 1), "40 000"),
        (date(2026, 1, 1), "25 000"),
        (date(2018, 1, 1), "euros"),
    ):
        assert all(
            gone not in text for article, text in articles(searcher, question, day) if article == "R2122-8"
        )


def test_the_day_a_wording_ends_the_next_one_is_in_force(searcher: Searcher) -> None:
    texts = [
        text for article, text in articles(searcher, "R2122-8", date(2020, 1, 1)) if article == "R2122-8"
    ]
    assert texts == ["Le marché inférieur à 40 000 euros est pas"]


def test_a_special_regime_waits_until_it_is_asked_for(searcher: Searcher) -> None:
    question = "marché inférieur passé sans publicité"
    assert articles(searcher, question)[0][0] == "R2122-8"
    assert articles(searcher, question + " pour un marché de défense")[0][0] == "R2322-8"


def test_the_heading_trail_is_searched(searcher: Searcher) -> None:
    assert articles(searcher, "allotissement")[0][0] == "L2113-10"


def test_the_rules_words_are_added_to_the_buyers(searcher: Searcher) -> None:
    assert articles(searcher, "gré à gré")[0][0] == "R2122-8"


def test_filters_keep_to_kinds_and_collections(library: Library, searcher: Searcher, tmp_path: Path) -> None:
    contract = tmp_path / "contrat.txt"
    contract.write_text(
        "Le prestataire localise les moyens utilisés sur le territoire de l'Union.", encoding="utf-8"
    )
    ingest.index_paths(library.store, FakeEmbedding(), [contract], collection="contrats", kind=Kind.FRAMEWORK)
    question = "moyens localisés sur le territoire de l'Union"
    assert {hit.source.kind for hit in searcher.search(question)} == {Kind.RULE, Kind.FRAMEWORK}
    assert {hit.source.kind for hit in searcher.search(question, kinds=(Kind.FRAMEWORK,))} == {Kind.FRAMEWORK}
    assert {hit.source.collection for hit in searcher.search(question, collections=("contrats",))} == {
        "contrats"
    }
    assert searcher.search(question, collections=("ailleurs",)) == ()
    assert (
        searcher.search(question, collections=()) == ()
    )  # who may read none reads nothing, and not everything


def test_every_hit_says_why_it_was_found_and_its_text_is_that_of_the_document(searcher: Searcher) -> None:
    hits = searcher.search("moyens localisés sur le territoire")
    assert hits[0].passage.article == "L2112-4"
    assert set(hits[0].found_by) == {Channel.WORDS, Channel.VECTORS}
    assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))
    assert all(one.score >= other.score for one, other in itertools.pairwise(hits))
    for hit in hits:
        assert (
            searcher.document(hit.source.id).text[hit.passage.span.start : hit.passage.span.end]
            == hit.passage.text
        )


def test_an_article_that_lies_in_two_documents_is_found_once(
    library: Library, searcher: Searcher, tmp_path: Path
) -> None:
    later = [(*rule[:5], "2024-01-01", None) for rule in RULES if rule[2] == "L2112-4"]
    ingest.index_paths(
        library.store, FakeEmbedding(), [write_rules(tmp_path / "copie.jsonl", later)], collection="essai"
    )
    dates = [
        hit.passage.valid_from
        for hit in searcher.search("L2112-4", as_of=TODAY)
        if hit.passage.article == "L2112-4"
    ]
    assert dates == [date(2019, 4, 1)]


def test_nothing_is_found_for_nothing(searcher: Searcher) -> None:
    assert searcher.search("   ") == ()


def test_what_is_removed_is_found_no_more(library: Library, searcher: Searcher) -> None:
    library.store.remove(searcher.search("allotissement")[0].source.id)
    assert searcher.search("allotissement") == ()


def test_words_that_stand_in_every_passage_still_find_it(
    library: Library, embedding: FakeEmbedding, tmp_path: Path
) -> None:
    """No word is rare in a library of one note: a heading's share of the question is then 0 of 0."""
    note = tmp_path / "note.md"
    note.write_text("# Note\n\n## Délais\n\nLe délai de livraison est de trente jours.\n", encoding="utf-8")
    ingest.index_paths(library.store, embedding, [note], collection="essai")
    (hit,) = Searcher(library, embedding).search("délai")
    assert hit.passage.headings[-1] == "Délais"


def test_a_number_that_one_passage_holds_is_found_first_however_much_lies_nearer(
    library: Library, searcher: Searcher, tmp_path: Path
) -> None:
    """Of forty short notes with forty numbers, the one that is asked for; it stood behind those that were alike."""
    notes = [tmp_path / f"note-{at}.txt" for at in range(40)]
    for at, note in enumerate(notes):
        words = "Les pièces du dossier sont remises au service des achats avant la fin du mois. " * (at % 7)
        note.write_text(f"{words}Une note sur le marché 26s{at:03}.", encoding="utf-8")
    ingest.index_paths(library.store, FakeEmbedding(), notes, collection="notes", kind=Kind.TENDER)
    for at in range(40):
        assert f"26s{at:03}" in searcher.search(f"26s{at:03}", as_of=TODAY)[0].passage.text
