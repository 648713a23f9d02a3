"""Which lines are headings: by their numbers, by how numbers follow each other, by what stands below them, by their looks."""

from dataclasses import replace

import pytest

from assistant.reading.numbering import Number, Rank, parse
from assistant.reading.structure import Line, headings_of

TEXT = "Le titulaire remet au pouvoir adjudicateur un rapport à la fin de chaque mois."


def lines(*texts: str | Line) -> list[Line]:
    """Lines one below another on page 2, 12 points, with the looks of those that are given as lines."""
    found, at = [], 0
    for text in texts:
        line = text if isinstance(text, Line) else Line(text, 0, page=2, size=12.0, gap=0.5)
        found.append(Line(line.text, at, line.page, line.size, line.bold, line.gap, line.declared))
        at += len(line.text) + 1
    return found


def bold(text: str, *, size: float = 12.0, page: int = 2) -> Line:
    return Line(text, 0, page=page, size=size, bold=True, gap=1.0)


def found(*texts: str | Line) -> list[tuple[str | None, str]]:
    return [(heading.number, heading.title) for heading in headings_of(lines(*texts))]


@pytest.mark.parametrize(
    ("outer", "inner", "numbers"),
    [
        ("ARTICLE I – PRIX", "I-1 NATURE DES PRIX", ["ARTICLE I", "I-1"]),
        ("I. PRIX", "I.1 Nature des prix", ["I", "I.1"]),
        ("A – PRIX", "A.1 Nature des prix", ["A", "A.1"]),
        ("1. PRIX", "1-1 Nature des prix", ["1", "1-1"]),
        ("CHAPITRE 1 — PRIX", "§ 1 Nature des prix", ["CHAPITRE 1", "1"]),
    ],
)
def test_a_number_of_romans_letters_or_dashes_stands_under_its_parent(outer, inner, numbers):
    assert [number for number, _ in found(outer, inner, TEXT)] == numbers


def test_the_numbers_of_the_ministry_s_forms_are_numbers_and_paper_is_not():
    texts = (
        bold("A – Objet de l'acte"),
        bold("A1 - Objet du marché"),
        TEXT,
        bold("A2 - Portée"),
        TEXT,
        bold("B – Engagement"),
        bold("B1 - Titulaire"),
        TEXT,
    )
    assert [number for number, _ in found(*texts)] == ["A", "A1", "A2", "B", "B1"]
    assert parse("A4 recto verso") is None
    assert parse("A4 - Format") == (Number("A4", Rank.SECOND, (1, 4), firm=True), "Format")


def test_the_levels_of_letters_are_those_of_their_numbers():
    texts = (
        bold("A – Objet"),
        bold("A.1 Nature"),
        TEXT,
        bold("B – Prix"),
        bold("B.1 Révision"),
        "B.1.a Formule",
        TEXT,
    )
    assert [(heading.number, heading.level) for heading in headings_of(lines(*texts))] == [
        ("A", 1),
        ("A.1", 2),
        ("B", 1),
        ("B.1", 2),
        ("B.1.a", 3),
    ]


def test_lone_numbers_with_text_between_them_are_headings_and_the_items_of_a_list_are_not():
    assert found("1) Objet", TEXT, "2) Durée", TEXT) == [("1", "Objet"), ("2", "Durée")]
    assert found("Trois lots :", "1) Cahiers et papiers", "2) Peintures", "3) Manuels scolaires", TEXT) == []


def test_a_number_that_follows_an_item_is_an_item():
    items = ("1. Interxion", "2. Data4", "3. Telehouse", "4. Colt", "5. F5")
    assert [number for number, _ in found(*(f"Article {n} : Objet" for n in range(1, 6)), *items)] == [
        f"Article {n}" for n in range(1, 6)
    ]


def test_a_title_on_the_line_of_its_text_is_a_heading_and_ends_where_the_text_begins():
    document = lines(
        "ARTICLE 3 – DÉLAIS", "3.1 – Durée", TEXT, f"3.2 Délais. {TEXT}", f"3.3 Appels urgents. {TEXT}"
    )
    headings = headings_of(document)
    assert [(heading.number, heading.title) for heading in headings[1:]] == [
        ("3.1", "Durée"),
        ("3.2", "Délais"),
        ("3.3", "Appels urgents"),
    ]
    assert len(headings[2].span) == len("3.2 Délais")


def test_numbered_paragraphs_that_begin_with_a_sentence_are_no_headings():
    paragraphs = [f"3.{n} {TEXT} {TEXT}" for n in range(1, 5)]
    assert found(*paragraphs, f"3.5 Le titulaire l'accepte. {TEXT}") == []


def test_a_label_before_its_value_is_the_title_and_not_the_value():
    stated = ("A.1 Lieu : gymnase des Sorbiers, 18 rue des Sorbiers, Saint-Amand", f"A.2 Nature : {TEXT}")
    assert found(bold("A – Objet"), *stated) == [("A", "Objet"), ("A.1", "Lieu"), ("A.2", "Nature")]


def test_a_paragraph_numbered_with_a_dash_is_no_heading():
    assert (
        found(
            "1-1 Le marché concerne les travaux de restructuration de l'internat du",
            "lycée Olympe-de-Gouges, à Port-Salins.",
        )
        == []
    )


def test_a_number_alone_takes_the_title_below_it():
    document = lines("Chapitre 1", bold("Contexte du projet", size=20.0), TEXT)
    (heading,) = headings_of(document)
    assert (heading.number, heading.title, heading.span.start, heading.span.end) == (
        "Chapitre 1",
        "Contexte du projet",
        0,
        29,
    )


@pytest.mark.parametrize(
    "title",
    [
        bold("Offre financière"),
        Line("OFFRE FINANCIÈRE", 0, 2, 12.0, gap=1.0),
        Line("Offre financière", 0, 2, 14.0, gap=1.0),
    ],
)
def test_a_line_set_apart_by_weight_capitals_or_size_above_running_text_is_a_title(title):
    titles = (
        [replace(title, text=text) for text in ("OFFRE", "PRIX", "DÉLAIS", "LITIGES")]
        if title.text.isupper()
        else [replace(title, text=text) for text in ("Offre financière", "Prix", "Délais", "Litiges")]
    )
    assert found(*(part for one in titles for part in (one, TEXT, TEXT))) == [
        (None, one.text) for one in titles
    ]


def test_a_title_above_a_title_above_running_text_is_one_too():
    assert found(TEXT, bold("PRIX"), bold("Révision"), TEXT, bold("Avance"), TEXT) == [
        (None, "PRIX"),
        (None, "Révision"),
        (None, "Avance"),
    ]


@pytest.mark.parametrize(
    "below",
    [
        "Nom | Prénom | Qualité",
        "Nom : Dupont",
        "et de la décomposition du prix global et forfaitaire",
    ],
)
def test_a_bold_line_above_a_table_a_form_or_the_rest_of_a_sentence_is_no_title(below):
    assert found(TEXT, bold("Offre financière"), below) == []


def test_a_bold_line_of_the_cover_and_a_bold_sentence_are_no_titles():
    cover = (
        bold("Ville de Brive", page=1),
        bold("Offre financière", page=1),
        bold("Marché n° 2026-12", page=1),
        Line("Tél. : 05 55 00 00 00", 0, 1, 12.0),
    )
    assert found(
        *cover, *(part for title in ("Prix", "Délais", "Litiges") for part in (bold(title), TEXT, TEXT))
    )[-3:] == [
        (None, "Prix"),
        (None, "Délais"),
        (None, "Litiges"),
    ]
    assert found(TEXT, bold("Les pénalités s'appliquent sans mise en demeure."), TEXT) == []


def test_a_number_alone_after_a_table_of_contents_is_no_line_of_it():
    contents = ("Sommaire", "Chapitre 1 – Contexte 3", "Chapitre 2 – Prix 4")
    assert found(*contents, "Chapitre 1", bold("Contexte", size=20.0), TEXT) == [("Chapitre 1", "Contexte")]


def declared(text: str, level: int = 1) -> Line:
    return Line(text, 0, bold=True, declared=level)


def plain(text: str, *, bold: bool = False) -> Line:
    """A paragraph of a word processor's document: no page, no size."""
    return Line(text, 0, bold=bold)


def test_a_word_that_begins_as_that_of_a_number_is_none():
    assert found(declared("Annexes"), declared("Articles applicables")) == [
        (None, "Annexes"),
        (None, "Articles applicables"),
    ]


def test_a_bold_item_is_no_title_where_styles_say_what_is_one():
    items = (
        plain("1. Barème.", bold=True),
        plain("2. Résultats.", bold=True),
        plain("Sommes dues", bold=True),
        plain(TEXT),
    )
    articles = [declared(f"Article {n} – Objet") for n in range(1, 4)]
    assert [number for number, _ in found(*articles, *items)] == ["Article 1", "Article 2", "Article 3"]


def test_titles_without_styles_and_pages_are_told_by_their_weight_above_running_text():
    titles = ("Objet de la consultation", "Remise des offres", "Délai de paiement", "Litiges")
    letter = (part for title in titles for part in (plain(title, bold=True), plain(3 * TEXT), plain(TEXT)))
    assert found(*letter) == [(None, title) for title in titles]


def test_a_lone_number_above_another_title_is_one():
    titles = (bold("1/ Prix"), "a) Contenu", TEXT, bold("2/ Durée"), TEXT, bold("3/ Litiges"), TEXT)
    assert [number for number, _ in found(*titles) if number != "a)"] == ["1", "2", "3"]


def test_coloured_lines_of_the_size_of_the_text_are_titles_and_the_labels_of_a_numbered_document_are_not():
    coloured = [
        Line(text, 0, page=2, size=12.0, gap=1.0, ink=0x1F4E79)
        for text in ("Objet de la mission", "Déroulement", "Livrables attendus")
    ]
    guide = [text for title in coloured for text in (title, TEXT, TEXT)]
    assert [title for _, title in found(TEXT, *guide)] == [line.text for line in coloured]
    numbered = [
        text for n in range(1, 6) for text in (bold(f"Article {n} – Clause"), TEXT, "Comprenant :", TEXT)
    ]
    assert [number for number, _ in found(*numbered)] == [f"Article {n}" for n in range(1, 6)]


def test_a_paragraph_of_several_lines_is_no_title():
    assert (
        found(TEXT, plain("1. Le règlement\n2. L'acte d'engagement\n3. Le bordereau", bold=True), TEXT) == []
    )
