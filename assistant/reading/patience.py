"""How a long reading says that it advances, so that the one who waits for it does not take it for stuck (``isolation``)."""

from collections.abc import Callable

_listeners: list[Callable[[], None]] = []


def advanced() -> None:
    """A page was read that takes seconds. To be called from steps that are bounded in number and in time each, never from a loop that may not end."""
    for listener in _listeners:
        listener()


def listen(listener: Callable[[], None]) -> None:
    """Calls ``listener`` each time a reading advances, from now on, in this process."""
    _listeners.append(listener)
