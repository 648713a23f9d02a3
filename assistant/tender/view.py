"""A document as the extractors read it: folded text of the same length, clauses under their headings, sentences; without tables of contents.

Every offset is one of the document's own text: folding replaces characters one for one.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from assistant import sentences
from assistant.datatypes import Document, Heading, Span
from assistant.french.folding import fold
from assistant.reading.piece import OTHER
from assistant.reading.structure import Line, contents_lines

# A form shows its options with boxes: only the ticked ones are said. Some square signs are bullets elsewhere: they count where a ticked box stands too.
_TICKED = re.compile(r"[☒☑⊠⊗✓✔✗✘\uf0fe\uf0fd\uf054]|\[\s?[xX✓]\s?\]|\(\s?[xX]\s?\)(?=\s)")
# Those of them that stand before an option in a folded text, to be put in a pattern.
TICK = "[☒☑✓✔✗✘]"
_UNTICKED = re.compile(r"[☐\uf06f\uf0a8\uf071]|\[\s{1,3}\]|\[_\]")
_MAYBE_UNTICKED = re.compile(r"[□❏❐❑❒◻⬜▢◯○]")

_PRONOUN = re.compile(
    r"(?:ils?|elles?|celui-ci|ceux-ci|celles?-ci)\b(?! (?:est|sera) (?:prevu|fait|rappele|precise|procede|interdit|possible))"
)

# "Lettre de consultation", "valant acte d'engagement et cahier des charges": the piece is said at its beginning.
_ALSO_CONTRACT = re.compile(
    r"lettre (?:de |d')(?:consultation|invitation|commande)|(?:val(?:ant|ent)|tien(?:t|nent) lieu d[e']|fai(?:t|sant) office d[e'])[^.;\n]{0,60}"
    r"(?:\bcontrat|acte d'engagement|cahier des (?:charges|clauses)|\bmarche\b|\bc\.?c\.?[at]?\.?p\b)"
)
_OPENING_CHARACTERS = 2500
# A document with fewer headings has none that help.
_FEWEST_HEADINGS = 2
_TITLE_LINE = re.compile(
    r"(?:(?P<number>(?:ARTICLE|Article)? ?(?:(?:[IVX]{1,5}|[A-H])(?:[.-](?:[A-Z]|\d{1,2})(?=[ .)]))*|\d{1,2}(?:\.\d{1,2})*))(?: ?[.)–:-]+ ?|"
    r" +)(?=[A-ZÉÈÀÔ]))(?P<title>[^:|]{3,80}[^.;,:|\s])"
)
_ANCHOR = re.compile(
    r"(?:^|(?<=[|.\n]))(?P<bullet>[ \t]*[^\w\n|]{0,4})(?:(?:(?:[ivx]{1,8}(?:\.\d{1,4}){0,8}|\d{1,4}(?:\.\d{1,4}){0,8}) ?[.)/]{1,3}|"
    r"\d{1,2}(?:\.\d{1,2}){1,8}(?= )|"
    r"[a-z]\d? ?[-–.)])[ \t]*(?=[a-zà-ÿ]))?(?=[a-z0-9])",
    re.MULTILINE,
)
_NO_TITLE = re.compile(r"\d{5}|\bn[°o] ?\d|€|@|\brue\b|\d ?%")
# Titles of works specifications: "00.03  Corps d'état", "02 VÉGÉTAUX".
_PADDED_TITLE = re.compile(
    r"^[ \t]*(?P<number>0\d(?:\.\d\d)*)[ \t]+(?P<title>[A-ZÉÈÀÔ][^\n:|;]{3,80}[^\s.;,:|])[ \t]*$",
    re.MULTILINE,
)
# « B4 Lieu de travail », « C1. Prise d'effet »: what a reader of headings may leave of a number.
_LETTERED = re.compile(r"^[a-h]\d{1,2}\.? ")
_SIGN_AFTER_TITLE = re.compile(r"\. | ?[:–-] *(?=[^\s:–-])")
# "2.2 Décomposition en lots : sans objet." says something, as "2.2 Décomposition en lots" does not.
_STATED_TITLE = re.compile(
    r"(?P<label>[^:\n]{3,60}?) ?: (?:[^:\n]{3,120}\.|(?:sans objet|neant|non|oui|aucune?|interdit|autoris|admis|refus|possible)[^:\n]{0,60})"
)
_SAYS = re.compile(r"\b(?:est|sont|sera|seront|peut|peuvent|doit|doivent)\b")
_ENCLOSING = re.compile(r"(?:titre|partie|chapitre|section|livre)\b", re.IGNORECASE)
# The line of a Markdown table under its head, and a line drawn with signs.
_TABLE_RULE = re.compile(r"^[ |:=_+-]{5,}$", re.MULTILINE)
_ACRONYM_END = re.compile(r"(?:[A-Z]\.){2,}$|\b(?:Av|Bd|Bld|Blvd|Bât|Rte|Chem|Imp|Pl|Esp)\.$")
# After « conformément à l'article », its number on the next line; after « par application de la », its formula.
_GOES_ON = re.compile(r"\s{1,3}[a-zà-ÿ0-9]")
# The contract before this one, or another beside it: « le marché qui s'achève avait été passé pour quatre ans », « pour mémoire, le lot 1 est limité à … ».
_OF_ANOTHER_CONTRACT = re.compile(
    r"\bavai(?:t|ent) (?:ete )?[a-z]+(?:e|i|u|is)e?s?\b|\bs'(?:est|etait) (?:eteint|acheve|termine)|"
    r"(?:marche|contrat|accord[- ]cadre|convention)s? (?:actuel|en vigueur|en cours\b(?! d)|(?:[a-z'-]+ ){0,2}?(?:precedent|sortant|anterieur|"
    r"en portefeuille|qui (?:s'acheve|arrive|prend|prennent)))|\b(?:ancien|actuel|precedent)s? (?:marche|contrat|accord)|"
    r"\bcontrat signe en 20\d\d|\bdont le (?:marche|contrat) (?:s'acheve|se termine|prend fin|arrive|expire)|"
    r"^\W*(?:jusqu'ici|jusqu'a present|pour (?:l')?(?:memoire|information))\b"
)
# A sentence of a notice may hold a whole list: it is cut at its items.
_LONG_SENTENCE = 300
_INNER_BREAK = re.compile(r"(?:[,;] -+ ?|(?<=[a-zà-ÿ0-9)»])\.(?=[A-ZÉÈÀ][a-zà-ÿ' ])|;\s|\s[•▪●○]\s)")


@dataclass(frozen=True, slots=True)
class Section:
    """A clause: what stands under one heading, down to the next heading. ``title`` and ``trail`` (outermost first, without it) are folded."""

    title: str
    trail: tuple[str, ...]
    heading: Heading | None
    body: Span

    def named(self, pattern: re.Pattern[str]) -> bool:
        """Whether its own title matches."""
        return pattern.search(self.title) is not None

    def under(self, pattern: re.Pattern[str]) -> bool:
        """Whether its title or one above it matches."""
        return self.named(pattern) or any(pattern.search(title) for title in self.trail)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, its folded words and the clause it stands in. ``index`` counts them in text order."""

    span: Span
    text: str
    section: Section
    index: int

    @property
    def about(self) -> str:
        """The words, after the title where they begin with a pronoun that stands for it: « Les prix : ils restent fermes »."""
        return f"{self.section.title} : {self.text}" if _PRONOUN.match(self.text) else self.text

    @property
    def is_title(self) -> bool:
        """Whether it is the heading of its clause, and says nothing by itself."""
        return self.section.heading is not None and self.span.end <= self.section.body.start

    @property
    def of_another_contract(self) -> bool:
        """Whether it tells of the contract before this one, or reminds of another."""
        return _OF_ANOTHER_CONTRACT.search(self.text) is not None


@dataclass
class View:
    """One document, read once and looked at by every extractor. Parts are made when first asked for; none is read in what is set ``aside``."""

    document: Document
    piece: str = OTHER
    aside: Span | None = None
    _starts: list[int] = field(default_factory=list)

    @cached_property
    def folded(self) -> str:
        """The folded text, the lines of tables of contents and the options that are not ticked blanked out."""
        text = fold(self.document.text)
        rules = (Span(*match.span()) for match in _TABLE_RULE.finditer(text))
        aside = [self.aside] if self.aside else []
        return blanked(text, [*aside, *self.contents(), *unticked(self.document.text), *rules]).replace(
            "**", "  "
        )

    def contents(self) -> Iterator[Span]:
        """The lines of its tables of contents."""
        lines, at = [], 0
        for raw in self.document.text.splitlines(keepends=True):
            lines.append(Line(raw.rstrip("\n"), at))
            at += len(raw)
        for index in contents_lines(lines):
            yield Span(lines[index].start, lines[index].start + len(lines[index].text))

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """The clauses in text order; what precedes the first heading is one, without title."""
        found = []
        trail: list[tuple[Heading, str]] = []
        headings = (
            self.document.headings
            if len(self.document.headings) >= _FEWEST_HEADINGS
            else tuple(self._titles())
        )
        headings = tuple(self._with_passed_over(headings))
        ends = [*(heading.span.start for heading in headings), len(self.document.text)]
        found.append(Section("", (), None, Span(0, ends[0])))
        for heading, end in zip(headings, ends[1:], strict=True):
            trail = [(parent, title) for parent, title in trail if parent.level < heading.level]
            above = tuple(title for _, title in trail)
            title = _LETTERED.sub("", fold(heading.title)) or (above[-1] if above else "")
            stated = _STATED_TITLE.fullmatch(title)
            says = stated or self._is_sentence(heading, title)
            start = heading.span.end - len(heading.title) if says else self._body_start(heading)
            title = stated["label"] if stated else title
            found.append(Section(title, above, heading, Span(min(start, end), end)))
            trail.append((heading, title))
        return tuple(found)

    def _is_sentence(self, heading: Heading, title: str) -> bool:
        """Whether a title says something: « Art. 14. Il n'est pas exercé de retenue de garantie. », whatever number it bears."""
        ends = title.endswith((".", ":")) or self.document.text.startswith(".", heading.span.end)
        return ends and _SAYS.search(title) is not None

    def _body_start(self, heading: Heading) -> int:
        """Where the text of a clause begins. « Variantes : elles sont interdites » is one sentence: the label belongs to it, « Avance. » does not."""
        sign = _SIGN_AFTER_TITLE.match(self.document.text, heading.span.end)
        if sign is None:
            return heading.span.end
        return sign.end() if "." in sign.group() else heading.span.end - len(heading.title)

    def _with_passed_over(self, headings: Sequence[Heading]) -> Iterator[Heading]:
        """The headings, and under them the titles that the reader passes over: numbered "00.03"."""
        known = {heading.span.start for heading in headings}
        short = (
            _heading(match)
            for match in _PADDED_TITLE.finditer(self.document.text)
            if not _NO_TITLE.search(match.group())
        )
        found = {
            heading.span.start: heading
            for heading in short
            if heading.span.start not in known and self.folded[heading.span.start] != " "
        }
        trail: list[Heading] = []
        for heading in sorted((*headings, *found.values()), key=lambda one: one.span.start):
            if heading.span.start in found:
                parent = next(
                    (one for one in reversed(trail) if _depth(one.number) < _depth(heading.number)), None
                )
                heading = replace(heading, level=parent.level + 1 if parent else 1)
            trail = [*(one for one in trail if one.level < heading.level), heading]
            yield heading

    def _titles(self) -> Iterator[Heading]:
        """Numbered or capital lines that look like titles, where the reader found next to none (plain text numbered in Roman, short papers)."""
        at = 0
        for line in self.document.text.splitlines(keepends=True):
            match = _TITLE_LINE.fullmatch(line.strip())
            start = at + len(line) - len(line.lstrip())
            if match and not _NO_TITLE.search(line) and self.folded[start] != " ":
                yield Heading(
                    1, match.group("number"), match.group("title"), Span(start, start + len(line.strip()))
                )
            at += len(line)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """Every sentence of every clause; headings are none."""
        found: list[Sentence] = []
        for section in self.sections:
            for span in self._spans(section.body):
                text = span.of(self.folded)
                if text.strip():
                    found.append(Sentence(span, text, section, len(found)))
        self._starts = [sentence.span.start for sentence in found]
        return tuple(found)

    def _spans(self, body: Span) -> Iterator[Span]:
        for whole in self._whole(body):
            for extract in sentences.apart(self.document.text, whole):
                yield from self._cut(extract)

    def _whole(self, body: Span) -> Iterator[Span]:
        """The sentences of a clause; a point after an acronym ("C.C.A.G. Travaux") ends none."""
        waiting: Span | None = None
        for span in sentences.split(self.document.text, body):
            joined = Span(waiting.start, span.end) if waiting else span
            words = span.of(self.document.text)
            goes_on = sentences.BREAKS_OFF.search(words) and _GOES_ON.match(self.document.text, span.end)
            if goes_on or (
                _ACRONYM_END.search(words) and "\n" not in self.document.text[span.end : span.end + 1]
            ):
                waiting = joined
                continue
            yield joined
            waiting = None
        if waiting:
            yield waiting

    def _cut(self, span: Span) -> Iterator[Span]:
        if len(span) <= _LONG_SENTENCE:
            yield span
            return
        start = span.start
        for match in _INNER_BREAK.finditer(self.document.text, span.start, span.end):
            end = match.start() + 1 if match.group()[0] in ".;," else match.start()
            yield from _stripped(self.document.text, start, end)
            start = match.end()
        yield from _stripped(self.document.text, start, span.end)

    def sentences_with(self, *words: str) -> tuple[Sentence, ...]:
        """The sentences that hold one of these pieces of words, in order: found in the whole text at once, which is far cheaper than sentence by sentence."""
        every = self.sentences
        found: set[int] = set()
        for word in words:
            at = self.folded.find(word)
            while at >= 0:
                index = bisect_right(self._starts, at) - 1
                if index >= 0 and at < every[index].span.end:
                    found.add(index)
                    at = every[index].span.end - 1
                at = self.folded.find(word, at + 1)
        return tuple(every[index] for index in sorted(found))

    def lines_with(self, *words: str) -> tuple[Span, ...]:
        """The lines that hold one of these pieces of words, in order, without their line ends."""
        found: dict[int, int] = {}
        for word in words:
            at = self.folded.find(word)
            while at >= 0:
                line = self.line_at(at)
                found[line.start] = line.end
                at = self.folded.find(word, line.end)
        return tuple(Span(start, found[start]) for start in sorted(found))

    @cached_property
    def is_contract(self) -> bool:
        """Whether rules of consultation are the contract too: one letter for a small purchase, or a single piece that says so."""
        return _ALSO_CONTRACT.search(self.folded[:_OPENING_CHARACTERS]) is not None

    @cached_property
    def anchors(self) -> tuple[int, ...]:
        """Where a label may begin: at a line, a cell or a sentence, before and after the bullet and the number that open it."""
        found = {
            place for match in _ANCHOR.finditer(self.folded) for place in (match.end("bullet"), match.end())
        }
        return tuple(sorted(found))

    def line_at(self, offset: int) -> Span:
        """The line that holds a character of the text, without its end."""
        end = self.folded.find("\n", offset)
        return Span(self.folded.rfind("\n", 0, offset) + 1, end if end >= 0 else len(self.folded))

    def sentence_at(self, offset: int) -> Sentence | None:
        """The sentence that holds a character of the text, or None (a heading, a blank)."""
        every = self.sentences
        index = bisect_right(self._starts, offset) - 1
        return every[index] if index >= 0 and offset < every[index].span.end else None

    def within(self, section: Section) -> tuple[Sentence, ...]:
        """The sentences of one clause, in order."""
        every = self.sentences
        first = bisect_right(self._starts, section.body.start - 1)
        last = bisect_right(self._starts, section.body.end - 1)
        return every[first:last]

    def titled(self, pattern: re.Pattern[str]) -> tuple[Section, ...]:
        """The clauses under a title that matches, their sub-clauses included, in order; with words in them."""
        return tuple(
            section
            for section in self.sections
            if section.under(pattern) and section.body.of(self.folded).strip()
        )

    def words(self, span: Span) -> str:
        """The document's own words on one line, without bullets and table bars."""
        return clean(span.of(self.document.text))

    def row(self, span: Span) -> str:
        """The words of a row of a table: « cause : sum, ceiling »."""
        first, *others = [clean(cell) for cell in span.of(self.document.text).strip(" |\n").split("|")]
        said = ", ".join(one for one in others if one)
        return f"{first} : {said}" if first and said else first or said


def blanked(text: str, spans: Iterable[Span]) -> str:
    """``text`` with spaces for what stands at ``spans``, its line ends kept."""
    parts, at = [], 0
    for span in sorted(spans):
        start = max(span.start, at)
        parts += [text[at:start], re.sub(r"[^\n]", " ", text[start : span.end])]
        at = max(at, span.end)
    return "".join((*parts, text[at:]))


def _heading(match: re.Match[str]) -> Heading:
    """The heading that a numbered line makes; its level is not known yet."""
    return Heading(0, match["number"], match["title"], Span(match.start("number"), match.end("title")))


def _depth(number: str | None) -> int:
    """How deep a printed number lies: 0 for a title's or a chapter's, 1 for "ARTICLE 5", 2 for "5.2" or "II-10"."""
    return (
        0
        if number is None or _ENCLOSING.match(number)
        else len(re.findall(r"\d+|\b[IVX]+\b|\b[A-H]\b", number))
    )


def _stripped(text: str, start: int, end: int) -> Iterator[Span]:
    piece = text[start:end]
    if piece.strip():
        yield Span(start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip()))


# What a text processor prints in the margin of a revised document.
_BALLOON = re.compile(r" ?(?:Mis en forme|Commentaire \[\w+\]) ?:[^.;]*$")


def clean(text: str) -> str:
    """``text`` on one line: no bullets at its beginning, no table bars, no white space around."""
    flat = _BALLOON.sub("", " ".join(text.replace("|", " ").replace("**", "").split()))
    return re.sub(r"^(?:[-–—•▪●○➢*·]|o(?= [A-ZÀ-Ý]))\s*", "", flat).strip(" ;,")


_LEAST_CHOICES, _LEAST_SAID = 2, 30


def is_left_open(text: str) -> bool:
    """Whether words are a choice that nobody has made yet (« ☐ oui ☐ non »), and say little after it."""
    boxes = list(_UNTICKED.finditer(text))
    if len(boxes) < _LEAST_CHOICES or _TICKED.search(text):
        return False
    after = re.split(r"[;.\n]", text[boxes[-1].end() :], maxsplit=1)[1:]
    return sum(map(str.isalpha, "".join(after))) < _LEAST_SAID


def unticked(text: str) -> Iterator[Span]:
    """The options of a form that are not ticked: from their box to the next box or the end of the line."""
    if not any(sign in text for sign in "☐\uf06f\uf0a8\uf071[□❏❐❑❒◻⬜▢◯○"):
        return
    has_ticks = _TICKED.search(text) is not None
    boxes = [(match.start(), True) for match in _TICKED.finditer(text)]
    boxes += [(match.start(), False) for match in _UNTICKED.finditer(text)]
    if has_ticks:
        boxes += [(match.start(), False) for match in _MAYBE_UNTICKED.finditer(text)]
    boxes.sort()
    for index, (start, ticked) in enumerate(boxes):
        line_end = text.find("\n", start)
        end = line_end if line_end >= 0 else len(text)
        # Two boxes side by side: a PDF gave them before the words of both, and which is whose is not known.
        if (
            index + 1 < len(boxes)
            and boxes[index + 1][0] < end
            and not text[start + 1 : boxes[index + 1][0]].strip(" ]xX)")
        ):
            yield Span(start, end)
        elif not ticked:
            following = boxes[index + 1][0] if index + 1 < len(boxes) else end
            yield Span(start, min(end, following))
