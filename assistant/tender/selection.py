"""Choosing the sentences that state a clause: under a title of that name first, else where strong words say it; the most telling ones, in text order."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.datatypes import Span
from assistant.tender.fact import Fact
from assistant.tender.view import Section, Sentence, View

# A cell of a table holds this much and is still read; the whole clause is one click away.
MOST_SENTENCES = 3
MOST_CHARACTERS = 900
# A sentence that announces a list is quoted with the items that come within this many characters.
_LIST_CHARACTERS = 420
# Shorter pieces are scraps of titles or of tables.
_SHORTEST = 18
# But for the whole text of a clause that says in a word that there is none.
NOTHING = re.compile(
    r"\W*(?:sans objet|neant|aucune?s?|non(?: (?:prevue?s?|applicable|exigee?s?|autorisee?s?|requise?s?))?|pas (?:de |d')\w+)\W*"
)

# What binds the holder is the clause; what introduces it is not.
_OBLIGATION = re.compile(
    r"\b(?:titulaires?|prestataires?|entreprises?|entrepreneurs?|attributaires?)\b[^.;\n]{0,60}\b(?:s'engage\w*|doi\w+|devr\w+|est tenu|"
    r"sont tenu\w*|veill\w+|justifi\w+|souscri\w+|cede\w*|concede\w*|reserve\w*|respect\w+|remet\w*)"
)
_PREAMBLE = re.compile(r"^(?:preambule|presentation|contexte|definitions?|introduction)\b")

NEVER = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True)
class Sought:
    """How a clause is known. Patterns meet folded text.

    ``title`` names its heading; ``words`` state it in a sentence that stands anywhere, and hold one of ``needles``; ``signs`` are what its sentences say when
    they say something (each distinct sign counts); ``never`` marks sentences about another matter. ``not_in`` are the pieces where it is not looked for at
    all; in ``loose_not_in`` the ``words`` alone are not believed, without a heading. ``may_be_none``: "Sans objet" under its heading says that there is none.
    ``shortest``: in characters, of a sentence that says something ("Prix fermes."). ``anywhere``: words that are believed in every piece.
    """

    title: re.Pattern[str]
    words: re.Pattern[str]
    signs: tuple[re.Pattern[str], ...]
    needles: tuple[str, ...]
    never: re.Pattern[str] = NEVER
    not_in: frozenset[str] = frozenset()
    loose_not_in: frozenset[str] = frozenset()
    sentences: int = MOST_SENTENCES
    may_be_none: bool = False
    shortest: int = _SHORTEST
    anywhere: re.Pattern[str] = NEVER


def clause(view: View, sought: Sought) -> Fact | None:
    """The sentences that state a clause, or None."""
    if view.piece in sought.not_in:
        return None
    titled = view.titled(sought.title)
    own = [section for section in titled if section.named(sought.title)]
    found = _telling([sentence for section in titled for sentence in view.within(section)], sought)
    # « Garanties financières », then « Retenue de garantie : néant » and « Avance : … »: where something is told, only what bears its own name says that
    # there is none.
    if (
        sought.may_be_none
        and (nothing := said_to_be_none(view, own if found else titled))
        and not _telling([sentence for section in own for sentence in view.within(section)], sought)
    ):
        return nothing
    if not found and (view.piece not in sought.loose_not_in or (view.piece == "RC" and view.is_contract)):
        said = [
            sentence
            for sentence in view.sentences_with(*sought.needles)
            if sought.words.search(sentence.about)
        ]
        found = _telling([sentence for sentence in said if not _is_cover(view, sentence)], sought)
    if not found and sought.anywhere is not NEVER:
        found = _telling(
            [
                sentence
                for sentence in view.sentences_with(*sought.needles)
                if sought.anywhere.search(sentence.text)
            ],
            sought,
        )
    return fact_of(view, found[: sought.sentences])


def _is_cover(view: View, sentence: Sentence) -> bool:
    """Whether a line stands before the first heading and is no sentence: what is bought may be called « gestion des déchets »."""
    return (
        sentence.section.heading is None
        and len(view.sections) > 1
        and sentence.text.rstrip()[-1:] not in ".;"
    )


def said_to_be_none(view: View, sections: Sequence[Section]) -> Fact | None:
    """The first of some clauses whose whole text is « Sans objet » or the like, quoted with its heading."""
    for section in sections:
        sentences = [one for one in view.within(section) if any(map(str.isalnum, one.text))]
        if len(sentences) == 1 and NOTHING.fullmatch(sentences[0].text):
            span = sentences[0].span
            return Fact(view.words(span), (_with_heading(view, sentences[0], span),))
    return None


def _telling(sentences: Sequence[Sentence], sought: Sought) -> list[Sentence]:
    """The sentences worth quoting, best first; the first of a clause opens it and counts a little more."""
    scored = []
    seen: set[str] = set()
    for order, sentence in enumerate(sentences):
        text = sentence.text.strip()
        if len(text) < sought.shortest or text in seen or sought.never.search(text) or is_blank_form(text):
            continue
        seen.add(text)
        signs = sum(2.0 for sign in sought.signs if sign.search(text))
        signs += 1.5 if signs and _OBLIGATION.search(text) else 0.0
        signs -= 2.0 if sentence.section.under(_PREAMBLE) else 0.0
        scored.append(
            (
                signs
                + (1.5 if order == 0 else 0.0)
                + (0.5 if sought.words.search(text) else 0.0)
                - 0.01 * order,
                order,
                sentence,
            )
        )
    scored.sort(key=lambda one: (-one[0], one[1]))
    return [sentence for _, _, sentence in scored]


def is_blank_form(text: str) -> bool:
    """Whether a folded line is a blank to be filled in (dots, underscores, XX) and says nothing yet."""
    return re.search(r"\.{5,}|…{2,}|_{3,}", text) is not None and len(re.sub(r"[\W_]", "", text)) < 60


def fact_of(
    view: View, sentences: Sequence[Sentence], value: str | None = None, normal: tuple[str, ...] = ()
) -> Fact | None:
    """Sentences, best first, as a fact: quoted best first, and as a value in text order."""
    kept, total = list[Sentence](), 0
    for sentence in sentences:
        if kept and total + len(sentence.span) > MOST_CHARACTERS:
            continue
        kept.append(sentence)
        total += len(sentence.span)
    if not kept:
        return None
    spans = tuple(with_list(view, sentence) for sentence in kept)
    return Fact(
        value or in_order(view, spans),
        tuple(_with_heading(view, sentence, span) for sentence, span in zip(kept, spans, strict=True)),
        normal,
    )


def _with_heading(view: View, sentence: Sentence, span: Span) -> Span:
    """The first sentence of a clause is quoted with the heading above it, which says what it is about."""
    heading = sentence.section.heading
    if (
        heading is None
        or view.folded[heading.span.end : span.start].strip(" \n:.-")
        or view.document.pages_of(heading.span) != view.document.pages_of(span)
    ):
        return span
    return Span(heading.span.start, span.end)


def in_order(view: View, spans: Sequence[Span]) -> str:
    """The words of spans in text order, « […] » where something was left out; rows of a table as « cause : sum ; cause : sum »."""
    parts: list[str] = []
    last: Span | None = None
    row = False
    titles = _titles_of_columns(view, spans)
    for span in sorted(set(spans)):
        if (last is not None and span.start < last.end) or span == titles:
            continue
        was_row, row = row, "|" in span.of(view.folded)
        if last is not None:
            beside = not view.folded[last.end : span.start].strip(" \n-•o.;")
            parts.append(" […] " if not beside else " ; " if row and was_row else " ")
        parts.append(view.row(span) if row else view.words(span))
        last = span
    return "".join(parts)


def _titles_of_columns(view: View, spans: Sequence[Span]) -> Span | None:
    """The head of a table among the rows quoted from it: it has no number, and they have."""
    rows = sorted(span for span in spans if "|" in span.of(view.folded))
    numbered = [re.search(r"\d", span.of(view.folded)) is not None for span in rows]
    return rows[0] if len(rows) > 1 and not numbered[0] and all(numbered[1:]) else None


def with_list(view: View, sentence: Sentence) -> Span:
    """The sentence, and the list that it announces (« : ») as far as it fits."""
    end = sentence.span.end
    if not sentence.text.rstrip().endswith(":"):
        return sentence.span
    for following in view.sentences[sentence.index + 1 :]:
        if (
            following.section is not sentence.section
            or following.span.end - sentence.span.start > _LIST_CHARACTERS
        ):
            break
        end = following.span.end
    return Span(sentence.span.start, end)


def first_words(section: Section, view: View) -> Sentence | None:
    """The first sentence of a clause that is more than a scrap."""
    return next(
        (
            sentence
            for sentence in view.within(section)
            if len(sentence.text.strip()) >= _SHORTEST and not is_blank_form(sentence.text)
        ),
        None,
    )
