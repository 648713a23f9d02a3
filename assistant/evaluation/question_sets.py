"""The measured quality on labelled questions: what a search finds, what an answer says and refuses.

Two forms of set, one JSON object a line. Retrieval: ``{"id", "question", "relevant": [{"work", "num"}]}``. Answers: ``{"id", "question", "as_of", "kind",
"position", "gold": [{"text", "article"}], "must_say": [regex], "must_not_say": [regex]}`` (position: one, or a list where several are defensible). A question
of a conversation has the ``previous`` ones; ``relevant`` may stand for ``gold``, one list for each of the questions that a question holds; ``rule`` is the
prohibition that it asks to break, or null; ``split`` the half it belongs to.
"""

import json
import re
import statistics
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from assistant.answering import hard_rules
from assistant.datatypes import Answer, Hit, Position
from assistant.errors import UsageError, reason_of
from assistant.references import normalise_article

Row = Mapping[str, Any]
# Recall is taken among this many passages.
DEPTH = 100


@dataclass(frozen=True, slots=True)
class RetrievalMeasure:
    """Shares from 0 to 1 over ``questions``: a relevant article among the first 5 or 10 hits; share of them among the first 10 or 100; seconds."""

    questions: int
    hit_5: float
    hit_10: float
    recall_10: float
    recall_100: float
    mrr_10: float
    median_s: float
    p95_s: float


@dataclass(frozen=True, slots=True)
class AnswerMeasure:
    """Shares from 0 to 1 (None: no such question); counts of claims without a quote (``unsupported``) and of quotes that are not their source's words.

    ``safe``: share of the unlawful wishes and false premises not answered "possible"; ``rules``: share of the rows with a ``rule`` where it fired alone.
    """

    questions: int
    position: float | None
    sources: float | None
    refusals: float | None
    over_refusals: float | None
    said: float | None
    safe: float | None
    rules: float | None
    unsupported: int
    altered: int
    median_s: float
    max_s: float


def read(path: Path) -> tuple[Row, ...]:
    """The questions of a set.

    Raises:
        UsageError: the file cannot be read, or a line is not a labelled question.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"Le jeu de questions « {path} » ne peut pas être lu ({reason_of(error)}).",
            "Donnez un fichier JSON Lines en UTF-8.",
        ) from error
    rows = []
    for number, line in enumerate(lines, 1):
        try:
            row = json.loads(line) if line.strip() else None
        except json.JSONDecodeError as error:
            raise UsageError(
                f"Ligne {number} de « {path} » : ce n'est pas du JSON.",
                "corpus/README.md décrit la forme des jeux.",
            ) from error
        if row is not None:
            if not isinstance(row, dict) or not isinstance(row.get("question"), str):
                raise UsageError(
                    f"Ligne {number} de « {path} » : il manque la question.",
                    "corpus/README.md décrit la forme des jeux.",
                )
            rows.append(row)
    if not rows:
        raise UsageError(f"Le jeu « {path} » est vide.", "Donnez un fichier qui contient des questions.")
    return tuple(rows)


def measure_retrieval(
    rows: Sequence[Row], search: Callable[[str, date | None, int], tuple[Sequence[Hit], float]]
) -> RetrievalMeasure:
    """Measures ``search(question, day, limit) -> (hits, seconds)``; an article found in several passages counts once, at its best place."""
    found: dict[str, list[float]] = {
        name: [] for name in ("hit_5", "hit_10", "recall_10", "recall_100", "mrr_10")
    }
    seconds = []
    for row in rows:
        relevant = {(str(one["work"]), normalise_article(str(one["num"]))) for one in row["relevant"]}
        hits, spent = search(row["question"], _day(row), DEPTH)
        ranked = list(dict.fromkeys((hit.passage.work, hit.passage.article) for hit in hits))
        first = next((place for place, key in enumerate(ranked[:10], 1) if key in relevant), None)
        found["hit_5"].append(float(first is not None and first <= 5))
        found["hit_10"].append(float(first is not None))
        for depth in (10, DEPTH):
            found[f"recall_{depth}"].append(len(relevant & set(ranked[:depth])) / min(depth, len(relevant)))
        found["mrr_10"].append(1 / first if first else 0.0)
        seconds.append(spent)
    means = {name: round(statistics.mean(values), 4) for name, values in found.items()}
    return RetrievalMeasure(
        len(rows),
        **means,
        median_s=round(statistics.median(seconds), 4),
        p95_s=round(_quantile(seconds, 0.95), 4),
    )


def of_half(rows: Sequence[Row], half: str | None) -> tuple[Row, ...]:
    """The rows of a half (``a`` was looked at, ``b`` only measures); all of them for None."""
    return tuple(row for row in rows if half is None or row.get("split") == half)


def measure_answers(
    rows: Sequence[Row],
    answer: Callable[[str, date | None, Sequence[str]], Answer],
    text_of: Callable[[str], str],
) -> AnswerMeasure:
    """Measures ``answer(question, day, previous questions)``; ``text_of(source id)`` gives the text in which every quote must stand, to the letter."""
    positions, sources, refusals, over_refusals, said = (
        list[bool](),
        list[bool](),
        list[bool](),
        list[bool](),
        list[bool](),
    )
    safe, rules, seconds = list[bool](), list[bool](), list[float]()
    unsupported = altered = 0
    for row in rows:
        given = answer(row["question"], _day(row), tuple(row.get("previous", ())))
        quotes = [quote for claim in given.claims for quote in claim.quotes]
        unsupported += sum(not claim.quotes for claim in given.claims)
        altered += sum(quote.span.of(text_of(quote.source.id)) != quote.text for quote in quotes)
        seconds.append(given.timings.total)
        expected = _several(row.get("position", ()))
        if expected:
            positions.append(given.position.value in expected)
        if row.get("kind") in ("interdit", "piege") or expected == [Position.FORBIDDEN.value]:
            safe.append(given.position is not Position.POSSIBLE)
        if "rule" in row:
            fired = [
                problem.code.removeprefix(hard_rules.CODE)
                for problem in given.problems
                if problem.code.startswith(hard_rules.CODE)
            ]
            rules.append(fired == ([row["rule"]] if row["rule"] else []))
        if Position.OUT_OF_SCOPE.value in expected:
            refusals.append(given.position is Position.OUT_OF_SCOPE and not given.claims)
            continue
        over_refusals.append(given.position is Position.OUT_OF_SCOPE)
        if wanted := _wanted(row):
            cited = {
                normalise_article(str(quote.passage.article)) for quote in quotes if quote.passage.article
            }
            sources.append(all(one & cited for one in wanted))
        body = " ".join((*(claim.text for claim in given.claims), *given.fallbacks))
        if row.get("must_say") or row.get("must_not_say"):
            said.append(
                _matches(row.get("must_say", ()), body, all)
                and not _matches(row.get("must_not_say", ()), body, any)
            )
    return AnswerMeasure(
        questions=len(rows),
        position=_share(positions),
        sources=_share(sources),
        refusals=_share(refusals),
        over_refusals=_share(over_refusals),
        said=_share(said),
        safe=_share(safe),
        rules=_share(rules),
        unsupported=unsupported,
        altered=altered,
        median_s=round(statistics.median(seconds), 4),
        max_s=round(max(seconds), 4),
    )


def _wanted(row: Row) -> list[set[str]]:
    """The articles that answer, one set for each of the questions that the row holds; one article of each must be quoted."""
    relevant = row.get("relevant") or ()
    parts = relevant if relevant and isinstance(relevant[0], list) else [relevant]
    gold = [{normalise_article(str(one["article"])) for one in row.get("gold", ())}]
    numbers = [{normalise_article(str(one["num"])) for one in part} for part in parts]
    return [articles for articles in (*gold, *numbers) if articles]


def _matches(patterns: Sequence[str], text: str, how: Callable[[Iterable[bool]], bool]) -> bool:
    return how(bool(re.search(pattern, text, re.IGNORECASE | re.DOTALL)) for pattern in patterns)


def _day(row: Row) -> date | None:
    return date.fromisoformat(row["as_of"]) if row.get("as_of") else None


def _several(value: str | Sequence[str]) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


def _share(outcomes: Sequence[bool]) -> float | None:
    return round(sum(outcomes) / len(outcomes), 4) if outcomes else None


def _quantile(values: Sequence[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]
