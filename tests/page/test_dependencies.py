"""Dépendances in a real browser: a register dropped, corrected, kept, explained, searched for and exported; another account sees nothing of it."""

import io
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, expect

from assistant import settings
from assistant.site.rights import Role
from assistant.site.users import Users
from tests.page.conftest import Served, open_screen, watched, within
from tests.page.test_everyone import Findings, sound, whole
from tests.page.test_several_people import PASSWORD, enter, forge
from tests.sourcing.made import csv, xlsx

pytestmark = [pytest.mark.browser, pytest.mark.models]

HOSTILE = "Visio <img src=x onerror=alert(1)>"
REGISTER = xlsx(
    {
        "Applis": [
            ["Appli.", "Usage", "Machin", "Hébergt", "Lieu données", "Fin ctr"],
            [HOSTILE, "visioconférence", "Soc. A", "Soc. H", "États-Unis", "06/2027"],
        ]
    }
)
LIST = csv(
    "Nom;Fonction;Licence;Date", "Ouverte;visioconférence;AGPL-3.0;01/02/2020", "Autre;sauvegarde;MIT;"
)


def file(name: str, data: bytes) -> dict[str, object]:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": data}


def test_a_register_is_shown_corrected_kept_explained_and_exported(
    browser: Browser, tmp_path: Path, serious_findings: Findings
) -> None:
    (tmp_path / "models").symlink_to(settings.load().models)
    with within(tmp_path) as (url, _), watched(browser, url) as page:
        open_screen(page, "Dépendances")
        page.set_input_files("#registre-fichiers", file("registre.xlsx", REGISTER))
        understood = page.locator("#registre-compris")
        expect(understood.get_by_label("Champ de Hébergt")).to_have_value("host")
        expect(understood.get_by_label("Champ de Machin")).to_have_value("autre")
        understood.get_by_label("Champ de Machin").select_option("publisher")
        understood.get_by_label("Membre, si aucune colonne ne le dit").fill("Bourg")
        understood.get_by_role("button", name="Garder ce registre").click()
        lines = page.locator("#dependances-lignes")
        lines.locator("summary").first.click()
        expect(lines).to_contain_text(HOSTILE)
        expect(lines).to_contain_text("Les données sont dans un État tiers (États-Unis)")
        expect(lines).to_contain_text("À qui appartient l'éditeur « Soc. A »")
        expect(lines).to_contain_text("fiche « fisa-702 »")
        page.get_by_text("Ajouter un catalogue").click()
        page.fill("#catalogue-titre", "Liste")
        page.set_input_files("#catalogue-fichiers", file("liste.csv", LIST))
        expect(page.locator("#catalogues")).to_contain_text("2 fiches, sans date")
        lines.get_by_role("button", name="Chercher des solutions").click()
        expect(page.locator("#solutions li").first).to_contain_text("ancienne, à vérifier avant de s'y fier")
        expect(page.locator("#solutions li")).to_have_count(2)
        sound(page, serious_findings, "Dépendances")
        whole(page, "Dépendances")
        with page.expect_download() as saved:
            lines.get_by_role("button", name="Classeur (XLSX)").click()
        book = openpyxl.load_workbook(io.BytesIO(saved.value.path().read_bytes()))
        assert [row[1] for row in book["Registre"].iter_rows(min_row=2, values_only=True)] == [HOSTILE]
        page.locator("#dependances").get_by_role("button", name="Retirer Bourg").click()
        expect(page.locator("#dependances")).to_contain_text("Aucun registre.")


def test_another_account_sees_nothing_of_a_register_and_a_reader_drops_none(
    browser: Browser, tmp_path: Path
) -> None:
    (tmp_path / "models").symlink_to(settings.load().models)
    users = Users(tmp_path)
    for name, role in (("claire", Role.DRAFTER), ("paul", Role.READER)):
        users.add(name, role, PASSWORD)
    with within(tmp_path) as (url, site):
        site.workspace.dependencies.import_register("claire", REGISTER, "registre.xlsx", member="Bourg")
        page = enter(browser, Served(url, tmp_path), "paul")
        open_screen(page, "Dépendances")
        expect(page.locator("#dependances")).to_contain_text("Aucun registre.")
        forge(page, "solutions-demande", "chercher", besoin="visio")
        expect(page.locator("#solutions")).to_contain_text("Aucun catalogue n'est gardé")
        page.set_input_files("#registre-fichiers", file("registre.xlsx", REGISTER))
        expect(page.get_by_text("vous ne pouvez pas déposer des fichiers").first).to_be_visible()
        assert [one.member for one in site.workspace.dependencies.listed("claire")] == ["Bourg"]
        assert site.workspace.dependencies.listed("paul") == ()
        page.context.close()
