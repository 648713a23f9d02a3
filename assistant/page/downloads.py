"""Files that the page gives: they travel within the page itself, so no address of the server holds anybody's document."""

import base64

from assistant.page.events import Then
from assistant.page.markup import Content, Markup, tag

ODT = "application/vnd.oasis.opendocument.text"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ICS = "text/calendar;charset=utf-8"
SVG = "image/svg+xml"
MARKDOWN = "text/markdown;charset=utf-8"


def link(label: Content, name: str, data: bytes, media_type: str) -> Markup:
    """A link that saves ``data`` as ``name``."""
    encoded = base64.b64encode(data).decode("ascii")
    size = f" ({max(1, round(len(data) / 1024))} ko)"
    return tag(
        "a",
        label,
        tag("span", size, class_="discret"),
        class_="telecharger",
        download=name,
        href=f"data:{media_type};base64,{encoded}",
    )


def saves(part: str) -> Then:
    """What the browser does with what ``saved_at_once`` gave, shown by that part of the screen."""
    return ("press", f"#{part} a[download]")


def saved_at_once(name: str, data: bytes, media_type: str) -> Markup:
    """A file that the browser saves once it is told to (``saves``); a screen reader is told."""
    encoded = base64.b64encode(data).decode("ascii")
    return tag(
        "p",
        f"« {name} » est enregistré.",
        tag("a", hidden=True, download=name, href=f"data:{media_type};base64,{encoded}"),
        class_="invisible",
        role="status",
    )


def file_name(title: str, suffix: str) -> str:
    """A short file name from a title: letters, digits and hyphens, as every system takes them."""
    plain = "".join(character if character.isalnum() else "-" for character in title.casefold())
    return "-".join(part for part in plain.split("-") if part)[:60].strip("-") + suffix
