"""What the review finds in a draft, placed: in which article a finding stands, and on which words of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.datatypes import Document, Draft, DraftPiece, Finding, Kind, Source, Span
from assistant.drafting import rendering
from assistant.lines import beginning
from assistant.page.formatted import Marked
from assistant.page.markup import Content, Markup, count, items, tag, typeset
from assistant.review.report import SEVERITIES
from assistant.workspace import Workspace

UNDER_WAY = "Relecture en cours : le projet est relu en entier."
_LONGEST_QUOTE = 90


@dataclass(frozen=True, slots=True)
class Placed:
    """A finding in a draft.

    Attributes:
        number: of the finding in the draft, from 1.
        article: the place of its article in the draft, from 0: its card stands there.
        titles, bodies: its words in the heading and in the text of articles, by their place.
    """

    number: int
    finding: Finding
    article: int
    titles: Mapping[int, Span]
    bodies: Mapping[int, Span]

    @property
    def card(self) -> str:
        """The id of its card."""
        return f"constat-{self.number}"

    @property
    def words(self) -> str:
        """The id of its words."""
        return f"mots-{self.number}"

    def marks(self, at: int) -> tuple[Sequence[Marked], Sequence[Marked]]:
        """Its words in the heading and in the text of the article at a place. Where the first of them stand bears the id, and no other."""
        where = [(place, 0) for place in self.titles] + [(place, 1) for place in self.bodies]
        first = min(where, default=None)
        title, body = (
            [Marked(self.words if (at, kind) == first else "", spans[at])] if at in spans else []
            for kind, spans in enumerate((self.titles, self.bodies))
        )
        return title, body


@dataclass(frozen=True, slots=True)
class _Written:
    """An article within the text of its piece: its place in the draft, its heading, then its text."""

    place: int
    title: Span
    body: Span


def found(workspace: Workspace, drafted: Draft) -> tuple[Placed, ...]:
    """What the review finds, article by article; each piece is read as one document."""
    documents: list[Document] = []
    written: list[tuple[_Written, ...]] = []
    first = 0
    for piece in drafted.pieces:
        text, articles = _text(piece, first)
        first += len(articles)
        name = piece.place.value
        documents.append(Document(Source("", "", name, Kind.TENDER, f"{name}.txt", "", "text/plain"), text))
        written.append(articles)
    reviews = workspace.review_documents(documents, as_of=date.today(), draft=True)
    placed = [
        (finding, articles)
        for review, articles in zip(reviews, written, strict=True)
        for finding in review.findings
    ]
    return tuple(_placed(number, finding, articles) for number, (finding, articles) in enumerate(placed, 1))


def _text(piece: DraftPiece, first: int) -> tuple[str, tuple[_Written, ...]]:
    """The text of a piece and where its articles stand in it; ``first`` is the place of its first one in the draft."""
    text, articles = "", []
    for place, article in enumerate(piece.articles, first):
        title = Span(len(text), len(text) + len(rendering.article_title(piece.place, article)))
        body = Span(title.end + 1, title.end + 1 + len(article.body.text))
        articles.append(_Written(place, title, body))
        text += f"{rendering.article_title(piece.place, article)}\n{article.body.text}\n\n"
    return text, tuple(articles)


def _placed(number: int, finding: Finding, articles: Sequence[_Written]) -> Placed:
    own = [one.place for one in articles if one.title.start <= finding.span.start]
    return Placed(
        number,
        finding,
        max(own, default=articles[0].place),
        dict(_within(finding.span, ((one.place, one.title) for one in articles))),
        dict(_within(finding.span, ((one.place, one.body) for one in articles))),
    )


def _within(span: Span, parts: Iterator[tuple[int, Span]]) -> Iterator[tuple[int, Span]]:
    """What of a span lies in each part, counted from where that begins."""
    for place, part in parts:
        start, end = max(span.start, part.start), min(span.end, part.end)
        if start < end:
            yield place, Span(start - part.start, end - part.start)


def told(placed: Sequence[Placed], preview: Markup, limits: str) -> Content:
    """How much was found, each finding leading to its words in ``preview``; ``limits`` is what the review could not do."""
    counts = [
        count(number, severity.value)
        for severity in SEVERITIES
        if (number := sum(one.finding.severity is severity for one in placed))
    ]
    said = (
        f"Relecture : {', '.join(counts)}."
        if counts
        else "Relecture : rien à relever. La revue ne voit pas les intentions : relisez aussi."
    )
    return (
        tag("p", typeset(said), class_="avertissement" if counts else "succes", role="status"),
        items([_link(one, preview) for one in placed]),
        tag("p", limits, class_="avertissement") if limits else None,
    )


def _link(one: Placed, preview: Markup) -> Content:
    short = beginning(" ".join(one.finding.quote.split()), _LONGEST_QUOTE)
    link = tag("a", f"« {short} »" if short else one.finding.message, href=f"#{target(one, preview)}")
    return tag("strong", SEVERITIES[one.finding.severity]), typeset(" : "), link


def target(one: Placed, preview: Markup) -> str:
    """Where a finding leads: to its words, where they are drawn, else to its card."""
    return one.words if f'id="{one.words}"' in preview else one.card
