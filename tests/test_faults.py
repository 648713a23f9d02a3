"""Whatever is kept is there still, whole and readable, where a disk fails or the process is killed at any write; it is said in words, and a second try works.

Each write fails in turn, for every one of them, until what is tried goes through. What index and SQLite do is in ``tests/site/test_faults.py`` and
``tests/index/test_killed.py``.
"""

import errno
import io
import json
import multiprocessing
import os
import re
import signal
import sqlite3
from collections.abc import AsyncIterator, Callable
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from assistant import office, settings
from assistant.__main__ import cli
from assistant.datatypes import Task
from assistant.errors import AssistantError, UsageError
from assistant.models import catalogue
from assistant.models.catalogue import Measure
from assistant.page.deposits import Deposit, Deposits, gathered
from assistant.reading import recognised
from assistant.site import private_files
from assistant.site.batches import Batches
from assistant.site.conversations import Conversation, Conversations, Turn
from assistant.site.feedback import Judgements
from assistant.site.journal import Action, Journal
from assistant.site.rights import Role
from assistant.site.uploads import Uploads
from assistant.site.users import Users
from assistant.workspace import Workspace
from tests.coroutines import completed
from tests.failing_disk import KILLED, FailingDisk, FailingStatements
from tests.site.samples import answer

TEXT = "Le titulaire livre sous trois jours.\n" * 50
# More steps than any of these takes: a case that never goes through is a mistake of the test.
MOST = 300
# Processes to kill, started with all of this read already.
APART = multiprocessing.get_context("forkserver")
APART.set_forkserver_preload([__name__])


class Case(NamedTuple):
    """What is there before, what is tried, and what is found: the same value before, or after, and never another one."""

    prepare: Callable[[Path], object]
    act: Callable[[Path], object]
    look: Callable[[Path], Any]


def nothing(_: Path) -> None:
    """Nothing is there before."""


# ---- journal ----------------------------------------------------------------------------------------------------------------------------


def noted(home: Path, question: str, month: int = 1) -> None:
    Journal(home, lambda: datetime(2026, month, 1, tzinfo=UTC)).record(
        "claire", Action.ASK, question=question
    )


def journal(home: Path) -> frozenset[str]:
    """What is noted, once however often; the chain holds, or says that its last line was cut."""
    kept = Journal(home)
    found = kept.verify()
    assert found.fault is None or found.cut, found.fault
    return frozenset(entry.question for entry in kept.entries() if entry.question)


def long_journal(home: Path) -> None:
    for month in (1, 2):
        noted(home, f"question {month}", month)


# ---- accounts ---------------------------------------------------------------------------------------------------------------------------


def account(home: Path, name: str = "paul") -> None:
    users = Users(home)
    if users.get(name) is None:
        users.add(name, Role.READER, None)


def accounts(home: Path) -> tuple[Any, ...]:
    users = Users(home)
    return tuple((one.name, one.role) for one in users.all()), tuple(users.collections())


# ---- what is received ---------------------------------------------------------------------------------------------------------------------


def uploads(home: Path) -> Uploads:
    return Uploads(home, 1_000_000, 10, recognised)


def received(home: Path, name: str, text: str = TEXT) -> None:
    uploads(home).receive("claire", name, io.BytesIO(text.encode()))


def uploaded(home: Path) -> dict[str, str]:
    return {one.name: one.path.read_text(encoding="utf-8") for one in uploads(home).held("claire")}


async def pieces(text: str) -> AsyncIterator[bytes]:
    for start in range(0, len(text), 500):
        yield text[start : start + 500].encode()


def deposit(held: Deposits, name: str) -> Deposit:
    return completed(held.receive("claire", name, pieces(TEXT)))


_deposits: dict[Path, tuple[Deposits, tuple[Deposit, ...]]] = {}


def dropped(home: Path) -> None:
    held = Deposits(home / "page" / "depots", recognised)
    _deposits[home] = held, (deposit(held, "lot 1/a.txt"), deposit(held, "b.txt"))


def drop_again(home: Path) -> None:
    deposit(_deposits[home][0], "c.txt")


def held_by_the_page(home: Path) -> bool:
    """Whether the two deposits are there; of a third there is all or nothing."""
    held, two = _deposits[home]
    left = [path.read_text(encoding="utf-8") for path in (home / "page" / "depots").rglob("*.txt")]
    return held.of("claire", [one.token for one in two]) == two and set(left) == {TEXT}


def keep(home: Path) -> None:
    held, two = _deposits[home]
    held.keep(two, home / "documents", "droit")


def shelved(home: Path) -> list[str]:
    """The documents that are kept, all or none of them; those that are not are with the page still."""
    held, two = _deposits[home]
    found = sorted(
        path.name for path in (home / "documents").rglob("*.txt") if path.read_text(encoding="utf-8") == TEXT
    )
    assert found or all(
        one.path.read_text(encoding="utf-8") == TEXT for one in held.of("claire", [one.token for one in two])
    )
    return found


def batch(home: Path) -> None:
    _, two = _deposits[home]
    Batches(home).begin(
        "claire", "dossier", each=False, fill=lambda folder: gathered(two, folder, each=False)
    )


def batches(home: Path) -> frozenset[tuple[str, ...]]:
    return frozenset(
        tuple(sorted(path.read_text(encoding="utf-8") for path in one.pieces.rglob("*.txt")))
        for one in Batches(home).held("claire")
    )


# ---- results ------------------------------------------------------------------------------------------------------------------------------


def tender(home: Path) -> None:
    (home / "dce").mkdir()
    (home / "dce" / "CCAP.txt").write_text(
        "CCAP\nARTICLE 1 - DURÉE\nLe marché dure douze mois.\n", encoding="utf-8"
    )


def summarised(home: Path) -> None:
    Workspace(home / "maison").summarise(
        [home / "dce"], home / "fiches", formats="json,html,md", permitted=frozenset(), jobs=1
    )


def results(home: Path) -> bool:
    """Whether the whole result is there; what is there of it can be read."""
    for path in (home / "fiches").rglob("*.json"):
        json.loads(path.read_text(encoding="utf-8"))
    report = home / "fiches" / "rapport.html"
    assert not report.exists() or report.read_text(encoding="utf-8").rstrip().endswith("</html>")
    return (home / "fiches" / "ensemble.json").exists()


def exported(home: Path, text: str = TEXT) -> None:
    office.write(text, home / "projet.md")


def export(home: Path) -> str:
    return (home / "projet.md").read_text(encoding="utf-8")


def journal_exported(home: Path) -> None:
    cli.main(
        ["--home", str(home), "journal", "export", "--out", str(home / "journal.csv")],
        prog_name="assistant",
        standalone_mode=False,
    )


def measured(home: Path, when: str = "2026-02-02") -> None:
    catalogue.record_measures(models_in(home), "essai", (Measure(Task.WORD, True, 0.9, 0.5, 10, when),))


def models_in(home: Path) -> settings.Settings:
    os.environ[settings.MODELS_VARIABLE] = str(home / "models")  # put back by the fixture ``without_models``
    return settings.Settings(home)


CASES = {
    "journal": Case(lambda home: noted(home, "avant"), lambda home: noted(home, "après"), journal),
    "journal, first line": Case(nothing, lambda home: noted(home, "après"), journal),
    "journal, purge": Case(long_journal, lambda home: Journal(home).purge("admin", before=date(2026, 1, 15)), journal),
    "journal, export": Case(lambda home: (long_journal(home), (home / "journal.csv").write_text("avant")), journal_exported, lambda home: (home / "journal.csv").read_text()),
    "accounts, first": Case(nothing, account, accounts),
    "accounts": Case(lambda home: account(home, "claire"), account, accounts),
    "accounts, role": Case(account, lambda home: Users(home).set_role("paul", Role.ADMINISTRATOR), accounts),
    "accounts, collections": Case(account, lambda home: Users(home).set_collection("rh", [Role.ADMINISTRATOR]), accounts),
    "judgements": Case(
        lambda home: Judgements(home).add("claire", "avant", answer()),
        lambda home: Judgements(home).add("claire", "après", answer()),
        lambda home: frozenset(one.question for one in Judgements(home).all()),
    ),
    "judgements, purge": Case(
        lambda home: [Judgements(home).add(owner, owner, answer()) for owner in ("claire", "paul")],
        lambda home: Judgements(home).purge(owner="claire"),
        lambda home: frozenset(one.question for one in Judgements(home).all()),
    ),
    "uploads": Case(lambda home: received(home, "avant.txt"), lambda home: received(home, "apres.txt", TEXT * 2), uploaded),
    "deposits": Case(dropped, drop_again, held_by_the_page),
    "deposits, kept": Case(dropped, keep, shelved),
    "batches": Case(dropped, batch, batches),
    "summaries": Case(tender, summarised, results),
    "exports": Case(partial(exported, text="avant"), exported, export),
    "measures": Case(partial(measured, when="2026-01-01"), measured, lambda home: catalogue.read_measured(models_in(home))),
}  # fmt: skip
# Cases that hold what a server has in its memory end with it.
OF_FILES_ALONE = tuple(name for name, case in CASES.items() if case.prepare is not dropped)


def home_of(folder: Path, at: int, case: Case) -> Path:
    home = folder / str(at)
    home.mkdir()
    case.prepare(home)
    return home


def done(folder: Path, case: Case) -> Any:
    """What is found once what is tried went through."""
    home = home_of(folder, 0, case)
    case.act(home)
    return case.look(home)


def is_said(act: Callable[[], object]) -> bool:
    """Whether what is tried fails; then it is in words, with what to do."""
    try:
        act()
    except AssistantError as error:
        return bool(error.message and error.hint and "Errno" not in str(error)) or pytest.fail(str(error))
    return False


@pytest.mark.usefixtures("without_models")
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO], ids=errno.errorcode.get)
@pytest.mark.parametrize("name", CASES)
def test_a_write_that_fails_loses_nothing_is_said_and_the_second_try_works(
    tmp_path: Path, name: str, number: int
) -> None:
    case = CASES[name]
    whole, said = done(tmp_path, case), 0
    for at in range(1, MOST):
        home = home_of(tmp_path, at, case)
        before = case.look(home)
        with FailingDisk(home, at, number) as disk:
            said += is_said(partial(case.act, home))
        if not disk.failed:
            break
        assert case.look(home) in (before, whole)
        case.act(home)
        assert case.look(home) == whole
        assert [
            path.name for path in home.rglob("*") if re.search(r"\.neuf$|\.part$|/\.\d{8}-", str(path))
        ] == []
    assert said > 1
    assert not disk.failed


def killed(name: str, home: Path, at: int) -> None:
    """What the process does that is killed."""
    with FailingDisk(home, at, KILLED):
        CASES[name].act(home)


@pytest.mark.usefixtures("without_models")
@pytest.mark.parametrize(
    "name", [name for name in OF_FILES_ALONE if name != "summaries"]
)  # tests/summaries/test_killed.py
def test_killed_at_any_write_nothing_is_lost_nor_half_there_and_the_second_try_works(
    tmp_path: Path, name: str
) -> None:
    case, kills = CASES[name], 0
    whole = done(tmp_path, case)
    for at in range(1, MOST):
        home = home_of(tmp_path, at, case)
        before = case.look(home)
        process = APART.Process(target=killed, args=(name, home, at))
        process.start()
        process.join(60)
        if process.exitcode == 0:
            break
        assert process.exitcode == -signal.SIGKILL
        kills += 1
        assert case.look(home) in (before, whole)
        case.act(home)
        assert case.look(home) == whole
    assert kills > 2


# What is left of a conversation: its title and how many turns it has; None: it is gone.
DEEDS: dict[str, tuple[Callable[[Conversations, Conversation], object], tuple[str, int] | None]] = {
    "add": (
        lambda kept, one: kept.add("claire", one, Turn("Et en lots ?", answer())),
        ("Peut-on allotir ?", 2),
    ),
    "rename": (lambda kept, one: kept.rename("claire", one.id, "Lots"), ("Lots", 1)),
    "delete": (lambda kept, one: kept.delete("claire", one.id), None),
    "purge": (lambda kept, _: kept.purge(owner="claire"), None),
}


@pytest.mark.parametrize("code", [sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_READONLY])
@pytest.mark.parametrize("name", DEEDS)
def test_a_statement_that_fails_leaves_the_conversations_as_they_were(
    tmp_path: Path, name: str, code: int
) -> None:
    act, whole = DEEDS[name]
    said = 0
    for at in range(1, MOST):
        (tmp_path / str(at)).mkdir()
        page, kept = Conversations(tmp_path / str(at)), Conversations(tmp_path / str(at))
        first = kept.add("claire", Conversation.empty(), Turn("Peut-on allotir ?", answer()))
        real = kept._connection
        kept._connection = disk = FailingStatements(real, at, code)  # type: ignore[assignment]
        said += is_said(partial(act, kept, first))
        kept._connection = real
        if not disk.failed:
            break
        assert left(kept, first) in (("Peut-on allotir ?", 1), whole)
        assert kept.check()
        act(kept, first)
        assert left(kept, first) == whole
        kept.close()
        assert name != "purge" or not any(
            b"allotir" in path.read_bytes() for path in (tmp_path / str(at)).iterdir()
        )
        page.close()
    assert said > 1


def left(kept: Conversations, one: Conversation) -> tuple[str, int] | None:
    held = kept.open("claire", one.id)
    return (held.title, len(held.turns)) if held else None


def converse(home: Path, at: int) -> None:
    """A turn is added by the process that is killed."""
    kept = Conversations(home)
    first = kept.open("claire", kept.listed("claire")[0].id)
    assert first is not None
    kept._connection = FailingStatements(kept._connection, at, KILLED)  # type: ignore[assignment]
    kept.add("claire", first, Turn("Et en lots ?", answer()))


def test_killed_at_any_statement_a_conversation_keeps_its_turns(tmp_path: Path) -> None:
    for at in range(1, MOST):
        home = tmp_path / str(at)
        home.mkdir()
        kept = Conversations(home)
        first = kept.add("claire", Conversation.empty(), Turn("Peut-on allotir ?", answer()))
        process = APART.Process(target=converse, args=(home, at))
        kept.close()  # a connection that stays open takes another's writing of the words for damage (SQLite 3.46, FTS5)
        process.start()
        process.join(60)
        kept = Conversations(home)
        held = kept.open("claire", first.id)
        assert held is not None
        assert kept.check()
        if process.exitcode == 0:
            break
        assert process.exitcode == -signal.SIGKILL
        assert held.turns == first.turns
        assert len(kept.add("claire", held, Turn("Et en lots ?", answer())).turns) == 2
        kept.close()
    assert at > 3


# ---- what the program only reads ------------------------------------------------------------------------------------------------------------


def test_settings_that_are_cut_or_cannot_be_read_are_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The program never writes them."""
    path = tmp_path / "settings.toml"
    path.write_text('embedding = "e5-small', encoding="utf-8")
    with pytest.raises(UsageError, match="n'est pas du TOML valide"):
        settings.load(tmp_path)

    def unanswered(*_: Any, **__: Any) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(Path, "read_text", unanswered)
    with pytest.raises(UsageError, match="ne se lit pas") as caught:
        settings.load(tmp_path)
    assert caught.value.hint


def test_accounts_that_cannot_be_read_let_nobody_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    account(tmp_path)

    def unanswered(*_: Any, **__: Any) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(Path, "read_text", unanswered)
    with pytest.raises(UsageError, match="personne n'entre"):
        Users(tmp_path).all()


def test_a_file_that_another_keeps_for_too_long_is_said(tmp_path: Path) -> None:
    with (
        private_files.held(tmp_path / "users.toml", 1),
        pytest.raises(AssistantError, match="tenu par un autre processus"),
        private_files.held(tmp_path / "users.toml", 0.1),
    ):
        pytest.fail("two at once")


def test_what_a_server_that_was_stopped_had_received_a_part_of_goes(tmp_path: Path) -> None:
    received(tmp_path, "avis.txt")
    left = tmp_path / "uploads" / "claire" / ".0123.part"
    left.write_text(TEXT, encoding="utf-8")
    uploads(tmp_path).forget_halves()
    assert left.exists()  # a server may be at it
    os.utime(left, (0, 0))
    uploads(tmp_path).forget_halves()
    assert not left.exists()
    assert uploaded(tmp_path) == {"avis.txt": TEXT}
