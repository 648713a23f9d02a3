"""Text into HTML: the only place where it is done. What comes from documents, models, users and file names is text and never HTML.

A value of type ``Markup`` is HTML that this package made; everything else is escaped when it is put into one.
"""

import html
import json
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal

from assistant.datatypes import Span

_VOID = frozenset(("img", "input", "br", "hr"))


class Markup(str):
    """HTML that may be put into HTML as it is."""

    __slots__ = ()


EMPTY = Markup("")
_BEFORE_HIGH, _BEFORE_WIDE = re.compile(" (?=[;?!])"), re.compile(" (?=[:»%€])|(?<=«) ")
Content = str | Markup | Iterable["Content"] | None
Attribute = str | int | float | bool | None


def text(value: Content) -> Markup:
    """``value`` as HTML: Markup as it is, text with its very characters, several things one after the other, None as nothing."""
    if value is None:
        return EMPTY
    if isinstance(value, Markup):
        return value
    if isinstance(value, str):
        return Markup(html.escape(value, quote=True))
    return Markup("".join(text(one) for one in value))


def typeset(words: str) -> str:
    """French words of ours with the spaces that do not break, so that no line begins with a colon. Never for what documents say: that stays as it is."""
    return _BEFORE_WIDE.sub("\u00a0", _BEFORE_HIGH.sub("\u202f", words))


def tag(name: str, /, *content: Content, **attributes: Attribute) -> Markup:
    """An element: ``tag("p", "a < b", class_="trail", data_event="ouvrir")``.

    An underscore in a name is a hyphen, one at its end is dropped; True gives a bare attribute, False and None none.
    """
    return element(name, attributes, *content)


def element(name: str, attributes: Mapping[str, Attribute], *content: Content) -> Markup:
    """An element, its attributes as a mapping. See ``tag``."""
    written = "".join(
        f" {key.rstrip('_').replace('_', '-')}"
        + ("" if value is True else f'="{html.escape(str(value), quote=True)}"')
        for key, value in attributes.items()
        if value is not None and value is not False
    )
    return (
        Markup(f"<{name}{written}>")
        if name in _VOID
        else Markup(f"<{name}{written}>{text(content)}</{name}>")
    )


def marked(words: str, at: int, quote: Span) -> Content:
    """``words``, which begin at ``at`` in their document, with those that lie in ``quote`` marked."""
    start, end = (min(max(edge - at, 0), len(words)) for edge in (quote.start, quote.end))
    if start >= end:
        return words
    return words[:start], tag("mark", words[start:end], class_="surligne-texte"), words[end:]


def items(entries: Iterable[Content], **attributes: Attribute) -> Markup:
    """A list, or nothing where there are no entries."""
    made = [tag("li", entry) for entry in entries]
    return tag("ul", made, **attributes) if made else EMPTY


def paragraphs(value: str, **attributes: Attribute) -> Markup:
    """Each line of a text as a paragraph."""
    return Markup("".join(tag("p", line, **attributes) for line in value.splitlines() if line.strip()))


def button(
    label: Content, event: str, data: Mapping[str, Attribute] | None = None, **attributes: Attribute
) -> Markup:
    """A button that sends ``event`` to the screen, with ``data``."""
    carried = {f"data-{key}": value for key, value in (data or {}).items()}
    return element("button", {"type": "button", "data-event": event, **carried, **attributes}, label)


def taken(fields: Mapping[str, str]) -> Markup:
    """Says to the browser that what was typed in kept fields (``data-kept``), by their ids, has arrived: until then it keeps that, whatever happens."""
    said = {id_: " ".join(value.split()) for id_, value in fields.items()}
    return tag("span", hidden=True, data_taken=json.dumps(said, ensure_ascii=False))


def error(message: str, hint: str = "") -> Markup:
    """What went wrong and what to do: read out at once by a screen reader."""
    return tag(
        "div",
        tag("p", tag("strong", "Cela n'a pas pu se faire. "), typeset(message)),
        tag("p", typeset(hint)) if hint else None,
        class_="erreur",
        role="alert",
    )


def empty(title: str, what_to_do: Content) -> Markup:
    """What a screen says when it has nothing to show yet."""
    return tag("div", tag("p", tag("strong", title)), tag("p", what_to_do), class_="vide")


def count(number: int, one: str, several: str | None = None) -> str:
    """``3 pages``, ``1 page``, ``0 page``: French counts as several from two on. Thousands are parted."""
    return f"{parted(number)} {one if number < 2 else several or one + 's'}"


def parted(number: int | Decimal) -> str:
    """``12 345``: thousands parted by a space that does not break, a comma before decimals."""
    return f"{number:,}".replace(",", "\u202f").replace(".", ",")


def column_head(title: str, *, of_numbers: bool = False) -> Markup:
    """The head of a column; over numbers, it stands where they do."""
    return tag("th", title, scope="col", class_="chiffre" if of_numbers else None)


def number_cell(shown: Content) -> Markup:
    """A cell of a column of numbers: unit under unit."""
    return tag("td", shown, class_="chiffre")
