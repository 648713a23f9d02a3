"""Annotated files read back without the room that wrote them: what refusing every change gives, and the words that each comment stands at."""

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_URN = "urn:oasis:names:tc:opendocument:xmlns:"
OFFICE, TEXT = f"{{{_URN}office:1.0}}", f"{{{_URN}text:1.0}}"
AUTHOR = "Contrôle de légalité"

# A character and its looks, or the sign of what is no character.
Looks = list[tuple[str, Any]]


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def refused(data: bytes) -> Any:
    """The root of the text once every change of ours is refused; the marks of comments stay."""
    parts = members(data)
    if "content.xml" in parts:
        root = etree.fromstring(parts["content.xml"])
        _refuse_odt(root)
    else:
        root = etree.fromstring(parts["word/document.xml"])
        _refuse_docx(root)
    return root


def _refuse_docx(root: Any) -> None:
    for inserted in [element for element in root.iter(W + "ins") if element.get(W + "author") == AUTHOR]:
        inserted.getparent().remove(inserted)
    for deleted in [element for element in root.iter(W + "del") if element.get(W + "author") == AUTHOR]:
        for run in list(deleted):
            deleted.addprevious(run)
        deleted.getparent().remove(deleted)
    for text in list(root.iter(W + "delText")):
        text.tag = W + "t"


def _refuse_odt(root: Any) -> None:
    regions = {
        region.get(f"{TEXT}id"): region
        for region in root.iter(f"{TEXT}changed-region")
        if AUTHOR in "".join(region.itertext())
    }
    for mark in [
        element for element in root.iter(f"{TEXT}change") if element.get(f"{TEXT}change-id") in regions
    ]:
        held = regions[mark.get(f"{TEXT}change-id")].find(f"{TEXT}deletion")[1]
        _put_back(mark, held)
    for begins in [
        element for element in root.iter(f"{TEXT}change-start") if element.get(f"{TEXT}change-id") in regions
    ]:
        begins.tail = None
        while begins.getnext().tag != f"{TEXT}change-end":
            begins.getparent().remove(begins.getnext())
        _without(begins.getnext())
        _without(begins)
    for region in regions.values():
        region.getparent().remove(region)


def _put_back(mark: Any, held: Any) -> None:
    tail, mark.tail = mark.tail, held.text
    parent, at = mark.getparent(), mark.getparent().index(mark) + 1
    children = list(held)
    for offset, child in enumerate(children):
        parent.insert(at + offset, child)
    last = children[-1] if children else mark
    last.tail = (last.tail or "") + (tail or "")
    _without(mark)


def _without(element: Any) -> None:
    """Removes an element, what follows it kept."""
    before, parent = element.getprevious(), element.getparent()
    if before is not None:
        before.tail = (before.tail or "") + (element.tail or "")
    else:
        parent.text = (parent.text or "") + (element.tail or "")
    element.tail = None
    parent.remove(element)


def looks(root: Any) -> Looks:
    """Every character with its paragraph's and its own properties, comments left out."""
    return list(_docx_looks(root) if root.tag.startswith(W) else _odt_looks(root))


def _docx_looks(root: Any) -> Iterator[tuple[str, Any]]:
    for paragraph in root.iter(W + "p"):
        yield "¶", _canonical(paragraph.find(W + "pPr"))
        for run in paragraph.iter(W + "r"):
            properties = _canonical(run.find(W + "rPr"))
            for child in run:
                if child.tag == W + "t":
                    yield from ((character, properties) for character in child.text or "")
                elif child.tag not in (W + "rPr", W + "commentReference"):
                    yield child.tag, properties


def _canonical(element: Any) -> object:
    return (
        element
        if element is None
        else (element.tag, sorted(element.attrib.items()), [_canonical(child) for child in element])
    )


_ASIDE = (f"{OFFICE}annotation", f"{OFFICE}annotation-end", f"{TEXT}tracked-changes")


def _odt_looks(root: Any) -> Iterator[tuple[str, Any]]:
    for paragraph in root.find(f"{OFFICE}body").iter(f"{TEXT}p", f"{TEXT}h"):
        if not any(element.tag in _ASIDE for element in paragraph.iterancestors()):
            yield "¶", tuple(sorted(paragraph.attrib.items()))
            yield from _inline(paragraph, ())


def _inline(element: Any, above: tuple[Any, ...]) -> Iterator[tuple[str, Any]]:
    yield from ((character, above) for character in element.text or "")
    for child in element:
        if child.tag not in _ASIDE:
            if child.tag != f"{TEXT}span":
                yield child.tag, above
            yield from _inline(child, (*above, (child.tag, tuple(sorted(child.attrib.items())))))
        yield from ((character, above) for character in child.tail or "")


def commented(root: Any) -> dict[str, str]:
    """The words between the marks of each comment, without their spaces, by its name or number."""
    found: dict[str, list[str]] = {}
    open_: set[str] = set()
    for kind, value in _events(root):
        if kind == "start":
            found[value] = []
            open_.add(value)
        elif kind == "end":
            open_.discard(value)
        else:
            for name in open_:
                found[name].append(value)
    return {name: "".join("".join(words).split()) for name, words in found.items()}


def _events(root: Any) -> Iterator[tuple[str, str]]:
    starts = (W + "commentRangeStart", f"{OFFICE}annotation")
    ends = (W + "commentRangeEnd", f"{OFFICE}annotation-end")
    skipped: Any = None
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if skipped is not None and element is not skipped:
            continue
        if event == "start":
            if element.tag in starts and (name := element.get(W + "id") or element.get(f"{OFFICE}name")):
                yield "start", name
            elif element.tag in ends:
                yield "end", element.get(W + "id") or element.get(f"{OFFICE}name")
            skipped = element if element.tag in _ASIDE else None
            if skipped is None and (element.tag == W + "t" or not root.tag.startswith(W)):
                yield "words", element.text or ""
        else:
            skipped = None
            if not root.tag.startswith(W):
                yield "words", element.tail or ""


def counted(odt: bytes) -> tuple[int, int]:
    """The comments and the tracked changes of an ODT that LibreOffice wrote."""
    content = etree.fromstring(members(odt)["content.xml"])
    return sum(1 for _ in content.iter(f"{OFFICE}annotation")), sum(
        1 for _ in content.iter(f"{TEXT}changed-region")
    )
