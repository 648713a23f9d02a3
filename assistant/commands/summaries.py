"""``assistant summarise``: tender documents into a table, each value with its page; ``assistant eval summaries``: how well, on labelled documents."""

import sys
from dataclasses import asdict
from datetime import date
from pathlib import Path

import click

from assistant.commands.terminal import Day, Whole, print_json, progress_bar, say, say_failure
from assistant.errors import UsageError
from assistant.workspace import ALL_TASKS, Workspace

FAILED = 1


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), default=None, help="Dossier des résultats.")
@click.option("--no-model", is_flag=True, help="Sans modèle de langage.")
@click.option(
    "--force-model", is_flag=True, help="L'aperçu au modèle de langage, mérité ou non (pour mesurer)."
)
@click.option(
    "--format",
    "formats",
    default="json,xlsx,html",
    show_default=True,
    help="Formats : json, xlsx, html, odt, docx, md.",
)
@click.option(
    "--jobs",
    type=Whole(1, 256),
    default=None,
    help="Processus de cette machine (sinon un par cœur, quatre au plus).",
)
@click.option(
    "--dask", "address", default=None, help="Adresse de l'ordonnanceur d'un cluster Dask (tcp://…:8786)."
)
@click.option("--each", is_flag=True, help="Chaque fichier est une consultation à lui seul (dossier d'avis).")
@click.option("--first", multiple=True, help="Morceau de nom à traiter en premier (répétable).")
@click.option(
    "--review",
    is_flag=True,
    help="Y joindre les constats de la revue de légalité, pièce par pièce (plusieurs fois plus long).",
)
@click.option(
    "--as-of", "day", type=Day(), default=None, help="Le droit que lit la revue (sinon d'aujourd'hui)."
)
@click.option("--json", "as_json", is_flag=True, help="Une valeur JSON : ce qui a été fait.")
@click.pass_obj
def summarise(
    workspace: Workspace,
    paths: tuple[Path, ...],
    out: Path | None,
    no_model: bool,
    force_model: bool,
    formats: str,
    jobs: int | None,
    address: str | None,
    each: bool,
    first: tuple[str, ...],
    review: bool,
    day: date | None,
    as_json: bool,
) -> None:
    """Résume des DCE : chaque champ avec sa page et ses mots, les contradictions entre pièces, un tableau.

    Un dossier, une archive, des fichiers donnés ensemble sont une consultation, sauf si leurs pièces disent le contraire.
    Arrêtée ou tuée, la commande reprend où elle en était : relancez-la.

    \u0008
    Exemples :
      assistant summarise dce/ --out fiches/
      assistant summarise dce.zip avis.pdf --out fiches/ --format json,xlsx,odt
      assistant summarise dossiers/ --out fiches/ --review --first urgent
    """
    if not paths or out is None:
        raise UsageError(
            "Il manque ce qu'il faut résumer, ou le dossier des résultats.",
            "Par exemple : assistant summarise dce/ --out fiches/.",
        )
    if no_model and force_model:
        raise UsageError("--no-model et --force-model se contredisent.", "Gardez l'un des deux.")
    if day and not review:
        raise UsageError(
            "--as-of dit le droit que lit la revue, qui n'est pas demandée.", "Ajoutez --review."
        )
    permitted = frozenset() if no_model else ALL_TASKS if force_model else None
    with progress_bar() as on_progress:
        report, files = workspace.summarise(
            paths,
            out,
            formats=formats,
            permitted=permitted,
            jobs=jobs,
            dask=address,
            each=each,
            first=first,
            review=review,
            as_of=day,
            on_progress=on_progress,
        )
    for limit in workspace.summary_limits(review=review):
        say(limit)
    for failure in report.failures:
        say_failure(failure)
    if as_json:
        print_json(
            {
                "documents": len(report.documents),
                "unchanged": report.unchanged,
                "consultations": len(report.consultations),
                "failures": [asdict(failure) for failure in report.failures],
                "pages": report.pages,
                "seconds": round(report.seconds, 2),
                "pages_per_second": round(report.pages_per_second, 1),
                "files": [str(path) for path in files],
            }
        )
    else:
        speed = f", {report.pages_per_second:.1f} pages/s".replace(".", ",") if report.pages else ""
        click.echo(
            f"{len(report.documents)} documents ({report.unchanged} déjà résumés), {len(report.consultations)} consultations, "
            f"{len(report.failures)} en échec{speed}."
        )
        for path in files:
            say(f"→ {path}")
    if report.failures:
        sys.exit(FAILED)


@click.command(name="summaries")
@click.argument("gold", type=click.Path(path_type=Path))
@click.argument("folder", type=click.Path(path_type=Path), required=False)
@click.option("--wrong", is_flag=True, help="Dire aussi ce qui manque ou qui est de trop, champ par champ.")
@click.option("--json", "as_json", is_flag=True, help="Une valeur JSON.")
@click.pass_obj
def evaluate(workspace: Workspace, gold: Path, folder: Path | None, wrong: bool, as_json: bool) -> None:
    """Ce que les relevés trouvent, inventent et citent, sur des documents étiquetés (GOLD, une ligne JSON par document, qui sont dans FOLDER)."""
    from assistant.evaluation import summary_sets

    measured = summary_sets.measure(
        summary_sets.read(gold), folder or gold.parent, workspace.covers, lambda: workspace.fields_if_any
    )
    for limit in workspace.summary_limits():
        say(limit)
    if as_json:
        print_json(asdict(measured))
        return
    for name, value in asdict(measured).items():
        if name != "wrong":
            click.echo(f"{name:14} {value}")
    for line in measured.wrong if wrong else ():
        click.echo(line)
