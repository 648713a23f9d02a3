"""Pictures (PNG, JPEG, TIFF): documents of one page a picture, read by OCR. A point of such a page is a pixel."""

from assistant.datatypes import Page, Problem, Severity, Span
from assistant.reading import ocr
from assistant.reading.content import Content
from assistant.reading.pdf_layout import blocks_of, line_of, usual
from assistant.reading.scans import OCR_WORDS, boxes, printed_lines
from assistant.reading.structure import Line, titled


def read_image(data: bytes, name: str) -> Content:
    """Reads a picture, or the pictures of a TIFF.

    Raises:
        ReadingError: no OCR on this machine, a picture that cannot be opened, or one that takes too long.
    """
    found = ocr.recognise(data, name, dots_per_inch=None)
    printed = [printed_lines(picture, 1.0, picture.height) for picture in found]
    looks = usual(printed)
    text = ""
    pages: list[Page] = []
    lines: list[Line] = []
    for number, page in enumerate(printed, start=1):
        start = len(text)
        for block in blocks_of(page, looks) if page else ():
            lines.append(line_of(block, len(text), number))
            text += block.text + "\n"
        pages.append(Page(number, Span(start, len(text)), has_text=len(text) > start))
    headings, doubts = titled(lines)
    return Content(
        text,
        pages=tuple(pages),
        headings=headings,
        problems=(
            *doubts,
            *(_problem(page, picture, name) for page, picture in zip(pages, found, strict=True)),
        ),
        metadata=tuple(
            (OCR_WORDS, f"{number}\n{boxes(picture, _upwards(picture))}")
            for number, picture in enumerate(found, start=1)
        ),
    )


def _upwards(picture: ocr.Recognised) -> tuple[float, float, float, float, float, float]:
    """Pixels from the upper left corner to points from the lower left one."""
    return 0.0, 1.0, 0.0, float(picture.height), 0.0, -1.0


def _problem(page: Page, picture: ocr.Recognised, name: str) -> Problem:
    if not page.has_text:
        return Problem(
            "page-without-text",
            f"L'OCR ne trouve aucun mot dans l'image « {name} » (page {page.number}) : rien n'en est connu de l'assistant.",
        )
    if picture.confidence >= ocr.DOUBTFUL_CONFIDENCE:
        return Problem(
            "page-read-by-ocr",
            f"La page {page.number} de « {name} » est une image : lue par OCR.",
            page.span,
            Severity.INFO,
        )
    message = f"La page {page.number} de « {name} » est une image : lue par OCR, mal (confiance {picture.confidence:.0f} %). Vérifiez-y ce que vous en citez."
    return Problem("page-read-by-ocr", message, page.span)
