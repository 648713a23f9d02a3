"""Where files are dropped or chosen, and what was refused of them."""

from collections.abc import Mapping
from typing import Any

from assistant.page.markup import Markup, items, tag, text

# What a file dialogue offers first; what a file holds decides, not its name.
_OFFERED = ".pdf,.docx,.odt,.xlsx,.ods,.pptx,.rtf,.doc,.xls,.ppt,.eml,.msg,.txt,.md,.html,.png,.jpg,.tif,.zip,.tar,.gz,.jsonl"


def drop_zone(event: str, id_: str, *, folder: bool = False) -> Markup:
    """A place where files are dropped, with buttons that choose them; once received, ``event`` is sent with their tokens (``jetons``)."""
    choose_folder = (
        tag("label", "Choisir un dossier", for_=f"{id_}-dossier"),
        tag("input", type="file", id=f"{id_}-dossier", multiple=True, webkitdirectory=True, data_deposit=event),
    )
    return tag(
        "div",
        tag(
            "div",
            tag("label", "Choisir des fichiers ou un ZIP", for_=f"{id_}-fichiers"),
            tag("input", type="file", id=f"{id_}-fichiers", multiple=True, accept=_OFFERED, data_deposit=event),
        ),
        tag("div", choose_folder) if folder else None,
        tag(
            "p", "Vous pouvez aussi glisser des fichiers ici. PDF, DOCX, ODT, tableurs, images, courriels, archives ZIP ; 500 Mo par fichier.", class_="discret"
        ),
        tag("p", role="status"),
        class_="depot",
        data_drop=True,
    )


def refusals(data: Mapping[str, Any]) -> Markup:
    """What was refused of the files sent, and why."""
    said = [one for one in data.get("refus") or () if isinstance(one, str)]
    if not said:
        return text(None)
    return tag("div", tag("p", tag("strong", "Fichiers refusés")), items(one[:400] for one in said[:50]), class_="erreur", role="alert")
