"""Words marked in a text that Markdown lays out: those of a finding, wherever they begin and end."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.datatypes import FieldOrigin, FilledField, FilledText, Finding, FindingSeverity, Span
from assistant.drafting.drafter import Request, draft
from assistant.page.draft_review import Placed, target
from assistant.page.formatted import Marked, filled, words
from assistant.page.markup import Markup
from tests.drafting.test_drafted_precedents import SHELF

ARTICLES = [
    article
    for clause in SHELF.clauses[::3]
    for article in draft(SHELF, Request((clause.id,), {}, level=2)).articles
]


def marked(markdown: str, quote: str) -> str:
    at = markdown.index(quote)
    return filled(FilledText(markdown), [Marked("mots-1", Span(at, at + len(quote)))])


def told(made: str) -> list[str]:
    """The words that are marked, part by part."""
    return [re.sub(r"<[^>]+>", "", one) for one in re.findall(r"<mark[^>]*>(.*?)</mark>", made)]


@pytest.mark.parametrize(
    ("markdown", "quote", "parts"),
    [
        ("Un délai de 90 jours court.", "délai de 90 jours", ["délai de 90 jours"]),
        ("1. Un.\n2. Deux mots.", "2. Deux mots.", ["Deux mots."]),
        ("1. Un.\n2. Deux mots.", "Un.\n2. Deux", ["Un.", "Deux"]),
        ("1. Un.\n2. Deux mots.", "Un.\n2. ", ["Un."]),
        ("- Un\n- Deux", "- Un\n- Deux", ["Un", "Deux"]),
        ("Un **gras ici** fin.", "Un **gras", ["Un ", "gras"]),
        ("Un **gras ici** fin.", "ici** fin", ["ici", " fin"]),
        ("Un **gras** fin.", "**gras**", ["gras"]),
        ("Un **gras** fin.", "*gras*", ["gras"]),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "| a | b |\n|---|---|\n| 1", ["a", "b", "1"]),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "---|\n| 1 | 2 |", ["1", "2"]),
        ("### Titre\n\nmots", "### Titre", ["Titre"]),
        (r"a \*b\* c", r"*b\*", ["*b*"]),
        ("Un & deux < trois", "& deux <", ["&amp; deux &lt;"]),
    ],
)
def test_the_words_are_marked_and_the_marks_of_markdown_are_left(
    markdown: str, quote: str, parts: list[str]
) -> None:
    made = marked(markdown, quote)
    assert [one.strip() for one in told(made)] == [one.strip() for one in parts]
    assert re.sub(r"</?mark[^>]*>", "", made) == filled(FilledText(markdown))
    assert made.count('id="mots-1"') == 1


def test_nothing_is_marked_where_no_word_is() -> None:
    markdown = "1. Un.\n\n2. Deux."
    for span in (Span(0, 3), Span(6, 8), Span(6, 11), Span(40, 50), Span(2, 2)):
        assert filled(FilledText(markdown), [Marked("mots-1", span)]) == filled(FilledText(markdown))


def test_two_findings_may_share_words() -> None:
    text = "Un délai de paiement de 90 jours."
    made = filled(FilledText(text), [Marked("mots-1", Span(3, 20)), Marked("mots-2", Span(9, 32))])
    assert [(one, made.count(f'id="{one}"')) for one in ("mots-1", "mots-2")] == [
        ("mots-1", 1),
        ("mots-2", 1),
    ]
    assert re.sub(r"</?mark[^>]*>", "", made) == filled(FilledText(text))


def test_a_field_within_marked_words_keeps_its_look_and_its_place() -> None:
    text = "Payé sous 90 jours."
    body = FilledText(text, (FilledField("d", "Délai", FieldOrigin.GIVEN, Span(10, 12)),))
    for span in (Span(0, 18), Span(10, 12), Span(11, 15), Span(5, 11)):
        made = filled(body, [Marked("mots-1", span)])
        assert re.sub(r"</?mark[^>]*>", "", made) == filled(body)
        assert "".join(told(made)) == span.of(text)


def test_a_heading_is_marked_as_the_plain_text_that_it_is() -> None:
    assert words("Article 3 : <b> & *c*", [Marked("mots-1", Span(12, 17))]) == Markup(
        'Article 3 : <mark class="surligne-texte" id="mots-1" tabindex="-1">&lt;b&gt; &amp;</mark> *c*'
    )
    assert words("- a", []) == "- a"


@given(st.data())
def test_whatever_is_marked_the_article_reads_the_same(data: st.DataObject) -> None:
    article = data.draw(st.sampled_from(ARTICLES))
    several = data.draw(
        st.lists(
            st.tuples(*(st.integers(0, len(article.body.text)),) * 2).map(
                lambda two: Span(min(two), max(two))
            ),
            max_size=4,
        )
    )
    marks = [Marked(f"mots-{number}", span) for number, span in enumerate(several)]
    made = filled(article.body, marks)
    assert re.sub(r"</?mark[^>]*>", "", made) == filled(article.body)
    assert not re.search("[\ue000-\uf8ff]", made)
    for mark in marks:
        assert (f'id="{mark.id}"' in made) <= bool(mark.span.of(article.body.text).strip())


def test_a_sign_of_a_document_that_is_one_of_ours_marks_nothing() -> None:
    made = filled(FilledText("a\ue100b\ue101c d"), [Marked("mots-1", Span(6, 7))])
    assert told(made) == ["d"]
    assert "\ue100" not in made


def placed(**changes: object) -> Placed:
    finding = Finding("r", FindingSeverity.RISK, None, None, Span(0, 4), "mots", "pourquoi", (), "")
    return Placed(**{"number": 1, "finding": finding, "article": 1, "titles": {}, "bodies": {}} | changes)  # type: ignore[arg-type]


def test_the_id_stands_once_where_the_words_begin() -> None:
    one = placed(titles={2: Span(0, 3)}, bodies={1: Span(5, 9), 2: Span(0, 4)})
    assert one.marks(1) == ([], [Marked("mots-1", Span(5, 9))])
    assert one.marks(2) == ([Marked("", Span(0, 3))], [Marked("", Span(0, 4))])
    assert one.marks(3) == ([], [])


def test_a_finding_whose_words_are_not_drawn_leads_to_its_card() -> None:
    assert target(placed(), Markup("")) == "constat-1"
    assert target(placed(), Markup('<mark id="mots-1">')) == "mots-1"
