"""One document to its summary: every extractor in the order of the fields, each value with the words it was read in."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from assistant.datatypes import Document, Problem, Severity, Span
from assistant.reading.piece import OTHER, guessed
from assistant.summaries.fields.meant import kind_of, meant, object_of, rest_of, weighed_criteria
from assistant.summaries.fields.summary import FIELDS, Field, Lever, Summary, extract
from assistant.tender.by_lot import with_other_lots
from assistant.tender.by_seller import terms_of_seller
from assistant.tender.fact import Fact
from assistant.tender.facts import (
    ccag,
    criteria,
    deadline,
    duration,
    identity,
    lots,
    ordered_amounts,
    payment,
    penalties,
    place,
    prices,
    procedure,
    renewals,
    stipulations,
)
from assistant.tender.facts.levers import levers_of
from assistant.tender.facts.order import order_of
from assistant.tender.view import View, is_left_open

if TYPE_CHECKING:
    from assistant.reader.covers import Cover
    from assistant.reader.fields import Reading

# What a broken rule raises: it costs its field, not the document.
BROKEN = (AssertionError, AttributeError, IndexError, KeyError, RecursionError, TypeError, ValueError)

Extractor = Callable[[View], Fact | None]

EXTRACTORS: dict[str, Extractor] = {
    "objet": identity.object_of,
    "acheteur": identity.buyer_of,
    "numero_consultation": identity.number_of,
    "type_marche": procedure.type_of,
    "forme": procedure.form_of,
    "procedure": procedure.procedure_of,
    "lots": lots.lots_of,
    "duree_initiale": duration.duration_of,
    "reconductions": renewals.renewals_of,
    "montant_minimum_ht": ordered_amounts.minimum_of,
    "montant_maximum_ht": ordered_amounts.maximum_of,
    "date_limite_remise": deadline.deadline_of,
    "criteres_attribution": criteria.criteria_of,
    "variantes": procedure.variants_of,
    "ccag_applicable": ccag.ccag_of,
    "derogations_ccag": ccag.derogations_of,
    "penalites_retard": penalties.penalties_of,
    "delai_paiement": payment.payment_delay_of,
    "forme_prix": prices.price_form_of,
    "revision_prix": prices.revision_of,
    "avance": prices.advance_of,
    "retenue_garantie": prices.retention_of,
    "assurance": partial(stipulations.clause_of, name="assurance"),
    "lieu_execution": place.place_of,
    "sous_traitance": partial(stipulations.clause_of, name="sous_traitance"),
    "propriete_intellectuelle": partial(stipulations.clause_of, name="propriete_intellectuelle"),
    "donnees_personnelles": partial(stipulations.clause_of, name="donnees_personnelles"),
    "localisation_hebergement": stipulations.location_of,
    "reversibilite": partial(stipulations.clause_of, name="reversibilite"),
    "securite": stipulations.security_of,
    "clause_sociale": partial(stipulations.clause_of, name="clause_sociale"),
    "clause_environnementale": partial(stipulations.clause_of, name="clause_environnementale"),
    "resiliation": partial(stipulations.clause_of, name="resiliation"),
}
assert list(EXTRACTORS) == list(FIELDS)

# What a clause may say of each lot in a sentence; sums are read lot by lot already.
_BY_LOT = frozenset(
    (
        *("forme", "forme_prix", "revision_prix", "avance", "retenue_garantie", "penalites_retard"),
        *("delai_paiement", "clause_sociale", "clause_environnementale", "resiliation"),
    )
)
# More than this is shown cut; the quote has the words.
MOST_VALUE_CHARACTERS = 1000
# A guide speaks of contracts; it states none.
_GUIDE = "guide"


def summarise(
    document: Document, file: str, cover: "Cover | None" = None, read: "Reading | None" = None
) -> Summary:
    """What a document states. Without a language model: the rules read regular statements, and quote the rest.

    Args:
        document: as ``reading`` gives it, read as one of a tender: its metadata say which piece it seems to be.
        file: what to call it.
        cover: what the trained reader saw on its cover.
        read: the trained reader of fields, for what no rule reads.
    """
    piece = guessed(document)
    cover = cover if piece != _GUIDE else None
    whole = View(document, piece)
    terms = terms_of_seller(whole)
    view = View(document, piece, terms) if terms else whole
    fields: list[Field] = []
    problems: list[Problem] = []
    for name, extractor in EXTRACTORS.items():
        fact: Fact | None = None
        failed: tuple[Problem, ...] = ()
        if piece != _GUIDE:
            fact, failed = _tried(name, partial(_by_rules, name, extractor, view, cover))
        fields.append(_field(document, name, fact))
        problems += failed
    if read is not None and piece != _GUIDE:
        told = {
            field.name: [Span(one.start, one.end) for one in field.extracts]
            for field in fields
            if field.value is None or field.name not in identity.ON_COVERS
        }
        found = meant(view, told, read)
        bought = next(field for field in fields if field.name == "objet").extracts
        spans = tuple(Span(one.start, one.end) for one in bought)
        if better := object_of(view, spans, read):
            found["objet"], spans = better, better.spans
        if told.get("type_marche") == [] and (kind := kind_of(view, spans, read)):
            found["type_marche"] = kind
        if not told.get("criteres_attribution") and (weighed := weighed_criteria(view, read)):
            found["criteres_attribution"] = weighed
        found |= {
            name: with_other_lots(view, fact) for name, fact in found.items() if fact and name in _BY_LOT
        }
        if (lasts := found.get("duree_initiale")) and (parts := duration.in_table(view, lasts)):
            found["duree_initiale"] = parts
        fields = [
            _field(document, field.name, found[field.name], "model") if field.name in found else field
            for field in fields
        ]
        kept = {
            field.name: [Span(one.start, one.end) for one in field.extracts]
            for field in fields
            if isinstance(field.value, str)
        }
        for name, rest in rest_of(view, kept, read).items():
            if rest:
                at = list(FIELDS).index(name)
                fields[at] = _with_rest(
                    document, fields[at], [view.words(one.span) for one in rest], [one.span for one in rest]
                )
    if piece != _GUIDE:
        if fields[list(FIELDS).index("lieu_execution")].value is None:
            _tell_from_object(view, fields, "lieu_execution", place.within_object)
        if cover is not None or read is not None:  # rules alone say no kind that is not told
            _tell_from_object(view, fields, "type_marche", procedure.kind_bought)
    if terms and piece != _GUIDE:  # the seller's conditions say what the buyer's part leaves out
        for at, left in enumerate(fields):
            if left.value is None:
                fact, failed = _tried(left.name, partial(EXTRACTORS[left.name], whole))
                fields[at] = _field(document, left.name, fact)
                problems += failed
    unreadable = tuple(page.number for page in document.pages if not page.has_text)
    return Summary(
        file=file,
        sha256=document.source.sha256,
        doc_type=piece or OTHER,
        pages=len(document.pages),
        unreadable_pages=unreadable,
        fields=tuple(fields),
        precedence=order_of(view),
        levers=tuple(Lever(name, extract(document, span)) for name, span in levers_of(view)),
        problems=tuple(dict.fromkeys((*document.problems, *problems))),
    )


def _tell_from_object(
    view: View, fields: list[Field], name: str, told: Callable[[View, Sequence[Span]], Fact | None]
) -> None:
    """Puts what the words of the object tell of a field in its place, where they tell it."""
    bought = next(field for field in fields if field.name == "objet").extracts
    fact, _ = _tried(name, partial(told, view, [Span(one.start, one.end) for one in bought]))
    if fact:
        fields[list(FIELDS).index(name)] = _field(view.document, name, fact)


def _with_rest(document: Document, field: Field, words: Sequence[str], spans: Sequence[Span]) -> Field:
    """A field with what the sentences beside it add."""
    extracts = (*field.extracts, *(extract(document, span) for span in spans))
    return replace(field, value=_cut(" ; ".join((str(field.value), *words))), extracts=extracts)


def _by_rules(name: str, extractor: Extractor, view: View, cover: "Cover | None") -> Fact | None:
    fact = extractor(view)
    if fact is not None and name in _BY_LOT:
        fact = with_other_lots(view, fact)
    if cover is not None and name in identity.ON_COVERS:
        fact = identity.with_cover(name, fact, cover, view)
    if name == "acheteur":
        fact = identity.with_principal(view, fact) or identity.letterhead_of(view)
    return None if fact is not None and _is_left_open(view, fact) else fact


def _is_left_open(view: View, fact: Fact) -> bool:
    """Whether what was read is a choice that nobody has made yet."""
    return (
        isinstance(fact.value, str)
        and bool(fact.spans)
        and all(is_left_open(span.of(view.document.text)) for span in fact.spans)
    )


def _tried(name: str, read: Callable[[], Fact | None]) -> tuple[Fact | None, tuple[Problem, ...]]:
    """What is read, or the problem that a broken rule leaves."""
    try:
        return read(), ()
    except BROKEN as error:
        message = (
            f"Le champ « {FIELDS[name]} » n'a pas pu être lu ({type(error).__name__}) : signalez ce document."
        )
        return None, (Problem("field-failed", message, severity=Severity.ERROR),)


def _field(document: Document, name: str, fact: Fact | None, found_by: str = "rule") -> Field:
    if fact is None or not fact.value:
        return Field(name)
    value = _cut(fact.value) if isinstance(fact.value, str) else fact.value
    return Field(
        name, value, tuple(extract(document, span) for span in fact.spans if len(span)), found_by, fact.normal
    )


def _cut(value: str) -> str:
    value = " ".join(value.split())
    return (
        value
        if len(value) <= MOST_VALUE_CHARACTERS
        else value[: MOST_VALUE_CHARACTERS - 1].rsplit(" ", 1)[0] + "…"
    )
