"""Which lines of a text are its headings: by their number, by how numbers follow each other, and by their looks where these are known.

A heading is believed on evidence added up, never on its number alone: lists, quantities, references and tables of contents carry numbers too.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.datatypes import Heading, Span
from assistant.reading.numbering import Number, Rank, parse, split_number

__all__ = ["Line", "headings_of", "levelled", "split_number"]


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph or a line that may be a heading: its text as it stands at ``start`` in the document, and its looks (0, False: unknown).

    ``size`` is in points; ``gap`` is the white space above, in line heights. ``declared`` is the level that a style or an outline gives it, or None.
    ``label`` is the automatic number that ``text`` begins with. ``page`` is 1-based, 0 without pages.
    """

    text: str
    start: int
    page: int = 0
    size: float = 0.0
    bold: bool = False
    gap: float = 0.0
    declared: int | None = None
    label: str = ""


@dataclass(frozen=True, slots=True)
class _Candidate:
    line: Line
    number: Number | None
    title: str
    score: float


# A title longer than this is a sentence: the longest of 215 real ones has 113 characters.
MAX_TITLE_CHARACTERS = 180
# Score from which a line is a heading; weights below, chosen on the four labelled documents of ../shared/data/dce/headings_dev.jsonl.
_BELIEVED = 2.0
# A chapter's first sub-heading comes within this many numbered lines.
_LOOK_AHEAD = 40

# A line this much larger than the text is a title: emphasis stays under 1.15 in the documents at hand.
TITLE_SIZE = 1.25
_MAX_LOUD_CHARACTERS = 120

# Fewer titles under « Sommaire » may be the text itself.
_FEWEST_CONTENTS = 4
# What leads from a title of a table of contents to its page number.
LEADERS = r"(?:\.[ \xa0]?){4,}|…{2,}|_{5,}"
# "ARTICLE 16 – PÉNALITÉS .......... 8".
_LEADS_TO_A_PAGE = re.compile(rf"(?:{LEADERS})\s*\d")
# What a running line says that is worth keeping: not « Page 3 sur 12 », nor a number alone.
MORE_THAN_A_NUMBER = re.compile(r"(?!\W*page\b)(?=.*[^\W\d_]{3})", re.IGNORECASE)
_LEADERS = re.compile(rf"{LEADERS}|\t")
_ENDS_WITH_PAGE = re.compile(r"\D[ \xa0.…]+\d{1,3}$")
_CONTENTS = re.compile(r"(?:sommaire|table des mati[eè]res|contents|sommaire g[ée]n[ée]ral)\W*", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.;,][ \xa0]*$")
_OPENS = re.compile(r"[.;,:][ \xa0]*$")
_VERB_OR_UNIT = re.compile(r"(?:m²|m2|ml|kg|mm|cm|€|euros?|h|heures?|jours?|%|mois|ans?|x)\b", re.IGNORECASE)


def is_contents(text: str) -> bool:
    """Whether ``text`` is a line of a table of contents, told by the dots that lead to its page number."""
    return _LEADS_TO_A_PAGE.search(text) is not None


def headings_of(lines: Sequence[Line]) -> tuple[Heading, ...]:
    """The headings among ``lines``, in their order.

    Tables of contents are left out: a line with dot leaders, or lines that end with page numbers under « Sommaire ».
    """
    body = _body_size(lines)
    contents = contents_lines(lines)
    candidates = [found for index, line in enumerate(lines) if index not in contents and (found := _candidate(line, body))]
    return levelled([_heading(candidate) for candidate in _consistent(candidates)])


def contents_lines(lines: Sequence[Line]) -> frozenset[int]:
    """Indices of the lines of a table of contents."""
    found: set[int] = set()
    inside = 0
    for index, line in enumerate(lines):
        text = line.text.strip()
        ends_with_number = text[-1:].isdigit()
        if (len(text) < 40 and _CONTENTS.fullmatch(text)) or (ends_with_number and _LEADERS.search(text)):
            found.add(index)
            inside = 6  # a title cut on several lines bears its page number on the last one
        elif inside and text:
            if ends_with_number and _ENDS_WITH_PAGE.search(text[-40:]):
                found.add(index)
                inside = 6
            else:
                inside -= 1
    return frozenset(found | _unpaged_contents(lines))


def _unpaged_contents(lines: Sequence[Line]) -> set[int]:
    """The lines of a table of contents without page numbers: numbered titles right under « Sommaire », in order, with nothing between them."""
    found: set[int] = set()
    for index, line in enumerate(lines):
        if len(line.text.strip()) >= 40 or not _CONTENTS.fullmatch(line.text.strip()):
            continue
        run: list[int] = []
        last: tuple[int, ...] = ()
        for place in range(index + 1, len(lines)):
            text = lines[place].text.strip()
            if not text:
                continue
            parsed = parse(text)
            if parsed is None or len(text) > _MAX_LOUD_CHARACTERS or text[-1] in ".;,:" or parsed[0].counters <= last:
                break
            run.append(place)
            last = parsed[0].counters
        if len(run) >= _FEWEST_CONTENTS:
            found.update(run)
    return found


def _body_size(lines: Sequence[Line]) -> float:
    weights: Counter[float] = Counter()
    for line in lines:
        weights[line.size] += len(line.text)
    return weights.most_common(1)[0][0] if weights else 0.0


def _candidate(line: Line, body: float) -> _Candidate | None:
    text = line.text.strip()
    if not text or len(text) > MAX_TITLE_CHARACTERS or "|" in text:
        return None
    if line.declared is not None:
        return _Candidate(line, None, text, _BELIEVED)
    parsed = parse(text)
    if parsed is None:
        return _Candidate(line, None, text, _BELIEVED) if _stands_out(line, text, body) else None
    number, title = parsed
    score = _score(line, number, title, body)
    return _Candidate(line, number, title, score) if score > 0 else None


def _stands_out(line: Line, text: str, body: float) -> bool:
    """Whether a line without number is a title by its size alone. The first page's large lines are the document's own title."""
    if line.page <= 1 or line.size < TITLE_SIZE * body or len(text) > _MAX_LOUD_CHARACTERS:
        return False
    return sum(character.isalpha() for character in text) > len(text) // 2 and text[0].isupper() and not _OPENS.search(text)


def _score(line: Line, number: Number, title: str, body: float) -> float:
    letters = [character for character in title if character.isalpha()]
    if _LEADERS.search(title):
        return 0.0  # a line to fill in, or a recapitulation
    if not letters and number.rank not in (Rank.ANNEX, Rank.ARTICLE):
        return 0.0
    if not title and not number.firm:
        return 0.0
    score = 1.5 if number.firm else 0.5
    score += 0.5 if title[:1].isupper() else -1.0 if title[:1].islower() else 0.0
    score += 0.5 if letters and all(letter.isupper() for letter in letters) else 0.0
    score += 1.0 if line.bold else 0.0
    score += 1.0 if body and line.size > body * 1.08 else 0.0
    score -= 1.5 if _SENTENCE_END.search(title) and len(title) > 60 else 0.5 if _SENTENCE_END.search(title) else 0.0
    score -= 1.0 if len(title) > 110 else 0.0
    score -= 2.0 if _VERB_OR_UNIT.match(title) else 0.0
    score -= 1.0 if number.rank in (Rank.LETTER, Rank.DEGREE) else 0.0
    return score


def _consistent(candidates: Sequence[_Candidate]) -> list[_Candidate]:
    """The candidates that are believed once it is known which numbers precede and follow them."""
    kept: list[_Candidate] = []
    seen: set[tuple[int, ...]] = set()
    for index, candidate in enumerate(candidates):
        if candidate.number is None:
            kept.append(candidate)
            continue
        score = candidate.score + _following(candidate.number, seen, candidates[index + 1 : index + 1 + _LOOK_AHEAD])
        if score >= _BELIEVED:
            kept.append(replace(candidate, score=score))
            seen.add(candidate.number.counters)
    best: dict[tuple[int, ...], float] = {}
    for candidate in kept:
        if candidate.number and candidate.number.rank is Rank.ARTICLE:
            best[candidate.number.counters] = max(candidate.score, best.get(candidate.number.counters, 0.0))
    return [candidate for candidate in kept if not _is_outdone(candidate, best)]


def _is_outdone(candidate: _Candidate, best: dict[tuple[int, ...], float]) -> bool:
    """Whether a lone number comes again and looks more like a heading there: this one is an item of a list (``2 - Durant la phase Chantier``)."""
    number = candidate.number
    return number is not None and not number.firm and number.rank is Rank.ARTICLE and best[number.counters] >= candidate.score + 1


def _following(number: Number, seen: set[tuple[int, ...]], later: Sequence[_Candidate]) -> float:
    """Evidence from the other numbers: it comes after its elder or opens its parent's list; a lone ``1`` has children (``1.1``)."""
    *parents, own = number.counters
    parent = tuple(parents)
    if number.rank in (Rank.LETTER, Rank.DEGREE, Rank.CAPITAL, Rank.ROMAN):
        return 0.0
    score = 0.0
    if (own > 1 and (*parent, own - 1) in seen) or (own == 1 and (not parent or parent in seen)):
        score += 0.5
    elif parent and parent not in seen:
        score -= 0.5  # an orphan
    elif own > 1 and not number.firm:
        score -= 1.5  # a lone number that follows none: "10 Route de Veauche"
    if not number.firm:
        child = (*number.counters, 1)
        if any(other.number and other.number.counters[: len(child)] == child for other in later):
            score += 1.0
    return score


def _heading(candidate: _Candidate) -> Heading:
    line = candidate.line
    raw = line.text
    stripped = raw.strip()
    at = line.start + len(raw) - len(raw.lstrip())
    span = Span(at, at + len(stripped))
    if candidate.number:
        return Heading(int(candidate.number.rank), candidate.number.printed, candidate.title, span)
    if line.label:
        found = parse(line.label + " X")
        printed = found[0].printed if found else line.label.rstrip(" .:–—-")
        return Heading(line.declared or 1, printed, stripped[len(line.label) :].strip(), span)
    number, title = split_number(stripped)
    return Heading(line.declared or int(Rank.SUBSECTION), number, title, span)


def levelled(headings: Sequence[Heading]) -> tuple[Heading, ...]:
    """Headings whose level (any integer that grows inwards) becomes their depth: 1, 2, 3 … without holes on the way down."""
    found: list[Heading] = []
    open_levels: list[int] = []
    for heading in headings:
        while open_levels and open_levels[-1] >= heading.level:
            open_levels.pop()
        open_levels.append(heading.level)
        found.append(replace(heading, level=len(open_levels)))
    return tuple(found)
