"""A damaged PDF made such that PDFium opens it: all of it written anew by pypdf, else an end put to one that was cut off.

Measured over fourteen damages (``python -m bench.damaged_pdf``): PDFium alone finds again moved cross-references, but nothing where the trailer is gone.
"""

import io
import logging
import re
from collections.abc import Iterator

# pypdf reads in Python: a larger file would take a minute.
_MOST_BYTES = 50_000_000
# Where a password is said: in the trailer, which a cut takes away, and in what it leads to.
_LOCKED = (b"/Encrypt", b"/Filter /Standard\n", b"/Filter /Standard ", b"/Filter/Standard/")
_CATALOGUE = re.compile(rb"(\d+) \d+ obj\s*<<[^<>]*/Type\s*/Catalog")


def repaired(data: bytes) -> Iterator[bytes]:
    """What may be opened instead, best first; nothing of a file under a password, whose words would come out as noise."""
    if any(sign in data for sign in _LOCKED):
        return
    if len(data) <= _MOST_BYTES:
        yield from _written_anew(data)
    yield from _ended(data)


def _ended(data: bytes) -> Iterator[bytes]:
    """With the end that PDFium wants: whatever was being written closed, and a trailer that leads to the last catalogue."""
    if roots := _CATALOGUE.findall(data):
        yield data + b"\nendstream\nendobj\ntrailer\n<< /Root %s 0 R >>\nstartxref\n0\n%%%%EOF\n" % roots[-1]


def _written_anew(data: bytes) -> Iterator[bytes]:
    from pypdf import PdfReader, PdfWriter

    logging.getLogger("pypdf").setLevel(
        logging.CRITICAL
    )  # what it says of the damage is English, and of no use to a reader
    out = io.BytesIO()
    try:
        PdfWriter(clone_from=PdfReader(io.BytesIO(data), strict=False)).write(out)
    except Exception:  # whatever pypdf meets in a damaged file: it is not repaired
        return
    yield out.getvalue()
