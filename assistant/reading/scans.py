"""Pages that are pictures: read by OCR into printed lines, which the layout of PDF pages takes as it takes PDFium's; their words keep their boxes."""

import re
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice, pairwise
from statistics import median
from typing import NamedTuple

from assistant.errors import ReadingError
from assistant.reading import ocr, patience
from assistant.reading.characters import storable
from assistant.reading.pdf_geometry import Box, PrintedLine, is_mark

# Metadata key: the words that OCR read on a page: its number, then what ``boxes`` writes.
OCR_WORDS = "ocr_words"
# 20 pages scanned at 200 dpi: words right in order 0.965, 0.964, 0.964 at 150, 200, 300 dpi (0.67, 0.56, 0.73 s a page on two cores).
# 15 pages with sharp outlines: words found 0.986 at 200, 0.993 at 300 dpi: small print is worth the quarter more time.
DOTS_PER_INCH = 300
# A2 at 300 dpi has 35 million pixels; plans beyond are rendered coarser.
MAX_PIXELS = 36_000_000
# A thousand scanned pages take about half an hour on two cores; a file with more is better cut.
MAX_PAGES = 1_000
# After this many pages that OCR gives up on, the rest of the file is not tried.
_MAX_FAILURES = 3
# Heights of lines vary with their letters (ascenders, descenders): within this share of the page's usual height, a line is of the usual size.
_USUAL_SIZE = 0.3
# White space wider than this many line heights separates cells.
_CELL_GAP = 2.0
# Frames and specks that Tesseract takes for characters.
_NOISE = re.compile(r"[\W_]{1,3}")
_NOISE_CONFIDENCE = 50.0


class Rendered(NamedTuple):
    """A page as a picture. ``x = place[0] + place[1]·pixel_x + place[2]·pixel_y``, ``y`` the same with ``place[3:]``: PDF points of the page."""

    picture: bytes
    dots_per_inch: int
    height: int
    place: tuple[float, float, float, float, float, float]


class ScannedPage(NamedTuple):
    """What OCR read of a page: lines as displayed (points from the lower left corner), the words with their boxes on the page, mean confidence (0 to 100)."""

    lines: list[PrintedLine]
    words: str
    confidence: float


def read_scans(
    numbers: Sequence[int], name: str, render: Callable[[int], Rendered | None]
) -> dict[int, ScannedPage]:
    """Reads pages by OCR, ``ocr.PAGES_AT_ONCE`` at a time. Pages that cannot be rendered or read are not in the result.

    Args:
        numbers: 1-based page numbers; beyond ``MAX_PAGES`` of them, the rest is left.
        name: the file's name, for errors.
        render: makes the picture of a page; called from this thread only. None: it cannot be rendered.
    """
    read: dict[int, ScannedPage] = {}
    failures = 0
    with ThreadPoolExecutor(ocr.PAGES_AT_ONCE) as pool:
        waiting: list[tuple[int, Future[ScannedPage]]] = []
        for number in islice(numbers, MAX_PAGES):
            picture = render(number)
            if picture is not None:
                waiting.append((number, pool.submit(_read, picture, name)))
            if len(waiting) > ocr.PAGES_AT_ONCE:
                failures += not _collect(waiting.pop(0), read)
            if failures >= _MAX_FAILURES:
                break
        for one in waiting:
            _collect(one, read)
    return read


def _collect(waiting: tuple[int, "Future[ScannedPage]"], read: dict[int, ScannedPage]) -> bool:
    number, future = waiting
    try:
        read[number] = future.result()
    except ReadingError:
        return False  # the caller says that the page could not be read
    finally:
        patience.advanced()
    return True


def _read(rendered: Rendered, name: str) -> ScannedPage:
    (found,) = ocr.recognise(rendered.picture, name, dots_per_inch=rendered.dots_per_inch)[:1] or (
        ocr.Recognised(0, 0, ()),
    )
    points = 72 / rendered.dots_per_inch
    return ScannedPage(
        printed_lines(found, points, rendered.height), boxes(found, rendered.place), found.confidence
    )


def printed_lines(found: ocr.Recognised, points: float, height: int) -> list[PrintedLine]:
    """Lines of a picture of ``height`` pixels, ``points`` a pixel, in Tesseract's order; cells far apart on one line are separated by `` | ``."""
    lines = [words for line in found.lines if (words := [word for word in line if not _is_noise(word)])]
    heights = [max(word.bottom for word in line) - min(word.top for word in line) for line in lines]
    usual = median(heights) if heights else 0.0
    printed: list[PrintedLine] = []
    for words, tall in zip(lines, heights, strict=True):
        size = usual if abs(tall - usual) <= _USUAL_SIZE * usual else tall
        left, right = min(word.left for word in words), max(word.right for word in words)
        top, bottom = min(word.top for word in words), max(word.bottom for word in words)
        text = storable(_text(words, size))
        if text:
            box = (left * points, right * points, (height - bottom) * points, (height - top) * points)
            printed.append(PrintedLine(text, *box, round(size * points, 1), bold=False, bold_end=False))
    return printed


def _text(words: Sequence[ocr.Word], size: float) -> str:
    text = words[0].text
    for previous, word in pairwise(words):
        far = word.left - previous.right > _CELL_GAP * size and not is_mark(
            text
        )  # a number or a bullet stands far from what it numbers
        text += (" | " if far else " ") + word.text
    return text


def _is_noise(word: ocr.Word) -> bool:
    return word.confidence < _NOISE_CONFIDENCE and _NOISE.fullmatch(word.text) is not None


def boxes(found: ocr.Recognised, place: tuple[float, float, float, float, float, float]) -> str:
    """One line a word: ``left bottom right top word``, whole PDF points of the page. It is what ``words_in_box`` reads."""
    rows = []
    for line in found.lines:
        for word in line:
            x, y = zip(
                _placed(place, word.left, word.top), _placed(place, word.right, word.bottom), strict=True
            )
            rows.append(f"{min(x):.0f} {min(y):.0f} {max(x):.0f} {max(y):.0f} {storable(word.text)}")
    return "\n".join(rows)


def _placed(place: tuple[float, float, float, float, float, float], x: int, y: int) -> tuple[float, float]:
    return place[0] + place[1] * x + place[2] * y, place[3] + place[4] * x + place[5] * y


def words_in_boxes(rows: str) -> Iterator[tuple[str, Box]]:
    """The words that ``boxes`` wrote, in reading order."""
    for row in rows.split("\n"):
        left, bottom, right, top, word = (
            row.split(" ", 4) if row.count(" ") >= 4 else ("0", "0", "0", "0", "")
        )
        if word:
            yield word, (float(left), float(bottom), float(right), float(top))
