"""``python -m bench.cluster``: many people on several replicas behind nginx, one replica killed in the middle, the database restarted once.

Everything is real: PostgreSQL, nginx under ``packaging/nginx/assistant-plusieurs.conf``, ``assistant serve``, pages spoken to as browsers do. Whoever is told
that something failed opens the page again, looks whether the answer is kept, and asks again where it is not. At the end, what is kept in the database is read:
each question once, in a conversation of whoever asked it.

``--minutes`` ends the asking earlier; ``--replicas 1 --undisturbed`` gives what one process does, to compare with.
"""

import argparse
import json
import os
import random
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from assistant.index.opened import database
from assistant.settings import load
from assistant.shipped import CORPUS
from assistant.site.conversations import Conversations
from assistant.site.journal import Journal
from assistant.site.rights import Role
from assistant.site.users import Users
from assistant.workspace import Workspace
from bench.attack import commands
from bench.attack.person import SECRET, Person
from tests.postgres import Server, programs

ROOT = Path(__file__).resolve().parents[1]
NGINX = ROOT / "packaging" / "nginx" / "assistant-plusieurs.conf"
QUESTIONS = CORPUS / "questions" / "reponses.jsonl"
# A person who was told that something failed waits so long before he looks again, in seconds; and gives a question up after so many tries.
_PAUSE, _TRIES = 1.0, 40
_MARK = re.compile(r"agent\d+x\d+")
_CONVERSATION = re.compile(r'data-id="([^"]+)"')


@dataclass
class Told:
    """What was seen: seconds of each answer with all its tries, what failed on the way, what a page showed of another's, what was given up."""

    seconds: list[float] = field(default_factory=list)
    failures: Counter[str] = field(default_factory=Counter)
    leaks: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    answered: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def base(folder: Path) -> Iterator[Server]:
    """A server of PostgreSQL of its own."""
    found = programs()
    if found is None:
        raise SystemExit("PostgreSQL with pgvector is not installed (.ci/system-packages)")
    running = Server(folder, found, free_port(), connections=100)
    try:
        running.make()
        yield running
    finally:
        running.stop()


def filled(folder: Path, address: str, index: Path | None, people: Sequence[str]) -> None:
    """The index of a home (None: the sheets of the corpus) in the base, and the accounts."""
    home = index or commands.home_in(folder)
    if index is None:
        commands.run(home, ["index", CORPUS / "droit", "--collection", "droit"], seconds=3_600)
    with closing(Workspace(home)) as workspace:
        workspace.move(address)
    with closing(database(address)) as shared:
        users = Users(folder, shared)
        for name in people:
            users.add(name, Role.READER, SECRET)


def home_of(folder: Path, number: int, address: str, port: int) -> Path:
    home = folder / f"home-{number}"
    home.mkdir()
    (home / "models").symlink_to(load().models)
    (home / "settings.toml").write_text(
        f'store = "{address}"\nfiles = "{folder / "partage"}"\ntrusted_proxies = "127.0.0.1"\nown_address = "http://127.0.0.1:{port}"\n',
        encoding="utf-8",
    )
    (home / "settings.toml").chmod(0o600)
    return home


@contextmanager
def proxied(folder: Path, ports: Sequence[int]) -> Iterator[str]:
    """nginx before the replicas, under the file that is given with the program, without TLS: its address."""
    said = NGINX.read_text(encoding="utf-8")
    replicas = "".join(f"    server 127.0.0.1:{one} max_fails=1 fail_timeout=5s;\n" for one in ports)
    said = re.sub(r"(?:    server 10\.0\.0\.\d+:7860[^\n]*\n)+", replicas, said)
    assert said.count(f"127.0.0.1:{ports[0]}") == 1
    with nginx(folder, said) as url:
        yield url


@contextmanager
def nginx(folder: Path, said: str) -> Iterator[str]:
    """nginx under a file of sites that says TLS, without it: its address."""
    port = free_port()
    said = re.sub(r"\n    ssl_[^\n]*", "", said).replace("listen 443 ssl;", f"listen 127.0.0.1:{port};")
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};\n"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    written = folder / "nginx.conf"
    written.write_text(
        f"worker_processes 1;\npid {folder}/nginx.pid;\nevents {{ worker_connections 2048; }}\nhttp {{\naccess_log off;\n{temporary}{said}}}\n",
        encoding="utf-8",
    )
    process = subprocess.Popen(
        [
            shutil.which("nginx") or "/usr/sbin/nginx",
            "-c",
            str(written),
            "-e",
            str(folder / "nginx.log"),
            "-g",
            "daemon off;",
        ]
    )
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(30)


def opened(url: str, process: "subprocess.Popen[bytes]") -> None:
    def answers() -> bool:
        try:
            return process.poll() is not None or httpx.get(f"{url}/connexion", timeout=10).status_code == 200
        except httpx.HTTPError:
            return False

    if not commands.until(answers, 600) or process.poll() is not None:
        raise SystemExit(f"a replica did not open (exit code {process.poll()})")


def processor(pid: int) -> float:
    """Seconds of processor of a process so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class Asker:
    """Somebody who asks his questions one after the other, in one conversation."""

    def __init__(self, url: str, name: str, questions: Sequence[str], told: Told, end: float) -> None:
        self._url, self._name, self._questions, self._told = url, name, questions, told
        self._end = end
        self._person: Person | None = None
        self._conversation = ""

    def run(self) -> None:
        """Asks them all, or until the end."""
        for number, question in enumerate(self._questions):
            mark, begun = f"{self._name}x{number}", time.monotonic()
            if begun > self._end:
                return
            self._told.asked.append(mark)
            for again in range(_TRIES):
                try:
                    if (again and self._is_kept(mark)) or self._asked(f"{question} ({mark})", mark):
                        break
                except Exception as error:  # whatever it is, one looks again
                    with self._told.lock:
                        self._told.failures[
                            f"{type(error).__name__}: {re.sub(r'[0-9a-zA-Z_-]{16,}', '…', str(error))[:160]}"
                        ] += 1
                time.sleep(_PAUSE)
            else:
                self._told.lost.append(mark)
            with self._told.lock:
                self._told.answered += 1
                self._told.seconds.append(time.monotonic() - begun)

    def _page(self, *, anew: bool) -> Person:
        if self._person is None:
            self._person = Person(self._url, self._name)
            anew = True
        if anew:
            person = self._person
            if "connexion" in str(person._client.get("/").url):  # noqa: SLF001 - nobody knows him any more
                person.sign_in()
                self._told.failures["signed out"] += 1
            self._look(person.open().parts.get("fil", ""))
            if self._conversation:
                self._look(person.do("conversations", "choisir", id=self._conversation).parts["fil"])
        return self._person

    def _asked(self, question: str, mark: str) -> bool:
        person = self._page(anew=False)
        shown = person.do("composer", "demander", question=question).parts.get("fil", "")
        self._look(shown)
        if 'class="erreur"' in shown or mark not in shown:
            found = re.search(r'class="erreur".*?</div>', shown, re.DOTALL)
            raise RuntimeError("shown: " + re.sub(r"<[^>]+>", " ", found[0] if found else "nothing"))
        self._conversation = str(person._values.get("conversation", "")) or self._conversation  # noqa: SLF001 - what the browser carries
        return True

    def _is_kept(self, mark: str) -> bool:
        """Opens the page again and looks whether what was asked is there."""
        person = self._page(anew=True)
        listed = person.do("conversations", "chercher", mots=mark).parts["conversations"]
        if (found := _CONVERSATION.search(listed)) is None:
            return False
        self._conversation = found[1]
        shown = person.do("conversations", "choisir", id=self._conversation).parts["fil"]
        self._look(shown)
        return mark in shown

    def _look(self, shown: str) -> None:
        others = {mark for mark in _MARK.findall(shown) if mark.partition("x")[0] != self._name}
        if others:
            self._told.leaks.append(f"{self._name} was shown {sorted(others)[:3]}")


def kept(address: str, people: Sequence[str], asked: Sequence[str]) -> dict[str, Any]:
    """What is in the base at the end: questions kept once, twice, not at all, under another's name or with another's answer; the journal's chain."""
    seen, wrong = Counter[str](), []
    with closing(database(address)) as shared:
        conversations = Conversations(Path("/nonexistent"), shared=shared)
        for name in people:
            for one in conversations.listed(name):
                conversation = conversations.open(name, one.id)
                for turn in conversation.turns if conversation else ():
                    marks = _MARK.findall(turn.question)
                    seen.update(marks)
                    if [mark.partition("x")[0] for mark in marks] != [name] or " ".join(
                        turn.answer.question.split()
                    ) != turn.question:
                        wrong.append(f"{name}: {turn.question}")
        found = Journal(Path("/nonexistent"), shared=shared).verify()
    twice = sorted(mark for mark, times in seen.items() if times > 1)
    return {
        "once": sum(times == 1 for times in seen.values()),
        "twice": twice,
        "missing": sorted(set(asked) - set(seen)),
        "anothers": wrong,
        "journal": found.entries,
        "chain": found.fault is None,
    }


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.cluster", description=__doc__)
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--questions", type=int, default=20, help="of each person")
    parser.add_argument("--replicas", type=int, default=3)
    parser.add_argument("--undisturbed", action="store_true", help="nothing is killed, nothing restarted")
    parser.add_argument(
        "--index",
        type=Path,
        default=None,
        help="home whose index is copied into the base (left as it is); else the sheets of the corpus",
    )
    parser.add_argument("--minutes", type=float, default=1e6, help="no question is begun later")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    people = [f"agent{number}" for number in range(asked.people)]
    texts = [json.loads(line)["question"] for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]
    chance = random.Random(asked.seed)
    told = Told()
    with ExitStack() as held:
        folder = Path(held.enter_context(tempfile.TemporaryDirectory(prefix="grappe-", dir="/tmp")))
        folder.chmod(0o755)
        (folder / "base").mkdir()
        server = held.enter_context(base(folder / "base"))
        address = server.base()
        filled(folder, address, asked.index, people)
        ports = [free_port() for _ in range(asked.replicas)]
        log = held.enter_context((folder / "replicas.log").open("wb"))
        replicas = [
            commands.start(
                home_of(folder, number, address, port), ["serve", "--port", port], stdout=log, stderr=log
            )
            for number, port in enumerate(ports)
        ]
        for replica in replicas:
            held.callback(commands.end, replica)
        for port, replica in zip(ports, replicas, strict=True):
            opened(f"http://127.0.0.1:{port}", replica)
        url = held.enter_context(proxied(folder, ports))
        print(f"{asked.replicas} replicas open", file=sys.stderr, flush=True)
        begun, spent = time.monotonic(), [processor(replica.pid) for replica in replicas]
        askers = [
            Asker(
                url,
                name,
                [chance.choice(texts) for _ in range(asked.questions)],
                told,
                begun + 60 * asked.minutes,
            )
            for name in people
        ]
        threads = [threading.Thread(target=asker.run, daemon=True) for asker in askers]
        for thread in threads:
            thread.start()
        total, done = asked.people * asked.questions, [] if not asked.undisturbed else ["killed", "restarted"]
        while any(thread.is_alive() for thread in threads):
            time.sleep(0.5)
            share = max(told.answered / total, (time.monotonic() - begun) / (60 * asked.minutes))
            if share >= 1 / 3 and "killed" not in done:
                spent[0] = processor(replicas[0].pid) - spent[0]
                commands.end(replicas[0])
                done.append("killed")
                print(f"{told.answered} answered; a replica killed", file=sys.stderr, flush=True)
            if share >= 2 / 3 and "restarted" not in done:
                server.stop()
                time.sleep(2)
                server.start()
                done.append("restarted")
                print(f"{told.answered} answered; the database restarted", file=sys.stderr, flush=True)
        wall = time.monotonic() - begun
        used = [
            processor(replica.pid) - before if replica.poll() is None else before
            for replica, before in zip(replicas, spent, strict=True)
        ]
        found = kept(address, people, told.asked)
        said = (folder / "replicas.log").read_text(encoding="utf-8", errors="replace")
    ordered = sorted(told.seconds)
    median, p95 = (round(ordered[int(share * len(ordered))], 1) for share in (0.5, 0.95))
    result = {
        "people": asked.people,
        "questions": len(told.asked),
        "replicas": asked.replicas,
        "disturbed": not asked.undisturbed,
    }
    result |= found | {
        "shown_of_another": told.leaks,
        "given_up": told.lost,
        "told_that_it_failed": dict(told.failures),
    }
    result |= {
        "seconds": {"median": median, "p95": p95, "most": round(ordered[-1], 1)},
        "wall_seconds": round(wall),
    }
    result |= {
        "replicas_processor_seconds": [round(one, 1) for one in used],
        "load": os.getloadavg()[1],
        "log": said[-2_000:],
    }
    print(json.dumps(result, ensure_ascii=False, indent=1))
    return int(
        bool(
            found["twice"]
            or found["missing"]
            or found["anothers"]
            or not found["chain"]
            or told.leaks
            or told.lost
        )
    )


if __name__ == "__main__":
    sys.exit(main())
