"""Markdown as plain text, to be copied or compared: no mark of Markdown stays, lists keep their numbers, a row of a table is a line with tabs."""

from collections.abc import Iterable, Iterator

from markdown_it.token import Token

from assistant.office import html

_BULLET, _STEP = "– ", "  "


def plain(markdown: str) -> str:
    """``markdown`` as plain text: an empty line between two blocks, none within a list or a table."""
    blocks = ("\n".join(_lines(block)) for block in _blocks(html.tokens(markdown)))
    return "\n\n".join(block for block in blocks if block)


def _blocks(tokens: Iterable[Token]) -> Iterator[list[Token]]:
    """The outermost blocks: paragraphs, headings, lists, tables."""
    block: list[Token] = []
    for token in tokens:
        block.append(token)
        if token.level == 0 and token.nesting <= 0:
            yield block
            block = []


def _lines(block: Iterable[Token]) -> Iterator[str]:
    numbers: list[int] = []  # of the next item of each list that is open; 0 where its items have none
    cells: list[str] = []
    mark = ""  # of the item that begins
    is_row = False
    for token in block:
        match token.type:
            case "bullet_list_open":
                numbers.append(0)
            case "ordered_list_open":
                numbers.append(int(token.attrGet("start") or 1))
            case "bullet_list_close" | "ordered_list_close":
                numbers.pop()
            case "list_item_open":
                mark = f"{numbers[-1]}{token.markup} " if numbers[-1] else _BULLET
                numbers[-1] += bool(numbers[-1])
            case "tr_open":
                is_row, cells = True, []
            case "tr_close":
                is_row = False
                yield "\t".join(cells)
            case "inline" if is_row:
                cells.append(_words(token))
            case "inline":
                indent = _STEP * max(0, len(numbers) - 1) + ("" if mark or not numbers else _STEP)
                yield indent + mark + _words(token)
                mark = ""


def _words(inline: Token) -> str:
    breaks = ("softbreak", "hardbreak")  # « a) … », « b) … » stand on lines of their own
    return "".join("\n" if part.type in breaks else part.content for part in inline.children or ())
