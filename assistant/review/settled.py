"""What numbers show to be lawful: the trained reader, which does not count, is not heard against them.

Ground: CCP R2192-10, R2192-11, R2161-2, R2161-3.
"""

from collections.abc import Callable
from itertools import pairwise

from assistant.datatypes import Span
from assistant.figures import ceiling
from assistant.french.dates import moments
from assistant.review.limits import is_too_long
from assistant.review.text import Text
from assistant.tender.facts.payment import payment_delays

# What says that offers come by electronic means: five days fewer (R2161-3).
_ELECTRONIC = ("electroni", "dematerialis", "profil d'acheteur", "plateforme")


def payment_delay(text: Text, span: Span) -> bool:
    """Every delay of payment there is one that the buyer may give."""
    found = [one for one in payment_delays(text.view) if one.span.overlaps(span)]
    return bool(found) and not any(is_too_long(one, text) for one in found)


def time_to_answer(text: Text, span: Span) -> bool:
    """Two days there leave the time that any procedure asks for."""
    words = span.of(text.folded)
    days = sorted(one.day for one in moments(words))
    if not days[1:]:
        return False
    figure = "ao-ouvert-30" if any(word in words for word in _ELECTRONIC) else "ao-ouvert-papier-35"
    least = ceiling(figure, text.day)
    return all((after - before).days >= least for before, after in pairwise(days))


SETTLED: dict[str, Callable[[Text, Span], bool]] = {
    "delai-paiement-excessif": payment_delay,
    "delai-reponse-trop-court": time_to_answer,
}
"""By rule, whether a part of a document is lawful by its numbers."""
