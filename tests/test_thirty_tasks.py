"""The thirty tasks of the documentation are those that are done in Chromium (``bench/tasks.py``), word for word."""

import re

from bench.tasks import TASKS
from tests.conftest import ROOT


def test_the_tasks_that_are_told_are_those_that_are_done() -> None:
    told = (ROOT / "docs" / "trente-taches.md").read_text(encoding="utf-8")
    listed = re.findall(r"^(\d+)\. (.+)$", told, re.MULTILINE)
    assert [(int(number), put) for number, put in listed] == [
        (at, put) for at, (put, _) in enumerate(TASKS, 1)
    ]
    assert len(TASKS) == 30
