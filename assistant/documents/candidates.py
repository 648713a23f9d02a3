"""The sentences, rows and short lists of the passages found that may answer a question."""

import re
from collections.abc import Iterator, Mapping, Sequence

from assistant import sentences
from assistant.datatypes import Hit, Passage, Span
from assistant.documents.values import Candidate, Known
from assistant.french.folding import words_of
from assistant.reading.structure import is_contents

# A sentence that ends on a colon is shown with what it introduces, up to this many lines and characters.
_MOST_ITEMS, _MOST_CHARACTERS = 6, 700
# A link to a title of the same document: a table of contents.
_ANCHOR = "](#"
# Shorter than this, a line says nothing by itself.
_LEAST_CHARACTERS = 8
# Between the cells of a row; a row of names has short cells, no figure of two digits, no box.
_BETWEEN, _LONGEST_NAME = " | ", 60
_NO_NAME = re.compile(r"\d\d|[☐☒@]")


def candidates(known: Mapping[str, Known], hits: Sequence[Hit]) -> Iterator[Candidate]:
    """Everything that those passages say, in their order; ``known``: the documents by id."""
    for hit in hits:
        for span, columns in _said(hit.passage):
            start = hit.passage.span.start
            yield Candidate(
                known[hit.source.id],
                hit,
                Span(start + span.start, start + span.end),
                span.of(hit.passage.text),
                columns,
            )


def read_in_columns(row: str, columns: str) -> str:
    """A row as it is read: each cell after the name of its column, or the names before the row where there are more or fewer of them."""
    cells, names = row.split(_BETWEEN), columns.split(_BETWEEN)
    if len(cells) != len(names):
        return f"{columns} : {row}"
    return " ; ".join(f"{name} : {cell}" for name, cell in zip(names, cells, strict=True))


def _said(passage: Passage) -> Iterator[tuple[Span, str]]:
    """What a passage says, each with the row of names above it."""
    text, titles = passage.text, [words_of(heading) for heading in passage.headings]
    spans, columns = sentences.split(text), ""
    for place, span in enumerate(spans):
        words = span.of(text)
        is_first = place == 0 or _BETWEEN not in spans[place - 1].of(text)
        if not is_row(words):
            columns = ""
        elif is_first and names_columns(words):
            columns = words
        if (
            len(words) < _LEAST_CHARACTERS
            or is_contents(words)
            or _ANCHOR in words
            or words_of(words) in titles
        ):
            continue
        yield Span(span.start, _end_of_list(place, spans, text)), "" if is_first else columns


def is_row(text: str) -> bool:
    """Whether a line is one of a table."""
    return _BETWEEN in text


def names_columns(row: str) -> bool:
    """Whether a row holds the names of columns."""
    return _NO_NAME.search(row) is None and all(len(cell) <= _LONGEST_NAME for cell in row.split(_BETWEEN))


def _end_of_list(place: int, spans: tuple[Span, ...], text: str) -> int:
    """Where what a sentence introduces ends; its own end where it introduces nothing."""
    span = spans[place]
    end = span.end
    if not span.of(text).rstrip().endswith(":"):
        return end
    for item in spans[place + 1 : place + 1 + _MOST_ITEMS]:
        if item.end - span.start > _MOST_CHARACTERS:
            break
        end = item.end
        if item.of(text).rstrip().endswith("."):
            break
    return end
