"""PDF: PDFium gives text, geometry, outline and metadata; pages tile the text.

A page that has marks on it but no usable text is reported and has ``has_text`` false; a page with nothing on it at all loses nothing and is not.
"""

import ctypes
import re
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from assistant.datatypes import Page, Problem, Severity, Span
from assistant.errors import DamagedFileError, EncryptedFileError, ReadingError, UsageError, reason_of
from assistant.lines import one_line
from assistant.reading import ocr, pdf_repair
from assistant.reading.characters import storable
from assistant.reading.content import Content
from assistant.reading.pdf_geometry import MAX_PAGE_CHARACTERS, Box, PrintedLine, Reader, printed_lines
from assistant.reading.pdf_layout import (
    Block,
    blocks_of,
    goes_on_after,
    line_of,
    text_beside_titles,
    usual,
    without_running_lines,
)
from assistant.reading.scans import (
    DOTS_PER_INCH,
    MAX_PIXELS,
    OCR_WORDS,
    Rendered,
    ScannedPage,
    read_scans,
    words_in_boxes,
)
from assistant.reading.structure import MAX_TITLE_CHARACTERS, Line, titled

# PDFium is not thread-safe, and one process may serve several readers.
_PDFIUM = threading.RLock()
# The largest tender pieces here have 142 pages; 10,000 must be read, a million is a bomb.
MAX_PAGES = 20_000
# The Code de la commande publique has 1.5 million characters; beyond this a file is no document.
MAX_CHARACTERS = 50_000_000
# Word's navigation gives some hundred entries; a cyclic or hostile outline gives any number.
_MAX_OUTLINE_ENTRIES = 5_000
_MAX_OUTLINE_DEPTH = 15
# Metadata key: pages are unread for want of an OCR program, and would be read with one.
OCR_WANTED = "ocr_wanted"
# The trailer stands in the last kilobyte (ISO 32000, annex H); two leave room for what mail gateways append.
_TRAILER_WITHIN = 2048
# A part of a quote shorter than this, white space aside, would be found anywhere.
_FEWEST_MATCHED = 12
# Share of unmapped characters from which a text layer is garbage: real pages here have none, a broken font gives nearly all.
_GARBAGE_SHARE = 0.2
# Words of one printed line are this near, in heights of a word; columns of a page are farther apart.
_BESIDE = 3.0
# A date of the form D:20161005 and the like are kept; a megabyte of keywords is not.
_MAX_METADATA_CHARACTERS = 500

# « C h a p itre 1 »: letters set apart, which PDFium takes for words.
_SPACED_NUMBER = re.compile(
    "(?:"
    + "|".join(" ?".join(word) for word in ("chapitre", "article", "titre", "annexe", "partie"))
    + r")(?= \w{1,5}\b)",
    re.IGNORECASE,
)

_LIGATURES = {
    "ﬀ": "ff",
    "ﬁ": "fi",
    "ﬂ": "fl",
    "ﬃ": "ffi",
    "ﬄ": "ffl",
    "ﬅ": "st",
    "ﬆ": "st",
    "\u00ad": "",
    "\u200b": "",
    "\ufeff": "",
}
# Code points of Symbol and Wingdings as PDFs leave them: bullets, and the boxes of forms.
_SYMBOLS = {
    **dict.fromkeys("\uf0b7\uf0a7\uf0d8\uf076\uf06e\uf02d\uf0e8", "•"),
    **dict.fromkeys("\uf06f\uf071\uf0a3\uf0a8", "☐"),
    **dict.fromkeys("\uf078\uf0fe\uf0fd\uf053\uf052", "☒"),
    "\uf0fc": "✓",
}
_SHOWN = str.maketrans({**_LIGATURES, **_SYMBOLS})
_SPACES = re.compile("[ \t\u00a0\u2000-\u200a\u202f\u205f\u3000]+")
_SOFT_HYPHEN = re.compile("(\\w+)\ufffe(\\w+)")
# Where the document writes the word nowhere else: first and last parts that French joins by a hyphen.
_KEPT_HYPHEN = frozenset(
    ("non", "vice", "quasi", "celui", "celle", "ceux", "celles", "peut", "soi", "eux", "lui", "demi", "semi")
)
_AFTER_HYPHEN = frozenset(
    (
        "il",
        "ils",
        "elle",
        "elles",
        "on",
        "nous",
        "vous",
        "ce",
        "même",
        "mêmes",
        "ci",
        "là",
        "dessus",
        "dessous",
        "traitance",
        "traitant",
        "traitants",
        "pompier",
        "pompiers",
        "cadre",
        "cadres",
    )
)
# Pages of a repaired file that are tried: one that has none of them is not read.
_PAGES_TRIED = 50
_GARBAGE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ue000-\uf8ff\ufffd]")
_DOUBLED = re.compile(r"(?:(\S)\1|\s)+")
_USELESS_TITLE = re.compile(
    r"(?:microsoft word|sans titre|untitled|document\d*|diapositive|présentation powerpoint)\b.*|.*\.(?:docx?|pdf|indd|xlsx?|odt)$|.* - copie|\W*",
    re.IGNORECASE,
)
_NOT_COMPARED = re.compile(r"[\s|\ufffe\u00ad\u2010\u200b\x00-\x1f-]+")


def read_pdf(data: bytes, name: str) -> Content:
    """Reads a PDF.

    Raises:
        EncryptedFileError: a password is needed (the empty one was tried).
        DamagedFileError: PDFium finds no document in the bytes, or no page.
        ReadingError: more than ``MAX_PAGES`` pages.
    """
    with _PDFIUM, _opened_or_repaired(data, name) as (document, is_repaired):
        printed = _printed(document, name)
        metadata = _metadata(document)
        outline = _outline(document)
    laid = _laid_out(printed, name)
    stamped = frozenset(
        number for number in laid.unreadable if printed[number - 1].lines and not len(laid.spans[number - 1])
    )
    scanned = _scanned(
        data, name, [number for number in laid.unreadable if not printed[number - 1].failed], stamped
    )
    if scanned:
        printed = [
            page._replace(lines=scanned[number].lines) if number in scanned else page
            for number, page in enumerate(printed, start=1)
        ]
        laid = _laid_out(printed, name)
    headings, doubts = titled(_declared(laid.lines, outline))
    return Content(
        laid.text,
        title=_title(metadata),
        pages=tuple(
            Page(number, span, number not in laid.unreadable)
            for number, span in enumerate(laid.spans, start=1)
        ),
        headings=headings,
        problems=(
            *(_repair_said(name) if is_repaired else _truncation(data, name)),
            *doubts,
            *_page_problems(laid, scanned, name),
        ),
        metadata=(
            *metadata,
            *(("repeated_line", line) for line in laid.removed),
            *((OCR_WORDS, f"{number}\n{page.words}") for number, page in scanned.items()),
            *(((OCR_WANTED, "1"),) if laid.unreadable and ocr.program() is None else ()),
        ),
    )


def lines_of(data: bytes, name: str) -> list[Line]:
    """The lines of a PDF that may be headings, without OCR and outline: what ``training.titles`` learns from. Raises what ``read_pdf`` does."""
    with _PDFIUM, _opened(data, name) as document:
        return _laid_out(_printed(document, name), name).lines


def rectangles(
    source: Path | bytes, page_number: int, quote: str, metadata: Sequence[tuple[str, str]] = ()
) -> tuple[Box, ...]:
    """Where ``quote`` stands on a page: ``(x0, y0, x1, y1)`` in PDF points from the lower left corner, one a printed line, in reading order.

    White space, hyphens and cell separators do not count. A quote that goes on to the next page gives its part on this one. Empty when it is not found.
    The document's ``metadata`` gives the words of pages that were read by OCR; without it nothing is found on them.

    Raises:
        EncryptedFileError, DamagedFileError: the file cannot be opened.
        UsageError: the document has no such page.
    """
    name = source.name if isinstance(source, Path) else "document.pdf"
    words = recognised_words(metadata, page_number)
    if words:
        return _rectangles_among(words, quote)
    try:
        data = source.read_bytes() if isinstance(source, Path) else source
    except OSError as error:
        raise ReadingError(
            f"« {name} » n'a pas pu être lu ({reason_of(error)}).",
            "Vérifiez que le fichier est encore à sa place.",
        ) from error
    with _PDFIUM, _opened(data, name) as document:
        if not 1 <= page_number <= len(document):
            raise UsageError(f"« {name} » n'a pas de page {page_number} : il en a {len(document)}.")
        try:
            return _rectangles_on(document[page_number - 1].get_textpage(), quote)
        except pypdfium2.PdfiumError:
            return ()


class _PrintedPage(NamedTuple):
    lines: list[PrintedLine]
    height: float
    marks: bool
    failed: bool = False


@contextmanager
def _opened(data: bytes, name: str) -> Iterator[pypdfium2.PdfDocument]:
    with _opened_or_repaired(data, name) as (document, _):
        yield document


@contextmanager
def _opened_or_repaired(data: bytes, name: str) -> Iterator[tuple[pypdfium2.PdfDocument, bool]]:
    """The document, and whether it had to be repaired."""
    is_repaired = False
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD:
            raise EncryptedFileError(
                f"« {name} » est protégé par un mot de passe.",
                "Ouvrez-le avec son mot de passe et enregistrez-en une copie sans protection.",
            ) from error
        found = _repaired(data)
        if found is None:
            raise DamagedFileError(
                f"« {name} » est un PDF tronqué ou abîmé : il ne peut pas être ouvert.",
                "Téléchargez-le ou copiez-le de nouveau.",
            ) from error
        document, is_repaired = found, True
    else:
        if not _has_page(document) and (found := _repaired(data)) is not None:
            document.close()
            document, is_repaired = found, True
    count = len(document)
    try:
        if count < 1:
            raise DamagedFileError(
                f"« {name} » est un PDF sans aucune page, sans doute tronqué.",
                "Téléchargez-le ou copiez-le de nouveau.",
            )
        if count > MAX_PAGES:
            raise ReadingError(
                f"« {name} » a {count} pages ; la limite est de {MAX_PAGES}.",
                "Découpez-le en plusieurs fichiers.",
            )
        yield document, is_repaired
    finally:
        document.close()


def _has_page(document: pypdfium2.PdfDocument, index: int = 0) -> bool:
    """Whether a page is there: cross-references that point anywhere are not noticed before it is wanted.

    Of a whole file the first one is tried, and not the last: after it, ten thousand take PDFium 45 s more.
    """
    try:
        document[index].close()
    except (pypdfium2.PdfiumError, IndexError):
        return False
    return True


def _repaired(data: bytes) -> pypdfium2.PdfDocument | None:
    """The first repair whose first page is there, else the first that has any."""
    kept: pypdfium2.PdfDocument | None = None
    for whole in pdf_repair.repaired(data):
        with suppress(pypdfium2.PdfiumError):
            document = pypdfium2.PdfDocument(whole)
            if _has_page(document):
                return document
            if kept is None and any(
                _has_page(document, index) for index in range(1, min(len(document), _PAGES_TRIED))
            ):
                kept = document
    return kept


def _printed(document: pypdfium2.PdfDocument, name: str) -> list[_PrintedPage]:
    pages: list[_PrintedPage] = []
    characters = 0
    reader = Reader()
    for index in range(len(document)):
        page = _printed_page(document, index, reader)
        characters += sum(len(line.text) for line in page.lines)
        if characters > MAX_CHARACTERS:
            raise ReadingError(
                f"« {name} » contient plus de {MAX_CHARACTERS // 1_000_000} millions de caractères dès la page {index + 1}.",
                "Découpez-le en plusieurs fichiers.",
            )
        pages.append(page)
    return _cleaned_pages(pages)


def _cleaned_pages(pages: list[_PrintedPage]) -> list[_PrintedPage]:
    whole = "\n".join(line.text for page in pages for line in page.lines)
    vocabulary = frozenset(whole.lower().split()) if "\ufffe" in whole else frozenset()
    ligatures = any(ligature in whole for ligature in _LIGATURES)
    return [
        page._replace(
            lines=[
                line for raw in page.lines if (line := _cleaned(raw, vocabulary, ligatures=ligatures)).text
            ]
        )
        for page in pages
    ]


def _printed_page(document: pypdfium2.PdfDocument, index: int, reader: Reader) -> _PrintedPage:
    try:
        page = document[index]
        text_page = page.get_textpage()
    except pypdfium2.PdfiumError:
        return _PrintedPage([], 0.0, marks=True, failed=True)
    try:
        lines = printed_lines(text_page, reader)
        return _PrintedPage(
            lines, page.get_height(), marks=bool(lines) or pdfium.FPDFPage_CountObjects(page.raw) > 0
        )
    finally:
        text_page.close()
        page.close()


def _cleaned(line: PrintedLine, vocabulary: frozenset[str], *, ligatures: bool) -> PrintedLine:
    """A printed line with ligatures resolved, ordinary spaces, and bullets and check boxes that any font can show."""
    text = _shown(line.text, vocabulary, ligatures=ligatures)
    if text is line.text:
        return line
    cells = tuple(_cleaned(cell, vocabulary, ligatures=ligatures) for cell in line.cells)
    return line._replace(
        text=text, lead=len(_shown(line.text[: line.lead], vocabulary, ligatures=ligatures)), cells=cells
    )


def _shown(text: str, vocabulary: frozenset[str], *, ligatures: bool) -> str:
    # Only ligatures are both printable, as Python means it, and to be changed: spaces other than U+0020, private and format characters are not.
    if ligatures or not text.isprintable() or "  " in text:
        text = _SOFT_HYPHEN.sub(lambda match: _unhyphenated(match, vocabulary), text.translate(_SHOWN))
        text = _SPACES.sub(" ", storable(text)).strip()
    if len(text) >= 8 and text[0] == text[1]:
        text = _undoubled(text)
    if " " in text[:8]:
        spaced = _SPACED_NUMBER.match(text)
        text = spaced[0].replace(" ", "") + text[spaced.end() :] if spaced else text
    return text


def _unhyphenated(match: re.Match[str], vocabulary: frozenset[str]) -> str:
    """A word cut at a line end (PDFium marks the place), as the document writes it elsewhere; else without its hyphen, unless one of its parts takes one."""
    first, second = match[1], match[2]
    whole, joined = f"{first}{second}", f"{first}-{second}"
    if whole.lower() in vocabulary:
        return whole
    if (
        joined.lower() in vocabulary
        or first.lower() in _KEPT_HYPHEN
        or second.lower() in _AFTER_HYPHEN
        or first[-1].isdigit()
        or _is_of_a_number(first, second)
    ):
        return joined
    return whole


def _is_of_a_number(first: str, second: str) -> bool:
    """Whether both are parts of a reference: « 26-SE-EV-09 » keeps its hyphens where a line ends, « DÉPAR-TEMENT » does not."""
    return second[0].isdigit() or (second[0].isupper() and (not first.isupper() or len(first) <= _SHORT_PART))


_SHORT_PART = 3


def _undoubled(text: str) -> str:
    """``CCHHAAPPIITTRREE`` → ``CHAPITRE``: some producers print bold by writing each letter twice."""
    return re.sub(r"(\S)\1", r"\1", text) if _DOUBLED.fullmatch(text) else text


# A running line is said once, at the top of its first page: a cover's header or footer often alone says the number or the buyer. Not where it begins later.
_RUNNING_KEPT_ON = 2


class _Laid(NamedTuple):
    """The text of the pages, one span a page, one line a block; the running lines taken out; page number → why it has no usable text."""

    text: str
    spans: list[Span]
    lines: list[Line]
    removed: tuple[str, ...]
    unreadable: dict[int, Problem]


def _laid_out(printed: Sequence[_PrintedPage], name: str) -> _Laid:
    running = without_running_lines([page.lines for page in printed], [page.height for page in printed])
    looks = usual(running.pages)
    begins = text_beside_titles(running.pages)
    blocks = [blocks_of(lines, looks, begins) if lines else [] for lines in running.pages]
    numbered = enumerate(zip(printed, blocks, strict=True), start=1)
    unreadable = {
        number: problem
        for number, (page, found) in numbered
        if (problem := _unreadable(page, found, number, name))
    }
    for number in range(1, min(_RUNNING_KEPT_ON, len(blocks)) + 1):
        if number not in unreadable:
            blocks[number - 1][:0] = [
                Block(line.text, line._replace(size=looks.size, bold=False))
                for line in running.first.get(number, ())
            ]
    text, spans, lines = _assembled(blocks)
    return _Laid(text, spans, lines, running.removed, unreadable)


def _scanned(
    data: bytes, name: str, numbers: Sequence[int], stamped: frozenset[int]
) -> dict[int, ScannedPage]:
    """Pages read by OCR; none where Tesseract is not installed. ``stamped`` pages bear running lines, and are read only if a picture stands beside them."""

    def render(number: int) -> Rendered | None:
        with _PDFIUM, _opened(data, name) as document:
            return (
                None
                if number in stamped and not _has_picture(document, number)
                else _rendered(document, number)
            )

    return read_scans(numbers, name, render) if numbers and ocr.program() else {}


def _has_picture(document: pypdfium2.PdfDocument, number: int) -> bool:
    try:
        page = document[number - 1]  # held: PDFium frees a page with its last holder
    except pypdfium2.PdfiumError:
        return False
    objects = (
        pdfium.FPDFPage_GetObject(page.raw, index) for index in range(pdfium.FPDFPage_CountObjects(page.raw))
    )
    return any(pdfium.FPDFPageObj_GetType(one) != pdfium.FPDF_PAGEOBJ_TEXT for one in objects)


def _rendered(document: pypdfium2.PdfDocument, number: int) -> Rendered | None:
    """A page as a grey picture (PGM)."""
    try:
        page = document[number - 1]
        width, height = page.get_size()
        scale = min(DOTS_PER_INCH / 72, (MAX_PIXELS / max(width * height, 1)) ** 0.5)
        bitmap = page.render(scale=scale, grayscale=True)
    except (pypdfium2.PdfiumError, ValueError, OverflowError):
        return None
    pixels = bytes(bitmap.buffer)
    rows = b"".join(
        pixels[start : start + bitmap.width]
        for start in range(0, bitmap.stride * bitmap.height, bitmap.stride)
    )
    place = _place(page, bitmap.width, bitmap.height)
    return Rendered(
        f"P5 {bitmap.width} {bitmap.height} 255\n".encode() + rows,
        max(1, round(72 * scale)),
        bitmap.height,
        place,
    )


def _place(
    page: pypdfium2.PdfPage, width: int, height: int
) -> tuple[float, float, float, float, float, float]:
    """Pixels to points of the page, its rotation and crop box counted."""
    corners: list[tuple[float, float]] = []
    for device_x, device_y in ((0, 0), (width, 0), (0, height)):
        x, y = ctypes.c_double(), ctypes.c_double()
        pdfium.FPDF_DeviceToPage(
            page.raw, 0, 0, width, height, 0, device_x, device_y, ctypes.byref(x), ctypes.byref(y)
        )
        corners.append((x.value, y.value))
    (x0, y0), (x1, y1), (x2, y2) = corners
    return x0, (x1 - x0) / width, (x2 - x0) / height, y0, (y1 - y0) / width, (y2 - y0) / height


def _page_problems(laid: _Laid, scanned: dict[int, ScannedPage], name: str) -> tuple[Problem, ...]:
    """What there is to say of pages, in their order: lost, read by OCR, doubtful."""
    problems: list[Problem] = []
    for number in sorted(laid.unreadable.keys() | scanned.keys()):
        if number not in laid.unreadable:
            problems.append(_read_by_ocr(number, scanned[number], laid.spans[number - 1], name))
        elif number in scanned:
            message = f"La page {number} de « {name} » est une image où l'OCR ne trouve aucun mot : si elle en contient, numérisez-la mieux."
            problems.append(Problem("page-without-text", message))
        else:
            problems.append(_with_cure(laid.unreadable[number]))
    return tuple(problems)


def _read_by_ocr(number: int, page: ScannedPage, span: Span, name: str) -> Problem:
    if page.confidence >= ocr.DOUBTFUL_CONFIDENCE:
        return Problem(
            "page-read-by-ocr",
            f"La page {number} de « {name} » est une image : lue par OCR.",
            span,
            Severity.INFO,
        )
    message = f"La page {number} de « {name} » est une image : lue par OCR, mal (confiance {page.confidence:.0f} %). Vérifiez-y ce que vous en citez."
    return Problem("page-read-by-ocr", message, span)


def _with_cure(problem: Problem) -> Problem:
    return (
        problem
        if ocr.program()
        else replace(problem, message=f"{problem.message} Pour la lire : {ocr.INSTALL_COMMAND}")
    )


def _assembled(pages: Sequence[Sequence[Block]]) -> tuple[str, list[Span], list[Line]]:
    """The text, one span a page, and one line a block. Each page takes the separator after it; a paragraph that goes on overleaf is not cut."""
    pieces: list[str] = []
    spans: list[Span] = []
    lines: list[Line] = []
    at = 0
    following = [_first_text(pages, index + 1) for index in range(len(pages))]
    for number, (blocks, overleaf) in enumerate(zip(pages, following, strict=True), start=1):
        start = at
        for index, block in enumerate(blocks):
            last = index == len(blocks) - 1
            separator = " " if last and goes_on_after(block, overleaf) else "\n"
            lines.append(line_of(block, at, number))
            pieces.append(block.text + separator)
            at += len(pieces[-1])
        spans.append(Span(start, at))
    return "".join(pieces), spans, lines


def _first_text(pages: Sequence[Sequence[Block]], index: int) -> str:
    return pages[index][0].text if index < len(pages) and pages[index] else ""


def _unreadable(page: _PrintedPage, blocks: Sequence[Block], number: int, name: str) -> Problem | None:
    """Why a page with marks on it has no usable text, as a problem; None when it has, or when it is blank."""
    text = "".join(block.text for block in blocks)
    if page.failed:
        return Problem(
            "page-without-text", f"La page {number} de « {name} » est abîmée : rien n'a pu en être lu."
        )
    if not page.marks:
        return None
    if not text:
        return Problem(
            "page-without-text",
            f"La page {number} de « {name} » n'a pas de texte (sans doute une image ou un scan) : son contenu n'est pas connu de l'assistant.",
        )
    if len(_GARBAGE.findall(text)) > _GARBAGE_SHARE * len(text):
        return Problem(
            "page-without-text",
            f"Le texte de la page {number} de « {name} » est inutilisable (police sans correspondance de caractères) : son contenu n'est pas connu.",
        )
    return None


def _repair_said(name: str) -> tuple[Problem, ...]:
    return (
        Problem(
            "truncated",
            f"« {name} » est abîmé ou tronqué, et a été réparé pour être lu : il peut y manquer des pages ou des mots. Téléchargez-le de nouveau.",
        ),
    )


def _truncation(data: bytes, name: str) -> tuple[Problem, ...]:
    if b"%%EOF" in data[-_TRAILER_WITHIN:]:
        return ()
    return (
        Problem(
            "truncated",
            f"« {name} » semble tronqué (sa fin manque) : des pages peuvent manquer. Téléchargez-le de nouveau pour en être sûr.",
        ),
    )


def _metadata(document: pypdfium2.PdfDocument) -> tuple[tuple[str, str], ...]:
    try:
        values = document.get_metadata_dict(skip_empty=True)
    except (pypdfium2.PdfiumError, UnicodeError):
        return ()
    return tuple(
        (key.lower(), one_line(storable(value))[:_MAX_METADATA_CHARACTERS])
        for key, value in values.items()
        if storable(value).strip()
    )


def _title(metadata: tuple[tuple[str, str], ...]) -> str | None:
    """The title that the file declares, unless a program made it up (``Microsoft Word - CCTP``, ``… - Copie``, a file name)."""
    title = dict(metadata).get("title", "")
    return None if _USELESS_TITLE.fullmatch(title) else title


def _outline(document: pypdfium2.PdfDocument) -> dict[tuple[int, str], int]:
    """``(page, letters of the title) → level`` of each entry of the outline, 1 outermost."""
    entries: dict[tuple[int, str], int] = {}
    try:
        for bookmark in islice(document.get_toc(max_depth=_MAX_OUTLINE_DEPTH), _MAX_OUTLINE_ENTRIES):
            destination = bookmark.get_dest()
            index = destination.get_index() if destination else None
            if index is not None:
                entries.setdefault((index + 1, _letters(bookmark.get_title())), bookmark.level + 1)
    except (pypdfium2.PdfiumError, UnicodeError):
        return entries  # an outline is evidence, not content: what was read of it serves
    return entries


def _declared(lines: list[Line], outline: dict[tuple[int, str], int]) -> list[Line]:
    """``lines`` with the level of the outline's entries that are printed as they stand there."""
    if not outline:
        return lines
    pages = {page for page, _ in outline}
    return [
        replace(line, declared=outline.get((line.page, _letters(line.text))))
        if line.page in pages and len(line.text) <= MAX_TITLE_CHARACTERS
        else line
        for line in lines
    ]


def _letters(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())


def recognised_words(metadata: Sequence[tuple[str, str]], page_number: int) -> tuple[tuple[str, Box], ...]:
    """The words that OCR read on a page, with their boxes in PDF points, in reading order; empty for pages with a text layer."""
    start = f"{page_number}\n"
    return tuple(
        word
        for key, value in metadata
        if key == OCR_WORDS and value.startswith(start)
        for word in words_in_boxes(value[len(start) :])
    )


def _rectangles_among(words: Sequence[tuple[str, Box]], quote: str) -> tuple[Box, ...]:
    letters, places = "", []
    for index, (word, _) in enumerate(words):
        compared = _compared(word)
        letters += compared
        places.extend([index] * len(compared))
    wanted = _compared(quote)
    found: list[Box] = []
    for start, end in _matches(letters, wanted) if wanted else ():
        found.extend(_words_joined([box for _, box in words[places[start] : places[end - 1] + 1]]))
    return tuple(found)


def _words_joined(boxes: Sequence[Box]) -> list[Box]:
    """Words that stand beside each other, joined: on a page turned upside down they go leftwards."""
    lines: list[Box] = []
    for left, bottom, right, top in boxes:
        last = lines[-1] if lines else (0.0, 0.0, 0.0, 0.0)
        if (
            lines
            and bottom < last[3]
            and top > last[1]
            and max(left - last[2], last[0] - right) < _BESIDE * (top - bottom)
        ):
            lines[-1] = (min(last[0], left), min(last[1], bottom), max(last[2], right), max(last[3], top))
        else:
            lines.append((left, bottom, right, top))
    return lines


def _rectangles_on(page: pypdfium2.PdfTextPage, quote: str) -> tuple[Box, ...]:
    wanted = _compared(quote)
    count = min(page.count_chars(), MAX_PAGE_CHARACTERS)
    if not wanted or count <= 0:
        return ()
    letters: list[str] = []
    places: list[int] = []
    for index in range(count):
        character = _compared(chr(pdfium.FPDFText_GetUnicode(page.raw, index) or 0))
        letters.extend(character)
        places.extend([index] * len(character))
    printed = "".join(letters)
    found: list[Box] = []
    for start, end in _matches(printed, wanted):
        found.extend(_boxes(page, places[start], places[end - 1] + 1))
    return tuple(found)


def _compared(text: str) -> str:
    return _NOT_COMPARED.sub("", text.translate(_SHOWN)).replace("•", "")


def _matches(printed: str, wanted: str) -> Iterator[tuple[int, int]]:
    """Where ``wanted`` stands in ``printed``: whole; else its longest beginning or end (it goes over two pages); else nothing."""
    start = printed.find(wanted)
    if start >= 0:
        yield start, start + len(wanted)
        return
    shortest = min(_FEWEST_MATCHED, len(wanted))
    for length in range(len(wanted) - 1, shortest - 1, -1):
        if printed.endswith(wanted[:length]):
            yield len(printed) - length, len(printed)
            return
        if printed.startswith(wanted[-length:]):
            yield 0, length
            return
    yield from _pieces(printed, wanted, shortest)


def _pieces(printed: str, wanted: str, shortest: int) -> Iterator[tuple[int, int]]:
    """The longest pieces of ``wanted`` that are printed somewhere, in its order: for quotes whose lines were put in another order."""
    at = 0
    while at + shortest <= len(wanted):
        if printed.find(wanted[at : at + shortest]) < 0:
            at += 1
            continue
        length = shortest
        while at + length < len(wanted) and printed.find(wanted[at : at + length + 1]) >= 0:
            length += 1
        start = printed.find(wanted[at : at + length])
        yield start, start + length
        at += length


def _boxes(page: pypdfium2.PdfTextPage, start: int, end: int) -> list[Box]:
    """One rectangle a line for characters ``[start, end)``."""
    return _one_a_line([page.get_rect(index) for index in range(page.count_rects(start, end - start))])


def _one_a_line(boxes: Sequence[Box]) -> list[Box]:
    """Pieces that face each other, joined."""
    lines: list[Box] = []
    for left, bottom, right, top in boxes:
        if lines and bottom < lines[-1][3] and top > lines[-1][1] and left >= lines[-1][0]:
            last = lines[-1]
            lines[-1] = (last[0], min(last[1], bottom), max(last[2], right), max(last[3], top))
        else:
            lines.append((left, bottom, right, top))
    return lines
