"""The journal of what was done: lines that are only ever added, each holding the SHA-256 of the one before.

``<home>/journal/2026-11.jsonl`` holds a month; the chain goes on from one file to the next. ``tete.jsonl`` holds the last line once more. It is written first:
a machine that stops between the two loses nothing, and a last line taken out of the month is missed like any other.

A line: ``{"n", "when", "who", "action", "question", "sources": [{"id", "work", "article"}], "position", "model", "version", "detail", "about", "previous"}``.

A purge replaces each run of lines by a tombstone, ``{"purged": [first, last], "previous", "hash"}``: the hash that the run's first line held, and that of its
last line, which the next line holds. So the chain is still followed from end to end, and nothing is left of what was said. That tombstones stand where a purge
put them, and nowhere else, is told by a line that the purge adds: it holds the SHA-256 of all the tombstones there are.

Where several machines serve the same people, the lines lie in their database, the head in a table of its own; the same chain, verified as files are: the lines
are copied to a folder, which is followed.

What it cannot tell: somebody who may write in the folder and makes the whole chain anew, its head included. Against that, note the head that
``assistant journal verify`` prints somewhere else, and give it back later (``--expect``).
"""

import hashlib
import json
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from enum import StrEnum
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from assistant.errors import JournalError, reason_of
from assistant.kept_answer import KeptAnswer
from assistant.site import private_files
from assistant.site.late_file import Shared
from assistant.sqlite_files import Tables

# What the first line holds in place of a hash.
GENESIS = "0" * 64
# A line takes some milliseconds; a purge of a year some seconds.
LOCK_SECONDS = 60.0
_MONTH = re.compile(r"\d{4}-\d{2}\.jsonl")
_HASH = re.compile(r"[0-9a-f]{64}")
_HEAD, _STAGED, _READY = "tete.jsonl", "purge", "pret"
_KEYS = (
    "n",
    "when",
    "who",
    "action",
    "question",
    "sources",
    "position",
    "model",
    "version",
    "detail",
    "about",
    "previous",
)


class Action(StrEnum):
    """What was done."""

    ASK = "question"
    SEARCH = "recherche"
    DRAFT = "rédaction"
    REVIEW = "contrôle"
    SUMMARISE = "synthèse"
    INDEX = "ajout à la bibliothèque"
    REMOVE = "retrait de la bibliothèque"
    SIGN_IN = "connexion"
    SIGN_IN_REFUSED = "connexion refusée"
    EXPORT = "export"
    DELETE = "suppression"
    USERS = "comptes"
    KEYS = "clés"
    KEY_REFUSED = "clé refusée"
    QUESTION = "ajout d'une question"
    GROUP = "regroupement de pièces"
    DUE = "échéance"
    PURGE = "purge"
    REGISTER = "registre de dépendances"


@dataclass(frozen=True, slots=True)
class Cited:
    """A source that was shown: its id, and its work and article where it is a rule."""

    id: str
    work: str | None = None
    article: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the journal. ``position`` is that of the answer; ``about`` the account that an administrator changed; ``hash`` that of the line."""

    number: int
    when: datetime
    who: str
    action: str
    question: str | None
    sources: tuple[Cited, ...]
    position: str | None
    model: str | None
    version: str
    detail: str | None
    about: str | None
    hash: str


@dataclass(frozen=True, slots=True)
class Fault:
    """Where the chain breaks: the file, the line in it (from 1), and why (French)."""

    file: str
    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Verification:
    """``entries`` lines that hold together and ``purged`` ones replaced by tombstones, up to ``head`` (None: empty) or to the first fault."""

    entries: int
    purged: int
    head: str | None
    fault: Fault | None
    met: bool = True  # whether the head that was expected stands in the chain
    cut: bool = False  # whether the fault is that a stop left the last line unwritten, or in part: the head has it, the next line ends it


class Journal:
    """The journal of a home. Any number of processes may add to it."""

    def __init__(
        self,
        home: Path,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        shared: Shared | None = None,
    ) -> None:
        """``shared``: where the lines lie instead of in files."""
        self._folder = home / "journal"
        self._clock, self._shared = clock, shared

    @property
    def folder(self) -> Path:
        """Where the files lie."""
        return self._folder

    # ---- adding -----------------------------------------------------------------------------------------------------------------

    def record(
        self,
        who: str,
        action: Action,
        *,
        question: str | None = None,
        answer: KeptAnswer | None = None,
        sources: Sequence[Cited] = (),
        detail: str | None = None,
        about: str | None = None,
    ) -> Entry:
        """Adds a line; it is on the disk when this returns.

        Args:
            who: the account.
            action: what was done.
            question: what was asked.
            answer: what was answered: its quoted sources, its position and its model are noted, not its words.
            sources: what was shown otherwise.
            detail: what else is worth noting (French).
            about: the account that was changed.

        Raises:
            ExportError: another process holds the journal for too long, or the disk refuses.
            JournalError: it was touched, or does not read.
        """
        values: dict[str, Any] = {
            "n": 0,
            "when": self._now().isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "who": who,
            "action": action.value,
            "question": question,
            "sources": [
                {"id": one.id, "work": one.work, "article": one.article}
                for one in dict.fromkeys((*(_cited(answer) if answer else ()), *sources))
            ],
            "position": answer.position.value if answer else None,
            "model": answer.model if answer else None,
            "version": program_version(),
            "detail": detail,
            "about": about,
            "previous": GENESIS,
        }
        if self._shared is not None:
            with self._shared.kept("journal", _TABLES, writing=True) as tables:
                return _entry(_appended(tables, values))
        with self._held():
            self._settle()
            return _entry(self._append(values))

    def _append(self, values: dict[str, Any]) -> bytes:
        line = _next_line(values, self._head())
        private_files.replace(self._folder / _HEAD, line + b"\n")
        self._write_line(line)
        return line

    def _write_line(self, line: bytes) -> None:
        private_files.append_line(self._file_of(line), line)

    def _file_of(self, line: bytes) -> Path:
        """The file of the line's month, or the last one there is, where the clock went back: files follow one another as the chain does."""
        files = self._files()
        name = str(json.loads(line)["when"])[:7] + ".jsonl"
        return files[-1] if files and files[-1].name > name else self._folder / name

    def _settle(self) -> None:
        """Ends what a stopped process had begun: a purge that was ready, a last line that is not whole."""
        staged = self._folder / _STAGED
        if (staged / _READY).exists():
            self._take_staged()
        elif staged.exists():
            shutil.rmtree(staged)
        if (cut := self._cut()) is not None:
            private_files.append(*cut)

    def _cut(self) -> tuple[Path, bytes] | None:
        """What a process that was stopped had still to write of the last line, and where; None: it is whole, or is not the one that the head holds."""
        head = self._head()
        if head is None:
            return None
        path = self._file_of(head)
        whole = head + b"\n"
        tail = _tail(path, len(whole) + 1) if path.exists() else b""
        if tail.endswith(whole) and tail in (whole, b"\n" + whole):
            return None
        torn = tail.rpartition(b"\n")[2]
        if torn and whole.startswith(torn):
            return path, whole[len(torn) :]
        return (
            (path, whole)
            if not torn and _last_digest(self._files()) == json.loads(head)["previous"]
            else None
        )

    def _head(self) -> bytes | None:
        """The last line, without its end; None: nothing was noted yet.

        Raises:
            JournalError: it is no line of a journal.
        """
        try:
            data = (self._folder / _HEAD).read_bytes()
        except FileNotFoundError:
            if self._files():
                raise JournalError(
                    f"Il manque {_HEAD} dans {self._folder} : le journal a été touché.", _EVIDENCE
                ) from None
            return None
        line = data.removesuffix(b"\n")
        if data != line + b"\n" or _values(line) is None:
            raise JournalError(
                f"{self._folder / _HEAD} n'est pas une ligne de journal : il a été touché.", _EVIDENCE
            )
        return line

    # ---- reading ----------------------------------------------------------------------------------------------------------------

    def entries(
        self, since: date | None = None, until: date | None = None, who: str | None = None
    ) -> Iterator[Entry]:
        """The lines of the days from ``since`` to ``until`` (both within, in UTC) and of one account, in order; what was purged is passed over.

        Raises:
            JournalError: a line cannot be read (``verify`` says which).
        """
        for name, lines in self._stored():
            for line in lines:
                values = _values(line)
                if values is None:
                    raise JournalError(
                        f"Une ligne de {name} n'est pas une ligne de journal.",
                        "Lancez : assistant journal verify",
                    )
                if "purged" in values:
                    continue
                entry = _entry(line)
                day = entry.when.date()
                if (
                    (since is None or since <= day)
                    and (until is None or day <= until)
                    and who in (None, entry.who)
                ):
                    yield entry

    def _stored(self) -> Iterator[tuple[str, list[bytes]]]:
        """The lines of each file, in order."""
        if self._shared is None:
            for path in self._files():
                yield path.name, path.read_bytes().split(b"\n")[:-1]
            return
        with self._shared.kept("journal", _TABLES, writing=False) as tables:
            months = [
                row[0] for row in tables.execute("SELECT DISTINCT month FROM line ORDER BY month").fetchall()
            ]
        for month in months:  # what is told is told outside: whoever listens may take his time
            with self._shared.kept("journal", _TABLES, writing=False) as tables:
                rows = tables.execute(
                    "SELECT said FROM line WHERE month = ? ORDER BY number", (month,)
                ).fetchall()
            yield month, [row[0].encode() for row in rows]

    def verify(self, expect: str | None = None) -> Verification:
        """Follows the chain from its first line to its head.

        Args:
            expect: a head noted earlier, which must still stand in the chain.

        Raises:
            ExportError: another process holds the journal for too long.
            JournalError: it does not read.
        """
        if self._shared is not None:
            with self.as_files() as copy:
                return copy.verify(expect)
        if not self._folder.exists():
            return Verification(0, 0, None, None, met=expect is None)
        with self._held():
            if (
                self._folder / _STAGED / _READY
            ).exists():  # a purge was stopped while it replaced the files: it is none of a fault
                self._settle()
            found = _Chain(self._files(), self._folder / _HEAD, expect).follow()
            try:
                cut = found.fault is not None and self._cut() is not None
            except JournalError:
                cut = False
            return replace(found, cut=cut)

    def take(self, other: "Journal") -> int:
        """Writes every line of another place here, where there is none, or these very lines; returns how many.

        Raises:
            JournalError: there are others, or the chain does not hold.
        """
        with other.as_files() as copy:
            found, there = copy.verify(), self.verify()
            if found.fault:
                raise JournalError(
                    f"Le journal est rompu ({found.fault.file}, ligne {found.fault.line}) : il n'est pas porté.",
                    _EVIDENCE,
                )
            if there.head not in (None, found.head):
                raise JournalError(
                    "Le journal est autre à l'arrivée qu'à l'origine : rien n'y a été changé.",
                    "Recommencez avec une base ou un dossier neufs.",
                )
            if found.head is None or there.head is not None:
                return found.entries
            if self._shared is not None:
                with self._shared.kept("journal", _TABLES, writing=True) as tables:
                    _put_back(tables, copy)
                return found.entries
            with self._held():
                for path in sorted(copy.folder.glob("*.jsonl")):
                    private_files.replace(self._folder / path.name, path.read_bytes())
        return found.entries

    @contextmanager
    def as_files(self) -> Iterator["Journal"]:
        """Itself where it lies in files, else a copy of it in files."""
        if self._shared is None:
            yield self
            return
        with (
            self._shared.kept("journal", _TABLES, writing=True) as tables,
            _as_files(tables, self._clock) as copy,
        ):
            yield copy

    def _files(self) -> list[Path]:
        return sorted(path for path in self._folder.glob("*.jsonl") if _MONTH.fullmatch(path.name))

    # ---- purge ------------------------------------------------------------------------------------------------------------------

    def purge(self, by: str, *, before: date | None = None, who: str | None = None) -> int:
        """Replaces by tombstones the lines older than ``before`` (UTC), and those of the account ``who``; returns how many.

        A stopped purge is ended, or forgotten, by whoever next adds to the journal: the files change all together or not at all.

        Raises:
            ExportError: see ``record``; what is there stays.
            JournalError: the chain does not hold: what is broken is not purged away.
        """
        if self._shared is not None:
            with (
                self._shared.kept("journal", _TABLES, writing=True) as tables,
                _as_files(tables, self._clock) as copy,
            ):
                count = copy.purge(by, before=before, who=who)
                _put_back(tables, copy)
            return count
        if not self._folder.exists():
            return 0
        with self._held():
            self._settle()
            checked = _Chain(self._files(), self._folder / _HEAD, None).follow()
            if checked.fault:
                raise JournalError(
                    f"Le journal est rompu ({checked.fault.file}, ligne {checked.fault.line}) : la purge effacerait la trace.",
                    _EVIDENCE,
                )
            replaced, count = self._without(
                lambda values: (
                    _is_older(values, before) or (who is not None and who in (values["who"], values["about"]))
                )
            )
            if count:
                self._stage(
                    by,
                    replaced,
                    f"{count} ligne{'s' if count > 1 else ''} effacée{'s' if count > 1 else ''}"
                    + _scope(before, who),
                )
                self._take_staged()
            return count

    def _without(self, goes: Callable[[dict[str, Any]], bool]) -> tuple[dict[str, list[bytes]], int]:
        """The lines of each file, those that go replaced by tombstones, and how many go."""
        files: dict[str, list[bytes]] = {}
        count = 0
        for path in self._files():
            kept: list[bytes] = []
            for line in path.read_bytes().split(b"\n")[:-1]:
                values = _values(line)
                assert values is not None  # the chain was followed
                if "purged" not in values:
                    if not goes(values):
                        kept.append(line)
                        continue
                    count += 1
                    values = {
                        "purged": [values["n"], values["n"]],
                        "previous": values["previous"],
                        "hash": _digest(line),
                    }
                before = _values(kept[-1]) if kept else None
                if before is not None and "purged" in before:
                    values = {
                        "purged": [before["purged"][0], values["purged"][1]],
                        "previous": before["previous"],
                        "hash": values["hash"],
                    }
                    kept.pop()
                kept.append(_line(values))
            files[path.name] = kept
        return files, count

    def _stage(self, by: str, files: dict[str, list[bytes]], detail: str) -> None:
        head = self._head()
        assert head is not None
        tombstones = _tombstones(line for lines in files.values() for line in lines)
        values = _values(head) or {}
        when = self._now().isoformat(timespec="milliseconds").replace("+00:00", "Z")
        line = _line(
            dict.fromkeys(_KEYS)
            | {
                "n": values["n"] + 1,
                "when": when,
                "who": by,
                "action": Action.PURGE.value,
                "sources": [],
                "version": program_version(),
                "detail": detail,
            }
            | {"previous": _digest(head), "tombstones": tombstones}
        )
        name = self._file_of(line).name
        files.setdefault(name, []).append(line)
        staged = private_files.folder(self._folder / _STAGED)
        for name, lines in files.items():
            private_files.replace(staged / name, b"".join(one + b"\n" for one in lines))
        private_files.replace(staged / _HEAD, line + b"\n")
        private_files.replace(staged / _READY, b"")

    def _take_staged(self) -> None:
        staged = self._folder / _STAGED
        for path in sorted(staged.glob("*.jsonl")):
            path.replace(self._folder / path.name)
        (staged / _READY).unlink()
        shutil.rmtree(staged)

    # ---- the lock ---------------------------------------------------------------------------------------------------------------

    @contextmanager
    def _held(self) -> Iterator[None]:
        private_files.folder(self._folder)
        with private_files.held(self._folder, LOCK_SECONDS):
            try:
                yield
            except OSError as error:
                message = f"Le journal ne se lit pas ou ne s'écrit pas ({reason_of(error)})."
                raise JournalError(message, "Vérifiez le disque et vos droits, puis recommencez.") from error

    def _now(self) -> datetime:
        return self._clock().astimezone(UTC)


# ---- the lines in a database ------------------------------------------------------------------------------------------------------------


_TABLES = Tables("""
CREATE TABLE IF NOT EXISTS line (number INTEGER PRIMARY KEY, month TEXT NOT NULL, said TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS head (said TEXT NOT NULL) STRICT;
""")


def _appended(tables: Any, values: dict[str, Any]) -> bytes:
    row = tables.execute("SELECT said FROM head").fetchone()
    head = row[0].encode() if row else None
    if head is not None and _values(head) is None:
        raise JournalError(
            "La dernière ligne du journal n'est pas une ligne de journal : il a été touché.", _EVIDENCE
        )
    line = _next_line(values, head)
    last = tables.execute("SELECT MAX(month) FROM line").fetchone()[0] or ""
    tables.execute("DELETE FROM head")
    tables.execute("INSERT INTO head VALUES (?)", (line.decode(),))
    month = str(values["when"])[:7] + ".jsonl"
    tables.execute("INSERT INTO line VALUES (?, ?, ?)", (values["n"], max(month, last), line.decode()))
    return line


@contextmanager
def _as_files(tables: Any, clock: Callable[[], datetime]) -> Iterator[Journal]:
    """The journal of a database, copied to files of this process's own."""
    with tempfile.TemporaryDirectory(prefix="journal-") as name:
        copy = Journal(Path(name), clock)
        folder = private_files.folder(copy.folder)
        for month, said in tables.execute("SELECT month, said FROM line ORDER BY number").fetchall():
            with (folder / month).open("ab") as file:
                file.write(said.encode() + b"\n")
        for (said,) in tables.execute("SELECT said FROM head").fetchall():
            (folder / _HEAD).write_bytes(said.encode() + b"\n")
        yield copy


def _put_back(tables: Any, copy: Journal) -> None:
    tables.execute("DELETE FROM line")
    tables.execute("DELETE FROM head")
    for path in sorted(copy.folder.glob("*.jsonl")):
        for line in path.read_bytes().split(b"\n")[:-1]:
            values = json.loads(line)
            if path.name == _HEAD:
                tables.execute("INSERT INTO head VALUES (?)", (line.decode(),))
            else:
                number = values["purged"][0] if "purged" in values else values["n"]
                tables.execute("INSERT INTO line VALUES (?, ?, ?)", (number, path.name, line.decode()))


class _Chain:
    """One walk along the chain."""

    def __init__(self, files: Sequence[Path], head: Path, expect: str | None) -> None:
        self._files, self._head_path, self._expect = files, head, expect
        self._entries = self._purged = self._number = 0
        self._previous = GENESIS
        self._met = expect is None
        self._graves: list[bytes] = []
        self._told: str | None = None  # what the last purge says of the tombstones
        self._last: tuple[Path, int] | None = None

    def follow(self) -> Verification:
        fault = self._walk() or self._end()
        return Verification(
            self._entries, self._purged, self._previous if self._number else None, fault, self._met
        )

    def _walk(self) -> Fault | None:
        waiting: tuple[Path, int, bytes] | None = None
        for path in self._files:
            lines = path.read_bytes().split(b"\n")
            for place, line in enumerate(lines[:-1], 1):
                if waiting and (fault := self._step(*waiting, _previous(line))):
                    return fault
                waiting = (path, place, line)
            if lines[-1]:
                return Fault(
                    path.name, len(lines), "la ligne n'a pas de fin : elle a été coupée, ou ajoutée à la main"
                )
        head = self._head_path.read_bytes().removesuffix(b"\n") if self._head_path.exists() else None
        return self._step(*waiting, _digest(head) if head is not None else None) if waiting else None

    def _step(self, path: Path, place: int, line: bytes, held: str | None) -> Fault | None:
        """Follows one line; ``held`` is the hash of it that the next line, or the head, holds."""
        values = _values(line)
        if values is None:
            return Fault(
                path.name,
                place,
                "ce n'est pas une ligne de journal telle qu'elle est écrite : elle a été changée ou ajoutée",
            )
        grave = "purged" in values
        first, last = values["purged"] if grave else (values["n"], values["n"])
        digest = values["hash"] if grave else _digest(line)
        if first != self._number + 1 or last < first:
            return Fault(
                path.name,
                place,
                f"elle porte le numéro {first} et non {self._number + 1} : une ligne a été ôtée, ajoutée, déplacée ou changée",
            )
        if values["previous"] != self._previous:
            if self._last and digest == held:  # this line is whole: the one before is not what it was
                return Fault(
                    self._last[0].name,
                    self._last[1],
                    "la ligne suivante n'en retient pas l'empreinte : elle a été changée",
                )
            return Fault(
                path.name,
                place,
                "elle ne retient pas l'empreinte de la ligne précédente : elle a été changée ou remplacée",
            )
        self._number, self._previous, self._last = last, digest, (path, place)
        self._met = self._met or digest == self._expect
        if grave:
            self._graves.append(line)
            self._purged += last - first + 1
        else:
            self._entries += 1
            self._told = values.get("tombstones", self._told)
        return None

    def _end(self) -> Fault | None:
        head = self._head_path.read_bytes() if self._head_path.exists() else None
        path, place = self._last or (self._head_path, 1)
        if head is None and not self._number:
            return None
        if head is None:
            return Fault(self._head_path.name, 1, "ce fichier, qui retient la dernière ligne, manque")
        if _digest(head.removesuffix(b"\n")) != self._previous or not head.endswith(b"\n"):
            return Fault(
                path.name,
                place,
                f"ce n'est pas la dernière ligne que {self._head_path.name} retient : la fin a été changée, ôtée, ajoutée ou interrompue",
            )
        if self._told != (_tombstones(self._graves) if self._graves else self._told) or (
            self._told is not None and not self._graves
        ):
            return Fault(
                path.name, place, "des lignes effacées ne sont pas celles que la dernière purge a notées"
            )
        return None


_EVIDENCE = "Gardez une copie du dossier, puis lancez : assistant journal verify"


def program_version() -> str:
    """The version of the program that is installed."""
    try:
        return version("assistant-commande-publique")
    except PackageNotFoundError:
        return "inconnue"


def _line(values: Mapping[str, Any]) -> bytes:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode("utf-8", errors="replace")


def _next_line(values: dict[str, Any], head: bytes | None) -> bytes:
    """The line after ``head``; its number and the hash of that one are put into ``values``."""
    values |= {"n": _number(head) + 1 if head else 1, "previous": _digest(head) if head else GENESIS}
    return _line(values)


def _values(line: bytes) -> dict[str, Any] | None:
    """What a line says, or None: it is not written to the very byte as the program writes, so somebody else did."""
    try:
        values = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(values, dict) or _line(values) != line:
        return None
    sound = _is_tombstone(values) if "purged" in values else _is_entry(values)
    return values if sound else None


def _is_tombstone(values: dict[str, Any]) -> bool:
    run = values["purged"]
    return (
        tuple(values) == ("purged", "previous", "hash")
        and _are_numbers(run)
        and len(run) == 2
        and _are_hashes(values["previous"], values["hash"])
    )


def _is_entry(values: dict[str, Any]) -> bool:
    if (
        tuple(values) not in (_KEYS, (*_KEYS, "tombstones"))
        or not _are_numbers([values["n"]])
        or not _are_hashes(values["previous"])
    ):
        return False
    try:
        datetime.fromisoformat(str(values["when"]))
    except ValueError:
        return False
    return isinstance(values["sources"], list) and all(
        isinstance(one, dict) and set(one) == {"id", "work", "article"} for one in values["sources"]
    )


def _are_numbers(values: object) -> bool:
    return isinstance(values, list) and all(
        isinstance(one, int) and not isinstance(one, bool) and one > 0 for one in values
    )


def _are_hashes(*values: object) -> bool:
    return all(isinstance(one, str) and _HASH.fullmatch(one) for one in values)


def _previous(line: bytes) -> str | None:
    values = _values(line)
    return values["previous"] if values else None


def _digest(line: bytes) -> str:
    return hashlib.sha256(line).hexdigest()


def _number(line: bytes) -> int:
    number: int = json.loads(line)["n"]
    return number


def _tombstones(lines: Any) -> str:
    digest = hashlib.sha256()
    for line in lines:
        if line.startswith(b'{"purged":'):
            digest.update(line + b"\n")
    return digest.hexdigest()


def _entry(line: bytes) -> Entry:
    values = json.loads(line)
    return Entry(
        number=values["n"],
        when=datetime.fromisoformat(values["when"]),
        who=values["who"],
        action=values["action"],
        question=values["question"],
        sources=tuple(Cited(**one) for one in values["sources"]),
        position=values["position"],
        model=values["model"],
        version=values["version"],
        detail=values["detail"],
        about=values["about"],
        hash=_digest(line),
    )


def _cited(answer: KeptAnswer) -> Iterator[Cited]:
    for claim in answer.claims:
        for quote in claim.evidence:
            yield Cited(quote.source.id, quote.work, quote.article)


def _is_older(values: Mapping[str, Any], before: date | None) -> bool:
    return before is not None and datetime.fromisoformat(values["when"]).date() < before


def _scope(before: date | None, who: str | None) -> str:
    """What a purge says of itself: never whom it forgot."""
    return (f", antérieures au {before.isoformat()}" if before else "") + (", d'une personne" if who else "")


def _tail(path: Path, size: int) -> bytes:
    with path.open("rb") as file:
        file.seek(0, os.SEEK_END)
        file.seek(max(0, file.tell() - size))
        return file.read()


def _last_digest(files: Sequence[Path]) -> str:
    """The hash of the last line of all, ``GENESIS`` where there is none."""
    for path in reversed(files):
        lines = path.read_bytes().split(b"\n")[:-1]
        if lines:
            values = _values(lines[-1])
            return values["hash"] if values and "purged" in values else _digest(lines[-1])
    return GENESIS
