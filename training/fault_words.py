"""What words say of a fault (``assistant.reader.fault_words``), learned from labelled extracts: a logistic regression for each class."""

from collections.abc import Sequence

import numpy as np

from assistant.reader.clauses import LAWFUL, WHETHER
from assistant.reader.fault_words import PLACES, FaultWords, places

# How freely the weights move: 8 to 128 give the same to a hundredth on hands left out.
FREEDOM = 32.0
# What ordinary prose weighs beside the extracts of hands: more of it hides faults told beside what is lawful (`docs/decisions.md`).
ORDINARY_WEIGHT = 0.3


def learn(texts: Sequence[str], whether: Sequence[int], ordinary: Sequence[str] = ()) -> FaultWords:
    """From extracts and the class of each, and from the prose of ordinary pieces, which is lawful.

    Whole extracts alone: with their innocent sentences it tells less (an area of 0.918 for 0.942).
    """
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression

    found = [places(text) for text in (*texts, *ordinary)]
    lengths = np.array([len(row) for row in found])
    signs = csr_matrix(
        (
            np.repeat(1 / np.sqrt(np.maximum(lengths, 1)), lengths),
            np.concatenate(found),
            np.concatenate(([0], np.cumsum(lengths))),
        ),
        shape=(len(found), PLACES),
    )
    classes = np.array([*whether, *[LAWFUL] * len(ordinary)])
    weights = np.array([1.0] * len(texts) + [ORDINARY_WEIGHT] * len(ordinary))
    fitted = [
        LogisticRegression(C=FREEDOM, solver="liblinear", max_iter=200).fit(signs, classes == one, weights)
        for one in range(WHETHER)
    ]
    return FaultWords(
        np.array([one.coef_[0] for one in fitted], np.float32),
        np.array([one.intercept_[0] for one in fitted], np.float32),
    )
