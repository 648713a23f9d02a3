"""How near what the sheets say of an article is to the article itself, and the pairs that a person should read first.

A bracket at the end of a statement carries only what the article says (corpus/README.md). Two measures are added: the cosine of the statement and of the
article's nearest sentence, and the share of the statement's words, by their rarity, that stand in the article. docs/decisions.md gives what each is worth.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from assistant import sentences
from assistant.evaluation.cited_articles import Key, held_to
from assistant.protocols import EmbeddingModel, Vectors
from assistant.sheets import LegalSheet

# What the words add to a cosine: cosines of statements and articles lie within 0.15 of each other, shares of words within 1.
WORDS_WEIGHT = 0.2
# "Low" is the score below which one pair in twenty lies.
LOW = 0.05
# Decimals shown.
_DECIMALS = 3


@dataclass(frozen=True, slots=True)
class Pair:
    """What a sheet says on the strength of an article, and the article's text on the day of the sheet."""

    sheet: str
    statement: str
    key: Key
    article: str


@dataclass(frozen=True, slots=True)
class Nearness:
    """A pair measured: ``score`` of the statement and its article, ``wins`` the share of the other articles that are farther (0 to 1).

    ``sentence`` is the article's nearest one.
    """

    pair: Pair
    score: float
    wins: float
    sentence: str


@dataclass(frozen=True, slots=True)
class Measure:
    """The whole distribution. ``unread``: pairs whose article is not indexed (other codes, European regulations, decisions). ``nearer``: mean of wins."""

    pairs: int
    unread: int
    lowest: float
    low: float
    median: float
    nearer: float
    weakest: tuple[Nearness, ...]


def pairs(
    sheets: Iterable[LegalSheet], text_of: Callable[[Key, date], str | None]
) -> tuple[tuple[Pair, ...], int]:
    """Each statement of ``sheets`` with each article it rests on, and how many more rest on an article without a text."""
    found, unread = [], 0
    for sheet in sheets:
        said = {
            (statement.text, target): held_to(sheet, case)
            for case in sheet.cases
            for statement in case.statements
            for target in statement.rests_on
        }
        for (statement, target), day in said.items():
            key = (str(target.work), str(target.article))
            text = text_of(key, day)
            if text is None:
                unread += 1
            else:
                found.append(Pair(sheet.id, statement, key, text))
    return tuple(found), unread


def measure(
    found: Sequence[Pair],
    unread: int,
    embedding: EmbeddingModel,
    words: Callable[[str], Iterable[str]],
    weakest: int,
) -> Measure:
    """The distribution of the scores of ``found`` (at least two articles), with its ``weakest`` pairs, weakest first.

    Args:
        found: see ``pairs``.
        unread: see ``pairs``.
        embedding: gives the cosines.
        words: the words of a text, made comparable.
        weakest: how many pairs to give for a person to read.
    """
    articles = tuple(dict.fromkeys((pair.key, pair.article) for pair in found))
    said = tuple(dict.fromkeys(pair.statement for pair in found))
    cosines, nearest = _cosines(said, [text for _, text in articles], embedding)
    scores = cosines + WORDS_WEIGHT * _shared(said, [text for _, text in articles], words)
    row, column = (
        {text: index for index, text in enumerate(said)},
        {one: index for index, one in enumerate(articles)},
    )
    numbers = {key: number for number, key in enumerate(dict.fromkeys(key for key, _ in articles))}
    keys = np.array([numbers[key] for key, _ in articles])
    measured = []
    for pair in found:
        i, j = row[pair.statement], column[pair.key, pair.article]
        others = scores[i, keys != keys[j]]
        measured.append(
            Nearness(pair, float(scores[i, j]), float((others < scores[i, j]).mean()), nearest[i][j])
        )
    measured.sort(key=lambda one: one.score)
    values = np.array([one.score for one in measured])
    return Measure(
        pairs=len(measured),
        unread=unread,
        lowest=round(float(values[0]), _DECIMALS),
        low=round(float(np.quantile(values, LOW)), _DECIMALS),
        median=round(float(np.median(values)), _DECIMALS),
        nearer=round(float(np.mean([one.wins for one in measured])), _DECIMALS),
        weakest=tuple(measured[:weakest]),
    )


def _cosines(
    said: Sequence[str], articles: Sequence[str], embedding: EmbeddingModel
) -> tuple[Vectors, list[list[str]]]:
    """``(n_said, n_articles)`` cosines of each statement with each article's nearest sentence, and those sentences."""
    cut = [[span.of(text) for span in sentences.split(text)] for text in articles]
    vectors = embedding.embed_passages(said)
    best = np.empty((len(said), len(articles)), dtype=np.float32)
    nearest: list[list[str]] = [[] for _ in said]
    for column, several in enumerate(cut):
        near = vectors @ embedding.embed_passages(several).T
        best[:, column] = near.max(axis=1)
        for row, index in enumerate(near.argmax(axis=1)):
            nearest[row].append(several[index])
    return best, nearest


def _shared(said: Sequence[str], articles: Sequence[str], words: Callable[[str], Iterable[str]]) -> Vectors:
    """``(n_said, n_articles)`` shares, 0 to 1, of what each statement's words weigh that stands in each article; a word of every article weighs nothing."""
    held = [frozenset(words(text)) for text in articles]
    column = {word: index for index, word in enumerate(dict.fromkeys(word for one in held for word in one))}
    stands = np.zeros((len(held), len(column)), dtype=np.float32)
    for row, one in enumerate(held):
        stands[row, [column[word] for word in one]] = 1
    frequency = stands.sum(axis=0)
    shares = np.zeros((len(said), len(articles)), dtype=np.float32)
    for row, text in enumerate(said):
        used = set(words(text))
        known = [column[word] for word in used if word in column]
        weights = np.log((1 + len(held)) / (1 + frequency[known]))
        total = weights.sum() + (len(used) - len(known)) * math.log(1 + len(held))
        if total:
            shares[row] = stands[:, known] @ weights / total
    return shares
