"""The indexes derived from the store, on a disk that fails: it is said in words, nothing is lost, and the next try finds everything."""

import errno
from functools import partial
from pathlib import Path

import pytest

from assistant.errors import LibraryError
from assistant.index import ingest
from assistant.index.library import Library
from assistant.index.vectors import VectorIndex
from assistant.index.words import WordIndex
from tests.failing_disk import FailingDisk
from tests.fakes import FakeEmbedding
from tests.test_faults import MOST, is_said

EMBEDDING = FakeEmbedding()


def filled(folder: Path) -> Library:
    """Two documents in the store, and nothing derived of them yet."""
    library = Library(folder / "library")
    for name in ("pelouse", "toiture"):
        (folder / f"{name}.txt").write_text(f"Le marché porte sur la {name} de la ville.", encoding="utf-8")
        ingest.index_paths(library.store, EMBEDDING, [folder / f"{name}.txt"], collection="essai")
    return library


def derive(library: Library) -> None:
    library.synchronise_words()
    library.vectors(EMBEDDING.dimension)


def found(library: Library) -> tuple[int, int, int]:
    """How many passages each word finds, and how many vectors there are."""
    passages, _ = library.vectors(EMBEDDING.dimension)
    assert isinstance(passages, VectorIndex)
    return (
        len(library.words.search("pelouse", 5)),
        len(library.words.search("toiture", 5)),
        len(passages.ids),
    )


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO], ids=errno.errorcode.get)
def test_each_write_of_what_is_derived_fails_in_turn_is_said_and_the_next_try_finds_everything(
    tmp_path: Path, number: int
) -> None:
    said = 0
    for at in range(1, MOST):
        folder = tmp_path / str(at)
        folder.mkdir()
        library = filled(folder)
        with FailingDisk(folder / "library", at, number) as disk:
            said += is_said(partial(derive, library))
        if not disk.failed:
            break
        library.close()
        again = Library(folder / "library")
        derive(again)
        assert found(again) == (1, 1, 2)
        again.store.remove_origin(str(folder / "pelouse.txt"), "essai")
        derive(again)
        assert found(again) == (0, 1, 1)
        again.close()
    assert said > 3


@pytest.mark.parametrize(
    "fault",
    [
        OSError(errno.ENOSPC, "No space left on device"),
        ValueError("IoError: No space left on device (os error 28)"),
    ],
    ids=["of the system", "of tantivy"],
)
def test_a_full_disk_is_said_of_the_words_and_of_the_vectors(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    library = filled(tmp_path)

    def full(*_: object, **__: object) -> None:
        raise fault

    monkeypatch.setattr(WordIndex, "synchronise", full)
    monkeypatch.setattr(VectorIndex, "synchronise", full)
    for derived in (library.synchronise_words, partial(library.vectors, EMBEDDING.dimension)):
        with pytest.raises(LibraryError, match="Le disque est plein : les documents sont indexés") as caught:
            derived()
        assert "Libérez de la place" in caught.value.hint
    library.close()


def test_a_note_that_was_cut_hides_no_document_that_is_gone_and_no_collection_that_changed(
    tmp_path: Path,
) -> None:
    """The disk was full as the notes of the word index were written; then one document left, and the other went to another collection."""
    library = filled(tmp_path)
    derive(library)
    for note in ("filed.json", "words/held.json", "questions/held.json"):
        (tmp_path / "library" / note).write_text("[1", encoding="utf-8")
    library.store.remove_origin(str(tmp_path / "pelouse.txt"), "essai")
    path = tmp_path / "toiture.txt"
    ingest.index_paths(library.store, EMBEDDING, [path], collection="autre")
    library.store.remove_origin(str(path), "essai")
    derive(library)
    assert found(library) == (0, 1, 1)
    assert [len(library.words.search("toiture", 5, collections=(name,))) for name in ("essai", "autre")] == [
        0,
        1,
    ]
    library.close()


def test_a_fault_that_is_none_of_the_disk_s_is_not_taken_for_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = filled(tmp_path)

    def wrong(*_: object, **__: object) -> None:
        raise ValueError("dimension")

    monkeypatch.setattr(WordIndex, "synchronise", wrong)
    with pytest.raises(ValueError, match="dimension"):
        library.synchronise_words()
    library.close()
