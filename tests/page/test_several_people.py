"""Several people, in a real browser: signing in, what each role sees, each one's own conversations."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from assistant.site.journal import Journal
from assistant.site.rights import Role
from assistant.site.users import Users
from tests.conftest import ROOT
from tests.page.conftest import Served, home_beside, open_screen, ready, serve, within
from tests.page.test_questions import ask

pytestmark = [pytest.mark.browser, pytest.mark.models]

PASSWORD = "quatre mots tirés au sort"
Findings = Callable[[Page], list[str]]


@pytest.fixture(scope="module")
def shared_site(served: Served, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    home = home_beside(served.home, tmp_path_factory.mktemp("several"))
    users = Users(home)
    users.add("claire", Role.ADMINISTRATOR, PASSWORD)
    users.add("paul", Role.READER, PASSWORD)
    yield from serve(home, "--host", "0.0.0.0")


def enter(browser: Browser, site: Served, name: str, password: str = PASSWORD) -> Page:
    page = browser.new_context(locale="fr-FR").new_page()
    page.goto(site.url)
    page.get_by_label("Nom de compte").fill(name)
    page.get_by_label("Mot de passe").fill(password)
    page.get_by_role("button", name="Se connecter").click()
    return page


def test_one_signs_in_by_keyboard_and_a_wrong_password_is_said(
    browser: Browser, shared_site: Served, serious_findings: Findings
) -> None:
    page = browser.new_page()
    page.goto(shared_site.url)
    assert serious_findings(page) == []
    expect(page.get_by_label("Nom de compte")).to_be_focused()
    page.keyboard.type("claire")
    page.keyboard.press("Tab")
    page.keyboard.type("ce n'est pas celui-là")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Nom ou mot de passe incorrect.")
    page.close()


def test_the_page_where_one_signs_in_is_dark_by_night_without_a_script(
    browser: Browser, shared_site: Served
) -> None:
    page = browser.new_page(color_scheme="dark")
    refused: list[str] = []
    page.on(
        "console", lambda said: refused.append(said.text) if "Content Security Policy" in said.text else None
    )
    page.goto(shared_site.url)
    ground = page.locator("body").evaluate("body => getComputedStyle(body).backgroundColor")
    assert (ground, refused) == ("rgb(14, 21, 30)", [])
    page.close()


def test_each_sees_his_own_and_what_his_role_lets_him(browser: Browser, shared_site: Served) -> None:
    claire, paul = enter(browser, shared_site, "claire"), enter(browser, shared_site, "paul")
    claire.get_by_label("Votre question").wait_for()
    expect(claire.locator("#titre")).to_contain_text("claire, administrateur")
    expect(claire.get_by_role("tab", name="Administration")).to_be_visible()
    paul.get_by_label("Votre question").wait_for()
    for hidden in ("Rédaction", "Contrôle", "Synthèses", "Administration"):
        expect(paul.get_by_role("tab", name=hidden)).to_have_count(0)
    paul.set_viewport_size({"width": 400, "height": 700})
    paul.get_by_role("tab", name="Bibliothèque").click()
    expect(paul.get_by_role("heading", name="Ce qui est indexé")).to_be_visible()
    ask(claire, "Les marchés sont-ils passés en lots séparés ?")
    expect(claire.locator("#conversations .conversation")).to_have_count(1)
    paul.reload()
    expect(paul.get_by_role("heading", name="Ce qui est indexé")).to_be_visible()  # the screen that was open
    open_screen(paul, "Questions")
    expect(paul.get_by_text("Vos conversations seront gardées ici")).to_be_visible()
    claire.get_by_role("tab", name="Administration").click()
    claire.get_by_role("button", name="Vérifier le journal").click()
    expect(claire.locator("#journal")).to_contain_text("rien n'a été retiré ni changé")
    expect(claire.locator("#journal")).to_contain_text("Les marchés sont-ils passés en lots séparés ?")
    expect(claire.locator("#comptes")).to_contain_text("paul")
    claire.get_by_role("button", name="Se déconnecter").click()
    expect(claire.get_by_label("Nom de compte")).to_be_visible()
    for page in (claire, paul):
        page.context.close()


def forge(page: Page, panel: str, event: str, **data: str) -> None:
    """Presses a button that the page never drew, as one does with the browser's own tools."""
    page.evaluate(
        """([panel, data]) => {
          const forged = document.createElement('button');
          forged.type = 'button';
          Object.assign(forged.dataset, data);
          document.querySelector(`#${panel} [data-event]`).parentElement.append(forged);
          forged.click();
        }""",
        [panel, {"event": event, **data}],
    )


def test_who_names_anothers_conversation_or_document_gets_nothing_of_it(
    browser: Browser, shared_site: Served
) -> None:
    claire, paul = enter(browser, shared_site, "claire"), enter(browser, shared_site, "paul")
    ready(claire)
    ask(claire, "Les marchés sont-ils passés en lots séparés ?")
    conversation = claire.locator("#conversations .conversation").first.get_attribute("data-id") or ""
    open_screen(claire, "Bibliothèque")
    secret = {
        "name": "coffre.txt",
        "mimeType": "text/plain",
        "buffer": b"Article 1 : Objet\nLe coffre bleu est au sous-sol.\n",
    }
    claire.locator("#ajout-fichiers").set_input_files(secret)
    document = (
        claire.locator("#sources tbody tr", has_text="coffre")
        .get_by_role("button", name="Ouvrir")
        .get_attribute("data-source")
        or ""
    )
    assert conversation
    assert document

    ready(paul)
    forge(paul, "fil", "ouvrir", source=document, start="0", end="40")
    expect(paul.locator("#source").get_by_role("alert")).to_contain_text(
        "Cette source n'est plus dans la bibliothèque."
    )
    ask(paul, "que prévoit l'article L2199-9 du CCP ?")
    forge(paul, "conversations", "choisir", id=conversation)
    expect(
        paul.get_by_text("Posez une question de commande publique.")
    ).to_be_visible()  # as if there were none
    said = ask(paul, "le coffre bleu est-il au sous-sol ?")
    open_screen(paul, "Bibliothèque")
    expect(paul.locator("#sources")).not_to_contain_text("coffre")
    assert "est au sous-sol" not in said
    assert "lots séparés" not in paul.locator("body").inner_text()
    assert "coffre.txt" not in paul.content()
    for panel, event in (("sources", "retirer"), ("sources", "montrer")):
        forge(paul, panel, event, source=document)
        expect(paul.locator("#ajout-suivi, #document").get_by_role("alert").last).to_contain_text(
            "Cette source n'est plus dans la bibliothèque."
        )
    claire.reload()
    open_screen(claire, "Questions")
    claire.locator("#conversations .conversation").first.click()
    expect(claire.locator("#fil .position")).to_have_count(1)
    for page in (claire, paul):
        page.context.close()


def test_what_was_done_in_the_browser_is_in_the_journal_whose_chain_holds(
    browser: Browser, shared_site: Served
) -> None:
    paul = enter(browser, shared_site, "paul")
    paul.get_by_label("Votre question").wait_for()
    ask(paul, "que prévoit l'article L2199-9 du CCP ?")
    paul.context.close()
    command = [sys.executable, "-m", "assistant", "--home", str(shared_site.home), "journal"]
    verified = json.loads(
        subprocess.run(
            [*command, "verify", "--json"], cwd=ROOT, check=True, capture_output=True, text=True
        ).stdout
    )
    assert verified["fault"] is None
    shown = json.loads(
        subprocess.run(
            [*command, "show", "--user", "paul", "--json"],
            cwd=ROOT,
            check=True,
            capture_output=True,
            text=True,
        ).stdout
    )
    assert shown[-2]["action"] == "connexion"
    assert (shown[-1]["question"], shown[-1]["position"]) == (
        "que prévoit l'article L2199-9 du CCP ?",
        "hors_corpus",
    )
    assert shown[-1]["version"]


def test_behind_a_reverse_proxy_the_header_says_who_comes_in(
    browser: Browser, served: Served, tmp_path: Path
) -> None:
    home = home_beside(served.home, tmp_path)
    (home / "settings.toml").write_text(
        'trusted_header = "X-Remote-User"\ntrusted_proxies = "127.0.0.1"\ntrusted_role = "lecteur"\n',
        encoding="utf-8",
    )
    users = Users(home)
    users.add("claire", Role.DRAFTER, PASSWORD)
    users.add("parti", Role.DRAFTER, PASSWORD)
    users.set_enabled("parti", False)
    with within(home) as (url, _):
        opened = {
            name: browser.new_context(extra_http_headers={"X-Remote-User": name}).new_page()
            for name in ("claire", "stagiaire", "parti")
        }
        opened["nobody"] = browser.new_context().new_page()
        for page in opened.values():
            page.goto(url)
        for kept_out in ("parti", "nobody"):
            expect(opened[kept_out].get_by_label("Nom de compte")).to_be_visible()
        claire, intern = opened["claire"], opened["stagiaire"]
        expect(claire.locator("#titre")).to_contain_text("claire, rédacteur")
        expect(claire.get_by_role("tab", name="Rédaction")).to_be_visible()
        expect(intern.locator("#titre")).to_contain_text("stagiaire, lecteur")
        expect(intern.get_by_role("tab", name="Rédaction")).to_have_count(0)
        claire.locator("html[data-ready]").wait_for(state="attached")
        ask(claire, "Les marchés sont-ils passés en lots séparés ?")
        expect(claire.locator("#conversations .conversation")).to_have_count(1)
        intern.reload()
        expect(intern.get_by_text("Vos conversations seront gardées ici")).to_be_visible()
        for page in opened.values():
            page.context.close()
    entries = [(entry.who, entry.question) for entry in Journal(home).entries()]
    assert entries == [("claire", "Les marchés sont-ils passés en lots séparés ?")]


def test_someone_who_is_kept_out_loses_the_page_at_once(browser: Browser, shared_site: Served) -> None:
    users = Users(shared_site.home)
    users.add("lea", Role.READER, PASSWORD)
    lea = enter(browser, shared_site, "lea")
    lea.get_by_label("Votre question").wait_for()
    users.set_enabled("lea", False)
    lea.goto(shared_site.url)
    expect(lea.get_by_label("Nom de compte")).to_be_visible()
    lea.context.close()


def test_no_password_is_kept_anywhere(shared_site: Served) -> None:
    files = [
        path
        for path in Path(shared_site.home).rglob("*")
        if path.is_file() and not path.is_symlink() and path.suffix != ".npz"
    ]
    assert [path.name for path in files if PASSWORD.encode() in path.read_bytes()] == []
