"""What is said of a finding, and the words to write instead where they are known."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant import sentences
from assistant.datatypes import Document, Finding, Span
from assistant.lines import one_line
from assistant.review import rules
from assistant.review.absences import DETECTORS as ABSENCES

# « … » at the beginning of a suggestion is the text itself; what follows it is advice.
_TO_WRITE = re.compile(r"«\s*([A-ZÀÂÉÈÊÎÔÛÇ\[][^«»]*\.\]?)\s*»")
# The number or the sign that is typed before a sentence stays where it is.
_TYPED_NUMBER = re.compile(r"(?:[-•*–—]|(?:Article\s+)?\d+(?:\.\d+)*\s*[.)°:–-]?|[a-zA-Z]\))\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class Remark:
    """A finding as it stands in the margin: ``quote`` is ``document.text[span]`` on one line, ``lines`` what the comment says.

    ``replacement`` is the text to write instead of the quoted words; empty where the suggestion is advice, or the words are not at fault themselves.
    """

    span: Span
    quote: str
    lines: tuple[str, ...]
    replacement: str = ""


def remarks_of(document: Document, findings: Sequence[Finding]) -> tuple[Remark, ...]:
    """A remark a finding, in their order."""
    whole = frozenset(sentences.split(document.text))
    return tuple(_remark(finding, document, is_whole=finding.span in whole) for finding in findings)


def _remark(finding: Finding, document: Document, *, is_whole: bool) -> Remark:
    replacement = _replacement(finding) if is_whole else ""
    span = _without_number(document.text, finding.span) if replacement else finding.span
    return Remark(span, one_line(finding.quote), tuple(_lines(finding)), replacement)


def _replacement(finding: Finding) -> str:
    """The sentences that a suggestion gives; none where something is missing: the words quoted then only say where."""
    found = _TO_WRITE.match(finding.suggestion)
    return found[1] if found and finding.rule not in ABSENCES else ""


def _without_number(text: str, span: Span) -> Span:
    found = _TYPED_NUMBER.match(text, span.start, span.end)
    return Span(found.end(), span.end) if found else span


def _lines(finding: Finding) -> list[str]:
    law = " ; ".join(target.reference for target in finding.legal_basis)
    said = (("Pourquoi", finding.message), ("Fondement", law), ("À écrire", finding.suggestion))
    title = f"{finding.severity.value.capitalize()} – {rules()[finding.rule].title}"
    return [title, *(f"{label} : {words}" for label, words in said if words)]
