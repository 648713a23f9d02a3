"""Values that stand after a label: « Objet du marché : transports collectifs. », or on the line below it. Notices, forms and covers are made of them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from assistant.datatypes import Span
from assistant.tender.view import View

# What stands for nothing: dots to fill in, placeholders, "non renseigné".
EMPTY = re.compile(r"[\W_x]*|(?:a completer|non renseigne|neant|so|nc)\W*")
# A label runs on to the next line when nothing follows it on its own.
_LONGEST = 600
_MOST_CELL_LINES = 3
# A label and its value have one bar between them; a line of a table has more.
_BARS_OF_A_HEAD = 2
# Forms run on: "Nom officiel : SDIS 99. Forme juridique : établissement public. Adresse : …".
_NEXT_LABEL = r"\.(?= [a-z' ]{3,40} : )"


@dataclass(frozen=True, slots=True)
class Labelled:
    """What a label is followed by: ``span`` of the value, ``whole`` from the label's first character to the value's last."""

    span: Span
    whole: Span


def labelled(view: View, label: str, *, stop: str = r"\n", next_line: bool = True) -> Iterator[Labelled]:
    """The values after ``label`` (a pattern that meets folded text at the beginning of a line, a cell or a sentence), in order; blanks are passed over.

    Args:
        view: the document.
        label: without its colon.
        stop: where the value ends.
        next_line: whether a value may stand on the line below.
    """
    pattern = _compiled(label)
    end = re.compile(f"{stop}|{_NEXT_LABEL}")
    for anchor in view.anchors:
        match = pattern.match(view.folded, anchor)
        if match is None:
            continue
        start = match.end()
        bar = match.group().rstrip(" \t").endswith("|")
        if (bar or _rows_below(view, start)) and view.folded[: match.start()].rstrip(" \t").endswith("|"):
            continue  # the title of a column, not a label
        line_end = view.folded.find("\n", start)
        if (
            bar
            and view.folded.count("|", start, line_end if line_end >= 0 else len(view.folded))
            >= _BARS_OF_A_HEAD
        ):
            continue
        if next_line:
            ahead = view.folded[start : start + _LONGEST]
            start += len(ahead) - len(ahead.lstrip())
        found = end.search(view.folded, start)
        stop_at = min(found.start() if found else len(view.folded), start + _LONGEST)
        if "|" in match.group() and view.folded[stop_at : stop_at + 1] == "\n":
            stop_at = _cell_end(view, stop_at)
        value = view.folded[start:stop_at].rstrip(" .;|\n")
        if EMPTY.fullmatch(value) or (
            next_line
            and "\n" in view.folded[match.end() : start]
            and re.match(r"[^\n:]{3,60} ?:(?: |\n)", value + "\n")
        ):
            continue
        yield Labelled(Span(start, start + len(value)), Span(anchor, start + len(value)))


def _rows_below(view: View, at: int) -> bool:
    """Whether a line ends there, and the next one has bars."""
    end = view.folded.find("\n", at + 1)
    return view.folded[at : at + 1] == "\n" and "|" in view.folded[at + 1 : end if end >= 0 else None]


def _cell_end(view: View, end: int) -> int:
    """Where a cell ends that its line cuts: a PDF leaves the rest of it on the lines below, which begin in small letters."""
    text = view.document.text
    for _ in range(_MOST_CELL_LINES):
        line_end = text.find("\n", end + 1)
        line = text[end + 1 : line_end if line_end >= 0 else len(text)]
        if not line[:1].islower() or "|" in line or ":" in line:
            break
        end += 1 + len(line)
    return end


@cache
def _compiled(label: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{label})[ \t]*(?:\n[ \t]*)?(?:[:|][ \t]*|(?=\n))")
