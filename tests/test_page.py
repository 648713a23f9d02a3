"""The page in a real browser, served by the real server over the real models; every request it makes is looked at."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlparse

import httpx
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from assistant import settings
from tests.conftest import ROOT, write_rules

pytestmark = [pytest.mark.browser, pytest.mark.models]

CHROMIUM = "/usr/bin/chromium"
# Chromium looks for its maker's hosts at every start unless it is told not to.
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]


@dataclass(frozen=True)
class Served:
    url: str
    home: Path


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    home = tmp_path_factory.mktemp("home")
    (home / "models").symlink_to(settings.load().models)
    environment = os.environ | {"ASSISTANT_HOME": str(home), "GUARD_LOG": str(home / "network.log")}
    hostile = home / "hostile.md"
    hostile.write_text(
        "# Contrat <img src=x onerror=alert(1)>\n\nLe pont-levis ![image](http://192.0.2.1/x.png) est maintenu <script>alert(2)</script> chaque année.\n",
        encoding="utf-8",
    )
    for path in (write_rules(home / "regles.jsonl"), ROOT / "corpus" / "droit", hostile):
        subprocess.run([sys.executable, "-m", "tests.guard", "index", str(path)], cwd=ROOT, env=environment, check=True, capture_output=True, timeout=300)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen([sys.executable, "-m", "tests.guard", "serve", "--port", str(port)], cwd=ROOT, env=environment)
    url = f"http://127.0.0.1:{port}"
    try:
        wait_for(url, server)
        yield Served(url, home)
    finally:
        server.terminate()
        server.wait(timeout=20)


def wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(240):
        assert server.poll() is None, "the server stopped"
        try:
            if httpx.get(url, timeout=2).status_code == 200:
                return
        except httpx.HTTPError:
            time.sleep(0.25)
    pytest.fail("the page did not open within a minute")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Browser, served: Served) -> Iterator[Page]:
    opened = browser.new_page(viewport={"width": 1280, "height": 900})
    asked: list[str] = []
    opened.on("request", lambda request: asked.append(request.url))
    opened.on("dialog", lambda dialog: pytest.fail(f"a document ran a script: {dialog.message}"))
    opened.goto(served.url)
    opened.get_by_label("Votre question").wait_for()
    yield opened
    strangers = {url for url in asked if urlparse(url).scheme in ("http", "https", "ws") and urlparse(url).hostname != "127.0.0.1"}
    opened.close()
    assert strangers == set()


def ask(page: Page, question: str) -> str:
    page.get_by_label("Votre question").fill(question)
    page.get_by_label("Votre question").press("Enter")
    answer = page.locator(".message.bot, .bot .message").last
    answer.get_by_text("droit au").wait_for(timeout=60_000)
    return answer.inner_text()


def test_a_question_gets_its_answer_and_its_sources(page: Page) -> None:
    said = ask(page, "Peut-on exclure un fournisseur américain parce qu'il est soumis au Cloud Act ?")
    assert "Cloud Act" in said
    assert "motifs d'exclusion" in said
    assert page.locator(".sources article").count() >= 1


def test_the_page_is_in_french_and_says_so(page: Page) -> None:
    page.wait_for_function("document.documentElement.lang === 'fr'")
    assert page.title() == "Assistant de la commande publique"
    assert page.get_by_role("button", name="Envoyer").count() == 1 or page.locator("button.submit-button").count() == 1


def test_a_refusal_says_what_to_do(page: Page) -> None:
    said = ask(page, "que prévoit l'article L2199-9 du CCP ?")
    assert "Hors du corpus" in said
    assert "n'existe pas" in said
    assert page.locator(".sources article").count() == 0


def test_a_date_that_is_not_one_is_said_and_the_question_is_kept(page: Page) -> None:
    page.get_by_label("Droit en vigueur le").fill("hier")
    page.get_by_label("Votre question").fill("allotissement ?")
    page.get_by_label("Votre question").press("Enter")
    page.get_by_text("n'est pas une date").wait_for(timeout=30_000)
    assert page.get_by_label("Votre question").input_value() == "allotissement ?"


def test_text_of_a_document_is_text(page: Page) -> None:
    ask(page, "le pont-levis est-il maintenu chaque année dans le contrat ?")
    assert page.locator(".sources img, .sources script, .message img[src*='192.0.2.1']").count() == 0


def test_the_server_spoke_to_nobody(served: Served) -> None:
    log = served.home / "network.log"
    assert not log.exists(), log.read_text()
