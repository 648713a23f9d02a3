"""Legal sheets: YAML written by people, read into cases, statements and ways of asking, with a text that a reader is shown."""

from assistant.sheets.asking import questions
from assistant.sheets.parsing import looks_like_sheet, parse, target
from assistant.sheets.values import (
    Actor,
    Case,
    Choice,
    Decisive,
    Form,
    LegalSheet,
    NearMiss,
    Signs,
    Statement,
    cases_of,
)

__all__ = [
    "Actor",
    "Case",
    "Choice",
    "Decisive",
    "Form",
    "LegalSheet",
    "NearMiss",
    "Signs",
    "Statement",
    "cases_of",
    "looks_like_sheet",
    "parse",
    "questions",
    "target",
]
