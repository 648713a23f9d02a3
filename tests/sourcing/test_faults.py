"""Registers and needs, where each statement of SQLite fails in turn: what is kept is the old or the new, it is said in words, and a second try works."""

import sqlite3
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from assistant.sourcing.catalogues import Catalogue
from assistant.sourcing.kept import KeptDependencies
from assistant.sourcing.kept_needs import KeptNeeds
from assistant.sourcing.needs import Line, Origin
from assistant.sourcing.register import Register
from tests.failing_disk import FailingStatements
from tests.sourcing.made import application
from tests.test_faults import MOST, is_said

CODES = [sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_READONLY]
SECRET = "xylolalie"


def register(member: str, *names: str) -> Register:
    return Register(member, tuple(application(member=member, name=name) for name in names))


def lines(*names: str) -> list[Line]:
    return [Line("Bourg", "paie", name, Origin.REGISTER, 1, None, None, None, None) for name in names]


def with_registers(home: Path) -> KeptDependencies:
    kept = KeptDependencies(home)
    kept.keep("claire", [register("Bourg", SECRET, "Visio")])
    kept.keep_catalogue("claire", Catalogue("Liste", "moi", None, "", ()))
    return kept


def with_needs(home: Path) -> KeptNeeds:
    kept = KeptNeeds(home)
    kept.add("a.csv", Origin.REGISTER, lines(SECRET, "Visio"), owner="claire")
    kept.put_together("un", "trois")
    return kept


def registers_of(kept: KeptDependencies) -> object:
    return (
        [one.name for one in kept.applications("claire")] if kept.listed("claire") else [],
        [one.title for one in kept.catalogues("claire")],
    )


def needs_of(kept: KeptNeeds) -> object:
    return [one.file for one in kept.sources()], [line.name for line in kept.lines()], kept.corrections()


DEEDS: dict[str, tuple[Callable[[Path], Any], Callable[[Any], object], Callable[[Any], object]]] = {
    "keep a register": (with_registers, registers_of, lambda kept: kept.keep("claire", [register("Bourg", "Paie")], replace=True)),
    "forget a register": (with_registers, registers_of, lambda kept: kept.forget("claire", "Bourg") if kept.listed("claire") else None),
    "keep a catalogue": (with_registers, registers_of, lambda kept: kept.keep_catalogue("claire", Catalogue("Autre", "moi", None, "", ()))),
    "purge registers": (with_registers, registers_of, lambda kept: kept.purge(owner="claire")),
    "add needs": (with_needs, needs_of, lambda kept: kept.add("b.csv", Origin.REGISTER, lines("Paie", "Visio"), owner="claire", same_members=True)),
    "remove needs": (with_needs, needs_of, lambda kept: kept.remove(1) if kept.sources() else None),
    "put needs together": (with_needs, needs_of, lambda kept: kept.put_together("un", "deux")),
    "put needs apart": (with_needs, needs_of, lambda kept: kept.put_apart("un")),
    "purge needs": (with_needs, needs_of, lambda kept: kept.purge(owner="claire")),
}  # fmt: skip


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("name", DEEDS)
def test_a_statement_that_fails_leaves_registers_and_needs_as_they_were(
    tmp_path: Path, name: str, code: int
) -> None:
    make, look, act = DEEDS[name]
    (tmp_path / "entier").mkdir()
    entire = make(tmp_path / "entier")
    before = look(entire)
    act(entire)
    whole, said = look(entire), 0
    entire.close()
    for at in range(1, MOST):
        home = tmp_path / str(at)
        home.mkdir()
        kept = make(home)
        real = kept._connection
        kept._connection = disk = FailingStatements(real, at, code)
        said += is_said(partial(act, kept))
        kept._connection = real
        if not disk.failed:
            break
        assert look(kept) in (before, whole)
        assert kept.check()
        if look(kept) != whole or "purge" in name:
            act(kept)
        assert look(kept) == whole
        kept.close()
        assert "purge" not in name or not any(SECRET.encode() in path.read_bytes() for path in home.iterdir())
    assert said > 1
