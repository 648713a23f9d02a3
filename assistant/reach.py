"""Where one may look: in every collection, in some, or in none, which are three things. An empty reach is never everything.

Who reads is known at the door (the page, an address, a tool) and held for all that runs behind it: a database that keeps rights of its own then gives
nothing that this reader may not see, whatever a statement forgets to ask.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

Reach = Collection[str] | None
"""The collections that may be looked into: ``EVERYWHERE``, or those named; with none of them, nothing."""
EVERYWHERE: Final[Reach] = None


def reaches(reach: Reach, collections: Iterable[str]) -> bool:
    """Whether something that lies in ``collections`` may be looked into."""
    return reach is None or not set(reach).isdisjoint(collections)


def chosen_or_everywhere(named: Collection[str]) -> Reach:
    """What somebody who may see everything names: some collections, or by naming none, all."""
    return named or EVERYWHERE


class Reader:
    """Who reads: his name, his role's, and the collections open to him, looked up when something is first read and once more after an addition."""

    def __init__(self, name: str, role: str, collections: Callable[[], Reach]) -> None:
        self.name, self.role, self._collections = name, role, collections
        self._found: tuple[Reach] | None = None

    def reach(self) -> Reach:
        """The collections open to him."""
        if self._found is None:
            with read_by(None):
                self._found = (self._collections(),)
        return self._found[0]

    def look_again(self) -> None:
        """Something was added: perhaps a collection."""
        self._found = None


_READER: ContextVar[Reader | None] = ContextVar("reader", default=None)


def reader() -> Reader | None:
    """For whom this thread reads; None: for the program itself, whose indexes and caches are of everything."""
    return _READER.get()


@contextmanager
def read_by(one: Reader | None) -> Iterator[None]:
    """What this thread reads within is read for ``one``."""
    token = _READER.set(one)
    try:
        yield
    finally:
        _READER.reset(token)


@contextmanager
def read_within(collections: Reach) -> Iterator[None]:
    """What this thread reads within lies in ``collections``, and in what its reader may see."""
    one = reader()
    if collections is None:
        yield
        return
    name, role, own = (one.name, one.role, one.reach()) if one else ("", "", EVERYWHERE)
    both = frozenset(collections) if own is None else frozenset(collections) & frozenset(own)
    with read_by(Reader(name, role, lambda: both)):
        yield
