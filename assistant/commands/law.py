"""The law and its dates: ``assistant diff``, and what ``assistant eval`` says of the articles that the corpus rests on."""

import sys
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from assistant import whole_file
from assistant.commands import side_by_side
from assistant.commands.terminal import LONGEST_EXTRACT, Day, Whole, print_json, say, say_failure
from assistant.lines import beginning
from assistant.workspace import ARTICLES, CLAUSES, Workspace

if TYPE_CHECKING:
    from assistant.index.wordings import Comparison, Wording

FAILED = 1
SHEETS = ARTICLES.parent


@click.command()
@click.argument("work", metavar="TEXTE")
@click.argument("article", metavar="ARTICLE")
@click.option("--from", "start", type=Day(), required=True, help="Première date (AAAA-MM-JJ).")
@click.option("--to", "end", type=Day(), required=True, help="Seconde date (AAAA-MM-JJ).")
@click.option("--json", "as_json", is_flag=True, help="Une valeur JSON.")
@click.pass_obj
def diff(workspace: Workspace, work: str, article: str, start: date, end: date, as_json: bool) -> None:
    """Montre ce qui a changé dans un article entre deux dates, ses deux rédactions côte à côte.

    \u0008
    Exemples :
      assistant diff CCP L2112-2 --from 2026-04-01 --to 2026-09-01
      assistant diff "LOI 2024-449" 31 --from 2024-06-01 --to 2026-09-01
    """
    compared = workspace.compare(work, article, start, end)
    if as_json:
        print_json(_as_json(compared))
        return
    for line in _heading(compared):
        click.echo(line)
    if compared.changed:
        _show(compared)
    elif compared.after:
        click.echo(f"\n{compared.after.text}")


def _heading(compared: "Comparison") -> "list[str]":
    from assistant.french.dates import french_date

    name = f"L'article {compared.article} ({compared.work})"
    days = f"entre le {french_date(compared.start)} et le {french_date(compared.end)}"
    if compared.before is None and compared.after and compared.after.valid_from:
        lines = [
            f"{name} n'existait pas le {french_date(compared.start)} : il est en vigueur depuis le {french_date(compared.after.valid_from)}."
        ]
    elif compared.after is None and compared.before and compared.before.valid_to:
        lines = [
            f"{name} n'est plus en vigueur le {french_date(compared.end)} : il a pris fin le {french_date(compared.before.valid_to)}."
        ]
    elif compared.changed:
        lines = [f"{name} a changé {days}."]
    elif compared.between:
        lines = [
            f"{name} a les mêmes mots le {french_date(compared.start)} et le {french_date(compared.end)}, mais il a changé entre ces deux dates."
        ]
    elif compared.unknown:
        lines = [
            f"{name} est le même {days} dans les textes indexés ({_period(compared.after)}), mais il y manque au moins une rédaction."
        ]
    else:
        lines = [f"{name} n'a pas changé {days} ({_period(compared.after)})."]
    if compared.between:
        starts = " et le ".join(french_date(one.valid_from) for one in compared.between if one.valid_from)
        lines.append(f"Entre les deux, d'autres mots ont été en vigueur : rédaction commencée le {starts}.")
    for row in compared.unknown:
        lines.append(
            f"! Une rédaction du {french_date(row.valid_from or date.min)} n'est pas dans les textes indexés. Ce qui en est connu : {row.note}."
        )
    return lines


def _period(wording: "Wording | None") -> str:
    from assistant.index.wordings import period

    return f"en vigueur {period(wording)}" if wording else "pas de rédaction"


def _show(compared: "Comparison") -> None:
    from assistant.french.dates import french_date

    days = ((compared.start, compared.before), (compared.end, compared.after))
    before, after = (f"Le {french_date(day)}\n({_period(wording)})" for day, wording in days)
    side_by_side.show((before, after), *_texts(compared))


def _texts(compared: "Comparison") -> tuple[str, str]:
    return compared.before.text if compared.before else "", compared.after.text if compared.after else ""


def _as_json(compared: "Comparison") -> dict[str, Any]:
    from assistant.kept_answer import KeptSource

    def wording(one: "Wording | None") -> dict[str, Any] | None:
        return (
            None
            if one is None
            else {
                "source": KeptSource.of(one.source).to_json(),
                "valid_from": _day(one.valid_from),
                "valid_to": _day(one.valid_to),
                "text": one.text,
            }
        )

    return {
        "work": compared.work,
        "article": compared.article,
        "from": compared.start.isoformat(),
        "to": compared.end.isoformat(),
        "changed": compared.changed,
        "before": wording(compared.before),
        "after": wording(compared.after),
        "between": [wording(one) for one in compared.between],
        "rows": side_by_side.rows_json(*_texts(compared)),
        "not_indexed": [
            {"valid_from": _day(row.valid_from), "valid_to": _day(row.valid_to), "note": row.note}
            for row in compared.unknown
        ],
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


@click.command()
@click.argument("rules", nargs=-1, type=click.Path(path_type=Path))
@click.option("--write", is_flag=True, help="Récrire la table d'après ces fichiers.")
@click.option("--json", "as_json", is_flag=True, help="Une valeur JSON.")
def articles(rules: tuple[Path, ...], write: bool, as_json: bool) -> None:
    """Contrôle que chaque article cité par une fiche ou une clause existe et était en vigueur le jour de sa vérification.

    RULES : fichiers d'articles datés, auxquels la table « corpus/droit/articles.tsv » doit être conforme.

    \u0008
    Exemple :
      assistant eval articles ccp.jsonl lois.jsonl --write
    """
    from assistant import article_dates
    from assistant.evaluation import cited_articles

    table = article_dates.parse(ARTICLES.read_text(encoding="utf-8"), ARTICLES.name)
    citations = [*cited_articles.of_sheets(SHEETS), *cited_articles.of_clauses(CLAUSES)]
    made = (
        cited_articles.updated(table, {one.key for one in citations}, cited_articles.provisions(rules))
        if rules
        else table
    )
    differing = sorted(set(made) ^ set(table), key=article_dates.order)
    if write and differing:
        whole_file.replace(ARTICLES, article_dates.as_text(made).encode())
        table = made
    faults = cited_articles.faults(table, citations)
    if as_json:
        print_json(
            {
                "citations": len(citations),
                "wordings": len(table),
                "written": len(differing) if write else 0,
                "differing": [f"{row.work} {row.article} {row.valid_from or ''}" for row in differing],
                "faults": [{"file": fault.origin, "message": fault.message} for fault in faults],
            }
        )
    else:
        for fault in faults:
            say_failure(fault)
        for row in differing:
            fate = "récrit" if write else "la table et les fichiers diffèrent"
            say(
                f"{'○' if write else '!'} {row.work} {row.article} ({row.valid_from or 'date inconnue'}) : {fate}."
            )
        click.echo(f"{len(citations)} citations, {len(table)} rédactions datées, {len(faults)} en défaut.")
    if faults or (differing and not write):
        sys.exit(FAILED)


@click.command()
@click.option(
    "--weakest",
    default=20,
    show_default=True,
    type=Whole(0, 1000),
    help="Nombre de phrases à relire, les plus éloignées de leur article.",
)
@click.option("--json", "as_json", is_flag=True, help="Une valeur JSON.")
@click.pass_obj
def sheets(workspace: Workspace, weakest: int, as_json: bool) -> None:
    """Contrôle la forme des fiches, mesure si ce qu'elles disent des articles en est proche, et donne à relire les phrases les plus éloignées."""
    from assistant.evaluation import cited_articles, stated_law
    from assistant.index import wordings
    from assistant.sheets import form

    read = [
        (Path(document.source.origin).stem, sheet) for document, sheet in cited_articles.read_sheets(SHEETS)
    ]
    faults = form.of_all(read)
    for fault in faults:
        say_failure(fault)

    store = workspace.library.store

    def text_of(key: cited_articles.Key, day: date) -> str | None:
        found = wordings.on(day, wordings.wordings(store.wordings(key[1], key[0])))
        return found.text if found else None

    found, unread = stated_law.pairs((sheet for _, sheet in read), text_of)
    measure = stated_law.measure(found, unread, workspace.embedding, workspace.searcher.words, weakest)
    if as_json:
        print_json(
            asdict(measure)
            | {
                "sheets": len(read),
                "cases": sum(len(sheet.cases) for _, sheet in read),
                "faults": [asdict(fault) for fault in faults],
            }
        )
        sys.exit(FAILED if faults else 0)
    click.echo(
        f"{len(read)} fiches, {sum(len(sheet.cases) for _, sheet in read)} cas, {len(faults)} en défaut"
    )
    click.echo(
        f"{measure.pairs} phrases et articles ({measure.unread} autres ont un article qui n'est pas indexé)"
    )
    click.echo(
        f"proximité : la plus faible {measure.lowest}, une sur vingt sous {measure.low}, médiane {measure.median}"
    )
    click.echo(f"l'article cité est plus proche qu'un autre : {measure.nearer:.0%}")
    for one in measure.weakest:
        said, law = one.pair.statement, beginning(one.sentence, LONGEST_EXTRACT)
        click.echo(
            f"\n{one.score:.3f}  {one.pair.sheet}  [{' '.join(one.pair.key)}]\n  fiche   : {said}\n  article : {law}"
        )
    if faults:
        sys.exit(FAILED)
