"""Remarks in an OpenDocument text: annotations at their words, tracked changes declared at its head (ODF 1.3 part 3, 5.5 and 14.1)."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from lxml import etree

from assistant.annotation.sheet import AUTHOR, Edge, Letter
from assistant.reading.odf import OFFICE, TABLE, TEXT, XML_ID, opened_odf
from assistant.reading.odt import paragraphs_of
from assistant.reading.paragraphs import Paragraph

_KIND = "un document OpenDocument"
_DC = "{http://purl.org/dc/elements/1.1/}"
_NAMES = {"office": OFFICE.strip("{}"), "text": TEXT.strip("{}"), "dc": _DC.strip("{}")}
_PARAGRAPHS = (TEXT + "p", TEXT + "h")
_SPAN = TEXT + "span"
# What may hold a comment within a paragraph; a field's own text may not.
_INLINE = frozenset((_SPAN, TEXT + "a"))
# Where no comment may be: what a drawing holds, and what a note says.
_NO_COMMENT = frozenset(
    (
        f"{TEXT}note",
        "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}text-box",
        f"{TEXT}tracked-changes",
        f"{OFFICE}annotation",
    )
)
# What may be deleted as text.
_PLAIN = frozenset((_SPAN, TEXT + "s", TEXT + "tab", TEXT + "line-break", TEXT + "soft-page-break"))
_MARKS = frozenset((f"{OFFICE}annotation", f"{OFFICE}annotation-end"))


class OdtSheet:
    """An OpenDocument text that remarks are written into."""

    def __init__(self, data: bytes, name: str, when: datetime) -> None:
        with opened_odf(data, name, _KIND, "text") as document:
            self._document = document
        self._when = when.strftime("%Y-%m-%dT%H:%M:%S")
        self._prefix = _unused(self._document.body)
        self._made: dict[int, tuple[Any, Any]] = {}
        self._regions: list[Any] = []

    def paragraphs(self) -> list[Paragraph]:
        """See ``Sheet.paragraphs``."""
        return paragraphs_of(self._document)

    def holder(self, letter: Letter) -> Any | None:
        """See ``Sheet.holder``: not in a note, a drawing, a field."""
        above = (
            list(letter.element.iterancestors())
            if letter.is_tail
            else [letter.element, *letter.element.iterancestors()]
        )
        around = next((element for element in above if element.tag not in _INLINE), None)
        if (
            around is None
            or around.tag not in _PARAGRAPHS
            or any(element.tag in _NO_COMMENT for element in above)
        ):
            return None
        return next(
            (element for element in above if element.tag == TABLE + "table-cell"), self._document.body
        )

    def mark(self, edge: Edge) -> None:
        """See ``Sheet.mark``."""
        name = {OFFICE + "name": f"{self._prefix}{edge.number}"}
        if edge.lines:
            mark, start = _made(OFFICE + "annotation-end", name), self._annotation(edge.lines, name)
            self._made[edge.number] = (start, mark)
            _insert(mark, edge.letter)
        else:
            _insert(self._made[edge.number][0], edge.letter)

    def replace(self, number: int, words: str) -> bool:
        """See ``Sheet.replace``."""
        start, end = self._made[number]
        paragraph = start.getparent()
        between = list(_between(start, end))
        if (
            paragraph is not end.getparent()
            or paragraph.tag not in _PARAGRAPHS
            or not all(_is_plain(element) for element in between)
        ):
            return False
        style = (
            next((element for element in between if element.tag == _SPAN), None)
            if not (start.tail or "").strip()
            else None
        )
        deleted, new = self._change(number, "deletion"), self._change(number, "insertion")
        last = self._take_out(start, end, between, deleted)
        _after(last, *_proposed(words, style, _id(deleted), _id(new)))
        return True

    def comment_first(self, lines: Sequence[str]) -> None:
        """See ``Sheet.comment_first``."""
        paragraphs = self._document.body.iter(*_PARAGRAPHS)
        first = next(
            (
                element
                for element in paragraphs
                if not any(up.tag in _NO_COMMENT for up in element.iterancestors())
            ),
            None,
        )
        if first is None:
            raise ValueError("no paragraph")
        _put(self._annotation(lines, {}), Letter(first, 0))

    def parts(self) -> dict[str, bytes]:
        """See ``Sheet.parts``."""
        if self._regions:
            self._tracked().extend(self._regions)
        return {
            "content.xml": etree.tostring(
                self._document.content.getroottree(), xml_declaration=True, encoding="UTF-8"
            )
        }

    def _annotation(self, lines: Sequence[str], name: dict[str, str]) -> Any:
        annotation = _made(OFFICE + "annotation", name)
        self._sign(annotation)
        for line in lines:
            _child(annotation, TEXT + "p", line)
        return annotation

    def _sign(self, element: Any) -> None:
        _child(element, _DC + "creator", AUTHOR)
        _child(element, _DC + "date", self._when)

    def _change(self, number: int, kind: str) -> Any:
        """A change of a kind, declared; what is deleted goes into it."""
        id_ = f"{self._prefix}{number}-{kind}"
        region = _made(TEXT + "changed-region", {XML_ID: id_, TEXT + "id": id_})
        self._sign(_child(_child(region, TEXT + kind), OFFICE + "change-info"))
        self._regions.append(region)
        return region

    def _take_out(self, start: Any, end: Any, between: Sequence[Any], region: Any) -> Any:
        """Moves what stands between two marks into a deletion, marks of other comments left out; gives what now stands before ``end``."""
        paragraph = start.getparent()
        held = _child(region[0], paragraph.tag, start.tail, _style(paragraph))
        start.tail, last = None, start
        for element in between:
            if element.tag in _MARKS:
                _add_text(held, element.tail)
                element.tail, last = None, element
            else:
                held.append(element)
        return last

    def _tracked(self) -> Any:
        """The changes of the document; where it has none yet, without the recording of what is typed from now on."""
        body = self._document.body
        found = body.find(TEXT + "tracked-changes")
        if found is None:
            found = _made(TEXT + "tracked-changes", {TEXT + "track-changes": "false"})
            body.insert(1 if body.find(OFFICE + "forms") is not None else 0, found)
        return found


def _unused(body: Any) -> str:
    """How the names of these comments and changes begin: as none of those that are there."""
    names = (
        element.get(name) or ""
        for tag, name in ((OFFICE + "annotation", OFFICE + "name"), (TEXT + "changed-region", XML_ID))
        for element in body.iter(tag)
    )
    taken = {name.partition("-")[0] for name in names}
    return next(
        f"{prefix}-" for number in range(len(taken) + 1) if (prefix := f"controle{number}") not in taken
    )


def _made(tag: str, attributes: dict[str, str] | None = None) -> Any:
    return etree.Element(tag, attributes or {}, nsmap=_NAMES)


def _child(parent: Any, tag: str, text: str | None = None, attributes: dict[str, str] | None = None) -> Any:
    child = etree.SubElement(parent, tag, attributes or {})
    child.text = text
    return child


def _id(region: Any) -> dict[str, str]:
    return {TEXT + "change-id": region.get(XML_ID)}


def _style(paragraph: Any) -> dict[str, str]:
    kept = (TEXT + "style-name", TEXT + "outline-level")
    return {name: paragraph.get(name) for name in kept if paragraph.get(name)}


def _proposed(words: str, style: Any | None, deleted: dict[str, str], inserted: dict[str, str]) -> list[Any]:
    """What stands where words were deleted: the mark of the deletion, and the new words, in the style of the first ones, between those of the insertion."""
    begins, ends = _made(TEXT + "change-start", inserted), _made(TEXT + "change-end", inserted)
    if style is None:
        begins.tail = words
        return [_made(TEXT + "change", deleted), begins, ends]
    styled = _made(_SPAN, dict(style.attrib))
    styled.text = words
    return [_made(TEXT + "change", deleted), begins, styled, ends]


def _after(element: Any, *new: Any) -> None:
    parent, at = element.getparent(), element.getparent().index(element) + 1
    for offset, one in enumerate(new):
        parent.insert(at + offset, one)


def _add_text(element: Any, text: str | None) -> None:
    """Adds text at the end of an element."""
    if text and len(element):
        element[-1].tail = (element[-1].tail or "") + text
    elif text:
        element.text = (element.text or "") + text


def _insert(mark: Any, letter: Letter) -> None:
    """Puts ``mark`` before a character, at the level of its paragraph: a span that it would cut becomes two of the same style."""
    _put(mark, letter)
    while mark.getparent().tag == _SPAN:
        _raise(mark)


def _put(mark: Any, letter: Letter) -> None:
    element, at = letter.element, letter.at
    if letter.is_tail:
        text, element.tail = element.tail or "", (element.tail or "")[:at]
        element.getparent().insert(element.getparent().index(element) + 1, mark)
    else:
        text, element.text = element.text or "", (element.text or "")[:at]
        element.insert(0, mark)
    mark.tail = text[at:]


def _raise(mark: Any) -> None:
    """Takes ``mark`` out of its span; where it stands within, what follows it there becomes a span of its own."""
    span, outside = mark.getparent(), mark.getparent().getparent()
    after, following = mark.tail, list(mark.itersiblings())
    if not span.text and span[0] is mark:
        span.remove(mark)
        span.text, mark.tail = after, None
        outside.insert(outside.index(span), mark)
        return
    tail, span.tail, mark.tail = span.tail, None, None
    _after(span, mark)
    if after or following:
        rest = etree.Element(span.tag, dict(span.attrib), nsmap=span.nsmap)
        rest.text = after
        rest.extend(following)
        _after(mark, rest)
    outside[outside.index(mark) + bool(after or following)].tail = tail


def _between(start: Any, end: Any) -> Iterator[Any]:
    for element in start.itersiblings():
        if element is end:
            return
        yield element


def _is_plain(element: Any) -> bool:
    """Whether an element is text that can be deleted, or the mark of another comment."""
    return element.tag in _MARKS or (
        element.tag in _PLAIN and all(inner.tag in _PLAIN for inner in element.iter())
    )
