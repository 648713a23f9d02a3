"""Reading born-digital PDFs, against bare pypdfium2 text extraction of the same files in the same run."""

import time
from pathlib import Path

import pypdfium2

from assistant import reading
from assistant.datatypes import Kind
from assistant.shipped import CORPUS
from bench.embedding import Row

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"


def run() -> tuple[Row, ...]:
    """Pages a second of ``reading.read`` and its ratio to bare extraction, over the PDFs at hand."""
    files = sorted((*SHARED.rglob("*.pdf"), *CORPUS.rglob("*.pdf")))
    start = time.perf_counter()
    pages = sum(bare(path) for path in files)
    alone = time.perf_counter() - start
    start = time.perf_counter()
    for path in files:
        reading.read(path, kind=Kind.TENDER, collection="bench")
    ours = time.perf_counter() - start
    return (
        Row("PDF text, bare pypdfium2", pages / alone, "pages/s", None),
        Row("PDF read (text, structure), ratio to bare", pages / ours, "pages/s", alone / ours),
    )


def bare(path: Path) -> int:
    document = pypdfium2.PdfDocument(path)
    for page in document:
        page.get_textpage().get_text_bounded()
    return len(document)
