"""What the pieces of a contract lay down that no field of a summary holds: its contractor, its amount, the days it begins and ends."""

from collections.abc import Iterable

from assistant import sentences
from assistant.datatypes import Document, Span
from assistant.documents import holders, words
from assistant.documents.amendments import Amendment, Change, money
from assistant.documents.measures import begins_contract, ends_contract, values
from assistant.documents.values import Known
from assistant.french.amounts import amounts
from assistant.french.folding import fold
from assistant.summaries.fields.summary import extract

# A day stands at most so far after the words that say what it is.
_NEAR = 60


def terms_of(known: Known, document: Document) -> Amendment:
    """What a piece lays down, as an amendment of number 0."""
    folded = fold(document.text)
    spans = sentences.split(document.text)
    days = (_day(name, known, document, folded, spans) for name in ("fin", "debut"))
    found = (
        holders.first_holder(document),
        _amount(document, folded, spans),
        *days,
        _notification(document, folded, spans),
    )
    return Amendment(known, 0, None, tuple(change for change in found if change))


def _amount(document: Document, folded: str, spans: tuple[Span, ...]) -> Change | None:
    """The amount of the contract: the first sum before tax that its words call so."""
    named = next(field for field in words.amended_fields() if field.name == "montant_ht")
    for span in spans:
        text = span.of(folded)
        sums = [one for one in amounts(text) if one.tax != "TTC"] if named.said.search(text) else []
        if sums and not (named.but and named.but.search(text[: sums[0].start])):
            measure = money(sums[0].euros)
            return Change("montant_ht", "nouveau", measure.written, extract(document, span), measure)
    return None


def _day(name: str, known: Known, document: Document, folded: str, spans: tuple[Span, ...]) -> Change | None:
    """The day that the contract ends (``fin``) or begins (``debut``): in the words that the summary quotes of its duration, else in a sentence that names it.

    Of the end, such a sentence says that the contract ends then: « jusqu'au 17 juin » is said of questions and samples too, and not of another contract.
    """
    quoted = [
        one for field in ("duree_initiale", "reconductions") for one in known.summary.field(field).extracts
    ]
    told = [span for span in spans if any(one.start < span.end and span.start < one.end for one in quoted)]
    if found := _first_day(name, told, document, folded):
        return found
    if name == "fin" and known.summary.field("duree_initiale").value is not None:
        return None
    named = next(field for field in words.amended_fields() if field.name == "duree_initiale")
    others = [span for span in spans if named.named_in(span.of(folded))]
    if name == "debut":
        others += [span for span in spans if words.due("begins").search(span.of(folded))]
    if name == "fin":
        ends, other = words.amendment("verbs", "ends_on"), words.due("other_contract")
        others = [one for one in others if ends.search(one.of(folded)) and not other.search(one.of(folded))]
    return _first_day(name, others, document, folded)


def _first_day(name: str, spans: Iterable[Span], document: Document, folded: str) -> Change | None:
    for span in spans:
        text = span.of(folded)
        days = [one for one in values(text) if one.measure.unit == "date"]
        starts = [one for one in days if begins_contract(text, one)]
        ends = [
            one
            for one in days
            if ends_contract(text, one)
            or (starts and one.start > starts[0].end and text[starts[0].end : one.start].strip() == "au")
        ]
        if chosen := (ends if name == "fin" else starts)[:1]:
            return Change(
                name, "nouveau", chosen[0].measure.written, extract(document, span), chosen[0].measure
            )
    return None


def _notification(document: Document, folded: str, spans: tuple[Span, ...]) -> Change | None:
    """The day that the contract was notified: it runs from then where nothing else is said (article R. 2182-4 of the Code)."""
    for span in spans:
        text = span.of(folded)
        match = words.amendment("dates", "notified").search(text)
        days = [
            one
            for one in values(text)
            if one.measure.unit == "date" and match and 0 <= one.start - match.end() <= _NEAR
        ]
        if days and "avenant" not in text:
            return Change(
                "notification", "nouveau", days[0].measure.written, extract(document, span), days[0].measure
            )
    return None
