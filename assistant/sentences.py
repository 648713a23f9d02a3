"""Cutting French legal text into sentences, as spans: the unit that is quoted.

Legal French is full of points that end nothing (``art. L. 2112-4``, ``n° 2016-360``, ``M. le maire``, ``1 000.50``); lists (``1°``, ``a)``, ``-``) and
line ends do end a sentence. A list item is quoted with the words that introduce it nowhere but in the reader's eye: offsets stay exact.
"""

import re
from collections.abc import Iterator

from assistant.datatypes import Span

_ABBREVIATIONS = (
    r"art|arts|al|cf|ex|no|nos|p|pp|ss|s|M|MM|Mme|Mmes|Mlle|Dr|Me|Pr|St|Ste|av|bd|chap|sect|tit|ann|dir|min|max|env|resp|vol|éd|ed|etc|n|réf|Ass|Sect|c|com|sté|ste|"
    r"[A-Z]|L|R|D|LO|CE|CAA|TA|Cass|concl|obs|not|J\.O|JO|op|cit|id|ibid|spéc|tél|hab|ht|ttc|approx|jurispr"
)
_ENDS_IN_ABBREVIATION = re.compile(rf"(?:^|[\s(«'’\-])(?:{_ABBREVIATIONS})\.$")
# "Les critères sont : 1. Le prix": the number of a list within a sentence.
_ENDS_IN_NUMBER = re.compile(r"[:;,][ \u00a0\u202f]*\d{1,2}\.$")
# A point, a question mark … (before a closing quotation mark too) followed by space and something that can begin a sentence; or any line end.
# A quotation without a point in it ends nothing: « Valeur technique » (40 %).
_BREAK = re.compile(
    r"(?:(?<=[.!?…])|(?<=[.!?…]»)|(?<=[.!?…][ \u00a0\u202f]»))[ \u00a0\u202f]+(?=[«\"(\[]?[ ]?[A-ZÀÂÉÈÊÎÔÛÇŒ0-9IVX\-–•])|\n+"
)
# Rules look from one end of a sentence to the other, some more than once: of 400,000 characters without a point, one took them minutes.
LONGEST = 5_000
_GAP = re.compile(r"[.;]? *[\[(]…[\])] *")
# Words that end nothing: a line that ends in one goes on in the next. Of a text as it stands, and of a folded one.
BREAKS_OFF = re.compile(
    r"(?:\b(?:d[eu]s?|la|les?|et|ou|[aà]|aux?|par|pour|sur|en|dans|avec|une?|[Aa]rticles?|concernant)|[dl]['’])$"
)
# The number of a list item ("1°", "I. -", "a)") belongs to what follows it.
_NUMBERING = re.compile(
    r"(?:[IVXLC]+|\d{1,2}(?:\.\d{1,2})*|[a-zA-Z])\s?[°.)]?(?:\s?(?:bis|ter))?\s?[.)]?\s?[-–—]?"
)


def split(text: str, within: Span | None = None) -> tuple[Span, ...]:
    """The sentences of ``text[within]`` as spans of ``text``, without surrounding white space, in order, none empty."""
    whole = Span(0, len(text)) if within is None else within
    return tuple(_merge_fragments(text, list(_pieces(text, whole))))


def apart(text: str, span: Span) -> Iterator[Span]:
    """The parts of a sentence on either side of « […] »: two extracts are two sentences."""
    start = span.start
    for gap in _GAP.finditer(text, span.start, span.end):
        yield from _trimmed(text, start, gap.start())
        start = gap.end()
    yield from _trimmed(text, start, span.end)


def _pieces(text: str, whole: Span) -> Iterator[Span]:
    start = whole.start
    for match in _BREAK.finditer(text, whole.start, whole.end):
        before = text[max(start, match.start() - 12) : match.start()]
        if "\n" not in match.group() and (
            _ENDS_IN_ABBREVIATION.search(before) or _ENDS_IN_NUMBER.search(before)
        ):
            continue
        yield from _shortened(text, start, match.start())
        start = match.end()
    yield from _shortened(text, start, whole.end)


def _shortened(text: str, start: int, end: int) -> Iterator[Span]:
    """A sentence, cut at spaces where it is longer than any is."""
    while end - start > LONGEST:
        space = text.rfind(" ", start + LONGEST // 2, start + LONGEST)
        cut = space if space > 0 else start + LONGEST
        yield from _trimmed(text, start, cut)
        start = cut
    yield from _trimmed(text, start, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    if piece.strip():
        yield Span(start + left, start + len(piece.rstrip()))


def _merge_fragments(text: str, pieces: list[Span]) -> Iterator[Span]:
    """A number such as ``1°`` or ``I. -`` on the line of the next piece joins it."""
    waiting: Span | None = None
    for piece in pieces:
        joined = Span(waiting.start, piece.end) if waiting else piece
        on_same_line = "\n" not in text[joined.start : joined.end]
        if waiting and not on_same_line:
            yield waiting
            joined = piece
        if _NUMBERING.fullmatch(joined.of(text)) and piece is not pieces[-1]:
            waiting = joined
        else:
            waiting = None
            yield joined
    if waiting:
        yield waiting
