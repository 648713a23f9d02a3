"""What numbers show to be lawful: the trained reader, which does not count, is not heard against them.

Ground: CCP R2192-10, R2192-11, R2161-2, R2161-3.
"""

from collections.abc import Callable
from itertools import pairwise

from assistant.datatypes import Span
from assistant.french.dates import moments
from assistant.review.limits import longest_payment_delay
from assistant.review.pattern import compiled
from assistant.review.text import Text
from assistant.tender.facts.payment import payment_delays

# Offers have as many days from the notice on, five fewer where they come by electronic means (R2161-2, R2161-3).
_OFFERS_DAYS, _ELECTRONIC_DAYS = 35, 30
_ELECTRONIC = compiled(r"(?:electroni|dematerialis|profil d'acheteur|plateforme)")


def payment_delay(text: Text, span: Span) -> bool:
    """Every delay of payment there is one that the buyer may give."""
    found = [one for one in payment_delays(text.view) if one.span.overlaps(span)]
    return bool(found) and all(
        one.days <= longest_payment_delay(text) and not one.to_month_end for one in found
    )


def time_to_answer(text: Text, span: Span) -> bool:
    """Two days there leave the time that any procedure asks for."""
    words = span.of(text.folded)
    days = sorted(one.day for one in moments(words))
    least = _ELECTRONIC_DAYS if _ELECTRONIC.search(words) else _OFFERS_DAYS
    return len(days) > 1 and all((after - before).days >= least for before, after in pairwise(days))


SETTLED: dict[str, Callable[[Text, Span], bool]] = {
    "delai-paiement-excessif": payment_delay,
    "delai-reponse-trop-court": time_to_answer,
}
"""By rule, whether a part of a document is lawful by its numbers."""
