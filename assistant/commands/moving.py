"""``assistant move``: the index, and what people left, to a PostgreSQL that several machines share, or back to one machine's own file."""

import click

from assistant.commands.terminal import progress_bar, say
from assistant.workspace import Workspace


@click.command()
@click.option(
    "--to",
    "destination",
    required=True,
    metavar="ADRESSE|DOSSIER",
    help="postgresql://compte@machine:5432/base, ou le dossier d'un assistant.",
)
@click.option(
    "--files",
    default="",
    metavar="DOSSIER",
    help="Où porter les documents déposés, les lots de synthèses et les avis : le dossier commun des répliques (réglage « files »).",
)
@click.pass_obj
def move(workspace: Workspace, destination: str, files: str) -> None:
    """Copie tout l'index ailleurs, ligne par ligne, et vérifie ce qui est arrivé. Interrompue, elle reprend ; l'origine n'est jamais changée.

    Comptes, clés, journal, conversations, projets, registres et besoins y vont aussi. Arrêtez la page d'abord : ce qui s'écrit pendant la copie n'y est pas.

    Les documents déposés vont dans le dossier de --files, ou dans celui de l'assistant d'arrivée ; sans lui, vers une base, ils restent où ils sont.

    Le mot de passe se met dans ~/.pgpass : une ligne de commande se lit dans la liste des processus.

    \u0008
    Exemples :
      assistant move --to postgresql://assistant@base.interne/assistant --files /srv/assistant/partage
      assistant move --to /srv/assistant-seul
    """
    with progress_bar() as on_progress:
        carried = workspace.move_files(destination, files, on_progress)
        moved = workspace.move(destination, on_progress, files)
    for kind, count in carried.items():
        say(f"{kind} : {count} fichiers, conformes")
    for table, rows in moved.rows:
        say(f"{table} : {rows} lignes, conformes")
    for name, count in workspace.carry(destination).items():
        say(f"{name} : {count}")
    click.echo(f"Index copié et vérifié : SHA-256 {moved.sha256}")
    if files:
        say(f"Réglez aussi « files » : {files}")
    say(
        "Réglez maintenant « store » dans settings.toml (une adresse PostgreSQL, ou rien pour un dossier) : jusque-là, l'assistant lit l'index d'origine."
    )
