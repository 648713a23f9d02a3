"""Markdown of clauses and drafts into HTML: paragraphs, lists, tables, emphasis and headings; no link, no picture, no HTML of its own.

A clause file may come from anywhere: whatever it holds beside those is shown as its very characters.
"""

import re
from collections.abc import Callable

from assistant.datatypes import FieldOrigin, FilledField
from assistant.office import html
from assistant.page.markup import Markup, tag

# Marks that stand around a filled field while Markdown is turned into HTML: private characters that no text of ours holds.
_OPEN, _CLOSE = "\ue000", "\ue001"
_KINDS = {FieldOrigin.GIVEN: "d", FieldOrigin.DEFAULT: "p", FieldOrigin.MISSING: "m"}
_TITLES = {
    "d": "Valeur que vous avez donnée",
    "p": "Valeur proposée par la clause modèle, à confirmer",
    "m": "À compléter",
}
_MARKED = re.compile(f"{_OPEN}([dpm])([^{_OPEN}{_CLOSE}]*){_CLOSE}")
_STRAY = re.compile(f"[{_OPEN}{_CLOSE}]")
_HEADING = re.compile(r"<(/?)h([1-6])>")


def formatted(markdown: str, outermost: int = 4) -> Markup:
    """``markdown`` as HTML, its headings of level ``outermost`` at most."""
    made = html.rendered(markdown)
    made = _HEADING.sub(
        lambda found: f"<{found[1]}h{min(6, max(outermost, int(found[2]) + outermost - 1))}>", made
    )
    made = _MARKED.sub(
        lambda found: f'<span class="champ-{found[1]}" title="{_TITLES[found[1]]}">{found[2]}</span>', made
    )
    return Markup(_STRAY.sub("", made))


def marked(field: FilledField, shown: str) -> str:
    """A filled field within Markdown, so that ``formatted`` shows where its value comes from."""
    return f"{_OPEN}{_KINDS[field.origin]}{_STRAY.sub('', shown)}{_CLOSE}"


def legend() -> Markup:
    """What the looks of fields mean."""
    return tag(
        "p",
        [(tag("span", title, class_=f"champ-{kind}"), " ") for kind, title in _TITLES.items()],
        class_="discret legende",
    )


Styled = Callable[[FilledField, str], str]
