"""Two texts face to face: the words that one lacks struck out, those that the other adds underlined."""

from collections.abc import Sequence

from assistant import comparison
from assistant.comparison import Change, Piece
from assistant.page.markup import Content, Markup, tag

_TAGS = {Change.SAME: None, Change.REMOVED: "del", Change.ADDED: "ins"}


def face_to_face(titles: tuple[str, str], before: str, after: str) -> Markup:
    """A table of two columns under their titles, a row for the paragraphs that answer each other."""
    cells = [
        tag("tr", tag("td", differing(row.before)), tag("td", differing(row.after)))
        for row in comparison.rows(before, after)
        if row.before or row.after
    ]
    return tag(
        "table",
        tag(
            "caption",
            "Comparaison mot à mot : les mots retirés sont barrés, les mots ajoutés soulignés.",
            class_="discret",
        ),
        tag("thead", tag("tr", [tag("th", title, scope="col") for title in titles])),
        tag("tbody", cells),
        class_="donnees face-a-face",
    )


def differing(pieces: Sequence[Piece]) -> Content:
    """The words of one of two texts side by side, those that the other lacks marked."""
    # The space after the words is left unmarked: at the end of a line it would hang out.
    return [
        (tag(name, words := piece.text.rstrip()), piece.text[len(words) :])
        if (name := _TAGS[piece.change])
        else piece.text
        for piece in pieces
    ]
