"""``assistant draft``: clauses and kits filled, shown or written as a file."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from assistant.commands import proof
from assistant.commands.terminal import print_json, progress_bar, say, say_failure
from assistant.datatypes import ClauseField, Draft, FieldOrigin, Severity
from assistant.errors import UsageError
from assistant.workspace import ALL_TASKS, Workspace

if TYPE_CHECKING:
    from assistant.drafting.drafter import Request
    from assistant.drafting.library import ClauseLibrary

FAILED = 1


@click.command()
@click.argument("clauses", nargs=-1)
@click.option(
    "--set",
    "values",
    multiple=True,
    metavar="CHAMP=VALEUR",
    help="Valeur d'un champ (répétable) ; vide, le champ reste à compléter.",
)
@click.option(
    "--level",
    "levels",
    multiple=True,
    metavar="N",
    help="Niveau de toutes les clauses (3 fort, 2 équilibré, 1 minimal), ou CLAUSE=N (répétable).",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=None,
    metavar="FICHIER",
    help="Fichier à écrire : .odt, .docx ou .md.",
)
@proof.evidence_option
@click.option("--articles-only", is_flag=True, help="Sans note de justification ni note de risque.")
@click.option(
    "--contract",
    multiple=True,
    metavar="CHAMP=VALEUR",
    help="Description du marché (objet, acheteur), pour le modèle de langage s'il a mérité d'adapter.",
)
@click.option(
    "--force-model",
    is_flag=True,
    help="Laisser le modèle adapter les clauses même s'il ne l'a pas mérité (pour mesurer).",
)
@click.option("--list", "listing", is_flag=True, help="Les clauses et les kits de la bibliothèque.")
@click.option("--fields", "form", is_flag=True, help="Les champs à remplir, comme un formulaire.")
@click.option("--json", "as_json", is_flag=True, help="Une valeur JSON.")
@click.pass_obj
def draft(
    workspace: Workspace,
    clauses: tuple[str, ...],
    values: tuple[str, ...],
    levels: tuple[str, ...],
    out: Path | None,
    evidence: Path | None,
    articles_only: bool,
    contract: tuple[str, ...],
    force_model: bool,
    listing: bool,
    form: bool,
    as_json: bool,
) -> None:
    """Rédige des clauses ou un kit : articles numérotés, champs remplis, fondements, note de risque.

    \u0008
    Exemples :
      assistant draft --list
      assistant draft chiffrement-donnees --fields
      assistant draft reversibilite --set duree_transition_mois=6 --level 3 --out reversibilite.odt
      assistant draft hebergement-donnees-sensibles --out kit.docx --evidence preuve.zip
    """
    from assistant.drafting import rendering
    from assistant.drafting.drafter import Request

    if listing:
        _show_library(workspace.clause_library(), as_json)
        return
    whole, each = _levels(levels)
    request = Request(clauses, dict(_pair(value, "--set") for value in values), whole, each)
    if form:
        _show_form(workspace.clause_library(), request, as_json)
        return
    described = [_pair(value, "--contract") for value in contract]
    with progress_bar() as on_progress:
        drafted = workspace.draft(
            request, contract=described, permitted=ALL_TASKS if force_model else None, on_progress=on_progress
        )
    parts = rendering.ARTICLES_ONLY if articles_only else rendering.EVERYTHING
    if out is not None:
        _write(drafted, out, parts)
    if evidence is not None:
        proof.write(workspace.proof_of_draft(drafted, request), evidence)
    if as_json:
        print_json(rendering.draft_json(drafted))
    elif out is None:
        click.echo(rendering.markdown(drafted, parts=parts), nl=False)
    _say_what_is_left(drafted, out)


def _pair(text: str, option: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name.strip():
        raise UsageError(
            f"« {text} » n'est pas de la forme champ=valeur.",
            f"Par exemple : {option} duree_transition_mois=6.",
        )
    return name.strip(), value


def _levels(texts: tuple[str, ...]) -> tuple[int | None, dict[str, int]]:
    whole: int | None = None
    each: dict[str, int] = {}
    for text in texts:
        id_, _, level = text.rpartition("=")
        if level not in ("1", "2", "3"):
            raise UsageError(
                f"Il n'y a pas de niveau « {level} ».",
                "Les niveaux sont 3 (fort), 2 (équilibré) et 1 (minimal) ; par clause : --level CLAUSE=3.",
            )
        if id_:
            each[id_] = int(level)
        else:
            whole = int(level)
    return whole, each


def _write(drafted: Draft, out: Path, parts: Any) -> None:
    from assistant import office
    from assistant.drafting import rendering

    plain = out.suffix.lower() == ".md"
    office.write(
        rendering.markdown(drafted, parts=parts) if plain else rendering.office_markdown(drafted, parts), out
    )


def _say_what_is_left(drafted: Draft, out: Path | None) -> None:
    for problem in drafted.problems:
        say(f"{'○' if problem.severity is Severity.INFO else '!'} {problem.message}")
    missing = {field.name: field for field in drafted.fields if field.origin is FieldOrigin.MISSING}
    if missing:
        say("Champs à compléter :")
        for field in missing.values():
            say(f"  --set {field.name}=…  {field.label}")
    if out is not None:
        say(f"Écrit : {out}")


def _show_library(library: "ClauseLibrary", as_json: bool) -> None:
    for failure in library.failures:
        say_failure(failure)
    if as_json:
        print_json(
            {
                "clauses": [
                    {
                        "id": one.id,
                        "title": one.title,
                        "subject": one.subject,
                        "piece": one.place.value,
                        "contracts": list(one.contracts),
                    }
                    for one in library.clauses
                ],
                "kits": [
                    {"id": one.id, "title": one.title, "need": one.need, "contracts": list(one.contracts)}
                    for one in library.kits
                ],
            }
        )
    else:
        width = max((len(name) for name in library.names()), default=0)
        for kit in library.kits:
            click.echo(f"{kit.id:<{width}}  kit       {kit.title}")
        for clause in library.clauses:
            click.echo(f"{clause.id:<{width}}  {clause.place.value:<8}  {clause.title}")
    if library.failures:
        sys.exit(FAILED)


def _show_form(library: "ClauseLibrary", request: "Request", as_json: bool) -> None:
    from assistant.drafting.drafter import form_of_request

    form = form_of_request(library, request)
    if as_json:
        print_json([_field_json(field) for field in form])
        return
    for field in form:
        unit = f", en {field.unit}" if field.unit else ""
        default = field.default if field.default is not None else "à décider"
        click.echo(f"{field.name}={default}\n  {field.label} ({field.type.value}{unit})\n  {field.help}")
        if field.choices:
            click.echo(f"  Choix : {' · '.join(field.choices)}")
    if not form:
        say("Aucun champ à remplir.")


def _field_json(field: ClauseField) -> dict[str, Any]:
    return {
        "name": field.name,
        "label": field.label,
        "type": field.type.value,
        "unit": field.unit,
        "default": field.default,
        "help": field.help,
        "choices": list(field.choices),
    }
