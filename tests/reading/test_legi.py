from datetime import date

import pytest

from assistant.datatypes import Document, Kind
from assistant.errors import DamagedFileError, UnknownFormatError
from assistant.reading import read_bytes

CODE = 'cid="LEGITEXT000037701019" nature="CODE" num=""'


def legi(
    *,
    number: str = "L2112-4",
    state: str = "VIGUEUR",
    begin: str = "2019-04-01",
    end: str = "2999-01-01",
    text: str = "<p>Un.</p>",
    work: str = CODE,
    title: str = "",
) -> str:
    """An article file with made words."""
    title = (
        title
        or '<TITRE_TXT c_titre_court="Code de la commande publique" debut="2019-04-01" fin="2999-01-01">Code de la commande publique</TITRE_TXT>'
    )
    return (
        f"<ARTICLE><META><META_COMMUN><ID>LEGIARTI000037703345</ID><ORIGINE>LEGI</ORIGINE><NATURE>Article</NATURE></META_COMMUN><META_SPEC><META_ARTICLE>"
        f"<NUM>{number}</NUM><ETAT>{state}</ETAT><DATE_DEBUT>{begin}</DATE_DEBUT><DATE_FIN>{end}</DATE_FIN><TYPE>AUTONOME</TYPE></META_ARTICLE></META_SPEC></META>"
        f"<CONTEXTE><TEXTE {work}>{title}<TM><TITRE_TM debut='2019-04-01' fin='2020-01-01'>Première partie (ancien titre)</TITRE_TM>"
        f"<TITRE_TM debut='2020-01-01' fin='2999-01-01'>Première partie</TITRE_TM><TM><TITRE_TM debut='2019-04-01' fin='2999-01-01'>Livre Ier</TITRE_TM></TM></TM>"
        f"</TEXTE></CONTEXTE><VERSIONS/><NOTA><CONTENU/></NOTA><BLOC_TEXTUEL><CONTENU>{text}</CONTENU></BLOC_TEXTUEL></ARTICLE>"
    )


def document_of(xml: str | bytes, name: str = "LEGIARTI000037703345.xml") -> Document:
    data = xml if isinstance(xml, bytes) else f'<?xml version="1.0" encoding="UTF-8"?>\n{xml}'.encode()
    return read_bytes(data, name, kind=Kind.RULE, collection="essai")


def test_an_article_is_one_dated_provision():
    document = document_of(
        legi(
            text="<p>L'acheteur peut<br/>imposer &#233;galement :</p><p>a) un lieu ;</p><p></p>",
            number="L. 2112-4",
        )
    )
    (provision,) = document.provisions
    assert (
        document.text
        == "L'acheteur peut\nimposer également :\na) un lieu ;\n"
        == provision.span.of(document.text)
    )
    assert (provision.work, provision.work_title, provision.number) == (
        "CCP",
        "Code de la commande publique",
        "L2112-4",
    )
    assert provision.headings == ("Première partie (ancien titre)", "Livre Ier")
    assert (provision.valid_from, provision.valid_to) == (date(2019, 4, 1), None)
    assert document.source.title == "Code de la commande publique, article L2112-4 (2019-04-01)"
    assert dict(document.metadata) == {
        "work": "CCP",
        "source": "LEGIARTI000037703345",
        "licence": "Licence Ouverte 2.0",
        "state": "VIGUEUR",
    }


@pytest.mark.parametrize("state", ["ABROGE", "MODIFIE", "PERIME", "TRANSFERE"])
def test_a_wording_that_is_gone_keeps_its_dates(state):
    document = document_of(legi(state=state, begin="2020-06-01", end="2024-01-01"))
    (provision,) = document.provisions
    assert (provision.valid_from, provision.valid_to) == (date(2020, 6, 1), date(2024, 1, 1))
    assert provision.headings == ("Première partie", "Livre Ier")
    assert ("state", state) in document.metadata


def test_a_day_that_is_not_known_yet_is_not_today():
    (provision,) = document_of(legi(state="VIGUEUR_DIFF", begin="2222-02-22")).provisions
    assert (provision.valid_from, provision.valid_to) == (date(2222, 2, 22), None)


@pytest.mark.parametrize(
    ("work", "name"),
    [
        ('cid="JORFTEXT000049563368" nature="LOI" num="2024-449"', "LOI 2024-449"),
        ('cid="JORFTEXT000000000001" nature="DECRET" num="2016-360"', "DÉCRET 2016-360"),
        ('cid="LEGITEXT000006070933" nature="CODE" num=""', "LEGITEXT000006070933"),
    ],
)
def test_a_text_has_the_short_name_that_references_use(work, name):
    (provision,) = document_of(legi(work=work, number="31")).provisions
    assert (provision.work, provision.number) == (name, "31")


def test_several_articles_of_one_file_tile_its_text():
    document = document_of(
        f"<ARTICLES>{legi(text='<p>Un.</p>')}{legi(number='R2112-1', text='<table><tr><td>a</td><td>b</td></tr></table>')}</ARTICLES>"
    )
    assert [provision.span.of(document.text) for provision in document.provisions] == ["Un.\n", "a | b\n"]
    assert document.source.title == "Code de la commande publique"


def test_an_article_without_number_is_known_by_its_identifier():
    assert document_of(legi(number="")).provisions[0].number == "LEGIARTI000037703345"


def test_articles_without_text_are_counted():
    document = document_of(f"<ARTICLES>{legi()}{legi(text='')}{legi(text='')}</ARTICLES>")
    (problem,) = document.problems
    assert (problem.code, problem.message[:10]) == ("articles-without-text", "2 articles")


def test_an_article_without_beginning_is_said():
    document = document_of(legi(begin=""))
    assert document.provisions[0].valid_from is None
    assert [problem.code for problem in document.problems] == ["undated-articles"]


@pytest.mark.parametrize(
    ("xml", "error", "words"),
    [
        ("<SECTION_TA><ID>LEGISCTA1</ID></SECTION_TA>", UnknownFormatError, "structure de la base LEGI"),
        ("<feed/>", UnknownFormatError, "forme inconnue"),
        ("<ARTICLE>", DamagedFileError, "abîmé"),
        (legi(text=""), DamagedFileError, "sans texte"),
        ("<a>" * 10_000, DamagedFileError, "abîmé"),
        ("<ARTICLE>" + "<a>" * 10_000 + "</a>" * 10_000 + "</ARTICLE>", DamagedFileError, "abîmé"),
    ],
)
def test_other_xml_says_what_it_is(xml, error, words):
    with pytest.raises(error, match=words) as caught:
        document_of(xml)
    assert caught.value.hint


def test_entities_are_not_expanded():
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY s SYSTEM "file:///etc/hostname">]>'
    assert document_of(bomb + legi(text="<p>vu &b;&s;</p>")).text in ("vu\n", "vu &b;&s;\n")


def test_an_article_without_ending_in_its_name_is_told_by_its_bytes():
    assert document_of(legi(), "article").provisions[0].work == "CCP"
