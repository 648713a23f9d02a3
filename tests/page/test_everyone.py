"""For everyone: each screen looked at by axe, in light and in dark, by keyboard alone, at 200 %, on a tablet."""

import itertools
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.page.conftest import Served, open_screen, watched

pytestmark = [pytest.mark.browser, pytest.mark.models]

SCREENS = ("Questions", "Clauses", "Rédaction", "Contrôle", "Synthèses", "Bibliothèque", "Administration")
Findings = Callable[[Page], list[str]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_holds_nothing_serious_against_any_screen(browser: Browser, served: Served, serious_findings: Findings, scheme: str) -> None:
    with watched(browser, served.url, color_scheme=scheme) as page:
        for name in SCREENS:
            open_screen(page, name)
            page.wait_for_timeout(300)
            assert (name, serious_findings(page)) == (name, [])


def test_headings_stand_in_order_and_each_screen_has_one(page: Page) -> None:
    for name in SCREENS:
        open_screen(page, name)
        page.wait_for_timeout(200)
        levels = page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].filter(h => h.offsetParent).map(h => +h.tagName[1])")
        assert levels[0] == 1, name
        assert levels.count(1) == 1, name
        assert all(after <= before + 1 for before, after in itertools.pairwise(levels)), (name, levels)


@pytest.mark.parametrize(("width", "height"), [(640, 512), (820, 1180)])
def test_nothing_is_cut_at_200_percent_nor_on_a_tablet(browser: Browser, served: Served, width: int, height: int) -> None:
    with watched(browser, served.url, viewport={"width": width, "height": height}) as page:
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        expect(page.get_by_label("Votre question")).to_be_visible()
        expect(page.get_by_role("button", name="Envoyer")).to_be_visible()


def test_the_keyboard_alone_goes_from_the_tabs_to_an_answer_and_its_source(page: Page) -> None:
    page.get_by_role("tab", name="Questions").focus()
    page.keyboard.press("Tab")
    for _ in range(15):  # the other tabs, the conversations, the thread, the examples
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
        assert page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime") < 4_000  # warm: under 2 s on a machine at rest


def test_the_server_spoke_to_nobody(served: Served) -> None:
    log = served.home / "network.log"
    assert not log.exists(), log.read_text()
