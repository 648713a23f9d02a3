"""Hundreds of hostile files, indexed in one run as a user would: the run ends, each file is accounted for, nothing is written but the index."""

import itertools
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from assistant.datatypes import Failure, Progress
from assistant.index import ingest
from assistant.index.library import Library
from assistant.reading import own_folder
from tests.fakes import FakeEmbedding

from .made_hostile import NAMES, all_cases

CASES = all_cases()
# A reader that crashes or breaks is a mistake of ours, even though the run goes on.
OURS = ("a fait planter", "en défaut", "demande trop de mémoire", "n'a pas pu être lu en")


class Run(NamedTuple):
    folder: Path
    report: ingest.Report
    texts: dict[str, str]
    seconds: float
    longest: float
    written: frozenset[str]

    def failures(self, name: str) -> list[Failure]:
        return [failure for failure in self.report.failures if self._of(failure.origin, name)]

    def documents(self, name: str) -> list[str]:
        return [
            *(one.origin for one in self.report.added if self._of(one.origin, name)),
            *(one for one in self.report.unchanged if self._of(one, name)),
        ]

    def _of(self, origin: str, name: str) -> bool:
        return origin.startswith(f"{self.folder / name}{os.sep}")


# What an archive holds goes through folders of this name, each erased when it was read.
OPENED = str(Path(tempfile.gettempdir()) / own_folder.PREFIX)


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    home, folder = tmp_path_factory.mktemp("maison"), tmp_path_factory.mktemp("hostiles").resolve()
    for case in CASES:
        (folder / case.id).mkdir()
        (folder / case.id / case.name).write_bytes(case.data)
    written: set[str] = set()
    watching = True

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        if not watching or not arguments or isinstance(arguments[0], int):
            return  # an open file given by its number is no new one
        writes = (
            event == "open"
            and isinstance(arguments[2], int)
            and arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
        )
        if writes or event in ("os.mkdir", "os.symlink", "os.link", "os.rename"):
            written.add(str(arguments[0]))

    sys.addaudithook(watch)
    moments = [time.monotonic()]
    library = Library(home)
    report = ingest.index_paths(
        library.store,
        FakeEmbedding(),
        [folder],
        collection="essai",
        on_progress=lambda _: moments.append(time.monotonic()),
    )
    watching = False
    texts = {
        origin: library.store.document(held.source.id).text
        for held in library.store.held()
        for origin in held.origins
    }
    longest = max(later - earlier for earlier, later in itertools.pairwise(moments))
    yield Run(
        folder,
        report,
        texts,
        moments[-1] - moments[0],
        longest,
        frozenset(path for path in written if not path.startswith((str(home), "/dev/", OPENED))),
    )
    library.close()


def test_there_are_at_least_three_hundred_cases():
    assert len(CASES) >= 300
    assert len({case.id for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_each_hostile_file_is_accounted_for(case, run: Run):
    failures, documents = run.failures(case.id), run.documents(case.id)
    skipped = [
        origin for origin in run.report.skipped if origin.startswith(f"{run.folder / case.id}{os.sep}")
    ]
    assert (
        failures
        or documents
        or skipped
        or (case.wanted == "any" and case.name.endswith((".zip", ".tar", ".tgz")))
    ), "lost without a word"
    if case.wanted == "refused":
        assert failures
    if case.wanted == "read":
        assert documents
        assert not failures
    for failure in failures:
        assert "« " in failure.message
        assert failure.message.rstrip()[-1] in ".!?"
        assert not any(words in failure.message for words in OURS), failure.message
        assert "/etc/passwd" not in failure.message


def test_nothing_is_written_but_the_index(run: Run):
    assert run.written == frozenset()


def test_nothing_of_the_machine_comes_in(run: Run):
    assert not any("root:x:" in text or "root:" in text for text in run.texts.values())
    assert not any(
        "hors" in origin.rpartition("› ")[2] and ".." in origin.rpartition("› ")[2] for origin in run.texts
    )


def test_no_file_takes_a_minute(run: Run):
    assert run.longest < 60


def test_the_good_members_beside_the_bad_ones_are_read(run: Run):
    good = [case for case in CASES if case.id.startswith(("path-", "tar-", "zip-"))]
    for case in good:
        assert any(origin.endswith("bon.txt") for origin in run.documents(case.id)), case.id


def test_paths_that_lead_out_are_refused(run: Run):
    for case in CASES:
        if case.id.startswith(("path-zip", "path-tar")) and not case.id.endswith(("-14", "-13")):
            assert len(run.failures(case.id)) == 1, case.id


@pytest.mark.parametrize("number", range(len(NAMES)))
@pytest.mark.parametrize("encoding", ["cp850", "cp437", "cp1252", "utf-8"])
def test_names_in_old_encodings_read_as_french(number, encoding, run: Run):
    (origin,) = run.documents(f"name-{number}-{encoding}")
    if NAMES[number].encode(encoding, errors="replace").decode(encoding) == NAMES[number]:
        assert origin.rpartition("› ")[2] == NAMES[number]


def test_the_ten_thousand_pages_are_ten_thousand(run: Run):
    assert [one.pages for one in run.report.added if one.origin.endswith("pages.pdf")] == [10_000]


def test_the_run_as_a_whole(run: Run):
    kinds = Counter(failure.message.split(" » ")[-1][:40] for failure in run.report.failures)
    assert len(kinds) >= 8  # they are told apart
    last = Progress("lecture", len(CASES), len(CASES))
    assert last.done == len(CASES)
