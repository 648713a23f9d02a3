"""Vectors kept beside the index: computed once, for the texts asked last, and never trusted when the file is not whole."""

from pathlib import Path

import numpy as np

from assistant.index.kept_vectors import KeptVectors
from tests.fakes import FakeEmbedding


def _file(folder: Path) -> Path:
    (found,) = folder.glob("*.npz")
    return found


def test_what_is_kept_is_not_computed_again_and_is_the_same(tmp_path: Path) -> None:
    first, second = FakeEmbedding(), FakeEmbedding()
    queries, passages = KeptVectors(tmp_path, "essai", first).of(["partir", "être audité"], ["Le titulaire"])
    again = KeptVectors(tmp_path, "essai", second).of(
        ["être audité", "partir"], ["Le titulaire", "L'acheteur"]
    )
    assert first.asked == ["partir", "être audité", "Le titulaire"]
    assert second.asked == ["L'acheteur"]
    assert np.array_equal(again[0], queries[::-1])
    assert np.array_equal(again[1][:1], passages)


def test_the_same_words_are_two_vectors_as_query_and_as_passage(tmp_path: Path) -> None:
    embedding = FakeEmbedding()
    queries, passages = KeptVectors(tmp_path, "essai", embedding).of(["audit"], ["audit"])
    assert np.array_equal(queries, embedding.embed_queries(["audit"]))
    assert np.array_equal(passages, embedding.embed_passages(["audit"]))


def test_a_text_said_twice_has_its_row_twice(tmp_path: Path) -> None:
    queries, passages = KeptVectors(tmp_path, "essai", FakeEmbedding()).of(["audit", "prix", "audit"], [])
    assert np.array_equal(queries[0], queries[2])
    assert passages.shape == (0, FakeEmbedding().dimension)


def test_a_file_cut_off_is_made_anew(tmp_path: Path) -> None:
    KeptVectors(tmp_path, "essai", FakeEmbedding()).of(["audit"], ["prix"])
    whole = _file(tmp_path).read_bytes()
    _file(tmp_path).write_bytes(whole[: len(whole) // 2])
    embedding = FakeEmbedding()
    queries, _ = KeptVectors(tmp_path, "essai", embedding).of(["audit"], ["prix"])
    assert embedding.asked == ["audit", "prix"]
    assert np.array_equal(queries, FakeEmbedding().embed_queries(["audit"]))
    assert _file(tmp_path).read_bytes() == whole


def test_a_folder_that_cannot_be_written_costs_only_time(tmp_path: Path) -> None:
    (tmp_path / "plein").write_text("un fichier à la place du dossier", encoding="utf-8")
    queries, _ = KeptVectors(tmp_path / "plein", "essai", FakeEmbedding()).of(["audit"], [])
    assert np.array_equal(queries, FakeEmbedding().embed_queries(["audit"]))
