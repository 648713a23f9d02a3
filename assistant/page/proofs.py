"""« Dossier de preuve »: the file of evidence of what a screen shows, and its fingerprint, which is to be noted elsewhere."""

from collections.abc import Mapping

from assistant.page import downloads
from assistant.page.markup import Attribute, Markup, button, tag, text
from assistant.proof.packing import MEDIA_TYPE, Packed

EVENT = "preuve"


def ask(data: Mapping[str, Attribute] | None = None) -> Markup:
    """The button that asks for it."""
    return button("Dossier de preuve", EVENT, data or {}, class_="secondaire")


def given(packed: Packed, title: str) -> Markup:
    """The link that saves it, and its fingerprint."""
    name = downloads.file_name(f"preuve {title}", ".zip")
    note = "Notez cette empreinte ailleurs : elle distingue ce dossier d'un autre qui aurait été refait en entier."
    return text(
        (
            downloads.link("Enregistrer le dossier de preuve", name, packed.data, MEDIA_TYPE),
            tag("p", "Empreinte du dossier : ", tag("code", packed.fingerprint, class_="empreinte")),
            tag("p", note, class_="discret"),
        )
    )
