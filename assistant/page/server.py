"""The door of the page: which addresses answer, who may come in, what a file received must be.

Gradio serves more than a page needs (files by their path, recordings, monitoring, a proxy): only what the page uses is let through. Nothing here names
a path of the server.
"""

import asyncio
import errno
import json
import logging
import re
import secrets
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import fastapi
import gradio as gr
import uvicorn
from fastapi import Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response, StreamingResponse
from filelock import FileLock, Timeout
from starlette.datastructures import MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.drafting.kept import KeptDrafts
from assistant.endpoint import addresses
from assistant.endpoint.answers import Desk
from assistant.endpoint.callers import Callers
from assistant.endpoint.wire import RefusedError
from assistant.errors import AssistantError, SignInError, TooManyTriesError, UsageError, reason_of
from assistant.page import jobs, layout, library
from assistant.page.context import Site
from assistant.page.deposits import Deposits
from assistant.page.events import CHOSEN, Events, Visit
from assistant.page.relay import Holders, Relay
from assistant.page.scripts import POLICY, SCRIPT_NAME, PageScripts
from assistant.page.sessions import COOKIE, FORM_COOKIE, LASTS_SECONDS, Sessions, SharedSessions
from assistant.page.signing import sign_in_page
from assistant.page.stream import MEDIA_TYPE, UNHEARD_SECONDS, Demand, Demands
from assistant.review.kept import KeptReviews
from assistant.site import private_files, uploads
from assistant.site.batches import Batches
from assistant.site.binding import binding_refused, is_loopback
from assistant.site.conversations import Conversations
from assistant.site.feedback import Judgements
from assistant.site.gate import Gate, header_user, is_of, plain_name, proxies, trust
from assistant.site.journal import Action, Journal
from assistant.site.keys import Keys
from assistant.site.patience import PatientProtocol
from assistant.site.rights import Right, require
from assistant.site.turns import Turns
from assistant.site.users import ALONE, Users
from assistant.workspace import Workspace

# What the page asks of Gradio, and nothing else: no file by its path, no upload but ours, no proxy, no recording, no monitoring.
_OPEN = re.compile(
    r"/|/v1(?:/.*)?|/(?:config|theme\.css|favicon\.ico|manifest\.json|robots\.txt|page\.js|depot|demandes(?:/[\w-]+)?|connexion|deconnexion)/?|/(?:assets|static|svelte)/.*"
    r"|/gradio_api/(?:startup-events|app_id)/?"
)
# What is served to anybody: the page where one signs in, what any page is drawn with, and the addresses where a key is asked for instead.
_BEFORE_SIGNING = re.compile(r"/(?:connexion|favicon\.ico|robots\.txt)/?|/v1(?:/.*)?")
# What a page may say in a demand, and the names in it: files are received elsewhere.
_LONGEST_DEMAND, _LONGEST_NAME = 1_000_000, 64
_HEADERS = {
    "Content-Security-Policy": POLICY,
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
# Tries to sign in under names of nobody are noted together, once in this time.
_STRANGERS_SECONDS = 600.0
# What uvicorn cancels those connections with.
_END: Message = {"type": "http.response.body", "body": b"", "more_body": False}
_UVICORN_STOPS = "Task cancelled, timeout graceful shutdown exceeded"


class Door:
    """Who comes in: everybody on a page for one person, else the name of a session or of the reverse proxy's header."""

    def __init__(self, site: Site, clock: Callable[[], float] = time.monotonic) -> None:
        self._site, self._clock = site, clock
        self._lock = threading.Lock()
        self._strangers, self._told = 0, -_STRANGERS_SECONDS

    def name(self, request: Request) -> str | None:
        """The name of who asks, or None: not signed in, or kept out since."""
        site = self._site
        if not site.asks_who:
            return ALONE
        if site.trust is not None:
            user = header_user(
                site.trust, site.users, _peer(request), request.headers.getlist(site.trust.header)
            )
            if user is not None:
                return user.name
        session = site.sessions.get(request.cookies.get(COOKIE))
        user = site.known(session.name) if session else None
        return user.name if session and user and user.stamp == session.stamp else None

    def sign_in(self, request: Request, name: str, password: str) -> str:
        """A new session's token. Raises SignInError."""
        try:
            user = self._site.gate.sign_in(name, password, self._address(request))
        except SignInError as refused:
            self._note(refused, name)
            raise
        self._site.journal.record(user.name, Action.SIGN_IN)
        return self._site.sessions.open(user.name, user.stamp)

    def _note(self, refused: SignInError, name: str) -> None:
        """Tries at an account stand in the journal, those that had to wait left out; tries under names of nobody are counted, lest they fill it."""
        if isinstance(refused, TooManyTriesError):
            return
        if self._site.users.get(plain_name(name)) is not None:
            self._site.journal.record(plain_name(name), Action.SIGN_IN_REFUSED)
            return
        with self._lock:
            self._strangers += 1
            if self._clock() < self._told + _STRANGERS_SECONDS:
                return
            count, self._strangers, self._told = self._strangers, 0, self._clock()
        self._site.journal.record(
            "?", Action.SIGN_IN_REFUSED, detail=f"{count} sous des noms qui ne sont pas des comptes"
        )

    def _address(self, request: Request) -> str:
        """The machine that asks: the one that a reverse proxy names, lest twenty bad tries of one delay everybody."""
        peer = _peer(request)
        named = [
            word.strip() for word in request.headers.get("x-forwarded-for", "").split(",") if word.strip()
        ]
        return named[-1] if named and is_of(peer, self._site.proxies) else peer

    def is_encrypted(self, request: Request) -> bool:
        """Whether the browser came by TLS, to this server or to a reverse proxy before it."""
        return request.url.scheme == "https" or (
            is_of(_peer(request), self._site.proxies)
            and request.headers.get("x-forwarded-proto", "").lower() == "https"
        )

    def is_called_so(self, request: Request) -> bool:
        """Whether the names under which a browser asks, and from which its page comes, are those of this machine or of the settings.

        Another site may have its name lead to this machine, and its own page then reads what the assistant says (DNS rebinding). Where one signs in, the
        cookie belongs to one name and is sent to no other.
        """
        site = self._site
        if site.asks_who and not site.names:
            return True
        host, origin = request.headers.get("host", ""), request.headers.get("origin", "")
        return all(
            is_loopback(name) or name in site.names
            for name in (_name_of(f"//{host}"), _name_of(origin) if origin else "localhost")
        )


def _peer(request: Request) -> str:
    """The machine at the other end of the connection."""
    return request.client.host if request.client else ""


def _name_of(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").lower()
    except ValueError:
        return ""


@contextmanager
def alone_on(home: Path, address: str) -> Iterator[None]:
    """Holds a home for one server.

    Raises:
        UsageError: another one has it; nothing of it is touched.
    """
    folder = private_files.folder(home / "page")
    lock, where = FileLock(folder / "serveur.lock", mode=private_files.ONLY_OWNER), folder / "serveur"
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        other = where.read_text(encoding="utf-8") if where.exists() else "une adresse inconnue"
        raise UsageError(
            f"La page est déjà ouverte sur ce dossier ({home}), à {other}.",
            "Allez à cette adresse, ou arrêtez ce serveur avant d'en lancer un autre.",
        ) from error
    try:
        private_files.replace(where, address.encode())
        yield
    finally:
        where.unlink(missing_ok=True)
        lock.release()


class Guard:
    """What stands before every address: unknown ones are not there, the others wait for a name, and each answer says what a browser may do with it.

    Written against ASGI itself: a middleware of Starlette's passes streams on in such a way that Gradio never learns that a page was closed, keeps what was
    meant for it, and leaves an error behind (``async generator ignored GeneratorExit``).
    """

    def __init__(self, app: ASGIApp, door: Door) -> None:
        self._app, self._door = app, door

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
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            open_ = message["type"] == "http.response.start" or bool(message.get("more_body"))
            await send(message)

        if scope["path"] == "/":
            told = PageScripts(told, layout.OPENING).send
        try:
            await (await self._refusal(Request(scope)) or self._app)(scope, receive, told)
        except ClientDisconnect:  # half a request came, and nobody is there to be answered
            pass
        except asyncio.CancelledError as stop:
            if str(stop) != _UVICORN_STOPS:
                raise
            if open_:  # the stream of a page that somebody has open, while the server is being stopped
                await send(_END)

    async def _refusal(self, request: Request) -> Response | None:
        path = request.url.path
        if not _OPEN.fullmatch(path):
            return JSONResponse({"message": "Cette adresse n'existe pas."}, 404)
        try:
            return await self._unwelcome(request, path)
        except (
            AssistantError
        ):  # the file of the accounts is gone, or cannot be read: its name is for whoever runs the server
            refusal = RefusedError(
                "L'assistant ne sait plus qui peut entrer : personne n'entre.",
                "Prévenez l'administrateur.",
                status=503,
                code="unavailable",
            )
            return (
                addresses.refused(refusal)
                if addresses.is_address(path)
                else JSONResponse({"message": str(refusal)}, 503)
            )

    async def _unwelcome(self, request: Request, path: str) -> Response | None:
        if not await run_in_threadpool(self._door.is_called_so, request):
            refusal = RefusedError(
                "Ce nom n'est pas celui de l'assistant.",
                "Ouvrez l'adresse qu'il a donnée, ou ajoutez ce nom au réglage allowed_hosts.",
                status=421,
            )
            return (
                addresses.refused(refusal)
                if addresses.is_address(path)
                else JSONResponse({"message": str(refusal)}, 421)
            )
        if _BEFORE_SIGNING.fullmatch(path):
            return None
        name = await run_in_threadpool(self._door.name, request)
        if name is None:
            return (
                RedirectResponse("connexion", 303)
                if path == "/"
                else JSONResponse({"message": "Connectez-vous, puis rechargez la page."}, 401)
            )
        return None


def application(site: Site) -> fastapi.FastAPI:
    """The page as a web application."""
    app = fastapi.FastAPI(title=layout.TITLE, docs_url=None, redoc_url=None, openapi_url=None)
    door = Door(site)

    shared, settings = site.workspace.shared, site.workspace.settings
    if shared is not None and settings.own_address:
        app.add_middleware(Relay, holders=Holders(shared, settings.own_address), name=door.name)
    app.add_middleware(Guard, door=door)  # the last one is met first

    events, demands = Events(), Demands()

    @app.get(f"/{SCRIPT_NAME}")
    async def script() -> Response:
        return Response(layout.SCRIPT, media_type="text/javascript", headers={"Cache-Control": "no-cache"})

    @app.get("/connexion")
    async def signing(request: Request) -> Response:
        if await run_in_threadpool(door.name, request) is not None:
            return RedirectResponse(".", 303)
        return sign_in_form(request)

    def sign_in_form(request: Request, failure: tuple[str, str] | None = None) -> Response:
        proof = secrets.token_urlsafe(24)
        answer = HTMLResponse(
            sign_in_page(layout.TITLE, layout.STYLE, proof, failure), 403 if failure else 200, headers=_UNKEPT
        )
        answer.set_cookie(
            FORM_COOKIE,
            proof,
            max_age=LASTS_SECONDS,
            httponly=True,
            samesite="strict",
            secure=door.is_encrypted(request),
        )
        return answer

    @app.post("/connexion")
    async def sign_in(request: Request) -> Response:
        fields = await _short_form(request)
        proof = request.cookies.get(FORM_COOKIE, "")
        if not proof or not secrets.compare_digest(
            fields.get("preuve", "").encode(), proof.encode()
        ):  # the form of another site
            return sign_in_form(
                request, ("Ce formulaire ne vient pas de cette page, ou il est trop ancien.", "Recommencez.")
            )
        try:
            token = await run_in_threadpool(
                door.sign_in, request, fields.get("nom", ""), fields.get("secret", "")
            )
        except SignInError as error:
            return sign_in_form(request, (error.message, error.hint))
        except AssistantError:  # the names of the files are for whoever runs the server
            return sign_in_form(
                request,
                (
                    "La connexion n'a pas pu être notée au journal : personne n'entre sans trace.",
                    "Prévenez l'administrateur.",
                ),
            )
        answer = RedirectResponse(".", 303)
        answer.set_cookie(
            COOKIE,
            token,
            max_age=LASTS_SECONDS,
            httponly=True,
            samesite="strict",
            secure=door.is_encrypted(request),
        )
        answer.delete_cookie(FORM_COOKIE)
        return answer

    @app.post("/deconnexion")
    async def sign_out(request: Request) -> Response:
        site.sessions.close(request.cookies.get(COOKIE))
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

    async def asking(request: Request) -> str:
        name = await run_in_threadpool(door.name, request)
        return name or ""

    @app.post("/demandes")
    async def demand(request: Request) -> Response:
        """What a page asks for: the token of the stream of what is to be shown, and the streams that this stops, since what they show may be on its way."""
        asked = await _demanded(request)
        if asked is None or not (events.knows(asked.part, asked.event) or asked.event == CHOSEN):
            return _refused("Cette demande n'est pas celle d'une page de l'assistant.", 400)
        if not events.knows(
            asked.part, asked.event
        ):  # the tab of a screen that does nothing when it is chosen
            return JSONResponse({"jeton": None}, headers=_UNKEPT)
        name = await asking(request)
        visit = Visit(name, asked.page)
        own, stopped = f"{asked.part}/{asked.event}", events.stops(asked.part, asked.event)
        demands.stop(name, asked.page, stopped)
        steps = events.happen(asked.part, asked.event, asked.data, visit, asked.values)
        begun = demands.begin(
            lambda: Demand(
                name,
                asked.page,
                own,
                steps,
                events.then(asked.part, asked.event),
                lambda: site.reader(name),
            ),
            name,
        )
        if begun is None:
            return _refused("Trop de demandes sont en cours : attendez la fin de l'une d'elles.", 429)
        begun.stop_alone_soon(asyncio.get_running_loop(), UNHEARD_SECONDS)
        return JSONResponse({"jeton": begun.token, "arretees": sorted(stopped - {own})}, headers=_UNKEPT)

    @app.get("/demandes/{token}")
    async def demand_told(request: Request, token: str) -> Response:
        """The stream of a demand: what comes after the number that the browser says it read last."""
        held = demands.get(token, await asking(request))
        if held is None:
            return _refused("Cette demande n'est plus là : faites-la de nouveau.", 404)
        after = request.headers.get("last-event-id", "")
        return StreamingResponse(
            held.told(int(after) if after.isascii() and after.isdigit() else 0),
            media_type=MEDIA_TYPE,
            headers=_UNKEPT,
        )

    desk, callers = (
        Desk(site.workspace, site.turns, site.journal),
        Callers(
            site.workspace,
            Keys(site.workspace.settings.home, site.workspace.shared),
            site.users,
            site.journal,
        ),
    )
    app.include_router(addresses.router(desk, callers))

    blocks = layout.page(site, events)
    mounted: fastapi.FastAPI = gr.mount_gradio_app(
        app,
        blocks,
        path="/",
        auth_dependency=door.name,
        theme=layout.theme(),
        css=layout.STYLE,
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


@dataclass(frozen=True, slots=True)
class _Demanded:
    """What a page asks for, as its browser wrote it."""

    page: str
    part: str
    event: str
    data: Mapping[str, Any]
    values: Mapping[str, Any]


async def _demanded(request: Request) -> _Demanded | None:
    """The demand of a page; None where it is too long, of another shape, or another site's: such a one cannot set the header."""
    if request.headers.get("x-page") != "1":
        return None
    try:
        sent = await _short(request, _LONGEST_DEMAND)
        said = json.loads(sent)
        if (
            rb"\ud" in sent.lower()
        ):  # half a character, left by a cut, is no text: nothing could be shown of it
            said = json.loads(json.dumps(said, ensure_ascii=False).encode("utf-8", "replace"))
        page, part, event, data, values = (
            said[name] for name in ("page", "partie", "evenement", "donnees", "valeurs")
        )
        if (
            all(isinstance(one, str) and len(one) <= _LONGEST_NAME for one in (page, part, event))
            and isinstance(data, dict)
            and isinstance(values, dict)
        ):
            return _Demanded(page, part, event, data, values)
    except (ValueError, KeyError, TypeError, RecursionError):
        pass
    return None


def _refused(message: str, status: int) -> JSONResponse:
    return JSONResponse({"message": message}, status)


async def _short(request: Request, most: int) -> bytes:
    """A short body; nothing of one that is longer, which is not read to its end, nor of one whose page has gone before it was sent."""
    body = b""
    try:
        async for piece in request.stream():
            body += piece
            if len(body) > most:
                return b""
    except ClientDisconnect:
        return b""
    return body


async def _short_form(request: Request) -> dict[str, str]:
    """The fields of a small form; more than it can hold is not read."""
    body = await _short(request, _LONGEST_FORM)
    return dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=10))


def site_of(workspace: Workspace, *, on_network: bool = False) -> Site:
    """The parts of a page over a workspace.

    Raises:
        UsageError: the settings name a reverse proxy by half.
    """
    home = workspace.settings.home
    shared = workspace.shared
    users = Users(home, shared)
    return Site(
        workspace=workspace,
        users=users,
        gate=Gate(users),
        trust=trust(workspace.settings),
        deposits=Deposits(home / "page" / "depots", workspace.recognise),
        turns=Turns(workspace.at_once),
        conversations=Conversations(home, shared=shared),
        judgements=Judgements(workspace.settings.dropped),
        journal=Journal(home, shared=shared),
        uploads=uploads.of(workspace.settings, workspace.recognise),
        batches=Batches(workspace.settings.dropped),
        drafts=KeptDrafts(home, shared=shared),
        reviews=KeptReviews(home, shared=shared),
        sessions=SharedSessions(shared) if shared else Sessions(),
        on_network=on_network,
        proxies=proxies(workspace.settings),
        names=frozenset(word.lower() for word in workspace.settings.allowed_hosts.replace(",", " ").split()),
    )


class _Server(uvicorn.Server):
    """A server that says when the page is open: all is loaded, and who comes is let in."""

    def __init__(self, config: uvicorn.Config, opened: Callable[[], None]) -> None:
        super().__init__(config)
        self._opened = opened

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """As uvicorn's own."""
        await super().startup(sockets)
        self._opened()


def server_of(site: Site, opened: Callable[[], None] = lambda: None) -> uvicorn.Server:
    """What serves the page over a site, ready to run on the sockets that it is given; ``opened`` is called once it answers.

    It says errors only, and keeps no record of who asked for what address.
    """
    logging.getLogger("httpx").setLevel(logging.WARNING)
    # Said when the streams of open pages are cut at the end: whoever stops the server need not be told of an error.
    logging.getLogger("uvicorn.error").addFilter(_is_not_the_end)
    # The peer that is believed is the machine at the other end of the connection, never what a header says of it.
    config = uvicorn.Config(
        application(site),
        log_level="warning",
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=_LEAVE_SECONDS,
        http=PatientProtocol,
    )
    return _Server(config, opened)


def _is_not_the_end(record: logging.LogRecord) -> bool:
    return "timeout graceful shutdown exceeded" not in record.getMessage()


def listening(host: str, port: int) -> socket.socket:
    """The address of the page, taken before anything is loaded for it.

    Raises:
        UsageError: it cannot be taken.
    """
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise UsageError(
                f"Le port {port} est déjà pris sur {host} : la page n'est pas ouverte.",
                "Donnez-en un autre avec --port, ou arrêtez le programme qui le tient.",
            ) from error
        if error.errno == errno.EACCES:
            raise UsageError(
                f"Le port {port} est réservé à l'administrateur de cette machine : la page n'est pas ouverte.",
                "Donnez avec --port un nombre au-dessus de 1023.",
            ) from error
        why = (
            "ce nom n'est pas connu"
            if error.errno in (socket.EAI_NONAME, socket.EAI_AGAIN)
            else reason_of(error)
        )
        raise UsageError(
            f"La page ne peut pas être ouverte sur {host}, port {port} : {why}.",
            "Donnez avec --host une adresse de cette machine.",
        ) from error


def serve(
    workspace: Workspace, host: str = "127.0.0.1", port: int = 7860, say: Callable[[str], None] = print
) -> None:
    """Serves the page until interrupted; ``say`` is told its address once it answers there.

    Raises:
        UsageError: the address is seen from the network, and nobody has to sign in; or another server has this home, or this address.
    """
    address = f"http://{f'[{host}]' if ':' in host else host}:{port}"
    with alone_on(workspace.settings.home, address):
        site = site_of(workspace, on_network=not is_loopback(host))
        refused = binding_refused(host, site.users.exist(), workspace.settings.trusted_header)
        if refused:
            raise UsageError(refused)
        with listening(host, port) as taken:
            site.uploads.forget_halves()
            site.batches.forget_begun()
            library.take_up_again(site, say)
            workspace.serves_people()
            # Once it has closed, uvicorn raises the signal again: killed there, the server would leave the processes of a batch to the system.
            signal.signal(signal.SIGTERM, lambda _signal, _frame: sys.exit(0))
            server = server_of(site, lambda: say(f"Page ouverte sur {address} (Ctrl+C pour l'arrêter)"))
            try:
                server.run(sockets=[taken])
            finally:
                jobs.stop_all(_LEAVE_SECONDS)
