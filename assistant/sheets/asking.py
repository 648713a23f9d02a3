"""The ways of asking that sheets hold, as the index keeps them."""

from collections.abc import Iterator

from assistant.datatypes import AskedQuestion, Position, Target
from assistant.sheets.values import LegalSheet


def questions(sheet: LegalSheet) -> tuple[AskedQuestion, ...]:
    """Each question with the case that it leads to (and the rules that the case rests on), each near-miss with the case that it leads away from."""
    return tuple(_questions(sheet))


def _questions(sheet: LegalSheet) -> Iterator[AskedQuestion]:
    refused = all(case.position is Position.OUT_OF_SCOPE for case in sheet.cases)
    yield AskedQuestion(sheet.title, (Target(sheet=sheet.id, refused=refused), *sheet.rests_on))
    for case in sheet.cases:
        refused = case.position is Position.OUT_OF_SCOPE
        for text in case.questions:
            yield AskedQuestion(text, (Target(sheet=sheet.id, case=case.id, refused=refused), *case.rests_on))
        for miss in case.not_here:
            sheet_id, _, case_id = (miss.go or "").partition("/")
            leads = (Target(sheet=sheet_id, case=case_id or None),) if miss.go else ()
            yield AskedQuestion(miss.text, (*leads, Target(sheet=sheet.id, case=case.id, away=True)))
