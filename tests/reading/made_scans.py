"""Scans made for the tests: real or made pages turned into pictures, in a PDF without a text layer."""

import ctypes
import zlib
from collections.abc import Sequence
from pathlib import Path

import pypdfium2

from .made_files import DATA, _file


def picture_of(data: bytes | Path, index: int, dots_per_inch: int) -> tuple[int, int, bytes]:
    """Width, height and grey pixels of a page."""
    document = pypdfium2.PdfDocument(data)
    bitmap = document[index].render(scale=dots_per_inch / 72, grayscale=True)
    pixels = ctypes.string_at(bitmap.buffer, bitmap.stride * bitmap.height)
    rows = [pixels[row * bitmap.stride : row * bitmap.stride + bitmap.width] for row in range(bitmap.height)]
    found = bitmap.width, bitmap.height, b"".join(rows)
    document.close()
    return found


def scan(pictures: Sequence[tuple[int, int, bytes]], dots_per_inch: int, *, rotate: int = 0) -> bytes:
    """A PDF whose pages are pictures and nothing else."""
    kids = " ".join(f"{3 + 3 * index} 0 R" for index in range(len(pictures)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pictures)} /Kids [{kids}] >>".encode(),
    ]
    for index, (width, height, pixels) in enumerate(pictures):
        x, y = width * 72 / dots_per_inch, height * 72 / dots_per_inch
        content = f"q {x:.2f} 0 0 {y:.2f} 0 0 cm /Im Do Q".encode()
        packed = zlib.compress(pixels, 1)
        image = f"<< /Type /XObject /Subtype /Image /Width {width} /Height {height} /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /FlateDecode"
        resources = f"<< /XObject << /Im {5 + 3 * index} 0 R >> >>"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /Rotate {rotate} /MediaBox [0 0 {x:.2f} {y:.2f}] /Resources {resources} /Contents {4 + 3 * index} 0 R >>".encode()
        )
        objects.append(f"<< /Length {len(content)} >>\nstream\n".encode() + content + b"\nendstream")
        objects.append(f"{image} /Length {len(packed)} >>\nstream\n".encode() + packed + b"\nendstream")
    return _file(objects)


# (file, 0-based page): running text and tables, no page of fewer than 150 words; three of the four works documents share their administrative clauses.
TEN_PAGES = (
    *(("dce/CCP-gardiennage-surveillance.pdf", index) for index in (3, 10)),
    ("dce/CCTP-surveillance-equipements-sportifs.pdf", 3),
    *(("dce/Lot-01-Charpente-Couverture-Menuiserie-Alu.pdf", index) for index in (4, 11)),
    ("dce/Lot-02-Menuiserie-Interieure.pdf", 11),
    ("dce/Lot-03-Platrerie-Peinture-Plafond.pdf", 13),
    ("dce/boamp-avis-20-100721.pdf", 1),
    *(("guide/guide-achats-numeriques-responsables-2021.pdf", index) for index in (5, 30)),
)


def ten_scanned_pages(dots_per_inch: int = 200) -> bytes:
    """Ten pages of real PDFs as a scanner gives them."""
    return scan([picture_of(DATA / name, index, dots_per_inch) for name, index in TEN_PAGES], dots_per_inch)
