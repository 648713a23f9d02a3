"""The written questions that lead to a case or away from all.

Those of the sheets, those of many hands (``corpus/questions/fiches``, one file a hand), and those that nothing in the corpus answers
(``corpus/questions/rules/hors-corpus.jsonl``).
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant import questions, sheets
from assistant.reader.cases import Label
from assistant.sheets import LegalSheet
from assistant.shipped import CORPUS

# The name of the hand that wrote the sheets themselves.
OWN = "fiches"
OUTSIDE = CORPUS / "questions" / "rules" / "hors-corpus.jsonl"


@dataclass(frozen=True, slots=True)
class Written:
    """A question, the cases that answer it (several where they would answer as well, or where only the sheet is known; empty: none), whose hand it is of."""

    text: str
    cases: frozenset[Label]
    hand: str
    near_miss: bool

    @property
    def sheets(self) -> frozenset[str]:
        """The sheets that answer it."""
        return frozenset(sheet for sheet, _ in self.cases)


def read_sheets(folder: Path = CORPUS / "droit") -> dict[str, LegalSheet]:
    """The sheets of the corpus by id."""
    return {path.stem: sheets.parse(path.read_text(encoding="utf-8"), path.name) for path in sorted(folder.glob("*.yaml"))}


def of_sheets(known: dict[str, LegalSheet]) -> Iterator[Written]:
    """The questions that stand in the sheets, near-misses too."""
    for sheet in known.values():
        for case in sheet.cases:
            for text in case.questions:
                yield Written(text, _cases(known, f"{sheet.id}/{case.id}"), OWN, near_miss=False)
            for miss in case.not_here:
                yield Written(miss.text, _cases(known, miss.go), OWN, near_miss=True)


def of_hand(known: dict[str, LegalSheet], path: Path) -> Iterator[Written]:
    """The questions of one hand: lines of JSON with ``question``, ``sheet`` and ``case`` (null: none), ``also`` (other sheets that answer too), ``kind``."""
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        led = [f"{row['sheet']}/{row['case']}" if row.get("case") else row["sheet"], *row.get("also", [])]
        yield Written(row["question"], frozenset().union(*(_cases(known, one) for one in led)), path.stem, near_miss=row["kind"] == "near")


def _cases(known: dict[str, LegalSheet], reference: str | None) -> frozenset[Label]:
    """The cases that ``sheet/case`` stands for, those that would answer as well too; or ``sheet``, those of every part that was detached from it too."""
    name, _, case = (reference or "").partition("/")
    if not name:
        return frozenset()
    if case:
        own = known[name].case(case)
        assert own is not None, reference
        return frozenset([(name, case), *((sheet, of) for sheet, _, of in (other.partition("/") for other in own.same_as))])
    return frozenset((sheet.id, one.id) for sheet in known.values() if name in sheet.names for one in sheet.cases)


def all_written(known: dict[str, LegalSheet], hands: Sequence[Path] | None = None) -> list[Written]:
    """Every question once, the sheets' own first."""
    found: dict[str, Written] = {}
    for one in of_sheets(known):
        found.setdefault(one.text, one)
    for path in sorted((CORPUS / "questions" / "fiches").glob("*.jsonl")) if hands is None else hands:
        for one in of_hand(known, path):
            found.setdefault(one.text, one)
    for question in questions.parse(OUTSIDE.read_text(encoding="utf-8"), OUTSIDE.name):
        found.setdefault(question.text, Written(question.text, frozenset(), OUTSIDE.stem, near_miss=True))
    return list(found.values())
