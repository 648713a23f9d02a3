"""A page of a document as a picture, with the places of a quote on it: what a reader looks at to check a citation.

PDFium draws the page and says where the quote stands (``pdf.rectangles``). The picture is a PNG; boxes are parts of its width and height, so that they
fit at any size of display.
"""

import ctypes
import hashlib
import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

from assistant.datatypes import Source
from assistant.errors import ReadingError, UsageError, reason_of
from assistant.reading import archives, gathering
from assistant.reading.formats import Format
from assistant.reading.gathering import File
from assistant.reading.pdf import _PDFIUM, _opened, rectangles
from assistant.reading.pdf_geometry import Box

# Small print (7 points) is readable at 110 dots an inch, and an A4 page stays under 300 kB; a zoom in the browser asks no more.
DOTS_PER_INCH = 110
# An A0 plan at that density has 17 million pixels: such pages are drawn smaller.
MAX_PIXELS = 4_000_000
# Letters have no room above and below in PDFium's boxes; a marker pen does. In points.
_ROOM = 1.0
_PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
# Level 6 takes twice as long as this for files 5 % smaller.
_COMPRESSION = 4


@dataclass(frozen=True, slots=True)
class PageImage:
    """Page ``number`` (1-based) of ``count`` as a PNG of ``width`` by ``height`` pixels.

    ``boxes`` are where the quote stands, ``(left, top, right, bottom)`` from 0 to 1 from the upper left corner, in reading order; empty: not found.
    """

    number: int
    count: int
    png: bytes
    width: int
    height: int
    boxes: tuple[Box, ...]


def page_image(
    source: Path | bytes,
    number: int,
    quote: str = "",
    metadata: Sequence[tuple[str, str]] = (),
    *,
    dots_per_inch: int = DOTS_PER_INCH,
) -> PageImage:
    """Draws a page of a PDF.

    Args:
        source: the PDF.
        number: the page, 1-based.
        quote: words to find on it; empty: none.
        metadata: the document's, which holds the words of pages read by OCR.
        dots_per_inch: density; less where the page would exceed ``MAX_PIXELS``.

    Raises:
        ReadingError: the file is gone, or the page cannot be drawn.
        EncryptedFileError, DamagedFileError: the file cannot be opened.
        UsageError: the document has no such page.
    """
    name = source.name if isinstance(source, Path) else "document.pdf"
    found = rectangles(source, number, quote, metadata) if quote.strip() else ()
    try:
        data = source.read_bytes() if isinstance(source, Path) else source
    except OSError as error:
        raise ReadingError(
            f"« {name} » n'a pas pu être lu ({reason_of(error)}).",
            "Vérifiez que le fichier est encore à sa place.",
        ) from error
    with _PDFIUM, _opened(data, name) as document:
        if not 1 <= number <= len(document):
            raise UsageError(f"« {name} » n'a pas de page {number} : il en a {len(document)}.")
        try:
            page = document[number - 1]
            width, height = page.get_size()
            scale = min(dots_per_inch / 72, (MAX_PIXELS / max(width * height, 1.0)) ** 0.5)
            bitmap = page.render(scale=scale, rev_byteorder=True, prefer_bgrx=False)
        except (pypdfium2.PdfiumError, ValueError, OverflowError) as error:
            raise ReadingError(
                f"La page {number} de « {name} » ne peut pas être dessinée : elle est abîmée.",
                "Ouvrez le fichier lui-même.",
            ) from error
        boxes = tuple(_placed(page, box) for box in found)
        return PageImage(number, len(document), _png(bitmap), bitmap.width, bitmap.height, boxes)


def has_pages_to_show(media_type: str) -> bool:
    """Whether a document of this type has pages that ``page_image`` can draw."""
    return media_type == Format.PDF.value


def unchanged(source: Source) -> Path | bytes:
    """The file that a source was read from, its bytes being those that were read.

    Raises:
        ReadingError: it is gone, or other bytes lie there now: a page of them would not be the one that is cited.
    """
    found = original(source.origin)
    try:
        data = found.read_bytes() if isinstance(found, Path) else found
    except OSError as error:
        raise ReadingError(
            f"« {Path(source.origin).name} » n'a pas pu être lu ({reason_of(error)}).",
            "Vérifiez le disque ou le réseau.",
        ) from error
    if hashlib.sha256(data).hexdigest() != source.sha256:
        raise ReadingError(
            f"« {Path(source.origin).name} » a changé depuis qu'il a été indexé.",
            "Indexez-le de nouveau : ses pages seront celles d'aujourd'hui.",
        )
    return data


def original(origin: str) -> Path | bytes:
    """The file that a source was read from: a path, or the bytes of what an archive or a message holds (``DCE.zip › CCAP.pdf``).

    Raises:
        ReadingError: it is not there any more.
    """
    outer, separator, within = origin.partition(archives.SEPARATOR)
    path = Path(outer)
    if not path.is_file():
        raise ReadingError(
            f"« {path.name} » n'est plus à sa place.", "Remettez-le où il était, ou indexez-le de nouveau."
        )
    if not separator:
        return path
    wanted = f"{path.name}{separator}{within}"
    found = next((piece for piece in gathering.opened([File(path, path)]) if piece.name == wanted), None)
    if found is None:
        raise ReadingError(f"« {wanted} » n'est plus dans son archive.", "Indexez-la de nouveau.")
    return found.source


def _placed(page: pypdfium2.PdfPage, box: Box) -> Box:
    """Points of the page to parts of its picture, its rotation and crop box counted."""
    precision = 10_000  # PDFium gives whole device pixels
    left, bottom, right, top = box
    corners = []
    for x, y in ((left - _ROOM, bottom - _ROOM), (right + _ROOM, top + _ROOM)):
        device_x, device_y = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDF_PageToDevice(
            page.raw, 0, 0, precision, precision, 0, x, y, ctypes.byref(device_x), ctypes.byref(device_y)
        )
        corners.append(
            (min(max(device_x.value / precision, 0.0), 1.0), min(max(device_y.value / precision, 0.0), 1.0))
        )
    (x0, y0), (x1, y1) = corners
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _png(bitmap: pypdfium2.PdfBitmap) -> bytes:
    """An RGB or grey bitmap as PNG (ISO/IEC 15948): rows without filter, one stream."""
    channels, row_bytes = bitmap.n_channels, bitmap.width * bitmap.n_channels
    pixels = bytes(bitmap.buffer)
    rows = b"".join(
        b"\x00" + pixels[start : start + row_bytes]
        for start in range(0, bitmap.stride * bitmap.height, bitmap.stride)
    )
    colour = {1: 0, 3: 2, 4: 6}[channels]
    header = struct.pack(">IIBBBBB", bitmap.width, bitmap.height, 8, colour, 0, 0, 0)
    return (
        _PNG_SIGNATURE
        + _chunk(b"IHDR", header)
        + _chunk(b"IDAT", zlib.compress(rows, _COMPRESSION))
        + _chunk(b"IEND", b"")
    )


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
