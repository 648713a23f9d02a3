"""Rows of a table by lot as a PDF leaves them: a number at the beginning of a line, then words and sums, with or without bars, on as many lines as it takes."""

import re
from dataclasses import dataclass

from assistant.datatypes import Span
from assistant.tender.view import View

LOT = r"lots?(?:\(s\))? ?(?:n ?[°o]s?|numero|no)? ?(?:\| ?)?"
"""What stands before the number of a lot."""
ONE_LOT = r"\blots? (?:n ?° ?)?(?:\d|[a-z]\b)"
"""A lot by its number or letter, in a sentence."""
_NUMBER = re.compile(
    r"[ |]*(?:lots? ?)?(?:n ?[°o] ?)?(?P<number>\d{1,2}|[a-z](?= ?\||[ ]+[a-z«\"]| [:.-]))"
    r"(?:[ ]*\|[ ]*|[ ]+(?=[a-z«\"]|\d{1,3}(?:[ .]\d{3})+)| ?[:.-] ?(?=[a-z«\"]))"
)
# A sum, or a word for none, ends the words of a row as a bar does.
_CELL_END = re.compile(
    r"\||\d{1,3}(?:[ .]\d{3})+(?:,\d\d)?|\d+(?:,\d\d)? ?(?:€|k€|eur)|\bsans\s*(?:mini|maxi|\|)|\bneant\b"
)
_MOST_ROW_CHARACTERS, _MOST_LINES, _LINES_OF_HEAD = 500, 60, 2
_FEWEST_ROWS = 2


@dataclass(frozen=True, slots=True)
class LotRow:
    """One lot: its number or letter, the span of its title, and the span of what follows the title."""

    number: str
    title: Span
    rest: Span


def numbered_rows(view: View, start: int) -> tuple[LotRow, ...]:
    """The rows numbered 1, 2, 3 … or A, B, C … from the line below ``start``; empty where there are not two of them.

    A row goes on to the line before the next number; the last one to the end of its line, or of the next where its words go on there.
    """
    headings = {section.heading.span.start for section in view.sections if section.heading}
    begun: list[tuple[str, int, int]] = []
    at, end, lines = view.folded.find("\n", start) + 1, start, 0
    while 0 < at < len(view.folded) and lines < _MOST_LINES:
        stop = view.folded.find("\n", at)
        stop = stop if stop >= 0 else len(view.folded)
        if match := _follows(view, Span(at, stop), begun[-1][0] if begun else None):
            begun.append((_name(match), at, match.end()))
            end = stop
        elif (not begun and lines > _LINES_OF_HEAD) or (
            begun and _is_below(view, begun[-1], end, Span(at, stop), headings)
        ):
            break
        elif begun:
            end = stop
        at, lines = stop + 1, lines + 1
    if len(begun) < _FEWEST_ROWS:
        return ()
    ends = [*(one[1] - 1 for one in begun[1:]), end]
    return tuple(
        _row(view, number, first, last) for (number, _, first), last in zip(begun, ends, strict=True)
    )


_GROUP = re.compile(r"[ |]*(?:lots? ?)?(?P<number>\d{1,2}(?:(?: ?, ?| et | a )\d{1,2})*) *\|")


def grouped_rows(view: View, start: int) -> tuple[LotRow, ...]:
    """The rows below the line of ``start`` whose first cell is a lot or several (« 1 et 2 | … »), down to another line; empty where there are not two."""
    rows: list[LotRow] = []
    at = view.folded.find("\n", start) + 1
    while at and (match := _GROUP.match(view.folded, at)):
        stop = view.folded.find("\n", at)
        stop = stop if stop >= 0 else len(view.folded)
        rows.append(LotRow(match["number"], Span(at, at), Span(match.end(), stop)))
        at = stop + 1
    return tuple(rows) if len(rows) >= _FEWEST_ROWS else ()


# A cell goes on below its row in a few small letters; two lines without a bar end a table.
_LONGEST_REST, _LINES_BETWEEN, _MOST_ROWS = 40, 2, 20


def rows_beside(view: View, line: Span) -> list[Span]:
    """The rows of the table that a line stands in, the line with the rest of its cell among them."""
    text, rows = view.folded, [line]
    at = line.start
    while at:
        start = text.rfind("\n", 0, at - 1) + 1
        above = text[start : at - 1]
        if "|" in above:
            rows.insert(0, Span(start, at - 1))
        elif not above or above.strip():  # the line drawn under a head is blanks
            break
        at = start
    at, below = line.end + 1, 0
    while at < len(text) and below < _LINES_BETWEEN and len(rows) < _MOST_ROWS:
        end = text.find("\n", at)
        end = end if end >= 0 else len(text)
        if "|" in text[at:end]:
            rows.append(Span(at, end))
        elif not below and end - at <= _LONGEST_REST and view.document.text[at:end][:1].islower():
            rows[-1] = Span(rows[-1].start, end)
        below = 0 if "|" in text[at:end] else below + 1
        at = end + 1
    return rows


def _follows(view: View, line: Span, before: str | None) -> re.Match[str] | None:
    """The beginning of the row that follows the one so named; of the first, where that is none. A letter is a capital."""
    match = _NUMBER.match(view.folded, line.start, line.end)
    if match is None or _name(match) not in _names_after(before):
        return None
    begins = view.document.text[match.start("number")]
    return match if begins.isdigit() or begins.isupper() else None


def _names_after(before: str | None) -> tuple[str, ...]:
    if before is None:
        return "1", "A"
    return (str(int(before) + 1) if before.isdigit() else chr(ord(before) + 1),)


def _name(match: re.Match[str]) -> str:
    number = match["number"]
    return str(int(number)) if number.isdigit() else number.upper()


def _is_below(view: View, row: tuple[str, int, int], end: int, line: Span, headings: set[int]) -> bool:
    """Whether a line stands below the table: a heading, a blank, what makes a row too long, or words under a row that its sums have ended.

    Such words belong to that row where the next one follows them: they end one of its cells.
    """
    number, start, _ = row
    words = line.of(view.folded)
    if line.start in headings or not words.strip() or line.end - start > _MOST_ROW_CHARACTERS:
        return True
    ended = "|" in view.folded[start:end] and not _CELL_END.search(words)
    return ended and not _follows(view, Span(line.end + 1, len(view.folded)), number)


def _row(view: View, number: str, first: int, last: int) -> LotRow:
    cut = _CELL_END.search(view.folded, first, last)
    words = view.folded[first : cut.start() if cut else last].rstrip(" |\n")
    return LotRow(number, Span(first, first + len(words)), Span(first + len(words), last))
