"""Who is signed in: a random token in the browser, its name and its end on the server.

A restart signs everybody out; where several machines share a database, sessions lie there and outlive it.
"""

import hashlib
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from assistant.site.late_file import Shared
from assistant.sqlite_files import Tables

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


# The token itself is nowhere but in the browser: who reads the table signs in as nobody.
_TABLES = Tables("""
CREATE TABLE IF NOT EXISTS session (
    token TEXT PRIMARY KEY, name TEXT NOT NULL, stamp TEXT NOT NULL, since TEXT NOT NULL, ends INTEGER NOT NULL
) STRICT;
""")


class SharedSessions(Sessions):
    """The open sessions of several machines; ``end`` is of the wall clock, which these machines have in common."""

    def __init__(self, shared: Shared, clock: Callable[[], float] = time.time) -> None:
        super().__init__(clock)
        self._shared = shared

    def open(self, name: str, stamp: str) -> str:
        """See ``Sessions``."""
        token, now = secrets.token_urlsafe(32), int(self._clock())
        with self._shared.kept("sessions", _TABLES, writing=True) as tables:
            tables.execute("DELETE FROM session WHERE ends <= ?", (now,))
            values = (_digest(token), name, stamp, datetime.now(UTC).isoformat(), now + LASTS_SECONDS)
            tables.execute("INSERT INTO session VALUES (?, ?, ?, ?, ?)", values)
        return token

    def get(self, token: str | None) -> Session | None:
        """See ``Sessions``."""
        return next(iter(self._found("token = ?", _digest(token))), None) if token else None

    def all(self) -> tuple[Session, ...]:
        """See ``Sessions``."""
        return self._found("token <> ?", "")

    def close(self, token: str | None) -> None:
        """See ``Sessions``."""
        with self._shared.kept("sessions", _TABLES, writing=True) as tables:
            tables.execute("DELETE FROM session WHERE token = ?", (_digest(token or ""),))

    def close_all(self) -> int:
        """See ``Sessions``."""
        with self._shared.kept("sessions", _TABLES, writing=True) as tables:
            return int(tables.execute("DELETE FROM session").rowcount)

    def _found(self, which: str, value: str) -> tuple[Session, ...]:
        with self._shared.kept("sessions", _TABLES, writing=False) as tables:
            sql = f"SELECT name, stamp, since, ends FROM session WHERE {which} AND ends > ? ORDER BY since"  # noqa: S608 - our words
            rows = tables.execute(sql, (value, int(self._clock()))).fetchall()
        return tuple(
            Session(name, stamp, datetime.fromisoformat(since), float(ends))
            for name, stamp, since, ends in rows
        )


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
