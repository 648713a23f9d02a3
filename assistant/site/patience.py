"""HTTP that does not wait without end: for the page, and for what other programs ask."""

import asyncio

from uvicorn.protocols.http.auto import AutoHTTPProtocol

# A connection that has not sent its whole head after this time, or its whole body after as long again, is closed:
# half-sent ones cost nothing to whoever opens thousands of them.
REQUEST_SECONDS = 20.0
# A file may be as long on its way as it needs, if this much of it comes within that time: 3 kB a second, what a telephone line carries.
PROGRESS_BYTES = 64 * 1024
_OF_FILES = "/depot"


class PatientProtocol(AutoHTTPProtocol):  # type: ignore[misc, valid-type]
    """HTTP as uvicorn speaks it, which waits for a request without end: this one gives a connection ``REQUEST_SECONDS`` for a head, then for its body."""

    def connection_made(self, transport: asyncio.Transport) -> None:
        """Begins to wait for the first request."""
        super().connection_made(transport)
        self._closing: asyncio.TimerHandle | None = None
        self._came = 0
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Waits for the rest of a head, then of a body, and no more once it is there."""
        before = self.cycle
        if self._closing is None and (before is None or before.response_complete):
            self._wait()
        super().data_received(data)
        if self.cycle is not before:  # a head is whole
            self._rest()
            if self.cycle.more_body:
                self._wait()
        elif before is not None and not before.response_complete:
            self._wait_on(len(data))

    def _wait_on(self, came: int) -> None:
        """Some of a body came."""
        self._came += came
        if not self.cycle.more_body:
            self._rest()
        elif self._came >= PROGRESS_BYTES and self.cycle.scope["path"].endswith(_OF_FILES):
            self._rest()
            self._wait()

    def _wait(self) -> None:
        self._came = 0
        self._closing = self.loop.call_later(REQUEST_SECONDS, self._end)

    def _rest(self) -> None:
        if self._closing is not None:
            self._closing.cancel()
            self._closing = None

    def _end(self) -> None:
        if self.flow.read_paused:  # the server is behind, not who sends
            self._wait()
        else:
            self.transport.close()

    def connection_lost(self, exc: Exception | None) -> None:
        """Waits for nothing any more."""
        self._rest()
        super().connection_lost(exc)
