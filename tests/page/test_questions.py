"""Questions, in a real browser, served by the real server over the real models."""

import base64
import json
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.page.conftest import Served, until

pytestmark = [pytest.mark.browser, pytest.mark.models]

CLOUD_ACT = "Peut-on exclure un fournisseur américain parce qu'il est soumis au Cloud Act ?"
LOTS = "Les marchés sont-ils passés en lots séparés ?"
Findings = Callable[[Page], list[str]]


def send(page: Page, question: str) -> None:
    page.get_by_label("Votre question").fill(question)
    page.get_by_label("Votre question").press("Enter")


def ask(page: Page, question: str) -> str:
    send(page, question)
    page.locator("#fil .tour", has_text=question).locator(".position").last.wait_for()
    expect(page.locator("#fil .travail")).to_have_count(0)
    return page.locator("#fil .tour").last.inner_text()


def test_a_question_gets_its_answer_its_position_its_risk_and_its_marks(
    page: Page, serious_findings: Findings
) -> None:
    said = ask(page, CLOUD_ACT)
    assert "n'est pas un motif d'exclusion" in said
    assert page.locator("#fil .position svg").count() == 1
    assert page.locator("#fil .position").inner_text() == "Interdit"
    assert page.locator("#fil .risque").inner_text().split() == ["Risque", "contentieux", ":", "élevé"]
    assert page.locator("#fil .barre.pleine").count() == 3
    assert serious_findings(page) == []


def test_an_answer_is_copied_with_its_references(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask(page, "L'acheteur peut-il imposer que les moyens soient localisés sur le territoire de l'Union ?")
    page.get_by_role("button", name="Copier").last.click()
    expect(page.locator("#copie .succes")).to_have_text("La réponse et ses références sont copiées.")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("Question : L'acheteur peut-il imposer que les moyens soient localisés")
    assert (
        "« L'acheteur peut imposer que les moyens utilisés soient localisés sur le territoire de l'Union. »"
        in copied
    )
    assert "CCP, art. L2112-4, en vigueur depuis le 1er avril 2019" in copied
    assert "**" not in copied


def test_what_is_folded_is_opened_by_keyboard_and_copied_all_the_same(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask(page, CLOUD_ACT)
    folded = page.locator("#fil .tour").last.locator(".pli")
    reasons = folded.filter(has_text="Pourquoi ce risque")
    said = reasons.locator("li").all_text_contents()
    assert len(said) >= 1
    expect(page.locator("#fil .pli[open]")).to_have_count(0)
    expect(page.get_by_text("Ce que vous pouvez écrire")).to_be_visible()
    expect(reasons.locator("li").first).to_be_hidden()
    page.get_by_role("button", name="Copier").last.click()
    expect(page.locator("#copie .succes")).to_have_text("La réponse et ses références sont copiées.")
    copied = page.evaluate("navigator.clipboard.readText()")
    for one in said:
        assert one.replace("\u202f", " ").replace("\u00a0", " ") in copied
    folded.first.locator("> summary").focus()
    for _ in range(folded.count()):  # from one title to the next, by the keyboard alone
        if "Pourquoi ce risque" in page.evaluate("document.activeElement.textContent"):
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(reasons.locator("li").first).to_be_visible()
    expect(page.locator("#fil .pli[open]")).to_have_count(1)


def test_an_answer_that_served_is_said_useful(page: Page) -> None:
    ask(page, "L'acheteur peut-il imposer que les moyens soient localisés sur le territoire de l'Union ?")
    page.get_by_role("button", name="Utile").last.click()
    expect(page.locator("#fil .succes")).to_have_text("Merci : cette réponse est notée utile.")


def test_a_mark_opens_the_words_of_the_article_and_gives_the_keyboard_back(page: Page) -> None:
    ask(page, "L'acheteur peut-il imposer que les moyens soient localisés sur le territoire de l'Union ?")
    mark = page.locator(".marque", has_text="L2112-4").first
    mark.press("Enter")
    source = page.locator(".source-ouverte")
    expect(source).to_be_focused()
    expect(source.get_by_role("heading", name="CCP, art. L2112-4")).to_be_visible()
    expect(source).to_contain_text("En vigueur depuis le 1er avril 2019.")
    assert "Conditions d'exécution" in source.locator(".trail").inner_text()
    assert (
        source.locator("mark").inner_text()
        == "L'acheteur peut imposer que les moyens utilisés soient localisés sur le territoire de l'Union."
    )
    source.get_by_role("button", name="Revenir au texte").click()
    expect(mark).to_be_focused()


def test_an_article_is_read_with_its_other_wordings_and_leads_to_what_rests_on_it(
    page: Page, serious_findings: Findings
) -> None:
    ask(page, "que prévoit l'article R2122-8 du CCP ?")
    page.locator(".marque", has_text="R2122-8").first.click()
    source = page.locator("#source .source-ouverte")
    source.get_by_role("button", name="Comparer mot à mot avec la rédaction depuis le 1er avril 2019").click()
    expect(source.locator("del")).to_have_text("25")
    expect(source.locator("ins")).to_have_text("40")
    expect(source).to_be_focused()
    assert serious_findings(page) == []

    ask(page, "L'acheteur peut-il imposer que les moyens soient localisés sur le territoire de l'Union ?")
    mark = page.locator("#fil .tour").last.locator(".marque", has_text="L2112-4").first
    mark.click()
    source.get_by_role("button", name="Imposer que les moyens d'exécution soient dans l'Union").click()
    expect(source.get_by_role("heading", name="Fiche : Imposer que les moyens")).to_be_in_viewport()
    expect(source.locator("mark")).to_be_in_viewport()
    expect(source.locator("mark")).to_contain_text("Oui, si la localisation des moyens dans l'Union")
    assert serious_findings(page) == []
    source.get_by_role("button", name="CCP L2112-4", exact=True).first.click()
    expect(source.get_by_role("heading", name="CCP, art. L2112-4")).to_be_visible()

    source.get_by_text(re.compile(r"\d+ clauses? modèles?")).click()
    clause = source.locator("[data-event=clause]").first
    title = clause.inner_text()
    clause.click()
    expect(page.locator("#clause-ouverte h2").first).to_have_text(title)
    expect(page.get_by_role("tab", name="Clauses")).to_have_attribute("aria-selected", "true")
    page.get_by_role("tab", name="Questions").click()
    source.get_by_role("button", name="Revenir au texte").click()
    expect(mark).to_be_focused()


def test_a_mark_of_a_pdf_opens_its_page_with_the_quote_highlighted(page: Page) -> None:
    ask(
        page, "Sous combien de jours vérifie-t-on chaque salle posée dans l'accord-cadre de visioconférence ?"
    )
    page.locator(".marque", has_text="p. ").first.click()
    source = page.locator(".source-ouverte")
    picture = source.locator("img")
    picture.wait_for()
    png = base64.b64decode((picture.get_attribute("src") or "").removeprefix("data:image/png;base64,"))
    assert png.startswith(b"\x89PNG")
    assert "encadré et surligné" in (picture.get_attribute("alt") or "")
    assert source.locator(".surligne").count() >= 1
    number = int((picture.get_attribute("alt") or "").split()[1])
    source.get_by_role("button", name="Page suivante").click()
    expect(picture).to_have_attribute(
        "alt",
        f"Page {number + 1} sur 14 de « Services de visioconférence, de webinaire et équipement des salles de réunion (exemple fictif) » ; le passage cité n'est pas sur cette page.",
    )


def test_the_page_of_a_quote_is_enlarged_until_it_is_made_small_again(page: Page) -> None:
    ask(
        page, "Sous combien de jours vérifie-t-on chaque salle posée dans l'accord-cadre de visioconférence ?"
    )
    page.locator(".marque", has_text="p. ").first.click()
    source = page.locator(".source-ouverte")
    sheet, larger = source.locator(".feuille img"), source.get_by_role("checkbox", name="Agrandir la page")
    sheet.wait_for()

    def width() -> float:
        return float(sheet.evaluate("one => one.getBoundingClientRect().width"))

    small = width()
    assert small < 500
    larger.press("Space")
    expect(larger).to_be_checked()
    assert width() > 900  # a page of 21 cm at 110 dots an inch: its letters are read
    expect(source.locator(".surligne").first).to_be_in_viewport()
    source.get_by_role("button", name="Page suivante").click()
    expect(sheet).to_have_attribute("alt", re.compile("n'est pas sur cette page"))
    expect(larger).to_be_checked()
    assert width() > 900
    larger.click()
    expect(larger).not_to_be_checked()
    assert width() == small


def test_words_typed_slowly_in_a_search_stay_and_so_does_the_keyboard(page: Page) -> None:
    for screen, label in (
        ("Questions", "Chercher dans mes conversations"),
        ("Bibliothèque", "Chercher un titre"),
    ):
        page.get_by_role("tab", name=screen).click()
        field = page.get_by_label(label)
        field.click()
        for part in ("vi", "sio", " ?"):
            page.keyboard.type(part)
            page.wait_for_timeout(900)  # the list is drawn anew after each
        expect(field).to_be_focused()
        expect(field).to_have_value("visio ?")


def test_the_page_is_in_french_whatever_the_browser_speaks(page: Page) -> None:
    until(page, "document.documentElement.lang === 'fr'")
    assert page.title() == "Assistant de la commande publique"
    expect(page.get_by_role("button", name="Envoyer")).to_have_count(1)


def test_an_empty_page_says_what_to_do(page: Page) -> None:
    expect(page.get_by_text("Posez une question de commande publique.")).to_be_visible()
    expect(page.get_by_text("Cliquez sur la marque d'une réponse")).to_be_visible()


def test_a_refusal_says_what_to_do(page: Page) -> None:
    said = ask(page, "que prévoit l'article L2199-9 du CCP ?")
    assert "Hors du corpus" in said
    assert "n'existe pas" in said
    assert page.locator("#fil .tour").last.locator(".marque").count() == 0


def test_a_question_of_spaces_is_refused_and_says_why(page: Page) -> None:
    page.get_by_label("Votre question").fill("   ")
    page.get_by_label("Votre question").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("La question est vide")


def test_the_date_of_the_law_is_the_one_chosen(page: Page) -> None:
    page.get_by_label("Droit en vigueur le").fill("01/06/2019")
    said = ask(page, "Sous quel montant un marché est-il passé sans publicité ? R2122-8")
    assert "Droit en vigueur le 1er juin 2019" in said
    assert "25 000 euros" in said
    assert "40 000 euros" not in said


def test_a_day_that_is_none_is_said_in_french_whatever_the_browser_speaks_and_the_question_stays(
    page: Page,
) -> None:
    day, question = page.get_by_label("Droit en vigueur le"), page.get_by_label("Votre question")
    assert day.get_attribute("type") == "text"  # a field of the browser's own would say mm/dd/yyyy
    question.fill("Les marchés sont-ils passés en lots séparés ?")
    for written in ("31/02/2026", "demain", "02/14/2026", "1/4/26"):
        day.fill(written)
        question.press("Enter")
        expect(day).to_be_focused()
        assert day.evaluate("field => field.validationMessage").startswith(
            f"« {written} » n'est pas une date : écrivez-la jj/mm/aaaa, par exemple 01/04/2026"
        )
        assert page.locator("#fil .tour").count() == 0
        assert question.input_value() == "Les marchés sont-ils passés en lots séparés ?"
    day.fill("1/4/2026")
    question.press("Enter")
    expect(page.locator("#fil .date-du-droit")).to_have_text("Droit en vigueur le 1er avril 2026")


def test_what_is_missing_is_said_in_french(page: Page) -> None:
    page.get_by_role("button", name="Envoyer").click()
    assert (
        page.get_by_label("Votre question").evaluate("field => field.validationMessage")
        == "Remplissez ce champ."
    )


def test_text_of_a_document_is_text(page: Page) -> None:
    said = ask(page, "le pont-levis est-il maintenu chaque année dans le contrat de l'hostile ?")
    assert "est maintenu <script>alert(2)</script> {{chaque}} ${année}." in said
    page.locator(".marque").first.click()
    expect(page.locator(".source-ouverte")).to_contain_text("<script>alert(2)</script>")
    assert page.locator(".source-ouverte script, #fil script, #fil img, .source-ouverte img").count() == 0


def test_a_conversation_is_kept_named_searched_exported_and_deleted(page: Page, served: Served) -> None:
    ask(page, "Les marchés sont-ils passés en lots séparés ?")
    page.get_by_text("Renommer", exact=True).first.click()
    page.get_by_label("Nom de la conversation").fill("Allotissement de <b>la</b> voirie")
    page.get_by_role("button", name="Renommer").click()
    expect(page.get_by_role("heading", name="Allotissement de <b>la</b> voirie")).to_be_visible()
    page.reload()
    page.get_by_label("Chercher dans mes conversations").fill("voirie")
    entry = page.locator("#conversations .conversation")
    expect(entry).to_have_count(1)
    entry.click()
    expect(page.locator("#fil .position")).to_have_count(1)
    page.get_by_role("button", name="Exporter").click()
    with page.expect_download() as saved:
        page.get_by_role("link", name="Enregistrer en Markdown").click()
    written = saved.value.path().read_text(encoding="utf-8")
    assert "Les marchés sont passés en lots séparés" in written
    with page.expect_download() as saved:
        page.get_by_role("link", name="Enregistrer en ODT").click()
    assert saved.value.path().read_bytes()[:2] == b"PK"
    assert str(served.home) not in page.content()
    page.get_by_role("button", name="Supprimer").click()
    expect(page.get_by_text("Posez une question de commande publique.")).to_be_visible()
    page.get_by_label("Chercher dans mes conversations").fill("voirie")
    expect(page.get_by_text("Aucune conversation ne contient ces mots.")).to_be_visible()


def test_a_follow_up_stands_under_the_question_before_it(page: Page) -> None:
    ask(page, "L'acheteur peut-il imposer que les moyens soient localisés sur le territoire de l'Union ?")
    ask(page, "Et pour un marché de défense ?")
    expect(page.locator("#fil .tour")).to_have_count(2)


def test_a_judgement_is_kept_for_the_evaluation(page: Page, served: Served) -> None:
    ask(page, "que prévoit l'article L2199-9 du CCP ?")
    page.get_by_text("Ce n'est pas juste").last.click()
    page.get_by_label("Qu'est-ce qui n'est pas juste ?").last.fill("L'article a été renuméroté.")
    page.get_by_label("La bonne réponse serait").last.select_option("Information")
    page.get_by_label("Article qui le dit").last.fill("CCP L2112-4")
    page.get_by_role("button", name="Envoyer cet avis").last.click()
    expect(page.get_by_text("Merci : votre avis est gardé")).to_be_visible()
    kept = [
        json.loads(line)
        for path in [served.home / "feedback.jsonl"]
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    assert (kept[-1]["question"], kept[-1]["position"]) == (
        "que prévoit l'article L2199-9 du CCP ?",
        "information",
    )


def test_two_people_do_not_see_each_other(browser: Browser, page: Page, served: Served) -> None:
    other = browser.new_page()
    other.goto(served.url)
    ask(page, "Les marchés sont-ils passés en lots séparés ?")
    assert other.locator("#fil .tour").count() == 0
    other.close()


def test_the_server_spoke_to_nobody(served: Served) -> None:
    log = served.home / "network.log"
    assert not log.exists(), log.read_text()
