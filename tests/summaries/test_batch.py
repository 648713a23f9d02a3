"""Batches: known documents cost nothing, bad ones are said, archives and folders are tenders, names never collide."""

import json
import zipfile
from email.message import EmailMessage
from pathlib import Path, PurePosixPath
from typing import Any

import pytest

from assistant.errors import UsageError
from assistant.summaries.batch.results import Results
from assistant.summaries.batch.run import Report
from assistant.summaries.batch.run import run as run_batch
from assistant.summaries.batch.sources import Places, entries
from assistant.summaries.batch.spread import Here
from assistant.summaries.fields.summary import FIELDS, Consultation
from tests.summaries import made_tenders


def run(paths: list[Path], out: Path, **options: Any) -> tuple[Report, list[Consultation]]:
    spread = Here()
    try:
        report, consultations = run_batch(paths, Results(out), spread, **options)
        return report, [one for one, _ in consultations]
    finally:
        spread.close()


@pytest.fixture
def tender(tmp_path: Path) -> Path:
    return made_tenders.write(tmp_path / "dce", 4)


def test_each_document_has_its_result_with_the_fields_of_the_contract(tender: Path, tmp_path: Path) -> None:
    report, consultations = run([tender], tmp_path / "out")
    assert len(report.documents) == 5
    assert report.failures == ()
    written = json.loads((tmp_path / "out" / "CCAP.json").read_text(encoding="utf-8"))
    assert list(written["fields"]) == list(FIELDS)
    assert (written["doc_type"], written["file"]) == (
        "CCAP",
        next(path.name for path in tender.iterdir() if path.stem == "CCAP"),
    )
    assert set(written["fields"]["duree_initiale"]) >= {"value", "pages", "quote", "found_by"}
    assert written["fields"]["localisation_hebergement"] == {
        "value": None,
        "pages": [],
        "quote": None,
        "found_by": None,
    }
    assert [one.name for one in consultations] == ["dce"]
    merged = json.loads((tmp_path / "out" / "dce.consultation.json").read_text(encoding="utf-8"))
    assert merged["fields"]["date_limite_remise"]["doc_type"] == "RC"
    assert "En fin d'accord-cadre" in merged["levers"]["reversibilite"]["quote"]


def test_a_document_that_is_known_is_not_read_again(tender: Path, tmp_path: Path) -> None:
    run([tender], tmp_path / "out")
    before = {path: path.read_bytes() for path in (tmp_path / "out").rglob("*.json")}
    report, _ = run([tender], tmp_path / "out")
    assert (report.unchanged, report.pages) == (5, 0)
    assert {path: path.read_bytes() for path in (tmp_path / "out").rglob("*.json")} == before


def test_a_changed_document_is_read_again_and_the_others_are_not(tender: Path, tmp_path: Path) -> None:
    run([tender], tmp_path / "out")
    changed = next(path for path in tender.iterdir() if path.suffix == ".md")
    changed.write_text(changed.read_text(encoding="utf-8") + "\n\nUne ligne de plus.\n", encoding="utf-8")
    report, _ = run([tender], tmp_path / "out")
    assert report.unchanged == 4


def test_a_result_that_was_cut_on_the_disk_is_made_again(tender: Path, tmp_path: Path) -> None:
    run([tender], tmp_path / "out")
    kept = next((tmp_path / "out" / ".fiches").glob("*.json"))
    kept.write_bytes(kept.read_bytes()[:200])
    report, _ = run([tender], tmp_path / "out")
    assert report.unchanged == 4
    assert len(report.documents) == 5


def test_a_bad_file_is_said_and_the_others_go_on(tender: Path, tmp_path: Path) -> None:
    (tender / "abîmé.pdf").write_bytes(b"%PDF-1.7\nnothing more")
    (tender / "vide.docx").write_bytes(b"")
    report, consultations = run([tender], tmp_path / "out")
    assert sorted(Path(one.origin).name for one in report.failures) == ["abîmé.pdf", "vide.docx"]
    assert all(one.message for one in report.failures)
    assert len(report.documents) == 5
    assert len(consultations) == 1
    assert [
        row["file"] for row in json.loads((tmp_path / "out" / "echecs.json").read_text(encoding="utf-8"))
    ] == [one.origin for one in report.failures]


def test_an_archive_is_a_tender_and_its_members_are_summarised(tmp_path: Path) -> None:
    files = made_tenders.tender(7)
    path = tmp_path / "consultation 7.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in files.items():
            archive.writestr(f"pièces/{name}", data)
        archive.writestr("plan.dwg", b"AC1027")
    report, consultations = run([path], tmp_path / "out")
    assert (len(report.documents), report.failures) == (5, ())
    assert [one.name for one in consultations] == ["consultation 7"]
    assert (tmp_path / "out" / "consultation 7" / "pièces" / "CCTP.json").is_file()
    again, _ = run([path], tmp_path / "out")
    assert again.unchanged == 5


def test_a_folder_of_folders_holds_several_tenders_whose_pieces_have_the_same_names(tmp_path: Path) -> None:
    for seed in (5, 10):  # both with a CCAP in the same format
        made_tenders.write(tmp_path / "dossiers" / f"marché {seed}", seed)
    report, consultations = run([tmp_path / "dossiers"], tmp_path / "out")
    assert [one.name for one in consultations] == ["marché 10", "marché 5"]
    assert len({one.place for one in report.documents}) == 10
    buyers = {one.name: one.statement("acheteur").field.value for one in consultations}  # type: ignore[union-attr]
    assert buyers == {f"marché {seed}": made_tenders.facts(seed).buyer for seed in (5, 10)}


def test_files_given_together_are_one_tender_as_those_of_a_folder(tender: Path, tmp_path: Path) -> None:
    files = sorted(tender.iterdir())
    _, of_folder = run([tender], tmp_path / "dossier")
    report, consultations = run(files, tmp_path / "fichiers")
    assert [one.name for one in consultations] == ["dce"]
    assert consultations == of_folder
    again, _ = run(files[::-1], tmp_path / "fichiers")
    assert (again.unchanged, again.documents) == (5, report.documents)
    _, each = run(files, tmp_path / "chacun", each=True)
    assert len(each) == 5
    _, (alone,) = run(files[:1], tmp_path / "seul")
    assert alone.name == files[0].stem


def test_files_of_two_tenders_given_together_are_taken_apart(tmp_path: Path) -> None:
    folders = [made_tenders.write(tmp_path / str(seed), seed) for seed in (5, 10)]
    report, consultations = run(
        [path for folder in folders for path in sorted(folder.iterdir()) if not path.name.startswith("avis")],
        tmp_path / "out",
    )
    assert len(report.documents) == 8
    found = {one.name: {Path(summary.file).parent.name for summary in one.summaries} for one in consultations}
    assert found == {f"Pièces réunies - {made_tenders.facts(seed).number}": {str(seed)} for seed in (5, 10)}


def test_files_of_one_name_given_together_keep_their_own_results_whatever_their_order(tmp_path: Path) -> None:
    paths = [tmp_path / lot / "CCTP.md" for lot in ("lot 1", "lot 2")]
    for number, path in enumerate(paths):
        path.parent.mkdir()
        path.write_text(f"# CCTP\n\nLe lot {number} porte sur la fourniture de chaises.\n", encoding="utf-8")
    for given in (paths, paths[::-1]):
        report, (consultation,) = run(given, tmp_path / "out")
        assert [(str(one.place), one.shown_name, one.origin) for one in report.documents] == [
            (f"{path.parent.name}/CCTP", f"{path.parent.name}/CCTP.md", str(path)) for path in paths
        ]
        assert (consultation.name, consultation.origin) == ("Pièces réunies", str(tmp_path))


def test_an_archive_beside_files_is_a_tender_of_its_own(tender: Path, tmp_path: Path) -> None:
    path = tmp_path / "autre.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            "RC.md",
            made_tenders.tender(4)[next(name for name in made_tenders.tender(4) if name.endswith(".md"))],
        )
    _, consultations = run([*sorted(tender.iterdir()), path], tmp_path / "out")
    assert [one.name for one in consultations] == ["autre", "dce"]


def test_what_two_messages_of_one_name_carry_stays_apart(tmp_path: Path) -> None:
    for lot in ("lot 1", "lot 2"):
        message = EmailMessage()
        message["Subject"] = "Pièces"
        message.set_content(f"Voici le cahier du {lot}.")
        message.add_attachment(
            f"# CCAP\n\nLe {lot} dure 36 mois.".encode(),
            maintype="text",
            subtype="markdown",
            filename="CCAP.md",
        )
        (tmp_path / "dce" / lot).mkdir(parents=True)
        (tmp_path / "dce" / lot / "courriel.eml").write_bytes(message.as_bytes())
    (tmp_path / "dce" / "RC.md").write_text("# RC\n\nLes chaises.", encoding="utf-8")
    report, (consultation,) = run([tmp_path / "dce"], tmp_path / "out")
    carried = [f"{lot}/courriel.eml › CCAP.md" for lot in ("lot 1", "lot 2")]
    assert sorted(one.file for one in consultation.summaries) == [
        "RC.md",
        *sorted([*carried, "lot 1/courriel.eml", "lot 2/courriel.eml"]),
    ]
    assert sorted(str(one.place) for one in report.documents if "›" in one.shown_name) == [
        f"{lot}/courriel/CCAP" for lot in ("lot 1", "lot 2")
    ]
    again, _ = run([tmp_path / "dce"], tmp_path / "out")
    assert (again.unchanged, again.documents) == (5, report.documents)


def test_two_documents_of_one_name_keep_their_own_results(tmp_path: Path) -> None:
    folder = tmp_path / "dce"
    folder.mkdir()
    for suffix in ("md", "txt", "pdf"):
        (folder / f"CCAP.{suffix}").write_bytes(
            made_tenders.printed(
                made_tenders.administrative(made_tenders.random.Random(1), made_tenders.facts(1)), suffix
            )
        )
    report, _ = run([folder], tmp_path / "out")
    assert sorted(str(one.place) for one in report.documents) == ["CCAP", "CCAP.pdf", "CCAP.txt"]


def test_a_place_never_leaves_the_folder_of_results() -> None:
    places = Places()
    assert places.take(PurePosixPath("/../../etc/passwd"), "passwd") == PurePosixPath("etc/passwd")
    assert places.take(PurePosixPath('a<b>:"c|?*'), "x") == PurePosixPath("a_b_c_")
    assert places.take(PurePosixPath(".."), "..") == PurePosixPath("document")


def test_what_is_asked_for_first_is_done_first(tmp_path: Path) -> None:
    for seed in (1, 2, 3):
        made_tenders.write(tmp_path / "dossiers" / f"marché {seed}", seed)
    order: list[str] = []
    run(
        [tmp_path / "dossiers"],
        tmp_path / "out",
        first=("marché 3",),
        on_progress=lambda progress: order.append(progress.label),
    )
    begun = [entry.file.place.parent.name for entry in entries([tmp_path / "dossiers"])]
    assert begun[0] == "marché 1"
    assert order[0].split(" — ")[0] in {path.name for path in (tmp_path / "dossiers" / "marché 3").iterdir()}


def test_a_path_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="n'existe pas"):
        run([tmp_path / "rien"], tmp_path / "out")


def test_two_runs_cannot_write_into_one_folder(tmp_path: Path) -> None:
    with (
        Results(tmp_path / "out").writing(),
        pytest.raises(UsageError, match="Un autre relevé"),
        Results(tmp_path / "out").writing(),
    ):
        pass


def test_what_a_killed_run_left_half_written_is_cleared(tmp_path: Path) -> None:
    results = Results(tmp_path / "out")
    (tmp_path / "out" / ".CCAP.json.123.neuf").write_text("{")
    with results.writing():
        assert list((tmp_path / "out").rglob("*.neuf")) == []
