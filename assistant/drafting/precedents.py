"""Precedents: the articles of the indexed framework agreements and tenders, as clauses that may serve again.

One article is one precedent, its sub-articles inside it, and each of these can be taken alone. An article is the outermost numbered heading that is neither a
part of the document nor longer than a lawyer would take whole; a longer one is taken by its sub-articles. What is no clause stays out: tables of contents,
signatures, forms to be filled in, notices and price schedules, and, in a guide, whatever is not an example of a clause.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.datatypes import Document, Heading, Kind, Precedent, PrecedentPart, Span
from assistant.drafting import subjects
from assistant.french.folding import fold_line
from assistant.french.months import MONTH, MONTH_NUMBERS
from assistant.tender.pieces import NAMES

KINDS = (Kind.FRAMEWORK, Kind.TENDER)
# What stands between the source and the number in the id of a precedent: no id of a model clause has it.
MARK = "#"
ANNEX = "annexe"
# A page and a half. A longer article holds several clauses, each under its own sub-heading (general terms of a provider: articles of five pages).
MOST_CHARACTERS = 4000
# A heading with less below it is a bare title, or refers elsewhere.
FEWEST_CHARACTERS = 40
# A document without headings and shorter than this is a label or a cover.
FEWEST_OF_A_DOCUMENT = 200
# A notice announces, a schedule prices: neither has clauses.
_WITHOUT_CLAUSES = frozenset(("avis", "BPU", "DQE"))
_GUIDE = "guide"
# Documents whose own parts say which piece an article belongs to.
_SEVERAL_PIECES = frozenset(("CCP", _GUIDE, "autre"))
_DEFAULT_PIECE = "autre"

_PART = re.compile(r"(?:partie|titre|chapitre|livre|volume|tome|section|annexe s|sous-partie)\b")
# Guides number the examples of clauses that a buyer is to insert « X.1 », « X.1.2 ».
_EXAMPLE_NUMBER = re.compile(r"(?P<number>X(?:\.\d{1,2})+)\.? +(?P<title>\S.*)")
_EXAMPLE_LINE = re.compile(rf"^{_EXAMPLE_NUMBER.pattern}$", re.MULTILINE)
# « → CAHIER DES CLAUSES TECHNIQUES PARTICULIÈRES (CCTP) »: where the examples for one piece begin.
_EXAMPLES_PIECE = re.compile(r"^→ *(?P<title>(?:CAHIER|RÈGLEMENT|ACTE) .+)$", re.MULTILINE | re.IGNORECASE)
# Both stand below every heading of the document.
_EXAMPLES_LEVEL, _OUTERMOST_EXAMPLE = 99, 100

# A document that holds several pieces calls them by their names, or by what they hold.
_CHAPTERS = {
    "RC": rf"{NAMES['RC'].pattern}|reglement consultation|criteres d'attribution",
    "AE": NAMES["AE"].pattern,
    "CCAP": rf"{NAMES['CCAP'].pattern}|(?:clauses|charges|dispositions) administratives",
    "CCTP": rf"{NAMES['CCTP'].pattern}|(?:clauses|exigences|specifications|prescriptions|dispositions|charges) techniques",
}

_PIECE_TITLE = re.compile(r"(?:cahier|reglement|acte)\b")

_CONTENTS_TITLE = re.compile(
    r"sommaire|tables? des matieres|contents|plan du document|historique (?:des versions|du document)|suivi des versions"
)
_CONTENTS_LINE = re.compile(r"(?:\.{3,}|…|\t| {3,})\s*\d{1,3}\s*$|\]\(#")
_SIGNATURE_TITLE = re.compile(
    r"\bsignatures?\b(?! (?:electronique|de la commande))|signataires?|date et signature|visas?$"
)
_SIGNATURE = re.compile(
    r"fait (?:a|en)\b.{0,60}\ble\b|lu et approuve|cachet (?:de|du)|pour le (?:titulaire|prestataire|client|commanditaire)\s*:"
)
_SIGNATURE_CHARACTERS = 700
_FORM_TITLE = re.compile(
    r"a (?:remplir|completer|renseigner) par|cadre (?:de reponse|a remplir|du memoire)|formulaire|identification du (?:candidat|contractant|signataire)"
)
_BLANK = re.compile(r"_{4,}|\.{6,}|…{2,}|[☐□❑]|\[ ?\]|\( ?\)")
# A blank in every 150 characters: the page waits for a pen.
_FORM_BLANKS, _FORM_DENSITY = 3, 1 / 150

_DATE = re.compile(
    rf"(?:(?P<day>\d{{1,2}})(?:er)? )?(?P<month>{MONTH}) (?P<year>(?:19|20)\d\d)"
    r"|(?P<day_>\d{1,2})[/.-](?P<month_>\d{1,2})[/.-](?P<year_>(?:19|20)\d\d)"
)
# What a date on a cover is the date of; a law's own date is none.
_DATED = re.compile(
    r"date|version|edition|etabli|mis(?:e)? a jour|maj\b|en vigueur|applicable|notifi|lance|publi|signe|remise|\ble$|revis|approuve|^\W*$|du$|au$|depuis",
    re.IGNORECASE,
)
_LAW = re.compile(
    r"(?:loi|arrete|decret|ordonnance|directive|reglement|circulaire|instruction|accord|ccag(?:-\w+)?|article)s?[^.;]{0,60}$"
)
_COVER_CHARACTERS = 3000


@dataclass(frozen=True, slots=True)
class _Node:
    """A heading with all that stands below it."""

    heading: Heading
    span: Span
    above: tuple[Heading, ...]
    children: tuple["_Node", ...]

    @property
    def own(self) -> Span:
        """The heading and what stands before its first sub-heading."""
        return Span(self.span.start, self.children[0].span.start if self.children else self.span.end)


def extract(document: Document) -> tuple[Precedent, ...]:
    """The precedents of a document, in its order; none for what is neither a framework agreement nor a tender, or has no clauses."""
    piece = _piece(document)
    if document.source.kind not in KINDS or piece in _WITHOUT_CLAUSES:
        return ()
    headings, examples = _headings(document)
    if not headings:
        return _whole(document, piece)
    nodes = [node for node in _articles(_tree(document.text, headings)) if not examples or _is_example(node)]
    kept = [node for node in nodes if _is_clause(document.text, node) and (piece != _GUIDE or examples)]
    dated = dated_of(document)
    return tuple(_identified(document, [_precedent(document, node, piece, dated) for node in kept]))


def _whole(document: Document, piece: str) -> tuple[Precedent, ...]:
    """A short document without headings is one clause under its own title (an order of precedence on a page of its own)."""
    start = len(document.text) - len(document.text.lstrip())
    node = _Node(
        Heading(1, None, document.source.title, Span(start, start)), Span(start, len(document.text)), (), ()
    )
    if (
        piece == _GUIDE
        or not FEWEST_OF_A_DOCUMENT <= len(document.text.strip()) <= MOST_CHARACTERS
        or not _is_clause(document.text, node)
    ):
        return ()
    return tuple(_identified(document, [_precedent(document, node, piece, dated_of(document))]))


def named(document: Document, id_: str) -> Precedent | None:
    """The precedent of that id, or the sub-article of that id as a precedent of its own; None where the document has none."""
    for precedent in extract(document):
        if precedent.id == id_:
            return precedent
        for part in precedent.parts:
            if part.id == id_:
                return alone(document, precedent, part)
    return None


def alone(document: Document, precedent: Precedent, part: PrecedentPart) -> Precedent:
    """A sub-article as a precedent of its own."""
    text = part.span.of(document.text)
    return replace(
        precedent,
        id=part.id,
        number=part.number,
        title=part.title,
        headings=(*precedent.headings, precedent.label),
        pages=document.pages_of(part.span),
        span=part.span,
        text=text,
        subject=part.subject,
        parts=(),
    )


def source_of(id_: str) -> str:
    """The id of the source that a precedent's id names."""
    return id_.partition(MARK)[0]


def is_precedent_id(id_: str) -> bool:
    """Whether an id is a precedent's, not a model clause's."""
    return MARK in id_


# ---- articles ---------------------------------------------------------------------------------------------------------------------------


def _headings(document: Document) -> tuple[tuple[Heading, ...], bool]:
    """The headings of a document, those of its examples of clauses numbered, and whether it has such examples."""
    found = []
    for heading in document.headings:
        example = _EXAMPLE_NUMBER.fullmatch(heading.title) if heading.number is None else None
        found.append(
            replace(heading, number=example["number"], title=example["title"]) if example else heading
        )
    taken = [heading.span for heading in found]
    lines = [
        Heading(
            _OUTERMOST_EXAMPLE + match["number"].count("."),
            match["number"],
            match["title"],
            Span(*match.span()),
        )
        for match in _examples(document)
    ]
    if lines:
        lines += [
            Heading(_EXAMPLES_LEVEL, None, match["title"], Span(*match.span()))
            for match in _EXAMPLES_PIECE.finditer(document.text)
        ]
    found += [line for line in lines if not any(line.span.overlaps(other) for other in taken)]
    ordered = tuple(sorted(found, key=lambda heading: heading.span))
    return ordered, any(heading.number and heading.number.startswith("X.") for heading in ordered)


def _examples(document: Document) -> Iterator[re.Match[str]]:
    return _EXAMPLE_LINE.finditer(document.text)


def _is_example(node: _Node) -> bool:
    """In a document of examples: numbered as one, or under the name of a piece."""
    around = (*node.above, node.heading)
    return any((heading.number or "").startswith("X.") or _named_piece(heading.label) for heading in around)


def _tree(text: str, headings: Sequence[Heading]) -> tuple[_Node, ...]:
    return tuple(_branches(headings, 0, len(headings), len(text), ()))


def _branches(
    headings: Sequence[Heading], first: int, last: int, end: int, above: tuple[Heading, ...]
) -> Iterator[_Node]:
    """The outermost headings of ``headings[first:last]``, which end at ``end``: each goes on to the next that is as high."""
    at = first
    while at < last:
        heading = headings[at]
        following = next(
            (index for index in range(at + 1, last) if headings[index].level <= heading.level), last
        )
        stop = headings[following].span.start if following < last else end
        children = tuple(_branches(headings, at + 1, following, stop, (*above, heading)))
        yield _Node(heading, Span(heading.span.start, stop), above, children)
        at = following


def _articles(nodes: Sequence[_Node]) -> Iterator[_Node]:
    for node in nodes:
        part = bool(_PART.match(fold_line(node.heading.label))) or bool(_named_piece(node.heading.label))
        if not node.children or (not part and len(node.span) <= MOST_CHARACTERS):
            yield node
            continue
        if not part:  # what a long article says before its first sub-article
            yield replace(node, span=node.own, children=())
        yield from _articles(node.children)


def _is_clause(text: str, node: _Node) -> bool:
    body = Span(min(node.heading.span.end, node.span.end), node.span.end).of(text)
    title, folded = fold_line(node.heading.label), fold_line(body)
    if len(folded) < FEWEST_CHARACTERS:
        return False
    if _CONTENTS_TITLE.search(title) or _SIGNATURE_TITLE.search(title) or _FORM_TITLE.search(title):
        return False
    if len(folded) < _SIGNATURE_CHARACTERS and _SIGNATURE.search(folded):
        return False
    lines = [line for line in body.splitlines() if line.strip()]
    if sum(bool(_CONTENTS_LINE.search(line)) for line in lines) > len(lines) / 2:
        return False
    blanks = len(_BLANK.findall(body))
    return blanks < _FORM_BLANKS or blanks < len(body) * _FORM_DENSITY


def _precedent(document: Document, node: _Node, piece: str, dated: date | None) -> Precedent:
    span = _trimmed(document.text, node.span)
    parts = tuple(
        PrecedentPart(
            "",
            below.heading.number,
            below.heading.title,
            _trimmed(document.text, below.span),
            _subject(document.text, below),
        )
        for below in _below(node)
        if len(below.span) - len(below.heading.span) >= FEWEST_CHARACTERS
    )
    text = span.of(document.text)
    return Precedent(
        id="",
        source=document.source,
        number=node.heading.number,
        title=node.heading.title,
        headings=tuple(heading.label for heading in node.above),
        piece=_piece_of(node, piece),
        dated=dated,
        pages=document.pages_of(span),
        span=span,
        text=text,
        subject=_subject(document.text, node),
        parts=parts,
    )


def _subject(text: str, node: _Node) -> str | None:
    return subjects.of_article(
        node.heading.title, node.span.of(text), node.above[-1].title if node.above else ""
    )


def _below(node: _Node) -> Iterator[_Node]:
    for child in node.children:
        yield child
        yield from _below(child)


def _trimmed(text: str, span: Span) -> Span:
    return Span(span.start, span.start + len(span.of(text).rstrip()))


def _identified(document: Document, precedents: Sequence[Precedent]) -> Iterator[Precedent]:
    """The precedents with their ids: the number where it is one article's alone, else the place."""
    of_parts = (part.number for whole in precedents for part in whole.parts)
    numbers = Counter(short_number(number) for number in (*(whole.number for whole in precedents), *of_parts))

    def id_of(number: str | None, span: Span) -> str:
        short = short_number(number)
        return f"{document.source.id}{MARK}{short if short and numbers[short] == 1 else f'@{span.start}'}"

    for whole in precedents:
        yield replace(
            whole,
            id=id_of(whole.number, whole.span),
            parts=tuple(replace(part, id=id_of(part.number, part.span)) for part in whole.parts),
        )


def short_number(number: str | None) -> str:
    """``ARTICLE 24`` → ``24``, ``ANNEXE 2`` → ``annexe-2``, ``5.2.`` → ``5.2``, nothing → nothing."""
    words = fold_line(number or "").rstrip(".").split()
    if words and words[0] in ("article", "art", "art."):
        words = words[1:]
    return "-".join(words).upper() if words and words[0].startswith("x.") else "-".join(words)


# ---- piece and date ----------------------------------------------------------------------------------------------------------------------


def _piece(document: Document) -> str:
    guessed = dict(document.metadata).get("piece", "").split(" ")[0]
    return guessed or _DEFAULT_PIECE


def _named_piece(title: str) -> str | None:
    """The one piece that a heading names; None where it names none, or several."""
    folded = fold_line(title)
    found = [piece for piece, chapter in _CHAPTERS.items() if re.search(chapter, folded)]
    return found[0] if len(found) == 1 else None


def _piece_of(node: _Node, piece: str) -> str:
    around = [*reversed(node.above), node.heading]
    if any(fold_line(heading.label).startswith(ANNEX) for heading in around):
        return ANNEX
    if piece not in _SEVERAL_PIECES:
        return piece
    own = [node.heading] if _PIECE_TITLE.match(fold_line(node.heading.title)) else []
    return next(
        (name for heading in (*own, *reversed(node.above)) if (name := _named_piece(heading.label))), piece
    )


def dated_of(document: Document) -> date | None:
    """The day that the cover, or a line repeated on every page, says is the document's; the first of the month where it says no day; None where it says none.

    The dates of the file are not read: a copy, a conversion or a template changes them.
    """
    repeated = "\n".join(dict.fromkeys(value for key, value in document.metadata if key == "repeated_line"))
    front = dict(document.metadata).get("front_matter", "")
    cover = document.text[:_COVER_CHARACTERS]
    if document.pages:
        cover = (
            cover[: max(document.pages[0].span.end, 1)]
            if len(document.pages[0].span) > FEWEST_CHARACTERS
            else cover
        )
    for text in (front, cover, repeated):
        for line in text.splitlines():
            day = _dated_line(fold_line(line))
            if day is not None:
                return day
    return None


def _dated_line(line: str) -> date | None:
    for match in _DATE.finditer(line):
        before = line[: match.start()].rstrip()
        if _LAW.search(before) or not _DATED.search(before):
            continue
        try:
            if match["year"]:
                return date(int(match["year"]), MONTH_NUMBERS[match["month"]], int(match["day"] or 1))
            return date(int(match["year_"]), int(match["month_"]), int(match["day_"]))
        except ValueError:
            continue
    return None
