"""What several rooms' tests share: the data beside the project, a small library, real documents."""

import gc
import json
import os
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from argon2 import PasswordHasher
from xdist.scheduler import LoadFileScheduling

from assistant.index import ingest
from assistant.index.library import Library
from assistant.index.search import Searcher
from assistant.reading.legacy_office import converts_to, libreoffice
from assistant.site import gate, users
from tests.fakes import FakeEmbedding

# How long an example takes says what else the machine does.
hypothesis.settings.register_profile(
    "house", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("house")

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"

RULES = [
    ("CCP", "Code de la commande publique", "L2112-4", ["Livre Ier", "Section 1 : Conditions d'exécution"], "L'acheteur peut imposer que les moyens utilisés soient localisés sur le territoire de l'Union.", "2019-04-01", None),
    ("CCP", "Code de la commande publique", "L2113-10", ["Livre Ier", "Section 2 : Allotissement"], "Les marchés sont passés en lots séparés. L'acheteur détermine le nombre des lots.", "2019-04-01", None),
    ("CCP", "Code de la commande publique", "R2122-8", ["Livre Ier", "Section 3 : Petits montants"], "Le marché inférieur à 25 000 euros est passé sans publicité.", "2019-04-01", "2020-01-01"),
    ("CCP", "Code de la commande publique", "R2122-8", ["Livre Ier", "Section 3 : Petits montants"], "Le marché inférieur à 40 000 euros est passé sans publicité.", "2020-01-01", None),
    ("CCP", "Code de la commande publique", "R2322-8", ["Livre III : marchés de défense ou de sécurité"], "Le marché de défense inférieur à 100 000 euros est passé sans publicité.", "2019-04-01", None),
    ("LOI 2024-449", "Loi SREN", "31", [], "Les administrations de l'État veillent à la protection de leurs données sensibles contre les autorités d'États tiers.", "2024-05-21", None),
]  # fmt: skip


# What takes longest, in the order in which it begins: begun last, one of them leaves the other processor idle for as long as it takes.
LONGEST = (
    "page/",
    "index/test_every_write",
    "endpoint/",
    "review/test_trained",
    "test_command_line",
    "generation/",
    "site/test_commands",
    "index/test_elsewhere",
    "summaries/test_killed",
    "index/test_killed",
    "test_wheel",
    "reading/test_unpacking",
    "models/test_embedding",
    "drafting/test_draft_command",
    "drafting/test_export",
    "documents/test_amendments",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest come first. A browser test that fails is run once more before it fails the run; the summary names it (``-rR``)."""
    items.sort(
        key=lambda item: next(
            (place for place, name in enumerate(LONGEST) if item.nodeid.startswith(f"tests/{name}")),
            len(LONGEST),
        )
    )
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.flaky(reruns=1))


def pytest_collection_finish() -> None:
    """Eight thousand tests and the modules that they use stay to the end: circles are not sought among them again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


def pytest_configure(config: pytest.Config) -> None:
    """Processes that test side by side, and what they start, compute with one thread each: two wait for the other's (one test took 50 s of processor, not 16)."""
    if config.getoption("numprocesses", None):
        os.environ.update(OPENBLAS_NUM_THREADS="1", OMP_NUM_THREADS="1")


# Tests of minutes that share nothing: each goes to a process of its own.
APART = ("tests/index/test_every_write.py",)


class Files(LoadFileScheduling):
    """A file goes to one process whole (but for ``APART``), and so do those of other programs, and each half of those of the page: a half shares a server, a
    browser and a Gradio."""

    def _split_scope(self, nodeid: str) -> str:
        file = super()._split_scope(nodeid)
        if file in APART:
            return nodeid
        if file.startswith("tests/page/"):
            return "page, first half" if file < "tests/page/test_o" else "page, second half"
        return "endpoint" if file.startswith("tests/endpoint/") else file


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> Files:
    return Files(config, log)


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Bytes do not name a test: those of an archive made here hold the time, and each process would know it by another name."""
    return argname if isinstance(val, bytes) else None


def lacks(new: str) -> bool:
    """Whether this machine has no LibreOffice that makes a ``docx``, an ``xlsx`` or a ``pptx`` of the format before it."""
    program = libreoffice()
    return program is None or not converts_to(new, program)


def write_rules(
    path: Path, rules: list[tuple[str, str, str, list[str], str, str, str | None]] | None = None
) -> Path:
    """Dated articles as JSON Lines."""
    keys = ("work", "work_title", "num", "path", "text", "valid_from", "valid_to")
    lines = [
        json.dumps(
            dict(zip(keys, rule, strict=True)) | {"kind": "code", "source": "essai", "licence": ""},
            ensure_ascii=False,
        )
        for rule in rules or RULES
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def shared() -> Path:
    """The folder of real data beside the project."""
    if not SHARED.is_dir():
        pytest.skip("the data folder ../shared is not here")
    return SHARED


@pytest.fixture
def without_models(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No model is installed, here and in the processes that are started."""
    monkeypatch.setenv("ASSISTANT_MODELS", str(tmp_path / "models"))


@pytest.fixture
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords are hashed in this process at a hundredth of what it takes elsewhere, for what is told of other things than hashes."""
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(users, "HASHER", quick)
    monkeypatch.setattr(gate, "HASHER", quick)
    monkeypatch.setattr(gate, "_NOBODY", quick.hash("personne"))


@pytest.fixture
def embedding() -> FakeEmbedding:
    return FakeEmbedding()


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    opened = Library(tmp_path / "library")
    yield opened
    opened.close()


@pytest.fixture
def searcher(library: Library, embedding: FakeEmbedding, tmp_path: Path) -> Searcher:
    """A library of the rules above, searched."""
    ingest.index_paths(library.store, embedding, [write_rules(tmp_path / "regles.jsonl")], collection="essai")
    return Searcher(library, embedding)
