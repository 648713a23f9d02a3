"""PowerPoint presentations: one page a slide, its title first and as a heading, tables as rows, the speaker's notes after it.

Hidden slides are kept and said. A slide that shows pictures and no word has a page without text, which is said too.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from assistant.datatypes import Heading, Page, Problem, Severity, Span
from assistant.lines import one_line
from assistant.reading.characters import storable
from assistant.reading.content import Content
from assistant.reading.numbering import split_number
from assistant.reading.package import Package, local, opened

_KIND = "une présentation PowerPoint"
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_R_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MAIN = "ppt/presentation.xml"
_TITLES = frozenset(("title", "ctrTitle"))
# Placeholders that each slide repeats.
_REPEATED = frozenset(("dt", "ftr", "sldNum", "hdr"))
# The longest decks here have some hundred slides; ten thousand is no presentation.
MAX_SLIDES = 10_000


@dataclass(frozen=True, slots=True)
class _Slide:
    title: str
    lines: tuple[str, ...]
    notes: tuple[str, ...]
    pictures: bool
    hidden: bool


def read_pptx(data: bytes, name: str) -> Content:
    """Reads a presentation.

    Raises:
        DamagedFileError: the package or its XML is broken.
        ReadingError: it expands beyond the limits.
    """
    with opened(data, name, _KIND) as package:
        slides = [_slide(package, path) for path in _paths(package)]
        title = _declared_title(package)
    return _assembled(slides, name, title)


def _paths(package: Package) -> Iterator[str]:
    root = package.root(_MAIN)
    if root is None:
        raise ValueError("no presentation")
    related = package.related(_MAIN)
    for element in list(root.iter(_P + "sldId"))[:MAX_SLIDES]:
        kind, path = related.get(element.get(_R_ID, ""), ("", ""))
        if kind == "slide":
            yield path


def _slide(package: Package, path: str) -> _Slide:
    root = package.root(path)
    if root is None or root.tag != _P + "sld":
        raise ValueError("a slide is missing")
    related = package.related(path)
    shapes = list(_shapes(root))
    title = next(
        (one_line(" ".join(_paragraphs(shape))) for shape in shapes if _placeholder(shape) in _TITLES), ""
    )
    lines = [
        line for shape in shapes if _placeholder(shape) not in _TITLES | _REPEATED for line in _lines(shape)
    ]
    lines += [
        line
        for kind, target in related.values()
        if kind == "diagramData"
        for line in _paragraphs(package.root(target))
    ]
    notes = (package.root(target) for kind, target in related.values() if kind == "notesSlide")
    said = tuple(
        line
        for note in notes
        if note is not None
        for shape in _shapes(note)
        if _placeholder(shape) == "body"
        for line in _paragraphs(shape)
    )
    return _Slide(
        title,
        tuple(lines),
        said,
        next(root.iter(_P + "pic"), None) is not None,
        root.get("show") in ("0", "false"),
    )


def _shapes(root: Any) -> Iterator[Any]:
    """Shapes and frames in their order, those of groups included, the newer of two alternatives."""
    for element in root:
        if element.tag in (_P + "sp", _P + "graphicFrame", _P + "cxnSp"):
            yield element
        elif element.tag == _MC + "AlternateContent":
            chosen = element.find(_MC + "Choice")
            yield from _shapes(element if chosen is None else chosen)
        elif isinstance(element.tag, str):
            yield from _shapes(element)


def _placeholder(shape: Any) -> str:
    """What a shape holds the place of; empty for a free one."""
    found = shape.find(f"{_P}nvSpPr/{_P}nvPr/{_P}ph")
    return "" if found is None else str(found.get("type", "body"))


def _lines(shape: Any) -> Iterator[str]:
    tables = list(shape.iter(_A + "tbl"))
    if not tables:
        yield from _paragraphs(shape)
    for table in tables:
        for row in table.iter(_A + "tr"):
            cells = [one_line(" ".join(_paragraphs(cell))) for cell in row.iter(_A + "tc")]
            if any(cells):
                yield " | ".join(cells)


def _paragraphs(element: Any | None) -> Iterator[str]:
    for paragraph in () if element is None else element.iter(_A + "p"):
        pieces = (
            "\n" if local(part) == "br" else part.text or "" for part in paragraph.iter(_A + "t", _A + "br")
        )
        for line in storable("".join(pieces)).split("\n"):
            if line.strip():
                yield one_line(line)


def _declared_title(package: Package) -> str | None:
    try:
        root = package.root("docProps/core.xml")
    except etree.LxmlError:
        return None  # a presentation without properties is a presentation
    title = None if root is None else root.findtext("{http://purl.org/dc/elements/1.1/}title")
    return one_line(storable(title or "")) or None


def _assembled(slides: list[_Slide], name: str, title: str | None) -> Content:
    pieces: list[str] = []
    pages: list[Page] = []
    headings: list[Heading] = []
    problems: list[Problem] = []
    at = 0
    for number, slide in enumerate(slides, start=1):
        if slide.title:
            printed, rest = split_number(slide.title)
            headings.append(Heading(1, printed, rest, Span(at, at + len(slide.title))))
        notes = ("Notes :", *slide.notes) if slide.notes else ()
        text = "".join(f"{line}\n" for line in (slide.title, *slide.lines, *notes) if line)
        span = Span(at, at + len(text))
        lost = not text and slide.pictures
        pages.append(Page(number, span, has_text=not lost))
        problems.extend(_said(slide, number, name, span, lost=lost))
        pieces.append(text)
        at += len(text)
    return Content(
        "".join(pieces), title=title, pages=tuple(pages), headings=tuple(headings), problems=tuple(problems)
    )


def _said(slide: _Slide, number: int, name: str, span: Span, *, lost: bool) -> Iterator[Problem]:
    if lost:
        message = f"La diapositive {number} de « {name} » n'a pas de texte (une image) : son contenu n'est pas connu de l'assistant."
        yield Problem("page-without-text", message)
    if slide.hidden:
        message = f"La diapositive {number} de « {name} » est masquée : elle n'est pas projetée, mais elle a été lue."
        yield Problem("hidden-slide", message, span, Severity.INFO)
