"""The written questions that lead to a case or away from all.

Those of the sheets, those of many hands (``corpus/questions/fiches``, one file a hand), those that nothing in the corpus answers
(``corpus/questions/rules/hors-corpus.jsonl``), and follow-ups with what they lean on (``corpus/questions/suites``, one file a hand; and made of the others).
"""

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant import questions, sheets
from assistant.answering.conversation import leaned_on, together
from assistant.reader.cases import Label
from assistant.sheets import LegalSheet, cases_of
from assistant.shipped import CORPUS

# The name of the hand that wrote the sheets themselves.
OWN = "fiches"
OUTSIDE = CORPUS / "questions" / "rules" / "hors-corpus.jsonl"

FOLLOW_UPS = CORPUS / "questions" / "suites"
# The hand that regulates, and those that only measure.
HELD = frozenset("fmz")
# Of each choice that a sheet offers, the questions it is a follow-up of; questions asked after another one that they have nothing to do with.
BEFORE_A_CHOICE, UNRELATED = 3, 2000


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
    return {
        path.stem: sheets.parse(path.read_text(encoding="utf-8"), path.name)
        for path in sorted(folder.glob("*.yaml"))
    }


def of_sheets(known: dict[str, LegalSheet]) -> Iterator[Written]:
    """The questions that stand in the sheets, near-misses too."""
    for sheet in known.values():
        for case in sheet.cases:
            for text in case.questions:
                yield Written(text, cases_of(known, f"{sheet.id}/{case.id}"), OWN, near_miss=False)
            for miss in case.not_here:
                yield Written(miss.text, cases_of(known, miss.go), OWN, near_miss=True)


def of_hand(known: dict[str, LegalSheet], path: Path) -> Iterator[Written]:
    """The questions of one hand: lines of JSON with ``question``, ``sheet`` and ``case`` (null: none), ``also`` (other sheets that answer too), ``kind``."""
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        led = [f"{row['sheet']}/{row['case']}" if row.get("case") else row["sheet"], *row.get("also", [])]
        yield Written(
            row["question"],
            frozenset().union(*(cases_of(known, one) for one in led)),
            path.stem,
            near_miss=row["kind"] == "near",
        )


def of_conversations(known: dict[str, LegalSheet], path: Path) -> Iterator[Written]:
    """The follow-ups of one hand: lines of JSON with ``previous``, ``question``, ``case`` (null: none)."""
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        text = together(leaned_on(row["question"], row["previous"]), row["question"])
        yield Written(
            text, cases_of(known, row["case"]), f"suites {path.stem}", near_miss=row["case"] is None
        )


def composed(
    known: dict[str, LegalSheet], single: Sequence[Written], drawn: random.Random
) -> Iterator[Written]:
    """Follow-ups made of what is written: the choices that sheets offer, after questions of their other cases; questions after one of another subject."""
    for sheet in known.values():
        for choice in sheet.decisive.choices if sheet.decisive else ():
            others = [text for case in sheet.cases if case.id != choice.case for text in case.questions]
            for before in drawn.sample(others, min(BEFORE_A_CHOICE, len(others))):
                yield Written(
                    together(before, choice.say),
                    cases_of(known, f"{sheet.id}/{choice.case}"),
                    "choix",
                    near_miss=False,
                )
    for _ in range(UNRELATED):
        before, after = drawn.sample(single, 2)
        yield Written(
            together(before.text, after.text), after.cases, "autre sujet", near_miss=after.near_miss
        )


def all_written(known: dict[str, LegalSheet], hands: Sequence[Path] | None = None) -> list[Written]:
    """Every question asked alone once, the sheets' own first."""
    found: dict[str, Written] = {}
    for one in of_sheets(known):
        found.setdefault(one.text, one)
    for path in sorted((CORPUS / "questions" / "fiches").glob("*.jsonl")) if hands is None else hands:
        for one in of_hand(known, path):
            found.setdefault(one.text, one)
    for question in questions.parse(OUTSIDE.read_text(encoding="utf-8"), OUTSIDE.name):
        found.setdefault(question.text, Written(question.text, frozenset(), OUTSIDE.stem, near_miss=True))
    return list(found.values())


def all_conversations(known: dict[str, LegalSheet], single: Sequence[Written]) -> list[Written]:
    """Every follow-up with what it leans on once, those of the hands first, then those made of ``single`` questions."""
    found: dict[str, Written] = {}
    for path in (path for path in sorted(FOLLOW_UPS.glob("*.jsonl")) if path.stem not in HELD):
        for one in of_conversations(known, path):
            found.setdefault(one.text, one)
    for one in composed(known, single, random.Random(0)):
        found.setdefault(one.text, one)
    return list(found.values())
