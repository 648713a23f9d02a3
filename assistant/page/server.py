"""The door of the page: which addresses answer, who may come in, what a file received must be.

Gradio serves more than a page needs (files by their path, recordings, monitoring, a proxy): only what the page uses is let through. Nothing here names
a path of the server.
"""

import argparse
import logging
import re
from collections.abc import Awaitable, Callable
from pathlib import Path

import fastapi
import gradio as gr
import uvicorn
from fastapi import Request
from fastapi.responses import JSONResponse, Response

from assistant.errors import AssistantError, UsageError
from assistant.page import layout
from assistant.page.context import ALONE, Site
from assistant.page.conversations import Conversations
from assistant.page.deposits import Deposits
from assistant.page.judgements import Judgements
from assistant.page.turns import Turns
from assistant.workspace import Workspace

LOOPBACK = ("127.0.0.1", "localhost", "::1")
# What the page asks of Gradio, and nothing else: no file by its path, no upload but ours, no proxy, no recording, no monitoring.
_OPEN = re.compile(
    r"/|/(?:config|theme\.css|favicon\.ico|manifest\.json|robots\.txt|depot)/?|/(?:assets|static|svelte)/.*"
    r"|/gradio_api/(?:queue/join|queue/data|cancel|reset|startup-events|app_id|heartbeat/[\w-]+)/?"
)
# Styles and scripts within the page are Gradio's way; addresses other than the server's own are refused by the browser itself.
_HEADERS = {
    "Content-Security-Policy": "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline';"
    " img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; object-src 'none'; frame-ancestors 'none'; base-uri 'self'; form-action 'self'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
Next = Callable[[Request], Awaitable[Response]]


def application(site: Site) -> fastapi.FastAPI:
    """The page as a web application."""
    app = fastapi.FastAPI(title=layout.TITLE, docs_url=None, redoc_url=None, openapi_url=None)

    @app.middleware("http")
    async def guard(request: Request, go_on: Next) -> Response:
        if not _OPEN.fullmatch(request.url.path):
            return JSONResponse({"message": "Cette adresse n'existe pas."}, 404, _HEADERS)
        answer = await go_on(request)
        answer.headers.update(_HEADERS)
        return answer

    @app.post("/depot")
    async def deposit(request: Request, nom: str = "") -> Response:
        if request.headers.get("x-depot") != "1":  # another site cannot set this header
            return JSONResponse({"message": "Ce dépôt ne vient pas de la page."}, 403)
        try:
            received = await site.deposits.receive(ALONE, nom, request.stream())
        except AssistantError as error:
            return JSONResponse({"message": str(error)}, 422)
        return JSONResponse({"jeton": received.token, "nom": received.name, "octets": received.bytes})

    blocks = layout.page(site).queue(default_concurrency_limit=None)
    mounted: fastapi.FastAPI = gr.mount_gradio_app(
        app,
        blocks,
        path="/",
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


def site_of(workspace: Workspace) -> Site:
    """The parts of a page over a workspace."""
    home = workspace.settings.home
    return Site(workspace, Deposits(home / "page" / "depots"), Turns(), Conversations(home / "page" / "conversations"), Judgements(home / "retours"))


def serve(workspace: Workspace, host: str = "127.0.0.1", port: int = 7860) -> None:
    """Serves the page until interrupted.

    Raises:
        UsageError: the address is not this machine's own, and nobody has to sign in.
    """
    if host not in LOOPBACK:
        raise UsageError(f"La page ne s'ouvre que sur cet ordinateur : « {host} » est une adresse visible du réseau.", "Gardez --host 127.0.0.1.")
    logging.getLogger("httpx").setLevel(logging.WARNING)
    uvicorn.run(application(site_of(workspace)), host=host, port=port, log_level="warning", access_log=False)


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
