"""Documents as Word itself writes them: revision marks on runs, words cut over runs, smart tags, content controls, tables, notes, tracked changes.

Each finding is paired with its comment: by what the comment says, and by the very words between its marks.
"""

import io
import zipfile
from datetime import datetime

import pytest
from lxml import etree

from assistant import annotation, reading
from assistant.datatypes import Document, Finding, Kind, Span
from assistant.review import rules
from tests.annotation import opened
from tests.annotation.opened import W

WHEN = datetime(2026, 11, 25, 10, 30)
NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
    ' xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="w14 w15"'
)
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORDS = "application/vnd.openxmlformats-officedocument.wordprocessingml"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPES = (
    f'{HEAD}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{WORDS}.document.main+xml"/>'
    f'<Override PartName="/word/footnotes.xml" ContentType="{WORDS}.footnotes+xml"/></Types>'
)
ROOT_RELATIONS = (
    f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Type="{OFFICE}/officeDocument"'
    ' Target="word/document.xml"/></Relationships>'
)
RELATIONS = (
    f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId7" Type="{OFFICE}/footnotes" Target="footnotes.xml"/>'
    f'<Relationship Id="rId8" Type="{OFFICE}/hyperlink" Target="https://exemple.fr/" TargetMode="External"/></Relationships>'
)
NOTE = "La note fixe un délai de cent jours."
FOOTNOTES = (
    f"{HEAD}<w:footnotes {NAMES}>"
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:id="2"><w:p w:rsidR="00C91E05" w:rsidRDefault="00C91E05"><w:pPr><w:pStyle w:val="Notedebasdepage"/></w:pPr>'
    '<w:r><w:rPr><w:rStyle w:val="Appelnotedebasdep"/></w:rPr><w:footnoteRef/></w:r>'
    f'<w:r><w:t xml:space="preserve"> {NOTE}</w:t></w:r></w:p></w:footnote></w:footnotes>'
)
FRENCH = '<w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial"/><w:lang w:val="fr-FR"/></w:rPr>'


def run(words: str, rsid: str = "00A1B2C3", properties: str = FRENCH) -> str:
    return f'<w:r w:rsidR="{rsid}" w:rsidRPr="00D4E5F6">{properties}<w:t xml:space="preserve">{words}</w:t></w:r>'


def paragraph(*content: str) -> str:
    return (
        '<w:p w14:paraId="1A2B3C4D" w14:textId="77777777" w:rsidR="00A1B2C3" w:rsidRDefault="00A1B2C3" w:rsidP="00C91E05">'
        f'<w:pPr><w:spacing w:after="120"/><w:jc w:val="both"/></w:pPr>{"".join(content)}</w:p>'
    )


def document(*body: str) -> bytes:
    """A file with the parts that Word gives it."""
    main = (
        f'{HEAD}<w:document {NAMES}><w:body>{"".join(body)}<w:sectPr w:rsidR="00A1B2C3"><w:pgSz w:w="11906" w:h="16838"/>'
        '<w:cols w:space="708"/></w:sectPr></w:body></w:document>'
    )
    parts = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": ROOT_RELATIONS,
        "word/document.xml": main,
        "word/_rels/document.xml.rels": RELATIONS,
        "word/footnotes.xml": FOOTNOTES,
    }
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts.items():
            package.writestr(name, text)
    return held.getvalue()


SPELLED = '<w:proofErr w:type="spellStart"/>'
SPELLED_END = '<w:proofErr w:type="spellEnd"/>'
TAG = '<w:smartTag w:uri="urn:schemas-microsoft-com:office:smarttags" w:element="metricconverter"><w:smartTagPr><w:attr w:name="ProductID" w:val="90 jours"/></w:smartTagPr>'
CONTROL = '<w:sdt><w:sdtPr><w:alias w:val="Délai"/><w:tag w:val="delai"/><w:id w:val="-120"/><w15:appearance w15:val="hidden"/></w:sdtPr><w:sdtContent>'
BOOKMARK = '<w:bookmarkStart w:id="0" w:name="_Toc1"/>'
ROW = '<w:tr w:rsidR="00A1B2C3" w14:paraId="0A0B0C0D"><w:tc><w:tcPr><w:tcW w:w="4531" w:type="dxa"/></w:tcPr>{}</w:tc><w:tc>{}</w:tc></w:tr>'
TABLE = '<w:tbl><w:tblPr><w:tblStyle w:val="Grilledutableau"/></w:tblPr><w:tblGrid><w:gridCol w:w="4531"/><w:gridCol w:w="4531"/></w:tblGrid>{}</w:tbl>'
BY = 'w:author="Claire" w:date="2026-01-05T09:00:00Z"'
# Each way in which Word writes words, and words of it that somebody remarks on; no words stand twice.
WAYS: dict[str, tuple[str, str]] = {
    "runs of several sessions": (
        paragraph(
            run("Le délai de pai", "00111111"),
            run("ement est de qua", "00222222"),
            run("tre mois entiers.", "00333333"),
        ),
        "paiement est de quatre mois",
    ),
    "a word that the spelling stopped at": (
        paragraph(run("Les serveurs sont de marque "), SPELLED, run("Dellou"), SPELLED_END, run(" ou rien.")),
        "marque Dellou ou",
    ),
    "a bookmark and a page break that was drawn": (
        paragraph(
            BOOKMARK,
            run("La retenue "),
            '<w:r><w:lastRenderedPageBreak/><w:t>de garantie</w:t></w:r><w:bookmarkEnd w:id="0"/>',
            run(" est de 30 %."),
        ),
        "retenue de garantie est",
    ),
    "a smart tag": (
        paragraph(
            run("Les factures sont réglées sous "), TAG, run("90 jours"), "</w:smartTag>", run(" francs.")
        ),
        "sous 90 jours francs",
    ),
    "a content control within a line": (
        paragraph(
            run("Les pénalités sont de "),
            CONTROL,
            run("mille euros"),
            "</w:sdtContent></w:sdt>",
            run(" par heure."),
        ),
        "sont de mille euros par",
    ),
    "a content control around paragraphs": (
        CONTROL + paragraph(run("Le candidat est français de naissance.")) + "</w:sdtContent></w:sdt>",
        "français de naissance",
    ),
    "a link": (
        paragraph(
            run("Voir "),
            f'<w:hyperlink r:id="rId8" w:history="1">{run("le site du fabricant")}</w:hyperlink>',
            run(" seul."),
        ),
        "le site du fabricant seul",
    ),
    "a cell of a table": (
        TABLE.format(
            ROW.format(paragraph(run("Critère")), paragraph(run("Poids de l'origine "), run("locale : 60 %")))
        ),
        "origine locale : 60 %",
    ),
    "a table in a content control": (
        CONTROL
        + TABLE.format(
            ROW.format(paragraph(run("Lot")), paragraph(run("Un seul ti"), run("tulaire national")))
        )
        + "</w:sdtContent></w:sdt>",
        "titulaire national",
    ),
    "words that a colleague inserted beside some that he deleted": (
        paragraph(
            run("Le marché dure "),
            f'<w:del w:id="5" {BY}><w:r w:rsidDel="00A1B2C3"><w:delText>deux ans</w:delText></w:r></w:del>',
            f'<w:ins w:id="6" {BY}>{run("neuf ans fermes")}</w:ins>',
            run(" sans motif."),
        ),
        "dure neuf ans fermes sans",
    ),
    "words before the call of a note": (
        paragraph(
            run("Une avance est exclue"),
            '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="2"/></w:r>',
            run(" en tout cas."),
        ),
        "avance est exclue",
    ),
    "a hyphen that does not break": (
        paragraph(
            "<w:r><w:t>Le sous</w:t></w:r><w:r><w:noBreakHyphen/></w:r><w:r><w:t>traitant est choisi par nous.</w:t></w:r>"
        ),
        "traitant est choisi par nous",
    ),
}


def read(data: bytes) -> Document:
    return reading.read_bytes(data, "CCAP.docx", kind=Kind.TENDER, collection="essai")


def finding(text: Document, words: str, name: str) -> Finding:
    assert text.text.count(words) == 1, (words, text.text)
    start, rule = text.text.index(words), rules()[name]
    span = Span(start, start + len(words))
    return Finding(name, rule.severity, None, None, span, words, rule.message, rule.legal_basis, "")


def rule_names(count: int) -> list[str]:
    """Rules whose messages tell them apart."""
    messages = {rule.message: name for name, rule in rules().items()}
    return list(messages.values())[:count]


def flat(words: str) -> str:
    return "".join(words.split())


def paired(made: annotation.Annotated) -> list[tuple[str, str]]:
    """What each comment says, and the words between its marks, without their spaces."""
    parts = opened.members(made.data)
    comments = etree.fromstring(parts["word/comments.xml"])
    said = {
        one.get(W + "id"): flat("".join(text.text or "" for text in one.iter(W + "t")))
        for one in comments.iter(W + "comment")
    }
    words = opened.commented(etree.fromstring(parts["word/document.xml"]))
    assert set(words) <= set(said)
    return [(said[id_], words[id_]) for id_ in said if words.get(id_)]


@pytest.mark.parametrize("way", WAYS)
def test_a_finding_has_one_comment_that_says_it_at_its_very_words(way: str) -> None:
    body, words = WAYS[way]
    data = document(paragraph(run("Avant.")), body, paragraph(run("Après.")))
    text = read(data)
    (name,) = rule_names(1)
    one = finding(text, words, name)
    made = annotation.annotated(data, text, [one], when=WHEN)
    assert (made.placed, made.apart) == (1, 0)
    ((said, marked),) = paired(made)
    assert flat(one.message) in said
    assert marked == flat(words)
    assert read(made.data).text == text.text


def one_of_each_way(text: Document) -> list[Finding]:
    """A finding at the words of each way, in a document that holds them all."""
    names = rule_names(len(WAYS))
    return [finding(text, words, name) for (_, words), name in zip(WAYS.values(), names, strict=True)]


def test_all_findings_of_one_document_are_paired_with_their_comments_and_no_other() -> None:
    data = document(*(body for body, _ in WAYS.values()))
    text = read(data)
    findings = one_of_each_way(text)
    made = annotation.annotated(data, text, findings, when=WHEN)
    assert (made.placed, made.apart) == (len(WAYS), 0)
    pairs = paired(made)
    assert len(pairs) == len(findings)
    for one in findings:
        assert [marked for said, marked in pairs if flat(one.message) in said] == [flat(one.quote)], one.rule


def test_words_of_a_note_are_told_at_the_beginning_and_the_note_is_byte_for_byte_the_same() -> None:
    data = document(*(body for body, _ in WAYS.values()))
    text = read(data)
    in_note, in_text = (
        finding(text, "délai de cent jours", rule_names(2)[0]),
        finding(text, "dure neuf ans fermes", rule_names(2)[1]),
    )
    made = annotation.annotated(data, text, [in_note, in_text], when=WHEN)
    assert (made.placed, made.apart) == (1, 1)
    assert [marked for said, marked in paired(made) if flat(in_text.message) in said] == [flat(in_text.quote)]
    before, after = opened.members(data), opened.members(made.data)
    assert after["word/footnotes.xml"] == before["word/footnotes.xml"]
    comments = flat("".join(etree.fromstring(after["word/comments.xml"]).itertext()))
    assert flat(in_note.message) in comments


def test_what_word_wrote_around_the_words_stays() -> None:
    """The marks of revisions, controls, tags and properties are there as often as before; runs are only cut."""
    data = document(*(body for body, _ in WAYS.values()))
    text = read(data)
    findings = one_of_each_way(text)
    made = annotation.annotated(data, text, findings, when=WHEN)
    roots = [etree.fromstring(opened.members(one)["word/document.xml"]) for one in (data, made.data)]
    for tag in (
        "p",
        "sdt",
        "smartTag",
        "hyperlink",
        "tbl",
        "tc",
        "ins",
        "del",
        "proofErr",
        "bookmarkStart",
        "bookmarkEnd",
        "footnoteReference",
        "sectPr",
    ):
        before, after = (
            [etree.tostring(etree.Element(one.tag, one.attrib)) for one in root.iter(W + tag)]
            for root in roots
        )
        assert before == after, tag
    properties = [{etree.tostring(one, method="c14n") for one in root.iter(W + "rPr")} for root in roots]
    assert properties[0] <= properties[1]
    assert all(one.get(W + "rsidR") for one in roots[1].iter(W + "r") if one.get(W + "rsidRPr"))
