"""What stands together in a document: the rows of a table, the points of a list, the few sentences under one title."""

from collections.abc import Callable, Sequence

from assistant import sentences
from assistant.datatypes import Document, Span
from assistant.documents import words
from assistant.documents.candidates import is_row, names_columns
from assistant.french.folding import fold

# A section of more sentences is no answer by itself.
_SHORT_SECTION = 6
# Rows and points shown at most.
MOST = 12


def around(document: Document, span: Span) -> tuple[Span, ...]:
    """The rows, points or sentences that a place stands among, in order; the place alone where it stands among none."""
    spans = sentences.split(document.text)
    within = [place for place, one in enumerate(spans) if one.overlaps(span)]
    texts = [one.of(document.text) for one in spans]
    for place in within:
        if is_row(texts[place]):
            found = _run(place, texts, lambda text: is_row(text) or text[:1].islower())
            found = [one for one in found if is_row(texts[one])]
            found = found[1:] if len(found) > 1 and names_columns(texts[found[0]]) else found
        else:
            found = _points(place, texts)
        if 2 <= len(found) <= MOST:
            return tuple(spans[one] for one in found)
    section = _section(document, spans, span)
    return section if 2 <= len(section) <= _SHORT_SECTION else (span,)


def _run(place: int, texts: Sequence[str], belongs: Callable[[str], bool]) -> list[int]:
    """The places before and after that belong together without a gap."""
    first = last = place
    while first > 0 and belongs(texts[first - 1]):
        first -= 1
    while last + 1 < len(texts) and belongs(texts[last + 1]):
        last += 1
    return list(range(first, last + 1))


def _points(place: int, texts: Sequence[str]) -> list[int]:
    """The points of a list: what bears a mark, or ends on a semicolon, and the one that closes it."""
    if texts[place].rstrip().endswith(":") and place + 1 < len(texts):
        place += 1
    before = place > 0 and texts[place - 1].rstrip().endswith(";")
    if not (_is_point(texts[place]) or before):
        return [place]
    found = _run(place, texts, _is_point)
    after = found[-1] + 1
    if after < len(texts) and texts[found[-1]].rstrip().endswith(";") and not is_row(texts[after]):
        found.append(after)
    return found


def _is_point(text: str) -> bool:
    return text.rstrip().endswith(";") or words.point().match(fold(text)) is not None


def _section(document: Document, spans: Sequence[Span], span: Span) -> tuple[Span, ...]:
    """The sentences between the title above a place and the next one."""
    above = [one.span.end for one in document.headings if one.span.end <= span.start]
    below = [one.span.start for one in document.headings if one.span.start >= span.end]
    if not above:
        return ()
    start, end = above[-1], below[0] if below else len(document.text)
    return tuple(one for one in spans if start <= one.start and one.end <= end)
