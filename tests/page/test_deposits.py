"""Files received: their names lead nowhere, their contents are looked at, each visitor's are his own."""

import asyncio
import io
import zipfile
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from assistant.datatypes import Failure
from assistant.errors import AssistantError, EmptyFileError, ReadingError, UnknownFormatError, UsageError
from assistant.page import deposits as module
from assistant.page.deposits import Deposits, gathered, safe_path
from assistant.reading import isolation, recognised
from tests.coroutines import completed

TEXT = b"Le titulaire livre sous trois jours.\n"


async def pieces(data: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(data), 7):
        yield data[start : start + 7]


def receive(held: Deposits, name: str, data: bytes, owner: str = "claire") -> module.Deposit:
    return completed(held.receive(owner, name, pieces(data)))


def zipped(**members: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/").replace("_txt", ".txt"), data)
    return made.getvalue()


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("CCAP.pdf", "CCAP.pdf"),
        ("../../etc/passwd", "etc/passwd"),
        ("/etc/passwd", "etc/passwd"),
        ("C:\\Windows\\win.ini", "C_/Windows/win.ini"),
        ("lot 1/./CCTP.docx", "lot 1/CCTP.docx"),
        ("a\x00b\u202etxt.exe", "a_b_txt.exe"),
        (" .. ", None),
        ("", None),
    ],
)
def test_a_name_leads_nowhere_else(name: str, kept: str | None) -> None:
    if kept is None:
        with pytest.raises(UsageError):
            safe_path(name)
    else:
        assert str(safe_path(name)) == kept


def test_a_file_is_kept_under_its_name_and_reached_by_its_token_only_by_its_owner(tmp_path: Path) -> None:
    held = Deposits(tmp_path / "d", recognised)
    made = receive(held, "lot 1/avis.txt", TEXT)
    assert made.path.read_bytes() == TEXT
    assert made.path.is_relative_to(tmp_path / "d" / made.token)
    assert held.of("claire", [made.token, "autre"]) == (made,)
    assert held.of("paul", [made.token]) == ()
    assert held.of("claire", "pas une liste") == ()
    held.forget((made,))
    assert held.of("claire", [made.token]) == ()
    assert not made.path.exists()


@pytest.mark.parametrize(
    ("name", "data", "refusal"),
    [
        ("vide.pdf", b"", EmptyFileError),
        ("programme.exe", b"MZ\x90\x00" + bytes(range(256)) * 4, UnknownFormatError),
        ("faux.pdf", b"\x7fELF\x02\x01\x01" + bytes(500), AssistantError),
    ],
)
def test_what_is_not_read_here_is_refused_and_erased(
    tmp_path: Path, name: str, data: bytes, refusal: type[AssistantError]
) -> None:
    held = Deposits(tmp_path / "d", recognised)
    with pytest.raises(refusal):
        receive(held, name, data)
    assert list((tmp_path / "d").rglob("*.*")) == []


def test_a_file_that_is_too_large_stops_being_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MAX_ARCHIVE_BYTES", 20)
    with pytest.raises(ReadingError, match="trop gros"):
        receive(Deposits(tmp_path / "d", recognised), "gros.txt", TEXT)
    assert [path for path in (tmp_path / "d").rglob("*") if path.is_file()] == []


def test_a_visitor_leaves_only_so_much(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_FILES", 1)
    held = Deposits(tmp_path / "d", recognised)
    receive(held, "a.txt", TEXT)
    with pytest.raises(UsageError, match="déjà déposé 1 fichiers"):
        receive(held, "b.txt", TEXT)
    receive(held, "b.txt", TEXT, owner="paul")


def test_what_was_left_behind_goes_after_a_day(tmp_path: Path) -> None:
    now = [0.0]
    held = Deposits(tmp_path / "d", recognised, clock=lambda: now[0])
    old = receive(held, "a.txt", TEXT)
    now[0] = module.KEPT_SECONDS + 1.0
    fresh = receive(held, "b.txt", TEXT)
    assert held.of("claire", [old.token, fresh.token]) == (fresh,)


def test_the_documents_of_archives_are_opened_one_by_one(tmp_path: Path) -> None:
    held = Deposits(tmp_path / "d", recognised)
    packed = receive(held, "dce.zip", zipped(lot__a_txt=b"un", b_txt=b"deux"))
    plain = receive(held, "c.txt", TEXT)
    read = {}
    with isolation.Readers() as readers:
        for found in held.opened((packed, plain), readers.unpack):
            assert not isinstance(found, Failure)
            name, data = found
            with data() as file:
                read[name] = file.read()
    assert read == {"a.txt": b"un", "b.txt": b"deux", "c.txt": TEXT}


def test_what_an_archive_holds_and_cannot_be_read_is_said_beside_the_rest(tmp_path: Path) -> None:
    held = Deposits(tmp_path / "d", recognised)
    packed = receive(held, "dce.zip", zipped(a_txt=b"un", **{"..__b_txt": b"deux"})[:-40])
    with isolation.Readers() as readers:
        (cut,) = held.opened((packed,), readers.unpack)
        assert isinstance(cut, Failure)
        assert "« dce.zip » est une archive tronquée ou abîmée" in cut.message
        (first, second) = held.opened(
            (receive(held, "dce.zip", zipped(a_txt=b"un", **{"..__b_txt": b"deux"})),), readers.unpack
        )
    assert not isinstance(first, Failure)
    assert first[0] == "a.txt"
    assert isinstance(second, Failure)
    assert "désigne un chemin hors de l'archive" in second.message
    assert [path.name for path in (tmp_path / "d").iterdir() if path.name.startswith("tmp")] == []


def test_loose_files_make_one_consultation_and_folders_their_own(tmp_path: Path) -> None:
    held = Deposits(tmp_path / "d", recognised)
    dropped = tuple(receive(held, name, TEXT) for name in ("RC.txt", "CCAP.txt", "lot 1/CCTP.txt"))
    gathered(dropped, tmp_path / "entree", each=False)
    assert sorted(
        str(path.relative_to(tmp_path / "entree")) for path in (tmp_path / "entree").rglob("*.txt")
    ) == [
        "Pièces déposées/CCAP.txt",
        "Pièces déposées/RC.txt",
        "lot 1/CCTP.txt",
    ]
    gathered(dropped[:2], tmp_path / "chacun", each=True)
    assert sorted(path.name for path in (tmp_path / "chacun").iterdir()) == ["CCAP.txt", "RC.txt"]


def test_several_deposits_at_once_share_one_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each saw the same room at its beginning: ten at once left ten times what one may."""
    monkeypatch.setattr(module, "MAX_BYTES", 1_000)
    held = Deposits(tmp_path, recognised)

    async def slow() -> AsyncIterator[bytes]:
        for _ in range(40):
            yield b"mot "  # 160 bytes in all
            await asyncio.sleep(0)

    async def ten() -> list[object]:
        return await asyncio.gather(
            *(held.receive("claire", f"{number}.txt", slow()) for number in range(10)), return_exceptions=True
        )

    got = completed(ten())
    kept = [one for one in got if isinstance(one, module.Deposit)]
    assert {type(one) for one in got} == {module.Deposit, ReadingError}
    assert sum(one.bytes for one in kept) <= 1_000
    assert len(list(tmp_path.rglob("*.txt"))) == len(kept)
    assert receive(held, "paul.txt", TEXT, "paul").bytes == len(TEXT)
