"""Honest files of every kind that is read, each with a label in its text: what hostile ones are made from, and their neighbours."""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping

from PIL import Image, ImageDraw

from tests.reading.made_hostile import HONEST
from tests.reading.made_office import msg, ods, ole, pdf_form, pptx, shape

# Clauses as contracts have them: the readers, the review and the summaries have something to find, and patterns something to be slow on.
CLAUSES = (
    "Article 1 - Objet du marché",
    "Le présent marché a pour objet {label}. Le pouvoir adjudicateur est la commune de Saint-Rémy.",
    "Article 2 - Durée",
    "Le marché est conclu pour une durée de 12 mois à compter de sa notification, reconductible trois fois.",
    "Article 3 - Pénalités de retard",
    "Par dérogation à l'article 14.1 du CCAG-FCS, une pénalité de 150 € HT par jour de retard est appliquée, sans mise en demeure.",
    "Article 4 - Prix",
    "Le montant maximum est de 90 000 € HT. Les prix sont révisés chaque année. La retenue de garantie est de 5 %.",
    "Article 5 - Localisation",
    "Les données sont hébergées en France ; les offres d'entreprises étrangères sont écartées.",
)


_MOMENT = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    """A ZIP archive of members by path, the same whenever it is made."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, held in members.items():
            archive.writestr(zipfile.ZipInfo(name), held, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def unzipped(data: bytes) -> dict[str, bytes]:
    """The members of an archive."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _at_no_time(maker: Callable[[str], bytes]) -> Callable[[str], bytes]:
    """A package that does not say when it was made."""
    return lambda label: _timeless(maker(label))


def _timeless(data: bytes) -> bytes:
    if not data.startswith(b"PK"):
        return _MOMENT.sub(b"2026-01-01T00:00:00Z", data)
    return zipped({name: _timeless(held) for name, held in unzipped(data).items()})


def text(label: str) -> str:
    """The clauses as plain text."""
    return "\n\n".join(CLAUSES).format(label=label)


def picture(kind: str) -> Callable[[str], bytes]:
    """What makes a picture of words, in a format of Pillow's."""

    def made(label: str) -> bytes:
        image = Image.new("L", (400, 120), 255)
        ImageDraw.Draw(image).text(
            (10, 40), f"Objet du marche : {label}".encode("ascii", "replace").decode(), fill=0
        )
        buffer = io.BytesIO()
        image.save(buffer, kind)
        return buffer.getvalue()

    return made


def chunk(kind: bytes, data: bytes) -> bytes:
    """A part of a PNG, its check sum right."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _ods(label: str) -> bytes:
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    rows = "".join(
        f"<table:table-row>{cell.format(words)}{cell.format('60 %')}</table:table-row>"
        for words in (label, "Prix", "Valeur technique")
    )
    return ods(f'<table:table table:name="Critères">{rows}</table:table>')


def _notice(label: str) -> bytes:
    return f"<?xml version='1.0' encoding='UTF-8'?><ARTICLE><META><ID>LEGIARTI0001</ID></META><CONTENU><p>{label}</p></CONTENU></ARTICLE>".encode()


MADE: dict[str, Callable[[str], bytes]] = {
    **HONEST,
    ".docx": _at_no_time(HONEST[".docx"]),
    ".xlsx": _at_no_time(HONEST[".xlsx"]),
    ".zip": _at_no_time(HONEST[".zip"]),
    ".txt": lambda label: text(label).encode(),
    ".md": lambda label: text(label).replace("Article", "# Article").encode(),
    ".csv": lambda label: f"poste;prix\n{label};12,50\n".encode(),
    ".pptx": _at_no_time(
        lambda label: pptx([shape("Objet", placeholder="title") + shape(label)], notes={1: "Une note."})
    ),
    ".ods": _at_no_time(_ods),
    ".msg": lambda label: msg(
        subject="Dossier", body=f"Ci-joint : {label}.", attachments=[("CCAP.txt", text(label).encode())]
    ),
    ".doc": lambda label: ole({"WordDocument": label.encode("utf-16-le") + bytes(600), "1Table": bytes(900)}),
    ".xml": _notice,
    ".form.pdf": lambda label: pdf_form(
        [("text", "Nom", label), ("box", "PME", "Yes")], attachments=[("CCAP.txt", text(label).encode())]
    ),
    ".png": picture("PNG"),
    ".jpg": picture("JPEG"),
    ".tif": picture("TIFF"),
}
# Which of them are read without any other program: what stands beside hostile files must be indexed.
SURE = (
    ".pdf",
    ".docx",
    ".odt",
    ".xlsx",
    ".html",
    ".md",
    ".txt",
    ".eml",
    ".rtf",
    ".zip",
    ".tgz",
    ".pptx",
    ".ods",
    ".msg",
)
