"""The checks of a generated claim against the sentences it points to, and against nothing else.

A claim is a few words of a language model. Each check looks for one way in which they can say more, or something else, than their supports; none
understands the
law. They err on the side of refusing: a faithful claim that is marked costs a reader a look at the quote, a lie that passes costs a lawsuit.

An ERROR drops the claim, a WARNING marks it unverified. A check costs a fraction of a millisecond: supports are read once and remembered.
"""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from assistant.datatypes import Problem, Sentence, Severity, Verdict
from assistant.generation.grounding.checks import CHECKS, Trial
from assistant.generation.grounding.read import Reading, read

Similarity = Callable[[str, str], float]
_NOTHING: Mapping[str, str] = MappingProxyType({})

NO_SUPPORT = Problem(
    "no-support", "Cette phrase ne s'appuie sur aucun extrait : elle est retirée.", severity=Severity.ERROR
)


def check(
    text: str,
    supports: Sequence[Sentence],
    *,
    labels: Mapping[str, str] = _NOTHING,
    following: Mapping[str, str] = _NOTHING,
    similarity: Similarity | None = None,
    least_similarity: float = 0.0,
) -> tuple[Problem, ...]:
    """What is wrong with ``text`` as a statement of what ``supports`` say; empty when nothing is.

    Args:
        text: the claim.
        supports: the sentences it points to.
        labels: by sentence id, what the program knows of the sentence and its own words do not say (article, work, dates, heading trail): good for
            references, dates and names.
        following: by sentence id, the sentence after it in the passage: an exception opens there as often as not ("Toutefois, …").
        similarity: cosine of two texts; called once, only for a claim that no other check drops.
        least_similarity: below it, the claim is dropped; measured by the caller on its own embedding model.
    """
    if not supports:
        return (NO_SUPPORT,)
    trial = Trial(
        claim=read(text),
        supports=tuple(read(sentence.text) for sentence in supports),
        labels=tuple(read(labels.get(sentence.id, "")) for sentence in supports),
        following=_unquoted(supports, following),
    )
    problems = tuple(problem for one in CHECKS for problem in one(trial))
    if similarity is not None and verdict(problems) is not None:
        problems += _far(text, supports, similarity, least_similarity)
    return problems


def verdict(problems: Sequence[Problem]) -> Verdict | None:
    """Verified when there is no problem, unverified when there are only warnings, None (to be dropped) when there is an error."""
    if any(problem.severity is Severity.ERROR for problem in problems):
        return None
    return (
        Verdict.UNVERIFIED
        if any(problem.severity is Severity.WARNING for problem in problems)
        else Verdict.VERIFIED
    )


def _unquoted(supports: Sequence[Sentence], following: Mapping[str, str]) -> tuple[Reading, ...]:
    quoted = {sentence.text for sentence in supports}
    return tuple(
        read(following[sentence.id])
        for sentence in supports
        if sentence.id in following and following[sentence.id] not in quoted
    )


def _far(
    text: str, supports: Sequence[Sentence], similarity: Similarity, least: float
) -> tuple[Problem, ...]:
    closeness = similarity(text, " ".join(sentence.text for sentence in supports))
    if closeness >= least:
        return ()
    message = f"Le sens de cette phrase est trop loin des extraits cités (proximité {closeness:.2f}, il faut {least:.2f}) : elle est retirée."
    return (Problem("far-meaning", message, severity=Severity.ERROR),)
