"""One thing at a time for what is heavy, in the order of asking, and how many wait before: two models at once would each take twice as long."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

# How often one who waits is told his place, in seconds.
TOLD_EVERY = 0.3


class Turn:
    """A place in the queue."""

    def __init__(self, turns: "Turns") -> None:
        self._turns = turns

    def before(self) -> int:
        """How many go first: 0 when it is one's turn."""
        return self._turns.before(self)

    def wait(self, seconds: float = TOLD_EVERY) -> int:
        """Waits until one's turn, ``seconds`` at most; returns how many still go first."""
        return self._turns.wait(self, seconds)


class Turns:
    """A queue of those who ask, first come first served; leaving it (an answer, an error, a stop) lets the next one go."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._waiting: list[Turn] = []

    @contextmanager
    def taken(self) -> Iterator[Turn]:
        """A place in the queue, left at the end whatever happens."""
        turn = Turn(self)
        with self._changed:
            self._waiting.append(turn)
        try:
            yield turn
        finally:
            with self._changed:
                self._waiting.remove(turn)
                self._changed.notify_all()

    def before(self, turn: Turn) -> int:
        """See ``Turn.before``."""
        with self._changed:
            return self._waiting.index(turn)

    def wait(self, turn: Turn, seconds: float) -> int:
        """See ``Turn.wait``."""
        with self._changed:
            self._changed.wait_for(lambda: self._waiting.index(turn) == 0, seconds)
            return self._waiting.index(turn)

    def __len__(self) -> int:
        with self._changed:
            return len(self._waiting)
