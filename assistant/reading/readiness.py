"""What widens the reading on this machine: the readers' part of ``assistant doctor``. All of it is optional."""

import shutil

from assistant.datatypes import Check
from assistant.reading import ocr

OFFICE_INSTALL_COMMAND = "sudo apt-get install libreoffice-writer libreoffice-calc libreoffice-impress"
_OFFICE_PROGRAMS = ("soffice", "libreoffice")


def check() -> tuple[Check, ...]:
    """OCR for scanned pages, LibreOffice for old Office files."""
    return check_ocr(), check_office()


def check_ocr() -> Check:
    """Tesseract with its French data."""
    name = "OCR (pages numérisées)"
    if ocr.program():
        return Check(
            name,
            True,
            "Tesseract et ses données françaises sont installés : les pages sans texte et les images sont lues.",
            optional=True,
        )
    missing = (
        "Tesseract est installé sans ses données françaises"
        if shutil.which("tesseract")
        else "Tesseract n'est pas installé"
    )
    return Check(
        name,
        False,
        f"{missing} : les pages numérisées et les images sont signalées, mais pas lues.",
        ocr.INSTALL_COMMAND,
        optional=True,
    )


def check_office() -> Check:
    """LibreOffice, which converts what no reader of ours opens."""
    name = "LibreOffice (.doc, .xls, .ppt)"
    found = next((path for path in map(shutil.which, _OFFICE_PROGRAMS) if path), None)
    if found:
        return Check(name, True, f"{found} : les anciens fichiers Office sont lus.", optional=True)
    return Check(
        name,
        False,
        "Absent : les anciens fichiers Office (.doc, .xls, .ppt) ne sont pas lus.",
        OFFICE_INSTALL_COMMAND,
        optional=True,
    )
