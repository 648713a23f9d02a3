"""The legality review of a draft or of the pieces of a tender.

A trained reader says which extracts hold a fault or oblige to nothing, and which rule that is (``extracts``); numbers, citations, absences, contradictions are
found as facts. What neither finds is not thereby lawful.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.datatypes import Document, Finding, FindingSeverity, Progress
from assistant.errors import ModelFileError
from assistant.protocols import OnProgress, silent
from assistant.review import absences, cited_law, contradictions, limits
from assistant.review.extracts import EFFECT_TO_CHECK, TO_CHECK, Judge, faults_read
from assistant.review.pattern import Caught, Detect
from assistant.review.rules import Rule, rules
from assistant.review.settled import SETTLED
from assistant.review.text import Text

__all__ = ["FACTS", "FACTS_ONLY", "Judge", "Review", "Rule", "facts_alone", "review", "rules"]

FACTS_ONLY = "Le modèle n'est pas installé : seuls les nombres, les articles cités, les absences et les contradictions sont contrôlés (assistant setup)."
"""What is said beside a review without the trained reader."""


def facts_alone(damage: ModelFileError) -> str:
    """What is said beside a review whose trained reader is damaged."""
    return f"{damage.message} Seuls les nombres, les articles cités, les absences et les contradictions sont contrôlés. → {damage.hint}"


FACTS: dict[str, Detect] = {
    **limits.DETECTORS,
    **absences.DETECTORS,
    **cited_law.DETECTORS,
    **contradictions.DETECTORS,
}
"""The code of each rule that facts of one document settle."""

_ORDER = tuple(FindingSeverity)
# What is found of a supplier's own terms too: a buyer's fault is none there.
_OF_ANY_PAPER = frozenset(cited_law.DETECTORS)


@dataclass(frozen=True, slots=True)
class Review:
    """What the review found in one document: the gravest first, then in text order."""

    document: Document
    findings: tuple[Finding, ...]


def review(
    documents: Sequence[Document],
    *,
    day: date,
    judge: Judge | None = None,
    draft: bool = False,
    on_progress: OnProgress = silent,
) -> tuple[Review, ...]:
    """Reviews the pieces of one tender together, or one text alone.

    Args:
        documents: the pieces, in any order.
        day: the day for which the law is read.
        judge: the trained reader; None: facts alone.
        draft: they are being written: every doubt is told, of a long text too.
        on_progress: told of documents (stage ``contrôle``).

    Returns:
        One review a document, in the order given. For each finding ``quote == document.text[span]``.
    """
    texts = [Text(document, day) for document in documents]
    comparison = contradictions.Comparison()
    buyers = (text for text in texts if not text.is_supplier_paper)
    read = faults_read(buyers, judge, draft=draft) if judge else iter(())
    reviews: list[Review] = []
    for text in texts:
        on_progress(Progress("contrôle", len(reviews), len(texts), text.document.source.title))
        faults = [] if text.is_supplier_paper else next(read, [])
        reviews.append(Review(text.document, _findings(text, comparison, faults)))
    return tuple(reviews)


def _findings(
    text: Text, comparison: contradictions.Comparison, faults: Sequence[tuple[str, Caught]]
) -> tuple[Finding, ...]:
    table = rules()
    found = (_finding(text, table[name], caught) for name, caught in _facts(text, comparison))
    facts = {(finding.rule, finding.span): finding for finding in found}.values()
    read = (
        _finding(text, table[name], caught)
        for name, caught in faults
        if name not in SETTLED or not SETTLED[name](text, caught.span)
    )
    return tuple(
        sorted(
            (*facts, *(finding for finding in read if _is_another(finding, facts))),
            key=lambda finding: (_ORDER.index(finding.severity), finding.span.start),
        )
    )


def _facts(text: Text, comparison: contradictions.Comparison) -> Iterator[tuple[str, Caught]]:
    for name, detect in FACTS.items():
        if not text.is_supplier_paper or name in _OF_ANY_PAPER:
            yield from ((name, caught) for caught in detect(text))
    yield from comparison.differing(text)


def _is_another(read: Finding, facts: Iterable[Finding]) -> bool:
    """Whether what was read is told beside facts: where one settles the sentence, only if it is another fault, and named."""
    table = rules()
    return not any(
        read.rule in (TO_CHECK, EFFECT_TO_CHECK) or table[fact.rule].theme == table[read.rule].theme
        for fact in facts
        if fact.span.overlaps(read.span)
    )


def _finding(text: Text, rule: Rule, caught: Caught) -> Finding:
    span = text.quote_span(caught.span)
    return Finding(
        rule=rule.id,
        severity=rule.severity,
        pages=text.document.pages_of(span),
        article=text.article_of(span),
        span=span,
        quote=span.of(text.document.text),
        message=f"{rule.message} {caught.detail}".strip(),
        legal_basis=rule.legal_basis,
        suggestion=rule.suggestion,
    )
