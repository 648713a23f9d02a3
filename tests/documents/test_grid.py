"""Questions by markets: the value of a field, the words that answer, or that the market does not say."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assistant.datatypes import Claim, Hit, Passage, Progress, Quote, Source, Span
from assistant.documents import grid
from assistant.documents.consultations import Consultation
from assistant.documents.grid import Cell, Column, columns
from assistant.documents.own import Found, OwnDocuments
from assistant.errors import UsageError
from assistant.index.library import Library
from assistant.index.search import Searcher
from assistant.reach import EVERYWHERE
from assistant.reader.fields import Subject
from tests.documents.made import CLEANING, ROADS, indexed, own_of, shelf_of, subject, written
from tests.fakes import FakeEmbedding

TODAY = date(2026, 11, 28)


@pytest.fixture
def own(library: Library, tmp_path: Path) -> OwnDocuments:
    indexed(library, written(tmp_path / "docs", CLEANING | ROADS))
    return own_of(library, Searcher(library, FakeEmbedding()))


def markets(own: OwnDocuments) -> tuple[Consultation, ...]:
    return own.markets(own.sources(EVERYWHERE, ()))


class Finding(OwnDocuments):
    """Finds the sentence that it was told, in whatever document holds it."""

    def __init__(self, own: OwnDocuments, sentence: str, asked: Subject | None) -> None:
        self.__dict__.update(own.__dict__)
        self.sentence, self.asked = sentence, asked

    def subject(self, question: str) -> Subject | None:
        return self.asked

    def found(
        self,
        question: str,
        sources: Sequence[Source],
        subject: Subject | None,
        day: date,
        collections: Sequence[str],
    ) -> Found:
        for source in sources:
            text = self._searcher.document(source.id).text
            if (start := text.find(self.sentence)) >= 0:
                span = Span(start, start + len(self.sentence))
                passage = Passage(source.id, span, self.sentence)
                return Found(
                    (Claim("…", (Quote("S1", source, passage, span, self.sentence),)),),
                    (Hit(1, 1.0, (), source, passage),),
                    (),
                    None,
                )
        return Found((), (), (), None)


def test_a_ticked_field_is_the_value_that_prevails_with_its_words_and_its_place(own: OwnDocuments) -> None:
    lines = list(grid.lines(own, markets(own), columns([], ["duree_initiale", "avance"]), TODAY))
    assert [line.files for line in lines] == [("CCAP nettoyage.md", "CCTP nettoyage.md"), ("CCAP voirie.md",)]
    cleaning, roads = lines
    assert [cell.value for cell in cleaning.cells] == ["24 mois à compter de sa notification", ""]
    assert cleaning.cells[1] == Cell()
    assert cleaning.cells[1].unsaid == "ne le dit pas"
    assert roads.cells[0].value.startswith("48 mois")
    assert "avance" in roads.cells[1].value
    for cell in (cleaning.cells[0], *roads.cells):
        assert cell.quote is not None
        assert (
            cell.quote.text
            == own._searcher.document(cell.quote.source.id).text[cell.quote.span.start : cell.quote.span.end]
        )


def test_a_question_is_answered_by_the_words_of_each_market_or_not_at_all(own: OwnDocuments) -> None:
    finding = Finding(own, "Le titulaire nettoie chaque classe chaque soir.", None)
    cleaning, roads = grid.lines(
        finding, markets(own), columns(["Quand les classes sont-elles nettoyées ?"], []), TODAY
    )
    assert cleaning.cells[0].value == "Le titulaire nettoie chaque classe chaque soir."
    assert cleaning.cells[0].quote is not None
    assert roads.cells == (Cell(),)


def test_a_question_that_asks_for_a_field_gets_its_value_where_its_words_are_found(own: OwnDocuments) -> None:
    sentence = "Le marché est conclu pour une durée de 48 mois à compter de sa notification."
    finding = Finding(own, sentence, subject("duree_initiale"))
    _, roads = grid.lines(finding, markets(own), columns(["Combien de temps dure-t-il ?"], []), TODAY)
    assert roads.cells[0].value == "48 mois à compter de sa notification"
    assert roads.cells[0].quote is not None
    assert roads.cells[0].quote.text == sentence


def test_a_market_of_which_nothing_could_be_read_says_so(own: OwnDocuments) -> None:
    (piece,) = markets(own)[1].pieces
    unread = replace(
        piece,
        summary=replace(
            piece.summary,
            pages=2,
            unreadable_pages=(1, 2),
            fields=tuple(replace(one, value=None, extracts=()) for one in piece.summary.fields),
        ),
    )
    (line,) = grid.lines(own, [Consultation((unread,), "")], columns([], ["avance"]), TODAY)
    assert line.cells[0].unsaid == "illisible"


def test_lines_come_one_by_one_each_told_before_it_is_computed(own: OwnDocuments) -> None:
    told: list[Progress] = []
    lines = grid.lines(own, markets(own), columns([], ["avance"]), TODAY, on_progress=told.append)
    next(lines)
    assert [(one.done, one.total) for one in told] == [(0, 2)]
    assert len(list(lines)) == 1
    assert [one.done for one in told] == [0, 1]


def test_each_piece_of_a_market_may_be_a_line_of_its_own(own: OwnDocuments) -> None:
    together = (
        Consultation(tuple(piece for market in markets(own) for piece in market.pieces), "choisi à la main"),
    )
    lines = grid.lines(own, grid.pieces_of(together), columns([], ["duree_initiale"]), TODAY)
    assert [(line.files, line.cells[0].value) for line in lines] == [
        (("CCAP nettoyage.md",), "24 mois à compter de sa notification"),
        (("CCTP nettoyage.md",), ""),
        (("CCAP voirie.md",), "48 mois à compter de sa notification"),
    ]


def test_columns_are_the_fields_in_their_order_then_each_question_once() -> None:
    assert columns(["  Quelle  avance ? ", "", "Quelle avance ?"], ["avance", "objet"]) == (
        Column("Objet", "objet"),
        Column("Avance", "avance"),
        Column("Quelle avance ?"),
    )


@pytest.mark.parametrize(
    ("questions", "fields", "said"),
    [
        ([" ", ""], [], "Il n'y a rien à demander."),
        ([str(n) for n in range(11)], [], "11 questions"),
        ([], ["couleur"], "« couleur »"),
    ],
)
def test_a_grid_of_nothing_of_too_much_or_of_an_unknown_field_is_refused(
    questions: list[str], fields: list[str], said: str
) -> None:
    with pytest.raises(UsageError, match=said):
        columns(questions, fields)


def test_the_markets_follow_at_once_what_a_person_chooses(own: OwnDocuments, library: Library) -> None:
    shelf = shelf_of(library)
    ccap, cctp = (piece.source.id for piece in markets(own)[0].pieces)
    roads = markets(own)[1].pieces[0].source.id
    assert [len(market.pieces) for market in markets(own)] == [2, 1]
    shelf.put_together([ccap, cctp, roads])
    assert [len(market.pieces) for market in markets(own)] == [3]
    for first in (ccap, roads):  # whichever of them leaves, the others stay together
        shelf.put_together([ccap, cctp, roads])
        shelf.put_together([first])
        assert sorted(len(market.pieces) for market in markets(own)) == [1, 2]
    shelf.let_go([ccap, cctp, roads])
    assert [len(market.pieces) for market in markets(own)] == [2, 1]
    assert markets(own)[0].why.startswith("même dossier")
