"""OpenDocument's automatic numbers: what the word processor prints before a paragraph and does not keep in its text.

Rebuilt as ODF 1.3 part 3 says (5.3 lists, 16.30 list styles, 16.33 outline): a list begins anew unless it continues another; a heading outside lists
follows the outline's own numbers. Counting and writing are Word's (``word_numbering``): both do the same there.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from assistant.reading.odf import STYLE, TEXT, XML_ID, OpenDocument
from assistant.reading.word_numbering import BULLET, Level, NumberedList, Numbering

OUTLINE = "outline"
# ODF has ten levels; Word's counting has nine, and no contract more than six.
_LEVELS = 9
_LOEXT_FORMAT = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}num-list-format"
_STYLE_FORMAT = f"{STYLE}num-list-format"
_KINDS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_PLACE = re.compile(r"%(\d+)%")


@dataclass(slots=True)
class OdfNumbering:
    """The lists of a document as they are met, in order. ``styles`` holds the levels of each list style, the outline's under ``OUTLINE``."""

    styles: dict[str, dict[int, Level]]
    counting: Numbering = field(default_factory=lambda: Numbering({}))
    last_of_style: dict[str, str] = field(default_factory=dict)
    by_id: dict[str, str] = field(default_factory=dict)

    def opened(self, element: Any, style: str) -> str:
        """The counters that a ``text:list`` of the outermost level uses: its own, or those of the list it continues."""
        continued = self.by_id.get(element.get(TEXT + "continue-list"), "")
        if not continued and element.get(TEXT + "continue-numbering") == "true":
            continued = self.last_of_style.get(style, "")
        list_id = continued or f"list {len(self.counting.lists)}"
        if not continued:
            self.counting.lists[list_id] = NumberedList(list_id, self.styles.get(style, {}), {})
        self.last_of_style[style] = list_id
        if element.get(XML_ID):
            self.by_id[element.get(XML_ID)] = list_id
        return list_id

    def label(self, list_id: str, level: int, start: str = "") -> str:
        """What is printed before the next item of a list; ``level`` 0 is the outermost, ``start`` a number that the item itself imposes."""
        found = self.counting.lists.get(list_id)
        if found is None or not 0 <= level < _LEVELS or level not in found.levels:
            return ""
        if start.isdigit():
            self.counting.counters.setdefault(found.abstract, [None] * _LEVELS)[level] = int(start[:6]) - 1
        return self.counting.label(list_id, level)

    def outline_label(self, level: int, start: str = "") -> str:
        """The number of a heading that stands outside lists; ``level`` 0 is the outermost."""
        if OUTLINE not in self.counting.lists:
            self.counting.lists[OUTLINE] = NumberedList(OUTLINE, self.styles.get(OUTLINE, {}), {})
        return self.label(OUTLINE, level, start)


def numbering_of(document: OpenDocument) -> OdfNumbering:
    """The list styles of a document, nothing counted yet."""
    styles: dict[str, dict[int, Level]] = {}
    for root in (document.styles, document.content):
        if root is None:
            continue
        for style in root.iter(TEXT + "list-style"):
            styles[style.get(STYLE + "name", "")] = _levels(style)
        for outline in root.iter(TEXT + "outline-style"):
            styles[OUTLINE] = _levels(outline)
    return OdfNumbering(styles)


def _levels(style: Any) -> dict[int, Level]:
    kinds = {
        index: _KINDS.get(element.get(STYLE + "num-format", ""), "none")
        for index, element in _elements(style)
    }
    return {index: _level(element, index, kinds) for index, element in _elements(style)}


def _elements(style: Any) -> list[tuple[int, Any]]:
    found = ((element.get(TEXT + "level", ""), element) for element in style if isinstance(element.tag, str))
    return [
        (int(level) - 1, element)
        for level, element in found
        if level.isdigit() and 1 <= int(level[:2]) <= _LEVELS
    ]


def _level(element: Any, index: int, kinds: dict[int, str]) -> Level:
    if element.tag in (TEXT + "list-level-style-bullet", TEXT + "list-level-style-image"):
        return Level(kind="bullet", text=BULLET)
    if kinds[index] == "none":
        return Level(kind="none")
    start = element.get(TEXT + "start-value", "1")
    return Level(
        start=int(start[:6]) if start.isdigit() else 1,
        kind=kinds[index],
        text=_written(element, index, kinds),
    )


def _written(element: Any, index: int, kinds: dict[int, str]) -> str:
    """The pattern of a level in Word's form (``Article %1.%2``): LibreOffice's own where it gives one, else prefix, counters shown, suffix."""
    given = element.get(_STYLE_FORMAT) or element.get(_LOEXT_FORMAT)
    if given is not None:
        return _PLACE.sub(
            lambda match: f"%{match[1]}" if kinds.get(int(match[1]) - 1, "none") != "none" else "", given
        )
    shown = element.get(TEXT + "display-levels", "1")
    first = max(0, index + 1 - (int(shown[:2]) if shown.isdigit() else 1))
    counters = ".".join(
        f"%{level + 1}" for level in range(first, index + 1) if kinds.get(level, "none") != "none"
    )
    return f"{element.get(STYLE + 'num-prefix', '')}{counters}{element.get(STYLE + 'num-suffix', '')}"
