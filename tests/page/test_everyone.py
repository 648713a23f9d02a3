"""For everyone: each screen looked at by axe, in light and in dark, by keyboard alone, at 200 %, on a tablet."""

import itertools
import json
from collections.abc import Callable
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.page.conftest import PATIENCE, Served, open_screen, until, watched
from tests.page.test_clauses_and_drafting import find
from tests.page.test_questions import ask
from tests.page.test_review_and_summaries import FRAMEWORK, UNLAWFUL

pytestmark = [pytest.mark.browser, pytest.mark.models]

# 1280 px at 200 %, and a tablet.
SIZES = ((640, 450), (820, 1180))
SCREENS = (
    "Questions",
    "Mes marchés",
    "Échéances",
    "Dépendances",
    "Besoins",
    "Clauses",
    "Rédaction",
    "Contrôle",
    "Synthèses",
    "Bibliothèque",
    "Administration",
)
SCHEMES: tuple[Literal["dark", "light"], ...] = ("dark", "light")
Findings = Callable[[Page], list[str]]


def sound(page: Page, found: Findings, name: str) -> None:
    """Nothing serious is held against what the page shows, in light nor in dark; it is left in light."""
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        until(page, f"document.body.classList.contains('dark') === {json.dumps(scheme == 'dark')}")
        page.wait_for_timeout(300)
        assert (name, scheme, found(page)) == (name, scheme, [])


def test_axe_holds_nothing_serious_against_any_screen(
    browser: Browser, served: Served, serious_findings: Findings
) -> None:
    with watched(browser, served.url, scheme="dark") as page:
        for name in SCREENS:
            open_screen(page, name)
            sound(page, serious_findings, name)


def answered(page: Page) -> None:
    ask(page, "Que prévoit l'accord-cadre de visioconférence sur l'équipement des salles de réunion ?")
    page.get_by_text("Ce n'est pas juste").last.click()
    page.locator(".marque", has_text="p. ").first.click()
    page.locator("#source .feuille img").wait_for()


def compared(page: Page) -> None:
    find(page, "chiffrement des enregistrements et clés")
    page.locator("#clauses-trouvees button", has_text="Précédent").first.click()
    page.locator("#clause-ouverte .face-a-face").wait_for()


def drafted(page: Page) -> None:
    open_screen(page, "Rédaction")
    page.get_by_label("Ajouter un kit ou une clause").select_option(index=1)
    page.locator("#apercu .article").first.wait_for()
    page.get_by_role("button", name="Relire le projet").click()
    page.get_by_text("Relecture :").wait_for()
    page.get_by_role("button", name="Préparer les fichiers ODT et DOCX").click()
    page.get_by_role("link", name="Enregistrer en ODT").wait_for()


def reviewed(page: Page) -> None:
    open_screen(page, "Contrôle")
    page.locator("#controle-fichiers").set_input_files(
        {"name": "CCTP.txt", "mimeType": "text/plain", "buffer": UNLAWFUL.encode()}
    )
    page.locator("#constats .constat button").first.click()
    page.locator("#page-controlee mark").wait_for()


def summarised(page: Page) -> None:
    open_screen(page, "Synthèses")
    page.locator("#synthese-fichiers").set_input_files(FRAMEWORK)
    page.locator("#synthese-suivi .succes").wait_for(timeout=3 * PATIENCE)
    page.locator("#synthese table.champs .marque").first.click()
    page.locator("#page-synthese .feuille img").wait_for()
    page.get_by_text("Champs trouvés dans ce lot").click()


def looked_after(page: Page) -> None:
    open_screen(page, "Bibliothèque")
    page.get_by_role("button", name="Vérifier maintenant").click()
    page.locator("#etat").get_by_text("En ordre").first.wait_for()
    page.get_by_text("La bibliothèque en graphiques").click()
    page.locator("#sources tbody tr", has_text="Services de visioconférence").get_by_role(
        "button", name="Ouvrir"
    ).click()
    page.locator("#document .feuille img").wait_for()


def journal_read(page: Page) -> None:
    open_screen(page, "Administration")
    page.get_by_role("button", name="Vérifier le journal").click()
    page.locator("#journal .succes").wait_for()


FILLED = (answered, compared, drafted, reviewed, summarised, looked_after, journal_read)
# The parts of what is seen that are wider than their place and cannot be scrolled to: their text is cut.
CUT = """() => [...document.querySelectorAll('body *')].filter((part) => {
  if (!part.offsetParent || part.closest('.evitement, .invisible, .invisible-ligne, .visually-hidden, .defile, svg')) return false;
  const style = getComputedStyle(part);
  return part.scrollWidth > part.clientWidth + 2 && part.clientWidth > 0 && style.overflowX === 'hidden' && style.display !== 'inline' && part.innerText.trim();
}).map((part) => `${part.tagName} ${part.id} ${part.className} ${part.innerText.slice(0, 40)}`)"""


def test_each_screen_at_work_is_sound_and_nothing_of_it_is_cut_at_200_percent(
    browser: Browser, served: Served, serious_findings: Findings
) -> None:
    with watched(browser, served.url) as page:
        for work in FILLED:
            work(page)
            sound(page, serious_findings, work.__name__)
            assert (
                page.evaluate(
                    "[...document.querySelectorAll('[id]')].map(one => one.id).filter((id, at, all) => id && all.indexOf(id) !== at)"
                )
                == []
            )
            for width, height in SIZES:  # colours move nothing
                page.set_viewport_size({"width": width, "height": height})
                page.wait_for_timeout(200)
                seen = (
                    work.__name__,
                    width,
                    page.evaluate("document.documentElement.scrollWidth") - width,
                    page.evaluate(CUT),
                )
                assert seen == (work.__name__, width, 0, [])
            page.set_viewport_size({"width": 1280, "height": 900})


def test_headings_stand_in_order_and_each_screen_has_one(page: Page) -> None:
    for name in SCREENS:
        open_screen(page, name)
        page.wait_for_timeout(200)
        levels = page.evaluate(
            "[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].filter(h => h.offsetParent).map(h => +h.tagName[1])"
        )
        assert levels[0] == 1, name
        assert levels.count(1) == 1, name
        assert all(after <= before + 1 for before, after in itertools.pairwise(levels)), (name, levels)


@pytest.mark.parametrize(("width", "height"), [(640, 512), (820, 1180)])
def test_nothing_is_cut_at_200_percent_nor_on_a_tablet(
    browser: Browser, served: Served, width: int, height: int
) -> None:
    with watched(browser, served.url, width=width, height=height) as page:
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        expect(page.get_by_label("Votre question")).to_be_visible()
        expect(page.get_by_role("button", name="Envoyer")).to_be_visible()


def test_the_keyboard_alone_goes_from_the_tabs_to_an_answer_and_its_source(page: Page) -> None:
    page.get_by_role("tab", name="Questions").focus()
    page.keyboard.press("Tab")
    for _ in range(80):  # the other tabs, the conversations, the thread, the examples
        if page.evaluate("document.activeElement.id") == "question":
            break
        page.keyboard.press("Tab")
    expect(page.get_by_label("Votre question")).to_be_focused()
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
    assert outline == "3px"
    page.keyboard.type("Les marchés sont-ils passés en lots séparés ?")
    page.keyboard.press("Enter")
    page.locator("#fil .position").wait_for()
    page.locator(".marque").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".source-ouverte")).to_be_focused()


def test_the_keyboard_goes_at_once_to_what_a_screen_is_for(page: Page) -> None:
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Aller au contenu")
    expect(skip).to_be_focused()
    assert skip.evaluate("one => one.getBoundingClientRect().width") > 50  # seen once it has the keyboard
    page.keyboard.press("Enter")
    expect(page.get_by_label("Votre question")).to_be_focused()
    assert skip.evaluate("one => one.getBoundingClientRect().width") <= 1
    open_screen(page, "Contrôle")
    skip.press("Enter")
    expect(page.get_by_role("heading", name="Contrôler un projet ou un dossier")).to_be_focused()


def test_what_is_said_by_colour_is_said_by_words_too(page: Page) -> None:
    page.get_by_label("Votre question").fill("que prévoit l'article L2199-9 du CCP ?")
    page.get_by_label("Votre question").press("Enter")
    position = page.locator("#fil .position")
    position.wait_for()
    assert position.inner_text() == "Hors du corpus : pas de réponse"
    assert position.locator("svg[aria-hidden=true]").count() == 1


def test_the_first_paint_is_quick(browser: Browser, served: Served) -> None:
    with watched(browser, served.url) as page:
        page.reload()
        page.get_by_label("Votre question").wait_for()
        assert (
            page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime") < 4_000
        )  # warm: under 2 s on a machine at rest


def test_the_server_spoke_to_nobody(served: Served) -> None:
    log = served.home / "network.log"
    assert not log.exists(), log.read_text()
