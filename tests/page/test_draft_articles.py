"""The articles of a draft: moved, edited by hand, reviewed again, saved piece by piece; each finding leads to its words."""

import io
import json
import sqlite3
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from assistant import settings
from assistant.drafting.kept import FILE, Content, Writer
from assistant.site.rights import Role
from assistant.site.users import ALONE, User
from tests.page.conftest import PATIENCE, open_screen, ready, until, watched, within

pytestmark = [pytest.mark.browser, pytest.mark.models]

KEYS, BACKUPS, PENALTIES = "gestion-des-cles", "localisation-sauvegardes-secours", "penalites-reversibilite"
KEYS_TITLE = "Détention et gestion des clés de chiffrement"
BACKUPS_TITLE = "Localisation des sauvegardes et des moyens de secours"
FIELD = "Intervalle maximal de renouvellement des clés"
UNLAWFUL = "Les factures sont payées dans un délai de paiement de 90 jours à compter de leur réception."
ONE = User(ALONE, Role.ADMINISTRATOR)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "models").symlink_to(settings.load().models)
    return tmp_path


def begin(page: Page, *clauses: str) -> None:
    open_screen(page, "Rédaction")
    for count, clause in enumerate(clauses, 1):
        page.get_by_label("Ajouter un kit ou une clause").select_option(clause)
        expect(page.locator("#choix .choisies li")).to_have_count(count)


def again(page: Page) -> None:
    page.reload()
    ready(page)
    open_screen(page, "Rédaction")


def headings(page: Page) -> Locator:
    return page.locator("#apercu .article h4:first-child")


def edit(page: Page, title: str) -> Locator:
    page.get_by_role("button", name="Modifier le texte de").and_(
        page.locator(f"[aria-label*='{title}']")
    ).click()
    written = page.get_by_label("Texte de « Article").and_(page.locator("textarea"))
    expect(written).to_be_focused()
    return written


def finish(page: Page) -> None:
    page.get_by_role("button", name="Terminer et relire").click()
    expect(page.locator("#fichiers")).to_contain_text("Relecture :", timeout=2 * PATIENCE)


def saved(page: Page, link: str) -> tuple[str, bytes]:
    with page.expect_download() as download:
        page.get_by_role("link", name=link).click()
    return download.value.suggested_filename, download.value.path().read_bytes()


def odt(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read("content.xml").decode()


def test_an_article_is_moved_by_mouse_and_by_keyboard_and_stays_where_it_was_put(
    browser: Browser, home: Path
) -> None:
    with within(home) as (url, _), watched(browser, url) as page:
        begin(page, KEYS, BACKUPS)
        expect(headings(page)).to_have_text([f"Article 1 : {KEYS_TITLE}", f"Article 2 : {BACKUPS_TITLE}"])
        down = page.get_by_role("button", name=f"Descendre « Article 1 : {KEYS_TITLE} »")
        down.click()
        expect(headings(page)).to_have_text([f"Article 1 : {BACKUPS_TITLE}", f"Article 2 : {KEYS_TITLE}"])
        expect(page.locator("#etat-du-projet")).to_contain_text(f"CCTP : Article 2 : {KEYS_TITLE}")
        # It keeps the keyboard, though it is the last one now and goes no further.
        moved = page.get_by_role("button", name=f"Descendre « Article 2 : {KEYS_TITLE} »")
        expect(moved).to_be_focused()
        expect(moved).to_have_attribute("aria-disabled", "true")
        again(page)
        expect(headings(page)).to_have_text([f"Article 1 : {BACKUPS_TITLE}", f"Article 2 : {KEYS_TITLE}"])
        page.get_by_role("button", name=f"Monter « Article 2 : {KEYS_TITLE} »").press("Enter")
        expect(headings(page).first).to_have_text(f"Article 1 : {KEYS_TITLE}")
        legends = page.locator("#formulaire .groupe legend")
        expect(legends).to_have_text([KEYS_TITLE, BACKUPS_TITLE])  # the form follows


def test_a_text_edited_by_hand_is_kept_as_it_is_typed_marked_and_reviewed_again(
    browser: Browser, home: Path
) -> None:
    with within(home) as (url, site), watched(browser, url) as page:
        begin(page, KEYS)
        written = edit(page, KEYS_TITLE)
        assert f"[{FIELD}]" in written.input_value()
        written.fill(
            f"1. Clés renouvelées tous les [{FIELD}] mois.\n2. <b>Gardez</b> [un lieu].\n3. {UNLAWFUL}"
        )
        expect(page.locator("#etat-du-projet")).to_contain_text("Gardé à")
        page.get_by_label(FIELD).fill("7")  # the form is filled meanwhile: nothing of the text is lost
        expect(page.locator("#etat-du-projet")).to_contain_text("Gardé à")
        typed = written.input_value()
        assert typed.endswith(UNLAWFUL)
        finish(page)
        article = page.locator("#apercu .article")
        expect(article.locator("ol li")).to_have_text(
            [
                "Clés renouvelées tous les 7 mois.",
                "<b>Gardez</b> [un lieu].",
                UNLAWFUL,
            ]
        )
        expect(article.locator(".champ-d")).to_have_text("7")
        expect(article.locator(".champ-m")).to_have_text("[un lieu]")
        expect(article.locator(".marge")).to_contain_text(
            "Modifié à la main : son risque n'a pas été évalué.".replace(" :", "\u00a0:")
        )
        expect(article.locator(".marge .risque")).to_have_count(0)
        expect(article.locator(".constat.blocking")).to_contain_text("90 jours")
        expect(page.locator("#formulaire")).to_contain_text(
            "revenez au texte d'origine pour choisir un niveau"
        )
        again(page)
        expect(article.locator("ol li").last).to_have_text(UNLAWFUL)
        (draft,) = [site.drafts.open(ONE, one.id) for one in site.drafts.listed(ONE)]
        assert draft is not None
        assert draft.content.texts[KEYS].endswith(UNLAWFUL)


def test_a_finding_leads_to_its_words_marked_in_the_article(browser: Browser, home: Path) -> None:
    with within(home) as (url, _), watched(browser, url) as page:
        begin(page, BACKUPS, KEYS)
        edit(page, KEYS_TITLE).fill(f"1. Rien.\n2. {UNLAWFUL}")
        finish(page)
        page.evaluate("scrollTo(0, 0)")
        link = page.locator("#fichiers li a", has_text="90 jours").first
        name = (link.get_attribute("href") or "").removeprefix("#")
        marked = page.locator(f"#apercu mark#{name}")
        expect(marked).to_have_text(UNLAWFUL)
        link.click()
        expect(marked).to_be_in_viewport()
        until(page, f"document.querySelector(':target')?.id === '{name}'")
        assert marked.evaluate("one => one.closest('article').querySelector('h4').textContent").startswith(
            "Article 2"
        )
        page.locator("#apercu .constat", has_text="90 jours").get_by_role(
            "link", name="Voir les mots"
        ).first.click()
        expect(marked).to_be_focused()
        page.locator("#formulaire input[type=text]").first.fill("7")
        expect(page.locator("#apercu mark")).to_have_count(0)  # what was found is of another text now


def test_one_goes_back_to_the_text_of_the_clause_and_ones_own_stays_in_the_versions(
    browser: Browser, home: Path
) -> None:
    with within(home) as (url, _), watched(browser, url) as page:
        begin(page, KEYS)
        before = page.locator("#apercu .article ol").inner_text()
        written = edit(page, KEYS_TITLE)
        written.fill(written.input_value().replace("une fois par an", "deux fois par an"))
        finish(page)
        expect(page.locator("#apercu .article ol")).to_contain_text("deux fois par an")
        page.get_by_role("button", name="Revenir au texte d'origine").click()
        expect(page.locator("#apercu .article ol")).to_have_text(before, use_inner_text=True)
        expect(page.locator("#apercu .a-la-main")).to_have_count(0)
        page.get_by_text("Nom, partage, versions").click()
        page.locator(".versions summary").first.click()
        shown = page.locator(".versions > li").first
        expect(shown).to_contain_text("texte modifié à la main, aujourd'hui texte d'origine")
        expect(shown.locator("del")).to_have_text("deux")
        expect(shown.locator("ins")).to_have_text("une")
        page.get_by_role("button", name="Revenir à la version 1").click()
        expect(page.locator("#apercu .article ol")).to_contain_text("deux fois par an")


def test_a_text_that_is_left_as_it_was_is_not_ones_own(browser: Browser, home: Path) -> None:
    with within(home) as (url, site), watched(browser, url) as page:
        begin(page, KEYS)
        written = edit(page, KEYS_TITLE)
        page.get_by_label(FIELD).fill("7")
        expect(page.locator("#etat-du-projet")).to_contain_text("Gardé à")
        page.get_by_role("button", name="Terminer et relire").click()
        expect(written).to_have_count(0)
        expect(page.locator("#apercu .article .champ-d")).to_have_text("7")
        expect(page.locator("#apercu .a-la-main")).to_have_count(0)
        (draft,) = [site.drafts.open(ONE, one.id) for one in site.drafts.listed(ONE)]
        assert draft is not None
        assert draft.content.texts == {}


def test_files_are_one_for_all_or_one_for_each_piece_with_their_notes_or_without(
    browser: Browser, home: Path
) -> None:
    with within(home) as (url, _), watched(browser, url) as page:
        begin(page, KEYS, PENALTIES)
        edit(page, KEYS_TITLE).fill("Les clés sont à la commune.")
        finish(page)
        prepare = page.get_by_role("button", name="Préparer les fichiers ODT et DOCX")
        prepare.click()
        name, whole = saved(page, "Tout le projet, avec les notes : Enregistrer en ODT")
        assert "Note de risque" in odt(whole)
        assert "modifié à la main" in odt(whole)
        page.get_by_label("Avec les notes").uncheck()
        prepare.click()
        _, articles = saved(page, "Tout le projet, sans les notes : Enregistrer en Markdown")
        assert "Note de risque" not in articles.decode()
        assert "Texte modifié à la main d'après la clause modèle" in articles.decode()
        page.get_by_label("Fichiers", exact=True).select_option("pieces")
        page.get_by_label("Avec les notes").check()
        prepare.click()
        expect(page.locator("#fichiers .fichiers-du-projet strong")).to_have_text(
            ["CCTP", "CCAP", "Notes (documents internes)"]
        )
        cctp_name, cctp = saved(page, "CCTP : Enregistrer en ODT")
        assert cctp_name == name.replace(".odt", "-cctp.odt")
        assert "Les clés sont à la commune." in odt(cctp)
        assert "CCAP)" not in odt(cctp)
        _, ccap = saved(page, "CCAP : Enregistrer en Markdown")
        assert "clés sont à la commune" not in ccap.decode()
        assert ccap.decode().count("\n## ") == 1
        _, notes = saved(page, "Notes (documents internes) : Enregistrer en Markdown")
        assert "## Note de risque" in notes.decode()
        assert "Les clés sont à la commune" not in notes.decode()
        # What was chosen stays chosen.
        again(page)
        expect(page.get_by_label("Fichiers", exact=True)).to_have_value("pieces")


def test_a_draft_kept_before_articles_could_be_moved_or_edited_opens(browser: Browser, home: Path) -> None:
    with within(home) as (url, site):
        site.drafts.create(ONE, "D'avant", Content((KEYS,)), Writer("x"))
        old = json.dumps({"ids": [KEYS], "values": {"rotation_cles_mois": "7"}, "levels": {KEYS: 3}})
        with sqlite3.connect(home / FILE) as file:
            file.execute("UPDATE draft SET content = ?", (old,))
        with watched(browser, url) as page:
            open_screen(page, "Rédaction")
            page.locator("#projets button.conversation").click()
            expect(page.locator("#apercu .article .champ-d")).to_have_text("7")
            expect(page.locator("#apercu .marge")).to_contain_text("Niveau 3, risque")
            edit(page, KEYS_TITLE).fill("Rien d'autre.")
            finish(page)
            again(page)
            expect(page.locator("#apercu .article .corps > p").first).to_have_text("Rien d'autre.")
