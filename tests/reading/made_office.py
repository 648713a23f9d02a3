"""Small office files, messages and forms made for the tests: nothing here was copied from a real document."""

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence

import openpyxl

from .made_files import _file

ODF = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"),
        ("text", "text"),
        ("table", "table"),
        ("style", "style"),
        ("draw", "drawing"),
        ("form", "form"),
        ("fo", "xsl-fo-compatible"),
        ("manifest", "manifest"),
    )
)
_P = 'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
_A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    """A ZIP archive of members by path."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in members.items():
            archive.writestr(path, content)
    return buffer.getvalue()


def with_member(data: bytes, path: str, content: str | bytes) -> bytes:
    """The same package with one part replaced or added."""
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        return zipped({name: old.read(name) for name in old.namelist()} | {path: content})


def odt(body: str, *, automatic: str = "", styles: str = "", meta: str = "") -> bytes:
    """An OpenDocument text of the XML in ``office:text``."""
    return odf("text", body, automatic, styles, meta)


def ods(body: str, *, automatic: str = "") -> bytes:
    """An OpenDocument spreadsheet of the XML in ``office:spreadsheet``."""
    return odf("spreadsheet", body, automatic)


def odf(kind: str, body: str, automatic: str = "", styles: str = "", meta: str = "") -> bytes:
    """An OpenDocument of the XML in ``office:<kind>``."""
    return zipped(
        {
            "mimetype": f"application/vnd.oasis.opendocument.{kind}",
            "content.xml": f"<office:document-content {ODF}><office:automatic-styles>{automatic}</office:automatic-styles>"
            f"<office:body><office:{kind}>{body}</office:{kind}></office:body></office:document-content>",
            "styles.xml": f"<office:document-styles {ODF}><office:styles>{styles}</office:styles></office:document-styles>",
            "meta.xml": f'<office:document-meta {ODF} xmlns:dc="http://purl.org/dc/elements/1.1/"><office:meta>{meta}</office:meta></office:document-meta>',
            "META-INF/manifest.xml": f"<manifest:manifest {ODF}>"
            f'<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.{kind}"/>'
            '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>',
        }
    )


def xlsx(sheets: Mapping[str, Sequence[Sequence[object]]]) -> bytes:
    """A workbook of rows by sheet name."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    return saved_book(book)


def saved_book(book: openpyxl.Workbook) -> bytes:
    """The bytes of an openpyxl workbook."""
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def shape(*paragraphs: str, placeholder: str = "") -> str:
    """A shape of a slide; ``placeholder`` is what it holds the place of (``title``, ``body``)."""
    kind = f'<p:ph type="{placeholder}"/>' if placeholder else ""
    texts = "".join(f"<a:p><a:r><a:t>{text}</a:t></a:r></a:p>" for text in paragraphs)
    return f"<p:sp><p:nvSpPr><p:nvPr>{kind}</p:nvPr></p:nvSpPr><p:txBody>{texts}</p:txBody></p:sp>"


def pptx(
    slides: Sequence[str], *, notes: Mapping[int, str] | None = None, hidden: Sequence[int] = ()
) -> bytes:
    """A presentation of the XML of each slide's shapes; ``notes`` and ``hidden`` are by 1-based slide."""
    members = {
        "[Content_Types].xml": "<Types/>",
        "ppt/presentation.xml": f"<p:presentation {_P} {_R}><p:sldIdLst>"
        + "".join(
            f'<p:sldId id="{255 + number}" r:id="rId{number}"/>' for number in range(1, len(slides) + 1)
        )
        + "</p:sldIdLst></p:presentation>",
        "ppt/_rels/presentation.xml.rels": _related(
            {f"rId{number}": ("slide", f"slides/slide{number}.xml") for number in range(1, len(slides) + 1)}
        ),
    }
    for number, shapes in enumerate(slides, start=1):
        show = ' show="0"' if number in hidden else ""
        members[f"ppt/slides/slide{number}.xml"] = (
            f"<p:sld {_P} {_A}{show}><p:cSld><p:spTree>{shapes}</p:spTree></p:cSld></p:sld>"
        )
        if number in (notes or {}):
            members[f"ppt/slides/_rels/slide{number}.xml.rels"] = _related(
                {"rId1": ("notesSlide", f"../notesSlides/notesSlide{number}.xml")}
            )
            note = shape((notes or {})[number], placeholder="body")
            members[f"ppt/notesSlides/notesSlide{number}.xml"] = (
                f"<p:notes {_P} {_A}><p:cSld><p:spTree>{note}</p:spTree></p:cSld></p:notes>"
            )
    return zipped(members)


def _related(targets: Mapping[str, tuple[str, str]]) -> str:
    return (
        f'<Relationships xmlns="{_RELATIONSHIPS}">'
        + "".join(
            f'<Relationship Id="{identifier}" Type="{_OFFICE_TYPE}/{kind}" Target="{target}"/>'
            for identifier, (kind, target) in targets.items()
        )
        + "</Relationships>"
    )


_SECTOR, _MINI, _END, _FREE, _NONE = 512, 64, 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFF


def ole(streams: Mapping[str, bytes]) -> bytes:
    """An OLE compound file of streams by path (``storage/stream``), each shorter than 4096 bytes ([MS-CFB])."""
    entries: list[dict[str, object]] = [{"name": "Root Entry", "type": 5, "children": []}]
    places = {"": 0}
    mini, mini_table = b"", list[int]()
    for path, data in streams.items():
        parts = path.split("/")
        for depth in range(1, len(parts) + 1):
            here = "/".join(parts[:depth])
            if here not in places:
                places[here] = len(entries)
                entries[places["/".join(parts[: depth - 1])]]["children"].append(len(entries))
                entries.append(
                    {"name": parts[depth - 1], "type": 2 if depth == len(parts) else 1, "children": []}
                )
        count = -(-len(data) // _MINI)
        entries[places[path]] |= {"start": len(mini_table) if count else _END, "size": len(data)}
        mini_table += [len(mini_table) + offset + 1 for offset in range(count - 1)] + [_END] * bool(count)
        mini += data.ljust(count * _MINI, b"\x00")
    siblings = {
        child: following
        for entry in entries
        for child, following in zip(entry["children"], entry["children"][1:], strict=False)
    }
    directory = b"".join(_entry(entry, siblings.get(number, _NONE)) for number, entry in enumerate(entries))
    mini_fat = struct.pack(f"<{len(mini_table)}I", *mini_table)
    chains = [_sectors(directory), _sectors(mini_fat, b"\xff"), _sectors(mini)]
    starts = [1, 1 + len(chains[0]), 1 + len(chains[0]) + len(chains[1])]
    fat = [0xFFFFFFFD]
    for chain in chains:
        fat += [len(fat) + offset + 1 for offset in range(len(chain) - 1)] + [_END] * bool(chain)
    assert len(fat) <= _SECTOR // 4
    root = struct.pack("<II", starts[2] if mini else _END, len(mini))
    directory_bytes = bytearray(b"".join(chains[0]))
    directory_bytes[116:124] = root
    header = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(16)
        + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
        + bytes(6)
    )
    header += (
        struct.pack(
            "<IIIIIIIIII", 0, 1, starts[0], 0, 4096, starts[1] if mini else _END, len(chains[1]), _END, 0, 0
        )
        + b"\xff" * 432
    )
    return (
        header
        + struct.pack("<128I", *fat, *[_FREE] * (128 - len(fat)))
        + bytes(directory_bytes)
        + b"".join(chains[1])
        + b"".join(chains[2])
    )


def _sectors(data: bytes, fill: bytes = b"\x00") -> list[bytes]:
    return [data[at : at + _SECTOR].ljust(_SECTOR, fill) for at in range(0, len(data), _SECTOR)]


def _entry(entry: dict[str, object], sibling: int) -> bytes:
    name = str(entry["name"]).encode("utf-16-le") + b"\x00\x00"
    children = entry["children"]
    head = name.ljust(64, b"\x00") + struct.pack(
        "<HBBIII", len(name), entry["type"], 1, _NONE, sibling, children[0] if children else _NONE
    )
    return head + bytes(36) + struct.pack("<IQ", entry.get("start", 0), entry.get("size", 0))


def msg(
    *,
    subject: str = "",
    body: str = "",
    html: bytes = b"",
    attachments: Sequence[tuple[str, bytes]] = (),
    extra: Mapping[str, bytes] | None = None,
) -> bytes:
    """An Outlook message of 25 November 2025, 10:30."""
    ticks = 134085402000000000
    properties = bytes(32) + struct.pack("<IIQ", 0x00390040, 6, ticks)
    streams = {
        "__properties_version1.0": properties,
        "__substg1.0_0037001F": subject.encode("utf-16-le"),
        "__substg1.0_1000001F": body.encode("utf-16-le"),
        "__substg1.0_0C1A001F": "Jeanne Petit".encode("utf-16-le"),
        "__substg1.0_5D01001F": "jeanne@exemple.fr".encode("utf-16-le"),
        "__substg1.0_0E04001F": "Paul Grand".encode("utf-16-le"),
        "__substg1.0_10130102": html,
    }
    for number, (name, data) in enumerate(attachments):
        folder = f"__attach_version1.0_#{number:08X}"
        streams[f"{folder}/__properties_version1.0"] = bytes(8)
        streams[f"{folder}/__substg1.0_3707001F"] = name.encode("utf-16-le")
        streams[f"{folder}/__substg1.0_37010102"] = data
    return ole(streams | dict(extra or {}))


def pdf_form(
    fields: Sequence[tuple[str, str, str]], *, attachments: Sequence[tuple[str, bytes]] = ()
) -> bytes:
    """A PDF of one page whose fields are ``(kind, label, value)``, kind being ``text`` or ``box`` (value ``Yes`` or ``Off``), from top to bottom."""
    first = 6
    numbers = range(first, first + len(fields))
    references = " ".join(f"{number} 0 R" for number in numbers)
    files = range(first + len(fields), first + len(fields) + 2 * len(attachments), 2)
    listed = " ".join(f"({name}) {number} 0 R" for number, (name, _) in zip(files, attachments, strict=True))
    names = f"/Names << /EmbeddedFiles << /Names [{listed}] >> >>" if attachments else ""
    forms = f"/AcroForm << /Fields [{references}] >>" if fields else ""
    content = b"BT /F1 10 Tf 60 780 Td (Le texte.) Tj ET"
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {forms} {names} >>".encode(),
        b"<< /Type /Pages /Count 1 /Kids [5 0 R] >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        f"<< /Length {len(content)} >>\nstream\n".encode() + content + b"\nendstream",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents 4 0 R /Annots [{references}] >>".encode(),
    ]
    for place, (kind, label, value) in enumerate(fields):
        top = 700 - 30 * place
        shown = (
            f"/FT /Tx /V ({value})"
            if kind == "text"
            else f"/FT /Btn /V /{value} /AS /{value} /AP << /N << /Yes 4 0 R /Off 4 0 R >> >>"
        )
        objects.append(
            f"<< /Type /Annot /Subtype /Widget /Rect [60 {top} 200 {top + 20}] /T (c{place}) /TU ({label}) {shown} /P 5 0 R >>".encode(
                "cp1252"
            )
        )
    for number, (name, data) in zip(files, attachments, strict=True):
        objects.append(
            f"<< /Type /Filespec /F ({name}) /UF ({name}) /EF << /F {number + 1} 0 R >> >>".encode()
        )
        objects.append(
            f"<< /Type /EmbeddedFile /Length {len(data)} >>\nstream\n".encode() + data + b"\nendstream"
        )
    return _file(objects)
