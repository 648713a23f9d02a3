"""Scanned pages: read where Tesseract is installed, each reported where it is not."""

import difflib
import io
import re
import shutil
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from assistant.datatypes import Document, Kind, Severity
from assistant.errors import ReadingError
from assistant.reading import ocr, read_bytes, readiness
from assistant.reading.pdf import rectangles

from .made_files import DATA, Printed, pdf, text_page
from .made_scans import TEN_PAGES, picture_of, scan, ten_scanned_pages

needs_ocr = pytest.mark.skipif(
    ocr.program() is None, reason=f"Tesseract and its French data are not installed: {ocr.INSTALL_COMMAND}"
)
needs_data = pytest.mark.skipif(not DATA.is_dir(), reason=f"the real documents are not at {DATA}")
LETTER = pdf(
    [
        text_page(
            "Le présent marché a pour objet la réversibilité des données,",
            "leur hébergement et leur sauvegarde dans l'Union européenne.",
            top=700,
        )
    ]
)


@pytest.fixture
def without_ocr(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("PATH", str(tmp_path))
    ocr.program.cache_clear()
    yield
    ocr.program.cache_clear()


def document_of(data: bytes, name: str = "scan.pdf") -> Document:
    return read_bytes(data, name, kind=Kind.TENDER, collection="essai")


def words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.lower())


def right(gold: list[str], found: list[str]) -> int:
    return sum(
        block.size
        for block in difflib.SequenceMatcher(None, gold, found, autojunk=False).get_matching_blocks()
    )


@needs_ocr
@needs_data
def test_ten_scanned_pages_keep_their_words_in_order():
    document = document_of(ten_scanned_pages(200))
    printed = [
        words(pypdfium2.PdfDocument(DATA / name)[index].get_textpage().get_text_range().replace("\ufffe", ""))
        for name, index in TEN_PAGES
    ]
    kept = [
        right(gold, words(page.span.of(document.text)))
        for gold, page in zip(printed, document.pages, strict=True)
    ]
    assert sum(kept) / sum(map(len, printed)) >= 0.95
    assert all(page.has_text for page in document.pages)
    assert [problem.code for problem in document.problems] == ["page-read-by-ocr"] * 10
    assert "".join(page.span.of(document.text) for page in document.pages) == document.text


@needs_data
def test_without_ocr_ten_scanned_pages_are_ten_reported_pages(without_ocr):
    document = document_of(ten_scanned_pages(50))
    assert [problem.code for problem in document.problems] == ["page-without-text"] * 10
    assert [page.has_text for page in document.pages] == [False] * 10
    assert all(
        f"page {number} " in problem.message and ocr.INSTALL_COMMAND in problem.message
        for number, problem in enumerate(document.problems, start=1)
    )


@needs_ocr
def test_a_page_read_by_ocr_says_so_and_where():
    document = document_of(scan([picture_of(LETTER, 0, 200)], 200))
    assert "la réversibilité des données" in document.text
    (problem,) = document.problems
    assert (problem.code, problem.severity, problem.span) == (
        "page-read-by-ocr",
        Severity.INFO,
        document.pages[0].span,
    )
    assert problem.message == "La page 1 de « scan.pdf » est une image : lue par OCR."


@pytest.mark.parametrize("ending", ["pdf", "png"])
def test_a_page_read_with_low_confidence_says_how_low(monkeypatch: pytest.MonkeyPatch, ending):
    words = (
        ocr.Word("réversibilité", 100, 100, 300, 130, 52.0),
        ocr.Word("d0nnées", 310, 100, 400, 130, 30.0),
    )
    monkeypatch.setattr(ocr, "program", lambda: "tesseract")
    monkeypatch.setattr(ocr, "recognise", lambda *_, **__: (ocr.Recognised(800, 1000, (words,)),))
    picture = picture_of(LETTER, 0, 100)
    buffer = io.BytesIO()
    Image.frombytes("L", picture[:2], picture[2]).save(buffer, "PNG")
    document = document_of(scan([picture], 100) if ending == "pdf" else buffer.getvalue(), f"scan.{ending}")
    (problem,) = document.problems
    assert (problem.code, problem.severity, problem.span) == (
        "page-read-by-ocr",
        Severity.WARNING,
        document.pages[0].span,
    )
    assert problem.message.endswith("lue par OCR, mal (confiance 41 %). Vérifiez-y ce que vous en citez.")


@needs_ocr
def test_a_page_with_text_is_not_read_by_ocr_and_one_without_is():
    pages = [picture_of(LETTER, 0, 200)]
    scanned = pypdfium2.PdfDocument(scan(pages, 200))
    scanned.import_pages(pypdfium2.PdfDocument(LETTER))
    buffer = io.BytesIO()
    scanned.save(buffer)
    document = document_of(buffer.getvalue())
    assert [problem.message.split(" de ")[0] for problem in document.problems] == ["La page 1"]
    first, second = (words(page.span.of(document.text)) for page in document.pages)
    assert first == second


@needs_ocr
@pytest.mark.parametrize("rotate", [0, 180])
def test_the_words_of_a_scanned_page_have_their_rectangles(rotate):
    width, height, pixels = picture_of(LETTER, 0, 200)
    data = scan([(width, height, pixels[::-1] if rotate else pixels)], 200, rotate=rotate)
    document = document_of(data)
    ((left, bottom, right_, top),) = rectangles(
        data, 1, "leur hébergement et leur sauvegarde", document.metadata
    )
    ((wanted_left, wanted_bottom, wanted_right, wanted_top),) = rectangles(
        LETTER, 1, "leur hébergement et leur sauvegarde"
    )
    if rotate:
        wanted_left, wanted_bottom, wanted_right, wanted_top = (
            595 - wanted_right,
            842 - wanted_top,
            595 - wanted_left,
            842 - wanted_bottom,
        )
    assert (left, bottom, right_, top) == pytest.approx(
        (wanted_left, wanted_bottom, wanted_right, wanted_top), abs=3
    )
    assert rectangles(data, 1, "tout autre chose, qui n'y est pas", document.metadata) == ()


@needs_ocr
def test_cells_far_apart_are_cells():
    page = [
        Printed(60, 700, "Critère", 14),
        Printed(300, 700, "Pondération", 14),
        Printed(60, 660, "Prix", 14),
        Printed(300, 660, "60 %", 14),
    ]
    text = document_of(scan([picture_of(pdf([page]), 0, 200)], 200)).text
    assert re.search(r"Critère \| Pondération", text)


@needs_ocr
def test_a_picture_without_words_is_reported():
    document = document_of(scan([(400, 600, bytes([180]) * 240_000)], 72))
    assert [
        (problem.code, page.has_text) for problem, page in zip(document.problems, document.pages, strict=True)
    ] == [("page-without-text", False)]
    assert "aucun mot" in document.problems[0].message


@needs_ocr
@pytest.mark.parametrize("ending", ["PNG", "JPEG", "TIFF"])
def test_a_picture_is_a_document_of_one_page(ending):
    width, height, pixels = picture_of(LETTER, 0, 200)
    buffer = io.BytesIO()
    Image.frombytes("L", (width, height), pixels).save(buffer, ending)
    document = document_of(buffer.getvalue(), f"courrier.{ending.lower()}")
    assert "la réversibilité des données" in document.text
    assert (len(document.pages), document.source.media_type) == (1, f"image/{ending.lower()}")
    ((left, bottom, right_, top),) = rectangles(
        buffer.getvalue(), 1, "leur hébergement et leur sauvegarde", document.metadata
    )
    assert 0 < left < right_ < width
    assert height / 2 < bottom < top < height


@needs_ocr
def test_each_picture_of_a_tiff_is_a_page():
    width, height, pixels = picture_of(LETTER, 0, 150)
    picture = Image.frombytes("L", (width, height), pixels)
    buffer = io.BytesIO()
    picture.save(buffer, "TIFF", save_all=True, append_images=[picture])
    assert [page.has_text for page in document_of(buffer.getvalue(), "fax.tif").pages] == [True, True]


@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.tiff"])
def test_a_broken_picture_is_refused(name):
    start = {"a.png": b"\x89PNG\r\n\x1a\n", "a.jpg": b"\xff\xd8\xff\xe0", "a.tiff": b"II*\x00"}[name]
    with pytest.raises(ReadingError) as caught:
        document_of(start + b"\x07" * 300, name)
    assert f"« {name} »" in caught.value.message


def test_without_ocr_a_picture_says_what_to_install(without_ocr):
    with pytest.raises(ReadingError, match="OCR") as caught:
        document_of(b"\x89PNG\r\n\x1a\n" + b"\x07" * 300, "a.png")
    assert "tesseract-ocr-fra" in caught.value.hint


@needs_ocr
def test_a_page_that_takes_too_long_is_reported_and_the_others_are_read(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(ocr, "PAGE_SECONDS", 0.01)
    document = document_of(scan([picture_of(LETTER, 0, 150)] * 2, 150))
    assert [problem.code for problem in document.problems] == ["page-without-text"] * 2


@needs_ocr
def test_a_page_of_letters_without_meaning_is_read_by_ocr():
    garbage = LETTER.replace(
        b"/Encoding /WinAnsiEncoding", b"/Encoding << /Type /Encoding /Differences [32 /g1] >>".ljust(26)
    )
    document = document_of(garbage)
    assert "".join(page.span.of(document.text) for page in document.pages) == document.text


def test_doctor_tells_what_is_missing(without_ocr):
    checks = readiness.check()
    assert [(check.ok, check.optional) for check in checks] == [(False, True), (False, True)]
    assert checks[0].cure == "sudo apt-get install tesseract-ocr tesseract-ocr-fra"
    assert "libreoffice" in checks[1].cure


def test_doctor_tells_what_is_there():
    checks = readiness.check()
    assert checks[0].ok == (ocr.program() is not None)
    assert checks[1].ok == (shutil.which("soffice") is not None or shutil.which("libreoffice") is not None)
    assert all(bool(check.cure) != check.ok for check in checks)
