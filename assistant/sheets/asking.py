"""What sheets are about, as the index keeps it: a way of asking for each sheet and each of its cases."""

from collections.abc import Iterator

from assistant.datatypes import AskedQuestion, Position, Target
from assistant.sheets.values import LegalSheet


def questions(sheet: LegalSheet) -> tuple[AskedQuestion, ...]:
    """The title of the sheet, and the condition of each case that questions lead to, with the rules that it rests on.

    The written questions of a case are not among them: the trained reader has learned them (``training/``), and thirty thousand vectors added two points to it.
    """
    return tuple(_questions(sheet))


def _questions(sheet: LegalSheet) -> Iterator[AskedQuestion]:
    refused = all(case.position is Position.OUT_OF_SCOPE for case in sheet.cases)
    yield AskedQuestion(sheet.title, (Target(sheet=sheet.id, refused=refused), *sheet.rests_on))
    for case in sheet.learned:
        refused = case.position is Position.OUT_OF_SCOPE
        text = case.when if case.when == sheet.title else f"{sheet.title} : {case.when}"
        yield AskedQuestion(text, (Target(sheet=sheet.id, case=case.id, refused=refused), *case.rests_on))
