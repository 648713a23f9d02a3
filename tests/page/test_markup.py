"""Text into HTML: whatever it holds, it is shown as its very characters."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.datatypes import FieldOrigin, FilledField, Span
from assistant.page.formatted import formatted, marked
from assistant.page.markup import Markup, button, count, element, error, items, tag, text, typeset

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)',
    "' autofocus onfocus=alert(1) x='",
    "</p><iframe src=//192.0.2.1>",
    "&lt;b&gt;",
]


class Read(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def read(html: str) -> Read:
    found = Read()
    found.feed(html)
    found.close()
    return found


@pytest.mark.parametrize("hostile", HOSTILE)
def test_text_within_an_element_and_an_attribute_stays_text(hostile: str) -> None:
    found = read(tag("p", hostile, title=hostile, data_nom=hostile))
    assert found.tags == [("p", {"title": hostile, "data-nom": hostile})]
    assert found.text == hostile


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\r\x00")))
def test_any_text_is_given_back_by_a_browser(value: str) -> None:
    found = read(text(("a", value, tag("b", value))))
    assert found.text == f"a{value}{value}"
    assert [name for name, _ in found.tags] == ["b"]


def test_only_markup_is_put_in_as_it_is() -> None:
    assert text(Markup("<b>a</b>")) == "<b>a</b>"
    assert text("<b>a</b>") == "&lt;b&gt;a&lt;/b&gt;"
    assert text(["<", None, Markup("<br>")]) == "&lt;<br>"


def test_attributes_true_false_and_none() -> None:
    assert (
        element("input", {"required": True, "disabled": False, "value": None, "max": 3})
        == '<input required max="3">'
    )


def test_a_button_carries_its_event_and_its_data() -> None:
    assert read(button("Ouvrir", "ouvrir", {"source": 'a"b'})).tags == [
        ("button", {"type": "button", "data-event": "ouvrir", "data-source": 'a"b'})
    ]


def test_an_error_is_read_out_and_says_what_to_do() -> None:
    made = error("Le fichier <x> est vide.", "Copiez-le.")
    assert 'role="alert"' in made
    assert "Le fichier &lt;x&gt; est vide." in made
    assert "Copiez-le." in made


def test_lists_and_counts() -> None:
    assert items([]) == ""
    assert items(["a", "<"]) == "<ul><li>a</li><li>&lt;</li></ul>"
    assert (count(0, "page"), count(1, "page"), count(2, "page"), count(1234, "page lue", "pages lues")) == (
        "0 page",
        "1 page",
        "2 pages",
        "1\u202f234 pages lues",
    )


# ---- Markdown of clauses ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "hostile",
    [
        *HOSTILE,
        "[lien](javascript:alert(1))",
        "![image](http://192.0.2.1/x.png)",
        "<http://192.0.2.1>",
        "[a]: http://192.0.2.1\n\n[a]",
        "```html\n<script>alert(1)</script>\n```",
        "    <script>alert(1)</script>",
        "&#60;script&#62;",
    ],
)
def test_a_hostile_clause_has_no_link_no_picture_and_no_html_of_its_own(hostile: str) -> None:
    found = read(formatted(hostile))
    assert {name for name, _ in found.tags} <= {
        "p",
        "ul",
        "ol",
        "li",
        "strong",
        "em",
        "h4",
        "h5",
        "h6",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "blockquote",
        "hr",
        "br",
        "code",
    }
    assert all(not attributes or set(attributes) <= {"start", "style"} for _, attributes in found.tags)


def test_the_words_of_a_clause_keep_their_form() -> None:
    made = formatted("# Titre\n\n1. Le **titulaire** paie.\n2. Fin.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n")
    assert "<h4>Titre</h4>" in made
    assert "<strong>titulaire</strong>" in made
    assert "<td>2</td>" in made


def test_a_field_shows_where_its_value_comes_from_and_its_value_is_text() -> None:
    field = FilledField("delai", "Délai", FieldOrigin.DEFAULT, Span(0, 0))
    found = read(formatted(f"Sous {marked(field, '<b>3</b>')} jours."))
    assert [name for name, _ in found.tags] == ["p", "span"]
    assert found.tags[1][1] == {
        "class": "champ-p",
        "title": "Valeur proposée par la clause modèle, à confirmer",
    }
    assert found.text.strip() == "Sous <b>3</b> jours."


def test_french_marks_stay_with_their_words() -> None:
    assert typeset("Où ? « Ici » : à 5 %.") == "Où\u202f? «\u00a0Ici\u00a0»\u00a0: à 5\u00a0%."
