"""How well tender documents are summarised, on documents whose fields people labelled.

One JSON object a line: ``{"file", "doc_type", "fields": {name: {"value", "pages", "status", "cles", "tolere"}}}``. ``status``: ``stated`` (counted);
``absent`` (any value is an invention, but one of ``tolere``); anything else (a blank model, a reference to another piece): silence is right, a value is
judged. ``cles`` are regular expressions that value and quote must match together; without them the numbers of the gold value must be there, with most of its
words.
"""

import json
import re
import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.datatypes import Kind
from assistant.errors import ReadingError, UsageError
from assistant.french.folding import fold_words
from assistant.reading.isolation import Readers
from assistant.summaries.batch.work import CoverReading, FieldReading, summarised
from assistant.summaries.fields.summary import FIELDS, Field, Summary, shown
from assistant.tender.fact import NOT_DIVIDED

# Share of the gold value's words that a value without keys must hold.
_MOST_WORDS = 0.5
_STATED, _ABSENT = "stated", "absent"

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SummaryMeasure:
    """Shares from 0 to 1 (None: nothing to count) over ``documents``.

    Attributes:
        documents: labelled documents.
        unread: those that could not be read.
        found: fields that a document states, given with the right value.
        invented: fields that it does not state, given all the same.
        pages: of the right fields with a labelled page, those that give it.
        quotes: of the fields given, those whose quote is the document's own words.
        doc_type: right kinds of piece.
        wrong: what was missed or invented, one line each (``CCAP.pdf duree_initiale``).
    """

    documents: int
    unread: int
    found: float | None
    invented: float | None
    pages: float | None
    quotes: float | None
    doc_type: float | None
    wrong: tuple[str, ...]


def read(path: Path) -> tuple[Row, ...]:
    """The labelled documents.

    Raises:
        UsageError: the file cannot be read, or a line is not a labelled document.
    """
    try:
        rows = tuple(
            json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()
        )
        for row in rows:
            row["file"], row["doc_type"]
            if unknown := row["fields"].keys() - FIELDS.keys():
                raise KeyError(*unknown)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise UsageError(
            f"« {path} » n'est pas un jeu de documents étiquetés ({type(error).__name__}).",
            f"Une ligne : file, doc_type, fields (parmi : {', '.join(FIELDS)}).",
        ) from error
    return rows


def measure(
    rows: Sequence[Row],
    folder: Path,
    covers: CoverReading | None = None,
    fields: FieldReading | None = None,
) -> SummaryMeasure:
    """Summarises every labelled document that lies in ``folder``, its cover read by ``covers``, its sentences by ``fields``, and counts."""
    tally = _Tally()
    with Readers() as readers:
        for row in rows:
            path = folder / str(row["file"])
            try:
                document = (
                    readers.read(path, path.name, kind=Kind.TENDER, collection="mesure").result().document
                )
            except ReadingError:
                tally.unread += 1
                continue
            assert document is not None
            tally.count(row, summarised(document, path.name, covers, fields), document.text)
    return tally.measure(len(rows))


class _Tally:
    def __init__(self) -> None:
        self.unread = 0
        self.found: list[bool] = []
        self.invented: list[bool] = []
        self.pages: list[bool] = []
        self.quotes: list[bool] = []
        self.types: list[bool] = []
        self.wrong: list[str] = []

    def count(self, row: Row, summary: Summary, text: str) -> None:
        self.types.append(summary.doc_type == row["doc_type"])
        for name, gold in row["fields"].items():
            field = summary.field(name)
            status = gold.get("status") or (_STATED if gold.get("value") else _ABSENT)
            given = field.value is not None
            right = given and is_right(gold, field)
            if status == _STATED:
                self.found.append(right)
            elif status == _ABSENT:
                self.invented.append(given and not _tolerated(gold, field))
            elif given and not right:
                self.invented.append(True)
            if (status == _STATED and not right) or (
                status != _STATED and given and not right and not _tolerated(gold, field)
            ):
                self.wrong.append(f"{row['file']} {name} : {shown(field.value)[:80] or '(vide)'}")
            if right and gold.get("pages"):
                self.pages.append(not set(gold["pages"]).isdisjoint(field.pages))
            if given:
                self.quotes.append(
                    all(text[one.start : one.end] == one.text and one.text for one in field.extracts)
                    and bool(field.extracts)
                )

    def measure(self, documents: int) -> SummaryMeasure:
        return SummaryMeasure(
            documents,
            self.unread,
            found=_share(self.found),
            invented=_share(self.invented),
            pages=_share(self.pages),
            quotes=_share(self.quotes),
            doc_type=_share(self.types),
            wrong=tuple(self.wrong),
        )


def is_right(gold: Row, field: Field) -> bool:
    """Whether a field says what people read in the document."""
    value = gold.get("value")
    if value in ([], NOT_DIVIDED):
        return field.value == NOT_DIVIDED
    said = f"{shown(field.value)} {field.quote or ''}"
    keys = gold.get("cles") or ()
    if keys:
        return all(re.search(key, said, re.IGNORECASE) for key in keys)
    wanted, there = _words(_flat(value)), _words(said)
    numbers = {word for word in wanted if word[0].isdigit()}
    return bool(wanted) and numbers <= there and len(wanted & there) >= _MOST_WORDS * len(wanted)


def _flat(value: Any) -> str:
    if isinstance(value, list):
        return " ".join(
            str(part)
            for item in value
            for part in (item.values() if isinstance(item, dict) else (item,))
            if part is not None
        )
    return str(value)


def _words(text: str) -> set[str]:
    plain = fold_words(text)
    joined = re.sub(r"(\d)[ .](?=\d{3}\b)", r"\1", plain)
    return {word.lstrip("0") or "0" for word in re.findall(r"[a-z]{3,}|\d+", joined)}


def _tolerated(gold: Row, field: Field) -> bool:
    said = shown(field.value).lower()
    return any(str(one).lower() in said for one in gold.get("tolere") or ())


def _share(part: Iterable[bool]) -> float | None:
    values = list(part)
    return round(statistics.fmean(values), 4) if values else None
