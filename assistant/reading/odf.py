"""OpenDocument files (ODF 1.3): the package, its namespaces, its metadata, and the text of a paragraph."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from assistant.lines import one_line
from assistant.reading.characters import storable
from assistant.reading.docx import BOXES
from assistant.reading.package import Package, needs_password, opened
from assistant.reading.paragraphs import Shown

_URN = "urn:oasis:names:tc:opendocument:xmlns:"
OFFICE, TEXT, TABLE, STYLE, DRAW, FORM, FO = (
    f"{{{_URN}{name}:1.0}}"
    for name in ("office", "text", "table", "style", "drawing", "form", "xsl-fo-compatible")
)
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
_DC = "{http://purl.org/dc/elements/1.1/}"
_MANIFEST = f"{{{_URN}manifest:1.0}}"
# Spaces that one element may stand for: a hostile count would fill the memory.
_MAX_SPACES = 200
# What is in a paragraph and is not its text: comments, the rubies' readings, tracked changes' marks, numbers written for weak readers, references' captions.
_DROPPED = frozenset(
    (
        f"{OFFICE}annotation",
        f"{OFFICE}annotation-end",
        f"{TEXT}ruby-text",
        f"{TEXT}number",
        f"{TEXT}tracked-changes",
        f"{TEXT}note-citation",
        f"{OFFICE}forms",
        f"{OFFICE}event-listeners",
        f"{OFFICE}binary-data",
        "{http://www.w3.org/2000/svg}title",
        "{http://www.w3.org/2000/svg}desc",
        "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}title",
        "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}desc",
    )
)
_SYMBOLS = str.maketrans(
    {chr(int(code, 16)): box for code, box in BOXES.items()} | {"\uf0b7": "•", "\uf0a7": "•"}
)


@dataclass(frozen=True, slots=True)
class OpenDocument:
    """``body`` holds the content; ``automatic`` and ``styles`` are the roots where styles stand, or None."""

    body: Any
    content: Any
    styles: Any | None
    metadata: tuple[tuple[str, str], ...]


@dataclass(slots=True)
class Inline:
    """The text of a paragraph as it is gathered; ``boxes`` are frames whose paragraphs follow it."""

    hidden: frozenset[str] = frozenset()
    bold: frozenset[str] = frozenset()
    controls: dict[str, str] = field(default_factory=dict)
    pieces: list[Shown] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)
    plain: bool = False

    @property
    def text(self) -> str:
        """The paragraph's lines, spaces made single, symbols made into what any font shows."""
        lines = (
            one_line(line)
            for line in storable("".join(piece.text for piece in self.pieces)).translate(_SYMBOLS).split("\n")
        )
        return "\n".join(line for line in lines if line)

    def gather(self, element: Any, *, bold: bool = False) -> None:
        """Adds what ``element`` shows, its own tail left out."""
        self._add(Shown(element.text or "", element), bold=bold)
        for child in element:
            if isinstance(child.tag, str) and child.tag not in _DROPPED:
                self._gather_child(child, bold=bold)
            self._add(Shown(child.tail or "", child, is_tail=True), bold=bold)

    def _add(self, shown: Shown, *, bold: bool) -> None:
        if shown.text:
            self.pieces.append(Shown(shown.text.replace("\n", " "), shown.element, shown.is_tail))
            self.plain = self.plain or (not bold and any(character.isalnum() for character in shown.text))

    def _gather_child(self, child: Any, *, bold: bool) -> None:
        style = child.get(TEXT + "style-name", "")
        if style in self.hidden or child.get(TEXT + "display") == "none":
            return
        if child.tag in _PRINTED:
            self.pieces.append(Shown(_PRINTED[child.tag] * _count(child)))
        elif child.tag == TEXT + "note":
            self._note(child)
        elif child.tag == DRAW + "control":
            self.pieces.append(Shown(self.controls.get(child.get(DRAW + "control", ""), "")))
        elif child.tag in (DRAW + "text-box", TABLE + "table"):
            self.boxes.append(child)
        else:
            self.gather(child, bold=bold or style in self.bold)

    def _note(self, note: Any) -> None:
        inner = Inline(self.hidden, self.bold, self.controls)
        for body in note.iter(TEXT + "note-body"):
            for paragraph in body.iter(TEXT + "p", TEXT + "h"):
                inner.gather(paragraph)
                inner.pieces.append(Shown(" "))
        text = one_line(inner.text)
        if text:
            self.pieces.append(Shown(f" (note : {text})"))


_PRINTED = {TEXT + "s": " ", TEXT + "tab": " ", TEXT + "line-break": "\n", TEXT + "soft-page-break": ""}


def _count(element: Any) -> int:
    written = element.get(TEXT + "c", "1")
    return min(int(written), _MAX_SPACES) if element.tag == TEXT + "s" and written.isdigit() else 1


@contextmanager
def opened_odf(data: bytes, name: str, what: str, body: str) -> Iterator[OpenDocument]:
    """Opens an OpenDocument whose content is ``office:<body>``.

    Raises:
        EncryptedFileError: its parts are encrypted.
        DamagedFileError: the package or its XML is broken.
        ReadingError: it expands beyond the limits.
    """
    with opened(data, name, what) as package:
        _check_open(package, name)
        content = package.root("content.xml")
        found = None if content is None else content.find(f"{OFFICE}body/{OFFICE}{body}")
        if found is None:
            raise ValueError("no body")
        yield OpenDocument(found, content, package.root("styles.xml"), _metadata(package))


def _check_open(package: Package, name: str) -> None:
    manifest = package.root("META-INF/manifest.xml")
    encrypted = manifest is not None and next(manifest.iter(_MANIFEST + "encryption-data"), None) is not None
    if encrypted or "encrypted-package" in package.members:
        raise needs_password(name)


def _metadata(package: Package) -> tuple[tuple[str, str], ...]:
    try:
        root = package.root("meta.xml")
    except etree.LxmlError:
        return ()  # a document without metadata is a document
    if root is None:
        return ()
    found = (
        (key, next(root.iter(_DC + tag), None))
        for key, tag in (
            ("title", "title"),
            ("author", "creator"),
            ("subject", "subject"),
            ("modified", "date"),
        )
    )
    values = (
        (key, one_line(storable("".join(element.itertext()))))
        for key, element in found
        if element is not None
    )
    return tuple((key, value) for key, value in values if value)
