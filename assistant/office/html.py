"""Markdown into HTML: paragraphs, lists, tables, emphasis and headings; no link, no picture, no HTML of its own.

A file may come from anywhere: whatever it holds beside those is shown as its very characters.
"""

from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from assistant import office


@cache
def _reader() -> MarkdownIt:
    made = MarkdownIt("commonmark", {"html": False, "linkify": False, "typographer": False}).enable("table")
    return made.disable(
        ["link", "image", "autolink", "html_inline", "html_block", "reference", "entity", "fence", "code"]
    )


def tokens(markdown: str) -> list[Token]:
    """What ``markdown`` is made of, as ``rendered`` reads it."""
    return _reader().parse(markdown)


def rendered(markdown: str) -> str:
    """``markdown`` as HTML."""
    return str(_reader().render(office.unbroken(markdown)))
