"""The vectors in memory: however their rows are shared out, the rows found and their scores are those of a plain product."""

from pathlib import Path

import numpy as np
import pytest

from assistant.index import vectors
from assistant.index.vectors import VectorIndex

DIMENSION = 24


@pytest.fixture(params=["together", "shared out"])
def index(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> VectorIndex:
    if request.param == "shared out":
        monkeypatch.setattr(vectors, "SHARED_ROWS", 10)
        monkeypatch.setattr(vectors, "processors", lambda: 3)
    monkeypatch.setattr(vectors, "NARROW_ROWS", 40)
    chance = np.random.default_rng(1)
    rows = chance.normal(size=(500, DIMENSION)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    rows[7] = rows[300]  # two that are alike: the first comes first
    made = VectorIndex(tmp_path / "vecteurs.npz", DIMENSION)
    made.synchronise(
        frozenset((1, 2)), lambda serial: (np.arange(250) + 1000 * serial, rows[250 * (serial - 1) :][:250])
    )
    return made


def expected(index: VectorIndex, vector: np.ndarray, limit: int, allowed: np.ndarray | None) -> list[int]:
    kept = index.ids if allowed is None else allowed
    rows = index._vectors[np.searchsorted(index.ids, kept)].astype(np.float32)
    return [int(id_) for id_ in kept[np.argsort(-(rows @ vector), kind="stable")[:limit]]]


@pytest.mark.parametrize("count", [0, 1, 30, 400, None])
def test_the_nearest_are_found_within_any_scope(index: VectorIndex, count: int | None) -> None:
    chance = np.random.default_rng(2)
    allowed = None if count is None else np.sort(chance.choice(index.ids, count, replace=False))
    for _ in range(2):  # the same scope again is not prepared again
        for vector in index._vectors[[7, 100, 499]].astype(np.float32):
            found = index.search(vector, 20, allowed)
            assert [id_ for id_, _ in found] == expected(index, vector, 20, allowed)
            assert [score for _, score in found] == sorted((score for _, score in found), reverse=True)


def test_another_scope_is_another_however_many_there_are(index: VectorIndex) -> None:
    vector = index._vectors[3].astype(np.float32)
    for start in range(60):
        allowed = index.ids[start : start + 25].copy()
        assert [id_ for id_, _ in index.search(vector, 5, allowed)] == expected(index, vector, 5, allowed)


def test_what_was_taken_out_is_found_no_more(index: VectorIndex) -> None:
    scope, vector = index.ids[:300], index._vectors[0].astype(np.float32)
    assert index.search(vector, 1, scope)[0][0] == index.ids[0]
    index.synchronise(
        frozenset((2,)),
        lambda serial: (np.empty(0, dtype=np.int64), np.empty((0, DIMENSION), dtype=np.float32)),
    )
    assert {id_ for id_, _ in index.search(vector, 300, scope)} == set(range(2000, 2050))


def test_rows_in_bytes_are_looked_through_again_until_none_that_was_left_out_could_be_among_the_best(
    index: VectorIndex, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = VectorIndex(tmp_path / "entier.npz", DIMENSION)
    monkeypatch.setattr(vectors, "SHARED_ROWS", 10_000)
    whole.synchronise(
        frozenset((1, 2)),
        lambda serial: (
            np.arange(250) + 1000 * serial,
            index._vectors[250 * (serial - 1) :][:250].astype(np.float32),
        ),
    )
    for name in ("_MARGIN", "_LEAST_MARGIN"):  # as if bytes told nothing of what comes after the last
        monkeypatch.setattr(vectors, name, 0)
    for vector in index._vectors[::50].astype(np.float32):
        for limit, allowed in ((1, None), (20, None), (499, None), (900, None), (20, index.ids[50:450])):
            assert index.search(vector, limit, allowed) == whole.search(vector, limit, allowed)
    assert index.search(vector, 0) == []
