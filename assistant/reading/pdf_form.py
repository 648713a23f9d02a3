"""What a PDF holds beside its pages: the fields of a form, as lines at the end of their page, and files attached to it.

PDFium leaves a field's value out of the text of its page, and DC1, DC2 and many AE are forms: their answers would be lost.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterator
from ctypes import c_float
from dataclasses import replace
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from assistant.datatypes import Page, Problem, Severity, Span
from assistant.lines import one_line
from assistant.reading.characters import storable
from assistant.reading.content import Content
from assistant.reading.mail import Attachment, named
from assistant.reading.pdf import _PDFIUM, _opened, read_pdf

# DC1 has some 60 fields, the largest declarations some 600; a hostile page may have any number.
MAX_FIELDS = 10_000
_MAX_VALUE_CHARACTERS = 20_000
_MAX_ATTACHMENTS = 1_000
_BOXES = frozenset((pdfium.FPDF_FORMFIELD_CHECKBOX, pdfium.FPDF_FORMFIELD_RADIOBUTTON))
_VALUES = frozenset(
    (pdfium.FPDF_FORMFIELD_TEXTFIELD, pdfium.FPDF_FORMFIELD_COMBOBOX, pdfium.FPDF_FORMFIELD_LISTBOX)
)
# What programs call the ticked state of a box: it says nothing more than the tick.
_MEANINGLESS = frozenset(("", "yes", "oui", "on", "1", "true", "off", "non", "no", "0"))
_XFA = frozenset((pdfium.FORMTYPE_XFA_FULL, pdfium.FORMTYPE_XFA_FOREGROUND))


def read_pdf_form(data: bytes, name: str) -> Content:
    """Reads a PDF, its form fields and the names of its attachments; raises as ``read_pdf`` does."""
    content = read_pdf(data, name)
    with _PDFIUM, _opened(data, name) as document:
        kind = document.get_formtype()
        fields = _fields(document) if kind != pdfium.FORMTYPE_NONE else {}
        attached = [
            one_line(storable(_attachment_name(document, index)))
            for index in range(min(document.count_attachments(), _MAX_ATTACHMENTS))
        ]
    problems = (*_attachments_said(attached, name), *(_xfa_said(name) if kind in _XFA else ()))
    return _with_fields(replace(content, problems=(*content.problems, *problems)), fields)


def attachments_of_pdf(data: bytes, name: str) -> tuple[Attachment, ...]:
    """The files attached to a PDF; raises as ``read_pdf`` does. One that PDFium cannot extract is left out."""
    with _PDFIUM, _opened(data, name) as document:
        return named(
            file
            for index in range(min(document.count_attachments(), _MAX_ATTACHMENTS))
            for file in _file(document, index)
        )


def _file(document: pypdfium2.PdfDocument, index: int) -> Iterator[tuple[str, bytes]]:
    try:
        yield _attachment_name(document, index), bytes(document.get_attachment(index).get_data())
    except pypdfium2.PdfiumError:
        return


def _attachment_name(document: pypdfium2.PdfDocument, index: int) -> str:
    try:
        return str(document.get_attachment(index).get_name())
    except (pypdfium2.PdfiumError, UnicodeError):
        return ""


def _fields(document: pypdfium2.PdfDocument) -> dict[int, list[str]]:
    """``index of the page → lines``, from the top of the page to its bottom."""
    # Made by hand: pypdfium2's own way logs a warning about XFA, and would run forms' scripts where PDFium can.
    # PDFium keeps a pointer to the settings: they must live as long as the form.
    form_settings = pdfium.FPDF_FORMFILLINFO(version=2)
    form = pdfium.FPDFDOC_InitFormFillEnvironment(document, form_settings)
    found: dict[int, list[str]] = {}
    left = MAX_FIELDS
    try:
        for index in range(len(document) if form else 0):
            lines = list(_fields_of_page(document, index, form, left))
            left -= len(lines)
            if lines:
                found[index] = lines
    finally:
        if form:
            pdfium.FPDFDOC_ExitFormFillEnvironment(form)
        del form_settings
    return found


def _fields_of_page(document: pypdfium2.PdfDocument, index: int, form: Any, limit: int) -> Iterator[str]:
    try:
        page = document[index]
    except pypdfium2.PdfiumError:
        return
    pdfium.FORM_OnAfterLoadPage(page, form)  # without it no box is ticked
    try:
        placed = [
            _placed(page, number, form) for number in range(min(pdfium.FPDFPage_GetAnnotCount(page), limit))
        ]
    finally:
        pdfium.FORM_OnBeforeClosePage(page, form)
        page.close()
    yield from (line for _, _, line in sorted(found for found in placed if found))


def _placed(page: pypdfium2.PdfPage, number: int, form: Any) -> tuple[float, float, str] | None:
    """Where a field stands, and its line; None for an empty field, a button, or what is no field."""
    annotation = pdfium.FPDFPage_GetAnnot(page, number)
    if not annotation:
        return None
    try:
        if pdfium.FPDFAnnot_GetSubtype(annotation) != pdfium.FPDF_ANNOT_WIDGET:
            return None
        rectangle = pdfium.FS_RECTF(*(c_float(0) for _ in range(4)))
        pdfium.FPDFAnnot_GetRect(annotation, rectangle)
        line = _line(annotation, form)
        # Fields of one printed line differ by a few points in height.
        return (-round(rectangle.top / 6), rectangle.left, line) if line else None
    finally:
        pdfium.FPDFPage_CloseAnnot(annotation)


def _line(annotation: Any, form: Any) -> str:
    kind = pdfium.FPDFAnnot_GetFormFieldType(form, annotation)
    label = _string(pdfium.FPDFAnnot_GetFormFieldAlternateName, form, annotation) or _string(
        pdfium.FPDFAnnot_GetFormFieldName, form, annotation
    )
    if kind in _BOXES:
        choice = _string(pdfium.FPDFAnnot_GetFormFieldExportValue, form, annotation)
        box = "☒" if pdfium.FPDFAnnot_IsChecked(form, annotation) else "☐"
        return f"{box} {label}" + ("" if choice.lower() in _MEANINGLESS else f" : {choice}")
    value = _string(pdfium.FPDFAnnot_GetFormFieldValue, form, annotation) if kind in _VALUES else ""
    return f"{label} : {value}" if value else ""


def _string(function: Callable[..., int], form: Any, annotation: Any) -> str:
    count = min(function(form, annotation, None, 0), 2 * _MAX_VALUE_CHARACTERS)
    if count < 2:
        return ""
    buffer = (pdfium.FPDF_WCHAR * (count // 2))()
    function(form, annotation, buffer, count)
    return one_line(storable(bytes(buffer).decode("utf-16-le", errors="replace").rstrip("\x00")))


def _with_fields(content: Content, fields: dict[int, list[str]]) -> Content:
    """The content with lines added at the end of their pages; every span after them moves."""
    if not fields:
        return content
    pieces: list[str] = []
    pages: list[Page] = []
    moved = 0
    moves: list[tuple[int, int]] = []
    for index, page in enumerate(content.pages):
        text = page.span.of(content.text)
        lines = "".join(f"{line}\n" for line in fields.get(index, ()))
        # A page whose last paragraph goes on overleaf ends with a space.
        added = ("" if not text or text.endswith("\n") else "\n") + lines if lines else ""
        pages.append(replace(page, span=Span(page.span.start + moved, page.span.end + moved + len(added))))
        moved += len(added)
        moves.append((page.span.end, moved))
        pieces += (text, added)
    return replace(
        content,
        text="".join(pieces),
        pages=tuple(pages),
        headings=tuple(replace(heading, span=_moved(heading.span, moves)) for heading in content.headings),
        problems=tuple(
            replace(problem, span=_moved(problem.span, moves)) if problem.span else problem
            for problem in content.problems
        ),
    )


def _moved(span: Span, moves: list[tuple[int, int]]) -> Span:
    before = bisect_right(moves, span.start, key=lambda move: move[0])
    by = moves[before - 1][1] if before else 0
    return Span(span.start + by, span.end + by)


def _attachments_said(names: list[str], name: str) -> tuple[Problem, ...]:
    if not names:
        return ()
    listed = ", ".join(f"« {attached} »" for attached in names[:20]) + ("…" if len(names) > 20 else "")
    return (
        Problem(
            "attachments",
            f"« {name} » porte {len(names)} pièce(s) jointe(s), qui sont d'autres documents : {listed}.",
            severity=Severity.INFO,
        ),
    )


def _xfa_said(name: str) -> tuple[Problem, ...]:
    message = f"« {name} » est un formulaire XFA : des champs qui ne s'affichent que dans Adobe Reader ont pu échapper. Imprimez-le en PDF pour tout garder."
    return (Problem("xfa-form", message),)
