"""Printed lines to text that reads well: repeated lines out, reading order, table rows, paragraphs.

Nothing here knows PDFium: lines are boxes with text, y upwards.
"""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from assistant.reading.pdf_geometry import NUMBERED, PrintedLine, is_mark
from assistant.reading.structure import MORE_THAN_A_NUMBER, TITLE_SIZE, Line
from assistant.sentences import BREAKS_OFF

# A line is a running header or footer when it stands at the same height on this many pages …
_REPEATED_ON = 4
# … or on this share of them in a short one …
_REPEATED_SHARE = 0.5
# … every page or every other page, a page without header between two chapters …
_RUN_GAP = 3
# … within this share of the page's height at its top or its bottom: a table's head repeated in the middle of pages is text.
_MARGIN_SHARE = 0.17
# Numbers of a line that may be that of its page: a day, an hour and a version may stand before it.
_MOST_NUMBERS = 12
# A page with nothing but running lines has no text of its own, unless they are longer than this: then its pages are alike (forms, letters).
_LONGEST_STAMP = 60
# Heights agree within this many points.
_HEIGHT_GRAIN = 4.0
# A cell with more lines than this is a column of the page.
_MAX_CELL_LINES = 12
# Distance of two baselines of one paragraph, relative to the usual one of the document.
_PARAGRAPH_PITCH = 1.3
# A column of text is at least this wide, in font sizes: a few short lines are no column that they would fill.
_NARROWEST_COLUMN = 18
# The first line of a paragraph begins no further in than this, in font sizes.
_WIDEST_INDENT = 10.0
# A line whose words go on in the next one fills this share of its column at least, or ends in a word that ends nothing.
_FILLED = 0.42
# A printed line is no higher than this, in font sizes.
_HIGHEST = 1.15
# Sizes within this share are one size: producers round them.
_SAME_SIZE = 0.08
# Distance of two baselines of one title, in font sizes: single spacing is 1.2; boxes of capitals and descenders differ by 0.25.
_TITLE_PITCH = 1.45
# … of one that stands in the margin, where little else stands.
_BESIDE_PITCH = 1.7

# Titles stand in the margin where so many do …
_FEWEST_BESIDE = 3
# … and face text of which so little, as a share, begins left of it and goes over, and which is so much longer than they: tables are not.
_MOST_ACROSS, _MOST_BESIDE = 0.4, 0.25
# A margin that holds titles is wider than an indent, in font sizes.
_NARROWEST_MARGIN = 4.0

_NUMBER = re.compile(r"\d+")
_HEADING_WORD = re.compile(r"(?:annexe|article|art\.|chapitre|titre|section|partie|lot)\b", re.IGNORECASE)
# « Contrat | plafonné à 1 », « 350 000 € HT »: in a cell after these words alone, as a lot and its sum stand so too.
_IN_A_CELL = re.compile(r"\b(?:à|de|soit|est) \d{1,3}$")
_BEFORE_THOUSANDS, _THOUSANDS = (
    re.compile(r"[a-z:] \d{1,3}$"),
    re.compile(r"\d{3}(?:[ ,]\d+)* ?(?:€|[Ee]uro|EUR)"),
)
_LIST_MARK = re.compile(
    r"[-–—•·▪◦●○■□➢➔→✓*\uf000-\uf0ff\u2002☐☒](?:\s|(?=\w))|o\s|(?:\d{1,2}|[a-z])[.)°]\s|(?:\d{1,2}|[IVX]{1,5}|[A-H])(?:[.-]\d{1,2})+\.?\s|(?:ARTICLE|Article|CHAPITRE|Chapitre|ANNEXE|Annexe)\s+\S+\s*[:–—-]"
)
_HYPHENS = "-\u00ad\u2010"
_ENDING = ".;:!?…"


_Key = tuple[str, int]


class Block(NamedTuple):
    """A paragraph or a table row: its text, and its first line for its looks. ``gap`` is the white space above it in usual line pitches.

    ``beside`` says that it stands in the margin, beside the text that comes next.
    """

    text: str
    head: PrintedLine
    gap: float = 0.0
    open_end: bool = False
    beside: bool = False


class Running(NamedTuple):
    """The pages without their running lines; the distinct texts that were taken out; page number → those first met there that say more than a number."""

    pages: list[list[PrintedLine]]
    removed: tuple[str, ...]
    first: dict[int, list[PrintedLine]]


def without_running_lines(pages: Sequence[Sequence[PrintedLine]], heights: Sequence[float]) -> Running:
    """Takes out running headers, footers and page numbers.

    Certain means: in the page's margin, at the same height, the same text (or the same but for a number that grows with the page) on pages that follow each
    other, left and right ones apart. A title that comes again in each chapter is no header.
    """
    keys = [
        [_keys(line, number, height) for line in lines]
        for number, (lines, height) in enumerate(zip(pages, heights, strict=True), start=1)
    ]
    where: dict[_Key, list[int]] = {}
    for number, page in enumerate(keys):
        for key in {key for line in page for key in line}:
            where.setdefault(key, []).append(number)
    needed = max(2, min(_REPEATED_ON, int(len(pages) * _REPEATED_SHARE + 0.5)))
    running = {
        (key, number)
        for key, numbers in where.items()
        if len(numbers) >= needed
        for number in _in_runs(numbers, needed)
    }
    kept: list[list[PrintedLine]] = []
    removed: dict[str, None] = {}
    first: dict[str, tuple[int, PrintedLine]] = {}
    for number, (lines, line_keys) in enumerate(zip(pages, keys, strict=True)):
        repeated = [any((key, number) in running for key in line) for line in line_keys]
        if all(repeated) and sum(len(line.text) for line in lines) > _LONGEST_STAMP:
            repeated = [False] * len(lines)  # the page is its own text, though others have the same
        kept.append([line for line, out in zip(lines, repeated, strict=True) if not out])
        for line in (line for line, out in zip(lines, repeated, strict=True) if out):
            removed[line.text] = None
            if MORE_THAN_A_NUMBER.match(line.text):
                first.setdefault(_NUMBER.sub("", line.text), (number + 1, line))
    return Running(
        kept,
        tuple(removed),
        {number: [line for at, line in first.values() if at == number] for number, _ in first.values()},
    )


def _in_runs(numbers: list[int], needed: int) -> list[int]:
    """The numbers that stand in a run of ``needed`` or more, a run going on over a gap of ``_RUN_GAP`` pages."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number - runs[-1][-1] <= _RUN_GAP:
            runs[-1].append(number)
        else:
            runs.append([number])
    return [number for run in runs if len(run) >= needed for number in run]


def _keys(line: PrintedLine, page: int, height: float) -> tuple[_Key, ...]:
    margin = _MARGIN_SHARE * height
    if margin < line.bottom < height - margin or len(line.text) > 200:
        return ()
    at = round(line.bottom / _HEIGHT_GRAIN)
    text = line.text
    texts = [text]
    if not _HEADING_WORD.match(text):
        # "Page 4 sur 13", "3/5": the number that grows with the page becomes its distance to it.
        texts += [
            f"{text[: match.start()]}<{int(match[0]) - page}>{text[match.end() :]}"
            for match in list(_NUMBER.finditer(text))[:_MOST_NUMBERS]
            if len(match[0]) <= 4
        ]
    return tuple((key, height_key) for key in texts for height_key in (at, at + 1))


class Usual(NamedTuple):
    """What the running text of a document looks like: distance of two baselines, and font size, in points."""

    pitch: float
    size: float


def usual(pages: Sequence[Sequence[PrintedLine]]) -> Usual:
    """The looks of most of the text."""
    pitches: Counter[float] = Counter()
    sizes: Counter[float] = Counter()
    for lines in pages:
        for above, below in pairwise(lines):
            pitch = above.bottom - below.bottom
            if 0 < pitch < 3 * above.size and below.left < above.right and len(above.text) > 40:
                pitches[round(pitch * 2) / 2] += 1
        for line in lines:
            sizes[line.size] += len(line.text)
    size = sizes.most_common(1)[0][0] if sizes else 10.0
    if not pitches:
        return Usual(1.2 * size, size)
    most = pitches.most_common(1)[0][1]
    return Usual(median(pitch for pitch, count in pitches.items() if count >= most * 0.5), size)


def text_beside_titles(pages: Sequence[Sequence[PrintedLine]]) -> float | None:
    """Where the text begins, in points from the left, in a document whose titles stand in the margin beside it; None in others.

    Certain means: most of the text begins there, in lines as long as a column's, short lines stand left of it and face it, and little goes over from one to
    the other, as it would in a table or in ordinary pages.
    """
    lines = [part for page in pages for line in page for part in (line.cells or (line,))]
    weights: Counter[int] = Counter()
    for line in lines:
        if line.right - line.left > _NARROWEST_COLUMN * line.size:
            weights[round(line.left)] += len(line.text)
    if not weights:
        return None
    begins = float(weights.most_common(1)[0][0])
    within = sum(len(line.text) for line in lines if line.left > begins - line.size)
    across = sum(len(line.text) for line in lines if line.left <= begins - line.size and line.right > begins)
    titles = [title for page in pages for title in _in_margin(page, begins)[0]]
    if (
        len(titles) < _FEWEST_BESIDE
        or across > _MOST_ACROSS * within
        or sum(len(title.text) for title in titles) > _MOST_BESIDE * within
    ):
        return None
    return begins


def _in_margin(lines: Sequence[PrintedLine], begins: float) -> tuple[list[PrintedLine], list[PrintedLine]]:
    """The lines of a page that stand in the margin and face the text that begins at ``begins``, and all others; a line with both is parted."""
    parted: list[PrintedLine] = []
    for line in lines:
        two = line.cells and abs(line.cells[1].left - begins) < line.size
        parted += line.cells if two else (line,)
    text = [line for line in parted if line.left > begins - line.size]
    margin = [
        line for line in parted if line.right < begins and line.left < begins - _NARROWEST_MARGIN * line.size
    ]
    facing = {
        id(line)
        for line in margin
        if any(other.bottom < line.top and line.bottom < other.top for other in text)
    }
    # The further lines of a title go with the first.
    for line in sorted(margin, key=lambda one: -one.top):
        if id(line) not in facing and any(
            id(other) in facing and _goes_on_beside(other, line) for other in margin
        ):
            facing.add(id(line))
    return [line for line in margin if id(line) in facing], [
        line for line in parted if id(line) not in facing
    ]


def blocks_of(lines: Sequence[PrintedLine], text: Usual, begins: float | None = None) -> list[Block]:
    """The paragraphs and table rows of one page, in reading order; ``begins`` as ``text_beside_titles`` says it."""
    margin: list[PrintedLine] = []
    if begins is not None:
        margin, lines = _in_margin(lines, begins)
    blocks: list[Block] = []
    above: float | None = None
    for row in rows_of(in_reading_order(lines)):
        found = [_row_block(row)] if len(row) > 1 else _paragraphs(row[0], text)
        top = max(line.top for cell in row for line in cell)
        if blocks and above is not None and top > above and goes_on_after(blocks[-1], found[0].text):
            first = found.pop(0)  # the paragraph goes on at the top of the next column
            blocks[-1] = blocks[-1]._replace(
                text=_joined([blocks[-1].text, first.text]), open_end=first.open_end
            )
        if found and above is not None:
            found[0] = found[0]._replace(gap=(above - top) / text.pitch)
        above = min(line.bottom for cell in row for line in cell)
        blocks.extend(found)
    for title in _titles_beside(margin):
        middle = (title.head.top + title.head.bottom) / 2
        at = next(
            (index for index, block in enumerate(blocks) if not block.beside and block.head.bottom < middle),
            len(blocks),
        )
        blocks.insert(at, title._replace(gap=blocks[at].gap if at < len(blocks) else 0.0))
    return blocks


def goes_on_after(block: Block, following: str) -> bool:
    """Whether a paragraph cut by the end of its column or page goes on with ``following``."""
    return (
        block.open_end
        and block.text[-1] not in _ENDING
        and following[:1].islower()
        and following[1:2] not in (")", ".", "°", " ")
    )


def _titles_beside(margin: Sequence[PrintedLine]) -> list[Block]:
    """What stands in the margin, lines that are near and alike joined, from the top."""
    groups: list[list[PrintedLine]] = []
    for line in sorted(margin, key=lambda one: -one.top):
        if groups and _goes_on_beside(groups[-1][-1], line):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [Block(_joined([line.text for line in group]), group[0], beside=True) for group in groups]


def _goes_on_beside(above: PrintedLine, line: PrintedLine) -> bool:
    alike = (line.bold, line.italic, line.ink) == (above.bold, above.italic, above.ink)
    return (
        alike
        and 0 < above.bottom - line.bottom < _BESIDE_PITCH * line.size
        and abs(line.size - above.size) <= _SAME_SIZE * above.size
    )


def line_of(block: Block, start: int, page: int) -> Line:
    """A block as a line that may be a heading."""
    head = block.head
    lead, beside = head.lead if head.lead < len(block.text) else 0, block.beside
    return Line(
        block.text,
        start,
        page,
        head.size,
        head.bold,
        block.gap,
        italic=head.italic,
        ink=head.ink,
        left=head.left,
        right=head.right,
        lead=lead,
        beside=beside,
    )


def in_reading_order(lines: Sequence[PrintedLine]) -> list[PrintedLine]:
    """Lines in the order of the content, but a group that was written late and stands wholly above is put back there."""
    groups: list[list[PrintedLine]] = []
    for line in lines:
        previous = groups[-1][-1] if groups else None
        if previous is None or (line.bottom > previous.top - 1 and line.left < previous.right):
            groups.append([line])
        else:
            groups[-1].append(line)
    if len(groups) <= 1:
        return list(lines)
    ordered: list[tuple[float, float, list[PrintedLine]]] = []
    for group in groups:
        top, bottom = max(line.top for line in group), min(line.bottom for line in group)
        at = len(ordered)
        while at and ordered[at - 1][0] <= bottom + 2:
            at -= 1
        ordered.insert(at, (top, bottom, group))
    return [line for _, _, group in ordered for line in group]


def rows_of(lines: Sequence[PrintedLine]) -> list[list[list[PrintedLine]]]:
    """Groups of lines: one cell (running text), or several cells side by side (a table row)."""
    rows: list[list[list[PrintedLine]]] = []
    for line in lines:
        row = rows[-1] if rows else None
        previous = row[-1][-1] if row else None
        if row is None or previous is None:
            rows.append([[line]])
        elif line.left >= previous.right - 1 and line.top > previous.bottom + 1:
            _open_cell(rows, line)
        elif not _in_cell(row, line) if len(row) > 1 else _leaves_column(row[0], line):
            rows.append([[line]])
        else:
            row[-1].append(line)
    return rows


def _open_cell(rows: list[list[list[PrintedLine]]], line: PrintedLine) -> None:
    """``line`` stands right of the last one, at its height or above: it begins a cell beside the lines it faces."""
    row = rows[-1]
    if len(row) > 1:
        row.append([line])
        return
    column = row[0]
    faced = len(column)
    while faced and column[faced - 1].right <= line.left + 1 and _faces(column, faced, line):
        faced -= 1
    cell = column[faced:]
    if not cell or len(cell) > _MAX_CELL_LINES:
        if cell and faced:  # what stands over both columns is not of the first
            row[0] = column[:faced]
            rows.append([cell])
        rows.append([[line]])  # another column of the page
        return
    if faced:
        row[0] = column[:faced]
        rows.append([cell, [line]])
    else:
        rows[-1] = [cell, [line]]


def _faces(column: list[PrintedLine], faced: int, line: PrintedLine) -> bool:
    candidate = column[faced - 1]
    if candidate.bottom < line.top:
        return True
    below = column[faced] if faced < len(column) else line
    return candidate.bottom - below.top < 0.6 * candidate.size


def _leaves_column(column: Sequence[PrintedLine], line: PrintedLine) -> bool:
    """Whether ``line`` begins far left of a column of lines and goes over its edge: it stands under several columns."""
    left = min(column[0].left, column[-1].left)
    return line.left < left - _WIDEST_INDENT * line.size and line.right > left


def _in_cell(row: list[list[PrintedLine]], line: PrintedLine) -> bool:
    """Whether ``line`` goes on in the last cell of ``row``: under it, within it, and before the row's end or close to the last line."""
    cell, previous_cell = row[-1], row[-2]
    last = cell[-1]
    if line.left < max(previous.right for previous in previous_cell) - 1:
        return False
    return (
        last.bottom - line.top < 0.9 * line.size
        and abs(line.size - last.size) <= _SAME_SIZE * last.size + 0.5
    )


def _row_block(row: list[list[PrintedLine]]) -> Block:
    texts = [_joined([line.text for line in cell]) for cell in row]
    first = row[0][0]
    if len(texts) == 2 and is_mark(texts[0]) and any(map(str.isalpha, texts[1])):
        titled = row[1][0]
        lead = titled.lead and len(texts[0]) + 1 + titled.lead
        return Block(
            f"{texts[0]} {texts[1]}",
            titled._replace(
                size=max(first.size, titled.size), bold=first.bold or titled.bold, left=first.left, lead=lead
            ),
        )
    return Block(" | ".join(text for text in texts if text), first._replace(lead=0))


def _paragraphs(lines: list[PrintedLine], text: Usual) -> list[Block]:
    limit = max(max(line.right, line.left + _NARROWEST_COLUMN * line.size) for line in lines)
    blocks: list[Block] = []
    pieces: list[str] = []
    head = previous = lines[0]
    gap = 0.0
    for line in lines:
        if (
            pieces
            and not _goes_on(previous, line, limit, text.pitch)
            and not _title_goes_on(head, previous, line, text)
        ):
            blocks.append(Block(_joined(pieces), _dressed(head, previous), gap))
            pieces, head = [], line
            gap = (previous.bottom - line.top) / text.pitch
        pieces.append(line.text)
        previous = line
    blocks.append(Block(_joined(pieces), _dressed(head, previous), gap, _is_full(previous, limit)))
    return blocks


def _dressed(head: PrintedLine, last: PrintedLine) -> PrintedLine:
    """The first line of a paragraph: bold where the last one is too, or where its first words alone are told."""
    return head if head.lead else head._replace(bold=head.bold and last.bold_end)


def _is_full(line: PrintedLine, limit: float) -> bool:
    return line.right > limit - 3 * line.size or BREAKS_OFF.search(line.text) is not None


def _goes_on(previous: PrintedLine, line: PrintedLine, limit: float, pitch: float) -> bool:
    """Whether ``line`` goes on with the paragraph of ``previous``: near enough, alike, and its first word would not have fitted above."""
    if (
        previous.bottom - _first_bottom(line) > _PARAGRAPH_PITCH * max(pitch, 1.15 * line.size)
        or line.bottom > previous.top
    ):
        return False
    if abs(line.size - previous.size) > _SAME_SIZE * previous.size or (
        previous.bold and previous.bold_end and not line.bold
    ):
        return False
    if "|" in previous.text and _IN_A_CELL.search(previous.text) and _THOUSANDS.match(line.text):
        return True
    if _LIST_MARK.match(line.text) or "|" in line.text or "|" in previous.text:
        return False
    if _words_go_on(previous, line, limit):
        return True
    word = len(line.text.split(" ", 1)[0])
    character = (line.right - line.left) / max(len(line.text), 1)
    return previous.right + (word + 0.5) * character > limit


def _first_bottom(line: PrintedLine) -> float:
    """Where the first of the printed lines of ``line`` ends: a word parted by a hyphen makes one of two or more."""
    return max(line.bottom, line.top - _HIGHEST * line.size)


def _words_go_on(previous: PrintedLine, line: PrintedLine, limit: float) -> bool:
    """Whether the words of ``previous`` end nothing and those of ``line`` begin nothing: lines of one paragraph, whatever white space is left."""
    if line.text.startswith(("http", "www.")) or "@" in line.text.split(" ", 1)[0]:
        return False
    if BREAKS_OFF.search(previous.text) or _cuts_a_number(previous.text, line.text):
        return True
    first = line.text.lstrip("« ")[:1]
    return (
        previous.right - line.left > _FILLED * (limit - line.left)
        and previous.text[-1] not in _ENDING
        and not previous.text.isupper()
        and (first.islower() or first == "(")
    )


def _cuts_a_number(above: str, below: str) -> bool:
    """Whether a line ends within a number whose thousands begin the next one: « un maximum de 480 », « 000 euros »."""
    return _BEFORE_THOUSANDS.search(above) is not None and _THOUSANDS.match(below) is not None


def _title_goes_on(head: PrintedLine, previous: PrintedLine, line: PrintedLine, text: Usual) -> bool:
    """Whether ``line`` is the next line of a title (numbered and bold or in capitals, or much larger than the text): titles are often set narrower."""
    pitch = max(_TITLE_PITCH, _PARAGRAPH_PITCH * text.pitch / text.size) * line.size
    if (
        abs(line.size - previous.size) > _SAME_SIZE * previous.size
        or not 0 < previous.bottom - line.bottom < pitch
        or _LIST_MARK.match(line.text)
    ):
        return False
    if min(previous.size, line.size) >= TITLE_SIZE * text.size:
        return True
    alike = (previous.bold and previous.bold_end and line.bold and line.bold_end) or (
        previous.text.isupper() and line.text.isupper()
    )
    return alike and NUMBERED.match(head.text) is not None


def _joined(pieces: Sequence[str]) -> str:
    if len(pieces) == 1:
        return pieces[0]
    joined = [pieces[0]]
    for piece in pieces[1:]:
        above = joined[-1]
        if above[-1] in _HYPHENS and above[-2:-1].isalpha() and piece[:1].islower():
            joined[-1] = above[:-1] + piece
        else:
            joined.append(piece)
    return " ".join(joined)
