"""Remarks in a Word document: a part of comments, their marks around runs, deleted and inserted runs (ECMA-376 part 1, 17.13.4 and 17.13.5)."""

from collections.abc import Iterator, Sequence
from copy import deepcopy
from datetime import datetime
from typing import Any

from lxml import etree

from assistant.annotation.sheet import AUTHOR, INITIALS, Edge, Letter
from assistant.reading.docx import opened_word, paragraphs_of
from assistant.reading.package import Package, check_size, opened, parsed
from assistant.reading.paragraphs import Paragraph
from assistant.reading.word_numbering import W

_KIND = "un document Word"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_NO_RELATION = f'<Relationships xmlns="{_RELATIONS.strip("{}")}"/>'.encode()
_COMMENTS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_TYPES_PART = "[Content_Types].xml"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
# Word takes no comment in a text box, and what is written twice, for new and old versions, is not changed in one of them.
_NO_COMMENT = frozenset(
    (W + "txbxContent", "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent")
)
# What a run may hold to be deleted as text, and what may stand between runs.
_PLAIN = frozenset(
    W + name
    for name in ("rPr", "t", "tab", "br", "cr", "noBreakHyphen", "softHyphen", "lastRenderedPageBreak")
)
_MARKS = frozenset(
    W + name
    for name in (
        "bookmarkStart",
        "bookmarkEnd",
        "commentRangeStart",
        "commentRangeEnd",
        "proofErr",
        "permStart",
        "permEnd",
    )
)
_REVISED = (W + "ins", W + "del", W + "moveFrom", W + "moveTo")


class DocxSheet:
    """A Word document that remarks are written into."""

    def __init__(self, data: bytes, name: str, when: datetime) -> None:
        check_size(data, name, _KIND)
        self._word = opened_word(data)
        self._signed = {W + "author": AUTHOR, W + "date": when.strftime("%Y-%m-%dT%H:%M:%SZ")}
        with opened(data, name, _KIND) as package:
            self._rest = _Rest(package, self._word.path)
        self._first = 1 + max(
            (_id(comment) for comment in self._rest.comments.iter(W + "comment")), default=-1
        )
        self._revision = 1 + max((_id(element) for element in self._word.body.iter(*_REVISED)), default=0)
        self._made: dict[int, tuple[Any, Any]] = {}

    def paragraphs(self) -> list[Paragraph]:
        """See ``Sheet.paragraphs``."""
        return paragraphs_of(self._word)

    def holder(self, letter: Letter) -> Any | None:
        """See ``Sheet.holder``: not in a note, a header, a formula."""
        run, above = letter.element.getparent(), list(letter.element.iterancestors())
        if (
            run.tag != W + "r"
            or self._word.body not in above
            or any(element.tag in _NO_COMMENT for element in above)
        ):
            return None
        return next((element for element in above if element.tag == W + "tc"), self._word.body)

    def mark(self, edge: Edge) -> None:
        """See ``Sheet.mark``."""
        if edge.lines:
            mark = _made("commentRangeEnd", {W + "id": self._id(edge.number)})
            _insert(mark, edge.letter)
            mark.addnext(self._reference(edge.number))
            self._made[edge.number] = (None, mark)
            self._rest.add(_comment(self._id(edge.number), edge.lines, self._signed))
        else:
            mark = _made("commentRangeStart", {W + "id": self._id(edge.number)})
            _insert(mark, edge.letter)
            self._made[edge.number] = (mark, self._made[edge.number][1])

    def replace(self, number: int, words: str) -> bool:
        """See ``Sheet.replace``."""
        between = list(_between(*self._made[number]))
        runs = [
            element
            for element in between
            if element.tag == W + "r" and element.find(W + "commentReference") is None
        ]
        if not runs or any(element.tag not in _MARKS and not _is_plain(element) for element in between):
            return False
        inserted = self._revised("ins")
        inserted.append(_run(words, runs[0].find(W + "rPr")))
        runs[-1].addnext(inserted)
        for run in runs:
            self._delete(run)
        return True

    def comment_first(self, lines: Sequence[str]) -> None:
        """See ``Sheet.comment_first``."""
        number = max(self._made, default=-1) + 1
        first = next(self._word.body.iter(W + "p"), None)
        if first is None:
            raise ValueError("no paragraph")
        first.insert(1 if first.find(W + "pPr") is not None else 0, self._reference(number))
        self._rest.add(_comment(self._id(number), lines, self._signed))

    def parts(self) -> dict[str, bytes]:
        """See ``Sheet.parts``."""
        return {self._word.path: _serialised(self._word.body), **self._rest.parts()}

    def _id(self, number: int) -> str:
        return str(self._first + number)

    def _reference(self, number: int) -> Any:
        run = _made("r")
        run.append(_made("commentReference", {W + "id": self._id(number)}))
        return run

    def _revised(self, name: str) -> Any:
        self._revision += 1
        return _made(name, {W + "id": str(self._revision), **self._signed})

    def _delete(self, run: Any) -> None:
        deleted = self._revised("del")
        run.addprevious(deleted)
        deleted.append(run)
        for text in run.iter(W + "t"):
            text.tag = W + "delText"
            text.set(_SPACE, "preserve")


class _Rest:
    """The parts beside the text: the comments, and what declares them where the document had none."""

    def __init__(self, package: Package, path: str) -> None:
        found = [target for kind, target in package.related(path).values() if kind == "comments"]
        folder, _, base = path.rpartition("/")
        self._relations_path = f"{folder}/_rels/{base}.rels".lstrip("/")
        self._path = found[0] if found else f"{folder}/comments.xml".lstrip("/")
        self._types: Any = package.root(_TYPES_PART)
        self._relations: Any = package.root(self._relations_path)
        self._declared = bool(found)
        self.comments: Any = (
            package.root(self._path) if found else etree.Element(W + "comments", nsmap={"w": W.strip("{}")})
        )

    def add(self, comment: Any) -> None:
        """Adds a comment, the last one."""
        self.comments.append(comment)

    def parts(self) -> dict[str, bytes]:
        """Their bytes, by path."""
        parts = {self._path: _serialised(self.comments)}
        return parts if self._declared else parts | self._declarations()

    def _declarations(self) -> dict[str, bytes]:
        etree.SubElement(
            self._types, _TYPES + "Override", {"PartName": f"/{self._path}", "ContentType": _COMMENTS_TYPE}
        )
        relations = parsed(_NO_RELATION) if self._relations is None else self._relations
        taken = {relation.get("Id") for relation in relations}
        new = next(name for number in range(len(taken) + 1) if (name := f"rIdControle{number}") not in taken)
        etree.SubElement(
            relations, _RELATIONS + "Relationship", {"Id": new, "Type": _COMMENTS, "Target": f"/{self._path}"}
        )
        return {_TYPES_PART: _serialised(self._types), self._relations_path: _serialised(relations)}


def _made(name: str, attributes: dict[str, str] | None = None) -> Any:
    return etree.Element(W + name, attributes or {}, nsmap={"w": W.strip("{}")})


def _id(element: Any) -> int:
    written = element.get(W + "id", "")
    return int(written) if written.isdigit() else 0


def _run(words: str, properties: Any | None) -> Any:
    run, text = _made("r"), _made("t", {_SPACE: "preserve"})
    if properties is not None:
        run.append(deepcopy(properties))
    text.text = words
    run.append(text)
    return run


def _comment(id_: str, lines: Sequence[str], signed: dict[str, str]) -> Any:
    comment = _made("comment", {W + "id": id_, **signed, W + "initials": INITIALS})
    for line in lines:
        paragraph = _made("p")
        paragraph.append(_run(line, None))
        comment.append(paragraph)
    return comment


def _insert(mark: Any, letter: Letter) -> None:
    """Puts ``mark`` before a character, between two runs: one that it would cut becomes two of the same properties."""
    text, run = letter.element, letter.element.getparent()
    if letter.at == 0 and all(element.tag == W + "rPr" for element in text.itersiblings(preceding=True)):
        run.addprevious(mark)
        return
    run.addnext(mark)
    rest = _cut(run, text, letter.at)
    if rest is not None:
        mark.addnext(rest)


def _cut(run: Any, text: Any, at: int) -> Any | None:
    """Takes what follows a character out of ``run``, as a run of its own; None where nothing follows."""
    following, after = list(text.itersiblings()), (text.text or "")[at:]
    if not following and not after:
        return None
    rest = etree.Element(run.tag, dict(run.attrib), nsmap=run.nsmap)
    properties = run.find(W + "rPr")
    rest.extend([deepcopy(properties)] if properties is not None else [])
    if after:
        half = _made("t", {_SPACE: "preserve"})
        half.text = after
        rest.append(half)
        text.text = text.text[:at]
        text.set(_SPACE, "preserve")
    rest.extend(following)
    return rest


def _between(start: Any, end: Any) -> Iterator[Any]:
    """The siblings from one mark to the other; nothing where they have not the same parent."""
    if start.getparent() is end.getparent() and start.getparent().tag == W + "p":
        for element in start.itersiblings():
            if element is end:
                return
            yield element


def _is_plain(element: Any) -> bool:
    return element.tag == W + "r" and (
        element.find(W + "commentReference") is not None or all(child.tag in _PLAIN for child in element)
    )


def _serialised(element: Any) -> bytes:
    tree = element.getroottree()
    return bytes(etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True))
