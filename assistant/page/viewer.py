"""Where a quote stands: on the picture of its page, highlighted; for an article, an office document or a text, in its words, with its headings and dates."""

import base64
import re
from collections.abc import Mapping
from dataclasses import dataclass

from assistant import export
from assistant.datatypes import Document, Passage, Severity, Span
from assistant.errors import AssistantError
from assistant.page.context import UNNAMED, collection_label
from assistant.page.markup import Attribute, Content, Markup, button, tag, text
from assistant.reading.page_image import PageImage, has_pages_to_show
from assistant.workspace import Workspace

# Of a long passage, this much is shown before and after the quote, in characters.
_AROUND = 2_500
# The mark of the heading after a passage of a document written in Markdown.
_NEXT_HEADING = re.compile(r"\n#{1,6}\s*\Z")


@dataclass(frozen=True, slots=True)
class Shown:
    """What is to be shown: a quote of a document, on its page where there is a picture of it.

    ``image`` is None where the document has no pages, or ``missing`` says why its page cannot be shown.
    """

    document: Document
    span: Span
    passage: Passage | None
    image: PageImage | None
    missing: str = ""
    indexed: bool = True


def view(shown: Shown, page_event: str = "", carried: Mapping[str, Attribute] | None = None) -> Markup:
    """The source opened beside what cites it; it takes the keyboard, and gives it back.

    Args:
        shown: what to show.
        page_event: the event of the buttons that turn the page; empty: none.
        carried: what those buttons send besides.
    """
    document = shown.document
    where = export.place(document.source, shown.passage) if shown.passage else document.source.title
    trail = " › ".join(shown.passage.headings if shown.passage else _trail(document, shown.span.start))
    return frame(
        where,
        tag("p", trail, class_="trail") if trail else None,
        tag("p", f"Collection : {collection_label(document.source.collection)}", class_="discret")
        if shown.indexed and document.source.collection != UNNAMED
        else None,
        _picture(shown, page_event, carried or {}) if shown.image else None,
        tag("p", shown.missing, class_="avertissement") if shown.missing else None,
        [tag("p", doubt, class_="avertissement") for doubt in _doubts(shown)],
        None if shown.image else _words(shown),
    )


def frame(title: str, *content: Content) -> Markup:
    """A source that is opened: its title and the button that closes it stay in sight."""
    back = button("Revenir au texte", "fermer", class_="secondaire")
    return tag(
        "section",
        tag("header", tag("h3", title), back, class_="tete"),
        content,
        class_="source-ouverte",
        tabindex="-1",
        aria_label=title,
    )


def _doubts(shown: Shown) -> list[str]:
    """What the reading of the page that is shown leaves doubtful: a scan that OCR read badly."""
    document = shown.document
    number = shown.image.number if shown.image else (document.pages_of(shown.span) or (0,))[0]
    page = next((page.span for page in document.pages if page.number == number), None)
    return [
        problem.message
        for problem in document.problems
        if page and problem.span == page and problem.severity is not Severity.INFO
    ]


def find(workspace: Workspace, source_id: str, span: Span, page: int | None = None) -> Shown:
    """A quote of an indexed source, ready to be shown: on ``page``, or on the page where it begins.

    Raises:
        NotIndexedError: there is no such source any more.
    """
    document = workspace.show(source_id)
    span = Span(min(span.start, len(document.text)), min(span.end, len(document.text)))
    passage = workspace.passage_at(source_id, span.start)
    first, last = document.pages_of(span) or document.pages_of(Span(span.start, span.start + 1)) or (1, 1)
    number = page or first
    quote = span.of(document.text) if first <= number <= last else ""
    if not has_pages_to_show(document.source.media_type):
        return Shown(document, span, passage, None)
    try:
        return Shown(document, span, passage, workspace.page_image(document, number, quote))
    except AssistantError as failure:
        return Shown(document, span, passage, None, f"{failure} Voici le texte qui en avait été lu.")


def of_document(
    workspace: Workspace, document: Document, start: int, end: int, page: int | None = None
) -> Shown:
    """Words of a document that is not indexed, on their page where it has pages that can be drawn."""
    span = Span(min(max(0, start), len(document.text)), min(max(0, start, end), len(document.text)))
    if not has_pages_to_show(document.source.media_type):
        return Shown(document, span, None, None, indexed=False)
    first, last = document.pages_of(span) or document.pages_of(Span(span.start, span.start + 1)) or (1, 1)
    number = page or first
    try:
        image = workspace.page_image(
            document, number, span.of(document.text) if first <= number <= last else ""
        )
    except AssistantError as failure:
        return Shown(document, span, None, None, f"{failure} Voici le texte qui en avait été lu.")
    return Shown(document, span, None, image, indexed=False)


def nothing(what: str) -> Markup:
    """The place of the source before one is opened."""
    return tag("p", what, class_="vide")


def problem(error: AssistantError) -> Markup:
    """A source that cannot be opened."""
    return tag(
        "section",
        tag("p", tag("strong", error.message)),
        tag("p", error.hint),
        class_="source-ouverte",
        tabindex="-1",
        role="alert",
    )


def _picture(shown: Shown, page_event: str, carried: Mapping[str, Attribute]) -> Markup:
    image = shown.image
    assert image is not None
    quote = " ".join(shown.span.of(shown.document.text).split())
    marked = (
        "le passage cité est encadré et surligné"
        if image.boxes
        else "le passage cité n'est pas sur cette page"
        if quote
        else "rien n'y est surligné"
    )
    description = f"Page {image.number} sur {image.count} de « {shown.document.source.title} » ; {marked}."
    boxes = [
        tag(
            "span",
            class_="surligne",
            style=f"left:{left:.2%};top:{top:.2%};width:{right - left:.2%};height:{bottom - top:.2%}",
        )
        for left, top, right, bottom in image.boxes
    ]
    drawn = tag(
        "img",
        alt=description,
        src=f"data:image/png;base64,{base64.b64encode(image.png).decode('ascii')}",
        width=image.width,
        height=image.height,
    )
    sheet = tag("div", drawn, boxes, class_="feuille", style=f"--largeur: {image.width}px")
    return text(
        (
            _turning(shown, image, page_event, carried),
            tag(
                "figure",
                tag(
                    "div",
                    sheet,
                    class_="loupe",
                    tabindex="0",
                    role="group",
                    aria_label=f"Image de la page {image.number}",
                ),
                tag("figcaption", f"Page {image.number} sur {image.count}. " + marked.capitalize() + "."),
            ),
            tag("details", tag("summary", "Le passage cité, en texte"), tag("blockquote", f"« {quote} »"))
            if quote
            else None,
        )
    )


def _turning(shown: Shown, image: PageImage, event: str, carried: Mapping[str, Attribute]) -> Markup:
    larger = tag(
        "label",
        tag("input", type="checkbox", name="agrandie", data_kept=True),
        "Agrandir",
        tag("span", " la page", class_="invisible"),
        class_="agrandir",
    )
    if not event or image.count < 2:
        return tag("p", larger, class_="pages")
    data: dict[str, Attribute] = {
        **carried,
        "source": shown.document.source.id,
        "start": shown.span.start,
        "end": shown.span.end,
    }
    return tag(
        "p",
        button(
            "‹ Précédente",
            event,
            {**data, "page": image.number - 1},
            class_="secondaire",
            disabled=image.number <= 1,
            aria_label="Page précédente",
        ),
        tag("span", f" {image.number} / {image.count} "),
        button(
            "Suivante ›",
            event,
            {**data, "page": image.number + 1},
            class_="secondaire",
            disabled=image.number >= image.count,
            aria_label="Page suivante",
        ),
        larger,
        class_="pages",
    )


def _words(shown: Shown) -> Markup:
    """The words around the quote, the quote marked."""
    document, span = shown.document, shown.span
    around = (
        shown.passage.span
        if shown.passage and shown.passage.span.start <= span.start and span.end <= shown.passage.span.end
        else Span(0, len(document.text))
    )
    start, end = max(around.start, span.start - _AROUND), min(around.end, span.end + _AROUND)
    before, quote, after = (
        Span(a, b).of(document.text)
        for a, b in ((start, span.start), (span.start, span.end), (span.end, end))
    )
    return tag(
        "div",
        "[…] " if start > around.start else None,
        before.lstrip(),
        tag("mark", quote, class_="surligne-texte") if quote else None,
        _NEXT_HEADING.sub("", after).rstrip(),
        " […]" if end < around.end else None,
        class_="extrait",
    )


def _trail(document: Document, position: int) -> tuple[str, ...]:
    """The headings above a position, outermost first."""
    trail: list[tuple[int, str]] = []
    for heading in document.headings:
        if heading.span.start > position:
            break
        trail = [*(one for one in trail if one[0] < heading.level), (heading.level, heading.label)]
    return tuple(label for _, label in trail)
