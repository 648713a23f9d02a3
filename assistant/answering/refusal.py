"""When to say nothing: a reference that does not exist, a text that is not indexed, nothing near the question.

The first two are code. The last is a score fitted on labelled questions (docs/decisions.md): how near the nearest written question and passage are, and how
much of what the question says is anywhere in what was found.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from assistant import references
from assistant.answering.choice import STEEP, Reading
from assistant.datatypes import Hit, Passage, Problem, Severity
from assistant.index.search import Searcher
from assistant.references import Reference, ReferenceType

# Logistic score of "this can be answered", in the order of ``Nearness.features``: fitted on half of our own questions (`python -m training.refusal`), read on
# the other half. docs/decisions.md gives the error curve.
BIAS = 1.74
WEIGHTS = (0.99, -0.19, -1.1, 4.66, -3.23, 0.77)
# Cosines of this model crowd together: they are centred and scaled before they are weighed.
COSINE_CENTRE, COSINE_SCALE = 0.86, 0.04
# Below this probability the answer is a refusal. On the half that was not fitted: 0.98 of the unanswerable refused, 0.04 of the others refused wrongly.
LEAST_PROBABILITY = 0.65
# Logistic score of "nothing here answers", once the reader has spoken too: bias, then a weight for each of ``outside_features`` (`python -m training.outside`).
# On 363 questions that must be refused and 1,212 that must not, none learned from: 0.96 refused rightly, 0.019 wrongly.
OUTSIDE_BIAS, OUTSIDE_WEIGHTS, LEAST_OUTSIDE = 2.24, (-0.46, -2.61, 0.58, 6.58, 4.74, -0.35), 0.4
# What the reader gives neither to none nor to a refusal is of the trade, however far from what is written (1,805 questions: as many refused rightly, 0.011
# wrongly in place of 0.014).
LEAST_TOLD = 0.02
# One near question may be so by chance, five are not.
AROUND = 5

# Code of the problem "this reference does not exist here".
ABSENT = "reference-absente"

ArticleVersions = Callable[[str, str | None], Sequence[Passage]]


@dataclass(frozen=True, slots=True)
class Nearness:
    """How near the index comes to a question.

    Attributes:
        passage: best cosine with a passage.
        inside: cosines with the nearest written questions that lead to a rule or a sheet, best first.
        outside: cosines with the nearest written questions that must be refused, best first.
        coverage: share of the weight of the question's words that stands in what was found, 0 to 1.
    """

    passage: float
    inside: tuple[float, ...]
    outside: tuple[float, ...]
    coverage: float

    @property
    def features(self) -> tuple[float, ...]:
        """What the score weighs, one number each around -1 to 1: passage, nearest inside, nearest outside, mean inside, mean outside, coverage."""
        cosines = (
            self.passage,
            _first(self.inside),
            _first(self.outside),
            _mean(self.inside),
            _mean(self.outside),
        )
        return (*((cosine - COSINE_CENTRE) / COSINE_SCALE for cosine in cosines), 2 * self.coverage - 1)

    @property
    def probability(self) -> float:
        """That the index holds an answer, 0 to 1."""
        score = BIAS + sum(weight * feature for weight, feature in zip(WEIGHTS, self.features, strict=True))
        return 1 / (1 + math.exp(-score))


def outside_features(near: Nearness, reading: Reading) -> tuple[float, ...]:
    """What tells that nothing answers.

    Nearness (its log-odds), how surely a sheet speaks, or one that refuses, the trained reader's shares for none and for refusing, and how near the written
    questions of the first sheet are.
    """
    inside = min(max(near.probability, 1e-4), 1 - 1e-4)
    refuses = bool(reading.candidates) and reading.candidates[0].refuses
    speaks, refused = (0.0, reading.probability) if refuses else (reading.probability, 0.0)
    nearest = STEEP * reading.candidates[0].signs.near.nearest if reading.candidates else 0.0
    return (math.log(inside / (1 - inside)), speaks, refused, reading.none or 0.0, reading.refusing, nearest)


def is_outside(near: Nearness, reading: Reading) -> bool:
    """Whether a question that no sheet answers is refused rather than shown the nearest texts."""
    # Nothing was read, or no sheet is indexed: how near what is written is not told.
    if reading.none is None or not reading.candidates:
        return near.probability < LEAST_PROBABILITY
    if reading.none + reading.refusing < LEAST_TOLD:
        return False
    score = OUTSIDE_BIAS + sum(
        weight * value for weight, value in zip(OUTSIDE_WEIGHTS, outside_features(near, reading), strict=True)
    )
    return 1 / (1 + math.exp(-score)) >= LEAST_OUTSIDE


def _first(cosines: Sequence[float]) -> float:
    return cosines[0] if cosines else 0.0


def _mean(cosines: Sequence[float]) -> float:
    return sum(cosines) / len(cosines) if cosines else 0.0


def nearness(question: str, hits: Sequence[Hit], searcher: Searcher) -> Nearness:
    """Measures how near ``hits`` and the written questions come to ``question``."""
    asked = {word: searcher.rarity(word) for word in searcher.words(question)}
    found = {
        word
        for hit in hits[:5]
        for word in searcher.words(" ".join((*hit.passage.headings, hit.passage.text)))
    }
    total = sum(asked.values())
    inside, outside = searcher.nearest_questions(question, AROUND)
    return Nearness(
        passage=max((hit.similarity or 0.0 for hit in hits), default=0.0),
        inside=inside,
        outside=outside,
        coverage=sum(weight for word, weight in asked.items() if word in found) / total if total else 0.0,
    )


def unknown_references(
    question: str,
    day: date,
    versions: ArticleVersions,
    works: frozenset[str],
    mentions: Callable[[str], bool],
) -> tuple[Problem, ...]:
    """What the question refers to and the index does not hold, one problem each.

    Args:
        question: as typed.
        day: date of the law.
        versions: every dated wording of an article, by number and work (None: any work).
        works: works of which articles are indexed.
        mentions: whether a decision's number stands anywhere in the index.
    """
    return tuple(
        problem
        for reference in references.find(question)
        for problem in _unknown(reference, question, day, versions, works, mentions)
    )


def names_no_article(question: str, versions: ArticleVersions, works: frozenset[str]) -> bool:
    """Whether a question names an article that an indexed text never had; a number alone (« article 12 ») is of any text."""
    return any(
        (one.work in works or (one.work is None and one.article[0].isalpha()))
        and not versions(one.article, one.work)
        for one in references.articles(question)
        if one.article
    )


def _unknown(
    reference: Reference,
    question: str,
    day: date,
    versions: ArticleVersions,
    works: frozenset[str],
    mentions: Callable[[str], bool],
) -> Iterable[Problem]:
    said = reference.span.of(question)
    if reference.type is ReferenceType.DECISION:
        if not mentions(str(reference.article)):
            yield _absent(
                f"La décision « {said} » ne figure dans aucun document indexé : rien ne peut en être dit, ni qu'elle existe, ni ce qu'elle juge."
            )
    elif reference.type is ReferenceType.ARTICLE and reference.article:
        if reference.work is not None and reference.work not in works:
            yield _absent(
                f"Le texte « {reference.work} » n'est pas indexé : son article {reference.article} n'a pas pu être lu."
            )
            return
        wordings = versions(reference.article, reference.work)
        if not wordings:
            where = f"de « {reference.work} »" if reference.work else "des textes indexés"
            yield _absent(f"L'article {reference.article} n'existe pas parmi les articles {where}.")
        elif not any(passage.in_force(day) for passage in wordings):
            yield _absent(
                f"L'article {reference.article} existe, mais aucune de ses rédactions indexées n'est en vigueur à la date demandée."
            )


def _absent(message: str) -> Problem:
    return Problem(ABSENT, message, severity=Severity.WARNING)
