"""Killed nine times over fifty files of several formats, an index ends as an undisturbed one.

The moments come from what the killed run has written, seen in SQLite, and never from a clock: a slow machine is killed at the same places.
"""

import contextlib
import io
import random
import sqlite3
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx

from assistant.index.library import Library
from assistant.index.search import Searcher
from tests.conftest import write_rules
from tests.fakes import FakeEmbedding
from tests.index.test_ingest import contents
from tests.reading.made_files import pdf, saved, text_page

KILLS = 9
SLOW_INDEX = """
import sys, time
from pathlib import Path
from assistant.index import ingest
from assistant.index.library import Library
from tests.fakes import FakeEmbedding
ingest.BATCH = 4
class Slow(FakeEmbedding):
    def embed_passages(self, texts):
        time.sleep(0.005 * len(texts))
        return super().embed_passages(texts)
library, embedding = Library(Path(sys.argv[1])), Slow()
with library.writing():
    ingest.index_paths(library.store, embedding, [Path(sys.argv[2])], collection="essai")
    library.synchronise_words()
    library.vectors(embedding.dimension)
"""
WORDS = [
    "acheteur",
    "marché",
    "lot",
    "prix",
    "délai",
    "clause",
    "donnée",
    "serveur",
    "titulaire",
    "sécurité",
    "audit",
    "contrat",
]


def fifty_files(folder: Path) -> Path:
    """20 PDF, 12 DOCX, 10 Markdown, 4 texts, 3 files of articles, and an archive of three pieces."""
    folder.mkdir()
    chance = random.Random(7)

    def sentence() -> str:
        return " ".join(chance.choices(WORDS, k=chance.randint(6, 14))).capitalize() + "."

    def clauses(count: int) -> list[str]:
        return [
            line
            for number in range(1, count + 1)
            for line in (f"ARTICLE {number} - {chance.choice(WORDS).upper()}", sentence(), sentence())
        ]

    for number in range(20):
        (folder / f"p{number:02}.pdf").write_bytes(pdf([text_page(*clauses(3)), text_page(*clauses(2))]))
    for number in range(12):
        document = docx.Document()
        for line in clauses(4):
            document.add_paragraph(line)
        (folder / f"d{number:02}.docx").write_bytes(saved(document))
    for number in range(10):
        (folder / f"m{number:02}.md").write_text(
            "\n\n".join(f"# Titre {index}\n\n{sentence()}" for index in range(8)), encoding="utf-8"
        )
    for number in range(4):
        (folder / f"t{number}.txt").write_text("\n".join(clauses(5)), encoding="utf-8")
    for number in range(3):
        rules = [
            ("CCP", "Code", f"L{number}{index:03}", [f"Chapitre {number}"], sentence(), "2019-04-01", None)
            for index in range(25)
        ]
        write_rules(folder / f"r{number}.jsonl", rules)  # type: ignore[arg-type]
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for number in range(3):
            archive.writestr(zipfile.ZipInfo(f"pieces/{number}.pdf"), pdf([text_page(*clauses(3))]))
    (folder / "dce.zip").write_bytes(buffer.getvalue())
    assert len(list(folder.iterdir())) == 50
    return folder


def counted(database: Path, table: str) -> int:
    """Rows of a table that another process writes; 0 while there is none."""
    with (
        contextlib.suppress(sqlite3.OperationalError),
        contextlib.closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection,
    ):
        return int(connection.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0])
    return 0


def killed_when(process: "subprocess.Popen[bytes]", reached: Callable[[], bool]) -> bool:
    """Kills a process as soon as ``reached``; false when it ended first."""
    while not reached():
        if process.poll() is not None:
            return False
        time.sleep(0.002)
    process.kill()
    return process.wait() != 0


def test_killed_nine_times_over_fifty_files_the_index_ends_as_an_undisturbed_one(tmp_path: Path) -> None:
    files = fifty_files(tmp_path / "fichiers")
    root = Path(__file__).resolve().parents[2]

    def run(name: str) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            [sys.executable, "-c", SLOW_INDEX, str(tmp_path / name), str(files)], cwd=root
        )

    calm_run = run("calme")
    chance, database, killed = random.Random(11), tmp_path / "agite" / "library.sqlite", 0
    for number in range(KILLS):
        # In turn: after some documents, in the middle of the vectors of one, and as soon as batches are planned.
        table, more = (("document", chance.randint(1, 3)), ("vector", chance.randint(1, 30)), ("batch", 1))[
            number % 3
        ]
        before = 0 if table == "batch" else counted(database, table)
        killed += killed_when(
            run("agite"), lambda table=table, wanted=before + more: counted(database, table) >= wanted
        )  # type: ignore[misc]
    assert calm_run.wait(timeout=120) == 0
    assert counted(database, "document") < 52
    assert run("agite").wait(timeout=120) == 0
    assert killed == KILLS
    calm, shaken = Library(tmp_path / "calme"), Library(tmp_path / "agite")
    assert calm.store.counts()["document"] == 52
    assert contents(calm) == contents(shaken)
    assert sorted(calm.store.metadata(held.source.id) for held in calm.store.held()) == sorted(
        shaken.store.metadata(held.source.id) for held in shaken.store.held()
    )
    embedding = FakeEmbedding()
    found = [
        [
            (hit.passage.text, round(hit.score, 5))
            for hit in Searcher(one, embedding).search("clause de sécurité des données", limit=30)
        ]
        for one in (calm, shaken)
    ]
    assert sorted(found[0]) == sorted(found[1])
