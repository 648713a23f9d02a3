"""A document as the review reads it: its text folded for patterns, its sentences, what stands around each, and which piece of a tender it is.

Folding keeps every offset: each character of the text becomes exactly one character, without accent and in lower case.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from assistant.datatypes import Document, Span
from assistant.french import folding
from assistant.reading.piece import guessed
from assistant.tender.view import View, blanked

# Below this a file is an extract or a draft of a few articles: nothing can be said to be missing from it. The shortest whole CCAP met has 9,000 characters.
WHOLE_CHARACTERS = 6_000
# A small buyer's CCAP or acte d'engagement holds on one page; a model clause of that length has one article, not six.
SHORT_PIECE_CHARACTERS = 1_000
_ARTICLES = re.compile(
    r"^[# *>]*(?:(?:article|art\.?|§|chapitre|titre) ?(?:\d+|[ivx]+|premier|1er)\b|(?:[a-z]?\d{1,2}(?:\.\d{1,2})*|[a-z]|[ivx]{1,5}) ?[.):°/-]{1,2})|^#+ ",
    re.MULTILINE,
)
_MANY_ARTICLES = 6
_PIECE_NAME = re.compile(
    r"^[#* |]*(?:piece +n?[°o]? *\d+ *[-:] *)?(?:dce *[-:] *)?(?:cahier +des +(?:clauses|charges)|ccap|ccatp|ccp|cctp|c\.c\.[at]+\.p|acte +d'engagement|ae|"
    r"atexa|rc|r\.c|"
    r"reglement +(?:particulier +)?(?:de +(?:la +)?)?consultation|lettre +de +consultation)\b|(?:[-:] *|\()(?:ccap|ccp|cctp|rc|ae|"
    r"cahier +des +clauses +[a-z ]+|acte +d'engagement|"
    r"reglement +de +(?:la +)?consultation)\b *(?:\)|$)",
    re.MULTILINE,
)
_TITLE_WITHIN = 400
# How far around a sentence its context is read: two or three sentences of a clause.
_NEAR_CHARACTERS = 420
# A contract written by a supplier names its client on every page.
_MANY_CLIENTS = 12
# A quote is shown whole up to this length; beyond, only the part of the sentence that the fault stands in.
_MAX_QUOTE = 420
_QUOTE_MARGIN = 140


def fold(text: str) -> str:
    """``text`` folded, one character for each (see ``french.folding.fold``), the fields of a model clause blanked out."""
    return _FIELD.sub(lambda field: "{{" + "x" * (len(field[0]) - 4) + "}}", folding.fold(text))


# The name of a field of a model clause ({{prix_annuel}}) says nothing yet.
_FIELD = re.compile(r"\{\{[^{}\n]+\}\}")


@dataclass(frozen=True, slots=True)
class FoldedSentence:
    """One sentence: its place, and its folded words with line ends as spaces."""

    span: Span
    words: str

    def at(self, start: int, end: int) -> Span:
        """The document's span of ``words[start:end]``."""
        return Span(self.span.start + start, self.span.start + end)


# The note that gives the basis of an article, as our own drafts have it, and the word that readers put before any note.
_NOTE = re.compile(r" \(note :( fondement :)?")
# What a draft of ours says of itself, a line each.
_OF_ITSELF = ("projet tire de ", "clauses qui l'accompagnent et ne sont pas dans ce projet")
# An annex that a draft carries for the buyer alone.
_INTERNAL = re.compile(r"\(document interne\b")


def _made_from(folded: str) -> Iterator[Span]:
    """« Projet tiré de clauses modèles, droit vérifié le … »: the lines that a draft of ours begins with."""
    start = 0
    for line in folded.splitlines(keepends=True):
        if any(said in line for said in _OF_ITSELF):
            yield Span(start, start + len(line.rstrip("\n")))
        start += len(line)


def _internal_parts(document: Document) -> Iterator[Span]:
    headings = document.headings
    for index, heading in enumerate(headings):
        if _INTERNAL.search(fold(heading.title)):
            after = (other.span.start for other in headings[index + 1 :] if other.level <= heading.level)
            yield Span(heading.span.start, next(after, len(document.text)))


def _notes(folded: str) -> Iterator[Span]:
    for match in _NOTE.finditer(folded):
        yield Span(match.start(), _closing(folded, match.start() + 1)) if match[1] else Span(*match.span())


def _closing(text: str, opening: int) -> int:
    """Just after the parenthesis that closes the one at ``opening``; the end of the line where none does."""
    depth = 0
    for at in range(opening, len(text)):
        depth += (text[at] == "(") - (text[at] == ")")
        if depth == 0 or text[at] == "\n":
            return at + 1 if depth == 0 else at
    return len(text)


class Text:
    """A document under review.

    Args:
        document: what is reviewed.
        day: the day for which the law is read.

    Attributes:
        made_from: where a draft of ours says what it is made from, which is no clause.
    """

    def __init__(self, document: Document, day: date) -> None:
        self.document = document
        self.day = day
        folded = fold(document.text)
        self.made_from = tuple(_made_from(folded))
        # What is not the tender.
        self._asides = (*_internal_parts(document), *_notes(folded), *self.made_from)
        self.folded = blanked(folded, self._asides)

    @cached_property
    def view(self) -> View:
        """The document as the facts of a tender are read in it, without what is not the tender."""
        return View(replace(self.document, text=blanked(self.document.text, self._asides)), self.piece)

    @cached_property
    def piece(self) -> str:
        """CCAP, CCTP … as ``reading.piece`` guessed it, or "autre"."""
        return guessed(self.document)

    @cached_property
    def is_supplier_paper(self) -> bool:
        """Whether a supplier wrote it for its clients (general terms, service agreement): what it says of itself is no condition set by a buyer."""
        theirs = len(re.findall(r"\b(?:clients?|commanditaires?|cgvu?|cgu)\b", self.folded))
        ours = len(
            re.findall(
                r"\b(?:acheteur|pouvoir adjudicateur|titulaires?|maitre d'ouvrage|soumissionnaires?|candidats?|entrepreneur)\b",
                self.folded,
            )
        )
        return (
            self.piece in ("autre", "guide")
            and theirs > 2 * ours
            and theirs >= (_MANY_CLIENTS if ours else 2)
        )

    @property
    def is_whole(self) -> bool:
        """Whether the text is its piece whole, so that what is not there is missing: long, or short with a title and articles of its own."""
        return len(self.folded) >= WHOLE_CHARACTERS or (
            len(self.folded) >= SHORT_PIECE_CHARACTERS
            and _PIECE_NAME.search(self.folded, 0, _TITLE_WITHIN) is not None
            and len(_ARTICLES.findall(self.folded)) >= _MANY_ARTICLES
        )

    @cached_property
    def contents(self) -> tuple[Span, ...]:
        """The lines of its table of contents: they say what is dealt with further down, and nothing of how."""
        return tuple(self.view.contents())

    @cached_property
    def without_contents(self) -> str:
        """``folded`` as one line, with spaces for the lines of its table of contents."""
        return blanked(self.folded, self.contents).replace("\n", " ")

    @cached_property
    def sentences(self) -> tuple[FoldedSentence, ...]:
        """The sentences in text order, without titles and tables of contents: they announce, they do not oblige."""
        return tuple(
            FoldedSentence(sentence.span, sentence.span.of(self.folded).replace("\n", " "))
            for sentence in self.view.sentences
            if not sentence.is_title
        )

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        return tuple(sentence.span.start for sentence in self.sentences)

    @cached_property
    def _heading_starts(self) -> tuple[int, ...]:
        return tuple(heading.span.start for heading in self.document.headings)

    @property
    def titles(self) -> Iterator[str]:
        """The folded titles of its headings."""
        return (fold(heading.title) for heading in self.document.headings)

    def around(self, span: Span) -> str:
        """The folded words around ``span``, in the same article, the span's own included."""
        first = bisect_right(self._heading_starts, span.start)
        article_start = self._heading_starts[first - 1] if first else 0
        article_end = self._heading_starts[first] if first < len(self._heading_starts) else len(self.folded)
        start, end = (
            max(article_start, span.start - _NEAR_CHARACTERS),
            min(max(article_end, span.end), span.end + _NEAR_CHARACTERS),
        )
        return self.folded[start:end].replace("\n", " ")

    def article_of(self, span: Span) -> str | None:
        """The label of the heading that ``span`` stands under, or None before the first."""
        at = bisect_right(self._heading_starts, span.start)
        return self.document.headings[at - 1].label if at else None

    def first(self, pattern: re.Pattern[str]) -> Span:
        """Where ``pattern`` first stands in a sentence; the opening of the document where it stands nowhere. What is missing is said there."""
        for sentence in self.sentences:
            if match := pattern.search(sentence.words):
                return sentence.at(*match.span())
        return self.sentences[0].span if self.sentences else Span(0, len(self.folded))

    def quote_span(self, span: Span) -> Span:
        """The span to quote for a fault at ``span``: its sentence, or the words around the fault where it is very long."""
        at = bisect_right(self._starts, span.start) - 1
        if at < 0 or span.end > self.sentences[at].span.end:
            return span
        whole = self.sentences[at].span
        if len(whole) <= _MAX_QUOTE:
            return whole
        start = self.folded.rfind(" ", whole.start, max(whole.start, span.start - _QUOTE_MARGIN)) + 1
        end = self.folded.find(" ", min(whole.end, span.end + _QUOTE_MARGIN), whole.end)
        return Span(max(whole.start, start), end if end >= 0 else whole.end)
