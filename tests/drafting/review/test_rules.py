"""The table of rules: every rule has its code, its words, its articles, and catches its own examples and no lawful one."""

import json
from pathlib import Path

import pytest

from assistant.datatypes import FindingSeverity
from assistant.drafting.review import contradictions, rules, table
from assistant.drafting.review.law import articles_in_force
from assistant.drafting.review.rules import DETECTORS
from tests.drafting.review.made import caught

RULES = rules()
CAUGHT = [(rule.id, text) for rule in RULES.values() for text in rule.caught]
LAWFUL = [(rule.id, text) for rule in RULES.values() for text in rule.lawful]
# What a whole piece lacks cannot be shown in a sentence: tests/drafting/review/test_whole_pieces.py shows it.
ABSENCES = {name for name, rule in RULES.items() if not rule.caught}


def test_every_rule_has_code_and_words() -> None:
    assert set(RULES) == set(DETECTORS) | set(contradictions.ACROSS)
    assert len(RULES) >= 45


def test_only_rules_of_absence_have_no_example() -> None:
    assert {
        "critere-environnement-absent", "derogations-non-listees", "forme-prix-absente", "duree-absente", "clause-environnementale-absente", "annexe-rgpd-absente",
        "recours-absents", "penalites-absentes", "audit-absent", "plan-de-sortie-absent", "changement-controle-absent",
    } == ABSENCES  # fmt: skip


@pytest.mark.parametrize(("rule", "text"), CAUGHT)
def test_a_faulty_example_is_caught(rule: str, text: str) -> None:
    assert rule in caught(text)


@pytest.mark.parametrize(("rule", "text"), LAWFUL)
def test_a_lawful_example_is_not_caught(rule: str, text: str) -> None:
    assert rule not in caught(text)


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.id)
def test_a_rule_says_why_on_what_and_what_to_write(rule) -> None:
    assert rule.severity in set(FindingSeverity)
    assert rule.message.endswith(".")
    assert rule.legal_basis
    assert len(rule.suggestion) > 30


def test_articles_of_the_code_are_in_force(shared: Path) -> None:
    """Each article of the code that a rule rests on, against the dated articles."""
    rows = (json.loads(line) for line in (shared / "data/droit/ccp.jsonl").read_text(encoding="utf-8").splitlines())
    in_force = {row["num"] for row in rows if row["valid_to"] is None}
    cited = {target.article for rule in RULES.values() for target in rule.legal_basis if target.work == "CCP"}
    assert cited <= in_force


def test_articles_of_laws_are_in_force(shared: Path) -> None:
    rows = [
        json.loads(line) for name in ("lois.jsonl", "secnumcloud-3.2.jsonl") for line in (shared / "data/droit" / name).read_text(encoding="utf-8").splitlines()
    ]
    known = {(row["work"], row["num"]) for row in rows if row.get("valid_to") is None}
    cited = {(target.work, target.article) for rule in RULES.values() for target in rule.legal_basis if target.work in {"LOI 2024-449", "LOI 2016-1321"}}
    assert cited <= known


def test_the_list_of_articles_is_the_code_s(shared: Path) -> None:
    rows = (json.loads(line) for line in (shared / "data/droit/ccp.jsonl").read_text(encoding="utf-8").splitlines())
    numbers = {row["num"] for row in rows if row["valid_to"] is None and row["num"][:1] in "LRD" and row["num"][1:2].isdigit()}
    assert articles_in_force() ^ numbers <= {"R2181-7"}


def test_the_published_table_is_that_of_the_rules() -> None:
    """Made again by ``assistant check --rules > docs/regles-de-controle.md``."""
    published = (Path(__file__).resolve().parents[3] / "docs" / "regles-de-controle.md").read_text(encoding="utf-8")
    assert published == table.markdown()
    assert [published.count(f"\n`{name}` · ") for name in RULES] == [1] * len(RULES)
