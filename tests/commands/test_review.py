"""``assistant check`` and ``assistant eval review`` as a user runs them: no index, no model."""

import json
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from assistant.__main__ import cli
from assistant.errors import UsageError

FAULTY = "# CCTP\n\n## Article 4. Hébergement\n\nLe titulaire doit être une entreprise française.\n"


def run(home: Path, *arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, ["--home", str(home), *map(str, arguments)])


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    path = tmp_path / "CCTP.md"
    path.write_text(FAULTY, encoding="utf-8")
    return path


def test_a_finding_is_shown_with_its_place_its_words_why_its_articles_and_what_to_write(tmp_path: Path, draft: Path) -> None:
    done = run(tmp_path, "check", draft)
    assert done.exit_code == 0
    assert "1 bloquant" in done.output
    assert "[bloquant] Article 4 Hébergement · entreprise-francaise-europeenne" in done.output
    assert "« Le titulaire doit être une entreprise française. »" in done.output
    for label in ("Pourquoi : ", "Fondement : CCP L3 ; CCP L4", "À écrire : "):
        assert label in done.output


def test_the_json_is_a_list_of_findings_whose_quotes_are_the_text(tmp_path: Path, draft: Path) -> None:
    (finding,) = json.loads(run(tmp_path, "check", draft, "--json").stdout)
    assert set(finding) == {"file", "rule", "severity", "pages", "article", "quote", "start", "end", "message", "legal_basis", "suggestion"}
    assert (finding["rule"], finding["severity"], finding["pages"]) == ("entreprise-francaise-europeenne", "bloquant", None)
    assert finding["legal_basis"][0] == {"work": "CCP", "article": "L3"}
    assert finding["quote"] == "Le titulaire doit être une entreprise française."


def test_a_lawful_draft_has_nothing_to_mend(tmp_path: Path) -> None:
    path = tmp_path / "CCAP.md"
    path.write_text("Le délai global de paiement est de trente jours.\n", encoding="utf-8")
    done = run(tmp_path, "check", path)
    assert done.exit_code == 0
    assert "rien à relever" in done.output
    assert json.loads(run(tmp_path, "check", path, "--json").stdout) == []


def test_an_archive_is_read_as_one_tender_and_what_is_unreadable_is_said(tmp_path: Path) -> None:
    path = tmp_path / "dce.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("AE.md", "Le marché est conclu pour une durée de 24 mois.")
        archive.writestr("CCAP.md", "La durée du marché est de 36 mois.")
        archive.writestr("plan.pdf", b"%PDF-1.4 rien")
    done = run(tmp_path, "check", path, "--json")
    assert done.exit_code == 1
    assert [finding["rule"] for finding in json.loads(done.stdout)] == ["contradiction-duree"]
    assert "plan.pdf" in done.stderr


def test_a_missing_file_is_an_error_of_use(tmp_path: Path) -> None:
    assert isinstance(run(tmp_path, "check", tmp_path / "absent.docx").exception, UsageError)
    assert isinstance(run(tmp_path, "check").exception, UsageError)


def test_the_measure_on_the_half_that_served_says_that_it_served(tmp_path: Path) -> None:
    done = run(tmp_path, "eval", "review", "--half", "a", "--json")
    assert done.exit_code == 0
    value = json.loads(done.stdout)
    assert set(value) == {"phrases", "achats", "rédacteurs", "extraits", "pièces", "paires"}
    assert value["phrases"]["examples"] == 358
    assert "ne disent pas ce qu'elles valent ailleurs" in run(tmp_path, "eval", "review", "--half", "a").stderr
