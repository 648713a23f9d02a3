"""The legality review of a draft or of the pieces of a tender.

A trained reader says which extracts hold a fault or oblige to nothing, and which rule that is (``extracts``); numbers, citations, absences, contradictions are
found as facts. What neither finds is not thereby lawful.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.datatypes import Document, Finding, FindingSeverity
from assistant.errors import ModelFileError
from assistant.review import absences, cited_law, contradictions, limits
from assistant.review.extracts import EFFECT_TO_CHECK, TO_CHECK, Judge, faults_read
from assistant.review.pattern import Caught, Detect
from assistant.review.rules import Rule, rules
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
    documents: Sequence[Document], *, day: date, judge: Judge | None = None, draft: bool = False
) -> tuple[Review, ...]:
    """Reviews the pieces of one tender together, or one text alone.

    Args:
        documents: the pieces, in any order.
        day: the day for which the law is read.
        judge: the trained reader; None: facts alone.
        draft: they are being written: every doubt is told, of a long text too.

    Returns:
        One review a document, in the order given. For each finding ``quote == document.text[span]``.
    """
    texts = [Text(document, day) for document in documents]
    return tuple(
        Review(text.document, _findings(text, texts[:at], judge, draft)) for at, text in enumerate(texts)
    )


def _findings(text: Text, earlier: Sequence[Text], judge: Judge | None, draft: bool) -> tuple[Finding, ...]:
    table = rules()
    facts = {
        _key(finding): finding
        for finding in (_finding(text, table[name], caught) for name, caught in _facts(text, earlier))
    }
    read = (
        []
        if judge is None or text.is_supplier_paper
        else [_finding(text, table[name], caught) for name, caught in faults_read(text, judge, draft=draft)]
    )
    return tuple(
        sorted(
            _together(facts.values(), read),
            key=lambda finding: (_ORDER.index(finding.severity), finding.span.start),
        )
    )


def _key(finding: Finding) -> tuple[str, int, int]:
    return finding.rule, finding.span.start, finding.span.end


def _facts(text: Text, earlier: Sequence[Text]) -> Iterator[tuple[str, Caught]]:
    for name, detect in FACTS.items():
        if not text.is_supplier_paper or name in _OF_ANY_PAPER:
            yield from ((name, caught) for caught in detect(text))
    for name, across in contradictions.ACROSS.items():
        yield from ((name, caught) for caught in across(text, earlier))


def _together(facts: Iterable[Finding], read: Iterable[Finding]) -> list[Finding]:
    """All of them; where a fact settles a sentence, what was read there is told only if it is another, named fault."""
    known = list(facts)
    themes = {name: rule.theme for name, rule in rules().items()}

    def is_new(finding: Finding) -> bool:
        beside = [fact for fact in known if fact.span.overlaps(finding.span)]
        return not any(
            fact.rule == finding.rule
            or finding.rule in (TO_CHECK, EFFECT_TO_CHECK)
            or themes[fact.rule] == themes[finding.rule]
            for fact in beside
        )

    return [*known, *(finding for finding in read if is_new(finding))]


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
