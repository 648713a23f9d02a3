"""What a search for clauses finds of those that answer a buyer's need.

One JSON object a line: ``{"id", "half", "need", "precedents": [{"file", "article"} or {"file", "title"}], "models": [clause id]}``. ``file`` is a file's name
without its ending, so that a text kept in two formats is one label; ``article`` a number; ``title`` a part of a title. Half ``a`` served to choose the weights
of the search; half ``b`` measures.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.datatypes import FoundClause, Precedent
from assistant.drafting import precedents
from assistant.errors import UsageError, reason_of
from assistant.french.folding import fold_line

FIRST = 5


@dataclass(frozen=True, slots=True)
class Label:
    """A clause that answers a need."""

    file: str
    article: str | None
    title: str | None


@dataclass(frozen=True, slots=True)
class Need:
    """What a buyer wants, in his words, and what answers it."""

    id: str
    half: str
    text: str
    precedents: tuple[Label, ...]
    models: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClauseMeasure:
    """Over the ``needs`` that have a label: those with a right clause first, or among the first five (shares, 0 to 1), and the ids of those without."""

    needs: int
    first: float
    first_five: float
    missed: tuple[str, ...]


def read(path: Path, half: str | None = None) -> tuple[Need, ...]:
    """The needs of a set, or of one half of it.

    Raises:
        UsageError: the file cannot be read, a line is not a labelled need, or there is none.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"Le jeu de besoins « {path} » ne peut pas être lu ({reason_of(error)}).",
            "Donnez un fichier JSON Lines en UTF-8.",
        ) from error
    needs = tuple(_need(path, number, line) for number, line in enumerate(lines, 1) if line.strip())
    kept = tuple(need for need in needs if half in (None, need.half))
    if not kept:
        raise UsageError(
            f"Le jeu « {path} » ne contient aucun besoin.", "corpus/README.md décrit la forme des jeux."
        )
    return kept


def _need(path: Path, number: int, line: str) -> Need:
    try:
        row = json.loads(line)
        labels = tuple(Label(one["file"], one.get("article"), one.get("title")) for one in row["precedents"])
        return Need(row["id"], row["half"], row["need"], labels, tuple(row["models"]))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UsageError(
            f"Ligne {number} de « {path} » : ce n'est pas un besoin étiqueté.",
            "corpus/README.md décrit la forme des jeux.",
        ) from error


def measure_precedents(needs: Sequence[Need], find: Callable[[str], Sequence[FoundClause]]) -> ClauseMeasure:
    """Measures ``find(need) -> precedents, best first`` on the needs that some precedent answers."""
    ranks = {
        need.id: next(
            (
                rank
                for rank, one in enumerate(find(need.text), 1)
                if one.precedent and _answers(one.precedent, need.precedents)
            ),
            None,
        )
        for need in needs
        if need.precedents
    }
    return _measure(ranks)


def measure_models(needs: Sequence[Need], find: Callable[[str], Sequence[FoundClause]]) -> ClauseMeasure:
    """Measures ``find(need) -> model clauses, best first`` on the needs that some model clause answers."""
    ranks = {
        need.id: next(
            (
                rank
                for rank, one in enumerate(find(need.text), 1)
                if one.clause and one.clause.id in need.models
            ),
            None,
        )
        for need in needs
        if need.models
    }
    return _measure(ranks)


def _measure(ranks: dict[str, int | None]) -> ClauseMeasure:
    count = max(len(ranks), 1)
    missed = tuple(id_ for id_, rank in ranks.items() if rank is None or rank > FIRST)
    return ClauseMeasure(
        len(ranks),
        round(sum(rank == 1 for rank in ranks.values()) / count, 3),
        round((len(ranks) - len(missed)) / count, 3),
        missed,
    )


def _answers(precedent: Precedent, labels: Sequence[Label]) -> bool:
    """Whether a label names the precedent, an article that it is part of, or a sub-article of it."""
    file = Path(precedent.source.origin).stem
    numbers = {
        precedents.short_number(number)
        for number in (precedent.number, *(part.number for part in precedent.parts))
    }
    title = fold_line(precedent.title)
    return any(
        label.file == file
        and (
            (
                label.article is not None
                and (
                    label.article in numbers
                    or any(number.startswith(f"{label.article}.") for number in numbers)
                )
            )
            or (label.title is not None and label.title in title)
        )
        for label in labels
    )
