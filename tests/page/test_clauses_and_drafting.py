"""Clauses and Rédaction, in a real browser: from a search to the file."""

import io
import zipfile

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.office.test_plain import MARKS
from tests.page.conftest import PATIENCE, open_screen

pytestmark = [pytest.mark.browser, pytest.mark.models]


def find(page: Page, words: str) -> None:
    open_screen(page, "Clauses")
    page.get_by_label("Ce que vous voulez obtenir").fill(words)
    page.get_by_role("button", name="Chercher", exact=True).click()
    expect(page.locator("#clauses-trouvees [role=status]")).to_contain_text(
        "10 clauses modèles", timeout=3 * PATIENCE
    )  # the first search reads every clause


def opened_clause(page: Page, title: str) -> Locator:
    """The first clause found of that title, opened."""
    page.locator("#clauses-trouvees button", has_text=title).first.click()
    return page.locator("#clause-ouverte")


def take(page: Page, words: str, title: str) -> None:
    find(page, words)
    opened_clause(page, title)
    page.get_by_role("button", name="Utiliser dans la rédaction").click()
    expect(page.get_by_role("tab", name="Rédaction")).to_have_attribute("aria-selected", "true")
    page.get_by_role("heading", name="À remplir").wait_for()


def test_a_clause_is_found_read_and_compared(page: Page) -> None:
    find(page, "détention des clés de chiffrement")
    clause = opened_clause(page, "Détention et gestion des clés de chiffrement")
    expect(clause).to_be_focused()
    assert clause.locator(".niveau").count() == 3
    assert "Ce que cette clause n'obtient pas" in clause.inner_text()
    assert "{{" not in clause.inner_text()
    assert clause.locator("del").count() >= 1
    assert clause.locator("ins").count() >= 1
    clause.get_by_label("Texte de gauche").select_option("n:2")
    clause.get_by_label("Texte de droite").select_option("n:2")
    expect(clause.locator("del, ins")).to_have_count(0)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    clause.get_by_role("button", name="Copier ce texte").click()
    expect(page.locator("#copie-de-clause .succes")).to_have_text("La clause et ses fondements sont copiés.")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "Détention et gestion des clés de chiffrement, niveau 2, équilibré." in copied
    assert "{{" not in copied


def test_levels_are_compared_and_copied_without_the_marks_of_their_files(page: Page) -> None:
    """A table and words in bold stood there as Markdown."""
    open_screen(page, "Clauses")
    clause = opened_clause(page, "Pénalités de disponibilité, de rétablissement et de correction")
    compared = clause.locator(".face-a-face tbody")
    assert MARKS.findall(compared.inner_text()) == []
    high = clause.locator(".niveau", has_text="Niveau 3")
    high.locator("summary").click()
    expect(high.locator("table")).to_be_visible()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    high.get_by_role("button", name="Copier ce texte").click()
    page.locator("#copie-de-clause .succes").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert MARKS.findall(copied) == []
    assert "\t" in copied  # the cells of a row


def test_a_precedent_is_read_on_its_page_compared_with_a_model_clause_and_taken_up(page: Page) -> None:
    find(page, "chiffrement des enregistrements et clés")
    page.locator("#clauses-trouvees button", has_text="Précédent").first.click()
    opened = page.locator("#clause-ouverte")
    expect(opened.locator("img")).to_be_visible()
    assert opened.locator(".surligne").count() >= 1
    expect(opened).to_contain_text("son risque n'a pas été évalué")
    title = opened.get_by_role("heading", level=2).inner_text()
    assert opened.locator("thead th").first.inner_text().startswith(f"Précédent : {title}")
    assert opened.locator("thead th").last.inner_text().startswith("Niveau 2, équilibré de « ")
    assert opened.locator("del, ins").count() >= 2
    opened.get_by_role("button", name="Utiliser dans la rédaction").click()
    expect(page.locator("#choix")).to_contain_text(f"Précédent : {title}")
    expect(page.locator("#apercu .article")).to_contain_text("Repris de « Services de visioconférence")


def test_filters_leave_one_kind_of_document(page: Page) -> None:
    open_screen(page, "Clauses")
    page.get_by_label("Origine").select_option("accord-cadre")
    expect(page.locator("#clauses-trouvees [role=status]")).to_contain_text(
        "0 clause modèle", timeout=3 * PATIENCE
    )
    assert (
        page.locator("#clauses-trouvees li").count()
        == page.locator("#clauses-trouvees li", has_text="Services de visioconférence").count()
        > 5
    )
    page.get_by_label("Datés depuis le").fill("31/02/2026")
    page.get_by_label("Datés depuis le").press("Tab")
    expect(page.locator("#clauses-trouvees").get_by_role("alert")).to_contain_text(
        "Le 31/02/2026 n'est pas au calendrier."
    )
    page.get_by_label("Datés depuis le").fill("1/1/2090")
    page.get_by_label("Datés depuis le").press("Tab")
    expect(page.get_by_text("Aucune clause ne répond à cette recherche.")).to_be_visible()


def test_what_was_chosen_stays_when_one_searches_and_opens_a_clause(page: Page) -> None:
    open_screen(page, "Clauses")
    page.get_by_label("Sujet").select_option("chiffrement")
    page.get_by_label("Pièce").select_option("CCTP")
    page.get_by_label("Ce que vous voulez obtenir").fill("détention des clés")
    page.get_by_role("button", name="Chercher", exact=True).click()
    found = page.locator("#clauses-trouvees")
    expect(found.get_by_role("heading", name="Précédents")).to_be_visible(timeout=3 * PATIENCE)
    found.locator("button", has_text="Détention et gestion des clés de chiffrement").first.click()
    page.locator("#clause-ouverte").wait_for()
    open_screen(page, "Rédaction")
    open_screen(page, "Clauses")
    assert [
        page.get_by_label(label).input_value() for label in ("Sujet", "Pièce", "Ce que vous voulez obtenir")
    ] == [
        "chiffrement",
        "CCTP",
        "détention des clés",
    ]
    assert {
        line.split(" · ")[1]
        for line in found.locator("li .discret:first-of-type").all_inner_texts()
        if line.startswith("Clause modèle")
    } == {"CCTP"}


def test_a_search_that_finds_nothing_says_what_to_do(page: Page) -> None:
    open_screen(page, "Clauses")
    page.get_by_label("Sujet").select_option("chiffrement")
    page.get_by_label("Pièce").select_option("AE")
    expect(page.get_by_text("Aucune clause ne répond à cette recherche.")).to_be_visible()


def test_a_draft_is_filled_levelled_reviewed_and_saved(page: Page) -> None:
    take(page, "détention des clés de chiffrement", "Détention et gestion des clés de chiffrement")
    preview = page.locator("#apercu")
    months = page.get_by_label("Intervalle maximal de renouvellement des clés")
    months.fill("7")
    expect(preview.locator(".champ-d", has_text="7")).to_be_visible()
    levels = page.get_by_role("radiogroup", name="Niveau de « Détention")
    expect(levels.get_by_role("radio", name="Niveau 2, équilibré Risque : faible")).to_be_checked()
    levels.get_by_role("radio", checked=True).press("ArrowRight")
    expect(preview).to_contain_text("Niveau 3, risque : moyen")
    expect(levels.get_by_role("radio", name="Niveau 3, fort Risque : moyen")).to_be_checked()
    page.get_by_role("button", name="Relire le projet").click()
    expect(page.locator("#fichiers")).to_contain_text("Relecture :")
    page.get_by_role("button", name="Préparer les fichiers ODT et DOCX").click()
    with page.expect_download() as saved:
        page.get_by_role("link", name="Enregistrer en ODT").click()
    with zipfile.ZipFile(io.BytesIO(saved.value.path().read_bytes())) as odt:
        content = odt.read("content.xml").decode()
    assert "gestion des clés de chiffrement" in content
    assert ">7<" in content


def test_what_the_review_finds_stands_in_the_margin_of_its_article(page: Page) -> None:
    take(page, "détention des clés de chiffrement", "Détention et gestion des clés de chiffrement")
    unlawful = "données de paie. Les factures sont payées dans un délai de paiement de 90 jours"
    page.get_by_label("Données dont les clés échappent au titulaire").fill(unlawful)
    page.get_by_role(
        "button", name="Relire le projet"
    ).click()  # at once: what was just typed is read, and what its form asked clears nothing afterwards
    expect(page.locator("#apercu .article .champ-d").first).to_contain_text("90 jours")
    expect(page.locator("#fichiers")).to_contain_text("bloquant")
    finding = page.locator("#apercu .article .marge .constat.blocking").first
    expect(finding).to_contain_text("Bloquant")
    expect(finding).to_contain_text("À écrire :")
    page.wait_for_timeout(1_000)
    expect(page.locator("#fichiers")).to_contain_text("bloquant")
    expect(finding).to_be_visible()
    page.get_by_role("button", name="Préparer les fichiers ODT et DOCX").click()
    with page.expect_download() as saved:
        page.get_by_role("link", name="Enregistrer en DOCX").click()
    with zipfile.ZipFile(saved.value.path()) as docx:
        assert "délai de paiement de 90 jours" in docx.read("word/document.xml").decode()


def test_a_level_that_was_passed_by_is_not_shown_after_the_one_that_was_chosen(page: Page) -> None:
    take(page, "détention des clés de chiffrement", "Détention et gestion des clés de chiffrement")
    first, second, third = (
        page.get_by_role("radiogroup", name="Niveau de « Détention").get_by_role("radio").all()
    )
    for _ in range(12):
        first.check()
        third.check()
    first.press("ArrowRight")
    months = page.get_by_label("Intervalle maximal de renouvellement des clés")
    months.fill("7")  # asked after every level: once it is shown, nothing is awaited
    expect(page.locator("#apercu .champ-d", has_text="7")).to_be_visible()
    page.wait_for_timeout(1_500)
    assert "Niveau 2, risque" in page.locator("#apercu").inner_text()
    expect(second).to_be_checked()


def test_a_value_of_the_wrong_kind_is_said_beside_its_field_and_the_rest_of_the_draft_stands(
    page: Page,
) -> None:
    take(page, "détention des clés de chiffrement", "Détention et gestion des clés de chiffrement")
    months = page.get_by_label("Intervalle maximal de renouvellement des clés")
    months.fill("<b>bientôt</b>")
    beside = page.locator(".champ-de-clause", has=months).locator(".faute")
    expect(beside).to_have_text("« <b>bientôt</b> » ne convient pas : ce champ attend un nombre entier.")
    assert months.get_attribute("aria-invalid") == "true"
    assert months.input_value() == "<b>bientôt</b>"
    expect(page.locator("#etat-du-projet")).to_contain_text("1 champ à corriger")
    expect(page.locator("#apercu .article")).to_contain_text(
        "[À COMPLÉTER : Intervalle maximal de renouvellement des clés"
    )
    assert "_" not in beside.inner_text()  # no slug
    page.get_by_role("button", name="Préparer les fichiers ODT et DOCX").click()
    expect(page.locator("#fichiers")).to_contain_text(
        "1 champ ne convient pas : les fichiers le laissent à compléter.".replace(" :", "\u00a0:")
    )
    months.fill("7")
    expect(page.locator("#apercu .champ-d", has_text="7")).to_be_visible()
    expect(beside).to_be_hidden()
    expect(page.locator("#etat-du-projet")).not_to_contain_text("à corriger")
    assert months.get_attribute("aria-invalid") == "false"


def test_a_kit_is_added_and_taken_out(page: Page) -> None:
    open_screen(page, "Rédaction")
    expect(page.get_by_text("Choisissez un kit ou des clauses")).to_be_visible()
    choice = page.get_by_label("Ajouter un kit ou une clause")
    choice.select_option(index=1)
    expect(page.locator("#apercu .article").first).to_be_visible()
    expect(choice).to_have_value("")
    page.locator("#choix").get_by_role("button", name="Ôter").click()
    expect(page.get_by_text("Choisissez un kit ou des clauses")).to_be_visible()
