"""The buyer's documents with their summaries, made once, kept in the index, gone with their document."""

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.datatypes import Document
from assistant.documents.consultations import consultations
from assistant.documents.shelf import Shelf
from assistant.errors import NotIndexedError
from assistant.index.library import Library
from assistant.summaries.fields.summarise import summarise
from assistant.summaries.fields.summary import Summary
from tests.documents.made import CLEANING, ROADS, indexed, shelf_of, written


class Counting:
    """Makes summaries and counts them."""

    def __init__(self) -> None:
        self.made: list[str] = []

    def __call__(self, document: Document, name: str) -> Summary:
        self.made.append(name)
        return summarise(document, name)


@pytest.fixture
def held(library: Library, tmp_path: Path) -> Library:
    indexed(library, written(tmp_path / "docs", CLEANING | ROADS))
    return library


def shelf(library: Library, summarise: Counting, version: str = "1") -> Shelf:
    return Shelf(library.store, summarise, version, lambda source: "voirie" in source.origin)


def test_summaries_are_made_once_and_kept_until_the_rules_change(held: Library) -> None:
    first, again, other = Counting(), Counting(), Counting()
    made = shelf(held, first)
    known = made.known(made.sources())
    assert sorted(first.made) == ["CCAP nettoyage.md", "CCTP nettoyage.md"]  # the other came with the program
    assert shelf(held, again).known(made.sources()) == known
    assert again.made == []
    newer = shelf(held, other, version="2")
    assert newer.known(made.sources()) == known
    assert other.made == []  # nobody waits for them at a question
    newer.known(made.sources(), renewed=True)
    assert sorted(other.made) == ["CCAP nettoyage.md", "CCTP nettoyage.md"]
    newer.known(made.sources(), renewed=True)
    assert len(other.made) == 2


def test_a_summary_kept_in_another_form_is_made_again(held: Library) -> None:
    made = shelf(held, Counting())
    (first, second) = made.known(made.sources())
    held.store.keep_summary(first.source.id, "0", '{"summary": {}, "names": []}')
    held.store.keep_summary(second.source.id, "0", "[")
    again = Counting()
    assert shelf(held, again).known(made.sources()) == (first, second)
    assert sorted(again.made) == ["CCAP nettoyage.md", "CCTP nettoyage.md"]


def test_a_summary_goes_with_its_document(held: Library) -> None:
    made = shelf(held, Counting())
    source = made.known(made.sources())[0].source
    held.store.remove(source.id)
    assert source.id not in held.store.summaries()
    assert source not in made.sources()


def test_documents_of_a_collection_or_of_a_name_alone(held: Library) -> None:
    made = shelf_of(held)
    assert len(made.sources()) == 3
    assert made.sources(["autre"]) == ()
    assert [one.title for one in made.sources(["miens"], ["CCAP voirie.md"])] == [
        one.title for one in made.sources(files=["CCAP voirie.md"])
    ]
    assert len(made.sources(files=["CCAP voirie.md"])) == 1


def test_pieces_of_a_folder_that_agree_are_one_market_and_a_person_may_say_otherwise(held: Library) -> None:
    made = shelf_of(held)
    markets = consultations(made.known(made.sources()))
    assert [[piece.file for piece in market.pieces] for market in markets] == [
        ["CCAP nettoyage.md", "CCTP nettoyage.md"],
        ["CCAP voirie.md"],
    ]
    assert "nettoyage des écoles" in markets[0].name
    assert markets[0].why.startswith("même dossier")
    cctp = markets[0].pieces[1].source.id
    made.put_together([cctp])
    apart = consultations(made.known(made.sources()))
    assert sorted(len(market.pieces) for market in apart) == [1, 1, 1]
    assert {market.why for market in apart} >= {"choisi à la main"}
    made.put_together([cctp, apart[-1].pieces[0].source.id, apart[0].pieces[0].source.id])
    with pytest.raises(NotIndexedError):
        made.put_together(["0" * 16])


def test_a_folder_of_contracts_is_not_one_market(held: Library) -> None:
    known = shelf_of(held).known(shelf_of(held).sources())
    together = [replace(one, bundle="contrats") for one in known]
    assert len(consultations(together)) == 2
