"""The door of the page: which addresses answer, who may come in, what a file received must be.

Gradio serves more than a page needs (files by their path, recordings, monitoring, a proxy): only what the page uses is let through. Nothing here names
a path of the server.
"""

import argparse
import asyncio
import logging
import re
import signal
import sys
from pathlib import Path
from urllib.parse import parse_qsl

import fastapi
import gradio as gr
import uvicorn
from fastapi import Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException as StarletteHTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.errors import AssistantError, SignInError, UsageError
from assistant.page import jobs, layout
from assistant.page.context import Site
from assistant.page.deposits import Deposits
from assistant.page.page_owners import PageOwners, page_named
from assistant.page.sessions import COOKIE, LASTS_SECONDS, Sessions
from assistant.page.signing import sign_in_page
from assistant.page.turns import Turns
from assistant.site import uploads
from assistant.site.batches import Batches
from assistant.site.binding import binding_refused, is_loopback
from assistant.site.conversations import Conversations
from assistant.site.feedback import Judgements
from assistant.site.gate import Gate, header_user, trust
from assistant.site.journal import Action, Journal
from assistant.site.rights import Right, require
from assistant.site.users import ALONE, Users
from assistant.workspace import Workspace

# What the page asks of Gradio, and nothing else: no file by its path, no upload but ours, no proxy, no recording, no monitoring.
_OPEN = re.compile(
    r"/|/(?:config|theme\.css|favicon\.ico|manifest\.json|robots\.txt|depot|connexion|deconnexion)/?|/(?:assets|static|svelte)/.*"
    r"|/gradio_api/(?:queue/join|queue/data|cancel|reset|startup-events|app_id|heartbeat/[\w-]+)/?"
)
# What is served to anybody: the page where one signs in, and what any page is drawn with.
_BEFORE_SIGNING = re.compile(r"/(?:connexion|favicon\.ico|robots\.txt)/?")
# What speaks for an open page, in its address or in its body, which is short: files are received elsewhere.
_OF_A_PAGE = re.compile(r"/gradio_api/(?:queue/join|queue/data|cancel|heartbeat/[\w-]+)/?")
_LONGEST_DEMAND = 1_000_000
# Styles and scripts within the page are Gradio's way; addresses other than the server's own are refused by the browser itself.
_HEADERS = {
    "Content-Security-Policy": "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline';"
    " img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; object-src 'none'; frame-ancestors 'none'; base-uri 'self'; form-action 'self'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
_UNKEPT = {"Cache-Control": "no-store"}
# A name and a password, percent-encoded.
_LONGEST_FORM = 8_192
# An open page keeps a connection for as long as it is open: stopped, the server does not wait for people to close theirs.
_LEAVE_SECONDS = 3
# What uvicorn cancels those connections with.
_END: Message = {"type": "http.response.body", "body": b"", "more_body": False}
_UVICORN_STOPS = "Task cancelled, timeout graceful shutdown exceeded"


class Door:
    """Who comes in: everybody on a page for one person, else the name of a session or of the reverse proxy's header."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self.sessions = Sessions()

    def name(self, request: Request) -> str | None:
        """The name of who asks, or None: not signed in, or kept out since."""
        site = self._site
        if not site.asks_who:
            return ALONE
        if site.trust is not None:
            peer = request.client.host if request.client else ""
            user = header_user(site.trust, site.users, peer, request.headers.getlist(site.trust.header))
            if user is not None:
                return user.name
        name = self.sessions.name(request.cookies.get(COOKIE))
        return name if name and site.known(name) else None

    def sign_in(self, request: Request, name: str, password: str) -> str:
        """A new session's token. Raises SignInError."""
        try:
            user = self._site.gate.sign_in(name, password, request.client.host if request.client else "")
        except SignInError:
            self._site.journal.record(name[:64] or "?", Action.SIGN_IN_REFUSED)
            raise
        self._site.journal.record(user.name, Action.SIGN_IN)
        return self.sessions.open(user.name)


class Guard:
    """What stands before every address: unknown ones are not there, the others wait for a name, and each answer says what a browser may do with it.

    Written against ASGI itself: a middleware of Starlette's passes streams on in such a way that Gradio never learns that a page was closed, keeps what was
    meant for it, and leaves an error behind (``async generator ignored GeneratorExit``).
    """

    def __init__(self, app: ASGIApp, door: Door) -> None:
        self._app, self._door = app, door
        self._owners = PageOwners()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request, or the life of the server."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":  # the page opens no socket
            await send({"type": "websocket.close", "code": 1008})
            return

        open_ = False  # whether an answer was begun that has not ended

        async def told(message: Message) -> None:
            nonlocal open_
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(_HEADERS)
            open_ = message["type"] == "http.response.start" or bool(message.get("more_body"))
            await send(message)

        try:
            body, receive = await _whole(receive) if _OF_A_PAGE.fullmatch(scope["path"]) and scope["method"] == "POST" else (b"", receive)
            await (await self._refusal(Request(scope), body) or self._app)(scope, receive, told)
        except asyncio.CancelledError as stop:
            if str(stop) != _UVICORN_STOPS:
                raise
            if open_:  # the stream of a page that somebody has open, while the server is being stopped
                await send(_END)
        except RuntimeError as lost:
            # A page listens for what Gradio has just forgotten, as one does that is closed or reloaded at work: it was told so in the stream itself.
            if not (isinstance(lost.__cause__, StarletteHTTPException) and lost.__cause__.status_code == 404 and open_):
                raise
            await send(_END)

    async def _refusal(self, request: Request, body: bytes) -> Response | None:
        path = request.url.path
        if not _OPEN.fullmatch(path):
            return JSONResponse({"message": "Cette adresse n'existe pas."}, 404)
        if len(body) > _LONGEST_DEMAND:
            return JSONResponse({"message": "Cette demande est trop longue."}, 413)
        if _BEFORE_SIGNING.fullmatch(path):
            return None
        name = await run_in_threadpool(self._door.name, request)
        if name is None:
            return RedirectResponse("connexion", 303) if path == "/" else JSONResponse({"message": "Connectez-vous, puis rechargez la page."}, 401)
        page = page_named(path, request.scope["query_string"], body) if _OF_A_PAGE.fullmatch(path) else None
        if page is not None and not self._owners.is_of(page, name):
            return JSONResponse({"message": "Cette page n'est pas la vôtre : rechargez-la."}, 403)
        return None


async def _whole(receive: Receive) -> tuple[bytes, Receive]:
    """The body of a request, read no further than just beyond the longest that is taken; and what gives it again."""
    body, more = b"", True
    while more and len(body) <= _LONGEST_DEMAND:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    again: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def received() -> Message:
        return again.pop() if again else await receive()

    return body, received


def application(site: Site) -> fastapi.FastAPI:
    """The page as a web application."""
    app = fastapi.FastAPI(title=layout.TITLE, docs_url=None, redoc_url=None, openapi_url=None)
    door = Door(site)

    app.add_middleware(Guard, door=door)

    @app.get("/connexion")
    async def signing(request: Request) -> Response:
        if await run_in_threadpool(door.name, request) is not None:
            return RedirectResponse(".", 303)
        return HTMLResponse(sign_in_page(layout.TITLE, layout.STYLE), headers=_UNKEPT)

    @app.post("/connexion")
    async def sign_in(request: Request) -> Response:
        fields = await _short_form(request)
        try:
            token = await run_in_threadpool(door.sign_in, request, fields.get("nom", ""), fields.get("secret", ""))
        except SignInError as error:
            return HTMLResponse(sign_in_page(layout.TITLE, layout.STYLE, (error.message, error.hint)), 403, headers=_UNKEPT)
        answer = RedirectResponse(".", 303)
        answer.set_cookie(COOKIE, token, max_age=LASTS_SECONDS, httponly=True, samesite="strict", secure=request.url.scheme == "https")
        return answer

    @app.post("/deconnexion")
    async def sign_out(request: Request) -> Response:
        door.sessions.close(request.cookies.get(COOKIE))
        answer = RedirectResponse("connexion", 303)
        answer.delete_cookie(COOKIE)
        return answer

    @app.post("/depot")
    async def deposit(request: Request, nom: str = "") -> Response:
        if request.headers.get("x-depot") != "1":  # another site cannot set this header
            return JSONResponse({"message": "Ce dépôt ne vient pas de la page."}, 403)
        try:
            user = site.known_or_alone(await run_in_threadpool(door.name, request))
            require(user.role, Right.UPLOAD)
            received = await site.deposits.receive(user.name, nom, request.stream())
        except AssistantError as error:
            return JSONResponse({"message": str(error)}, 422)
        return JSONResponse({"jeton": received.token, "nom": received.name, "octets": received.bytes})

    blocks = layout.page(site).queue(default_concurrency_limit=None)
    mounted: fastapi.FastAPI = gr.mount_gradio_app(
        app,
        blocks,
        path="/",
        auth_dependency=door.name,
        theme=layout.theme(),
        css=layout.STYLE,
        head=layout.HEAD,
        footer_links=[],
        show_error=False,
        ssr_mode=False,
        pwa=False,
        run_history=False,
        mcp_server=False,
        enable_monitoring=False,
        max_file_size=1,
    )
    return mounted


async def _short_form(request: Request) -> dict[str, str]:
    """The fields of a small form; more than it can hold is not read."""
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > _LONGEST_FORM:
            return {}
    return dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=10))


def site_of(workspace: Workspace, *, on_network: bool = False) -> Site:
    """The parts of a page over a workspace.

    Raises:
        UsageError: the settings name a reverse proxy by half.
    """
    home = workspace.settings.home
    users = Users(home)
    return Site(
        workspace=workspace,
        users=users,
        gate=Gate(users),
        trust=trust(workspace.settings),
        deposits=Deposits(home / "page" / "depots"),
        turns=Turns(),
        conversations=Conversations(home),
        judgements=Judgements(home),
        journal=Journal(home),
        uploads=uploads.of(workspace.settings),
        batches=Batches(home),
        on_network=on_network,
    )


def server_of(site: Site, host: str = "127.0.0.1", port: int = 0) -> uvicorn.Server:
    """What serves the page over a site, ready to run. It says errors only, and keeps no record of who asked for what address."""
    logging.getLogger("httpx").setLevel(logging.WARNING)
    # Said when the streams of open pages are cut at the end: whoever stops the server need not be told of an error.
    logging.getLogger("uvicorn.error").addFilter(_is_not_the_end)
    # The peer that is believed is the machine at the other end of the connection, never what a header says of it.
    config = uvicorn.Config(
        application(site),
        host=host,
        port=port,
        log_level="warning",
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=_LEAVE_SECONDS,
    )
    return uvicorn.Server(config)


def _is_not_the_end(record: logging.LogRecord) -> bool:
    return "timeout graceful shutdown exceeded" not in record.getMessage()


def serve(workspace: Workspace, host: str = "127.0.0.1", port: int = 7860) -> None:
    """Serves the page until interrupted.

    Raises:
        UsageError: the address is seen from the network, and nobody has to sign in.
    """
    site = site_of(workspace, on_network=not is_loopback(host))
    refused = binding_refused(host, site.users.exist(), workspace.settings.trusted_header)
    if refused:
        raise UsageError(refused)
    # Once it has closed, uvicorn raises the signal again: killed there, the server would leave the processes of a batch to the system.
    signal.signal(signal.SIGTERM, lambda _signal, _frame: sys.exit(0))
    try:
        server_of(site, host, port).run()
    finally:
        jobs.stop_all(_LEAVE_SECONDS)


def main() -> None:
    """``python app.py``, the same as ``assistant serve``."""
    parser = argparse.ArgumentParser(description="Ouvre la page de l'assistant sur cet ordinateur.")
    parser.add_argument("--home", type=Path, default=None, help="dossier des modèles et de l'index")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=7860)
    arguments = parser.parse_args()
    try:
        print(f"Page ouverte sur http://{arguments.host}:{arguments.port} (Ctrl+C pour l'arrêter)")  # noqa: T201
        serve(Workspace(arguments.home), arguments.host, arguments.port)
    except AssistantError as error:
        raise SystemExit(str(error)) from error
