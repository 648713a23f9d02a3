"""Office files are ZIP archives of XML parts: opened within limits, parsed without entities and without a network."""

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from lxml import etree

from assistant.errors import DamagedFileError, EncryptedFileError, ReadingError

# What zipfile, zlib, lxml and the readers above them raise on broken packages, as fuzzers of docx, odt and xlsx found.
_BROKEN = (
    LookupError,  # no such key, no such place, no such encoding
    ValueError,
    AttributeError,
    TypeError,
    ArithmeticError,
    OSError,
    EOFError,
    NotImplementedError,
    RecursionError,
    zipfile.BadZipFile,
    zlib.error,
    etree.LxmlError,
)
# A contract of 500 pages has 20 MB of XML; a tree takes about ten times its XML in memory.
MAX_XML_BYTES = 64 * 1024 * 1024
# Everything in the file, images included, once expanded: some libraries hold it in memory.
MAX_EXPANDED_BYTES = 600 * 1024 * 1024
MAX_MEMBERS = 20_000

_ENCRYPTED_FLAG = 0x1
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


@dataclass(frozen=True, slots=True)
class Package:
    """An open package; ``members`` are the paths of its parts."""

    archive: zipfile.ZipFile
    members: frozenset[str]

    def root(self, path: str) -> Any | None:
        """The root element of an XML part, or None when the package has no such part."""
        return parsed(self.archive.read(path)) if path in self.members else None

    def related(self, path: str) -> dict[str, tuple[str, str]]:
        """``id → (type, path)`` of what an Office part leads to inside the package, in the order it names them."""
        folder, _, base = path.rpartition("/")
        root = self.root(f"{folder}/_rels/{base}.rels".lstrip("/"))
        found: dict[str, tuple[str, str]] = {}
        for element in () if root is None else root.iter(_RELATIONSHIP):
            if element.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/" + folder, element.get("Target", "")))
                found[element.get("Id", "")] = (
                    element.get("Type", "").rpartition("/")[2],
                    target.lstrip("/"),
                )
        return found


def check_size(data: bytes, name: str, what: str) -> None:
    """Refuses a package before it is expanded. ``what`` names it in French, article included (``un document Word``).

    Raises:
        DamagedFileError: it is no ZIP archive that can be opened.
        EncryptedFileError: its members need a password.
        ReadingError: it expands beyond the limits.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError) as error:
        raise DamagedFileError(
            f"« {name} » est {what} tronqué ou abîmé.", "Téléchargez-le ou copiez-le de nouveau."
        ) from error
    if any(member.flag_bits & _ENCRYPTED_FLAG for member in members):
        raise needs_password(name)
    xml = max(
        (member.file_size for member in members if member.filename.endswith((".xml", ".rels"))), default=0
    )
    if (
        len(members) > MAX_MEMBERS
        or xml > MAX_XML_BYTES
        or sum(member.file_size for member in members) > MAX_EXPANDED_BYTES
    ):
        raise ReadingError(
            f"« {name} » devient démesuré une fois décompressé : il n'est pas lu, par sécurité.",
            "Enregistrez-le de nouveau sans ses images, ou découpez-le.",
        )


@contextmanager
def opened(data: bytes, name: str, what: str) -> Iterator[Package]:
    """Opens a package; whatever breaks while it is read is a damaged file. Raises as ``check_size`` does."""
    check_size(data, name, what)
    with broken_is_damaged(name, what), zipfile.ZipFile(io.BytesIO(data)) as archive:
        yield Package(archive, frozenset(archive.namelist()))


@contextmanager
def broken_is_damaged(name: str, what: str, *also: type[Exception]) -> Iterator[None]:
    """Turns what libraries raise on broken bytes (``also`` are one library's own) into the one error that says so."""
    broken: tuple[type[Exception], ...] = (*_BROKEN, *also)
    try:
        yield
    except broken as error:
        raise DamagedFileError(
            f"« {name} » est {what} abîmé : son contenu ne peut pas être lu.",
            "Ouvrez-le dans son logiciel ou dans LibreOffice, enregistrez-le de nouveau, puis recommencez.",
        ) from error


def needs_password(name: str) -> EncryptedFileError:
    """The error of a file that opens with a password only."""
    return EncryptedFileError(
        f"« {name} » est protégé par un mot de passe.",
        "Ouvrez-le avec son mot de passe et enregistrez-en une copie sans protection.",
    )


def parsed(data: bytes) -> Any:
    """The root of an XML document. No entity is expanded, nothing is fetched, and libxml2 stops at a depth of 256.

    Raises:
        etree.XMLSyntaxError: not XML, or beyond the parser's limits.
    """
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    return etree.fromstring(data, parser)


def local(element: Any) -> str:
    """An element's name without its namespace; empty for what is no element."""
    return re.sub(r"^\{[^}]*\}", "", element.tag) if isinstance(element.tag, str) else ""
