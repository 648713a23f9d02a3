"""A framework agreement from needs: every line somewhere, amounts that can be computed again, law that is only quoted, nothing that the review blocks."""

import io
import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from assistant import reading, review
from assistant.datatypes import FindingSeverity, Kind
from assistant.drafting import library
from assistant.errors import UnknownFormatError, UsageError
from assistant.shipped import CORPUS
from assistant.sourcing import published
from assistant.sourcing.anchors import Anchors
from assistant.sourcing.functions import functions
from assistant.sourcing.needs import Line, Needs, Quarter, gathered
from assistant.sourcing.needs_workbook import proposal_workbook
from assistant.sourcing.proposal import Proposal, Terms, proposed
from assistant.sourcing.proposal_text import markdown
from assistant.sourcing.register import Sensitivity
from tests.fakes import FakeEmbedding

DAY = date(2026, 11, 28)
TERMS = Terms("Accord-cadre d'essai", Quarter(2027, 3), years=2, margin_percent=10, least_members=3)


def made_lines() -> list[Line]:
    """Six towns: pay of two levels, mails that are public for two of them only, hives, and a line without a level."""
    lines = []
    for number in range(6):
        town = f"Commune {number}"
        lines.append(
            Line(
                town,
                "Paie",
                "",
                users=10,
                cost=Decimal(1_200) if number else None,
                end=date(2027, 2 + number, 1),
                sensitivity=Sensitivity.SENSITIVE,
            )
        )
        lines.append(
            Line(
                town,
                "Comptabilité",
                "",
                cost=Decimal(800),
                end=date(2030, 1, 1) if number == 0 else None,
                sensitivity=Sensitivity.INTERNAL,
            )
        )
        lines.append(
            Line(
                town, "Messagerie", "", sensitivity=Sensitivity.PUBLIC if number < 2 else Sensitivity.PERSONAL
            )
        )
        lines.append(Line(town, "Suivi des ruches", "", cost=Decimal(5), sensitivity=Sensitivity.PUBLIC))
    lines.append(Line("Commune 1", "GED", "", cost=Decimal(10)))
    lines.append(Line("Commune 1", "Objets connectés", "", sensitivity=Sensitivity.PUBLIC))
    return lines


@pytest.fixture(scope="module")
def needs() -> Needs:
    lines = made_lines()
    return gathered(lambda: lines, functions(), Anchors(functions(), FakeEmbedding()))


@pytest.fixture(scope="module")
def clauses() -> library.ClauseLibrary:
    return library.load((CORPUS / "clauses",))


@pytest.fixture(scope="module")
def made(needs: Needs, clauses: library.ClauseLibrary) -> Proposal:
    return of(needs, clauses, TERMS)


def of(needs: Needs, clauses: library.ClauseLibrary, terms: Terms) -> Proposal:
    return proposed(
        needs,
        functions(),
        terms,
        {kit.id: kit for kit in clauses.kits},
        {clause.id: clause for clause in clauses.clauses},
    )


def test_every_line_is_in_one_lot_or_outside_with_its_reason(made: Proposal) -> None:
    assert [(lot.level, lot.total.lines) for lot in made.lots] == [("N3", 6), ("N2", 6), ("N2", 6)]
    # Two towns are too few for a lot of public mails: they join the stricter lot, never a weaker one.
    assert [position.label for position in made.lots[2].positions] == ["Messagerie électronique et agendas"]
    assert sorted((one.lines, one.why.partition(" :")[0]) for one in made.outside) == [
        (1, "moins de 3 membres pour un lot Objets connectés et vidéoprotection N1"),
        (1, "sensibilité non dite, ou dite d'une autre échelle"),
        (6, "fonction hors de la table"),
    ]
    assert (
        sum(lot.total.lines for lot in made.lots) + sum(one.lines for one in made.outside) == made.lines == 26
    )


def test_the_maximum_is_what_the_document_says_it_is(made: Proposal) -> None:
    pay, books, mails = made.lots
    # Contracts end in T1 2027 (2 towns), T2 (3), T3 (1): the last joins a quarter later. 1,200 € a year, the median for the town that does not say.
    assert pay.amount == 5 * Decimal(1_200) * 2 + Decimal(1_200) * 7 / 4
    assert pay.maximum == Decimal(16_000)  # 14,100 € and 10 %, rounded up to a thousand
    assert pay.positions[0].unsaid == 1
    # A contract that ends after the framework agreement counts for nothing.
    assert books.amount == 5 * Decimal(800) * 2
    assert (made.later, made.undated) == (1, 5 + 6)
    assert (mails.amount, mails.maximum, mails.uncosted) == (
        None,
        None,
        ("Messagerie électronique et agendas",),
    )
    assert made.maximum is None
    assert [(entry.quarter.shown, entry.lines, entry.members) for entry in made.calendar] == [
        ("T3 2027", 16, 6),
        ("T4 2027", 1, 1),
    ]


def test_a_level_takes_no_clause_that_goes_beyond_it(made: Proposal) -> None:
    strict, plain = made.lots[0], made.lots[1]
    assert "qualification-secnumcloud" in {one.id for one in strict.clauses}
    assert "qualification-secnumcloud" not in {one.id for one in plain.clauses}
    assert {one.level for one in plain.clauses} <= {1, 2}


def test_every_sentence_of_law_is_a_sheet_s_and_bears_no_quotation_marks(made: Proposal) -> None:
    text = markdown(made, DAY)
    told = [line for line in text.splitlines() if " — d'après " in line or " — fiche « " in line]
    assert len(told) >= 25
    sheets = {
        one.sheet: (CORPUS / "droit" / f"{one.sheet}.yaml").read_text(encoding="utf-8")
        for one in made.sentences
    }
    for one in made.sentences:
        assert one.text in sheets[one.sheet]
        assert any(line.startswith(f"- {one.text} — ") for line in told)
        assert one.status == "en_vigueur"


def test_what_is_not_decided_or_cannot_be_published_is_said_first(made: Proposal) -> None:
    text = markdown(made, DAY)
    assert text.index("## Ce qu'il reste à décider") < text.index("## Les lots")
    for decision in made.decisions:
        assert f"{decision.title}.**" in text
        assert decision.law
    assert "**Sans maximum, pas d'accord-cadre.**" in text
    assert "lot 3, « Messagerie électronique et agendas »" in text
    # Eight of 26 lines are outside.
    assert "**À ne pas publier en l'état** : 31 % des lignes" in text


def test_a_level_asks_in_its_clauses_for_what_it_requires(made: Proposal) -> None:
    asked = {"gestion-des-cles", "localisation-administration-support", "sous-traitants-tiers-participants"}
    for lot in made.lots:
        assert asked <= {one.id for one in lot.clauses}, lot.title


def test_a_function_that_members_say_at_two_levels_is_named(made: Proposal) -> None:
    assert not made.at_two_levels
    lot = made.lots[0]
    twice = replace(made, lots=(lot, replace(lot, number=9, level="N2")))
    label = lot.positions[0].label
    assert twice.at_two_levels[label].keys() == {lot.level, "N2"}
    lines = lot.positions[0].total.lines
    assert f"| {label} | {lines} | {lines} |" in markdown(twice, DAY)


def test_what_ends_before_the_start_and_what_holds_data_of_care_are_said(
    clauses: library.ClauseLibrary,
) -> None:
    lines = [
        Line(
            f"Hôpital {number}",
            "Dossier patient informatisé",
            "",
            cost=Decimal(900),
            end=date(2026, 12, 31) if number < 2 else date(2027, 6, 30),
            sensitivity=Sensitivity.SENSITIVE,
        )
        for number in range(6)
    ]
    cared = of(gathered(lambda: lines, functions(), Anchors(functions(), FakeEmbedding())), clauses, TERMS)
    (lot,) = cared.lots
    assert "certification-hds-donnees-sante" in {one.id for one in lot.clauses}
    # The framework agreement of these terms begins in the third quarter of 2027.
    assert (cared.early, cared.later, cared.undated) == (2, 0, 0)
    assert "**Sans contrat d'ici le début** : 2 lignes" in markdown(cared, DAY)


def test_the_review_finds_nothing_that_blocks(made: Proposal) -> None:
    document = reading.read_bytes(
        markdown(made, DAY).encode(), "proposition.md", kind=Kind.TENDER, collection="x"
    )
    (found,) = review.review([document], day=DAY)
    assert [finding.rule for finding in found.findings if finding.severity is FindingSeverity.BLOCKING] == []


def test_the_workbook_holds_numbers_that_add_up_and_who_may_order(made: Proposal, needs: Needs) -> None:
    book = openpyxl.load_workbook(io.BytesIO(proposal_workbook(made, needs, DAY)))
    lots = [[cell.value for cell in row] for row in book["Lots"].iter_rows(min_row=2)]
    assert sum(row[5] for row in lots) == 18
    assert [row[11] for row in lots] == [16_000, 9_000, None]
    assert [row[0].value for row in book["Membres"].iter_rows(min_row=2)] == [
        f"Commune {number}" for number in range(6)
    ]
    assert {row[5].value for row in book["Libellés"].iter_rows(min_row=2)} <= {"oui", "à vérifier"}


def test_a_need_that_the_table_does_not_know_goes_where_a_person_says(
    needs: Needs, clauses: library.ClauseLibrary
) -> None:
    hives = next(need for need in needs.needs if "ruches" in need.label)
    assert any(
        "ruches" in position.label
        for lot in of(needs, clauses, Terms("x", TERMS.start, families={hives.id: "territoire"})).lots
        for position in lot.positions
    )
    with pytest.raises(UsageError, match="« ailleurs » n'est pas une famille"):
        of(needs, clauses, Terms("x", TERMS.start, families={hives.id: "ailleurs"}))
    with pytest.raises(UsageError, match="Une durée de 6 ans"):
        of(needs, clauses, Terms("x", TERMS.start, years=6))


def contract(**said: object) -> dict[str, object]:
    return {"id": "2025-1", "acheteur": {"id": "21130001500247"}, "objet": "Logiciel de paie", "codeCPV": "48450000-7", "dureeMois": 24} | {
        "dateNotification": "2025-01-31", "montant": 20000.1, **said
    }  # fmt: skip


def test_published_contracts_are_read_and_what_cannot_be_is_said() -> None:
    contracts = [
        contract(),
        contract(codeCPV="45214200-2"),
        contract(dureeMois="NC"),
        contract(montant=1e17),
        contract(acheteur={}),
        contract(montant="neuf"),
    ]
    read = published.read(json.dumps({"marches": {"marche": contracts}}).encode(), "decp.json")
    first = read.lines[0]
    assert (first.member, first.function, first.cost, first.end) == (
        "21130001500247",
        "Logiciel de paie",
        Decimal("10000.05"),
        date(2027, 1, 31),
    )
    assert [(line.cost, line.end is None) for line in read.lines[1:]] == [
        (None, True),
        (None, False),
        (None, False),
    ]
    assert read.left_out == (("45", 1),)
    assert sorted(problem.code for problem in read.problems) == ["amount", "amount", "buyer", "duration"]
    with pytest.raises(UnknownFormatError, match="aucun marché"):
        published.read(b'{"x": 1}', "x.json")
    with pytest.raises(UnknownFormatError, match="JSON lisible"):
        published.read(b"{", "x.json")


def test_the_published_example_is_read(shared: Path) -> None:
    read = published.read(
        (shared / "data" / "catalogues" / "decp-exemple-2022.json").read_bytes(), "decp.json"
    )
    assert (read.lines, sum(number for _, number in read.left_out)) == ((), 5)
