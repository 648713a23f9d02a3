"""For everyone: each screen looked at by axe, in light and in dark, by keyboard alone, at 200 %, on a tablet, on a phone."""

import itertools
import json
from collections.abc import Callable
from typing import Literal

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.page.conftest import PATIENCE, Served, open_screen, ready, until, watched
from tests.page.test_clauses_and_drafting import find
from tests.page.test_questions import ask
from tests.page.test_review_and_summaries import FRAMEWORK, UNLAWFUL

pytestmark = [pytest.mark.browser, pytest.mark.models]

# 1280 px at 200 %, a tablet, a phone.
SIZES = ((640, 450), (820, 1180), (390, 844))
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
    ask(
        page, "Sous combien de jours vérifie-t-on chaque salle posée dans l'accord-cadre de visioconférence ?"
    )
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
    page.locator("#fichiers").get_by_text(
        "Relecture :"
    ).wait_for()  # sought in all the page, it costs as much as the review
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
# What is seen of the parts of a screen and lies beyond the edges of the page, whatever hides it there; a table or a page that scrolls within its place does not.
BEYOND = """() => [...document.querySelectorAll('.partie *, .partie')].filter((part) => {
  if (!part.checkVisibility() || part.closest('.evitement, .invisible, .invisible-ligne, .loupe')) return false;
  const scrolled = part.parentElement.closest('.defile'), { left, right, width } = part.getBoundingClientRect();
  return !scrolled && width > 0 && (right > innerWidth + 1 || left < -1);
}).map((part) => `${part.tagName} ${part.id} ${part.className} ${part.innerText?.slice(0, 40)}`)"""


def cut(page: Page, width: int, height: int) -> tuple[int, list[str], list[str]]:
    """By how much the page is wider than a window of that size, what is cut in it, what lies beyond its edges."""
    page.set_viewport_size({"width": width, "height": height})
    page.wait_for_timeout(200)
    wider = page.evaluate("document.documentElement.scrollWidth") - width
    return wider, page.evaluate(CUT), page.evaluate(BEYOND)


WHOLE: tuple[int, list[str], list[str]] = (0, [], [])


def whole(page: Page, name: str) -> None:
    """Nothing of what the page shows is cut at any size; it is left at its first."""
    for size in SIZES:
        assert (name, size, cut(page, *size)) == (name, size, WHOLE)
    page.set_viewport_size({"width": 1280, "height": 900})


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
            whole(page, work.__name__)  # colours move nothing


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


def test_no_screen_is_cut_at_200_percent_on_a_tablet_or_on_a_phone(page: Page) -> None:
    for name in SCREENS:
        open_screen(page, name)
        whole(page, name)


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_a_page_opened_at_200_percent_on_a_tablet_or_a_phone_is_whole_and_asks(
    browser: Browser, served: Served, width: int, height: int
) -> None:
    with watched(browser, served.url, width=width, height=height) as page:
        assert cut(page, width, height) == WHOLE
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


def tabbed_to(page: Page, wanted: Locator) -> None:
    """Presses Tab until ``wanted`` has the keyboard, which is seen."""
    for _ in range(150):
        if wanted.evaluate("one => one === document.activeElement"):
            break
        page.keyboard.press("Tab")
    expect(wanted).to_be_focused()
    drawn = "document.activeElement.closest('.fichier')?.querySelector('label') ?? document.activeElement"
    assert page.evaluate(f"getComputedStyle({drawn}).outlineWidth") == "3px"


def screen_by_keyboard(page: Page, name: str) -> None:
    page.get_by_role("tab", name=name).focus()
    page.keyboard.press("Enter")
    ready(page, name)


def test_by_keyboard_from_a_question_to_its_source_and_to_the_text_copied(
    page: Page, serious_findings: Findings
) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    tabbed_to(page, page.get_by_label("Votre question"))
    page.keyboard.type("Les marchés sont-ils passés en lots séparés ?")
    page.keyboard.press("Enter")
    page.locator("#fil .avis").wait_for()
    sound(page, serious_findings, "une réponse")
    page.get_by_role("tab", name="Questions").focus()
    mark = page.locator("#fil .marque").first
    tabbed_to(page, mark)
    page.keyboard.press("Enter")
    expect(page.locator("#source .source-ouverte")).to_be_focused()
    sound(page, serious_findings, "sa source")
    whole(page, "sa source")
    tabbed_to(page, page.locator("#source").get_by_role("button", name="Revenir au texte"))
    page.keyboard.press("Enter")
    expect(mark).to_be_focused()
    tabbed_to(page, page.locator("#fil").get_by_role("button", name="Copier"))
    page.keyboard.press("Enter")
    expect(page.locator("#copie .succes")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()").startswith("Question : Les marchés sont-ils")
    sound(page, serious_findings, "le texte copié")


def test_by_keyboard_from_a_review_to_a_finding_on_its_words_and_back(
    page: Page, serious_findings: Findings
) -> None:
    screen_by_keyboard(page, "Contrôle")
    tabbed_to(page, page.locator("#controle-fichiers"))
    page.locator(
        "#controle-fichiers"
    ).set_input_files(  # the window of the system that chooses a file has keys of its own
        {"name": "CCTP.txt", "mimeType": "text/plain", "buffer": UNLAWFUL.encode()}
    )
    shown = page.locator("#constats .constat").first.get_by_role("button", name="Voir dans le texte")
    shown.wait_for()
    sound(page, serious_findings, "un contrôle")
    page.get_by_role("tab", name="Contrôle").focus()
    tabbed_to(page, shown)
    page.keyboard.press("Enter")
    expect(page.locator("#page-controlee .source-ouverte")).to_be_focused()
    expect(page.locator("#page-controlee mark")).to_be_visible()
    sound(page, serious_findings, "un constat dans son texte")
    whole(page, "un constat dans son texte")
    tabbed_to(page, page.locator("#page-controlee").get_by_role("button", name="Revenir au texte"))
    page.keyboard.press("Enter")
    expect(shown).to_be_focused()


def test_by_keyboard_from_a_clause_to_a_draft_that_is_filled_and_saved(
    page: Page, serious_findings: Findings
) -> None:
    screen_by_keyboard(page, "Rédaction")
    tabbed_to(page, page.get_by_label("Ajouter un kit ou une clause"))
    page.keyboard.press("ArrowDown")
    page.locator("#apercu .article").first.wait_for()
    page.get_by_role("heading", name="À remplir").wait_for()
    sound(page, serious_findings, "un projet")
    field = page.locator("#formulaire :is(input[type=text], textarea)").first
    page.get_by_label("Ajouter un kit ou une clause").focus()
    tabbed_to(page, field)
    page.keyboard.type("12")
    expect(page.locator("#apercu .champ-d").first).to_be_visible()
    expect(field).to_be_focused()
    expect(page.locator("#etat-du-projet")).to_contain_text("Gardé à")
    tabbed_to(page, page.get_by_role("button", name="Préparer les fichiers ODT et DOCX"))
    page.keyboard.press("Enter")
    link = page.get_by_role("link", name="Enregistrer en ODT").first
    link.wait_for()
    sound(page, serious_findings, "des fichiers")
    whole(page, "des fichiers")
    tabbed_to(page, link)
    with page.expect_download() as saved:
        page.keyboard.press("Enter")
    assert saved.value.path().read_bytes()[:2] == b"PK"


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
