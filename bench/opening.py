"""Pages opened while questions run: how many never come, fail in a script or answer nothing. ``python -m bench.opening HOME [PAGES]`` (200; an index, copied).

Four people keep asking, each his own question as soon as the last is answered. Meanwhile pages are opened in Chromium, each in a context of its own as a new
visitor's browser would, and each is tried: another screen is chosen, and what that screen shows has to come from the server.
"""

import os
import shutil
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Error, sync_playwright

from assistant.evaluation import question_sets
from assistant.shipped import CORPUS
from bench.attack.person import Person
from bench.page import answered, served
from training.browser import CHROMIUM

PAGES, ASKING = 200, 4
PATIENCE_MS = 120_000


@contextmanager
def load(url: str) -> Iterator[list[int]]:
    """People who keep asking; how many answers they were given, so far."""
    asked = [row["question"] for row in question_sets.read(CORPUS / "questions" / "recherche.jsonl")]
    over, count = threading.Event(), [0]

    def ask(first: int) -> None:
        person = Person(url, "")
        person.open()
        for number in range(first, sys.maxsize, ASKING):
            if over.is_set():
                return
            thread, _ = answered(person, asked[number % len(asked)])
            count[0] += 'class="position' in thread
            if number % 20 == 0:
                person.open()  # a new conversation

    people = [threading.Thread(target=ask, args=(first,)) for first in range(ASKING)]
    for one in people:
        one.start()
    try:
        yield count
    finally:
        over.set()
        for one in people:
            one.join()


def opened(browser: Browser, url: str) -> tuple[float, str]:
    """How many seconds a page took to be ready, and why it was lost; empty: it was not."""
    context = browser.new_context(locale="fr-FR")
    page, failures = context.new_page(), list[str]()
    page.set_default_timeout(PATIENCE_MS)
    page.on("pageerror", lambda failure: failures.append(str(failure)))
    began = time.monotonic()
    try:
        page.goto(url)
        page.locator("html[data-ready]").wait_for(state="attached")
        took = time.monotonic() - began
        page.get_by_label("Votre question").wait_for()
        page.get_by_role("tab", name="Contrôle").click()
        page.get_by_role("heading", name="Contrôler un projet ou un dossier").wait_for()
        return took, failures[0] if failures else ""
    except Error as error:
        return time.monotonic() - began, error.message.splitlines()[0]
    finally:
        context.close()


def main(home: Path, pages: int = PAGES) -> int:
    """Opens the pages. Returns how many were lost."""
    lost, times = 0, list[float]()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        copy = Path(folder)
        shutil.copytree(home / "library", copy / "library")
        (copy / "models").symlink_to((home / "models").resolve())
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        with served(copy) as server, load(server.url) as count:
            while not count[0]:  # the models are loaded
                time.sleep(0.5)
            for number in range(1, pages + 1):
                took, why = opened(browser, server.url)
                times.append(took)
                lost += bool(why)
                if why or number % 20 == 0:
                    print(
                        f"{number:>4} pages, {lost} perdues, {count[0]} réponses, charge {os.getloadavg()[0]:.0f} {why}",
                        flush=True,
                    )
        browser.close()
    print(
        f"{lost} perdues sur {pages} ; prête en {statistics.median(times):.1f} s (médiane), {max(times):.1f} s au plus ; {count[0]} réponses pendant ce temps"
    )
    return lost


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1]), *map(int, sys.argv[2:3])))
