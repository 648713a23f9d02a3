"""The program as it is run by its users: a command in a process of its own, its memory and its children watched from outside."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.settings import load

ROOT = Path(__file__).resolve().parents[2]
# How often memory is looked at: what a process takes for less time is not seen.
LOOKED_EVERY = 0.2


@dataclass(frozen=True)
class Ran:
    """A command that ended: ``code`` is its exit code; ``peaks`` the most that the command and that one of its children held, in MiB."""

    code: int
    out: str
    err: str
    seconds: float
    peaks: tuple[float, float]


def home_in(folder: Path) -> Path:
    """An empty home that has this machine's models."""
    home = folder / "maison"
    home.mkdir(parents=True)
    (home / "models").symlink_to(load().models)
    return home


def start(
    home: Path, arguments: Sequence[object], environment: Mapping[str, str] | None = None, **options: object
) -> "subprocess.Popen[bytes]":
    """Begins ``assistant --home HOME ARGUMENTS``."""
    command = [
        sys.executable,
        "-m",
        "assistant",
        "--home",
        str(home),
        *(os.fspath(one) if isinstance(one, os.PathLike) else str(one) for one in arguments),
    ]
    path = os.pathsep.join(part for part in (str(ROOT), os.environ.get("PYTHONPATH", "")) if part)
    return subprocess.Popen(
        command, env=os.environ | {"PYTHONPATH": path} | dict(environment or {}), **options
    )  # type: ignore[call-overload]


def run(
    home: Path,
    arguments: Sequence[object],
    *,
    seconds: float,
    cwd: Path | None = None,
    environment: Mapping[str, str] | None = None,
) -> Ran:
    """Runs a command to its end; after ``seconds`` it is killed, which its negative ``code`` says."""
    begun = time.monotonic()
    process = start(home, arguments, environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=cwd)
    with Watched(process.pid) as watched:
        try:
            out, err = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            end(process)
            out, err = process.communicate()
    text = [said.decode("utf-8", "backslashreplace") for said in (out, err)]
    return Ran(process.returncode, text[0], text[1], time.monotonic() - begun, (watched.own, watched.childs))


def end(process: "subprocess.Popen[bytes]") -> frozenset[int]:
    """Kills a process as the system does that has no memory left: it alone, without a word. Its children that were there."""
    left = descendants(process.pid)
    process.kill()
    process.wait()
    return left


def descendants(pid: int) -> frozenset[int]:
    """The processes that a process started, and those that they did."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except (OSError, IndexError, ValueError):
                continue  # it ended meanwhile
    found, before = {pid}, 0
    while len(found) > before:
        before = len(found)
        found |= {one for one, parent in parents.items() if parent in found}
    return frozenset(found - {pid})


def alive(pids: frozenset[int]) -> frozenset[int]:
    """Those of ``pids`` that are at work still."""
    return frozenset(pid for pid in pids if _state(pid) not in ("", "Z", "X"))


def _state(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (OSError, IndexError):
        return ""


def memory(pid: int) -> dict[str, float]:
    """MiB that a process holds: ``RssAnon`` its own, ``RssFile`` pages of files; nothing once it has ended."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return {}
    return {
        name: int(value.split()[0]) / 1024
        for name, _, value in (line.partition(":") for line in lines)
        if name in ("RssAnon", "RssFile", "VmHWM")
    }


class Watched:
    """The most memory that a process and one of its children hold of their own while this is open, in MiB."""

    def __init__(self, pid: int) -> None:
        self._pid, self._ended = pid, threading.Event()
        self.own = self.childs = 0.0
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> "Watched":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._ended.wait(LOOKED_EVERY):
            self.own = max(self.own, memory(self._pid).get("RssAnon", 0.0))
            self.childs = max(
                [self.childs, *(memory(child).get("RssAnon", 0.0) for child in descendants(self._pid))]
            )


def until(reached: Callable[[], bool], seconds: float, every: float = 0.05) -> bool:
    """Waits for something, ``seconds`` at most; whether it came."""
    end_ = time.monotonic() + seconds
    while not reached():
        if time.monotonic() > end_:
            return False
        time.sleep(every)
    return True
