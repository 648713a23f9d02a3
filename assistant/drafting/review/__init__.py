"""The legality review of a draft or of the pieces of a tender: rules in code, each with its words, its articles and its examples (``regles.toml``).

The rules read sentences folded to plain letters (``text``), with their negation and what stands around them (``pattern``). They know wordings, not
intentions: what they catch is to be read by a person, and what they do not catch is not thereby lawful.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.datatypes import Document, Finding, FindingSeverity
from assistant.drafting.review.contradictions import ACROSS
from assistant.drafting.review.pattern import Caught
from assistant.drafting.review.rules import ABOUT_BUYERS_PAPERS, DETECTORS, Rule, rules
from assistant.drafting.review.text import Text

__all__ = ["Review", "Rule", "review", "rules"]

_ORDER = tuple(FindingSeverity)
# Where two rules catch one sentence for one fault, the more exact one speaks.
_GIVES_WAY = {
    "entreprise-francaise-europeenne": ("nationalite-candidat", "critere-nationalite", "capital-europeen", "preference-locale"),
    "capital-europeen": ("critere-nationalite", "agrement-actionnaires", "etablissement-exige"),
    "critere-sans-lien": ("critere-nationalite", "preference-locale"),
    "critere-non-mesurable": ("critere-nationalite",),
    "norme-sans-equivalent": ("label-sans-equivalent",),
    "seuil-non-date": ("seuil-perime",),
    "critere-de-candidature": ("critere-sans-lien",),
    "origine-produits": ("critere-nationalite", "label-sans-equivalent", "entreprise-francaise-europeenne"),
    "europe-imprecise": ("localisation-immunite-illusoire",),
    "critere-sans-ponderation": ("critere-non-mesurable", "liberte-illimitee", "prix-seul"),
    "implantation-prealable": ("preference-locale", "etablissement-exige"),
    "exclusion-non-prevue": ("references-disproportionnees", "anciennete-entreprise"),
    "de-preference": ("entreprise-francaise-europeenne", "origine-produits", "preference-locale"),
    "nationalite-candidat": ("nationalite-personnels", "capital-europeen"),
    "article-inexistant": ("texte-en-projet",),
    "duree-sans-terme": ("modification-sans-limite",),
    "exigence-sans-lien-objet": ("critere-sans-lien", "nationalite-candidat"),
    # Where the place itself is wrongly said, that is what to mend first.
    "localisation-sans-acces": ("france-au-lieu-ue", "europe-imprecise", "localisation-immunite-illusoire"),
    "reversibilite-sans-prix-ni-format": ("conditions-du-titulaire",),
    # A list of criteria left open at each order is one fault, not two.
    "liberte-illimitee": ("subsequent-nouvelle-exigence",),
    "promesse-sans-moyen": ("localisation-immunite-illusoire",),
    "france-au-lieu-ue": ("localisation-immunite-illusoire",),
}


@dataclass(frozen=True, slots=True)
class Review:
    """What the review found in one document: the gravest first, then in text order."""

    document: Document
    findings: tuple[Finding, ...]


def review(documents: Sequence[Document], *, day: date) -> tuple[Review, ...]:
    """Reviews the pieces of one tender together, or one text alone.

    Args:
        documents: the pieces, in any order.
        day: the day for which the law is read.

    Returns:
        One review a document, in the order given. For each finding ``quote == document.text[span]``.
    """
    texts = [Text(document, day) for document in documents]
    return tuple(Review(text.document, _findings(text, texts[:at])) for at, text in enumerate(texts))


def _findings(text: Text, earlier: Sequence[Text]) -> tuple[Finding, ...]:
    table = rules()
    found = {_key(finding): finding for name, caught in _caught(text, earlier) for finding in [_finding(text, table[name], caught)]}
    kept = _without_rivals(found.values())
    return tuple(sorted(kept, key=lambda finding: (_ORDER.index(finding.severity), finding.span.start)))


def _key(finding: Finding) -> tuple[str, int, int]:
    return finding.rule, finding.span.start, finding.span.end


def _caught(text: Text, earlier: Sequence[Text]) -> Iterator[tuple[str, Caught]]:
    for name, detect in DETECTORS.items():
        if text.is_supplier_paper and name in ABOUT_BUYERS_PAPERS:
            continue
        for caught in detect(text):
            yield name, caught
    for name, across in ACROSS.items():
        for caught in across(text, earlier):
            yield name, caught


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


def _without_rivals(findings: Iterable[Finding]) -> list[Finding]:
    every = list(findings)
    return [one for one in every if not any(other.rule in _GIVES_WAY.get(one.rule, ()) and other.span.overlaps(one.span) for other in every)]
