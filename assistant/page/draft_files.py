"""The files of a draft: one for all or one for each piece, with or without its notes; and what else is asked of it as a whole."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from assistant import office
from assistant.datatypes import Draft, Place
from assistant.drafting import rendering
from assistant.page import downloads, proofs
from assistant.page.context import word
from assistant.page.markup import Content, Markup, button, element, tag

_FORM = {"form": "formulaire"}
_BY_PIECE = "pieces"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which files are wanted: one for each piece or one for all, with the notes for the buyer alone or without."""

    by_piece: bool = False
    notes: bool = True


def wanted(data: Mapping[str, Any]) -> Wanted:
    """What a browser asks for."""
    return Wanted(word(data, "decoupage", 20) == _BY_PIECE, word(data, "notes", 3) != "")


def panel(said: Content = None) -> Markup:
    """What one asks of a draft as a whole, and what came of it."""
    cut = tag(
        "div",
        tag("label", "Fichiers", for_="decoupage"),
        tag(
            "select",
            tag("option", "Un seul pour tout le projet", value=""),
            tag("option", "Un par pièce (RC, CCTP…)", value=_BY_PIECE),
            id="decoupage",
            name="decoupage",
            data_kept=True,
        ),
        class_="champ",
    )
    notes = tag(
        "label",
        tag("input", type="checkbox", id="avec-notes", name="notes", checked=True, data_kept=True),
        "Avec les notes de justification et de risque",
    )
    form = element(
        "form",
        {"data-event": "ecrire", "data-form": "formulaire", "aria-label": "Fichiers du projet"},
        tag("div", cut, notes, class_="rangee"),
        tag("button", "Préparer les fichiers ODT et DOCX", type="submit", class_="principal"),
    )
    asks = tag(
        "div",
        button("Relire le projet", "relire", _FORM, class_="secondaire"),
        proofs.ask(_FORM),
        class_="rangee",
    )
    return tag("div", tag("h2", "Projet"), form, asks, tag("div", said, role="status"))


def links(drafted: Draft, title: str, asked: Wanted) -> Markup:
    """The links that save what is asked for of a draft."""
    name = downloads.file_name(title, "") or "projet"
    if asked.by_piece:
        files = list(_pieces(drafted, with_notes=asked.notes))
    elif asked.notes:
        files = [("Tout le projet, avec les notes", "", drafted, rendering.EVERYTHING)]
    else:
        files = [("Tout le projet, sans les notes", "", drafted, rendering.ARTICLES_ONLY)]
    entries = [
        tag("li", tag("strong", label), " ", _three(label, f"{name}{suffix}", one, parts))
        for label, suffix, one, parts in files
    ]
    return tag("ul", entries, class_="liste fichiers-du-projet")


def _pieces(drafted: Draft, *, with_notes: bool) -> Iterator[tuple[str, str, Draft, rendering.Parts]]:
    """Each file: what it is called, the end of its name, of what it is made. The notes are not for the tender: they have their own."""
    for piece in drafted.pieces:
        label = "Annexes" if piece.place is Place.ANNEX else piece.place.value
        suffix = f"-{downloads.file_name(label, '')}"
        yield label, suffix, rendering.alone(drafted, piece), rendering.ARTICLES_ONLY
    if with_notes:
        yield "Notes (documents internes)", "-notes", drafted, rendering.NOTES_ONLY


def _three(label: str, name: str, drafted: Draft, parts: rendering.Parts) -> list[Markup]:
    """The links that save one file in each format; ``label`` says which file to whoever hears the link alone."""
    written = rendering.office_markdown(drafted, parts)
    formats = (
        ("ODT", "odt", office.convert(written, "odt"), downloads.ODT),
        ("DOCX", "docx", office.convert(written, "docx"), downloads.DOCX),
        ("Markdown", "md", rendering.markdown(drafted, parts=parts).encode(), downloads.MARKDOWN),
    )
    heard = tag("span", f"{label} : ", class_="invisible")
    return [
        downloads.link((heard, f"Enregistrer en {shown}"), f"{name}.{suffix}", data, media_type)
        for shown, suffix, data, media_type in formats
    ]
