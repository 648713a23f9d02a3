"""Lists over one's own markets, questions within one of them, Mes marchés and its grid, in a real browser."""

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, Page, expect

from assistant import settings
from assistant.private import collection_of
from assistant.site.rights import Role
from assistant.site.users import Users
from tests.conftest import write_rules
from tests.documents.made import CLEANING, ROADS, written
from tests.page.conftest import home_beside, index, open_screen, ready, watched, within
from tests.page.test_everyone import whole
from tests.page.test_questions import ask
from tests.page.test_several_people import PASSWORD, forge
from tests.reading.made_files import pdf, text_page

pytestmark = [pytest.mark.browser, pytest.mark.models]

LONGER = "Lesquels de nos marchés durent plus de trois ans ?"
Findings = Callable[[Page], list[str]]


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two markets of three pieces, one of them a PDF, and the rules: a home that nobody has entered."""
    home = tmp_path_factory.mktemp("markets")
    (home / "models").symlink_to(settings.load().models)
    documents = written(home / "pieces", CLEANING | ROADS)
    notice = text_page(
        "RÈGLEMENT DE LA CONSULTATION",
        "Objet : nettoyage des écoles",
        "Acheteur : Ville de Valmont",
        "Les offres sont remises avant le 14 mars 2027 à 12 heures.",
    )
    (documents / "nettoyage" / "RC nettoyage.pdf").write_bytes(pdf([notice]))
    index(home, write_rules(home / "regles.jsonl"))
    index(home, documents, collection="marches")
    return home


@pytest.fixture(scope="module")
def home(indexed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return home_beside(indexed, tmp_path_factory.mktemp("entered"))


@pytest.fixture(scope="module")
def url(home: Path) -> Iterator[str]:
    with within(home) as (address, _):
        yield address


@pytest.fixture
def page(browser: Browser, url: str) -> Iterator[Page]:
    with watched(browser, url) as opened:
        yield opened


def markets(page: Page) -> None:
    open_screen(page, "Mes marchés")
    page.locator("#marches .marche").first.wait_for()


def saved(page: Page, place: str) -> list[list[object]]:
    """The cells of the workbook that a part of the screen gives at one click."""
    with page.expect_download() as download:
        page.locator(place).get_by_role("button", name="Enregistrer le classeur").click()
    assert download.value.suggested_filename.endswith(".xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(download.value.path().read_bytes())).active
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_a_list_is_a_table_whose_values_open_their_words_and_a_workbook(
    page: Page, serious_findings: Findings
) -> None:
    ask(page, LONGER)
    turn = page.locator("#fil .tour").last
    assert "1 marché sur 2" in turn.inner_text()
    row = turn.locator("table.liste-de-marches tbody tr")
    expect(row).to_have_count(1)
    assert row.locator("th").inner_text().startswith("réfection de la voirie")
    assert (
        turn.inner_text().count("réfection de la voirie") == 1
    )  # said by the table, and not again by claims
    turn.get_by_text("Non (1)").click()
    expect(turn.locator(".autres-marches")).to_contain_text("24 mois")
    row.locator("button.valeur").press("Enter")
    source = page.locator("#source .source-ouverte")
    expect(source).to_be_focused()
    assert "48 mois" in source.locator("mark").inner_text()
    assert serious_findings(page) == []
    whole(page, "une liste")
    source.get_by_role("button", name="Revenir au texte").click()
    expect(row.locator("button.valeur")).to_be_focused()
    cells = saved(page, "#fil .tour")
    assert cells[0][0] == LONGER
    assert [(line[1], line[2]) for line in cells[3:5]] == [
        ("CCAP voirie.md", "oui"),
        ("CCAP nettoyage.md", "non"),
    ]
    page.get_by_role("button", name="Exporter").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Enregistrer en Markdown").click()
    assert "| Marché | Document | Valeur | Page | Extrait |" in download.value.path().read_text(
        encoding="utf-8"
    )


def test_a_question_is_limited_to_a_market_which_may_not_say(page: Page) -> None:
    field = page.get_by_label("Chercher dans", exact=True)
    field.select_option(value=field.locator("option", has_text="réfection").get_attribute("value") or "")
    said = ask(page, "Quelle est la durée du marché ?")
    assert "48 mois" in said
    assert "24 mois" not in said
    assert "Cherché seulement dans le marché «\u00a0réfection de la voirie" in said
    markets(page)
    page.get_by_role("tab", name="Questions").click()
    page.wait_for_timeout(1_000)  # the list is drawn anew
    assert field.evaluate("list => list.selectedOptions[0].text").startswith("réfection")
    page.get_by_role("button", name="Nouvelle conversation").click()
    said = ask(page, "Quelle est la couleur du drapeau de la mairie ?")
    assert "Non dit dans vos documents" in said
    assert "Le document ne le dit pas" in said
    assert "Hors du corpus" not in said


def test_pieces_are_put_apart_together_and_left_to_the_assistant(
    page: Page, serious_findings: Findings
) -> None:
    markets(page)
    market = page.locator("#marches .marche")
    expect(market).to_have_count(2)
    assert "nettoyage des écoles" in market.first.inner_text()
    market.first.locator("summary").click()
    assert "3 pièces : même dossier" in market.first.inner_text()
    assert serious_findings(page) == []
    page.get_by_role("button", name="Ouvrir RC nettoyage.pdf").click()
    expect(page.locator("#page-de-marche img")).to_be_visible()
    page.get_by_role("button", name="Mettre à part RC nettoyage.pdf").press("Enter")
    expect(page.locator("#marches .succes")).to_contain_text(
        "« RC nettoyage.pdf » est maintenant un marché à part."
    )
    expect(market).to_have_count(3)
    page.get_by_role("button", name="Mettre ensemble les marchés cochés").click()
    expect(page.locator("#marches").get_by_role("alert")).to_contain_text("Il faut deux marchés au moins")
    for box in page.locator("#marches").get_by_role("checkbox", name="nettoyage").all():
        box.check()
    page.get_by_role("button", name="Mettre ensemble les marchés cochés").click()
    expect(page.locator("#marches .succes")).to_contain_text("Les 2 marchés n'en font plus qu'un : 3 pièces.")
    expect(market).to_have_count(2)
    market.first.locator("summary").click()
    assert "choisi à la main" in market.first.inner_text()
    page.get_by_role("button", name="Laisser l'assistant regrouper").click()
    expect(market.first).to_contain_text("même dossier")


def test_a_grid_says_what_each_market_says_opens_it_and_is_saved(
    page: Page, serious_findings: Findings
) -> None:
    markets(page)
    page.get_by_role("button", name="Calculer").click()
    expect(page.locator("#grille-suivi").get_by_role("alert")).to_contain_text("Il n'y a rien à demander.")
    page.get_by_text("Cocher des champs déjà lus").click()
    page.get_by_label("Durée initiale", exact=True).check()
    page.get_by_label("Questions", exact=True).fill("Quelle est la date limite de remise des offres ?")
    page.get_by_role("button", name="Calculer").click()
    expect(page.locator("#grille-suivi .succes")).to_have_text("2 lignes, 2 colonnes.")
    cleaning, roads = page.locator("#grille tbody tr").all()
    assert [cell.inner_text().split("\n")[0] for cell in roads.locator("td").all()] == [
        "48 mois à compter de sa notification",
        "ne le dit pas",
    ]
    assert "RC nettoyage.pdf, p. 1" in cleaning.locator("td").last.inner_text()
    cleaning.locator("button.valeur").last.press("Enter")
    opened = page.locator("#page-de-marche .source-ouverte")
    expect(opened.locator("img")).to_be_visible()
    assert opened.locator(".surligne").count() >= 1
    assert serious_findings(page) == []
    whole(page, "une grille")
    cells = saved(page, "#grille")
    assert cells[0] == [
        "Marché",
        "Pièces",
        "Durée initiale",
        "Où",
        "Quelle est la date limite de remise des offres ?",
        "Où",
    ]
    assert cells[2][2:] == ["48 mois à compter de sa notification", "CCAP voirie.md", "ne le dit pas", None]
    page.get_by_label("Une ligne par pièce, et non par marché").check()
    page.get_by_role("button", name="Calculer").click()
    expect(page.locator("#grille-suivi .succes")).to_have_text("4 lignes, 2 colonnes.")
    notice = page.locator("#grille tbody tr", has=page.locator("th", has_text="RC nettoyage.pdf"))
    assert notice.locator("td").first.inner_text() == "ne le dit pas"
    notice.locator("button.valeur").click()
    expect(opened.locator("h3")).to_contain_text("RC nettoyage")


def calendar_open(page: Page) -> None:
    open_screen(page, "Échéances")
    page.locator("#echeances .echeance").first.wait_for()


def test_what_falls_due_counts_once_a_person_confirms_it_and_goes_into_a_calendar(
    page: Page, serious_findings: Findings
) -> None:
    calendar_open(page)
    listed = page.locator("#echeances")
    roads = listed.locator(".echeance", has_text="réfection de la voirie").first
    if (confirmed := roads.get_by_role("button", name="Retirer la confirmation")).count():
        confirmed.click()  # of a first try that was cut off
    expect(roads).to_contain_text("Départ inconnu")
    assert "départ inconnu, plus 48 mois" in roads.inner_text()
    roads.get_by_role("button", name="« ").first.click()
    expect(page.locator("#page-d-echeance mark")).to_contain_text("48 mois")
    listed.get_by_role("button", name="Enregistrer l'agenda").click()
    expect(page.locator("#fichiers-d-echeances").get_by_role("alert")).to_contain_text("l'agenda serait vide")
    roads.get_by_role("button", name="Confirmer").click()
    expect(listed.get_by_role("alert")).to_contain_text("n'est écrit nulle part")
    roads.get_by_label("Départ").fill("01/03/2026")
    roads.get_by_role("button", name="Confirmer").click()
    expect(listed.locator(".succes")).to_contain_text("Fin du contrat : confirmé au 28 février 2030.")
    assert serious_findings(page) == []
    whole(page, "des échéances")
    with page.expect_download() as download:
        listed.get_by_role("button", name="Enregistrer l'agenda").click()
    assert "DTSTART;VALUE=DATE:20300228" in download.value.path().read_text(encoding="utf-8")
    listed.get_by_label("Jusqu'au").fill("31/12/2029")
    listed.get_by_label("État").select_option("Confirmées")
    expect(listed).to_contain_text("0 échéance")
    listed.get_by_label("Jusqu'au").fill("")
    listed.get_by_label("État").select_option("Toutes")
    page.reload()  # it is kept by the library, and not by the page
    ready(page)
    calendar_open(page)
    roads.get_by_role("button", name="Retirer la confirmation").click()
    expect(roads).to_contain_text("Départ inconnu")


def test_each_sees_his_markets_and_a_reader_groups_nothing(
    browser: Browser, indexed: Path, tmp_path: Path
) -> None:
    home = home_beside(indexed, tmp_path / "home")
    secret = written(
        tmp_path / "secret",
        {
            "coffre/CCAP coffre.md": "# CCAP\n\nObjet : fourniture d'un coffre bleu\n\nAcheteur : Ville de Valmont\n"
        },
    )
    index(home, secret, collection=collection_of("claire"))
    users = Users(home)
    users.add("claire", Role.DRAFTER, PASSWORD)
    users.add("paul", Role.READER, PASSWORD)
    with within(home) as (url, site):
        for name, count, boxes in (("paul", 2, 0), ("claire", 3, 1)):
            page = browser.new_context(locale="fr-FR").new_page()
            page.goto(url)
            page.get_by_label("Nom de compte").fill(name)
            page.get_by_label("Mot de passe").fill(PASSWORD)
            page.get_by_role("button", name="Se connecter").click()
            ready(page)
            page.locator("#ou").wait_for()
            expect(page.locator("#ou option", has_text="coffre bleu")).to_have_count(boxes)
            markets(page)
            expect(page.locator("#marches .marche")).to_have_count(count)
            expect(page.locator("#marches").get_by_role("checkbox")).to_have_count(
                boxes
            )  # claire's own, and nobody's
            expect(page.get_by_role("button", name="Mettre à part")).to_have_count(0)
            common = site.workspace.shelf.sources(("marches",))[0].id
            forge(page, "marches", "separer", source=common)
            expect(page.locator("#marches").get_by_role("alert")).to_contain_text(
                "vous ne pouvez pas modifier la bibliothèque commune"
            )
            due = site.workspace.due(collections=("marches",))[0]
            calendar_open(page)
            expect(page.locator("#echeances").get_by_role("button", name="Confirmer")).to_have_count(0)
            forge(page, "echeances", "confirmer", id=due.id, calcul=due.kept, jour="01/03/2026")
            expect(page.locator("#echeances").get_by_role("alert")).to_contain_text(
                "vous ne pouvez pas modifier la bibliothèque commune"
            )
            assert site.workspace.shelf.confirmed() == {}
            markets(page)
            if name == "paul":
                hidden = site.workspace.shelf.sources((collection_of("claire"),))[0].id
                forge(page, "marches", "separer", source=hidden)
                expect(page.locator("#marches").get_by_role("alert")).to_contain_text(
                    "Cette pièce n'est plus dans la bibliothèque."
                )
                forge(page, "marches", "montrer", source=hidden)
                expect(page.locator("#page-de-marche").get_by_role("alert")).to_contain_text(
                    "Cette source n'est plus dans la bibliothèque."
                )
            page.context.close()
