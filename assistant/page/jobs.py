"""Long tasks: done beside the page, followed while it is open, with the time left, and stopped when asked."""

import threading
import time
import weakref
from collections.abc import Callable, Iterator
from contextvars import copy_context
from typing import Any, Generic, TypeVar

from assistant.datatypes import Progress
from assistant.errors import AssistantError
from assistant.page.events import Visit
from assistant.page.markup import EMPTY, Markup, button, tag, typeset
from assistant.protocols import OnProgress

# How often the page is told, in seconds.
TOLD_EVERY = 0.4
# A guess of the time left is worth something after this many seconds.
_GUESSED_AFTER = 2.0


Result = TypeVar("Result")
# Every task of this process, for as long as somebody holds it.
_JOBS: "weakref.WeakSet[Job[Any]]" = weakref.WeakSet()


class StoppedError(AssistantError):
    """The visitor stopped the task."""


class Job(Generic[Result]):
    """A task at work in its own thread. ``run`` is given a listener of progress; stopping makes that listener raise at its next call."""

    def __init__(self, run: Callable[[OnProgress], Result]) -> None:
        self._run = run
        self._stopped = threading.Event()
        self._progress: Progress | None = None
        self._stage_begun = time.monotonic()
        self._result: Result | None = None
        self._error: AssistantError | None = None
        self._is_left = False
        # It reads for whoever began it.
        self._thread = threading.Thread(target=copy_context().run, args=(self._work,), daemon=True)
        self._thread.start()
        _JOBS.add(self)

    def _work(self) -> None:
        try:
            self._result = self._run(self._listen)
        except AssistantError as error:
            self._error = error
        except Exception as error:  # the page must say it, whatever it is
            self._error = AssistantError(
                "L'assistant a rencontré un défaut et n'a pas pu finir.",
                f"Signalez-le ({type(error).__name__}).",
            )

    def _listen(self, progress: Progress) -> None:
        if self._stopped.is_set():
            raise StoppedError("Arrêté à votre demande.")
        if self._progress is None or self._progress.stage != progress.stage:
            self._stage_begun = time.monotonic()
        self._progress = progress

    @property
    def alive(self) -> bool:
        """Whether it is still at work."""
        return self._thread.is_alive()

    @property
    def followed_still(self) -> bool:
        """Whether it is at work, and its page shows how far it is: one that was closed, or came back too late, does not any more."""
        return self.alive and not self._is_left

    def stop(self) -> None:
        """Asks the task to stop at its next step."""
        self._stopped.set()

    def wait(self, seconds: float) -> None:
        """Waits for the end of the task, this long at most."""
        self._thread.join(seconds)

    def followed(self) -> Iterator[Markup]:
        """What to show, again and again until the task is over."""
        try:
            while self._thread.is_alive():
                yield self.shown()
                self._thread.join(TOLD_EVERY)
        finally:
            self._is_left = True

    def result(self) -> Result:
        """What the task gave; raises its AssistantError, StoppedError included."""
        self._thread.join()
        if self._error is not None:
            raise self._error
        return self._result  # type: ignore[return-value]

    def shown(self) -> Markup:
        """How far the task is."""
        progress = self._progress
        if self._stopped.is_set():
            said, value, most = "Arrêt demandé : la tâche finit ce qu'elle a commencé…", None, None
        elif progress is None:
            said, value, most = "Préparation…", None, None
        else:
            far = (
                f"{progress.done} sur {progress.total}. "
                if progress.total
                else f"{progress.done}. "
                if progress.done
                else ""
            )
            said = f"{_stage(progress.stage)} : {far}{progress.label} {self._left(progress)}".rstrip()
            value, most = (progress.done, progress.total) if progress.total else (None, None)
        return tag(
            "div",
            tag("p", said, role="status"),
            tag("progress", value=value, max=most, aria_label="Avancement"),
            button("Arrêter", "arreter", class_="secondaire"),
            class_="avancement",
        )

    def _left(self, progress: Progress) -> str:
        spent = time.monotonic() - self._stage_begun
        if (
            not progress.total
            or not progress.done
            or spent < _GUESSED_AFTER
            or progress.done >= progress.total
        ):
            return ""
        return f"(encore {duration(spent / progress.done * (progress.total - progress.done))})"


class Running:
    """The tasks under way on a screen, one for each open page."""

    def __init__(self) -> None:
        self._jobs: dict[str, Job[Any]] = {}

    def start(self, visit: Visit, run: Callable[[OnProgress], Result]) -> Job[Result]:
        """A new task of this page.

        Raises:
            AssistantError: one is under way already.
        """
        key = visit.page
        self._jobs = {one: job for one, job in self._jobs.items() if job.followed_still}
        if key in self._jobs:
            raise AssistantError(
                "Une tâche est déjà en cours sur cet écran.", "Attendez qu'elle finisse, ou arrêtez-la."
            )
        job = Job(run)
        self._jobs[key] = job
        return job

    def stop(self, visit: Visit) -> Markup:
        """Stops the task of this page; what to show meanwhile."""
        job = self._jobs.get(visit.page)
        if job is None:
            return EMPTY
        job.stop()
        return job.shown()


def stop_all(seconds: float) -> None:
    """Stops the tasks of every page, and waits this long at most for each: its processes and what they share end with it."""
    jobs = list(_JOBS)
    for job in jobs:
        job.stop()
    for job in jobs:
        job.wait(seconds)


def stopped(what_stays: str) -> Markup:
    """What a screen says once its visitor has stopped a task: he asked for it, it is no failure."""
    return tag("p", typeset(f"Arrêté à votre demande. {what_stays}"), class_="avertissement", role="status")


def duration(seconds: float) -> str:
    """``moins d'une minute``, ``environ 3 minutes``, ``environ 2 h 10``."""
    minutes = round(seconds / 60)
    if minutes < 1:
        return "moins d'une minute"
    if minutes < 60:
        return f"environ {minutes} minute{'s' if minutes > 1 else ''}"
    return f"environ {minutes // 60} h {minutes % 60:02}"


def _stage(stage: str) -> str:
    return stage[:1].upper() + stage[1:]
