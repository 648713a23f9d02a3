"""Answers from one's own documents: what is quoted stands there, and what they do not say is said so."""

import shutil
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from assistant.answering.answerer import Answerer
from assistant.datatypes import Basis, Kind, Position, Status
from assistant.documents import choice, own
from assistant.documents.choice import Combination, Signs
from assistant.documents.naming import Names
from assistant.documents.own import Concern, Found, OwnDocuments, about
from assistant.index import ingest
from assistant.index.library import Library
from assistant.index.search import Searcher
from assistant.reach import EVERYWHERE
from assistant.tender import pieces
from assistant.workspace import Workspace
from tests.conftest import ROOT, write_rules
from tests.documents.made import CLEANING, ROADS, indexed, own_of, shelf_of, subject, written
from tests.fakes import FakeEmbedding

TODAY = date(2026, 11, 28)


@pytest.fixture
def held(library: Library, tmp_path: Path) -> Library:
    indexed(library, written(tmp_path / "docs", CLEANING | ROADS))
    ingest.index_paths(
        library.store,
        FakeEmbedding(),
        [write_rules(tmp_path / "regles.jsonl")],
        collection="essai",
        kind=Kind.RULE,
    )
    return library


@pytest.fixture
def documents(held: Library) -> OwnDocuments:
    return own_of(held, Searcher(held, FakeEmbedding()))


@pytest.fixture
def answerer(held: Library, monkeypatch: pytest.MonkeyPatch) -> Answerer:
    monkeypatch.setattr(
        own, "SAYS_UNREAD", 0.0
    )  # the fake embedding's cosines are not those that it was fitted on
    searcher = Searcher(held, FakeEmbedding())
    return Answerer(searcher, FakeEmbedding(), documents=own_of(held, searcher))


def test_a_market_is_named_by_what_its_pieces_say_of_it(documents: OwnDocuments, held: Library) -> None:
    searcher = Searcher(held, FakeEmbedding())
    markets = documents.markets(documents.sources(EVERYWHERE, ()))
    names = Names(markets, searcher.words, searcher.rarity)
    of = {piece.file: piece.source.id for market in markets for piece in market.pieces}
    named = names.named("combien de temps dure le nettoyage des écoles ?")
    assert named[of["CCTP nettoyage.md"]] == named[of["CCAP nettoyage.md"]] == 1.0
    assert of["CCAP voirie.md"] not in named
    assert names.named("peut-on exclure un candidat ?") == {}
    assert [piece.summary.doc_type in pieces.named("que dit le cctp ?") for piece in markets[0].pieces] == [
        False,
        True,
    ]


def test_a_market_is_meant_by_a_word_that_only_its_pieces_say(documents: OwnDocuments, held: Library) -> None:
    searcher = Searcher(held, FakeEmbedding())
    markets = documents.markets(documents.sources(EVERYWHERE, ()))
    names = Names(
        markets, searcher.words, lambda _: 1.0, lambda piece: searcher.document(piece.source.id).text
    )
    of = {piece.file: piece.source.id for market in markets for piece in market.pieces}
    asked = "ils passent dans chaque classe quand ?"
    assert names.named(asked) == {}
    assert names.likely(asked)[of["CCTP nettoyage.md"]] == 1.0
    assert names.likely(asked).get(of["CCAP voirie.md"], 0.0) < 1.0


def test_what_is_read_together_puts_what_answers_first(
    documents: OwnDocuments, held: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def together(question: str, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.array([5.0 if "48 mois" in text else -5.0 for text in texts], np.float32)

    monkeypatch.setattr(own, "SAYS", 0.0)
    weights = np.array([float(name == "together") for name in Signs.NAMES])
    combination = Combination(weights, 1.0, 0.0, (0.0, 1.0))
    monkeypatch.setattr(choice, "known", lambda *_: combination)
    searcher = Searcher(held, FakeEmbedding())
    reading = OwnDocuments(
        shelf_of(held), searcher, FakeEmbedding(), lambda texts: [subject()] * len(texts), together
    )
    sources = reading.sources(EVERYWHERE, ())
    found = reading.found("combien de temps ?", sources, subject(), TODAY, EVERYWHERE)
    assert "48 mois" in found.claims[0].quotes[0].text
    _, signs = reading.weighed("combien de temps ?", sources, subject(), TODAY, EVERYWHERE)
    assert combination.answers(signs) > 0.99
    assert replace(combination, answering=None).answers(np.zeros_like(signs)) == 0.5


def test_an_answer_quotes_the_document_that_is_named(answerer: Answerer, held: Library) -> None:
    answer = answerer.answer("durée du marché de réfection de la voirie", as_of=TODAY)
    assert (answer.basis, answer.position, answer.status) == (
        Basis.DOCUMENT,
        Position.INFORMATION,
        Status.GROUNDED,
    )
    quotes = [quote for claim in answer.claims for quote in claim.quotes]
    assert {quote.source.origin.rpartition("/")[2] for quote in quotes} == {"CCAP voirie.md"}
    for quote in quotes:
        assert quote.text == quote.span.of(held.store.document(quote.source.id).text)


def test_what_a_document_does_not_say_is_said_with_where_it_was_looked_for(
    documents: OwnDocuments, held: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own, "SAYS_UNREAD", 1.1)
    answer = Answerer(Searcher(held, FakeEmbedding()), FakeEmbedding(), documents=documents).answer(
        "astreinte du nettoyage des écoles", as_of=TODAY
    )
    assert (answer.basis, answer.status, answer.claims) == (Basis.DOCUMENT, Status.INSUFFICIENT, ())
    assert answer.lead.startswith("Vos documents ne le disent pas")
    assert "« CCAP nettoyage.md »" in answer.lead


def test_a_question_of_law_is_not_about_documents(documents: OwnDocuments) -> None:
    sources = documents.sources(EVERYWHERE, ())
    assert (
        documents.concern("peut-on exclure un candidat étranger ?", sources, scoped=False, sheet=0.0) is None
    )


def test_only_the_documents_of_the_scope_are_looked_at(answerer: Answerer) -> None:
    answer = answerer.answer("quelle est la durée ?", as_of=TODAY, scope=["CCAP nettoyage.md"])
    assert {quote.source.origin.rpartition("/")[2] for claim in answer.claims for quote in claim.quotes} == {
        "CCAP nettoyage.md"
    }


def test_a_list_is_counted_and_its_rows_can_be_checked(documents: OwnDocuments, held: Library) -> None:
    rows = documents.rows(
        "lesquels durent plus de trois ans ?",
        documents.sources(EVERYWHERE, ()),
        subject("duree_initiale", "plus"),
        TODAY,
    )
    (claim, *_) = own.claims_of(rows)
    assert claim.text.startswith(
        "1 marché sur 2 (Durée (reconductions non comprises), plus de 3 ans : 1 oui, 1 non)."
    )
    quote = rows.yes[0].quote
    assert quote is not None
    assert quote.text == quote.span.of(held.store.document(quote.source.id).text)
    assert own.counted(
        documents.rows(
            "plus de dix ans ?",
            documents.sources(EVERYWHERE, ()),
            subject("duree_initiale", "plus"),
            TODAY,
        )
    ).startswith("Aucun")


@pytest.mark.models
def test_a_real_market_answers_a_stranger_s_question(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "home")
    shutil.copy(
        ROOT / "corpus" / "synthese" / "documents" / "04.html", tmp_path
    )  # what lies in the corpus is an example
    workspace.index([tmp_path / "04.html"], collection="miens")
    answer = workspace.ask("le nettoyage du Val-de-Brennière dure combien de temps ?")
    assert answer.basis is Basis.DOCUMENT
    assert any("deux ans" in quote.text for claim in answer.claims for quote in claim.quotes)
    rows = workspace.portfolio("lesquels de nos marchés prévoient une avance ?")
    assert [row.file for row in rows.yes] == ["04.html"]
    law = workspace.ask("le délai de paiement du nettoyage du Val-de-Brennière, c'est légal ?")
    assert law.claims
    workspace.close()


def test_a_question_is_about_documents_by_its_words_and_by_whether_a_sentence_answers_it() -> None:
    """What names no market is answered where a sentence plainly answers it, what seems to name one is not where none does."""

    def of(score: float, probability: float, *, sure: bool = False, in_force: bool = False) -> float:
        return about(
            Concern(None, False, sure, score), Found((), (), (), None, probability, in_force=in_force)
        )

    assert of(-0.4, 0.95) > 0.5 > of(-0.4, 0.5)
    assert of(0.4, 0.5) > 0.5 > of(0.4, 0.05)
    assert of(-9.0, 0.0, sure=True) == 1.0
    assert of(9.0, 0.0) == 0.0  # no sentence at all
    assert of(1.0, 1.0, in_force=True) > 0.5 > of(-1.0, 1.0, in_force=True)


def test_an_amendment_answers_for_no_market_but_the_one_that_the_likeliest_sentence_is_of(
    library: Library, tmp_path: Path
) -> None:
    amended = {
        "nettoyage/Avenant 1 nettoyage.md": "# Avenant n° 1\n\nObjet : nettoyage des écoles\n\nAcheteur : Ville de Valmont\n\n"
        "## Article 1 - Durée\n\nLa durée du marché est portée de 24 mois à 36 mois.\n"
    }
    indexed(library, written(tmp_path / "docs", CLEANING | ROADS | amended))
    documents = own_of(library, Searcher(library, FakeEmbedding()))
    sources = documents.sources(EVERYWHERE, ())

    def found(question: str) -> Found:
        return documents.found(question, sources, subject("duree_initiale"), TODAY, EVERYWHERE)

    cleaning = found("quelle est la durée du nettoyage des écoles ?")
    assert cleaning.in_force
    assert "36 mois" in cleaning.claims[0].text
    other = found("conclu pour une durée de 48 mois à compter de sa notification ?")
    assert not other.in_force
    assert "48 mois" in other.claims[0].text
