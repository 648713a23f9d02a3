"""Demands and what is shown of them, over the network: each demand has a stream of server-sent events of its own, as browsers read them (``EventSource``).

A browser that lost the stream asks for what came after the last number that it read; it is given what each part shows now, not every step to it. A demand that
nobody listens to, or no more, is given up after a while; a browser that comes back later is not told that it is over, it asks again.
"""

import asyncio
import json
import logging
import secrets
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import suppress
from typing import Any

from assistant.errors import AssistantError
from assistant.page.events import Step, Then
from assistant.page.markup import Markup, error
from assistant.reach import Reader, read_by

MEDIA_TYPE = "text/event-stream"
# How soon a browser that lost a stream asks for the rest of it.
_RETRY_MS = 1_000
# A stream that says nothing is told to be alive, so that whoever listens no more is noticed, in seconds.
_ALIVE_SECONDS = 10.0
# How long a demand goes on that nobody listens to (a page that was closed; one that is loaded again reads on within a second, or six where its machine does
# other things too), and what it showed is kept after its end.
_ALONE_SECONDS, _KEPT_SECONDS = 20.0, 60.0
# The same before its stream was ever asked for: on a machine that does other things too, a browser may come for it late.
UNHEARD_SECONDS = 30.0
# Demands of one person at work at once: more is no person.
MOST_AT_ONCE = 24
_log = logging.getLogger(__name__)


class Demand:
    """A demand at work in a thread of its own, and what it shows.

    Args:
        owner: who asked.
        page: the open page that he asked from.
        name: ``part/event``.
        steps: what it does.
        then: what the browser does at the end.
        reader: for whom it reads, looked up in its thread.
    """

    def __init__(
        self,
        owner: str,
        page: str,
        name: str,
        steps: Iterator[Step],
        then: tuple[Then, ...],
        reader: Callable[[], Reader | None] = lambda: None,
    ) -> None:
        self.token = secrets.token_urlsafe(16)
        self.owner, self.page, self.name = owner, page, name
        self._steps, self._then, self._reader = steps, then, reader
        self._lock = threading.Lock()
        self._number, self._shown, self._carried = (
            0,
            dict[str, tuple[int, Markup]](),
            dict[str, tuple[int, Any]](),
        )
        self._failure: Markup | None = None
        self._over, self._stopped, self._given_up = False, threading.Event(), False
        self._listeners: set[Callable[[], None]] = set()
        self._left = time.monotonic()  # when the last listener left, or when it ended
        threading.Thread(target=self._work, daemon=True).start()

    def _work(self) -> None:
        try:
            with read_by(self._reader()):
                self._shown_all()
        except AssistantError as failure:
            self._failure = error(failure.message, failure.hint)
        except (
            Exception
        ) as defect:  # the page must say it, whatever it is; what it was about stays out of the log
            _log.error("%s: %s", self.name, type(defect).__name__, exc_info=_log.isEnabledFor(logging.DEBUG))
            self._failure = error(
                "L'assistant a rencontré un défaut et n'a pas pu finir.",
                f"Signalez-le ({type(defect).__name__}).",
            )
        finally:
            with self._lock:
                self._over, self._left = True, time.monotonic()
            self._tell()

    def _shown_all(self) -> None:
        for step in self._steps:
            if self._stopped.is_set():
                self._steps.close()  # type: ignore[attr-defined]
                break
            self._add(step)

    def _add(self, step: Step) -> None:
        with self._lock:
            self._number += 1
            self._shown |= {part: (self._number, html) for part, html in step.shown.items()}
            self._carried |= {state: (self._number, value) for state, value in step.carried.items()}
        self._tell()

    def _tell(self) -> None:
        with self._lock:
            listeners = tuple(self._listeners)
        for listener in listeners:
            listener()

    def stop(self) -> None:
        """Stops it at its next step; it shows nothing any more, and its stream ends now."""
        self._stopped.set()
        self._tell()

    @property
    def over(self) -> bool:
        """Whether it has ended."""
        return self._over

    def alone_for(self) -> float:
        """For how many seconds nobody has listened to it; 0 where somebody does."""
        with self._lock:
            return 0.0 if self._listeners and not self._over else time.monotonic() - self._left

    async def told(self, after: int = 0) -> AsyncIterator[str]:
        """Its events from that number on, until its end."""
        loop, woken = asyncio.get_running_loop(), asyncio.Event()

        def wake() -> None:
            with suppress(RuntimeError):  # the server has just been stopped
                loop.call_soon_threadsafe(woken.set)

        with self._lock:
            self._listeners.add(wake)
        try:
            yield f"retry: {_RETRY_MS}\n\n"
            while True:
                woken.clear()
                with self._lock:
                    stopped = self._stopped.is_set()
                    number, over = self._number, self._over or stopped
                    after = number if stopped else after  # what was stopped shows nothing any more
                    shown = {part: html for part, (at, html) in self._shown.items() if at > after}
                    carried = {state: value for state, (at, value) in self._carried.items() if at > after}
                if shown or carried:
                    yield _said("montre", number, {"parties": shown, "valeurs": carried})
                    after = number
                if over:
                    yield _said(
                        "fin",
                        number,
                        {"echec": self._failure, "ensuite": [] if self._failure or stopped else self._then},
                    )
                    return
                try:
                    await asyncio.wait_for(woken.wait(), _ALIVE_SECONDS)
                except TimeoutError:
                    yield ": en cours\n\n"
        finally:
            with self._lock:
                self._listeners.discard(wake)
                self._left = time.monotonic()
            self.stop_alone_soon(loop)

    @property
    def given_up(self) -> bool:
        """Whether it was stopped because nobody listened to it: who asked must ask again."""
        return self._given_up

    def stop_alone_soon(self, loop: asyncio.AbstractEventLoop, seconds: float | None = None) -> None:
        """Gives it up unless somebody listens to it by then."""
        after = _ALONE_SECONDS if seconds is None else seconds
        loop.call_later(after, self._stop_alone, after)

    def _stop_alone(self, seconds: float) -> None:
        if not self._over and self.alone_for() >= seconds:
            self._given_up = True
            self.stop()


def _said(kind: str, number: int, what: Mapping[str, Any]) -> str:
    return f"id: {number}\nevent: {kind}\ndata: {json.dumps(what, ensure_ascii=False)}\n\n"


class Demands:
    """The demands under way, and those just ended."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: dict[str, Demand] = {}

    def begin(self, make: Callable[[], Demand], owner: str) -> Demand | None:
        """A new demand; None where its owner has too many at work."""
        with self._lock:
            self._tidy()
            if sum(one.owner == owner and not one.over for one in self._held.values()) >= MOST_AT_ONCE:
                return None
            demand = make()
            self._held[demand.token] = demand
            return demand

    def get(self, token: str, owner: str) -> Demand | None:
        """A demand of its owner; None where it is unknown, another's, given up or long over."""
        demand = self._held.get(token)
        return demand if demand is not None and demand.owner == owner and not demand.given_up else None

    def stop(self, owner: str, page: str, names: frozenset[str]) -> None:
        """Stops those of a page that are called so."""
        with self._lock:
            held = list(self._held.values())
        for one in held:
            if one.owner == owner and one.page == page and one.name in names:
                one.stop()

    def _tidy(self) -> None:
        """Forgets what is long over."""
        self._held = {
            token: one for token, one in self._held.items() if not one.over or one.alone_for() < _KEPT_SECONDS
        }
