"""A list over many documents as HTML: its count, the table of those that say what is asked, the others folded under it."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from assistant.export import counted, french_pages
from assistant.kept_answer import KeptQuote, KeptRow, KeptRows
from assistant.lines import beginning
from assistant.page.markup import Attribute, Content, Markup, button, tag, text, typeset

# A value is cut in a table beyond this many characters, and in the hint of its button beyond the second: the source holds them all.
_LONGEST_VALUE, _LONGEST_HINT = 180, 420


def rows(value: KeptRows, turn: int) -> Markup:
    """A list. ``turn`` is its place in the conversation."""
    return text(
        (
            tag("p", tag("strong", typeset(counted(value)))),
            _table(value.yes) if value.yes else None,
            tag("p", button("Enregistrer le classeur", "classeur", {"tour": turn}, class_="secondaire")),
            _folded(f"Non ({value.markets[1]})", value.no),
            _folded(f"Illisible ou indécis ({value.markets[2]})", value.untold),
            _folded(f"Dit par une autre pièce ({len(value.silent)})", value.silent),
        )
    )


def said(value: str, quote: KeptQuote | None, beside: str = "") -> Markup:
    """What a document says: a button that opens its words where there are some; ``beside``: where they stand, on a line of its own."""
    shown = beginning(value, _LONGEST_VALUE)
    if quote is None:
        return text(shown)
    data: dict[str, Attribute] = {
        "source": quote.source.id,
        "start": quote.start,
        "end": quote.end,
        "opens": "1",
    }
    place = tag("span", beside, class_="discret bloc") if beside else None
    return button(
        (shown, place), "ouvrir", data, class_="valeur", title=f"« {beginning(quote.quote, _LONGEST_HINT)} »"
    )


def _table(values: Sequence[KeptRow]) -> Markup:
    heads = tag(
        "thead",
        tag("tr", [tag("th", title, scope="col") for title in ("Marché", "Document", "Valeur", "Page")]),
    )
    table = tag(
        "table",
        tag("caption", "Marchés qui répondent à la demande", class_="invisible"),
        heads,
        tag("tbody", list(_lines(values))),
        class_="donnees liste-de-marches",
    )
    return tag(
        "div",
        table,
        class_="defile",
        tabindex="0",
        role="region",
        aria_label="Marchés qui répondent à la demande",
    )


def _lines(values: Sequence[KeptRow]) -> Iterator[Markup]:
    """The rows; a market is named once for all of its own."""
    for market, group in groupby(values, key=lambda row: row.market):
        several = list(group)
        for place, row in enumerate(several):
            named = (
                tag("th", market, scope="rowgroup" if len(several) > 1 else "row", rowspan=len(several))
                if place == 0
                else None
            )
            value = (
                said(row.value, row.quote) if row.value else tag("span", "n'en dit rien", class_="discret")
            )
            yield tag(
                "tr",
                named,
                tag("td", row.file, class_="fichier-nomme"),
                tag("td", value),
                tag("td", french_pages(row.quote.pages) if row.quote else ""),
            )


def _folded(title: str, values: Sequence[KeptRow]) -> Markup | None:
    """Markets with their documents, folded; nothing where there are none."""
    if not values:
        return None
    markets = [
        tag("li", tag("strong", market), tag("ul", [tag("li", _piece(row)) for row in group]))
        for market, group in groupby(values, key=lambda row: row.market)
    ]
    return tag("details", tag("summary", title), tag("ul", markets, class_="liste"), class_="autres-marches")


def _piece(row: KeptRow) -> Content:
    if not row.value:
        return row.file
    pages = french_pages(row.quote.pages) if row.quote else ""
    return (f"{row.file}{f', {pages}' if pages else ''} : ", said(row.value, row.quote))
