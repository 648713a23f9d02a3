"""Processes that die, or are ended, in the middle of what they do: the task is told lost, another process takes the next, nobody waits."""

import os
import signal
import time
from pathlib import Path

import pytest

from assistant.cluster import WorkerLostError
from assistant.datatypes import Failure
from assistant.summaries.batch.spread import Processes
from assistant.summaries.batch.work import Outcome, Task


def do(task: Task) -> Outcome:
    """Dies, raises, gives many bytes or few, as the task is named."""
    if task.name == "meurt":
        os.kill(os.getpid(), signal.SIGKILL)
    if task.name == "échoue":
        raise ValueError("abîmé")
    if task.name == "longue":
        time.sleep(60)
    size = 20_000_000 if task.name == "grande" else 1
    return Outcome(None, Failure(task.name, "x" * size, ""))


def task(name: str) -> Task:
    return Task(Path(name), name, name)


def test_a_task_whose_process_dies_is_lost_and_the_next_is_done() -> None:
    spread = Processes(1, do)
    try:
        with pytest.raises(WorkerLostError):
            spread.submit(task("meurt")).result(60)
        with pytest.raises(ValueError, match="abîmé"):
            spread.submit(task("échoue")).result(60)
        failure = spread.submit(task("petite")).result(60).failure
        assert failure is not None
        assert failure.origin == "petite"
    finally:
        spread.close()


def test_processes_are_ended_while_they_send_what_they_did() -> None:
    spread = Processes(2, do)
    tasks = [spread.submit(task("grande")) for _ in range(200)]
    tasks[1].result(60)
    begun = time.monotonic()
    spread.close()
    assert time.monotonic() - begun < 30
    assert all(one.done() for one in tasks)
    assert any(one.cancelled() for one in tasks)


def test_a_process_is_ended_at_its_task_which_is_lost() -> None:
    spread = Processes(1, do)
    spread.submit(task("petite")).result(60)
    under_way = spread.submit(task("longue"))
    while not under_way.running():
        time.sleep(0.01)
    spread.close()
    with pytest.raises(WorkerLostError):
        under_way.result(0)
