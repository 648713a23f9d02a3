"""Who is signed in: a random token in the browser, its name and its end on the server. A restart signs everybody out."""

import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

COOKIE = "assistant_session"
# Proves that a form to sign in was sent by its own page.
FORM_COOKIE = "assistant_formulaire"
# A working day: one signs in in the morning.
LASTS_SECONDS = 12 * 3600


@dataclass(frozen=True, slots=True)
class Session:
    """``stamp`` is that of the account when it was opened: another one ends it. ``end`` is of the clock of ``Sessions``."""

    name: str
    stamp: str
    since: datetime
    end: float


class Sessions:
    """The open sessions."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._held: dict[str, Session] = {}

    def open(self, name: str, stamp: str) -> str:
        """A new session's token, for a person who has just proved who he is."""
        token = secrets.token_urlsafe(32)
        with self._lock:
            now = self._clock()
            self._held = {one: held for one, held in self._held.items() if held.end > now}
            self._held[token] = Session(name, stamp, datetime.now(UTC), now + LASTS_SECONDS)
        return token

    def get(self, token: str | None) -> Session | None:
        """An open session, or None."""
        with self._lock:
            session = self._held.get(token or "")
        return session if session and session.end > self._clock() else None

    def all(self) -> tuple[Session, ...]:
        """The open sessions, oldest first."""
        with self._lock:
            return tuple(session for session in self._held.values() if session.end > self._clock())

    def close(self, token: str | None) -> None:
        """Signs out."""
        with self._lock:
            self._held.pop(token or "", None)

    def close_all(self) -> int:
        """Signs everybody out; returns how many sessions that were."""
        with self._lock:
            count, self._held = len(self._held), {}
        return count
