"""``assistant mcp``: the tools for other programs, over the Model Context Protocol."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.commands.terminal import Whole, say
from assistant.errors import UsageError
from assistant.workspace import Workspace

if TYPE_CHECKING:
    from assistant.endpoint.callers import Caller, Callers
    from assistant.endpoint.tools import Room

# By which a program that is started on stdio is kept to what a key reads.
KEY_VARIABLE = "ASSISTANT_KEY"
_EXTRA = frozenset(("mcp", "mcp_types", "jsonschema"))


@click.command()
@click.option(
    "--http",
    "on_http",
    is_flag=True,
    help="En HTTP, derrière les clés, au lieu de l'entrée et la sortie standard.",
)
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="Adresse d'écoute de --http (celle de cet ordinateur) ; une autre est en clair : mettez TLS devant.",
)
@click.option("--port", default=7861, show_default=True, type=Whole(1, 65_535), help="Port de --http.")
@click.option(
    "--folder",
    "folders",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="DOSSIER",
    help="Dossier dont synthese_dce peut lire les fichiers (répétable).",
)
@click.pass_obj
def mcp(workspace: Workspace, on_http: bool, host: str, port: int, folders: tuple[Path, ...]) -> None:
    """Sert les outils de l'assistant, en lecture seule, aux programmes qui parlent MCP (Model Context Protocol).

    Sur l'entrée et la sortie standard, le programme lit ce que vous lisez sur cet ordinateur ; avec ASSISTANT_KEY, ce que lit cette clé.

    \u0008
    Exemples :
      assistant mcp
      assistant mcp --http --port 7861 --folder /srv/dce
    """
    opened = tuple(_folder(path) for path in folders)
    try:
        from assistant.endpoint import mcp_server
    except ModuleNotFoundError as missing:
        if (missing.name or "").partition(".")[0] not in _EXTRA:
            raise
        hint = "Installez l'extra « serveur » : .venv/bin/python -m pip install --constraint requirements.lock mcp"
        raise UsageError(
            "MCP n'est pas installé : il n'est pas de l'installation de base.", hint
        ) from missing
    callers, room = _parts(workspace, opened)
    if on_http:
        _serve_http(workspace, callers, room, host, port)
        return
    who = _who(callers)
    who()  # a wrong key is said at once, and not at the first call
    mcp_server.serve_stdio(room, who)


def _folder(path: Path) -> Path:
    """A folder, where it really lies. Raises UsageError for what is none."""
    found = path.expanduser().resolve()
    if not found.is_dir():
        raise UsageError(f"« {path} » n'est pas un dossier.", "Donnez un dossier qui existe.")
    return found


def _parts(workspace: Workspace, folders: tuple[Path, ...]) -> "tuple[Callers, Room]":
    from assistant.endpoint.answers import Desk
    from assistant.endpoint.callers import Callers
    from assistant.endpoint.tools import Room
    from assistant.site.journal import Journal
    from assistant.site.keys import Keys
    from assistant.site.turns import Turns
    from assistant.site.users import Users

    home, shared = workspace.settings.home, workspace.shared
    journal = Journal(home, shared=shared)
    return Callers(workspace, Keys(home, shared), Users(home, shared), journal), Room(
        Desk(workspace, Turns(workspace.at_once), journal), folders
    )


def _who(callers: "Callers") -> "Callable[[], Caller]":
    """Who asks on stdio: looked at for each call, so that a revoked key ends at once."""
    secret = os.environ.get(KEY_VARIABLE, "")
    return (lambda: callers.of_key(secret)) if secret else callers.of_this_machine


def _serve_http(workspace: Workspace, callers: "Callers", room: "Room", host: str, port: int) -> None:
    import uvicorn

    from assistant.endpoint import mcp_server
    from assistant.site.keys import Keys
    from assistant.site.patience import PatientProtocol

    allowed = workspace.settings.allowed_hosts.replace(",", " ").split()
    names = frozenset(word.lower() for word in (host, *allowed))
    if not Keys(workspace.settings.home, workspace.shared).open():
        say("Aucune clé : personne ne peut entrer. → assistant keys create NOM --collection COLLECTION")
    say(f"Outils servis sur http://{host}:{port}{mcp_server.PATH} (Ctrl+C pour arrêter)")
    config = uvicorn.Config(
        mcp_server.application(room, callers, names),
        host=host,
        port=port,
        log_level="warning",
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=3,
        http=PatientProtocol,
    )
    uvicorn.Server(config).run()
