"""What a question says beyond its letters: the rules' words for the buyer's, and the special regimes it does not ask about.

Both tables are written by people (``vocabulary.tsv``, ``regimes.tsv``) and only add to a search or hold a passage back: they decide nothing.
"""

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources

from assistant.french.folding import fold_words


@dataclass(frozen=True, slots=True)
class Regime:
    """A special regime: ``headings`` recognises its passages, ``asked`` the questions that are about it."""

    headings: re.Pattern[str]
    asked: re.Pattern[str]


def rule_words(question: str) -> str:
    """The rules' words for what ``question`` says in a buyer's: ``"AOO"`` → ``"appel d'offres ouvert …"``; empty when there are none."""
    folded = fold_words(question)
    found = {
        words: None
        for stem, end, words in _vocabulary()
        if stem in folded and re.search(rf"(?<!\w){re.escape(stem)}{end}(?!\w)", folded)
    }
    return " ".join(found)


def silent_regimes(question: str) -> tuple[Regime, ...]:
    """The special regimes that ``question`` is not about."""
    folded = fold_words(question)
    return tuple(regime for regime in _regimes() if not regime.asked.search(folded))


def all_regimes() -> tuple[Regime, ...]:
    """Every special regime."""
    return _regimes()


@cache
def _vocabulary() -> tuple[tuple[str, str, str], ...]:
    """The beginning of each form, what may end it, and the rules' words. No pattern is made before a question has its letters: all take 40 ms."""
    rows = []
    for line in _lines("vocabulary.tsv"):
        form, words = line.split("\t")
        end = r"\w*" if form.endswith("*") else ""
        rows.append((fold_words(form.rstrip("*")), end, words))
    return tuple(rows)


@cache
def _regimes() -> tuple[Regime, ...]:
    rows = (line.split("\t") for line in _lines("regimes.tsv"))
    return tuple(
        Regime(re.compile(fold_words(headings)), re.compile(fold_words(asked))) for headings, asked in rows
    )


def _lines(name: str) -> list[str]:
    text = resources.files("assistant.index").joinpath(name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
