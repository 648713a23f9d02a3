import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.datatypes import Document, Kind
from assistant.reading import read_bytes

# What makes a file a text: control characters would make it another thing.
PRINTED = st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n#`~-=|* ")


def document_of(data: bytes | str, name: str) -> Document:
    return read_bytes(
        data.encode() if isinstance(data, str) else data, name, kind=Kind.SHEET, collection="essai"
    )


def test_markdown_stays_as_it_is_but_for_its_front_matter():
    document = document_of("---\ntitle: Ma fiche\nid: f1\n---\n# Titre **fort**\n\n* un `code`\n", "fiche.md")
    assert document.text == "# Titre **fort**\n\n* un `code`\n"
    assert document.metadata == (("front_matter", "title: Ma fiche\nid: f1\n"),)
    assert document.source.title == "Ma fiche"


def test_a_rule_that_is_not_at_the_top_is_no_front_matter():
    assert document_of("Texte\n---\nid: f1\n---\n", "fiche.md").text == "Texte\n---\nid: f1\n---\n"


def test_front_matter_that_is_not_yaml_is_kept_raw():
    document = document_of("---\n: [\n---\n# Objet\n", "fiche.md")
    assert document.metadata == (("front_matter", ": [\n"),)
    assert document.source.title == "Objet"


def test_markdown_headings_have_their_level_number_and_bare_title():
    document = document_of(
        "# **ARTICLE 5 – Durée**\n\n## 5.2.1 [Prix](x) ##\n\nSoulignée\n---------\n", "contrat.md"
    )
    assert [(h.level, h.number, h.title) for h in document.headings] == [
        (1, "ARTICLE 5", "Durée"),
        (2, "5.2.1", "Prix"),
        (2, None, "Soulignée"),
    ]
    assert [h.span.of(document.text) for h in document.headings] == [
        "**ARTICLE 5 – Durée**",
        "5.2.1 [Prix](x)",
        "Soulignée",
    ]


def test_a_hash_in_a_code_block_is_no_heading():
    assert document_of("```\n# non\n```\n~~~\n# non\n```\n~~~\n# oui\n", "a.md").headings[0].title == "oui"


def test_a_number_that_counts_things_is_no_heading_number():
    assert [
        (h.number, h.title) for h in document_of("# 4 lots de bureautique\n# 4. Lots\n", "a.md").headings
    ] == [
        (None, "4 lots de bureautique"),
        ("4", "Lots"),
    ]


@pytest.mark.parametrize(
    "data",
    [
        "Délai".encode(),
        b"\xef\xbb\xbf" + "Délai".encode(),
        "Délai".encode("utf-16"),
        b"\xfe\xff" + "Délai".encode("utf-16-be"),
    ],
)
def test_a_byte_order_mark_or_utf_8_is_read_without_a_word(data):
    document = document_of(data, "a.txt")
    assert document.text == "Délai"
    assert document.problems == ()


def test_windows_1252_is_read_and_said():
    document = document_of("Ligne\nDélai : 30 €".encode("cp1252"), "a.txt")
    assert document.text == "Ligne\nDélai : 30 €"
    assert document.problems[0].code == "not-utf-8"
    assert "ligne 2" in document.problems[0].message


def test_line_ends_become_one_kind_and_controls_go():
    assert document_of(b"a\r\nb\rc\x0bd\x01e", "a.txt").text == "a\nb\nc\nde"


def test_numbered_lines_of_a_text_are_headings_and_lists_are_not():
    text = (
        "ARTICLE 1 – OBJET\nLe marché porte sur :\n1. des serveurs ;\n2. des écrans.\nARTICLE 2 – DURÉE\n2.1 Durée initiale\n"
        "Un an. L'article 5 du CCAG s'applique.\nArticle 5 du CCAG ne s'applique pas.\n"
    )
    assert [(h.level, h.number, h.title) for h in document_of(text, "a.txt").headings] == [
        (1, "ARTICLE 1", "OBJET"),
        (1, "ARTICLE 2", "DURÉE"),
        (2, "2.1", "Durée initiale"),
    ]


def test_html_is_what_a_browser_shows():
    page = (
        "<!doctype html><html><head><title>Aide &amp; droits</title><style>p{}</style></head><body><h1>1. Objet</h1><p>Le <b>délai</b>\nest<br>court.</p>"
        "<script>non()</script><ul><li>un</li></ul><table><tr><th>Lot</th><th>Prix</th></tr><tr><td>1</td><td>10 €</td></tr></table>"
        '<form><input type="checkbox" checked> Oui <input type="radio"> Non</form><p hidden>caché</p>'
    )
    document = document_of(page, "a.html")
    assert document.text == "1. Objet\nLe délai est\ncourt.\n• un\nLot | Prix\n1 | 10 €\n☒ Oui ☐ Non\n"
    assert [(h.level, h.number, h.title) for h in document.headings] == [(1, "1", "Objet")]
    assert document.source.title == "Aide & droits"


def test_html_is_read_by_the_encoding_it_declares():
    assert (
        document_of('<html><meta charset="iso-8859-1"><body><p>Délai 30 €'.encode("cp1252"), "a.html").text
        == "Délai 30 €\n"
    )


def test_html_deeper_than_a_parser_goes_says_what_it_lost():
    document = document_of(
        "<html><body><p>début</p>" + "<div>" * 5000 + "profond" + "</div>" * 5000, "a.html"
    )
    assert document.text == "début\n"
    assert [problem.code for problem in document.problems] == ["too-deep"]


def test_html_as_deep_as_the_stack_is_read():
    assert document_of("<html><body>" + "<div>" * 900 + "profond", "a.html").text == "profond\n"


@given(st.text(PRINTED))
def test_any_markdown_keeps_its_headings_inside_its_text(text):
    document = document_of("préambule\n" + text, "a.md")
    for heading in document.headings:
        assert 0 <= heading.span.start < heading.span.end <= len(document.text)
        assert "\n" not in heading.span.of(document.text)


@given(st.text(PRINTED))
def test_headings_of_any_text_stand_in_it_in_order(text):
    document = document_of("ARTICLE 1 – OBJET\n" + text, "a.txt")
    assert list(document.headings) == sorted(document.headings, key=lambda heading: heading.span)
    for heading in document.headings:
        assert heading.title in heading.span.of(document.text)
