"""The measure of follow-ups: what each kind counts."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from assistant import sheets
from assistant.datatypes import Answer, Basis, Position, Risk, Status, Timings
from assistant.evaluation import follow_ups
from assistant.evaluation.follow_ups import ALL
from tests.answering.samples import SHEET

LOCATION = sheets.parse(SHEET, "localisation.yaml")
KNOWN = {"localisation": LOCATION, "hors": replace(LOCATION, id="hors", subject="refus", also_known_as=())}
ANSWER = Answer(
    "?",
    date(2026, 11, 28),
    Basis.SHEET,
    Position.POSSIBLE,
    Status.GROUNDED,
    (),
    Risk(),
    (),
    (),
    None,
    Timings(0, None, None, 0),
)
ROWS = [
    {"previous": ["1"], "question": "right", "case": "localisation/union", "kind": "fait"},
    {"previous": ["1"], "question": "other case", "case": "localisation/union", "kind": "fait"},
    {"previous": ["1"], "question": "sheet alone", "case": "localisation", "kind": "voisin"},
    {"previous": ["1"], "question": "silent", "case": "localisation/union", "kind": "meme"},
    {"previous": ["1"], "question": "silent", "case": None, "kind": "rien"},
    {"previous": ["1"], "question": "refused", "case": None, "kind": "rien"},
    {"previous": ["1"], "question": "right", "case": None, "kind": "rien"},
]
SAID = {
    "right": ("localisation", "union"),
    "other case": ("localisation", "commune"),
    "sheet alone": ("localisation", "commune"),
    "silent": (None, None),
    "refused": ("hors", "union"),
}


def ask(question: str, previous: Sequence[str]) -> Answer:
    assert previous == ["1"]
    sheet, case = SAID[question]
    return replace(ANSWER, sheet=sheet, case=case)


def test_each_kind_is_counted_by_case_and_by_sheet() -> None:
    found = follow_ups.measure(ROWS, ask, KNOWN)
    assert (found["fait"].case, found["fait"].sheet, found["fait"].silent) == (0.5, 1.0, 0.0)
    assert (found["voisin"].case, found["voisin"].sheet) == (1.0, 1.0)
    assert (found["meme"].case, found["meme"].silent) == (0.0, 1.0)
    assert round(found["rien"].case, 2) == 0.67
    assert found[ALL].questions == len(ROWS)
    assert follow_ups.measure([], ask, KNOWN) == {}
