"""Killed eight times over a hundred documents, a batch ends as an undisturbed one; so it does when a worker of a Dask cluster dies.

The moments come from what the killed run has written, never from a clock.
"""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from assistant.workspace import Workspace
from tests.summaries import made_tenders

KILLS = 8
RUN = """
import sys
from pathlib import Path
from assistant.workspace import Workspace
if __name__ == "__main__":
    workspace = Workspace(Path(sys.argv[3]))
    report, files = workspace.summarise([Path(sys.argv[1])], Path(sys.argv[2]), permitted=frozenset(), jobs=int(sys.argv[4]), review=True)
    workspace.close()
"""
ROOT = Path(__file__).resolve().parents[2]


def hundred_documents(folder: Path) -> Path:
    """Twenty tenders of five pieces, in five formats; one has contradictions, one a file that cannot be read."""
    for seed in range(20):
        made_tenders.write(folder / f"marché {seed:02}", seed, ("duree_initiale",) if seed == 3 else ())
    (folder / "marché 00" / "abîmé.pdf").write_bytes(b"%PDF-1.7\nnothing")
    return folder


def results(out: Path) -> dict[str, bytes]:
    return {str(path.relative_to(out)): path.read_bytes() for path in sorted(out.rglob("*.json"))}


def waiting(out: Path) -> int:
    folder = out / ".fiches"
    return (
        sum(1 for path in folder.iterdir() if path.suffix == ".json" and not path.name.startswith("."))
        if folder.is_dir()
        else 0
    )


def begun(tmp_path: Path, files: Path, name: str, jobs: int = 1) -> "subprocess.Popen[bytes]":
    script = tmp_path / "run.py"
    script.write_text(RUN, encoding="utf-8")
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    command = [
        sys.executable,
        str(script),
        str(files),
        str(tmp_path / name),
        str(tmp_path / "home"),
        str(jobs),
    ]
    return subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE)


def test_killed_eight_times_over_a_hundred_documents_a_batch_ends_as_an_undisturbed_one(
    tmp_path: Path,
) -> None:
    files = hundred_documents(tmp_path / "dossiers")
    calm = begun(tmp_path, files, "calme")
    chance, out, killed = random.Random(5), tmp_path / "agité", 0
    for number in range(KILLS):
        wanted = waiting(out) + chance.randint(1, 4)
        process = begun(tmp_path, files, "agité", jobs=1 + number % 2)
        while waiting(out) < wanted and process.poll() is None:
            time.sleep(0.002)
        if process.poll() is None:
            process.kill()
            killed += process.wait() == -signal.SIGKILL
    assert killed == KILLS
    assert waiting(out) < 100
    assert begun(tmp_path, files, "agité", jobs=2).wait(timeout=240) == 0
    assert calm.wait(timeout=240) == 0
    assert results(out) == results(tmp_path / "calme")
    assert len([name for name in results(out) if name.endswith(".consultation.json")]) == 20


LEAVING = """
import os, time
from assistant.summaries.batch import spread, work
if __name__ == "__main__":
    spread._begin(os.getppid())
    threads = work._shared_readers()._threads
    threads.submit(time.sleep, 60)
    print("ready", flush=True)
    threads.shutdown(wait=True)
"""


def test_a_worker_told_to_leave_while_it_waits_for_its_threads_leaves(tmp_path: Path) -> None:
    """At the end of a batch a worker that was already leaving by itself waited for ever, and the command with it."""
    script = tmp_path / "leaving.py"
    script.write_text(LEAVING, encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, str(script)], env=os.environ | {"PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"ready\n"
    time.sleep(0.2)
    process.terminate()
    try:
        assert process.wait(timeout=20) == 0
    finally:
        process.kill()


def test_a_worker_of_a_cluster_dies_in_the_middle_and_the_results_are_the_same(tmp_path: Path) -> None:
    distributed = pytest.importorskip("distributed", reason="Dask is not installed")
    files = tmp_path / "dossiers"
    for seed in range(8):
        made_tenders.write(files / f"marché {seed}", seed)
    calm = begun(tmp_path, files, "calme")
    with distributed.LocalCluster(
        n_workers=3, threads_per_worker=1, processes=True, dashboard_address=None
    ) as cluster:
        out = tmp_path / "cluster"
        victim = next(iter(cluster.workers.values())).process.pid
        dead: list[int] = []

        def kill() -> None:
            while waiting(out) < 6:
                time.sleep(0.005)
            os.kill(victim, signal.SIGKILL)
            dead.append(waiting(out))

        killer = threading.Thread(target=kill, daemon=True)
        killer.start()
        workspace = Workspace(tmp_path / "home")
        report, _ = workspace.summarise(
            [files], out, permitted=frozenset(), dask=cluster.scheduler_address, review=True
        )
        workspace.close()
        killer.join(timeout=10)
    assert dead
    assert dead[0] < 40
    assert (len(report.documents), report.failures) == (40, ())
    assert calm.wait(timeout=120) == 0
    assert results(out) == results(tmp_path / "calme")
