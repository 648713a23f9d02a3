"""OpenDocument texts: paragraphs with the numbers that are printed, headings by outline level, tables as rows, tracked changes accepted.

There are no pages: where a page ends depends on the printer and the fonts of the reader. Headers, footers and comments are left out; a footnote stands
where it is called: ``(note : …)``.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from assistant.lines import one_line
from assistant.reading.content import Content
from assistant.reading.odf import FO, FORM, STYLE, TABLE, TEXT, XML_ID, Inline, OpenDocument, opened_odf
from assistant.reading.odf_numbering import OdfNumbering, numbering_of
from assistant.reading.paragraphs import Paragraph, Shown, assembled, row
from assistant.reading.structure import titled

_KIND = "un document OpenDocument"
# Names of styles are encoded: ``Heading_20_1`` is « Heading 1 ».
_HEADING_STYLE = re.compile(r"(?:Heading|Titre)_20_([1-9])")
_TITLE_STYLES = frozenset(("Title", "Titre"))
_AUTOMATIC = re.compile(r"P\d+")
_CONTENTS_STYLE = re.compile(r"Contents_20_")
# A chain of styles longer than this is a cycle.
_MAX_STYLE_CHAIN = 20
_INDEXES = frozenset(
    TEXT + name
    for name in (
        "table-of-content",
        "illustration-index",
        "table-index",
        "alphabetical-index",
        "bibliography",
    )
)
_DROPPED = frozenset(
    (
        TEXT + "tracked-changes",
        TEXT + "sequence-decls",
        TEXT + "variable-decls",
        TEXT + "user-field-decls",
        FORM + "form",
    )
)


@dataclass(frozen=True, slots=True)
class _Style:
    name: str = ""
    outline: int | None = None
    bold: bool = False


@dataclass(frozen=True, slots=True)
class _Reader:
    styles: dict[str, _Style]
    hidden: frozenset[str]
    bold: frozenset[str]
    controls: dict[str, str]
    numbering: OdfNumbering


@dataclass(frozen=True, slots=True)
class _Item:
    """Where a paragraph stands in a list; ``first`` is the paragraph that bears the number."""

    list_id: str
    level: int
    start: str
    first: bool


def read_odt(data: bytes, name: str) -> Content:
    """Reads a text document.

    Raises:
        EncryptedFileError: a password is needed.
        DamagedFileError: the package or its XML is broken.
        ReadingError: it expands beyond the limits.
    """
    with opened_odf(data, name, _KIND, "text") as document:
        paragraphs = paragraphs_of(document)
        metadata = document.metadata
    text, lines = assembled(paragraphs)
    title = next((paragraph.text for paragraph in paragraphs if paragraph.title), None) or dict(metadata).get(
        "title"
    )
    headings, problems = titled(lines)
    return Content(
        text,
        title=one_line(title) if title else None,
        headings=headings,
        problems=problems,
        metadata=metadata,
    )


def paragraphs_of(document: OpenDocument) -> list[Paragraph]:
    """The paragraphs of a text document, in order."""
    return list(_blocks(document.body, _reader(document)))


def _reader(document: OpenDocument) -> _Reader:
    elements = {
        (style.get(STYLE + "family", ""), style.get(STYLE + "name", "")): style
        for root in (document.styles, document.content)
        if root is not None
        for style in root.iter(STYLE + "style")
    }
    texts = {name: element for (family, name), element in elements.items() if family == "text"}
    hidden = [
        name for (_, name), element in elements.items() if _text_property(element, TEXT + "display") == "none"
    ]
    hidden += [
        name for (family, name), element in elements.items() if family == "section" and _hides(element)
    ]
    return _Reader(
        {name: _style(name, elements) for family, name in elements if family == "paragraph"},
        frozenset(hidden),
        frozenset(
            name for name, element in texts.items() if _text_property(element, FO + "font-weight") == "bold"
        ),
        _controls(document.body),
        numbering_of(document),
    )


def _style(name: str, elements: dict[tuple[str, str], Any]) -> _Style:
    """What a paragraph style says, its ancestors included; an automatic style (``P12``) has its parent's name."""
    chain: list[tuple[str, Any]] = []
    current = name
    while len(chain) < _MAX_STYLE_CHAIN and (element := elements.get(("paragraph", current))) is not None:
        chain.append((current, element))
        current = element.get(STYLE + "parent-style-name", "")
    outlines = (element.get(STYLE + "default-outline-level", "") for _, element in chain)
    return _Style(
        name=next((named for named, _ in chain if not _AUTOMATIC.fullmatch(named)), current),
        outline=next((int(outline[:2]) for outline in outlines if outline.isdigit()), None),
        bold=next(
            (weight for _, element in chain if (weight := _text_property(element, FO + "font-weight"))), ""
        )
        == "bold",
    )


def _text_property(style: Any, name: str) -> str | None:
    properties = style.find(STYLE + "text-properties")
    return None if properties is None else properties.get(name)


def _hides(style: Any) -> bool:
    properties = style.find(STYLE + "section-properties")
    return properties is not None and properties.get(TEXT + "display") == "none"


def _controls(body: Any) -> dict[str, str]:
    """What stands for each form control where the text shows it: ☒ or ☐ and its label, a field's value."""
    shown: dict[str, str] = {}
    for element in body.iter(
        FORM + "checkbox",
        FORM + "radio",
        FORM + "text",
        FORM + "textarea",
        FORM + "combobox",
        FORM + "listbox",
        FORM + "date",
    ):
        if element.tag in (FORM + "checkbox", FORM + "radio"):
            checked = (
                element.get(FORM + "current-state", element.get(FORM + "state", "")) == "checked"
                or element.get(FORM + "current-selected") == "true"
            )
            text = f"{'☒' if checked else '☐'} {element.get(FORM + 'label', '')} "
        else:
            text = element.get(FORM + "current-value") or element.get(FORM + "value") or ""
        shown.update((element.get(key, ""), text) for key in (XML_ID, FORM + "id"))
    return shown


def _blocks(
    parent: Any, reader: _Reader, item: _Item | None = None, *, contents: bool = False
) -> Iterator[Paragraph]:
    for element in parent:
        if (
            not isinstance(element.tag, str)
            or element.tag in _DROPPED
            or element.get(TEXT + "style-name", "") in reader.hidden
        ):
            continue
        if element.tag in (TEXT + "p", TEXT + "h"):
            yield from _paragraph(element, reader, item, contents=contents)
            item = replace(item, first=False) if item else None
        elif element.tag == TEXT + "list":
            yield from _list(element, reader, item, contents=contents)
        elif element.tag == TABLE + "table":
            yield from _table(element, reader)
        elif element.get(TEXT + "display") != "none":
            yield from _blocks(element, reader, item, contents=contents or element.tag in _INDEXES)


def _list(element: Any, reader: _Reader, outer: _Item | None, *, contents: bool) -> Iterator[Paragraph]:
    style = element.get(TEXT + "style-name", "")
    list_id = (
        outer.list_id
        if outer and (not style or style not in reader.numbering.styles)
        else reader.numbering.opened(element, style)
    )
    level = outer.level + 1 if outer else 0
    for child in element:
        numbered = child.tag == TEXT + "list-item"
        if numbered or child.tag == TEXT + "list-header":
            yield from _blocks(
                child,
                reader,
                _Item(list_id, level, child.get(TEXT + "start-value", ""), numbered),
                contents=contents,
            )


def _paragraph(element: Any, reader: _Reader, item: _Item | None, *, contents: bool) -> Iterator[Paragraph]:
    style = reader.styles.get(element.get(TEXT + "style-name", ""), _Style())
    inline = Inline(reader.hidden, reader.bold, reader.controls)
    inline.gather(element, bold=style.bold)
    text = inline.text
    level = _heading_level(element, style)
    if text:
        label = _label(element, reader, item, level)
        text = one_line(text) if level is not None else text
        yield Paragraph(
            f"{label} {text}".strip(),
            label,
            level,
            not inline.plain,
            contents=contents or bool(_CONTENTS_STYLE.match(style.name)),
            title=style.name in _TITLE_STYLES,
            shown=(Shown(label), *inline.pieces),
        )
    for box in inline.boxes:
        yield from _table(box, reader) if box.tag == TABLE + "table" else _blocks(box, reader)


def _label(element: Any, reader: _Reader, item: _Item | None, level: int | None) -> str:
    if item is not None:
        return reader.numbering.label(item.list_id, item.level, item.start) if item.first else ""
    if element.tag == TEXT + "h" and level is not None and element.get(TEXT + "is-list-header") != "true":
        start = (
            element.get(TEXT + "start-value", "") if element.get(TEXT + "restart-numbering") == "true" else ""
        )
        return reader.numbering.outline_label(level - 1, start)
    return ""


def _heading_level(element: Any, style: _Style) -> int | None:
    """1 to 10 for a heading, None for text: by the heading's own level, else by its style's."""
    if element.tag == TEXT + "h":
        written = element.get(TEXT + "outline-level", "1")
        return int(written[:2]) if written.isdigit() else 1
    named = _HEADING_STYLE.fullmatch(style.name)
    return int(named[1]) if named else style.outline or None


def _table(table: Any, reader: _Reader) -> Iterator[Paragraph]:
    for line in table.iter(TABLE + "table-row"):
        if next(line.iterancestors(TABLE + "table")) is not table:
            continue
        cells = line.findall(TABLE + "table-cell")
        if len(cells) == 1:
            yield from _blocks(cells[0], reader)
            continue
        yield from row(_blocks(cell, reader) for cell in cells)
