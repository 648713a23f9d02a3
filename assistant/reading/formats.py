"""Which format bytes are of: what they hold decides, the ending of a name only where they cannot."""

import io
import json
import re
import struct
import zipfile
import zlib
from enum import StrEnum
from pathlib import PurePath

import olefile

from assistant.errors import DamagedFileError, EncryptedFileError, UnknownFormatError


class Format(StrEnum):
    """A format that is read here; the value is its media type."""

    PDF = "application/pdf"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    ODT = "application/vnd.oasis.opendocument.text"
    ODS = "application/vnd.oasis.opendocument.spreadsheet"
    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
    RTF = "application/rtf"
    DOC = "application/msword"
    XLS = "application/vnd.ms-excel"
    PPT = "application/vnd.ms-powerpoint"
    EML = "message/rfc822"
    MSG = "application/vnd.ms-outlook"
    LEGI = "application/xml"
    HTML = "text/html"
    MARKDOWN = "text/markdown"
    JSON_LINES = "application/jsonl"
    SHEET = "application/yaml"
    TEXT = "text/plain"
    PNG = "image/png"
    JPEG = "image/jpeg"
    TIFF = "image/tiff"


BY_SUFFIX = {
    ".pdf": Format.PDF,
    ".docx": Format.DOCX,
    ".docm": Format.DOCX,
    ".dotx": Format.DOCX,
    ".odt": Format.ODT,
    ".ott": Format.ODT,
    ".ods": Format.ODS,
    ".ots": Format.ODS,
    ".xlsx": Format.XLSX,
    ".xlsm": Format.XLSX,
    ".xltx": Format.XLSX,
    ".pptx": Format.PPTX,
    ".pptm": Format.PPTX,
    ".ppsx": Format.PPTX,
    ".rtf": Format.RTF,
    ".doc": Format.DOC,
    ".xls": Format.XLS,
    ".ppt": Format.PPT,
    ".pps": Format.PPT,
    ".eml": Format.EML,
    ".msg": Format.MSG,
    ".xml": Format.LEGI,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".xhtml": Format.HTML,
    ".md": Format.MARKDOWN,
    ".markdown": Format.MARKDOWN,
    ".yaml": Format.SHEET,
    ".jsonl": Format.JSON_LINES,
    ".ndjson": Format.JSON_LINES,
    ".txt": Format.TEXT,
    ".text": Format.TEXT,
    ".png": Format.PNG,
    ".jpg": Format.JPEG,
    ".jpeg": Format.JPEG,
    ".tif": Format.TIFF,
    ".tiff": Format.TIFF,
}
SUPPORTED = frozenset(BY_SUFFIX)

# Readers tolerate this much before "%PDF-" (mail gateways add headers there); the PDF reference says 1,024 bytes.
_PDF_HEADER_WITHIN = 1024
_HTML_START = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_HTML_LOOKS_WITHIN = 4096
# Fewer control characters than this are damage to a text; in a text shorter than the second, one NUL is enough to doubt it.
_DAMAGED_BYTES = 8
_TOO_SHORT = 64
_CONTROLS = bytes(byte for byte in range(32) if byte not in (*range(9, 14), 27))
# Formats that are told by their bytes: text under such a name is another file, or a cut one.
_TOLD_BY_BYTES = frozenset(
    (
        Format.PDF,
        Format.DOCX,
        Format.ODT,
        Format.ODS,
        Format.XLSX,
        Format.PPTX,
        Format.DOC,
        Format.XLS,
        Format.PPT,
        Format.MSG,
        Format.PNG,
        Format.JPEG,
        Format.TIFF,
    )
)
# What olefile raises on broken files besides its own OleFileError, an OSError.
OLE_BROKEN = (
    OSError,
    ValueError,
    IndexError,
    KeyError,
    TypeError,
    AttributeError,
    struct.error,
    RecursionError,
    OverflowError,
    MemoryError,
)
_OLE_START = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Each Office program keeps its document in a stream of its own name ([MS-DOC] 2.1, [MS-XLS] 2.1.2, [MS-PPT] 2.1.2, [MS-OXMSG] 2.2).
_OLE_STREAMS = (
    ("WordDocument", Format.DOC),
    ("Workbook", Format.XLS),
    ("Book", Format.XLS),
    ("PowerPoint Document", Format.PPT),
    ("__properties_version1.0", Format.MSG),
)
_PACKAGE_PARTS = (
    ("word/document", Format.DOCX),
    ("xl/workbook.xml", Format.XLSX),
    ("ppt/presentation.xml", Format.PPTX),
)
# Lines that open a message saved without an ending; one alone may stand in any text.
_MAIL_HEADER = re.compile(
    rb"^(?:received|return-path|delivered-to|mime-version|message-id|from|to|date|subject|x-[\w-]+):",
    re.IGNORECASE | re.MULTILINE,
)
_MAIL_HEADERS = 4
_MAIL_WITHIN = 2048
_XML_START = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:\?xml\b|ARTICLE\b)")
_LONGEST_MEDIA_TYPE = 200
_SUPPORTED_HINT = f"Formats lus : {', '.join(sorted(SUPPORTED))}."
_IMAGES = (
    (b"\x89PNG", Format.PNG),
    (b"\xff\xd8\xff", Format.JPEG),
    (b"II*\x00", Format.TIFF),
    (b"MM\x00*", Format.TIFF),
)
# First bytes of formats that are not read, and what to do with them. The first that matches speaks.
_STRANGERS = (
    (b"GIF8", "une image GIF", "Enregistrez-la en PNG, ou en PDF."),
    (b"7z\xbc\xaf\x27\x1c", "une archive 7z", "Extrayez-en les fichiers, puis donnez leur dossier."),
    (b"Rar!", "une archive RAR", "Extrayez-en les fichiers, puis donnez leur dossier."),
    (b"\x1f\x8b", "une archive gzip", "Extrayez-en les fichiers, puis donnez leur dossier."),
    (b"SQLite format 3\x00", "une base SQLite", _SUPPORTED_HINT),
    (b"\x7fELF", "un programme", _SUPPORTED_HINT),
    (b"MZ", "un programme", _SUPPORTED_HINT),
)


def suffix_of(name: str) -> str:
    """The ending of a file's name, in lower case, with its point."""
    return PurePath(name).suffix.lower()


def format_of(data: bytes, name: str) -> Format:
    """The format of ``data``, not empty; ``name`` decides between kinds of text only.

    Raises:
        UnknownFormatError: no reader for it.
        EncryptedFileError: an Office document under a password.
        DamagedFileError: an Office or archive file that is cut.
    """
    if b"%PDF-" in data[:_PDF_HEADER_WITHIN]:
        return Format.PDF
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _format_of_zip(data, name)
    if data.startswith(_OLE_START):
        return _format_of_ole(data, name)
    if data[:_TOO_SHORT].lstrip().startswith(b"{\\rtf"):
        return Format.RTF
    for start, image in _IMAGES:
        if data.startswith(start):
            return image
    for start, what, hint in _STRANGERS:
        if data.startswith(start):
            raise UnknownFormatError(f"« {name} » est {what} : ce format n'est pas lu.", hint)
    return _format_of_text(data, name)


def _format_of_zip(data: bytes, name: str) -> Format:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = frozenset(archive.namelist())
            kind = _declared_type(archive) if "mimetype" in members else ""
    except (
        zipfile.BadZipFile,
        zlib.error,
        ValueError,
        RuntimeError,
        NotImplementedError,
        OSError,
        EOFError,
    ) as error:
        raise DamagedFileError(
            f"« {name} » est tronqué ou abîmé : son sommaire interne est illisible.",
            "Téléchargez-le ou copiez-le de nouveau.",
        ) from error
    for start, found in ((Format.ODT.value, Format.ODT), (Format.ODS.value, Format.ODS)):
        if kind.startswith(start):
            return found
    for part, found in _PACKAGE_PARTS:
        if part in members or (
            "[Content_Types].xml" in members and any(member.startswith(part) for member in members)
        ):
            return found
    if BY_SUFFIX.get(suffix_of(name)) in _TOLD_BY_BYTES:
        raise DamagedFileError(
            f"« {name} » porte le nom d'un document {suffix_of(name)[1:].upper()}, mais c'est une autre archive ZIP : il n'y a pas de tel document dedans.",
            "Demandez le document d'origine, ou ouvrez cette archive pour voir ce qu'elle contient.",
        )
    raise UnknownFormatError(
        f"« {name} » est une archive ZIP ou un document d'un format qui n'est pas lu.",
        f"Extrayez-en les fichiers, ou enregistrez-le en .docx ou en PDF. {_SUPPORTED_HINT}",
    )


def _declared_type(archive: zipfile.ZipFile) -> str:
    """What an OpenDocument file says of itself (ODF 1.3 part 2, 3.3): the whole of its member ``mimetype``."""
    with archive.open("mimetype") as member:
        return member.read(_LONGEST_MEDIA_TYPE).decode("ascii", errors="replace").strip()


def _format_of_ole(data: bytes, name: str) -> Format:
    """What an OLE compound file holds: old Office documents, Outlook messages, and new Office documents under a password."""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            if ole.exists("EncryptedPackage"):
                raise EncryptedFileError(
                    f"« {name} » est protégé par un mot de passe.",
                    "Ouvrez-le avec son mot de passe et enregistrez-en une copie sans protection.",
                )
            found = next((kind for stream, kind in _OLE_STREAMS if ole.exists(stream)), None)
    except OLE_BROKEN as error:
        raise DamagedFileError(
            f"« {name} » est un ancien document Office tronqué ou abîmé.",
            "Téléchargez-le ou copiez-le de nouveau.",
        ) from error
    if found is None:
        raise UnknownFormatError(
            f"« {name} » est un ancien document (OLE) qui n'est ni Word, ni Excel, ni PowerPoint, ni Outlook.",
            _SUPPORTED_HINT,
        )
    return found


def _format_of_text(data: bytes, name: str) -> Format:
    named = BY_SUFFIX.get(suffix_of(name))
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    if not marked and _is_binary(data):
        return _refuse_binary(named, name)
    if _HTML_START.match(data[:_HTML_LOOKS_WITHIN]) and named is not Format.MARKDOWN:
        return Format.HTML
    if named is Format.EML or (
        named is None and len(_MAIL_HEADER.findall(data[:_MAIL_WITHIN])) >= _MAIL_HEADERS
    ):
        return Format.EML
    if (named is None and _XML_START.match(data)) or (
        named is Format.LEGI and b"<" in data[:_HTML_LOOKS_WITHIN]
    ):
        return Format.LEGI
    if named is Format.JSON_LINES or (named is None and _is_json_object(data)):
        return Format.JSON_LINES
    if named in _TOLD_BY_BYTES:
        raise DamagedFileError(
            f"« {name} » n'est pas un {suffix_of(name)[1:].upper()} malgré son nom : c'est du texte ou un fichier tronqué.",
            "Téléchargez-le de nouveau, ou donnez-lui sa vraie terminaison.",
        )
    if named is None and suffix_of(name) not in ("", ".log", ".asc", ".rst", ".csv", ".tsv"):
        raise UnknownFormatError(f"« {name} » est d'un format qui n'est pas lu.", _SUPPORTED_HINT)
    if named in (Format.RTF, Format.LEGI):
        raise DamagedFileError(
            f"« {name} » n'est pas un {suffix_of(name)[1:].upper()} malgré son nom : il n'en a pas le début.",
            "Donnez-lui sa vraie terminaison, .txt par exemple.",
        )
    return named or Format.TEXT


def _refuse_binary(named: Format | None, name: str) -> Format:
    if named in _TOLD_BY_BYTES:
        raise DamagedFileError(
            f"« {name} » n'est pas un {suffix_of(name)[1:].upper()} : ses premiers octets ne sont pas ceux de ce format.",
            "Téléchargez-le ou copiez-le de nouveau.",
        )
    raise UnknownFormatError(
        f"« {name} » n'est pas un fichier de texte, et son format n'est pas reconnu.", _SUPPORTED_HINT
    )


def _is_binary(data: bytes) -> bool:
    """Text has next to no control characters: some are damage, 5 % of them are another thing (random bytes have 11 %, UTF-16 without mark 50 %)."""
    start = data[:8192]
    controls = len(start) - len(start.translate(None, _CONTROLS))
    return controls > max(_DAMAGED_BYTES, len(start) * 0.05) or (
        b"\x00" in start and len(start) <= _TOO_SHORT
    )


def _is_json_object(data: bytes) -> bool:
    first = data.lstrip(b"\xef\xbb\xbf \t\r\n").split(b"\n", 1)[0]
    try:
        return first.startswith(b"{") and isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        return False
