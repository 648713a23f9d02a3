"""Which lines of a text are its headings: by their number, by how numbers follow each other, and by their looks where these are known.

A heading is believed on evidence added up, never on its number alone: lists, quantities, references and tables of contents carry numbers too.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from assistant.datatypes import Heading, Problem, Span
from assistant.errors import ModelFileError
from assistant.reading.numbering import PARTS, Number, Rank, parse, split_number

__all__ = ["Line", "Titled", "headings_of", "levelled", "split_number", "titled"]


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph or a line that may be a heading: its text as it stands at ``start`` in the document, and its looks (0, False: unknown).

    ``size`` is in points; ``gap`` is the white space above, in line heights. ``declared`` is the level that a style or an outline gives it, or None.
    ``label`` is the automatic number that ``text`` begins with. ``page`` is 1-based, 0 without pages. ``ink`` is the colour (RGB); ``left`` and ``right`` are
    the ends of its first printed line, in points. ``lead`` is how many of its first characters are written otherwise than the rest (0: none), a title on the
    line of its text: ``bold``, ``italic`` and ``ink`` are then theirs. ``beside`` says that it stands in the margin, beside its text.
    """

    text: str
    start: int
    page: int = 0
    size: float = 0.0
    bold: bool = False
    gap: float = 0.0
    declared: int | None = None
    label: str = ""
    italic: bool = False
    ink: int = 0
    left: float = 0.0
    right: float = 0.0
    lead: int = 0
    beside: bool = False

    def title(self) -> "Line":
        """What of it may be a title: its first words where these are written otherwise, without the sign that parts them from the rest; else all of it."""
        return replace(self, text=self.text[: self.lead].rstrip(PARTS)) if self.lead else self


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A line that may be a heading. ``end`` is where its title ends in the document."""

    line: Line
    number: Number | None
    title: str
    score: float
    end: int


class Titled(NamedTuple):
    """The headings of a document in their order, and why some may lack: the reader of titles is damaged, and numbers alone were followed."""

    headings: tuple[Heading, ...]
    problems: tuple[Problem, ...] = ()


# A title longer than this is a sentence: the longest of 215 real ones has 113 characters.
MAX_TITLE_CHARACTERS = 180
# Score from which a line is a heading; weights below, chosen on the four labelled documents of ../shared/data/dce/headings_dev.jsonl.
_BELIEVED = 2.0
# What the reader of titles says of a numbered line counts so much for it, within these log odds; against it where the next line goes on.
_SEEN, _MOST_SEEN = 0.6, 6.0
# So sure.
_SURE = 4.5
# A chapter's first sub-heading comes within this many numbered lines.
_LOOK_AHEAD = 40

# A line this much larger than the text is a title: emphasis stays under 1.15 in the documents at hand.
TITLE_SIZE = 1.25
_MAX_LOUD_CHARACTERS = 120
# A line this much larger than the text is set apart from it: producers round sizes.
_LARGER = 1.08
# With fewer titles in styles, these may be the cover's.
_FEWEST_STYLED = 3
# « 4.2 Délais. Le titulaire … »: believed where this many, and most of the numbered paragraphs of the rank, begin so.
_RUN_IN = re.compile(
    r"(?P<title>[A-ZÀ-Ý][^.:;|]{2,48}[^\W\d_]|[A-ZÀ-Ý][^\W\d_]{2,})(?:\. (?=[A-ZÀ-Ý\d«]).{12}| ?[:–—] .{30})"
)
_FEWEST_RUN_IN = 2
_MOST = 0.7
# With its place in the sequence, believed; without it, not.
_RUN_IN_SCORE = 1.5

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
_CONTENTS = re.compile(
    r"(?:sommaire|table des mati[eè]res|contents|sommaire g[ée]n[ée]ral)\W*", re.IGNORECASE
)
_SENTENCE_END = re.compile(r"[.;,][ \xa0]*$")
_OPENS = re.compile(r"[.;,:][ \xa0]*$")
_VERB_OR_UNIT = re.compile(r"(?:m²|m2|ml|kg|mm|cm|€|euros?|h|heures?|jours?|%|mois|ans?|x)\b", re.IGNORECASE)


_LISTS = (Rank.LETTER, Rank.DEGREE, Rank.CAPITAL, Rank.ROMAN)
_NOTHING = Line("", 0)


def is_contents(text: str) -> bool:
    """Whether ``text`` is a line of a table of contents, told by the dots that lead to its page number."""
    return _LEADS_TO_A_PAGE.search(text) is not None


def headings_of(lines: Sequence[Line]) -> tuple[Heading, ...]:
    """The headings among ``lines``, in their order: see ``titled``."""
    return titled(lines).headings


def titled(lines: Sequence[Line]) -> Titled:
    """The headings among ``lines``.

    Tables of contents are left out: a line with dot leaders, or lines that end with page numbers under « Sommaire ».
    """
    body = _body_size(lines)
    contents = contents_lines(lines)
    run_in = _run_in_ranks(lines)
    evidence, problems = _evidence(lines, contents)
    bar = _bar(lines, evidence)
    candidates: list[_Candidate] = []
    taken = -1
    for index, line in enumerate(lines):
        after = lines[index + 1] if index + 1 < len(lines) else _NOTHING
        if index in contents or index == taken:
            continue
        found = _candidate(line, after, body, run_in, evidence[index], bar)
        if found and not found.title and found.number and found.number.firm and _titles(after, body):
            taken = index + 1
            found = replace(found, title=after.text.strip(), end=after.start + len(after.text.rstrip()))
        candidates += [found] if found else []
    return Titled(levelled([_heading(candidate) for candidate in _consistent(candidates)]), problems)


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
            parsed = parse(text)
            if ends_with_number and _ENDS_WITH_PAGE.search(text[-40:]) and (parsed is None or parsed[1]):
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
            if (
                parsed is None
                or len(text) > _MAX_LOUD_CHARACTERS
                or text[-1] in ".;,:"
                or parsed[0].counters <= last
            ):
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


def _candidate(
    line: Line, after: Line, body: float, run_in: frozenset[Rank], evidence: float, bar: float
) -> _Candidate | None:
    if (
        line.lead
        and line.declared is None
        and "|" not in line.text
        and (led := _dressed(line, after, body, evidence, bar))
    ):
        return led
    text = line.text.strip()
    end = line.start + len(line.text.rstrip())
    if not text or "|" in text:
        return None
    parsed = parse(text)
    if (
        len(text) > MAX_TITLE_CHARACTERS
    ):  # no title, unless it begins with one: what follows looks at the whole of it
        return _led(line, parsed, run_in)
    if line.declared is not None:
        return _Candidate(line, None, text, _BELIEVED, end)
    if "\n" in text:
        return None
    if parsed is None:
        return (
            _Candidate(line, None, text, _BELIEVED, end)
            if not text[0].isdigit() and evidence > (bar if ":" in text else 0.0)
            else None
        )
    number, title = parsed
    if led := _led(line, parsed, run_in):
        return led
    score = _score(line, number, title, body)
    if score > 0 and number.rank is not Rank.LETTER:
        score += _SEEN * max(-_MOST_SEEN if after.text[:1].islower() else 0.0, min(_MOST_SEEN, evidence))
    return _Candidate(line, number, title, score, end) if score > 0 else None


def _dressed(line: Line, after: Line, body: float, evidence: float, bar: float) -> _Candidate | None:
    """The title that a paragraph begins with, in words written otherwise than the rest (« **Délais.** Le titulaire … »)."""
    title = line.title()
    parsed = parse(title.text.strip())
    if parsed and not parsed[1]:
        return None  # its number alone is told apart
    labelled = line.text[len(title.text) :].lstrip(" \xa0").startswith(":")
    if parsed is None and evidence <= (bar if labelled else 0.0):
        return None
    return _candidate(replace(title, lead=0), after, body, frozenset(), evidence, bar)


def _led(line: Line, parsed: tuple[Number, str] | None, run_in: frozenset[Rank]) -> _Candidate | None:
    """The title that a numbered paragraph begins with, where the paragraphs of its rank do."""
    if parsed is None or not parsed[0].firm or parsed[0].rank not in run_in:
        return None
    lead = _RUN_IN.match(parsed[1])
    title = lead["title"] if lead else ""
    return (
        _Candidate(line, parsed[0], title, _RUN_IN_SCORE, line.start + line.text.index(title) + len(title))
        if lead
        else None
    )


def _run_in_ranks(lines: Sequence[Line]) -> frozenset[Rank]:
    """The ranks whose numbered paragraphs nearly all begin with a title on the line of their text (``4.2 Délais. Le titulaire …``)."""
    paragraphs: Counter[Rank] = Counter()
    titled: Counter[Rank] = Counter()
    for line in lines:
        parsed = parse(line.text.strip())
        if (
            parsed
            and parsed[0].firm
            and "|" not in line.text
            and (len(parsed[1]) > _MAX_LOUD_CHARACTERS or _RUN_IN.match(parsed[1]))
        ):
            paragraphs[parsed[0].rank] += 1
            titled[parsed[0].rank] += _RUN_IN.match(parsed[1]) is not None
    return frozenset(
        rank
        for rank, count in titled.items()
        if count >= _FEWEST_RUN_IN and count >= _MOST * paragraphs[rank]
    )


def _evidence(lines: Sequence[Line], contents: frozenset[int]) -> tuple[Sequence[float], tuple[Problem, ...]]:
    """What the reader of titles says of each line, log odds; nothing where the styles of a word processor say what is a title, or where it is damaged."""
    nothing = [0.0] * len(lines)
    if sum(line.declared is not None and line.page == 0 for line in lines) >= _FEWEST_STYLED:
        return nothing, ()
    from assistant.reading import looks

    try:
        found = looks.evidence(lines, contents)
    except ModelFileError as damage:
        message = f"Les titres sans numéro n'ont pas été reconnus, les autres l'ont été par leur seul numéro. {damage.message} Remède : {damage.hint}, puis relisez."  # noqa: E501
        return nothing, (Problem("titles-unread", message),)
    if any(line.size or line.bold for line in lines):
        return found, ()
    # Of a text whose looks nobody knows, nothing speaks against a number: too little is seen of a line in a short one.
    return [
        seen if parse(line.text.strip()) is None else max(seen, 0.0)
        for line, seen in zip(lines, found, strict=True)
    ], ()


def _bar(lines: Sequence[Line], evidence: Sequence[float]) -> float:
    """What a line without number that says or announces something (« Comprenant : ») must have for it: more where most titles of the document are numbered."""
    numbered = Counter(
        parse(line.text.strip()) is not None for line, seen in zip(lines, evidence, strict=True) if seen > 0
    )
    return _SURE if numbered[True] > numbered[False] else 0.0


def _titles(line: Line, body: float) -> bool:
    """Whether ``line`` is the title that a number alone above it announces (``Chapitre 1``)."""
    text = line.text.strip()
    short = (
        0 < len(text) <= _MAX_LOUD_CHARACTERS
        and text[0].isupper()
        and not _OPENS.search(text)
        and "|" not in text
    )
    return short and (line.bold or line.size > body * _LARGER or text.isupper()) and parse(text) is None


def _score(line: Line, number: Number, title: str, body: float) -> float:
    letters = [character for character in title if character.isalpha()]
    if _LEADERS.search(title):
        return 0.0  # a line to fill in, or a recapitulation
    if (
        not letters
        and number.rank not in (Rank.ANNEX, Rank.ARTICLE)
        and not (number.rank < Rank.ARTICLE and number.firm)
    ):
        return 0.0
    if not title and not number.firm:
        return 0.0
    score = 1.5 if number.firm else 0.5
    score += 0.5 if title[:1].isupper() else -1.0 if title[:1].islower() else 0.0
    score += 0.5 if letters and title.isupper() else 0.0
    score += 1.0 if line.bold else 0.0
    score += 1.0 if body and line.size > body * _LARGER else 0.0
    score -= (
        1.5
        if _SENTENCE_END.search(title) and len(title) > 60
        else 0.5
        if _SENTENCE_END.search(title)
        else 0.0
    )
    score -= 1.0 if len(title) > 110 else 0.0
    score -= 2.0 if _VERB_OR_UNIT.match(title) else 0.0
    return score


class _Sequence:
    """The numbers met so far: those of the headings, and whether the last line met with each lone number was one.

    A lone ``2.`` follows a lone ``1.``, never « Article 1 ».
    """

    def __init__(self) -> None:
        self._headings: set[tuple[int, ...]] = set()
        self._lone: set[tuple[Rank, tuple[int, ...]]] = set()
        self._latest: dict[tuple[Rank, int], bool] = {}

    def met(self, number: Number, *, kept: bool) -> None:
        self._latest[number.rank, number.counters[-1]] = kept
        if kept:
            self._headings.add(number.counters)
        if kept and not number.firm:
            self._lone.add((number.rank, number.counters))

    def encloses(self, number: Number) -> bool:
        """Whether what ``number`` stands in is known; a lone number stands in nothing."""
        return len(number.counters) == 1 or number.counters[:-1] in self._headings

    def follows(self, number: Number) -> bool:
        """Whether its elder is a heading."""
        *parents, own = number.counters
        elder = (*parents, own - 1)
        return elder in self._headings if number.firm else (number.rank, elder) in self._lone

    def follows_an_item(self, number: Number) -> bool:
        """Whether the last line met with its elder was no heading: lists are numbered too."""
        return not number.firm and not self._latest.get((number.rank, number.counters[-1] - 1), True)


def _consistent(candidates: Sequence[_Candidate]) -> list[_Candidate]:
    """The candidates that are believed once it is known which numbers precede and follow them.

    A style that makes titles of « Article 1 », « Article 2 » makes one of each: a lone ``2.`` of the same rank beside them is an item.
    """
    declared = {
        found[0].rank
        for one in candidates
        if one.line.declared is not None and one.line.page == 0 and (found := parse(one.title))
    }
    kept: list[_Candidate] = []
    before = _Sequence()
    for index, candidate in enumerate(candidates):
        if candidate.number is None:
            kept.append(candidate)
            numbered = parse(candidate.title)
            if numbered:
                before.met(numbered[0], kept=True)
            continue
        if candidate.number.rank in declared and not candidate.number.firm:
            continue
        encloses = _encloses(candidate.number, candidates[index + 1 : index + 1 + _LOOK_AHEAD])
        score = candidate.score + _placed(candidate, before) + encloses
        before.met(candidate.number, kept=score >= _BELIEVED)
        if score >= _BELIEVED:
            # What encloses « A.1 » stands above it, though an « A » alone would stand below « 1.1 ».
            number = replace(candidate.number, rank=Rank.ARTICLE) if encloses else candidate.number
            kept.append(replace(candidate, number=number, score=score))
    best: dict[tuple[int, ...], float] = {}
    for candidate in kept:
        if candidate.number and candidate.number.rank is Rank.ARTICLE:
            best[candidate.number.counters] = max(candidate.score, best.get(candidate.number.counters, 0.0))
    return [candidate for candidate in kept if not _is_outdone(candidate, best)]


def _is_outdone(candidate: _Candidate, best: dict[tuple[int, ...], float]) -> bool:
    """Whether a lone number comes again and looks more like a heading there: this one is an item of a list (``2 - Durant la phase Chantier``)."""
    number = candidate.number
    return (
        number is not None
        and not number.firm
        and number.rank is Rank.ARTICLE
        and best[number.counters] >= candidate.score + 1
    )


def _placed(candidate: _Candidate, before: _Sequence) -> float:
    """Evidence from the numbers before: it comes after its elder, or opens its parent's list. A lone number in its place above running text is no item."""
    number = candidate.number
    assert number
    in_place = before.encloses(number) if number.counters[-1] == 1 else before.follows(number)
    if in_place and before.follows_an_item(number):
        return 0.0
    listed = number.rank in _LISTS
    if listed:
        return 0.0 if number.rank not in (Rank.LETTER, Rank.DEGREE) else -1.0 if in_place else -2.0
    if in_place:
        return 0.5
    return -1.5 if not number.firm else 0.0 if before.encloses(number) else -0.5


def _encloses(number: Number, later: Sequence[_Candidate]) -> bool:
    """Whether a lone number has children, numbered after it (``1.1``, ``A-1``)."""
    first = (*number.counters, 1)
    children = (
        other.number for other in later if other.number and other.number.counters[: len(first)] == first
    )
    return not number.firm and any(
        child.printed[: len(number.printed)] == number.printed for child in children
    )


def _heading(candidate: _Candidate) -> Heading:
    line = candidate.line
    stripped = line.text.strip()
    span = Span(line.start + len(line.text) - len(line.text.lstrip()), candidate.end)
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
