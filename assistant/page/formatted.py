"""Markdown of clauses and drafts into HTML: paragraphs, lists, tables, emphasis and headings; no link, no picture, no HTML of its own.

Words may be marked in it.

A clause file may come from anywhere: whatever it holds beside those is shown as its very characters.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant import office
from assistant.datatypes import FieldOrigin, FilledField, FilledText, Span
from assistant.drafting import rendering
from assistant.office import html
from assistant.page.markup import Markup, tag, text

# Marks that stand around a filled field while Markdown is turned into HTML: private characters that no text of ours holds.
_OPEN, _CLOSE = "\ue000", "\ue001"
_KINDS = {FieldOrigin.GIVEN: "d", FieldOrigin.DEFAULT: "p", FieldOrigin.MISSING: "m"}
_TITLES = {
    "d": "Valeur que vous avez donnée",
    "p": "Valeur proposée par la clause modèle, à confirmer",
    "m": "À compléter",
}
_MARKED = re.compile(f"{_OPEN}([dpm])([^{_OPEN}{_CLOSE}]*){_CLOSE}")
_STRAY = re.compile(f"[{_OPEN}{_CLOSE}]")
# Marks that stand around words to be marked: two private characters for each.
_FIRST_MARK = 0xE100
_TAG = re.compile(r"(<[^>]*>)")
_HEADING = re.compile(r"<(/?)h([1-6])>")


def formatted(markdown: str, outermost: int = 4) -> Markup:
    """``markdown`` as HTML, its headings of level ``outermost`` at most."""
    made = html.rendered(markdown)
    made = _HEADING.sub(
        lambda found: f"<{found[1]}h{min(6, max(outermost, int(found[2]) + outermost - 1))}>", made
    )
    made = _MARKED.sub(
        lambda found: f'<span class="champ-{found[1]}" title="{_TITLES[found[1]]}">{found[2]}</span>', made
    )
    return Markup(_STRAY.sub("", made))


def marked(field: FilledField, shown: str) -> str:
    """A filled field within Markdown, so that ``formatted`` shows where its value comes from."""
    return f"{_OPEN}{_KINDS[field.origin]}{_STRAY.sub('', shown)}{_CLOSE}"


@dataclass(frozen=True, slots=True)
class Marked:
    """Words to be marked in a text; ``id`` is that of the element in which they begin, empty: none."""

    id: str
    span: Span


def filled(body: FilledText, marks: Sequence[Marked] = (), outermost: int = 5) -> Markup:
    """A filled text as HTML: where its values come from, and the words of ``marks``."""
    # First of all, as a mark would hide what a space stands before.
    unbroken = replace(body, text=office.unbroken(body.text))
    made = formatted(rendering.marked(_with_marks(unbroken, marks), marked), outermost)
    return _highlighted(made, marks)


def words(line: str, marks: Sequence[Marked]) -> Markup:
    """A line of plain text with the words of ``marks``."""
    return _highlighted(text(_with_marks(FilledText(line), marks).text), marks)


def _with_marks(body: FilledText, marks: Sequence[Marked]) -> FilledText:
    """A text with private characters around the words that are to be marked, never where they would hide a mark of Markdown."""
    taken = {_FIRST_MARK + place: "\ufffd" for place in range(2 * len(marks))}
    plain = body.text.translate(taken)
    places: list[tuple[int, str]] = []
    for number, one in enumerate(marks):
        span = _within_words(plain, one.span)
        if span is not None:
            places += [
                (span.start, chr(_FIRST_MARK + 2 * number)),
                (span.end, chr(_FIRST_MARK + 2 * number + 1)),
            ]
    pieces: list[str] = []
    last = 0
    for at, sign in sorted(places):
        pieces += [plain[last:at], sign]
        last = at
    moved = sorted(at for at, _ in places)
    fields = tuple(replace(field, span=_moved(field.span, moved)) for field in body.fields)
    return FilledText("".join((*pieces, plain[last:])), fields)


def _moved(span: Span, places: Sequence[int]) -> Span:
    """A span once a character was put in at each of ``places``; one at its very start is within it, one at its end is not."""
    return Span(
        span.start + sum(at < span.start for at in places), span.end + sum(at < span.end for at in places)
    )


def _within_words(markdown: str, span: Span) -> Span | None:
    """A span without the marks of lists, headings and tables, the halves of bold marks and the spaces at its ends; None where nothing is left."""
    start, end = max(span.start, 0), min(span.end, len(markdown))
    while start < end and (start < (begun := _words_begin(markdown, start)) or markdown[start] in " \n|"):
        start = max(begun, start + 1)
    while start < end and (
        markdown[end - 1] in " \n|\\"
        or (end <= _words_begin(markdown, end - 1) and _line(markdown, end - 1) > start)
    ):
        end -= 1
    start -= markdown[start - 1 : start] == "\\"
    start += markdown[start - 1 : start + 1] == "**"
    end -= markdown[end - 1 : end + 1] == "**"
    return Span(start, end) if start < end else None


def _line(markdown: str, at: int) -> int:
    return markdown.rfind("\n", 0, at) + 1


def _words_begin(markdown: str, at: int) -> int:
    """Where the words of a line begin: after the mark of a list, a heading or a row; of a table's rule, where it ends."""
    start = _line(markdown, at)
    line = markdown[start:].partition("\n")[0]
    if line and set(line) <= set("|-: "):
        return start + len(line)
    mark = rendering.LIST_MARK.match(line)
    return start + (mark.end() if mark else len(line) - len(line.lstrip("#| ")))


def _highlighted(made: Markup, marks: Sequence[Marked]) -> Markup:
    """HTML whose private characters became elements, each within its own paragraph, cell or emphasis."""
    if not marks:
        return made
    pieces: list[str] = []
    under_way: list[int] = []
    begun: set[int] = set()
    for number, piece in enumerate(_TAG.split(made)):
        if number % 2:
            pieces.append(piece)
            continue
        for shown in _parted(piece, under_way, 2 * len(marks)):
            for mark in under_way if shown.strip() else ():
                id_ = "" if mark in begun or not marks[mark].id else f' id="{marks[mark].id}" tabindex="-1"'
                shown = f'<mark class="surligne-texte"{id_}>{shown}</mark>'
                begun.add(mark)
            pieces.append(shown)
    return Markup("".join(pieces))


def _parted(piece: str, under_way: list[int], count: int) -> Iterator[str]:
    """What stands between the private characters of a piece of text; ``under_way`` is kept to the marks that each part lies within."""
    last = 0
    for at, sign in enumerate(piece):
        mark = ord(sign) - _FIRST_MARK
        if 0 <= mark < count:
            yield piece[last:at]
            last = at + 1
            if mark % 2:
                under_way.remove(mark // 2)
            else:
                under_way.append(mark // 2)
    yield piece[last:]


def legend() -> Markup:
    """What the looks of fields mean."""
    return tag(
        "p",
        [(tag("span", title, class_=f"champ-{kind}"), " ") for kind, title in _TITLES.items()],
        class_="discret legende",
    )


Styled = Callable[[FilledField, str], str]
