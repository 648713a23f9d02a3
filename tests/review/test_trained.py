"""The trained reader of clauses on what it never learned from, on the project's own clauses, and the file that it is."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from assistant import reading
from assistant.datatypes import Finding, FindingSeverity, Kind
from assistant.reader import clauses
from assistant.reader.clauses import Judgement, as_read
from assistant.review import Judge, review, whether
from assistant.workspace import CLAUSES, Workspace
from tests.conftest import ROOT
from tests.drafting.samples import exported_kit
from tests.review.made import TODAY, document, findings

pytestmark = pytest.mark.models

WITNESSES = ROOT / "corpus" / "revue" / "temoins"
# Floors, under what was measured (docs/mesures.md): a reader that was spoiled is noticed.
LEAST_PRECISION, LEAST_RECALL, LEAST_TOOTHLESS, LEAST_PLACED = 0.75, 0.65, 0.65, 0.9
GRAVE = (FindingSeverity.BLOCKING, FindingSeverity.RISK)


@pytest.fixture(scope="module")
def judge() -> Iterator[Judge]:
    workspace = Workspace()
    found = workspace.judge
    assert found is not None
    read: dict[str, Judgement] = {}

    def once(extracts: Sequence[str]) -> list[Judgement]:
        """Kits share their clauses: what was read is not read again."""
        new = [one for one in dict.fromkeys(extracts) if one not in read]
        read.update(zip(new, found(new), strict=True))
        return [read[one] for one in extracts]

    yield once
    workspace.close()


def test_the_reader_is_that_of_its_card() -> None:
    card = json.loads(clauses.CARD.read_text(encoding="utf-8"))
    known = clauses.load(card["model"])
    assert len(known.rules) == card["rules"]
    assert clauses.FILE.stat().st_size == card["bytes"] < 12_000_000


def test_what_measures_was_learned_from_by_none() -> None:
    from training.clauses import FITTING, MEASURING

    known = json.loads(clauses.CARD.read_text(encoding="utf-8"))["hands"]
    fitted = json.loads(Path(whether.__file__).with_name(whether.FILE).read_text(encoding="utf-8"))["hands"]
    assert MEASURING.isdisjoint({*known, *fitted})
    assert set(fitted) == FITTING | {path.stem for path in WITNESSES.glob("*.jsonl")}
    assert set(fitted).isdisjoint(known)


def test_on_two_hands_that_were_never_learned_from(judge: Judge) -> None:
    rows = [
        json.loads(line)
        for path in sorted(WITNESSES.glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ][::8]
    judge(
        [as_read(row["piece"], row["text"]) for row in rows]
    )  # together: three times quicker than one by one
    graves: dict[str, list[Sequence[Finding]]] = {"fault": [], "lawful": []}
    toothless, placed = [], []
    for row in rows:
        (one,) = review([document(row["text"], row["piece"])], day=TODAY, judge=judge)
        grave = [finding for finding in one.findings if finding.severity in GRAVE]
        if row["expect"] == "conseil":
            toothless.append(bool(one.findings))
        else:
            graves["lawful" if row["expect"] == "aucun" else "fault"].append(grave)
        if grave and row["expect"] in ("bloquant", "risque"):
            placed.append(any(set(row["quote"].split()) & set(finding.quote.split()) for finding in grave))
    right, wrong = sum(map(bool, graves["fault"])), sum(map(bool, graves["lawful"]))
    assert right / (right + wrong) >= LEAST_PRECISION
    assert right / len(graves["fault"]) >= LEAST_RECALL
    assert sum(toothless) / len(toothless) >= LEAST_TOOTHLESS
    assert sum(placed) / len(placed) >= LEAST_PLACED


@pytest.mark.parametrize("text", ["", "   \n\n", "1.", "| | |\n|---|---|", "é" * 5_000, "« »"])
def test_odd_texts_are_read(judge: Judge, text: str) -> None:
    for finding in findings(text, judge=judge):
        assert finding.quote == text[finding.span.start : finding.span.end]


def test_a_text_alone_is_read_as_among_others() -> None:
    workspace = Workspace()
    judge = workspace.judge
    assert judge is not None
    texts = [
        "Le titulaire s'efforce de répondre vite.",
        "Seules les entreprises de la commune peuvent répondre.",
        "Les plis sont remis avant midi.",
    ]
    assert [round(one.fault, 4) for one in judge(texts)] == [
        round(one.fault, 4) for text in texts for one in judge([text])
    ]
    workspace.close()


@pytest.mark.parametrize("kit", sorted(path.stem for path in (CLAUSES / "kits").glob("*.yaml")))
def test_a_kit_of_the_project_has_nothing_blocking(judge: Judge, kit: str) -> None:
    data = exported_kit(kit, "odt")
    (one,) = review(
        [reading.read_bytes(data, "projet.odt", kind=Kind.TENDER, collection="essai")], day=TODAY, judge=judge
    )
    assert [
        (finding.rule, finding.quote)
        for finding in one.findings
        if finding.severity is FindingSeverity.BLOCKING
    ] == []


def test_a_real_notice_of_works_names_brands_with_their_equivalent(judge: Judge, shared: Path) -> None:
    """A real CCTP of building works, full of brands « ou équivalent »."""
    read = reading.read(
        shared / "data/dce/Lot-03-Platrerie-Peinture-Plafond.pdf", kind=Kind.TENDER, collection="essai"
    )
    (one,) = review([read], day=TODAY, judge=judge)
    assert sum(finding.rule == "marque-sans-equivalent" for finding in one.findings) <= 2
