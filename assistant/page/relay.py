"""Several servers behind any load balancer: whichever a browser reaches, what a person has under way is where it was begun.

An answer that arrives word by word, a file just dropped, a batch at work are in the memory of one server. The first one that a person reaches holds what is
his, and a table of the shared database says so; another one passes his demands on to it. A holder that cannot be reached is replaced by whoever was asked:
session, conversations and drafts lie in the database, and the browser asks again what was under way.
"""

import re
import time
from collections.abc import AsyncIterator, Callable

import httpx
from fastapi import Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse, Response, StreamingResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.errors import UsageError
from assistant.page.sessions import LASTS_SECONDS
from assistant.site.late_file import Shared
from assistant.sqlite_files import Tables

# What was passed on once is answered where it comes: two servers that each think that the other is the holder do not send it round.
PASSED_ON = "x-relais"
_HELD = ("/demandes", "/depot")
_HOP_BY_HOP = frozenset(
    (b"connection", b"keep-alive", b"proxy-connection", b"te", b"trailer", b"transfer-encoding", b"upgrade")
)
# A server that lives answers at once on a network between servers; what it is asked may take minutes.
_TIMEOUT = httpx.Timeout(None, connect=2.0)
_TABLES = Tables(
    "CREATE TABLE IF NOT EXISTS holder (person TEXT PRIMARY KEY, address TEXT NOT NULL, since INTEGER NOT NULL) STRICT;"
)


class Holders:
    """Which server holds what each person has under way; ``address`` is that of this one, as the others reach it.

    Raises:
        UsageError: the address is none.
    """

    def __init__(self, shared: Shared, address: str, clock: Callable[[], float] = time.time) -> None:
        if not re.fullmatch(r"https?://[^/\s]+/?", address):
            raise UsageError(
                f"Le réglage own_address n'est pas une adresse : « {address} ».",
                "Donnez celle par laquelle les autres répliques joignent celle-ci, comme http://10.0.0.11:7860.",
            )
        self._shared, self.address, self._clock = shared, address.rstrip("/"), clock

    def of(self, person: str) -> str:
        """The holder; this server where there is none, or none for a working day."""
        with self._shared.kept("replicas", _TABLES, writing=False) as tables:
            sql = "SELECT address FROM holder WHERE person = ? AND since > ?"
            row = tables.execute(sql, (person, int(self._clock()) - LASTS_SECONDS)).fetchone()
        return str(row[0]) if row else self.take_from(person, "")

    def take_from(self, person: str, gone: str) -> str:
        """The holder once ``gone`` could not be reached: this server, or another that was quicker."""
        now = int(self._clock())
        with self._shared.kept("replicas", _TABLES, writing=True) as tables:
            tables.execute(
                "DELETE FROM holder WHERE since <= ? OR (person = ? AND address = ?)",
                (now - LASTS_SECONDS, person, gone),
            )
            tables.execute(
                "INSERT INTO holder VALUES (?, ?, ?) ON CONFLICT (person) DO NOTHING",
                (person, self.address, now),
            )
            return str(tables.execute("SELECT address FROM holder WHERE person = ?", (person,)).fetchone()[0])


class Relay:
    """Stands behind the door: passes on the demands and the files of whoever has another holder. ``name`` tells who asks, None where nobody may."""

    def __init__(self, app: ASGIApp, holders: Holders, name: Callable[[Request], str | None]) -> None:
        self._app, self._holders, self._name = app, holders, name
        self._client: httpx.AsyncClient | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request, or the life of the server."""
        answer: ASGIApp = self._app
        if scope["type"] == "http" and scope["path"].startswith(_HELD):
            answer = await self._elsewhere(Request(scope, receive)) or self._app
        await answer(scope, receive, send)

    async def _elsewhere(self, request: Request) -> Response | None:
        if PASSED_ON in request.headers:
            return None
        person = await run_in_threadpool(self._name, request)
        if person is None:
            return None
        holder = await run_in_threadpool(self._holders.of, person)
        while holder != self._holders.address:
            try:
                return await self._passed_on(request, holder)
            except (httpx.ConnectError, httpx.ConnectTimeout):
                holder = await run_in_threadpool(self._holders.take_from, person, holder)
            except (
                httpx.HTTPError
            ):  # it died in the middle: what it received may have been begun, and is not begun twice
                return JSONResponse({"message": "La réponse a été interrompue : recommencez."}, 503)
        return None

    async def _passed_on(self, request: Request, holder: str) -> Response:
        if self._client is None:
            limits = httpx.Limits(max_connections=None, max_keepalive_connections=20)
            self._client = httpx.AsyncClient(timeout=_TIMEOUT, limits=limits, trust_env=False)
        headers = [pair for pair in request.headers.raw if pair[0].lower() not in _HOP_BY_HOP]
        query = f"?{request.url.query}" if request.url.query else ""
        sent = self._client.build_request(
            request.method,
            f"{holder}{request.url.path}{query}",
            headers=[*headers, (PASSED_ON.encode(), b"1")],
            content=request.stream() if request.method == "POST" else None,
        )
        came = await self._client.send(sent, stream=True)
        answer = StreamingResponse(_pieces(came), came.status_code)
        answer.raw_headers = [pair for pair in came.headers.raw if pair[0].lower() not in _HOP_BY_HOP]
        return answer


async def _pieces(came: httpx.Response) -> AsyncIterator[bytes]:
    """What comes, as it comes. Where the holder dies the stream ends: the browser takes it up elsewhere."""
    try:
        async for piece in came.aiter_raw():
            yield piece
    except httpx.HTTPError:
        return
    finally:
        await came.aclose()
