"""Hostile files, made anew and the same each time: cut, altered, swollen, nested, disguised, locked, misnamed."""

import gzip
import io
import random
import stat
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from functools import cache, cached_property, partial

import docx
import openpyxl
import pypdf

from .made_files import _file, article, json_lines, pdf, saved, text_page


@dataclass(frozen=True)
class Case:
    """A file: what is done to it, its name, its bytes, and what must become of it (``refused``: an error; ``read``: a document; ``any``: one of the two).

    What swells, is cut or altered is made when it is asked for: each process of tests knows every case by its name.
    """

    id: str
    name: str
    made: bytes | Callable[[], bytes]
    wanted: str = "any"

    @cached_property
    def data(self) -> bytes:
        return self.made if isinstance(self.made, bytes) else self.made()


# ---- honest files, each with a label in its text ---------------------------------------------------------------------------------------------


def _zip(members: dict[str, bytes | str], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", packing) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data, packing)
    return buffer.getvalue()


def _pdf(label: str) -> bytes:
    return pdf(
        [
            text_page("ARTICLE 1 - OBJET", f"Le marché a pour objet {label}."),
            text_page("ARTICLE 2 - PRIX", "Les prix sont fermes."),
        ]
    )


def _docx(label: str) -> bytes:
    document = docx.Document()
    document.add_heading("Article 1 - Objet", 1)
    document.add_paragraph(f"Le marché a pour objet {label}.")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Prix", "60 %"
    return saved(document)


def _xlsx(label: str) -> bytes:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in (("Poste", "Prix"), (label, 12.5), ("Total", "=SUM(B2)")):
        book.active.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


_ODF = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'


def _odt(label: str) -> bytes:
    body = (
        f'<text:h text:outline-level="1">Article 1</text:h><text:p>Le marché a pour objet {label}.</text:p>'
    )
    content = f'<?xml version="1.0"?><office:document-content {_ODF}><office:body><office:text>{body}</office:text></office:body></office:document-content>'
    return _zip(
        {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content}, zipfile.ZIP_STORED
    )


def _html(label: str) -> bytes:
    return f"<!DOCTYPE html><html><head><title>t</title></head><body><h1>Objet</h1><p>{label}</p><table><tr><td>a<td>b</table></body></html>".encode()


def _eml(label: str) -> bytes:
    made = EmailMessage()
    made["Subject"], made["From"], made["To"] = "Dossier", "acheteur@exemple.fr", "juriste@exemple.fr"
    made.set_content(f"Ci-joint les pièces du marché de {label}.")
    made.add_attachment(
        _pdf("pièce jointe " + label), maintype="application", subtype="pdf", filename="CCAP.pdf"
    )
    made.set_boundary("limite")
    return made.as_bytes()


def _rtf(label: str) -> bytes:
    return rf"{{\rtf1\ansi\deff0{{\fonttbl{{\f0 Arial;}}}}\pard\b Article 1\b0\par Le march\'e9 a pour objet {label}.\par}}".encode(
        "cp1252", errors="replace"
    )


def _jsonl(label: str) -> bytes:
    return json_lines(
        article(text=f"L'acheteur peut {label}."), article(num="L2112-5", text="Autre article.")
    )


def _archive(label: str) -> bytes:
    return _zip(
        {
            "CCAP.pdf": _pdf("ccap " + label),
            "annexes/notes.txt": f"Une note sur {label}.",
            "annexes/lot.zip": _zip({"RC.docx": _docx("rc " + label)}),
        }
    )


def _tar(label: str) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, data in (
            ("CCAP.pdf", _pdf("tar " + label)),
            ("notes.txt", f"Une note de {label}.".encode()),
        ):
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return buffer.getvalue()


def _targz(label: str) -> bytes:
    return gzip.compress(_tar(label), mtime=0)


HONEST: dict[str, Callable[[str], bytes]] = {
    ".pdf": _pdf,
    ".docx": _docx,
    ".xlsx": _xlsx,
    ".odt": _odt,
    ".html": _html,
    ".md": lambda label: f"---\ntitle: Note\n---\n# Article 1\n\nLe marché a pour objet {label}.\n".encode(),
    ".txt": lambda label: f"ARTICLE 1 - OBJET\n\nLe marché a pour objet {label}.\n".encode(),
    ".jsonl": _jsonl,
    ".eml": _eml,
    ".rtf": _rtf,
    ".zip": _archive,
    ".tar": _tar,
    ".tgz": _targz,
}
_ENDINGS = (
    ".pdf",
    ".docx",
    ".xlsx",
    ".odt",
    ".ods",
    ".pptx",
    ".html",
    ".md",
    ".txt",
    ".jsonl",
    ".eml",
    ".msg",
    ".rtf",
    ".xml",
    ".doc",
    ".zip",
    ".tgz",
    ".png",
)


# ---- what is done to them --------------------------------------------------------------------------------------------------------------------


def truncated() -> Iterator[Case]:
    for ending, made in HONEST.items():
        for share in (1, 5, 20, 50, 80, 95, 99):
            yield Case(f"cut-{ending[1:]}-{share}", f"coupe{ending}", partial(_cut, made, share))


def _cut(made: Callable[[str], bytes], share: int) -> bytes:
    data = made(f"coupe {share}")
    return data[: max(1, len(data) * share // 100)]


def altered() -> Iterator[Case]:
    for ending, made in HONEST.items():
        for seed in range(9):
            yield Case(f"flip-{ending[1:]}-{seed}", f"altere{ending}", partial(_flipped, made, ending, seed))


def _flipped(made: Callable[[str], bytes], ending: str, seed: int) -> bytes:
    chance = random.Random(f"{ending}{seed}")
    data = bytearray(made(f"altération {seed}"))
    for _ in range(1 + 3 * seed):
        at = chance.randrange(len(data))
        data[at] ^= 1 << chance.randrange(8)
    if seed >= 6:  # a piece of the file over another
        start, stop, size = (
            chance.randrange(len(data)),
            chance.randrange(len(data)),
            chance.randrange(1, 400),
        )
        data[stop : stop + size] = data[start : start + size]
    return bytes(data)


def disguised() -> Iterator[Case]:
    for number, (ending, made) in enumerate(HONEST.items()):
        for step in (1, 2, 4, 7, 11):
            other = _ENDINGS[(number + step) % len(_ENDINGS)]
            if other != ending:
                yield Case(f"disguise-{ending[1:]}-as-{other[1:]}", f"masque{other}", made(f"masque {step}"))


def empty() -> Iterator[Case]:
    for ending in _ENDINGS:
        yield Case(f"empty-{ending[1:]}", f"vide{ending}", b"", "refused")
        yield Case(f"zeros-{ending[1:]}", f"zeros{ending}", bytes(300 + len(ending)), "refused")
        yield Case(f"noise-{ending[1:]}", f"bruit{ending}", random.Random(ending).randbytes(3000))


# So many zeros does an archive of a few bytes swell to.
ZEROS = 40 * 1024**2


def _swollen_stream() -> bytes:
    packed = zlib.compress(b"BT /F1 9 Tf 1 0 0 1 50 700 Tm (a) Tj ET\n" * 400_000)
    return pdf_of("<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
               "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
               f"<< /Length {len(packed)} /Filter /FlateDecode >>\nstream\n".encode() + packed + b"\nendstream")  # fmt: skip


def swollen() -> Iterator[Case]:
    yield Case(
        "bomb-zip-ratio",
        "bombe.zip",
        lambda: _zip({"zeros.txt": bytes(ZEROS), "bon.txt": "Un texte honnête."}),
        "refused",
    )
    yield Case(
        "bomb-zip-in-zip",
        "bombe2.zip",
        lambda: _zip({f"{n}.zip": _zip({"z.txt": bytes(ZEROS) + bytes([n])}) for n in range(3)}),
        "refused",
    )
    yield Case(
        "bomb-tgz",
        "bombe.tgz",
        lambda: gzip.compress(_tar_of([("zeros.bin", bytes(ZEROS), {})]) + b"x", mtime=0),
    )
    yield Case("bomb-gzip-no-tar", "bombe.gz", lambda: gzip.compress(bytes(ZEROS), mtime=0), "refused")
    yield Case(
        "many-members",
        "milliers.zip",
        lambda: _zip({f"{n:05}.dwg": b"" for n in range(10_500)}, zipfile.ZIP_STORED),
        "refused",
    )
    yield Case(
        "bomb-docx",
        "bombe.docx",
        lambda: _zip({"[Content_Types].xml": "<Types/>", "word/document.xml": bytes(80 * 1024**2)}),
        "refused",
    )
    yield Case(
        "bomb-xlsx",
        "bombe.xlsx",
        lambda: _zip({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": bytes(80 * 1024**2)}),
        "refused",
    )
    yield Case(
        "bomb-odt",
        "bombe.odt",
        lambda: _zip(
            {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": bytes(80 * 1024**2)}
        ),
        "refused",
    )
    yield Case("bomb-pdf-stream", "bombe.pdf", _swollen_stream)
    yield Case("bomb-png-size", "bombe.png", b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", struct.pack(">IIBBBBB", 100_000, 100_000, 8, 0, 0, 0, 0)) + _chunk(b"IDAT", zlib.compress(bytes(9000))) + _chunk(b"IEND", b""), "refused")  # fmt: skip
    yield Case("huge-page", "affiche.pdf", _pdf("affiche").replace(b"[0 0 595 842]", b"[0 0 9e9 9e9]"))
    yield Case(
        "ten-thousand-pages",
        "pages.pdf",
        lambda: pdf([text_page(f"Page {n} du marché.") for n in range(10_000)]),
        "read",
    )
    yield Case("long-line", "ligne.txt", b"mot " * 500_000, "read")
    yield Case("many-headings", "titres.md", b"# Titre\n" * 50_000, "read")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def pdf_of(*objects: str | bytes) -> bytes:
    return _file([one.encode() if isinstance(one, str) else one for one in objects])


def nested() -> Iterator[Case]:
    data = _zip({"fond.txt": "Le fond."})
    for level in range(12):
        data = _zip({f"niveau{level}.zip": data})
    yield Case("nested-zips", "poupees.zip", data, "refused")
    yield Case("nested-html", "profond.html", b"<html><body>" + b"<div>" * 50_000 + b"fond")
    yield Case("nested-tables", "tables.html", b"<html><body>" + b"<table><tr><td>" * 3_000 + b"fond")
    yield Case("nested-rtf", "profond.rtf", b"{\\rtf1 " + b"{" * 50_000 + b"fond" + b"}" * 50_000 + b"}")
    yield Case("nested-json", "profond.jsonl", b'{"a":' * 50_000 + b"1" + b"}" * 50_000, "refused")
    yield Case("nested-xml", "profond.xml", b"<?xml version='1.0'?>" + b"<a>" * 50_000, "refused")
    yield Case("nested-mail", "profond.eml", b"From: a@b.fr\nTo: c@d.fr\nSubject: s\nMIME-Version: 1.0\n" + b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(400)) + b"\nfond")  # fmt: skip
    yield Case("nested-quotes", "profond.md", b">" * 20_000 + b" fond")
    laughs = (
        '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "ha">'
        + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
        + "]>"
    )
    body = f"{laughs}<office:document-content {_ODF}><office:body><office:text><text:p>&j; fin</text:p></office:text></office:body></office:document-content>"
    yield Case(
        "laughs-odt",
        "rires.odt",
        _zip({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": body}),
    )
    yield Case(
        "laughs-docx",
        "rires.docx",
        _zip({"[Content_Types].xml": "<Types/>", "word/document.xml": laughs + "<d>&j;</d>"}),
        "refused",
    )
    yield Case("laughs-xml", "rires.xml", (laughs + "<ARTICLE>&j;</ARTICLE>").encode(), "refused")
    outside = '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    stolen = f"{outside}<office:document-content {_ODF}><office:body><office:text><text:p>vol : &x;</text:p></office:text></office:body></office:document-content>"
    yield Case(
        "entity-odt",
        "entite.odt",
        _zip({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": stolen}),
    )


def cyclic() -> Iterator[Case]:
    catalog, page = (
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
    )
    yield Case(
        "cycle-pages", "cycle1.pdf", pdf_of(catalog, "<< /Type /Pages /Count 3 /Kids [2 0 R 3 0 R] >>", page)
    )
    yield Case(
        "cycle-two-nodes",
        "cycle2.pdf",
        pdf_of(
            catalog,
            "<< /Type /Pages /Count 9 /Kids [3 0 R] >>",
            "<< /Type /Pages /Count 9 /Parent 2 0 R /Kids [2 0 R] >>",
        ),
    )
    yield Case("cycle-catalog", "cycle3.pdf", pdf_of("<< /Type /Catalog /Pages 1 0 R >>"))
    yield Case("cycle-reference", "cycle4.pdf", pdf_of(catalog, "2 0 R"))
    yield Case(
        "cycle-contents",
        "cycle5.pdf",
        pdf_of(
            catalog,
            "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 3 0 R >>",
        ),
    )
    yield Case(
        "cycle-parent",
        "cycle6.pdf",
        pdf_of(
            catalog,
            "<< /Type /Pages /Count 1 /Kids [3 0 R] /Parent 3 0 R >>",
            "<< /Type /Page /Parent 3 0 R >>",
        ),
    )
    outline = "<< /Type /Catalog /Pages 2 0 R /Outlines 4 0 R >>"
    entry = "<< /Title (Boucle) /Parent 4 0 R /Next 5 0 R /Prev 5 0 R /First 5 0 R /Last 5 0 R /Dest [3 0 R /Fit] >>"
    yield Case(
        "cycle-outline",
        "cycle7.pdf",
        pdf_of(
            outline,
            "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
            page,
            "<< /Type /Outlines /First 5 0 R /Last 5 0 R /Count 1 >>",
            entry,
        ),
    )
    form = "<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 4 0 R >> >> /Length 6 >>\nstream\n/X Do \nendstream"
    yield Case("cycle-form", "cycle8.pdf", pdf_of(catalog, "<< /Type /Pages /Count 1 /Kids [3 0 R] >>", "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 5 0 R /Resources << /XObject << /X 4 0 R >> >> >>", form, "<< /Length 6 >>\nstream\n/X Do \nendstream"))  # fmt: skip
    yield Case(
        "cycle-length",
        "cycle9.pdf",
        pdf_of(
            catalog,
            "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
            page.replace(">>", "/Contents 4 0 R >>"),
            "<< /Length 4 0 R >>\nstream\nBT ET\nendstream",
        ),
    )
    yield Case("cycle-xref", "cycle10.pdf", _pdf("xref").replace(b"/Root 1 0 R", b"/Root 1 0 R /Prev 9"))
    yield Case(
        "wild-count",
        "compte.pdf",
        pdf_of(catalog, "<< /Type /Pages /Count 2147483647 /Kids [3 0 R] >>", page),
    )
    yield Case(
        "negative-count", "moins.pdf", pdf_of(catalog, "<< /Type /Pages /Count -5 /Kids [3 0 R] >>", page)
    )
    yield Case(
        "million-pages",
        "million.pdf",
        pdf_of(catalog, "<< /Type /Pages /Count 1000000 /Kids [" + "3 0 R " * 1000 + "] >>", page),
    )


_PATHS = ("../hors.txt", "../../../../tmp/hors.txt", "/etc/hors.txt", "/tmp/hors.txt", "C:\\hors.txt", "C:/hors.txt", "..\\..\\hors.txt", "a/../../hors.txt",
          "\\\\serveur\\partage\\hors.txt", "./../hors.txt", "a/b/../../../hors.txt", "//tmp/hors.txt", "..", "/", "a\x00b/../../hors.txt", "~/../hors.txt")  # fmt: skip


def leading_out() -> Iterator[Case]:
    for number, path in enumerate(_PATHS):
        yield Case(
            f"path-zip-{number}",
            f"chemin{number}.zip",
            _zip({path: f"hors {number}", "bon.txt": f"Un bon texte {number}."}),
        )
        if "\x00" not in path:
            yield Case(
                f"path-tar-{number}",
                f"chemin{number}.tar",
                _tar_of([(path, b"hors", {}), ("bon.txt", b"Un bon texte %d du tar." % number, {})]),
            )
    for kind, name in ((tarfile.SYMTYPE, "symlink"), (tarfile.LNKTYPE, "hardlink"), (tarfile.CHRTYPE, "character-device"), (tarfile.BLKTYPE, "block-device"), (tarfile.FIFOTYPE, "pipe")):  # fmt: skip
        changes = {"type": kind, "linkname": "/etc/passwd", "devmajor": 1, "devminor": 5}
        yield Case(
            f"tar-{name}",
            f"{name}.tar",
            _tar_of([("lien.txt", b"", changes), ("bon.txt", name.encode(), {})]),
            "refused",
        )
    for mode, name in (
        (stat.S_IFLNK, "symlink"),
        (stat.S_IFCHR, "device"),
        (stat.S_IFIFO, "pipe"),
        (stat.S_IFSOCK, "socket"),
    ):
        yield Case(
            f"zip-{name}",
            f"{name}.zip",
            _zip_of(
                [("lien.txt", b"/etc/passwd", mode | 0o777, 0), ("bon.txt", f"zip {name}".encode(), 0, 0)]
            ),
            "refused",
        )


def _tar_of(members: list[tuple[str, bytes, dict[str, object]]]) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, data, changes in members:
            info = tarfile.TarInfo(name)
            for key, value in changes.items():
                setattr(info, key, value)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return buffer.getvalue()


def _zip_of(members: list[tuple[str, bytes, int, int]]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data, mode, flags in members:
            info = zipfile.ZipInfo(name)
            info.create_system, info.external_attr, info.flag_bits = 3, mode << 16, flags
            archive.writestr(info, data)
    return buffer.getvalue()


def locked() -> Iterator[Case]:
    for algorithm in ("RC4-40", "RC4-128"):
        writer = pypdf.PdfWriter(clone_from=io.BytesIO(_pdf(algorithm)))
        writer.encrypt("secret", algorithm=algorithm)
        buffer = io.BytesIO()
        writer.write(buffer)
        yield Case(f"locked-pdf-{algorithm}", f"{algorithm}.pdf", buffer.getvalue(), "refused")
    for name, members in (("all", ["a.txt"]), ("some", ["a.txt", "b.txt"])):
        data = bytearray(
            _zip(
                {
                    "a.txt": "Un texte sous clef.",
                    **({"b.txt": "Un texte ouvert."} if len(members) > 1 else {}),
                },
                zipfile.ZIP_STORED,
            )
        )
        data[6] |= 1  # the flag of the first member, in its own header …
        data[data.index(b"PK\x01\x02") + 8] |= 1  # … and in the list
        yield Case(f"locked-zip-{name}", f"clef-{name}.zip", bytes(data), "refused")
    yield Case("locked-7z", "clef.7z", b"7z\xbc\xaf\x27\x1c\x00\x04" + bytes(40), "refused")
    yield Case("rar", "dossier.rar", b"Rar!\x1a\x07\x01\x00" + bytes(40), "refused")


NAMES = (
    "DÉLAI d’exécution.txt",
    "règlement de la consultation.txt",
    "Pièce n° 1 – été.txt",
    "àâäçéèêëîïôöùûüÿ.txt",
)


def misnamed() -> Iterator[Case]:
    for number, name in enumerate(NAMES):
        for encoding in ("cp850", "cp437", "cp1252", "utf-8", "latin-1"):
            raw = name.encode(encoding, errors="replace").replace(b"/", b"_")
            yield Case(
                f"name-{number}-{encoding}",
                f"noms-{number}-{encoding}.zip",
                zip_with_raw_name(raw, f"Un texte {number} {encoding}.".encode()),
                "read",
            )
    for number, name in enumerate(
        (
            "con\ntrôle.txt",
            "\u202efdp.txt",
            "a" * 5_000 + ".txt",
            "🙂.txt",
            " .txt",
            "a" * 100 + "/" * 50 + "b.txt",
            "é" * 3000 + ".txt",
        )
    ):
        yield Case(f"name-odd-{number}", f"etrange-{number}.zip", _zip({name: f"Un texte étrange {number}."}))
    yield Case("name-twice", "double.zip", _twice(), "read")


def zip_with_raw_name(raw: bytes, data: bytes) -> bytes:
    """A ZIP whose only member has these bytes for a name, and no word of their encoding."""
    placeholder = ("x" * len(raw)).encode()
    return _zip({placeholder.decode(): data}, zipfile.ZIP_STORED).replace(placeholder, raw)


def _twice() -> bytes:
    return _zip({"CCAP.txt": "Le premier texte.", "CCAQ.txt": "Le second texte."}).replace(
        b"CCAQ.txt", b"CCAP.txt"
    )


@cache
def all_cases() -> tuple[Case, ...]:
    makers = (truncated, altered, disguised, empty, swollen, nested, cyclic, leading_out, locked, misnamed)
    return tuple(case for maker in makers for case in maker())
