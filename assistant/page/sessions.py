"""Who is signed in: a random token in the browser, its name and its end on the server. A restart signs everybody out."""

import secrets
import threading
import time
from collections.abc import Callable

COOKIE = "assistant_session"
# A working day: one signs in in the morning.
LASTS_SECONDS = 12 * 3600


class Sessions:
    """The open sessions."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._held: dict[str, tuple[str, float]] = {}

    def open(self, name: str) -> str:
        """A new session's token, for a person who has just proved who he is."""
        token = secrets.token_urlsafe(32)
        with self._lock:
            now = self._clock()
            self._held = {one: held for one, held in self._held.items() if held[1] > now}
            self._held[token] = (name, now + LASTS_SECONDS)
        return token

    def name(self, token: str | None) -> str | None:
        """The name of an open session, or None."""
        with self._lock:
            name, end = self._held.get(token or "", ("", 0.0))
        return name if name and end > self._clock() else None

    def close(self, token: str | None) -> None:
        """Signs out."""
        with self._lock:
            self._held.pop(token or "", None)
