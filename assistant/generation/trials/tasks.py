"""What a language model may do: each task measured against doing without, on labelled questions.

Two traps this measure was built around (docs/decisions.md): a model that always chooses the first place looks right when the right passage is always
first, so the right
passage stands at a random place, several times; and a model that answers everything looks useful until a question has no answer, so some have none.

Everything comes as plain callables: a real model, a script, or the selection by scores that the model has to beat.
"""

import random
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields, replace
from functools import partial
from typing import TypeVar

from assistant.datatypes import Claim, Evidence, Problem, Task, Verdict
from assistant.errors import GenerationError
from assistant.generation.grounding.facts import FactType, facts, supported

Result = TypeVar("Result")
Select = Callable[[str, Sequence[Evidence]], Sequence[str]]
Word = Callable[[str, Sequence[Evidence]], tuple[Sequence[Claim], Sequence[Problem]]]

# Passages shown for a question, the gold one among them: what an answer gives a model.
PASSAGES = 4
# Orders tried for each question. On 34 questions, five orders bring the standard error of a share under 0.04.
SEEDS = (0, 1, 2, 3, 4)

# A model selects only if it does clearly better than chance and than the scores that cost nothing; it may miss an unanswerable question now and
# then, not make a habit of it; and it must not choose a place instead of a sentence.
LEAST_TIMES_CHANCE = 1.5
LEAST_F1_GAIN = 0.03
LEAST_REFUSED = 0.8
MOST_PLACE_BIAS = 0.15
# A model words only if most of what it writes stands, nothing fabricated remains after the checks, and it says what has to be said as often as the quotes do.
LEAST_VERIFIED = 0.8
MOST_LEAKED = 0


@dataclass(frozen=True, slots=True)
class LabelledQuestion:
    """A question with the passages that answer it (``gold``, empty for an unanswerable one) and others that do not.

    ``must_say`` are regular expressions that an answer has to match, ``must_not_say`` must not.
    """

    id: str
    text: str
    gold: tuple[Evidence, ...]
    others: tuple[Evidence, ...]
    must_say: tuple[str, ...] = ()
    must_not_say: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Trial:
    """A question before its passages in one order; ``gold`` are the ids of the sentences that answer it."""

    question: LabelledQuestion
    evidence: tuple[Evidence, ...]
    gold: frozenset[str]


@dataclass(frozen=True, slots=True)
class SelectMeasure:
    """How well sentences are chosen.

    Shares from 0 to 1 (None: nothing to measure it on). ``recall`` is of questions. ``place_bias`` is the share of choices in the first passage, less
    the share of gold there (0: none).
    """

    trials: int
    precision: float
    recall: float
    f1: float
    refused: float | None
    place_bias: float
    failures: int


@dataclass(frozen=True, slots=True)
class WordMeasure:
    """How well claims are worded. Shares from 0 to 1 (None: nothing to measure it on); the rest are counts.

    Attributes:
        trials: questions times orders.
        claims: claims given.
        verified: share of what the model wrote (given or dropped) that was verified.
        fabricated: figures and names that the checks found in none of the supports.
        leaked: those that reached a verified claim all the same, found by looking at all the evidence: 0 or the checks are broken.
        said: share of answerable questions whose must_say all match and must_not_say none, in the verified claims.
        refused: share of unanswerable questions left without a claim.
        failures: generations that failed.
    """

    trials: int
    claims: int
    verified: float
    fabricated: int
    leaked: int
    said: float | None
    refused: float | None
    failures: int


@dataclass(frozen=True, slots=True)
class TaskReport:
    """The measures of a model, and the tasks it earned. ``reasons`` says why a task was not (French)."""

    model: str
    select: SelectMeasure
    select_chance: float
    select_without: SelectMeasure
    word: WordMeasure
    said_without: float | None
    passed: tuple[Task, ...]
    reasons: tuple[str, ...]

    def to_toml(self) -> str:
        """The report as the tables of a catalogue entry."""
        head = [
            f"model = {_toml(self.model)}",
            f"passed = {_toml([str(task) for task in self.passed])}",
            f"reasons = {_toml(list(self.reasons))}",
            f"select_chance = {_toml(self.select_chance)}",
        ]
        if self.said_without is not None:
            head.append(f"said_without = {_toml(self.said_without)}")
        return (
            "\n".join(
                (
                    *head,
                    *_table("select", self.select),
                    *_table("select_without", self.select_without),
                    *_table("word", self.word),
                )
            )
            + "\n"
        )


def evaluate_tasks(
    model: str,
    questions: Sequence[LabelledQuestion],
    *,
    select: Select,
    word: Word,
    without: Select,
    passages: int = PASSAGES,
    seeds: Sequence[int] = SEEDS,
) -> TaskReport:
    """Measures both tasks of a model against doing without.

    Args:
        model: its name.
        questions: labelled ones, answerable or not.
        select: the model's choice of sentence ids.
        word: the model's claims once checked, and every problem that was told.
        without: the choice made by scores, no model.
        passages: how many a question is shown with.
        seeds: one order of the passages each.
    """
    shown = trials(questions, passages, seeds)
    chosen, baseline, worded = (
        measure_select(select, shown),
        measure_select(without, shown),
        measure_word(word, shown),
    )
    said_without = _said_by_quotes(without, shown)
    chance = select_chance(shown)
    refusals = {
        Task.SELECT: _select_reasons(chosen, baseline, chance),
        Task.WORD: _word_reasons(worded, said_without),
    }
    passed = tuple(task for task, reasons in refusals.items() if not reasons)
    return TaskReport(
        model,
        chosen,
        chance,
        baseline,
        worded,
        said_without,
        passed,
        tuple(reason for reasons in refusals.values() for reason in reasons),
    )


def trials(
    questions: Sequence[LabelledQuestion], passages: int = PASSAGES, seeds: Sequence[int] = SEEDS
) -> tuple[Trial, ...]:
    """Every question in every order: one gold passage (where there is one) among ``passages``, at a random place, under fresh markers."""
    orders = ((question, random.Random(f"{question.id} {seed}")) for seed in seeds for question in questions)  # noqa: S311 - orders, not secrets
    return tuple(_trial(question, passages, order) for question, order in orders)


def _trial(question: LabelledQuestion, passages: int, chance: random.Random) -> Trial:
    gold = [chance.choice(question.gold)] if question.gold else []
    others = chance.sample(question.others, min(len(question.others), passages - len(gold)))
    order = gold + others
    chance.shuffle(order)
    shown = tuple(_renumbered(one, place) for place, one in enumerate(order, 1))
    answers = frozenset(
        sentence.id
        for one, before in zip(shown, order, strict=True)
        if before in gold
        for sentence in one.sentences
    )
    return Trial(question, shown, answers)


def _renumbered(evidence: Evidence, place: int) -> Evidence:
    sentences = tuple(
        replace(sentence, id=f"S{place}.{number}") for number, sentence in enumerate(evidence.sentences, 1)
    )
    return replace(evidence, marker=f"S{place}", sentences=sentences)


def measure_select(select: Select, shown: Sequence[Trial]) -> SelectMeasure:
    """Precision of the chosen sentences, and share of questions with a gold one among them: no answer needs every sentence of an article."""
    choices = [(trial, _tried(partial(select, trial.question.text, trial.evidence))) for trial in shown]
    done = [(trial, list(chosen)) for trial, chosen in choices if chosen is not None]
    answerable = [(trial, chosen) for trial, chosen in done if trial.gold]
    every = [(trial, one) for trial, chosen in answerable for one in chosen]
    precision = _share(one in trial.gold for trial, one in every) or 0.0
    recall = _share(bool(trial.gold & set(chosen)) for trial, chosen in answerable) or 0.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    first_chosen = _share(_in_first(trial, one) for trial, one in every) or 0.0
    first_gold = (
        _share(any(_in_first(trial, one) for one in trial.gold) for trial, chosen in answerable if chosen)
        or 0.0
    )
    refused = _share(not chosen for trial, chosen in done if not trial.gold)
    return SelectMeasure(
        len(shown), precision, recall, f1, refused, first_chosen - first_gold, len(choices) - len(done)
    )


def select_chance(shown: Sequence[Trial]) -> float:
    """Precision of choosing sentences blindly."""
    shares = [len(trial.gold) / len(_ids(trial)) for trial in shown if trial.gold]
    return sum(shares) / len(shares) if shares else 0.0


def measure_word(word: Word, shown: Sequence[Trial]) -> WordMeasure:
    """What the model's claims are worth once checked."""
    answers = [(trial, _tried(partial(word, trial.question.text, trial.evidence))) for trial in shown]
    done = [(trial, *answer) for trial, answer in answers if answer is not None]
    claims = [claim for _, given, _ in done for claim in given]
    dropped = sum(dropped_claims(given, problems) for _, given, problems in done)
    verified = sum(claim.verdict is Verdict.VERIFIED for claim in claims)
    return WordMeasure(
        trials=len(shown),
        claims=len(claims),
        verified=verified / (len(claims) + dropped) if claims or dropped else 0.0,
        fabricated=sum(
            problem.code.startswith("unsupported-") for _, _, problems in done for problem in problems
        ),
        leaked=sum(
            _leaked(claim, trial)
            for trial, given, _ in done
            for claim in given
            if claim.verdict is Verdict.VERIFIED
        ),
        said=_share(_says(trial.question, _verified_text(given)) for trial, given, _ in done if trial.gold),
        refused=_share(not given for trial, given, _ in done if not trial.gold),
        failures=len(answers) - len(done),
    )


def _said_by_quotes(without: Select, shown: Sequence[Trial]) -> float | None:
    """The share of answerable questions that quoting the sentences chosen without a model would have said."""
    texts = [
        ({sentence.id: sentence.text for one in trial.evidence for sentence in one.sentences}, trial)
        for trial in shown
        if trial.gold
    ]
    return _share(
        _says(
            trial.question,
            " ".join(text[one] for one in without(trial.question.text, trial.evidence) if one in text),
        )
        for text, trial in texts
    )


def _tried(call: Callable[[], Result]) -> Result | None:
    try:
        return call()
    except GenerationError:
        return None


def dropped_claims(given: Sequence[Claim], problems: Sequence[Problem]) -> int:
    """At least so many claims were dropped: the reasons for it that no given claim carries, one claim having often several."""
    carried = {problem for claim in given for problem in claim.problems}
    return len(
        {
            problem.message
            for problem in problems
            if problem not in carried and problem.code not in _NOT_A_CLAIM
        }
    )


_NOT_A_CLAIM = frozenset(
    ("generation-stopped", "answer-cut", "model-declined", "evidence-left-out", "unknown-sentence")
)


def _leaked(claim: Claim, trial: Trial) -> int:
    known = tuple(
        fact
        for one in trial.evidence
        for text in (_origin(one), *(sentence.text for sentence in one.sentences))
        for fact in facts(text)
    )
    return sum(not supported(fact, known) for fact in facts(claim.text) if fact.type is not FactType.NAME)


def _origin(evidence: Evidence) -> str:
    passage = evidence.hit.passage
    days = (day.isoformat() for day in (passage.valid_from, passage.valid_to) if day)
    return " ; ".join(
        (
            f"article {passage.article}" if passage.article else "",
            passage.work or "",
            evidence.hit.source.title,
            *days,
            *passage.headings,
        )
    )


def _says(question: LabelledQuestion, text: str) -> bool:
    said = all(re.search(pattern, text, re.IGNORECASE | re.DOTALL) for pattern in question.must_say)
    return (
        bool(text)
        and said
        and not any(re.search(pattern, text, re.IGNORECASE | re.DOTALL) for pattern in question.must_not_say)
    )


def _verified_text(claims: Sequence[Claim]) -> str:
    return " ".join(claim.text for claim in claims if claim.verdict is Verdict.VERIFIED)


def _ids(trial: Trial) -> list[str]:
    return [sentence.id for one in trial.evidence for sentence in one.sentences]


def _in_first(trial: Trial, sentence_id: str) -> bool:
    return bool(trial.evidence) and any(
        sentence.id == sentence_id for sentence in trial.evidence[0].sentences
    )


def _share(outcomes: Iterable[bool]) -> float | None:
    counted = list(outcomes)
    return sum(counted) / len(counted) if counted else None


def _select_reasons(chosen: SelectMeasure, baseline: SelectMeasure, chance: float) -> list[str]:
    reasons = []
    if chosen.precision < LEAST_TIMES_CHANCE * chance:
        reasons.append(f"select : précision {chosen.precision:.2f}, le hasard donne {chance:.2f}.")
    if chosen.f1 < baseline.f1 + LEAST_F1_GAIN:
        reasons.append(f"select : F1 {chosen.f1:.2f}, le choix sans modèle donne {baseline.f1:.2f}.")
    if chosen.refused is None or chosen.refused < LEAST_REFUSED:
        reasons.append(
            f"select : {_shown(chosen.refused)} des questions sans réponse refusées, il en faut {LEAST_REFUSED:.2f}."
        )
    if abs(chosen.place_bias) > MOST_PLACE_BIAS:
        reasons.append(
            f"select : choisit la première place plutôt que la phrase (écart {chosen.place_bias:+.2f})."
        )
    return reasons


def _word_reasons(worded: WordMeasure, said_without: float | None) -> list[str]:
    reasons = []
    if worded.verified < LEAST_VERIFIED:
        reasons.append(
            f"word : {worded.verified:.2f} des phrases vérifiées, il en faut {LEAST_VERIFIED:.2f}."
        )
    if worded.leaked > MOST_LEAKED:
        reasons.append(
            f"word : {worded.leaked} chiffres ou références sans appui dans des phrases vérifiées."
        )
    if worded.refused is None or worded.refused < LEAST_REFUSED:
        reasons.append(
            f"word : {_shown(worded.refused)} des questions sans réponse refusées, il en faut {LEAST_REFUSED:.2f}."
        )
    if (worded.said or 0.0) < (said_without or 0.0):
        reasons.append(
            f"word : dit ce qu'il faut pour {_shown(worded.said)} des questions, les citations seules pour {_shown(said_without)}."
        )
    return reasons


def _shown(share: float | None) -> str:
    return "aucune mesure" if share is None else f"{share:.2f}"


def _table(name: str, measure: SelectMeasure | WordMeasure) -> list[str]:
    values = [(one.name, getattr(measure, one.name)) for one in fields(measure)]
    return ["", f"[{name}]", *(f"{key} = {_toml(value)}" for key, value in values if value is not None)]


def _toml(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.4f}"
    if isinstance(value, list):
        return f"[{', '.join(_toml(one) for one in value)}]"
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return str(value)
