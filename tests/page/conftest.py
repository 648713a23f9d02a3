"""One real server over the real models for all browser tests, a browser, and a page of which every request is looked at."""

import os
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal
from urllib.parse import urlparse

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

from assistant import settings
from assistant.page import server
from assistant.page.context import Site
from assistant.site.turns import Turns
from assistant.workspace import Workspace
from tests.conftest import ROOT, write_rules
from training.browser import CHROMIUM

# A machine that does other things too is slow, not wrong.
PATIENCE = 60_000
expect.set_options(timeout=PATIENCE)
# Chromium looks for its maker's hosts at every start unless it is told not to.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--process-per-site",
]
# What each screen is known to be drawn by.
LISTENING = {
    "Questions": "composer",
    "Mes marchés": "marches",
    "Échéances": "echeances",
    "Dépendances": "dependances",
    "Besoins": "besoins",
    "Clauses": "clauses-trouvees",
    "Rédaction": "choix",
    "Contrôle": "controle-depot",
    "Synthèses": "synthese-depot",
    "Bibliothèque": "sources",
    "Administration": "journal",
}
HOSTILE = "# Contrat <img src=x onerror=alert(1)>\n\nLe pont-levis ![image](http://192.0.2.1/x.png) est maintenu <script>alert(2)</script> {{chaque}} ${année}.\n"


@dataclass(frozen=True)
class Served:
    url: str
    home: Path


def index(home: Path, *paths: Path, collection: str = "defaut") -> None:
    environment = os.environ | {"ASSISTANT_HOME": str(home), "GUARD_LOG": str(home / "network.log")}
    command = [sys.executable, "-m", "tests.guard", "index", *map(str, paths), "--collection", collection]
    subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, timeout=300)


def new_home(folder: Path) -> Path:
    (folder / "models").symlink_to(settings.load().models)
    hostile = folder / "l'hostile <b>nom<b> & co.md"
    hostile.write_text(HOSTILE, encoding="utf-8")
    sheets = [
        ROOT / "corpus" / "droit" / f"{name}.yaml"
        for name in ("exclusion-cloud-act", "localisation-des-moyens-ue")
    ]
    index(folder, write_rules(folder / "regles.jsonl"), *sheets, hostile)
    index(
        folder,
        ROOT / "corpus" / "accords-cadres" / "accord-cadre-fictif-visioconference.pdf",
        collection="accords-cadres",
    )
    return folder


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def serve(home: Path, *options: str, port: int | None = None) -> Iterator[Served]:
    port = port or free_port()
    environment = os.environ | {"ASSISTANT_HOME": str(home), "GUARD_LOG": str(home / "network.log")}
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.guard", "serve", "--port", str(port), *options],
        cwd=ROOT,
        env=environment,
    )
    url = f"http://127.0.0.1:{port}"
    try:
        wait_for(url, process)
        yield Served(url, home)
    finally:
        process.terminate()
        process.wait(timeout=120)


def home_beside(home: Path, folder: Path) -> Path:
    """A home of its own over a copy of the index: what a test holds, breaks or asks there is nobody else's."""
    folder.mkdir(exist_ok=True)
    shutil.copytree(home / "library", folder / "library")
    (folder / "models").symlink_to((home / "models").resolve())
    return folder


@contextmanager
def within(home: Path) -> Iterator[tuple[str, Site]]:
    """The real page, served by this very process, so that a test may hold its queue; its address and its parts."""
    workspace = Workspace(home)
    site = replace(server.site_of(workspace), turns=Turns())
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        running = server.server_of(site)
        thread = threading.Thread(target=running.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not running.started:
            assert thread.is_alive(), "the server stopped"
            time.sleep(0.05)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}", site
        running.should_exit = True
        thread.join(60)
    workspace.close()


def wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(1200):
        assert process.poll() is None, "the server stopped"
        try:
            if httpx.get(url, timeout=30).status_code < 400:
                return
        except httpx.HTTPError:
            time.sleep(0.25)
    pytest.fail("the page did not open within five minutes")


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    yield from serve(new_home(tmp_path_factory.mktemp("home")))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A browser whose first visitor has an empty page of this machine open: his next pages find its process, and the scripts that it has compiled."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        empty = opened.new_context(locale="en-US").new_page()
        empty.route("**/*", lambda route: route.fulfill(body="<!doctype html>", content_type="text/html"))
        empty.goto("http://127.0.0.1/")
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Browser, served: Served) -> Iterator[Page]:
    """The page, freshly opened by a browser that speaks English; no request may go elsewhere, no document may run a script."""
    with watched(browser, served.url) as opened:
        yield opened


def new_page(browser: Browser) -> Page:
    """A page of the first visitor, 1.1 s of processor instead of 2.5; where he has one open, of another, as no browser holds many streams of one server."""
    first = browser.contexts[0]
    first.clear_cookies()
    return first.new_page() if len(first.pages) == 1 else browser.new_page(locale="en-US")


@contextmanager
def watched(
    browser: Browser,
    url: str,
    *,
    width: int = 1280,
    height: int = 900,
    scheme: Literal["light", "dark"] = "light",
) -> Iterator[Page]:
    """A page whose requests and scripts are watched; asked to confirm, it says yes."""
    opened = new_page(browser)
    opened.set_viewport_size({"width": width, "height": height})
    opened.emulate_media(color_scheme=scheme)
    opened.set_default_timeout(PATIENCE)
    asked: list[str] = []
    alerts: list[str] = []
    failures: list[str] = []
    opened.on("request", lambda request: asked.append(request.url))
    opened.on("pageerror", lambda failure: failures.append(str(failure)))
    # Gradio's client catches what fails in it, says so here, and takes no answer any more; the browser says here what the page's policy forbids.
    opened.on(
        "console",
        lambda said: (
            failures.append(said.text)
            if re.search(r"client exception|Content Security Policy", said.text)
            else None
        ),
    )
    opened.on(
        "dialog",
        lambda dialog: (
            dialog.accept() if dialog.type == "confirm" else (alerts.append(dialog.message), dialog.dismiss())
        ),
    )
    try:
        opened.goto(url)
        ready(opened)
        yield opened
    finally:
        opened.close()
    strangers = {
        one
        for one in asked
        if urlparse(one).scheme in ("http", "https", "ws") and urlparse(one).hostname != "127.0.0.1"
    }
    assert strangers == set()
    assert alerts == [], "a document ran a script"
    assert failures == [], "a script of the page failed"


def until(page: Page, true: str) -> None:
    """Waits until an expression is true in the page. Playwright's own way makes functions of strings, which the page's policy forbids."""
    end = time.monotonic() + PATIENCE / 1000
    while not page.evaluate(true):
        assert time.monotonic() < end, true
        page.wait_for_timeout(50)


def ready(page: Page, screen: str = "Questions") -> None:
    """Waits until the page has opened and a screen is drawn."""
    page.locator("html[data-ready]").wait_for(state="attached")
    page.locator(f"#{LISTENING[screen]}").wait_for(state="attached")


def open_screen(page: Page, name: str) -> None:
    page.get_by_role("tab", name=name).click()
    ready(page, name)


@pytest.fixture(scope="session")
def serious_findings() -> Callable[[Page], list[str]]:
    """What axe holds against a page, if it is serious or worse."""
    script = Axe().axe_script
    look = "axe.run({resultTypes: ['violations'], selectors: false})"

    def found(page: Page) -> list[str]:
        if page.evaluate("typeof axe") == "undefined":  # it is read once by each page, not at each look
            page.evaluate(script)
        violations = page.evaluate(look)["violations"]
        return [
            f"{one['id']}: {one['nodes'][0]['html'][:120]}"
            for one in violations
            if one["impact"] in ("serious", "critical")
        ]

    return found
