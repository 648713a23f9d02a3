"""Markdown: the text stays as it is, marks included; ``#`` and underlined lines give the headings; a YAML front matter becomes metadata."""

import re

import yaml

from assistant.datatypes import Heading, Span
from assistant.lines import one_line
from assistant.reading.characters import decode, storable
from assistant.reading.code_mirror import is_code_mirror, read_code_mirror
from assistant.reading.content import Content
from assistant.reading.numbering import split_number

_FRONT_MATTER = re.compile(r"---[ \t]*\n(.*?\n)?(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_TITLE_FIELD = re.compile(r"^(?:title|titre):.*\n(?:[ \t]+.*\n)*", re.MULTILINE)
_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*")
_UNDERLINE = re.compile(r" {0,3}(=+|-{3,})[ \t]*")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
# What may stand in a heading and is not said: emphasis, code, links, images, tags.
_ORNAMENT = re.compile(
    r"!?\[([^\[\]]{0,500})\]\([^()]{0,2000}\)|<[^<>]{0,200}>|[*`]+|(?<!\w)_+|_+(?!\w)|\\(?=[\W_])"
)


def read_markdown(data: bytes, name: str) -> Content:
    """Reads a Markdown file. Only the front matter leaves the text; it comes back raw as ``("front_matter", yaml)``."""
    text, problems = decode(data, name)
    text = storable(text)
    match = _FRONT_MATTER.match(text)
    if not match:
        return Content(text, headings=_headings(text), problems=problems)
    front_matter = match[1] or ""
    text = text[match.end() :]
    if is_code_mirror(front_matter):
        return read_code_mirror(text, front_matter, name)
    return Content(
        text,
        title=_declared_title(front_matter),
        headings=_headings(text),
        problems=problems,
        metadata=(("front_matter", front_matter),),
    )


def _declared_title(front_matter: str) -> str | None:
    """The title of a front matter. Only the fields that may give it are parsed: the whole of a clause's front matter takes 20 ms."""
    fields = "".join(match[0] for match in _TITLE_FIELD.finditer(front_matter + "\n"))
    try:
        values = yaml.safe_load(fields or front_matter)
    except (yaml.YAMLError, RecursionError, ValueError):
        return None
    title = (
        next((values[key] for key in ("title", "titre") if isinstance(values.get(key), str)), "")
        if isinstance(values, dict)
        else ""
    )
    return one_line(title) or None


def _headings(text: str) -> tuple[Heading, ...]:
    headings: list[Heading] = []
    fence, start, previous = "", 0, (0, "")
    for line in text.split("\n"):
        fenced = _FENCE.match(line)
        if fence:
            fence = (
                ""
                if fenced and line.strip().startswith(fence) and not line.strip().strip(fence[0])
                else fence
            )
        elif fenced:
            fence = fenced[1]
        else:
            found = _heading_of(line, start, previous)
            headings.extend((found,) if found else ())
        previous = (
            start,
            "" if fence or fenced or line.lstrip().startswith(("#", "|", "-", ">", "*")) else line,
        )
        start += len(line) + 1
    return tuple(headings)


def _heading_of(line: str, start: int, previous: tuple[int, str]) -> Heading | None:
    match = _HEADING.fullmatch(line)
    if match:
        return _heading(len(match[1]), match[2], Span(start + match.start(2), start + match.end(2)))
    underline = _UNDERLINE.fullmatch(line)
    if underline and previous[1].strip():
        title = previous[1].strip()
        at = previous[0] + previous[1].index(title)
        return _heading(1 if underline[1][0] == "=" else 2, title, Span(at, at + len(title)))
    return None


def _heading(level: int, raw: str, span: Span) -> Heading | None:
    title = one_line(_ORNAMENT.sub(lambda match: match[1] or "", raw))
    number, title = split_number(title)
    return Heading(level, number, title, span) if title or number else None
