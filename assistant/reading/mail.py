"""E-mail as ``.eml`` files: who wrote to whom, when, the body as plain text, and the names of the attachments.

The attachments themselves come through ``attachments.attachments``, so that each can be read as a document of its own.
"""

import email
import email.errors
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage, MIMEPart
from email.policy import default
from email.utils import parsedate_to_datetime
from typing import NamedTuple

from assistant.datatypes import Problem, Severity
from assistant.errors import EncryptedFileError
from assistant.lines import one_line
from assistant.reading.characters import decode, storable
from assistant.reading.content import Content
from assistant.reading.html import read_html
from assistant.reading.package import broken_is_damaged
from assistant.reading.structure import Line, titled

# A name longer than this cannot be a file's on most disks.
_MAX_NAME_CHARACTERS = 200
# A mail bomb has thousands of parts; a real message with all the pieces of a tender has some tens.
MAX_ATTACHMENTS = 1_000
_SIGNATURES = frozenset(
    ("application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature")
)
_SEALED = frozenset(("application/pkcs7-mime", "application/x-pkcs7-mime", "application/pgp-encrypted"))
_UNSAFE = re.compile(r"[\x00-\x1f\x7f/\\:*?\"<>|]+")
_KIND = "un message"


class Attachment(NamedTuple):
    """A file that came with a message: a bare name, never a path, and its bytes."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Message:
    """A message, whatever program saved it. ``html`` serves where ``plain`` is empty; ``enclosed`` messages cannot be had as files of their own."""

    subject: str = ""
    sender: str = ""
    recipients: str = ""
    copies: str = ""
    date: datetime | None = None
    plain: str = ""
    html: bytes = b""
    attachments: tuple[Attachment, ...] = ()
    enclosed: tuple["Message", ...] = ()


def read_eml(data: bytes, name: str) -> Content:
    """Reads a message.

    Raises:
        DamagedFileError: its parts cannot be told from each other.
        EncryptedFileError: its body is encrypted (S/MIME, PGP).
    """
    return content_of(message_of_eml(data, name), name)


def message_of_eml(data: bytes, name: str) -> Message:
    """The message that the bytes of an ``.eml`` file hold; raises as ``read_eml`` does."""
    with broken_is_damaged(name, _KIND, email.errors.MessageError, AssertionError):
        message = email.message_from_bytes(data.lstrip(), policy=default)
        assert isinstance(message, EmailMessage)
        if message.get_content_type() in _SEALED and "signed" not in str(message.get_param("smime-type", "")):
            raise _sealed(name)
        if message.get_content_type() == "multipart/encrypted":
            raise _sealed(name)
        plain, html = message.get_body(("plain",)), message.get_body(("html",))
        return Message(
            subject=_header(message, "subject"),
            sender=_header(message, "from"),
            recipients=_header(message, "to"),
            copies=_header(message, "cc"),
            date=_date(message),
            plain=_text(plain, name),
            html=b"" if html is None else _bytes(html),
            attachments=named(_attached(message)),
        )


def content_of(message: Message, name: str) -> Content:
    """The text of a message: its header lines, its body, the list of its attachments."""
    head = _head(message)
    body, problems = _body(message, name)
    text = (
        head
        + (f"\n{body}\n" if body else "")
        + _listed(message.attachments)
        + "".join(_enclosed(inner, name) for inner in message.enclosed)
    )
    lines = [Line(line.strip(), at) for line, at in _lines_of(text) if at > len(head)]
    metadata = (
        ("author", one_line(storable(message.sender))),
        ("date", message.date.isoformat() if message.date else ""),
    )
    headings, doubts = titled(lines)
    return Content(
        text,
        title=one_line(storable(message.subject)) or None,
        headings=headings,
        problems=(*problems, *doubts, *_to_read(message.attachments, name)),
        metadata=tuple(pair for pair in metadata if pair[1]),
    )


def _head(message: Message) -> str:
    shown = (
        ("De", message.sender),
        ("À", message.recipients),
        ("Copie", message.copies),
        ("Date", message.date.strftime("%d/%m/%Y %H:%M") if message.date else ""),
        ("Objet", message.subject),
    )
    return "".join(f"{label} : {one_line(storable(value))}\n" for label, value in shown if value.strip())


def _enclosed(message: Message, name: str) -> str:
    body = _body(message, name)[0]
    return (
        f"\nMessage joint\n{_head(message)}"
        + (f"\n{body}\n" if body else "")
        + "".join(_enclosed(inner, name) for inner in message.enclosed)
    )


def named(files: Iterable[tuple[str, bytes]]) -> tuple[Attachment, ...]:
    """Attachments under bare names, each once: ``../a.pdf`` twice becomes ``a.pdf`` and ``a (2).pdf``."""
    seen: dict[str, int] = {}
    found: list[Attachment] = []
    for raw, data in files:
        if len(found) == MAX_ATTACHMENTS:
            break
        bare = bare_name(raw)
        seen[bare] = seen.get(bare, 0) + 1
        stem, point, ending = bare.rpartition(".")
        number = f" ({seen[bare]})" if seen[bare] > 1 else ""
        found.append(Attachment(f"{stem}{number}{point}{ending}" if stem else bare + number, data))
    return tuple(found)


def bare_name(name: str) -> str:
    """A name that any disk takes and that leads nowhere."""
    last = re.split(r"[/\\]", storable(name))[-1]
    bare = _UNSAFE.sub("_", one_line(last)).strip(". ")
    return bare[-_MAX_NAME_CHARACTERS:] or "pièce jointe"


def _sealed(name: str) -> EncryptedFileError:
    return EncryptedFileError(
        f"« {name} » est un message chiffré : seul son destinataire peut l'ouvrir.",
        "Ouvrez-le dans votre messagerie et enregistrez-en le texte et les pièces.",
    )


def _header(message: MIMEPart, name: str) -> str:
    try:
        return str(message.get(name, ""))
    except (
        ValueError,
        IndexError,
        AttributeError,
        KeyError,
        TypeError,
        LookupError,
        email.errors.MessageError,
    ):
        return (
            ""  # the standard library stumbles on some malformed headers: the others are still worth reading
        )


def _date(message: EmailMessage) -> datetime | None:
    try:
        return parsedate_to_datetime(_header(message, "date"))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _text(part: MIMEPart | None, name: str) -> str:
    if part is None:
        return ""
    try:
        return str(part.get_content())
    except (LookupError, ValueError, UnicodeError):  # an unknown or a wrong charset
        return decode(_bytes(part), name)[0]


def _bytes(part: MIMEPart) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _attached(message: MIMEPart) -> Iterator[tuple[str, bytes]]:
    for part in _parts(message):
        if part.get_content_type() == "message/rfc822":
            yield from _forwarded(part)
        elif part.get_content_type() not in _SIGNATURES and _is_file(part):
            yield part.get_filename() or _made_up_name(part), _bytes(part)


def _parts(part: MIMEPart) -> Iterator[MIMEPart]:
    """The leaves of a message; a message inside it is one leaf."""
    if not part.is_multipart() or part.get_content_type() == "message/rfc822":
        yield part
        return
    for child in part.iter_parts():
        if isinstance(child, MIMEPart):
            yield from _parts(child)


def _is_file(part: MIMEPart) -> bool:
    """A part that its writer attached: not the body, nor the pictures that the body shows."""
    if part.get_content_disposition() == "attachment":
        return True
    shown = part.get_content_maintype() == "image" and "content-id" in part
    return not shown and (
        part.get_filename() is not None or part.get_content_maintype() not in ("text", "multipart", "message")
    )


def _made_up_name(part: MIMEPart) -> str:
    return f"pièce jointe.{re.sub('[^a-z0-9]', '', part.get_content_subtype().lower())[-8:] or 'bin'}"


def _forwarded(part: MIMEPart) -> Iterator[tuple[str, bytes]]:
    """A message inside a message is a file as any other, whose own attachments are found when it is read in turn."""
    inner = part.get_payload(0) if part.is_multipart() else None
    if isinstance(inner, MIMEPart):
        yield (part.get_filename() or f"{_header(inner, 'subject') or 'message'}.eml"), inner.as_bytes()


def _body(message: Message, name: str) -> tuple[str, tuple[Problem, ...]]:
    plain = storable(message.plain).strip()
    if plain or not message.html.strip():
        return "\n".join(line.rstrip() for line in plain.split("\n")), ()
    page = read_html(message.html, name)
    return page.text.strip(), page.problems


def _listed(attachments: Sequence[Attachment]) -> str:
    if not attachments:
        return ""
    return "\nPièces jointes :\n" + "".join(
        f"• {attachment.name} ({_size(len(attachment.data))})\n" for attachment in attachments
    )


def _size(count: int) -> str:
    for unit, worth in (("Mo", 1_000_000), ("ko", 1_000)):
        if count >= worth:
            return f"{count / worth:.1f} {unit}".replace(".", ",")
    return f"{count} octet{'s' if count > 1 else ''}"


def _to_read(attachments: Sequence[Attachment], name: str) -> tuple[Problem, ...]:
    if not attachments:
        return ()
    names = ", ".join(f"« {attachment.name} »" for attachment in attachments)
    return (
        Problem(
            "attachments",
            f"« {name} » porte {len(attachments)} pièce(s) jointe(s), qui sont d'autres documents : {names}.",
            severity=Severity.INFO,
        ),
    )


def _lines_of(text: str) -> Iterator[tuple[str, int]]:
    at = 0
    for line in text.split("\n"):
        yield line, at + len(line) - len(line.lstrip())
        at += len(line) + 1
