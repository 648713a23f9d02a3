"""What a screen looks like, on a display and on paper: one primary action, numbers under one another, nothing empty, A4."""

import io
import unicodedata

import pypdf
import pytest
from playwright.sync_api import Browser, Page, expect

from assistant.page import layout
from tests.page.conftest import PATIENCE, Served, new_page, open_screen, ready, until
from tests.page.test_clauses_and_drafting import find, opened_clause, take
from tests.page.test_everyone import SCREENS, reviewed
from tests.page.test_questions import CLOUD_ACT, ask

pytestmark = [pytest.mark.browser, pytest.mark.models]

# What is filled with the colour of the primary action, among what is seen.
PRIMARY = """[...document.querySelectorAll('button, label')]
  .filter((one) => one.checkVisibility() && getComputedStyle(one).backgroundColor === 'rgb(28, 79, 156)').map((one) => one.innerText.trim())"""
# Until a kit or a clause is chosen, Rédaction only lists them.
FIRST = {
    "Questions": "Envoyer",
    "Dépendances": "Choisir le registre",
    "Besoins": "Proposer",
    "Clauses": "Chercher",
    "Contrôle": "Choisir des fichiers ou un ZIP",
    "Synthèses": "Choisir des fichiers ou un ZIP",
    "Bibliothèque": "Choisir des fichiers ou un ZIP",
    "Mes marchés": "Calculer",
    "Échéances": "Ajouter des contrats",
}
# Widths and heights of A4 in points, a point of rounding apart.
A4 = (595, 842)


def primary(page: Page) -> list[str]:
    page.mouse.move(0, 0)
    page.wait_for_timeout(200)
    return page.evaluate(PRIMARY)  # type: ignore[no-any-return]


def test_each_screen_has_one_primary_action(page: Page) -> None:
    seen = {}
    for name in SCREENS:
        open_screen(page, name)
        if name == "Échéances":
            page.get_by_text("Aucune échéance ici.").wait_for(timeout=3 * PATIENCE)
        if name == "Mes marchés":
            page.get_by_role("button", name="Calculer").wait_for(timeout=3 * PATIENCE)
        seen[name] = primary(page)
    assert {name: seen[name] for name in FIRST} == {name: [action] for name, action in FIRST.items()}
    assert all(len(actions) <= 1 for actions in seen.values()), seen


def test_the_next_step_takes_the_place_of_the_first(page: Page) -> None:
    find(page, "détention des clés de chiffrement")
    opened_clause(page, "Détention et gestion des clés").wait_for()
    assert primary(page) == ["Utiliser dans la rédaction"]
    page.get_by_role("button", name="Utiliser dans la rédaction").click()
    page.get_by_role("heading", name="À remplir").wait_for()
    assert primary(page) == ["Préparer les fichiers ODT et DOCX"]
    reviewed(page)
    assert primary(page) == ["Préparer le rapport"]


def test_the_place_of_the_page_reviewed_is_closed_until_one_is_opened(page: Page) -> None:
    open_screen(page, "Contrôle")
    column = page.locator(".column", has=page.locator("> #page-controlee"))
    expect(column).to_be_hidden()
    expect(page.get_by_role("heading", name="Page", exact=True)).to_have_count(0)
    reviewed(page)
    expect(column).to_be_visible()
    column.get_by_role("button", name="Revenir au texte").click()
    expect(column).to_be_hidden()
    expect(page.locator("#constats .constat button").first).to_be_focused()


def test_numbers_stand_unit_under_unit(page: Page) -> None:
    open_screen(page, "Bibliothèque")
    page.get_by_text("La bibliothèque en graphiques").click()
    for column in ("#sources td.chiffre", "#sources th.chiffre", "#sources td.nombre"):
        assert page.locator(column).first.evaluate("one => getComputedStyle(one).textAlign") == "right"
        assert "tabular-nums" in page.locator(column).first.evaluate(
            "one => getComputedStyle(one).fontVariantNumeric"
        )
    assert page.locator("#sources th.chiffre").inner_text() == "Pages"
    rows = page.locator("#sources table.donnees tbody tr")
    assert page.locator("#sources td.chiffre").count() == rows.count()
    rights = page.locator("#sources td.chiffre").evaluate_all(
        "all => [...new Set(all.map((one) => Math.round(one.getBoundingClientRect().right)))]"
    )
    assert len(rights) == 1


def test_the_font_of_the_state_is_not_asked_for(page: Page) -> None:
    assert "Marianne" not in layout.STYLE + layout.OPENING + "".join(layout.FONTS)
    assert "Marianne" not in page.locator("body").evaluate("one => getComputedStyle(one).fontFamily")


def printed(page: Page) -> tuple[list[tuple[int, int]], str]:
    """The sizes of the sheets, and their words."""
    sheets = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    sizes = [(int(sheet.mediabox.width), int(sheet.mediabox.height)) for sheet in sheets]
    return sizes, squeezed("".join(sheet.extract_text() for sheet in sheets))


def squeezed(words: str) -> str:
    """Words without their spaces, which a line may end with, nor the ligatures of a printer."""
    return "".join(unicodedata.normalize("NFKC", words).split())


def test_a_conversation_is_printed_whole_on_a4_without_what_one_presses(page: Page) -> None:
    questions = (CLOUD_ACT, "Les marchés sont-ils passés en lots séparés ?")
    for question in questions:
        ask(page, question)
    answers = page.locator("#fil .reponse > li > p:first-child").all_text_contents()
    folded = page.locator("#fil .pli:not([open]) :is(h4, li > p:first-child)").all_text_contents()
    assert len(answers) >= 2
    assert any("Pourquoi ce risque" in title for title in folded)
    sizes, words = printed(page)
    assert all(abs(width - A4[0]) <= 1 and abs(height - A4[1]) <= 1 for width, height in sizes), sizes
    for said in (*questions, *answers, *folded):  # what is folded on the screen is open on paper
        assert squeezed(said) in words
    for pressed in (
        "Envoyer",
        "Votre question",
        "Bibliothèque",
        "Copier",
        "Renommer",
        "Ce n'est pas juste",
        "Aller au contenu",
        "Conversations",
    ):
        assert squeezed(pressed) not in words
    page.emulate_media(media="print", color_scheme="dark")
    assert (
        page.locator("body").evaluate("one => getComputedStyle(one).backgroundColor") == "rgb(255, 255, 255)"
    )
    until(page, "document.body.classList.contains('dark')")
    for shown in ("#titre h1", "#fil .question", "#fil .reponse"):  # light words on white paper, once
        colour = page.locator(shown).first.evaluate("one => getComputedStyle(one).color")
        assert (shown, colour) == (shown, "rgb(0, 0, 0)")
    page.emulate_media(media="screen", color_scheme="light")


def test_a_review_and_a_draft_are_printed_whole(page: Page) -> None:
    reviewed(page)
    cards = page.locator("#constats .constat")
    words = printed(page)[1]
    assert words.count("Pourquoi:") == cards.count() >= 1
    for card in cards.locator("blockquote").all_inner_texts():
        assert squeezed(card) in words
    assert "Choisirdesfichiers" not in words
    assert "Voirdansletexte" not in words
    take(page, "détention des clés de chiffrement", "Détention et gestion des clés de chiffrement")
    articles = page.locator("#apercu .article .corps :is(p, li)").all_inner_texts()
    words = printed(page)[1]
    assert len(articles) > 2
    for paragraph in articles:
        assert squeezed(paragraph) in words
    assert "Préparerlesfichiers" not in words
    assert "Mesprojets" not in words


def test_a_page_at_rest_draws_no_frame(browser: Browser, served: Served) -> None:
    """Gradio's clock, left to itself, asks for sixty each second."""
    page = new_page(browser)
    page.add_init_script(
        "const real = requestAnimationFrame; window.drawn = 0; window.requestAnimationFrame = (draw) => { window.drawn += 1; return real(draw); };"
    )
    page.goto(served.url)
    ready(page)
    drawn, before = 0, -1
    for _ in range(60):  # what moves as the page opens comes to rest
        if drawn == before:
            break
        page.wait_for_timeout(1_000)
        before, drawn = drawn, page.evaluate("window.drawn")
    page.close()
    assert drawn == before
