from assistant.datatypes import Document, Heading, Kind, Page, Span
from assistant.reading import attachments, read_bytes
from assistant.reading.content import Content
from assistant.reading.pdf_form import _with_fields

from .made_files import pdf, text_page
from .made_office import pdf_form


def document_of(data: bytes) -> Document:
    return read_bytes(data, "dc1.pdf", kind=Kind.TENDER, collection="essai")


def test_the_fields_of_a_form_are_lines_at_the_end_of_their_page():
    document = document_of(
        pdf_form(
            [
                ("text", "Nom commercial", "Ateliers du Port"),
                ("box", "Groupement", "Yes"),
                ("box", "Candidat seul", "Off"),
                ("text", "SIRET", ""),
            ]
        )
    )
    assert document.text == "Le texte.\nNom commercial : Ateliers du Port\n☒ Groupement\n☐ Candidat seul\n"
    assert [page.span.of(document.text) for page in document.pages] == [document.text]


def test_a_pdf_without_form_is_read_as_before():
    document = document_of(
        pdf([text_page("ARTICLE 1 - OBJET", "Un."), text_page("ARTICLE 2 - PRIX", "Deux.")])
    )
    assert [page.span.of(document.text) for page in document.pages] == [
        "ARTICLE 1 - OBJET\nUn.\n",
        "ARTICLE 2 - PRIX\nDeux.\n",
    ]
    assert document.problems == ()


def test_attached_files_are_said_and_given():
    data = pdf_form([], attachments=[("BPU.xlsx", b"PK..."), ("BPU.xlsx", b"autre")])
    (problem,) = document_of(data).problems
    assert problem.code == "attachments"
    assert "2 pièce(s) jointe(s)" in problem.message
    assert "« BPU.xlsx »" in problem.message
    assert attachments(data, "ae.pdf") == (("BPU.xlsx", b"PK..."), ("BPU (2).xlsx", b"autre"))


def test_spans_after_a_page_with_fields_move_with_the_text():
    content = Content(
        "Avant la fin Suite\nARTICLE 2\n",
        pages=(Page(1, Span(0, 13)), Page(2, Span(13, 29))),
        headings=(Heading(1, None, "ARTICLE 2", Span(19, 28)),),
    )
    found = _with_fields(content, {0: ["nom : valeur"], 1: ["☒ oui"]})
    assert found.text == "Avant la fin \nnom : valeur\nSuite\nARTICLE 2\n☒ oui\n"
    assert [page.span.of(found.text) for page in found.pages] == [
        "Avant la fin \nnom : valeur\n",
        "Suite\nARTICLE 2\n☒ oui\n",
    ]
    assert found.headings[0].span.of(found.text) == "ARTICLE 2"
