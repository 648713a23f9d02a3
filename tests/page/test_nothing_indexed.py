"""The page of somebody who has indexed nothing yet: each screen says what to do, and what needs no index works."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from assistant import settings
from tests.page.conftest import open_screen, watched, within
from tests.page.test_questions import CLOUD_ACT

pytestmark = [pytest.mark.browser, pytest.mark.models]


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    home = tmp_path_factory.mktemp("bare")
    (home / "models").symlink_to(settings.load().models)
    with within(home) as (url, _):
        yield url


@pytest.fixture
def page(browser: Browser, bare: str) -> Iterator[Page]:
    with watched(browser, bare) as opened:
        yield opened


def test_a_question_is_refused_with_the_command_that_indexes(page: Page) -> None:
    page.get_by_label("Votre question").fill(CLOUD_ACT)
    page.get_by_label("Votre question").press("Enter")
    said = page.locator("#fil").get_by_role("alert")
    expect(said).to_contain_text("Rien n'est encore indexé")
    expect(said).to_contain_text("assistant index corpus")
    expect(page.get_by_role("button", name="Poser de nouveau cette question")).to_be_visible()


def test_model_clauses_are_found_and_drafted_without_an_index(page: Page) -> None:
    open_screen(page, "Clauses")
    assert page.locator("#clauses-collection").count() == 0
    page.get_by_label("Ce que vous voulez obtenir").fill("détention des clés de chiffrement")
    page.get_by_role("button", name="Chercher", exact=True).click()
    expect(page.locator("#clauses-trouvees [role=status]")).to_have_text("10 clauses modèles, 0 précédent.")
    expect(page.locator("#clauses-trouvees")).to_contain_text(
        "Aucun contrat indexé ne ressemble à cette recherche"
    )
    page.locator(
        "#clauses-trouvees button", has_text="Détention et gestion des clés de chiffrement"
    ).first.click()
    page.get_by_role("button", name="Utiliser dans la rédaction").click()
    expect(page.locator("#apercu .article")).to_have_count(1)


def test_the_library_says_that_it_is_empty_and_its_state_what_is_missing(page: Page) -> None:
    open_screen(page, "Bibliothèque")
    expect(page.locator("#sources")).to_contain_text("La bibliothèque est vide.")
    page.get_by_role("button", name="Vérifier maintenant").click()
    expect(page.locator("#etat li", has_text="Index :")).to_contain_text("✗ À réparer")
    expect(page.locator("#etat li", has_text="Index :").locator("code")).to_have_text(
        "assistant index corpus"
    )


def test_each_other_screen_says_what_to_do_first(page: Page) -> None:
    expect(page.get_by_text("Vos conversations seront gardées ici")).to_be_visible()
    open_screen(page, "Mes marchés")
    expect(page.locator("#marches")).to_contain_text(
        "Aucun de vos marchés n'est encore dans la bibliothèque."
    )
    open_screen(page, "Rédaction")
    expect(page.locator("#apercu")).to_contain_text("Choisissez un kit ou des clauses")
    open_screen(page, "Contrôle")
    expect(page.get_by_text("Déposez un projet ou les pièces d'un dossier")).to_be_visible()
    open_screen(page, "Synthèses")
    expect(page.get_by_text("Vos synthèses seront gardées ici")).to_be_visible()


def test_the_journal_says_that_it_has_no_line(page: Page) -> None:
    open_screen(page, "Administration")
    journal = page.locator("#journal")
    journal.get_by_label("Personne").fill("personne")
    journal.get_by_role("button", name="Filtrer").click()
    expect(journal).to_contain_text("Aucune ligne.")
