"""``assistant check``: the legality review of drafts and tender files; ``assistant eval review``: how good it is."""

import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from assistant.commands import proof
from assistant.commands.terminal import (
    Day,
    OneOf,
    on_one_line,
    print_json,
    progress_bar,
    say,
    say_failure,
    say_problems,
)
from assistant.datatypes import Document, Finding
from assistant.errors import UsageError
from assistant.shipped import CORPUS
from assistant.workspace import Workspace

if TYPE_CHECKING:
    from assistant.review import Review

FAILED = 1
# The labels say what is unlawful on that day.
_LABELLED_ON = date(2026, 11, 25)
_LABELLED = CORPUS / "revue"


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--as-of", "day", type=Day(), default=None, help="Le droit de ce jour-là (sinon d'aujourd'hui)."
)
@click.option("--json", "as_json", is_flag=True, help="Une liste JSON de constats.")
@click.option(
    "--annotate",
    "out",
    type=click.Path(path_type=Path),
    default=None,
    metavar="FICHIER",
    help="Une copie annotée du DOCX ou de l'ODT : constats en commentaires, textes proposés en suivi des modifications.",
)
@click.option(
    "--rules",
    "show_rules",
    is_flag=True,
    help="La table des règles, en Markdown : motif, fondement, exemples.",
)
@proof.evidence_option
@click.pass_obj
def check(
    workspace: Workspace,
    paths: tuple[Path, ...],
    day: date | None,
    as_json: bool,
    out: Path | None,
    show_rules: bool,
    evidence: Path | None,
) -> None:
    """Relit un projet ou les pièces d'un dossier : clauses illégales, fragiles ou sans effet, contradictions entre pièces.

    Les pièces données ensemble sont lues comme un même dossier, celles des archives et des courriels aussi. Chaque constat est
    à relire, et ce que la revue ne relève pas n'est pas pour autant licite.

    \u0008
    Exemples :
      assistant check CCTP.docx
      assistant check RC.pdf CCAP.odt CCTP.docx AE.docx
      assistant check dossier.zip courriel.eml
      assistant check CCAP.docx --annotate CCAP-relu.docx
      assistant check CCTP.docx --evidence preuve.zip
      assistant check --rules
    """
    if show_rules:
        from assistant.review import table

        click.echo(table.markdown(), nl=False)
        return
    if not paths:
        raise UsageError("Il manque le fichier à relire.", "Par exemple : assistant check CCTP.docx.")
    if out is not None:
        _check_annotation(paths, out)
    with progress_bar() as on_progress:
        reviewed = workspace.review(paths, as_of=day, on_progress=on_progress)
    for failure in reviewed.failures:
        say_failure(failure)
    for one in reviewed.reviews:
        say_problems(one.document.source.origin, one.document.problems)
    if workspace.review_limits:
        say(workspace.review_limits)
    if not reviewed.reviews:
        say("Rien de lisible n'a été donné : aucune pièce n'a été contrôlée.")
    if as_json:
        print_json(
            [
                finding_json(finding, one.document.source.origin)
                for one in reviewed.reviews
                for finding in one.findings
            ]
        )
    else:
        for one in reviewed.reviews:
            _show(one)
    if out is not None and reviewed.reviews:
        _annotate(workspace, reviewed.reviews[0], out)
    if evidence is not None and reviewed.reviews:
        proof.write(workspace.proof_of_review(reviewed.reviews, day or date.today()), evidence)
    if reviewed.failures or not reviewed.reviews:
        sys.exit(FAILED)


def _check_annotation(paths: Sequence[Path], out: Path) -> None:
    from assistant import annotation

    if len(paths) > 1:
        raise UsageError(
            "--annotate prend un seul fichier.", "Annotez les pièces une à une, chacune sous un autre nom."
        )
    annotation.check(paths[0], out)


def _annotate(workspace: Workspace, reviewed: "Review", out: Path) -> None:
    from assistant import whole_file

    made = workspace.annotated(reviewed.document, reviewed.findings)
    whole_file.replace(out, made.data)
    say(f"Écrit : {out} ({made.told})")


def finding_json(finding: Finding, origin: str) -> dict[str, Any]:
    """A finding for a program: the shape that contracts.md promises, and the file."""
    return {
        "file": origin,
        "rule": finding.rule,
        "severity": finding.severity.value,
        "pages": list(finding.pages) if finding.pages else None,
        "article": finding.article,
        "quote": finding.quote,
        "start": finding.span.start,
        "end": finding.span.end,
        "message": finding.message,
        "legal_basis": [{"work": target.work, "article": target.article} for target in finding.legal_basis],
        "suggestion": finding.suggestion,
    }


def _show(one: "Review") -> None:
    counts = {
        severity: sum(finding.severity == severity for finding in one.findings)
        for severity in ("bloquant", "risque", "conseil")
    }
    said = (
        ", ".join(
            f"{count} {severity}{'s' if count > 1 else ''}" for severity, count in counts.items() if count
        )
        or "rien à relever"
    )
    click.echo(on_one_line(f"{one.document.source.origin} : {said}"))
    for finding in one.findings:
        click.echo(f"\n[{finding.severity.value}] {_place(finding)}{finding.rule}")
        click.echo(f"  « {' '.join(finding.quote.split())} »")
        click.echo(f"  Pourquoi : {finding.message}")
        click.echo(f"  Fondement : {' ; '.join(target.reference for target in finding.legal_basis)}")
        click.echo(f"  À écrire : {finding.suggestion}")
    click.echo("")


def _place(finding: Finding) -> str:
    from assistant.export import french_pages

    return "".join(f"{part} · " for part in (french_pages(finding.pages), finding.article) if part)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), default=_LABELLED)
@click.option(
    "--half",
    type=OneOf(["a", "b"]),
    default="b",
    show_default=True,
    help="Moitié lue : a a servi à écrire les règles, b mesure.",
)
@click.option("--rules", "by_rule", is_flag=True, help="Les règles qui se trompent, une par ligne.")
@click.option("--json", "as_json", is_flag=True, help="Une valeur JSON.")
@click.pass_obj
def review(workspace: Workspace, folder: Path, half: str, by_rule: bool, as_json: bool) -> None:
    """Ce que la revue trouve et manque sur des textes étiquetés."""
    from assistant.evaluation import review_set

    def found(documents: Sequence[Document]) -> set[str]:
        return {
            finding.rule
            for one in workspace.review_documents(documents, as_of=_LABELLED_ON)
            for finding in one.findings
        }

    measures = {
        name: review_set.measure(examples, found) for name, examples in review_set.read(folder, half).items()
    }
    if workspace.review_limits:
        say(workspace.review_limits)
    if half == "a":
        say(
            "La moitié a a servi à écrire les règles et à instruire le lecteur : ces chiffres ne disent pas ce qu'elles valent ailleurs."
        )
    if as_json:
        print_json(
            {
                name: {**asdict(whole), "rules": [asdict(rule) for rule in rules]}
                for name, (whole, rules) in measures.items()
            }
        )
        return
    click.echo(
        f"{'moitié ' + half:10} {'textes':>7} {'trouvés':>8} {'à tort':>7} {'manqués':>8} {'précision':>10} {'rappel':>7}"
    )
    for name, (whole, rules) in measures.items():
        click.echo(
            f"{name:10} {whole.examples:7} {whole.found:8} {whole.wrong:7} {whole.missed:8} {_figure(whole.precision):>10} {_figure(whole.recall):>7}"
        )
        for rule in rules if by_rule else ():
            if rule.wrong or rule.missed:
                click.echo(
                    f"  {rule.rule} : {rule.found} trouvés, {rule.wrong} à tort, {rule.missed} manqués"
                )


def _figure(share: float | None) -> str:
    return "–" if share is None else f"{share:.3f}".replace(".", ",")
