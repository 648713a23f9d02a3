"""The report of a review as Markdown, one part a piece."""

from collections.abc import Callable, Sequence
from datetime import date

from assistant.datatypes import Finding, FindingSeverity
from assistant.export import french_pages
from assistant.french.dates import french_date

SEVERITIES = {
    FindingSeverity.BLOCKING: "Bloquant",
    FindingSeverity.RISK: "Risque",
    FindingSeverity.ADVICE: "Conseil",
}


def place(finding: Finding) -> str:
    """Page and article of a finding."""
    return ", ".join(part for part in (french_pages(finding.pages), finding.article or "") if part)


def markdown(
    reviews: Sequence[tuple[str, Sequence[Finding]]], day: date, limits: str, shown: Callable[[str], str]
) -> str:
    """The report.

    Args:
        reviews: the name of each piece, and what was found in it.
        day: the day it is made.
        limits: what the review cannot do.
        shown: how text of documents is put into Markdown, so that it shows its very characters.
    """
    lines = ["# Contrôle de légalité", "", f"*Fait le {french_date(day)}. {limits}*", ""]
    for name, findings in reviews:
        lines += [f"## {shown(name)}", ""]
        if not findings:
            lines += ["Rien à relever.", ""]
        for finding in findings:
            where = f" – {shown(place(finding))}" if place(finding) else ""
            quote = shown(" ".join(finding.quote.split()))
            lines += [
                f"### {SEVERITIES[finding.severity]}{where}",
                "",
                f"> « {quote} »",
                "",
                f"**Pourquoi.** {shown(finding.message)}",
                "",
            ]
            if finding.legal_basis:
                lines += [
                    f"**Fondement.** {shown(' ; '.join(target.reference for target in finding.legal_basis))}",
                    "",
                ]
            if finding.suggestion:
                lines += [f"**À écrire.** {shown(' '.join(finding.suggestion.split()))}", ""]
    return "\n".join(lines)
