"""What a clause says lot by lot, one sentence after the other (« Lot 1 : prix révisés chaque année. Lot 2 : prix fermes. »)."""

import re

from assistant.tender.fact import Fact
from assistant.tender.rows import ONE_LOT
from assistant.tender.view import View

_OF_A_LOT = re.compile(rf"\W*(?:pour )?(?:les? )?{ONE_LOT}")
# More than so many sentences describe the lots, whatever the field.
_MOST_OTHERS, _MOST_WORDS = 3, 300


def with_other_lots(view: View, found: Fact) -> Fact:
    """A fact read in a sentence of one lot, with what the same clause says of the others."""
    lead = view.sentence_at(found.spans[0].end - 1)
    if lead is None or isinstance(found.value, tuple) or not _OF_A_LOT.match(lead.text):
        return found
    told = [one for one in view.within(lead.section) if _OF_A_LOT.match(one.text)]
    others = [one for one in told if not any(one.span.overlaps(span) for span in found.spans)]
    if not 0 < len(others) <= _MOST_OTHERS:
        return found
    value = " ; ".join(view.words(one.span)[:_MOST_WORDS].rstrip(".") for one in told)
    return Fact(value, (*found.spans, *(one.span for one in others)))
