"""The written questions of each case as vectors that tell cases apart (``assistant.reader.nearby``), made of the hands that are learned from."""

import random
from collections.abc import Callable, Mapping, Sequence, Set

import numpy as np
from numpy.typing import NDArray

from assistant.reader.cases import Label
from assistant.reader.nearby import Nearby, turned
from assistant.sheets import Form, LegalSheet
from training.written import Written

DIMENSIONS = 37
# How much of a sphere is mixed into the spread within cases: some directions hardly vary in 40,000 questions.
SHRINK = 0.1
# Two vectors nearer than this are of one question: what rounding to bytes leaves. They are sought among those alike in their first numbers.
ONE_QUESTION, LOOKED_AT, GRAIN = 0.9995, 6, 0.025

Array = NDArray[np.float32]
Embed = Callable[[Sequence[str]], Array]


def nearby(
    written: Sequence[Written],
    labels: Sequence[Label],
    known: Mapping[str, LegalSheet],
    queries: Embed,
    passages: Embed,
) -> Nearby:
    """That of the written questions that lead to a case.

    Args:
        written: every question that is learned from.
        labels: the cases.
        known: the sheets by id.
        queries: embeds questions, ``(texts, d)``.
        passages: embeds what is said, ``(texts, d)``.
    """
    asked = [one for one in written if one.cases]
    # Whose hand comes last is far from the others of its case: in any order, a step from one to the next takes two bytes.
    random.Random(0).shuffle(asked)
    vectors, place = (
        queries([one.text for one in asked]),
        {label: number for number, label in enumerate(labels)},
    )
    of_case: list[list[int]] = [[] for _ in labels]
    for row, one in enumerate(asked):
        for label in one.cases:
            of_case[place[label]].append(row)
    said = _said(known)
    mean = vectors.mean(axis=0)
    turn = discriminant(vectors - mean, of_case)
    starts = np.cumsum([0, *(len(rows) for rows in of_case)])
    rows = np.array([row for rows in of_case for row in rows], np.intp)
    conditions = turned(passages([said[label] for label in labels]), mean, turn)
    return once(Nearby(mean, turn, turned(vectors, mean, turn), rows, starts, conditions))


def grown(
    before: Nearby,
    had: Sequence[Label],
    anew: Set[Label],
    written: Sequence[Written],
    labels: Sequence[Label],
    known: Mapping[str, LegalSheet],
    queries: Embed,
    passages: Embed,
) -> Nearby:
    """That of a reader which knew the cases ``had``, turned as it was; only the questions of the cases ``anew`` are embedded, and what they had is dropped."""
    asked, said = [one for one in written if one.cases & anew], _said(known)
    own = turned(queries([one.text for one in asked]), before.mean, before.turn)
    fresh = [label for label in labels if label in anew]
    conditions = dict(
        zip(fresh, turned(passages([said[label] for label in fresh]), before.mean, before.turn), strict=True)
    )
    of_case, place = {}, {label: number for number, label in enumerate(had)}
    for label in labels:
        if label in anew:
            of_case[label] = [
                len(before.questions) + row for row, one in enumerate(asked) if label in one.cases
            ]
        else:
            number = place[label]
            conditions[label] = before.conditions[number]
            of_case[label] = before.rows[before.starts[number] : before.starts[number + 1]].tolist()
    # Shuffled, as those of ``nearby`` are.
    kept = sorted({row for rows in of_case.values() for row in rows})
    random.Random(0).shuffle(kept)
    moved = {row: number for number, row in enumerate(kept)}
    return once(
        Nearby(
            before.mean,
            before.turn,
            np.concatenate([before.questions, own])[kept],
            np.array(
                [row for label in labels for row in sorted(moved[row] for row in of_case[label])], np.intp
            ),
            np.cumsum([0, *(len(of_case[label]) for label in labels)]),
            np.stack([conditions[label] for label in labels]),
        )
    )


def once(many: Nearby) -> Nearby:
    """The same, a question that several hands or cases have kept once: the places that led to the others lead to the first."""
    unit = many.questions / np.linalg.norm(many.questions, axis=1, keepdims=True)
    alike: dict[bytes, list[int]] = {}
    for row, key in enumerate(np.rint(unit[:, :LOOKED_AT] / GRAIN).astype(np.int8)):
        alike.setdefault(key.tobytes(), []).append(row)
    first = np.arange(len(unit))
    for rows in (np.array(rows) for rows in alike.values() if len(rows) > 1):
        # Of each, the first that is the same: itself where none before is.
        first[rows] = rows[(unit[rows] @ unit[rows].T > ONE_QUESTION).argmax(axis=1)]
    kept, place = np.unique(first, return_inverse=True)
    starts = zip(many.starts[:-1], many.starts[1:], strict=True)
    rows_ = [np.sort(place[many.rows[start:end]]) for start, end in starts]
    return Nearby(
        many.mean,
        many.turn,
        many.questions[kept],
        np.concatenate(rows_).astype(np.intp),
        many.starts,
        many.conditions,
    )


def _said(known: Mapping[str, LegalSheet]) -> dict[Label, str]:
    return {
        (sheet.id, case.id): f"{sheet.title} : {case.when}. {case.opening(Form.OTHER).text}"
        for sheet in known.values()
        for case in sheet.cases
    }


def discriminant(centred: Array, groups: Sequence[Sequence[int]], dimensions: int = DIMENSIONS) -> Array:
    """``(d, dimensions)``: the directions in which groups of rows lie apart most, for what they spread within."""
    within = np.zeros((centred.shape[1],) * 2)
    between = np.zeros_like(within)
    for rows in (rows for rows in groups if rows):
        own = centred[list(rows)]
        middle = own.mean(axis=0)
        within += (own - middle).T @ (own - middle)
        between += len(own) * np.outer(middle, middle)
    within = (1 - SHRINK) * within + SHRINK * np.trace(within) / len(within) * np.eye(len(within))
    values, vectors = np.linalg.eigh(within)
    even = vectors / np.sqrt(values) * np.sqrt(len(centred))
    _, directions = np.linalg.eigh(even.T @ between @ even)
    found: Array = (even @ directions[:, ::-1][:, :dimensions]).astype(np.float32)
    return found
