import contextlib
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from assistant.datatypes import Document, Kind
from assistant.errors import DamagedFileError, EncryptedFileError, ReadingError, UnknownFormatError
from assistant.reading import SUPPORTED, read, read_bytes
from assistant.reading.legacy_office import _confinement, libreoffice
from tests.conftest import lacks

from .made_files import DATA
from .made_office import odf, ole, xlsx

needs_writer = pytest.mark.skipif(lacks("docx"), reason="LibreOffice Writer is not installed")
needs_calc = pytest.mark.skipif(lacks("xlsx"), reason="LibreOffice Calc is not installed")
needs_impress = pytest.mark.skipif(lacks("pptx"), reason="LibreOffice Impress is not installed")
REAL = DATA / "contrats" / "clauses-sociales.doc"


def document_of(data: bytes, name: str) -> Document:
    return read_bytes(data, name, kind=Kind.TENDER, collection="essai")


def old(data: bytes, now: str, then: str, folder: Path) -> bytes:
    """A file in its format of before 2007, made by LibreOffice."""
    (folder / f"essai.{now}").write_bytes(data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    subprocess.run(
        [
            libreoffice(),
            profile,
            "--headless",
            "--convert-to",
            then,
            "--outdir",
            folder,
            folder / f"essai.{now}",
        ],
        check=True,
        capture_output=True,
    )
    return (folder / f"essai.{then}").read_bytes()


@needs_writer
@pytest.mark.skipif(not REAL.exists(), reason=f"the real document is not at {REAL}")
def test_a_real_word_97_document_is_read_with_its_lists_and_headings():
    document = read(REAL, kind=Kind.TENDER, collection="essai")
    assert document.source.media_type == "application/msword"
    assert "1. Insérer le texte proposé dans le Règlement de la consultation (RC)" in document.text
    assert "• Insérer un article « Clause sociale » dans le RC" in document.text
    assert "DANS L’ARTICLE RELATIF AUX PENALITES :" in [heading.title for heading in document.headings]
    assert [problem.code for problem in document.problems] == ["converted"]


@needs_calc
def test_an_old_workbook_reads_as_a_new_one(tmp_path: Path):
    book = document_of(
        old(xlsx({"BPU": [["N°", "Désignation", "Prix"], [1, "Serveur", 1200.5]]}), "xlsx", "xls", tmp_path),
        "bpu.xls",
    )
    assert book.text == "BPU\nN° | Désignation | Prix\nN° : 1 | Désignation : Serveur | Prix : 1200,5\n"


@needs_impress
def test_an_old_presentation_reads_as_a_new_one(tmp_path: Path):
    page = (
        '<draw:page><draw:frame presentation:class="title" svg:width="10cm" svg:height="2cm" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"'
        ' xmlns:presentation="urn:oasis:names:tc:opendocument:xmlns:presentation:1.0"><draw:text-box><text:p>Objet</text:p></draw:text-box></draw:frame></draw:page>'
    )
    deck = document_of(old(odf("presentation", page), "odp", "ppt", tmp_path), "deck.ppt")
    assert deck.text == "Objet\n"
    assert [page.span.of(deck.text) for page in deck.pages] == ["Objet\n"]


@needs_writer
def test_nothing_is_left_on_the_disk(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with contextlib.suppress(ReadingError):
        document_of(ole({"WordDocument": bytes(512)}), "a.doc")
    assert list(tmp_path.iterdir()) == []


def test_without_libreoffice_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("assistant.reading.legacy_office.libreoffice", lambda: None)
    cases = (
        ("a.doc", "WordDocument", "libreoffice-writer"),
        ("a.xls", "Workbook", "libreoffice-calc"),
        ("a.ppt", "PowerPoint Document", "libreoffice-impress"),
    )
    for name, stream, package in cases:
        with pytest.raises(UnknownFormatError, match="il faut LibreOffice") as caught:
            document_of(ole({stream: bytes(64)}), name)
        assert package in caught.value.hint


def test_a_libreoffice_without_calc_is_told_from_a_damaged_workbook(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    (tmp_path / "libswlo.so").touch()
    monkeypatch.setattr("assistant.reading.legacy_office.libreoffice", lambda: program(tmp_path, "exit 0"))
    with pytest.raises(UnknownFormatError, match="LibreOffice Calc"):
        document_of(ole({"Workbook": bytes(64)}), "a.xls")


def program(folder: Path, script: str) -> str:
    path = folder / "soffice"
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    return str(path)


def beating(beat: Path) -> bool:
    """Whether something still writes to a file ten times a second."""
    before = beat.read_text(encoding="utf-8")
    time.sleep(0.5)
    return beat.read_text(encoding="utf-8") != before


BEATS = "(while :; do date +%N > {}; sleep 0.1; done) &\nwait"


def test_a_conversion_that_does_not_end_is_given_up_with_all_it_started(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    beat = tmp_path / "beat"
    monkeypatch.setattr(
        "assistant.reading.legacy_office.libreoffice", lambda: program(tmp_path, BEATS.format(beat))
    )
    monkeypatch.setattr("assistant.reading.legacy_office.TIMEOUT_SECONDS", 1)
    with pytest.raises(ReadingError, match="abandonné"):
        document_of(ole({"WordDocument": bytes(64)}), "a.doc")
    assert not beating(beat)


@pytest.mark.skipif(len(_confinement()) < 5, reason="this machine has no setpriv, or lets no one unshare")
def test_a_conversion_ends_with_the_process_that_asked_for_it(tmp_path: Path):
    beat, source = tmp_path / "beat", tmp_path / "a.doc"
    program(tmp_path, BEATS.format(beat))
    source.write_bytes(ole({"WordDocument": bytes(64)}))
    code = "import sys, pathlib\nfrom assistant.reading.legacy_office import read_doc\nread_doc(pathlib.Path(sys.argv[1]).read_bytes(), 'a.doc')"
    environment = os.environ | {
        "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}",
        "TMPDIR": str(tmp_path),
    }
    reader = subprocess.Popen([sys.executable, "-c", code, str(source)], env=environment)
    deadline = time.monotonic() + 20
    while not (beat.exists() and beat.read_text(encoding="utf-8")) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert beating(beat)
    reader.kill()
    reader.wait()
    time.sleep(0.3)
    assert not beating(beat)


def test_a_conversion_that_gives_nothing_is_a_damaged_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setattr("assistant.reading.legacy_office.libreoffice", lambda: program(tmp_path, "exit 0"))
    with pytest.raises(DamagedFileError, match="LibreOffice n'en tire rien"):
        document_of(ole({"WordDocument": bytes(64)}), "a.doc")


def test_the_program_sees_neither_our_name_nor_our_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    seen = tmp_path / "seen"
    monkeypatch.setenv("SECRET_OF_OURS", "x")
    monkeypatch.setattr(
        "assistant.reading.legacy_office.libreoffice",
        lambda: program(tmp_path, f'{{ echo "$@"; env; }} > {seen}'),
    )
    with pytest.raises(DamagedFileError):
        document_of(ole({"WordDocument": bytes(64)}), "--convert-to; rm -rf x.doc")
    written = seen.read_text(encoding="utf-8")
    assert "rm -rf" not in written
    assert "SECRET_OF_OURS" not in written
    assert f"HOME={os.environ.get('HOME')}\n" not in written
    assert "--convert-to docx" in written


@pytest.mark.parametrize(
    ("streams", "name"),
    [
        ({"EncryptedPackage": b"x", "EncryptionInfo": b"y"}, "a.docx"),
        ({"EncryptedPackage": b"x", "EncryptionInfo": b"y"}, "a.xlsx"),
        ({"WordDocument": bytes(10) + (0x0100).to_bytes(2, "little") + bytes(100)}, "a.doc"),
        ({"Workbook": b"\x09\x08\x02\x00ab\x2f\x00\x02\x00cd"}, "a.xls"),
        ({"PowerPoint Document": b"x", "EncryptedSummary": b"y"}, "a.ppt"),
    ],
)
def test_a_password_is_asked_for(streams, name):
    with pytest.raises(EncryptedFileError, match="mot de passe"):
        document_of(ole(streams), name)


def test_a_folder_walk_finds_old_files():
    assert {
        ".doc",
        ".xls",
        ".ppt",
        ".rtf",
        ".odt",
        ".ods",
        ".xlsx",
        ".pptx",
        ".eml",
        ".msg",
        ".xml",
    } <= SUPPORTED
