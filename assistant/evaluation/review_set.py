"""The measured quality of the legality review, on labelled texts: what it finds, what it misses, what it says wrongly.

Four files of one folder, one JSON object a line: two of sentences ``{"id", "text", "piece", "rules", "half"}``, whole pieces
``{"file", "piece", "rules", "half"}``
(only there can something be said to be missing), pairs of pieces of one tender ``{"id", "files", "pieces", "rules", "half"}``. ``rules`` must be found,
``may`` count neither for nor against. Half ``a`` served to write the rules, half ``b`` only measures.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from assistant import reading
from assistant.datatypes import Document, Kind, Source
from assistant.errors import UsageError, reason_of

# Rules judged on pairs are those that compare pieces.
_ACROSS = "contradiction-"


@dataclass(frozen=True, slots=True)
class Example:
    """Texts reviewed together, and the rules that must (``rules``) or may (``may``) be found. ``only``: the prefix of the rules that count, or ""."""

    id: str
    documents: tuple[Document, ...]
    rules: frozenset[str]
    may: frozenset[str]
    only: str = ""


@dataclass(frozen=True, slots=True)
class ReviewMeasure:
    """Counts of labels found, found wrongly and missed; ``precision`` and ``recall`` from 0 to 1 (None: nothing to divide by)."""

    examples: int
    found: int
    wrong: int
    missed: int
    precision: float | None
    recall: float | None


@dataclass(frozen=True, slots=True)
class RuleMeasure:
    """One rule's counts."""

    rule: str
    found: int
    wrong: int
    missed: int


def read(folder: Path, half: str) -> dict[str, tuple[Example, ...]]:
    """The labelled texts of one half: "phrases", "achats", "rédacteurs", "extraits", "pièces", "paires".

    Raises:
        UsageError: a file is missing or a line is not a labelled text.
    """
    return {
        "phrases": tuple(_sentence(row) for row in _rows(folder / "phrases.jsonl", half)),
        "achats": tuple(_sentence(row) for row in _rows(folder / "achats.jsonl", half)),
        "rédacteurs": tuple(_sentence(row) for row in _rows(folder / "redacteurs.jsonl", half)),
        "extraits": tuple(_sentence(row) for row in _rows(folder / "extraits.jsonl", half)),
        "pièces": tuple(_piece(row, folder) for row in _rows(folder / "pieces.jsonl", half)),
        "paires": tuple(_pair(row, folder) for row in _rows(folder / "paires.jsonl", half)),
    }


def measure(
    examples: Sequence[Example], found: Callable[[Sequence[Document]], Iterable[str]]
) -> tuple[ReviewMeasure, tuple[RuleMeasure, ...]]:
    """Measures ``found(documents) -> ids of the rules caught``, over all and for each rule (the worst first)."""
    counts: dict[str, list[int]] = {}
    for example in examples:
        got = {rule for rule in found(example.documents) if rule.startswith(example.only)}
        for place, rules in enumerate(
            (got & example.rules, got - example.rules - example.may, example.rules - got)
        ):
            for rule in rules:
                counts.setdefault(rule, [0, 0, 0])[place] += 1
    rows = tuple(
        RuleMeasure(rule, *count)
        for rule, count in sorted(counts.items(), key=lambda item: (-item[1][1] - item[1][2], item[0]))
    )
    right, wrong, missed = (sum(getattr(row, name) for row in rows) for name in ("found", "wrong", "missed"))
    return ReviewMeasure(
        len(examples), right, wrong, missed, _share(right, right + wrong), _share(right, right + missed)
    ), rows


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 3) if whole else None


def _rows(path: Path, half: str) -> Iterator[Mapping[str, Any]]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"Le jeu « {path} » ne peut pas être lu ({reason_of(error)}).",
            "Donnez un dossier comme corpus/revue.",
        ) from error
    for number, line in enumerate(lines, 1):
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise UsageError(
                f"Ligne {number} de « {path} » : ce n'est pas du JSON.",
                "corpus/revue/README.md décrit la forme des jeux.",
            ) from error
        if row.get("half") == half:
            yield row


def _sentence(row: Mapping[str, Any]) -> Example:
    return Example(
        row["id"],
        (_document(row["text"], row.get("piece"), row["id"]),),
        frozenset(row["rules"]),
        frozenset(row.get("may", ())),
    )


def _piece(row: Mapping[str, Any], folder: Path) -> Example:
    return Example(
        row["file"],
        (_read(folder / row["file"], row["piece"]),),
        frozenset(row["rules"]),
        frozenset(row.get("may", ())),
    )


def _pair(row: Mapping[str, Any], folder: Path) -> Example:
    documents = tuple(
        _read(folder / file, piece) for file, piece in zip(row["files"], row["pieces"], strict=True)
    )
    return Example(row["id"], documents, frozenset(row["rules"]), frozenset(row.get("may", ())), _ACROSS)


def _read(path: Path, piece: str) -> Document:
    """A file read as a user's is, under the piece that its label says."""
    document = reading.read(path, kind=Kind.TENDER, collection="revue")
    return replace(
        document,
        metadata=(*(item for item in document.metadata if item[0] != "piece"), ("piece", f"{piece} 1.0")),
    )


def _document(text: str, piece: str | None, name: str) -> Document:
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Document(
        Source(digest[:16], digest, name, Kind.TENDER, name, "revue", "text"),
        text,
        metadata=(("piece", f"{piece or 'autre'} 1.0"),),
    )
