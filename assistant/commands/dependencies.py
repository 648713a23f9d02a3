"""``assistant dependencies``: registers of dependencies, what they expose to, where else to buy, and the plan to leave."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from assistant import whole_file
from assistant.commands.terminal import Day, Whole, collections_option, on_one_line, print_json, say
from assistant.datatypes import Severity
from assistant.errors import UsageError
from assistant.french.dates import french_date
from assistant.reach import Reach
from assistant.workspace import Workspace

if TYPE_CHECKING:
    from assistant.sourcing.catalogues import Candidate, Catalogue
    from assistant.sourcing.exposure import Exposure
    from assistant.sourcing.plan import Plan
    from assistant.sourcing.register import Register

# The owner of what is kept on a page without accounts (``site.users.ALONE``).
_ALONE = "local"
_owner = click.option(
    "--owner", default=_ALONE, show_default=True, metavar="COMPTE", help="Le compte à qui est le registre."
)
_member = click.option("--member", default="", help="Le membre ; tous s'il n'est pas donné.")
_json = click.option("--json", "as_json", is_flag=True, help="Une valeur JSON.")
_collections = collections_option("Collection des contrats indexés (répétable).")
_today = click.option("--as-of", "day", type=Day(), default=None, help="Le jour du calcul (aujourd'hui).")


@click.group()
def dependencies() -> None:
    """Dépendances : registre des applications, exposition expliquée, catalogues de solutions, plan de migration.

    \u0008
    Exemples :
      assistant dependencies import registre.xlsx --member "Commune de Bourg"
      assistant dependencies exposure --member "Commune de Bourg"
      assistant dependencies catalogue sill.csv --title SILL --source DINUM --date 2021-12-31 --licence "Licence Ouverte"
      assistant dependencies search "partager des fichiers volumineux" --free
      assistant dependencies plan --xlsx plan.xlsx --svg plan.svg
    """


@dependencies.command(name="import")
@click.argument("file", type=click.Path(path_type=Path))
@_owner
@click.option("--member", default="", help="Le membre, si aucune colonne ne le dit.")
@click.option(
    "--column",
    "columns",
    multiple=True,
    metavar='"En-tête=champ"',
    help="Corrige une colonne (répétable) ; « note » la garde en note.",
)
@click.option(
    "--value",
    "values",
    multiple=True,
    metavar='"Forte=sensible"',
    help="Dit un degré de sensibilité d'une échelle à vous (répétable).",
)
@click.option("--replace", "replace_known", is_flag=True, help="Remplace le registre de ce membre.")
@click.option("--dry-run", is_flag=True, help="Montre ce qui est compris, ne garde rien.")
@_json
@click.pass_obj
def import_(
    workspace: Workspace,
    file: Path,
    owner: str,
    member: str,
    columns: tuple[str, ...],
    values: tuple[str, ...],
    replace_known: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Importe un registre : CSV, XLSX, XLS, ODS ou export de GLPI. Montre ce qui est compris de chaque colonne et ce qui n'est pas lu."""
    from assistant.sourcing import importing, outputs

    said = {header: importing.field_named(field) for header, field in _pairs(columns, "--column")}
    degrees = dict(_pairs(values, "--value"))
    desk = workspace.dependencies
    if dry_run:
        found: Sequence[Register] = (desk.read(file, file.name, member=member, columns=said, values=degrees),)
        questions = importing.missing_questions(found[0])
    else:
        imported = desk.import_register(
            owner, file, file.name, member=member, columns=said, values=degrees, replace_known=replace_known
        )
        found, questions = imported.registers, imported.questions
    if as_json:
        print_json(
            {
                "registers": [outputs.register_json(one) for one in found],
                "questions": list(questions),
                "kept": not dry_run,
            }
        )
        return
    _show_columns(found[0])
    for problem in found[0].problems:
        say(on_one_line(f"{'·' if problem.severity is Severity.INFO else '!'} {problem.message}"))
    for question in questions:
        say(on_one_line(f"? {question}"))
    lines = sum(len(one.applications) for one in found)
    click.echo(
        on_one_line(
            f"{lines} applications de {len(found)} membre{'s' if len(found) > 1 else ''} {'lues' if dry_run else 'gardées'}."
        )
    )


def _pairs(written: Sequence[str], option: str) -> list[tuple[str, str]]:
    found = []
    for one in written:
        left, equals, right = one.rpartition("=")
        if not equals or not left.strip():
            raise UsageError(
                f"« {one} » ne se lit pas après {option}.", f'Écrivez : {option} "gauche=droite".'
            )
        found.append((left.strip(), right.strip()))
    return found


def _show_columns(register: "Register") -> None:
    from assistant.sourcing.importing import label

    for column in register.columns:
        read = label(column.field) if column.field else "note"
        sheet = f"{column.sheet} · " if column.sheet else ""
        click.echo(on_one_line(f"  {sheet}{column.header} → {read} ({column.score:.0%}, {column.reason})"))


@dependencies.command()
@_owner
@click.option("--member", required=True, help="Le membre qui en dépend.")
@click.option("--name", required=True, help="L'application.")
@click.option("--function", default="", help="À quoi elle sert.")
@click.option(
    "--set",
    "given",
    multiple=True,
    metavar='"champ=valeur"',
    help='Un champ du registre (répétable) : "Hébergeur=…", "Fin du contrat=31/12/2027".',
)
@click.pass_obj
def add(
    workspace: Workspace, owner: str, member: str, name: str, function: str, given: tuple[str, ...]
) -> None:
    """Ajoute une application à la main."""
    from assistant.sourcing import importing

    workspace.dependencies.kept.add(
        owner, importing.by_hand(member, name, function, dict(_pairs(given, "--set")))
    )
    click.echo(on_one_line(f"« {name} » est ajoutée au registre de « {member} »."))


@dependencies.command()
@_owner
@_member
@_json
@click.pass_obj
def show(workspace: Workspace, owner: str, member: str, as_json: bool) -> None:
    """Montre les registres gardés ou, avec --member, les lignes de l'un d'eux."""
    from assistant.sourcing import outputs

    desk = workspace.dependencies
    if not member:
        listed = desk.listed(owner)
        if as_json:
            print_json(
                [
                    {
                        "member": one.member,
                        "file": one.file,
                        "imported": one.imported.isoformat(),
                        "applications": one.applications,
                    }
                    for one in listed
                ]
            )
            return
        for one in listed:
            click.echo(
                on_one_line(
                    f"{one.member} · {one.applications} applications · {one.file} · importé le {one.imported:%d/%m/%Y}"
                )
            )
        if not listed:
            click.echo("Aucun registre : « assistant dependencies import FICHIER » en ajoute un.")
        return
    register = desk.kept.register(owner, member)
    if as_json:
        print_json(outputs.register_json(register))
        return
    for application in register.applications:
        click.echo(
            on_one_line(
                f"{application.name} · {application.function or '—'} · {application.publisher or 'éditeur ?'} · {application.host or 'hébergeur ?'}"
            )
        )


@dependencies.command()
@_owner
@_member
@_collections
@_today
@click.option("--law", is_flag=True, help="Avec les phrases des fiches.")
@_json
@click.pass_obj
def exposure(
    workspace: Workspace,
    owner: str,
    member: str,
    collections: Reach,
    day: date | None,
    law: bool,
    as_json: bool,
) -> None:
    """Explique l'exposition, ligne par ligne : d'où vient chaque fait, quelle fiche le dit, quels points il ajoute."""
    from assistant.sourcing import outputs

    found = workspace.dependencies.exposures(owner, member, day or date.today(), collections)
    if as_json:
        print_json([outputs.exposure_json(one) for one in found])
        return
    for one in found:
        _show_exposure(one, law)


def _show_exposure(one: "Exposure", law: bool) -> None:
    click.echo(on_one_line(f"{one.application.name} ({one.application.member}) : {one.score} points"))
    for reason in one.reasons:
        click.echo(on_one_line(f"  +{reason.points} [{reason.theme.label}] {reason.text}"))
        for sentence in reason.law if law else ():
            click.echo(on_one_line(f"       {sentence.said}"))
    for join in one.joins:
        click.echo(on_one_line(f"  contrat « {join.contract.name} » ({join.why})"))


@dependencies.command()
@click.argument("file", type=click.Path(path_type=Path), required=False)
@_owner
@click.option("--title", default="", help="Comment l'appeler (le nom du fichier).")
@click.option("--source", default="", help="Qui le publie.")
@click.option("--date", "dated", type=Day(), default=None, help="De quand il est.")
@click.option("--licence", default="", help="Sous quelle licence il se réutilise.")
@click.option("--from-index", is_flag=True, help="Les accords-cadres de l'index : « déjà sourcé ».")
@click.option("--central", default="", help="Avec --from-index : la centrale qui les a passés.")
@click.option("--shared", is_flag=True, help="Pour tous les comptes.")
@click.option("--forget", default="", metavar="TITRE", help="Retire un catalogue.")
@_collections
@_json
@click.pass_obj
def catalogue(
    workspace: Workspace,
    file: Path | None,
    owner: str,
    title: str,
    source: str,
    dated: date | None,
    licence: str,
    from_index: bool,
    central: str,
    shared: bool,
    forget: str,
    collections: Reach,
    as_json: bool,
) -> None:
    """Importe un catalogue de solutions (SILL, services qualifiés, accords-cadres, tout CSV), ou liste ceux qui sont gardés."""
    from assistant.sourcing import outputs
    from assistant.sourcing.kept import EVERYBODY

    desk = workspace.dependencies
    if forget:
        desk.kept.forget_catalogue(EVERYBODY if shared else owner, forget)
        click.echo(on_one_line(f"Le catalogue « {forget} » est retiré."))
        return
    if from_index:
        found: tuple[Catalogue, ...] = (
            desk.import_frameworks(
                owner, title or "Accords-cadres indexés", central, collections, dated, shared=shared
            ),
        )
    elif file is not None:
        found = (
            desk.import_catalogue(
                owner,
                file,
                file.name,
                title=title,
                published_by=source,
                dated=dated,
                licence=licence,
                shared=shared,
            ),
        )
    else:
        found = desk.kept.catalogues(owner)
    if as_json:
        print_json([outputs.catalogue_json(one) for one in found])
        return
    for one in found:
        of = french_date(one.dated) if one.dated else "sans date"
        click.echo(
            on_one_line(
                f"{one.title} · {len(one.entries)} fiches · {of} · source : {one.source} · licence : {one.licence or 'non dite'}"
            )
        )
        for problem in one.problems:
            say(on_one_line(f"! {problem.message}"))
    if not found:
        click.echo(
            "Aucun catalogue : « assistant dependencies catalogue FICHIER --title … --source … --date … » en ajoute un."
        )


@dependencies.command()
@click.argument("need")
@_owner
@click.option("--limit", type=Whole(1, 50), default=10, show_default=True)
@click.option("--free", is_flag=True, help="Licence libre.")
@click.option("--qualification", default="", help="Qualification ou certification (« SecNumCloud »).")
@click.option("--hosting", default="", help="Hébergement.")
@click.option("--standard", default="", help="Norme, format ou interface.")
@click.option("--sourced", is_flag=True, help="Déjà dans un accord-cadre.")
@click.option("--catalogue", "only", default="", help="Dans ce catalogue seulement.")
@_today
@_json
@click.pass_obj
def search(
    workspace: Workspace,
    need: str,
    owner: str,
    limit: int,
    free: bool,
    qualification: str,
    hosting: str,
    standard: str,
    sourced: bool,
    only: str,
    day: date | None,
    as_json: bool,
) -> None:
    """Cherche des solutions dans les catalogues, avec les mots de l'acheteur. Toujours plusieurs candidats ; chaque fiche dit son âge."""
    from assistant.sourcing import outputs
    from assistant.sourcing.catalogues import Filters

    today = day or date.today()
    filters = Filters(free, qualification, hosting, standard, sourced, only)
    found = workspace.dependencies.search(owner, need, today, filters, limit)
    if as_json:
        print_json([outputs.candidate_json(one, today) for one in found])
        return
    for place, one in enumerate(found, 1):
        _show_candidate(place, one, today)
    if not found:
        click.echo(
            "Aucune fiche ne passe ces filtres : ce qui n'est pas dit dans un catalogue ne passe pas. Retirez-en un."
        )


def _show_candidate(place: int, one: "Candidate", today: date) -> None:
    entry = one.entry
    marks = [
        part
        for part in (
            entry.licence,
            entry.qualification,
            entry.status,
            f"déjà sourcé : {entry.central or entry.framework}" if entry.framework or entry.central else "",
        )
        if part
    ]
    click.echo(
        on_one_line(f"{place}. {entry.name}{'' if one.near else ' (plus loin)'} — {entry.function[:160]}")
    )
    click.echo(
        on_one_line(
            f"   {' · '.join(marks)}{' · ' if marks else ''}« {entry.catalogue} » · {entry.age(today)}{' · ' + over if (over := entry.over(today)) else ''}"
        )
    )
    click.echo(on_one_line(f"   {one.why}{' · ' + entry.page if entry.page else ''}"))


@dependencies.command()
@_owner
@_member
@_collections
@_today
@click.option(
    "--ranges", type=click.Path(path_type=Path), default=None, help="Vos fourchettes de durées (TOML)."
)
@click.option(
    "--write-ranges", type=click.Path(path_type=Path), default=None, help="Écrit les fourchettes, à modifier."
)
@click.option(
    "--xlsx",
    type=click.Path(path_type=Path),
    default=None,
    help="Écrit un classeur : registre, raisons, plan.",
)
@click.option(
    "--odt", type=click.Path(path_type=Path), default=None, help="Écrit un document (ODT, DOCX ou MD)."
)
@click.option(
    "--svg",
    type=click.Path(path_type=Path),
    default=None,
    help="Écrit l'image d'une page : valeur, exposition, temps pour partir.",
)
@click.option(
    "--rfi",
    type=click.Path(path_type=Path),
    default=None,
    help="Écrit le questionnaire de sourçage (ODT, DOCX ou MD).",
)
@click.option(
    "--function", "functions", multiple=True, help="Avec --rfi : cette fonction seulement (répétable)."
)
@click.option("--buyer", default="", help="Avec --rfi : qui demande.")
@click.option("--answers-by", type=Day(), default=None, help="Avec --rfi : la date limite de réponse.")
@click.option("--contact", default="", help="Avec --rfi : l'adresse de réponse.")
@_json
@click.pass_obj
def plan(
    workspace: Workspace,
    /,
    owner: str,
    member: str,
    collections: Reach,
    day: date | None,
    as_json: bool,
    **files: Any,
) -> None:
    """Plan de migration : ordre, durées et leurs raisons, clauses à écrire, questionnaire de sourçage."""
    from assistant import office
    from assistant.sourcing import data, outputs, picture

    if files["write_ranges"]:
        whole_file.replace(files["write_ranges"], data.text("durations.toml").encode())
        say(
            f"Fourchettes écrites : {files['write_ranges']}. Changez-les, puis donnez-les avec --ranges ; "
            "sous le nom « durees-de-migration.toml » dans le dossier de l'assistant, elles servent toujours."
        )
        return
    made = workspace.dependencies.plan(owner, member, day or date.today(), files["ranges"], collections)
    title = f"Dépendances de {member}" if member else "Dépendances"
    if files["xlsx"]:
        whole_file.replace(files["xlsx"], _workbook(workspace, owner, member, made))
        say(f"Classeur écrit : {files['xlsx']}")
    if files["odt"]:
        office.write(outputs.report(made, title), files["odt"])
        say(f"Document écrit : {files['odt']}")
    if files["svg"]:
        whole_file.replace(files["svg"], picture.picture(made, title).encode())
        say(f"Image écrite : {files['svg']}")
    if files["rfi"]:
        text = workspace.dependencies.rfi(
            made,
            files["buyer"] or member or "L'acheteur",
            files["functions"],
            files["answers_by"],
            files["contact"],
        )
        office.write(text, files["rfi"])
        say(f"Questionnaire écrit : {files['rfi']}")
    if as_json:
        print_json(outputs.plan_json(made))
    elif not any(files[name] for name in ("xlsx", "odt", "svg", "rfi")):
        _show_plan(made)


def _workbook(workspace: Workspace, owner: str, member: str, made: "Plan") -> bytes:
    from assistant.sourcing import outputs

    if not member:
        return outputs.workbook(made)
    register = workspace.dependencies.kept.register(owner, member)
    return outputs.workbook(made, register.columns, register.problems)


def _show_plan(made: "Plan") -> None:
    for number, step in enumerate(made.steps, 1):
        one = step.exposure.application
        click.echo(
            on_one_line(
                f"{number}. {one.name} ({one.member}) : {step.months.said}, après {step.before.said} de consultation ou de commande"
            )
        )
        click.echo(on_one_line(f"   {step.rank}"))
        click.echo(on_one_line(f"   {step.kind} : {step.months.reason}"))
        if step.clauses:
            click.echo(on_one_line(f"   clauses : {', '.join(id_ for id_, _ in step.clauses)}"))
    for sentence in made.changing:
        click.echo(on_one_line(f"· {sentence.said}"))


@dependencies.command()
@click.argument("out", type=click.Path(path_type=Path))
@_owner
@_member
@_collections
@_today
@click.pass_obj
def export(
    workspace: Workspace, out: Path, owner: str, member: str, collections: Reach, day: date | None
) -> None:
    """Exporte tout en un fichier : .xlsx (registre, raisons, plan), .odt, .docx, .md (document) ou .svg (image d'une page)."""
    from assistant import office
    from assistant.sourcing import outputs, picture

    made = workspace.dependencies.plan(owner, member, day or date.today(), None, collections)
    title = f"Dépendances de {member}" if member else "Dépendances"
    suffix = out.suffix.lower()
    if suffix == ".xlsx":
        whole_file.replace(out, _workbook(workspace, owner, member, made))
    elif suffix == ".svg":
        whole_file.replace(out, picture.picture(made, title).encode())
    else:
        office.write(outputs.report(made, title), out)
    say(f"Écrit : {out}")


@dependencies.command()
@_owner
@click.option("--member", required=True, help="Le membre.")
@click.pass_obj
def forget(workspace: Workspace, owner: str, member: str) -> None:
    """Retire un registre."""
    workspace.dependencies.kept.forget(owner, member)
    click.echo(on_one_line(f"Le registre de « {member} » est retiré."))
