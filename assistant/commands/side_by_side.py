"""Two texts side by side on a terminal: what changed is between marks, so that it is read without colours too."""

from collections.abc import Sequence
from typing import Any

import click

from assistant import comparison
from assistant.comparison import Change, Piece, Row


def show(titles: tuple[str, str], before: str, after: str) -> None:
    """Two columns under their titles."""
    from rich.console import Console
    from rich.table import Table

    table = Table(*titles, expand=True, show_lines=True)
    for row in comparison.rows(before, after):
        table.add_row(_marked(row.before), _marked(row.after))
    click.echo("[-retiré-]   {+ajouté+}")
    Console(highlight=False).print(table)


def rows_json(before: str, after: str) -> list[dict[str, Any]]:
    """The rows for a program."""
    return [_row_json(row) for row in comparison.rows(before, after)]


def _row_json(row: Row) -> dict[str, Any]:
    return {"before": _pieces_json(row.before), "after": _pieces_json(row.after)}


def _pieces_json(pieces: Sequence[Piece]) -> list[dict[str, str]]:
    return [{"change": piece.change.value, "text": piece.text} for piece in pieces]


def _marked(pieces: Sequence[Piece]) -> Any:
    from rich.text import Text

    text = Text()
    for piece in pieces:
        words = piece.text.rstrip()
        space = piece.text[len(words) :]
        if piece.change is Change.REMOVED:
            text.append(f"[-{words}-]", "red").append(space)
        elif piece.change is Change.ADDED:
            text.append(f"{{+{words}+}}", "green").append(space)
        else:
            text.append(piece.text)
    return text
