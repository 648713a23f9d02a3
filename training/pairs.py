"""From the written questions and an index of the rules to training examples. Held-out rules and phrasings never appear."""

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from assistant import questions as written
from assistant.datatypes import AskedQuestion, Kind, Passage, Target
from assistant.evaluation.held_out import rule_is_held_out, split
from assistant.index.entries import embedded_text
from assistant.index.library import Library
from assistant.protocols import EmbeddingModel
from assistant.reader.cases import Label
from training.written import read_sheets

# Hard negatives are drawn between these ranks of the base model's own list: nearer ones are often right answers that nobody wrote down.
NEAREST, FARTHEST = 5, 40
# Of the indexed texts, only those near enough to the right one in the base model's eyes to be taken for it are worth showing.
NEGATIVES = 1


@dataclass(frozen=True, slots=True)
class Example:
    """A question, the text of the passage that answers it, and a passage that does not, near as it is."""

    question: str
    passage: str
    negative: str


@dataclass(frozen=True, slots=True)
class Examples:
    """Question → passage, and question → another question of the same rule."""

    passages: tuple[Example, ...]
    questions: tuple[tuple[str, str], ...]


def learned_questions(corpus_texts: Sequence[tuple[str, str]]) -> tuple[AskedQuestion, ...]:
    """The questions of files (text, name) that may be learned from."""
    return split(question for text, name in corpus_texts for question in written.parse(text, name)).learned


def examples(
    library: Library, embedding: EmbeddingModel, learned: Sequence[AskedQuestion], seed: int
) -> Examples:
    """Training examples of ``learned`` over the passages of ``library`` in force today, in an order that ``seed`` fixes."""
    drawn = random.Random(seed)
    passages = _passages(library)
    ids = np.array(sorted(passages), dtype=np.int64)
    of_rule: dict[tuple[str | None, str | None], set[int]] = defaultdict(set)
    for id_, (passage, _) in passages.items():
        of_rule[passage.work, passage.article].add(id_)
    index, _ = library.vectors(embedding.dimension)
    vectors = embedding.embed_queries([question.text for question in learned])
    found: list[Example] = []
    for question, vector in zip(learned, vectors, strict=True):
        right = {id_ for target in question.targets for id_ in of_rule.get((target.work, target.article), ())}
        first = of_rule.get((question.targets[0].work, question.targets[0].article), set())
        if not first:
            continue
        near = [id_ for id_, _ in index.search(vector, FARTHEST + len(right), ids)]
        positive = next((id_ for id_ in near if id_ in first), None)
        positive = min(first) if positive is None else positive
        others = [id_ for id_ in near[NEAREST:] if id_ not in right and not _is_held_out(passages[id_][0])]
        if others:
            found.append(Example(question.text, passages[positive][1], passages[drawn.choice(others)][1]))
    drawn.shuffle(found)
    pairs = list(_pairs(learned, drawn)) + list(_sheet_pairs(drawn))
    drawn.shuffle(pairs)
    return Examples(tuple(found), tuple(pairs))


def _is_held_out(passage: Passage) -> bool:
    """A held-out rule is not shown as a wrong answer either: that would teach that it is one."""
    return passage.article is not None and rule_is_held_out(Target(passage.work, passage.article))


def _passages(library: Library) -> dict[int, tuple[Passage, str]]:
    sources = library.store.sources_by_serial()
    today = date.today()
    return {
        id_: (passage, embedded_text(passage, source.title))
        for serial, source in sources.items()
        if source.kind is Kind.RULE
        for id_, passage in library.store.passages_of(serial)
        if passage.article and passage.in_force(today)
    }


def _pairs(learned: Sequence[AskedQuestion], drawn: random.Random) -> Iterator[tuple[str, str]]:
    of_rule: dict[Target, list[str]] = defaultdict(list)
    for question in learned:
        of_rule[question.targets[0]].append(question.text)
    for texts in of_rule.values():
        yield from _circle(texts, drawn)


def _sheet_pairs(drawn: random.Random) -> Iterator[tuple[str, str]]:
    known = read_sheets()
    of_case: dict[Label, list[str]] = defaultdict(list)
    for sheet in known.values():
        for case in sheet.cases:
            if not any(rule_is_held_out(target) for target in case.rests_on):
                of_case[sheet.id, case.id] += case.questions
    for texts in of_case.values():
        yield from _circle(texts, drawn)


def _circle(texts: list[str], drawn: random.Random) -> Iterator[tuple[str, str]]:
    """Each text with the next of a shuffled circle: every one is asked once and answers once."""
    order = drawn.sample(texts, len(texts))
    if len(order) > 1:
        yield from zip(order, order[1:] + order[:1], strict=True)
