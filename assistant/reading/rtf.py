"""RTF (specification 1.9.1): paragraphs, automatic numbers, tables as rows, footnotes where they are called, revisions accepted.

Written here because the one kept library, striprtf, drops footnotes and list bullets, keeps deleted and hidden text, and takes quadratic time on hostile files.
"""

import codecs
import re
from dataclasses import dataclass, field, replace

from assistant.errors import DamagedFileError, ReadingError
from assistant.lines import one_line
from assistant.reading.characters import storable
from assistant.reading.content import Content
from assistant.reading.structure import Line, titled
from assistant.reading.word_numbering import BULLET

# A contract has some MB of text; pictures, in hexadecimal digits, are passed over without being kept.
MAX_CHARACTERS = 50_000_000
# Word itself nests some tens of groups.
MAX_DEPTH = 5_000

_TOKEN = re.compile(
    r"\\([a-zA-Z]{1,32})(-?\d{1,9})?[ ]?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|([^\\{}\r\n]+)|[\r\n]+|\\"
)
# Groups that hold no text of the document's body. A group that begins with \* and is not read here is passed over too.
_DROPPED = frozenset(
    (
        *(
            "colortbl",
            "filetbl",
            "listtable",
            "listoverridetable",
            "revtbl",
            "rsidtbl",
            "generator",
            "xmlnstbl",
            "themedata",
            "latentstyles",
            "datastore",
        ),
        *(
            "header",
            "headerl",
            "headerr",
            "headerf",
            "footer",
            "footerl",
            "footerr",
            "footerf",
            "pict",
            "objdata",
            "objclass",
            "objname",
            "fldinst",
            "sp",
        ),
        *(
            "annotation",
            "atnid",
            "atnauthor",
            "atndate",
            "atnref",
            "atnicn",
            "bkmkstart",
            "bkmkend",
            "ftnsep",
            "ftnsepc",
            "ftncn",
            "aftnsep",
            "aftnsepc",
        ),
        *(
            "aftncn",
            "nonesttables",
            "xe",
            "tc",
            "rxe",
            "txe",
            "template",
            "background",
            "pn",
            "private",
            "nextfile",
            "userprops",
            "mmathPr",
            "do",
        ),
    )
)
_READ_WHEN_STARRED = frozenset(
    ("shpinst", "shptxt", "nesttableprops", "formfield", "cs", "fldinst", "footnote")
)
_SPACES = dict.fromkeys(("tab", "emspace", "enspace", "qmspace"), " ")
_QUOTES = {"lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”"}
_SPECIAL = (
    _SPACES
    | _QUOTES
    | {"line": "\n", "softline": "\n", "emdash": "—", "endash": "–", "bullet": BULLET, "nestcell": " | "}
)
_SIGNS = {"~": "\xa0", "_": "-", "-": "", "{": "{", "}": "}", "\\": "\\"}
# Character sets of fonts ([MS-WMF] 2.1.1.5) that are not those of the Windows code page named beside.
_CHARSETS = {
    77: "mac_roman",
    128: "cp932",
    129: "cp949",
    134: "cp936",
    136: "cp950",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
} | {
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
    254: "cp437",
    255: "cp850",
}
_SYMBOL_CHARSET = 2
# Wingdings' boxes, as the form's writer chose them, and Symbol's bullet.
_SYMBOLS = {
    0x6F: "☐",
    0x71: "☐",
    0xA8: "☐",
    0xA3: "☐",
    0x78: "☒",
    0xFE: "☒",
    0xFD: "☒",
    0x53: "☒",
    0x54: "☒",
    0x52: "☒",
    0xFC: "✓",
    0xB7: BULLET,
    0xA7: BULLET,
}
_CHECK_BOX = 1
_USE_DEFAULT = 25


@dataclass(frozen=True, slots=True)
class _State:
    """What a group inherits from the one around it."""

    dropped: bool = False
    place: str = "body"
    font: int = 0
    skipped_after_unicode: int = 1
    hidden: bool = False
    bold: bool = False
    starred: bool = False


@dataclass(slots=True)
class _Paragraph:
    pieces: list[str] = field(default_factory=list)
    label: str = ""
    plain: bool = False


@dataclass(slots=True)
class _Rtf:
    """The document read so far."""

    encoding: str = "cp1252"
    default_font: int = 0
    fonts: dict[int, int] = field(default_factory=dict)
    outlines: dict[int, int] = field(default_factory=dict)
    stack: list[_State] = field(default_factory=list)
    state: _State = field(default_factory=_State)
    to_skip: int = 0
    pending: bytearray = field(default_factory=bytearray)
    open: _Paragraph = field(default_factory=_Paragraph)
    note: list[str] = field(default_factory=list)
    listed: list[str] = field(default_factory=list)
    title: list[str] = field(default_factory=list)
    field_box: dict[str, int] = field(default_factory=dict)
    cells: list[str] = field(default_factory=list)
    in_table: bool = False
    outline: int | None = None
    style: int | None = None
    text: list[str] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    at: int = 0
    taken: int = 0


def read_rtf(data: bytes, name: str) -> Content:
    """Reads an RTF document.

    Raises:
        DamagedFileError: no text follows the head.
        ReadingError: deeper or longer than any document.
    """
    source = data.decode("latin-1")
    rtf = _Rtf()
    at = 0
    while at < len(source) and (token := _TOKEN.match(source, at)) is not None:
        at = token.end()
        if token[1] == "bin" and token[2]:
            at += max(0, int(token[2]))
        else:
            _take(rtf, token)
        if len(rtf.stack) > MAX_DEPTH or rtf.taken > MAX_CHARACTERS:
            raise ReadingError(
                f"« {name} » est démesuré ou imbriqué au-delà du raisonnable : il n'est pas lu, par sécurité.",
                "Enregistrez-le en .docx.",
            )
    if rtf.pending:
        _flush(rtf)
    if rtf.cells:
        _close_row(rtf)
    _close_paragraph(rtf)
    if not rtf.stack and not rtf.text and at < 16:
        raise DamagedFileError(
            f"« {name} » n'a de RTF que le début.", "Téléchargez-le ou copiez-le de nouveau."
        )
    headings, problems = titled(rtf.lines)
    return Content(
        "".join(rtf.text),
        title=one_line(storable("".join(rtf.title))) or None,
        headings=headings,
        problems=problems,
    )


def _take(rtf: _Rtf, token: re.Match[str]) -> None:
    word, argument, digits, sign, brace, words = token.groups()
    if digits is None and rtf.pending:
        _flush(rtf)
    if brace == "{":
        rtf.stack.append(rtf.state)
        rtf.to_skip = 0
    elif brace == "}":
        _close_group(rtf)
    elif word is not None:
        _take_word(rtf, word, int(argument) if argument else None)
    elif digits is not None:
        _take_byte(rtf, int(digits, 16))
    elif sign == "*":
        rtf.state = replace(rtf.state, starred=True)
    elif sign is not None:
        _add(rtf, _SIGNS.get(sign, "")) if sign not in "\r\n" else _close_paragraph(rtf)
    elif words is not None:
        skipped = min(rtf.to_skip, len(words))
        rtf.to_skip -= skipped
        _add_written(rtf, words[skipped:])


def _take_byte(rtf: _Rtf, value: int) -> None:
    if rtf.to_skip:
        rtf.to_skip -= 1
    elif not rtf.state.dropped:
        rtf.pending.append(value)


def _flush(rtf: _Rtf) -> None:
    """Decodes the bytes that were written in hexadecimal, by the character set of their font."""
    data = bytes(rtf.pending)
    rtf.pending.clear()
    if rtf.fonts.get(rtf.state.font) == _SYMBOL_CHARSET:
        _add(rtf, "".join(_SYMBOLS.get(value, "") for value in data))
    else:
        _add(
            rtf, data.decode(_CHARSETS.get(rtf.fonts.get(rtf.state.font, 0), rtf.encoding), errors="replace")
        )


def _add_written(rtf: _Rtf, words: str) -> None:
    if rtf.fonts.get(rtf.state.font) == _SYMBOL_CHARSET and rtf.state.place in ("body", "list"):
        words = "".join(
            _SYMBOLS.get(ord(character), character if character.isspace() else "") for character in words
        )
    elif not words.isascii():
        words = words.encode("latin-1").decode(rtf.encoding, errors="replace")
    _add(rtf, words)


def _add(rtf: _Rtf, words: str) -> None:
    state = rtf.state
    if state.dropped or state.hidden or not words:
        return
    rtf.taken += len(words)
    if state.place == "note":
        rtf.note.append(words)
    elif state.place == "list":
        rtf.listed.append(words)
    elif state.place == "title":
        rtf.title.append(words)
    elif state.place == "body":
        rtf.open.pieces.append(words)
        rtf.open.plain = rtf.open.plain or (
            not state.bold and any(character.isalnum() for character in words)
        )


def _take_word(rtf: _Rtf, word: str, argument: int | None) -> None:
    state = rtf.state
    if state.starred and word not in _READ_WHEN_STARRED:
        rtf.state = replace(state, dropped=True, starred=False)
        return
    rtf.state = state = replace(state, starred=False) if state.starred else state
    if word in _PLACES and (word != "title" or state.place == "info"):
        rtf.state = replace(state, place=_PLACES[word], dropped=state.dropped and word != "formfield")
        if word == "formfield":
            rtf.field_box.clear()
    elif word in _DROPPED:
        rtf.state = replace(state, dropped=True)
    elif state.place == "field":
        rtf.field_box[word] = argument if argument is not None else 1
    elif state.place == "fonts":
        _describe_font(rtf, word, argument)
    elif state.place == "styles":
        _describe_style(rtf, word, argument)
    elif not state.dropped:
        _take_text_word(rtf, word, argument)


_PLACES = {
    "fonttbl": "fonts",
    "stylesheet": "styles",
    "info": "info",
    "title": "title",
    "footnote": "note",
    "listtext": "list",
    "pntext": "list",
    "formfield": "field",
}


def _describe_font(rtf: _Rtf, word: str, argument: int | None) -> None:
    if word == "f":
        rtf.state = replace(rtf.state, font=argument or 0)
    elif word == "fcharset":
        rtf.fonts[rtf.state.font] = argument or 0


def _describe_style(rtf: _Rtf, word: str, argument: int | None) -> None:
    if word == "s":
        rtf.style = argument
    elif word == "outlinelevel" and rtf.style is not None and argument is not None:
        rtf.outlines[rtf.style] = argument


def _take_text_word(rtf: _Rtf, word: str, argument: int | None) -> None:
    on = argument != 0
    if word in _SPECIAL:
        _add(rtf, _SPECIAL[word])
    elif word == "u":
        _add(rtf, _unicode(argument or 0))
        rtf.to_skip = rtf.state.skipped_after_unicode
    elif word in ("par", "sect", "page", "cell", "row", "nestrow"):
        _end(rtf, word)
    elif word == "uc":
        rtf.state = replace(rtf.state, skipped_after_unicode=min(max(argument or 0, 0), 8))
    elif word == "f":
        rtf.state = replace(rtf.state, font=argument or 0)
    elif word == "b":
        rtf.state = replace(rtf.state, bold=on)
    elif word in ("v", "deleted"):
        rtf.state = replace(rtf.state, hidden=on)
    elif word == "plain":
        rtf.state = replace(rtf.state, bold=False, hidden=False, font=rtf.default_font)
    elif word == "ansicpg":
        rtf.encoding = _code_page(argument)
    elif word == "deff":
        rtf.default_font = argument or 0
    elif rtf.state.place == "body":
        _take_paragraph_word(rtf, word, argument)


def _take_paragraph_word(rtf: _Rtf, word: str, argument: int | None) -> None:
    if word == "pard":
        rtf.outline, rtf.in_table = None, False
    elif word == "intbl":
        rtf.in_table = True
    elif word == "s":
        rtf.outline = rtf.outlines.get(argument or 0)
    elif word == "outlinelevel":
        rtf.outline = argument
    elif word == "trowd":
        rtf.in_table = False


def _unicode(value: int) -> str:
    return chr(value % 0x10000)


def _code_page(argument: int | None) -> str:
    try:
        return codecs.lookup("utf-8" if argument == 65001 else f"cp{argument}").name
    except LookupError:
        return "cp1252"


def _end(rtf: _Rtf, word: str) -> None:
    if rtf.state.place != "body":
        _add(rtf, " ")
    elif word == "cell":
        rtf.cells.append(_written(rtf.open))
        rtf.open = _Paragraph()
    elif word == "row":
        _close_row(rtf)
    elif rtf.in_table or word == "nestrow":
        rtf.open.pieces.append("\n")
    else:
        _close_paragraph(rtf)


def _close_row(rtf: _Rtf) -> None:
    cells, rtf.cells = rtf.cells, []
    if len(cells) == 1:
        for line in cells[0].split("\n"):
            _write(rtf, Line(line, 0))
    elif any(cells):
        _write(rtf, Line(" | ".join(one_line(cell) for cell in cells), 0))


def _close_group(rtf: _Rtf) -> None:
    before = rtf.state
    rtf.to_skip = 0
    rtf.state = rtf.stack.pop() if rtf.stack else _State()
    if before.place == "note" != rtf.state.place:
        note = one_line(_joined(rtf.note))
        rtf.note.clear()
        _add(rtf, f" (note : {note})" if note else "")
    elif before.place == "list" != rtf.state.place:
        label = one_line(_joined(rtf.listed))
        rtf.listed.clear()
        rtf.open.label = label if any(character.isalnum() for character in label) and label != "o" else BULLET
    elif before.place == "field" != rtf.state.place and rtf.field_box.get("fftype") == _CHECK_BOX:
        result = rtf.field_box.get("ffres", _USE_DEFAULT)
        checked = rtf.field_box.get("ffdefres", 0) if result == _USE_DEFAULT else result
        rtf.open.pieces.append("☒ " if checked else "☐ ")


def _close_paragraph(rtf: _Rtf) -> None:
    text = _written(rtf.open)
    label = rtf.open.label if text else ""
    bold = not rtf.open.plain
    rtf.open = _Paragraph()
    level = rtf.outline + 1 if rtf.outline is not None and 0 <= rtf.outline < 9 else None
    if text:
        text = one_line(text) if level is not None else text
        _write(rtf, Line(text, 0, bold=bold, declared=level, label=label if label != BULLET else ""))


def _written(paragraph: _Paragraph) -> str:
    lines = (one_line(line) for line in storable(_joined(paragraph.pieces)).split("\n"))
    text = "\n".join(line for line in lines if line.strip("| "))
    return f"{paragraph.label} {text}".strip() if text else ""


def _joined(pieces: list[str]) -> str:
    """The pieces as one text; characters beyond U+FFFF were written in two halves."""
    return "".join(pieces).encode("utf-16-le", errors="surrogatepass").decode("utf-16-le", errors="replace")


def _write(rtf: _Rtf, line: Line) -> None:
    if line.text:
        rtf.lines.append(replace(line, start=rtf.at))
        rtf.text.append(line.text + "\n")
        rtf.at += len(line.text) + 1
