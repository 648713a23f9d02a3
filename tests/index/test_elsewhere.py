"""Indexed by the workers of a real Dask cluster, one of them killed on the way: the index is the one that this machine makes alone."""

import os
import signal
import threading
from pathlib import Path

import numpy as np
import pytest

from assistant.documents.shelf import Shelf
from assistant.errors import OtherModelError, UsageError
from assistant.index.elsewhere import ClusterReaders
from assistant.workspace import Workspace
from tests.fakes import FakeEmbedding
from tests.summaries import made_tenders

distributed = pytest.importorskip("distributed", reason="Dask is not installed")


def folder(path: Path) -> Path:
    for seed in range(4):
        made_tenders.write(path / f"marché {seed}", seed)
    (path / "vide.pdf").write_bytes(b"")
    return path


def held(workspace: Workspace) -> dict[str, tuple[list[str], np.ndarray]]:
    """The texts of each document's passages and their vectors, by the document's id."""
    store = workspace.library.store
    serials = {source.id: serial for serial, source in store.sources_by_serial().items()}
    found = {}
    for id_, serial in serials.items():
        passages = [passage.text for _, passage in store.passages_of(serial)]
        found[id_] = (passages, store.passage_vectors(serial, workspace.embedding.dimension)[1])
    return found


@pytest.mark.models
def test_a_cluster_makes_the_index_that_this_machine_makes_and_a_worker_may_die(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # What is summarised of them after both is none of the index, and takes a second for each.
    monkeypatch.setattr(Shelf, "known", lambda *_, **__: ())
    files = folder(tmp_path / "dossiers")
    alone, spread = Workspace(tmp_path / "seul"), Workspace(tmp_path / "cluster")
    here = alone.index([files], collection="essai")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
    ) as cluster:
        victim = next(iter(cluster.workers.values())).process.pid
        dead = threading.Event()

        def kill(_: object) -> None:
            if not dead.is_set() and len(spread.library.store.serials()) >= 3:
                os.kill(victim, signal.SIGKILL)
                dead.set()

        there = spread.index([files], collection="essai", dask=cluster.scheduler_address, on_progress=kill)
    assert dead.is_set()
    assert [one.origin for one in there.added] == [one.origin for one in here.added]
    assert [one.message for one in there.failures] == [one.message for one in here.failures]
    assert len(here.failures) == 1
    expected, found = held(alone), held(spread)
    assert expected.keys() == found.keys()
    for id_, (texts, vectors) in expected.items():
        assert found[id_][0] == texts
        np.testing.assert_allclose(found[id_][1], vectors, atol=5e-3)
    question = "Quelles sont les pénalités de retard ?"
    assert [hit.passage.text for hit in spread.search(question)] == [
        hit.passage.text for hit in alone.search(question)
    ]
    alone.close()
    spread.close()


def other_embedding() -> FakeEmbedding:
    return FakeEmbedding("autre@1")


def test_a_worker_that_has_another_embedding_stops_the_run(tmp_path: Path) -> None:
    from assistant.cluster import Cluster
    from assistant.index import ingest
    from assistant.index.library import Library

    (tmp_path / "note.txt").write_text("La durée du marché est de quatre ans.", encoding="utf-8")
    with distributed.LocalCluster(
        n_workers=1, threads_per_worker=1, processes=False, dashboard_address=None
    ) as cluster:
        readers = ClusterReaders(Cluster(cluster.scheduler_address), other_embedding, FakeEmbedding())
        library = Library(tmp_path / "library")
        with pytest.raises(OtherModelError, match="autre modèle"):
            ingest.index_paths(
                library.store, readers.embedding, [tmp_path / "note.txt"], collection="essai", readers=readers
            )
        assert not library.store.serials()
        library.close()


def test_a_scheduler_that_does_not_answer_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    from assistant import cluster
    from assistant.cluster import Cluster

    monkeypatch.setattr(cluster, "ANSWERS_WITHIN", "1s")
    with pytest.raises(UsageError, match="ne répond pas"):
        Cluster("tcp://127.0.0.1:9")
