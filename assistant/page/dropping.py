"""Where files are dropped or chosen, and what was refused of them."""

from collections.abc import Mapping
from typing import Any

from assistant.page.markup import Attribute, Markup, element, items, tag, text

# What a file dialogue offers first; what a file holds decides, not its name.
_OFFERED = ".pdf,.docx,.odt,.xlsx,.ods,.pptx,.rtf,.doc,.xls,.ppt,.eml,.msg,.txt,.md,.html,.png,.jpg,.tif,.zip,.tar,.gz,.jsonl"


# The same for tables: registers, catalogues.
_TABLES = ".csv,.tsv,.xlsx,.xls,.ods"


def table_zone(event: str, id_: str, label: str, *, principal: bool = False) -> Markup:
    """A place where one table is dropped or chosen; once received, ``event`` is sent with its token (``jetons``).

    ``principal``: it is what the screen is for.
    """
    return _zone(
        "CSV, XLSX, XLS, ODS ; export de GLPI.",
        _chooser(event, f"{id_}-fichiers", label, principal=principal, accept=_TABLES),
    )


def drop_zone(event: str, id_: str) -> Markup:
    """Two places where files, or a folder, are dropped or chosen, what the screen is for; once received, ``event`` is sent with their tokens (``jetons``)."""
    return _zone(
        "PDF, DOCX, ODT, tableurs, images, courriels, archives ZIP ; 500 Mo par fichier.",
        _chooser(event, f"{id_}-fichiers", "Choisir des fichiers ou un ZIP", principal=True, accept=_OFFERED),
        _chooser(event, f"{id_}-dossier", "Choisir un dossier", webkitdirectory=True),
    )


def _zone(said: str, *choosers: Markup) -> Markup:
    return tag("div", *choosers, tag("p", said, class_="discret"), tag("p", role="status"), class_="depot")


def _chooser(event: str, id_: str, label: str, *, principal: bool = False, **attributes: Attribute) -> Markup:
    """A file field, which lies over its whole place: a browser takes what is dropped on one."""
    field = element(
        "input", {"type": "file", "id": id_, "multiple": True, "data-deposit": event, **attributes}
    )
    return tag(
        "div",
        field,
        tag("label", label, for_=id_, class_="principal" if principal else None),
        tag("span", " ou glisser ici", class_="discret", aria_hidden="true"),
        class_="fichier",
    )


def refusals(data: Mapping[str, Any]) -> Markup:
    """What was refused of the files sent, and why."""
    said = [one for one in data.get("refus") or () if isinstance(one, str)]
    if not said:
        return text(None)
    return tag(
        "div",
        tag("p", tag("strong", "Fichiers refusés")),
        items(one[:400] for one in said[:50]),
        class_="erreur",
        role="alert",
    )
