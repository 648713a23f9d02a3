"""Word documents: paragraphs with the numbers that Word prints, headings by style, tables as rows, insertions kept and deletions dropped.

There are no pages: where a page ends depends on the printer and the fonts of the reader. Headers and footers are said once, first; footnotes follow their
paragraph.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE as RELATED
from docx.opc.exceptions import OpcError
from docx.oxml import parse_xml
from docx.package import Package
from lxml import etree

from assistant.lines import one_line
from assistant.reading.characters import storable
from assistant.reading.content import Content
from assistant.reading.package import broken_is_damaged, check_size
from assistant.reading.paragraphs import Paragraph, Shown, assembled, row, stands_beside
from assistant.reading.structure import MORE_THAN_A_NUMBER, titled
from assistant.reading.word_numbering import Numbering, Style, W, numbering_of, styles_of, switched

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_HEADING_STYLE = re.compile(r"(?:heading|titre)\s*([1-9])", re.IGNORECASE)
_DROPPED = frozenset(
    W + name
    for name in (
        "del",
        "moveFrom",
        "pPr",
        "rPr",
        "sectPr",
        "sdtPr",
        "tblPr",
        "trPr",
        "tcPr",
        "instrText",
        "delText",
        "delInstrText",
        "footnoteRef",
    )
)
_DROPPED_ROWS = f"{W}trPr/{W}del"
# Wingdings and Wingdings 2 code points of the boxes that forms use.
BOXES = {
    "F06F": "☐",
    "F071": "☐",
    "F0A8": "☐",
    "F0A3": "☐",
    "F078": "☒",
    "F0FE": "☒",
    "F0FD": "☒",
    "F053": "☒",
    "F054": "☒",
    "F052": "☒",
    "F0FC": "✓",
}


@dataclass(frozen=True, slots=True)
class Word:
    """An open Word document: ``body`` holds its paragraphs, ``path`` is the part of the package where they are."""

    body: Any
    path: str
    styles: dict[str, Style]
    numbering: Numbering
    notes: dict[str, Any]
    running: tuple[Any, ...]
    metadata: tuple[tuple[str, str], ...]


def read_docx(data: bytes, name: str) -> Content:
    """Reads a Word document.

    Raises:
        DamagedFileError: the package or its XML is broken.
        ReadingError: it expands beyond the limits.
    """
    check_size(data, name, "un document Word")
    with broken_is_damaged(name, "un document Word", OpcError):
        word = opened_word(data)
        paragraphs = paragraphs_of(word)
    text, lines = assembled(paragraphs)
    title = next((paragraph.text for paragraph in paragraphs if paragraph.title), None) or dict(
        word.metadata
    ).get("title")
    headings, problems = titled(lines)
    return Content(
        text,
        title=one_line(title) if title else None,
        headings=headings,
        problems=problems,
        metadata=word.metadata,
    )


def opened_word(data: bytes) -> Word:
    """The parts of a Word document; what is broken raises what ``broken_is_damaged`` turns into one error."""
    package = Package.open(io.BytesIO(data))
    main = package.main_document_part
    root = _root(main)
    body = root.find(W + "body")
    if body is None:
        raise ValueError("no body")
    styles_root = _related(main, RELATED.STYLES)
    notes = _related(main, RELATED.FOOTNOTES)
    return Word(
        body,
        main.partname.lstrip("/"),
        styles_of(styles_root),
        numbering_of(_related(main, RELATED.NUMBERING), styles_root),
        {}
        if notes is None
        else {
            note.get(W + "id", ""): note
            for note in notes.iter(W + "footnote")
            if note.get(W + "type") in (None, "normal")
        },
        tuple(
            _root(one.target_part)
            for kind in (RELATED.HEADER, RELATED.FOOTER)
            for one in main.rels.values()
            if one.reltype == kind
        ),
        _metadata(package),
    )


def paragraphs_of(word: Word) -> list[Paragraph]:
    """The paragraphs in the order in which they are read. Numbers are counted as they come: once for an open document."""
    return [*_running(word), *_blocks(word.body, word)]


def _root(part: Any) -> Any:
    return part.element if hasattr(part, "element") else parse_xml(part.blob)


def _related(part: Any, kind: str) -> Any | None:
    try:
        return _root(part.part_related_by(kind))
    except (KeyError, ValueError, etree.LxmlError):
        return None  # a document without lists, notes or styles is a document


def _metadata(package: Any) -> tuple[tuple[str, str], ...]:
    try:
        core = package.core_properties
        values = (
            ("title", core.title),
            ("author", core.author),
            ("subject", core.subject),
            ("modified", core.modified and core.modified.isoformat()),
        )
    except (KeyError, ValueError, AttributeError, etree.LxmlError):
        return ()
    return tuple((key, one_line(storable(str(value)))) for key, value in values if value)


def _blocks(parent: Any, word: Word) -> Iterator[Paragraph]:
    for element in parent:
        if element.tag == W + "p":
            yield from _paragraph(element, word)
        elif element.tag == W + "tbl":
            yield from _table(element, word)
        elif element.tag == _MC + "AlternateContent":
            yield from _blocks(_alternative(element), word)
        elif element.tag not in _DROPPED and isinstance(element.tag, str):
            yield from _blocks(element, word)


def _running(word: Word) -> Iterator[Paragraph]:
    """What headers and footers say besides page numbers, each text once."""
    found = (paragraph.text for root in word.running for paragraph in _blocks(root, word))
    yield from (
        Paragraph(text, running=True) for text in dict.fromkeys(found) if MORE_THAN_A_NUMBER.match(text)
    )


def _paragraph(element: Any, word: Word) -> Iterator[Paragraph]:
    style_id = _attribute(element, f"{W}pPr/{W}pStyle")
    style = word.styles.get(style_id, Style())
    pieces: list[Shown] = []
    boxes: list[Any] = []
    notes: list[str] = []
    bold = _collect(element, pieces, boxes, notes)
    text = _tidied(_text(pieces))
    label = _label(element, style_id, style, word.numbering) if text else ""
    level = _heading_level(element, style)
    if text:
        text = one_line(text) if level is not None else text
        name = style.name.lower()
        yield Paragraph(
            f"{label} {text}".strip(),
            label,
            level,
            bold or style.bold,
            contents=name.startswith(("toc ", "tm ")),
            title=name in ("title", "titre"),
            lead=_lead(element, text, label) if level is None else 0,
            shown=(Shown(label), *pieces),
        )
    for box in boxes:
        yield from _blocks(box, word)
    for note in notes:
        yield from _note(note, word)


def _note(note_id: str, word: Word) -> Iterator[Paragraph]:
    note = word.notes.get(note_id)
    if note is not None:
        text = one_line(" ".join(paragraph.text for paragraph in _blocks(note, word)))
        if text:
            said = f"Note {note_id} : {text}"
            yield Paragraph(said, shown=(Shown(said),))


def _collect(element: Any, pieces: list[Shown], boxes: list[Any], notes: list[str]) -> bool:
    """Adds the text of ``element`` to ``pieces``, its text boxes to ``boxes``, its footnotes to ``notes``; true when all its text is bold."""
    bold = [
        _collect_one(child, pieces, boxes, notes)
        for child in element
        if isinstance(child.tag, str) and child.tag not in _DROPPED
    ]
    known = [value for value in bold if value is not None]
    return bool(known) and all(known)


def _collect_one(child: Any, pieces: list[Shown], boxes: list[Any], notes: list[str]) -> bool | None:
    tag = child.tag
    if tag == W + "r":
        return _run(child, pieces, boxes, notes)
    if tag in (W + "t", _MATH_TEXT):
        pieces.append(Shown(child.text or "", child))
    elif tag in _PRINTED:
        pieces.append(Shown(_PRINTED[tag]))
    elif tag == W + "br":
        pieces.append(Shown("\n" if child.get(W + "type", "textWrapping") == "textWrapping" else " "))
    elif tag == W + "sym":
        pieces.append(Shown(BOXES.get(child.get(W + "char", "").upper(), "")))
    elif tag == W + "fldChar":
        pieces.append(Shown(_form_box(child)))
    elif tag == W + "footnoteReference":
        notes.append(child.get(W + "id", ""))
    elif tag == W + "txbxContent":
        boxes.append(child)
    elif tag == _MC + "AlternateContent":
        _collect(_alternative(child), pieces, boxes, notes)
    else:
        return _collect(child, pieces, boxes, notes) if len(child) else None
    return None


_PRINTED = {W + "tab": " ", W + "ptab": " ", W + "cr": "\n", W + "noBreakHyphen": "-", W + "softHyphen": ""}


def _run(run: Any, pieces: list[Shown], boxes: list[Any], notes: list[str]) -> bool | None:
    if switched(run.find(f"{W}rPr/{W}vanish")):
        return None
    before = len(pieces)
    _collect(run, pieces, boxes, notes)
    return bool(switched(run.find(f"{W}rPr/{W}b"))) if _text(pieces[before:]).strip() else None


def _lead(element: Any, text: str, label: str) -> int:
    """How many characters of a paragraph its first runs make, where these alone are bold."""
    words = ""
    for run in element.iter(W + "r"):
        more = "".join(part.text or "" for part in run.iter(W + "t"))
        if more.strip() and not switched(run.find(f"{W}rPr/{W}b")):
            lead = one_line(words)
            return len(f"{label} {lead}".strip()) if lead and text.startswith(lead) else 0
        words += more
    return 0


def _form_box(field: Any) -> str:
    box = field.find(f"{W}ffData/{W}checkBox")
    if box is None:
        return ""
    checked = switched(box.find(W + "checked"))
    return "☒" if (checked if checked is not None else switched(box.find(W + "default"))) else "☐"


def _alternative(element: Any) -> Any:
    choice = element.find(_MC + "Choice")
    return choice if choice is not None else element


def _text(pieces: list[Shown]) -> str:
    return "".join(piece.text for piece in pieces)


def _tidied(text: str) -> str:
    lines = (one_line(line) for line in storable(text).split("\n"))
    return "\n".join(line for line in lines if line)


def _label(element: Any, style_id: str, style: Style, numbering: Numbering) -> str:
    list_id = _attribute(element, f"{W}pPr/{W}numPr/{W}numId") or style.list_id or ""
    level = _attribute(element, f"{W}pPr/{W}numPr/{W}ilvl")
    if list_id in ("", "0"):
        return ""
    if level.isdigit():
        return numbering.label(list_id, int(level))
    return numbering.label(
        list_id,
        style.list_level if style.list_level is not None else numbering.level_of_style(list_id, style_id),
    )


def _heading_level(element: Any, style: Style) -> int | None:
    """1 to 9 for a heading, None for text: by the style's name, else by an outline level (9 is Word's « body text »)."""
    named = _HEADING_STYLE.fullmatch(style.name)
    if named:
        return int(named[1])
    outline = _attribute(element, f"{W}pPr/{W}outlineLvl")
    level = int(outline) if outline.isdigit() else style.outline
    return level + 1 if level is not None and level < 9 else None


def _attribute(element: Any, path: str) -> str:
    found = element.find(path)
    return "" if found is None else str(found.get(W + "val", ""))


def _table(table: Any, word: Word) -> Iterator[Paragraph]:
    rows: list[list[list[Paragraph]]] = []
    for line in table.iter(W + "tr"):
        if line.find(_DROPPED_ROWS) is not None or next(line.iterancestors(W + "tbl")) is not table:
            continue
        cells = [cell for cell in line.iter(W + "tc") if next(cell.iterancestors(W + "tr")) is line]
        rows.append([list(_blocks(cell, word)) for cell in cells])
    if stands_beside(rows):
        for left, right in rows:
            yield from (replace(paragraph, beside=True) for paragraph in left)
            yield from right
        return
    for cells in rows:
        yield from cells[0] if len(cells) == 1 else row(cells)
