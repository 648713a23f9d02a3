"""The legality review of a long CCTP, and of a whole command."""

import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from assistant.datatypes import Document, Kind, Source
from assistant.review import review
from assistant.workspace import Workspace
from bench.embedding import Row

# A page of a tender holds some 2,500 characters: 100 pages.
PAGES, PAGE_CHARACTERS = 100, 2_500
_CLAUSES = Path(__file__).resolve().parents[1] / "training" / "accords-cadres"


def run() -> tuple[Row, ...]:
    text = long_text()
    document = Document(
        Source("0" * 16, "0" * 64, "CCTP", Kind.TENDER, "CCTP", "bench", "text"),
        text,
        metadata=(("piece", "CCTP 1.0"),),
    )
    judge = Workspace().judge
    rows = []
    for name, read_by in (("facts alone", None), ("with the reader", judge)):
        review([document], day=date.today(), judge=read_by)  # patterns are compiled once
        start = time.perf_counter()
        (one,) = review([document], day=date.today(), judge=read_by)
        pages = len(text) // PAGE_CHARACTERS
        rows.append(
            Row(
                f"review of {pages} pages, {name} ({len(text):,} characters, {len(one.findings)} findings)",
                time.perf_counter() - start,
                "s",
                None,
            )
        )
    return (*rows, Row(f"assistant check of {PAGES} pages, whole process", command(text), "s", None))


def long_text() -> str:
    """The framework agreements of the corpus, one after the other, until there are a hundred pages."""
    whole = "\n\n".join(path.read_text(encoding="utf-8") for path in sorted(_CLAUSES.glob("*.md")))
    return (whole * (PAGES * PAGE_CHARACTERS // len(whole) + 1))[: PAGES * PAGE_CHARACTERS]


def command(text: str) -> float:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "CCTP.md"
        path.write_text(text, encoding="utf-8")
        start = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "assistant", "--home", folder, "check", str(path), "--json"],
            check=True,
            capture_output=True,
        )
        return time.perf_counter() - start
