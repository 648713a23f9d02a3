"""The keys by which other programs ask: ``assistant keys``."""

from typing import TYPE_CHECKING, Any

import click

from assistant.commands.site import operator
from assistant.commands.terminal import on_one_line, print_json, say
from assistant.errors import UsageError
from assistant.workspace import Workspace

if TYPE_CHECKING:
    from assistant.site.keys import Key, Keys
    from assistant.site.rights import Role


@click.group()
def keys() -> None:
    """Les clés par lesquelles d'autres programmes interrogent l'assistant : adresse compatible OpenAI (/v1) et MCP.

    Sans clé, ces adresses sont fermées. Une clé s'affiche une fois, à sa création ; seule son empreinte est gardée.
    """


@keys.command()
@click.argument("name", metavar="NOM")
@click.option("--user", default="", metavar="COMPTE", help="La clé lit ce que lit ce compte, avec son rôle.")
@click.option(
    "--collection",
    "collections",
    multiple=True,
    metavar="COLLECTION",
    help="La clé lit cette collection commune (répétable).",
)
@click.option(
    "--role",
    default="",
    metavar="RÔLE",
    help="Rôle d'une clé de collections : lecteur (par défaut), rédacteur ou administrateur.",
)
@click.option("--json", "as_json", is_flag=True, help="Une valeur JSON.")
@click.pass_obj
def create(
    workspace: Workspace, name: str, user: str, collections: tuple[str, ...], role: str, as_json: bool
) -> None:
    """Crée une clé et l'affiche : gardez-la aussitôt, elle ne pourra plus être montrée.

    \u0008
    Exemples :
      assistant keys create open-webui --collection droit --collection accords-cadres
      assistant keys create poste-de-claire --user claire.martin
    """
    if user and role:
        raise UsageError(
            "Une clé de compte a le rôle de ce compte.",
            "Enlevez --role, ou changez le rôle du compte : assistant users role.",
        )
    chosen = _role(role)
    account = _account(workspace, user) if user else ""
    _require_readable(workspace, collections, chosen)
    key, secret = _keys(workspace).create(name, user=account, collections=collections, role=chosen)
    _note(workspace, f"clé « {key.name} » créée pour {_reads(key)}", key.user or None)
    if as_json:
        print_json(_key_json(key) | {"key": secret})
        return
    say(on_one_line(f"Clé « {key.name} », pour {_reads(key)}. Elle ne s'affichera plus :"))
    click.echo(secret)


def _role(word: str) -> "Role":
    from assistant.site.rights import Role, role_of

    return role_of(word) if word else Role.READER


def _account(workspace: Workspace, name: str) -> str:
    """The account of that name. Raises UsageError where there is none."""
    from assistant.site.users import Users, user_name

    plain = user_name(name)
    if Users(workspace.settings.home, workspace.shared).get(plain) is None:
        raise UsageError(f"Il n'y a pas de compte « {plain} ».", "La liste : assistant users list.")
    return plain


def _require_readable(workspace: Workspace, collections: tuple[str, ...], role: "Role") -> None:
    """Raises UsageError for a collection that the role may not read: the key would not read it either."""
    from assistant.site.users import Users

    rules = Users(workspace.settings.home, workspace.shared).collections()
    for collection in collections:
        if collection in rules and role not in rules[collection]:
            allowed = ", ".join(one.value for one in rules[collection])
            raise UsageError(
                f"La collection « {collection} » est réservée ({allowed}) : une clé de {role.value} ne la lirait pas.",
                "Donnez --role.",
            )


@keys.command(name="list")
@click.option("--json", "as_json", is_flag=True, help="Une valeur JSON.")
@click.pass_obj
def list_keys(workspace: Workspace, as_json: bool) -> None:
    """Liste les clés, révoquées comprises : ce qu'elles lisent, quand elles ont été créées et employées."""
    found = _keys(workspace).all()
    if as_json:
        print_json([_key_json(key) for key in found])
        return
    width = max((len(key.name) for key in found), default=0)
    for key in found:
        days = [f"créée le {key.made_on}", f"employée le {key.used_on}" if key.used_on else "jamais employée"]
        days += [f"révoquée le {key.revoked_on}"] if key.revoked_on else []
        click.echo(on_one_line(f"{key.name:<{width}}  {', '.join(days)} : {_reads(key)}"))
    if not found:
        say(
            "Aucune clé : les adresses des programmes sont fermées. → assistant keys create NOM --collection COLLECTION"
        )


@keys.command()
@click.argument("name", metavar="NOM")
@click.pass_obj
def revoke(workspace: Workspace, name: str) -> None:
    """Révoque une clé : elle n'ouvre plus rien, dès la demande suivante."""
    key = _keys(workspace).revoke(name)
    _note(workspace, f"clé « {key.name} » révoquée", key.user or None)
    click.echo(f"La clé « {key.name} » n'ouvre plus rien.")


def _keys(workspace: Workspace) -> "Keys":
    from assistant.site.keys import Keys

    return Keys(workspace.settings.home, workspace.shared)


def _note(workspace: Workspace, detail: str, about: str | None) -> None:
    from assistant.site.journal import Action, Journal

    Journal(workspace.settings.home, shared=workspace.shared).record(
        operator(), Action.KEYS, detail=detail, about=about
    )


def _reads(key: "Key") -> str:
    if key.user:
        return f"le compte {key.user}"
    return f"{', '.join(f'« {name} »' for name in key.collections)} ({key.role.value})"


def _key_json(key: "Key") -> dict[str, Any]:
    days = {"made_on": key.made_on, "used_on": key.used_on, "revoked_on": key.revoked_on}
    shown = {
        "name": key.name,
        "user": key.user or None,
        "collections": list(key.collections),
        "role": None if key.user else key.role.value,
    }
    return shown | {name: day.isoformat() if day else None for name, day in days.items()}
