"""Hostile files, as many as wanted: honest ones altered, traps, those of the readers' own tests; names and entries of folders that mislead.

The same for the same seed, but for the keys of locked PDFs and the dates within a few of the readers' own.
"""

import os
import random
import socket
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from bench.attack import alterations, traps
from bench.attack.material import MADE
from tests.reading.made_hostile import all_cases

# Endings of packages, whose members are altered; of marked or written text; the others are bytes.
_PACKED = (".docx", ".xlsx", ".odt", ".ods", ".pptx")
_MARKED = (".html", ".xml", ".md")
_WRITTEN = (".pdf", ".form.pdf", ".rtf", ".eml", ".txt", ".csv", ".jsonl")
_NAMES = (
    b"ligne\nsaut{}", b"retour\r{}", b"\xe2\x80\xaefdp{}", b"octets\xff\xfe\x80{}", b"surrogat\xed\xa0\x80{}", b"{}", b" {}",
    b"-rf{}", b"--json{}", b"..{}", b"%s%n{}",
    b"a' OR 1=1 --{}", b'"><script>alert(1)<{}', b"\x1b[2Jefface{}", b"$(touch hors){}", b"`touch hors`{}",
    "é".encode() * 100 + b"{}", b"a" * 235 + b"{}", b"CON{}", b"a\tb{}",
    "\U0001f600".encode() + b"{}", b"\xe2\x80\xa8{}", b"\\..\\hors{}", b"~{}", b" \xe2\x80\xba membre{}", b"*?[a]{}", b"{}.part", b"{}.neuf",
)  # fmt: skip


@dataclass(frozen=True)
class Hostile:
    """A file: what was done, the name it bears (bytes that may be of no character), what it holds."""

    number: int
    way: str
    name: bytes
    data: bytes


def made(count: int, seed: int) -> Iterator[Hostile]:
    """``count`` hostile files. In turn: altered honest ones, traps, and those of the readers' own tests."""
    known = list(all_cases())
    random.Random(seed).shuffle(known)
    for number in range(count):
        chance = random.Random(f"{seed}-{number}")
        turn = number % 8
        if turn == 7:
            case = known[(number // 8) % len(known)]
            yield Hostile(number, case.id, case.name.encode("utf-8", "surrogateescape"), case.data)
            continue
        if turn in (2, 5):
            trap = traps.TRAPS[(number // 8 * 2 + (turn == 5)) % len(traps.TRAPS)]
            ending, data = trap(chance)
            way = trap.__name__
        else:
            ending = tuple(MADE)[(number // 8 * 5 + turn) % len(MADE)]
            way, data = altered(ending, chance)
            if turn == 6:
                ending, way = chance.choice(tuple(MADE)), f"{way}, under another ending"
        yield Hostile(number, f"{ending} {way}", _named(number, ending.removeprefix(".form"), chance), data)


def altered(ending: str, chance: random.Random) -> tuple[str, bytes]:
    """An honest file altered once or twice, and how."""
    data = MADE[ending](f"essai {chance.randrange(10**9)}")
    if ending in _PACKED and chance.random() < 0.8:
        return "member altered", alterations.within(data, chance)
    choice = (
        alterations.MARKED
        if ending in _MARKED
        else alterations.WRITTEN
        if ending in _WRITTEN
        else alterations.ANY
    )
    ways = [chance.choice(choice) for _ in range(chance.choice((1, 1, 2)))]
    for way in ways:
        data = way(data, chance) or b"\x00"
    return " then ".join(way.__name__ for way in ways), data


def _named(number: int, ending: str, chance: random.Random) -> bytes:
    form = chance.choice(_NAMES) if chance.random() < 0.25 else b"piece{}"
    return form.replace(b"{}", f"{number}{ending}".encode())[-255:].replace(b"/", b"_")


def write(files: list[Hostile], folder: Path) -> None:
    """Puts each into a folder of its own, named by its number."""
    for one in files:
        place = folder / f"{one.number:04}"
        place.mkdir(parents=True)
        with suppress(OSError, ValueError):  # a name that this disk does not take: the plain one
            Path(os.fsdecode(os.fsencode(place) + b"/" + one.name)).write_bytes(one.data)
            continue
        (place / f"piece{one.number}{Path(os.fsdecode(one.name)).suffix[:9]}").write_bytes(one.data)


def mislead(folder: Path, secret: Path) -> None:
    """What a folder may hold besides files: links that go round, to ``secret`` outside or nowhere, pipes, sockets, sizes that are not there."""
    folder.mkdir(parents=True)
    (folder / "boucle").symlink_to(folder)
    (folder / "a").symlink_to(folder / "b")
    (folder / "b").symlink_to(folder / "a")
    (folder / "secret.txt").symlink_to(secret)
    (folder / "dehors").symlink_to(secret.parent)
    (folder / "rien.pdf").symlink_to(folder / "rien-du-tout")
    os.mkfifo(folder / "tube.txt")
    with socket.socket(socket.AF_UNIX) as listening:
        here = Path.cwd()
        os.chdir(folder)  # the address of a socket is short
        try:
            listening.bind("prise.txt")
        finally:
            os.chdir(here)
    for name, size in (("immense.pdf", 600_000_000), ("immense.txt", 600_000_000), ("creux.txt", 3_000_000)):
        with (folder / name).open("wb") as file:
            file.truncate(size)
    deep = folder
    for level in range(60):
        deep = deep / f"dossier{level}"
    deep.mkdir(parents=True)
    (deep / "fond.txt").write_text("Le texte du fond.", encoding="utf-8")
    (folder / "interdit").mkdir(mode=0o700)
