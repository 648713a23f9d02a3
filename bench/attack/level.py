"""Memory of a server over time: sampled from outside, its slope, whether it is level."""

import json
import statistics
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from bench.attack import commands

# A service that is restarted with the month's updates of its machine (720 h) and has 8 GB beside a server of 1 GB may grow by 5 MB an hour of the work that an
# office gives it: some 300 actions an hour (ten people, one every two minutes). This is that growth, told by action, in KiB: what a faster trial is held to.
LEVEL_KIB_PER_ACTION = 17.0
# The models, the words and the first use of each screen take their memory in this share of a trial.
WARM_UP = 0.5


@dataclass(frozen=True)
class Sample:
    """``seconds`` from the beginning; MiB of the server's own, of files, and of its children together; how much it had done; what it holds open."""

    seconds: float
    own: float
    files: float
    children: float
    actions: int
    threads: int
    handles: int


class Sampler:
    """Samples a process every ``every`` seconds until closed; ``actions`` says how much was asked of it; each sample is a line of ``log`` too."""

    def __init__(self, pid: int, actions: Callable[[], int], every: float, log: Path | None = None) -> None:
        self._pid, self._actions, self._every, self._log = pid, actions, every, log
        self.samples: list[Sample] = []
        self._ended, self._begun = threading.Event(), time.monotonic()
        self._thread = threading.Thread(target=self._sample, daemon=True)

    def __enter__(self) -> "Sampler":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def _sample(self) -> None:
        while not self._ended.wait(self._every):
            held = commands.memory(self._pid)
            if not held:
                return
            process = Path(f"/proc/{self._pid}")
            children = sum(
                commands.memory(child).get("RssAnon", 0.0) for child in commands.descendants(self._pid)
            )
            counts = [sum(1 for _ in (process / name).iterdir()) for name in ("task", "fd")]
            one = Sample(
                time.monotonic() - self._begun,
                held["RssAnon"],
                held["RssFile"],
                children,
                self._actions(),
                counts[0],
                counts[1],
            )
            self.samples.append(one)
            if self._log is not None:
                with self._log.open("a", encoding="utf-8") as log:
                    log.write(json.dumps(asdict(one)) + "\n")


@dataclass(frozen=True)
class Trend:
    """From the warm-up on: memory at its beginning and its end (MiB, medians of a tenth of the samples), slopes by time and by action."""

    first: float
    last: float
    hours: float
    mib_per_hour: float
    kib_per_action: float
    actions: int
    level: bool


def trend(samples: Sequence[Sample], warm_up: float = WARM_UP) -> Trend | None:
    """The trend after the warm-up; None of too few samples."""
    kept = samples[int(len(samples) * warm_up) :]
    if len(kept) < 4:
        return None
    some = max(1, len(kept) // 10)
    first, last = (statistics.median(one.own for one in part) for part in (kept[:some], kept[-some:]))
    hours, actions = (kept[-1].seconds - kept[0].seconds) / 3600, kept[-1].actions - kept[0].actions
    by_hour = statistics.linear_regression(
        [one.seconds / 3600 for one in kept], [one.own for one in kept]
    ).slope
    by_action = (
        statistics.linear_regression(
            [float(one.actions) for one in kept], [one.own * 1024 for one in kept]
        ).slope
        if actions
        else 0.0
    )
    return Trend(first, last, hours, by_hour, by_action, actions, by_action <= LEVEL_KIB_PER_ACTION)
