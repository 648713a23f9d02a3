"""Word's automatic numbers: what Word prints before a paragraph and does not keep in its text.

Rebuilt from ``numbering.xml`` as ECMA-376 part 1, 17.9, says: a paragraph names a list (``numId``) and a level (``ilvl``), itself or by its style; lists
made from the same abstract one share their counters unless they restart them; ``lvlText`` says how the counters are written (``%1.%2``).
"""

import re
from dataclasses import dataclass, field
from typing import Any

from assistant.reading.numbering import as_roman

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BULLET = "•"
# Word knows levels 0 to 8.
_LEVELS = 9
# A chain of styles longer than this is a cycle: Word itself allows eleven.
_MAX_STYLE_CHAIN = 20
_PLACE = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class Level:
    """A level of a list: how its counter is written (``kind`` in Word's words) and what stands around it (``%1.%2``)."""

    start: int = 1
    kind: str = "decimal"
    text: str = ""
    legal: bool = False
    restart: int | None = None
    style: str = ""


@dataclass(frozen=True, slots=True)
class NumberedList:
    """A list: lists of one ``abstract`` share their counters, unless ``restarts`` (level → start) says otherwise."""

    abstract: str
    levels: dict[int, Level]
    restarts: dict[int, int]


@dataclass(frozen=True, slots=True)
class Style:
    """What a paragraph style says, its ancestors included: name, outline level (0 outermost) and list, or None; whether it is bold."""

    name: str = ""
    outline: int | None = None
    list_id: str | None = None
    list_level: int | None = None
    bold: bool = False


@dataclass(slots=True)
class Numbering:
    """The counters of a document's lists; ``label`` must be called once for each paragraph, in order."""

    lists: dict[str, NumberedList]
    counters: dict[str, list[int | None]] = field(default_factory=dict)
    seen: set[tuple[str, int]] = field(default_factory=set)

    def label(self, list_id: str, level: int) -> str:
        """What Word prints before the next paragraph of this list and level (``5.2``, ``a)``, ``•``); empty when it prints nothing."""
        found = self.lists.get(list_id)
        if found is None or not 0 <= level < _LEVELS:
            return ""
        definition = found.levels.get(level, Level())
        counters = self.counters.setdefault(found.abstract, [None] * _LEVELS)
        if level in found.restarts and (list_id, level) not in self.seen:
            counters[level] = found.restarts[level]
        else:
            current = counters[level]
            counters[level] = definition.start if current is None else current + 1
        self.seen.add((list_id, level))
        for deeper in range(level + 1, _LEVELS):
            restart = found.levels.get(deeper, Level()).restart
            if restart is None or (restart and level < restart):
                counters[deeper] = None
        return _printed(found, definition, counters)

    def level_of_style(self, list_id: str, style_id: str) -> int:
        """The level that a list ties to a style; 0 when it does not."""
        found = self.lists.get(list_id)
        return (
            next((level for level, definition in found.levels.items() if definition.style == style_id), 0)
            if found
            else 0
        )


def _printed(found: NumberedList, definition: Level, counters: list[int | None]) -> str:
    if definition.kind == "bullet":
        return BULLET
    if definition.kind == "none":
        return _PLACE.sub("", definition.text).strip()

    def counter(match: re.Match[str]) -> str:
        level = int(match[1]) - 1
        described = found.levels.get(level, Level())
        value = counters[level]
        return _written(
            described.start if value is None else value, "decimal" if definition.legal else described.kind
        )

    return _PLACE.sub(counter, definition.text).strip()


def _written(value: int, kind: str) -> str:
    if kind in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (value - 1) % 26) * min((value - 1) // 26 + 1, 5) if value > 0 else ""
        return letter if kind == "lowerLetter" else letter.upper()
    if kind in ("lowerRoman", "upperRoman"):
        digits = as_roman(value) if value < 4000 else str(value)
        return digits.lower() if kind == "lowerRoman" else digits
    if kind == "decimalZero":
        return f"{value:02d}"
    if kind in ("none", "bullet"):
        return ""
    return f"{value}{'er' if value == 1 else 'e'}" if kind == "ordinal" else str(value)


def styles_of(root: Any | None) -> dict[str, Style]:
    """Paragraph styles by id, from the root of ``styles.xml``; the default one stands under ``""``."""
    if root is None:
        return {}
    elements = {
        element.get(W + "styleId", ""): element
        for element in root.iter(W + "style")
        if element.get(W + "type", "paragraph") == "paragraph"
    }
    styles = {style_id: _style(style_id, elements) for style_id in elements}
    default = next(
        (
            style_id
            for style_id, element in elements.items()
            if element.get(W + "default") in ("1", "true", "on")
        ),
        None,
    )
    return styles if default is None else {"": styles[default], **styles}


def _style(style_id: str, elements: dict[str, Any]) -> Style:
    name, outline, list_id, list_level, bold = "", None, None, None, None
    current: str | None = style_id
    for _ in range(_MAX_STYLE_CHAIN):
        element = elements.get(current or "")
        if element is None:
            break
        name = name or _value(element.find(W + "name"))
        outline = outline if outline is not None else _integer(element.find(f"{W}pPr/{W}outlineLvl"))
        bold = bold if bold is not None else switched(element.find(f"{W}rPr/{W}b"))
        if list_id is None:
            list_id = _value(element.find(f"{W}pPr/{W}numPr/{W}numId")) or None
            list_level = (
                _integer(element.find(f"{W}pPr/{W}numPr/{W}ilvl")) if list_level is None else list_level
            )
        current = _value(element.find(W + "basedOn")) or None
    return Style(name, outline, list_id, list_level, bool(bold))


def numbering_of(root: Any | None, styles_root: Any | None) -> Numbering:
    """The lists of ``numbering.xml``, not counted yet."""
    if root is None:
        return Numbering({})
    abstracts = {element.get(W + "abstractNumId", ""): element for element in root.iter(W + "abstractNum")}
    linked = {
        _value(element.find(W + "styleLink")): element
        for element in abstracts.values()
        if element.find(W + "styleLink") is not None
    }
    lists: dict[str, NumberedList] = {}
    for element in root.iter(W + "num"):
        abstract_id = _value(element.find(W + "abstractNumId"))
        abstract = abstracts.get(abstract_id)
        if abstract is not None and abstract.find(W + "numStyleLink") is not None:
            abstract = linked.get(_value(abstract.find(W + "numStyleLink")), abstract)
            abstract_id = abstract.get(W + "abstractNumId", abstract_id)
        levels = {} if abstract is None else _levels(abstract)
        restarts: dict[int, int] = {}
        for override in element.iter(W + "lvlOverride"):
            level = int(override.get(W + "ilvl", "0")) if override.get(W + "ilvl", "0").isdigit() else 0
            start = _integer(override.find(W + "startOverride"))
            restarts.update({} if start is None else {level: start})
            levels.update(_levels(override))
        lists[element.get(W + "numId", "")] = NumberedList(abstract_id, levels, restarts)
    return Numbering(lists)


def _levels(parent: Any) -> dict[int, Level]:
    found: dict[int, Level] = {}
    for element in parent.iter(W + "lvl"):
        index = element.get(W + "ilvl", "")
        if index.isdigit():
            start = _integer(element.find(W + "start"))
            found[int(index)] = Level(
                start=0 if start is None else start,
                kind=_value(element.find(W + "numFmt")) or "decimal",
                text=_value(element.find(W + "lvlText")),
                legal=bool(switched(element.find(W + "isLgl"))),
                restart=_integer(element.find(W + "lvlRestart")),
                style=_value(element.find(W + "pStyle")),
            )
    return found


def switched(element: Any | None) -> bool | None:
    """Value of an on/off element (``<w:b/>``, ``<w:b w:val="0"/>``); None when it is absent."""
    return None if element is None else element.get(W + "val", "1") not in ("0", "false", "off")


def _value(element: Any | None) -> str:
    return "" if element is None else str(element.get(W + "val", ""))


def _integer(element: Any | None) -> int | None:
    value = _value(element)
    return int(value) if re.fullmatch(r"\d{1,6}", value) else None
