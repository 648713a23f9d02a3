"""The contracts that the documents at hand make: each market with its amendments, and the amendments of which it cannot be told what they change."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from assistant.datatypes import Document
from assistant.documents import amendments as forces
from assistant.documents import changes, effects, targets, words
from assistant.documents.amendments import Amendment, Step
from assistant.documents.changes import Read
from assistant.documents.consultations import Consultation, consultations
from assistant.documents.targets import Targets, Uncertain
from assistant.documents.terms import terms_of
from assistant.documents.values import Known
from assistant.french.folding import fold
from assistant.summaries.values import FIELDS, Field

_OTHER = "autre"

DocumentOf = Callable[[str], Document]


@dataclass(frozen=True, slots=True)
class Contract:
    """A market and its amendments. ``uncertain``: those that may change it; they change nothing. ``terms``: what its pieces say that no summary holds."""

    market: Consultation
    amendments: tuple[Amendment, ...] = ()
    uncertain: tuple[Uncertain, ...] = ()
    terms: tuple[Amendment, ...] = ()

    def steps(self, field: str, day: date, last: int | None = None) -> tuple[Step, ...]:
        """See ``amendments.in_force``."""
        return forces.in_force(self.market, (*self.terms, *self.amendments), field, day, last)

    @property
    def whole(self) -> Consultation:
        """The market with its amendments among its pieces."""
        amended = tuple(one.known for one in forces.ordered(self.amendments))
        return replace(self.market, pieces=(*self.market.pieces, *amended)) if amended else self.market

    def on(self, day: date) -> Consultation:
        """The whole with each field said only by the document whose words are in force on a day."""
        if not self.amendments:
            return self.market
        amended = {name: steps[-1] for name in FIELDS if (steps := self.steps(name, day)) and steps[-1].by is not None}
        pieces = [_without(piece, amended) for piece in self.market.pieces]
        for one in forces.ordered(self.amendments):
            given = {name: step for name, step in amended.items() if step.known is one.known}
            fields = tuple(given[name].as_field(name) if name in given else Field(name) for name in FIELDS)
            pieces.append(replace(one.known, summary=replace(one.known.summary, fields=fields)))
        return replace(self.market, pieces=tuple(pieces))


def _without(piece: Known, amended: dict[str, Step]) -> Known:
    fields = tuple(Field(field.name) if field.name in amended else field for field in piece.summary.fields)
    return replace(piece, summary=replace(piece.summary, fields=fields))


def contracts(documents: Sequence[Known], document_of: DocumentOf, read: Read | None) -> tuple[tuple[Contract, ...], tuple[Uncertain, ...]]:
    """The contracts, in the order of their first document, and every amendment that is joined to none.

    Args:
        documents: the pieces and the amendments, in any order.
        document_of: the document of a source's id.
        read: what the trained reader of fields sees in passages, or None without it.
    """
    amending = {one.source.id: one for one in documents if _may_amend(one) and targets.is_amendment(one, document_of(one.source.id))}
    markets = consultations([one for one in documents if one.source.id not in amending])
    if not amending:
        return tuple(Contract(market) for market in markets), ()
    parts = {id(market): targets.by_lot(market, document_of) for market in markets}
    known_targets = Targets([part for market in markets for part in parts[id(market)]], lambda id_: document_of(id_).text)
    joined: dict[int, list[Amendment]] = {}
    uncertain: list[Uncertain] = []
    for known in amending.values():
        found = known_targets.joined(known, document_of(known.source.id))
        if isinstance(found, Uncertain):
            uncertain.append(found)
        else:
            joined.setdefault(id(found), []).append(amendment_of(known, document_of(known.source.id), read))
    touched = joined.keys() | {id(market) for one in uncertain for market in one.markets}
    kept = [part for market in markets for part in (parts[id(market)] if any(id(part) in touched for part in parts[id(market)]) else (market,))]
    return tuple(_contract(market, joined.get(id(market), []), uncertain, document_of) for market in kept), tuple(uncertain)


def amendment_of(known: Known, document: Document, read: Read | None) -> Amendment:
    """What an amendment says."""
    number = targets.number_said(known, document)
    found, cancels = changes.changes(document, number, read)
    return Amendment(known, number, effects.effect_of(document), effects.with_own(found, document), cancels)


def _may_amend(known: Known) -> bool:
    return known.summary.doc_type == _OTHER or targets.named_amendment(known)


def _contract(market: Consultation, joined: Sequence[Amendment], uncertain: Sequence[Uncertain], document_of: DocumentOf) -> Contract:
    doubted = tuple(one for one in uncertain if any(other is market for other in one.markets))
    terms = tuple(terms_of(piece, document_of(piece.source.id)) for piece in market.pieces) if joined else ()
    return Contract(market, tuple(_placed(one, market, document_of) for one in joined), doubted, terms)


def _placed(amendment: Amendment, market: Consultation, document_of: DocumentOf) -> Amendment:
    """An amendment whose changes of an article are those of the field that this article of the contract says."""
    changes = (replace(one, field=_of_article(one.article, market, document_of)) if one.field == "clause" and one.article else one for one in amendment.changes)
    return replace(amendment, changes=tuple(changes))


def _of_article(number: str, market: Consultation, document_of: DocumentOf) -> str:
    for piece in market.pieces:
        document = document_of(piece.source.id)
        headings = [*document.headings, None]
        for heading, following in pairwise(headings):
            if heading is None or _digits(heading.number) != number:
                continue
            named = [field.name for field in words.amended_fields() if field.named_in(fold(heading.title))]
            end = following.span.start if following else len(document.text)
            said = [field.name for field in piece.summary.fields if field.extracts and heading.span.end <= field.extracts[0].start < end]
            if named or said:
                return (named or said)[0]
    return "clause"


def _digits(number: str | None) -> str:
    match = re.search(r"\d+(?:[.-]\d+)*", number or "")
    return match.group() if match else ""
