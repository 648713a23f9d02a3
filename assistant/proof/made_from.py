"""Files of evidence from an answer, from a review, from a draft."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING

from assistant import answer_markdown
from assistant.datatypes import Draft, DraftArticle, DraftPiece, Kind, Span, Target
from assistant.drafting import rendering
from assistant.export import unmarked
from assistant.french.dates import french_date
from assistant.kept_answer import KeptAnswer, KeptQuote
from assistant.proof.dossier import Citation, Dossier, Nature, Wording
from assistant.proof.texts import Texts
from assistant.proof.versions import versions
from assistant.review import Review, report
from assistant.site.access import shown_origin

if TYPE_CHECKING:
    from assistant.drafting.drafter import Request


# A footnote stands under its article already: here it is a paragraph.
_NOTE_MARK = re.compile(r"\[\^[\w-]+\](?:: )?")


def an_answer(answer: KeptAnswer, texts: Texts, made_on: date) -> Dossier:
    """The evidence of an answer: each quote of each claim, in the wording that holds it.

    Raises:
        NotIndexedError: a source is gone since.
    """
    citations = tuple(texts.cited(quote, reason) for quote, reason in _quotes(answer))
    asked = (("Question", answer.question), ("Droit en vigueur le", french_date(answer.as_of)))
    said = answer_markdown.markdown(answer, unmarked)
    return Dossier(Nature.ANSWER, asked, answer.as_of, made_on, said, citations, (), versions(answer.model))


def _quotes(answer: KeptAnswer) -> Iterator[tuple[KeptQuote, str]]:
    """The quotes of the claims, then those of a list that no claim gives."""
    yield from ((quote, claim.text) for claim in answer.claims for quote in claim.evidence)
    given = {quote.place for claim in answer.claims for quote in claim.evidence}
    rows = (answer.rows.yes, answer.rows.no, answer.rows.untold, answer.rows.silent) if answer.rows else ()
    yield from (
        (row.quote, f"{row.market} : {row.value}")
        for part in rows
        for row in part
        if row.quote and row.quote.place not in given
    )


def a_review(
    reviews: Sequence[Review], texts: Texts, law_day: date, made_on: date, limits: str = ""
) -> Dossier:
    """The evidence of a review: each finding in the whole text of its piece, and the rules it rests on; ``limits`` is what the review could not do."""
    found = tuple(citation for review in reviews for citation in _findings(review))
    rules, unread = texts.resting(
        _basis(finding.legal_basis for review in reviews for finding in review.findings), law_day, "fondement"
    )
    pieces = tuple(("Pièce", shown_origin(review.document.source.origin)) for review in reviews)
    named = [(shown_origin(review.document.source.origin), review.findings) for review in reviews]
    said = report.markdown(named, made_on, limits, unmarked)
    asked = (*pieces, ("Droit en vigueur le", french_date(law_day)))
    return Dossier(Nature.REVIEW, asked, law_day, made_on, said, (*found, *rules), unread, versions())


def _findings(review: Review) -> Iterator[Citation]:
    source = review.document.source
    wording = Wording(shown_origin(source.origin), source.kind.value, review.document.text, source.sha256, 0)
    yield from (
        Citation(wording, finding.span, finding.rule, finding.message)
        for finding in review.findings
        if finding.quote
    )


def a_draft(draft: Draft, request: "Request", texts: Texts, made_on: date) -> Dossier:
    """The evidence of a draft: the wording of each clause taken, as the library has it, each precedent, what was edited by hand, and the rules they rest on.

    The risk note is left out: it is the buyer's own, and not for the file of the procedure.
    """
    taken = tuple(
        citation
        for piece in draft.pieces
        for article in piece.articles
        for citation in _taken(piece, article)
    )
    rules, unread = texts.resting(
        _basis(article.clause.legal_basis for article in draft.articles if article.clause),
        made_on,
        "fondement",
    )
    said = _NOTE_MARK.sub("", rendering.markdown(draft, parts=rendering.Parts(risk_note=False)))
    model = next((article.adapted_by for article in draft.articles if article.adapted_by), None)
    return Dossier(
        Nature.DRAFT,
        _asked(draft, request),
        made_on,
        made_on,
        said,
        (*taken, *rules),
        unread,
        versions(model),
    )


def _asked(draft: Draft, request: "Request") -> tuple[tuple[str, str], ...]:
    levels = ([str(request.level)] if request.level else []) + [
        f"{id_}={level}" for id_, level in (request.levels or {}).items()
    ]
    values = ((f"Champ {name}", value) for name, value in request.values.items())
    edited = [article.id for article in draft.articles if article.by_hand and article.id]
    return (
        ("Clauses et kits", ", ".join(request.ids)),
        *((("Niveaux", ", ".join(levels)),) if levels else ()),
        *((("Ordre demandé", ", ".join(request.order)),) if request.order else ()),
        *((("Articles modifiés à la main", ", ".join(edited)),) if edited else ()),
        *values,
    )


def _taken(piece: DraftPiece, article: DraftArticle) -> Iterator[Citation]:
    marker = f"{piece.place.value}, {rendering.article_title(piece.place, article)}"
    if article.precedent:
        source, text = article.precedent.source, article.precedent.text
        wording = Wording(
            article.precedent.label, source.kind.value, text, source.sha256, article.precedent.span.start
        )
        yield Citation(wording, Span(0, len(text)), marker, f"Article repris de « {source.title} »")
    if article.clause and article.level:
        text = article.clause.at(article.level).wording
        title = f"Clause modèle « {article.clause.title} », niveau {article.level}"
        yield Citation(
            Wording(title, Kind.CLAUSE.value, text, article.clause.source_id),
            Span(0, len(text)),
            marker,
            "Rédaction de la clause modèle",
        )
    if article.by_hand:
        text = article.body.text
        yield Citation(
            Wording(f"« {article.title} », {rendering.BY_HAND}", Nature.DRAFT.value, text, _sha256(text)),
            Span(0, len(text)),
            marker,
            f"Texte {rendering.BY_HAND}",
        )


def _sha256(text: str) -> str:
    """That of words which no file holds."""
    return sha256(text.encode()).hexdigest()


def _basis(several: Iterable[Iterable[Target]]) -> Iterator[Target]:
    return (target for targets in several for target in targets)
