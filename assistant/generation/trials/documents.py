"""What a language model's overviews are worth, against doing without: the document's own sentences, which cost nothing and cannot be wrong.

The sentences are shown in several orders, so that a model that tells whatever stands first is seen. Everything that reaches a reader passed the checks of an
answer; what is measured is what is left of it, whether it says what the document states, and whether it is shorter than the sentences that it stands for.
"""

import random
import re
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from statistics import mean

from assistant.datatypes import Claim, Document, Evidence, Problem, Progress, Task, Verdict
from assistant.errors import GenerationError
from assistant.french.folding import fold_words
from assistant.generation import overview
from assistant.generation.grounding.facts import FactType, facts, supported
from assistant.generation.trials.tasks import LEAST_VERIFIED, MOST_LEAKED, MOST_PLACE_BIAS, dropped_claims
from assistant.models.catalogue import Measure
from assistant.protocols import LanguageModel, OnProgress
from assistant.summaries.fields.summary import Summary, shown
from assistant.summaries.overview import extracts

SEEDS = (0, 1)
# What an overview has to say where the document states it.
TOLD = ("objet", "forme", "duree_initiale", "montant_maximum_ht", "lieu_execution")
# A value is said when this share of its words of weight is there: an overview may put it otherwise. Only the first words of a long object count.
LEAST_WORDS, MOST_WORDS = 0.6, 12
_WEIGHTY = re.compile(r"[a-z]{4,}|\d+")
# The quotes of a document are on the whole three sentences; chance takes as many.
_CHANCE_SENTENCES = 3

Write = Callable[[str, Sequence[Evidence]], tuple[Sequence[Claim], Sequence[Problem]]]
"""Claims on a document of that title from numbered sentences, once checked, and every problem that was told."""


@dataclass(frozen=True, slots=True)
class Trial:
    """A document with its sentences in one order."""

    summary: Summary
    title: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class OverviewMeasure:
    """What came of it.

    Attributes:
        documents: with something to tell.
        trials: documents times orders.
        verified: share of the claims written (dropped ones too) that passed the checks.
        leaked: figures in verified claims that no sentence shown holds: 0 or the checks are broken.
        said: share of the values of ``TOLD`` that the verified claims say.
        said_without: the same of the document's own sentences.
        said_by_chance: the same of as many sentences drawn blindly.
        length: characters of the verified claims, over those of the document's own sentences.
        place_bias: how much oftener than its share a claim rests on the sentence shown first.
        empty: share of trials in which nothing was left to show.
        failures: generations that failed.
        seconds: of one document, on average.
        passed: whether the task is earned; ``reasons`` say why not (French).
    """

    model: str
    documents: int
    trials: int
    verified: float
    leaked: int
    said: float
    said_without: float
    said_by_chance: float
    length: float
    place_bias: float
    empty: float
    failures: int
    seconds: float
    passed: bool
    reasons: tuple[str, ...]


def run(
    model: LanguageModel, documents: Sequence[tuple[Document, Summary]], on_progress: OnProgress
) -> OverviewMeasure:
    """Measures the overviews of ``model`` over documents already summarised."""
    done = 0

    def write(title: str, evidence: Sequence[Evidence]) -> tuple[Sequence[Claim], Sequence[Problem]]:
        nonlocal done
        problems: list[Problem] = []
        claims = overview.claims(model, title, tuple(evidence), problems.append)
        done += 1
        on_progress(Progress("aperçus", done, len(shown_trials), title))
        return claims, problems

    shown_trials = trials(documents)
    return measure(model.name, shown_trials, write)


def trials(documents: Sequence[tuple[Document, Summary]], seeds: Sequence[int] = SEEDS) -> tuple[Trial, ...]:
    """Every document that has something to tell, in every order."""
    told = [(document, summary, overview.evidence(summary, document)) for document, summary in documents]
    return tuple(
        Trial(summary, document.source.title, _shuffled(found, random.Random(f"{summary.sha256} {seed}")))  # noqa: S311 - an order, no secret
        for seed in seeds
        for document, summary, found in told
        if found
    )


def _shuffled(evidence: Sequence[Evidence], chance: random.Random) -> tuple[Evidence, ...]:
    (one,) = evidence
    order = chance.sample(one.sentences, len(one.sentences))
    return (
        replace(
            one,
            sentences=tuple(replace(sentence, id=f"S1.{number}") for number, sentence in enumerate(order, 1)),
        ),
    )


def measure(name: str, shown_trials: Sequence[Trial], write: Write) -> OverviewMeasure:
    """What ``write`` gives over the trials, beside the document's own sentences and chance."""
    begun = time.perf_counter()
    written = [(trial, _tried(write, trial)) for trial in shown_trials]
    seconds = (time.perf_counter() - begun) / max(1, len(written))
    done = [(trial, *answer) for trial, answer in written if answer is not None]
    verified = [
        (trial, [claim for claim in claims if claim.verdict is Verdict.VERIFIED]) for trial, claims, _ in done
    ]
    every = sum(len(claims) + dropped_claims(claims, problems) for _, claims, problems in done)
    texts = [(trial, " ".join(claim.text for claim in kept)) for trial, kept in verified]
    own = [(trial, extracts(trial.summary) or "") for trial in shown_trials]
    drawn = [(trial, _at_random(trial)) for trial in shown_trials]
    found = OverviewMeasure(
        model=name,
        documents=len({trial.summary.sha256 for trial in shown_trials}),
        trials=len(shown_trials),
        verified=sum(len(kept) for _, kept in verified) / every if every else 0.0,
        leaked=sum(_leaked(claim, trial) for trial, kept in verified for claim in kept),
        said=_said(texts),
        said_without=_said(own),
        said_by_chance=_said(drawn),
        length=sum(len(text) for _, text in texts) / max(1, sum(len(text) for _, text in own)),
        place_bias=_place_bias(verified),
        empty=_mean(not text for _, text in texts),
        failures=len(written) - len(done),
        seconds=seconds,
        passed=False,
        reasons=(),
    )
    reasons = tuple(_reasons(found))
    return replace(found, passed=not reasons, reasons=reasons)


def as_measure(found: OverviewMeasure) -> Measure:
    """What the catalogue keeps of it."""
    return Measure(
        Task.OVERVIEW, found.passed, found.said, found.said_without, found.trials, date.today().isoformat()
    )


def _tried(write: Write, trial: Trial) -> tuple[Sequence[Claim], Sequence[Problem]] | None:
    try:
        return write(trial.title, trial.evidence)
    except GenerationError:
        return None


def _said(texts: Sequence[tuple[Trial, str]]) -> float:
    """The share of the values of ``TOLD`` that texts say."""
    return _mean(
        says(text, shown(trial.summary.field(name).value))
        for trial, text in texts
        for name in TOLD
        if trial.summary.field(name).value
    )


def says(text: str, value: str) -> bool:
    """Whether most words of weight of a value, and every figure among them, stand in a text."""
    words = _WEIGHTY.findall(fold_words(value))[:MOST_WORDS]
    there = set(_WEIGHTY.findall(fold_words(text)))
    figures = [word for word in words if word.isdigit()]
    return all(one in there for one in figures) and sum(one in there for one in words) >= LEAST_WORDS * len(
        words
    )


def _at_random(trial: Trial) -> str:
    sentences = trial.evidence[0].sentences
    chance = random.Random(f"hasard {trial.summary.sha256}")  # noqa: S311 - a draw, no secret
    return " ".join(one.text for one in chance.sample(sentences, min(_CHANCE_SENTENCES, len(sentences))))


def _leaked(claim: Claim, trial: Trial) -> int:
    known = tuple(
        fact
        for text in (trial.title, *(one.text for one in trial.evidence[0].sentences))
        for fact in facts(text)
    )
    return sum(not supported(fact, known) for fact in facts(claim.text) if fact.type is not FactType.NAME)


def _place_bias(verified: Sequence[tuple[Trial, Sequence[Claim]]]) -> float:
    resting = [
        (quote.marker == "S1.1", 1 / len(trial.evidence[0].sentences))
        for trial, kept in verified
        for claim in kept
        for quote in claim.quotes
    ]
    return mean(first - share for first, share in resting) if resting else 0.0


def _mean(outcomes: Iterable[bool]) -> float:
    counted = list(outcomes)
    return sum(counted) / len(counted) if counted else 0.0


def _reasons(found: OverviewMeasure) -> Iterable[str]:
    if found.verified < LEAST_VERIFIED:
        yield f"overview : {found.verified:.2f} des phrases vérifiées, il en faut {LEAST_VERIFIED:.2f}."
    if found.leaked > MOST_LEAKED:
        yield f"overview : {found.leaked} chiffres ou références sans appui dans des phrases vérifiées."
    if found.said < found.said_without:
        yield f"overview : dit {found.said:.2f} de ce que les documents énoncent, leurs propres phrases {found.said_without:.2f}."
    if found.said <= found.said_by_chance:
        yield f"overview : dit {found.said:.2f}, des phrases prises au hasard {found.said_by_chance:.2f}."
    if found.length > 1:
        yield f"overview : {found.length:.2f} fois la longueur des phrases du document."
    if abs(found.place_bias) > MOST_PLACE_BIAS:
        yield f"overview : s'appuie sur la première phrase montrée, quelle qu'elle soit (écart {found.place_bias:+.2f})."
