"""What is quoted of an article: whole paragraphs, with what restricts them, never an overtaken wording, never the middle of a list without its head."""

from datetime import date

from assistant.answering.quoting import WHOLE_CHARACTERS, Quoting
from assistant.article_dates import DatedArticle
from assistant.datatypes import Kind, Passage, Source, Span, Target
from assistant.index.wordings import Wording

TODAY = date(2026, 11, 27)
TARGET = Target("CCP", "L1")
SOURCE = Source("0" * 16, "0" * 64, "Code", Kind.RULE, "ccp.jsonl", "droit", "text")
FILLING = "Cette phrase ne dit rien de ce qui est cherché et remplit la place. " * 12


def quoted(
    text: str, statement: str, *, table: tuple[DatedArticle, ...] = (), start: date = date(2019, 4, 1)
) -> list[str]:
    passage = Passage(SOURCE.id, Span(100, 100 + len(text)), text, work="CCP", article="L1", valid_from=start)
    quoting = Quoting(
        lambda *_: (Wording(SOURCE, passage),),
        lambda words: words.lower().replace(".", "").split(),
        lambda _: 1.0,
        table,
    )
    found = list(quoting.under(statement, [TARGET], TODAY, "F1.1"))
    assert all(
        quote.span == Span(100 + text.index(quote.text), 100 + text.index(quote.text) + len(quote.text))
        for quote in found
    )
    return [quote.text for quote in found]


def test_a_short_article_is_quoted_whole() -> None:
    text = "Le marché est écrit.\nToutefois, il peut être oral."
    assert quoted(text, "Le marché est écrit.") == [text]


def test_of_a_long_article_the_paragraph_that_says_it_comes_with_what_restricts_it() -> None:
    text = f"{FILLING}\nLe délai est de trente jours.\nToutefois, il est de cinquante jours pour les hôpitaux.\n{FILLING}"
    assert len(text) > WHOLE_CHARACTERS
    assert quoted(text, "Le délai est de trente jours.") == [
        "Le délai est de trente jours.\nToutefois, il est de cinquante jours pour les hôpitaux."
    ]


def test_an_item_comes_with_the_head_of_its_list() -> None:
    text = (
        f"{FILLING}\nSont exclus :\n1° Les candidats condamnés ;\n2° Les candidats en liquidation.\n{FILLING}"
    )
    assert quoted(text, "Les candidats en liquidation sont exclus.") == [
        "Sont exclus :\n1° Les candidats condamnés ;\n2° Les candidats en liquidation."
    ]


def test_the_head_of_a_list_comes_with_its_items() -> None:
    text = (
        f"{FILLING}\nLe marché se modifie dans les cas suivants :\n1° Une clause ;\n2° Un imprévu.\n{FILLING}"
    )
    assert quoted(text, "Le marché se modifie dans les cas suivants.") == [
        "Le marché se modifie dans les cas suivants :\n1° Une clause ;\n2° Un imprévu."
    ]


def test_a_wording_that_a_newer_one_has_overtaken_is_never_quoted() -> None:
    newer = DatedArticle("CCP", "L1", date(2026, 4, 1), None, "non lu : 60 000 euros")
    assert (
        quoted("Sous 40 000 euros, pas de publicité.", "Sous le seuil, pas de publicité.", table=(newer,))
        == []
    )
    ended = DatedArticle("CCP", "L1", date(2018, 4, 1), None, "non lu : plus ancienne")
    assert (
        len(
            quoted("Sous 40 000 euros, pas de publicité.", "Sous le seuil, pas de publicité.", table=(ended,))
        )
        == 1
    )
