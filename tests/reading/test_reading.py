import hashlib
import io
import os
import time
import zipfile
from pathlib import Path

import docx
import pytest

from assistant.datatypes import Kind
from assistant.errors import DamagedFileError, EmptyFileError, ReadingError, UnknownFormatError
from assistant.reading import SUPPORTED, read, read_bytes

from .made_files import pdf, saved, text_page

PDF = pdf([text_page("Un texte.")])


def zipped(**members: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return buffer.getvalue()


def test_a_source_is_known_by_its_bytes_and_not_by_its_name(tmp_path: Path):
    path = tmp_path / "CCAP.pdf"
    path.write_bytes(PDF)
    source = read(path, kind=Kind.TENDER, collection="nantes").source
    digest = hashlib.sha256(PDF).hexdigest()
    assert (source.id, source.sha256) == (digest[:16], digest)
    assert (
        source == read_bytes(PDF, "CCAP.pdf", kind=Kind.TENDER, collection="nantes", origin=str(path)).source
    )
    assert (source.kind, source.collection, source.media_type, source.title) == (
        Kind.TENDER,
        "nantes",
        "application/pdf",
        "CCAP",
    )


def test_an_origin_may_be_told():
    assert (
        read_bytes(PDF, "a.pdf", kind=Kind.TENDER, collection="c", origin="dce.zip › a.pdf").source.origin
        == "dce.zip › a.pdf"
    )


@pytest.mark.parametrize("name", ["CCAP.docx", "CCAP.txt", "CCAP.md", "CCAP.jsonl", "CCAP.odt"])
def test_a_pdf_under_another_name_is_read_and_said(name):
    document = read_bytes(PDF, name, kind=Kind.TENDER, collection="c")
    assert document.text == "Un texte.\n"
    assert document.problems[0].code == "wrong-ending"
    assert "c'est un fichier PDF" in document.problems[0].message


def test_a_word_file_without_ending_is_read_without_a_word():
    document = docx.Document()
    document.add_paragraph("Un texte.")
    found = read_bytes(saved(document), "sans-terminaison", kind=Kind.TENDER, collection="c")
    assert (found.text, found.problems) == ("Un texte.\n", ())


@pytest.mark.parametrize(
    ("data", "name", "error", "words"),
    [
        (b"", "a.pdf", EmptyFileError, "est vide"),
        (b" \n\x00", "a.txt", EmptyFileError, "est vide"),
        (b"<html><body></body></html>", "a.html", EmptyFileError, "aucun texte"),
        (saved(docx.Document()), "a.docx", EmptyFileError, "aucun texte"),
        (b"bonjour", "a.pdf", DamagedFileError, "n'est pas un PDF malgré son nom"),
        (b"\x00\x01\x02" * 50, "a.docx", DamagedFileError, "n'est pas un DOCX"),
        (zipped(a="x"), "a.docx", DamagedFileError, "autre archive ZIP"),
        (zipped(a="x")[:20], "a.docx", DamagedFileError, "tronqué"),
        (zipped(a="x"), "a.zip", UnknownFormatError, "archive ZIP"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600,
            "a.doc",
            DamagedFileError,
            "ancien document Office",
        ),
        (b"bonjour", "a.rtf", DamagedFileError, "n'est pas un RTF"),
        (b"<svg/>", "a.xml", UnknownFormatError, "forme inconnue"),
        (b"\x89PNG\r\n\x1a\n", "a.png", ReadingError, "image"),
        (b"\x00\x01\x02\x03", "a.txt", UnknownFormatError, "n'est pas un fichier de texte"),
        (b"bonjour", "a.xyz", UnknownFormatError, "format qui n'est pas lu"),
    ],
)
def test_what_cannot_be_read_says_what_why_and_what_to_do(data, name, error, words):
    with pytest.raises(error, match=words) as caught:
        read_bytes(data, name, kind=Kind.TENDER, collection="c")
    assert f"« {name} »" in caught.value.message
    assert caught.value.hint


def test_a_folder_a_missing_file_and_a_pipe_are_told_apart(tmp_path: Path):
    os.mkfifo(tmp_path / "tube")
    for path, words in (
        (tmp_path, "est un dossier"),
        (tmp_path / "absent.pdf", "n'existe pas"),
        (tmp_path / "tube", "pas un fichier ordinaire"),
    ):
        with pytest.raises(ReadingError, match=words):
            read(path, kind=Kind.TENDER, collection="c")


def test_a_file_that_may_not_be_read_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = tmp_path / "secret.pdf"
    path.write_bytes(PDF)

    def refuse(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)  # root may read everything: the refusal is played
    with pytest.raises(ReadingError, match="accès est refusé"):
        read(path, kind=Kind.TENDER, collection="c")


def test_a_file_beyond_the_limit_is_not_read(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("assistant.reading.MAX_FILE_BYTES", 10)
    with pytest.raises(ReadingError, match="trop gros"):
        read_bytes(PDF, "a.pdf", kind=Kind.TENDER, collection="c")


def test_the_endings_that_are_read_are_published():
    assert {".pdf", ".docx", ".md", ".html", ".txt", ".jsonl"} <= SUPPORTED


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"ARTICLE 1 - OBJET\n" * 20_000, "a.txt"),
        (b"1. Objet du marche\n" * 20_000, "a.txt"),
        (b"1." * 500_000, "a.txt"),
        (b"# " + b"[a](" * 20_000, "a.md"),
        (b"# " + b"*" * 100_000, "a.md"),
        (b"# " + b"<a" * 20_000, "a.md"),
        (b"<html><body><table>" + b"<tr><td>a<td>b" * 20_000, "a.html"),
        (b"<html><body>debut" + b"<table><tr><td>a<td>b" * 1_000, "a.html"),
        (pdf([text_page("ARTICLE 1 - OBJET", "Texte.")] * 1_000), "a.pdf"),
    ],
    ids=lambda value: value[:24].decode("latin-1") if isinstance(value, bytes) else value,
)
def test_a_hostile_file_is_read_in_seconds(data, name):
    start = time.monotonic()
    read_bytes(data, name, kind=Kind.TENDER, collection="c")
    assert time.monotonic() - start < 60  # a hang, not a speed
