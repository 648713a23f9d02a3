"""The trained readers that come with the program, missing, cut, altered or of another embedding: said with what cures it, and the rules work alone."""

import json
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import ModuleType

import pytest
from click.testing import CliRunner

from assistant import reading, settings
from assistant.__main__ import cli
from assistant.datatypes import Check, Kind
from assistant.reader import cases, clauses, covers, fields, titles, together, weights
from assistant.reader.covers import Cover
from assistant.workspace import Workspace
from tests.fakes import FakeEmbedding

MODEL = settings.Settings.__dataclass_fields__["embedding"].default
READERS: dict[str, tuple[ModuleType, Callable[[str, Path], Check]]] = {
    "cases": (cases, lambda model, path: cases.check(model, (), path)),
    "clauses": (clauses, clauses.check),
    "covers": (covers, covers.check),
    "fields": (fields, fields.check),
    "together": (together, together.check),
    "titles": (titles, lambda _, path: titles.check(path)),
}
CCAP = "# CCAP\n\n## Article 4. Paiement\n\nLe délai de paiement est de 90 jours. Le titulaire fait ses meilleurs efforts.\n"


def missing(path: Path) -> None:
    path.unlink()


def without_card(path: Path) -> None:
    path.with_suffix(".json").unlink()


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1000])


def altered(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0xFF
    path.write_bytes(bytes(data))


def with_a_cut_card(path: Path) -> None:
    path.with_suffix(".json").write_text('{"sha256": "', encoding="utf-8")


def empty(path: Path) -> None:
    """Its card is that of an empty file: only its form is wrong."""
    path.write_bytes(b"")
    path.with_suffix(".json").write_text(
        json.dumps({"sha256": weights.hashlib.sha256(b"").hexdigest()}), encoding="utf-8"
    )


DAMAGES = {
    missing: "manque",
    without_card: "manque",
    cut: "coupé ou changé",
    altered: "coupé ou changé",
    with_a_cut_card: "illisible",
    empty: "illisible",
}


def copied(reader: ModuleType, folder: Path, damage: Callable[[Path], None] = lambda _: None) -> Path:
    """A copy of a reader of the project, damaged."""
    path = folder / reader.FILE.name
    for one in (reader.FILE, reader.CARD):
        shutil.copy(one, folder / one.name)
    damage(path)
    return path


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
@pytest.mark.parametrize("name", READERS)
def test_doctor_tells_each_damage_and_what_cures_it(
    tmp_path: Path, name: str, damage: Callable[[Path], None]
) -> None:
    reader, check = READERS[name]
    found = check(MODEL, copied(reader, tmp_path, damage))
    assert not found.ok
    assert DAMAGES[damage] in found.detail
    assert found.cure.startswith("git checkout -- assistant/reader")
    assert "make " in found.cure


@pytest.mark.parametrize("name", [name for name in READERS if name != "titles"])
def test_doctor_tells_a_reader_of_another_embedding_and_one_that_is_sound(tmp_path: Path, name: str) -> None:
    reader, check = READERS[name]
    other = check("autre", copied(reader, tmp_path))
    assert (other.ok, f"appris sur {MODEL}, et non sur autre" in other.detail) == (False, True)
    assert f'embedding = "{MODEL}"' in other.cure
    sound = check(MODEL, copied(reader, tmp_path))
    assert sound.ok
    assert "conforme à sa fiche" in sound.detail


def test_doctor_says_that_the_reader_of_titles_is_sound() -> None:
    assert (titles.check().ok, "conforme à sa fiche" in titles.check().detail) == (True, True)


def test_a_text_is_read_by_its_numbers_with_a_damaged_reader_of_titles_and_says_the_cure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    damaged(monkeypatch, titles, tmp_path, altered)
    (tmp_path / "lettre.txt").write_text(
        "OBJET DE LA CONSULTATION\n\nLe marché porte sur des fournitures.\n\nArticle 2 – Durée\n\nUn an.\n",
        encoding="utf-8",
    )
    document = reading.read(tmp_path / "lettre.txt", kind=Kind.TENDER, collection="essai")
    assert [heading.label for heading in document.headings] == ["Article 2 Durée"]
    (told,) = document.problems
    assert (told.code, "titles.safetensors" in told.message, "make titles" in told.message) == (
        "titles-unread",
        True,
        True,
    )


def test_doctor_looks_at_all_of_them_whatever_is_indexed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clauses, "check", partial(clauses.check, path=copied(clauses, tmp_path, altered)))
    found = {check.name: check.ok for check in Workspace(tmp_path).doctor()}
    assert (found["Lecteur de clauses"], found["Lecteur de pages de garde"]) == (False, True)


def test_a_program_that_was_installed_is_installed_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weights, "INSTALLED", True)
    assert weights.cure("make clauses").startswith("pip install --force-reinstall")


# ---- the uses ---------------------------------------------------------------------------------------------------------------------------


@pytest.fixture
def dce(tmp_path: Path) -> Path:
    (tmp_path / "dce").mkdir()
    (tmp_path / "dce" / "CCAP.md").write_text(CCAP, encoding="utf-8")
    return tmp_path / "dce"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """One whose embedding is there: it is the reader alone that is not sound."""
    made = Workspace(tmp_path / "maison")
    made.__dict__["embedding"] = FakeEmbedding()
    return made


def damaged(
    monkeypatch: pytest.MonkeyPatch, reader: ModuleType, folder: Path, damage: Callable[[Path], None]
) -> None:
    monkeypatch.setattr(reader, "load", partial(reader.load, path=copied(reader, folder, damage)))


@pytest.mark.parametrize("damage", [missing, cut, altered], ids=lambda damage: damage.__name__)
def test_a_review_without_its_reader_has_its_facts_and_says_so(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    workspace: Workspace,
    dce: Path,
    damage: Callable[[Path], None],
) -> None:
    damaged(monkeypatch, clauses, tmp_path, damage)
    reviewed = workspace.review([dce])
    assert "delai-paiement-excessif" in [finding.rule for finding in reviewed.reviews[0].findings]
    assert reviewed.failures == ()
    assert DAMAGES[damage] in workspace.review_limits
    assert (
        "Seuls les nombres, les articles cités, les absences et les contradictions sont contrôlés. → git checkout"
        in workspace.review_limits
    )


@pytest.mark.parametrize("damage", [missing, cut, altered], ids=lambda damage: damage.__name__)
def test_summaries_without_their_reader_are_made_by_the_rules_and_made_again_once_it_is_cured(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    workspace: Workspace,
    dce: Path,
    damage: Callable[[Path], None],
) -> None:
    monkeypatch.setattr(Workspace, "fields_if_any", None)  # the fake embedding gives no token vectors
    damaged(monkeypatch, covers, tmp_path, damage)
    report, _ = workspace.summarise([dce], tmp_path / "fiches", permitted=frozenset())
    assert (len(report.documents), report.failures) == (1, ())
    shown = json.loads((tmp_path / "fiches" / "CCAP.json").read_text(encoding="utf-8"))
    assert "lecteur" not in json.dumps(shown["problems"])
    (limit,) = workspace.summary_limits()
    assert DAMAGES[damage] in limit
    assert "Les pages de garde sont lues par les règles seules. → git checkout" in limit
    report, _ = workspace.summarise([dce], tmp_path / "fiches", permitted=frozenset())
    assert report.unchanged == 1

    cured = Workspace(tmp_path / "maison")
    cured.__dict__.update(embedding=FakeEmbedding(), _cover_reader=(lambda _: Cover({}, {}), ""))
    report, _ = cured.summarise([dce], tmp_path / "fiches", permitted=frozenset())
    assert report.unchanged == 0


@pytest.mark.models
def test_the_commands_say_it_once_over_the_real_embedding(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, dce: Path
) -> None:
    (dce / "RC.md").write_text(
        "# RC\n\nLe présent règlement fixe les règles de la consultation.\n", encoding="utf-8"
    )
    damaged(monkeypatch, clauses, tmp_path, altered)
    damaged(monkeypatch, covers, tmp_path, altered)
    home, runner = ["--home", str(tmp_path / "maison")], CliRunner()
    checked = runner.invoke(cli, [*home, "check", str(dce)])
    assert (checked.exit_code, checked.stderr.count("clauses.safetensors")) == (0, 1)
    assert "delai-paiement-excessif" in checked.stdout
    made = runner.invoke(
        cli,
        [
            *home,
            "summarise",
            str(dce),
            "--out",
            str(tmp_path / "fiches"),
            "--no-model",
            "--review",
            "--jobs",
            "1",
        ],
    )
    assert (
        made.exit_code,
        made.stderr.count("clauses.safetensors"),
        made.stderr.count("covers.safetensors"),
    ) == (0, 1, 1)
    assert "2 documents" in made.stdout
