"""A finding of the review as a card: how grave, where, why, on what law, what to write instead."""

from collections.abc import Sequence
from datetime import date

from assistant.datatypes import Finding, FindingSeverity
from assistant.drafting.fields import escaped
from assistant.export import french_pages
from assistant.french.dates import french_date
from assistant.page.markup import Content, Markup, tag

SEVERITIES = {FindingSeverity.BLOCKING: "Bloquant", FindingSeverity.RISK: "Risque", FindingSeverity.ADVICE: "Conseil"}
# Told apart by their shape as by their word.
_SIGNS = {FindingSeverity.BLOCKING: "■", FindingSeverity.RISK: "▲", FindingSeverity.ADVICE: "○"}


def finding_card(finding: Finding, action: Content = None) -> Markup:
    """A finding; ``action`` is what one can do with it where it stands."""
    return tag(
        "article",
        tag(
            "h4", tag("span", _SIGNS[finding.severity], aria_hidden="true"), " ", SEVERITIES[finding.severity], f" – {place(finding)}" if place(finding) else ""
        ),
        tag("blockquote", f"« {' '.join(finding.quote.split())} »"),
        tag("p", tag("strong", "Pourquoi : "), finding.message),
        tag("p", tag("strong", "Fondement : "), " ; ".join(target.reference for target in finding.legal_basis)) if finding.legal_basis else None,
        tag("p", tag("strong", "À écrire : "), finding.suggestion) if finding.suggestion else None,
        tag("p", action) if action else None,
        class_=f"constat {finding.severity.name.lower()}",
    )


def place(finding: Finding) -> str:
    """Page and article of a finding."""
    return ", ".join(part for part in (french_pages(finding.pages), finding.article or "") if part)


def report(reviews: Sequence[tuple[str, Sequence[Finding]]], day: date, limits: str) -> str:
    """The report of a review as Markdown, one part a piece. Text of documents shows its very characters."""
    lines = ["# Contrôle de légalité", "", f"*Fait le {french_date(day)}. {limits}*", ""]
    for name, findings in reviews:
        lines += [f"## {escaped(name)}", ""]
        if not findings:
            lines += ["Rien à relever.", ""]
        for finding in findings:
            where = f" – {escaped(place(finding))}" if place(finding) else ""
            quote = escaped(" ".join(finding.quote.split()))
            lines += [f"### {SEVERITIES[finding.severity]}{where}", "", f"> « {quote} »", "", f"**Pourquoi.** {escaped(finding.message)}", ""]
            if finding.legal_basis:
                lines += [f"**Fondement.** {escaped(' ; '.join(target.reference for target in finding.legal_basis))}", ""]
            if finding.suggestion:
                lines += [f"**À écrire.** {escaped(' '.join(finding.suggestion.split()))}", ""]
    return "\n".join(lines)
