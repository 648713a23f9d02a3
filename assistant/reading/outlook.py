"""Outlook's ``.msg`` files: the few properties that a reader needs, from the streams of an OLE compound file ([MS-OXMSG]).

A message inside the message is told in the text; its attachments are given with the others.
"""

import io
import struct
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import olefile

from assistant.reading.content import Content
from assistant.reading.formats import OLE_BROKEN
from assistant.reading.mail import Message, content_of, named
from assistant.reading.package import broken_is_damaged
from assistant.reading.rtf import read_rtf

_KIND = "un message Outlook"
# Property tags of [MS-OXPROPS]: subject, body, HTML and RTF bodies, sender's name and address, display To and Cc, submit and delivery times, code page.
_SUBJECT, _BODY, _HTML, _RTF, _SENDER, _ADDRESS, _SMTP, _TO, _COPIES = (
    "0037",
    "1000",
    "1013",
    "1009",
    "0C1A",
    "0C1F",
    "5D01",
    "0E04",
    "0E03",
)
_SUBMITTED, _DELIVERED, _CODE_PAGE = 0x00390040, 0x0E060040, 0x3FFD0003
# Of an attachment: long and short file names, display name, data.
_LONG_NAME, _SHORT_NAME, _DISPLAY_NAME, _DATA = "3707", "3704", "3001", "3701"
_ATTACHMENT = "__attach_version1.0_"
_EMBEDDED = "__substg1.0_3701000D"
_PROPERTIES = "__properties_version1.0"
_RTF_HEADER, _RTF_COMPRESSED, _RTF_UNCOMPRESSED = 16, 0x75465A4C, 0x414C454D
_RTF_DICTIONARY = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor MS Sans SerifSymbolArialTimes New RomanCourier"
    b"{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)
_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)
# A message forwarded inside a forwarded message and so on: a chain longer than this is hostile.
_MAX_DEPTH = 8

_Folder = tuple[str, ...]


def read_msg(data: bytes, name: str) -> Content:
    """Reads an Outlook message.

    Raises:
        DamagedFileError: its streams are broken.
    """
    return content_of(message_of_msg(data, name), name)


def message_of_msg(data: bytes, name: str) -> Message:
    """The message that the bytes of a ``.msg`` file hold; raises as ``read_msg`` does."""
    with broken_is_damaged(name, _KIND, *OLE_BROKEN), olefile.OleFileIO(io.BytesIO(data)) as ole:
        return _message(ole, (), 0)


def _message(ole: olefile.OleFileIO, folder: _Folder, depth: int) -> Message:
    # The header of the property stream takes 32 bytes at the top, 24 in an embedded message ([MS-OXMSG] 2.4.1).
    values = _fixed(ole, folder, 24 if folder else 32)
    encoding = _encoding(values.get(_CODE_PAGE, b""))

    def text(tag: str) -> str:
        return _text(ole, folder, tag, encoding)

    address = text(_SMTP) or (text(_ADDRESS) if "@" in text(_ADDRESS) else "")
    inner = list(_embedded(ole, folder, depth))
    return Message(
        subject=text(_SUBJECT),
        sender=f"{text(_SENDER)} <{address}>" if address and address != text(_SENDER) else text(_SENDER),
        recipients=text(_TO),
        copies=text(_COPIES),
        date=_date(values.get(_SUBMITTED) or values.get(_DELIVERED) or b""),
        plain=text(_BODY) or _rich_text(_stream(ole, folder, f"{_RTF}0102")),
        html=_stream(ole, folder, f"{_HTML}0102"),
        attachments=named(
            [*_files(ole, folder, encoding), *(file for message in inner for file in message.attachments)]
        ),
        enclosed=tuple(inner),
    )


def _fixed(ole: olefile.OleFileIO, folder: _Folder, header: int) -> dict[int, bytes]:
    """``tag → 8 bytes`` of the properties of fixed length: entries of 16 bytes, tag, flags, value."""
    data = _stream(ole, folder, _PROPERTIES, whole_name=True)
    return {
        struct.unpack_from("<I", data, at)[0]: data[at + 8 : at + 16]
        for at in range(header, len(data) - 15, 16)
    }


def _encoding(value: bytes) -> str:
    page = struct.unpack_from("<I", value)[0] if len(value) >= 4 else 1252
    try:
        encoding = "utf-8" if page == 65001 else f"cp{page}"
        "".encode(encoding)
    except LookupError:
        return "cp1252"
    return encoding


def _date(value: bytes) -> datetime | None:
    """A FILETIME: tenths of microseconds since 1601."""
    ticks = struct.unpack("<Q", value)[0] if len(value) == 8 else 0
    try:
        return _EPOCH + timedelta(microseconds=ticks // 10) if ticks else None
    except OverflowError:
        return None


def _text(ole: olefile.OleFileIO, folder: _Folder, tag: str, encoding: str) -> str:
    wide = _stream(ole, folder, f"{tag}001F")
    return (
        wide.decode("utf-16-le", errors="replace")
        if wide
        else _stream(ole, folder, f"{tag}001E").decode(encoding, errors="replace")
    ).rstrip("\x00")


def _rich_text(data: bytes) -> str:
    """The text of a body that is kept as compressed RTF only."""
    source = decompressed(data)
    return read_rtf(source, "message").text if source.startswith(b"{\\rtf") else ""


def decompressed(data: bytes) -> bytes:
    """RTF out of its compressed form ([MS-OXRTFCP] 2.2 and 3.1): literals, and references into a circular dictionary of 4,096 bytes."""
    if len(data) < _RTF_HEADER:
        return b""
    _, size, kind, _ = struct.unpack_from("<IIII", data)
    if kind == _RTF_UNCOMPRESSED:
        return data[_RTF_HEADER : _RTF_HEADER + size]
    if kind != _RTF_COMPRESSED:
        return b""
    dictionary = bytearray(_RTF_DICTIONARY.ljust(4096, b"\x00"))
    write, at, out = len(_RTF_DICTIONARY), _RTF_HEADER, bytearray()
    while at < len(data):
        control = data[at]
        at += 1
        for bit in range(8):
            if control >> bit & 1:
                reference = int.from_bytes(data[at : at + 2], "big")
                at += 2
                offset, length = reference >> 4, (reference & 0xF) + 2
                if offset == write or at > len(data):
                    return bytes(out)
            else:
                offset, length = -1, 1
            for step in range(length):
                if offset < 0 and at >= len(data):
                    return bytes(out)
                byte = data[at] if offset < 0 else dictionary[(offset + step) % 4096]
                at += offset < 0
                out.append(byte)
                dictionary[write] = byte
                write = (write + 1) % 4096
    return bytes(out)


def _stream(ole: olefile.OleFileIO, folder: _Folder, name: str, *, whole_name: bool = False) -> bytes:
    path = [*folder, name if whole_name else f"__substg1.0_{name}"]
    if not ole.exists(path) or ole.get_type(path) != olefile.STGTY_STREAM:
        return b""
    with ole.openstream(path) as stream:
        return bytes(stream.read())


def _attachment_folders(ole: olefile.OleFileIO, folder: _Folder) -> Iterator[_Folder]:
    depth = len(folder)
    for path in ole.listdir(streams=False, storages=True):
        if tuple(path[:depth]) == folder and len(path) == depth + 1 and path[-1].startswith(_ATTACHMENT):
            yield tuple(path)


def _files(ole: olefile.OleFileIO, folder: _Folder, encoding: str) -> Iterator[tuple[str, bytes]]:
    for attachment in _attachment_folders(ole, folder):
        if not ole.exists([*attachment, _EMBEDDED]):
            names = (
                _text(ole, attachment, tag, encoding) for tag in (_LONG_NAME, _SHORT_NAME, _DISPLAY_NAME)
            )
            yield next((found for found in names if found), ""), _stream(ole, attachment, f"{_DATA}0102")


def _embedded(ole: olefile.OleFileIO, folder: _Folder, depth: int) -> Iterator[Message]:
    for attachment in _attachment_folders(ole, folder):
        if depth < _MAX_DEPTH and ole.exists([*attachment, _EMBEDDED]):
            yield _message(ole, (*attachment, _EMBEDDED), depth + 1)
