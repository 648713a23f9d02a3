import io
import re
import threading

import pypdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.datatypes import Document, Kind
from assistant.errors import DamagedFileError, EncryptedFileError, ReadingError, UsageError
from assistant.reading import read_bytes
from assistant.reading.pdf import rectangles
from assistant.reading.pdf_geometry import PrintedLine, Reader, _with_ordinals, printed_lines

from .made_files import Printed, pdf, text_page


def document_of(data: bytes, name: str = "essai.pdf") -> Document:
    return read_bytes(data, name, kind=Kind.TENDER, collection="essai")


LINES = (
    "Le titulaire du présent marché est tenu de respecter les consignes qui lui sont remises par le pouvoir",
    "adjudicateur au début de chaque prestation, et de les faire connaître à tous ses agents.",
)


def test_lines_of_a_paragraph_are_joined_and_paragraphs_are_not():
    assert (
        document_of(pdf([text_page(*LINES, "Il en rend compte.")])).text
        == " ".join(LINES) + "\nIl en rend compte.\n"
    )


def test_a_word_cut_at_a_line_end_is_joined():
    first = "Le titulaire du présent marché est tenu de respecter les consignes et les obligations de réver-"
    text = document_of(
        pdf(
            [
                text_page(
                    first,
                    "sibilité du marché, et les clauses de non-",
                    "divulgation des données qui lui sont remises par le pouvoir adjudicateur au début du marché.",
                )
            ]
        )
    ).text
    assert "de réversibilité du marché" in text
    assert "non-divulgation" in text


def test_a_word_cut_at_a_line_end_is_written_as_elsewhere_in_the_document():
    first = "Le titulaire fait connaître ses sous-traitants, son auto-évaluation et ses minerais dans un délai de mi-"
    second = "nerais, et la sous-"
    cut = [
        first,
        second.ljust(20)
        + "traitance est déclarée par écrit au pouvoir adjudicateur, qui dispose de vingt et un jours pour sous-",
        "crire à sa demande.",
    ]
    text = document_of(pdf([text_page(*cut)])).text
    assert "délai de minerais" in text
    assert "souscrire" in text


def test_a_reference_cut_at_its_hyphen_keeps_it():
    lines = (
        "La consultation du service des espaces verts porte la référence interne 26-SE-",
        "EV-09, à rappeler.",
    )
    assert "26-SE-EV-09," in document_of(pdf([text_page(*lines)])).text


def test_a_list_keeps_its_lines():
    assert (
        document_of(pdf([text_page("Sont remis :", "- un planning ;", "- une note.")])).text
        == "Sont remis :\n- un planning ;\n- une note.\n"
    )


def test_ligatures_and_odd_spaces_are_resolved():
    assert document_of(pdf([[Printed(60, 700, "Prix\u00a0: 30\u00a0€  HT")]])).text == "Prix : 30 € HT\n"


def test_cells_of_a_row_are_separated():
    page = [
        Printed(60, 700, "Critère"),
        Printed(260, 700, "Poids"),
        Printed(60, 680, "Prix"),
        Printed(260, 680, "60 %"),
    ]
    assert document_of(pdf([page])).text == "Critère | Poids\nPrix | 60 %\n"


def test_a_cell_of_two_lines_is_one_cell():
    page = [
        Printed(60, 700, "Valeur"),
        Printed(60, 688, "technique"),
        Printed(260, 700, "40 %"),
        Printed(60, 660, "Prix"),
        Printed(260, 660, "60 %"),
    ]
    assert document_of(pdf([page])).text == "Valeur technique | 40 %\nPrix | 60 %\n"


def test_a_number_before_an_amount_is_a_cell_and_no_thousand_of_it():
    """« 41 | 620 000 »: circuits and a maximum, and not 41 millions."""
    rows = [("Circuits", "Maximum annuel (€ HT)"), ("41", "620 000"), ("8", "95 000")]
    page = [
        Printed(left, 700 - 20 * at, cell)
        for at, row in enumerate(rows)
        for left, cell in zip((260, 320), row, strict=True)
    ]
    assert document_of(pdf([page])).text == "Circuits | Maximum annuel (€ HT)\n41 | 620 000\n8 | 95 000\n"


def test_a_number_far_from_its_title_is_no_cell():
    document = document_of(
        pdf(
            [
                [
                    Printed(60, 700, "3.1", bold=True),
                    Printed(110, 700, "HORAIRES", bold=True),
                    *text_page(*LINES, top=680),
                ]
            ]
        )
    )
    assert document.text.startswith("3.1 HORAIRES\n")
    assert [(h.number, h.title) for h in document.headings] == [("3.1", "HORAIRES")]


def test_a_chapter_whose_letters_stand_apart_announces_the_title_below_it():
    pages = [
        [
            Printed(400, 780, f"Ch a p itre {n}", 13),
            Printed(300, 755, f"Contexte {'abc'[n - 1]}", 24),
            *text_page(*LINES, top=700),
        ]
        for n in (1, 2, 3)
    ]
    assert [(h.number, h.title) for h in document_of(pdf(pages)).headings] == [
        (f"Chapitre {n}", f"Contexte {'abc'[n - 1]}") for n in (1, 2, 3)
    ]


@pytest.mark.parametrize(("title", "apart"), [("OBJET DU MARCHÉ", 2.5), ("Durée de la mission", 4)])
def test_a_title_whose_letters_are_set_apart_is_read_as_words(title, apart):
    page = [
        Printed(60, 760, title, 12, apart=apart),
        *text_page(*LINES, top=720),
        Printed(60, 640, title, 12),
        *text_page(*LINES, top=600),
    ]
    assert document_of(pdf([page])).text.split("\n").count(title) == 2


def test_a_numbered_title_in_capitals_goes_on_over_lines_that_are_not_full():
    title = [
        Printed(60, 760, "I-1 LIVRAISONS PENDANT LES"),
        Printed(60, 746, "TRAVAUX OU LA FERMETURE"),
        Printed(60, 732, "D'UNE ÉCOLE"),
    ]
    page = [Printed(60, 790, "ARTICLE I – LIVRAISONS"), *title, *text_page(*LINES, top=700)]
    titles = [h.title for h in document_of(pdf([page])).headings]
    assert titles == ["LIVRAISONS", "LIVRAISONS PENDANT LES TRAVAUX OU LA FERMETURE D'UNE ÉCOLE"]


def test_a_size_is_that_which_is_printed_whatever_the_scale_of_the_page():
    data = pdf([[Printed(60, 700, "Objet du marché", 16)]], image_on=(1,))
    drawn = b"0.5 g 50 50 400 600 re f\n0 g\n"
    scaled = pypdfium2.PdfDocument(data.replace(drawn, b"0.75 0 0 0.75 0 0 cm".ljust(len(drawn))))
    (line,) = printed_lines(scaled[0].get_textpage(), Reader())
    assert line.size == pytest.approx(12)


def test_a_running_header_is_said_once_and_page_numbers_go():
    pages = [
        [
            Printed(60, 810, "Ville de Nantes - CCAP"),
            *text_page(f"Texte de la page {'abcdef'[n]}."),
            Printed(280, 30, f"Page {n + 1} sur 6"),
        ]
        for n in range(6)
    ]
    document = document_of(pdf(pages))
    assert document.text == "Ville de Nantes - CCAP\n" + "".join(
        f"Texte de la page {letter}.\n" for letter in "abcdef"
    )
    assert document.headings == ()
    assert ("repeated_line", "Ville de Nantes - CCAP") in document.metadata
    assert ("repeated_line", "Page 3 sur 6") in document.metadata


def test_a_running_line_that_begins_after_the_second_page_is_not_put_in_the_middle_of_the_text():
    pages = [
        [
            *([Printed(60, 810, "Annexe financière")] if n > 2 else []),
            *text_page(f"Texte de la page {'abcdefgh'[n]}."),
        ]
        for n in range(8)
    ]
    assert document_of(pdf(pages)).text == "".join(f"Texte de la page {letter}.\n" for letter in "abcdefgh")


def test_a_title_at_the_top_of_some_pages_is_no_running_header():
    pages = [
        [Printed(60, 800, f"ANNEXE {n + 1} – Formulaire", 14, bold=True), *text_page("Nom :")]
        for n in range(5)
    ]
    assert [h.number for h in document_of(pdf(pages)).headings] == [f"ANNEXE {n + 1}" for n in range(5)]


def test_a_page_of_marks_without_text_is_reported_and_a_blank_one_is_not():
    document = document_of(pdf([text_page("Page une."), [], []], image_on=[2]), "scan.pdf")
    assert [page.has_text for page in document.pages] == [True, False, True]
    (problem,) = document.problems
    assert problem.code == "page-without-text"
    assert "page 2 de « scan.pdf »" in problem.message


def test_a_scan_whose_only_text_is_a_running_stamp_is_without_text():
    document = document_of(
        pdf([[Printed(60, 810, "Signé électroniquement")] for _ in range(5)], image_on=[1, 2, 3, 4, 5])
    )
    assert [page.has_text for page in document.pages] == [False] * 5


def test_pages_that_are_all_alike_keep_their_text():
    document = document_of(
        pdf([text_page("Formulaire", "Nom et adresse du candidat, en lettres capitales, lisiblement.")] * 5)
    )
    assert [page.has_text for page in document.pages] == [True] * 5
    assert document.text.count("Formulaire") == 5


def test_a_paragraph_that_goes_on_overleaf_is_not_cut():
    document = document_of(pdf([text_page(LINES[0]), text_page(LINES[1])]))
    assert document.text == " ".join(LINES) + "\n"
    assert [page.span.of(document.text) for page in document.pages] == [LINES[0] + " ", LINES[1] + "\n"]


def test_a_line_that_ends_within_a_number_goes_on():
    above = "Un accord-cadre à bons de commande avec un maximum de 480"
    document = document_of(pdf([text_page(LINES[0], above, "000 EUR HT pour toute la durée.")]))
    assert "un maximum de 480 000 EUR HT" in document.text
    apart = document_of(
        pdf([text_page(LINES[0], "Immeuble de la rue Haute, bâtiment 12", "130 logements sont visés.")])
    )
    assert "bâtiment 12\n130 logements" in apart.text


def test_a_sum_that_a_cell_cuts_in_two_lines_is_whole_and_a_lot_is_none_of_it():
    cell = [
        Printed(50, 700, "Contrat"),
        Printed(150, 700, "accord-cadre plafonné à 1"),
        Printed(150, 688, "350 000 € HT sur sa durée"),
    ]
    assert "plafonné à 1 350 000 € HT" in document_of(pdf([cell])).text
    lot = [Printed(50, 700, "Lot"), Printed(150, 700, "n° 1"), Printed(150, 688, "350 000 € HT sur sa durée")]
    assert "1 350 000" not in document_of(pdf([lot])).text


def test_a_table_of_contents_gives_no_headings():
    contents = ["SOMMAIRE", "ARTICLE 1 – OBJET .......... 2", "ARTICLE 2 – PRIX .......... 2"]
    document = document_of(
        pdf([text_page(*contents), text_page("ARTICLE 1 – OBJET", *LINES, "ARTICLE 2 – PRIX")])
    )
    assert [(h.number, document.pages_of(h.span)) for h in document.headings] == [
        ("ARTICLE 1", (2, 2)),
        ("ARTICLE 2", (2, 2)),
    ]


def test_a_title_on_two_lines_is_one_heading():
    page = [
        Printed(60, 700, "4.1 Périodes et horaires", 12, bold=True),
        Printed(60, 686, "de la prestation", 12, bold=True),
        *text_page(*LINES, top=660),
    ]
    (heading,) = document_of(pdf([page])).headings
    assert (heading.number, heading.title) == ("4.1", "Périodes et horaires de la prestation")


SECTIONS = {
    "Objet du contrat": (
        "Le prestataire entretient les ascenseurs des trois bâtiments de la rue",
        "Haute, toute l'année, de jour comme de nuit.",
    ),
    "Durée": (
        "Le contrat dure trois ans à compter de sa notification. Il peut être",
        "reconduit une fois, pour un an, par décision expresse.",
    ),
    "Délai de paiement": (
        "Les factures sont payées sous trente jours. Passé ce délai, des",
        "intérêts moratoires sont dus sans autre formalité.",
    ),
    "Résiliation": (
        "Chaque partie peut mettre fin au contrat par une lettre recommandée,",
        "six mois avant la fin de chaque année civile.",
    ),
    "Litiges": (
        "Le tribunal administratif de Nantes connaît des différends. Une médiation",
        "est tentée avant toute saisine, dans les deux mois.",
    ),
}


def test_titles_in_the_margin_stand_before_the_text_beside_them():
    page = []
    for index, (title, text) in enumerate(SECTIONS.items()):
        top = 760 - 60 * index
        first, _, rest = title.partition(" ")
        page += [
            Printed(50, top, first, bold=True),
            *([Printed(50, top - 12, rest, bold=True)] if rest else []),
        ]
        page += [Printed(180, top - 12 * row, line) for row, line in enumerate(text)]
    document = document_of(pdf([page]))
    assert (
        document.text.split()
        == " ".join(f"{title} {' '.join(text)}" for title, text in SECTIONS.items()).split()
    )
    assert [heading.label for heading in document.headings] == list(SECTIONS)


def test_a_form_whose_values_stand_beside_their_labels_keeps_its_rows():
    values = {"Acheteur": "Ville de Brive", "Objet": "Ascenseurs", "Durée": "Trois ans", "Lieu": "Rue Haute"}
    page = [
        Printed(50 + 130 * column, 760 - 24 * row, text, bold=not column)
        for row, pair in enumerate(values.items())
        for column, text in enumerate(pair)
    ]
    document = document_of(pdf([page]))
    assert document.text == "".join(f"{label} | {value}\n" for label, value in values.items())
    assert document.headings == ()


def test_a_title_on_the_line_of_its_text_is_a_heading_without_that_text():
    page = []
    text = (
        "Le titulaire remet au pouvoir adjudicateur un rapport à la fin de chaque mois, avec",
        "le détail des heures passées et des pannes, et les mesures qu'il propose pour qu'elles",
        "ne reviennent pas.",
    )
    for index, title in enumerate(SECTIONS):
        page += [
            Printed(50, 760 - 60 * index, f"{title}.", bold=True),
            Printed(55 + 5.4 * len(title), 760 - 60 * index, text[0][: 90 - len(title)]),
        ]
        page += [Printed(50, 760 - 60 * index - 12 * row, text[row]) for row in (1, 2)]
        page += [Printed(50, 760 - 60 * index - 42, "Il le remet aussi au maître d'œuvre, sans frais.")]
    document = document_of(pdf([page]))
    assert [heading.label for heading in document.headings] == list(SECTIONS)
    assert [heading.span.of(document.text) for heading in document.headings] == list(SECTIONS)


def test_the_lines_of_a_ragged_narrow_column_are_one_paragraph_and_a_list_is_not():
    lines = (
        "Pour la partie à bons de commande, le",
        "montant maximum est fixé à 120 000 €",
        "hors taxes pour le lot A et à 35 000 €",
        "pour le lot B.",
        "Le titulaire remet :",
        "- un rapport",
        "- un plan",
    )
    page = [
        Printed(50, 700, "Université de la Haute-Brenne, direction du patrimoine, 27 quai des Tisserands")
    ]
    page += [Printed(50, 650 - 12 * row, line) for row, line in enumerate(lines)]
    assert document_of(pdf([page])).text.splitlines()[1:] == [" ".join(lines[:4]), *lines[4:]]


def test_what_stands_over_two_columns_is_of_neither_and_a_sentence_goes_on_in_the_next_one():
    words = "le titulaire entretient les espaces verts du parc de la mairie"
    left = [Printed(50, 640 - 12 * row, words[: 50 - row % 3]) for row in range(14)]
    right = [Printed(330, 640 - 12 * row, words[: 50 - row % 3]) for row in range(14)]
    page = [Printed(50, 700, "Cahier des clauses particulières"), *left, *right]
    assert len(document_of(pdf([page])).text.splitlines()) == 2


def test_a_bar_printed_in_a_line_of_two_cells_is_read_as_it_stands():
    page = [Printed(50, 700 - 20 * row, "Lot 1 | 2026") for row in range(6)]
    page += [Printed(300, 700 - 20 * row, "Fournitures scolaires et de bureau") for row in range(6)]
    assert "Lot 1 | 2026" in document_of(pdf([page])).text


def test_the_outline_gives_headings_that_have_no_number():
    writer = pypdf.PdfWriter(
        clone_from=io.BytesIO(pdf([text_page("Couverture"), text_page("Les pénalités", "Elles courent.")]))
    )
    writer.add_outline_item(title="LES PÉNALITÉS", page_number=1)
    buffer = io.BytesIO()
    writer.write(buffer)
    document = document_of(buffer.getvalue())
    assert [(h.number, h.title, document.pages_of(h.span)) for h in document.headings] == [
        (None, "Les pénalités", (2, 2))
    ]


def encrypted(password: str) -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf([text_page("Secret.")])))
    writer.encrypt(password, owner_password="maître")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def test_a_password_is_asked_for_and_the_empty_one_is_tried():
    assert document_of(encrypted("")).text == "Secret.\n"
    with pytest.raises(EncryptedFileError, match=r"mot de passe.*copie sans protection"):
        document_of(encrypted("clé"))


def test_a_cut_pdf_is_damaged_or_says_that_it_is_cut():
    whole = pdf([text_page("Une."), text_page("Deux.")])
    with pytest.raises(DamagedFileError, match="tronqué"):
        document_of(whole[:200])
    assert "truncated" in [problem.code for problem in document_of(whole.replace(b"%%EOF", b"")).problems]


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[: data.index(b"\nxref")],
        lambda data: data.replace(b"trailer", b""),
    ],
    ids=["cut before its cross-references", "no trailer"],
)
def test_a_damaged_pdf_is_repaired_read_and_said_to_be_damaged(damage):
    document = document_of(damage(pdf([text_page("Une."), text_page("Deux.")])))
    assert document.text == "Une.\nDeux.\n"
    assert len(document.pages) == 2
    assert [problem.code for problem in document.problems] == ["truncated"]
    assert "réparé" in document.problems[0].message


def test_pages_that_cross_references_miss_are_found_again():
    data = pdf([text_page("Une."), text_page("Deux.")])
    places = re.findall(rb"(\d{10}) 00000 n", data)
    damaged = data.replace(places[4] + b" 00000 n", b"0000000009 00000 n")
    assert document_of(damaged).text == "Une.\nDeux.\n"


def test_nothing_is_made_of_a_damaged_pdf_under_a_password():
    data = encrypted("")
    with pytest.raises(DamagedFileError, match="tronqué"):
        document_of(data[: data.rindex(b"xref\n0")])


@pytest.mark.parametrize("title", ["Microsoft Word - CCTP v2", "ccap.docx", "Sans titre"])
def test_a_title_that_a_program_made_up_is_not_believed(title):
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf([text_page("Texte.")])))
    writer.add_metadata({"/Title": title})
    buffer = io.BytesIO()
    writer.write(buffer)
    assert document_of(buffer.getvalue(), "CCTP nettoyage.pdf").source.title == "CCTP nettoyage"


def test_rectangles_surround_the_quote_line_by_line():
    data = pdf([[], text_page(*LINES)])
    first, second = rectangles(data, 2, "remises par le pouvoir adjudicateur au début")
    assert first[0] > 300
    assert first[1] < 782 < first[3] + 5
    assert second[0] == pytest.approx(60, abs=2)
    assert second[2] < 300
    assert second[3] < first[1] + 4


def test_rectangles_do_not_mind_white_space_and_cells():
    page = [Printed(60, 700, "Critère"), Printed(260, 700, "Poids")]
    ((left, _, right, _),) = rectangles(pdf([page]), 1, "Critère |\nPoids")
    assert left == pytest.approx(60, abs=2)
    assert right > 260


def test_a_quote_over_two_pages_is_found_on_both():
    data = pdf([text_page(LINES[0]), text_page(LINES[1])])
    quote = "remises par le pouvoir adjudicateur au début de chaque"
    assert rectangles(data, 1, quote)[0][0] > 300
    assert rectangles(data, 2, quote)[0][0] == pytest.approx(60, abs=2)


def test_a_quote_that_is_not_there_has_no_rectangle():
    assert rectangles(pdf([text_page("Texte.")]), 1, "Autre chose, qui n'y est pas") == ()


def test_a_page_that_is_not_there_is_said():
    with pytest.raises(UsageError, match="n'a pas de page 3 : il en a 1"):
        rectangles(pdf([text_page("Texte.")]), 3, "Texte")


def test_two_threads_may_read_at_once():
    data = pdf([text_page(*LINES)] * 20)
    texts: list[str] = []
    threads = [threading.Thread(target=lambda: texts.append(document_of(data).text)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert texts == [document_of(data).text] * 4


words = st.text("abcdé ADZ.:-()1234567", min_size=1, max_size=70).filter(str.strip)
places = st.tuples(
    st.integers(30, 400), st.integers(20, 820), st.sampled_from([8, 10, 12, 18]), st.booleans()
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.tuples(words, places), max_size=12), min_size=1, max_size=6))
def test_pages_tile_the_text_wherever_lines_stand(pages):
    document = document_of(
        pdf([[Printed(x, y, text, size, bold) for text, (x, y, size, bold) in page] for page in pages])
    )
    assert "".join(page.span.of(document.text) for page in document.pages) == document.text
    assert [page.number for page in document.pages] == list(range(1, len(pages) + 1))
    for heading in document.headings:
        assert heading.title in heading.span.of(document.text)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_pdf_with_flipped_bytes_is_read_or_refused_but_never_breaks(data):
    whole = bytearray(pdf([text_page(*LINES), text_page("ARTICLE 1 – OBJET")]))
    for _ in range(data.draw(st.integers(1, 20))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    try:
        document = document_of(bytes(whole[: data.draw(st.integers(100, len(whole)))]))
    except ReadingError:
        return
    assert "".join(page.span.of(document.text) for page in document.pages) in ("", document.text)


def printed(
    text: str, left: float, right: float, bottom: float = 700, top: float = 707, size: float = 10
) -> PrintedLine:
    return PrintedLine(text, left, right, bottom, top, size, bold=False, bold_end=False)


RAISED = printed("er", 150.3, 156, 705, 709, 6)


@pytest.mark.parametrize(
    ("lines", "texts"),
    [
        (
            [printed("Il débute le 1", 60, 150), RAISED, printed("juin 2026.", 158.8, 210)],
            ["Il débute le 1er juin 2026."],
        ),
        ([printed("Le 1", 60, 150), RAISED, printed(", puis", 156.2, 180)], ["Le 1er, puis"]),
        ([printed("Lot 1", 60, 90), printed("et 2", 90.5, 120)], ["Lot 1", "et 2"]),
        ([printed("Lot 1", 60, 90), RAISED], ["Lot 1", "er"]),
    ],
)
def test_raised_letters_stand_in_the_line_of_their_number_with_what_follows(
    lines: list[PrintedLine], texts: list[str]
) -> None:
    assert [line.text for line in _with_ordinals(lines)] == texts


def test_a_page_number_after_many_others_goes_with_its_footer() -> None:
    pages = [
        [
            *text_page(f"Texte de la page {letter}."),
            Printed(60, 30, f"CCAP 26-04 v2.1 du 3/11/2026 à 10:30 - Page {number}/6"),
        ]
        for number, letter in enumerate("abcdef", 1)
    ]
    text = document_of(pdf(pages)).text
    assert text.count("CCAP 26-04") == 1
    assert "Texte de la page f." in text
