"""The findings of the legality review beside what a tender says: counted, quoted with their pages, in every output, whoever does the work."""

import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner

from assistant import reading, typed_json
from assistant.__main__ import cli
from assistant.datatypes import FindingSeverity, Kind
from assistant.errors import UsageError
from assistant.review import review, rules
from assistant.summaries.fields.summary import FIELDS, LACKING, Summary
from assistant.workspace import Workspace
from tests.summaries import made_tenders

DAY = date(2026, 11, 25)
UNLAWFUL = (
    "RÈGLEMENT DE LA CONSULTATION\n\nArticle 1 - Objet\nLa consultation a pour objet l'hébergement du portail des usagers de la ville de Castelmaure.\n\n"
    "Article 2 - Paiement\nLes factures sont payées dans un délai de paiement de 90 jours.\n"
)
QUOTE = "Les factures sont payées dans un délai de paiement de 90 jours."


def summarised(folder: Path, out: Path, **options: Any) -> list[Path]:
    workspace = Workspace(out.parent / "home")
    _, files = workspace.summarise(
        [folder], out, permitted=frozenset(), **{"review": True, "as_of": DAY} | options
    )
    workspace.close()
    return list(files)


@pytest.fixture
def dossiers(tmp_path: Path) -> Path:
    """Two tenders: one whose rules of consultation make suppliers wait, one of which technical clauses alone are there, without a blocking fault."""
    folder = tmp_path / "dossiers"
    made_tenders.write(folder / "marché 2", 4)  # without a blocking fault of its own
    for name, data in made_tenders.tender(3).items():
        if name.startswith("CCTP"):
            (folder / "marché 3").mkdir()
            (folder / "marché 3" / name).write_bytes(data)
    (folder / "marché 2" / "RC bis.txt").write_text(UNLAWFUL, encoding="utf-8")
    return folder


def test_every_finding_of_the_review_is_in_the_json_of_its_document_and_of_its_tender(
    dossiers: Path, tmp_path: Path
) -> None:
    summarised(dossiers, tmp_path / "out")
    one = json.loads((tmp_path / "out" / "marché 2" / "RC bis.json").read_text(encoding="utf-8"))
    document = reading.read(dossiers / "marché 2" / "RC bis.txt", kind=Kind.TENDER, collection="essai")
    (expected,) = review([document], day=DAY)
    found = one["review"]["findings"]
    assert [(row["rule"], row["severity"], row["quote"], row["start"]) for row in found] == [
        (finding.rule, finding.severity.value, finding.quote, finding.span.start)
        for finding in expected.findings
    ]
    blocking = next(row for row in found if row["severity"] == "bloquant")
    assert (blocking["quote"], blocking["title"]) == (QUOTE, rules()[blocking["rule"]].title)
    assert document.text[blocking["start"] : blocking["end"]] == QUOTE
    assert one["review"]["as_of"] == "2026-11-25"
    assert (
        one["review"]["counts"]["bloquant"]
        == sum(finding.severity is FindingSeverity.BLOCKING for finding in expected.findings)
        > 0
    )
    whole = json.loads((tmp_path / "out" / "marché 2.consultation.json").read_text(encoding="utf-8"))
    assert whole["review"]["findings"][0]["quote"] == QUOTE
    assert whole["review"]["findings"][0]["file"].endswith("RC bis.txt")


def test_without_being_asked_nothing_is_reviewed(dossiers: Path, tmp_path: Path) -> None:
    summarised(dossiers, tmp_path / "out", review=False, as_of=None)
    assert (
        json.loads((tmp_path / "out" / "marché 2" / "RC bis.json").read_text(encoding="utf-8"))["review"]
        is None
    )
    assert json.loads((tmp_path / "out" / "ensemble.json").read_text(encoding="utf-8"))["reviewed"] == 0


def test_the_page_over_the_folder_says_how_many_tenders_are_blocked_and_use_each_lever(
    dossiers: Path, tmp_path: Path
) -> None:
    summarised(dossiers, tmp_path / "out", formats="json,md")
    said = json.loads((tmp_path / "out" / "ensemble.json").read_text(encoding="utf-8"))
    assert (said["consultations"], said["reviewed"], said["blocked"]) == (2, 2, 1)
    assert next(one for one in said["levers"] if one["label"] == "Réversibilité")["share"] == 1
    page = (tmp_path / "out" / "ensemble.md").read_text(encoding="utf-8")
    assert "| Au moins un constat bloquant | ██████░░░░░░ 50 % (1 sur 2) |" in page
    assert "| Réversibilité | ████████████ 100 % (2 sur 2) |" in page


GREEN = "\n\nArticle 9 - Clause environnementale\nLe titulaire reprend les emballages et trie les déchets produits par les prestations.\n"


def test_what_one_piece_lacks_and_another_piece_of_the_contract_says_is_no_fault_of_the_tender(
    tmp_path: Path,
) -> None:
    folder = made_tenders.write(tmp_path / "dossiers" / "marché 1", 1)
    summarised(tmp_path / "dossiers", tmp_path / "out")
    lacking = {
        row["rule"]
        for row in json.loads((tmp_path / "out" / "marché 1.consultation.json").read_text(encoding="utf-8"))[
            "review"
        ]["findings"]
    }
    assert "clause-environnementale-absente" in lacking
    (folder / "CCTP bis.txt").write_text(
        "CAHIER DES CLAUSES TECHNIQUES PARTICULIÈRES" + GREEN, encoding="utf-8"
    )
    summarised(tmp_path / "dossiers", tmp_path / "out")
    whole = json.loads((tmp_path / "out" / "marché 1.consultation.json").read_text(encoding="utf-8"))
    assert "clause-environnementale-absente" not in {row["rule"] for row in whole["review"]["findings"]}
    kept = json.loads((tmp_path / "out" / "marché 1" / "CCAP.json").read_text(encoding="utf-8"))
    assert "clause-environnementale-absente" in {row["rule"] for row in kept["review"]["findings"]}


def test_the_rules_that_miss_something_exist() -> None:
    assert set(LACKING) <= set(rules())
    assert set(LACKING.values()) <= set(FIELDS)


def test_every_output_shows_title_words_and_page_of_a_blocking_finding(
    dossiers: Path, tmp_path: Path
) -> None:
    files = {
        path.name: path for path in summarised(dossiers, tmp_path / "out", formats="json,xlsx,html,odt,md")
    }
    title = rules()["delai-paiement-excessif"].title
    assert "## Revue de légalité (droit au 25/11/2026)" in files["marché 2.md"].read_text(encoding="utf-8")
    odt = reading.read(files["marché 2.odt"], kind=Kind.TENDER, collection="essai").text
    page = files["rapport.html"].read_text(encoding="utf-8")
    assert f"<mark>{QUOTE}</mark>" in page
    for text in (files["marché 2.md"].read_text(encoding="utf-8").replace("\\", ""), odt, page):
        assert QUOTE in text
        assert title in text
    book = openpyxl.load_workbook(io.BytesIO(files["consultations.xlsx"].read_bytes()))
    first = [cell.value for cell in book["Revue"][2]]
    assert (first[0], first[1], first[2], first[5]) == ("marché 2", "bloquant", title, QUOTE)
    assert book["Revue"].cell(2, 5).hyperlink.target.endswith("RC%20bis.txt")
    assert book["Revue"].auto_filter.ref
    levers = book["Souveraineté"]
    column = [cell.value for cell in levers[1]].index("Constats : bloquant") + 1
    counts = json.loads((tmp_path / "out" / "marché 2.consultation.json").read_text(encoding="utf-8"))[
        "review"
    ]["counts"]
    assert [levers.cell(row, column).value for row in (2, 3)] == [counts["bloquant"], 0]
    shares = {row[0].value: row[1].value for row in book["Vue d'ensemble"].iter_rows(min_row=2)}
    assert shares["Au moins un constat bloquant"] == 0.5


def test_a_result_without_review_or_of_another_day_is_made_again(dossiers: Path, tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "home")
    asked: list[dict[str, Any]] = [
        {},
        {},
        {"review": True, "as_of": DAY},
        {"review": True, "as_of": DAY},
        {"review": True, "as_of": date(2024, 1, 1)},
    ]
    reports = [
        workspace.summarise([dossiers], tmp_path / "out", permitted=frozenset(), **options)[0]
        for options in asked
    ]
    workspace.close()
    assert [one.unchanged for one in reports] == [0, 7, 0, 7, 0]


def test_what_is_kept_of_a_review_is_restored_whole(dossiers: Path, tmp_path: Path) -> None:
    summarised(dossiers, tmp_path / "out")
    kept = [
        json.loads(path.read_text(encoding="utf-8"))["summary"]
        for path in (tmp_path / "out" / ".fiches").glob("*.json")
    ]
    assert len(kept) == 7
    assert [typed_json.plain(typed_json.typed(Summary, one)) for one in kept] == kept


def test_a_day_is_refused_where_no_review_is_asked_for(tmp_path: Path) -> None:
    done = CliRunner().invoke(
        cli,
        [
            "--home",
            str(tmp_path),
            "summarise",
            str(tmp_path),
            "--out",
            str(tmp_path / "out"),
            "--as-of",
            "2026-01-01",
        ],
    )
    assert isinstance(done.exception, UsageError)
    assert "--review" in done.exception.hint
