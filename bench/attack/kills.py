"""The program killed at random moments, a hundred times over: what it had said is done is there, and the next run goes on."""

import contextlib
import json
import os
import random
import shutil
import subprocess
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zipfile import is_zipfile

from assistant.site.journal import Action, Journal
from assistant.workspace import Workspace
from bench.attack import commands
from bench.attack.commands import run
from bench.attack.killed_page import KilledPage
from bench.attack.material import MADE, SURE, text
from tests.summaries import made_tenders

# Of seven kills in turn: three of a command that asks, reviews, drafts or purges; two of an addition; one of the page, which takes the longest to open; one of
# a batch of summaries.
TURNS = ("command", "index", "command", "page", "command", "index", "summaries")
# Somebody who is purged again and again, and has left something each time.
_GONE = "revolu"
PATIENCE = 600.0
# After its parent is gone, a process that reads a file ends at its next word to it, or when its patience is over.
LEAVES_SECONDS = 90.0
_QUESTIONS = (
    "objet du marché",
    "prix fermes",
    "pénalité de retard",
    "localisation des moyens",
    "durée de la notification",
)
# What writers leave half written, by the endings that the program gives them.
_HALF = (".neuf", ".part", ".tmp", "-journal")


@dataclass
class Judged:
    """What was seen. ``killed`` counts kills by what was at work; ``left`` is how many half-written files stood after each kill, then once all is old."""

    killed: Counter[str] = field(default_factory=Counter)
    ended_before: int = 0
    acknowledged: Counter[str] = field(default_factory=Counter)
    left: list[int] = field(default_factory=list)
    left_once_old: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def fault(self, there: bool, said: str) -> None:
        """Notes what did not hold."""
        if there:
            self.faults.append(said)
            print(f"FAULT {said}", flush=True)

    def to_json(self) -> dict[str, Any]:
        """For a program."""
        return {**vars(self), "killed": dict(self.killed), "acknowledged": dict(self.acknowledged)}


class Attack:
    """One run under ``root``, which is empty: a home that is killed, and one that is not."""

    def __init__(self, root: Path, seed: int) -> None:
        self.root, self.chance, self.judged = root, random.Random(seed), Judged()
        self.home, self.calm = commands.home_in(root / "agitee"), commands.home_in(root / "calme")
        self.temporary = root / "temporaire"
        self.temporary.mkdir()
        self.environment = {"TMPDIR": str(self.temporary)}
        self.files: set[str] = set()  # what the index said that it holds
        self.folders: list[Path] = []
        self.durations = {
            "index": 6.0,
            "summaries": 8.0,
            "ask": 4.0,
            "check": 4.0,
            "draft": 3.0,
            "purge": 3.0,
        }
        self.tenders, self.summaries = root / "marches", dict[str, bytes]()
        made_tenders.write(self.tenders / "un", 1)
        made_tenders.write(self.tenders / "deux", 2)
        first = self._folder()
        self._indexed(first)
        self.page = KilledPage(
            self.home,
            self.environment,
            random.Random(f"{seed}-page"),
            self.judged.fault,
            self.judged.acknowledged,
        )
        self.summaries = self._summarised(root / "fiches-calmes")

    def kill(self, what: str) -> bool:
        """One kill of what is at work, and the next run; false where it had ended before."""
        turn: Callable[[], bool] = {
            "index": self._index,
            "summaries": self._summarise,
            "command": self._command,
            "page": self.page.kill,
        }[what]
        killed = turn()
        self.judged.killed[what] += killed
        self.judged.ended_before += not killed
        self.judged.left.append(len(self._halves()))
        self._journal(what)
        return killed

    def end(self) -> None:
        """The same answers as an index that was never killed gives; nothing half written once it is old enough to be nobody's; everything in order."""
        self.page.check()
        for folder in self.folders:
            run(
                self.calm,
                ["index", folder, "--collection", "essai"],
                seconds=PATIENCE,
                environment=self.environment,
            )
        for question in _QUESTIONS:
            self.judged.fault(
                self._found(self.home, question) != self._found(self.calm, question),
                f"« {question} » is not answered as by an index never killed",
            )
        for half in self._halves():
            with contextlib.suppress(OSError):
                os.utime(half, (time.time() - 2 * 3600,) * 2)
                for inner in half.rglob("*") if half.is_dir() else ():
                    os.utime(inner, (time.time() - 2 * 3600,) * 2)
        self._indexed(self._folder())
        self.page.check()
        self.judged.left_once_old = [str(half.relative_to(self.root)) for half in self._halves()]
        self.judged.fault(
            bool(self.judged.left_once_old), f"half-written files stay: {self.judged.left_once_old[:9]}"
        )
        doctor = run(self.home, ["doctor", "--deep", "--json"], seconds=PATIENCE)
        wrong = [one for one in json.loads(doctor.out or "[]") if not (one["ok"] or one["optional"])]
        self.judged.fault(not doctor.out or bool(wrong), f"doctor --deep: {wrong or doctor.err[-500:]}")

    # ---- index -------------------------------------------------------------------------------------------------------------------

    def _folder(self) -> Path:
        """Five new files of several formats."""
        number = len(self.folders)
        folder = self.root / "fichiers" / f"{number:03}"
        folder.mkdir(parents=True)
        for place in range(5):
            ending = SURE[(number * 5 + place) % len(SURE)]
            (folder / f"piece{number}x{place}{ending}").write_bytes(
                MADE[ending](f"l'essai {number} numéro {place}")
            )
        self.folders.append(folder)
        return folder

    def _index(self) -> bool:
        folder = self._folder()
        killed = self._killed(["index", folder, "--collection", "essai"], self.durations["index"])
        held = indexed(self.home)
        self.judged.fault(
            not self.files <= held, f"lost from the index by a kill: {sorted(self.files - held)[:5]}"
        )
        self._indexed(folder)
        return killed

    def _indexed(self, folder: Path) -> None:
        ran = run(
            self.home,
            ["index", folder, "--collection", "essai", "--json"],
            seconds=PATIENCE,
            environment=self.environment,
        )
        self.judged.fault(ran.code != 0, f"index after a kill: exit code {ran.code} {ran.err[-600:]}")
        said = json.loads(ran.out or '{"added": [], "unchanged": []}')
        files = {one["file"] for one in said["added"]} | set(said["unchanged"])
        lost = [
            path.name for path in folder.iterdir() if not any(file.startswith(str(path)) for file in files)
        ]
        self.judged.fault(bool(lost), f"not indexed after a kill: {lost}")
        self.judged.acknowledged["document"] += len(files)
        self.files |= files
        self.durations["index"] = 0.5 * self.durations["index"] + 0.5 * ran.seconds

    def _found(self, home: Path, question: str) -> list[str]:
        """The texts that a search finds. Their scores count words that are gone, until tantivy merges what it was written in: a hundredth apart after kills."""
        ran = run(
            home, ["search", question, "--collection", "essai", "--limit", "1000", "--json"], seconds=PATIENCE
        )
        return sorted(hit["text"] for hit in json.loads(ran.out or "[]"))

    # ---- summaries ---------------------------------------------------------------------------------------------------------------

    def _summarise(self) -> bool:
        out = self.root / "fiches"
        killed = self._killed(["summarise", self.tenders, "--out", out], self.durations["summaries"])
        made = self._summarised(out)
        self.judged.fault(
            made != self.summaries,
            f"summaries after a kill differ: {sorted(name for name in made if made[name] != self.summaries.get(name))[:5]}",
        )
        shutil.rmtree(out)
        return killed

    def _summarised(self, out: Path) -> dict[str, bytes]:
        ran = run(
            self.home,
            ["summarise", self.tenders, "--out", out],
            seconds=PATIENCE,
            environment=self.environment,
        )
        self.judged.fault(ran.code != 0, f"summaries after a kill: exit code {ran.code} {ran.err[-600:]}")
        self.judged.acknowledged["summary"] += 1
        self.durations["summaries"] = (
            max(self.durations["summaries"] * 0.5, ran.seconds)
            if not self.summaries
            else self.durations["summaries"]
        )
        return {
            str(path.relative_to(out)): path.read_bytes()
            for path in sorted(out.rglob("*.json"))
            if not path.name.startswith(".")
        }

    # ---- other commands ----------------------------------------------------------------------------------------------------------

    def _command(self) -> bool:
        """A question, a review, a draft or a purge, killed; done again it ends well, and what it writes is whole."""
        what = self.chance.choice(("ask", "check", "draft", "purge"))
        draft, contract = self.root / "projet.odt", self.root / "contrat.txt"
        contract.write_text(text("le nettoyage"), encoding="utf-8")
        arguments: dict[str, list[object]] = {
            "ask": ["ask", self.chance.choice(_QUESTIONS)],
            "check": ["check", contract, "--json"],
            "draft": ["draft", "chiffrement-donnees", "--out", draft],
            "purge": ["purge", "--user", _GONE, "--yes"],
        }
        Journal(self.home).record(_GONE, Action.ASK, question="Peut-on allotir ?")
        killed = self._killed(arguments[what], self.durations[what])
        self.judged.fault(draft.exists() and not is_zipfile(draft), f"half a draft after a kill of {what}")
        ran = run(self.home, arguments[what], seconds=PATIENCE, environment=self.environment)
        self.judged.fault(
            ran.code not in (0, 1, 3) or "Traceback" in ran.err,
            f"{what} after a kill: exit code {ran.code} {ran.err[-600:]}",
        )
        if what == "purge":
            left = [one for one in Journal(self.home).entries() if one.who == _GONE]
            self.judged.fault(
                bool(left), f"{len(left)} lines of the journal stay after a purge that was killed"
            )
        self.judged.fault(what == "draft" and not is_zipfile(draft), "no draft after a kill")
        draft.unlink(missing_ok=True)
        self.durations[what] = 0.5 * self.durations[what] + 0.5 * ran.seconds
        self.judged.acknowledged[what] += 1
        return killed

    # ---- of both -----------------------------------------------------------------------------------------------------------------

    def _killed(self, arguments: list[object], usual_seconds: float) -> bool:
        """Runs a command and kills it at a random moment of the time that it usually takes; whether it was there to be killed."""
        process = commands.start(
            self.home, arguments, self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        moment = self.chance.uniform(0.05, 1.0) * usual_seconds
        commands.until(lambda: process.poll() is not None, moment, 0.01)
        there = process.poll() is None
        left = commands.end(process)
        gone = commands.until(lambda: not commands.alive(left), LEAVES_SECONDS)
        self.judged.fault(
            not gone,
            f"processes of a killed command are at work after {LEAVES_SECONDS:.0f} s: {commands.alive(left)}",
        )
        return there

    def _journal(self, what: str) -> None:
        found = Journal(self.home).verify()
        self.judged.fault(
            found.fault is not None and not found.cut, f"the journal after a kill of {what}: {found}"
        )

    def _halves(self) -> list[Path]:
        """What is half written, or was for the time of a run."""
        inside = [
            path for path in self.home.rglob("*") if path.name.endswith(_HALF) and not path.is_symlink()
        ]
        deposits = self.home / "page" / "depots"
        # Gradio makes folders there that stay empty.
        beside = [path for path in self.temporary.rglob("*") if not path.is_dir()]
        return inside + beside + (list(deposits.iterdir()) if deposits.is_dir() else [])


def indexed(home: Path) -> frozenset[str]:
    """Where the documents of a home's index lie."""
    workspace = Workspace(home)
    try:
        return frozenset(origin for one in workspace.sources() for origin in one.origins)
    finally:
        workspace.close()


def attacked(root: Path, *, kills: int, seed: int, seconds: float) -> Judged:
    """Kills the program ``kills`` times under ``root``, an empty folder; fewer where ``seconds`` are over before."""
    attack = Attack(root, seed)
    done, end = 0, time.monotonic() + seconds
    while done < kills and time.monotonic() < end:
        what = TURNS[(done + attack.judged.ended_before) % len(TURNS)]
        done += attack.kill(what)
        print(
            f"{done} kills ({what}), {len(attack.judged.faults)} faults, {attack.judged.left[-1]} half-written files",
            flush=True,
        )
    attack.end()
    return attack.judged
