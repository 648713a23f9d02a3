"""Articles asked for by their number: whole, in the wording of the day, by whatever way of asking."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date

import pytest

from assistant.answering.answerer import Answerer
from assistant.answering.articles import requested
from assistant.article_dates import DatedArticle
from assistant.datatypes import Basis, Position
from assistant.evaluation import cited_articles
from assistant.index import ingest
from assistant.index.library import Library
from assistant.index.search import Searcher
from tests.conftest import ROOT
from tests.fakes import FakeEmbedding

TODAY = date(2026, 11, 27)
WAYS = (
    "{spaced}",
    "que dit l'article {number} du CCP ?",
    "art {number} ccp c koi",
    "Peux-tu me donner le texte exact de l'article {spaced} du code de la commande publique ?",
    "{number} dans sa version actuelle stp",
)


@pytest.mark.parametrize(
    ("question", "articles"),
    [
        ("R2111-7", [(None, "R2111-7")]),
        ("l'article 31 de la loi SREN", [("LOI 2024-449", "31")]),
        ("texte intégral de l'article 28 du RGPD", [("RGPD", "28")]),
        (
            "l'art L2113-2 il définit quoi exactement ? on nous demande si on est une centrale",
            [(None, "L2113-2")],
        ),
    ],
)
def test_an_article_asked_for_by_itself_is_known(
    question: str, articles: list[tuple[str | None, str]]
) -> None:
    found = requested(question)
    assert found is not None
    assert [(one.work, one.article) for one in found.references] == articles


@pytest.mark.parametrize(
    "question",
    [
        "l'article R2122-8 permet-il d'acheter 50 000 € sans publicité ?",
        "Quel article impose l'allotissement ?",
        "Peut-on écarter une offre au titre de L2141-8 ?",
        "On m'oppose L2112-4 pour refuser notre support au Maroc, c'est fondé ?",
    ],
)
def test_what_asks_something_of_an_article_does_not_ask_for_its_text(question: str) -> None:
    assert requested(question) is None


@pytest.fixture(scope="module")
def code(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    """The whole Code, under a fake embedding: what is tested asks for no meaning."""
    path = ROOT.parent / "shared" / "data" / "droit" / "ccp.jsonl"
    if not path.is_file():
        pytest.skip("the data folder ../shared is not here")
    library = Library(tmp_path_factory.mktemp("code") / "library")
    ingest.index_paths(library.store, FakeEmbedding(), [path], collection="droit")
    yield Searcher(library, FakeEmbedding())
    library.close()


def test_the_hundred_articles_most_cited_are_given_whole_in_the_wording_of_the_day_by_five_ways_of_asking(
    code: Searcher,
) -> None:
    cited = Counter(one.key for one in cited_articles.of_sheets(ROOT / "corpus" / "droit"))
    rows = [
        json.loads(line)
        for line in (ROOT.parent / "shared" / "data" / "droit" / "ccp.jsonl")
        .read_text(encoding="utf-8")
        .splitlines()
    ]
    law = {
        row["num"]: row["text"].strip()
        for row in rows
        if row["valid_to"] is None or row["valid_to"] > TODAY.isoformat()
    }
    numbers = [number for (work, number), _ in cited.most_common() if work == "CCP" and number in law][:100]
    assert len(numbers) == 100
    answerer = Answerer(code, FakeEmbedding())
    wrong = []
    for number in numbers:
        for way in WAYS:
            answer = answerer.answer(
                way.format(number=number, spaced=f"{number[0]}. {number[1:]}"), as_of=TODAY
            )
            first = answer.claims[0].quotes[0] if answer.claims else None
            if (
                first is None
                or (answer.basis, first.passage.article) != (Basis.TEXTS, number)
                or first.text != law[number]
            ):
                wrong.append((number, way))
    assert wrong == []


def test_the_other_wordings_come_after_that_of_the_day(code: Searcher) -> None:
    answer = Answerer(code, FakeEmbedding()).answer("R2122-8", as_of=date(2019, 6, 1))
    assert [("25 000" in claim.text, "autre rédaction" in claim.text) for claim in answer.claims] == [
        (True, False),
        (False, True),
    ]
    assert answer.position is Position.INFORMATION


def test_a_wording_that_nobody_read_is_said(code: Searcher) -> None:
    table = (
        DatedArticle(
            "CCP", "R2122-8", date(2026, 4, 1), None, "non lu : 60 000 euros depuis le 1er avril 2026"
        ),
    )
    answer = Answerer(code, FakeEmbedding(), article_dates=table).answer("que dit R2122-8 ?", as_of=TODAY)
    assert "40 000" in answer.claims[0].text
    assert any("60 000 euros" in problem.message for problem in answer.problems)


def test_an_article_that_does_not_exist_is_said_not_to_with_the_bill_that_proposed_it(code: Searcher) -> None:
    table = (DatedArticle("CCP", "L2112-4-1", None, None, "projet : une proposition de loi le prévoyait"),)
    answer = Answerer(code, FakeEmbedding(), article_dates=table).answer(
        "que dit l'article L2112-4-1 ?", as_of=date.today()
    )
    assert (answer.basis, answer.claims) == (Basis.NONE, ())
    assert [problem.code for problem in answer.problems] == ["reference-absente", "article-propose"]
    assert "proposition de loi" in answer.problems[1].message


def test_an_article_before_the_code_existed_is_said_not_to_be_in_force(code: Searcher) -> None:
    answer = Answerer(code, FakeEmbedding()).answer("que dit l'article L2113-10 ?", as_of=date(1999, 1, 1))
    assert (answer.basis, answer.claims) == (Basis.NONE, ())
    assert "aucune de ses rédactions indexées n'est en vigueur" in answer.problems[0].message


@pytest.mark.parametrize(
    "question",
    [
        "L'article 31 de la loi SREN s'appliquait-il le 15 mars 2024 ?",
        "Marché publié le 15 mars 2024. Un évincé soutient qu'il devait respecter l'article 31 de la loi SREN. À cette date-là ?",
    ],
)
def test_an_article_asked_of_a_day_before_its_law_is_said_to_be_no_law_yet(
    searcher: Searcher, question: str
) -> None:
    answer = Answerer(searcher, FakeEmbedding()).answer(question)
    assert (answer.basis, answer.position) == (Basis.TEXTS, Position.NOT_IN_FORCE)
    (claim,) = answer.claims
    assert claim.text.startswith("Le 15 mars 2024, l'article 31 (LOI 2024-449) n'était pas en vigueur")
    assert claim.quotes[0].text.startswith("Les administrations de l'État veillent")


@pytest.mark.parametrize(
    "question",
    [
        "R2123-8 ?",
        "Le modèle vise l'article R. 2123-8 du code et le régime allégé des services juridiques. On est toujours bon avec lui ?",
    ],
)
def test_an_article_that_is_law_no_more_is_said_so_with_its_last_wording(
    code: Searcher, question: str
) -> None:
    answer = Answerer(code, FakeEmbedding()).answer(question, as_of=date(2026, 11, 29))
    assert (answer.basis, answer.position) == (Basis.TEXTS, Position.NOT_IN_FORCE)
    (claim,) = answer.claims
    assert claim.text.startswith("L'article R2123-8 (CCP) n'est plus en vigueur depuis le 2 avril 2021.")
    assert claim.quotes[0].text.startswith("Par dérogation à l'article R. 2123-4")


def test_an_article_that_is_law_no_more_is_read_as_it_was_on_the_day_that_is_asked_for(
    code: Searcher,
) -> None:
    answer = Answerer(code, FakeEmbedding()).answer("que disait l'article R2123-8 en 2020 ?")
    assert (answer.basis, answer.position) == (Basis.TEXTS, Position.INFORMATION)
    assert "en vigueur depuis le 1er avril 2019, jusqu'au 1er avril 2021" in answer.claims[0].text


def test_an_article_newer_than_a_fact_that_is_told_is_read_as_it_is_today(searcher: Searcher) -> None:
    answer = Answerer(searcher, FakeEmbedding()).answer(
        "Notre contrat a été résilié le 15 mars 2024, l'article 31 de la loi SREN impose quoi ?"
    )
    assert answer.position is not Position.NOT_IN_FORCE


def test_noise_of_four_thousand_characters_is_refused_in_words(code: Searcher) -> None:
    answer = Answerer(code, FakeEmbedding()).answer("zxq " * 999, as_of=TODAY)
    assert answer.position in (Position.OUT_OF_SCOPE, Position.INFORMATION)
    assert answer.sheet is None


def test_what_changed_between_two_wordings_is_told_in_their_own_words(code: Searcher) -> None:
    answer = Answerer(code, FakeEmbedding()).answer("R2122-8", as_of=TODAY)
    (changed,) = [problem.message for problem in answer.problems if problem.code == "redaction-changee"]
    assert changed.startswith("Depuis le ")
    assert changed.endswith("« 25 000 » devient « 40 000 » ; « 25 000 » devient « 40 000 ».")
    assert not [
        problem
        for problem in Answerer(code, FakeEmbedding()).answer("L2113-10", as_of=TODAY).problems
        if problem.code == "redaction-changee"
    ]


def test_the_model_clauses_that_rest_on_the_article_are_named(code: Searcher) -> None:
    resting = {("CCP", "L2112-4"): ("Localisation des données", "Support dans l'Union")}
    answerer = Answerer(
        code, FakeEmbedding(), clauses_on=lambda work, article: resting.get((work, article), ())
    )
    (named,) = [
        problem.message
        for problem in answerer.answer("que dit l'article L2112-4 du CCP ?", as_of=TODAY).problems
        if problem.code == "clauses-liees"
    ]
    assert (
        named
        == "Clauses modèles qui s'appuient sur ce texte : « Localisation des données », « Support dans l'Union »."
    )
    assert not [
        problem
        for problem in answerer.answer("L2113-10", as_of=TODAY).problems
        if problem.code == "clauses-liees"
    ]
