"""The table of rules: every rule has its code, its words, its articles, and catches its own examples and no lawful one."""

import json
from pathlib import Path

import pytest

from assistant.datatypes import FindingSeverity
from assistant.reader import clauses
from assistant.review import FACTS, contradictions, rules, table
from assistant.review.cited_law import articles_in_force
from assistant.review.extracts import EFFECT_TO_CHECK, TO_CHECK
from tests.conftest import ROOT
from tests.review.made import caught

RULES = rules()
FACT_RULES = frozenset(FACTS) | frozenset(contradictions.ACROSS)
# Those that are judged on a whole piece, or on two, have no example of a sentence.
CAUGHT = [
    (rule.id, text)
    for rule in RULES.values()
    if rule.id in FACT_RULES - {"accord-cadre-sans-maximum"}
    for text in rule.caught
]
LAWFUL = [(rule.id, text) for rule in RULES.values() if rule.id in FACT_RULES for text in rule.lawful]


def test_every_rule_is_found_by_the_reader_or_by_a_fact() -> None:
    known = set(clauses.load(json.loads(clauses.CARD.read_text(encoding="utf-8"))["model"]).rules)
    assert known | FACT_RULES | {TO_CHECK, EFFECT_TO_CHECK} == set(RULES)


@pytest.mark.parametrize(("rule", "text"), CAUGHT)
def test_a_faulty_example_of_a_fact_is_caught(rule: str, text: str) -> None:
    assert rule in caught(text)


@pytest.mark.parametrize(("rule", "text"), LAWFUL)
def test_a_lawful_example_of_a_fact_is_not_caught(rule: str, text: str) -> None:
    assert rule not in caught(text)


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.id)
def test_a_rule_says_why_on_what_and_what_to_write(rule) -> None:
    assert rule.severity in set(FindingSeverity)
    assert rule.message.endswith(".")
    assert rule.legal_basis
    assert len(rule.suggestion) > 30


def test_articles_of_the_code_are_in_force(shared: Path) -> None:
    """Each article of the code that a rule rests on, against the dated articles."""
    rows = (
        json.loads(line)
        for line in (shared / "data/droit/ccp.jsonl").read_text(encoding="utf-8").splitlines()
    )
    in_force = {row["num"] for row in rows if row["valid_to"] is None}
    cited = {target.article for rule in RULES.values() for target in rule.legal_basis if target.work == "CCP"}
    assert cited <= in_force


def test_articles_of_laws_are_in_force(shared: Path) -> None:
    rows = [
        json.loads(line)
        for name in ("lois.jsonl", "secnumcloud-3.2.jsonl")
        for line in (shared / "data/droit" / name).read_text(encoding="utf-8").splitlines()
    ]
    known = {(row["work"], row["num"]) for row in rows if row.get("valid_to") is None}
    cited = {
        (target.work, target.article)
        for rule in RULES.values()
        for target in rule.legal_basis
        if target.work in {"LOI 2024-449", "LOI 2016-1321"}
    }
    assert cited <= known


def test_the_list_of_articles_is_the_code_s(shared: Path) -> None:
    rows = (
        json.loads(line)
        for line in (shared / "data/droit/ccp.jsonl").read_text(encoding="utf-8").splitlines()
    )
    numbers = {
        row["num"]
        for row in rows
        if row["valid_to"] is None and row["num"][:1] in "LRD" and row["num"][1:2].isdigit()
    }
    assert articles_in_force() ^ numbers <= {"R2181-7"}


def test_the_published_table_is_that_of_the_rules() -> None:
    """Made again by ``assistant check --rules > docs/regles-de-controle.md``."""
    published = (ROOT / "docs" / "regles-de-controle.md").read_text(encoding="utf-8")
    assert published == table.markdown()
    assert [published.count(f"\n`{name}` · ") for name in RULES] == [1] * len(RULES)
