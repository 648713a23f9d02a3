"""A document cut into passages that tile it: one article or clause each, or a piece of one that is too long for the embedding model."""

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from assistant.datatypes import Document, Heading, Passage, Provision, Span

if TYPE_CHECKING:
    from langchain_text_splitters import RecursiveCharacterTextSplitter

# multilingual-e5-small reads 512 tokens; French legal text runs at 4 to 4.5 characters a token, and the heading trail takes some of them.
MAX_CHARACTERS = 1600

# Shorter than this, a clause is a bare heading ("CHAPITRE 2") or a scrap: it joins the next clause under the same parent.
MIN_CHARACTERS = 80


def split(document: Document) -> tuple[Passage, ...]:
    """The passages of ``document``, in order; joined, their texts give the document's text back."""
    if document.provisions:
        return tuple(_rules(document))
    return tuple(_clauses(document))


def _rules(document: Document) -> Iterator[Passage]:
    for provision in document.provisions:
        for piece in _pieces(document.text, provision.span):
            yield _passage(document, piece, _rule_headings(provision), provision)


def _rule_headings(provision: Provision) -> tuple[str, ...]:
    return (provision.work_title, *provision.headings)


def _clauses(document: Document) -> Iterator[Passage]:
    trail: list[Heading] = []
    for span, entered in _sections(document):
        for heading in entered:
            trail = [*[parent for parent in trail if parent.level < heading.level], heading]
        for piece in _pieces(document.text, span):
            yield _passage(document, piece, tuple(parent.label for parent in trail), None)


def _sections(document: Document) -> Iterator[tuple[Span, tuple[Heading, ...]]]:
    """Spans from one heading to the next, tiling the text, with the headings met; one with next to nothing below it joins its first sub-clause."""
    headings = document.headings
    ends = [*(heading.span.start for heading in headings), len(document.text)]
    begin, entered = 0, list[Heading]()
    for index, end in enumerate(ends):
        following = headings[index] if index < len(headings) else None
        opens_a_child = following is not None and (not entered or following.level > entered[-1].level)
        if end > begin and not (opens_a_child and len(document.text[begin:end].strip()) < MIN_CHARACTERS):
            yield Span(begin, end), tuple(entered)
            begin, entered = end, []
        if following is not None:
            entered.append(following)


def _pieces(text: str, span: Span) -> Iterator[Span]:
    if len(span) <= MAX_CHARACTERS:
        if len(span):
            yield span
        return
    start = span.start
    for piece in _splitter().split_text(span.of(text)):
        yield Span(start, start + len(piece))
        start += len(piece)
    assert start == span.end, "the splitter lost characters"


@cache
def _splitter() -> "RecursiveCharacterTextSplitter":
    from langchain_text_splitters import (
        RecursiveCharacterTextSplitter,
    )  # 0.4 s of every question, which cuts nothing

    return RecursiveCharacterTextSplitter(
        separators=["\n\n", "\n", "(?<=[.;!?]) ", " ", ""],
        is_separator_regex=True,
        keep_separator=True,
        chunk_size=MAX_CHARACTERS,
        chunk_overlap=0,  # with overlap, or with add_start_index, this splitter gave wrong offsets (docs/decisions.md): we count them ourselves
        strip_whitespace=False,
    )


def _passage(
    document: Document, span: Span, headings: tuple[str, ...], provision: Provision | None
) -> Passage:
    return Passage(
        source_id=document.source.id,
        span=span,
        text=span.of(document.text),
        headings=headings,
        work=provision.work if provision else None,
        article=provision.number if provision else None,
        pages=document.pages_of(span),
        valid_from=provision.valid_from if provision else None,
        valid_to=provision.valid_to if provision else None,
    )
