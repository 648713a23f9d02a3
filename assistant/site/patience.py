"""HTTP that does not wait without end: for the page, and for what other programs ask."""

import asyncio

from uvicorn.protocols.http.auto import AutoHTTPProtocol

# A connection that has not sent its whole request after this time is closed: half-sent ones cost nothing to whoever opens thousands of them.
REQUEST_SECONDS = 20.0


class PatientProtocol(AutoHTTPProtocol):  # type: ignore[misc, valid-type]
    """HTTP as uvicorn speaks it, which waits for a request without end: this one gives a connection ``REQUEST_SECONDS`` for the head of each."""

    def connection_made(self, transport: asyncio.Transport) -> None:
        """Begins to wait for the first request."""
        super().connection_made(transport)
        self._closing = self.loop.call_later(REQUEST_SECONDS, transport.close)

    def data_received(self, data: bytes) -> None:
        """Waits for the rest of a head, and no more once it is there."""
        before = self.cycle
        if before is None or before.response_complete:
            self._closing.cancel()
            self._closing = self.loop.call_later(REQUEST_SECONDS, self.transport.close)
        super().data_received(data)
        if self.cycle is not before:
            self._closing.cancel()

    def connection_lost(self, exc: Exception | None) -> None:
        """Waits for nothing any more."""
        self._closing.cancel()
        super().connection_lost(exc)
