"""Which of the markets at hand a question names: by the words of its pieces' files, titles, buyers, objects and numbers, as an agent half says them.

A piece that names nothing of itself is named with the others of its market. What its pieces say beside tells a market too: « les restes du buffet » are of the
only contract that speaks of a buffet.
"""

import math
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property

from assistant.documents.consultations import Consultation
from assistant.documents.values import Known
from assistant.summaries.fields.summary import shown

# The fields whose words name a market.
_NAMING = ("acheteur", "objet", "numero_consultation", "lots", "lieu_execution")
# Fewer markets than this name no less by a word that each of them has.
_FEW = 10
# What a word that a market's pieces say counts beside one that names it: of 89 questions by three hands the right market is the first for 0.76 without,
# 0.89 with it.
_SAID = 0.7
# A market is named where what is said of it weighs this much.
LEAST = 1.0
# A name is said so often, is so seldom written small, and so many of a document are kept.
_OFTEN, _HARDLY_EVER, _MOST_NAMES = 4, 10, 15
_CAPITAL = re.compile(r"(?<![.!?] )(?<![\w'’-])[A-ZÀÂÉÈÊÎÔÛÇ][a-zà-ÿ]{2,}(?!\w)")
_SMALL = re.compile(r"(?<![\w@./_-])[a-zà-ÿ]{3,}(?![\w@/_-])")
_WORD = re.compile(r"[\w'’-]+|[?]")


class Names:
    """The naming words of some markets, and how rare each is among them.

    Args:
        markets: those at hand.
        words: a text's words as the index knows them.
        rarity: 0 (everywhere) to 1 (nowhere) for one of those words.
        text: that of a piece; empty where what it says is not to be counted.
    """

    def __init__(
        self,
        markets: Sequence[Consultation],
        words: Callable[[str], Sequence[str]],
        rarity: Callable[[str], float],
        text: Callable[[Known], str] = lambda _: "",
    ) -> None:
        self._words_of, self._rarity = words, rarity
        self._markets = [
            (market, frozenset(words(" ".join(map(_naming, market.pieces))))) for market in markets
        ]
        self._held = Counter(word for _, told in self._markets for word in told)
        self._text = text

    def weight(self, word: str) -> float:
        """0 for a word that no market has, more for one that tells a market from the others."""
        count = self._held.get(word, 0)
        return self._rarity(word) * self._telling(count) if count else 0.0

    def _telling(self, count: int) -> float:
        """How far a word that so many markets have tells one from the others."""
        return math.log((1 + max(len(self._markets), _FEW)) / count)

    def best(self, question: str) -> float:
        """The weight of what a question says of the market that it names best."""
        return max(self._scores(question), default=0.0)

    def _scores(self, question: str) -> list[float]:
        asked = set(self._words_of(question))
        return [sum(self.weight(word) for word in asked & told) for _, told in self._markets]

    def named(self, question: str) -> dict[str, float]:
        """What a question says of each document's market, by the id of the document: 1 for the best named; nothing where it names none."""
        return self._shares(self._scores(question))

    def likely(self, question: str) -> dict[str, float]:
        """The same, what the pieces of each market say counted too."""
        asked = set(self._words_of(question))
        scores = [
            named + _SAID * sum(self._weight_said(word) for word in (asked & said) - told)
            for named, said, (_, told) in zip(self._scores(question), self._said, self._markets, strict=True)
        ]
        return self._shares(scores)

    @cached_property
    def _said(self) -> list[frozenset[str]]:
        return [
            frozenset(word for piece in market.pieces for word in self._words_of(self._text(piece)))
            for market, _ in self._markets
        ]

    @cached_property
    def _said_by(self) -> Counter[str]:
        return Counter(word for said in self._said for word in said)

    def _weight_said(self, word: str) -> float:
        """As ``weight``, but that common words count for less: a whole text holds many of them."""
        return self._rarity(word) ** 2 * self._telling(self._said_by[word])

    def _shares(self, scores: Sequence[float]) -> dict[str, float]:
        best = max(scores, default=0.0)
        if best < LEAST:
            return {}
        return {
            piece.source.id: score / best
            for (market, _), score in zip(self._markets, scores, strict=True)
            for piece in market.pieces
            if score
        }

    def rest(self, question: str, named: Mapping[str, float]) -> str:
        """A question without the words that name the market that it names best: what is asked of it."""
        best = frozenset(
            word
            for market, told in self._markets
            for word in told
            if any(named.get(piece.source.id) == 1.0 for piece in market.pieces)
        )
        kept = (
            word.group() for word in _WORD.finditer(question) if not best & set(self._words_of(word.group()))
        )
        return " ".join(kept)


def proper_names(text: str) -> tuple[str, ...]:
    """The names that a document says again and again: words that it hardly ever writes without a capital. A contract names its provider on every page."""
    capital = Counter(match.group() for match in _CAPITAL.finditer(text))
    small = Counter(match.group() for match in _SMALL.finditer(text))
    named = [
        word
        for word, count in capital.most_common()
        if count >= _OFTEN and small[word.lower()] * _HARDLY_EVER <= count
    ]
    return tuple(named[:_MOST_NAMES])


def _naming(known: Known) -> str:
    values = (shown(known.summary.field(name).value) for name in _NAMING)
    return " ".join(
        (
            *known.names,
            known.file.rpartition(".")[0],
            known.source.title,
            known.bundle.replace("\\", "/").rpartition("/")[2],
            *values,
        )
    )
