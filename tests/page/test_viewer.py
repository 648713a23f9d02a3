"""A source opened beside what cites it: what is doubtful of the page that is shown is said there."""

from dataclasses import replace

from assistant.datatypes import Document, Kind, Page, Problem, Severity, Source, Span
from assistant.page.viewer import Shown, view
from assistant.reading.page_image import PageImage

BADLY = Problem(
    "page-read-by-ocr", "La page 2 est une image : lue par OCR, mal (confiance 41 %).", Span(10, 20)
)
SCAN = Document(
    Source("0" * 16, "0" * 64, "Avenant", Kind.TENDER, "avenant.pdf", "essai", "application/pdf"),
    "Le marché.Les d0nnée",
    pages=(Page(1, Span(0, 10), True), Page(2, Span(10, 20), True)),
    problems=(
        Problem("page-read-by-ocr", "La page 1 est une image : lue par OCR.", Span(0, 10), Severity.INFO),
        BADLY,
    ),
)


def shown(start: int, end: int, image: int | None = None) -> str:
    picture = PageImage(image, 2, b"", 100, 100, ()) if image else None
    return str(view(Shown(SCAN, Span(start, end), None, picture, indexed=False)))


def test_a_page_that_ocr_read_badly_says_so_where_it_is_opened():
    assert BADLY.message in shown(12, 15)
    assert BADLY.message in shown(0, 5, image=2)


def test_a_page_that_ocr_read_well_is_shown_without_a_warning():
    assert "avertissement" not in shown(0, 5)
    assert "avertissement" not in shown(12, 15, image=1)


def test_a_document_without_doubt_has_none():
    document = replace(SCAN, problems=())
    assert "avertissement" not in str(view(Shown(document, Span(12, 15), None, None, indexed=False)))
