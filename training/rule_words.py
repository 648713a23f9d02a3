"""What words say of each rule of the review (``assistant.reader.rule_words``), learned from labelled faults and from the words of the rules themselves."""

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from assistant.reader.rule_words import RuleWords, signs
from assistant.review.rules import Rule

# What a rule is given of a sign that none of its texts has, and the fewest texts that a sign stands in.
UNSEEN, FEWEST = 0.02, 2


def learn(names: Sequence[str], texts: Sequence[tuple[str, str]], table: Mapping[str, Rule]) -> RuleWords:
    """From texts and the rule that each breaks, and from the title, reason and wording of each rule of ``names``."""
    rules = (table[name] for name in names)
    own = [
        (words, rule.id)
        for rule in rules
        for words in (rule.title, f"{rule.title} {rule.message}", rule.suggestion)
    ]
    read = [(signs(text), rule) for text, rule in (*texts, *own)]
    spread = Counter(sign for found, _ in read for sign in found)
    places = {
        sign: row
        for row, sign in enumerate(sorted(sign for sign, count in spread.items() if count >= FEWEST))
    }
    rarity = np.array([np.log(len(read) / spread[sign]) for sign in places], np.float32)
    place_of_rule = {name: row for row, name in enumerate(names)}
    counts = np.full((len(places), len(names)), UNSEEN, np.float32)
    for found, rule in read:
        rows = np.array(sorted(places[sign] for sign in found if sign in places), np.intp)
        counts[rows, place_of_rule[rule]] += rarity[rows] / (np.linalg.norm(rarity[rows]) + 1e-9)
    others = counts.sum(axis=1, keepdims=True) - counts
    bias = np.log(others.sum(axis=0)) - np.log(counts.sum(axis=0))
    # What is said of a rule that never has the sign is the same for all such rules: the rest is counted from there.
    said = (
        np.log(counts)
        - np.log(others)
        - (np.log(UNSEEN) - np.log(counts.sum(axis=1, keepdims=True) - UNSEEN))
    )
    rows, rules_at = np.nonzero(counts > UNSEEN)
    starts = np.searchsorted(rows, np.arange(len(places) + 1))
    values = said[rows, rules_at]
    return RuleWords(places, rarity, *(part.astype(np.float32) for part in (starts, rules_at, values, bias)))
