from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.datatypes import Document, Kind
from assistant.errors import DamagedFileError, UnknownFormatError
from assistant.reading import read_bytes
from assistant.reading.rules import normalise_number

from .made_files import article, json_lines


def rules(data: bytes, name: str = "code.jsonl") -> Document:
    return read_bytes(data, name, kind=Kind.RULE, collection="essai")


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("L. 2112-4", "L2112-4"),
        ("L.2112‑4", "L2112-4"),
        ("Article L 2112-4", "L2112-4"),
        ("l2112-4", "L2112-4"),
        ("R.* 123-4", "R*123-4"),
        ("LO 111", "LO111"),
        ("31", "31"),
        ("Article 31", "31"),
        ("1 bis", "1bis"),
        ("4-1", "4-1"),
        ("19.6.b", "19.6.b"),
        ("SOV-1", "SOV-1"),
        ("Annexe à l'article R221-1", "Annexe à l'article R221-1"),
        ("Annexepréliminaire", "Annexepréliminaire"),
        ("Article unique", "Articleunique"),
        ("premier", "premier"),
    ],
)
def test_an_article_number_has_no_space_nor_point_before_its_digits(written, number):
    assert normalise_number(written) == number


def test_the_text_is_the_words_of_the_articles_and_nothing_else():
    document = rules(json_lines(article(text="Un.\n\n   Deux."), article(num="31", text="Trois.")))
    assert document.text == "Un.\nDeux.\nTrois.\n"
    assert [provision.span.of(document.text) for provision in document.provisions] == [
        "Un.\nDeux.\n",
        "Trois.\n",
    ]
    assert [provision.number for provision in document.provisions] == ["L2112-4", "31"]


def test_a_provision_keeps_work_headings_and_dates():
    (provision,) = rules(json_lines(article(valid_to="2026-01-01"))).provisions
    assert (provision.work, provision.work_title) == ("CCP", "Code de la commande publique")
    assert provision.headings == ("Partie législative", "Livre Ier")
    assert (provision.valid_from, provision.valid_to) == (date(2019, 4, 1), date(2026, 1, 1))


def test_an_unknown_beginning_is_none_and_no_problem():
    document = rules(json_lines(article(valid_from=None)))
    assert document.provisions[0].valid_from is None
    assert document.problems == ()


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        ('{"work": "CCP", "num":', "ce n'est pas du JSON"),
        ("[1, 2]", "ce n'est pas un objet JSON"),
        (article(text=""), "il manque le champ « text »"),
        (article(work=None), "il manque le champ « work »"),
        (article(num=["L1"]), "le champ « num » n'est pas un texte"),
        (article(valid_from="1er avril 2019"), "la date « valid_from » n'est pas de la forme AAAA-MM-JJ"),
        (article(valid_to=20260101), "la date « valid_to » n'est pas de la forme AAAA-MM-JJ"),
        (article(valid_from="2026-01-01", valid_to="2019-01-01"), "précède le début"),
        (article(path="Livre Ier"), "« path » n'est pas une liste"),
        ("[" * 100_000, "JSON"),
    ],
)
def test_a_broken_line_is_named_and_the_others_are_kept(broken, reason):
    document = rules(json_lines(article(text="Avant."), broken, article(text="Après.")))
    assert document.text == "Avant.\nAprès.\n"
    (problem,) = document.problems
    assert problem.code == "broken-line"
    assert "Ligne 2 de « code.jsonl »" in problem.message
    assert reason in problem.message


def test_bytes_that_are_not_utf_8_cost_one_line():
    document = rules(
        json_lines(article(text="Avant.")) + b'\n{"work": "\xe9"}\n' + json_lines(article(text="Apr\u00e8s."))
    )
    assert document.text == "Avant.\nAprès.\n"
    assert "Ligne 2" in document.problems[0].message
    assert "UTF-8" in document.problems[0].message


def test_a_nul_byte_costs_one_line():
    document = rules(
        json_lines(article(text="Avant."), article(text="x"), article(text="Apr\u00e8s.")).replace(
            b'"x"', b'"\x00'
        )
    )
    assert document.text == "Avant.\nAprès.\n"


def test_thousands_of_broken_lines_make_a_short_report():
    document = rules(json_lines(article(), *["{"] * 5000))
    assert len(document.problems) == 101
    assert "4900 autres lignes" in document.problems[-1].message


def test_a_file_without_one_good_article_is_damaged():
    with pytest.raises(
        DamagedFileError, match=r"aucun article lisible \(ligne 1 : il manque le champ « text »\)"
    ):
        rules(json_lines(article(text=" ")))


def test_a_line_separator_inside_a_text_does_not_cut_the_line():
    document = rules(json_lines(article(text="Un\u2028deux\u0000.")))
    assert document.text == "Un\ndeux.\n"


def test_the_title_is_the_work_or_says_how_many():
    assert rules(json_lines(article())).source.title == "Code de la commande publique"
    assert (
        rules(
            json_lines(article(), article(work="LOI 2024-449", work_title="Loi SREN")), "lois.jsonl"
        ).source.title
        == "lois (2 textes)"
    )


def test_json_lines_are_known_without_their_ending():
    assert rules(json_lines(article(text="Un.")), "sans-nom").text == "Un.\n"


def test_questions_and_answers_become_headings_and_text():
    document = rules(
        json_lines(
            {"q": "Qui est concerné ?", "section": "Périmètre", "a": "L'État."},
            {"q": "Et les communes ?", "section": "Périmètre", "a": "Non."},
        ),
        "faq.jsonl",
    )
    assert document.text == "Périmètre\nQui est concerné ?\nL'État.\nEt les communes ?\nNon.\n"
    assert [(heading.level, heading.title) for heading in document.headings] == [
        (1, "Périmètre"),
        (2, "Qui est concerné ?"),
        (2, "Et les communes ?"),
    ]
    assert [heading.span.of(document.text) for heading in document.headings] == [
        "Périmètre",
        "Qui est concerné ?",
        "Et les communes ?",
    ]


def test_written_questions_are_not_a_document():
    with pytest.raises(UnknownFormatError, match="questions écrites"):
        rules(json_lines({"question": "Puis-je exclure ?", "targets": []}))


def test_another_shape_of_json_lines_names_its_fields():
    with pytest.raises(UnknownFormatError, match="champs : id, relevant"):
        rules(json_lines({"id": 1, "relevant": []}))


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1))
def test_provisions_tile_the_text_whatever_is_in_the_articles(texts):
    try:
        document = rules(
            json_lines(*(article(text=text, num=str(number)) for number, text in enumerate(texts, start=1)))
        )
    except DamagedFileError:
        assert not any(text.strip() for text in texts) or any(not text.isprintable() for text in texts)
        return
    assert "".join(provision.span.of(document.text) for provision in document.provisions) == document.text
    assert document.provisions[0].span.start == 0
    document.text.encode("utf-8")
