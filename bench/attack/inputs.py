"""Hostile files, indexed in batches as a user would, a part of them reviewed and summarised: what each batch did wrong."""

import json
import os
import re
import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from assistant.reading import SUPPORTED
from assistant.reading.archives import SUFFIXES
from bench.attack import hostile
from bench.attack.commands import Ran, home_in, run
from bench.attack.hostile import Hostile
from bench.attack.material import MADE, SURE

BATCH = 50
# One batch in this many is reviewed and summarised too: the readers are the same, what comes after them is not.
REVIEWED = 10
# A worker has 2 GB (`isolation.MEMORY_BYTES`) and what its parent takes of its answer; the command itself holds the models and one document.
MOST_MIB, MOST_MIB_OF_A_READER = 1_500.0, 2_200.0
# One file has a minute without a sign (`isolation.SECONDS`) and OCR more; a batch of 50 that takes ten has been held up.
MOST_SECONDS = 600.0
# What a reader says that a file brought down: the run goes on, but a message that names the fault would be better.
_CAUGHT = ("en défaut", "a fait planter", "demande trop de mémoire", "a été abandonnée")
_TRACE = re.compile(r"Traceback \(most recent call last\)|^\w*(?:Error|Exception)\b.*$", re.MULTILINE)
_ENGLISH = re.compile(r"\b(?:the|is not|cannot|failed|invalid|unexpected|not found|error)\b", re.IGNORECASE)
_COMMANDS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\ud800-\udfff]")  # of a terminal
_FRENCH_END = re.compile(r"[.!?]\s*$")


@dataclass
class Judged:
    """What was seen over all batches. ``faults`` are sentences, each with the batch and the file; ``caught`` counts readers that broke and were said."""

    files: int = 0
    refused: int = 0
    read: int = 0
    faults: list[str] = field(default_factory=list)
    caught: Counter[str] = field(default_factory=Counter)
    caught_files: list[str] = field(default_factory=list)
    messages: Counter[str] = field(default_factory=Counter)
    longest: float = 0.0
    peaks: tuple[float, float] = (0.0, 0.0)

    def to_json(self) -> dict[str, Any]:
        """For a program."""
        return {**vars(self), "caught": dict(self.caught), "messages": dict(self.messages.most_common(60))}


class Attack:
    """The files of one run: everything lies under ``root``, where nothing but the home may change."""

    def __init__(self, root: Path, home: Path) -> None:
        self.root, self.home, self.judged = root, home, Judged()
        self.folders = {
            name: root / name for name in ("entrees", "temporaire", "utilisateur", "ici", "sorties")
        }
        for folder in self.folders.values():
            folder.mkdir(parents=True)
        self.secret = root / "dehors" / "secret.txt"
        self.secret.parent.mkdir()
        self.secret.write_text("Le mot de passe est ZQSECRETZQ.", encoding="utf-8")
        self.markers: list[str] = []

    def batch(self, number: int, files: Sequence[Hostile]) -> None:
        """Indexes some hostile files with honest neighbours; judges it; reviews and summarises them where it is their turn."""
        folder = self.folders["entrees"] / f"lot{number:03}"
        hostile.write(list(files), folder)
        if number == 0:
            hostile.mislead(folder / "pieges", self.secret)
        neighbours = []
        for place, ending in enumerate((SURE[number % len(SURE)], SURE[(number + 5) % len(SURE)])):
            neighbours.append(f"voisin{number}x{place}")
            (folder / f"~{neighbours[-1]}{ending}").write_bytes(MADE[ending](neighbours[-1]))
        before = self._seen()
        ran = self._run("index", folder, "--collection", "attaque", "--json")
        said = self._judge(f"index of batch {number}", ran)
        if said is not None:
            self._account(number, files, said)
            indexed = [one["file"] for one in said["added"]] + said["unchanged"]
            lost = [one for one in neighbours if not any(one in origin for origin in indexed)]
            self._fault(bool(lost), f"batch {number}: honest neighbours lost: {lost}")
        self.markers += neighbours
        if number % REVIEWED == 0:
            self._judge(f"check of batch {number}", self._run("check", folder, "--json"))
            self._judge(
                f"summarise of batch {number}",
                self._run("summarise", folder, "--out", self.folders["sorties"] / str(number), "--json"),
            )
            shutil.rmtree(self.folders["sorties"])
            self.folders["sorties"].mkdir()
        self._fault(
            self._seen() != before,
            f"batch {number}: written outside of the home: {sorted(self._seen() ^ before)[:5]}",
        )
        shutil.rmtree(folder)

    def end(self) -> None:
        """What stays once all is done: the index in order, the honest files found, nothing of the machine taken in."""
        ran = self._run("doctor", "--deep", "--json")
        checks = json.loads(ran.out) if ran.out.startswith("[") else []
        wrong = [
            check["name"] + " : " + check["detail"]
            for check in checks
            if not (check["ok"] or check["optional"])
        ]
        self._fault(not checks or bool(wrong), f"doctor --deep: {wrong or ran.err[-500:]}")
        held = self._run("sources", "--json")
        self._fault(held.code != 0, f"sources: {held.err[-500:]}")
        for marker in self.markers[:: max(1, len(self.markers) // 10)]:
            found = self._run("search", marker, "--limit", "3", "--json")
            self._fault(marker not in found.out, f"« {marker} » is not found any more")
        searched = self._run("search", "mot de passe ZQSECRETZQ", "--limit", "50", "--json")
        self._fault("ZQSECRETZQ" in searched.out, "a link out of the folder was followed")

    def _run(self, *arguments: object) -> Ran:
        environment = {
            "TMPDIR": str(self.folders["temporaire"]),
            "XDG_DATA_HOME": str(self.folders["utilisateur"]),
        }
        return run(
            self.home, arguments, seconds=MOST_SECONDS * 1.5, cwd=self.folders["ici"], environment=environment
        )

    def _judge(self, what: str, ran: Ran) -> dict[str, Any] | None:
        judged = self.judged
        judged.longest = max(judged.longest, ran.seconds)
        judged.peaks = (max(judged.peaks[0], ran.peaks[0]), max(judged.peaks[1], ran.peaks[1]))
        self._fault(ran.code not in (0, 1), f"{what}: exit code {ran.code}: {ran.err[-800:]}")
        self._fault(bool(_TRACE.search(ran.err)), f"{what}: {_TRACE.findall(ran.err)[-1:]} {ran.err[-800:]}")
        self._fault(
            bool(_COMMANDS.search(ran.err)),
            f"{what}: what is said commands the terminal: {_COMMANDS.findall(ran.err)[:5]!r}",
        )
        self._fault(ran.seconds > MOST_SECONDS, f"{what}: {ran.seconds:.0f} s")
        self._fault(
            ran.peaks[0] > MOST_MIB or ran.peaks[1] > MOST_MIB_OF_A_READER,
            f"{what}: {ran.peaks[0]:.0f} MiB, a reader {ran.peaks[1]:.0f} MiB",
        )
        print(
            f"{what}: {ran.seconds:.0f} s, {ran.peaks[0]:.0f} and {ran.peaks[1]:.0f} MiB, exit {ran.code}",
            flush=True,
        )
        try:
            value = json.loads(ran.out)
        except ValueError:
            self._fault(True, f"{what}: no JSON: {ran.out[-300:]!r} {ran.err[-500:]}")
            return None
        for failure in value.get("failures", []) if isinstance(value, dict) else []:
            self._judge_message(what, failure)
        return value if isinstance(value, dict) else {}

    def _judge_message(self, what: str, failure: dict[str, str]) -> None:
        message, hint = failure["message"], failure["hint"]
        plain = re.sub(r"« .*? »", "«»", message, flags=re.DOTALL)
        self.judged.messages[re.sub(r"\d+", "0", plain)[:110]] += 1
        for words in _CAUGHT:
            if words in plain:
                self.judged.caught[words] += 1
                self.judged.caught_files.append(f"{what}: {failure['origin'][-120:]}: {message[-160:]}")
        wrong = "«" not in message or not _FRENCH_END.search(message) or not hint or _ENGLISH.search(plain)
        self._fault(bool(wrong), f"{what}: a message that is none: {message!r} {hint!r}")

    def _account(self, number: int, files: Sequence[Hostile], said: dict[str, Any]) -> None:
        """Each hostile file was read, refused or left aside, and it is said which."""
        read = [one["file"] for one in said["added"]] + said["unchanged"]
        refused, skipped = [one["origin"] for one in said["failures"]], said["skipped"]
        for one in files:
            place = f"lot{number:03}{os.sep}{one.number:04}{os.sep}"
            counts = [sum(place in origin for origin in origins) for origins in (read, refused, skipped)]
            self.judged.files += 1
            self.judged.read += counts[0] > 0
            self.judged.refused += counts[1] > 0
            empty = one.data.startswith(b"PK") or one.way.startswith(
                (".tar", ".tgz", ".zip")
            )  # an archive of nothing that is read
            aside = (
                one.name.startswith((b".", b"~$"))
                or Path(os.fsdecode(one.name)).suffix.lower() not in SUPPORTED | SUFFIXES
            )
            self._fault(
                not any(counts) and not empty and not aside,
                f"batch {number}: lost without a word: {one.number} {one.way} {one.name!r}",
            )

    def _seen(self) -> frozenset[str]:
        """Every file outside of the home and of what is indexed, and the places where names that lead out would lie."""
        inside = {
            str(path.relative_to(self.root))
            for name, folder in self.folders.items()
            if name != "entrees"
            for path in folder.rglob("*")
        }
        beside = {
            str(path)
            for path in (
                *self.root.iterdir(),
                *self.folders["entrees"].iterdir(),
                *self.secret.parent.iterdir(),
            )
        }
        out = {
            str(path)
            for path in (
                Path("/etc/hors.txt"),
                Path("/tmp/hors.txt"),
                Path.home() / "hors.txt",
                Path("/hors.txt"),
                Path("hors"),
            )
            if path.exists()
        }
        return frozenset(inside | beside | out)

    def _fault(self, there: bool, said: str) -> None:
        if there:
            self.judged.faults.append(said)
            print(f"FAULT {said}", flush=True)


def attacked(root: Path, *, count: int, seed: int, batch: int = BATCH, home: Path | None = None) -> Judged:
    """Indexes ``count`` hostile files under ``root``, an empty folder; ``home``, where given, is used as it is."""
    attack = Attack(root, home or home_in(root))
    for number, files in enumerate(_batches(hostile.made(count, seed), batch)):
        attack.batch(number, files)
    attack.end()
    return attack.judged


def _batches(files: Iterator[Hostile], size: int) -> Iterator[list[Hostile]]:
    while some := list(islice(files, size)):
        yield some
