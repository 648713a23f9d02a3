"""What is written at the words of a finding, in small files made for it."""

from datetime import datetime

import docx
import pytest
from docx.oxml import parse_xml
from lxml import etree

from assistant import annotation, reading
from assistant.annotation.remarks import remarks_of
from assistant.datatypes import Document, Finding, Kind, Span
from assistant.errors import ReadingError
from assistant.review import rules
from tests.annotation import opened
from tests.annotation.opened import OFFICE, TEXT, W
from tests.reading import made_office
from tests.reading.made_files import W as W_NAMES
from tests.reading.made_files import saved

WHEN = datetime(2026, 11, 25, 10, 30)
DELAY = "Le délai de paiement est de 90 jours."
PROPOSED = "Les sommes dues sont payées dans un délai de trente jours à compter de la réception de la demande de paiement."


def read(data: bytes, name: str) -> Document:
    return reading.read_bytes(data, name, kind=Kind.TENDER, collection="essai")


def finding(document: Document, words: str, name: str = "delai-paiement-excessif") -> Finding:
    start = document.text.index(words)
    rule = rules()[name]
    return Finding(
        name,
        rule.severity,
        None,
        None,
        Span(start, start + len(words)),
        words,
        rule.message,
        rule.legal_basis,
        rule.suggestion,
    )


def annotated(data: bytes, name: str, *found: tuple[str, str]) -> annotation.Annotated:
    document = read(data, name)
    return annotation.annotated(
        data, document, [finding(document, words, rule) for words, rule in found], when=WHEN
    )


def word(*paragraphs: str) -> bytes:
    document = docx.Document()
    for paragraph in paragraphs:
        document.element.body.insert(
            len(document.element.body) - 1, parse_xml(paragraph.replace("<w:p>", f"<w:p {W_NAMES}>", 1))
        )
    return saved(document)


def odt(body: str) -> bytes:
    return made_office.odt(body)


def root(made: annotation.Annotated) -> etree._Element:
    parts = opened.members(made.data)
    return etree.fromstring(parts.get("content.xml") or parts["word/document.xml"])


RUNS = (
    "<w:p><w:r><w:t xml:space='preserve'>Paiement. Le </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>délai de</w:t></w:r>"
    "<w:r><w:t xml:space='preserve'> paiement est de 90 jours. Puis la suite.</w:t></w:r></w:p>"
)


def test_runs_are_cut_at_the_first_and_last_letters_and_keep_their_properties() -> None:
    data = word(RUNS)
    made = annotated(data, "a.docx", (DELAY, "delai-paiement-excessif"))
    assert (made.placed, made.changes, made.apart) == (1, 1, 0)
    tree = root(made)
    assert ["".join(run.itertext()) for run in tree.iter(W + "del")] == [
        "Le ",
        "délai de",
        " paiement est de 90 jours.",
    ]
    assert [deleted.find(f"{W}r/{W}rPr/{W}b") is not None for deleted in tree.iter(W + "del")] == [
        False,
        True,
        False,
    ]
    assert ["".join(run.itertext()) for run in tree.iter(W + "ins")] == [PROPOSED]
    assert opened.looks(opened.refused(made.data)) == opened.looks(opened.refused(data))
    assert read(made.data, "a.docx").text == f"Paiement. {PROPOSED} Puis la suite.\n"
    comments = etree.fromstring(opened.members(made.data)["word/comments.xml"])
    said = ["".join(line.itertext()) for line in comments.iter(W + "p")]
    assert said[0] == "Bloquant – Délai de paiement trop long"
    assert [line.partition(" : ")[0] for line in said[1:]] == ["Pourquoi", "Fondement", "À écrire"]


SPANS = '<text:p text:style-name="P1">Paiement. <text:span text:style-name="T1">Le délai de <text:span text:style-name="T2">paiement</text:span> est</text:span> de 90 jours. Puis.</text:p>'


def test_spans_are_cut_at_the_first_and_last_letters_and_keep_their_styles() -> None:
    data = odt(SPANS)
    made = annotated(
        data, "a.odt", ("délai de paiement est de", "de-preference"), (DELAY, "delai-paiement-excessif")
    )
    assert (made.placed, made.changes, made.apart) == (2, 1, 0)
    tree = root(made)
    deleted = tree.find(f".//{TEXT}deletion/{TEXT}p")
    assert "".join(deleted.itertext()) == DELAY
    assert [span.get(f"{TEXT}style-name") for span in deleted.iter(f"{TEXT}span")] == ["T1", "T2"]
    assert opened.looks(opened.refused(made.data)) == opened.looks(opened.refused(data))
    assert read(made.data, "a.odt").text == f"Paiement. {PROPOSED} Puis.\n"
    assert list(opened.commented(opened.refused(made.data)).values()) == ["".join(DELAY.split())] * 2
    assert [mark.get(f"{TEXT}track-changes") for mark in tree.iter(f"{TEXT}tracked-changes")] == ["false"]


@pytest.mark.parametrize("ending", ["docx", "odt"])
def test_a_second_review_adds_to_the_comments_of_the_first(ending: str) -> None:
    data = word(RUNS) if ending == "docx" else odt(SPANS)
    once = annotated(data, f"a.{ending}", ("Paiement.", "de-preference")).data
    made = annotated(once, f"a.{ending}", (DELAY, "delai-paiement-excessif"))
    words = opened.commented(opened.refused(made.data))
    assert sorted(words.values()) == sorted(["Paiement.", "".join(DELAY.split())])
    assert opened.looks(opened.refused(made.data)) == opened.looks(opened.refused(data))
    if ending == "docx":
        parts = opened.members(made.data)
        assert parts["[Content_Types].xml"].count(b"/word/comments.xml") == 1
        assert parts["word/_rels/document.xml.rels"].count(b"relationships/comments") == 1


BOX = f"<w:p><w:r><w:t>Avant.</w:t></w:r><w:r><w:pict><w:txbxContent><w:p><w:r><w:t>{DELAY}</w:t></w:r></w:p></w:txbxContent></w:pict></w:r></w:p>"
NOTE = f'<text:p>Avant.<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>{DELAY}</text:p></text:note-body></text:note></text:p>'
FRAME = (
    '<text:p>Avant.<draw:frame xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"><draw:text-box><text:p>'
    + DELAY
    + "</text:p></draw:text-box></draw:frame></text:p>"
)


@pytest.mark.parametrize(
    ("data", "name"),
    [
        pytest.param(word(BOX), "a.docx", id="a text box in Word"),
        pytest.param(odt(NOTE), "a.odt", id="a note"),
        pytest.param(odt(FRAME), "a.odt", id="a frame"),
    ],
)
def test_what_bears_no_comment_is_told_at_the_beginning(data: bytes, name: str) -> None:
    made = annotated(data, name, (DELAY, "delai-paiement-excessif"))
    assert (made.placed, made.changes, made.apart) == (0, 0, 1)
    parts = opened.members(made.data)
    told = "".join(etree.fromstring(parts.get("word/comments.xml") or parts["content.xml"]).itertext())
    assert "hors du texte courant" in told
    assert f"« {DELAY} »" in told
    assert opened.looks(opened.refused(made.data)) == opened.looks(opened.refused(data))
    assert read(made.data, name).text == read(data, name).text


def test_words_over_several_cells_are_commented_in_the_one_that_holds_most_of_them() -> None:
    document = docx.Document()
    row = document.add_table(rows=1, cols=2).rows[0]
    row.cells[0].text, row.cells[1].text = "Paiement", DELAY
    data = saved(document)
    made = annotated(data, "a.docx", (f"Paiement | {DELAY}", "delai-paiement-excessif"))
    assert (made.placed, made.changes, made.apart) == (1, 0, 0)
    assert list(opened.commented(root(made)).values()) == ["".join(DELAY.split())]
    assert f"Passage : « Paiement | {DELAY} »" in "".join(
        etree.fromstring(opened.members(made.data)["word/comments.xml"]).itertext()
    )


def test_an_automatic_number_and_a_typed_one_stay() -> None:
    data = word(f"<w:p><w:r><w:t>4.2 {DELAY}</w:t></w:r></w:p>")
    made = annotated(data, "a.docx", (f"4.2 {DELAY}", "delai-paiement-excessif"))
    assert made.changes == 1
    assert read(made.data, "a.docx").text == f"4.2 {PROPOSED}\n"


LINKED = f"<w:p><w:hyperlink><w:r><w:t>{DELAY}</w:t></w:r></w:hyperlink></w:p>"
PICTURED = (
    f"<w:p><w:r><w:t>{DELAY[:-5]}</w:t></w:r><w:r><w:pict/></w:r><w:r><w:t>{DELAY[-5:]}</w:t></w:r></w:p>"
)


@pytest.mark.parametrize(
    "paragraph", [pytest.param(LINKED, id="a link"), pytest.param(PICTURED, id="a picture within")]
)
def test_more_than_plain_text_is_commented_and_not_changed(paragraph: str) -> None:
    data = word(paragraph)
    made = annotated(data, "a.docx", (DELAY, "delai-paiement-excessif"))
    assert (made.placed, made.changes, made.apart) == (1, 0, 0)
    assert opened.looks(root(made)) == opened.looks(opened.refused(data))


def test_of_two_texts_for_the_same_words_the_first_is_proposed() -> None:
    made = annotated(
        word(RUNS), "a.docx", (DELAY, "retenue-garantie-excessive"), (DELAY, "delai-paiement-excessif")
    )
    assert (made.placed, made.changes) == (2, 1)
    assert "retenue de garantie" in "".join(next(root(made).iter(W + "ins")).itertext())


def test_the_text_to_write_is_what_a_suggestion_quotes_whole() -> None:
    document = read(f"{DELAY}\n".encode(), "a.md")
    for name, rule in rules().items():
        (remark,) = remarks_of(document, [finding(document, DELAY, name)])
        if remark.replacement:
            assert rule.suggestion.startswith(f"« {remark.replacement} »")
            assert remark.replacement[0].isupper() or remark.replacement[0] == "["
    assert not remarks_of(document, [finding(document, DELAY, "europe-imprecise")])[0].replacement
    assert not remarks_of(document, [finding(document, DELAY, "accord-cadre-sans-maximum")])[0].replacement
    assert not remarks_of(document, [finding(document, "de paiement est", "delai-paiement-excessif")])[
        0
    ].replacement


def test_a_file_that_changed_since_its_review_is_refused() -> None:
    document = read(word(RUNS), "a.docx")
    with pytest.raises(ReadingError, match="a changé depuis son contrôle"):
        annotation.annotated(word(RUNS, RUNS), document, [], when=WHEN)


@pytest.mark.parametrize("ending", ["docx", "odt"])
def test_without_a_finding_the_file_is_the_same(ending: str) -> None:
    data = word(RUNS) if ending == "docx" else odt(SPANS)
    assert annotated(data, f"a.{ending}").data == data


def test_a_comment_at_the_beginning_stands_in_the_first_paragraph() -> None:
    made = annotated(odt(f"<text:p>Titre</text:p>{NOTE}"), "a.odt", (DELAY, "de-preference"))
    first = next(root(made).iter(f"{TEXT}p"))
    assert first[0].tag == f"{OFFICE}annotation"
    assert first[0].tail == "Titre"
