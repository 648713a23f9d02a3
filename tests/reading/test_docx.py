import io
import zipfile

import docx
import pytest
from docx.oxml import parse_xml
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.datatypes import Document, Kind
from assistant.errors import DamagedFileError, ReadingError
from assistant.reading import read_bytes

from .made_files import W, numbered_docx, saved

BOX = "<w:txbxContent><w:p><w:r><w:t>encadré</w:t></w:r></w:p></w:txbxContent>"
M = 'xmlns:m="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def document_of(data: bytes, name: str = "essai.docx") -> Document:
    return read_bytes(data, name, kind=Kind.TENDER, collection="essai")


def with_paragraph(xml: str) -> bytes:
    document = docx.Document()
    document.element.body.insert(0, parse_xml(f"<w:p {W} {M}>{xml}</w:p>"))
    return saved(document)


def test_the_numbers_that_word_prints_are_in_the_text_and_in_the_headings():
    document = document_of(
        numbered_docx(
            [
                ("Heading 1", "Objet", 0),
                ("Heading 1", "Prix", 0),
                ("Heading 2", "Forme", 1),
                ("Normal", "un", 2),
                ("Normal", "deux", 2),
                ("Heading 2", "Révision", 1),
                ("Normal", "un", 2),
            ]
        )
    )
    assert (
        document.text == "Article 1 Objet\nArticle 2 Prix\n2.1 Forme\na) un\nb) deux\n2.2 Révision\na) un\n"
    )
    assert [(h.level, h.number, h.title) for h in document.headings] == [
        (1, "Article 1", "Objet"),
        (1, "Article 2", "Prix"),
        (2, "2.1", "Forme"),
        (2, "2.2", "Révision"),
    ]
    assert [h.span.of(document.text) for h in document.headings] == [
        "Article 1 Objet",
        "Article 2 Prix",
        "2.1 Forme",
        "2.2 Révision",
    ]
    assert document.pages == ()


def test_a_table_that_sets_titles_beside_their_text_is_read_as_titles_and_text():
    document = docx.Document()
    table = document.add_table(rows=4, cols=2)
    sections = {
        title: f"{title} : " + "le titulaire rend compte à l'acheteur de ce qu'il a fait. " * 4
        for title in ("Objet", "Durée", "Paiement", "Litiges")
    }
    for cells, (title, text) in zip((row.cells for row in table.rows), sections.items(), strict=True):
        cells[0].paragraphs[0].add_run(title).bold = True
        cells[1].paragraphs[0].add_run(text)
    read = document_of(saved(document))
    assert read.text == "".join(f"{title}\n{text.strip()}\n" for title, text in sections.items())
    assert [heading.label for heading in read.headings] == list(sections)


def test_the_bold_words_that_paragraphs_begin_with_are_their_titles():
    document = docx.Document()
    titles = ("Objet du marché", "Durée", "Délai de paiement", "Résiliation", "Litiges")
    for title in titles:
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{title}. ").bold = True
        paragraph.add_run(
            "Le titulaire rend compte à l'acheteur de ce qu'il a fait, chaque mois, par un rapport écrit que celui-ci approuve. "
            * 2
        )
        document.add_paragraph(
            "L'acheteur peut demander des précisions, que le titulaire donne dans les huit jours."
        )
    read = document_of(saved(document))
    assert [heading.span.of(read.text) for heading in read.headings] == list(titles)


def test_a_list_that_starts_again_is_counted_from_its_start():
    document = docx.Document()
    numbering = document.part.numbering_part.element
    level = (
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl>'
    )
    numbering.insert(0, parse_xml(f'<w:abstractNum {W} w:abstractNumId="99">{level}</w:abstractNum>'))
    numbering.append(parse_xml(f'<w:num {W} w:numId="98"><w:abstractNumId w:val="99"/></w:num>'))
    numbering.append(
        parse_xml(
            f'<w:num {W} w:numId="99"><w:abstractNumId w:val="99"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="4"/></w:lvlOverride></w:num>'
        )
    )
    for text, list_id in (("un", 98), ("deux", 98), ("quatre", 99), ("cinq", 99)):
        document.add_paragraph(text)._p.get_or_add_pPr().append(
            parse_xml(f'<w:numPr {W}><w:ilvl w:val="0"/><w:numId w:val="{list_id}"/></w:numPr>')
        )
    assert document_of(saved(document)).text == "I. un\nII. deux\nIV. quatre\nV. cinq\n"


def test_bullets_are_shown():
    document = docx.Document()
    document.add_paragraph("un", style="List Bullet")
    document.add_paragraph("deux", style="List Number")
    assert document_of(saved(document)).text == "• un\n1. deux\n"


def test_headings_typed_by_hand_are_found_without_any_style():
    document = docx.Document()
    for text in (
        "ARTICLE 1 – OBJET",
        "Le marché porte sur des serveurs.",
        "ARTICLE 2 – PRIX",
        "Le prix est ferme.",
    ):
        document.add_paragraph(text)
    assert [(h.number, h.title) for h in document_of(saved(document)).headings] == [
        ("ARTICLE 1", "OBJET"),
        ("ARTICLE 2", "PRIX"),
    ]


def test_the_title_is_the_paragraph_that_is_styled_so():
    document = docx.Document()
    document.add_heading("Cahier des clauses", 0)
    document.add_heading("Objet", 1)
    read = document_of(saved(document))
    assert read.source.title == "Cahier des clauses"
    assert [h.title for h in read.headings] == ["Objet"]


def test_a_table_is_one_row_a_line_and_a_frame_of_one_cell_is_text():
    document = docx.Document()
    table = document.add_table(2, 2)
    for cell, text in zip(
        (cell for row in table.rows for cell in row.cells),
        ("Lot", "Prix", "1\nserveurs", "10 €"),
        strict=True,
    ):
        cell.text = text
    document.add_table(1, 1).cell(0, 0).text = "ARTICLE 1 – OBJET"
    read = document_of(saved(document))
    assert read.text == "Lot | Prix\n1 serveurs | 10 €\nARTICLE 1 – OBJET\n"
    assert [h.number for h in read.headings] == ["ARTICLE 1"]


def test_headers_and_footers_are_said_once_without_page_numbers():
    document = docx.Document()
    document.add_paragraph("Texte.")
    document.sections[0].header.paragraphs[0].text = "En-tête"
    document.sections[0].footer.paragraphs[0].text = "Page 1"
    read = document_of(saved(document))
    assert read.text == "En-tête\nTexte.\n"
    assert read.headings == ()


@pytest.mark.parametrize(
    ("xml", "text"),
    [
        (
            "<w:r><w:t>Prix </w:t></w:r><w:ins><w:r><w:t>ferme</w:t></w:r></w:ins><w:del><w:r><w:delText>révisable</w:delText></w:r></w:del>",
            "Prix ferme",
        ),
        (
            "<w:moveFrom><w:r><w:t>ici</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>là</w:t></w:r></w:moveTo>",
            "là",
        ),
        (
            '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:t> Oui </w:t><w:sym w:font="Wingdings" w:char="F0A8"/><w:t> Non</w:t></w:r>',
            "☒ Oui ☐ Non",
        ),
        (
            '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="1"/></w:checkBox></w:ffData></w:fldChar><w:t> Oui</w:t></w:r>',
            "☒ Oui",
        ),
        ("<w:r><w:t>☐ PME</w:t></w:r>", "☐ PME"),
        (
            "<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t></w:r>",
            "a b\nc-d",
        ),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>caché</w:t></w:r><w:r><w:t>vu</w:t></w:r>", "vu"),
        (
            "<w:r><w:instrText>PAGEREF x</w:instrText></w:r><w:hyperlink><w:r><w:t>lien</w:t></w:r></w:hyperlink>",
            "lien",
        ),
        (
            f"<w:r><w:t>avant</w:t><m:AlternateContent><m:Choice Requires='wps'>{BOX}</m:Choice><m:Fallback>{BOX}</m:Fallback></m:AlternateContent></w:r>",
            "avant\nencadré",
        ),
        ("<w:sdt><w:sdtContent><w:r><w:t>choix</w:t></w:r></w:sdtContent></w:sdt>", "choix"),
    ],
)
def test_what_word_shows_is_what_is_read(xml, text):
    assert document_of(with_paragraph(xml)).text == text + "\n"


def with_member(data: bytes, name: str, content: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            new.writestr(member, content if member == name else old.read(member))
    return buffer.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<w:document",
        b"<a/>",
        b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><w:document xmlns:w="u">&b;</w:document>',
        b"\xff\xfe\x00",
    ],
)
def test_a_broken_body_is_a_damaged_file(content):
    with pytest.raises(DamagedFileError, match="abîmé"):
        document_of(with_member(saved(docx.Document()), "word/document.xml", content))


def test_a_styles_cycle_is_survived():
    based = '<w:style w:type="paragraph" w:styleId="{}"><w:name w:val="{}"/><w:basedOn w:val="{}"/></w:style>'
    styles = f"<w:styles {W}>{based.format('A', 'A', 'B')}{based.format('B', 'B', 'A')}</w:styles>"
    document = docx.Document()
    document.add_paragraph("Texte.")._p.get_or_add_pPr().append(parse_xml(f'<w:pStyle {W} w:val="A"/>'))
    assert document_of(with_member(saved(document), "word/styles.xml", styles.encode())).text == "Texte.\n"


def test_a_word_bomb_is_refused_before_it_is_opened():
    with pytest.raises(ReadingError, match="démesuré"):
        document_of(with_member(saved(docx.Document()), "word/document.xml", b" " * (65 * 1024 * 1024)))


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_word_file_with_flipped_bytes_is_read_or_refused_but_never_breaks(data):
    whole = bytearray(numbered_docx([("Heading 1", "Objet", 0), ("Normal", "un", 2)]))
    for _ in range(data.draw(st.integers(1, 30))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    try:
        document = document_of(bytes(whole))
    except ReadingError:
        return
    assert document.text.strip()
