"""The dated wordings of one article, each whole (a long one is stored in several passages) and once (it may lie in several copies of its code)."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from difflib import get_close_matches
from itertools import groupby

from assistant import references
from assistant.article_dates import DatedArticle
from assistant.datatypes import Passage, Source, Span
from assistant.errors import NotIndexedError
from assistant.french.dates import french_date
from assistant.index.store import Store, ids_within
from assistant.reach import EVERYWHERE, Reach

# « LOI 2024-449 »: the year of a law stands in its number.
_OF_A_YEAR = re.compile(r"\b((?:19|20)\d\d)-\d+")


@dataclass(frozen=True, slots=True)
class Wording:
    """One wording of an article, whole: ``passage.text`` is its text, as ``passage.span`` has it in the document.

    ``valid_to`` is exclusive; None means that no end is known.
    """

    source: Source
    passage: Passage

    @property
    def work(self) -> str:
        """Short name of the text that it is of."""
        return str(self.passage.work)

    @property
    def article(self) -> str:
        """Its number."""
        return str(self.passage.article)

    @property
    def text(self) -> str:
        """Its words."""
        return self.passage.text

    @property
    def valid_from(self) -> date | None:
        """Its first day, None where it is not known."""
        return self.passage.valid_from

    @property
    def valid_to(self) -> date | None:
        """The first day on which it is law no more."""
        return self.passage.valid_to

    def in_force(self, day: date) -> bool:
        """Whether it is in force on ``day``."""
        return self.passage.in_force(day)


@dataclass(frozen=True, slots=True)
class Article:
    """The indexed wordings of one article, by date, each once; none where it is not indexed.

    ``unknown`` are wordings that the table of dates knows and that the index lacks.
    """

    work: str
    number: str
    wordings: tuple[Wording, ...]
    unknown: tuple[DatedArticle, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """The wordings of one article on two days; None where it had none. ``between`` are those that came and went meanwhile.

    ``unknown`` are wordings that the table of dates knows to have been in force meanwhile, and that the index lacks.
    """

    work: str
    article: str
    start: date
    end: date
    before: Wording | None
    after: Wording | None
    between: tuple[Wording, ...] = ()
    unknown: tuple[DatedArticle, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether the indexed words differ between the two days."""
        return (self.before and self.before.text) != (self.after and self.after.text)


def wordings(stored: Iterable[tuple[Source, Passage]]) -> tuple[Wording, ...]:
    """The whole wordings of stored passages that come in the order of ``Store.wordings``: by date, then by document, then as in the text."""

    def one(pair: tuple[Source, Passage]) -> tuple[str, str, str, date | None, date | None]:
        source, passage = pair
        return (str(passage.work), str(passage.article), source.id, passage.valid_from, passage.valid_to)

    found = []
    for _, pieces in groupby(stored, key=one):
        pairs = list(pieces)
        written = "".join(passage.text for _, passage in pairs)
        text = written.strip()
        start = pairs[0][1].span.start + len(written) - len(written.lstrip())
        found.append(
            Wording(pairs[0][0], replace(pairs[0][1], text=text, span=Span(start, start + len(text))))
        )
    return tuple(found)


def period(wording: Wording) -> str:
    """The days of a wording, as a reader says them."""
    start = (
        f"depuis le {french_date(wording.valid_from)}" if wording.valid_from else "depuis une date inconnue"
    )
    return start + (
        f", jusqu'au {french_date(wording.valid_to - timedelta(days=1))}" if wording.valid_to else ""
    )


def best_known(several: Sequence[Wording]) -> tuple[Wording, ...]:
    """Without what another copy knows better: an undated wording beside dated ones, one whose days are only some of another's."""
    dated = [one for one in several if one.valid_from] or list(several)
    return tuple(one for one in dated if not any(_within(one, other) for other in dated))


def _within(one: Wording, other: Wording) -> bool:
    if one.valid_from is None or other.valid_from is None:
        return False
    return other.valid_from < one.valid_from < (other.valid_to or date.max) and (
        one.valid_to or date.max
    ) <= (other.valid_to or date.max)


def on(day: date, several: Iterable[Wording]) -> Wording | None:
    """The wording in force on ``day``, in the copy that knows the oldest date of it: a copy without dates, or of one day, knows less."""
    current = [one for one in several if one.in_force(day)]
    return min(current, key=lambda one: (one.valid_from is None, one.valid_from or date.min), default=None)


def first(several: Iterable[Wording]) -> Wording | None:
    """Of wordings in order of date, that with which an article began, where it is of the year of its law; None where an older one may not be indexed."""
    oldest = next((one for one in several if one.valid_from), None)
    year = _OF_A_YEAR.search(oldest.work) if oldest else None
    return (
        oldest if oldest and oldest.valid_from and year and int(year[1]) == oldest.valid_from.year else None
    )


def last(several: Iterable[Wording], day: date) -> Wording | None:
    """Of the wordings of an article that is law no more on ``day``, the last; None where one is law then or later, or its end is not known."""
    every = list(several)
    ends = [one.valid_to for one in every if one.valid_to and one.valid_to <= day]
    if not ends or len(ends) < len(every):
        return None
    return max(every, key=lambda one: one.valid_to or date.min)


def overtaken(wording: Wording, table: Iterable[DatedArticle], day: date) -> bool:
    """Whether the table of dates knows a wording in force that day, newer than this one, that nobody here has read."""
    return any(
        row.unread
        and row.in_force(day)
        and row.valid_from is not None
        and (wording.valid_from is None or row.valid_from > wording.valid_from)
        for row in table
        if (row.work, row.article) == (wording.work, wording.article)
    )


def holding(store: Store, source_id: str, position: int) -> Wording | None:
    """The whole wording of an article that holds the character at ``position`` of a document; None where no article of a text of law does."""
    passage = store.passage_at(source_id, position)
    if passage is None or not passage.work or not passage.article:
        return None
    stored = store.wordings(passage.article, passage.work)
    days = (passage.valid_from, passage.valid_to)
    return next(
        one
        for one in wordings(pair for pair in stored if pair[0].id == source_id)
        if (one.valid_from, one.valid_to) == days
    )


def article_of(
    store: Store,
    work: str,
    number: str,
    table: Sequence[DatedArticle] = (),
    collections: Reach = EVERYWHERE,
) -> Article:
    """The article of a work, both as the index knows them, in the copies that lie in ``collections``."""
    stored = store.wordings(number, work)
    if collections is not EVERYWHERE:
        within = ids_within(store.held(), collections)
        stored = tuple(pair for pair in stored if pair[0].id in within)
    once = {(one.valid_from, one.valid_to, one.text): one for one in reversed(best_known(wordings(stored)))}
    several = tuple(reversed(once.values()))
    return Article(work, number, several, unindexed(table, several))


def compare(
    store: Store, work: str, article: str, start: date, end: date, table: Sequence[DatedArticle] = ()
) -> Comparison:
    """The article on two days.

    Args:
        store: where the wordings lie.
        work: name of the text, as people write it.
        article: its number, as people write it.
        start: the first day.
        end: the second day, not before the first.
        table: what is known of the dates of articles beside the index.

    Raises:
        NotIndexedError: the text or the article is not indexed, or had no wording on either day.
    """
    work, number = _work(store, work), references.normalise_article(article)
    known = article_of(store, work, number, table)
    several = known.wordings
    if not several:
        near = get_close_matches(number, store.articles_of(work), 3)
        hint = f"Vouliez-vous dire {' ou '.join(near)} ?" if near else "Vérifiez le numéro."
        raise NotIndexedError(
            f"L'article {number} n'existe pas parmi les articles indexés de « {work} ».", hint
        )
    before, after = on(start, several), on(end, several)
    if before is None and after is None:
        raise NotIndexedError(
            f"L'article {number} de « {work} » n'avait de rédaction en vigueur ni le {french_date(start)} ni le {french_date(end)}.",
            f"Rédactions indexées : {' ; '.join(map(period, several))}.",
        )
    between = tuple(
        one
        for one in several
        if one.valid_from and one.valid_to and start < one.valid_from and one.valid_to <= end
    )
    unknown = tuple(
        row
        for row in known.unknown
        if row.valid_from and row.valid_from <= end and (row.valid_to is None or start < row.valid_to)
    )
    return Comparison(work, number, start, end, before, after, between, unknown)


def unindexed(table: Sequence[DatedArticle], several: Sequence[Wording]) -> tuple[DatedArticle, ...]:
    """What the table knows of the article of ``several`` that was read by nobody and that no indexed wording begins with."""
    keys, starts = {(one.work, one.article) for one in several}, {one.valid_from for one in several}
    return tuple(
        row
        for row in table
        if (row.work, row.article) in keys and row.unread and row.valid_from not in starts
    )


def _work(store: Store, written: str) -> str:
    works = [work for work, _ in store.works()]
    name = references.work_of(written) or " ".join(written.split())
    known = {work.casefold(): work for work in works}.get(name.casefold())
    if known is None:
        raise NotIndexedError(
            f"Le texte « {name} » n'est pas indexé.", f"Textes indexés : {', '.join(works) or 'aucun'}."
        )
    return known
