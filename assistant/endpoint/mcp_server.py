"""The tools over the Model Context Protocol: for one program that starts this one (stdio), or for those that show a key (streamable HTTP).

The protocol itself is the official SDK's. Nothing of it is loaded by another command.
"""

import json
import logging
from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias
from urllib.parse import urlsplit

import anyio
import mcp_types as types
from mcp.server.context import ServerRequestContext
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server
from mcp.server.transport_security import TransportSecuritySettings
from mcp.shared.exceptions import MCPError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.endpoint.arguments import require_shape
from assistant.endpoint.callers import Caller, Callers
from assistant.endpoint.tools import TOOLS, Outcome, Room, Tool, failure
from assistant.errors import AssistantError, BusyError, ForbiddenError, SignInError, UsageError
from assistant.reach import read_by
from assistant.site.binding import is_loopback
from assistant.site.journal import program_version

PATH = "/mcp"
# What a tool may be given, with room to spare: the longest clause.
LONGEST_BODY = 1_000_000
_CALLER = "assistant.caller"
# Calls that wait hold a thread each.
_MOST_THREADS = 32
_TITLE = "Assistant de la commande publique"
_INSTRUCTIONS = (
    "Outils en lecture seule sur le droit français de la commande publique et les documents de l'acheteur. Les réponses, positions et citations viennent "
    "de textes indexés : rendez-les telles quelles, avec leurs dates et leurs pages, et n'en ajoutez aucune. Avant de citer un texte, vérifiez-le par "
    "verifier_citation : ce qui n'est pas vérifié ne se cite pas. Un refus est une réponse."
)
_log = logging.getLogger(__name__)
_Context: TypeAlias = ServerRequestContext[Any, Any]
WhoAsks: TypeAlias = Callable[[_Context], Caller]
"""Who makes a request; it may raise what ``Callers`` raises."""


def server_of(room: Room, who: WhoAsks) -> "Server[Any]":
    """The tools as a server of the protocol, whatever carries it."""
    served = _Tools(room, who)
    made: Server[Any] = Server(
        "assistant-commande-publique",
        version=program_version(),
        title=_TITLE,
        instructions=_INSTRUCTIONS,
        on_list_tools=served.listed,
        on_call_tool=served.call,
    )
    made.middleware.clear()  # the SDK's own records each call for a telemetry that this program has not
    logging.getLogger("mcp").setLevel(logging.CRITICAL)  # it writes what it is sent
    return made


class _Tools:
    """What the protocol asks of tools."""

    def __init__(self, room: Room, who: WhoAsks) -> None:
        self._room, self._who = room, who
        self._threads = anyio.CapacityLimiter(_MOST_THREADS)

    async def listed(
        self, _context: _Context, _params: types.PaginatedRequestParams | None
    ) -> types.ListToolsResult:
        """``tools/list``."""
        return types.ListToolsResult(tools=[_described(tool) for tool in TOOLS.values()])

    async def call(self, context: _Context, params: types.CallToolRequestParams) -> types.CallToolResult:
        """``tools/call``; what goes wrong within a tool is a result of it.

        Raises:
            MCPError: there is no such tool.
        """
        tool = TOOLS.get(params.name)
        if tool is None:
            raise MCPError(
                types.INVALID_PARAMS,
                f"Il n'y a pas d'outil « {params.name[:80]} ». Outils : {', '.join(TOOLS)}.",
            )
        return await anyio.to_thread.run_sync(
            self._called, tool, context, params.arguments or {}, limiter=self._threads
        )

    def _called(self, tool: Tool, context: _Context, arguments: dict[str, Any]) -> types.CallToolResult:
        try:
            json.dumps(arguments, ensure_ascii=False).encode()  # half a character is no text
            require_shape(tool, arguments)
            caller = self._who(context)
            with read_by(caller.reader):
                return _result(tool.run(self._room, caller, arguments))
        except UnicodeEncodeError:
            return _failed(
                UsageError("Un argument contient un caractère coupé en deux.", "Envoyez du texte UTF-8.")
            )
        except AssistantError as error:
            return _failed(error)
        except (
            Exception
        ) as defect:  # the program must be told, whatever it is; what it was about stays out of the log
            _log.error("%s: %s", tool.name, type(defect).__name__, exc_info=_log.isEnabledFor(logging.DEBUG))
            return _failed(defect)


def _described(tool: Tool) -> types.Tool:
    hints = types.ToolAnnotations(
        title=tool.title,
        read_only_hint=True,
        destructive_hint=False,
        idempotent_hint=True,
        open_world_hint=False,
    )
    return types.Tool(
        name=tool.name,
        title=tool.title,
        description=tool.description,
        input_schema=tool.takes,
        output_schema=tool.gives,
        annotations=hints,
    )


def _result(outcome: Outcome) -> types.CallToolResult:
    """Markdown for the person; the same as JSON for the model of a program that does not read what is structured."""
    plain = json.dumps(outcome.value, ensure_ascii=False)
    content: list[types.ContentBlock] = [
        types.TextContent(type="text", text=outcome.text, annotations=types.Annotations(audience=["user"])),
        types.TextContent(type="text", text=plain, annotations=types.Annotations(audience=["assistant"])),
    ]
    return types.CallToolResult(content=content, structured_content=outcome.value)


def _failed(error: Exception) -> types.CallToolResult:
    told = failure(error)
    said = f"{told['error']} {told['hint']}".rstrip()
    return types.CallToolResult(
        content=[types.TextContent(type="text", text=said)], structured_content=told, is_error=True
    )


# ---- stdio --------------------------------------------------------------------------------------------------------------------------


def serve_stdio(room: Room, who: Callable[[], Caller]) -> None:
    """Serves the program that started this one, until it closes its end."""
    made = server_of(room, lambda _context: who())

    async def run() -> None:
        async with stdio_server() as (reading, writing):
            await made.run(reading, writing, made.create_initialization_options())

    anyio.run(run)


# ---- HTTP ---------------------------------------------------------------------------------------------------------------------------


def application(room: Room, callers: Callers, names: frozenset[str]) -> ASGIApp:
    """The tools at ``/mcp``, behind the keys. ``names`` are those under which it is asked for besides this machine's own."""
    made = server_of(room, _of_request)
    # No session is kept: each request shows its key, and a revoked one ends at once. Names are looked at by the gate, with the settings' own.
    served = made.streamable_http_app(
        streamable_http_path=PATH,
        stateless_http=True,
        max_request_body_size=LONGEST_BODY,
        transport_security=TransportSecuritySettings(enable_dns_rebinding_protection=False),
    )
    return Gate(served, callers, names)


def _of_request(context: _Context) -> Caller:
    """Who was let in with the request."""
    assert isinstance(context.request, Request)
    caller: Caller = context.request.scope[_CALLER]
    return caller


class Gate:
    """What stands before the tools on HTTP: the one address, the names it answers to, the key."""

    def __init__(self, app: ASGIApp, callers: Callers, names: frozenset[str]) -> None:
        self._app, self._callers, self._names = app, callers, names

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request, or the life of the server."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})
            return
        request = Request(scope)
        await self._let_in(
            request, lambda: self._app(scope, receive, send), lambda refusal: refusal(scope, receive, send)
        )

    async def _let_in(
        self,
        request: Request,
        goes_on: Callable[[], Awaitable[None]],
        refused: Callable[[Response], Awaitable[None]],
    ) -> None:
        if request.url.path.rstrip("/") != PATH:
            await refused(
                _refusal(404, UsageError("Cette adresse n'existe pas.", f"Les outils sont à {PATH}."))
            )
            return
        if not self._is_called_so(request):
            hint = "Prenez l'adresse que la commande a donnée, ou ajoutez ce nom au réglage allowed_hosts."
            await refused(_refusal(421, ForbiddenError("Ce nom n'est pas celui de l'assistant.", hint)))
            return
        try:
            caller = await anyio.to_thread.run_sync(
                self._callers.of_header, request.headers.get("authorization", "")
            )
        except SignInError as error:
            await refused(_refusal(401, error))
        except ForbiddenError as error:
            await refused(_refusal(403, error))
        except AssistantError:  # the file of the keys or of the accounts is gone, or does not read: its name is for whoever runs the server
            await refused(
                _refusal(
                    503,
                    AssistantError(
                        "L'assistant ne sait plus qui peut entrer : personne n'entre.",
                        "Prévenez l'administrateur.",
                    ),
                )
            )
        else:
            request.scope[_CALLER] = caller
            try:
                with self._callers.at_work(caller):
                    await goes_on()
            except BusyError as error:
                await refused(_refusal(429, error))

    def _is_called_so(self, request: Request) -> bool:
        """Whether it is asked for under a name of this machine or of the settings, by a page of such a name or by none (see the page's own door)."""
        host, origin = request.headers.get("host", ""), request.headers.get("origin", "")
        asked = [_name_of(f"//{host}"), *([_name_of(origin)] if origin else [])]
        return all(is_loopback(name) or name in self._names for name in asked)


def _name_of(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").lower()
    except ValueError:
        return ""


def _refusal(status: int, error: AssistantError) -> Response:
    headers = (
        {"Cache-Control": "no-store"}
        | ({"WWW-Authenticate": "Bearer"} if status == 401 else {})
        | ({"Retry-After": "5"} if status == 429 else {})
    )
    return JSONResponse(failure(error), status, headers=headers)
