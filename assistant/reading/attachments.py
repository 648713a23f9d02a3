"""The files that a file carries with it: a message's attachments, those of a PDF. Each is read as a document of its own (« courriel.eml › CCAP.pdf »)."""

from collections.abc import Callable

from assistant.reading.formats import Format, format_of
from assistant.reading.mail import Attachment, message_of_eml
from assistant.reading.outlook import message_of_msg
from assistant.reading.pdf_form import attachments_of_pdf

_CARRIERS: dict[Format, Callable[[bytes, str], tuple[Attachment, ...]]] = {
    Format.EML: lambda data, name: message_of_eml(data, name).attachments,
    Format.MSG: lambda data, name: message_of_msg(data, name).attachments,
    Format.PDF: attachments_of_pdf,
}


def attachments(data: bytes, name: str) -> tuple[Attachment, ...]:
    """The files carried by the bytes of a file called ``name``: pairs of a bare name, never a path, and bytes; each name once. Empty for most files.

    Raises:
        UnknownFormatError, EncryptedFileError, DamagedFileError: the carrier itself cannot be read.
    """
    carried = _CARRIERS.get(format_of(data, name))
    return carried(data, name) if carried else ()
