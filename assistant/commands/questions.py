"""``assistant questions add``: one more way of asking for a rule, kept only after its effect was seen."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from assistant import whole_file
from assistant.commands.site import operator
from assistant.commands.terminal import agrees, print_json, progress_bar, say
from assistant.errors import AssistantError
from assistant.shipped import CORPUS
from assistant.workspace import Workspace

if TYPE_CHECKING:
    from assistant.evaluation.growth import Near
    from assistant.evaluation.question_sets import RetrievalMeasure

_SETS = CORPUS / "questions"
# The site's own questions, where no file is named: they outlive an update of the corpus.
_OWN = "questions/propres.jsonl"
_COLLECTION = "questions"
# Seconds are not an effect of a question.
_SHOWN = ("hit_5", "hit_10", "recall_10", "recall_100", "mrr_10")


@click.group()
def questions() -> None:
    """Les questions écrites : des façons de demander une règle, qui mènent à elle et ne sont jamais citées."""


@questions.command()
@click.argument("text", metavar="QUESTION")
@click.option("--work", required=True, help="Le texte (CCP, « LOI 2024-449 »…).")
@click.option(
    "--article",
    "articles",
    multiple=True,
    required=True,
    help="L'article auquel elle mène (répétable, le premier d'abord).",
)
@click.option(
    "--kind",
    default="acheteur",
    show_default=True,
    help="juriste, acheteur, presse, cas, fausse-premisse, oui-non, comment, deux-regles.",
)
@click.option(
    "--file",
    "file",
    type=click.Path(path_type=Path),
    default=None,
    help="Fichier de questions du corpus (sinon celui du site).",
)
@click.option("--yes", is_flag=True, help="La garder sans demander.")
@click.option("--json", "as_json", is_flag=True, help="Une valeur JSON.")
@click.pass_obj
def add(
    workspace: Workspace,
    text: str,
    work: str,
    articles: tuple[str, ...],
    kind: str,
    file: Path | None,
    yes: bool,
    as_json: bool,
) -> None:
    """Ajoute une question, montre celles qui lui ressemblent et son effet sur la recherche, puis demande s'il faut la garder.

    \u0008
    Exemple :
      assistant questions add "On peut garder les sauvegardes chez nous ?" --work CCP --article L2112-4
    """
    from assistant.evaluation import growth
    from assistant.site.journal import Action, Cited, Journal

    path = (file or workspace.settings.home / _OWN).expanduser().resolve()
    written = growth.written(workspace.library.store, text, kind, work, articles)
    whole = growth.added(path, written)
    neighbours = growth.near(workspace.library, workspace.embedding, written.text)
    sets = growth.retrieval_sets(_SETS)
    growth.require_new(written.text, neighbours, tuple(sorted(_SETS.glob("*.jsonl"))))
    _say_neighbours(neighbours)
    say(f"Mesure avant ({', '.join(sets)})…")
    before = growth.measured(
        sets, lambda question, day, limit: workspace.search(question, limit=limit, as_of=day)
    )
    with _Addition(workspace, path, whole) as addition:
        say("Mesure après…")
        after = growth.measured(
            sets, lambda question, day, limit: workspace.search(question, limit=limit, as_of=day)
        )
        effects = [growth.Effect(name, before[name], after[name]) for name in before]
        if not as_json:
            _show(effects)
        keep = yes or agrees("Garder cette question ?")
        if keep:
            addition.keep()
    if keep:
        cited = [Cited("", target.work, target.article) for target in written.targets]
        Journal(workspace.settings.home, shared=workspace.shared).record(
            operator(), Action.QUESTION, question=written.text, sources=cited, detail=path.name
        )
    if as_json:
        print_json(
            {
                "kept": keep,
                "file": str(path),
                "near": [asdict(one) for one in neighbours],
                "effects": [asdict(effect) for effect in effects],
            }
        )
    else:
        click.echo(f"Gardée dans {path}." if keep else "Retirée : rien n'a changé.")


class _Addition:
    """A file of questions with one more, indexed; unless it is kept, the file and the index are put back as they were."""

    def __init__(self, workspace: Workspace, path: Path, whole: str) -> None:
        self._workspace, self._path, self._whole = workspace, path, whole
        self._before = path.read_bytes() if path.exists() else None
        self._kept = False

    def keep(self) -> None:
        """Leaves the addition where it is."""
        self._kept = True

    def __enter__(self) -> "_Addition":
        with whole_file.written(self._path):
            self._path.parent.mkdir(parents=True, exist_ok=True)
        whole_file.replace(self._path, self._whole.encode())
        try:
            self._index()
        except BaseException:
            self._restore()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        if not self._kept:
            self._restore()

    def _restore(self) -> None:
        if self._before is None:
            self._path.unlink(missing_ok=True)
            for collection in self._collections():
                self._workspace.withdraw([self._path], collection)
        else:
            whole_file.replace(self._path, self._before)
            self._index()

    def _index(self) -> None:
        for collection in self._collections() or (_COLLECTION,):
            with progress_bar() as on_progress:
                report = self._workspace.index([self._path], collection=collection, on_progress=on_progress)
            for failure in report.failures:
                raise AssistantError(f"{failure.origin} : {failure.message}", failure.hint)

    def _collections(self) -> tuple[str, ...]:
        return next(
            (held.collections for held in self._workspace.sources() if str(self._path) in held.origins), ()
        )


def _say_neighbours(neighbours: "tuple[Near, ...]") -> None:
    from assistant.evaluation.growth import SAME_QUESTION

    if not neighbours:
        return
    say("Questions déjà écrites qui lui ressemblent :")
    for one in neighbours:
        led = (
            ", ".join(
                f"{target.work} {target.article}" if target.article else "une fiche" for target in one.targets
            )
            or "refus"
        )
        say(f"  {one.cosine:.3f}  {one.text}  → {led}")
    if neighbours[0].cosine >= SAME_QUESTION:
        say("! La première dit presque la même chose : une autre façon de demander servirait davantage.")


def _show(effects: list[Any]) -> None:
    for effect in effects:
        click.echo(f"{effect.set} ({effect.before.questions} questions)")
        for name in _SHOWN:
            click.echo(f"  {name:12} {_figures(effect.before, effect.after, name)}")


def _figures(before: "RetrievalMeasure", after: "RetrievalMeasure", name: str) -> str:
    first, second = getattr(before, name), getattr(after, name)
    return (
        f"{first:.4f} → {second:.4f}  ({second - first:+.4f})"
        if first != second
        else f"{first:.4f}  inchangé"
    )
