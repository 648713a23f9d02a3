"""Make the two example framework agreements from their Markdown sources: a Word file and a PDF.

    .venv/bin/python training/accords-cadres/fabrique.py

The Word file has real heading styles, a table of contents (a Word field, already filled) and a running header that says the document is fictional.
The PDF is converted from such a file by LibreOffice: ``apt-get install --no-install-recommends libreoffice-writer fonts-liberation``.
Both binaries are committed: this script is needed only after a change of a source. The page numbers of the tables of contents come from a first conversion.
"""

# A script run by hand: it prints what it made; python-docx gives no public way to fields, row marks and shading.
# ruff: noqa: SLF001

import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import pypdfium2
import yaml
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

SOURCES = Path(__file__).parent
AGREEMENTS = SOURCES.parents[1] / "corpus" / "accords-cadres"
# Which file each source becomes: one Word, one PDF, as in real life.
OUTPUTS = {"accord-cadre-fictif-hebergement-cloud": ".docx", "accord-cadre-fictif-visioconference": ".pdf"}

FONT = "Liberation Sans"
BLUE = RGBColor(0x1F, 0x3A, 0x5F)
TEXT_WIDTH_CM = 16.5
SHORT_TABLE_ROWS = 10


def main() -> None:
    """Write every output into the corpus."""
    with tempfile.TemporaryDirectory() as folder:
        for name, suffix in OUTPUTS.items():
            front, blocks = read_source(SOURCES / f"{name}.md")
            draft = Path(folder) / f"{name}.docx"
            build(front, blocks, {}).save(str(draft))
            pages = heading_pages(convert(draft), blocks)
            build(front, blocks, pages).save(str(draft))
            made = draft if suffix == ".docx" else convert(draft)
            shutil.copy(made, AGREEMENTS / f"{name}{suffix}")
            print(AGREEMENTS / f"{name}{suffix}")


def read_source(path: Path) -> tuple[dict[str, str], list[tuple[str, Any]]]:
    """The front matter and the blocks: ``(kind, content)``, kind being h1, h2, h3, text, bullet, number, note or table (rows of cells)."""
    _, front, body = path.read_text(encoding="utf-8").split("---\n", 2)
    blocks: list[tuple[str, Any]] = []
    for line in body.splitlines():
        if not line.strip():
            continue
        if heading := re.match(r"(#{1,3}) (.+)", line):
            blocks.append((f"h{len(heading[1])}", heading[2]))
        elif line.startswith("|"):
            cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
            if all(re.fullmatch(r":?-+:?", cell) for cell in cells):
                continue
            if blocks[-1][0] == "table":
                blocks[-1][1].append(cells)
            else:
                blocks.append(("table", [cells]))
        elif line.startswith("- "):
            blocks.append(("bullet", line[2:]))
        elif numbered := re.match(r"(\d+\. .+)", line):
            blocks.append(("number", numbered[1]))
        elif line.startswith("> "):
            blocks.append(("note", line[2:]))
        else:
            blocks.append(("text", line))
    return yaml.safe_load(front), blocks


def build(front: dict[str, str], blocks: list[tuple[str, Any]], pages: dict[str, int]) -> Any:
    """The Word document. ``pages`` gives the page of each heading for the table of contents (empty on the first pass)."""
    document = Document()
    set_styles(document)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.25)
    section.top_margin, section.bottom_margin = Cm(2.4), Cm(2.2)
    document.core_properties.title = f"{front['titre']} (exemple fictif)"
    document.core_properties.author = "Projet assistant commande publique"
    document.core_properties.language = "fr-FR"
    running_lines(section, front)
    cover(document, front, [content for kind, content in blocks if kind == "note"])
    contents(document, [(kind, text) for kind, text in blocks if kind in ("h1", "h2")], pages)
    first = True
    for kind, content in blocks:
        if kind == "table":
            add_table(document, content)
        elif kind in ("h1", "h2", "h3"):
            heading = document.add_heading(content, level=int(kind[1]))
            heading.paragraph_format.page_break_before = kind == "h1" and not first
            first = False
        elif kind == "bullet":
            document.add_paragraph(content, style="List Bullet")
        elif kind == "number":
            paragraph = document.add_paragraph(content)
            paragraph.paragraph_format.left_indent, paragraph.paragraph_format.first_line_indent = (
                Cm(1.0),
                Cm(-0.6),
            )
        elif kind == "text":
            paragraph = document.add_paragraph(content)
            paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    return document


def set_styles(document: Any) -> None:
    """Sober styles: one font, three heading levels."""
    styles = document.styles
    normal = styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(10)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    normal.paragraph_format.space_after = Pt(6)
    normal.paragraph_format.line_spacing = 1.12
    for level, size, before, after in ((1, 15, 0, 10), (2, 11.5, 16, 6), (3, 10, 8, 3)):
        style = styles[f"Heading {level}"]
        style.font.name, style.font.size, style.font.bold, style.font.color.rgb = FONT, Pt(size), True, BLUE
        fonts = style.element.rPr.rFonts
        for attribute in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            # A theme font would win over the named one.
            fonts.attrib.pop(qn(f"w:{attribute}"), None)
        for attribute in ("ascii", "hAnsi", "eastAsia", "cs"):
            fonts.set(qn(f"w:{attribute}"), FONT)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
        style.paragraph_format.keep_with_next = True
    styles["Footer"].font.size = Pt(8)
    bullet = styles["List Bullet"]
    bullet.paragraph_format.space_after = Pt(3)


def running_lines(section: Any, front: dict[str, str]) -> None:
    """Header: the fictional mention; footer: number and page."""
    section.different_first_page_header_footer = False
    header = section.header.paragraphs[0]
    header.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = header.add_run(f"{front['mention']} – {front['numero']}")
    run.font.size, run.font.bold, run.font.color.rgb = Pt(8), True, RGBColor(0xA0, 0x20, 0x20)
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    small = footer.add_run(f"{front['acheteur']} – page ")
    small.font.size = Pt(8)
    for instruction, between in (("PAGE", " sur "), ("NUMPAGES", "")):
        add_field(footer, instruction)
        footer.add_run(between).font.size = Pt(8)


def add_field(paragraph: Any, instruction: str) -> None:
    """A simple Word field, such as PAGE."""
    run = paragraph.add_run()
    run.font.size = Pt(8)
    for kind, text in (
        ("begin", None),
        (None, instruction),
        ("separate", None),
        ("text", "1"),
        ("end", None),
    ):
        run._r.append(field_part(kind, text))


def field_part(kind: str | None, text: str | None) -> Any:
    """One XML part of a field: a begin, separate or end mark, its instruction (kind None) or its shown text."""
    if kind in ("begin", "separate", "end"):
        part = OxmlElement("w:fldChar")
        part.set(qn("w:fldCharType"), kind)
        return part
    part = OxmlElement("w:t" if kind == "text" else "w:instrText")
    part.set(qn("xml:space"), "preserve")
    part.text = text
    return part


def cover(document: Any, front: dict[str, str], notes: list[str]) -> None:
    """First page: who, what, and that nothing of it is real."""
    for text, size, bold, before, colour in (
        (front["mention"], 13, True, 30, RGBColor(0xA0, 0x20, 0x20)),
        (front["acheteur"], 12, False, 60, BLUE),
        ("ACCORD-CADRE", 13, True, 40, BLUE),
        (front["titre"], 22, True, 8, BLUE),
        (front["sous_titre"], 12, False, 10, RGBColor(0x33, 0x33, 0x33)),
        (f"Numéro : {front['numero']}", 11, False, 40, RGBColor(0x33, 0x33, 0x33)),
        (
            "Procédure : appel d'offres ouvert (consultation fictive réputée lancée en octobre 2026)",
            11,
            False,
            4,
            RGBColor(0x33, 0x33, 0x33),
        ),
    ):
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.space_before = Pt(before)
        run = paragraph.add_run(text)
        run.font.size, run.font.bold, run.font.color.rgb = Pt(size), bold, colour
    for note in notes:
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.space_before = Pt(60)
        paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Cm(1)
        paragraph.add_run(note).italic = True


def contents(document: Any, headings: list[tuple[str, str]], pages: dict[str, int]) -> None:
    """The table of contents: a TOC field whose text is already there, so that a reader who updates nothing sees it too."""
    title = document.add_paragraph()
    title.paragraph_format.page_break_before = True
    run = title.add_run("SOMMAIRE")
    run.font.size, run.font.bold, run.font.color.rgb = Pt(14), True, BLUE
    for position, (kind, text) in enumerate(headings):
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(1.5 if kind == "h2" else 3)
        paragraph.paragraph_format.space_before = Pt(0 if kind == "h2" else 6)
        paragraph.paragraph_format.left_indent = Cm(0.6 if kind == "h2" else 0)
        paragraph.paragraph_format.tab_stops.add_tab_stop(
            Cm(TEXT_WIDTH_CM), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS
        )
        if position == 0:
            opening = paragraph.add_run()
            for part in (("begin", None), (None, 'TOC \\o "1-2" \\h \\z \\u'), ("separate", None)):
                opening._r.append(field_part(*part))
        run = paragraph.add_run(f"{text}\t{pages.get(text, '')}")
        run.font.size, run.font.bold = Pt(9), kind == "h1"
        if position == len(headings) - 1:
            paragraph.add_run()._r.append(field_part("end", None))
    # The body starts on a new page.
    document.add_page_break()


def add_table(document: Any, rows: list[list[str]]) -> None:
    """A grid whose first row is a repeated header; columns share the width by the length of what they hold."""
    table = document.add_table(rows=0, cols=len(rows[0]), style="Table Grid")
    table.autofit = False
    widths = column_widths(rows)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    for number, cells in enumerate(rows):
        row = table.add_row()
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if number == 0:
            properties.append(OxmlElement("w:tblHeader"))
        for cell, text, width in zip(row.cells, cells, widths, strict=True):
            cell.width = Cm(width)
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(2)
            paragraph.paragraph_format.space_before = Pt(2)
            # A short table stays on one page; a long one only keeps its first row with its header.
            paragraph.paragraph_format.keep_with_next = number < len(rows) - 1 and (
                len(rows) <= SHORT_TABLE_ROWS or number == 0
            )
            run = paragraph.add_run(text)
            run.font.size, run.font.bold = Pt(9), number == 0
            if number == 0:
                shade(cell, "DCE4EE")
    document.add_paragraph().paragraph_format.space_after = Pt(2)


def column_widths(rows: list[list[str]]) -> list[float]:
    """Centimetres for each column: by its longest word and its mean length, the whole being the text's width."""
    weights = []
    for column in zip(*rows, strict=True):
        longest_word = max((len(word) for cell in column for word in cell.split()), default=1)
        mean = sum(len(cell) for cell in column) / len(column)
        weights.append(max(longest_word * 1.25, min(mean, 60), 6.0))
    widths = [max(TEXT_WIDTH_CM * weight / sum(weights), 1.3) for weight in weights]
    return [TEXT_WIDTH_CM * width / sum(widths) for width in widths]


def shade(cell: Any, colour: str) -> None:
    """Background of a cell."""
    shading = OxmlElement("w:shd")
    for key, value in (("w:val", "clear"), ("w:color", "auto"), ("w:fill", colour)):
        shading.set(qn(key), value)
    cell._tc.get_or_add_tcPr().append(shading)


def convert(path: Path) -> Path:
    """The PDF that LibreOffice makes of a Word file, with bookmarks."""
    options = 'pdf:writer_pdf_Export:{"ExportBookmarks":{"type":"boolean","value":"true"},"UseTaggedPDF":{"type":"boolean","value":"true"}}'
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation=file://{path.parent}/profile",
            "--headless",
            "--convert-to",
            options,
            "--outdir",
            str(path.parent),
            str(path),
        ],
        check=True,
        capture_output=True,
    )
    return path.with_suffix(".pdf")


def heading_pages(pdf: Path, blocks: list[tuple[str, Any]]) -> dict[str, int]:
    """The page on which each first- or second-level heading stands, found in order after the table of contents."""
    document = pypdfium2.PdfDocument(str(pdf))
    texts = [squeeze(document[number].get_textpage().get_text_range()) for number in range(len(document))]
    headings = [text for kind, text in blocks if kind in ("h1", "h2")]
    # The table of contents names the first heading too: the body starts at its second occurrence.
    page = next(number for number in range(2, len(texts)) if squeeze(headings[0]) in texts[number])
    found = {}
    for text in headings:
        page = next(number for number in range(page, len(texts)) if squeeze(text) in texts[number])
        found[text] = page + 1
    return found


def squeeze(text: str) -> str:
    """Text without white space, to compare across line breaks."""
    return re.sub(r"\s+", "", text)


if __name__ == "__main__":
    main()
