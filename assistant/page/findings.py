"""A finding of the review as a card: how grave, where, why, on what law, what to write instead."""

from assistant.datatypes import Finding, FindingSeverity, Target
from assistant.page.articles import rule_mark
from assistant.page.markup import Content, Markup, tag
from assistant.review.report import SEVERITIES, place

# Told apart by their shape as by their word.
_SIGNS = {FindingSeverity.BLOCKING: "■", FindingSeverity.RISK: "▲", FindingSeverity.ADVICE: "○"}


def finding_card(
    finding: Finding, action: Content = None, indexed: frozenset[Target] = frozenset()
) -> Markup:
    """A finding; ``action`` is what one can do with it where it stands, ``indexed`` those of its rules that a button opens there."""
    rules = [rule_mark(rule, indexed, {"opens": "1"}) for rule in finding.legal_basis]
    return tag(
        "article",
        tag(
            "h4",
            tag("span", _SIGNS[finding.severity], aria_hidden="true"),
            " ",
            SEVERITIES[finding.severity],
            f" – {place(finding)}" if place(finding) else "",
        ),
        tag("blockquote", f"« {' '.join(finding.quote.split())} »"),
        tag("p", tag("strong", "Pourquoi : "), finding.message),
        tag(
            "p",
            tag("strong", "Fondement : "),
            [(" ; " if before else "", rule) for before, rule in enumerate(rules)],
        )
        if rules
        else None,
        tag("p", tag("strong", "À écrire : "), finding.suggestion) if finding.suggestion else None,
        tag("p", action) if action else None,
        class_=f"constat {finding.severity.name.lower()}",
    )
