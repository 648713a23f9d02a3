"""What an answer says of its own date: the day it is given for, quoted wordings that change near that day, and those that a newer one has overtaken.

A buyer signs months after asking: a wording that ends within six months, or that began within the six before, may not be the one of his procedure.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain

from assistant.article_dates import UNREAD, DatedArticle
from assistant.datatypes import Claim, Kind, Passage, Problem, Severity, Source
from assistant.french.dates import french_date

# Six months at most: from the 1st of March to the 1st of September there are 184 days.
NEAR = timedelta(days=184)

# Every dated wording of an article, by number and work.
ArticleVersions = Callable[[str, str | None], Sequence[Passage]]


def of_another_day(day: date, today: date) -> tuple[Problem, ...]:
    """That the answer is not one of today, or nothing."""
    if day == today:
        return ()
    return (
        Problem(
            "autre-date",
            f"Réponse selon le droit en vigueur le {day:%d/%m/%Y}, et non à la date d'aujourd'hui.",
            severity=Severity.INFO,
        ),
    )


def of_quotes(
    claims: Sequence[Claim],
    day: date,
    versions: ArticleVersions,
    table: Sequence[DatedArticle] = (),
    beside: Sequence[tuple[Source, Passage]] = (),
) -> tuple[Problem, ...]:
    """What the reader must know of the dates of the words that ``claims`` quote, one problem a date.

    Args:
        claims: what the answer says.
        day: the day that it is given for.
        versions: every indexed wording of an article.
        table: what is known of the dates of articles beside the index (wordings newer than an indexed copy).
        beside: articles that the answer rests on and does not quote.
    """
    pairs = (*((quote.source, quote.passage) for claim in claims for quote in claim.quotes), *beside)
    quoted = {(source.id, passage.work, passage.article): (source, passage) for source, passage in pairs}
    passages = {
        (passage.work, passage.article): passage
        for _, passage in quoted.values()
        if passage.work and passage.article
    }
    articles = tuple(_article(passage, day, versions, table) for passage in passages.values())
    sheets = [pair for pair in quoted.values() if pair[0].kind is Kind.SHEET]
    # Days that the articles themselves speak of: a sheet that begins or ends with them adds nothing.
    told = {
        known
        for article in articles
        for known in (article.valid_from, article.valid_to, *(row.valid_from for row in article.newer))
    }
    return (
        *chain.from_iterable(_overtaken(article, day) for article in articles),
        *_near(articles, day),
        *_near_sheets(sheets, day, told),
    )


@dataclass(frozen=True, slots=True)
class _Article:
    """A quoted article: its days as the copy that knows them best gives them, and what comes after them, read by nobody here."""

    name: str
    valid_from: date | None
    valid_to: date | None
    replaced: bool  # another indexed wording begins where this one ends
    replaces: bool  # another indexed wording ends where this one begins
    newer: tuple[DatedArticle, ...]


def _article(
    passage: Passage, day: date, versions: ArticleVersions, table: Sequence[DatedArticle]
) -> _Article:
    known = versions(str(passage.article), passage.work)
    # The copy that knows the oldest date of the wording: a mirror of one day knows no more than that day.
    current = min(
        (one for one in known if one.in_force(day)),
        key=lambda one: (one.valid_from is None, one.valid_from or date.min),
        default=passage,
    )
    start, end = current.valid_from, current.valid_to
    unread = (
        row for row in table if (row.work, row.article) == (passage.work, passage.article) and row.unread
    )
    return _Article(
        name=f"{passage.article} ({passage.work})",
        valid_from=start,
        valid_to=end,
        replaced=end is not None and any(one.valid_from == end for one in known),
        replaces=start is not None and any(one.valid_to == start for one in known),
        newer=tuple(row for row in unread if start and row.valid_from and row.valid_from > start),
    )


def _overtaken(article: _Article, day: date) -> Iterator[Problem]:
    for row in article.newer:
        if row.valid_from and row.in_force(day):
            yield Problem(
                "redaction-depassee",
                f"Les textes indexés donnent l'article {article.name} dans une rédaction d'avant le {french_date(row.valid_from)} ; la suivante n'a pas été"
                f" lue. Ce qui en est connu : {row.note.removeprefix(UNREAD).lstrip(' :')}.",
            )


def _near(articles: Sequence[_Article], day: date) -> Iterator[Problem]:
    changing: dict[date, list[str]] = {}
    ending: dict[date, list[str]] = {}
    changed: dict[date, list[str]] = {}
    for article in sorted(articles, key=lambda one: one.name):
        unread = min(
            (row.valid_from for row in article.newer if row.valid_from and row.valid_from > day), default=None
        )
        next_day = unread or article.valid_to
        if next_day and day < next_day <= day + NEAR:
            (changing if unread or article.replaced else ending).setdefault(next_day, []).append(article.name)
        if article.replaces and article.valid_from and day - NEAR <= article.valid_from <= day:
            changed.setdefault(article.valid_from, []).append(article.name)
    for start, names in sorted(changing.items()):
        yield _said(
            "redaction-future",
            f"La rédaction {_of(names)} change à compter du {french_date(start)} : les mots cités valent jusqu'à la veille.",
        )
    for start, names in sorted(ending.items()):
        verb = "ne sont plus" if len(names) > 1 else "n'est plus"
        yield _said("redaction-future", f"{_the(names)} {verb} en vigueur à compter du {french_date(start)}.")
    for start, names in sorted(changed.items()):
        yield _said(
            "redaction-recente",
            f"La rédaction citée {_of(names)} est en vigueur depuis le {french_date(start)} : avant, c'en était une autre."
            " Pour une consultation lancée plus tôt, posez la question à sa date.",
        )


def _near_sheets(
    sheets: Iterable[tuple[Source, Passage]], day: date, told: Collection[date | None]
) -> Iterator[Problem]:
    for source, sheet in sheets:
        if sheet.valid_to and sheet.valid_to not in told and day < sheet.valid_to <= day + NEAR:
            yield _said(
                "redaction-future",
                f"La règle que décrit la fiche « {source.title} » change à compter du {french_date(sheet.valid_to)}.",
            )
        if sheet.valid_from and sheet.valid_from not in told and day - NEAR <= sheet.valid_from <= day:
            yield _said(
                "redaction-recente",
                f"La règle que décrit la fiche « {source.title} » est en vigueur depuis le {french_date(sheet.valid_from)}.",
            )


def _said(code: str, message: str) -> Problem:
    return Problem(code, message, severity=Severity.INFO)


def _of(names: list[str]) -> str:
    return (
        f"des articles {', '.join(names[:-1])} et {names[-1]}"
        if len(names) > 1
        else f"de l'article {names[0]}"
    )


def _the(names: list[str]) -> str:
    return (
        f"Les articles {', '.join(names[:-1])} et {names[-1]}" if len(names) > 1 else f"L'article {names[0]}"
    )
