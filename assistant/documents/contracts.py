"""The contracts that the documents at hand make: each market with its amendments, and the amendments of which it cannot be told what they change."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from assistant import sentences
from assistant.datatypes import Document
from assistant.documents import amendments as forces
from assistant.documents import changes, effects, targets, words
from assistant.documents.amendments import MEASURED, Amendment, Change, Step
from assistant.documents.changes import Read
from assistant.documents.consultations import Consultation, consultations
from assistant.documents.measures import values
from assistant.documents.targets import Targets, Uncertain
from assistant.documents.terms import terms_of
from assistant.documents.values import Known
from assistant.french.folding import fold
from assistant.lines import one_line
from assistant.summaries.fields.summary import FIELDS, Field, extract

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
        amended = {
            name: steps[-1]
            for name in FIELDS
            if (steps := self.steps(name, day)) and steps[-1].by is not None
        }
        pieces = [_without(piece, amended) for piece in self.market.pieces]
        for one in forces.ordered(self.amendments):
            given = {name: step for name, step in amended.items() if step.known is one.known}
            fields = tuple(given[name].as_field(name) if name in given else Field(name) for name in FIELDS)
            pieces.append(replace(one.known, summary=replace(one.known.summary, fields=fields)))
        return replace(self.market, pieces=tuple(pieces))


def _without(piece: Known, amended: dict[str, Step]) -> Known:
    fields = tuple(Field(field.name) if field.name in amended else field for field in piece.summary.fields)
    return replace(piece, summary=replace(piece.summary, fields=fields))


class Contracts:
    """Makes contracts of documents; what an amendment says is read once.

    Args:
        document_of: the document of a source's id.
        read: what the trained reader of fields sees in passages, or None without it.
    """

    def __init__(self, document_of: DocumentOf, read: Read | None) -> None:
        self._document_of, self._read = document_of, read
        self._amendments: dict[str, Amendment | None] = {}
        self._terms: dict[str, Amendment] = {}

    def of(self, documents: Sequence[Known]) -> tuple[tuple[Contract, ...], tuple[Uncertain, ...]]:
        """The contracts that pieces and amendments make, in the order of their first document, and every amendment that is joined to none."""
        amending = {
            one.source.id: amendment for one in documents if (amendment := self._amendment(one)) is not None
        }
        markets = consultations([one for one in documents if one.source.id not in amending])
        if not amending:
            return tuple(Contract(market) for market in markets), ()
        parts = {id(market): targets.by_lot(market, self._document_of) for market in markets}
        known_targets = Targets(
            [part for market in markets for part in parts[id(market)]],
            lambda id_: self._document_of(id_).text,
        )
        joined: dict[int, list[Amendment]] = {}
        uncertain: list[Uncertain] = []
        for amendment in amending.values():
            found = known_targets.joined(amendment.known, self._document_of(amendment.known.source.id))
            if isinstance(found, Uncertain):
                uncertain.append(found)
            else:
                joined.setdefault(id(found), []).append(amendment)
        touched = joined.keys() | {id(market) for one in uncertain for market in one.markets}
        kept = [
            part
            for market in markets
            for part in (
                parts[id(market)] if any(id(part) in touched for part in parts[id(market)]) else (market,)
            )
        ]
        return tuple(self._contract(market, joined.get(id(market), []), uncertain) for market in kept), tuple(
            uncertain
        )

    def _contract(
        self, market: Consultation, joined: Sequence[Amendment], uncertain: Sequence[Uncertain]
    ) -> Contract:
        doubted = tuple(one for one in uncertain if any(other is market for other in one.markets))
        if not joined:
            return Contract(market, (), doubted)
        return _amended(market, joined, doubted, self._terms_of(market), self._document_of)

    def with_terms(self, contract: Contract) -> Contract:
        """A contract with what its pieces say that no summary holds; that is read of amended contracts only, until it is asked for."""
        return contract if contract.terms else replace(contract, terms=self._terms_of(contract.market))

    def _terms_of(self, market: Consultation) -> tuple[Amendment, ...]:
        """What the pieces of a market lay down that no summary holds; each is read once."""
        for piece in market.pieces:
            if piece.source.id not in self._terms:
                self._terms[piece.source.id] = terms_of(piece, self._document_of(piece.source.id))
        return tuple(replace(self._terms[piece.source.id], known=piece) for piece in market.pieces)

    def _amendment(self, known: Known) -> Amendment | None:
        """What an amendment says; None of another document."""
        if known.summary.doc_type != _OTHER and not targets.named_amendment(known):
            return None
        if known.source.id not in self._amendments:
            document = self._document_of(known.source.id)
            self._amendments[known.source.id] = (
                _amendment_of(known, document, self._read) if targets.is_amendment(known, document) else None
            )
        found = self._amendments[known.source.id]
        return replace(found, known=known) if found else None


def _amendment_of(known: Known, document: Document, read: Read | None) -> Amendment:
    """What an amendment says."""
    number = targets.number_said(known, document)
    found, cancels = changes.changes(document, number, read)
    return Amendment(known, number, effects.effect_of(document), effects.with_own(found, document), cancels)


def _amended(
    market: Consultation,
    joined: Sequence[Amendment],
    doubted: tuple[Uncertain, ...],
    terms: tuple[Amendment, ...],
    document_of: DocumentOf,
) -> Contract:
    """A market with what its amendments change, in their order."""
    placed: list[Amendment] = []
    for one in forces.ordered([_dated(one, joined, document_of) for one in joined]):
        changes_ = tuple(_placed(change, market, (*terms, *placed), document_of) for change in one.changes)
        placed.append(replace(one, changes=changes_))
    return _clauses_apart(Contract(market, tuple(placed), doubted, terms), document_of)


def _clauses_apart(contract: Contract, document_of: DocumentOf) -> Contract:
    """Each changed clause of no field as a field of its own (« clause 1 »), which begins with the words replaced where the contract has them."""
    first: list[Amendment] = []
    amended: list[Amendment] = []
    count = 0
    for one in contract.amendments:
        renamed = []
        for change in one.changes:
            if change.field == "clause":
                count += 1
                change = replace(change, field=f"clause {count}")
                first += _original(change, contract.market, document_of)
            renamed.append(change)
        amended.append(replace(one, changes=tuple(renamed)))
    return replace(contract, amendments=tuple(amended), terms=(*contract.terms, *first))


def _original(change: Change, market: Consultation, document_of: DocumentOf) -> list[Amendment]:
    for piece in market.pieces if change.replaces else ():
        document = document_of(piece.source.id)
        at = document.text.find(change.replaces)
        if at >= 0 and (
            span := next((one for one in sentences.split(document.text) if one.start <= at < one.end), None)
        ):
            said = extract(document, span)
            return [Amendment(piece, 0, None, (Change(change.field, "nouveau", one_line(said.text), said),))]
    return []


def _dated(amendment: Amendment, joined: Sequence[Amendment], document_of: DocumentOf) -> Amendment:
    """An amendment with the day that another of the same contract gives it: « modifié par l'avenant n° 1 notifié le 4 avril 2025 »."""
    if amendment.effect is not None or not amendment.number:
        return amendment
    told = (
        effects.told_of(amendment.number, document_of(other.known.source.id))
        for other in joined
        if other is not amendment
    )
    return replace(amendment, effect=next((effect for effect in told if effect), None))


def _placed(
    change: Change, market: Consultation, before: Sequence[Amendment], document_of: DocumentOf
) -> Change:
    """A change of words under the field that holds the words replaced, else that of the article that is changed."""
    if change.field in MEASURED or change.field == "titulaire":
        return change
    holding = _holding(change.replaces, market, before) if change.replaces else set()
    if change.field in holding:
        return change
    if len(holding) == 1:
        return _remade(change, holding.pop())
    if change.replaces and change.field in FIELDS and market.stated(change.field):
        return replace(
            change, field="clause"
        )  # the words replaced are not those of the field: another clause near it
    if change.field == "clause" and change.article:
        return _remade(change, _of_article(change.article, market, document_of))
    return change


def _holding(words_replaced: str, market: Consultation, before: Sequence[Amendment]) -> set[str]:
    """The fields whose words hold those that are replaced."""
    plain = one_line(words_replaced)
    said = [
        (field.name, one.text)
        for piece in market.pieces
        for field in piece.summary.fields
        for one in field.extracts
    ]
    said += [(change.field, change.extract.text) for one in before for change in one.changes]
    found = {name for name, text in said if plain in one_line(text)} - {"clause", "objet", "acheteur"}
    return {"duree_initiale"} if found & {"debut", "fin"} else found


def _remade(change: Change, field: str) -> Change:
    """A change under another field; measured where that field is."""
    if field not in MEASURED:
        return replace(change, field=field)
    found = [one.measure for one in values(fold(change.value))]
    if len(found) != 1:
        return change
    field = "fin" if found[0].unit == "date" else "duree_initiale" if field == "fin" else field
    return replace(change, field=field, value=found[0].written, measure=found[0])


def _of_article(number: str, market: Consultation, document_of: DocumentOf) -> str:
    """The field that an article of the contract says: by its title, else by the fields of the summary that are read in it."""
    for piece in market.pieces:
        document = document_of(piece.source.id)
        for heading, following in pairwise((*document.headings, None)):
            if heading is None or _number(heading.number) != number:
                continue
            named = [field.name for field in words.amended_fields() if field.named_in(fold(heading.title))]
            end = following.span.start if following else len(document.text)
            said = [
                field.name
                for field in piece.summary.fields
                if field.extracts and heading.span.end <= field.extracts[0].start < end
            ]
            if named or said:
                return (named or said)[0]
    return "clause" if "." not in number else _of_article(number.rpartition(".")[0], market, document_of)


def _number(printed: str | None) -> str:
    """The number of a heading, folded, without its word: « Article 7 », « IV. », « F »."""
    found = re.findall(r"\d+(?:[.-]\d+)*|\b[ivx]{1,5}\b|\b[a-h]\b", fold(printed or ""))
    return found[-1] if found else ""
