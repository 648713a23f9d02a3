"""Texts under review, made in a line; and a reader of which a test says what it sees."""

import hashlib
from collections.abc import Sequence
from datetime import date

from assistant.datatypes import Document, Finding, Kind, Source
from assistant.reader.clauses import Judgement
from assistant.review import Judge, review

TODAY = date(2026, 11, 25)


def document(text: str, piece: str = "autre", title: str = "essai") -> Document:
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Document(
        Source(digest[:16], digest, title, Kind.TENDER, title, "revue", "text"),
        text,
        metadata=(("piece", f"{piece} 1.0"),),
    )


def findings(
    text: str, piece: str = "autre", day: date = TODAY, judge: Judge | None = None
) -> tuple[Finding, ...]:
    return review([document(text, piece)], day=day, judge=judge)[0].findings


def caught(text: str, piece: str = "autre", day: date = TODAY, judge: Judge | None = None) -> set[str]:
    return {finding.rule for finding in findings(text, piece, day, judge)}


# What words say where they speak for one of the three classes, of an extract that is near a rule whose words it has.
NEAR = (20.0, 8.0)
FOR_LAWFUL, FOR_UNLAWFUL, FOR_TOOTHLESS = (
    (2.0, -2.0, -4.0, *NEAR),
    (-2.0, 2.0, -4.0, *NEAR),
    (-2.0, -3.0, 2.0, *NEAR),
)
LAWFUL = Judgement(0.99, 0.006, 0.004, {"critere-sans-lien": 0.5, "de-preference": 0.5}, FOR_LAWFUL)


class Sees:
    """A reader that finds a judgement in what holds some words, and nothing elsewhere. ``read``: what it was given."""

    def __init__(self, words: str, judgement: Judgement) -> None:
        self._words, self._judgement = words, judgement
        self.read: list[str] = []

    def __call__(self, extracts: Sequence[str]) -> list[Judgement]:
        self.read += extracts
        return [self._judgement if self._words in extract else LAWFUL for extract in extracts]


def fault(rule: str, share: float = 0.9, *, unlawful: float = 0.9, toothless: float = 0.05) -> Judgement:
    """A judgement that names a rule, whose share of the rules is given."""
    other = "critere-sans-lien" if rule != "critere-sans-lien" else "prix-seul"
    return Judgement(
        1 - unlawful - toothless,
        unlawful,
        toothless,
        {rule: share, other: 1 - share, "de-preference": 0.0},
        FOR_UNLAWFUL,
    )
