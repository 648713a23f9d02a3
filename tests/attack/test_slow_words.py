"""Words made so that patterns are slow on them take time by their length, not by its square: a text of 20 kB held facts and review for minutes.

Patterns keep Python's lock: on the page, everybody waited.
"""

import time
from datetime import date

import pytest

from assistant import passages, review
from assistant.datatypes import Document, Kind
from assistant.reading import read_bytes
from assistant.summaries.fields.summarise import summarise

# Each took more than two seconds of processor for 20,000 characters, some more than forty.
SLOW = (
    "L. 2112-4, ",
    "12.",
    "1.1",
    "9",
    ".",
    "cent mille ",
    "mille ",
    "vingt-",
    "dix ",
    "aux articles L. 2112-4 et ",
    "pénalités 1 ",
)
SHORT, LONG = 4_000, 16_000
# Four times the length: four times the time where it is by the length, sixteen where it is by the square. Less than the second is start and noise.
MOST_TIMES, NOISE_SECONDS = 8, 1.5


def seconds(unit: str, length: int) -> float:
    """Of processor, to cut a text, to find its facts and to review it."""
    document: Document = read_bytes(
        (unit * (length // len(unit))).encode(), "CCAP.txt", kind=Kind.TENDER, collection="essai"
    )
    begun = time.process_time()
    passages.split(document)
    summarise(document, "CCAP.txt")
    review.review([document], day=date(2026, 1, 1))
    return time.process_time() - begun


@pytest.mark.parametrize("unit", SLOW)
def test_the_time_is_by_the_length(unit: str) -> None:
    seconds(unit, 400)  # what is made once is made
    assert seconds(unit, LONG) < MOST_TIMES * seconds(unit, SHORT) + NOISE_SECONDS
