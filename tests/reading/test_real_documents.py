"""What holds on every real document at hand; nothing of them is kept here."""

import difflib
import json
import re
from pathlib import Path

import pytest

from assistant.datatypes import Document, Kind
from assistant.reading import SUPPORTED, read
from assistant.reading.legacy_office import libreoffice
from assistant.reading.pdf import rectangles

from .made_files import DATA

FILES = sorted(
    path
    for path in DATA.rglob("*")
    if path.suffix in SUPPORTED
    and path.parent.name in ("dce", "guide", "contrats", "droit")
    and "_dev" not in path.name
    and (path.suffix != ".doc" or libreoffice())
)
needs_data = pytest.mark.skipif(not FILES, reason=f"the real documents are not at {DATA}")
PDFS = [path for path in FILES if path.suffix == ".pdf"]


def document_of(path: Path) -> Document:
    return read(path, kind=Kind.TENDER, collection="essai")


def words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.lower())


def kept(original: str, found: str) -> float:
    """Share of the words of ``original`` that ``found`` has, in the same order."""
    first, second = words(original), words(found)
    matcher = difflib.SequenceMatcher(None, first, second, autojunk=False)
    return sum(block.size for block in matcher.get_matching_blocks()) / len(first)


@needs_data
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_spans_of_every_real_document_hold(path):
    document = document_of(path)
    text = document.text
    assert text.strip()
    if document.pages:
        assert "".join(page.span.of(text) for page in document.pages) == text
        assert [page.number for page in document.pages] == list(range(1, len(document.pages) + 1))
    if document.provisions:
        assert "".join(provision.span.of(text) for provision in document.provisions) == text
    assert list(document.headings) == sorted(document.headings, key=lambda heading: heading.span)
    for heading in document.headings:
        assert set(words(heading.title)) <= set(words(heading.span.of(text)))
    text.encode("utf-8")


@needs_data
@pytest.mark.parametrize("path", PDFS, ids=lambda path: path.name)
def test_a_sentence_of_each_real_page_has_its_rectangles(path):
    document = document_of(path)
    for page in document.pages[:10]:
        paragraphs = [
            line for line in page.span.of(document.text).split("\n") if len(line) > 60 and "|" not in line
        ]
        if paragraphs:
            boxes = rectangles(path, page.number, paragraphs[-1])
            assert boxes, paragraphs[-1]
            assert all(0 <= x0 < x1 <= 1200 and 0 <= y0 < y1 <= 1200 for x0, y0, x1, y1 in boxes)


@needs_data
@pytest.mark.parametrize("name", ["cgvu", "dpa", "sla_iaas"])
def test_a_word_file_keeps_the_words_of_its_markdown_in_order(name):
    markdown = document_of(DATA / "contrats" / f"{name}.md").text
    shown = re.sub(r"<[^>]+>|[*\\_]", " ", re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r" \1 ", markdown))
    assert kept(shown, document_of(DATA / "contrats" / f"{name}.docx").text) >= 0.98


def number_of(printed: str | None) -> str:
    return re.sub(r"^(article|chapitre|art)[ .]*", "", (printed or "").strip().lower()).strip(" .:-–)")


@needs_data
def test_the_headings_of_the_labelled_documents_are_found():
    right = wanted = given = 0
    for line in (DATA / "dce" / "headings_dev.jsonl").read_text(encoding="utf-8").splitlines():
        gold = json.loads(line)
        document = document_of(DATA / "dce" / gold["file"])
        found = {
            (number_of(h.number), tuple(words(h.title)), (document.pages_of(h.span) or (None,))[0])
            for h in document.headings
            if h.number
        }
        expected = {(number_of(h["number"]), tuple(words(h["title"])), h["page"]) for h in gold["headings"]}
        right, wanted, given = right + len(found & expected), wanted + len(expected), given + len(found)
    assert 2 * right / (wanted + given) >= 0.92
