"""The buyer's own documents: ``assistant portfolio`` computes a list over them, ``assistant consultations`` says which pieces are of one market."""

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from assistant.commands.terminal import Day, collections_option, on_one_line, print_json, progress_bar, say
from assistant.errors import ExportError, reason_of
from assistant.reach import Reach
from assistant.workspace import Workspace

if TYPE_CHECKING:
    from assistant.datatypes import Row, Rows
    from assistant.documents.consultations import Consultation

NO_ANSWER = 3


@click.command()
@click.argument("text", metavar="QUESTION")
@collections_option()
@click.option(
    "--as-of",
    type=Day(),
    default=None,
    help="Jour auquel les marchés sont en vigueur, et se comptent « avant juin », « cette année » (sinon aujourd'hui).",
)
@click.option("--json", "as_json", is_flag=True, help="Une valeur JSON.")
@click.option("--xlsx", type=click.Path(path_type=Path), default=None, help="Écrire un classeur.")
@click.pass_obj
def portfolio(
    workspace: Workspace, text: str, collections: Reach, as_of: date | None, as_json: bool, xlsx: Path | None
) -> None:
    """Calcule une liste sur tous vos documents : ceux qui répondent, ceux qui ne répondent pas, ceux qu'on n'a pas pu lire.

    \u0008
    Exemples :
      assistant portfolio "Lesquels de nos marchés n'ont pas de clause de réversibilité ?"
      assistant portfolio "Quels marchés durent plus de trois ans ?" --xlsx durees.xlsx
    """
    with progress_bar() as on_progress:
        rows = workspace.portfolio(text, collections=collections, as_of=as_of, on_progress=on_progress)
    for doubt in workspace.uncertain_amendments(collections):
        say(f"! {doubt}")
    if xlsx is not None:
        _write(xlsx, text, rows)
    if as_json:
        print_json(_as_json(text, rows))
    else:
        _show(rows)
    if not rows.yes:
        sys.exit(NO_ANSWER)


def _write(path: Path, text: str, rows: "Rows") -> None:
    from assistant.documents.workbook import workbook
    from assistant.kept_answer import KeptRows

    try:
        path.write_bytes(workbook(text, KeptRows.of(rows)))
    except OSError as error:
        raise ExportError(
            f"« {path} » ne peut pas être écrit ({reason_of(error)}).",
            "Vérifiez le dossier et la place sur le disque.",
        ) from error
    say(f"Classeur écrit : {path}")


def _as_json(question: str, rows: "Rows") -> dict[str, Any]:
    from assistant.kept_answer import KeptSource

    def source(row: "Row") -> dict[str, Any]:
        return KeptSource.of(row.source).to_json() | {"file": row.file, "market": row.market}

    def said(row: "Row") -> dict[str, Any]:
        pages = list(row.quote.passage.pages) if row.quote and row.quote.passage.pages else None
        return {
            "source": source(row),
            "value": row.value,
            "pages": pages,
            "quote": row.quote.text if row.quote else None,
        }

    yes, no, untold = rows.markets
    return {
        "question": question,
        "asked": rows.asked,
        "yes": [said(row) for row in rows.yes],
        "no": [source(row) for row in rows.no],
        "unreadable": [source(row) for row in rows.untold],
        "silent": [source(row) for row in rows.silent],
        "count": yes,
        "markets": {"yes": yes, "no": no, "unreadable": untold},
    }


def _show(rows: "Rows") -> None:
    from assistant.export import counted, french_pages
    from assistant.lines import beginning

    click.echo(counted(rows))
    for title, part in (("Oui", rows.yes), ("Non", rows.no), ("Illisible ou indécis", rows.untold)):
        if part:
            click.echo(f"\n{title}")
        for row in part:
            where = french_pages(row.quote.passage.pages) if row.quote else ""
            click.echo(
                on_one_line(f"  {row.file}{f', {where}' if where else ''} — {row.market}")
                + (f"\n    {beginning(row.value, 200)}" if row.value else "")
            )


@click.command()
@collections_option()
@click.option(
    "--together", multiple=True, metavar="ID", help="Mettre ces sources ensemble (répétable, deux au moins)."
)
@click.option("--apart", multiple=True, metavar="ID", help="Mettre cette source à part (répétable).")
@click.option("--json", "as_json", is_flag=True, help="Une valeur JSON.")
@click.pass_obj
def consultations(
    workspace: Workspace, collections: Reach, together: tuple[str, ...], apart: tuple[str, ...], as_json: bool
) -> None:
    """Dit quelles pièces sont d'un même marché, et pourquoi ; le corrige si on le demande.

    \u0008
    Exemples :
      assistant consultations
      assistant consultations --apart 0123456789abcdef
    """
    if together or apart:
        workspace.put_together(together, apart)
    with progress_bar() as on_progress:
        markets = workspace.markets(collections, on_progress=on_progress)
    if as_json:
        print_json([_market_json(one) for one in markets])
        return
    for one in markets:
        click.echo(f"{on_one_line(one.name)}\n  ({on_one_line(one.why)})")
        for piece in one.pieces:
            click.echo(on_one_line(f"  {piece.source.id}  {piece.summary.doc_type:5} {piece.file}"))


def _market_json(market: "Consultation") -> dict[str, Any]:
    pieces = [
        {"id": piece.source.id, "file": piece.file, "doc_type": piece.summary.doc_type}
        for piece in market.pieces
    ]
    return {"name": market.name, "why": market.why, "pieces": pieces}
