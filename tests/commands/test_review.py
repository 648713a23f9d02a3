"""``assistant check`` and ``assistant eval review`` as a user runs them, without an index and without a model: facts alone."""

import io
import json
import os
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from assistant import office, reading
from assistant.__main__ import cli
from assistant.datatypes import Kind
from assistant.errors import ReadingError, UsageError
from tests.reading import made_office

pytestmark = pytest.mark.usefixtures("without_models")

FAULTY = "# CCAP\n\n## Article 4. Paiement\n\nLe délai de paiement est de 90 jours.\n"


def run(home: Path, *arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, ["--home", str(home), *map(str, arguments)])


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    path = tmp_path / "CCAP.md"
    path.write_text(FAULTY, encoding="utf-8")
    return path


def test_a_finding_is_shown_with_its_place_its_words_why_its_articles_and_what_to_write(
    tmp_path: Path, draft: Path
) -> None:
    done = run(tmp_path, "check", draft)
    assert done.exit_code == 0
    assert "1 bloquant" in done.output
    assert "[bloquant] Article 4 Paiement · delai-paiement-excessif" in done.output
    assert "« Le délai de paiement est de 90 jours. »" in done.output
    for label in ("Pourquoi : ", "Fondement : CCP ", "À écrire : "):
        assert label in done.output


def test_the_json_is_a_list_of_findings_whose_quotes_are_the_text(tmp_path: Path, draft: Path) -> None:
    (finding,) = json.loads(run(tmp_path, "check", draft, "--json").stdout)
    assert set(finding) == {
        "file",
        "rule",
        "severity",
        "pages",
        "article",
        "quote",
        "start",
        "end",
        "message",
        "legal_basis",
        "suggestion",
    }
    assert (finding["rule"], finding["severity"], finding["pages"]) == (
        "delai-paiement-excessif",
        "bloquant",
        None,
    )
    assert {"work": "CCP", "article": "R2192-10"} in finding["legal_basis"]
    assert finding["quote"] == "Le délai de paiement est de 90 jours."


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


def mail(*files: tuple[str, bytes]) -> bytes:
    message = EmailMessage()
    message["Subject"] = "Consultation"
    message.set_content("Veuillez trouver le dossier.")
    for name, data in files:
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def zipped(**files: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


CCAP, AE = (
    "La durée du marché est de 36 mois.".encode(),
    "Le marché est conclu pour une durée de 24 mois.".encode(),
)


@pytest.mark.parametrize(
    ("name", "data", "found"),
    [
        pytest.param(
            "courriel.eml",
            mail(("CCAP.md", CCAP), ("AE.md", AE)),
            "courriel.eml › AE.md",
            id="attached to a message",
        ),
        pytest.param(
            "dossier.zip",
            zipped(**{"CCAP.md": CCAP, "lot 1.zip": zipped(**{"AE.md": AE})}),
            "dossier.zip › lot 1.zip › AE.md",
            id="zip in zip",
        ),
        pytest.param(
            "dossier.zip",
            zipped(**{"CCAP.md": CCAP, "envoi/courriel.eml": mail(("pieces.zip", zipped(**{"AE.md": AE})))}),
            "dossier.zip › envoi/courriel.eml › pieces.zip › AE.md",
            id="zip in a message in a zip",
        ),
        pytest.param(
            "courriel.eml",
            mail(("CCAP.md", CCAP), ("suite.eml", mail(("AE.md", AE)))),
            "courriel.eml › suite.eml › AE.md",
            id="message in a message",
        ),
    ],
)
def test_pieces_in_archives_and_messages_are_pieces_of_the_tender(
    tmp_path: Path, name: str, data: bytes, found: str
) -> None:
    (tmp_path / name).write_bytes(data)
    done = run(tmp_path, "check", tmp_path / name, "--json")
    assert done.exit_code == 0
    (finding,) = json.loads(done.stdout)
    assert (finding["rule"], finding["file"]) == ("contradiction-duree", str(tmp_path / found))


def test_a_folder_is_read_without_what_lies_elsewhere_and_its_pipe_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, data in (
        ("dce/lot 1/CCAP.md", CCAP),
        ("dce/lot 2/CCAP.md", CCAP),
        ("dce/.essai.md", AE),
        ("dce/~$CCAP.docx", b"verrou"),
        ("ailleurs.md", AE),
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    (tmp_path / "dce" / "lien.md").symlink_to(tmp_path / "ailleurs.md")
    monkeypatch.chdir(tmp_path)
    done = run(tmp_path, "check", "dce")
    assert done.exit_code == 0
    shown = [line for line in done.stdout.splitlines() if "rien à relever" in line]
    assert shown == [f"{Path('dce', lot, 'CCAP.md')} : rien à relever" for lot in ("lot 1", "lot 2")]
    os.mkfifo(tmp_path / "dce" / "AE.pdf")
    done = run(tmp_path, "check", "dce")
    assert done.exit_code == 1
    assert "« AE.pdf » n'est pas un fichier ordinaire" in done.stderr


def test_where_nothing_can_be_read_nothing_is_said_to_be_in_order(tmp_path: Path) -> None:
    path = tmp_path / "plan.pdf"
    path.write_bytes(b"%PDF-1.4 rien")
    done = run(tmp_path, "check", path)
    assert done.exit_code == 1
    assert "aucune pièce n'a été contrôlée" in done.stderr
    assert "rien à relever" not in done.output


def test_a_missing_file_is_an_error_of_use(tmp_path: Path) -> None:
    assert isinstance(run(tmp_path, "check", tmp_path / "absent.docx").exception, UsageError)
    assert isinstance(run(tmp_path, "check").exception, UsageError)


@pytest.mark.parametrize("ending", ["docx", "odt"])
def test_an_annotated_copy_has_a_comment_at_the_words_and_the_text_to_write(
    tmp_path: Path, ending: str
) -> None:
    path, out = tmp_path / f"CCAP.{ending}", tmp_path / f"CCAP-relu.{ending}"
    office.write(FAULTY, path)
    done = run(tmp_path, "check", path, "--annotate", out)
    assert done.exit_code == 0
    assert (
        f"Écrit : {out} (1 constat en commentaire, 1 texte proposé en suivi des modifications)" in done.stderr
    )
    read = reading.read(out, kind=Kind.TENDER, collection="essai")
    assert "Les sommes dues sont payées dans un délai de trente jours" in read.text
    assert "90 jours" not in read.text


def refused(tmp_path: Path, *arguments: str | Path) -> str:
    error = run(tmp_path, "check", *arguments).exception
    assert isinstance(error, UsageError | ReadingError)
    return str(error)


def test_what_cannot_be_annotated_is_said_before_the_review(tmp_path: Path, draft: Path) -> None:
    out, path, pdf, doc = (tmp_path / name for name in ("relu.docx", "CCAP.docx", "plan.pdf", "vieux.doc"))
    office.write(FAULTY, path)
    pdf.write_bytes(b"%PDF-1.4 rien")
    doc.write_bytes(made_office.ole({"WordDocument": b"rien"}))
    assert "« CCAP.md » ne peut pas être annoté" in refused(tmp_path, draft, "--annotate", out)
    assert (
        "« plan.pdf » ne peut pas être annoté : seuls un DOCX et un ODT le peuvent. Donnez le DOCX ou l'ODT"
        in refused(tmp_path, pdf, "--annotate", out)
    )
    assert "enregistrez-le en DOCX ou en ODT" in refused(tmp_path, doc, "--annotate", out)
    assert "est le fichier à annoter" in refused(tmp_path, path, "--annotate", path)
    assert "Donnez un nom qui finit par .docx" in refused(tmp_path, path, "--annotate", tmp_path / "relu.odt")
    assert "prend un seul fichier" in refused(tmp_path, path, draft, "--annotate", out)
    assert "n'existe pas" in refused(tmp_path, tmp_path / "absent.docx", "--annotate", out)
    damaged = tmp_path / "coupé.docx"
    damaged.write_bytes(path.read_bytes()[:4000])
    assert "abîmé" in refused(tmp_path, damaged, "--annotate", out)
    locked = tmp_path / "secret.docx"
    locked.write_bytes(made_office.ole({"EncryptedPackage": b"rien", "EncryptionInfo": b"rien"}))
    assert "protégé par un mot de passe" in refused(tmp_path, locked, "--annotate", out)
    assert not out.exists()


def test_an_annotated_file_that_is_there_is_not_replaced(tmp_path: Path) -> None:
    path, out = tmp_path / "CCAP.docx", tmp_path / "relu.docx"
    office.write(FAULTY, path)
    out.write_bytes(b"mon travail")
    assert f"« {out} » existe déjà" in refused(tmp_path, path, "--annotate", out)
    assert out.read_bytes() == b"mon travail"


def test_the_measure_on_the_half_that_served_says_that_it_served(tmp_path: Path) -> None:
    done = run(tmp_path, "eval", "review", "--half", "a", "--json")
    assert done.exit_code == 0
    value = json.loads(done.stdout)
    assert set(value) == {"phrases", "achats", "rédacteurs", "extraits", "pièces", "paires"}
    assert value["phrases"]["examples"] == 358
    assert "ne disent pas ce qu'elles valent ailleurs" in done.stderr
