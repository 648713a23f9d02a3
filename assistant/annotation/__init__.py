"""The findings of the review, back in the word processor: a comment at the words of each, a tracked change where the text to write is known.

The text, the styles and everything else of the file stay as they are: a change is proposed, and refusing it gives the file back.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePath

from assistant import reading
from assistant.annotation.docx import DocxSheet
from assistant.annotation.odt import OdtSheet
from assistant.annotation.places import Place, places_of
from assistant.annotation.remarks import Remark, remarks_of
from assistant.annotation.sheet import Sheet
from assistant.datatypes import Document, Finding
from assistant.errors import ReadingError, UsageError
from assistant.office.package import rewritten
from assistant.reading.formats import BY_SUFFIX, Format, suffix_of
from assistant.reading.package import broken_is_damaged

__all__ = ["Annotated", "annotated", "can_be_annotated", "check"]

_SHEETS: dict[str, type[Sheet]] = {Format.DOCX: DocxSheet, Format.ODT: OdtSheet}
_ELSEWHERE = "Ces passages sont hors du texte courant (en-tête, note, image, zone de texte), ou ne sont pas dans cette pièce :"


@dataclass(frozen=True, slots=True)
class Annotated:
    """A file with its remarks: ``placed`` comments at their words, ``changes`` tracked changes, ``apart`` findings gathered in the first comment."""

    data: bytes
    placed: int = 0
    changes: int = 0
    apart: int = 0

    @property
    def told(self) -> str:
        """The counts, in French."""
        said = (
            (self.placed, "constat en commentaire", "constats en commentaires"),
            (
                self.changes,
                "texte proposé en suivi des modifications",
                "textes proposés en suivi des modifications",
            ),
            (
                self.apart,
                "constat au début, hors du texte courant",
                "constats au début, hors du texte courant",
            ),
        )
        return (
            ", ".join(f"{number} {many if number > 1 else one}" for number, one, many in said if number)
            or "rien à relever"
        )


def can_be_annotated(document: Document) -> bool:
    """Whether the file that a document was read from can bear remarks."""
    return document.source.media_type in _SHEETS


def check(path: Path, out: Path) -> None:
    """Sees, before a review is made, that ``path`` can be annotated as ``out``.

    Raises:
        UsageError: it is no DOCX and no ODT, or ``out`` is the file itself, is there already, or has another ending.
        ReadingError: ``path`` cannot be read; see ``reading.recognised``.
    """
    found = reading.recognised(path, path.name)
    if found not in _SHEETS:
        raise UsageError(
            f"« {path.name} » ne peut pas être annoté : seuls un DOCX et un ODT le peuvent.", _way_out(found)
        )
    if out.exists() and out.samefile(path):
        raise UsageError(
            f"« {out} » est le fichier à annoter : il ne peut pas être remplacé.",
            "Donnez un autre nom au fichier annoté.",
        )
    if BY_SUFFIX.get(suffix_of(out.name)) is not found:
        raise UsageError(
            f"« {out.name} » n'a pas le format de « {path.name} ».",
            f"Donnez un nom qui finit par .{found.name.lower()}.",
        )
    if out.exists():
        raise UsageError(
            f"« {out} » existe déjà : il n'est pas remplacé.", "Donnez un autre nom, ou supprimez ce fichier."
        )


def _way_out(found: Format | None) -> str:
    if found in (Format.DOC, Format.RTF):
        return "Ouvrez-le dans son logiciel ou dans LibreOffice, enregistrez-le en DOCX ou en ODT, puis recommencez."
    return "Donnez le DOCX ou l'ODT dont il est tiré."


def annotated(data: bytes, document: Document, findings: Sequence[Finding], *, when: datetime) -> Annotated:
    """The bytes of a DOCX or an ODT with its findings as comments, and what is to be written instead as tracked changes.

    Args:
        data: the file.
        document: what was read of it.
        findings: what the review found in it, the gravest first: where two would change the same words, the first does.
        when: the day and hour that comments and changes bear.

    Raises:
        ReadingError: the file is not the one that was read.
        DamagedFileError: its package or its XML is broken.
    """
    name = PurePath(document.source.origin).name
    if hashlib.sha256(data).hexdigest() != document.source.sha256:
        raise ReadingError(f"« {name} » a changé depuis son contrôle.", "Contrôlez-le de nouveau.")
    if not findings:
        return Annotated(data)
    with broken_is_damaged(name, "un document"):
        sheet = _SHEETS[document.source.media_type](data, name, when)
        remarks = remarks_of(document, findings)
        places = places_of(remarks, sheet)
        changes = _written(sheet, places)
        placed = {place.number for place in places}
        apart = [remark for number, remark in enumerate(remarks) if number not in placed]
        if apart:
            sheet.comment_first(_gathered(apart))
        return Annotated(rewritten(data, sheet.parts()), len(places), changes, len(apart))


def _written(sheet: Sheet, places: Sequence[Place]) -> int:
    """Puts each remark at its place, the last first so that no place moves; gives the number of tracked changes."""
    edges = [edge for place in places for edge in place.edges()]
    for edge in sorted(edges, key=lambda edge: edge.key, reverse=True):
        sheet.mark(edge)
    return sum(sheet.replace(place.number, place.replacement) for place in places if place.replacement)


def _gathered(apart: Sequence[Remark]) -> tuple[str, ...]:
    return (_ELSEWHERE, *(line for remark in apart for line in (f"« {remark.quote} »", *remark.lines)))
