"""What is quoted of an article under a statement: whole paragraphs, with what restricts them, in the wording of the day or not at all."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date

from assistant.article_dates import DatedArticle
from assistant.datatypes import Hit, Quote, Span, Target
from assistant.index import wordings
from assistant.index.wordings import Wording

# An article up to this length is quoted whole: half of those of the Code have fewer than 383 characters, and a restriction is never far from its rule.
WHOLE_CHARACTERS = 700
# Words added to a paragraph's own number when its share of a statement's words is taken, so that a scrap does not win by its shortness.
_LONG_PARAGRAPH_WORDS = 20
# The first paragraph of an article says what it is about.
_OPENING = 2.0
_PARAGRAPH = re.compile(r"[^\n]*\S[^\n]*")
_RESTRICTS = re.compile(
    r"\s*(?:[IVX]+\.\s*[-–—]\s*)?(?:toutefois|cependant|néanmoins|par (?:exception|dérogation)|sauf|"
    r"ces dispositions ne|cette (?:limite|disposition|obligation) ne|"
    r"il (?:n'est pas|peut être) dérogé)",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")
_ITEM = re.compile(r"\s*(?:\d{1,2}°|[a-z]\)|[-–—•])\s?")


class Quoting:
    """Finds the words of articles.

    Args:
        wordings_of: every dated wording of an article, whole, by number and work.
        words: a text's words as the index knows them.
        rarity: 0 (everywhere) to 1 (nowhere) for one of those words.
        table: what is known of the dates of articles beside the index.
    """

    def __init__(
        self,
        wordings_of: Callable[[str, str | None], Sequence[Wording]],
        words: Callable[[str], Sequence[str]],
        rarity: Callable[[str], float],
        table: Sequence[DatedArticle] = (),
    ) -> None:
        self._wordings_of, self._words, self._rarity, self._table = wordings_of, words, rarity, table

    def repeated(self, text: str, told: str) -> float:
        """Share of the words of ``text`` that ``told`` has, 0 to 1; 0 where it gives a number that is not told."""
        if set(_DIGITS.findall(text)) - set(_DIGITS.findall(told)):
            return 0.0
        words, known = set(self._words(text)), set(self._words(told))
        return len(words & known) / len(words) if words else 0.0

    def whole(self, target: Target, day: date) -> Wording | None:
        """The article in its wording of that day, None where it has none or only one that a later wording, not read, has overtaken."""
        if target.article is None:
            return None
        found = wordings.on(day, self._wordings_of(target.article, target.work))
        return None if found is None or wordings.overtaken(found, self._table, day) else found

    def under(self, statement: str, targets: Sequence[Target], day: date, marker: str) -> Iterator[Quote]:
        """The paragraphs of each article that say what a statement says, under ``marker`` and a number."""
        for number, target in enumerate(targets, 1):
            found = self.whole(target, day)
            if found is not None:
                yield quote(found, self._paragraphs(statement, found.text), f"{marker}.{number}")

    def _paragraphs(self, statement: str, text: str) -> Span:
        if len(text) <= WHOLE_CHARACTERS:
            return Span(0, len(text))
        cut = paragraphs(text)
        said = {word: self._rarity(word) for word in self._words(statement)}

        def shared(place: int) -> float:
            words = {
                word for word in self._words(cut[place].of(text)) if word.isalpha()
            }  # lists of articles say nothing here
            opens = _OPENING if place == 0 else 1.0
            return (
                opens * sum(said[word] for word in words & said.keys()) / (len(words) + _LONG_PARAGRAPH_WORDS)
            )

        best = max(range(len(cut)), key=shared)
        first, last = _with_its_list(best, [span.of(text) for span in cut])
        while last + 1 < len(cut) and _RESTRICTS.match(cut[last + 1].of(text)):
            last += 1
        return Span(cut[first].start, cut[last].end)


def paragraphs(text: str) -> tuple[Span, ...]:
    """The lines of ``text`` that say something, in order."""
    return tuple(Span(*match.span()) for match in _PARAGRAPH.finditer(text))


def quote(found: Wording | Hit, span: Span, marker: str) -> Quote:
    """A part of a wording, or of a passage that was found, as exact words of its source; ``span`` lies in its text."""
    start = found.passage.span.start
    return Quote(
        marker,
        found.source,
        found.passage,
        Span(start + span.start, start + span.end),
        span.of(found.passage.text),
    )


def _with_its_list(place: int, paragraphs: Sequence[str]) -> tuple[int, int]:
    """First and last paragraph of what ``place`` belongs to: an item with the head of its list, a head with its items."""
    first = last = place
    if _ITEM.match(paragraphs[place]):
        while first > 0 and _ITEM.match(paragraphs[first]):
            first -= 1
    elif paragraphs[place].rstrip().endswith(":"):
        while last + 1 < len(paragraphs) and _ITEM.match(paragraphs[last + 1]):
            last += 1
    return first, last
