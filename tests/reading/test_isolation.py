"""Files read in another process: what hangs, crashes or explodes is given up, and the next file is read."""

import hashlib
import os
import resource
import sys
import threading
import time
import zipfile
import zlib
from pathlib import Path

import pytest

from assistant.datatypes import Kind
from assistant.errors import DamagedFileError, EncryptedFileError, ReadingError
from assistant.reading import isolation, page_image, read_bytes
from assistant.reading.isolation import LARGEST_ANSWER, Readers

from .made_files import pdf, text_page
from .made_hostile import pdf_of
from .test_mail import message

PDF = pdf([text_page("ARTICLE 1 - OBJET", "Le marché a pour objet le nettoyage.")])
# A worker whose reader does what the name of the file says.
MISCHIEF = """
import os, re, sys, time
from assistant import reading
from assistant.reading import patience, worker
honest = reading.read_bytes
def mischievous(data, name, **options):
    if "pend" in name: re.fullmatch("(a|a)*b", "a" * 40)
    if "plante" in name: os.abort()
    if "explose" in name: return [bytes(10_000_000) + bytes(1) for _ in range(1000)]
    if "se trompe" in name: return {}[name]
    if "avance" in name:
        for _ in range(8): time.sleep(0.25); patience.advanced()
    if "bavarde" in name: print("bruit" * 100, flush=True); os.write(1, b"bruit")
    return honest(data, name, **options)
reading.read_bytes = mischievous
worker.main()
"""


def mischief(seconds: float = 20.0, memory_bytes: int = 400 * 1024**2) -> Readers:
    return Readers(
        seconds=seconds,
        memory_bytes=memory_bytes,
        command=(sys.executable, "-P", "-c", MISCHIEF, str(memory_bytes)),
    )


def ask(readers: Readers, data: bytes | Path, name: str = "a.pdf") -> isolation.Reading:
    return readers.read(data, name, kind=Kind.TENDER, collection="essai").result()


@pytest.fixture(scope="module")
def readers():
    with Readers() as made:
        yield made


def test_a_file_read_elsewhere_is_the_one_read_here(readers, tmp_path: Path):
    path = tmp_path / "a.pdf"
    path.write_bytes(PDF)
    here = read_bytes(PDF, "a.pdf", kind=Kind.TENDER, collection="essai", origin=str(path))
    assert ask(readers, path) == isolation.Reading(here, ())


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"%PDF-1.7\nrien", DamagedFileError),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), DamagedFileError),
    ],
)
def test_errors_come_back_as_they_are(readers, data, error):
    with pytest.raises(error) as caught:
        ask(readers, data)
    assert "« a.pdf »" in caught.value.message
    assert caught.value.hint


def test_an_encrypted_file_says_so_from_there(readers):
    import io

    import pypdf

    writer = pypdf.PdfWriter(clone_from=io.BytesIO(PDF))
    writer.encrypt("secret", algorithm="RC4-128")
    buffer = io.BytesIO()
    writer.write(buffer)
    with pytest.raises(EncryptedFileError):
        ask(readers, buffer.getvalue())


def test_a_file_that_hangs_is_given_up_and_the_next_one_is_read():
    with mischief(seconds=1.5) as readers:
        start = time.monotonic()
        with pytest.raises(ReadingError, match=r"« pend.pdf » n'a pas pu être lu en 2 s"):
            ask(readers, PDF, "pend.pdf")
        assert time.monotonic() - start < 60  # a hang, not a speed
        assert ask(readers, PDF).document is not None


def test_a_file_that_crashes_its_reader_is_said():
    with mischief() as readers:
        with pytest.raises(ReadingError, match=r"« plante.pdf » a fait planter son lecteur"):
            ask(readers, PDF, "plante.pdf")
        assert ask(readers, PDF).document is not None


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux bounds a process's memory")
def test_a_file_that_takes_all_memory_is_said():
    with mischief() as readers:
        with pytest.raises(ReadingError, match=r"« explose.pdf » demande trop de mémoire"):
            ask(readers, PDF, "explose.pdf")
        assert ask(readers, PDF).document is not None


def test_a_reader_that_is_wrong_is_said():
    with (
        mischief() as readers,
        pytest.raises(
            ReadingError,
            match=r"« se trompe.pdf » n'a pas pu être lu : son contenu a mis le lecteur en défaut",
        ),
    ):
        ask(readers, PDF, "se trompe.pdf")


def test_a_long_reading_that_advances_is_left_in_peace():
    with mischief(seconds=1.8) as readers:  # it takes 2 s
        assert ask(readers, PDF, "avance.pdf").document is not None


def test_a_process_that_is_slow_to_start_is_not_the_file_s_fault():
    slow = MISCHIEF.replace("worker.main()", "time.sleep(1.5); worker.main()")
    with Readers(seconds=1.0, command=(sys.executable, "-P", "-c", slow, str(400 * 1024**2))) as readers:
        assert ask(readers, PDF).document is not None


def test_what_libraries_print_does_not_disturb():
    with mischief() as readers:
        assert ask(readers, PDF, "bavarde.pdf").document is not None


def test_two_files_are_read_at_once():
    with mischief(seconds=30) as readers:
        ready = [readers.read(PDF, "a.pdf", kind=Kind.TENDER, collection="essai") for _ in range(2)]
        assert all(one.result().document for one in ready)
        start = time.monotonic()
        both = [readers.read(PDF, "avance.pdf", kind=Kind.TENDER, collection="essai") for _ in range(2)]
        assert all(one.result().document for one in both)
        assert time.monotonic() - start < 3.9  # each takes 2 s


def test_plain_text_starts_no_process(tmp_path: Path):
    path = tmp_path / "a.md"
    path.write_text("# Titre\n\nUn texte.", encoding="utf-8")
    with Readers(command=("/absent",)) as readers:
        assert ask(readers, path, "a.md").document.text == "# Titre\n\nUn texte."
        with pytest.raises(ReadingError, match="ne démarre pas"):
            ask(readers, PDF, "a.txt")  # a PDF under the name of a text is read in safety


def test_a_module_in_the_current_folder_is_not_imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "struct.py").write_text("raise SystemExit('hostile')")
    monkeypatch.chdir(tmp_path)
    with Readers() as readers:
        assert ask(readers, PDF).document is not None


def test_closing_ends_what_is_still_read():
    readers = mischief(seconds=60)
    hanging = readers.read(PDF, "pend.pdf", kind=Kind.TENDER, collection="essai")
    time.sleep(0.3)
    start = time.monotonic()
    readers.close()
    assert time.monotonic() - start < 5
    with pytest.raises(ReadingError):
        hanging.result()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child of its parent's death")
def test_no_reader_outlives_a_killed_run(tmp_path: Path):
    import signal
    import subprocess

    script = """
import sys
import threading
from assistant.datatypes import Kind
from tests.reading import test_isolation as tests
readers = tests.mischief(seconds=60)
tests.ask(readers, tests.PDF)
print(readers._all[-1]._process.pid, flush=True)
tests.ask(readers, tests.PDF, "pend.pdf")
"""
    run = subprocess.Popen(
        [sys.executable, "-c", script], cwd=Path(__file__).parents[2], stdout=subprocess.PIPE
    )
    assert run.stdout is not None
    child = int(run.stdout.readline())
    run.send_signal(signal.SIGKILL)
    run.wait()
    for _ in range(100):
        if not Path(f"/proc/{child}").exists() or " Z " in Path(f"/proc/{child}/stat").read_text():
            return
        time.sleep(0.05)
    os.kill(child, signal.SIGKILL)
    pytest.fail("the reader was still there")


def bomb_pdf() -> bytes:
    """A page of 300 kB on which sixteen million words are written."""
    packing, words = zlib.compressobj(9), b"BT /F1 9 Tf (mot) Tj ET\n" * 100_000
    packed = b"".join([*(packing.compress(words) for _ in range(160)), packing.flush()])
    page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> /Contents 4 0 R >>"
    stream = f"<< /Length {len(packed)} /Filter /FlateDecode >>\nstream\n".encode() + packed + b"\nendstream"
    return pdf_of(
        "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Count 1 /Kids [3 0 R] >>", page, stream
    )


def test_a_piece_is_found_by_its_digest_and_drawn_elsewhere_as_it_would_be_here(readers, tmp_path: Path):
    with zipfile.ZipFile(tmp_path / "DCE.zip", "w") as archive:
        archive.writestr("pieces/CCAP.pdf", PDF)
    digest = hashlib.sha256(PDF).hexdigest()
    document = readers.piece(tmp_path, digest[:16], Kind.TENDER)
    assert document.source.sha256 == digest
    assert readers.draw(document, 1, "") == page_image.page_image(PDF, 1)
    with pytest.raises(ReadingError, match="n'est plus là"):
        readers.piece(tmp_path, "0" * 16, Kind.TENDER)


def test_a_piece_attached_to_a_message_is_found_by_its_digest(readers, tmp_path: Path):
    mail = message(files=(("CCAP.pdf", PDF),)).as_bytes()
    (tmp_path / "courriel.eml").write_bytes(mail)
    document = readers.piece(tmp_path, hashlib.sha256(PDF).hexdigest()[:16], Kind.TENDER)
    assert document.source.origin == str(tmp_path / "courriel.eml › CCAP.pdf")
    assert readers.draw(document, 1, "") == page_image.page_image(PDF, 1)


def test_what_would_fill_the_memory_is_refused_by_its_name_and_the_next_page_is_drawn(tmp_path: Path):
    """A small PDF took the server of a page from 1.2 to 21.9 GB: it was read again there, to show one of its pages."""
    (tmp_path / "bombe.pdf").write_bytes(bomb_pdf())
    (tmp_path / "a.pdf").write_bytes(PDF)
    digest = hashlib.sha256((tmp_path / "bombe.pdf").read_bytes()).hexdigest()[:16]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with Readers(seconds=20, memory_bytes=400 * 1024**2) as small:
        with pytest.raises(ReadingError, match=r"mémoire|abandonnée|planter"):
            small.piece(tmp_path, digest, Kind.TENDER)
        document = small.piece(tmp_path, hashlib.sha256(PDF).hexdigest()[:16], Kind.TENDER)
        assert small.draw(document, 1, "").count == 1
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300 * 1024  # kilobytes


def test_an_answer_larger_than_any_document_is_not_taken(tmp_path: Path):
    tall = [
        sys.executable,
        "-c",
        f"import sys; sys.stdout.buffer.write(({LARGEST_ANSWER} + 1).to_bytes(8)); sys.stdout.flush(); import time; time.sleep(60)",
    ]
    with Readers(command=tall) as lying, pytest.raises(ReadingError, match="demande trop de mémoire"):
        ask(lying, PDF)


@pytest.mark.skipif(
    sys.platform != "linux", reason="only Linux ends a process with the thread that started it"
)
def test_a_process_outlives_the_thread_that_first_asked_for_it(tmp_path: Path):
    (tmp_path / "a.pdf").write_bytes(PDF)
    digest = hashlib.sha256(PDF).hexdigest()[:16]
    with Readers() as readers:
        asking = threading.Thread(target=readers.piece, args=(tmp_path, digest, Kind.TENDER))
        asking.start()
        asking.join()
        document = readers.piece(tmp_path, digest, Kind.TENDER)
        assert readers.draw(document, 1, "").count == 1
