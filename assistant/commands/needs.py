"""``assistant needs``: the needs of many members, joined, put right, and made into a framework agreement."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from assistant import whole_file
from assistant.commands.terminal import Whole, on_one_line, print_json, progress_bar, say
from assistant.errors import AssistantError, UsageError
from assistant.workspace import Workspace

if TYPE_CHECKING:
    from assistant.sourcing.kept_needs import Gathered
    from assistant.sourcing.needs import Cell, Measure, Need, Needs
    from assistant.sourcing.proposal import Proposal

# Needs and wordings that a terminal shows; the workbook and the JSON hold all.
_SHOWN, _WORDINGS = 60, 40


@click.group()
def needs() -> None:
    """Besoins de plusieurs membres : registres, enquêtes et marchés publiés rapprochés, puis un accord-cadre proposé."""


@needs.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--member", default="", help="Membre à qui est le registre, si aucune colonne ne le dit.")
@click.option("--same-members", is_flag=True, help="Les membres qui ont déjà des lignes sont bien les mêmes.")
@click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="EN-TÊTE=CHAMP",
    help="Corriger la lecture d'une colonne (répétable).",
)
@click.option(
    "--registers", is_flag=True, help="Verser aussi tous les registres gardés par « assistant dependencies »."
)
@click.option("--json", "as_json", is_flag=True, help="Une valeur JSON.")
@click.pass_obj
def add(
    workspace: Workspace,
    files: tuple[Path, ...],
    member: str,
    same_members: bool,
    columns: tuple[str, ...],
    registers: bool,
    as_json: bool,
) -> None:
    """Verse des registres (CSV, XLSX, ODS), des enquêtes de plusieurs membres, ou des données essentielles de marchés (JSON).

    \u0008
    Exemples :
      assistant needs add registre-cuges.xlsx --member "Cuges"
      assistant needs add enquete-2026.csv
      assistant needs add decp-2026.json
    """
    from assistant.site.users import ALONE
    from assistant.sourcing.importing import field_named

    if not files and not registers:
        raise UsageError("Il manque le fichier à verser.", "Donnez un ou plusieurs fichiers, ou --registers.")
    if member and len(files) > 1:
        raise UsageError("--member ne va qu'avec un seul fichier.", "Versez-les un par un.")
    said = {}
    for column in columns:
        header, separator, field = column.rpartition("=")
        if not separator:
            raise UsageError(
                f"« {column} » n'est pas une correction de colonne.", 'Écrivez --column "En-tête=champ".'
            )
        said[header] = field_named(field)
    added: list[Gathered] = []
    failed: list[AssistantError] = []
    for file in files:
        try:
            added.append(
                workspace.needs.add(file, owner=ALONE, member=member, same_members=same_members, columns=said)
            )
        except AssistantError as error:
            if len(files) == 1:
                raise
            failed.append(error)
            say(on_one_line(f"✗ {file.name} : {error.message} {error.hint}"))
    if registers:
        kept = workspace.dependencies.kept
        added += [
            workspace.needs.add_register(
                kept.register(ALONE, listed.member), listed.file, owner=ALONE, same_members=same_members
            )
            for listed in kept.listed(ALONE)
        ]
    if as_json:
        print_json([_source_json(one) for one in added])
    else:
        for one in added:
            click.echo(
                f"{one.file} : {_count(one.lines, 'ligne')} de {_count(one.members, 'membre')}, versé sous le numéro {one.serial}."
            )
    for one in added:
        for message in one.told:
            say(on_one_line(f"! {one.file} : {message}"))
    if failed:
        raise UsageError(
            f"{len(failed)} fichier(s) n'ont pas été versés, pour les raisons dites plus haut.",
            "Les autres l'ont été.",
        )


@needs.command()
@click.option("--json", "as_json", is_flag=True, help="Une valeur JSON.")
@click.pass_obj
def sources(workspace: Workspace, as_json: bool) -> None:
    """Liste les fichiers versés."""
    found = workspace.needs.kept.sources()
    if as_json:
        print_json([_source_json(one) for one in found])
    elif not found:
        click.echo("Aucun fichier n'est versé.")
    else:
        for one in found:
            click.echo(
                f"{one.serial} · {one.file} · {one.origin.value} · {_count(one.lines, 'ligne')}, {_count(one.members, 'membre')}"
            )


@needs.command()
@click.argument("number", type=Whole())
@click.pass_obj
def remove(workspace: Workspace, number: int) -> None:
    """Retire un fichier versé et ses lignes."""
    click.echo(f"« {workspace.needs.kept.remove(number)} » est retiré.")


@needs.command()
@click.option("--json", "as_json", is_flag=True, help="Une valeur JSON.")
@click.pass_obj
def join(workspace: Workspace, as_json: bool) -> None:
    """Rapproche les lignes : le même besoin sous d'autres noms, ses volumes, ses fins de contrats."""
    with progress_bar() as on_progress:
        found = workspace.needs.joined(on_progress)
    if as_json:
        print_json(_needs_json(found))
        return
    click.echo(
        f"{_count(found.lines, 'ligne')} de {_count(len(found.members), 'membre')} : {_count(len(found.needs), 'besoin')}."
    )
    for need in found.needs[:_SHOWN]:
        total = need.sum
        note = f" · {need.doubtful} rapprochées à vérifier" if need.doubtful else ""
        click.echo(
            f"{need.id:22} {need.label} · {_count(len(total.members), 'membre')}, {_count(total.lines, 'ligne')} · {_sums(total)}{note}"
        )
    if len(found.needs) > _SHOWN:
        click.echo(
            f"… et {len(found.needs) - _SHOWN} autres : --json ou « assistant needs export » les donnent tous."
        )


@needs.command()
@click.argument("id_", metavar="BESOIN")
@click.option("--json", "as_json", is_flag=True, help="Une valeur JSON.")
@click.pass_obj
def show(workspace: Workspace, id_: str, as_json: bool) -> None:
    """Montre un besoin : ses sommes, ses fins de contrats, chaque libellé et pourquoi il y est. BESOIN : un identifiant de besoin ou de libellé."""
    need = workspace.needs.need(id_)
    if as_json:
        print_json(_need_json(need))
        return
    total = need.sum
    click.echo(
        f"{need.label} ({need.id}) : {_count(len(total.members), 'membre')}, {_count(total.lines, 'ligne')} · {_sums(total)}"
    )
    click.echo("Fins de contrats : " + ", ".join(f"{end} : {lines}" for end, lines in _ends(need).items()))
    click.echo("Sensibilité : " + ", ".join(f"{level} : {lines}" for level, lines in _levels(need).items()))
    for said in need.wordings[:_WORDINGS]:
        click.echo(
            f"  {said.wording.id} · {said.lines} · {said.wording.shown}\n      {said.placed.why}{'' if said.placed.sure else ' — à vérifier'}"
        )
    if len(need.wordings) > _WORDINGS:
        click.echo(f"  … et {len(need.wordings) - _WORDINGS} autres libellés : --json les donne tous.")


@needs.command()
@click.option(
    "--together",
    nargs=2,
    metavar="A B",
    default=None,
    help="Réunir deux besoins (identifiants de besoins ou de libellés).",
)
@click.option("--apart", metavar="LIBELLÉ", default=None, help="Séparer un libellé de son besoin.")
@click.option("--forget", metavar="LIBELLÉ", default=None, help="Oublier ce qui a été corrigé d'un libellé.")
@click.pass_obj
def correct(
    workspace: Workspace, together: tuple[str, str] | None, apart: str | None, forget: str | None
) -> None:
    """Corrige un rapprochement ; la correction est gardée et vaut pour les fichiers versés ensuite.

    \u0008
    Exemples :
      assistant needs correct --apart 0123456789ab
      assistant needs correct --together finances regies
    """
    if sum(one is not None for one in (together, apart, forget)) != 1:
        raise UsageError(
            "Dites une correction, et une seule.", "--together A B, --apart LIBELLÉ ou --forget LIBELLÉ."
        )
    if together is not None:
        workspace.needs.put_together(*together)
        click.echo(f"Réunis : {workspace.needs.need(together[0]).label}.")
    elif apart is not None:
        workspace.needs.put_apart(apart)
        click.echo(f"À part : {workspace.needs.need(apart).label}.")
    elif forget is not None:
        workspace.needs.let_go(forget)
        click.echo("L'assistant rapproche de nouveau ce libellé d'après ce qu'il dit.")


@needs.command()
@click.argument("out", type=click.Path(path_type=Path))
@click.pass_obj
def export(workspace: Workspace, out: Path) -> None:
    """Écrit les besoins dans un classeur XLSX : sommes, fins de contrats, libellés avec leurs raisons."""
    if out.suffix.lower() != ".xlsx":
        raise UsageError(f"« {out.name} » ne finit pas par .xlsx.", "Les besoins s'exportent en classeur.")
    whole_file.replace(out, workspace.needs.workbook())
    say(f"Classeur écrit : {out}")


@needs.command()
@click.option(
    "--title",
    default="Accord-cadre de solutions numériques",
    show_default=True,
    help="Titre de l'accord-cadre.",
)
@click.option(
    "--start",
    metavar="AAAA-T",
    default=None,
    help="Premier trimestre, par exemple 2027-3 (sinon dans trois trimestres).",
)
@click.option(
    "--years", default=4, show_default=True, type=Whole(), help="Durée en années, reconductions comprises."
)
@click.option("--margin", default=20, show_default=True, type=Whole(), help="Marge du maximum, en pour cent.")
@click.option(
    "--least",
    default=None,
    type=Whole(1),
    help="Membres au-dessous desquels un besoin ne fait pas un lot (sinon le réglage least_members).",
)
@click.option(
    "--family",
    "families",
    multiple=True,
    metavar="BESOIN=FAMILLE",
    help="Rattacher un besoin à une famille de lots (répétable).",
)
@click.option(
    "--out",
    "outs",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Fichier à écrire : .odt, .docx, .md ou .xlsx (répétable).",
)
@click.option("--json", "as_json", is_flag=True, help="Une valeur JSON.")
@click.pass_obj
def propose(
    workspace: Workspace,
    title: str,
    start: str | None,
    years: int,
    margin: int,
    least: int | None,
    families: tuple[str, ...],
    outs: tuple[Path, ...],
    as_json: bool,
) -> None:
    """Propose un accord-cadre : lots, volumes, maximum et son calcul, calendrier, offres possibles, clauses ; contrôlé par la revue.

    \u0008
    Exemples :
      assistant needs propose --start 2027-3 --out proposition.odt --out proposition.xlsx
      assistant needs propose --family n-0123456789=territoire --json
    """
    from assistant.datatypes import FindingSeverity
    from assistant.sourcing.proposal import Terms, first_quarter

    today = date.today()
    asked = dict(_family(one) for one in families)
    terms = Terms(
        title,
        _quarter(start) if start else first_quarter(today),
        years,
        margin,
        least or workspace.needs.least_members,
        asked,
    )
    with progress_bar() as on_progress:
        proposal = workspace.needs.propose(terms, on_progress)
    blocking = [
        finding
        for finding in workspace.needs.check(proposal, today)
        if finding.severity is FindingSeverity.BLOCKING
    ]
    for finding in blocking:
        say(f"! Contrôle, bloquant : « {finding.quote} » — {finding.message}")
    for out in outs:
        whole_file.replace(out, workspace.needs.files(proposal, out.suffix.lower(), today))
        say(f"Écrit : {out}")
    if as_json:
        print_json(_proposal_json(proposal, len(blocking)))
    elif not outs:
        _show_proposal(proposal)


def _family(option: str) -> tuple[str, str]:
    need, separator, family = option.partition("=")
    if not separator:
        raise UsageError(f"« {option} » n'est pas un rattachement.", "Écrivez --family BESOIN=FAMILLE.")
    return need, family


def _quarter(written: str) -> Any:
    from assistant.sourcing.needs import Quarter

    year, _, number = written.upper().replace("T", "").partition("-")
    if not (year.isdigit() and len(year) == 4 and number in ("1", "2", "3", "4")):
        raise UsageError(
            f"« {written} » n'est pas un trimestre.", "Un trimestre s'écrit AAAA-T, par exemple 2027-3."
        )
    return Quarter(int(year), int(number))


def _show_proposal(proposal: "Proposal") -> None:
    maximum = (
        f"{proposal.maximum:,.0f} € HT".replace(",", " ")
        if proposal.maximum is not None
        else "non calculable (coûts non dits)"
    )
    click.echo(
        f"{proposal.terms.title} : {_count(len(proposal.lots), 'lot')}, {_count(proposal.terms.years, 'an')} dès {proposal.terms.start.shown}, "
        f"sans minimum, maximum {maximum}"
    )
    for lot in proposal.lots:
        amount = (
            f"{lot.maximum:,.0f} €".replace(",", " ") if lot.maximum is not None else "maximum non calculable"
        )
        click.echo(
            f"  Lot {lot.number} · {lot.title} · {_count(len(lot.total.members), 'membre')}, {_count(lot.total.lines, 'ligne')} · {amount}"
        )
    for one in proposal.outside[:_SHOWN]:
        click.echo(f"  Hors lots · {one.label} · {_count(one.lines, 'ligne')} · {one.why}")


def _source_json(one: "Gathered") -> dict[str, Any]:
    return {
        "number": one.serial,
        "file": one.file,
        "kind": one.origin.value,
        "lines": one.lines,
        "members": one.members,
        "told": list(one.told),
    }


def _needs_json(found: "Needs") -> dict[str, Any]:
    return {
        "lines": found.lines,
        "members": len(found.members),
        "needs": [_need_json(need) for need in found.needs],
    }


def _need_json(need: "Need") -> dict[str, Any]:
    return {
        "id": need.id,
        "label": need.label,
        "family": need.family or None,
        **_cell_json(need.sum),
        "ends": _ends(need),
        "sensitivities": _levels(need),
        "wordings": [
            {
                "id": said.wording.id,
                "function": said.wording.function,
                "name": said.wording.name,
                "lines": said.lines,
                "because": said.placed.because.value,
                "why": said.placed.why,
                "sure": said.placed.sure,
            }
            for said in need.wordings
        ],
    }


def _cell_json(cell: "Cell") -> dict[str, Any]:
    return {
        "lines": cell.lines,
        "members": len(cell.members),
        "users": _measure_json(cell.users),
        "yearly_cost": _measure_json(cell.cost),
        "volume_gb": _measure_json(cell.volume),
        "published": {"contracts": cell.contracts, **_measure_json(cell.published)},
    }


def _measure_json(measure: "Measure") -> dict[str, Any]:
    return {"total": f"{measure.total:f}", "lines": measure.lines, "members": len(measure.members)}


def _ends(need: "Need") -> dict[str, int]:
    found: dict[str, int] = {}
    for cell in sorted(need.cells, key=lambda one: (one.end is None, one.end or (0, 0))):
        found[cell.end.shown if cell.end else "non dite"] = (
            found.get(cell.end.shown if cell.end else "non dite", 0) + cell.lines
        )
    return found


def _levels(need: "Need") -> dict[str, int]:
    found: dict[str, int] = {}
    for cell in need.cells:
        level = cell.sensitivity.value if cell.sensitivity else "non dite"
        found[level] = found.get(level, 0) + cell.lines
    return found


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' if number > 1 else ''}"


def _sums(total: "Cell") -> str:
    users = (
        f"{total.users.total} utilisateurs (dits par {total.users.lines})"
        if total.users.lines
        else "utilisateurs non dits"
    )
    cost = (
        f"{total.cost.total:,.2f} € HT/an (dits par {total.cost.lines})".replace(",", " ")
        if total.cost.lines
        else "coût non dit"
    )
    return f"{users}, {cost}"


def _proposal_json(proposal: "Proposal", blocking: int) -> dict[str, Any]:
    maximum = proposal.maximum
    return {
        "title": proposal.terms.title,
        "start": proposal.terms.start.shown,
        "years": proposal.terms.years,
        "minimum": None,
        "maximum": f"{maximum:f}" if maximum is not None else None,
        "blocking": blocking,
        "lots": [
            {
                "number": lot.number,
                "family": lot.family,
                "level": lot.level,
                **_cell_json(lot.total),
                "amount": f"{lot.amount:f}" if lot.amount is not None else None,
                "maximum": f"{lot.maximum:f}" if lot.maximum is not None else None,
                "needs": [
                    {
                        "id": one.need,
                        "label": one.label,
                        **_cell_json(one.total),
                        "estimated_lines": one.unsaid,
                    }
                    for one in lot.positions
                ],
                "offers": lot.open,
                "law": [
                    {"sheet": one.sheet, "text": one.text, "articles": list(one.articles)} for one in lot.law
                ],
                "kit": lot.kit,
                "clauses": [{"id": one.id, "level": one.level} for one in lot.clauses],
            }
            for lot in proposal.lots
        ],
        "calendar": [
            {
                "quarter": one.quarter.shown,
                "members": one.members,
                "lines": one.lines,
                "lots": dict(one.by_lot),
            }
            for one in proposal.calendar
        ],
        "outside": [
            {"label": one.label, "lines": one.lines, "members": one.members, "why": one.why}
            for one in proposal.outside
        ],
    }
