"""A legal sheet (YAML): its text is what a reader is shown of it; the YAML itself comes back raw."""

from assistant import sheets
from assistant.datatypes import Document, Heading, Span
from assistant.errors import UnknownFormatError
from assistant.reading.characters import decode, storable
from assistant.reading.content import Content
from assistant.sheets import LegalSheet

# Metadata key of the YAML that a sheet was read from.
_YAML = "sheet"


def read_sheet(data: bytes, name: str) -> Content:
    """Reads a sheet.

    Raises:
        UnknownFormatError: the YAML is no sheet.
        CorpusError: the sheet breaks the form of sheets.
    """
    text, problems = decode(data, name)
    text = storable(text)
    if not sheets.looks_like_sheet(text):
        raise UnknownFormatError(
            f"« {name} » est du YAML, mais pas une fiche : il n'est pas lu.",
            "Une fiche a un « id » et une « position » (corpus/README.md).",
        )
    sheet = sheets.parse(text, name)
    return Content(
        sheet.text,
        title=sheet.title,
        headings=_headings(sheet.text),
        problems=problems,
        metadata=((_YAML, text),),
    )


def sheet_of(document: Document) -> LegalSheet:
    """The sheet that a document was read from.

    Raises:
        CorpusError: it breaks the form of sheets.
    """
    return sheets.parse(dict(document.metadata)[_YAML], document.source.origin, document.source.id)


def _headings(text: str) -> tuple[Heading, ...]:
    found, start = [], 0
    for line in text.splitlines(keepends=True):
        marks, _, title = line.rstrip("\n").partition(" ")
        if title and set(marks) == {"#"}:
            found.append(
                Heading(
                    len(marks), None, title, Span(start + len(marks) + 1, start + len(marks) + 1 + len(title))
                )
            )
        start += len(line)
    return tuple(found)
