"""The log of a real server of people who ask, stop, leave, reload and close: nothing of gradio's insides, no traceback."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.conftest import ROOT
from tests.page.conftest import Served, free_port, home_beside, open_screen, ready, wait_for, watched
from tests.page.test_questions import CLOUD_ACT, LOTS, ask, send
from tests.page.test_review_and_summaries import tender

pytestmark = [pytest.mark.browser, pytest.mark.models]


def test_who_stops_leaves_or_reloads_leaves_no_error_in_the_log_nor_does_the_end(
    browser: Browser, served: Served, tmp_path: Path
) -> None:
    home, port, log, held = (
        home_beside(served.home, tmp_path / "home"),
        free_port(),
        tmp_path / "server.log",
        tmp_path / "held",
    )
    command = [sys.executable, "-m", "tests.held", "--home", str(home), "serve", "--port", str(port)]
    with log.open("wb") as written:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=os.environ | {"HELD_BY": str(held)},
            stdout=written,
            stderr=subprocess.STDOUT,
        )
        try:
            url = f"http://127.0.0.1:{port}"
            wait_for(url, process)
            held.touch()
            with watched(browser, url) as page:  # stops at work, then asks
                send(page, CLOUD_ACT)
                page.get_by_role("button", name="Arrêter").click()
                expect(page.get_by_text("Réponse arrêtée à votre demande.")).to_be_visible()
                held.unlink()
                ask(page, LOTS)
            leaving = browser.new_page()  # leaves while an answer is made
            leaving.goto(url)
            ready(leaving)
            held.touch()
            send(leaving, CLOUD_ACT)
            expect(leaving.locator("#fil .travail")).to_be_visible()
            leaving.close()
            held.unlink()
            with watched(
                browser, url
            ) as page:  # reloads while an answer is made, then while a folder is read
                held.touch()
                send(page, LOTS)
                expect(page.locator("#fil .travail")).to_be_visible()
                page.reload()
                ready(page)
                open_screen(page, "Synthèses")
                page.locator("#synthese-dossier").set_input_files(tender(tmp_path / "Voirie", 6))
                expect(page.locator("#synthese-suivi").get_by_role("progressbar")).to_be_visible()
                page.reload()
                ready(page)
                held.unlink()
            staying = browser.new_page()  # has the page open when the server is stopped
            staying.goto(url)
            ready(staying)
            ask(staying, LOTS)
            process.terminate()
            assert process.wait(60) in (0, -15)
            staying.close()
        finally:
            process.kill()
            process.wait()
    assert log.read_text(encoding="utf-8").splitlines() == [f"Page ouverte sur {url} (Ctrl+C pour l'arrêter)"]
