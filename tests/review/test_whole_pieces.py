"""What only a whole piece can lack, and the model clauses, which lack nothing that blocks."""

from dataclasses import replace
from pathlib import Path

import pytest

from assistant import reading
from assistant.datatypes import FindingSeverity, Kind
from assistant.evaluation import review_set
from assistant.review import FACTS, contradictions, review, rules
from assistant.review.text import Text
from assistant.workspace import CLAUSES
from tests.conftest import ROOT
from tests.drafting.samples import exported_kit
from tests.review.made import TODAY, document

LABELLED = ROOT / "corpus" / "revue"
FACT_RULES = frozenset(FACTS) | frozenset(contradictions.ACROSS)


def found(documents) -> set[str]:
    return {finding.rule for one in review(documents, day=TODAY) for finding in one.findings}


def test_whole_pieces_and_pairs_of_the_half_that_served_to_write_the_facts() -> None:
    examples = review_set.read(LABELLED, "a")
    for name, count in (("pièces", 12), ("paires", 6)):
        facts = [replace(one, rules=one.rules & FACT_RULES) for one in examples[name]]
        whole, _ = review_set.measure(facts, found)
        assert whole.examples == count
        assert whole.precision is not None
        assert whole.recall is not None
        assert whole.precision >= 0.9
        assert whole.recall >= 0.9


def test_labels_are_rules() -> None:
    for half in ("a", "b"):
        for examples in review_set.read(LABELLED, half).values():
            assert {rule for example in examples for rule in example.rules | example.may} <= set(rules())


def test_a_measure_counts_what_is_found_wrong_and_missed() -> None:
    examples = [
        review_set.Example("1", (document("x"),), frozenset({"a", "b"}), frozenset({"m"})),
        review_set.Example("2", (document("y"),), frozenset(), frozenset()),
    ]
    answers = {"x": {"a", "m", "c"}, "y": {"c"}}
    whole, rows = review_set.measure(examples, lambda documents: answers[documents[0].text])
    assert (whole.found, whole.wrong, whole.missed) == (1, 2, 1)
    assert (whole.precision, whole.recall) == (0.333, 0.5)
    assert [(row.rule, row.wrong) for row in rows if row.wrong] == [("c", 2)]


@pytest.mark.parametrize("path", sorted((CLAUSES).glob("*.md")), ids=lambda path: path.stem)
@pytest.mark.parametrize("level", [1, 2, 3])
def test_no_level_of_a_model_clause_is_blocked(path: Path, level: int) -> None:
    text = _level(path, level)
    blocking = [
        finding
        for one in review([document(text)], day=TODAY)
        for finding in one.findings
        if finding.severity is FindingSeverity.BLOCKING
    ]
    assert [(finding.rule, finding.quote) for finding in blocking] == []


def _level(path: Path, level: int) -> str:
    """The wording of one level, between its heading and the next."""
    parts = path.read_text(encoding="utf-8").split("\n## ")
    return next(part.partition("\n")[2] for part in parts if part.startswith(f"Niveau {level}"))


@pytest.mark.parametrize("kit", sorted(path.stem for path in (CLAUSES / "kits").glob("*.yaml")))
@pytest.mark.parametrize("office_format", ["odt", "docx"])
def test_an_exported_kit_passes_the_review_with_its_notes_and_annexes(kit: str, office_format: str) -> None:
    """What is written for the buyer alone, and the basis in a footnote, are no requirement."""
    data = exported_kit(kit, office_format)
    (one,) = review(
        [reading.read_bytes(data, f"projet.{office_format}", kind=Kind.TENDER, collection="essai")], day=TODAY
    )
    assert [
        (finding.rule, finding.quote)
        for finding in one.findings
        if finding.severity is not FindingSeverity.ADVICE
    ] == []


def test_a_piece_is_whole_by_its_length_or_by_its_title_and_articles() -> None:
    articles = "\n".join(
        f"{number}. Un article de ce cahier, qui dit une chose et une seule, en une phrase qui a son poids et son point."
        for number in range(1, 12)
    )
    assert Text(document(f"CCAP\n{articles}", "CCAP"), TODAY).is_whole
    assert not Text(document(articles, "CCAP"), TODAY).is_whole
    assert Text(document("mot " * 2000, "CCAP"), TODAY).is_whole
