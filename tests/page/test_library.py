"""Bibliothèque, in a real browser."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.page.conftest import Served, open_screen

pytestmark = [pytest.mark.browser, pytest.mark.models]


@pytest.fixture(autouse=True)
def opened(page: Page) -> None:
    open_screen(page, "Bibliothèque")
    page.locator("#sources table").first.wait_for()


def test_what_is_indexed_is_listed_with_what_was_read_of_it(page: Page) -> None:
    row = page.locator("#sources tbody tr", has_text="Services de visioconférence")
    assert "Accords-cadres et contrats" in row.inner_text()
    assert "14" in row.inner_text()
    assert "accord-cadre-fictif-visioconference.pdf" in row.inner_text()
    assert page.locator("#sources .chiffres").inner_text().split("\n")[1] == "14 pages"
    page.get_by_text("La bibliothèque en graphiques").click()
    assert "Droit" in page.locator("#sources .graphe").first.inner_text()


def test_a_file_is_added_opened_and_taken_out(page: Page, served: Served, tmp_path: Path) -> None:
    contract = tmp_path / "règlement <i>de<i> 2026.txt"
    contract.write_text(
        "Article 1 : Objet\nLe présent marché porte sur la fourniture de trombones dorés.\n", encoding="utf-8"
    )
    page.locator("#ajout-fichiers").set_input_files(contract)
    expect(page.locator("#ajout-suivi .succes")).to_contain_text("1 source ajoutée")
    row = page.locator("#sources tbody tr", has_text="règlement")
    expect(row).to_have_count(1)
    assert "Mes documents" in row.inner_text()
    assert row.locator("i").count() == 0
    row.get_by_role("button", name="Ouvrir").click()
    expect(page.locator("#document .source-ouverte")).to_contain_text("trombones dorés")
    assert str(served.home) not in page.content()
    row.get_by_role("button", name="Retirer").click()
    expect(page.locator("#ajout-suivi")).to_contain_text(
        "est retiré de la bibliothèque ; le fichier déposé est effacé."
    )
    assert [path.name for path in (served.home / "uploads").rglob("*.txt")] == []
    expect(page.locator("#sources tbody tr", has_text="règlement")).to_have_count(0)


def test_a_file_that_is_not_read_is_refused_with_the_reason(page: Page, tmp_path: Path) -> None:
    program = tmp_path / "virus.exe"
    program.write_bytes(b"MZ\x90\x00" + bytes(range(256)) * 8)
    page.locator("#ajout-fichiers").set_input_files(program)
    expect(page.locator("#ajout-suivi")).to_contain_text(
        "« virus.exe » est un programme : ce format n'est pas lu"
    )
    expect(page.locator("#ajout-suivi")).to_contain_text("Aucun fichier n'a été reçu.")


def test_filters_that_leave_nothing_say_so(page: Page) -> None:
    page.get_by_label("Chercher un titre").fill("girafe")
    expect(page.get_by_text("Aucune source ne répond à ces filtres.")).to_be_visible()


def test_the_state_says_what_is_in_order(page: Page, served: Served) -> None:
    page.get_by_role("button", name="Vérifier maintenant").click()
    expect(page.locator("#etat")).to_contain_text("En ordre")
    expect(page.locator("#etat")).to_contain_text("e5-small-commande-publique")
    assert str(served.home) not in page.locator("#etat").inner_text()


def test_a_name_of_a_file_is_text(page: Page) -> None:
    assert page.locator("#sources b, #sources img, #sources script").count() == 0
    expect(page.locator("#sources")).to_contain_text("<b>nom<b> & co.md")
