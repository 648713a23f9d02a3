"""The corpus obeys its own rules: every sheet parses, every article it cites exists and is in force, every question leads somewhere."""

import json
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from assistant import article_dates, questions, reading
from assistant.article_dates import DatedArticle
from assistant.datatypes import Kind, Position
from assistant.evaluation import cited_articles
from assistant.reading import folders
from assistant.reading.sheet import sheet_of
from assistant.sheets import LegalSheet, form
from tests.conftest import ROOT
from training import written

CORPUS = ROOT / "corpus"
SHEETS = sorted((CORPUS / "droit").glob("*.yaml"))
TABLE = CORPUS / "droit" / "articles.tsv"
COPIES = ("ccp", "lois", "secnumcloud-3.2", "eu-cloud-sovereignty-framework.en")
QUESTIONS = sorted((CORPUS / "questions" / "rules").glob("*.jsonl"))


def parsed(path: Path) -> LegalSheet:
    document = reading.read(path, kind=Kind.SHEET, collection="corpus")
    sheet = sheet_of(document)
    assert document.text == sheet.text
    assert all(statement.span.of(document.text) == statement.text for statement in sheet.statements)
    return sheet


def table() -> tuple[DatedArticle, ...]:
    return article_dates.parse(TABLE.read_text(encoding="utf-8"), TABLE.name)


@pytest.fixture(scope="module")
def everything() -> dict[str, LegalSheet]:
    return {path.stem: parsed(path) for path in SHEETS}


@pytest.fixture(scope="module")
def cited_by_sheets() -> list[cited_articles.Citation]:
    return list(cited_articles.of_sheets(CORPUS / "droit"))


@pytest.fixture(scope="module")
def cited_by_clauses() -> list[cited_articles.Citation]:
    return list(cited_articles.of_clauses(CORPUS / "clauses"))


def test_every_sheet_holds_to_the_form_of_sheets(everything: dict[str, LegalSheet]) -> None:
    assert [f"{fault.origin} : {fault.message}" for fault in form.of_all(everything.items())] == []
    for name, sheet in everything.items():
        assert date(2026, 1, 1) <= sheet.verified_on <= date.today(), name


def test_the_corpus_is_as_wide_as_it_is_said_to_be(everything: dict[str, LegalSheet]) -> None:
    cases = [case for sheet in everything.values() for case in sheet.cases]
    assert len(everything) >= 300
    assert len(cases) >= 590
    assert sum(len(case.not_here) for case in cases) >= 2800
    assert sum(case.position is Position.OUT_OF_SCOPE for case in cases) >= 12


def test_a_pending_text_is_never_given_as_law(everything: dict[str, LegalSheet]) -> None:
    for name, sheet in everything.items():
        if sheet.status == "projet":
            assert Position.NOT_IN_FORCE in {case.position for case in sheet.cases}, name


def test_every_article_that_a_sheet_or_a_clause_cites_is_in_the_table_and_in_force_the_day_it_was_verified(
    cited_by_sheets: list[cited_articles.Citation], cited_by_clauses: list[cited_articles.Citation]
) -> None:
    citations = [*cited_by_sheets, *cited_by_clauses]
    assert len({one.origin for one in citations}) >= 300 + 40
    assert [f"{fault.origin} : {fault.message}" for fault in cited_articles.faults(table(), citations)] == []


def test_a_proposed_text_is_cited_only_by_sheets_that_say_so(
    everything: dict[str, LegalSheet],
    cited_by_sheets: list[cited_articles.Citation],
    cited_by_clauses: list[cited_articles.Citation],
) -> None:
    pending = {(row.work, row.article) for row in table() if row.pending}
    assert ("COM(2026)", "502") in pending
    for one in cited_by_sheets:
        if one.key in pending:
            sheet = everything[one.origin.partition(".yaml")[0]]
            assert Position.NOT_IN_FORCE in {case.position for case in sheet.cases}, one
    assert not pending & {one.key for one in cited_by_clauses}


def test_the_table_is_what_the_copies_of_the_law_make_it(
    shared: Path,
    cited_by_sheets: list[cited_articles.Citation],
    cited_by_clauses: list[cited_articles.Citation],
) -> None:
    citations = [*cited_by_sheets, *cited_by_clauses]
    known = cited_articles.provisions([shared / "data" / "droit" / f"{name}.jsonl" for name in COPIES])
    assert cited_articles.updated(table(), {one.key for one in citations}, known) == table()


def test_the_table_knows_what_the_copies_of_the_code_do_not() -> None:
    rows = {(row.article, row.valid_from): row for row in table() if row.work == "CCP"}
    old, new = rows["R2122-8", date(2020, 1, 1)], rows["R2122-8", date(2026, 4, 1)]
    assert (old.valid_to, new.valid_to, new.unread) == (date(2026, 4, 1), None, True)
    assert "40 000 €" in old.note
    assert "60 000 €" in new.note
    assert "2025-1386" in new.note
    assert rows["L2112-2", date(2019, 4, 1)].valid_to == rows["L2112-2", date(2026, 8, 22)].valid_from


def test_written_questions_are_many_distinct_and_lead_to_rules() -> None:
    written = [
        one for path in QUESTIONS for one in questions.parse(path.read_text(encoding="utf-8"), path.name)
    ]
    led = [one for one in written if one.targets]
    rules = Counter((one.targets[0].work, one.targets[0].article) for one in led)
    assert len(led) >= 6500
    assert len(rules) >= 900
    assert sum(count >= 6 for count in rules.values()) / len(rules) >= 0.99
    assert len({one.text.casefold() for one in written}) == len(written)


def test_rules_that_questions_lead_to_exist(shared: Path) -> None:
    known = set()
    for name in COPIES:
        for line in (shared / "data" / "droit" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            article = json.loads(line)
            known.add((article["work"], article["num"]))
    works = {work for work, _ in known}
    for path in QUESTIONS:
        for one in questions.parse(path.read_text(encoding="utf-8"), path.name):
            assert all(
                (target.work, target.article) in known for target in one.targets if target.work in works
            ), one


@pytest.mark.parametrize("name", ["reponses.jsonl", "recherche.jsonl", "refus.jsonl"])
def test_the_public_sets_are_split_in_two_or_held_out_whole(name: str) -> None:
    rows = [
        json.loads(line) for line in (CORPUS / "questions" / name).read_text(encoding="utf-8").splitlines()
    ]
    assert len({row["id"] for row in rows}) == len(rows)
    if name != "refus.jsonl":
        halves = Counter(row["split"] for row in rows)
        assert min(halves["a"], halves["b"]) >= 0.4 * len(rows)


def test_no_evaluation_question_is_indexed() -> None:
    indexed = {
        one.text.casefold()
        for path in QUESTIONS
        for one in questions.parse(path.read_text(encoding="utf-8"), path.name)
    }
    for name in ("reponses.jsonl", "recherche.jsonl", "refus.jsonl"):
        for line in (CORPUS / "questions" / name).read_text(encoding="utf-8").splitlines():
            assert json.loads(line)["question"].casefold() not in indexed


def test_the_hands_lead_to_cases_that_exist_and_nothing_was_learned_from_the_witnesses() -> None:
    known = written.read_sheets()
    labels = {(sheet.id, case.id) for sheet in known.values() for case in sheet.learned}
    learned = written.all_written(known)
    assert all(one.cases <= labels for one in learned)
    assert len({one.hand for one in learned}) >= 8
    witnesses = [
        one
        for path in (CORPUS / "questions" / "temoins").glob("*.jsonl")
        for one in written.of_hand(known, path)
    ]
    assert len(witnesses) > 1000
    assert all(one.cases <= labels for one in witnesses)
    assert not {one.text.casefold() for one in witnesses} & {one.text.casefold() for one in learned}


def test_the_corpus_indexes_sheets_clauses_wordings_and_the_two_agreements_alone() -> None:
    """What is under ``corpus/`` and not left out becomes a document of the buyer's: instructions to writers were once."""
    found = {(path.relative_to(CORPUS).parts[0], path.suffix) for path in folders.walk(CORPUS)}
    assert found == {
        *(("droit", ".yaml"), ("clauses", ".md"), ("questions", ".jsonl")),
        *(("accords-cadres", ".docx"), ("accords-cadres", ".pdf")),
    }


def test_the_example_agreements_say_that_they_are_fictional() -> None:
    files = [path for path in (CORPUS / "accords-cadres").iterdir() if path.suffix in (".pdf", ".docx")]
    assert len(files) == 2
    for path in files:
        document = reading.read(path, kind=Kind.FRAMEWORK, collection="corpus")
        assert "fictif" in path.name
        assert "fictif" in document.text[:3000].lower()
        assert len(document.headings) >= 20
