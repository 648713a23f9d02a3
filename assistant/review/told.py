"""A review as lines of text, for the command line and for a file of evidence."""

from collections.abc import Iterator

from assistant.datatypes import Finding, Target
from assistant.export import french_pages
from assistant.review import Review

_SEVERITIES = ("bloquant", "risque", "conseil")


def lines(review: Review, name: str) -> Iterator[str]:
    """What was found in the document called ``name``: how many of each severity, then each finding, and an empty line."""
    counts = {severity: sum(finding.severity == severity for finding in review.findings) for severity in _SEVERITIES}
    said = ", ".join(f"{count} {severity}{'s' if count > 1 else ''}" for severity, count in counts.items() if count) or "rien à relever"
    yield f"{name} : {said}"
    for finding in review.findings:
        yield from _finding(finding)
    yield ""


def _finding(finding: Finding) -> Iterator[str]:
    yield f"\n[{finding.severity.value}] {_place(finding)}{finding.rule}"
    yield f"  « {' '.join(finding.quote.split())} »"
    yield f"  Pourquoi : {finding.message}"
    yield f"  Fondement : {' ; '.join(_named(target) for target in finding.legal_basis)}"
    yield f"  À écrire : {finding.suggestion}"


def _place(finding: Finding) -> str:
    return "".join(f"{part} · " for part in (french_pages(finding.pages), finding.article) if part)


def _named(target: Target) -> str:
    return " ".join(part for part in (target.work, target.article) if part)
