"""What Gradio keeps of each page that was opened: bounded, and gone some time after the page is closed.

Left to itself Gradio keeps 10,000 pages, each with the settings of every part and the last words that each part showed: 0.6 MB a page here (160 pages opened
one after the other took the server from 609 to 683 MB), so a server of months would hold 6 GB of pages that nobody has open.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from gradio.state_holder import SessionState, StateHolder

# A laptop that sleeps, a network that fails: the page comes back under the same name, and finds what it had.
KEPT_CLOSED_SECONDS = 1_800.0
# Of pages closed so, the last ones: one who reloads a page again and again does not fill the memory meanwhile.
MOST_CLOSED = 100
# Pages open at once; beyond, those that asked nothing for the longest begin anew at their next demand, as after a restart.
MOST_OPEN = 1_000


class OpenPages:
    """The pages that are open, and those that were closed not long ago; ``forget`` drops what is held of one."""

    def __init__(self, forget: Callable[[str], None], clock: Callable[[], float] = time.monotonic) -> None:
        self._forget, self._clock = forget, clock
        self._lock = threading.Lock()
        self._open: dict[str, int] = {}
        self._closed: OrderedDict[str, float] = OrderedDict()

    @contextmanager
    def is_open(self, page: str) -> Iterator[None]:
        """A page, for as long as the connection stands that tells that it is open."""
        with self._lock:
            self._open[page] = self._open.get(page, 0) + 1
            self._closed.pop(page, None)
        try:
            yield
        finally:
            for gone in self._leave(page):
                self._forget(gone)

    def _leave(self, page: str) -> list[str]:
        """Notes that a connection ended; the pages that are to be forgotten now."""
        with self._lock:
            self._open[page] -= 1
            if not self._open[page]:
                del self._open[page]
                self._closed[page] = self._clock()
            old = self._clock() - KEPT_CLOSED_SECONDS
            surplus = max(0, len(self._closed) - MOST_CLOSED)
            gone = [one for place, (one, when) in enumerate(self._closed.items()) if place < surplus or when < old]
            for one in gone:
                del self._closed[one]
        return gone


class _NoSettings(dict[int, Any]):
    """Gradio's copy of every part's settings for one page, from which it makes addresses that open a page as it is: there are none here."""

    def __contains__(self, key: object) -> bool:
        return True

    def __getitem__(self, key: int) -> dict[str, Any]:
        return {}

    def __setitem__(self, key: int, value: Any) -> None:
        return


class Held(StateHolder):
    """What Gradio holds of pages, without the settings, and at most ``MOST_OPEN``."""

    def set_blocks(self, blocks: Any) -> None:
        """Begins to hold those of a page."""
        super().set_blocks(blocks)
        self.capacity = MOST_OPEN

    def __getitem__(self, session_id: str) -> SessionState:
        new = session_id not in self.session_data
        state = super().__getitem__(session_id)
        if new:
            state.config_values = _NoSettings()
        return state

    def forget(self, page: str) -> None:
        """Drops what is held of a page."""
        with self.lock:
            self.session_data.pop(page, None)
            self.time_last_used.pop(page, None)
