"""What a clause says lot by lot, one sentence after the other (« Lot 1 : prix révisés chaque année. Lot 2 : prix fermes. »)."""

import re

from assistant.french.folding import fold
from assistant.tender.fact import Fact
from assistant.tender.rows import LOT, ONE_LOT
from assistant.tender.view import View

_OF_A_LOT = re.compile(rf"\W*(?:pour )?(?:les? )?{ONE_LOT}")
# « Lots 0001 à 0003 – dispositions communes »: a title, or the first words of a line, that what stands below is said of.
_LOTS_FIRST = re.compile(
    rf"(?:^|[.;] )[^\w\n]*(?:pour )?(?:les? )?{LOT}-?(?P<lots>\d{{1,4}}(?:(?: ?, ?| et | a )\d{{1,4}})*\b|(?<=[ |°])[a-z](?= ?[|:.–-]|$))",
    re.MULTILINE,
)
# « Description – LOT N° 2 », at the end of its line: what follows in a notice is of that lot, down to the next.
_LOT_OF_A_NOTICE = re.compile(r"^(?:[^\n;:|]{0,40} [-–] )?[ ]*lot n ?° ?(?P<lots>\d{1,3})[ ]*$", re.MULTILINE)
_ZEROS = re.compile(r"\b0+(?=\d)")
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


def lots_above(view: View, at: int) -> str | None:
    """The lots under whose title, or on whose line, a place of the text stands: « 1 à 3 », « 2 », « B »."""
    sentence = view.sentence_at(at)
    if sentence is None:
        return None
    titles = (*sentence.section.trail, sentence.section.title)
    named = [match["lots"] for title in titles if (match := _LOTS_FIRST.match(title))]
    line = _LOTS_FIRST.finditer(view.folded, view.line_at(at).start, sentence.span.end)
    named += [match["lots"] for match in line if match.start() <= at]
    if not named and view.piece == "avis":
        named = [match["lots"] for match in _LOT_OF_A_NOTICE.finditer(view.folded, 0, at)][-1:]
    found = named[-1] if named else None
    return as_written(_ZEROS.sub("", found)) if found else None


def as_written(lots: str) -> str:
    """The lots of a folded text as people write them: « 1 à 3 », « A et B »."""
    return lots.upper().replace(" A ", " à ").replace(" ET ", " et ")


def under_lots(lots: str, words: str) -> str:
    """Words after the lots that they are said of, where they do not begin with them."""
    return words if _LOTS_FIRST.match(fold(words)) else f"{of_lots(lots)} : {words}"


def of_lots(lots: str) -> str:
    """« lot 2 », « lots 1 à 3 »."""
    return f"lot{'s' if ' ' in lots else ''} {lots}"
