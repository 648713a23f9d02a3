"""Puts a language model before labelled questions over the real index: the trial that ``tasks`` measures."""

import random
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from assistant.answering import evidence as evidences
from assistant.datatypes import Claim, Evidence, Hit, Kind, Problem, Progress, Task
from assistant.evaluation import question_sets
from assistant.generation import answers
from assistant.generation.trials.tasks import PASSAGES, LabelledQuestion, TaskReport, evaluate_tasks
from assistant.index.search import Searcher
from assistant.models.catalogue import Measure
from assistant.protocols import EmbeddingModel, LanguageModel, OnProgress
from assistant.references import normalise_article

# Orders in which each question's passages are shown: two tell a choice of place from a choice of sentence, more cost hours on two cores.
SEEDS = (0, 1)
# One question in four is unanswerable.
UNANSWERABLE = 0.25


def run(
    searcher: Searcher,
    embedding: EmbeddingModel,
    model: LanguageModel,
    questions: Path,
    count: int,
    on_progress: OnProgress,
) -> TaskReport:
    """Measures both tasks of ``model`` on ``count`` questions of a set, drawn with a fixed seed."""
    labelled = _labelled(searcher, question_sets.read(questions), count)
    calls = len(labelled) * len(SEEDS) * 2
    done = 0

    def tick() -> None:
        nonlocal done
        done += 1
        on_progress(Progress("essais", done, calls))

    def select(question: str, evidence: Sequence[Evidence]) -> tuple[str, ...]:
        tick()
        return tuple(sentence.id for sentence in answers.select(model, question, evidence).sentences)

    def word(question: str, evidence: Sequence[Evidence]) -> tuple[tuple[Claim, ...], tuple[Problem, ...]]:
        tick()
        problems: list[Problem] = []
        return tuple(answers.word(model, question, evidence, on_problem=problems.append)), tuple(problems)

    def without(question: str, evidence: Sequence[Evidence]) -> tuple[str, ...]:
        scored = evidences.score(question, evidence, embedding, searcher.words, searcher.rarity)
        return tuple(one.sentence.id for one in scored[:2])

    return evaluate_tasks(model.name, labelled, select=select, word=word, without=without, seeds=SEEDS)


def measures(report: TaskReport) -> tuple[Measure, ...]:
    """What the catalogue keeps of a report."""
    today = date.today().isoformat()
    return (
        Measure(
            Task.SELECT,
            Task.SELECT in report.passed,
            report.select.f1,
            report.select_without.f1,
            report.select.trials,
            today,
        ),
        Measure(
            Task.WORD,
            Task.WORD in report.passed,
            report.word.verified,
            report.said_without or 0.0,
            report.word.trials,
            today,
        ),
    )


def _labelled(
    searcher: Searcher, rows: Sequence[question_sets.Row], count: int
) -> tuple[LabelledQuestion, ...]:
    chance = random.Random(0)  # noqa: S311 - a fixed draw, no secret
    unanswerable = [row for row in rows if row["position"] == "hors_corpus"]
    answerable = [row for row in rows if row.get("gold") and not row.get("as_of")]
    refused = int(count * UNANSWERABLE)
    drawn = [
        *chance.sample(answerable, min(len(answerable), count - refused)),
        *chance.sample(unanswerable, min(len(unanswerable), refused)),
    ]
    return tuple(one for row in drawn if (one := _question(searcher, row)) is not None)


def _question(searcher: Searcher, row: question_sets.Row) -> LabelledQuestion | None:
    """None when none of the gold articles is in the index."""
    wanted = {normalise_article(str(gold["article"])) for gold in row.get("gold") or ()}
    hits = searcher.search(row["question"], limit=30, kinds=(Kind.RULE,))
    gold = [hit for hit in hits if hit.passage.article in wanted] or _read(searcher, wanted, hits)
    others = [hit for hit in hits if hit.passage.article not in wanted][: PASSAGES + 2]
    if wanted and not gold:
        return None
    as_evidence: Callable[[Sequence[Hit]], tuple[Evidence, ...]] = evidences.gather
    return LabelledQuestion(
        str(row["id"]),
        row["question"],
        as_evidence(gold[:1]),
        as_evidence(others),
        tuple(row.get("must_say", ())),
        tuple(row.get("must_not_say", ())),
    )


def _read(searcher: Searcher, wanted: set[str], hits: Sequence[Hit]) -> list[Hit]:
    """The gold articles that the search did not reach, as hits behind the others."""
    today = date.today()
    found = [
        pair for number in sorted(wanted) for pair in searcher.articles(number) if pair[1].in_force(today)
    ]
    return [Hit(len(hits) + 1, 0.0, (), source, passage) for source, passage in found]
