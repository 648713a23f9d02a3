import pytest

from assistant.datatypes import Document, Kind
from assistant.errors import DamagedFileError, EncryptedFileError, ReadingError
from assistant.reading import read_bytes

from .made_office import ODF, odt, with_member


def document_of(data: bytes, name: str = "essai.odt") -> Document:
    return read_bytes(data, name, kind=Kind.TENDER, collection="essai")


OUTLINE = (
    '<text:outline-style><text:outline-level-style text:level="1" style:num-format="1" style:num-prefix="Article "/>'
    '<text:outline-level-style text:level="2" style:num-format="1" text:display-levels="2"/></text:outline-style>'
)
LISTS = (
    '<text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>'
    '<text:list-level-style-number text:level="2" style:num-format="a" style:num-suffix=")"/></text:list-style>'
    '<text:list-style style:name="L2"><text:list-level-style-bullet text:level="1" text:bullet-char="-"/></text:list-style>'
)


def test_the_numbers_that_are_printed_are_in_the_text_and_in_the_headings():
    heading = '<text:h text:outline-level="{}">{}</text:h>'.format
    document = document_of(
        odt(
            heading(1, "Objet")
            + heading(1, "Prix")
            + heading(2, "Forme")
            + heading(2, "Révision")
            + "<text:p>Fin.</text:p>",
            styles=OUTLINE,
        )
    )
    assert document.text == "Article 1 Objet\nArticle 2 Prix\n2.1 Forme\n2.2 Révision\nFin.\n"
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


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (
            '<text:list text:style-name="L1"><text:list-item><text:p>un</text:p><text:list><text:list-item><text:p>a</text:p></text:list-item>'
            "<text:list-item><text:p>b</text:p><text:p>suite</text:p></text:list-item></text:list></text:list-item>"
            "<text:list-item><text:p>deux</text:p></text:list-item></text:list>",
            "1. un\na) a\nb) b\nsuite\n2. deux\n",
        ),
        (
            '<text:list text:style-name="L1"><text:list-item><text:p>un</text:p></text:list-item></text:list><text:p>entre</text:p>'
            '<text:list text:style-name="L1" text:continue-numbering="true"><text:list-item><text:p>deux</text:p></text:list-item></text:list>'
            '<text:list text:style-name="L1"><text:list-item><text:p>un encore</text:p></text:list-item></text:list>',
            "1. un\nentre\n2. deux\n1. un encore\n",
        ),
        (
            '<text:list xml:id="x" text:style-name="L1"><text:list-item text:start-value="4"><text:p>quatre</text:p></text:list-item></text:list>'
            '<text:list text:style-name="L1"><text:list-item><text:p>un</text:p></text:list-item></text:list>'
            '<text:list text:continue-list="x" text:style-name="L1"><text:list-item><text:p>cinq</text:p></text:list-item></text:list>',
            "4. quatre\n1. un\n5. cinq\n",
        ),
        (
            '<text:list text:style-name="L2"><text:list-item><text:p>point</text:p></text:list-item></text:list>',
            "• point\n",
        ),
        (
            '<text:list text:style-name="L1"><text:list-header><text:p>titre</text:p></text:list-header><text:list-item><text:p>un</text:p></text:list-item></text:list>',
            "titre\n1. un\n",
        ),
    ],
)
def test_lists_are_counted_as_the_word_processor_counts(body, text):
    assert document_of(odt(body, automatic=LISTS)).text == text


@pytest.mark.parametrize(
    ("xml", "text"),
    [
        ('<text:p>a<text:tab/>b<text:s text:c="3"/>c<text:line-break/>d</text:p>', "a b c\nd"),
        (
            "<text:p>Le prix<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Hors taxes.</text:p></text:note-body></text:note> est ferme.</text:p>",
            "Le prix (note : Hors taxes.) est ferme.",
        ),
        (
            '<text:tracked-changes><text:changed-region xml:id="c1"><text:deletion><text:p>révisable</text:p></text:deletion></text:changed-region></text:tracked-changes>'
            '<text:p>Prix <text:change text:change-id="c1"/><text:change-start text:change-id="c2"/>ferme<text:change-end text:change-id="c2"/></text:p>',
            "Prix ferme",
        ),
        ("<text:p>vu<office:annotation><text:p>commentaire</text:p></office:annotation></text:p>", "vu"),
        ('<text:p>vu<text:span text:style-name="T9">caché</text:span></text:p>', "vu"),
        ("<text:p>☐ PME <text:span>\uf0fe</text:span> Oui</text:p>", "☐ PME ☒ Oui"),
        (
            "<table:table><table:table-row><table:table-cell><text:p>Lot</text:p></table:table-cell><table:table-cell><text:p>Prix</text:p><text:p>HT</text:p>"
            "</table:table-cell></table:table-row><table:table-row><table:table-cell table:number-columns-spanned='2'><text:p>Total</text:p></table:table-cell>"
            "<table:covered-table-cell/></table:table-row></table:table>",
            "Lot | Prix HT\nTotal",
        ),
        (
            "<text:p>avant<draw:frame><draw:text-box><text:p>encadré</text:p></draw:text-box></draw:frame></text:p>",
            "avant\nencadré",
        ),
        (
            '<office:forms><form:form><form:checkbox form:id="k1" form:label="PME" form:current-state="checked"/><form:checkbox form:id="k2" form:label="TPE"/>'
            '</form:form></office:forms><text:p><draw:control draw:control="k1"/><draw:control draw:control="k2"/></text:p>',
            "☒ PME ☐ TPE",
        ),
        (
            '<text:section text:display="none"><text:p>caché</text:p></text:section><text:section><text:p>vu</text:p></text:section>',
            "vu",
        ),
    ],
)
def test_what_the_word_processor_shows_is_what_is_read(xml, text):
    hidden = '<style:style style:name="T9" style:family="text"><style:text-properties text:display="none"/></style:style>'
    assert document_of(odt(xml, automatic=hidden)).text == text + "\n"


def test_a_table_of_contents_gives_no_heading_and_a_title_is_the_documents():
    body = (
        '<text:p text:style-name="P1">Cahier des clauses</text:p><text:table-of-content><text:index-body><text:p>ARTICLE 1 – OBJET 2</text:p></text:index-body>'
        "</text:table-of-content><text:p>ARTICLE 1 – OBJET</text:p><text:p>Des serveurs.</text:p><text:p>ARTICLE 2 – PRIX</text:p>"
    )
    automatic = '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Title"/>'
    document = document_of(odt(body, automatic=automatic))
    assert document.source.title == "Cahier des clauses"
    assert [(h.number, h.title) for h in document.headings] == [("ARTICLE 1", "OBJET"), ("ARTICLE 2", "PRIX")]


def test_metadata_are_kept():
    document = document_of(
        odt("<text:p>a</text:p>", meta="<dc:title>Mon  titre</dc:title><dc:creator>Moi</dc:creator>")
    )
    assert document.metadata == (("title", "Mon titre"), ("author", "Moi"))
    assert document.source.title == "Mon titre"


def test_a_style_that_is_its_own_ancestor_is_survived():
    cycle = '<style:style style:name="{}" style:family="paragraph" style:parent-style-name="{}"/>'.format
    assert (
        document_of(
            odt('<text:p text:style-name="A">a</text:p>', automatic=cycle("A", "B") + cycle("B", "A"))
        ).text
        == "a\n"
    )


def test_an_encrypted_document_asks_for_its_password():
    entry = f"<manifest:manifest {ODF}><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>"
    with pytest.raises(EncryptedFileError, match="mot de passe"):
        document_of(with_member(odt("<text:p>a</text:p>"), "META-INF/manifest.xml", entry))


@pytest.mark.parametrize(
    "content", [b"", b"<office:x", b"<a/>", b"\xff\xfe\x00", f"<office:document-content {ODF}/>".encode()]
)
def test_a_broken_body_is_a_damaged_file(content):
    with pytest.raises(DamagedFileError, match="abîmé"):
        document_of(with_member(odt(""), "content.xml", content))


def test_entities_are_not_expanded_and_nothing_is_fetched(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("le secret", encoding="utf-8")
    content = (
        f'<!DOCTYPE x [<!ENTITY a "{"aaaa" * 100}"><!ENTITY b "{"&a;" * 100}"><!ENTITY c SYSTEM "{secret.as_uri()}">]>'
        f"<office:document-content {ODF}><office:body><office:text><text:p>vu &b;&c;</text:p></office:text></office:body></office:document-content>"
    )
    assert document_of(with_member(odt(""), "content.xml", content)).text == "vu\n"


def test_a_bomb_is_refused_before_it_is_opened():
    with pytest.raises(ReadingError, match="démesuré"):
        document_of(with_member(odt(""), "content.xml", b" " * (65 * 1024 * 1024)))


def test_xml_deeper_than_a_document_is_a_damaged_file():
    with pytest.raises(DamagedFileError, match="abîmé"):
        document_of(odt("<text:section>" * 5_000 + "</text:section>" * 5_000))
