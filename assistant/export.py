"""Results into what programs and people read: the JSON of the command line's contract, and Markdown."""

import re
from datetime import date
from typing import Any

from assistant.datatypes import Document, Hit, Kind, Passage, Position, Rows, Source
from assistant.french.dates import french_date
from assistant.kept_answer import KeptRows, KeptSource, passage_json

_POSITIONS = {
    Position.POSSIBLE: "Possible",
    Position.CONDITIONAL: "Possible sous conditions",
    Position.FORBIDDEN: "Interdit",
    Position.INFORMATION: "Information",
    Position.NOT_IN_FORCE: "Texte qui n'est pas en vigueur",
    Position.OUT_OF_SCOPE: "Hors du corpus : pas de réponse",
}


# What stands instead of a position where the buyer's own documents do not say.
UNSAID = "Non dit dans vos documents"


def position_line(label: str, about: str | None, as_of: date | None) -> str:
    """Position in a reader's words, what it is taken on, and day of the law where law is told, in Markdown; ``about`` as it may stand there."""
    return (
        f"**{label}**{f' : {about}' if about else ''}{f' — droit au {french_date(as_of)}' if as_of else ''}"
    )


def position_label(position: Position) -> str:
    """The position in a reader's words."""
    return _POSITIONS[position]


def counted(rows: Rows | KeptRows) -> str:
    """The numbers of a list, which add up."""
    yes, no, untold = rows.markets
    total, one = yes + no + untold, "document" if rows.by_document else "marché"
    if not yes:
        answer = (
            f"Aucun des {total} {one}s ne répond à la demande"
            if total > 1
            else f"Le {one} ne répond pas à la demande"
        )
    else:
        answer = f"{yes} {one}{'s' if yes > 1 else ''} sur {total}"
    return f"{answer} ({rows.asked} : {yes} oui, {no} non{f', {untold} illisible ou indécis' if untold else ''})."


def french_period(start: date | None, end: date | None) -> str:
    """A period in force in a reader's words, ``end`` exclusive; an empty text without dates."""
    if start and end:
        return f"en vigueur du {french_date(start)} au {french_date(end)} (exclu)"
    if start:
        return f"en vigueur depuis le {french_date(start)}"
    return f"en vigueur jusqu'au {french_date(end)} (exclu)" if end else ""


def french_pages(pages: tuple[int, int] | None) -> str:
    """``p. 3`` or ``p. 3-4``; an empty text without pages."""
    if pages is None:
        return ""
    return f"p. {pages[0]}" if pages[0] == pages[1] else f"p. {pages[0]}-{pages[1]}"


def place(source: Source, passage: Passage) -> str:
    """Where a passage stands, in a reader's words: article, pages, period in force."""
    sheet = "Fiche : " if source.kind is Kind.SHEET else ""
    parts = [f"{passage.work}, art. {passage.article}" if passage.article else f"{sheet}{source.title}"]
    if not passage.article and passage.headings and passage.headings[-1] != source.title:
        parts.append(passage.headings[-1])
    parts += [french_pages(passage.pages), french_period(passage.valid_from, passage.valid_to)]
    return ", ".join(part for part in parts if part)


def hit_json(hit: Hit) -> dict[str, Any]:
    """A hit of ``search``."""
    passage = hit.passage
    return {
        "rank": hit.rank,
        "score": round(hit.score, 6),
        "found_by": [channel.value for channel in hit.found_by],
        "source": KeptSource.of(hit.source).to_json(),
        **passage_json(passage),
        "headings": list(passage.headings),
        "text": passage.text,
        "start": passage.span.start,
        "end": passage.span.end,
    }


def document_json(document: Document) -> dict[str, Any]:
    """A document of ``show``: the text that every quote's offsets count in."""
    return {
        "source": KeptSource.of(document.source).to_json()
        | {
            "sha256": document.source.sha256,
            "origin": document.source.origin,
            "media_type": document.source.media_type,
        },
        "text": document.text,
        "pages": [
            {"number": page.number, "start": page.span.start, "end": page.span.end, "has_text": page.has_text}
            for page in document.pages
        ],
        "headings": headings_json(document)["headings"],
        "problems": [{"code": problem.code, "message": problem.message} for problem in document.problems],
    }


def headings_json(document: Document) -> dict[str, Any]:
    """The headings of a document, as ``headings`` prints them."""
    return {
        "file": document.source.origin.rpartition("/")[2],
        "headings": [
            {
                "number": heading.number,
                "title": heading.title,
                "page": (document.pages_of(heading.span) or (None,))[0],
            }
            for heading in document.headings
        ],
    }


def unmarked(text: str) -> str:
    """``text`` as Markdown that shows its very characters: nothing in it is a link, an image, a tag or emphasis."""
    return re.sub(r"([\\`*_{}\[\]()#+\-.!|<>~&$:@])", r"\\\1", text)
