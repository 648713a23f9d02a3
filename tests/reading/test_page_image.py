"""The picture of a page, and whether the boxes lie on the quoted words: the words under them are read back."""

import ctypes
import random
import re
import struct
import zipfile
import zlib
from difflib import SequenceMatcher
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from assistant import reading, sentences
from assistant.datatypes import Kind
from assistant.errors import ReadingError, UsageError
from assistant.reading.page_image import original, page_image
from tests.conftest import ROOT

from .made_hostile import _zip
from .test_mail import message

FRAMEWORK = ROOT / "corpus" / "accords-cadres" / "accord-cadre-fictif-visioconference.pdf"
SAMPLED, SEED = 50, 7


def letters(text: str) -> str:
    return (
        re.sub(r"[\W_\ufffe]+", "", text.casefold())
        .replace("ﬁ", "fi")
        .replace("ﬂ", "fl")
        .replace("ﬀ", "ff")
        .replace("œ", "oe")
    )


def words_under(path: Path, number: int, boxes: tuple[tuple[float, float, float, float], ...]) -> str:
    """What PDFium reads on the page within the boxes, which are parts of the picture."""
    document = pypdfium2.PdfDocument(path)
    page = document[number - 1]
    text = page.get_textpage()
    read = []
    for left, top, right, bottom in boxes:
        corners = []
        for x, y in ((left, top), (right, bottom)):
            page_x, page_y = ctypes.c_double(), ctypes.c_double()
            pdfium.FPDF_DeviceToPage(
                page.raw,
                0,
                0,
                10_000,
                10_000,
                0,
                round(x * 10_000),
                round(y * 10_000),
                ctypes.byref(page_x),
                ctypes.byref(page_y),
            )
            corners.append((page_x.value, page_y.value))
        (x0, y0), (x1, y1) = corners
        middle, half = (
            (y0 + y1) / 2,
            abs(y0 - y1) / 4,
        )  # the middle of the line: its neighbours must not be read too
        read.append(text.get_text_bounded(min(x0, x1), middle - half, max(x0, x1), middle + half))
    document.close()
    return " ".join(read)


def test_a_page_is_a_png_of_its_size() -> None:
    image = page_image(FRAMEWORK, 3)
    width, height, depth, colour = struct.unpack(">IIBB", image.png[16:26])
    assert (image.number, image.count) == (3, 14)
    assert (width, height, depth, colour) == (image.width, image.height, 8, 2)
    assert image.width == 910  # A4 at 110 dots an inch
    data = b"".join(chunk for kind, chunk in chunks(image.png) if kind == b"IDAT")
    assert len(zlib.decompress(data)) == height * (1 + 3 * width)
    assert image.boxes == ()


def chunks(png: bytes) -> list[tuple[bytes, bytes]]:
    at, found = 8, []
    while at < len(png):
        size, kind = struct.unpack(">I4s", png[at : at + 8])
        assert struct.unpack(">I", png[at + 8 + size : at + 12 + size])[0] == zlib.crc32(
            png[at + 4 : at + 8 + size]
        )
        found.append((kind, png[at + 8 : at + 8 + size]))
        at += 12 + size
    return found


def test_the_boxes_of_a_quote_hold_its_words_and_no_others() -> None:
    document = reading.read(FRAMEWORK, kind=Kind.FRAMEWORK, collection="essai")
    page = document.pages[4]
    quote = next(
        span.of(document.text)
        for span in sentences.split(page.span.of(document.text))
        if 80 < len(span) < 300
    )
    quote = page.span.of(document.text)[page.span.of(document.text).find(quote) :][: len(quote)]
    image = page_image(FRAMEWORK, 5, quote)
    assert letters(words_under(FRAMEWORK, 5, image.boxes)) == letters(quote)


def test_what_is_not_on_the_page_has_no_box() -> None:
    assert page_image(FRAMEWORK, 3, "La girafe mange une pizza à bord du sous-marin nucléaire").boxes == ()


def test_a_page_that_is_not_there_is_said() -> None:
    with pytest.raises(UsageError, match="n'a pas de page 15"):
        page_image(FRAMEWORK, 15)


def test_a_document_within_an_archive_is_found_by_its_origin(tmp_path: Path) -> None:
    packed = tmp_path / "DCE.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.write(FRAMEWORK, "Lot 1/CCAP.pdf")
    name = next(reading.archives.members(packed, packed.name)).name
    data = original(str(tmp_path / name))
    assert isinstance(data, bytes)
    assert data == FRAMEWORK.read_bytes()
    with pytest.raises(ReadingError, match=r"n'est plus dans son archive"):
        original(str(tmp_path / name).replace("CCAP", "CCTP"))


def test_a_document_attached_to_a_message_is_found_by_its_origin(tmp_path: Path) -> None:
    mail = message(files=(("dce.zip", _zip({"CCAP.pdf": FRAMEWORK.read_bytes()})),)).as_bytes()
    (tmp_path / "dossier.zip").write_bytes(_zip({"courriel.eml": mail}))
    assert (
        original(str(tmp_path / "dossier.zip › courriel.eml › dce.zip › CCAP.pdf")) == FRAMEWORK.read_bytes()
    )


def test_a_file_that_was_moved_is_said_without_its_folder(tmp_path: Path) -> None:
    with pytest.raises(ReadingError, match=r"^« CCAP.pdf » n'est plus à sa place"):
        original(str(tmp_path / "CCAP.pdf"))


def test_the_highlight_lies_on_the_quoted_words_of_real_documents(shared: Path) -> None:
    chosen = random.Random(SEED)
    quotes: list[tuple[Path, int, str]] = []
    for path in sorted((shared / "data").rglob("*.pdf")):
        document = reading.read(path, kind=Kind.TENDER, collection="essai")
        read_by_ocr = {problem.span for problem in document.problems if problem.code == "page-read-by-ocr"}
        for page in document.pages:
            if not page.has_text or page.span in read_by_ocr:
                continue
            text = page.span.of(document.text)
            quotes += [
                (path, page.number, span.of(text)) for span in sentences.split(text) if 60 <= len(span) <= 600
            ]
    sampled = chosen.sample(quotes, SAMPLED)
    missed = []
    for path, number, quote in sampled:
        image = page_image(path, number, quote, dots_per_inch=20)
        under = letters(words_under(path, number, image.boxes))
        if SequenceMatcher(None, under, letters(quote), autojunk=False).ratio() < 0.97:
            missed.append((path.name, number, quote, under))
    assert missed == []
