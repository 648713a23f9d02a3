"""Which characters a document's text may hold, and how bytes become characters."""

import codecs
import re

from assistant.datatypes import Problem

# Lone surrogates cannot be stored as UTF-8 (SQLite refuses them); NUL and other controls end strings or move cursors.
_UNSTORABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def storable(text: str) -> str:
    """``text`` with the line feed as its only line end, and without the characters that cannot be stored or shown."""
    return _UNSTORABLE.sub("", _LINE_ENDS.sub("\n", text))


def decode(data: bytes, name: str) -> tuple[str, tuple[Problem, ...]]:
    """The characters of a text file: by its byte order mark, else UTF-8, else Windows-1252, which is then said.

    Windows-1252 leaves five bytes undefined: they become U+FFFD.
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _decode_marked(data[len(mark) :], encoding, name)
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
    message = f"« {name} » n'est pas en UTF-8 (ligne {line}) : il a été lu comme du Windows-1252. Vérifiez les accents, ou enregistrez-le en UTF-8."
    return data.decode("cp1252", errors="replace"), (Problem("not-utf-8", message),)


def _decode_marked(data: bytes, encoding: str, name: str) -> tuple[str, tuple[Problem, ...]]:
    try:
        return data.decode(encoding), ()
    except UnicodeDecodeError as error:
        message = f"« {name} » s'annonce en {encoding.upper()} mais l'octet {error.start} ne l'est pas : les caractères illisibles sont marqués « � »."
        return data.decode(encoding, errors="replace"), (Problem("invalid-encoding", message),)
