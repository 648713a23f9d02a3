"""A text that the browser copies: the part that holds it, hidden; a page that may not copy shows it, chosen (``copy`` of ``page.js``)."""

from assistant.page.markup import Markup, tag


def given(text: str, said: str) -> Markup:
    """What to copy, and what is said when it is."""
    held = tag("textarea", text, hidden=True, readonly=True, rows=8, aria_label="Texte à copier : Ctrl + C")
    return tag("div", tag("p", said, class_="succes", role="status"), held, class_="copie")
