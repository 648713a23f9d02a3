"""Which subject of the clause library an article, a clause or a need is about, by words that a lawyer can read and add to.

A title says its subject; a body only hints at it, and a buyer has words of his own. So each subject has three lists (``subjects.toml``): what titles say (also
looked for in needs), what bodies say, and what only a buyer says.
"""

import re

from assistant.french.folding import fold_line
from assistant.french.forms import Forms

# A title that names the subject outweighs any number of words in the body.
_TITLE_WEIGHT = 3.0
# A title says first what it is about: « Pénalités de réversibilité » are penalties. The last word of a title weighs this much less than the first.
_LATER_IN_TITLE = 2.0
_BODY_WEIGHT, _MOST_BODY_HITS = 0.5, 4
# Two different mentions in the body, or one in the title.
_ENOUGH = 1.0
# The title of an enclosing article says it too, less surely: « 8.1 Avance » stands under « Avance, acomptes et paiement ».
_ABOVE_WEIGHT = 1.5


_FORMS = Forms("assistant.drafting", "subjects.toml")


def _of_words(subject: str, *lists: str) -> re.Pattern[str]:
    """Some lists of a subject; words are met at their beginning: « éco » is not in « recourir »."""
    every = _FORMS.stored(subject)
    return re.compile(rf"\b{_FORMS.any_of(form for name in lists for form in every.get(name, ()))}")


SUBJECT_ORDER = tuple(_FORMS.whole)
_TITLES = {subject: _of_words(subject, "titles") for subject in SUBJECT_ORDER}
_BODIES = {subject: _of_words(subject, "body") for subject in SUBJECT_ORDER}
_NEEDS = {subject: _of_words(subject, "titles", "body", "needs") for subject in SUBJECT_ORDER}


def of_article(title: str, body: str, above: str = "") -> str | None:
    """The subject of an article, from its title, its body and the title of the article that holds it; None where nothing says it."""
    scores = _scores(fold_line(title), fold_line(body), fold_line(above))
    best = max(scores, key=lambda subject: scores[subject])
    return best if scores[best] >= _ENOUGH else None


def _scores(title: str, body: str, above: str) -> dict[str, float]:
    scores: dict[str, float] = {}
    for subject in SUBJECT_ORDER:
        match = _TITLES[subject].search(title)
        named = _TITLE_WEIGHT - _LATER_IN_TITLE * match.start() / len(title) if match else 0.0
        around = _ABOVE_WEIGHT if above and _TITLES[subject].search(above) else 0.0
        hints = {match[0] for match in _BODIES[subject].finditer(body)}
        scores[subject] = named + around + _BODY_WEIGHT * min(len(hints), _MOST_BODY_HITS)
    return scores


def of_need(need: str) -> tuple[str, ...]:
    """The subjects that a buyer's words point to, in the order of the table; possibly several, possibly none."""
    words = fold_line(need)
    return tuple(subject for subject, pattern in _NEEDS.items() if pattern.search(words))
