"""The index and what is derived of it, on a disk that fails at every write that SQLite, tantivy or NumPy make, and killed at each: nothing lost, no trace of a fault.

``tests/test_faults.py`` has what this program's own code writes; here libraries write, so that the C library is where it fails (``tests/failing_disk.c``).
"""

import errno
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.failing_disk import KILLED

# What is there before: a document, its words, its vector. And what is there once the second one is indexed.
BEFORE = {"sound": True, "documents": ["pelouse"], "words": [1, 0], "vectors": 1}
WHOLE = {"sound": True, "documents": ["pelouse", "toiture"], "words": [1, 1], "vectors": 2}


@pytest.fixture(scope="module")
def library_that_fails(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """``failing_disk.c``, compiled."""
    made = tmp_path_factory.mktemp("disk") / "failing_disk.so"
    subprocess.run(
        ["cc", "-shared", "-fPIC", "-O1", "-o", made, ROOT / "tests" / "failing_disk.c", "-ldl"], check=True
    )
    return made


def trials(folder: Path, disk: Path, number: int, first: int, step: int) -> list[dict[str, Any]]:
    ran = subprocess.run(
        [sys.executable, "-m", "tests.index.at_every_write", str(folder), *map(str, (number, first, step))],
        cwd=ROOT,
        env=os.environ | {"LD_PRELOAD": str(disk), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    return [json.loads(line) for line in ran.stdout.splitlines()]


# Each write fails once, by turns of both errors, and is killed once.
@pytest.mark.parametrize(
    ("number", "first", "step"),
    [(errno.EIO, 1, 2), (errno.ENOSPC, 2, 2), (KILLED, 1, 1)],
    ids=["EIO", "ENOSPC", "killed"],
)
def test_at_every_write_of_libraries_nothing_is_lost_it_is_said_and_the_second_try_works(
    tmp_path: Path, library_that_fails: Path, number: int, first: int, step: int
) -> None:
    tried = trials(tmp_path, library_that_fails, number, first, step)
    assert len(tried) > 100 / step
    assert "done" in tried[-1]["tried"]
    for trial in tried:
        assert trial["left"] in (BEFORE, WHOLE)
        assert trial["then"] == WHOLE
        if number == KILLED:
            assert trial["tried"].get("killed") == signal.SIGKILL or trial is tried[-1]
        elif (
            "done" not in trial["tried"]
        ):  # what is made again, or asked of the system and not needed, may fail
            assert "Errno" not in trial["tried"]["said"]
            assert "os error" not in trial["tried"]["said"]
            assert trial["tried"]["hint"]
    if number == errno.ENOSPC:
        assert sum("Le disque est plein" in trial["tried"].get("said", "") for trial in tried) > 100 / step
