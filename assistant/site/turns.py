"""A few things at a time for what is heavy, as many as there are processors; who waits, waits fairly, and is told how many go before.

Fair between people: each has one question of a round, and rounds are answered one after the other. Ten questions of one person are of ten rounds, so that
another's only one waits for one of them at most, not for all ten (start-time fair queueing: Goyal, Vin, Cheng, 1996).
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

# How often one who waits is told his place, in seconds.
TOLD_EVERY = 0.3


class Turn:
    """A place in the queue."""

    def __init__(self, turns: "Turns", who: str, rank: tuple[int, int]) -> None:
        self._turns, self.who, self.rank = turns, who, rank

    def before(self) -> int:
        """How many go first: 0 when it is one's turn."""
        return self._turns.before(self)

    def wait(self, seconds: float = TOLD_EVERY) -> int:
        """Waits until one's turn, ``seconds`` at most; returns how many still go first."""
        return self._turns.wait(self, seconds)


class Turns:
    """A queue of those who ask; leaving it (an answer, an error, a stop) lets the next one go."""

    def __init__(self, at_once: int = 1) -> None:
        """``at_once``: how many have their turn at the same time."""
        self.at_once = at_once
        self._changed = threading.Condition()
        self._working: list[Turn] = []
        self._waiting: list[Turn] = []  # next one first
        self._round = self._asked = 0
        self._rounds: dict[str, int] = {}  # of the last question of each who has one here

    @contextmanager
    def taken(self, who: str) -> Iterator[Turn]:
        """A place in the queue for one question of ``who``, left at the end whatever happens."""
        turn = self._entered(who)
        try:
            yield turn
        finally:
            self._left(turn)

    def before(self, turn: Turn) -> int:
        """See ``Turn.before``."""
        with self._changed:
            return self._before(turn)

    def wait(self, turn: Turn, seconds: float) -> int:
        """See ``Turn.wait``."""
        with self._changed:
            self._changed.wait_for(lambda: turn in self._working, seconds)
            return self._before(turn)

    def __len__(self) -> int:
        with self._changed:
            return len(self._working) + len(self._waiting)

    def _before(self, turn: Turn) -> int:
        return 0 if turn in self._working else 1 + self._waiting.index(turn)

    def _entered(self, who: str) -> Turn:
        with self._changed:
            self._asked += 1
            self._rounds[who] = max(self._round, self._rounds.get(who, -1) + 1)
            turn = Turn(self, who, (self._rounds[who], self._asked))
            self._waiting.append(turn)
            self._waiting.sort(key=lambda one: one.rank)
            self._let_go()
            return turn

    def _left(self, turn: Turn) -> None:
        with self._changed:
            (self._working if turn in self._working else self._waiting).remove(turn)
            if all(one.who != turn.who for one in (*self._working, *self._waiting)):
                del self._rounds[turn.who]
            self._let_go()
            self._changed.notify_all()

    def _let_go(self) -> None:
        while self._waiting and len(self._working) < self.at_once:
            turn = self._waiting.pop(0)
            self._round = max(self._round, turn.rank[0])
            self._working.append(turn)
