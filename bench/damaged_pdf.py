"""What PDFium and pypdf still find in damaged PDFs: pages, words, outline, attachments, form fields, signatures. ``python -m bench.damaged_pdf [--each 40]``.

The files are those that the tests make, damaged as transfers, editors and half-written disks do: cut, cross-references moved, emptied or gone, bits flipped.
"""

import argparse
import io
import logging
import random
import re
import signal
import time
from collections.abc import Callable, Mapping
from typing import Any

import pypdf
import pypdfium2
import pypdfium2.raw as pdfium
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject

from assistant.reading.pdf_form import attachments_of_pdf, read_pdf_form
from tests.reading.made_files import pdf, text_page
from tests.reading.made_office import pdf_form

Chance = random.Random
Found = Mapping[str, int]
PAGES = tuple(f"Article {number} : le titulaire livre sous trois jours." for number in range(1, 6))
FIELDS = (
    ("text", "Nom commercial", "Durand"),
    ("text", "Ville", "Nantes"),
    ("text", "SIRET", "12345678900011"),
)
# What an undamaged one holds: shares are of these.
WHOLE = {"pages": 6, "words": 5, "outline": 5, "attachments": 2, "fields": 3, "signatures": 1}
# What the assistant uses without telling it: the outline gives levels of titles, signatures are not read.
_NOT_APART = ("outline", "signatures")
# A file on which a reader is at work for longer is one that it does not read.
SECONDS = 20
_ENTRY = re.compile(rb"\d{10} \d{5} n")


def made(*, streams: bool) -> bytes:
    """A PDF of all that is looked for; ``streams``: as newer programs write them, its own outline of the parts made without pypdf left as it is."""
    writer = pypdf.PdfWriter(
        clone_from=io.BytesIO(pdf_form(FIELDS, attachments=[("CCAP.txt", b"a" * 900), ("AE.txt", b"b" * 50)]))
    )
    for page in pypdf.PdfReader(io.BytesIO(pdf([text_page(line) for line in PAGES]))).pages:
        writer.add_page(page)
    for number in range(1, 6):
        writer.add_outline_item(title=f"Article {number}", page_number=number)
    text = TextStringObject
    signature = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Sig"),
            NameObject("/Filter"): NameObject("/Adobe.PPKLite"),
            NameObject("/Contents"): text("x" * 40),
        }
    )
    field = DictionaryObject(
        {
            NameObject("/FT"): NameObject("/Sig"),
            NameObject("/T"): text("signature"),
            NameObject("/V"): writer._add_object(signature),  # noqa: SLF001 - pypdf has no other way
        }
    )
    fields = writer.root_object["/AcroForm"]["/Fields"]  # type: ignore[index]
    assert isinstance(fields, ArrayObject)
    fields.append(writer._add_object(field))  # noqa: SLF001
    if streams:
        for page in writer.pages:
            page.compress_content_streams()
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


# ---- damages ----------------------------------------------------------------------------------------------------------------------------


def cut(data: bytes, chance: Chance) -> bytes:
    """Its beginning."""
    return data[: int(len(data) * chance.uniform(0.5, 0.99))]


def tail_gone(data: bytes, chance: Chance) -> bytes:
    """Without its cross-references and what follows."""
    return data[: data.rindex(b"xref\n0") - chance.randrange(40)]


def offsets_moved(data: bytes, chance: Chance) -> bytes:
    """Cross-references that point beside the objects, all by as much: something was put in before them."""
    by = chance.choice((-7, 1, 3, 100))
    return _ENTRY.sub(lambda found: b"%010d" % max(0, int(found[0][:10]) + by) + found[0][10:], data)


def offsets_random(data: bytes, chance: Chance) -> bytes:
    """Some cross-references that point anywhere."""
    return _ENTRY.sub(
        lambda found: (
            b"%010d" % chance.randrange(len(data)) + found[0][10:] if chance.random() < 0.4 else found[0]
        ),
        data,
    )


def offsets_exchanged(data: bytes, chance: Chance) -> bytes:
    """Cross-references that point at other objects."""
    entries = _ENTRY.findall(data)
    chance.shuffle(entries)
    return _ENTRY.sub(lambda _: entries.pop(), data)


def start_wrong(data: bytes, chance: Chance) -> bytes:
    """The place of the cross-references said wrongly."""
    return re.sub(
        rb"startxref\n\d+", b"startxref\n" + chance.choice((b"0", b"9999999", b"-1", b"17", b"")), data
    )


def trailer_gone(data: bytes, chance: Chance) -> bytes:
    """No trailer, or one without its root."""
    return re.sub(rb"trailer\n", b"", data) if chance.random() < 0.5 else re.sub(rb"/Root \d+ 0 R", b"", data)


def led_in_a_ring(data: bytes, chance: Chance) -> bytes:
    """Cross-references said to go on in themselves."""
    return data.replace(b"trailer\n<<", b"trailer\n<< /Prev %d" % data.rindex(b"xref\n0"))


def preceded(data: bytes, chance: Chance) -> bytes:
    """Something before its beginning, as mail programs leave."""
    return bytes(chance.randrange(32, 127) for _ in range(chance.choice((5, 900, 3_000)))) + b"\n" + data


def lines_ended_otherwise(data: bytes, chance: Chance) -> bytes:
    """Sent as a text: other ends of lines."""
    return data.replace(b"\n", chance.choice((b"\r\n", b"\r")))


def lengths_wrong(data: bytes, chance: Chance) -> bytes:
    """Streams said to be of another length."""
    return re.sub(rb"/Length \d+", lambda _: b"/Length %d" % chance.choice((0, 1, 99_999)), data)


def ends_gone(data: bytes, chance: Chance) -> bytes:
    """Objects that do not end."""
    return re.sub(rb"endobj\n", lambda found: b"" if chance.random() < 0.3 else found[0], data)


def flipped(data: bytes, chance: Chance) -> bytes:
    """Some bits the other way."""
    altered = bytearray(data)
    for _ in range(chance.choice((3, 20, 60))):
        altered[chance.randrange(len(altered))] ^= 1 << chance.randrange(8)
    return bytes(altered)


def emptied(data: bytes, chance: Chance) -> bytes:
    """A stretch of it that the disk never wrote."""
    start = chance.randrange(len(data))
    size = chance.choice((100, 512, 1_024))
    return data[:start] + bytes(min(size, len(data) - start)) + data[start + size :]


DAMAGES = (cut, tail_gone, offsets_moved, offsets_random, offsets_exchanged, start_wrong, trailer_gone, led_in_a_ring, preceded, lines_ended_otherwise,
           lengths_wrong, ends_gone, flipped, emptied)  # fmt: skip


# ---- readers ----------------------------------------------------------------------------------------------------------------------------


def each(looks: Mapping[str, Callable[[], int]]) -> Found:
    """What each look finds; 0 where it fails."""
    found = {}
    for name, look in looks.items():
        try:
            found[name] = look()
        except Exception:  # whatever it is: nothing is found
            found[name] = 0
    return found


def with_pdfium(data: bytes) -> Found:
    """By PDFium, fields and attachments as the assistant takes them."""
    document = pypdfium2.PdfDocument(data)
    try:
        texts = [page.get_textpage().get_text_range() for page in document]
        text = "\n".join(texts)
        return each(
            {
                "pages": lambda: len(document),
                "words": lambda: sum(line in text for line in PAGES),
                "outline": lambda: sum(1 for _ in document.get_toc()),
                "attachments": lambda: len(attachments_of_pdf(data, "essai.pdf")),
                "fields": lambda: _values(read_pdf_form(data, "essai.pdf").text),
                "signatures": lambda: int(pdfium.FPDF_GetSignatureCount(document.raw)),
            }
        )
    finally:
        document.close()


def with_pypdf(data: bytes) -> Found:
    """By pypdf, which repairs what it can."""
    reader = pypdf.PdfReader(io.BytesIO(data), strict=False)

    def fields() -> Mapping[str, Any]:
        return reader.get_fields() or {}

    return each(
        {
            "pages": lambda: len(reader.pages),
            "words": lambda: sum(
                line in "\n".join(page.extract_text() for page in reader.pages) for line in PAGES
            ),
            "outline": lambda: len(reader.outline),
            "attachments": lambda: len(reader.attachments),
            "fields": lambda: _values(" ".join(str(one.get("/V")) for one in fields().values())),
            "signatures": lambda: sum(one.get("/FT") == "/Sig" for one in fields().values()),
        }
    )


def with_both(data: bytes) -> Found:
    """By the assistant: PDFium, and what it refuses once it is repaired. Outline and signatures are not counted apart."""
    content = read_pdf_form(data, "essai.pdf")
    return {
        "pages": len(content.pages),
        "words": sum(line in content.text for line in PAGES),
        "attachments": len(attachments_of_pdf(data, "essai.pdf")),
        "fields": _values(content.text),
    }


def _values(text: str) -> int:
    return sum(value in text for _, _, value in FIELDS)


def timed(reader: Callable[[bytes], Found], data: bytes) -> tuple[Found, float]:
    """What a reader finds, nothing where it fails or takes too long; and its seconds."""
    begun = time.perf_counter()
    signal.alarm(SECONDS)
    try:
        return reader(data), time.perf_counter() - begun
    except Exception:  # it opens nothing
        return dict.fromkeys(WHOLE, 0), time.perf_counter() - begun
    finally:
        signal.alarm(0)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.damaged_pdf", description=__doc__)
    parser.add_argument("--each", type=int, default=40, help="files of each damage")
    asked = parser.parse_args()
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    signal.signal(signal.SIGALRM, _too_long)
    readers = (with_pdfium, with_pypdf, with_both)
    honest = (made(streams=False), made(streams=True))
    for data in honest:
        assert [WHOLE | timed(reader, data)[0] for reader in readers] == [WHOLE] * 3
    print(
        f"{'':24}"
        + "".join(f"{name:>22}" for name in WHOLE)
        + f"{'ms':>22}   of {asked.each} each: PDFium / pypdf / the assistant"
    )
    sums: list[list[dict[str, float]]] = []
    for damage in DAMAGES:
        rows = []
        for number in range(asked.each):
            chance = random.Random(f"{damage.__name__}-{number}")
            data = damage(honest[number % 2], chance)
            found = [timed(reader, data) for reader in readers]
            rows.append(
                [
                    {name: one[0][name] / most for name, most in WHOLE.items() if name in one[0]}
                    | {"ms": one[1] * 1_000}
                    for one in found
                ]
            )
        sums += rows
        print(_line(damage.__name__, rows))
    print(_line("all", sums))


def _too_long(*_: object) -> None:
    raise TimeoutError


def _line(name: str, rows: list[list[dict[str, float]]]) -> str:
    cells = []
    for what in (*WHOLE, "ms"):
        readers = range(2 if what in _NOT_APART else 3)
        means = [sum(row[reader][what] for row in rows) / len(rows) for reader in readers]
        cells.append(" / ".join(f"{mean:.0f}" if what == "ms" else f"{mean:.2f}" for mean in means).rjust(22))
    return f"{name:24}" + "".join(cells)


if __name__ == "__main__":
    main()
