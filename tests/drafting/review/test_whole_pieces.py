"""What only a whole piece can lack, and the model clauses, which lack nothing that blocks."""

from pathlib import Path

import pytest

from assistant import office, reading
from assistant.datatypes import FindingSeverity, Kind
from assistant.drafting import library, rendering
from assistant.drafting.drafter import Request, draft, form_of_request
from assistant.drafting.review import review, rules
from assistant.drafting.review.text import Text
from assistant.evaluation import review_set
from assistant.workspace import CLAUSES
from tests.drafting.review.made import TODAY, document
from tests.drafting.samples import sample

LABELLED = Path(__file__).resolve().parents[3] / "corpus" / "revue"


def found(documents) -> set[str]:
    return {finding.rule for one in review(documents, day=TODAY) for finding in one.findings}


def test_whole_pieces_of_the_half_that_served_to_write_the_rules() -> None:
    whole, _ = review_set.measure(review_set.read(LABELLED, "a")["pièces"], found)
    assert whole.examples == 12
    assert whole.precision is not None
    assert whole.recall is not None
    assert whole.precision >= 0.9
    assert whole.recall >= 0.9


def test_sentences_and_pairs_of_that_half() -> None:
    examples = review_set.read(LABELLED, "a")
    for name in ("phrases", "achats", "paires"):
        whole, _ = review_set.measure(examples[name], found)
        assert whole.precision is not None
        assert whole.recall is not None
        assert whole.precision >= 0.95
        assert whole.recall >= 0.95


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
    blocking = [finding for one in review([document(text)], day=TODAY) for finding in one.findings if finding.severity is FindingSeverity.BLOCKING]
    assert [(finding.rule, finding.quote) for finding in blocking] == []


def _level(path: Path, level: int) -> str:
    """The wording of one level, between its heading and the next."""
    parts = path.read_text(encoding="utf-8").split("\n## ")
    return next(part.partition("\n")[2] for part in parts if part.startswith(f"Niveau {level}"))


@pytest.mark.parametrize("kit", sorted(path.stem for path in (CLAUSES / "kits").glob("*.yaml")))
@pytest.mark.parametrize("office_format", ["odt", "docx"])
def test_an_exported_kit_passes_the_review_with_its_notes_and_annexes(kit: str, office_format: str) -> None:
    """What is written for the buyer alone, and the basis in a footnote, are no requirement."""
    shelf = library.load([CLAUSES])
    values = {field.name: sample(field) for field in form_of_request(shelf, Request((kit,), {})) if not field.default}
    data = office.convert(rendering.office_markdown(draft(shelf, Request((kit,), values))), office_format)
    (one,) = review([reading.read_bytes(data, f"projet.{office_format}", kind=Kind.TENDER, collection="essai")], day=TODAY)
    assert [(finding.rule, finding.quote) for finding in one.findings if finding.severity is not FindingSeverity.ADVICE] == []


def test_what_a_note_adds_to_a_requirement_is_read() -> None:
    faulty = "Le service est hébergé. (note : Seules les entreprises de nationalité française peuvent répondre.)"
    assert "nationalite-candidat" in found([document(faulty, "RC")])


def test_a_piece_is_whole_by_its_length_or_by_its_title_and_articles() -> None:
    articles = "\n".join(
        f"{number}. Un article de ce cahier, qui dit une chose et une seule, en une phrase qui a son poids et son point." for number in range(1, 12)
    )
    assert Text(document(f"CCAP\n{articles}", "CCAP"), TODAY).is_whole
    assert not Text(document(articles, "CCAP"), TODAY).is_whole
    assert Text(document("mot " * 2000, "CCAP"), TODAY).is_whole


def test_real_lots_name_brands_with_their_equivalent(shared: Path) -> None:
    """Three real CCTP of building works, full of brands « ou équivalent », and of standards without it."""
    for name in ("Lot-01-Charpente-Couverture-Menuiserie-Alu.pdf", "Lot-02-Menuiserie-Interieure.pdf", "Lot-03-Platrerie-Peinture-Plafond.pdf"):
        read = reading.read(shared / "data/dce" / name, kind=Kind.TENDER, collection="essai")
        assert "marque-sans-equivalent" not in found([read])
