"""How a rule is said: patterns over the folded words of one sentence, with what makes the same words lawful.

A pattern is a regular expression over lower-case words without accents (``text.fold``); a space stands for any run of spaces.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from assistant.datatypes import Span
from assistant.french.forms import Forms
from assistant.french.numbers import FIGURES, IN_WORDS, value
from assistant.french.numbers import number as french_number
from assistant.review.text import FoldedSentence, Text


@dataclass(frozen=True, slots=True)
class Caught:
    """A fault at ``span``; ``detail`` (French) completes the rule's message with what was found."""

    span: Span
    detail: str = ""


Detect = Callable[[Text], Iterator[Caught]]
"""A rule's code: the faults of one document."""

# "vingt-quatre", "soixante-quinze", "1,5".
NUMBER = rf"(?:\d{{1,30}}(?:[.,]\d{{1,30}})?|{IN_WORDS})\b"


def number(text: str) -> float | None:
    """The value of what ``NUMBER`` matches, or None."""
    plain = text.strip()
    return float(value(plain)) if re.fullmatch(FIGURES, plain) else french_number(plain)


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """``pattern`` with each space standing for any run of spaces, and `` ?`` for none or any; brackets and look-behinds (of a fixed width) stay as they are."""
    parts = re.split(r"(\[\^?\]?[^\]]*\]|\(\?<[!=][^)]*\))", pattern)
    return re.compile(
        "".join(
            part
            if part.startswith(("[", "(?<!", "(?<="))
            else re.sub(r" (?![*+{])(\?)?", lambda space: " *" if space[1] else " +", part)
            for part in parts
        )
    )


class Words(Forms):
    """The families of a file of this room, as patterns over folded words."""

    def said(self, name: str) -> re.Pattern[str]:
        """A form of ``group.family``, anywhere."""
        return _family(self, name)

    def begun(self, forms: Iterable[str]) -> re.Pattern[str]:
        """One of these forms, at the beginning of a word: "oiv" is no part of "doivent", nor "ne" of "commune"."""
        return compiled(rf"(?<![a-z]){self.any_of(forms)}")


@cache
def _family(words: Words, name: str) -> re.Pattern[str]:
    return compiled(words.family(name))


@dataclass(frozen=True, slots=True)
class Wording:
    """What a sentence says: it ``has`` one of each list of forms, and none of ``unless``; it is shown where the first stands."""

    has: tuple[tuple[str, ...], ...]
    unless: tuple[str, ...]

    def found(self, text: Text, words: Words) -> Iterator[Span]:
        """Where the sentences of a document say it."""
        unless, first, *others = map(words.begun, (self.unless, *self.has))
        for sentence in text.sentences:
            match = first.search(sentence.words)
            lawful = unless.search(sentence.words) or not all(one.search(sentence.words) for one in others)
            if match and not lawful and not _is_mentioned(sentence, match):
                yield sentence.at(*match.span())


_QUOTED_AS_WORDS = compiled(
    r"(?:mentions?|clauses?|formules?|mots?|expressions?|termes?|phrases?|banni|proscri|interdi|ne vaut|n'est pas|pas accept|ecrire|dire)"
)


def _is_mentioned(sentence: FoldedSentence, match: re.Match[str]) -> bool:
    """Whether the match stands within « … » in a sentence that speaks about words: the fault is named, not committed."""
    opened = sentence.words.rfind("«", 0, match.start() + 1)
    closed = sentence.words.find("»", match.start())
    inside = opened >= 0 and closed >= 0 and sentence.words.rfind("»", opened, match.start()) < 0
    return inside and bool(_QUOTED_AS_WORDS.search(sentence.words[:opened] + " " + sentence.words[closed:]))
