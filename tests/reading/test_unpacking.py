"""Archives that somebody sends are opened in a process of their own: the one that serves the page has neither their bytes nor what they do to a memory."""

import io
import os
import random
import stat
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Iterator
from datetime import date
from email.message import EmailMessage
from pathlib import Path

import pytest

from assistant.datatypes import Failure
from assistant.errors import ReadingError
from assistant.index.library import Library
from assistant.reading import archives, own_folder, recognised
from assistant.reading.archives import Budget, Member, Refused
from assistant.reading.formats import Format
from assistant.reading.isolation import Readers, Unpacked
from assistant.review.pieces import review_paths
from assistant.summaries.batch.results import Results
from assistant.summaries.batch.run import run
from assistant.summaries.batch.spread import Here
from tests.fakes import FakeEmbedding
from tests.index.test_ingest import index

from .made_hostile import Case, all_cases
from .test_isolation import mischief

ARCHIVES = [
    case for case in all_cases() if case.name.endswith((".zip", ".tar", ".tgz", ".gz", ".7z", ".rar"))
]
ROOM_KILOBYTES = 40_000


@pytest.fixture(scope="module")
def large() -> bytes:
    """A member that nothing forbids, and that fits no page's server ten times over: 150 MB out of 1 MB."""
    chance = random.Random(3)
    return b"".join(bytes(4070) + chance.randbytes(26) for _ in range(150_000_000 // 4096))


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


def test_the_files_of_an_archive_and_of_those_in_it_lie_under_names_of_ours(
    readers: Readers, tmp_path: Path
) -> None:
    inner = zipped(tmp_path / "lot.zip", **{"RC.txt": b"deux"}).read_bytes()
    found = opened(readers, zipped(tmp_path / "dce.zip", **{"pieces__CCAP.txt": b"un", "lot.zip": inner}))
    assert [
        (one.name, one.path.name, one.path.read_bytes()) for one in found if isinstance(one, Unpacked)
    ] == [
        ("dce.zip › pieces/CCAP.txt", "0", b"un"),
        ("dce.zip › lot.zip › RC.txt", "1", b"deux"),
    ]


@pytest.mark.parametrize("case", ARCHIVES, ids=lambda case: case.id)
def test_a_hostile_archive_is_opened_or_refused_in_words_and_writes_nowhere_else(
    readers: Readers, tmp_path: Path, case: Case
) -> None:
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
    assert all(
        one.message.startswith(("«", "Plus de")) and one.hint for one in found if isinstance(one, Failure)
    )
    assert case.wanted != "refused" or any(isinstance(one, Failure) for one in found)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells the most memory of a while")
def test_the_memory_of_the_server_does_not_grow_with_what_an_archive_holds(
    readers: Readers, large: bytes, tmp_path: Path
) -> None:
    archive = zipped(tmp_path / "plans.zip", **{"plan.txt": large, "avis.txt": b"Un avis."})
    opened(readers, zipped(tmp_path / "petit.zip", **{"a.txt": b"a"}))  # the process is there
    assert archive.stat().st_size < 3_000_000
    before = forget_peak()
    (tmp_path / "ouvert" / "0").unlink()
    found = readers.unpack(archive, "plans.zip", tmp_path / "ouvert")
    assert [one.path.stat().st_size for one in found if isinstance(one, Unpacked)] == [len(large), 8]
    assert peak_kilobytes() - before < ROOM_KILOBYTES


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells the most memory of a while")
@pytest.mark.parametrize("name", ["members", "names", "bomb"])
def test_the_memory_of_the_server_does_not_grow_with_what_an_archive_threatens(
    readers: Readers, tmp_path: Path, name: str
) -> None:
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
    assert {"members": "Plus de 10000 fichiers", "names": "", "bomb": "plus de 200 fois sa taille"}[
        name
    ] in "".join(one.message for one in refused[-1:])
    assert len(found) == {"members": 10_001, "names": 1_500, "bomb": 4}[name]
    assert max(len(one.name if isinstance(one, Unpacked) else one.origin) for one in found) <= 500
    assert peak_kilobytes() - before < ROOM_KILOBYTES


def test_what_would_take_all_memory_is_given_up_and_the_next_one_is_opened(
    large: bytes, tmp_path: Path
) -> None:
    archive = zipped(tmp_path / "plans.zip", **{"plan.txt": large, "avis.txt": b"Un avis."})
    with Readers(memory_bytes=120 * 1024**2) as small:
        swollen, notice = opened(small, archive)
        (tmp_path / "ensuite").mkdir()
        assert small.unpack(archive, "plans.zip", tmp_path / "ensuite") == (
            swollen,
            notice._replace(path=tmp_path / "ensuite" / "1"),
        )  # type: ignore[union-attr]
    assert isinstance(swollen, Failure)
    assert swollen.hint


def test_a_process_that_lies_of_what_it_wrote_is_not_believed(tmp_path: Path) -> None:
    lying = "from assistant.reading import worker; from pathlib import Path\n"
    lying += "def unpack(path, data, name, folder, *_): Path(folder, '0').symlink_to('/etc/passwd'); return (('a.txt', '', ''),), 1, 1\n"
    lying += "worker._OPERATIONS['unpack'] = unpack; worker.main()"
    archive = zipped(tmp_path / "a.zip", **{"a.txt": b"a"})
    with (
        Readers(command=(sys.executable, "-P", "-c", lying, str(400 * 1024**2))) as readers,
        pytest.raises(ReadingError, match="un fichier manque"),
    ):
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


# ---- for the index, the review and the summaries --------------------------------------------------------------------------------------------


def told(found: Iterator[Member | Refused] | None) -> list[tuple[str, bytes | str]] | None:
    """Names and bytes of what an archive holds, or what is said of it; None for a document."""
    if found is None:
        return None
    said: list[tuple[str, bytes | str]] = []
    try:
        said.extend((one.name, one.data if isinstance(one, Member) else one.error.message) for one in found)
    except ReadingError as error:
        said.append(("", error.message))
    return said


@pytest.mark.parametrize("case", ARCHIVES, ids=lambda case: case.id)
def test_another_process_says_of_an_archive_what_this_one_would(
    readers: Readers, tmp_path: Path, case: Case
) -> None:
    here, there = Budget(), Budget()
    expected = told(archives.opened(case.data, case.name, here, 1))
    (tmp_path / "donné").write_bytes(case.data)
    assert told(readers.opened(tmp_path / "donné", case.name, there, 1)) == expected
    assert (there.members, there.expanded_bytes) == (here.members, here.expanded_bytes)
    assert len(case.data) > 100_000 or told(readers.opened(case.data, case.name, Budget(), 1)) == expected


def test_a_document_that_begins_as_an_archive_is_none(readers: Readers, tmp_path: Path) -> None:
    late = zipped(
        tmp_path / "a", **{"word__document.xml": b"<a/>", "[Content_Types].xml": b"<a/>"}
    ).read_bytes()
    assert archives.looks_packed(late, "sans-terminaison")
    assert readers.opened(late, "sans-terminaison", Budget(), 1) is None


def own_folders() -> list[Path]:
    return list(Path(tempfile.gettempdir()).glob("assistant-archive-*"))


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of temporary files, nobody else's."""
    (tmp_path / "provisoire").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "provisoire"))
    return tmp_path / "provisoire"


def test_nothing_of_an_archive_stays_on_the_disk(readers: Readers, tmp_path: Path, temporary: Path) -> None:
    archive = zipped(tmp_path / "dce.zip", **{"a.txt": b"a", "b.txt": b"b"})
    found = readers.opened(archive, "dce.zip", Budget(), 1)
    assert found is not None
    assert next(found).name == "dce.zip › a.txt"
    (folder,) = own_folders()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {one.name for one in folder.iterdir()} == {"1", ".lock"}
    found.close()  # type: ignore[attr-defined]
    assert own_folders() == []


def test_what_a_killed_process_left_of_an_archive_is_erased_by_the_next_and_what_another_reads_is_not(
    readers: Readers, tmp_path: Path, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own_folder, "_NEW_SECONDS", -1.0)
    source = "import sys, tempfile; from assistant.reading import own_folder\n"
    source += "with own_folder.made() as folder: (folder / '0').write_text('secret'); print(folder, flush=True); sys.stdin.read()"
    with subprocess.Popen(
        (sys.executable, "-c", source),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ | {"TMPDIR": str(temporary)},
    ) as holder:
        assert holder.stdout
        folder = Path(holder.stdout.readline().decode().strip())
        archive = zipped(tmp_path / "dce.zip", **{"a.txt": b"a"})
        assert told(readers.opened(archive, "dce.zip", Budget(), 1)) == [("dce.zip › a.txt", b"a")]
        assert (folder / "0").exists()
        holder.kill()
    assert told(readers.opened(archive, "dce.zip", Budget(), 1)) == [("dce.zip › a.txt", b"a")]
    assert not folder.exists()


def test_a_full_disk_is_said_of_the_archive(readers: Readers, tmp_path: Path, temporary: Path) -> None:
    temporary.rmdir()
    with pytest.raises(ReadingError, match="n'a pas pu être décompressée") as caught:
        readers.opened(zipped(tmp_path / "dce.zip", **{"a.txt": b"a"}), "dce.zip", Budget(), 1)
    assert "place" in caught.value.hint


@pytest.fixture
def strict(monkeypatch: pytest.MonkeyPatch) -> None:
    """Opening an archive in this process fails."""

    def refuse(*_: object) -> None:
        raise AssertionError("an archive was opened in the process that asks")

    for name in ("_zip_members", "_tar_members", "_is_package"):
        monkeypatch.setattr(archives, name, refuse)


@pytest.fixture
def dce(tmp_path: Path) -> Path:
    """A folder with an archive, a TAR in it, and one that is attached to a message."""
    folder = tmp_path / "dce"
    folder.mkdir()
    clause = "Article 1 - Objet\n\nLe marché a pour objet la tonte des pelouses du lot {}, pour une durée de douze mois.\n".format
    inner = io.BytesIO()
    with tarfile.open(fileobj=inner, mode="w:gz") as packed:
        info = tarfile.TarInfo("CCTP.txt")
        info.size = len(clause(2).encode())
        packed.addfile(info, io.BytesIO(clause(2).encode()))
    zipped(folder / "lots.zip", **{"CCAP.txt": clause(1).encode(), "lot 2.tgz": inner.getvalue()})
    message = EmailMessage()
    message["Subject"], message["From"] = "Les pièces", "a@exemple.fr"
    message.set_content("Voici les pièces du marché de tonte.")
    attached = zipped(tmp_path / "joint", **{"RC.txt": clause(3).encode()}).read_bytes()
    message.add_attachment(attached, "application", "octet-stream", filename="joint.zip")
    (folder / "envoi.eml").write_bytes(bytes(message))
    return folder


@pytest.mark.usefixtures("strict")
def test_the_index_opens_no_archive(dce: Path, library: Library, embedding: FakeEmbedding) -> None:
    report = index(library, embedding, dce)
    assert report.failures == ()
    assert {one.origin.rpartition("/")[2] for one in report.added} == {
        "envoi.eml",
        "envoi.eml › joint.zip › RC.txt",
        "lots.zip › CCAP.txt",
        "lots.zip › lot 2.tgz › CCTP.txt",
    }


@pytest.mark.usefixtures("strict")
def test_the_review_opens_no_archive(dce: Path) -> None:
    reviewed = review_paths([dce], day=date(2026, 4, 1))
    assert reviewed.failures == ()
    assert len(reviewed.reviews) == 4


@pytest.mark.usefixtures("strict")
def test_the_summaries_open_no_archive(dce: Path, tmp_path: Path) -> None:
    spread = Here()
    report, _ = run([dce], Results(tmp_path / "fiches"), spread)
    spread.close()
    assert report.failures == ()
    assert len(report.documents) == 4
