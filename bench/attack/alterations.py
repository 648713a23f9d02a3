"""What is done to an honest file to make it hostile, each a function of its bytes and of a seeded chance."""

import random
import re
from collections.abc import Callable

from bench.attack.material import unzipped, zipped

Chance = random.Random
Alteration = Callable[[bytes, Chance], bytes]

# Numbers that readers were not written for.
EXTREME = (
    b"0",
    b"-1",
    b"1",
    b"65536",
    b"1048576",
    b"2147483647",
    b"2147483648",
    b"-2147483648",
    b"4294967295",
    b"99999999999999999999",
    b"1e308",
    b"NaN",
    b"-0.0",
)
_NUMBER = re.compile(rb"(?<![\w.])-?\d+(?:\.\d+)?(?![\w])")
_ELEMENT = re.compile(rb"<([\w:]+)[^<>]*>[^<>]*</\1>|<[\w:]+[^<>]*/>")
_TAG = re.compile(rb"</?[\w:]+[^<>]*>")
_LAUGHS = (
    b'<!DOCTYPE d [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b"]>"
)
_REFERENCES = (
    b"&#0;",
    b"&#xD800;",
    b"&#x110000;",
    b"&#x202e;",
    b"&#xFFFF;",
    b"&inconnu;",
    b"&#" + b"9" * 4000 + b";",
)
_ENCODINGS = (
    b"utf-16",
    b"utf-7",
    b"ebcdic-cp-us",
    b"x-inconnu",
    b"iso-2022-jp",
    b"utf-32",
    b"rot13",
    b"idna",
)


def cut(data: bytes, chance: Chance) -> bytes:
    """Its beginning."""
    return data[: chance.randrange(1, max(2, len(data)))]


def flipped(data: bytes, chance: Chance) -> bytes:
    """Some bits the other way."""
    altered = bytearray(data)
    for _ in range(chance.choice((1, 3, 20, 200))):
        altered[chance.randrange(len(altered))] ^= 1 << chance.randrange(8)
    return bytes(altered)


def moved(data: bytes, chance: Chance) -> bytes:
    """A piece over another, taken out, doubled or emptied."""
    start, stop = sorted(chance.randrange(len(data)) for _ in range(2))
    piece = data[start:stop]
    at = chance.randrange(len(data))
    return chance.choice(
        (
            data[:at] + piece + data[at + len(piece) :],
            data[:start] + data[stop:],
            data[:stop] + piece * 3 + data[stop:],
            data[:start] + bytes(len(piece)) + data[stop:],
        )
    )


def sown(data: bytes, chance: Chance) -> bytes:
    """NUL bytes, bytes of no character or control characters here and there."""
    seeds = chance.choice(
        (
            b"\x00",
            b"\xff\xfe",
            b"\xed\xa0\x80",
            b"\x1b[2J\x07",
            b"\x0c\x0b",
            "\u202e".encode(),
            b"\r",
            b"\xc0\xaf",
        )
    )
    for _ in range(chance.choice((1, 10, 300))):
        at = chance.randrange(len(data) + 1)
        data = data[:at] + seeds + data[at:]
    return data


def extreme(data: bytes, chance: Chance) -> bytes:
    """Some of its written numbers replaced by such as nobody writes."""
    places = list(_NUMBER.finditer(data))
    chosen = {place.start() for place in chance.sample(places, min(len(places), chance.choice((1, 3, 12))))}
    return _NUMBER.sub(
        lambda found: chance.choice(EXTREME) if found.start() in chosen else found.group(), data
    )


def multiplied(data: bytes, chance: Chance) -> bytes:
    """One of its elements, thousands of times."""
    found = chance.choice(list(_ELEMENT.finditer(data)) or [re.match(rb"", data)])
    return (
        data[: found.start()]
        + found.group() * min(2_000, 60_000 // max(1, len(found.group())))
        + data[found.start() :]
    )


def deepened(data: bytes, chance: Chance) -> bytes:
    """One of its tags opened thousands of times."""
    tags = [
        one
        for one in _TAG.finditer(data)
        if not one.group().startswith(b"</") and not one.group().endswith(b"/>")
    ]
    if not tags:
        return data[: len(data) // 2] + b"<div>" * 20_000 + data[len(data) // 2 :]
    found = chance.choice(tags)
    return data[: found.start()] + found.group() * chance.choice((300, 5_000, 40_000)) + data[found.start() :]


def untied(data: bytes, chance: Chance) -> bytes:
    """Some of its tags gone."""
    tags = list(_TAG.finditer(data))
    chosen = {one.start() for one in chance.sample(tags, min(len(tags), chance.choice((1, 4))))}
    return _TAG.sub(lambda found: b"" if found.start() in chosen else found.group(), data)


def referring(data: bytes, chance: Chance) -> bytes:
    """References to characters and to entities that are none, or that grow a billion times."""
    at = chance.choice([0, *(one.end() for one in _TAG.finditer(data))])
    if chance.random() < 0.4:
        start = data.find(b"?>") + 2 if data.startswith(b"<?xml") else 0
        return data[:start] + _LAUGHS + (data[start:at] + b"&j;" + data[at:] if at > start else b"<d>&j;</d>")
    return data[:at] + chance.choice(_REFERENCES) * chance.choice((1, 500)) + data[at:]


def misencoded(data: bytes, chance: Chance) -> bytes:
    """Said to be written in another way than it is, or written so."""
    name = chance.choice(_ENCODINGS)
    if chance.random() < 0.5:
        return (
            b'<?xml version="1.0" encoding="'
            + name
            + b'"?>'
            + (data[data.find(b"?>") + 2 :] if data.startswith(b"<?xml") else data)
        )
    plain = data.decode("utf-8", "replace")
    return plain.encode(chance.choice(("utf-16", "utf-32", "utf-16-le", "cp500")), "replace")


def swollen(data: bytes, chance: Chance) -> bytes:
    """A text or a value without end."""
    places = [one.end() for one in _TAG.finditer(data)] or [len(data) // 2]
    at = chance.choice(places)
    return (
        data[:at]
        + chance.choice((b"9", b" ", b"a", b"(", b"\xc3\xa9", b"1.", b"L. ", b"- "))
        * chance.choice((2_000, 15_000))
        + data[at:]
    )


ANY: tuple[Alteration, ...] = (cut, flipped, moved, sown)
MARKED: tuple[Alteration, ...] = (
    extreme,
    multiplied,
    deepened,
    untied,
    referring,
    misencoded,
    swollen,
    flipped,
    sown,
    cut,
)
WRITTEN: tuple[Alteration, ...] = (extreme, swollen, sown, flipped, moved)


def within(data: bytes, chance: Chance, alterations: tuple[Alteration, ...] = MARKED) -> bytes:
    """A package one of whose members is altered; the package itself is in order, so that its reader goes all the way in."""
    members = unzipped(data)
    inner = [name for name, held in members.items() if held and name != "mimetype"]
    for name in chance.sample(inner, min(len(inner), chance.choice((1, 1, 2)))):
        members[name] = chance.choice(alterations)(members[name], chance)
    if chance.random() < 0.15:
        members.pop(chance.choice(inner), None)
    return zipped(members)
