"""Small files made for the tests: nothing here was copied from a real document."""

import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import docx
from docx.oxml import parse_xml

SHARED = Path(__file__).resolve().parents[3] / "shared"
DATA = SHARED / "data"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


class Printed(NamedTuple):
    """A line of a made PDF: lower left corner and size in points; ``apart`` is the white space set between its letters."""

    x: float
    y: float
    text: str
    size: float = 10
    bold: bool = False
    apart: float = 0


def pdf(pages: Sequence[Sequence[Printed]], *, image_on: Sequence[int] = ()) -> bytes:
    """A PDF of A4 pages in Helvetica; ``image_on`` (1-based) pages carry a grey rectangle, as a scan would."""
    kids = " ".join(f"{5 + 2 * index} 0 R" for index in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
    ]
    for number, lines in enumerate(pages, start=1):
        content = b"0.5 g 50 50 400 600 re f\n0 g\n" if number in image_on else b""
        for line in lines:
            escaped = (
                line.text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
            )
            content += (
                f"BT /{'F2' if line.bold else 'F1'} {line.size} Tf {line.apart} Tc {line.x} {line.y} Td (".encode()
                + escaped
                + b") Tj ET\n"
            )
        resources = "<< /Font << /F1 3 0 R /F2 4 0 R >> >>"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources {resources} /Contents {4 + 2 * number} 0 R >>".encode()
        )
        objects.append(f"<< /Length {len(content)} >>\nstream\n".encode() + content + b"\nendstream")
    return _file(objects)


def _file(objects: Sequence[bytes]) -> bytes:
    data = b"%PDF-1.7\n"
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(data))
        data += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    trailer = f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(data)}\n%%EOF\n"
    return data + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{trailer}".encode()


def text_page(*lines: str, top: float = 780, pitch: float = 12) -> list[Printed]:
    """Lines of running text, one under the other."""
    return [Printed(60, top - pitch * index, line) for index, line in enumerate(lines)]


def saved(document: docx.document.Document) -> bytes:
    """The bytes of a python-docx document."""
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def numbered_docx(paragraphs: Sequence[tuple[str, str, int]]) -> bytes:
    """A Word document of ``(style, text, level)`` whose list ``9`` is written ``Article %1``, ``%1.%2``, ``%3)`` in letters; level -1: no number."""
    document = docx.Document()
    numbering = document.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for level, (kind, text) in enumerate(
            (("decimal", "Article %1"), ("decimal", "%1.%2"), ("lowerLetter", "%3)"))
        )
    )
    abstract = parse_xml(f'<w:abstractNum {W} w:abstractNumId="99">{levels}</w:abstractNum>')
    numbering.insert(0, abstract)
    numbering.append(parse_xml(f'<w:num {W} w:numId="99"><w:abstractNumId w:val="99"/></w:num>'))
    for style, text, level in paragraphs:
        paragraph = document.add_paragraph(text, style=style)
        if level >= 0:
            paragraph._p.get_or_add_pPr().append(
                parse_xml(f'<w:numPr {W}><w:ilvl w:val="{level}"/><w:numId w:val="99"/></w:numPr>')
            )
    return saved(document)


def article(**changes: object) -> dict[str, object]:
    """A dated article; ``changes`` replace its fields."""
    return {
        "work": "CCP",
        "work_title": "Code de la commande publique",
        "kind": "code",
        "num": "L. 2112-4",
        "path": ["Partie législative", "Livre Ier"],
        "text": "L'acheteur peut imposer que les moyens soient localisés dans l'Union.",
        "valid_from": "2019-04-01",
        "valid_to": None,
        "source": "LEGITEXT000037701019",
        "licence": "Licence Ouverte 2.0",
    } | changes


def json_lines(*values: object) -> bytes:
    """One JSON value a line; a string stands as it is."""
    return "\n".join(
        value if isinstance(value, str) else json.dumps(value, ensure_ascii=False) for value in values
    ).encode()
