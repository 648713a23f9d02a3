"""What holds for every format that is a package: cut, damaged, swollen or wrongly named, it is read or refused with a reason, soon."""

import io
import struct
import time
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.datatypes import Kind
from assistant.errors import EmptyFileError, ReadingError
from assistant.reading import read_bytes

from .made_files import pdf, text_page
from .made_office import msg, ods, odt, ole, pdf_form, pptx, shape, with_member, xlsx

ROW = '<table:table-row><table:table-cell office:value-type="string"><text:p>a</text:p></table:table-cell></table:table-row>'
WHOLE = {
    "a.odt": odt('<text:h text:outline-level="1">Objet</text:h><text:p>Texte.</text:p>'),
    "a.ods": ods(f'<table:table table:name="T">{ROW}</table:table>'),
    "a.xlsx": xlsx({"T": [["N°", "Nom", "Prix"], [1, "a", 2.5]]}),
    "a.pptx": pptx([shape("Objet", placeholder="title") + shape("Texte.")], notes={1: "note"}),
    "a.msg": msg(subject="Objet", body="Texte.", attachments=[("a.txt", b"x")]),
    "a.rtf": b"{\\rtf1{\\fonttbl{\\f0 Arial;}}\\pard Objet\\par Texte{\\footnote note}.\\par}",
    "a.eml": b"From: a\nTo: b\nSubject: =?utf-8?q?Objet?=\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\nTexte.\n--x\nContent-Disposition: attachment; filename=a\n\nb\n--x--\n",
    "a.xml": b"<?xml version='1.0'?><ARTICLE><META><META_SPEC><META_ARTICLE><NUM>1</NUM></META_ARTICLE></META_SPEC></META><BLOC_TEXTUEL><CONTENU>a</CONTENU></BLOC_TEXTUEL></ARTICLE>",
    "form.pdf": pdf_form([("text", "Nom", "Moi"), ("box", "PME", "Yes")], attachments=[("a.txt", b"x")]),
    "a.pdf": pdf([text_page("Texte.")]),
}
PACKAGES = {
    "a.odt": "content.xml",
    "a.ods": "content.xml",
    "a.xlsx": "xl/worksheets/sheet1.xml",
    "a.pptx": "ppt/slides/slide1.xml",
}


def survives(data: bytes, name: str) -> None:
    start = time.monotonic()
    refusal: ReadingError | None = None
    try:
        document = read_bytes(data, name, kind=Kind.TENDER, collection="essai")
        document.text.encode("utf-8")
        assert (
            not document.pages
            or "".join(page.span.of(document.text) for page in document.pages) == document.text
        )
    except ReadingError as error:
        refusal = error
    assert refusal is None or (f"« {name} »" in refusal.message and refusal.hint)
    assert time.monotonic() - start < 60  # a hang, not a speed


@pytest.mark.parametrize("name", WHOLE)
def test_every_made_file_is_whole(name):
    assert read_bytes(WHOLE[name], name, kind=Kind.TENDER, collection="essai").text.strip()


@pytest.mark.parametrize("name", WHOLE)
def test_a_file_cut_anywhere_is_read_or_refused(name):
    whole = WHOLE[name]
    for tenth in range(1, 20):
        survives(whole[: len(whole) * tenth // 20], name)


@pytest.mark.parametrize("name", WHOLE)
@pytest.mark.parametrize("data", [b"", b"\x00", b"\x00" * 4096, b" \n"])
def test_nothing_under_any_name_is_an_empty_file(name, data):
    with pytest.raises(EmptyFileError):
        read_bytes(data, name, kind=Kind.TENDER, collection="essai")


@pytest.mark.parametrize("name", WHOLE)
@pytest.mark.parametrize("named", WHOLE)
def test_any_format_under_any_name_is_told_by_its_bytes(name, named):
    survives(WHOLE[name], named)


@pytest.mark.parametrize(("name", "part"), PACKAGES.items())
@pytest.mark.parametrize(
    "content",
    [
        b" " * (65 * 1024 * 1024),
        b"<a>" * 100_000,
        b"<a>" * 100_000 + b"</a>" * 100_000,
        b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
        + b"".join(f'<!ENTITY a{n + 1} "{f"&a{n or str()};" * 10}">'.encode() for n in range(12))
        + b"]><x>&a12;</x>",
        b'<?xml version="1.0" encoding="utf-7"?><a/>',
        b'<?xml version="1.0" encoding="utf-16"?><a/>',
        b"\x00" * 1000,
    ],
    ids=["bomb", "deep", "deep and closed", "laughs", "utf-7", "utf-16", "zeros"],
)
def test_a_hostile_part_is_refused(name, part, content):
    with pytest.raises(ReadingError):
        read_bytes(with_member(WHOLE[name], part, content), name, kind=Kind.TENDER, collection="essai")


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(sorted(WHOLE)), st.data())
def test_flipped_bytes_are_survived(name, data):
    whole = bytearray(WHOLE[name])
    for _ in range(data.draw(st.integers(1, 25))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    survives(bytes(whole), name)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(sorted(PACKAGES)), st.data())
def test_flipped_bytes_inside_a_part_are_survived(name, data):
    """Past the archive's own checksums, which stop most of what flips outside."""
    part = PACKAGES[name]
    whole = bytearray(_part(WHOLE[name], part))
    for _ in range(data.draw(st.integers(1, 8))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(32, 126))
    survives(with_member(WHOLE[name], part, bytes(whole)), name)


def _part(data: bytes, part: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(part)


def test_an_ole_file_whose_chains_are_cycles_is_refused():
    whole = bytearray(ole({"WordDocument": b"x" * 4000}))
    for sector in range(1, 8):
        struct.pack_into("<I", whole, 512 + 4 * sector, sector)
    survives(bytes(whole), "a.doc")
