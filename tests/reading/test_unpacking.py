"""Archives that somebody sends are opened in a process of their own: the one that serves the page has neither their bytes nor what they do to a memory."""

import io
import random
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.datatypes import Failure
from assistant.errors import ReadingError
from assistant.reading import recognised
from assistant.reading.formats import Format
from assistant.reading.isolation import Readers, Unpacked

from .made_hostile import Case, all_cases
from .test_isolation import mischief

ARCHIVES = [case for case in all_cases() if case.name.endswith((".zip", ".tar", ".tgz", ".gz", ".7z", ".rar"))]
# A member that nothing forbids, and that fits no page's server ten times over: 150 MB out of 1 MB.
CHANCE = random.Random(3)
LARGE = b"".join(bytes(4070) + CHANCE.randbytes(26) for _ in range(150_000_000 // 4096))
ROOM_KILOBYTES = 40_000


@pytest.fixture(scope="module")
def readers() -> Iterator[Readers]:
    with Readers() as made:
        yield made


def peak_kilobytes() -> int:
    """The most memory that this process held since ``forget_peak``."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:"))


def forget_peak() -> int:
    """Begins to measure again; what is held now."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    return peak_kilobytes()


def zipped(path: Path, **members: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/"), data)
    return path


def opened(readers: Readers, archive: Path, name: str = "") -> tuple[Unpacked | Failure, ...]:
    folder = archive.parent / "ouvert"
    folder.mkdir()
    return readers.unpack(archive, name or archive.name, folder)


def test_the_files_of_an_archive_and_of_those_in_it_lie_under_names_of_ours(readers: Readers, tmp_path: Path) -> None:
    inner = zipped(tmp_path / "lot.zip", **{"RC.txt": b"deux"}).read_bytes()
    found = opened(readers, zipped(tmp_path / "dce.zip", **{"pieces__CCAP.txt": b"un", "lot.zip": inner}))
    assert [(one.name, one.path.name, one.path.read_bytes()) for one in found if isinstance(one, Unpacked)] == [
        ("dce.zip › pieces/CCAP.txt", "0", b"un"),
        ("dce.zip › lot.zip › RC.txt", "1", b"deux"),
    ]


@pytest.mark.parametrize("case", ARCHIVES, ids=lambda case: case.id)
def test_a_hostile_archive_is_opened_or_refused_in_words_and_writes_nowhere_else(readers: Readers, tmp_path: Path, case: Case) -> None:
    archive = tmp_path / "depot"
    archive.write_bytes(case.data)
    try:
        if readers.recognise(archive, case.name) is not None:
            return  # a document under the name of an archive
        found = opened(readers, archive, case.name)
    except ReadingError as error:
        found = (Failure(case.name, error.message, error.hint),)
    written = {path for path in tmp_path.rglob("*") if path.is_file()} - {archive}
    assert written == {one.path for one in found if isinstance(one, Unpacked)}
    assert all(one.message.startswith(("«", "Plus de")) and one.hint for one in found if isinstance(one, Failure))
    assert case.wanted != "refused" or any(isinstance(one, Failure) for one in found)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells the most memory of a while")
def test_the_memory_of_the_server_does_not_grow_with_what_an_archive_holds(readers: Readers, tmp_path: Path) -> None:
    archive = zipped(tmp_path / "plans.zip", **{"plan.txt": LARGE, "avis.txt": b"Un avis."})
    opened(readers, zipped(tmp_path / "petit.zip", **{"a.txt": b"a"}))  # the process is there
    assert archive.stat().st_size < 3_000_000
    before = forget_peak()
    (tmp_path / "ouvert" / "0").unlink()
    found = readers.unpack(archive, "plans.zip", tmp_path / "ouvert")
    assert [one.path.stat().st_size for one in found if isinstance(one, Unpacked)] == [len(LARGE), 8]
    assert peak_kilobytes() - before < ROOM_KILOBYTES


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells the most memory of a while")
@pytest.mark.parametrize("name", ["members", "names", "bomb"])
def test_the_memory_of_the_server_does_not_grow_with_what_an_archive_threatens(readers: Readers, tmp_path: Path, name: str) -> None:
    members = {
        "members": {f"{number:05}.txt": b"a" for number in range(12_000)},
        "names": {f"{'n' * 60_000}{number}.txt": b"a" for number in range(1_500)},
        "bomb": {f"{number}.txt": bytes(60_000_000) for number in range(4)},
    }[name]
    archive = tmp_path / "menace.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as made:
        for member, data in members.items():
            made.writestr(member, data)
    (tmp_path / "petit").mkdir()
    readers.unpack(zipped(tmp_path / "petit.zip", **{"a.txt": b"a"}), "petit.zip", tmp_path / "petit")
    before = forget_peak()
    assert readers.recognise(archive, "menace.zip") is None
    found = opened(readers, archive)
    refused = [one for one in found if isinstance(one, Failure)]
    assert {"members": "Plus de 10000 fichiers", "names": "", "bomb": "plus de 200 fois sa taille"}[name] in "".join(one.message for one in refused[-1:])
    assert len(found) == {"members": 10_001, "names": 1_500, "bomb": 4}[name]
    assert max(len(one.name if isinstance(one, Unpacked) else one.origin) for one in found) <= 500
    assert peak_kilobytes() - before < ROOM_KILOBYTES


def test_what_would_take_all_memory_is_given_up_and_the_next_one_is_opened(tmp_path: Path) -> None:
    archive = zipped(tmp_path / "plans.zip", **{"plan.txt": LARGE, "avis.txt": b"Un avis."})
    with Readers(memory_bytes=120 * 1024**2) as small:
        large, notice = opened(small, archive)
        (tmp_path / "ensuite").mkdir()
        assert small.unpack(archive, "plans.zip", tmp_path / "ensuite") == (large, notice._replace(path=tmp_path / "ensuite" / "1"))  # type: ignore[union-attr]
    assert isinstance(large, Failure)
    assert large.hint


def test_a_process_that_lies_of_what_it_wrote_is_not_believed(tmp_path: Path) -> None:
    lying = "from assistant.reading import worker; from pathlib import Path\n"
    lying += "def unpack(path, name, folder): Path(folder, '0').symlink_to('/etc/passwd'); return (('a.txt', '', ''),)\n"
    lying += "worker._OPERATIONS['unpack'] = unpack; worker.main()"
    archive = zipped(tmp_path / "a.zip", **{"a.txt": b"a"})
    with Readers(command=(sys.executable, "-P", "-c", lying, str(400 * 1024**2))) as readers, pytest.raises(ReadingError, match="un fichier manque"):
        opened(readers, archive)


def test_a_disk_that_is_full_is_said(readers: Readers, tmp_path: Path) -> None:
    with pytest.raises(ReadingError, match=r"n'a pas pu être décompressée") as caught:
        readers.unpack(zipped(tmp_path / "a.zip", **{"a.txt": b"a"}), "a.zip", tmp_path / "absent")
    assert "place" in caught.value.hint


def test_what_a_file_is_is_told_elsewhere_as_it_would_be_here(readers: Readers, tmp_path: Path) -> None:
    for number, case in enumerate(all_cases()[::9]):
        path = tmp_path / str(number)
        path.write_bytes(case.data or b" ")
        told: list[Format | str | None] = []
        for recognise in (recognised, readers.recognise):
            try:
                told.append(recognise(path, case.name))
            except ReadingError as error:
                told.append(error.message)
        assert told[0] == told[1]


def test_a_file_that_hangs_while_it_is_recognised_is_given_up(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"PK\x03\x04")
    with mischief() as readers, pytest.raises(ReadingError):
        readers.recognise(tmp_path / "a", "a.docx")


def test_a_tar_is_opened_too(readers: Readers, tmp_path: Path) -> None:
    path = tmp_path / "dce.tar"
    with tarfile.open(path, "w") as archive:
        info = tarfile.TarInfo("CCAP.txt")
        info.size = 2
        archive.addfile(info, io.BytesIO(b"un"))
    assert [one.name for one in opened(readers, path) if isinstance(one, Unpacked)] == ["dce.tar › CCAP.txt"]
