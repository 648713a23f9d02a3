"""The files that a file carries with it: a message's attachments. Each is read as a document of its own (« courriel.eml › CCAP.pdf »)."""

from collections.abc import Callable

from assistant.reading.formats import Format, format_of
from assistant.reading.mail import Attachment, Message, message_of_eml
from assistant.reading.outlook import message_of_msg

_MESSAGES: dict[Format, Callable[[bytes, str], Message]] = {Format.EML: message_of_eml, Format.MSG: message_of_msg}


def attachments(data: bytes, name: str) -> tuple[Attachment, ...]:
    """The files carried by the bytes of a file called ``name``: pairs of a bare name, never a path, and bytes; each name once. Empty for most files.

    Raises:
        UnknownFormatError, EncryptedFileError, DamagedFileError: the carrier itself cannot be read.
    """
    message_of = _MESSAGES.get(format_of(data, name))
    return message_of(data, name).attachments if message_of else ()
