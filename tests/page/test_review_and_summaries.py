"""Contrôle and Synthèses, in a real browser."""

import hashlib
import io
import re
import shutil
import zipfile
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from assistant import office
from tests.conftest import ROOT
from tests.page.conftest import Served, open_screen
from tests.reading.made_files import pdf, text_page

pytestmark = [pytest.mark.browser, pytest.mark.models]

FRAMEWORK = ROOT / "corpus" / "accords-cadres" / "accord-cadre-fictif-visioconference.pdf"
UNLAWFUL = "CCTP\n\nArticle 1 : Candidats\nLes candidats de nationalité autre que française sont exclus de la procédure. <img src=x onerror=alert(1)>\n"


def test_a_draft_is_reviewed_and_its_report_saved(page: Page, served: Served, tmp_path: Path) -> None:
    open_screen(page, "Contrôle")
    expect(page.get_by_text("Déposez un projet ou les pièces d'un dossier")).to_be_visible()
    draft = tmp_path / "CCTP <b>projet.txt"
    draft.write_text(UNLAWFUL, encoding="utf-8")
    page.locator("#controle-fichiers").set_input_files(draft)
    card = page.locator("#constats .constat.blocking").first
    card.wait_for()
    assert "Bloquant" in card.inner_text()
    assert "À écrire :" in card.inner_text()
    card.get_by_role("button", name="Voir dans le texte").click()
    expect(page.locator(".source-ouverte mark")).to_contain_text("nationalité")
    assert page.locator("#constats img, .source-ouverte img, #constats b").count() == 0
    page.get_by_role("button", name="Préparer le rapport").click()
    with page.expect_download() as saved:
        page.get_by_role("link", name="Enregistrer en Markdown").click()
    report = saved.value.path().read_text(encoding="utf-8")
    assert "# Contrôle de légalité" in report
    assert "nationalité" in report
    assert str(served.home) not in page.content() + report


def test_a_document_is_saved_with_its_findings_as_comments(
    page: Page, served: Served, tmp_path: Path
) -> None:
    open_screen(page, "Contrôle")
    draft = tmp_path / "CCAP.docx"
    office.write("# CCAP\n\n## Article 4. Paiement\n\nLe délai de paiement est de 90 jours.\n", draft)
    page.locator("#controle-fichiers").set_input_files(draft)
    page.get_by_role("button", name="Annoter le document").click()
    with page.expect_download() as saved:
        page.get_by_role("link", name="Enregistrer le document annoté").click()
    assert saved.value.suggested_filename == "CCAP-annoté.docx"
    with zipfile.ZipFile(saved.value.path()) as package:
        assert "Délai de paiement trop long" in package.read("word/comments.xml").decode()
    assert str(served.home) not in page.content()


def test_a_finding_is_shown_on_the_image_of_its_page(page: Page, tmp_path: Path) -> None:
    open_screen(page, "Contrôle")
    draft = tmp_path / "CCAP.pdf"
    first = text_page(
        "CAHIER DES CLAUSES ADMINISTRATIVES PARTICULIÈRES",
        "Article 1 : Objet",
        "Le marché porte sur la restauration scolaire.",
    )
    second = text_page(
        "Article 2 : Candidats",
        "Les candidats de nationalité autre que française sont exclus de la procédure.",
    )
    draft.write_bytes(pdf([first, second]))
    page.locator("#controle-fichiers").set_input_files(draft)
    page.locator("#constats .constat.blocking").get_by_role("button", name="Voir sur la page 2").first.click()
    shown = page.locator("#page-controlee .source-ouverte")
    expect(shown.locator("img")).to_have_attribute("alt", re.compile("^Page 2 sur 2 .* encadré et surligné"))
    assert shown.locator(".surligne").count() >= 1


def test_a_file_that_cannot_be_read_is_said(page: Page, tmp_path: Path) -> None:
    open_screen(page, "Contrôle")
    cut = tmp_path / "CCAP.pdf"
    cut.write_bytes(FRAMEWORK.read_bytes()[:3000])
    page.locator("#controle-fichiers").set_input_files(cut)
    expect(page.locator("#controle-suivi")).to_contain_text("CCAP.pdf")
    expect(page.locator("#controle-suivi")).to_contain_text("abîmé")


def test_a_tender_becomes_a_table_whose_pages_open_and_which_is_saved(page: Page, served: Served) -> None:
    open_screen(page, "Synthèses")
    expect(page.get_by_text("Déposez les pièces d'une ou plusieurs consultations")).to_be_visible()
    page.locator("#synthese-fichiers").set_input_files(FRAMEWORK)
    expect(page.locator("#synthese-suivi .succes")).to_contain_text(
        "1 document, 14 pages, 1 consultation, 0 en échec.", timeout=90_000
    )
    table = page.locator("#synthese table.champs")
    assert "Objet" in table.inner_text()
    table.locator("tr", has_text="Objet").locator(".marque").click()
    source = page.locator("#page-synthese .source-ouverte")
    expect(source.locator("img")).to_be_visible()
    assert source.locator(".surligne").count() >= 1
    page.get_by_role("button", name="Préparer les fichiers XLSX et ODT").click()
    with page.expect_download() as saved:
        page.get_by_role("link", name="Enregistrer le tableau en XLSX").click()
    book = openpyxl.load_workbook(io.BytesIO(saved.value.path().read_bytes()))
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert any("visioconférence" in str(cell.value) for cell in cells)
    assert [cell.hyperlink.target for cell in cells if cell.hyperlink] == []
    assert str(served.home) not in page.content()
    kept = page.locator("#syntheses li").count()
    page.get_by_role("button", name="Supprimer la synthèse").first.click()
    expect(page.locator("#syntheses li")).to_have_count(kept - 1)


def test_a_batch_that_was_stopped_is_taken_up_again(page: Page, served: Served, tmp_path: Path) -> None:
    folder = (
        served.home
        / "page"
        / "syntheses"
        / hashlib.sha256(b"local").hexdigest()[:24]
        / "20261125-080000-abcdef"
    )
    (folder / "entree").mkdir(parents=True)
    shutil.copy(FRAMEWORK, folder / "entree" / "CCAP.pdf")
    (folder / "titre.txt").write_text("0\nCCAP.pdf", encoding="utf-8")
    page.reload()
    open_screen(page, "Synthèses")
    expect(page.locator("#syntheses")).to_contain_text("interrompue")
    page.get_by_role("button", name="Reprendre la synthèse CCAP.pdf").click()
    expect(page.locator("#synthese-suivi .succes")).to_be_visible(timeout=90_000)
    expect(page.locator("#syntheses")).to_contain_text("terminée")


def tender(folder: Path, pieces: int) -> Path:
    """A tender of as many contracts, no two of the same bytes."""
    folder.mkdir(parents=True)
    for number in range(pieces):
        (folder / f"CCAP lot {number:02}.pdf").write_bytes(
            FRAMEWORK.read_bytes() + f"\n% {number}\n".encode()
        )
    return folder


def test_a_folder_that_is_dropped_on_the_page_is_read_whole(page: Page, tmp_path: Path) -> None:
    open_screen(page, "Synthèses")
    folder = tender(tmp_path / "École 2026", 1)
    box = page.get_by_label("Choisir un dossier").locator("visible=true").bounding_box()
    assert box is not None
    session = page.context.new_cdp_session(page)
    for step in ("dragEnter", "dragOver", "drop"):
        at = {"type": step, "x": box["x"] + 20, "y": box["y"] + 20}
        session.send(
            "Input.dispatchDragEvent",
            {**at, "data": {"items": [], "files": [str(folder)], "dragOperationsMask": 1}},
        )
    expect(page.locator("#synthese-suivi .succes")).to_contain_text(
        "1 document, 14 pages, 1 consultation, 0 en échec.", timeout=90_000
    )
    expect(page.locator("#synthese h3")).to_have_text("École 2026")


def test_a_page_of_a_document_within_a_zip_opens(page: Page, tmp_path: Path) -> None:
    packed = tmp_path / "DCE assainissement.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.write(FRAMEWORK, "Lot 1/CCAP.pdf")
    open_screen(page, "Synthèses")
    page.locator("#synthese-fichiers").set_input_files(packed)
    expect(page.locator("#synthese-suivi .succes")).to_contain_text(
        "1 document, 14 pages, 1 consultation, 0 en échec.", timeout=90_000
    )
    page.locator("#synthese table.champs tr", has_text="Objet").locator(".marque").first.click()
    expect(page.locator("#page-synthese .feuille img")).to_be_visible()
    assert page.locator("#page-synthese .surligne").count() >= 1
    page.get_by_text("Champs trouvés dans ce lot").click()
    expect(page.get_by_role("table", name="Consultations qui disent chaque champ")).to_be_visible()


def test_a_synthesis_of_nothing_that_is_read_says_so(page: Page, tmp_path: Path) -> None:
    open_screen(page, "Synthèses")
    program = tmp_path / "plan.dwg"
    program.write_bytes(b"AC1032" + bytes(range(256)) * 8)
    page.locator("#synthese-fichiers").set_input_files(program)
    expect(page.locator("#synthese-suivi")).to_contain_text("Fichiers refusés")
    expect(page.locator("#synthese-suivi")).to_contain_text("Aucun fichier n'a été reçu.")
