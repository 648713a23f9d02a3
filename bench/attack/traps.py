"""Files made hostile from the start: bombs, locks, loops, tables without end, words that patterns are slow on. Each is drawn from a seeded chance."""

import gzip
import io
import json
import random
import struct
import tarfile
import zlib
from collections.abc import Callable

import pypdf

from bench.attack.material import MADE, chunk, text, unzipped, zipped
from tests.reading.made_hostile import pdf_of
from tests.reading.made_office import ODF, msg

Chance = random.Random
Trap = tuple[str, bytes]  # the ending of its name, its bytes

# What a pattern that looks for clauses, numbers, dates or articles may be slow on, repeated: quadratic time is seen from some ten thousand characters on, and
# what is embedded of it takes time that tells nothing.
_SLOW = (
    "Article ", "article 1.1.1.", "L. 2112-4, ", "R. ", "1 000 ", "12.", "€ HT ", "(a) ", "((((", "«", "l'article L. ", "à compter du ",
    "1er janvier ", "pénalité ", "par dérogation ", "de ", "A", "9", " ", "\t", ".", "....... ", "_", "-", "|", "| a |\n", "I.I.I.", "n° ", "du 1er ",
    "10 %, ", "et/ou ", "a'", "é", "e\u0301", "\xa0", "\u202f", "ARTICLE\n", "1\n", "- \n", "\n", "\x0c", "# ", "> ", "* ", "<", "&", "http://a.fr/",
    "a@", "a@a.", "@a.fr ", "douze (12) ", "cent mille ", "mille ", "vingt-", "Lot n° 1 ", "prix ", "délai de ", "30 jours ", "0,5 % ",
    "d'un montant de ", "sous peine de ", "[", "{{", "${", "\\", "'", '"', "0000-00-00 ", "01/01/2026 ",
)  # fmt: skip


ARTICLE = {
    "work": "CCP",
    "work_title": "Code",
    "path": ["Titre"],
    "kind": "code",
    "valid_from": "2019-04-01",
    "valid_to": None,
}


def slow_text(chance: Chance) -> Trap:
    unit, size = chance.choice(_SLOW), chance.choice((2_000, 6_000, 20_000))
    others = chance.choice(("", chance.choice(_SLOW)))
    words = (unit + others) * (size // len(unit + others))
    shape = chance.choice(("alone", "within", "end"))
    whole = {"alone": words, "within": text(words), "end": text("x") + words}[shape]
    return chance.choice((".txt", ".md", ".html")), whole.encode()


def slow_document(chance: Chance) -> Trap:
    """The same in a format with a reader of its own."""
    words = chance.choice(_SLOW)
    words = (
        (words * (8_000 // len(words) + 1))
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace("\f", " ")
        .replace('"', "&quot;")
    )
    body = f'<text:h text:outline-level="1">{words[:2000]}</text:h><text:p>{words}</text:p>'
    content = f"<office:document-content {ODF}><office:body><office:text>{body}</office:text></office:body></office:document-content>"
    return ".odt", zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content})


def bomb(chance: Chance) -> Trap:
    filling = chance.choice((b"\x00", b" ", b"<a/>", b"PK")) * (30_000_000 // 2)
    kind = chance.randrange(6)
    if kind == 0:
        return ".zip", zipped({"a.txt": filling, "b.txt": "Un texte."})
    if kind == 1:
        inner = zipped({"z.txt": filling[:10_000_000]})
        return ".zip", zipped({f"{n}.zip": inner + bytes([n]) for n in range(chance.choice((3, 40)))})
    if kind == 2:
        return ".tgz", gzip.compress(gzip.compress(filling, mtime=0) + filling, mtime=0)
    if kind == 3:
        name = chance.choice(
            (
                "word/document.xml",
                "xl/workbook.xml",
                "ppt/presentation.xml",
                "xl/sharedStrings.xml",
                "word/styles.xml",
            )
        )
        return chance.choice((".docx", ".xlsx", ".pptx")), zipped(
            {"[Content_Types].xml": "<Types/>", "word/document.xml": "<d/>", name: filling}
        )
    if kind == 4:
        many = {
            f"{n:06}.{chance.choice(('txt', 'pdf', 'dwg'))}": b"a"
            for n in range(chance.choice((300, 12_000)))
        }
        return ".zip", zipped(many)
    packed = zlib.compress(zlib.compress(b"BT (a) Tj ET\n" * 2_000_000))
    page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>"
    stream = (
        f"<< /Length {len(packed)} /Filter [/FlateDecode /FlateDecode] >>\nstream\n".encode()
        + packed
        + b"\nendstream"
    )
    return ".pdf", pdf_of(
        "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Count 1 /Kids [3 0 R] >>", page, stream
    )


def table(chance: Chance) -> Trap:
    """Rows, columns and cells by the million, or cells that claim to span them."""
    kind, huge = chance.randrange(5), chance.choice((16_384, 1_048_576, 2_147_483_647))
    if kind == 0:
        repeated = f'table:number-rows-repeated="{huge}"', f'table:number-columns-repeated="{huge}"'
        cell = f'<table:table-cell {repeated[1]} office:value-type="string"><text:p>prix</text:p></table:table-cell>'
        row = f"<table:table-row {repeated[0]}>{cell}</table:table-row>"
        body = f'<table:table table:name="a">{row * chance.choice((1, 50))}</table:table>'
        content = f"<office:document-content {ODF}><office:body><office:spreadsheet>{body}</office:spreadsheet></office:body></office:document-content>"
        return ".ods", zipped(
            {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content}
        )
    if kind == 1:
        return (
            ".html",
            f"<html><body><table><tr><td colspan={huge} rowspan={huge}>prix</td></tr>{'<tr><td>1<td>2' * 1_000}</table>".encode(),
        )
    if kind == 2:
        return ".md", (
            "|" + " a |" * 500 + "\n" + "|" + "---|" * 500 + "\n" + ("|" + "b|" * 500 + "\n") * 9
        ).encode()
    if kind == 3:
        return ".csv", b"prix;" * 6_000
    cells = "".join(f'<c r="XFD{n}" t="s"><v>{huge}</v></c>' for n in range(1, 500))
    sheet = f'<dimension ref="A1:XFD1048576"/><sheetData><row r="1048576">{cells}</row></sheetData>'
    whole = (
        f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{sheet}</worksheet>'
    )
    return ".xlsx", zipped(unzipped(MADE[".xlsx"]("tableau")) | {"xl/worksheets/sheet1.xml": whole})


def locked(chance: Chance) -> Trap:
    if chance.random() < 0.6:
        writer = pypdf.PdfWriter(clone_from=io.BytesIO(MADE[".pdf"]("secret")))
        writer.encrypt(
            chance.choice(("secret", "", "é" * 40)),
            owner_password="autre",
            algorithm=chance.choice(("RC4-40", "RC4-128")),
        )
        buffer = io.BytesIO()
        writer.write(buffer)
        return ".pdf", buffer.getvalue()
    data = bytearray(zipped({"a.txt": "Un texte sous clef.", "b.txt": "Un autre."}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return chance.choice((".zip", ".docx", ".odt")), bytes(data)


def mail(chance: Chance) -> Trap:
    kind, deep = chance.randrange(5), chance.choice((50, 1_000, 20_000))
    head = b"From: a@b.fr\nTo: c@d.fr\nMIME-Version: 1.0\n"
    if kind == 0:
        return ".eml", head + b"Subject: " + b"=?x-inconnu?B?////?= " * deep + b"\n\nTexte."
    if kind == 1:
        return (
            ".eml",
            head
            + b'Content-Type: multipart/mixed; boundary="b"\n\n'
            + b"--b\nContent-Type: text/plain; charset=utf-9\nContent-Transfer-Encoding: base64\n\n=A=\n"
            * deep
            + b"--b--",
        )
    if kind == 2:
        inner = head + b"Subject: fond\n\nLe fond."
        for _ in range(min(deep, 300)):
            inner = head + b"Content-Type: message/rfc822\n\n" + inner
        return ".eml", inner
    if kind == 3:
        return (
            ".eml",
            head
            + b"X-A: "
            + b"a;" * 10 * deep
            + b"\nReferences:"
            + b" <a@b>" * deep
            + b"\nSubject: s\n\nTexte.",
        )
    name = chance.choice(
        (
            "../../hors.txt",
            "a\x00b.txt",
            "\u202efdp.txt",
            "a\nb.txt",
            "é" * 3_000 + ".txt",
            "\ud800.txt".encode("utf-8", "replace").decode(),
            "/etc/hors.txt",
            "CON",
        )
    )
    inner = MADE[".msg"]("joint") if chance.random() < 0.5 else text("joint").encode()[:3_000]
    return ".msg", msg(
        subject="s" * min(deep, 1_900),
        body="Voir.",
        attachments=[(name[:1_000], inner[: chance.choice((40, 4_000))])] * chance.choice((1, 4)),
    )


def tape(chance: Chance) -> Trap:
    """A TAR whose headers lie, their sums right, or whose links go round."""
    buffer = io.BytesIO()
    with tarfile.open(
        fileobj=buffer,
        mode="w",
        format=chance.choice((tarfile.GNU_FORMAT, tarfile.PAX_FORMAT, tarfile.USTAR_FORMAT)),
    ) as archive:
        for number in range(chance.choice((1, 5, 400))):
            info = tarfile.TarInfo(
                chance.choice(
                    (
                        f"a{number}.txt",
                        f"b/{number}.pdf",
                        f"../{number}.txt",
                        f"/tmp/{number}.txt",
                        f"a\n{number}.txt",
                    )
                )
            )
            info.type = chance.choice(
                (
                    tarfile.REGTYPE,
                    tarfile.SYMTYPE,
                    tarfile.LNKTYPE,
                    tarfile.FIFOTYPE,
                    tarfile.CHRTYPE,
                    tarfile.DIRTYPE,
                )
            )
            info.linkname = chance.choice((info.name, f"a{number - 1}.txt", "..", "/etc/passwd", "/"))
            info.mode, info.uid, info.mtime = (
                chance.choice((0, 0o777, 0o4777)),
                chance.choice((0, 2_000_000)),
                chance.choice((0, 8_589_934_591)),
            )
            data = text(str(number)).encode() if info.type == tarfile.REGTYPE else b""
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    data = bytearray(buffer.getvalue())
    if chance.random() < 0.5:
        data[124:136] = chance.choice(
            (b"77777777777\x00", b"\xff" * 12, b"\x80" + b"\xff" * 11, b"-0000000001\x00")
        )
        data[148:156] = b"        "
        data[148:156] = b"%06o\x00 " % sum(data[:512])
    return chance.choice((".tar", ".tgz")), bytes(data) if chance.random() < 0.5 else gzip.compress(
        bytes(data), mtime=0
    )


def image(chance: Chance) -> Trap:
    wide, high = chance.choice(
        ((100_000, 100_000), (0, 10), (2**31 - 1, 1), (30_000, 30_000), (4_000, 4_000))
    )
    depth, colour = chance.choice(((8, 0), (16, 6), (1, 3), (8, 7)))
    rows = zlib.compress(bytes(min(wide * high, 20_000_000)))
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", wide, high, depth, colour, 0, 0, chance.randrange(2)))
    words = chunk(b"zTXt", b"a\x00\x00" + zlib.compress(bytes(30_000_000))) if chance.random() < 0.4 else b""
    return ".png", b"\x89PNG\r\n\x1a\n" + head + words + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def lines(chance: Chance) -> Trap:
    """Dated articles whose values are of another kind, or of no kind."""
    odd = (
        None,
        [],
        {},
        True,
        -1,
        1e308,
        "",
        "\ud800",
        "\x00",
        "a" * 20_000,
        "9999-99-99",
        "0000-01-01",
        ["a"] * 1000,
        {"a": {"a": {}}},
        "\u202e",
        10**400,
    )
    keys = (
        "work",
        "work_title",
        "num",
        "path",
        "text",
        "kind",
        "valid_from",
        "valid_to",
        "source",
        "questions",
    )
    made = []
    for number in range(chance.choice((1, 20, 300))):
        line: dict[str, object] = dict(ARTICLE, num=f"L9{number}", text=f"Texte {number}.")
        line |= {chance.choice(keys): chance.choice(odd) for _ in range(chance.choice((0, 1, 3)))}
        made.append(json.dumps(line))
    made += chance.sample(
        (
            "[" * 90_000,
            '{"a":' * 2_000,
            "NaN",
            '{"work": "a", "work": "b"}',
            "\x00",
            '"' + "\\u" * 9,
            "1e999999",
        ),
        2,
    )
    chance.shuffle(made)
    return ".jsonl", "\n".join(made).encode()


TRAPS: tuple[Callable[[Chance], Trap], ...] = (
    slow_text,
    bomb,
    table,
    slow_document,
    locked,
    mail,
    slow_text,
    tape,
    image,
    lines,
)
