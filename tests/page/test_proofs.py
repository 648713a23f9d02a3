"""« Dossier de preuve » on the screens, in a real browser: what is saved is conform, and the fingerprint shown is its own."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from assistant.proof.verifier import MANIFEST, examine, read
from tests.page.conftest import Served, open_screen

pytestmark = [pytest.mark.browser, pytest.mark.models]


def saved(page: Page, beside: Locator, served: Served, tmp_path: Path) -> tuple[list[str], str]:
    """Asks for the file where it is offered and saves it; the lines of its quotes, and its manifest."""
    beside.get_by_role("button", name="Dossier de preuve").click()
    shown = page.locator("code.empreinte:visible")
    expect(shown).to_have_text(re.compile("^[0-9a-f]{64}$"))
    with page.expect_download() as download:
        page.get_by_role("link", name="Enregistrer le dossier de preuve").click()
    assert re.fullmatch(r"preuve-[\w-]+\.zip", download.value.suggested_filename)
    path = tmp_path / "preuve.zip"
    download.value.save_as(path)
    files = read(path)
    report = examine(files, shown.inner_text())
    assert report.faults == []
    assert str(served.home) not in b"".join(files.values()).decode()
    return report.quotes, files[MANIFEST].decode()


def test_an_answer(page: Page, served: Served, tmp_path: Path) -> None:
    page.get_by_label("Votre question").fill("Que dit l'article R2122-8 ?")
    page.get_by_label("Votre question").press("Enter")
    quotes, _ = saved(page, page.locator("#fil .tour").last, served, tmp_path)
    assert quotes[0].endswith("en vigueur du 2020-01-01")
    assert quotes[1].endswith("en vigueur du 2019-04-01, jusqu'au 2020-01-01 (exclu)")


def test_a_review(page: Page, served: Served, tmp_path: Path) -> None:
    open_screen(page, "Contrôle")
    draft = tmp_path / "CCAP.txt"
    draft.write_text(
        "CCAP\n\nArticle 4 : Paiement\nLe délai de paiement est de 90 jours.\n", encoding="utf-8"
    )
    page.locator("#controle-fichiers").set_input_files(draft)
    quotes, _ = saved(page, page.locator("#constats"), served, tmp_path)
    assert any("delai-paiement-excessif" in quote for quote in quotes)


def test_a_draft_as_its_form_reads(page: Page, served: Served, tmp_path: Path) -> None:
    open_screen(page, "Rédaction")
    page.get_by_label("Ajouter un kit ou une clause").select_option("localisation-sauvegardes-secours")
    page.get_by_role("radio", name="Niveau 3").first.check()
    quotes, manifest = saved(page, page.locator("#fichiers"), served, tmp_path)
    assert quotes[0].startswith("conforme : citation 1 (CCTP, Article 1 : ")
    assert "localisation-sauvegardes-secours=3" in manifest
    assert "Localisation des sauvegardes et des moyens de secours », niveau 3" in manifest
    assert any("(fondement)" in quote for quote in quotes)
