"""Rules on wordings that are not those of their examples: each ``tournures*.toml`` holds, for each rule, ways to commit the fault and lawful near-misses."""

import tomllib
from pathlib import Path

import pytest

from assistant.datatypes import FindingSeverity
from assistant.drafting.review import rules
from tests.drafting.review.made import caught, findings

WORDINGS = [
    (rule, row) for path in sorted(Path(__file__).parent.glob("tournures*.toml")) for rule, row in tomllib.loads(path.read_text(encoding="utf-8")).items()
]
ORDINARY = tomllib.loads(Path(__file__).with_name("clauses-ordinaires.toml").read_text(encoding="utf-8"))
CAUGHT = [(rule, text, row.get("piece", "CCAP")) for rule, row in WORDINGS for text in row["caught"]]
LAWFUL = [(rule, text, row.get("piece", "CCAP")) for rule, row in WORDINGS for text in row["lawful"]]


def test_each_set_of_wordings_is_of_a_rule() -> None:
    assert {rule for rule, _ in WORDINGS} <= set(rules())


@pytest.mark.parametrize(("rule", "text", "piece"), CAUGHT)
def test_a_fault_is_caught_however_it_is_said(rule: str, text: str, piece: str) -> None:
    assert rule in caught(text, piece)


@pytest.mark.parametrize(("rule", "text", "piece"), LAWFUL)
def test_a_lawful_near_miss_is_not_caught(rule: str, text: str, piece: str) -> None:
    assert rule not in caught(text, piece)


@pytest.mark.parametrize(("piece", "clause"), [(piece, clause) for piece, clauses in ORDINARY.items() for clause in clauses.strip().split("\n")])
def test_an_ordinary_clause_is_not_faulty(piece: str, clause: str) -> None:
    assert [(finding.rule, finding.quote) for finding in findings(clause, piece) if finding.severity is not FindingSeverity.ADVICE] == []
