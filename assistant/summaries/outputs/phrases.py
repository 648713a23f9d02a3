"""What every output says of the review in the same words."""

import re
from collections.abc import Sequence
from datetime import date

from assistant.datatypes import FindingSeverity
from assistant.summaries.fields.summary import FIELDS, Consultation, Fault, counted

CAUTION = "La revue ne voit pas les intentions : chaque constat est à relire, et ce qu'elle ne relève pas n'est pas pour autant licite."
# A number and its unit stand on one line: « 12 h », « 90 000 € », « 40 % ».
_BEFORE_UNIT = re.compile(r"(?<=\d) (?=(?:€|%|h\b))")
_PLURALS = {
    FindingSeverity.BLOCKING: "bloquants",
    FindingSeverity.RISK: "risques",
    FindingSeverity.ADVICE: "conseils",
}


def tally(faults: Sequence[tuple[str, Fault]]) -> str:
    """``2 bloquants, 1 risque, 3 conseils``; « rien à relever » where there is none."""
    said = [
        f"{number} {_PLURALS[severity] if number > 1 else severity.value}"
        for severity, number in counted(faults).items()
        if number
    ]
    return ", ".join(said) or "rien à relever"


def basis(fault: Fault) -> str:
    """``CCP L2112-2 ; CCP R2111-4``."""
    return " ; ".join(target.reference for target in fault.legal_basis)


def review_title(day: date) -> str:
    """The heading of what the review found."""
    return f"Revue de légalité (droit au {day:%d/%m/%Y})"


def unsaid(consultation: Consultation) -> str:
    """``Aucune pièce ne dit : avance, dérogations au CCAG.``; empty where every field is said."""
    labels = [label for name, label in FIELDS.items() if consultation.statement(name) is None]
    within = (label if label[:2].isupper() else label[:1].lower() + label[1:] for label in labels)
    return f"Aucune pièce ne dit : {', '.join(within)}." if labels else ""


def number_of(count: int, one: str, several: str | None = None) -> str:
    """``1 consultation``, ``12 consultations``."""
    return f"{count} {one if count < 2 else several or one + 's'}"


def kept_together(text: str) -> str:
    """``text`` with no line end possible between a number and its unit."""
    return _BEFORE_UNIT.sub("\u00a0", text)


def cut(text: str, most: int) -> str:
    """``text``, or as many of its whole words as ``most`` characters hold, then « … »."""
    return text if len(text) <= most else text[: most - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"
