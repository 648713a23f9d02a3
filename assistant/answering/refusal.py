"""When to say nothing: a reference that does not exist, a text that is not indexed, nothing near the question.

The first two are code. The last is a score fitted on labelled questions (docs/decisions.md): how near the nearest written question and passage are, and how
much of what the question says is anywhere in what was found.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from assistant import references
from assistant.datatypes import Hit, Passage, Problem, Severity
from assistant.references import Reference, ReferenceType

# Logistic score of "this can be answered": fitted on half of our own questions (138 answerable, 147 not), read on the other half. docs/decisions.md gives
# the error curve.
BIAS, PASSAGE_WEIGHT, INSIDE_WEIGHT, OUTSIDE_WEIGHT, COVERAGE_WEIGHT = -5.43, 4.19, 6.08, -4.13, 0.39
# Cosines of this model crowd between 0.75 and 0.95: they are centred and scaled before they are weighed.
COSINE_CENTRE, COSINE_SCALE = 0.86, 0.04
# Below this probability the answer is a refusal. On the half that was not fitted: 0.91 of the unanswerable refused, 0.07 of the others refused wrongly.
LEAST_PROBABILITY = 0.55

ArticleVersions = Callable[[str, str | None], Sequence[Passage]]


@dataclass(frozen=True, slots=True)
class Nearness:
    """How near the index comes to a question.

    Attributes:
        passage: best cosine with a passage.
        inside: best cosine with a written question that leads to a rule or a sheet.
        outside: best cosine with a written question that must be refused.
        coverage: share of the weight of the question's words that stands in what was found, 0 to 1.
    """

    passage: float
    inside: float
    outside: float
    coverage: float

    @property
    def probability(self) -> float:
        """That the index holds an answer, 0 to 1."""
        score = (
            BIAS
            + PASSAGE_WEIGHT * _scaled(self.passage)
            + INSIDE_WEIGHT * _scaled(self.inside)
            + OUTSIDE_WEIGHT * _scaled(self.outside)
            + COVERAGE_WEIGHT * (2 * self.coverage - 1)
        )
        return 1 / (1 + math.exp(-score))


def _scaled(cosine: float) -> float:
    return (cosine - COSINE_CENTRE) / COSINE_SCALE


def nearness(
    question: str, hits: Sequence[Hit], nearest_questions: tuple[float, float], words: Callable[[str], Sequence[str]], rarity: Callable[[str], float]
) -> Nearness:
    """Measures how near ``hits`` and the written questions come to ``question``."""
    asked = {word: rarity(word) for word in words(question)}
    found = {word for hit in hits[:5] for word in words(" ".join((*hit.passage.headings, hit.passage.text)))}
    total = sum(asked.values())
    return Nearness(
        passage=max((hit.similarity or 0.0 for hit in hits), default=0.0),
        inside=nearest_questions[0],
        outside=nearest_questions[1],
        coverage=sum(weight for word, weight in asked.items() if word in found) / total if total else 0.0,
    )


def unknown_references(question: str, day: date, versions: ArticleVersions, works: frozenset[str], mentions: Callable[[str], bool]) -> tuple[Problem, ...]:
    """What the question refers to and the index does not hold, one problem each.

    Args:
        question: as typed.
        day: date of the law.
        versions: every dated wording of an article, by number and work (None: any work).
        works: works of which articles are indexed.
        mentions: whether a decision's number stands anywhere in the index.
    """
    return tuple(problem for reference in references.find(question) for problem in _unknown(reference, question, day, versions, works, mentions))


def _unknown(
    reference: Reference, question: str, day: date, versions: ArticleVersions, works: frozenset[str], mentions: Callable[[str], bool]
) -> Iterable[Problem]:
    said = reference.span.of(question)
    if reference.type is ReferenceType.DECISION:
        if not mentions(str(reference.article)):
            yield _absent(f"La décision « {said} » ne figure dans aucun document indexé : rien ne peut en être dit, ni qu'elle existe, ni ce qu'elle juge.")
    elif reference.type is ReferenceType.ARTICLE and reference.article:
        if reference.work is not None and reference.work not in works:
            yield _absent(f"Le texte « {reference.work} » n'est pas indexé : son article {reference.article} n'a pas pu être lu.")
            return
        wordings = versions(reference.article, reference.work)
        if not wordings:
            where = f"de « {reference.work} »" if reference.work else "des textes indexés"
            yield _absent(f"L'article {reference.article} n'existe pas parmi les articles {where}.")
        elif not any(passage.in_force(day) for passage in wordings):
            yield _absent(f"L'article {reference.article} existe, mais aucune de ses rédactions indexées n'est en vigueur à la date demandée.")


def _absent(message: str) -> Problem:
    return Problem("reference-absente", message, severity=Severity.WARNING)
