"""The printed lines of a PDF page: characters and boxes from PDFium, with as few calls as can be.

A call a character would cost more than the extraction itself (2,500 characters a page), so a line is asked for its rectangles and two characters' fonts only.
Coordinates are PDF points from the page's lower left corner, y upwards.
"""

import ctypes
import math
import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

_BOLD_NAME = re.compile(rb"bold|black|heavy|demi|gras|medium", re.IGNORECASE)
_ITALIC_NAME = re.compile(rb"ital|obli", re.IGNORECASE)
# PDFium reports 500 to 670 for some regular fonts (Calibri printed through PrimoPDF), 700 for bold ones: only the latter is evidence.
_BOLD_WEIGHT = 700
_FONT_NAME_BYTES = 128
# "F1", "TT2": names that a producer gives and that say nothing of the font.
_TELLING_NAME_BYTES = 5
# White space wider than this many font sizes separates cells: justified text here stays under 1.3, cells begin at 2.
_CELL_GAP = 2.0
# … this, where some spaces are not told from the letters, as in text that is not set flush.
_CELL_GAP_SEEN = 1.5
# … this, and so many times the narrowest space between two words of its line, where all are seen.
_NARROWEST_CELL_GAP, _WIDER = 1.2, 2.2
# A number stands no farther from what it numbers, in font sizes.
_FARTHEST_MARK = 9.0
# White space between two letters of a word is narrower, in font sizes.
_SPACE = 0.2
# A line has so many spaces at least where they are all equal to set it flush.
_FEWEST_FLUSH = 2
# A shorter line has no title and text on it.
_SHORTEST_LED = 24
# Letters set apart stand alone, or are capitals; in a line no longer than this.
_LONE_LETTER = re.compile(r"(?<!\S)[^\W\d_](?!\S)")
_FEWEST_LONE = 2
_LONGEST_SPACED = 160
# Of a font size: places nearer than this are one.
_SAME_PLACE = 0.03
# A page of a tender has 5,000 characters at most; a page with more than this is a bomb, and its end is not read.
MAX_PAGE_CHARACTERS = 400_000


# A line that begins as a numbered heading does.
NUMBERED = re.compile(
    r"\s*(?:(?:ARTICLE|Article|CHAPITRE|Chapitre|ANNEXE|Annexe|§)\s*\S+|(?:\d{1,3}|[IVX]{1,5}|[A-H])(?:[.-]\d{1,3}){1,5}|\d{1,2}(?=\s+[A-ZÀ-Ý]))"
)


Box = tuple[float, float, float, float]
"""``(left, bottom, right, top)``."""


class PrintedLine(NamedTuple):
    """A line as printed: its box, font size in points, whether it begins bold, whether it both begins and ends bold, is italic, and its colour (RGB).

    ``lead`` is how many of its first characters are bold, italic or coloured where the rest is not (0: all is alike); ``bold``, ``italic`` and ``ink`` are then
    theirs. ``cells`` are its two parts where white space parts it in two.
    """

    text: str
    left: float
    right: float
    bottom: float
    top: float
    size: float
    bold: bool
    bold_end: bool
    italic: bool = False
    ink: int = 0
    lead: int = 0
    cells: "tuple[PrintedLine, ...]" = ()


class _Cut(NamedTuple):
    """Where white space parts a line: the first character after it, and whether it is wider than what parts a number from what it numbers."""

    at: int
    far: bool


class Reader:
    """Buffers that PDFium writes into, made once for a document."""

    def __init__(self) -> None:
        self._box = tuple(ctypes.c_double() for _ in range(4))
        self._references = tuple(ctypes.byref(value) for value in self._box)
        self._matrix = pdfium.FS_MATRIX()
        self._matrix_reference = ctypes.byref(self._matrix)
        self._name = ctypes.create_string_buffer(_FONT_NAME_BYTES)
        self._flags_reference = ctypes.byref(ctypes.c_int())
        self._names: dict[bytes, tuple[bool, bool]] = {}
        self._colour = tuple(ctypes.c_uint() for _ in range(4))
        self._colour_references = tuple(ctypes.byref(value) for value in self._colour)

    def boxes(self, page: pypdfium2.PdfTextPage, start: int, count: int) -> list[Box]:
        """``(left, bottom, right, top)`` of the pieces of ``count`` characters from ``start``, in the order of the text."""
        raw, get, references = page.raw, pdfium.FPDFText_GetRect, self._references
        left, top, right, bottom = self._box
        found = []
        for index in range(pdfium.FPDFText_CountRects(raw, start, count)):
            get(raw, index, *references)
            found.append((left.value, bottom.value, right.value, top.value))
        return found

    def font(self, page: pypdfium2.PdfTextPage, index: int) -> tuple[bool, bool]:
        """Whether the character at ``index`` is bold, and italic: by its font's name; bold by its weight when the name says nothing."""
        length = pdfium.FPDFText_GetFontInfo(
            page.raw, index, self._name, _FONT_NAME_BYTES, self._flags_reference
        )
        if length <= _TELLING_NAME_BYTES:
            return bool(pdfium.FPDFText_GetFontWeight(page.raw, index) >= _BOLD_WEIGHT), False
        name = self._name.value
        known = self._names.get(name)
        if known is None:
            known = self._names[name] = (
                _BOLD_NAME.search(name) is not None,
                _ITALIC_NAME.search(name) is not None,
            )
        return known

    def ink(self, page: pypdfium2.PdfTextPage, index: int) -> int:
        """The colour of the character at ``index``, ``0xRRGGBB``; 0 (black) where it is unknown."""
        if not pdfium.FPDFText_GetFillColor(page.raw, index, *self._colour_references):
            return 0
        red, green, blue, _ = self._colour
        return red.value << 16 | green.value << 8 | blue.value

    def size(self, page: pypdfium2.PdfTextPage, index: int) -> float:
        """Font size of the character at ``index``, in points: its font's, scaled by the matrix (browsers set 16 for 12 points, InDesign 1)."""
        nominal: float = pdfium.FPDFText_GetFontSize(page.raw, index)
        scaled = pdfium.FPDFText_GetMatrix(page.raw, index, self._matrix_reference)
        return nominal * math.hypot(self._matrix.c, self._matrix.d) if scaled else nominal


def printed_lines(page: pypdfium2.PdfTextPage, reader: Reader) -> list[PrintedLine]:
    """The lines of a page in the order of its content; cells far apart on one line are separated by `` | ``."""
    count = min(page.count_chars(), MAX_PAGE_CHARACTERS)
    if count <= 0:
        return []
    text: str = page.get_text_range(0, count)
    lines: list[PrintedLine] = []
    start = 0
    wide = (
        len(text) != count
    )  # characters beyond U+FFFF take two places: offsets of the text and of PDFium differ
    for raw in text.split("\r\n"):
        if raw and not raw.isspace():
            at = pdfium.FPDFText_GetCharIndexFromTextIndex(page.raw, start) if wide else start
            line = _line(reader, page, raw, max(at, 0))
            if line:
                lines.append(line)
        start += (len(raw.encode("utf-16-le")) // 2 if wide else len(raw)) + 2
    return _with_ordinals(lines)


# « 1 », then « er » raised beside it: PDFium ends the line at each of them.
_RAISED = re.compile(r"(?:ers?|res?|ères?|e|es|èmes?|nde?s?|os?)\b")
_CALLS_RAISED = re.compile(r"(?:\d|\b[nN])$")
# They stand no farther from it than this, in font sizes.
_RAISED_GAP = 0.5


def _with_ordinals(lines: list[PrintedLine]) -> list[PrintedLine]:
    """The lines, with the raised letters of a number in the line they belong to, and what follows them there."""
    found: list[PrintedLine] = []
    raised = False
    for line in lines:
        before = found[-1] if found else None
        if before is not None and _follows_on_its_line(
            before, line, _NARROWEST_CELL_GAP if raised else _RAISED_GAP
        ):
            if _RAISED.match(line.text) and _CALLS_RAISED.search(before.text):
                found[-1], raised = _beside(before, line, ""), True
                continue
            if raised:
                apart = line.left - before.right > _SPACE * before.size
                found[-1], raised = _beside(before, line, " " if apart else ""), False
                continue
        found.append(line)
        raised = False
    return found


def _follows_on_its_line(before: PrintedLine, line: PrintedLine, farthest: float) -> bool:
    """Whether a line begins where the one before ends, no farther than so many font sizes, at its height."""
    apart = line.left - before.right
    return (
        -_SAME_PLACE * before.size < apart < farthest * before.size
        and line.bottom < before.top
        and before.bottom < line.top
    )


def _beside(before: PrintedLine, line: PrintedLine, sign: str) -> PrintedLine:
    return before._replace(
        text=f"{before.text}{sign}{line.text}",
        right=line.right,
        bottom=min(before.bottom, line.bottom),
        top=max(before.top, line.top),
        bold_end=line.bold_end,
        cells=(before.cells[0], _beside(before.cells[1], line, sign)) if before.cells else (),
    )


def _line(reader: Reader, page: pypdfium2.PdfTextPage, raw: str, start: int) -> PrintedLine | None:
    boxes = reader.boxes(page, start, len(raw))
    if not boxes:
        return None
    left, bottom, right, top = boxes[0] if len(boxes) == 1 else _union(boxes)
    length = len(raw)
    first = (
        0
        if raw[0].isalnum()
        else next((index for index in range(length) if raw[index].isalnum()), length - len(raw.lstrip()))
    )
    # A number may have a font of its own: the title's counts.
    numbered = NUMBERED.match(raw) is not None
    last = _last_letter(raw, first) if numbered else first
    size, (bold, italic) = reader.size(page, start + last), reader.font(page, start + last)
    bold_end = bold and (numbered or reader.font(page, start + _last_letter(raw, first))[0])
    if not math.isfinite(left + bottom + right + top + size):
        return PrintedLine(
            raw.strip(), 0.0, 0.0, 0.0, 0.0, 10.0, bold, bold_end
        )  # a broken matrix: the words are still good
    cuts = _cuts(page, raw, start, boxes, size) if len(boxes) > 1 else []
    text = _cells(raw, cuts) if cuts else raw
    if (
        text is raw
        and (raw.isupper() or len(_LONE_LETTER.findall(raw)) >= _FEWEST_LONE)
        and len(raw) <= _LONGEST_SPACED
    ):
        text = _unspaced(page, raw, start, size)
    ink = reader.ink(page, start + last)
    told = numbered or bold or italic or ink
    if (
        told
        and not cuts
        and text == raw
        and not bold_end
        and length > _SHORTEST_LED
        and (raw[first].isupper() or raw[first].isdigit())
    ):
        end, lead_bold, lead_italic, lead_ink = _lead(reader, page, raw, start)
        lead = len(raw[:end].strip())
        if lead:
            return PrintedLine(
                text.strip(), left, right, bottom, top, size, lead_bold, False, lead_italic, lead_ink, lead
            )
    cells = _two(reader, page, raw, start, cuts) if cuts and text.count(" | ") == 1 else ()
    return PrintedLine(text.strip(), left, right, bottom, top, size, bold, bold_end, italic, ink, cells=cells)


def _lead(reader: Reader, page: pypdfium2.PdfTextPage, raw: str, start: int) -> tuple[int, bool, bool, int]:
    """Where the words end that a line begins with and that alone are bold, italic or coloured, 0 where none are; whether they are, and their colour."""
    numbered = NUMBERED.match(raw)
    after = numbered.end() if numbered else 0
    first = next((index for index in range(after, len(raw)) if raw[index].isalpha()), len(raw) - 1)
    last = _last_letter(raw, first)
    (bold, italic), ink = reader.font(page, start + first), reader.ink(page, start + first)
    if not (bold or italic or ink):
        return 0, bold, italic, ink
    (last_bold, last_italic), last_ink = reader.font(page, start + last), reader.ink(page, start + last)
    if not ((bold and not last_bold) or (italic and not last_italic) or (ink != last_ink and ink)):
        return 0, bold, italic, ink
    letters = (index for index in range(first + 1, last + 1) if raw[index].isalnum())
    end = next(
        (
            at
            for at in letters
            if reader.font(page, start + at) != (bold, italic) or reader.ink(page, start + at) != ink
        ),
        last,
    )
    # The signs after the words are theirs, what opens the next ones is not.
    return len(raw[:end].rstrip(" \xa0«(\"'’")), bold, italic, ink


def _two(
    reader: Reader, page: pypdfium2.PdfTextPage, raw: str, start: int, cuts: list[_Cut]
) -> tuple[PrintedLine, ...]:
    """The two parts of a line: what stands before its last cut, and after it."""
    first, second = (
        _line(reader, page, raw[: cuts[-1].at], start),
        _line(reader, page, raw[cuts[-1].at :], start + cuts[-1].at),
    )
    return (first, second) if first and second and "|" not in first.text + second.text else ()


def _unspaced(page: pypdfium2.PdfTextPage, raw: str, start: int, size: float) -> str:
    """« O B J E T  DU  M A RCHÉ » as words: the spaces that PDFium made up go where they are hardly wider than what parts the letters of the line."""
    made_up = {
        at
        for at, character in enumerate(raw)
        if character == " " and pdfium.FPDFText_IsGenerated(page.raw, start + at) == 1
    }
    if not made_up:
        return raw
    apart: dict[int, float] = {}
    right: float | None = None
    for at, character in enumerate(raw):
        if character.isspace():
            right = right if at in made_up else None
            continue
        box = page.get_charbox(start + at, loose=True)
        if right is not None:
            apart[at] = box[0] - right
        right = box[2]
    usual = median(apart.values()) if apart else 0.0
    return "".join(
        character
        for at, character in enumerate(raw)
        if at not in made_up or apart.get(at + 1, size) > 1.5 * usual + _SAME_PLACE * size
    )


def _last_letter(raw: str, first: int) -> int:
    return next((index for index in range(len(raw) - 1, first, -1) if raw[index].isalnum()), first)


def _union(boxes: list[Box]) -> Box:
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    return min(lefts), min(bottoms), max(rights), max(tops)


def _cuts(page: pypdfium2.PdfTextPage, raw: str, start: int, boxes: list[Box], size: float) -> list[_Cut]:
    """Where white space parts a line."""
    cuts: list[_Cut] = []
    least = _cell_gap(raw.split(), [box[0] - before[2] for before, box in pairwise(boxes)], size)
    right = boxes[0][2]
    for box in boxes[1:]:
        if box[0] - right > least:
            index = pdfium.FPDFText_GetCharIndexAtPos(
                page.raw, box[0] + 0.5, (box[1] + box[3]) / 2, 2.0, size / 2
            )
            if start < index < start + len(raw):
                cuts.append(_Cut(index - start, box[0] - right > _FARTHEST_MARK * size))
        right = box[2]
    return cuts


def _cell_gap(words: Sequence[str], gaps: Sequence[float], size: float) -> float:
    """White space wider than this, in points, parts cells of a line: told by the spaces between its words, where they are seen.

    Equal spaces between all the words set a line of a narrow column flush: none parts cells.
    """
    spaces = [gap for gap in gaps if gap > _SPACE * size]
    if spaces and is_mark(words[0]):
        spaces, words = spaces[1:], words[1:]
    if not spaces or len(spaces) < len(words) - 1:
        return (_CELL_GAP_SEEN if spaces else _CELL_GAP) * size
    if len(spaces) >= _FEWEST_FLUSH and max(spaces) - min(spaces) < _SAME_PLACE * size:
        return math.inf
    if len(spaces) <= _FEWEST_FLUSH:
        return _CELL_GAP * size
    return max(_NARROWEST_CELL_GAP * size, _WIDER * min(spaces))


def _cells(raw: str, cuts: list[_Cut]) -> str:
    """The parts of a line with bars between them."""
    places = [cut.at for cut in cuts]
    first, *others = [
        raw[begin:end].strip() for begin, end in zip([0, *places], [*places, len(raw)], strict=True)
    ]
    text = first
    for cut, piece in zip(cuts, others, strict=True):
        # A number or a bullet stands far from what it numbers: it is no cell, if not farther than any does, nor before another number.
        numbers = is_mark(text) and not cut.far and not (text.isdigit() and piece[:1].isdigit())
        text += (" " if numbers else " | ") + piece if text else piece
    return text


_MARK = re.compile(
    r"(?:[-–—•·▪◦●○■□➢➔→✓*o§\uf000-\uf0ff]|(?:(?:article|art\.?|chapitre|titre|section|annexe)\s+)?(?:\d{1,3}(?:\.\d{1,3}){0,5}|(?:[IVXL]{1,6}|[A-Za-z])(?:[.-]\d{1,2}){0,3})\s*[.)°:/–—-]{0,2}(?:\s*[-–—])?)",
    re.IGNORECASE,
)


def is_mark(text: str) -> bool:
    """Whether ``text`` is nothing but a bullet or a number (``3.3.1``, ``a)``, ``Article 5 :``)."""
    return len(text) <= 24 and _MARK.fullmatch(text.strip()) is not None
