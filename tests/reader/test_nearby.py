"""The written questions beside the reader: one that several hands or cases have is kept once, and is as near as before."""

import numpy as np

from assistant.reader.nearby import Nearby
from training.nearby import once


def test_a_question_of_several_cases_is_kept_once() -> None:
    drawn = np.random.default_rng(0).normal(size=(5, 37)).astype(np.float32)
    same = drawn[1] * np.float32(1.0001)
    questions = np.stack([drawn[0], drawn[1], drawn[2], same, drawn[3], drawn[4]])
    many = Nearby(
        np.zeros(37, np.float32),
        np.eye(37, dtype=np.float32),
        questions,
        np.array([0, 1, 2, 3, 4, 5], np.intp),
        np.array([0, 2, 4, 6], np.intp),
        drawn[:3],
    )
    kept = once(many)
    assert len(kept.questions) == 5
    assert kept.starts.tolist() == [0, 2, 4, 6]
    for case in range(3):
        before, after = (
            one.questions[one.rows[one.starts[case] : one.starts[case + 1]]] for one in (many, kept)
        )
        assert np.allclose(np.sort(before @ drawn[1]), np.sort(after @ drawn[1]), atol=1e-2)
