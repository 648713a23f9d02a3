"""A question and an addition at once, threads of one server over one index: found by ten people at work for half an hour."""

import os
import threading
import time
from pathlib import Path

import numpy as np
import pytest

from assistant.index import ingest
from assistant.index.library import Library
from assistant.index.search import Searcher
from assistant.index.store import Store
from assistant.index.vectors import read_arrays, write_arrays
from tests.conftest import write_rules
from tests.fakes import FakeEmbedding


def test_arrays_written_by_several_threads_at_once_are_whole(tmp_path: Path) -> None:
    """The name of what is half written was that of the process: one thread moved away, or wrote over, what the other was writing."""
    path, failures = tmp_path / "vectors.npz", list[BaseException]()

    def write(number: int) -> None:
        try:
            for _ in range(60):
                write_arrays(
                    path, ids=np.full(4_000, number), vectors=np.full((400, 8), number, dtype=np.float32)
                )
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        if path.exists():
            arrays = read_arrays(path, ("ids", "vectors"))
            assert arrays is not None
            assert set(arrays[0].tolist()) == set(arrays[1].ravel().tolist())
    for thread in threads:
        thread.join()
    assert failures == []
    assert list(tmp_path.iterdir()) == [path]


def test_a_document_that_comes_while_the_list_is_made_breaks_nothing(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ingest.index_paths(
        library.store, FakeEmbedding(), [write_rules(tmp_path / "regles.jsonl")], collection="essai"
    )
    before = library.store.held()
    listed = Store.sources_by_serial

    def late(self: Store, only: object = None) -> object:
        monkeypatch.setattr(Store, "sources_by_serial", listed)
        other = tmp_path / "contrat.txt"
        other.write_text("Article 1 - Objet\n\nLe marché a pour objet la maintenance.\n", encoding="utf-8")
        ingest.index_paths(library.store, FakeEmbedding(), [other], collection="essai")
        return listed(self, only)  # type: ignore[arg-type]

    monkeypatch.setattr(Store, "sources_by_serial", late)
    assert library.store.held() == before
    assert len(library.store.held()) == len(before) + 1


def test_a_question_and_an_addition_bring_the_words_up_to_date_one_after_the_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """tantivy lets one write at a time and refuses the other at once: the addition failed, and the page showed a path of the server."""
    first, second = Library(tmp_path / "library"), Library(tmp_path / "library")
    ingest.index_paths(
        first.store, FakeEmbedding(), [write_rules(tmp_path / "regles.jsonl")], collection="essai"
    )
    writing, failures = threading.Event(), list[BaseException]()
    passages = Library._passages

    def slow(self: Library, *given: object) -> object:
        writing.set()
        time.sleep(0.3)
        return passages(self, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(Library, "_passages", slow)

    def synchronise(library: Library) -> None:
        try:
            library.synchronise_words()
        except BaseException as error:
            failures.append(error)

    asking = threading.Thread(target=synchronise, args=(first,))
    asking.start()
    assert writing.wait(30)
    synchronise(second)
    asking.join()
    assert failures == []
    assert first.words.held == second.words.held == second.store.serials()
    first.close()
    second.close()


def test_what_a_killed_writer_left_goes_and_what_one_at_work_writes_stays(tmp_path: Path) -> None:
    path, left, at_work = (tmp_path / name for name in ("a.npz", "a.npz.0a.tmp", "a.npz.0b.tmp"))
    for half in (left, at_work):
        half.write_bytes(b"PK")
    os.utime(left, (0, 0))
    write_arrays(path, ids=np.arange(3))
    assert sorted(tmp_path.iterdir()) == [path, at_work]


def test_several_search_at_once_while_a_document_comes_and_goes_and_each_sees_one_state(
    library: Library, tmp_path: Path
) -> None:
    ingest.index_paths(
        library.store, FakeEmbedding(), [write_rules(tmp_path / "regles.jsonl")], collection="essai"
    )
    other = tmp_path / "contrat.txt"
    other.write_text("Article 1 - Objet\n\nLa maintenance des logiciels de la défense.\n", encoding="utf-8")
    searcher, ended = Searcher(library, FakeEmbedding()), threading.Event()
    found, failures = set[tuple[str, ...]](), list[BaseException]()

    def seen() -> tuple[str, ...]:
        return tuple(hit.passage.text for hit in searcher.search("maintenance de la défense", limit=30))

    def ask() -> None:
        try:
            while not ended.is_set():
                found.add(seen())
        except BaseException as error:
            failures.append(error)

    without = seen()
    threads = [threading.Thread(target=ask, daemon=True) for _ in range(3)]
    for thread in threads:
        thread.start()
    for _ in range(4):
        ingest.index_paths(library.store, FakeEmbedding(), [other], collection="essai")
        together = seen()
        assert any("logiciels" in text for text in together)
        library.store.remove(library.store.held()[-1].source.id)
        assert seen() == without
    ended.set()
    for thread in threads:
        thread.join()
    assert failures == []
    # Between the moment that a document goes and the next look, a search finds what is left of the state that it began with.
    assert {tuple(text for text in one if "logiciels" not in text) for one in found} == {without}
