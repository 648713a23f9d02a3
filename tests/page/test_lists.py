"""A list over many documents as HTML, without a browser."""

from typing import Any

from assistant.datatypes import Basis, Position, Risk, SheetName
from assistant.kept_answer import KeptAnswer, KeptRow, KeptRows, KeptSource
from assistant.page import answers, lists
from tests.site.samples import answer, claim, quote

CONTRACT = KeptSource("c0", "CCAP de la voirie", "consultation", "prive:claire")
WORDS = quote(
    marker="S1",
    source=CONTRACT,
    work=None,
    article=None,
    pages=(3, 3),
    valid_from=None,
    quote="Le marché dure 48 mois.",
    start=10,
    end=33,
)


def row(market: str = "Voirie", file: str = "CCAP.pdf", value: str = "48 mois", **changes: Any) -> KeptRow:
    return KeptRow(CONTRACT, file, market, value, changes.get("quote", WORDS))


def listed(**changes: Any) -> KeptRows:
    parts = {"yes": (row(),), "no": (), "untold": (), "silent": (), "markets": (1, 0, 0)} | changes
    return KeptRows("Durée initiale, plus de 3 ans", **parts)


def shown(rows: KeptRows | None, **changes: Any) -> str:
    made: KeptAnswer = answer(
        basis=Basis.DOCUMENT,
        position=Position.INFORMATION,
        risk=Risk(),
        fallbacks=(),
        problems=(),
        rows=rows,
        **changes,
    )
    return answers.answer(made, 2)


def test_a_value_is_a_button_that_opens_its_words() -> None:
    html = lists.rows(listed(), 2)
    assert (
        '<button type="button" data-event="ouvrir" data-source="c0" data-start="10" data-end="33" data-opens="1"'
        in html
    )
    assert 'title="« Le marché dure 48 mois. »">48 mois</button>' in html
    assert "<td>p. 3</td>" in html
    assert 'data-event="classeur" data-tour="2"' in html


def test_a_market_is_named_once_for_all_its_documents() -> None:
    html = lists.rows(listed(yes=(row(), row(file="AE.pdf"), row("Toiture")), markets=(2, 0, 0)), 0)
    assert html.count("Voirie") == 1
    assert '<th scope="rowgroup" rowspan="2">Voirie</th>' in html
    assert '<th scope="row" rowspan="1">Toiture</th>' in html


def test_others_are_folded_and_counted_by_market_and_nothing_is_folded_where_there_are_none() -> None:
    no = (
        row("Toiture", "AE.pdf", "24 mois"),
        row("Toiture", "CCAP.pdf", "", quote=None),
        row("Menuiserie", "AE.pdf", "", quote=None),
    )
    html = lists.rows(listed(no=no, silent=(row(file="RC.pdf", value="", quote=None),), markets=(1, 2, 0)), 0)
    assert "<summary>Non (2)</summary>" in html
    assert "<summary>Dit par une autre pièce (1)</summary>" in html
    assert "Illisible" not in html
    assert html.count("Toiture") == 1


def test_a_market_that_leaves_it_unsaid_meets_a_list_of_those_without() -> None:
    assert "n&#x27;en dit rien" in lists.rows(listed(yes=(row(value="", quote=None),)), 0)


def test_what_documents_say_is_text() -> None:
    hostile = "<img src=x onerror=alert(1)>"
    html = lists.rows(
        listed(
            yes=(row(hostile, hostile, hostile),), no=(row(hostile, hostile, hostile),), markets=(1, 1, 0)
        ),
        0,
    )
    assert "<img" not in html


def test_an_answer_that_is_a_list_does_not_say_it_twice() -> None:
    html = shown(
        listed(),
        claims=(claim("1 marché sur 1 : Voirie.", WORDS), claim("Voirie : 48 mois", WORDS)),
        lead="1 marché sur 1",
    )
    assert html.count("1 marché sur 1") == 1
    assert html.count("Voirie") == 1
    assert "reponse" not in html


def test_documents_that_do_not_say_are_shown_as_such() -> None:
    html = shown(None, claims=(), lead="Le document ne le dit pas : rien n'y répond à la question.")
    assert "<strong>Non dit dans vos documents</strong>" in html
    assert "Le document ne le dit pas" in html
    assert "annonce" not in html
    assert "Hors du corpus" not in html


def test_a_sheet_that_is_named_after_an_answer_is_a_button_that_opens_it() -> None:
    html = shown(None, see_also=(SheetName("allotissement", "Allotir ou non"),))
    assert (
        '<button type="button" data-event="ouvrir" data-fiche="allotissement" data-opens="1" class="secondaire large">Allotir ou non</button>'
        in html
    )
