"""``assistant due``: what falls due of one's own contracts, to be confirmed; as text, JSON, a calendar or a workbook."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from assistant.commands.terminal import Day, collections_option, print_json, progress_bar, say
from assistant.errors import ExportError, UsageError, reason_of
from assistant.french.dates import french_date
from assistant.reach import Reach
from assistant.workspace import Workspace

if TYPE_CHECKING:
    from assistant.documents.due import Due


@click.command()
@collections_option()
@click.option("--before", type=Day(), default=None, help="Jusqu'à ce jour seulement.")
@click.option("--json", "as_json", is_flag=True, help="Une valeur JSON.")
@click.option(
    "--ics",
    type=click.Path(path_type=Path),
    default=None,
    help="Écrire un agenda des échéances confirmées, avec un rappel un mois avant.",
)
@click.option("--xlsx", type=click.Path(path_type=Path), default=None, help="Écrire un classeur.")
@click.option(
    "--confirm",
    "confirmed",
    metavar="ID",
    default=None,
    help="Confirmer cette échéance, à la date calculée ou à celle de --date.",
)
@click.option(
    "--date",
    "day",
    type=Day(),
    default=None,
    help="Avec --confirm : la date de l'échéance, ou son départ s'il n'est écrit nulle part.",
)
@click.option(
    "--withdraw", "withdrawn", metavar="ID", default=None, help="Ne plus tenir cette échéance pour confirmée."
)
@click.pass_obj
def due(
    workspace: Workspace,
    collections: Reach,
    before: date | None,
    as_json: bool,
    ics: Path | None,
    xlsx: Path | None,
    confirmed: str | None,
    day: date | None,
    withdrawn: str | None,
) -> None:
    """Liste les échéances de vos marchés : fins, refus de reconduction, révisions de prix, garanties. Aucune ne compte avant d'être confirmée.

    \u0008
    Exemples :
      assistant due --before 2026-12-31
      assistant due --confirm 0123456789ab
      assistant due --confirm 0123456789ab --date 2026-03-01
      assistant due --ics echeances.ics
    """
    if day is not None and confirmed is None:
        raise UsageError(
            "--date ne va qu'avec --confirm.", "Donnez l'identifiant de l'échéance : --confirm ID."
        )
    if confirmed is not None:
        say(f"Échéance confirmée au {french_date(workspace.confirm_due(confirmed, day))}.")
        return
    if withdrawn is not None:
        workspace.withdraw_due(withdrawn)
        say("Ce qui avait été confirmé ne l'est plus.")
        return
    with progress_bar() as on_progress:
        found = workspace.due(collections=collections, before=before, on_progress=on_progress)
    for doubt in workspace.uncertain_amendments(collections):
        say(f"! {doubt}")
    _write(found, ics, xlsx)
    if as_json:
        print_json([_as_json(one) for one in found])
    elif ics is None and xlsx is None:
        _show(found)


def _write(found: "tuple[Due, ...]", ics: Path | None, xlsx: Path | None) -> None:
    from assistant.documents.agenda import calendar
    from assistant.documents.workbook import due_workbook

    if ics is not None:
        _write_bytes(ics, calendar(found, datetime.now(UTC)))
        kept = sum(one.confirmed is not None for one in found)
        say(
            f"Agenda écrit : {ics} ({kept} confirmées, {len(found) - kept} laissées de côté tant qu'elles ne le sont pas)"
        )
    if xlsx is not None:
        _write_bytes(xlsx, due_workbook(found))
        say(f"Classeur écrit : {xlsx}")


def _write_bytes(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except OSError as error:
        raise ExportError(
            f"« {path} » ne peut pas être écrit ({reason_of(error)}).",
            "Vérifiez le dossier et la place sur le disque.",
        ) from error


def _as_json(one: "Due") -> dict[str, Any]:
    said = [
        {"file": word.known.file, "pages": list(word.extract.pages), "quote": word.extract.text}
        for word in one.words
    ]
    falls, confirmed = (day.isoformat() if day else None for day in (one.day, one.confirmed))
    return {
        "id": one.id,
        "market": one.market,
        "kind": one.kind,
        "label": one.label,
        "computed": falls,
        "how": one.computed,
        "confirmed": confirmed,
        "status": one.status,
        "quotes": said,
    }


def _show(found: "tuple[Due, ...]") -> None:
    from assistant.export import french_pages
    from assistant.lines import beginning

    if not found:
        click.echo("Aucune échéance : vos documents ne disent ni durée, ni fin, ni révision, ni garantie.")
    for one in found:
        click.echo(
            f"{french_date(one.falls) if one.falls else '—'} · {one.label} · {one.market}\n  {one.id} · {one.status} · {one.computed}"
        )
        for word in one.words:
            pages = (word.extract.pages[0], word.extract.pages[-1]) if word.extract.pages else None
            where = ", ".join(part for part in (word.known.file, french_pages(pages)) if part)
            click.echo(f"    « {beginning(word.extract.text, 200)} » ({where})")
