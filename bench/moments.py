"""Eleven moments at which a page is lost, and what was typed: F5, back, two tabs, the server killed. ``python -m bench.moments HOME`` (an index; copied).

One server and one Chromium: four pages are at work when the server is killed and started again, so that one kill serves all that a kill may lose. A moment
holds where everything that was typed, and everything that had been acknowledged, is there afterwards.
"""

import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import httpx
from playwright.sync_api import BrowserContext, Error, Page, expect, sync_playwright

from bench.attack.commands import start, until
from bench.pictures import FRAMEWORK
from training.browser import CHROMIUM

PATIENCE_MS = 180_000
START_SECONDS = 600.0
# A clause, and a field of it: a number of months.
CLAUSE, FIELD = "gestion-des-cles", "Intervalle maximal de renouvellement des clés"
CLOUD_ACT, LOTS = (
    "Peut-on exclure un candidat soumis au Cloud Act ?",
    "Les marchés sont-ils passés en lots séparés ?",
)
UNLAWFUL = "# CCAP\n\n## Article 4. Paiement\n\nLe délai de paiement est de 90 jours.\n"


class Server:
    """The page of a home, on one port."""

    def __init__(self, home: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._home, self._port = home, free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self._port}"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self._process = start(self._home, ["serve", "--port", self._port], stdout=subprocess.DEVNULL)
        if not until(self._answers, START_SECONDS):
            raise RuntimeError("the page did not open")

    def kill(self) -> None:
        if self._process is not None:
            self._process.send_signal(signal.SIGKILL)
            self._process.wait()

    def _answers(self) -> bool:
        try:
            return httpx.get(self.url, timeout=10).status_code < 400
        except httpx.HTTPError:
            return False


def opened(context: BrowserContext, url: str, screen: str = "Questions") -> Page:
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    page.goto(url)
    return shown(page, screen)


def shown(page: Page, screen: str) -> Page:
    """The page once it has opened, at one of its screens."""
    page.locator("html[data-ready]").wait_for(state="attached")
    page.get_by_role("tab", name=screen).click()
    return page


def again(page: Page, screen: str) -> None:
    """F5."""
    page.reload()
    shown(page, screen)


def draft(page: Page, value: str) -> None:
    """A draft of one clause with a value that is kept."""
    page.get_by_label("Ajouter un kit ou une clause").select_option(CLAUSE)
    page.get_by_label(FIELD).fill(value)
    expect(page.locator("#apercu .champ-d", has_text=value)).to_be_visible()
    expect(page.locator("#etat-du-projet")).to_contain_text("Gardé à")


def dropped(page: Page, field: str, name: str, data: bytes) -> None:
    page.locator(field).set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": data}
    )


class Moments:
    """The eleven, in the order in which they are tried."""

    def __init__(self, context: BrowserContext, server: Server) -> None:
        self._context, self._server = context, server
        self.held: dict[str, str] = {}

    def _try(self, moment: str, do: Callable[[], None]) -> None:
        began, why = time.monotonic(), ""
        try:
            do()
        except (AssertionError, Error) as failure:
            why = " ".join(str(failure).split())[:300]
        self.held[moment] = why
        print(
            f"{len(self.held):>2} {'tient' if not why else 'PERDU':<6}{time.monotonic() - began:6.1f} s  {moment}"
            + (f"\n      {why}" if why else ""),
            flush=True,
        )

    def all(self) -> None:
        """Tries them."""
        context, url = self._context, self._server.url
        asking = opened(context, url)
        self._try("question, à demi tapée : F5", lambda: self._half_typed(asking))
        self._try("question, à demi tapée : page quittée, puis retour", lambda: self._left_and_back(asking))
        self._try("question, réponse en cours : F5", lambda: self._answer_under_way(asking))
        drafting = opened(context, url, "Rédaction")
        self._try("rédaction, valeur tapée à l'instant : F5", lambda: self._typed_just_now(drafting))
        self._try("rédaction, page quittée, puis retour", lambda: self._draft_left_and_back(drafting))
        self._try("rédaction, deux onglets sur un projet", lambda: self._two_tabs(drafting))
        reviewing, summarising = opened(context, url, "Contrôle"), opened(context, url, "Synthèses")
        asking.get_by_label("Votre question").fill(LOTS)
        asking.get_by_role("button", name="Envoyer", exact=True).click()
        reviewing.locator("#controle-jour").fill("01/04/2026")
        dropped(reviewing, "#controle-fichiers", "CCAP.md", UNLAWFUL.encode())
        dropped(summarising, "#synthese-fichiers", FRAMEWORK.name, FRAMEWORK.read_bytes())
        summarising.locator("#syntheses li").first.wait_for()
        self._server.kill()
        drafting.get_by_label(FIELD).fill("18")
        expect(drafting.locator("#annonce")).to_contain_text("ne répond plus")
        self._server.start()
        self._try("rédaction, tapée pendant que le serveur est tué", lambda: self._typed_while_gone(drafting))
        self._try("question, posée au moment où le serveur est tué", lambda: self._asked_when_killed(asking))
        self._try("contrôle, serveur tué pendant la lecture", lambda: self._review_killed(reviewing))
        self._try("synthèse, serveur tué pendant la lecture", lambda: self._summary_killed(summarising))
        self._try("deux onglets, une question dans chacun, puis F5", lambda: self._asked_in_two(asking))

    def _half_typed(self, page: Page) -> None:
        page.get_by_label("Votre question").fill(CLOUD_ACT)
        page.get_by_label("Droit en vigueur le").fill("01/05/2026")
        again(page, "Questions")
        self._still_typed(page)

    def _left_and_back(self, page: Page) -> None:
        page.goto("about:blank")
        page.go_back()
        shown(page, "Questions")
        self._still_typed(page)
        page.get_by_label("Droit en vigueur le").fill("")

    def _answer_under_way(self, page: Page) -> None:
        page.get_by_label("Votre question").press("Enter")
        again(page, "Questions")
        page.locator("#fil .avis").first.wait_for(state="attached")
        expect(page.locator("#fil .tour h3")).to_contain_text(CLOUD_ACT)
        expect(page.get_by_label("Votre question")).to_have_value("")
        page.get_by_role("button", name="Nouvelle conversation").click()
        expect(page.locator("#fil .tour")).to_have_count(0)

    def _still_typed(self, page: Page) -> None:
        expect(page.get_by_label("Votre question")).to_have_value(CLOUD_ACT)
        expect(page.get_by_label("Droit en vigueur le")).to_have_value("01/05/2026")

    def _typed_just_now(self, page: Page) -> None:
        draft(page, "7")
        page.get_by_label(FIELD).fill("6")
        again(page, "Rédaction")
        expect(page.get_by_label(FIELD)).to_have_value("6")

    def _draft_left_and_back(self, page: Page) -> None:
        page.get_by_label(FIELD).fill("9")
        page.goto("about:blank")
        page.go_back()
        shown(page, "Rédaction")
        expect(page.get_by_label(FIELD)).to_have_value("9")

    def _two_tabs(self, page: Page) -> None:
        other = opened(self._context, self._server.url, "Rédaction")
        if other.locator("#projets details:not([open])").count():
            other.locator("#projets summary").click()
        other.locator("#projets .conversation").first.click()
        other.get_by_label(FIELD).fill("24")
        expect(other.locator("#apercu .champ-d", has_text="24")).to_be_visible()
        page.get_by_label(FIELD).fill("36")
        expect(page.locator("#etat-du-projet")).to_contain_text("modifié dans un autre onglet")
        page.get_by_role("button", name="Voir les versions").click()
        expect(page.locator("#choix .versions")).to_contain_text("24")
        expect(page.get_by_label(FIELD)).to_have_value("36")
        other.close()

    def _typed_while_gone(self, page: Page) -> None:
        expect(page.locator("#apercu .champ-d", has_text="18")).to_be_visible()
        again(page, "Rédaction")
        expect(page.get_by_label(FIELD)).to_have_value("18")

    def _asked_when_killed(self, page: Page) -> None:
        page.locator("#fil .avis").first.wait_for(state="attached")
        expect(page.locator("#fil .tour h3")).to_contain_text(LOTS)
        again(page, "Questions")
        page.locator("#conversations .conversation").first.click()
        expect(page.locator("#fil .tour h3").first).to_contain_text(LOTS)

    def _review_killed(self, page: Page) -> None:
        """The file is on the user's disk: what he typed stays, and where the file is not there any more it is said."""
        page.locator("#constats .constat, #controle-suivi [role=alert]").first.wait_for()
        expect(page.locator("#controle-jour")).to_have_value("01/04/2026")
        dropped(page, "#controle-fichiers", "CCAP.md", UNLAWFUL.encode())
        page.locator("#constats .constat").first.wait_for()

    def _summary_killed(self, page: Page) -> None:
        again(page, "Synthèses")
        if page.locator("#syntheses").get_by_role("button", name="Reprendre").count():
            page.locator("#syntheses").get_by_role("button", name="Reprendre").first.click()
            page.locator("#synthese-suivi .succes").wait_for()
        page.locator("#syntheses").get_by_role("button", name="Ouvrir").first.click()
        expect(page.locator("#synthese .marque").first).to_be_visible()

    def _asked_in_two(self, page: Page) -> None:
        other = opened(self._context, self._server.url)
        for tab, question in ((page, "Qu'est-ce qu'un accord-cadre ?"), (other, CLOUD_ACT)):
            tab.get_by_role("button", name="Nouvelle conversation").click()
            expect(tab.locator("#fil .tour")).to_have_count(
                0
            )  # a question sent before it has come joins the conversation that was open
            tab.get_by_label("Votre question").fill(question)
            tab.get_by_label("Votre question").press("Enter")
        for tab in (page, other):  # both, before either is loaded again: a list is drawn as the page opens
            tab.locator("#fil .avis").first.wait_for(state="attached")
        for tab in (page, other):
            again(tab, "Questions")
            expect(tab.locator("#conversations .conversation")).to_have_count(4)
        other.close()


def main(home: Path) -> int:
    """Tries the eleven over a copy of a home's index. Returns how many did not hold."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        copy = Path(folder)
        shutil.copytree(home / "library", copy / "library")
        (copy / "models").symlink_to((home / "models").resolve())
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        expect.set_options(timeout=PATIENCE_MS)
        server = Server(copy)
        try:
            server.start()
            moments = Moments(browser.new_context(locale="fr-FR"), server)
            moments.all()
        finally:
            server.kill()
            with suppress(Error):
                browser.close()
    lost = sum(bool(why) for why in moments.held.values())
    print(f"{len(moments.held) - lost} sur {len(moments.held)}")
    return lost


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1])))
