"""The split of the written questions, made before any use of them: what may be learned from, and what only measures.

A rule in five is held out whole, and one phrasing in five of the others. The parts follow from a hash of the words alone: they need no file, and a new
question falls in its part without moving another.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.datatypes import AskedQuestion, Target

HELD_OUT = 5  # one in five


@dataclass(frozen=True, slots=True)
class Split:
    """Questions that may be trained on and indexed while measuring; phrasings held out of rules that are known; questions of rules held out whole."""

    learned: tuple[AskedQuestion, ...]
    phrasings: tuple[AskedQuestion, ...]
    rules: tuple[AskedQuestion, ...]


def split(questions: Iterable[AskedQuestion]) -> Split:
    """The parts of ``questions`` that lead somewhere. A question that leads to a held-out rule, even beside others, belongs to that rule."""
    learned, phrasings, rules = [], [], []
    for question in questions:
        if not question.targets:
            continue
        if any(rule_is_held_out(target) for target in question.targets):
            rules.append(question)
        elif _drawn(f"question {question.text}"):
            phrasings.append(question)
        else:
            learned.append(question)
    return Split(tuple(learned), tuple(phrasings), tuple(rules))


def rule_is_held_out(target: Target) -> bool:
    """Whether no question of this rule may be learned from."""
    return target.article is not None and _drawn(f"rule {target.work} {target.article}")


def refused_is_held_out(question: AskedQuestion) -> bool:
    """Whether a question that must be refused only measures."""
    return not question.targets and _drawn(f"question {question.text}")


def _drawn(text: str) -> bool:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8]) % HELD_OUT == 0
