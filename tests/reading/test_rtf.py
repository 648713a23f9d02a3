import contextlib
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.datatypes import Document, Kind
from assistant.errors import DamagedFileError, ReadingError
from assistant.reading import read_bytes


def document_of(body: str, name: str = "essai.rtf") -> Document:
    return read_bytes(
        (
            "{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0\\fcharset0 Arial;}{\\f1\\fcharset2 Wingdings;}{\\f2\\fcharset238 Arial CE;}}"
            + body
            + "}"
        ).encode("latin-1"),
        name,
        kind=Kind.TENDER,
        collection="essai",
    )


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (
            "\\pard D\\'e9lai \\b 30\\b0  jours\\par Suite\\line ici\\tab l\\'e0",
            "Délai 30 jours\nSuite\nici là\n",
        ),
        ("\\uc1 \\u339?uvre \\u8364 ?10 \\uc2\\u8217\\'92?l \\uc0\\u233 e", "œuvre €10 ’l ée\n"),
        ("\\u-10179?\\u-8704?", "😀\n"),
        ("\\f2 \\'bf\\f0 \\'bf", "ż¿\n"),
        ("{\\f1 \\'fe} Oui {\\f1 \\'a8} Non", "☒ Oui ☐ Non\n"),
        ("a\\~b\\_c\\-d \\{x\\}\\\\", "a b-cd {x}\\\n"),
        (
            "Prix{\\super\\chftn{\\footnote\\pard\\plain \\chftn  Hors\\par taxes.}} ferme",
            "Prix (note : Hors taxes.) ferme\n",
        ),
        ("Prix {\\deleted r\\'e9visable }{\\revised ferme}{\\v cach\\'e9}", "Prix ferme\n"),
        (
            "{\\header en-t\\'eate}{\\footer pied}{\\pict\\wmetafile8 0123abcd}{\\*\\inconnu rien}Texte",
            "Texte\n",
        ),
        (
            "{\\listtext\\pard\\plain 1.\\tab}un\\par{\\listtext{\\f1 \\'b7}\\tab}deux\\par{\\pntext a)\\tab}trois",
            "1. un\n• deux\na) trois\n",
        ),
        (
            "\\trowd\\pard\\intbl Lot\\cell Prix\\par HT\\cell\\row\\trowd\\pard\\intbl 1\\cell 10 \\'80\\cell\\row\\pard Fin",
            "Lot | Prix HT\n1 | 10 €\nFin\n",
        ),
        ("\\trowd\\pard\\intbl un\\par deux\\cell\\row\\pard", "un\ndeux\n"),
        ('{\\field{\\*\\fldinst HYPERLINK "x"}{\\fldrslt lien}}', "lien\n"),
        (
            "{\\field{\\*\\fldinst FORMCHECKBOX {\\*\\formfield{\\fftype1\\ffres1{\\*\\ffname c}}}}} Oui",
            "☒ Oui\n",
        ),
        (
            "{\\field{\\*\\fldinst FORMCHECKBOX {\\*\\formfield{\\fftype1\\ffres25\\ffdefres0}}}} Non",
            "☐ Non\n",
        ),
        ("{\\shp{\\*\\shpinst{\\sp{\\sn x}{\\sv 1}}{\\shptxt encadr\\'e9\\par}}}", "encadré\n"),
        ("a\\bin5 \\{}{}b", "ab\n"),
        ("{\\info{\\title Mon titre}{\\author Moi}}Texte", "Texte\n"),
    ],
)
def test_what_a_word_processor_shows_is_what_is_read(body, text):
    assert document_of(body).text == text


def test_headings_are_told_by_style_outline_and_number():
    styles = "{\\stylesheet{\\s1\\outlinelevel0 heading 1;}{\\s2\\outlinelevel1 heading 2;}}"
    document = document_of(
        styles
        + "\\pard\\s1 {\\listtext Article 1\\tab}Objet\\par\\pard\\s2 Forme\\par\\pard Texte.\\par\\pard\\outlinelevel0 Fin\\par"
    )
    assert [(h.level, h.number, h.title) for h in document.headings] == [
        (1, "Article 1", "Objet"),
        (2, None, "Forme"),
        (1, None, "Fin"),
    ]
    assert [h.span.of(document.text) for h in document.headings] == ["Article 1 Objet", "Forme", "Fin"]


def test_the_title_is_the_declared_one():
    assert document_of("{\\info{\\title Cahier}}Texte").source.title == "Cahier"


def test_rtf_under_the_name_of_an_old_word_file_is_read_and_said():
    document = document_of("Texte", "ccap.doc")
    assert (document.text, [problem.code for problem in document.problems]) == ("Texte\n", ["wrong-ending"])


def test_a_cut_document_gives_what_is_left_and_a_mere_start_is_damaged():
    assert (
        read_bytes(b"{\\rtf1 Texte qui s'arr", "a.rtf", kind=Kind.TENDER, collection="c").text
        == "Texte qui s'arr\n"
    )
    with pytest.raises(ReadingError):
        read_bytes(b"{\\rtf1", "a.rtf", kind=Kind.TENDER, collection="c")
    with pytest.raises(DamagedFileError):
        read_bytes(b"{\\rtf}", "a.rtf", kind=Kind.TENDER, collection="c")


@pytest.mark.parametrize(
    "body",
    [
        "{" * 200_000,
        "}" * 200_000,
        "\\'e9" * 200_000,
        "\\bin999999999 x",
        "{\\footnote" * 4_000,
        "\\u233?" * 200_000,
        "\\cell" * 200_000,
    ],
)
def test_hostile_rtf_is_read_or_refused_in_seconds(body):
    start = time.monotonic()
    with contextlib.suppress(ReadingError):
        document_of("x" + body)
    assert time.monotonic() - start < 60  # a hang, not a speed


@given(
    st.lists(
        st.sampled_from(
            [
                "{",
                "}",
                "\\par ",
                "\\cell ",
                "\\row ",
                "\\'e9",
                "\\u233?",
                "\\*",
                "\\footnote ",
                "\\listtext ",
                "\\fonttbl ",
                "\\b ",
                "mot ",
                "\\intbl ",
                "\\v0 ",
            ]
        ),
        max_size=60,
    )
)
def test_any_sequence_of_words_keeps_headings_in_the_text(words):
    try:
        document = document_of("ARTICLE 1 - OBJET\\par " + "".join(words))
    except ReadingError:
        return
    for heading in document.headings:
        assert heading.title in heading.span.of(document.text)
