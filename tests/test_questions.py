import pytest

from assistant import questions
from assistant.datatypes import AskedQuestion, Target
from assistant.errors import CorpusError
from assistant.index import question as understanding

LINE = '{"question": "Peut-on imposer un lieu ?", "kind": "acheteur", "targets": [{"work": "CCP", "article": "L. 2112-4"}]}'
OUTSIDE = '{"question": "Quel temps fera-t-il ?", "kind": "actualite", "targets": []}'


def test_a_question_leads_to_its_rule_or_must_be_refused() -> None:
    assert questions.parse(f"{LINE}\n\n{OUTSIDE}\n", "q.jsonl") == (
        AskedQuestion("Peut-on imposer un lieu ?", (Target(work="CCP", article="L2112-4"),)),
        AskedQuestion("Quel temps fera-t-il ?", ()),
    )


def test_a_file_of_rules_is_not_one_of_questions() -> None:
    assert questions.is_question_file(LINE)
    assert not questions.is_question_file('{"work": "CCP", "num": "L1", "text": "…"}')
    assert not questions.is_question_file("pas du JSON")


@pytest.mark.parametrize(
    "line",
    [
        "{",
        '{"question": "x"}',
        LINE.replace("acheteur", "inconnu"),
        OUTSIDE.replace("actualite", "acheteur"),
        LINE.replace("Peut-on imposer un lieu ?", " "),
    ],
)
def test_a_line_that_is_not_one_is_named(line: str) -> None:
    with pytest.raises(CorpusError, match="Ligne 2"):
        questions.parse(f"{LINE}\n{line}\n", "q.jsonl")


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("MAPA ou AOO ?", "procédure adaptée"),
        ("mapa", "procédure adaptée"),
        ("on fait un gre a gre", "sans publicité"),
        ("les hébergeurs", "nuage"),
    ],
)
def test_buyers_words_bring_the_rules_words(question: str, words: str) -> None:
    assert words in understanding.rule_words(question)


def test_a_word_inside_another_brings_nothing() -> None:
    assert understanding.rule_words("un dossier macabre") == ""


@pytest.mark.parametrize(
    ("question", "regime"),
    [
        ("marché de defense", "defense"),
        ("délégation de service public", "concession"),
        ("à Mayotte", "outre-mer"),
    ],
)
def test_a_regime_that_is_asked_about_is_not_held_back(question: str, regime: str) -> None:
    assert all(regime not in one.headings.pattern for one in understanding.silent_regimes(question))
    assert any(regime in one.headings.pattern for one in understanding.silent_regimes("achat de chaises"))
