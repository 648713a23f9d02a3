"""Texts under review, made in a line."""

import hashlib
from datetime import date

from assistant.datatypes import Document, Finding, Kind, Source
from assistant.drafting.review import review

TODAY = date(2026, 11, 25)


def document(text: str, piece: str = "autre", title: str = "essai") -> Document:
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Document(Source(digest[:16], digest, title, Kind.TENDER, title, "revue", "text"), text, metadata=(("piece", f"{piece} 1.0"),))


def findings(text: str, piece: str = "autre", day: date = TODAY) -> tuple[Finding, ...]:
    return review([document(text, piece)], day=day)[0].findings


def caught(text: str, piece: str = "autre", day: date = TODAY) -> set[str]:
    return {finding.rule for finding in findings(text, piece, day)}
