from datetime import date

import pytest

from assistant.answering import refusal
from assistant.index.search import Searcher

TODAY = date(2026, 11, 25)


def problems(searcher: Searcher, question: str, day: date = TODAY) -> list[str]:
    def versions(number: str, work: str | None) -> list[object]:
        return [passage for _, passage in searcher.articles(number, work)]

    def mentions(number: str) -> bool:
        return any(number in hit.passage.text for hit in searcher.search(number))

    return [
        one.message for one in refusal.unknown_references(question, day, versions, searcher.works(), mentions)
    ]  # type: ignore[arg-type]


def test_an_article_that_does_not_exist_is_named(searcher: Searcher) -> None:
    (message,) = problems(searcher, "que prévoit l'article L. 2199-9 du CCP sur les clouds ?")
    assert "L2199-9" in message
    assert "n'existe pas" in message


def test_an_article_of_a_text_that_is_not_indexed_is_not_answered(searcher: Searcher) -> None:
    (message,) = problems(searcher, "que dit l'article L. 1234-5 du code du travail ?")
    assert "Code du travail" in message
    assert "pas indexé" in message


def test_a_decision_that_stands_nowhere_is_not_summarised(searcher: Searcher) -> None:
    (message,) = problems(searcher, "résume CE, 12 mars 2024, Ville de X, n° 478912")
    assert "478912" in message


def test_an_article_not_yet_in_force_is_told_apart_from_one_that_does_not_exist(searcher: Searcher) -> None:
    (message,) = problems(searcher, "l'article L2112-4", date(2018, 1, 1))
    assert "aucune de ses rédactions" in message


@pytest.mark.parametrize(
    "question", ["que dit L2112-4 ?", "l'article 31 de la loi SREN", "R. 2122-8", "puis-je imposer un lieu ?"]
)
def test_what_is_indexed_raises_no_doubt(searcher: Searcher, question: str) -> None:
    assert problems(searcher, question) == []


def test_a_question_whose_words_are_found_is_nearer_than_one_whose_words_are_not(searcher: Searcher) -> None:
    def coverage(question: str) -> float:
        return refusal.nearness(question, searcher.search(question, as_of=TODAY), searcher).coverage

    assert coverage("moyens localisés sur le territoire de l'Union") > 0.9
    assert coverage("recette de la tarte aux pommes") == 0.0
