"""What the pieces of a contract lay down that no field of a summary holds: its contractor, its amount, the day it ends."""

from collections.abc import Iterator
from datetime import date

from assistant import sentences
from assistant.datatypes import Document
from assistant.documents import holders, words
from assistant.documents.amendments import Amendment, Change, day_of, money
from assistant.documents.values import Known
from assistant.french.amounts import amounts
from assistant.french.folding import fold
from assistant.summaries.values import extract

_ISO = len("2026-01-01")


def terms_of(known: Known, document: Document) -> Amendment:
    """What a piece lays down, as an amendment of number 0."""
    found = (holders.first_holder(document), _amount(document), _end(known))
    return Amendment(known, 0, None, tuple(change for change in found if change))


def _amount(document: Document) -> Change | None:
    """The amount of the contract: the first sum before tax that its words call so."""
    return next(_amounts(document), None)


def _amounts(document: Document) -> Iterator[Change]:
    folded = fold(document.text)
    amount = next(field for field in words.amended_fields() if field.name == "montant_ht")
    for span in sentences.split(document.text):
        text = span.of(folded)
        if not amount.named_in(text):
            continue
        sums = [one for one in amounts(text) if one.tax != "TTC"]
        if sums:
            measure = money(sums[0].euros)
            yield Change("montant_ht", "nouveau", measure.written, extract(document, span), measure)


def _end(known: Known) -> Change | None:
    """The day that the duration names as the end."""
    field = known.summary.field("duree_initiale")
    for normal in field.normal:
        if len(normal) == _ISO and normal[4] == "-" and field.extracts:
            measure = day_of(date.fromisoformat(normal))
            return Change("fin", "nouveau", measure.written, field.extracts[0], measure)
    return None
