import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.errors import JournalError
from assistant.site.journal import Action, Cited, Journal, program_version
from tests.conftest import ROOT
from tests.site.samples import answer


class Clock:
    """A line every ten days."""

    def __init__(self, start: datetime = datetime(2026, 1, 5, 12, tzinfo=UTC)) -> None:
        self.now = start - timedelta(days=10)

    def __call__(self) -> datetime:
        self.now += timedelta(days=10)
        return self.now


def filled(home: Path, count: int = 8) -> Journal:
    made = Journal(home, Clock())
    for number in range(count):
        made.record(
            ("claire", "paul")[number % 2],
            Action.ASK,
            question=f"Question n° {number} « é » ?",
            answer=answer(),
        )
    return made


def lines_of(home: Path) -> list[bytes]:
    return [
        line
        for path in sorted((home / "journal").glob("2*.jsonl"))
        for line in path.read_bytes().splitlines()
    ]


def test_a_line_says_who_when_what_and_on_which_sources(tmp_path: Path) -> None:
    made = Journal(tmp_path, Clock())
    made.record("claire", Action.ASK, question="Peut-on ?\nVraiment ?", answer=answer(model="petit-modele"))
    made.record("chef", Action.USERS, detail="compte créé", about="claire")
    first, second = made.entries()
    assert (first.who, first.action, first.question) == ("claire", "question", "Peut-on ?\nVraiment ?")
    assert first.when == datetime(2026, 1, 5, 12, tzinfo=UTC)
    assert first.sources == (Cited("0123456789abcdef", "CCP", "L2112-4"),)
    assert (first.position, first.model, first.version) == (
        "possible_sous_conditions",
        "petit-modele",
        program_version(),
    )
    assert (second.number, second.about, second.detail) == (2, "claire", "compte créé")
    assert "possible_sous_conditions" in (tmp_path / "journal" / "2026-01.jsonl").read_text(encoding="utf-8")
    assert "soient localisés" not in (tmp_path / "journal" / "2026-01.jsonl").read_text(encoding="utf-8")


def test_the_chain_goes_on_from_month_to_month(tmp_path: Path) -> None:
    made = filled(tmp_path, 10)
    assert [path.name for path in sorted((tmp_path / "journal").glob("2*.jsonl"))] == [
        "2026-01.jsonl",
        "2026-02.jsonl",
        "2026-03.jsonl",
        "2026-04.jsonl",
    ]
    found = made.verify()
    assert (found.entries, found.purged, found.fault) == (10, 0, None)
    lines = [json.loads(line) for line in lines_of(tmp_path)]
    assert [line["n"] for line in lines] == list(range(1, 11))
    assert lines[0]["previous"] == "0" * 64
    assert [
        entry.number for entry in made.entries(since=date(2026, 2, 4), until=date(2026, 2, 24), who="claire")
    ] == [5]


def test_an_empty_journal_holds(tmp_path: Path) -> None:
    assert Journal(tmp_path).verify() == Journal(tmp_path).verify()
    assert (Journal(tmp_path).verify().fault, Journal(tmp_path).verify().head) == (None, None)
    assert not (tmp_path / "journal").exists()


def test_a_clock_that_goes_back_does_not_break_the_chain(tmp_path: Path) -> None:
    moments = iter(
        [
            datetime(2026, 3, 1, tzinfo=UTC),
            datetime(2026, 2, 27, tzinfo=UTC),
            datetime(2026, 3, 2, tzinfo=UTC),
        ]
    )
    made = Journal(tmp_path, lambda: next(moments))
    for _ in range(3):
        made.record("claire", Action.SEARCH, question="allotissement")
    assert [path.name for path in (tmp_path / "journal").glob("2*.jsonl")] == ["2026-03.jsonl"]
    assert made.verify().fault is None


def test_only_the_owner_reads_it(tmp_path: Path) -> None:
    filled(tmp_path, 1)
    for path in (tmp_path / "journal").glob("*.jsonl"):
        assert path.stat().st_mode & 0o777 == 0o600


# ---- tampering --------------------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("journal")
    filled(home)
    return home


@pytest.fixture(scope="module")
def purged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("purged")
    made = filled(home)
    made.purge("chef", who="paul")
    made.purge("chef", before=date(2026, 1, 20))
    made.record("claire", Action.SEARCH, question="après")
    assert made.verify().fault is None
    return home


def tampered(home: Path, change: Callable[[Path], None]) -> str | None:
    """What ``verify`` says of a copy of the journal after a change: the file and line of the fault."""
    with tempfile.TemporaryDirectory() as copy:
        shutil.copytree(home / "journal", Path(copy) / "journal")
        change(Path(copy) / "journal")
        fault = Journal(Path(copy)).verify().fault
        return f"{fault.file}:{fault.line}" if fault else None


FILES = ("2026-01.jsonl", "2026-02.jsonl", "2026-03.jsonl", "tete.jsonl")
WHICH = pytest.mark.parametrize("which", ["written", "purged"])
NO_DEADLINE = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@WHICH
@NO_DEADLINE
@given(data=st.data())
def test_any_byte_changed_added_or_taken_out_is_noticed(
    which: str, data: st.DataObject, request: pytest.FixtureRequest
) -> None:
    home: Path = request.getfixturevalue(which)
    name = data.draw(st.sampled_from(FILES))
    before = (home / "journal" / name).read_bytes()
    at = data.draw(st.integers(0, len(before) - 1))
    byte = bytes(
        [data.draw(st.one_of(st.integers(0, 255), st.sampled_from(b' \n\r\t"{}[],:0123456789abcdef')))]
    )
    after = data.draw(
        st.sampled_from(
            [
                before[:at] + byte + before[at + 1 :],
                before[:at] + byte + before[at:],
                before[:at] + before[at + 1 :],
                before + byte,
            ]
        )
    )
    found = tampered(home, lambda folder: (folder / name).write_bytes(after) and None)
    if after == before:
        assert found is None
    else:
        assert found is not None


@WHICH
@NO_DEADLINE
@given(data=st.data())
def test_any_line_taken_out_repeated_moved_or_swapped_is_noticed(
    which: str, data: st.DataObject, request: pytest.FixtureRequest
) -> None:
    home: Path = request.getfixturevalue(which)
    names = FILES[:3]
    lines = {name: (home / "journal" / name).read_bytes().splitlines(keepends=True) for name in names}
    places = [(name, place) for name in names for place in range(len(lines[name]))]
    one, other = data.draw(st.sampled_from(places)), data.draw(st.sampled_from(places))
    deed = data.draw(st.sampled_from(["take out", "repeat", "move", "swap"]))
    changed = {name: list(several) for name, several in lines.items()}
    first = lines[one[0]][one[1]]
    if deed == "swap":
        changed[one[0]][one[1]], changed[other[0]][other[1]] = lines[other[0]][other[1]], first
    elif deed == "repeat":
        changed[other[0]].insert(other[1], first)
    else:
        changed[one[0]].pop(one[1])
        if deed == "move":
            changed[other[0]].insert(other[1], first)

    def write(folder: Path) -> None:
        for name in names:
            (folder / name).write_bytes(b"".join(changed[name]))

    same = changed == lines
    found = tampered(home, write)
    # A line that stands at the edge of a month may move to the file beside it: the chain is one, whatever file holds a link.
    if b"".join(b"".join(several) for several in changed.values()) == b"".join(
        b"".join(several) for several in lines.values()
    ):
        assert found is None
    else:
        assert not same
        assert found is not None


def test_the_first_broken_line_is_named(written: Path) -> None:
    def altered(name: str, place: int) -> Callable[[Path], None]:
        def change(folder: Path) -> None:
            lines = (folder / name).read_bytes().split(b"\n")
            lines[place - 1] = lines[place - 1].replace("Question n°".encode(), "Question N°".encode())
            (folder / name).write_bytes(b"\n".join(lines))

        return change

    places = [
        (name, place)
        for name in FILES[:3]
        for place in range(1, len((written / "journal" / name).read_bytes().splitlines()) + 1)
    ]
    assert len(places) == 8
    for name, place in places:
        assert tampered(written, altered(name, place)) == f"{name}:{place}"


def test_a_whole_month_taken_out_is_noticed(written: Path) -> None:
    assert tampered(written, lambda folder: (folder / "2026-01.jsonl").unlink()) == "2026-02.jsonl:1"
    assert tampered(written, lambda folder: (folder / "2026-02.jsonl").unlink()) == "2026-03.jsonl:1"
    assert tampered(written, lambda folder: (folder / "2026-03.jsonl").unlink()) is not None
    assert tampered(written, lambda folder: (folder / "tete.jsonl").unlink()) == "tete.jsonl:1"


def test_a_line_replaced_by_a_tombstone_that_no_purge_noted_is_noticed(purged: Path) -> None:
    """The hashes that a forger needs stand in the file: only the purge's own line tells his tombstone from a true one."""

    def forge(folder: Path) -> None:
        path = folder / "2026-02.jsonl"
        lines = path.read_bytes().splitlines()
        at = next(place for place, line in enumerate(lines) if b'"who"' in line)
        import hashlib

        values = json.loads(lines[at])
        grave = {
            "purged": [values["n"], values["n"]],
            "previous": values["previous"],
            "hash": hashlib.sha256(lines[at]).hexdigest(),
        }
        lines[at] = json.dumps(grave, separators=(",", ":")).encode()
        path.write_bytes(b"\n".join(lines) + b"\n")

    assert tampered(purged, forge) is not None


def test_a_chain_made_anew_is_told_by_a_head_that_was_noted(tmp_path: Path) -> None:
    made = filled(tmp_path)
    head = made.verify().head
    assert made.verify(expect=head).met
    made.record("claire", Action.SEARCH, question="la suite")
    assert made.verify(expect=head).met
    shutil.rmtree(tmp_path / "journal")
    anew = Journal(tmp_path, Clock())
    for _ in range(9):
        anew.record("claire", Action.ASK, question="Une autre histoire ?")
    found = anew.verify(expect=head)
    assert (found.fault, found.met) == (None, False)


# ---- purge ------------------------------------------------------------------------------------------------------------------------------


def test_a_purge_by_date_leaves_hashes_and_no_word(tmp_path: Path) -> None:
    made = filled(tmp_path)
    head = made.verify().head
    assert made.purge("chef", before=date(2026, 2, 14)) == 4
    found = made.verify(expect=head)
    assert (found.entries, found.purged, found.fault, found.met) == (5, 4, None, True)
    everything = b"".join(
        path.read_bytes() for path in (tmp_path / "journal").rglob("*") if path.is_file()
    ).decode()
    assert "Question n° 3" not in everything
    assert "Question n° 4" in everything
    assert lines_of(tmp_path)[0].startswith(b'{"purged":[1,3],')
    last = list(made.entries())[-1]
    assert (last.who, last.action, last.detail) == (
        "chef",
        "purge",
        "4 lignes effacées, antérieures au 2026-02-14",
    )
    assert made.purge("chef", before=date(2026, 2, 14)) == 0


def test_a_purge_of_a_person_leaves_neither_words_nor_name(tmp_path: Path) -> None:
    made = filled(tmp_path)
    made.record("chef", Action.USERS, detail="compte créé", about="paul")
    assert made.purge("chef", who="paul") == 5
    everything = b"".join(
        path.read_bytes() for path in (tmp_path / "journal").rglob("*") if path.is_file()
    ).decode()
    assert "paul" not in everything
    assert [entry.number for entry in made.entries()] == [1, 3, 5, 7, 10]
    made.record("claire", Action.SEARCH, question="la suite")
    assert made.purge("chef", before=date(2026, 12, 31)) == 6  # the first purge's own line too
    found = made.verify()
    assert (found.entries, found.purged, found.fault) == (1, 11, None)


def test_a_broken_journal_is_not_purged(tmp_path: Path) -> None:
    made = filled(tmp_path)
    path = tmp_path / "journal" / "2026-01.jsonl"
    path.write_bytes(path.read_bytes().replace(b"claire", b"paul..", 1))
    with pytest.raises(JournalError, match=r"2026-01\.jsonl, ligne 1"):
        made.purge("chef", before=date(2026, 12, 31))


def test_a_purge_stopped_between_two_files_is_ended_by_the_next_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = filled(tmp_path)

    def stopped(self: Journal) -> None:
        staged = self._folder / "purge"
        first = min(staged.glob("2*.jsonl"))
        first.replace(self._folder / first.name)
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Journal, "_take_staged", stopped)
        with pytest.raises(KeyboardInterrupt):
            made.purge("chef", before=date(2026, 3, 1))
    made.record("claire", Action.SEARCH, question="après la panne")
    found = made.verify()
    assert (found.entries, found.purged, found.fault) == (4, 6, None)
    assert not (tmp_path / "journal" / "purge").exists()


def test_a_line_that_was_changed_is_no_line_that_a_stop_cut(tmp_path: Path) -> None:
    made = filled(tmp_path)
    path = tmp_path / "journal" / "2026-03.jsonl"
    path.write_bytes(path.read_bytes().replace("n° 7".encode(), "n° 9".encode()))
    found = made.verify()
    assert (found.fault is not None, found.cut) == (True, False)


def test_a_purge_stopped_before_it_was_ready_never_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = filled(tmp_path)
    (tmp_path / "journal" / "purge").mkdir()
    (tmp_path / "journal" / "purge" / "2026-01.jsonl").write_bytes(b"")
    made.record("claire", Action.SEARCH, question="après la panne")
    found = made.verify()
    assert (found.entries, found.purged, found.fault) == (9, 0, None)


# ---- several at once, and machines that stop ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kept", [0, 1, 40, -1])
def test_a_machine_that_stops_while_it_writes_loses_no_line(tmp_path: Path, kept: int) -> None:
    """The head is written first: the last line of the month is there in part, or not at all."""
    made = filled(tmp_path)
    path = tmp_path / "journal" / "2026-03.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:-1]) + lines[-1][: kept if kept >= 0 else len(lines[-1]) - 1])
    stopped = made.verify()
    assert (stopped.fault is not None, stopped.cut) == (True, True)
    made.record("claire", Action.SEARCH, question="après la panne")
    found = made.verify()
    assert (found.entries, found.fault, found.cut) == (9, None, False)
    assert [entry.question for entry in made.entries()][-2:] == ["Question n° 7 « é » ?", "après la panne"]


def test_the_first_line_of_a_month_survives_too(tmp_path: Path) -> None:
    made = filled(tmp_path, 4)
    (tmp_path / "journal" / "2026-02.jsonl").unlink()
    made.record("claire", Action.SEARCH, question="après la panne")
    assert (made.verify().entries, made.verify().fault) == (5, None)


def test_two_processes_add_at_once_and_no_line_is_lost(tmp_path: Path) -> None:
    program = "import sys; from pathlib import Path; from assistant.site.journal import *\nfor i in range(40): Journal(Path(sys.argv[1])).record(sys.argv[2], Action.ASK, question=f'{sys.argv[2]} {i}')"
    running = [
        subprocess.Popen([sys.executable, "-c", program, str(tmp_path), who], cwd=ROOT, env=os.environ)
        for who in ("claire", "paul")
    ]
    assert [one.wait(120) for one in running] == [0, 0]
    made = Journal(tmp_path)
    found = made.verify()
    assert (found.entries, found.fault) == (80, None)
    for who in ("claire", "paul"):
        assert [entry.question for entry in made.entries(who=who)] == [
            f"{who} {number}" for number in range(40)
        ]


@pytest.mark.parametrize(
    "text", ["\x00\x1b[31m", "\ud800 moitié", '"}\n{"n":1', "\u2028 ligne \x85", "x" * 100_000]
)
def test_hostile_words_stay_on_their_line(tmp_path: Path, text: str) -> None:
    made = Journal(tmp_path)
    made.record(text, Action.ASK, question=text, detail=text)
    made.record("claire", Action.ASK, question="la suivante")
    assert made.verify().fault is None
    assert [entry.number for entry in made.entries()] == [1, 2]
    assert next(made.entries()).question == text.replace("\ud800", "?")


def test_a_journal_without_its_head_takes_no_line(tmp_path: Path) -> None:
    made = filled(tmp_path)
    (tmp_path / "journal" / "tete.jsonl").unlink()
    with pytest.raises(JournalError, match=r"tete\.jsonl"):
        made.record("claire", Action.ASK, question="?")
