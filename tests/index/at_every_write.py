"""Indexes a second document while the disk fails at each of its writes in turn; one line of JSON each, on standard output.

Run with ``tests/failing_disk.c`` loaded before the C library: ``python -m tests.index.at_every_write FOLDER NUMBER FIRST STEP``. What fails is a process of its own, forked
from one that has imported everything, what is imported at its first use too, and knows whether this machine has a Tesseract.
"""

import ctypes
import json
import os
import shutil
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy.ma  # noqa: F401

from assistant.errors import LibraryError
from assistant.index import ingest
from assistant.index.library import Library
from assistant.index.vectors import VectorIndex
from assistant.reader import titles  # noqa: F401
from assistant.reading import looks, ocr  # noqa: F401
from tests.fakes import FakeEmbedding

EMBEDDING = FakeEmbedding()
# More writes than this takes: a trial that never goes through is a mistake of the test.
MOST = 1_000
WORDS = ("pelouse", "toiture")


def indexed(home: Path, words: tuple[str, ...]) -> dict[str, Any]:
    """Indexes a document of each word, words and vectors too."""
    library = Library(home / "library")
    with library.writing():
        paths = [home / f"{word}.txt" for word in words]
        ingest.index_paths(library.store, EMBEDDING, paths, collection="essai")
        library.synchronise_words()
        library.vectors(EMBEDDING.dimension)
    library.close()
    return {}


def found(home: Path) -> dict[str, Any]:
    """What an index holds once it is open again: documents, whether SQLite finds it sound, passages by word, vectors."""
    library = Library(home / "library")
    library.synchronise_words()
    passages, _ = library.vectors(EMBEDDING.dimension)
    assert isinstance(passages, VectorIndex)
    held = {
        "sound": library.store.check(),
        "documents": sorted(one.source.title for one in library.store.held()),
        "words": [len(library.words.search(word, 5)) for word in WORDS],
        "vectors": len(passages.ids),
    }
    library.close()
    return held


def apart(act: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """What ``act`` gives in a forked process; else the words of its failure, or which signal killed it."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            said: dict[str, Any] = act()
        except LibraryError as error:
            said = {"said": error.message, "hint": error.hint}
        except BaseException as error:  # a panic of Rust's is no Exception
            said = {"trace": f"{type(error).__name__}: {error}"}
        os.write(writing, json.dumps(said).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as told:
        text = told.read()
    _, status = os.waitpid(child, 0)
    return json.loads(text) if text else {"killed": os.WTERMSIG(status)}


def failing(home: Path, at: int, number: int) -> dict[str, Any]:
    """Indexes the second document on a disk that fails; how many writes there were once it is ``done``."""
    disk = ctypes.CDLL(None)
    disk.disk_fails(os.fsencode(home / "library"), at, number)
    indexed(home, WORDS)
    return {"done": disk.disk_steps()}


def after(home: Path) -> dict[str, Any]:
    """What is ``left``, and what is there ``then``, once the same is done on a disk that works."""
    left = found(home)
    indexed(home, WORDS)
    return {"left": left, "then": found(home)}


def main(folder: Path, number: int, first: int, step: int) -> None:
    ocr.program()
    before = folder / "avant"
    before.mkdir()
    for word in WORDS:
        (before / f"{word}.txt").write_text(f"Le marché porte sur la {word} de la ville.", encoding="utf-8")
    apart(partial(indexed, before, WORDS[:1]))
    for at in range(first, MOST, step):
        home = folder / "essai"
        shutil.copytree(before, home)
        tried = apart(partial(failing, home, at, number))
        print(json.dumps({"tried": tried, **apart(partial(after, home))}), flush=True)
        shutil.rmtree(home)
        if tried.get("done", at) < at:
            return


if __name__ == "__main__":
    main(Path(sys.argv[1]), *map(int, sys.argv[2:]))
