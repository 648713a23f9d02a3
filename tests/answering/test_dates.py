from datetime import date
from pathlib import Path

import pytest

from assistant.answering import dates, refusal
from assistant.answering.answerer import Answerer
from assistant.article_dates import DatedArticle
from assistant.datatypes import Answer, Claim, Kind, Passage, Position, Quote, Severity, Source, Span
from assistant.index import ingest
from assistant.index.library import Library
from assistant.index.search import Searcher
from tests.answering.samples import SHEET, speak_at_the_least
from tests.conftest import write_rules
from tests.fakes import FakeEmbedding, FakeReader

CODE = Source(
    "0" * 16,
    "0" * 64,
    "Code de la commande publique",
    Kind.RULE,
    "ccp.jsonl",
    "essai",
    "application/x-ndjson",
)
CHANGE = date(2026, 8, 22)


def wording(article: str, start: date | None, end: date | None) -> Passage:
    return Passage(CODE.id, Span(0, 3), "Mot", work="CCP", article=article, valid_from=start, valid_to=end)


OLD, NEW = wording("L2112-2", date(2019, 4, 1), CHANGE), wording("L2112-2", CHANGE, None)
KNOWN = {
    "L2112-2": (OLD, NEW),
    "L2152-7": (wording("L2152-7", date(2019, 4, 1), CHANGE), wording("L2152-7", CHANGE, None)),
    "L9": (wording("L9", date(2019, 4, 1), CHANGE),),
}


def said(
    day: date,
    *articles: str,
    table: tuple[DatedArticle, ...] = (),
    known: dict[str, tuple[Passage, ...]] = KNOWN,
) -> list[str]:
    quoted = [next(one for one in known[article] if one.in_force(day)) for article in articles]
    claims = [Claim("Dit.", (Quote("S1.1", CODE, passage, Span(0, 3), "Mot"),)) for passage in quoted]
    return [
        problem.message for problem in dates.of_quotes(claims, day, lambda number, _: known[number], table)
    ]


@pytest.mark.parametrize(
    ("day", "is_said"), [(date(2026, 2, 18), False), (date(2026, 2, 22), True), (date(2026, 8, 21), True)]
)
def test_a_change_within_six_months_is_told_with_its_day(day: date, is_said: bool) -> None:
    message = "La rédaction de l'article L2112-2 (CCP) change à compter du 22 août 2026 : les mots cités valent jusqu'à la veille."
    assert said(day, "L2112-2") == ([message] if is_said else [])


@pytest.mark.parametrize(
    ("day", "is_said"), [(CHANGE, True), (date(2026, 11, 25), True), (date(2027, 3, 1), False)]
)
def test_a_wording_younger_than_six_months_is_told_too(day: date, is_said: bool) -> None:
    assert (
        any(
            "est en vigueur depuis le 22 août 2026 : avant, c'en était une autre" in message
            for message in said(day, "L2112-2")
        )
        == is_said
    )


def test_articles_that_change_together_are_told_together_and_an_end_is_not_a_change() -> None:
    assert said(date(2026, 6, 1), "L2112-2", "L2152-7", "L9") == [
        "La rédaction des articles L2112-2 (CCP) et L2152-7 (CCP) change à compter du 22 août 2026 : les mots cités valent jusqu'à la veille.",
        "L'article L9 (CCP) n'est plus en vigueur à compter du 22 août 2026.",
    ]


def test_a_mirror_of_one_day_is_not_a_new_wording() -> None:
    mirror = wording("L2112-4", date(2026, 9, 1), None)
    assert said(date(2026, 11, 25), "L2112-4", known={"L2112-4": (mirror,)}) == []
    assert (
        said(
            date(2026, 11, 25),
            "L2112-4",
            known={"L2112-4": (mirror, wording("L2112-4", date(2019, 4, 1), None))},
        )
        == []
    )
    assert said(date(2026, 11, 25), "L2112-4", known={"L2112-4": (wording("L2112-4", None, None),)}) == []


def test_a_wording_that_the_copy_lacks_is_told_before_and_after_it_begins() -> None:
    known = {"R2122-8": (wording("R2122-8", date(2020, 1, 1), None),)}
    table = (
        DatedArticle("CCP", "R2122-8", date(2020, 1, 1), date(2026, 4, 1), "40 000 €"),
        DatedArticle("CCP", "R2122-8", date(2026, 4, 1), None, "non lu : seuil de 60 000 €"),
    )
    assert said(date(2025, 6, 1), "R2122-8", known=known, table=table) == []
    assert said(date(2026, 1, 15), "R2122-8", known=known, table=table) == [
        "La rédaction de l'article R2122-8 (CCP) change à compter du 1er avril 2026 : les mots cités valent jusqu'à la veille."
    ]
    (message,) = said(date(2026, 11, 25), "R2122-8", known=known, table=table)
    assert message == (
        "Les textes indexés donnent l'article R2122-8 (CCP) dans une rédaction d'avant le 1er avril 2026 ; la suivante n'a pas été lue."
        " Ce qui en est connu : seuil de 60 000 €."
    )


def test_the_rule_of_a_sheet_that_is_about_to_change_is_told() -> None:
    source = Source("1" * 16, "1" * 64, "Seuil de dispense", Kind.SHEET, "fiche.md", "essai", "text/markdown")
    sheet = Passage(source.id, Span(0, 3), "Mot", valid_from=date(2020, 1, 1), valid_to=date(2026, 4, 1))
    claim = Claim("Dit.", (Quote("F1.1", source, sheet, Span(0, 3), "Mot"),))
    (problem,) = dates.of_quotes([claim], date(2026, 3, 1), lambda *_: ())
    assert (problem.code, problem.severity) == ("redaction-future", Severity.INFO)
    assert (
        problem.message
        == "La règle que décrit la fiche « Seuil de dispense » change à compter du 1er avril 2026."
    )


def test_a_sheet_that_changes_with_its_article_adds_nothing() -> None:
    source = Source("1" * 16, "1" * 64, "Conditions", Kind.SHEET, "fiche.md", "essai", "text/markdown")
    sheet = Passage(source.id, Span(0, 3), "Mot", valid_from=CHANGE)
    claim = Claim(
        "Dit.",
        (Quote("F1.1.1", CODE, NEW, Span(0, 3), "Mot"), Quote("F1.1", source, sheet, Span(0, 3), "Mot")),
    )
    assert [
        problem.code for problem in dates.of_quotes([claim], date(2026, 11, 25), lambda *_: KNOWN["L2112-2"])
    ] == ["redaction-recente"]
    alone = Claim("Dit.", (Quote("F1.1", source, sheet, Span(0, 3), "Mot"),))
    assert [problem.message for problem in dates.of_quotes([alone], date(2026, 11, 25), lambda *_: ())] == [
        "La règle que décrit la fiche « Conditions » est en vigueur depuis le 22 août 2026."
    ]


# ---- in whole answers -----------------------------------------------------------------------------------------------------------------

CONDITIONS = [
    ("CCP", "Code", "L2112-2", [], "Les conditions d'exécution peuvent prendre en compte l'environnement.", "2019-04-01", "2026-08-22"),
    ("CCP", "Code", "L2112-2", [], "Les conditions d'exécution prennent en compte l'environnement.", "2026-08-22", None),
    ("CCP", "Code", "L2112-9", [], "Les conditions d'exécution imposent un avitaillement sidéral.", "2027-01-01", None),
    ("CCP", "Code", "L2112-1", [], "Le marché est conclu par écrit.", "2019-04-01", None),
]  # fmt: skip
QUESTION = "les conditions d'exécution et l'environnement"


@pytest.fixture
def answerer(
    library: Library, embedding: FakeEmbedding, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Answerer:
    monkeypatch.setattr(refusal, "LEAST_PROBABILITY", 0.0)
    ingest.index_paths(
        library.store, embedding, [write_rules(tmp_path / "conditions.jsonl", CONDITIONS)], collection="essai"
    )
    return Answerer(Searcher(library, embedding), embedding)


def quoted(answer: Answer) -> set[tuple[str | None, date | None]]:
    return {
        (quote.passage.article, quote.passage.valid_from) for claim in answer.claims for quote in claim.quotes
    }


def codes(answer: Answer) -> list[str]:
    return [problem.code for problem in answer.problems]


def test_a_question_on_a_day_gets_the_wording_of_that_day_and_the_change_ahead(answerer: Answerer) -> None:
    before, after = (answerer.answer(QUESTION, as_of=day) for day in (date(2026, 4, 1), date(2026, 11, 25)))
    assert ("L2112-2", date(2019, 4, 1)) in quoted(before)
    assert ("L2112-2", CHANGE) not in quoted(before)
    assert "redaction-future" in codes(before)
    assert ("L2112-2", CHANGE) in quoted(after)
    assert ("L2112-2", date(2019, 4, 1)) not in quoted(after)
    assert "redaction-recente" in codes(after)
    assert "redaction-future" not in codes(after)


def test_what_is_not_yet_in_force_is_never_evidence_even_when_it_is_asked_for(answerer: Answerer) -> None:
    for question in (
        "les conditions d'exécution imposent un avitaillement sidéral",
        "avitaillement sidéral, article L2112-9 du CCP",
    ):
        today = answerer.answer(question, as_of=date(2026, 11, 25))
        assert all(hit.hit.passage.article != "L2112-9" for hit in today.evidence)
        assert all(article != "L2112-9" for article, _ in quoted(today))
    refused = answerer.answer("que dit l'article L2112-9 du CCP ?", as_of=date(2026, 11, 25))
    assert refused.position is Position.OUT_OF_SCOPE
    assert ("L2112-9", date(2027, 1, 1)) in quoted(
        answerer.answer("que dit l'article L2112-9 du CCP ?", as_of=date(2027, 1, 1))
    )


@pytest.mark.usefixtures("answerer")
def test_a_sheet_quotes_the_rule_as_it_was_that_day(
    library: Library, embedding: FakeEmbedding, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    speak_at_the_least(monkeypatch)
    sheet = SHEET.replace("L2112-4", "L2112-2")
    (tmp_path / "localisation.yaml").write_text(sheet, encoding="utf-8")
    ingest.index_paths(library.store, embedding, [tmp_path / "localisation.yaml"], collection="essai")
    speaking = Answerer(Searcher(library, embedding), embedding, trained=FakeReader(sheet))
    answer = speaking.answer("Peut-on garder nos serveurs en Europe ?", as_of=date(2026, 4, 1))
    assert {quote.passage.valid_from for quote in answer.claims[0].quotes if quote.passage.article} == {
        date(2019, 4, 1)
    }


def test_an_answer_warns_that_a_newer_wording_was_not_read(
    library: Library, embedding: FakeEmbedding, answerer: Answerer
) -> None:
    table = (DatedArticle("CCP", "L2112-1", date(2026, 10, 1), None, "non lu : la forme écrite est levée"),)
    warned = Answerer(Searcher(library, embedding), embedding, article_dates=table).answer(
        "le marché est conclu par écrit", as_of=date(2026, 11, 25)
    )
    assert [problem.severity for problem in warned.problems if problem.code == "redaction-depassee"] == [
        Severity.WARNING
    ]
