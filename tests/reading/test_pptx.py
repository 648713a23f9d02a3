import pytest

from assistant.datatypes import Document, Kind
from assistant.errors import DamagedFileError, EmptyFileError, ReadingError
from assistant.reading import read_bytes

from .made_office import pptx, shape, with_member


def document_of(data: bytes) -> Document:
    return read_bytes(data, "essai.pptx", kind=Kind.TENDER, collection="essai")


PICTURE = "<p:pic/>"
TABLE = (
    "<p:graphicFrame><a:graphic><a:graphicData><a:tbl><a:tr><a:tc><a:txBody><a:p><a:r><a:t>Lot</a:t></a:r></a:p></a:txBody></a:tc>"
    "<a:tc><a:txBody><a:p><a:r><a:t>Prix</a:t></a:r></a:p></a:txBody></a:tc></a:tr></a:tbl></a:graphicData></a:graphic></p:graphicFrame>"
)


def test_a_slide_is_a_page_with_its_title_first_and_its_notes_last():
    first = (
        shape("Le marché", "porte sur des serveurs.")
        + shape("1. Objet", placeholder="title")
        + shape("3", placeholder="sldNum")
    )
    document = document_of(
        pptx([first, shape("Calendrier", placeholder="ctrTitle") + TABLE], notes={1: "À dire."})
    )
    assert (
        document.text
        == "1. Objet\nLe marché\nporte sur des serveurs.\nNotes :\nÀ dire.\nCalendrier\nLot | Prix\n"
    )
    assert [page.span.of(document.text) for page in document.pages] == [
        "1. Objet\nLe marché\nporte sur des serveurs.\nNotes :\nÀ dire.\n",
        "Calendrier\nLot | Prix\n",
    ]
    assert [(h.level, h.number, h.title, h.span.of(document.text)) for h in document.headings] == [
        (1, "1", "Objet", "1. Objet"),
        (1, None, "Calendrier", "Calendrier"),
    ]


def test_groups_and_alternatives_are_read_once():
    group = f"<p:grpSp>{shape('dans un groupe')}</p:grpSp>"
    alternatives = (
        '<m:AlternateContent xmlns:m="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<m:Choice>{shape('nouveau')}</m:Choice><m:Fallback>{shape('ancien')}</m:Fallback></m:AlternateContent>"
    )
    assert document_of(pptx([group + alternatives])).text == "dans un groupe\nnouveau\n"


def test_a_slide_that_is_a_picture_is_reported_and_a_blank_one_is_not():
    document = document_of(pptx([shape("Texte."), PICTURE, ""]))
    assert [page.has_text for page in document.pages] == [True, False, True]
    (problem,) = document.problems
    assert problem.code == "page-without-text"
    assert "diapositive 2" in problem.message


def test_a_hidden_slide_is_kept_and_said():
    document = document_of(pptx([shape("vu"), shape("masqué")], hidden=[2]))
    assert document.text == "vu\nmasqué\n"
    (problem,) = document.problems
    assert (problem.code, problem.span.of(document.text)) == ("hidden-slide", "masqué\n")


def test_an_empty_presentation_says_so():
    with pytest.raises(EmptyFileError):
        document_of(pptx([]))


@pytest.mark.parametrize(
    "path", ["ppt/presentation.xml", "ppt/slides/slide1.xml", "ppt/_rels/presentation.xml.rels"]
)
def test_a_broken_part_is_a_damaged_file(path):
    with pytest.raises(DamagedFileError, match="abîmé"):
        document_of(with_member(pptx([shape("a")]), path, b"<broken"))


def test_a_relationship_that_leaves_the_package_leads_nowhere():
    outside = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="x/slide" Target="{}"/></Relationships>'
    for target in ("../../../etc/passwd", "/etc/passwd", "file:///etc/passwd"):
        with pytest.raises(ReadingError):
            document_of(
                with_member(pptx([shape("a")]), "ppt/_rels/presentation.xml.rels", outside.format(target))
            )
