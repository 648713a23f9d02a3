"""The page: how soon it and an answer are seen, ten people who ask at once, the memory over 400 questions. ``python -m bench.page [HOME]``.

With a home, its index is copied; without, ``corpus/`` is indexed for the occasion. People are spoken for as their browser would: the same addresses, the same
events, each signed in under a name of his own.
"""

import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
from playwright.sync_api import sync_playwright

from assistant.evaluation import question_sets
from assistant.settings import load
from assistant.shipped import CORPUS
from assistant.site.rights import Role
from assistant.site.users import Users
from assistant.workspace import Workspace
from bench.attack.person import SECRET, Person
from bench.embedding import Row
from training.browser import CHROMIUM

PEOPLE, QUESTIONS, PAINTS = 10, 400, 5
PATIENCE = 600.0
# What is wished for, in seconds: the ratio of a row is to it.
WANTED_PAINT, WANTED_WORDS = 0.15, 0.3


@dataclass(frozen=True)
class Server:
    url: str
    pid: int

    def memory(self, kind: str) -> float:
        """MiB that the process holds: of its own (``RssAnon``), or pages of files that the system may take back (``RssFile``)."""
        lines = Path(f"/proc/{self.pid}/status").read_text().splitlines()
        return int(next(line for line in lines if line.startswith(f"{kind}:")).split()[1]) / 1024


def answered(person: Person, question: str) -> tuple[str, float]:
    """The HTML of the thread once the answer to a question is whole, and when it was."""
    return person.do("composer", "demander", question=question, jour="").parts["fil"], time.perf_counter()


def run() -> tuple[Row, ...]:
    """Over ``corpus/`` alone."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        (home / "models").symlink_to(load().models)
        workspace = Workspace(home)
        workspace.index([CORPUS], collection="corpus")
        workspace.close()
        return tuple(measured(home))


def measured(home: Path) -> Iterator[Row]:
    asked = [row["question"] for row in question_sets.read(CORPUS / "questions" / "recherche.jsonl")]
    with served(home) as server:
        yield from first_seen(server, asked)
    users = Users(home)
    for number in range(PEOPLE):
        users.add(f"agent{number}", Role.READER, SECRET)
    with served(home) as server:
        people = [Person(server.url, f"agent{number}") for number in range(PEOPLE)]
        for person in people:
            person.open()
        answered(people[0], asked[-1])  # the models are loaded
        yield from at_once(people, asked)
        yield from over_time(server, people, asked)


def at_once(people: Sequence[Person], asked: Sequence[str]) -> Iterator[Row]:
    """Each asks his own question, all at once."""
    start = time.perf_counter()
    with ThreadPoolExecutor(len(people)) as pool:
        answers = list(pool.map(answered, people, asked))
    texts, times = [text for text, _ in answers], [when for _, when in answers]
    right = sum(
        shown(question) in text and 'class="position' in text
        for question, text in zip(asked, texts, strict=False)
    )
    strangers = sum(
        shown(other) in text
        for place, text in enumerate(texts)
        for at, other in enumerate(asked[: len(people)])
        if at != place
    )
    yield Row("people who asked at once and were answered", right, f"of {len(people)}", None)
    yield Row("questions of others seen", strangers, "", None)
    yield Row("the last of them waited", max(times) - start, "s", None)


def over_time(server: Server, people: Sequence[Person], asked: Sequence[str]) -> Iterator[Row]:
    """One question after the other, each person's conversation growing."""
    held = {}
    for number in range(1, QUESTIONS + 1):
        person = people[number % len(people)]
        answered(person, asked[number % len(asked)])
        if number % 50 == 0:
            held[number] = server.memory("RssAnon")
            files = server.memory("RssFile")
            yield Row(
                f"memory of the server after {number} questions (and {files:.0f} MiB of files)",
                held[number],
                "MiB",
                held[number] / held[50],
            )


# From Enter to the first claim, extract or position of the answer, as the page sees it: in seconds.
FIRST_WORDS = """(question) => new Promise((done) => {
  const field = document.getElementById('question'), began = performance.now(), thread = document.getElementById('fil');
  new MutationObserver((_, self) => {
    if (!thread.querySelector('.reponse > li, .textes > li, .position')) return;
    self.disconnect();
    done((performance.now() - began) / 1000);
  }).observe(thread, { childList: true, subtree: true });
  field.value = question;
  field.form.requestSubmit();
})"""


def first_seen(server: Server, asked: Sequence[str]) -> Iterator[Row]:
    """The first paint, and the first words of an answer: the first of each loads, and is left out."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        page.set_default_timeout(PATIENCE * 1000)
        paints, words = list[float](), list[float]()
        for question in asked[: PAINTS + 1]:
            page.goto(server.url)
            page.get_by_label("Votre question").wait_for()
            paints.append(
                page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime") / 1000
            )
            words.append(page.evaluate(FIRST_WORDS, question))
        browser.close()
    for what, spent, wanted in (
        ("first paint", paints[1:], WANTED_PAINT),
        ("first words of an answer", words[1:], WANTED_WORDS),
    ):
        name = f"{what}, warm, median of {PAINTS} ({min(spent):.2f} to {max(spent):.2f}; load {os.getloadavg()[0]:.0f} on {os.cpu_count()})"
        yield Row(name, statistics.median(spent), "s", statistics.median(spent) / wanted)


@contextmanager
def served(home: Path) -> Iterator[Server]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "assistant", "--home", str(home), "serve", "--port", str(port)],
        stdout=subprocess.DEVNULL,
    )
    url = f"http://127.0.0.1:{port}"
    try:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and process.poll() is None:
            try:
                httpx.get(url, timeout=5, follow_redirects=True).raise_for_status()
                break
            except httpx.HTTPError:
                time.sleep(0.3)
        yield Server(url, process.pid)
    finally:
        process.terminate()
        process.wait()


def shown(question: str) -> str:
    """A question as it stands in HTML."""
    return question.replace("&", "&amp;").replace("<", "&lt;").replace("'", "&#x27;").replace('"', "&quot;")


def main(home: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(home / "library", Path(folder) / "library")
        (Path(folder) / "models").symlink_to((home / "models").resolve())
        if (home / "settings.toml").is_file():
            shutil.copy(home / "settings.toml", folder)
        for row in measured(Path(folder)):
            ratio = "" if row.ratio is None else f"  ×{row.ratio:.2f}"
            print(f"{row.name:<90} {row.value:>10.3f} {row.unit}{ratio}", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1])) if len(sys.argv) > 1 else print(*run(), sep="\n")
