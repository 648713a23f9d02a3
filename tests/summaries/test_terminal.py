"""What a person sees in a terminal while a batch runs: how much is done, at what speed, and how long is left."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.summaries import made_tenders

ROOT = Path(__file__).resolve().parents[2]
TENDERS, PIECES = 12, 5
_CONTROL = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


def seen(command: list[str], environment: dict[str, str]) -> tuple[int, str]:
    """The exit code, and all that a terminal of 200 columns was sent."""
    pty = pytest.importorskip("pty", reason="no pseudo-terminal here")
    main, side = pty.openpty()
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment | {"COLUMNS": "200", "TERM": "xterm"},
        stdin=side,
        stdout=side,
        stderr=side,
    )
    os.close(side)
    shown = b""
    while True:
        try:
            part = os.read(main, 65536)
        except OSError:  # Linux ends the reading of a closed terminal so
            break
        if not part:
            break
        shown += part
    os.close(main)
    return process.wait(timeout=120), _CONTROL.sub("", shown.decode("utf-8", "replace"))


def test_the_terminal_shows_what_is_done_the_pages_a_second_and_the_time_left(tmp_path: Path) -> None:
    for seed in range(TENDERS):
        made_tenders.write(tmp_path / "dossiers" / f"marché {seed:02}", seed)
    command = [
        sys.executable,
        "-m",
        "assistant",
        "summarise",
        str(tmp_path / "dossiers"),
        "--out",
        str(tmp_path / "out"),
        "--no-model",
        "--jobs",
        "1",
    ]
    code, shown = seen(
        command, os.environ | {"ASSISTANT_HOME": str(tmp_path / "home"), "PYTHONPATH": str(ROOT)}
    )
    assert code == 0
    assert f"{TENDERS * PIECES}/{TENDERS * PIECES}" in shown
    assert re.search(rf"\d+/{TENDERS * PIECES} \d:\d\d:\d\d", shown)
    assert re.search(r"\d+,\d pages/s", shown)
    assert f"{TENDERS * PIECES} documents (0 déjà résumés), {TENDERS} consultations, 0 en échec" in shown


def test_the_jobs_that_are_asked_for_do_the_work_and_give_the_same_results(tmp_path: Path) -> None:
    made_tenders.write(tmp_path / "dce", 3)
    results = []
    for jobs in ("1", "3"):
        out = tmp_path / f"out{jobs}"
        command = [
            sys.executable,
            "-m",
            "assistant",
            "summarise",
            str(tmp_path / "dce"),
            "--out",
            str(out),
            "--no-model",
            "--format",
            "json",
            "--jobs",
            jobs,
        ]
        environment = os.environ | {"ASSISTANT_HOME": str(tmp_path / "home"), "PYTHONPATH": str(ROOT)}
        subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)
        results.append({path.name: path.read_bytes() for path in out.rglob("*.json")})
    assert results[0] == results[1]
    assert len(results[0]) > PIECES
