"""Every clause and kit of the corpus is valid, rests on law in force, and drafts whole."""

import csv
import itertools
import json
import re
from datetime import date
from pathlib import Path

import pytest

from assistant.datatypes import FieldOrigin
from assistant.drafting import library, rendering
from assistant.drafting.drafter import Request, draft, form_of_request
from assistant.workspace import CLAUSES
from tests.conftest import ROOT, SHARED
from tests.drafting.samples import sample

ARTICLES = ROOT / "corpus" / "droit" / "articles.tsv"
SHEETS = {path.stem for path in (ROOT / "corpus" / "droit").glob("*.yaml")}
LEVELS = (3, 2, 1)
# What the words of a wording must not be (the review of `assistant check` says more): promises without an obligation.
TOOTHLESS = re.compile(
    r"s['’]efforce|de préférence|dans la mesure du possible|à la seule appréciation", re.IGNORECASE
)

# The CCAG give an indemnity to a contractor whose contract is ended without his fault.
NO_INDEMNITY = re.compile(
    r"(?:résili|mettre fin au marché)[^.]*sans (?:pénalité ni )?indemnité", re.IGNORECASE
)

Wordings = dict[tuple[str, str], list[tuple[str, str | None]]]


@pytest.fixture(scope="module")
def shelf() -> library.ClauseLibrary:
    return library.load([CLAUSES])


@pytest.fixture(scope="module")
def known_articles() -> Wordings:
    """(work, article) → periods of its wordings, from the project's own table of articles, else from the data beside it."""
    known: Wordings = {}
    if ARTICLES.is_file():
        with ARTICLES.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader((line for line in file if not line.startswith("#")), delimiter="\t"):
                known.setdefault((row["work"], row["article"]), []).append(
                    (row["valid_from"], row["valid_to"] or None)
                )
        return known
    if not SHARED.is_dir():
        pytest.skip("neither corpus/droit/articles.tsv nor the data folder ../shared is here")
    for name in ("ccp", "lois", "secnumcloud-3.2"):
        for line in (SHARED / "data" / "droit" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            known.setdefault((row["work"], row["num"]), []).append((row["valid_from"] or "", row["valid_to"]))
    return known


def in_force(periods: list[tuple[str, str | None]], day: date) -> bool:
    return any(start <= day.isoformat() and (end is None or day.isoformat() < end) for start, end in periods)


def test_every_clause_and_kit_is_valid(shelf: library.ClauseLibrary) -> None:
    assert [failure.message for failure in shelf.failures] == []
    assert len(shelf.clauses) >= 70
    assert len(shelf.kits) >= 8


def test_every_article_cited_exists_and_is_in_force_the_day_it_was_verified(
    shelf: library.ClauseLibrary, known_articles: Wordings
) -> None:
    works = {work for work, _ in known_articles}
    cited = [
        (clause, target) for clause in shelf.clauses for target in clause.legal_basis if target.work in works
    ]
    assert len(cited) > 400
    for clause, target in cited:
        assert in_force(
            known_articles.get((target.work or "", target.article or ""), []), clause.verified_on
        ), f"{clause.id} : {target.work} {target.article}"


def test_every_basis_names_a_work_and_an_article(shelf: library.ClauseLibrary) -> None:
    for clause in shelf.clauses:
        assert all(
            target.work and target.article and re.search(r"\d", target.article)
            for target in clause.legal_basis
        ), clause.id


def test_every_sheet_named_exists_and_dates_are_real(shelf: library.ClauseLibrary) -> None:
    for clause in shelf.clauses:
        assert set(clause.sheets) <= SHEETS, clause.id
        assert date(2026, 1, 1) <= clause.verified_on <= date.today()
        assert clause.does_not_achieve, clause.id


def test_no_kit_holds_a_pair_that_contradicts_itself(shelf: library.ClauseLibrary) -> None:
    for kit in shelf.kits:
        held = [shelf.clause(one.id) for piece in kit.pieces for one in piece.clauses]
        assert not [
            (one.id, other.id)
            for one, other in itertools.combinations(held, 2)
            if library.incompatible(one, other)
        ], kit.id


def test_levels_differ_and_none_is_toothless(shelf: library.ClauseLibrary) -> None:
    for clause in shelf.clauses:
        assert len({level.wording for level in clause.levels}) == 3, clause.id
        for level in clause.levels:
            assert not TOOTHLESS.search(level.wording), f"{clause.id}, niveau {level.level}"


@pytest.mark.parametrize("level", LEVELS)
def test_every_clause_with_all_its_fields_leaves_nothing_to_complete(
    shelf: library.ClauseLibrary, level: int
) -> None:
    for clause in shelf.clauses:
        empty = Request((clause.id,), {}, level)
        values = {field.name: sample(field) for field in form_of_request(shelf, empty)}
        drafted = draft(shelf, Request((clause.id,), values, level))
        text = rendering.markdown(drafted)
        assert "{{" not in text, clause.id
        assert "[À COMPLÉTER" not in text, clause.id
        assert {field.origin for field in drafted.fields} <= {FieldOrigin.GIVEN}, clause.id
        assert [article.clause.id for article in drafted.articles if article.clause] == [clause.id]


def test_every_clause_without_values_shows_what_the_buyer_has_to_decide(shelf: library.ClauseLibrary) -> None:
    for clause in shelf.clauses:
        drafted = draft(shelf, Request((clause.id,), {}, 3))
        missing = {field.name for field in drafted.fields if field.origin is FieldOrigin.MISSING}
        assert missing == {
            field.name
            for field in clause.fields
            if field.default is None and f"{{{{{field.name}}}}}" in clause.at(3).wording
        }, clause.id


@pytest.mark.parametrize("kit_path", sorted((CLAUSES / "kits").glob("*.yaml")), ids=lambda path: path.stem)
def test_every_kit_with_all_its_fields_is_whole(shelf: library.ClauseLibrary, kit_path: Path) -> None:
    form = form_of_request(shelf, Request((kit_path.stem,), {}))
    drafted = draft(shelf, Request((kit_path.stem,), {field.name: sample(field) for field in form}))
    text = rendering.markdown(drafted)
    assert "{{" not in text
    assert "[À COMPLÉTER" not in text
    assert drafted.justification is not None
    headings = " ".join(re.findall(r"^#+ (.*)$", drafted.justification.text, re.MULTILINE)).lower()
    for section in (
        "besoin",
        "sensibilité",
        "proportionnalité",
        "alternatives",
        "droits des tiers",
        "sources",
    ):
        assert section in headings, section
    assert not [
        problem
        for problem in drafted.problems
        if problem.code in ("incompatible-clauses", "derogation-to-list")
    ]


def test_a_field_shared_by_clauses_of_a_kit_has_one_meaning(shelf: library.ClauseLibrary) -> None:
    for kit in shelf.kits:
        seen: dict[str, tuple[str, str | None]] = {}
        for one in (one for piece in kit.pieces for one in piece.clauses):
            for field in shelf.clause(one.id).fields:
                form = (field.type.value, field.unit)
                assert seen.setdefault(field.name, form) == form, f"{kit.id} : {field.name}"


def test_a_clause_that_ends_the_contract_without_indemnity_lists_its_derogation(
    shelf: library.ClauseLibrary,
) -> None:
    ending = {
        clause.id: clause
        for clause in shelf.clauses
        if any(NO_INDEMNITY.search(level.wording) for level in clause.levels)
    }
    assert "changement-de-controle" in ending
    assert [
        id_ for id_, clause in ending.items() if not any("art. 51" in one for one in clause.derogations)
    ] == []


@pytest.mark.parametrize("kit", [path.stem for path in sorted((CLAUSES / "kits").glob("*.yaml"))])
def test_the_criteria_of_a_kit_make_a_hundred(shelf: library.ClauseLibrary, kit: str) -> None:
    drafted = draft(shelf, Request((kit,), {}))
    assert any(
        field.name == "poids_cout"
        for piece in drafted.pieces
        for one in piece.articles
        for field in one.body.fields
    )
    assert [problem.message for problem in drafted.problems if problem.code == "weights"] == []


def test_criteria_that_do_not_make_a_hundred_are_said(shelf: library.ClauseLibrary) -> None:
    drafted = draft(shelf, Request(("kit-suite-collaborative",), {"poids_cout": "50"}))
    (message,) = [problem.message for problem in drafted.problems if problem.code == "weights"]
    assert message.startswith("Les poids des critères font 110 % et non 100 %")
