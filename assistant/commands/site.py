"""Several people: ``assistant users``, ``assistant journal``, ``assistant purge``."""

import csv
import getpass
import io
import json
import sys
from contextlib import closing
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from assistant import whole_file
from assistant.commands.terminal import LONGEST_EXTRACT, Day, Whole, agrees, print_json, say
from assistant.errors import UsageError
from assistant.lines import beginning
from assistant.workspace import Workspace

if TYPE_CHECKING:
    from assistant.site.accounts import Accounts
    from assistant.site.journal import Entry, Journal
    from assistant.site.uploads import Uploads
    from assistant.site.users import User, Users

FAILED = 1
# Cells that begin so are run as formulas by a spreadsheet.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


# ---- accounts ---------------------------------------------------------------------------------------------------------------------------


@click.group()
def users() -> None:
    """Les comptes de la page : qui se connecte, et ce que chacun peut faire.

    \u0008
    Rôles : lecteur (questions, recherche), rédacteur (aussi : dépôts, rédaction, contrôle, synthèses), administrateur (aussi : bibliothèque, journal, comptes).
    Un changement vaut aussitôt, même pour une page ouverte.
    """


@users.command(name="add")
@click.argument("name", metavar="NOM")
@click.option("--role", default="lecteur", show_default=True, help="lecteur, rédacteur ou administrateur.")
@click.option(
    "--no-password",
    is_flag=True,
    help="Sans mot de passe : la personne vient par le mandataire (réglage trusted_header).",
)
@click.pass_obj
def add_user(workspace: Workspace, name: str, role: str, no_password: bool) -> None:
    """Crée un compte. Le mot de passe est demandé deux fois, ou lu sur l'entrée standard ; jamais dans la commande.

    \u0008
    Exemples :
      assistant users add claire.martin --role rédacteur
      pass assistant/claire | assistant users add claire.martin
    """
    from assistant.site.rights import role_of
    from assistant.site.users import user_name

    kept = _users(workspace)
    plain, chosen = user_name(name), role_of(role)
    if kept.get(plain):
        raise UsageError(
            f"Le compte « {plain} » existe déjà.",
            f"Pour le changer : assistant users role {plain} … ou users password {plain}.",
        )
    user = _accounts(workspace).add(plain, chosen, None if no_password else _password())
    click.echo(f"Compte créé : {user.name}, {user.role.value}.")


@users.command(name="list")
@click.option("--json", "as_json", is_flag=True, help="Une valeur JSON.")
@click.pass_obj
def list_users(workspace: Workspace, as_json: bool) -> None:
    """Liste les comptes, et les collections qui ne sont pas pour tous."""
    kept = _users(workspace)
    found, collections = kept.all(), kept.collections()
    if as_json:
        print_json(
            {
                "users": [_user_json(user) for user in found],
                "collections": {name: [role.value for role in roles] for name, roles in collections.items()},
            }
        )
        return
    width = max((len(user.name) for user in found), default=0)
    for user in found:
        state = "" if user.enabled else "  désactivé"
        click.echo(
            f"{user.name:<{width}}  {user.role.value:<14}{state}"
            + ("" if user.hash else "  sans mot de passe (mandataire)")
        )
    for name, roles in collections.items():
        click.echo(f"Collection « {name} » : {', '.join(role.value for role in roles)}.")
    if not found:
        say(
            "Aucun compte : la page est pour une seule personne, sur cet ordinateur. → assistant users add NOM --role administrateur"
        )


def _user_json(user: "User") -> dict[str, Any]:
    return {
        "name": user.name,
        "role": user.role.value,
        "enabled": user.enabled,
        "password": bool(user.hash),
        "added_on": user.added_on.isoformat() if user.added_on else None,
    }


@users.command(name="role")
@click.argument("name", metavar="NOM")
@click.argument("role", metavar="RÔLE")
@click.pass_obj
def set_role(workspace: Workspace, name: str, role: str) -> None:
    """Change le rôle d'un compte."""
    from assistant.site.rights import role_of

    user = _accounts(workspace).set_role(name, role_of(role))
    click.echo(f"{user.name} : {user.role.value}.")


@users.command()
@click.argument("name", metavar="NOM")
@click.pass_obj
def disable(workspace: Workspace, name: str) -> None:
    """Ferme la page à un compte, sans rien effacer."""
    user = _accounts(workspace).set_enabled(name, False)
    click.echo(f"{user.name} ne peut plus entrer.")


@users.command()
@click.argument("name", metavar="NOM")
@click.pass_obj
def enable(workspace: Workspace, name: str) -> None:
    """Rouvre la page à un compte désactivé."""
    user = _accounts(workspace).set_enabled(name, True)
    click.echo(f"{user.name} peut entrer.")


@users.command()
@click.argument("name", metavar="NOM")
@click.pass_obj
def password(workspace: Workspace, name: str) -> None:
    """Change le mot de passe d'un compte (demandé deux fois, ou lu sur l'entrée standard)."""
    from assistant.site.users import user_name

    if _users(workspace).get(user_name(name)) is None:
        raise UsageError(f"Il n'y a pas de compte « {name} ».", "La liste : assistant users list.")
    user = _accounts(workspace).set_password(name, _password())
    click.echo(f"Mot de passe de {user.name} changé.")


@users.command(name="sign-out")
@click.argument("names", metavar="[NOM]…", nargs=-1)
@click.pass_obj
def sign_out(workspace: Workspace, names: tuple[str, ...]) -> None:
    """Ferme toutes les sessions d'un compte, ou de tous sans nom : il faut se connecter de nouveau."""
    accounts = _accounts(workspace)
    for name in names or tuple(user.name for user in _users(workspace).all()):
        user = accounts.sign_out(name)
        click.echo(f"Sessions de {user.name} fermées.")


@users.command(name="remove")
@click.argument("name", metavar="NOM")
@click.pass_obj
def remove_user(workspace: Workspace, name: str) -> None:
    """Retire un compte. Ses conversations restent jusqu'à « assistant purge --user NOM »."""
    user = _accounts(workspace).remove(name)
    click.echo(f"Compte retiré : {user.name}. Ce qu'il a gardé reste : assistant purge --user {user.name}")


@users.command(name="collection")
@click.argument("collection", metavar="COLLECTION")
@click.argument("roles", nargs=-1, metavar="[RÔLE]…")
@click.pass_obj
def set_collection(workspace: Workspace, collection: str, roles: tuple[str, ...]) -> None:
    """Réserve une collection à des rôles ; sans rôle, elle est de nouveau lue par tous.

    \u0008
    Exemple :
      assistant users collection notes-internes rédacteur administrateur
    """
    from assistant.site.rights import role_of

    who = _accounts(workspace).set_collection(collection, [role_of(role) for role in roles])
    click.echo(f"Collection « {collection} » : {who}.")


def _users(workspace: Workspace) -> "Users":
    from assistant.site.users import Users

    return Users(workspace.settings.home, workspace.shared)


def _password() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    while True:
        first, again = (
            click.prompt(asked, hide_input=True, err=True) for asked in ("Mot de passe", "Encore une fois")
        )
        if first == again:
            return str(first)
        say("Les deux mots de passe ne sont pas les mêmes : recommencez.")


def _accounts(workspace: Workspace) -> "Accounts":
    from assistant.site.accounts import Accounts

    return Accounts(_users(workspace), _journal(workspace), operator())


def operator() -> str:
    """Who runs a command, in the journal: the account of the machine, which is none of the page's."""
    try:
        return f"commande ({getpass.getuser()})"
    except (OSError, KeyError, ImportError):
        return "commande"


# ---- journal ----------------------------------------------------------------------------------------------------------------------------


@click.group()
def journal() -> None:
    """Le journal de la page : qui a demandé quoi, quand, et ce qui a été répondu. Chaque ligne retient l'empreinte de la précédente."""


def _journal(workspace: Workspace) -> "Journal":
    from assistant.site.journal import Journal

    return Journal(workspace.settings.home, shared=workspace.shared)


@journal.command()
@click.option(
    "--expect",
    default=None,
    metavar="EMPREINTE",
    help="Une empreinte de fin notée auparavant : elle doit encore être dans la chaîne.",
)
@click.option("--json", "as_json", is_flag=True, help="Une valeur JSON.")
@click.pass_obj
def verify(workspace: Workspace, expect: str | None, as_json: bool) -> None:
    """Suit la chaîne du premier au dernier maillon ; nomme la première ligne rompue.

    Notez ailleurs l'empreinte de fin qui s'affiche : qui peut écrire dans le dossier peut refaire toute la chaîne, mais pas cette note.
    """
    found = _journal(workspace).verify(expect)
    if as_json:
        print_json(asdict(found))
    elif found.fault and found.cut:
        click.echo(
            "✗ Un arrêt a coupé la dernière ligne pendant son écriture. Rien d'autre ne manque : la prochaine ligne écrite la complétera."
        )
    elif found.fault:
        click.echo(f"✗ Journal rompu : {found.fault.file}, ligne {found.fault.line} : {found.fault.reason}.")
    else:
        purged = f", {found.purged} effacées par une purge" if found.purged else ""
        click.echo(f"✓ {found.entries} lignes qui se suivent{purged}. Fin : {found.head or 'aucune'}")
    if not found.fault and not found.met:
        say(
            "L'empreinte attendue n'est pas dans la chaîne : le journal a été refait depuis, ou cette ligne a été effacée par une purge."
        )
    if found.fault or not found.met:
        sys.exit(FAILED)


@journal.command(name="show")
@click.option(
    "--last",
    default=20,
    show_default=True,
    type=Whole(1, 100_000),
    help="Nombre de lignes, les dernières.",
)
@click.option("--user", "who", default=None, metavar="NOM", help="Un compte.")
@click.option("--since", type=Day(), default=None, help="Depuis ce jour (AAAA-MM-JJ).")
@click.option("--json", "as_json", is_flag=True, help="Une valeur JSON.")
@click.pass_obj
def show_journal(workspace: Workspace, last: int, who: str | None, since: date | None, as_json: bool) -> None:
    """Montre les dernières lignes."""
    found = list(_journal(workspace).entries(since=since, who=who))[-last:]
    if as_json:
        print_json([_entry_json(entry) for entry in found])
        return
    for entry in found:
        click.echo(
            f"{entry.number:>6}  {entry.when:%Y-%m-%d %H:%M:%S}Z  {entry.who}  {entry.action}"
            + (f"  ({entry.detail})" if entry.detail else "")
        )
        if entry.question:
            click.echo(
                f"        {beginning(entry.question, LONGEST_EXTRACT)}"
                + (f"  → {entry.position}" if entry.position else "")
            )
    if not found:
        say("Aucune ligne.")


@journal.command(name="export")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    required=True,
    metavar="FICHIER",
    help="Fichier à écrire : .jsonl ou .csv.",
)
@click.option("--user", "who", default=None, metavar="NOM", help="Un compte.")
@click.option("--since", type=Day(), default=None, help="Depuis ce jour (AAAA-MM-JJ).")
@click.option("--until", type=Day(), default=None, help="Jusqu'à ce jour, compris.")
@click.pass_obj
def export_journal(
    workspace: Workspace, out: Path, who: str | None, since: date | None, until: date | None
) -> None:
    """Écrit des lignes du journal pour un contrôle, en JSON Lines ou en CSV."""
    if out.suffix.lower() not in (".jsonl", ".csv"):
        raise UsageError(
            f"« {out.name} » ne dit pas un format connu.", "Donnez un nom qui finit par .jsonl ou .csv."
        )
    found = list(_journal(workspace).entries(since=since, until=until, who=who))
    text = (
        _csv(found)
        if out.suffix.lower() == ".csv"
        else "".join(json.dumps(_entry_json(entry), ensure_ascii=False) + "\n" for entry in found)
    )
    whole_file.replace(out, text.encode())
    click.echo(f"{len(found)} lignes écrites dans {out}.")


def _entry_json(entry: "Entry") -> dict[str, Any]:
    return asdict(entry) | {"when": entry.when.isoformat()}


def _csv(entries: "list[Entry]") -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(
        [
            "numéro",
            "date (UTC)",
            "compte",
            "action",
            "question",
            "position",
            "sources",
            "modèle",
            "version",
            "détail",
            "compte visé",
            "empreinte",
        ]
    )
    for one in entries:
        sources = ", ".join(
            f"{source.work} {source.article}" if source.article else source.id for source in one.sources
        )
        cells = [
            one.number,
            f"{one.when:%Y-%m-%d %H:%M:%S}",
            one.who,
            one.action,
            one.question,
            one.position,
            sources,
            one.model,
            one.version,
        ]
        writer.writerow([_cell(value) for value in (*cells, one.detail, one.about, one.hash)])
    return out.getvalue()


def _cell(value: object) -> str:
    """A cell that a spreadsheet shows and does not run."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


# ---- retention --------------------------------------------------------------------------------------------------------------------------


@click.command()
@click.option(
    "--before",
    type=Day(),
    default=None,
    metavar="DATE",
    help="Ce qui est plus ancien que ce jour (AAAA-MM-JJ, UTC).",
)
@click.option(
    "--user",
    "who",
    default=None,
    metavar="NOM",
    help="Tout ce qu'une personne a laissé, quelle qu'en soit la date.",
)
@click.option("--keep-journal", is_flag=True, help="Garder les lignes du journal.")
@click.option("--yes", is_flag=True, help="Sans demander.")
@click.option("--json", "as_json", is_flag=True, help="Une valeur JSON.")
@click.pass_obj
def purge(
    workspace: Workspace, before: date | None, who: str | None, keep_journal: bool, yes: bool, as_json: bool
) -> None:
    """Efface conversations, projets, contrôles, registres, besoins, avis, documents, synthèses et lignes du journal : les anciens, ou ceux d'une personne.

    La chaîne du journal reste vérifiable : chaque suite de lignes effacées est remplacée par leurs empreintes, sans rien de ce qu'elles disaient.

    \u0008
    Exemples :
      assistant purge --before 2026-01-01
      assistant purge --user claire.martin
    """
    from assistant.drafting.kept import KeptDrafts
    from assistant.review.kept import KeptReviews
    from assistant.site import uploads
    from assistant.site.batches import Batches
    from assistant.site.conversations import Conversations
    from assistant.site.feedback import Judgements

    if (before is None) == (who is None):
        raise UsageError(
            "Il faut dire ce qui est à effacer : --before DATE, ou --user NOM.",
            "L'un des deux, pas les deux.",
        )
    what = f"tout ce qui est antérieur au {before}" if before else f"tout ce que « {who} » a laissé"
    if not yes and not agrees(f"Effacer {what}, sans retour ?"):
        say("Rien n'a été effacé.")
        return
    home, shared = workspace.settings.home, workspace.shared
    with (
        closing(Conversations(home, shared=shared)) as conversations,
        closing(KeptDrafts(home, shared=shared)) as drafts,
        closing(KeptReviews(home, shared=shared)) as reviews,
    ):
        counts = {
            "conversations": conversations.purge(before=before, owner=who),
            "drafts": drafts.purge(before=before, owner=who),
            "reviews": reviews.purge(before=before, owner=who),
        }
    counts["registers"] = workspace.dependencies.kept.purge(before=before, owner=who)
    counts["needs"] = workspace.needs.kept.purge(before=before, owner=who)
    counts["judgements"] = Judgements(workspace.settings.dropped).purge(before=before, owner=who)
    counts["uploads"] = _purge_uploads(
        workspace, uploads.of(workspace.settings, workspace.recognise), before, who
    )
    counts["batches"] = Batches(workspace.settings.dropped).purge(before=before, owner=who)
    counts["journal"] = 0 if keep_journal else _journal(workspace).purge(operator(), before=before, who=who)
    if as_json:
        print_json(counts)
        return
    click.echo(
        f"Effacés : {counts['conversations']} conversations, {counts['drafts']} projets, {counts['reviews']} contrôles, {counts['registers']} registres, "
        f"{counts['needs']} fichiers de besoins, {counts['judgements']} avis, {counts['uploads']} documents, "
        f"{counts['batches']} synthèses, {counts['journal']} lignes de journal."
    )


def _purge_uploads(workspace: Workspace, kept: "Uploads", before: date | None, who: str | None) -> int:
    count = 0
    kept.forget_halves()
    for owner in kept.owners() if who is None else (who,):
        going = kept.held(owner) if before is None else kept.older(owner, before)
        paths = [kept.remove(owner, one.id) for one in going]
        if paths:
            workspace.withdraw(paths, kept.collection(owner))
        count += len(paths)
    if count:
        workspace.forget_removed()
    return count
