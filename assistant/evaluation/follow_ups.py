"""The measured quality of follow-ups: does what is asked second turn the answer to the case that it should.

A set is one JSON object a line: ``{"previous": [questions], "from": "sheet/case", "question", "case": "sheet/case", "sheet" or null, "kind"}``; the kinds are
``fait`` (a fact changes the case), ``voisin`` (another sheet), ``meme`` (nothing changes), ``nouveau`` (a new subject), ``rien`` (no sheet answers).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from assistant.datatypes import Answer
from assistant.evaluation.question_sets import Row
from assistant.sheets import LegalSheet, cases_of

ALL = "toutes"
# The subject of the sheets that say why nothing is answered.
_REFUSALS = "refus"


@dataclass(frozen=True, slots=True)
class FollowUpMeasure:
    """Shares from 0 to 1.

    Attributes:
        questions: how many.
        case: the right case speaks, or one that answers as well; none, or a refusal, where none answers.
        sheet: the same, of sheets.
        silent: no sheet speaks.
    """

    questions: int
    case: float
    sheet: float
    silent: float


def measure(
    rows: Sequence[Row], ask: Callable[[str, Sequence[str]], Answer], sheets: Mapping[str, LegalSheet]
) -> dict[str, FollowUpMeasure]:
    """The shares over each kind of follow-up, and over all of them.

    Args:
        rows: the set.
        ask: answers a question after earlier ones.
        sheets: the sheets by id.
    """
    told: dict[str, list[tuple[bool, bool, bool]]] = {ALL: []}
    for row in rows:
        one = _told(row, ask(row["question"], row["previous"]), sheets)
        told[ALL].append(one)
        told.setdefault(row["kind"], []).append(one)
    return {
        kind: FollowUpMeasure(len(every), *(sum(part) / len(every) for part in zip(*every, strict=True)))
        for kind, every in told.items()
        if every
    }


def _told(row: Row, answer: Answer, sheets: Mapping[str, LegalSheet]) -> tuple[bool, bool, bool]:
    """Whether the case is right, the sheet, and whether none speaks."""
    silent = answer.sheet is None
    if row["case"] is None:
        refused = silent or sheets[str(answer.sheet)].subject == _REFUSALS
        return refused, refused, silent
    right = cases_of(sheets, row["case"])
    return (answer.sheet, answer.case) in right, answer.sheet in {sheet for sheet, _ in right}, silent
