"""The sentences, clauses and rows of an amendment: what is quoted, where its new values stand, and what names them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant import sentences
from assistant.datatypes import Document, Span
from assistant.documents import words
from assistant.documents.measures import values
from assistant.french.amounts import amounts
from assistant.french.folding import fold

# A sentence that ends on a colon goes on with so many lines at most, until a quotation is closed.
_MOST_LINES = 8
# What joins two clauses that change two things.
_JOINED = re.compile(r"(?:;|,| et| ainsi que)\s+(?=(?:le|la|les|l'|son|sa|ses) ?\w)")
_QUOTED = re.compile(r"[«“]\s*([^»”]+?)\s*[»”]|\"\s*([^\"]+?)\s*\"")
_OLD_QUOTED = re.compile(
    r"(?:au lieu (?:et place )?d[eu]s?|en lieu et place d[eu]s?|(?<!par les )\b(?:mots|termes)|(?<!par la )\b(?:mention|phrase|formule|denomination)|"
    r"(?<!par l')\b(?:indice|expression)|\b(?:penalite|montant) de)\W*$"
)
_DASH = re.compile(r"[\s–—•·▪*-]*")
_ARTICLE = re.compile(
    r"^\W*(?:article|art)\.? ?(?P<number>\d{1,2}|premier|unique|[ivx]{1,5}\b)|^\W*(?P<plain>\d{1,2}) ?[.)°/-] ",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Part:
    """A clause of a sentence, or a row of a table.

    Attributes:
        span: what is quoted.
        values: where the new values are looked for.
        label: what stands before them and names them.
        title: the heading above.
        new: the values are new ones, whatever stands around them.
        replaced: the words that the new ones take the place of, where both are quoted.
        article: the number of the amendment's own article.
        old: the value that a table gives as the one before.
    """

    span: Span
    values: Span
    label: str
    title: str
    new: bool = False
    replaced: str = ""
    article: str = ""
    old: str = ""


def parts(document: Document, folded: str) -> Iterator[Part]:
    """They, in the order of the text."""
    spans = list(sentences.split(document.text))
    head: list[str] = []
    place = 0
    while place < len(spans):
        span = spans[place]
        line = line_of(span, document.text)
        title, article = _title(document, span), article_at(folded, span.start)
        if "|" in line.of(folded):
            cells = _cells(line, folded)
            if _is_head(cells, folded):
                head = [cell.of(folded) for cell in cells]
            else:
                yield from _of_row(line, cells, head, document.text, folded, title, article)
            end = line.end
        else:
            head, end = [], _end(place, spans, document.text)
            dash = _DASH.match(document.text, span.start)
            whole = Span(min(dash.end() if dash else span.start, end), end)
            yield from _of_sentence(whole, document.text, folded, title, article)
        while place < len(spans) and spans[place].start < end:
            place += 1


def line_of(span: Span, text: str) -> Span:
    """The line, or the paragraph, that a span begins in."""
    end = text.find("\n", span.start)
    return Span(text.rfind("\n", 0, span.start) + 1, end if end >= 0 else len(text))


def article_at(folded: str, place: int) -> str:
    """The number of the amendment's article that a place is in; empty before the first."""
    line_end = folded.find("\n", place)
    found = [
        match["number"] or match["plain"]
        for match in _ARTICLE.finditer(folded, 0, line_end if line_end >= 0 else len(folded))
        if match.start() <= place
    ]
    return {"premier": "1", "unique": "1"}.get(found[-1], found[-1]) if found else ""


def quotations(text: str) -> list[tuple[Span, str]]:
    """What is quoted in a text, without its marks."""
    return [
        (Span(*match.span(1 if match[1] is not None else 2)), match[1] or match[2])
        for match in _QUOTED.finditer(text)
    ]


# ---- rows ---------------------------------------------------------------------------------------------------------------------------------


def _cells(span: Span, folded: str) -> list[Span]:
    """The cells of a row, without white space around them; empty ones too."""
    found, at = [], span.start
    for cell in span.of(folded).split("|"):
        lead, stripped = len(cell) - len(cell.lstrip()), cell.strip()
        found.append(Span(at + lead, at + lead + len(stripped)) if stripped else Span(at, at))
        at += len(cell) + 1
    return found


def _is_head(cells: Sequence[Span], folded: str) -> bool:
    """Whether a row names the columns before and after a change."""
    said = [cell.of(folded) for cell in cells]
    new, old = (
        any(words.amendment("columns", name).fullmatch(cell) for cell in said[1:]) for name in ("new", "old")
    )
    return len(cells) > 2 and new and (old or not any(character.isdigit() for character in "".join(said)))


def _of_row(
    span: Span, cells: Sequence[Span], head: Sequence[str], text: str, folded: str, title: str, article: str
) -> Iterator[Part]:
    """The new value that a row gives, under its label."""
    new, old = (
        next(
            (
                place
                for place, cell in enumerate(head)
                if place and words.amendment("columns", name).fullmatch(cell)
            ),
            None,
        )
        for name in ("new", "old")
    )
    if new is not None and new < len(cells):
        first = cells[0].of(folded)
        label = first if re.search(r"[a-z]{4}", first) and not amounts(first) else head[new]
        before = cells[old].of(text) if old is not None and old < len(cells) else ""
        if cells[new].of(folded) not in ("", fold(before)):
            yield Part(span, cells[new], label, title, True, article=article, old=before)
    elif len(cells) >= 2:
        label = cells[0].of(folded)
        yield Part(
            span,
            Span(cells[1].start, cells[-1].end),
            label,
            title,
            words.amendment("before", "new").search(label) is not None,
            article=article,
        )


# ---- sentences ----------------------------------------------------------------------------------------------------------------------------


def _end(place: int, spans: Sequence[Span], text: str) -> int:
    """Where what a sentence introduces ends: the close of its quotation; its own end where it introduces nothing."""
    end = spans[place].end
    said = spans[place].of(text).rstrip()
    opened = said.count("«") > said.count("»")
    if not (said.endswith(":") or opened):
        return end
    for item in spans[place + 1 : place + 1 + _MOST_LINES]:
        quoted = text[spans[place].start : item.end]
        if "|" in item.of(text) or (not opened and "«" not in quoted and item is not spans[place + 1]):
            break
        end = item.end
        if quoted.count("«") <= quoted.count("»"):
            break
    return end


def _title(document: Document, span: Span) -> str:
    """The heading above, which a sentence that is one has not."""
    before = [heading for heading in document.headings if heading.span.end <= span.start]
    return before[-1].title if before else ""


def _of_sentence(span: Span, text: str, folded: str, title: str, article: str) -> Iterator[Part]:
    """The clauses of a sentence; those of its new words, where it gives them in quotation marks."""
    quoted = quotations(span.of(text))
    new = [
        (place, said) for place, said in quoted if not _OLD_QUOTED.search(fold(span.of(text)[: place.start]))
    ]
    if new and words.amendment("before", "new").search(fold(span.of(text)[: new[-1][0].start])):
        place = new[-1][0]
        inside = Span(span.start + place.start, span.start + place.end)
        old = [said for other, said in quoted if other != place]
        label = span.of(folded)[: place.start].strip(' :«"')
        yield from (
            Part(span, one, label, title, True, old[0] if old else "", article)
            for one in _clauses(inside, folded)
        )
        return
    yield from (Part(span, one, "", title, article=article) for one in _clauses(span, folded))


def _clauses(span: Span, folded: str) -> list[Span]:
    """The clauses that each give a value of their own; the whole where they do not."""
    text = span.of(folded)
    cuts = [0, *(match.end() for match in _JOINED.finditer(text)), len(text)]
    joined: list[Span] = []
    for piece in (Span(span.start + start, span.start + end) for start, end in pairwise(cuts) if end > start):
        if joined and not (_complete(joined[-1].of(folded)) and _complete(piece.of(folded))):
            joined[-1] = Span(joined[-1].start, piece.end)
        else:
            joined.append(piece)
    return joined


def _complete(text: str) -> bool:
    """Whether words give a value of a field by themselves."""
    return bool(values(text)) and any(field.said.search(text) for field in words.amended_fields())
