"""Plain charts: bars with their words and their numbers, so that nothing is said by the picture alone."""

from collections.abc import Sequence

from assistant.page.markup import EMPTY, Markup, count, tag, text

# More bars than this are a table, not a picture; the rest is added up.
MOST_BARS = 14


def bars(title: str, rows: Sequence[tuple[str, int]], unit: str, *, rest: str = "autres") -> Markup:
    """A list of labels, bars and numbers, longest label first seen. ``unit`` is the singular of what is counted."""
    if not rows:
        return EMPTY
    shown = list(rows)
    if len(shown) > MOST_BARS:
        shown = [*shown[: MOST_BARS - 1], (rest, sum(number for _, number in shown[MOST_BARS - 1 :]))]
    most = max(number for _, number in shown) or 1
    lines = [
        tag(
            "tr",
            tag("th", label, scope="row"),
            tag(
                "td",
                tag(
                    "span",
                    class_="barre-graphe",
                    style=f"width:{100 * number / most:.1f}%",
                    aria_hidden="true",
                ),
            ),
            tag("td", count(number, unit), class_="nombre"),
        )
        for label, number in shown
    ]
    head = tag(
        "tr",
        tag("th", "Nom", scope="col"),
        tag("th", "Part", scope="col"),
        tag("th", "Nombre", scope="col"),
        class_="invisible-ligne",
    )
    return text(
        (tag("table", tag("caption", title), tag("thead", head), tag("tbody", lines), class_="graphe"),)
    )
