"""A text without an end of a line or of a sentence, as a broken table is, takes seconds: rules look from one end to the other, some more than once."""

import time
from datetime import date

import pytest

from assistant.datatypes import Document, Kind, Source
from assistant.review import review
from assistant.summaries.fields.summarise import summarise

# Some minutes, or hours, before; eight seconds on two cores since.
SECONDS = 90.0
ENDLESS = {
    "a table in one line": "| Prix | 12,50 EUR " * 20_000,
    "words without a point": "le prix de la prestation au titre de la technique " * 8_000,
    "a word": "prix" * 100_000,
    "bars": "|" * 400_000,
}


@pytest.mark.parametrize("name", ENDLESS)
def test_an_endless_line_is_summarised_and_checked_in_seconds(name: str) -> None:
    text = ENDLESS[name]
    document = Document(
        Source("a" * 16, "a" * 64, "CCAP", Kind.TENDER, "CCAP.md", "essai", "text/markdown"), text
    )
    start = time.perf_counter()
    summarise(document, "CCAP.md")
    review([document], day=date(2026, 4, 1))
    assert time.perf_counter() - start < SECONDS
