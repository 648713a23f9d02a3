"""Bytes to ``Document``: one file per format, and nothing else in the assistant knows file formats.

``read`` and ``read_bytes`` are the door. Where a page, a line or an encoding leaves a doubt, the document says so in its problems; where nothing can be
read, an error says what, why, and what to do.
"""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path, PurePath

from assistant.datatypes import Document, Kind, Problem, Severity, Source
from assistant.errors import EmptyFileError, ReadingError, reason_of
from assistant.reading.archives import SEPARATOR, is_archive
from assistant.reading.attachments import attachments
from assistant.reading.characters import storable
from assistant.reading.content import Content
from assistant.reading.docx import read_docx
from assistant.reading.formats import BY_SUFFIX, SUPPORTED, Format, format_of, suffix_of
from assistant.reading.html import read_html
from assistant.reading.images import read_image
from assistant.reading.json_lines import read_json_lines
from assistant.reading.legacy_office import read_doc, read_ppt, read_xls
from assistant.reading.legi import read_legi
from assistant.reading.mail import read_eml
from assistant.reading.markdown import read_markdown
from assistant.reading.ods import read_ods
from assistant.reading.odt import read_odt
from assistant.reading.outlook import read_msg
from assistant.reading.pdf_form import read_pdf_form
from assistant.reading.piece import SURE_ENOUGH, guess
from assistant.reading.pptx import read_pptx
from assistant.reading.rtf import read_rtf
from assistant.reading.sheet import read_sheet
from assistant.reading.text import read_text
from assistant.reading.xlsx import read_xlsx

__all__ = [
    "MAX_FILE_BYTES",
    "SUPPORTED",
    "Recognise",
    "attachments",
    "bytes_of",
    "read",
    "read_bytes",
    "recognised",
]

# The largest files of a tender are scanned plans of about 200 MB; reading takes several times a file's size in memory.
MAX_FILE_BYTES = 512 * 1024 * 1024
# A title longer than this is a paragraph.
_MAX_TITLE_CHARACTERS = 200

Recognise = Callable[[Path, str], Format | None]
"""What tells what a file is, as ``recognised`` does."""

_READERS: dict[Format, Callable[[bytes, str], Content]] = {
    Format.JSON_LINES: read_json_lines,
    Format.MARKDOWN: read_markdown,
    Format.SHEET: read_sheet,
    Format.PDF: read_pdf_form,
    Format.DOCX: read_docx,
    Format.ODT: read_odt,
    Format.ODS: read_ods,
    Format.XLSX: read_xlsx,
    Format.PPTX: read_pptx,
    Format.RTF: read_rtf,
    Format.DOC: read_doc,
    Format.XLS: read_xls,
    Format.PPT: read_ppt,
    Format.EML: read_eml,
    Format.MSG: read_msg,
    Format.LEGI: read_legi,
    Format.HTML: read_html,
    Format.TEXT: read_text,
    Format.PNG: read_image,
    Format.JPEG: read_image,
    Format.TIFF: read_image,
}


def read(path: Path, *, kind: Kind, collection: str, origin: str | None = None) -> Document:
    """Reads a file. Its format is told by its bytes first, by its ending only between kinds of text.

    Args:
        path: the file.
        kind: what the source is for.
        collection: the collection it will belong to.
        origin: where it comes from, for the reader; the path when None.

    Raises:
        UnknownFormatError: no reader for these bytes.
        EncryptedFileError: a password is needed.
        EmptyFileError: zero bytes, or no content at all.
        DamagedFileError: truncated, corrupt, or not of the format its name says.
        CorpusError: a sheet that breaks the form of sheets.
        ReadingError: missing, a folder, not permitted, or too large.
    """
    return read_bytes(bytes_of(path), path.name, kind=kind, collection=collection, origin=origin or str(path))


def read_bytes(data: bytes, name: str, *, kind: Kind, collection: str, origin: str | None = None) -> Document:
    """Reads the bytes of a file called ``name``; raises as ``read`` does. The same bytes always give the same ``source.id``."""
    if len(data) > MAX_FILE_BYTES:
        raise _too_large(name, len(data))
    if not data.strip(b"\x00 \t\r\n"):
        raise EmptyFileError(
            f"« {name} » est vide ({len(data)} octet{'s' if len(data) > 1 else ''}).",
            "Téléchargez-le ou copiez-le de nouveau.",
        )
    actual = format_of(data, name)
    content = _READERS[actual](data, name)
    if not content.text.strip() and not content.pages:
        raise EmptyFileError(
            f"« {name} » ne contient aucun texte.", "Vérifiez qu'il s'ouvre et qu'il n'est pas fait d'images."
        )
    digest = hashlib.sha256(data).hexdigest()
    source = Source(
        digest[:16], digest, storable(_title(content, name)), kind, origin or name, collection, actual.value
    )
    return Document(
        source,
        content.text,
        content.pages,
        content.headings,
        content.provisions,
        tuple(
            replace(problem, message=storable(problem.message))
            for problem in (*_wrong_ending(actual, name), *content.problems)
        ),
        tuple((key, storable(value)) for key, value in (*content.metadata, *_piece(content, name, kind))),
    )


def recognised(path: Path, name: str) -> Format | None:
    """The format of a file called ``name``, None for an archive that is opened.

    Raises:
        UnknownFormatError, EncryptedFileError, DamagedFileError: see ``format_of``.
        ReadingError: too large, or it cannot be looked at.
    """
    return None if is_archive(path, name) else format_of(bytes_of(path), name)


def bytes_of(path: Path) -> bytes:
    """The bytes of an ordinary file within ``MAX_FILE_BYTES``. Raises ReadingError."""
    try:
        if path.is_dir():
            raise ReadingError(
                f"« {path} » est un dossier, pas un fichier.",
                "Donnez un fichier, ou indexez le dossier entier avec `assistant index`.",
            )
        if not path.is_file() and path.exists():
            raise ReadingError(
                f"« {path} » n'est pas un fichier ordinaire (tube, périphérique…).", "Donnez un fichier."
            )
        size = path.stat().st_size
        if size > MAX_FILE_BYTES:
            raise _too_large(path.name, size)
        return path.read_bytes()
    except FileNotFoundError as error:
        raise ReadingError(f"« {path} » n'existe pas.", "Vérifiez le nom et le dossier.") from error
    except PermissionError as error:
        raise ReadingError(
            f"« {path} » ne peut pas être lu : l'accès est refusé.",
            "Donnez-vous le droit de lecture sur ce fichier, ou copiez-le.",
        ) from error
    except OSError as error:
        raise ReadingError(
            f"« {path} » n'a pas pu être lu ({reason_of(error)}).",
            "Vérifiez le disque ou le réseau, puis recommencez.",
        ) from error
    except ValueError as error:  # a character that no name holds
        raise ReadingError(f"« {path} » n'est pas un nom de fichier.", "Vérifiez-le.") from error


def _too_large(name: str, size: int) -> ReadingError:
    megabytes, limit = size // 1_000_000, MAX_FILE_BYTES // 1_000_000
    return ReadingError(
        f"« {name} » est trop gros ({megabytes} Mo ; la limite est de {limit} Mo).",
        "Découpez-le, ou retirez-en les images.",
    )


def _title(content: Content, name: str) -> str:
    """What the file says of itself, else its first heading of the outermost level, else its name without ending."""
    outermost = min((heading.level for heading in content.headings), default=0)
    first = next(
        (
            heading.label
            for heading in content.headings
            if heading.level == outermost and heading.number is None
        ),
        "",
    )
    title = content.title or first or PurePath(name.rpartition(SEPARATOR)[2]).stem or name
    return title if len(title) <= _MAX_TITLE_CHARACTERS else title[: _MAX_TITLE_CHARACTERS - 1].rstrip() + "…"


def _piece(content: Content, name: str, kind: Kind) -> tuple[tuple[str, str], ...]:
    """The piece of a tender that the document seems to be, and how surely: ``("piece", "CCAP 0.92")``."""
    if kind not in (Kind.TENDER, Kind.FRAMEWORK):
        return ()
    found = guess(content.text, content.headings, name)
    return (("piece", f"{found.piece} {found.score:.2f}"),) if found.score >= SURE_ENOUGH else ()


def _wrong_ending(actual: Format, name: str) -> tuple[Problem, ...]:
    suffix = suffix_of(name)
    named = BY_SUFFIX.get(suffix)
    if (
        named is actual
        or not suffix
        or (
            named in (Format.TEXT, None)
            and actual.value.startswith(("text/", "application/jsonl", "application/yaml"))
        )
    ):
        return ()
    message = f"« {name} » se termine par {suffix} mais c'est un fichier {actual.name.replace('_', ' ')} : il a été lu comme tel."
    return (Problem("wrong-ending", message, severity=Severity.INFO),)
