"""``assistant clauses``: model clauses and what earlier contracts said, found by a need, compared, ready to be drafted; ``assistant eval clauses``."""

from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from assistant.commands import side_by_side
from assistant.commands.terminal import Day, OneOf, Whole, collections_option, print_json, say, say_failure
from assistant.datatypes import FoundClause, Kind, Precedent
from assistant.errors import UsageError
from assistant.lines import beginning
from assistant.reach import Reach
from assistant.shipped import CORPUS
from assistant.workspace import Workspace

if TYPE_CHECKING:
    from assistant.drafting.clause_search import Filters

_KINDS = (Kind.CLAUSE, Kind.FRAMEWORK, Kind.TENDER)
_NEEDS = CORPUS / "clauses" / "besoins.jsonl"


@click.command()
@click.argument("need", metavar="TEXTE", required=False, default="")
@click.option(
    "--subject",
    "subjects",
    multiple=True,
    metavar="SUJET",
    help="Sujet (répétable) ; --subjects les donne tous.",
)
@click.option(
    "--piece",
    "pieces",
    multiple=True,
    metavar="PIÈCE",
    help="Pièce : RC, CCTP, CCAP, AE, CCP, annexe … (répétable).",
)
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    type=OneOf([kind.value for kind in _KINDS]),
    help="Genre (répétable) : clause pour les modèles.",
)
@collections_option("Collection des précédents (répétable).")
@click.option("--since", type=Day(), default=None, help="Précédents datés de ce jour ou d'après.")
@click.option(
    "--limit",
    default=5,
    show_default=True,
    type=Whole(1, 1000),
    help="Clauses modèles et précédents, de chaque.",
)
@click.option(
    "--compare",
    nargs=2,
    metavar="ID ID",
    default=None,
    help="Deux clauses mot à mot : clause modèle (ID ou ID=NIVEAU) ou précédent.",
)
@click.option("--subjects", "listing", is_flag=True, help="Les sujets par lesquels on peut filtrer.")
@click.option("--json", "as_json", is_flag=True, help="Une valeur JSON.")
@click.pass_obj
def clauses(
    workspace: Workspace,
    need: str,
    subjects: tuple[str, ...],
    pieces: tuple[str, ...],
    kinds: tuple[str, ...],
    collections: Reach,
    since: date | None,
    limit: int,
    compare: tuple[str, str] | None,
    listing: bool,
    as_json: bool,
) -> None:
    """Trouve des clauses pour un besoin : les modèles, et ce que disaient vos contrats et vos dossiers indexés.

    Un filtre de date ou de collection ne concerne que les précédents. Les identifiants se donnent à « assistant draft » et à --compare.

    \u0008
    Exemples :
      assistant clauses "récupérer nos données à la fin sans payer"
      assistant clauses "pénalités de retard" --kind accord-cadre --since 2025-01-01
      assistant clauses --subject reversibilite --piece CCTP
      assistant clauses --compare reversibilite=3 3dd23e8762209bd7#24
    """
    if listing:
        _show_subjects(as_json)
    elif compare:
        _compare(workspace, compare, as_json)
    else:
        _find(workspace, need, _filters(subjects, pieces, kinds, collections, since), limit, as_json)


def _filters(
    subjects: tuple[str, ...],
    pieces: tuple[str, ...],
    kinds: tuple[str, ...],
    collections: Reach,
    since: date | None,
) -> "Filters":
    from assistant.drafting.clause_files import SUBJECTS
    from assistant.drafting.clause_search import PIECES, Filters

    _require_known(subjects, SUBJECTS, "sujet", "« assistant clauses --subjects » les donne.")
    named = {piece.casefold(): piece for piece in PIECES}
    _require_known(
        tuple(piece.casefold() for piece in pieces), tuple(named), "pièce", f"Pièces : {', '.join(PIECES)}."
    )
    return Filters(
        subjects,
        tuple(named[piece.casefold()] for piece in pieces),
        tuple(Kind(kind) for kind in kinds),
        collections,
        since,
    )


def _require_known(given: tuple[str, ...], known: tuple[str, ...], what: str, hint: str) -> None:
    for one in given:
        if one not in known:
            raise UsageError(
                f"{what.capitalize()} inconnu{'e' if what == 'pièce' else ''} : « {one} ».", hint
            )


def _find(workspace: Workspace, need: str, wanted: "Filters", limit: int, as_json: bool) -> None:
    if not need.strip() and not any(
        (wanted.subjects, wanted.pieces, wanted.kinds, wanted.collections, wanted.since)
    ):
        raise UsageError(
            "Il manque le besoin.",
            'Dites-le en vos mots, entre guillemets : assistant clauses "récupérer nos données à la fin" ; ou donnez un filtre.',
        )
    finder = workspace.clause_finder
    models, found = finder.models(need, wanted, limit), finder.precedents(need, wanted, limit)
    for failure in workspace.clause_library().failures:
        say_failure(failure)
    if as_json:
        print_json(
            {
                "need": need,
                "models": [_found_json(one) for one in models],
                "precedents": [_found_json(one) for one in found],
            }
        )
        return
    for title, group in (("Clauses modèles", models), ("Précédents", found)):
        if group:
            click.echo(f"{title}\n")
            for one in group:
                _show(one)
    if not models and not found:
        say("Aucune clause ne répond à cette demande : enlevez un filtre, ou dites-le avec d'autres mots.")
    elif not found and (not wanted.kinds or set(wanted.kinds) - {Kind.CLAUSE}):
        say(
            "Aucun précédent : indexez vos accords-cadres (« assistant index DOSSIER --kind accord-cadre ») ou enlevez un filtre."
        )


def _show(one: FoundClause) -> None:
    if one.clause:
        click.echo(f"{one.rank}. {one.clause.title}  [{one.clause.place.value} · {one.clause.subject}]")
        click.echo(f"   {beginning(one.clause.purpose, 200)}")
        click.echo(f"   assistant draft {one.clause.id}\n")
    elif one.precedent:
        found = one.precedent
        click.echo(
            f"{one.rank}. {found.label}  [{' · '.join(part for part in (_where(found), found.piece, found.subject or '') if part)}]"
        )
        if one.part:
            click.echo(f"   → {' '.join(part for part in (one.part.number, one.part.title) if part)}")
        start = one.part.span.start - found.span.start if one.part else 0
        click.echo(f"   {beginning(found.text[start:], 240)}")
        if one.copies:
            click.echo(f"   Le même texte : {' ; '.join(dict.fromkeys(_where(copy) for copy in one.copies))}")
        click.echo(f"   assistant draft {found.id}\n")


def _where(found: Precedent) -> str:
    from assistant.french.dates import french_date

    dated = french_date(found.dated) if found.dated else ""
    page = f"p. {found.pages[0]}" if found.pages else ""
    return ", ".join(part for part in (found.source.title, dated, page) if part)


def _found_json(one: FoundClause) -> dict[str, Any]:
    if one.clause:
        clause = one.clause
        shape = {
            "id": clause.id,
            "title": clause.title,
            "subject": clause.subject,
            "piece": clause.place.value,
            "purpose": clause.purpose,
        }
        return {"rank": one.rank, "score": one.score, **shape, "contracts": list(clause.contracts)}
    assert one.precedent
    return {
        "rank": one.rank,
        "score": one.score,
        **precedent_json(one.precedent),
        "part": {"id": one.part.id, "number": one.part.number, "title": one.part.title} if one.part else None,
        "copies": [copy.id for copy in one.copies],
    }


def precedent_json(found: Precedent) -> dict[str, Any]:
    """A precedent for a program: ``text == document.text[start:end]``."""
    from assistant.kept_answer import KeptSource

    return {
        "id": found.id,
        "source": KeptSource.of(found.source).to_json(),
        "number": found.number,
        "title": found.title,
        "headings": list(found.headings),
        "piece": found.piece,
        "subject": found.subject,
        "date": found.dated.isoformat() if found.dated else None,
        "pages": list(found.pages) if found.pages else None,
        "start": found.span.start,
        "end": found.span.end,
        "text": found.text,
    }


def _show_subjects(as_json: bool) -> None:
    from assistant.drafting.clause_files import SUBJECTS

    if as_json:
        print_json(list(SUBJECTS))
        return
    for subject in SUBJECTS:
        click.echo(subject)


def _compare(workspace: Workspace, ids: tuple[str, str], as_json: bool) -> None:
    (before_title, before), (after_title, after) = (_wording(workspace, id_) for id_ in ids)
    if as_json:
        texts = {
            "before": {"id": ids[0], "title": before_title, "text": before},
            "after": {"id": ids[1], "title": after_title, "text": after},
        }
        print_json({**texts, "rows": side_by_side.rows_json(before, after)})
        return
    side_by_side.show((before_title, after_title), before, after)


def _wording(workspace: Workspace, id_: str) -> tuple[str, str]:
    """Title and words of a model clause at a level (``id=3``; 2 where none is said), or of a precedent."""
    from assistant.drafting import precedents
    from assistant.drafting.drafter import DEFAULT_LEVEL
    from assistant.drafting.rendering import LEVEL_NAMES, plain_article, plain_wording

    if precedents.is_precedent_id(id_):
        found = workspace.precedent(id_)
        return f"{found.label}\n({_where(found)})", plain_article(found)
    name, _, level = id_.partition("=")
    if level not in ("", "1", "2", "3"):
        raise UsageError(
            f"Il n'y a pas de niveau « {level} ».",
            "Les niveaux sont 3 (fort), 2 (équilibré) et 1 (minimal) : par exemple reversibilite=3.",
        )
    library = workspace.clause_library()
    clause, at = library.clause(name), int(level or DEFAULT_LEVEL)
    return f"{clause.title}\n(clause modèle, niveau {at}, {LEVEL_NAMES[at]})", plain_wording(
        clause.at(at).wording, clause, library
    )


@click.command(name="clauses")
@click.argument("path", type=click.Path(path_type=Path), default=_NEEDS)
@click.option(
    "--half",
    type=OneOf(["a", "b"]),
    default=None,
    help="Une moitié : a a servi à régler la recherche, b mesure.",
)
@click.option("--json", "as_json", is_flag=True, help="Une valeur JSON.")
@click.pass_obj
def evaluate(workspace: Workspace, path: Path, half: str | None, as_json: bool) -> None:
    """Ce que la recherche de clauses trouve pour des besoins étiquetés (les textes étiquetés doivent être indexés)."""
    from assistant.evaluation import clause_set

    finder = workspace.clause_finder
    measures = {}
    for one in (half,) if half else ("a", "b"):
        needs = clause_set.read(path, one)
        measures[f"{one} précédents"] = clause_set.measure_precedents(
            needs, lambda need: finder.precedents(need, limit=clause_set.FIRST)
        )
        measures[f"{one} modèles"] = clause_set.measure_models(
            needs, lambda need: finder.models(need, limit=clause_set.FIRST)
        )
    if as_json:
        print_json({name: asdict(measure) for name, measure in measures.items()})
        return
    for name, measure in measures.items():
        missed = f", manqués : {' '.join(measure.missed)}" if measure.missed else ""
        click.echo(
            f"{name:14} {measure.needs} besoins, première {measure.first:.2f}, dans les cinq {measure.first_five:.2f}{missed}".replace(
                ".", ","
            )
        )
