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
@click.pass_obj
def move(workspace: Workspace, destination: str) -> None:
    """Copie tout l'index ailleurs, ligne par ligne, et vérifie ce qui est arrivé. Interrompue, elle reprend ; l'origine n'est jamais changée.

    Comptes, clés, journal, conversations, projets, registres et besoins y vont aussi. Arrêtez la page d'abord : ce qui s'écrit pendant la copie n'y est pas.

    Le mot de passe se met dans ~/.pgpass : une ligne de commande se lit dans la liste des processus.

    \u0008
    Exemples :
      assistant move --to postgresql://assistant@base.interne/assistant
      assistant move --to /srv/assistant-seul
    """
    with progress_bar() as on_progress:
        moved = workspace.move(destination, on_progress)
    for table, rows in moved.rows:
        say(f"{table} : {rows} lignes, conformes")
    for name, count in workspace.carry(destination).items():
        say(f"{name} : {count}")
    click.echo(f"Index copié et vérifié : SHA-256 {moved.sha256}")
    say(
        "Réglez maintenant « store » dans settings.toml (une adresse PostgreSQL, ou rien pour un dossier) : jusque-là, l'assistant lit l'index d'origine."
    )
