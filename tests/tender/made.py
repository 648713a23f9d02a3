"""A document of a few lines, as rules read it."""

from assistant import reading
from assistant.datatypes import Kind
from assistant.tender.view import View


def view(text: str, piece: str = "CCAP") -> View:
    return View(reading.read_bytes(text.encode(), "essai.md", kind=Kind.TENDER, collection="essai"), piece)
