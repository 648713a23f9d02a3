"""HTML: what a browser would show as text. Headings from ``h1`` to ``h6``, table rows on one line, list items marked; no script, style or navigation code."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree, html

from assistant.datatypes import Heading, Problem, Span
from assistant.errors import DamagedFileError
from assistant.lines import one_line
from assistant.reading.characters import decode, storable
from assistant.reading.content import Content
from assistant.reading.numbering import split_number
from assistant.reading.structure import levelled

# A page deeper than this is hostile: browsers stop at 512, and Python's stack at 1,000 calls.
MAX_DEPTH = 250

_HIDDEN = frozenset(
    (
        "script",
        "style",
        "noscript",
        "template",
        "head",
        "svg",
        "math",
        "iframe",
        "object",
        "select",
        "textarea",
        "audio",
        "video",
        "canvas",
    )
)
_INLINE = frozenset(
    (
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "img",
        "input",
        "ins",
        "kbd",
        "label",
        "mark",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
        "button",
    )
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w-]{2,40})|<\?xml[^>]{0,100}encoding\s*=\s*["']([\w-]{2,40})""",
    re.IGNORECASE,
)
_DECLARED_WITHIN = 4096


@dataclass(slots=True)
class _Page:
    """The text read so far, and the paragraph that is being read."""

    lines: list[str] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    at: int = 0
    open_text: list[str] = field(default_factory=list)

    def close_line(self, level: int | None = None) -> None:
        """Ends the paragraph that is open; a heading when ``level`` is given."""
        text = one_line("".join(self.open_text))
        self.open_text.clear()
        if not text:
            return
        if level is not None:
            number, title = split_number(text)
            self.headings.append(Heading(level, number, title, Span(self.at, self.at + len(text))))
        self.lines.append(text + "\n")
        self.at += len(text) + 1


def read_html(data: bytes, name: str) -> Content:
    """Reads an HTML page.

    Raises:
        DamagedFileError: the bytes make no page at all.
    """
    text, problems = _decoded(data, name)
    parser = html.HTMLParser(huge_tree=True)
    try:
        root = html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", storable(text)), parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise DamagedFileError(
            f"« {name} » n'est pas une page HTML lisible.",
            "Ouvrez-la dans un navigateur et enregistrez-la de nouveau.",
        ) from error
    page = _Page()
    for body in root.iter("body"):
        _read(body, page, 0)
        break
    page.close_line()
    if any("depth" in entry.message.lower() for entry in parser.error_log):
        problems = (
            *problems,
            Problem(
                "too-deep",
                f"« {name} » imbrique trop de balises : une partie de son contenu n'a pas été lue.",
            ),
        )
    title = next(
        (one_line("".join(str(text) for text in found.itertext())) for found in root.iter("title")), ""
    )
    return Content(
        "".join(page.lines), title=title or None, headings=levelled(page.headings), problems=problems
    )


def _decoded(data: bytes, name: str) -> tuple[str, tuple[Problem, ...]]:
    """By the byte order mark, else UTF-8 where it is valid, else what the page declares, else Windows-1252, which is then said."""
    declared = _DECLARED.search(data[:_DECLARED_WITHIN])
    try:
        return data.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        pass
    if declared and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = (declared[1] or declared[2]).decode("ascii")
        try:
            # ISO-8859-1 on the web means Windows-1252 (WHATWG, Encoding standard).
            return data.decode(
                "cp1252" if encoding.lower() in ("iso-8859-1", "latin1", "latin-1", "us-ascii") else encoding
            ), ()
        except (UnicodeDecodeError, LookupError):
            pass
    return decode(data, name)


def _read(element: Any, page: _Page, depth: int) -> None:
    if depth > MAX_DEPTH:
        page.open_text.extend(str(text) for text in element.itertext())
        return
    page.open_text.append(element.text or "")
    for child in element:
        if isinstance(child.tag, str):
            _read_child(child, page, depth + 1)
        page.open_text.append(child.tail or "")


def _read_child(child: Any, page: _Page, depth: int) -> None:
    tag = child.tag.rpartition("}")[2].lower()
    if tag in _HIDDEN or "hidden" in child.attrib or child.get("aria-hidden") == "true":
        return
    if tag == "br":
        page.close_line()
    elif tag == "input":
        page.open_text.append(_box(child))
    elif tag in _INLINE:
        _read(child, page, depth)
    elif tag == "table" and _is_data(child):
        page.close_line()
        for row in _rows(child):
            page.open_text.append(row)
            page.close_line()
    else:
        page.close_line()
        page.open_text.append("• " if tag == "li" and not _begins_with_block(child) else "")
        _read(child, page, depth)
        page.close_line(_HEADINGS.get(tag))


def _box(element: Any) -> str:
    if element.get("type", "").lower() not in ("checkbox", "radio"):
        return ""
    return "☒ " if "checked" in element.attrib else "☐ "


def _begins_with_block(element: Any) -> bool:
    return (
        not (element.text or "").strip()
        and len(element) > 0
        and isinstance(element[0].tag, str)
        and element[0].tag not in _INLINE
    )


def _is_data(table: Any) -> bool:
    """A table of data has rows of several cells and no headings or tables inside: others only place things."""
    return (
        not any(True for _ in table.iter("h1", "h2", "h3", "h4"))
        and sum(1 for _ in table.iter("table")) == 1
        and any(len(row.findall("td")) + len(row.findall("th")) > 1 for row in table.iter("tr"))
    )


def _rows(table: Any) -> Iterator[str]:
    for caption in table.iter("caption"):
        yield one_line(_text(caption))
    for row in table.iter("tr"):
        cells = [one_line(_text(cell)) for cell in row if cell.tag in ("td", "th")]
        if any(cells):
            yield " | ".join(cells)


def _text(element: Any) -> str:
    inner = _Page()
    _read(element, inner, 0)
    inner.close_line()
    return "".join(inner.lines)
