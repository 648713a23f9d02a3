"""An answer as HTML: what is open, what is folded under which title, and one number a quote."""

import re
from dataclasses import replace

import pytest
from lxml import html as parsed

from assistant import answer_markdown
from assistant.datatypes import Basis, Position, Verdict
from assistant.kept_answer import KeptAnswer, KeptProblem, numbered
from assistant.page import answers
from tests.site.samples import answer, claim, quote
from tests.test_answer_markdown import LEAVE, PART, of_a_sheet, of_nothing, of_texts


def drawn(value: KeptAnswer) -> parsed.HtmlElement:
    return parsed.fromstring(f"<article>{answers.answer(value, 0)}</article>")


def words(element: parsed.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def pleats(value: KeptAnswer) -> dict[str, str]:
    """What is folded, by its title."""
    return {words(one.find("summary")): words(one) for one in drawn(value).iterfind("details[@class='pli']")}


def open_words(value: KeptAnswer) -> str:
    """What is read before anything is opened."""
    page = drawn(value)
    for one in page.xpath(".//details[not(@open)]"):
        for content in one.getchildren()[1:]:
            one.remove(content)
    return words(page)


SHEET = replace(
    of_a_sheet(),
    claims=tuple(replace(one, verdict=Verdict.VERIFIED) for one in of_a_sheet().claims),
    problems=(
        KeptProblem("autre-date", "Réponse selon un autre jour."),
        KeptProblem("incertitude", "Nul juge ne l'a dit."),
    ),
)


def test_the_short_answer_is_open_and_the_rest_is_folded_under_its_titles() -> None:
    seen = open_words(SHEET)
    for said in (
        "Possible sous conditions",
        LEAVE,
        "Ce que vous pouvez écrire",
        "« Les moyens sont situés dans l'Union. »",
        "Réponse selon un autre jour.",
    ):
        assert said in seen
    folded = pleats(SHEET)
    assert list(folded) == [
        "Ce que disent les règles (1)",
        "À faire (2)",
        "Pourquoi ce risque (2)",
        "À savoir encore (1)",
        "Voir aussi (2)",
    ]
    assert PART in folded["Ce que disent les règles (1)"]
    assert "Nul juge ne l'a dit." in folded["À savoir encore (1)"]
    assert all(part not in seen for part in (PART, "Justifier le lieu", "référé précontractuel", "Nul juge"))


def test_nothing_of_an_answer_is_missing_from_the_page() -> None:
    """Open or folded, all that a conversation's file says is there."""
    whole = words(drawn(SHEET))
    told = answer_markdown.markdown(SHEET).replace("**", "")
    said = [
        line.strip(" -0123456789.") for line in told.splitlines() if line.startswith(("- ", "1. ", "2. "))
    ]
    assert len(said) > 6
    for line in said:
        assert re.sub(r"\s", "", line) in re.sub(r"\s", "", whole)


def test_a_doubtful_claim_is_never_folded() -> None:
    assert "Non vérifié" in open_words(of_a_sheet())
    assert PART in open_words(of_a_sheet())


def test_the_first_sentence_of_each_part_of_a_question_is_open() -> None:
    several = replace(
        SHEET,
        claims=tuple(claim(said, quote()) for said in ("1) Oui.", "S'il le dit.", "2) Non.", "Jamais.")),
    )
    seen = open_words(several)
    assert "1) Oui." in seen
    assert "2) Non." in seen
    assert "S'il le dit." not in seen


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("qu'est-ce qu'on risque ?", "Pourquoi ce risque (2)"),
        ("sur quel article ?", "Ce que disent les règles (1)"),
        ("Peut-on imposer des serveurs ?", None),
    ],
)
def test_what_a_question_asks_is_open(question: str, title: str | None) -> None:
    page = drawn(replace(SHEET, question=question))
    opened = [words(one.find("summary")) for one in page.iterfind("details[@open]")]
    assert opened == ([title] if title else [])


@pytest.mark.parametrize("value", [of_texts(), of_nothing()])
def test_texts_and_refusals_are_open(value: KeptAnswer) -> None:
    seen = open_words(value)
    for said in (
        *(one.label for one in value.claims),
        *value.fallbacks,
        *(one.message for one in value.problems),
    ):
        assert said in seen


def test_each_quote_has_one_number_the_same_in_the_text_that_is_copied() -> None:
    first, second = quote(), quote(article="L3", start=900, end=950)
    made = answer(
        basis=Basis.SHEET,
        position=Position.POSSIBLE,
        claims=(claim("Un.", first), claim("Deux.", second, first)),
    )
    marks = [words(one) for one in drawn(made).find_class("repere")]
    assert marks == ["1", "2", "1"]
    assert list(numbered(made.claims).values()) == [1, 2]
    assert re.findall(r"\[(\d+)\]$", answer_markdown.markdown(made), re.MULTILINE) == ["1", "2", "1"]
