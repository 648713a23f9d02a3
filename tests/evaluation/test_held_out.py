"""The split of the written questions."""

from pathlib import Path

from assistant import questions
from assistant.datatypes import AskedQuestion, Target
from assistant.evaluation.held_out import refused_is_held_out, rule_is_held_out, split

RULES = Path(__file__).parents[2] / "corpus" / "questions" / "rules"


def asked() -> tuple[AskedQuestion, ...]:
    return tuple(
        question
        for path in sorted(RULES.glob("*.jsonl"))
        for question in questions.parse(path.read_text(encoding="utf-8"), path.name)
    )


def test_every_question_that_leads_somewhere_is_in_one_part() -> None:
    parts = split(asked())
    assert sorted(
        one.text for part in (parts.learned, parts.phrasings, parts.rules) for one in part
    ) == sorted(one.text for one in asked() if one.targets)


def test_no_question_of_a_held_out_rule_may_be_learned_from() -> None:
    parts = split(asked())
    assert not [
        one
        for one in (*parts.learned, *parts.phrasings)
        if any(rule_is_held_out(target) for target in one.targets)
    ]
    assert all(any(rule_is_held_out(target) for target in one.targets) for one in parts.rules)


def test_about_a_rule_in_five_and_a_phrasing_in_five_are_held_out() -> None:
    parts = split(asked())
    rules = {target for one in asked() for target in one.targets[:1]}
    assert 0.15 < sum(map(rule_is_held_out, rules)) / len(rules) < 0.25
    assert 0.15 < len(parts.phrasings) / (len(parts.phrasings) + len(parts.learned)) < 0.25


def test_a_question_keeps_its_part_whatever_stands_beside_it() -> None:
    one = AskedQuestion("Peut-on imposer un hébergement dans l'Union ?", (Target("CCP", "L2112-4"),))
    alone = split([one])
    among = split([one, *asked()])
    assert [one in part for part in (alone.learned, alone.phrasings, alone.rules)] == [
        one in part for part in (among.learned, among.phrasings, among.rules)
    ]


def test_only_questions_that_must_be_refused_are_held_out_of_the_refused() -> None:
    assert not refused_is_held_out(
        AskedQuestion("Peut-on imposer un hébergement dans l'Union ?", (Target("CCP", "L2112-4"),))
    )
