"""Makes ``styles/reference.odt`` and ``styles/reference.docx``, the looks of every document written: ``python -m assistant.office.reference_styles``.

Pandoc's own reference documents are part of pandoc (GPL); these are made from nothing (ODT) and from python-docx's template (MIT).
One table of looks serves both formats, so that they cannot drift apart.
"""

import io
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

from assistant.office import FIELD_STYLE, MISSING_STYLE, PAGE_BREAK_STYLE

FOLDER = Path(__file__).with_name("styles")

# A font that Linux offices ship, and the one of the same widths that Windows has.
ODT_FONT, DOCX_FONT = "Liberation Sans", "Arial"
BLUE, GREY, PALE, YELLOW = "1F3864", "595959", "EAF0F8", "FFF2A8"
# A4, margins that leave some 95 characters a line.
PAGE_CM = (21.0, 29.7)
MARGIN_CM = (2.2, 2.3)


@dataclass(frozen=True, slots=True)
class Look:
    """How a paragraph looks. Sizes and spaces in points; ``odt`` and ``docx`` are the names that pandoc gives to it."""

    odt: str
    docx: str
    size: float = 10
    bold: bool = False
    italic: bool = False
    colour: str = ""
    before: float = 3
    after: float = 4
    line: float = 1.12
    outline: int = 0
    left_cm: float = 0
    hanging_cm: float = 0
    keep: bool = False
    breaks: bool = False


LOOKS = (
    # Items of a list whose items are paragraphs are « Normal » in Word.
    Look("Text body", "Normal"),
    Look("Text body", "Body Text"),
    Look("First paragraph", "First Paragraph"),
    Look("Quotations", "Block Text", left_cm=1, italic=True),
    # Word's « Compact » is for cells and for items of short lists alike.
    Look("Table Contents", "Compact", before=2, after=2, line=1.05),
    Look("Table Heading", "Table Heading", bold=True, colour=BLUE, before=2, after=2, line=1.05),
    Look("Footnote", "Footnote Text", size=8.5, before=0, after=2, line=1.0, left_cm=0.4, hanging_cm=0.4),
    Look("Footer", "Footer", size=8.5, colour=GREY, after=0),
    Look("Title", "Title", size=20, bold=True, colour=BLUE, after=10, line=1.1),
    Look("Heading 1", "Heading 1", size=15, bold=True, colour=BLUE, before=16, after=8, outline=1, keep=True),
    Look("Heading 2", "Heading 2", size=12, bold=True, colour=BLUE, before=14, after=5, outline=2, keep=True),
    Look("Heading 3", "Heading 3", size=11, bold=True, before=10, after=4, outline=3, keep=True),
    Look("Heading 4", "Heading 4", bold=True, italic=True, before=8, after=3, outline=4, keep=True),
    # An empty line at the head of a page, too small to be seen.
    Look(PAGE_BREAK_STYLE, PAGE_BREAK_STYLE, size=1, before=0, after=0, line=1.0, breaks=True),
)
# Character styles: colour of the letters, of the ground, and whether bold.
MARKS = ((FIELD_STYLE, "", PALE, False), (MISSING_STYLE, "", YELLOW, True))


def make() -> None:
    """Writes both files."""
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / "reference.odt").write_bytes(reference_odt())
    (FOLDER / "reference.docx").write_bytes(reference_docx())


# ---- OpenDocument ---------------------------------------------------------------------------------------------------------------------

_NAMESPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"),
        ("style", "style"),
        ("text", "text"),
        ("fo", "xsl-fo-compatible"),
        ("svg", "svg-compatible"),
        ("manifest", "manifest"),
        ("meta", "meta"),
    )
)
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_MEDIA_TYPE = "application/vnd.oasis.opendocument.text"


def reference_odt() -> bytes:
    """The OpenDocument reference, made from nothing."""
    files = {
        "mimetype": _MEDIA_TYPE,
        "META-INF/manifest.xml": _manifest(),
        "meta.xml": f'{_HEAD}<office:document-meta {_NAMESPACES} office:version="1.3"><office:meta/></office:document-meta>',
        "content.xml": (
            f'{_HEAD}<office:document-content {_NAMESPACES} office:version="1.3"><office:automatic-styles/><office:body><office:text/></office:body>'
            "</office:document-content>"
        ),
        "styles.xml": _odt_styles(),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name)  # dated 1980: the same styles give the same bytes
            entry.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            package.writestr(entry, content)
    return out.getvalue()


def _manifest() -> str:
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{media}"/>'
        for path, media in (
            ("/", _MEDIA_TYPE),
            ("content.xml", "text/xml"),
            ("styles.xml", "text/xml"),
            ("meta.xml", "text/xml"),
        )
    )
    return f'{_HEAD}<manifest:manifest {_NAMESPACES} manifest:version="1.3">{entries}</manifest:manifest>'


def _odt_styles() -> str:
    font = f'<style:font-face style:name="{ODT_FONT}" svg:font-family="&apos;{ODT_FONT}&apos;, Arial, sans-serif" style:font-pitch="variable"/>'
    default = (
        '<style:default-style style:family="paragraph"><style:paragraph-properties fo:hyphenation-ladder-count="no-limit" style:tab-stop-distance="1.25cm"/>'
        f'<style:text-properties style:font-name="{ODT_FONT}" fo:font-size="10pt" fo:language="fr" fo:country="FR"/></style:default-style>'
        '<style:style style:name="Standard" style:family="paragraph" style:class="text"/>'
        '<style:style style:name="Heading" style:family="paragraph" style:parent-style-name="Standard" style:next-style-name="Text_20_body"/>'
    )
    marks = "".join(_odt_mark(*mark) for mark in MARKS) + "".join(
        f'<style:style style:name="{encoded_style_name(name)}" style:display-name="{name}" style:family="text">{properties}</style:style>'
        for name, properties in (
            ("Strong Emphasis", '<style:text-properties fo:font-weight="bold"/>'),
            ("Emphasis", '<style:text-properties fo:font-style="italic"/>'),
            ("Footnote Symbol", ""),
            ("Footnote anchor", '<style:text-properties style:text-position="super 62%"/>'),
            ("Numbering Symbols", ""),
            ("Bullet Symbols", ""),
        )
    )
    notes = (
        '<text:notes-configuration text:note-class="footnote" text:citation-style-name="Footnote_20_Symbol" text:default-style-name="Footnote"'
        ' text:citation-body-style-name="Footnote_20_anchor" style:num-format="1" text:start-value="0" text:footnotes-position="page"'
        ' text:start-numbering-at="document"/>'
    )
    width, height = PAGE_CM
    top, side = MARGIN_CM
    layout = (
        '<style:page-layout style:name="Page"><style:page-layout-properties'
        f' fo:page-width="{width}cm" fo:page-height="{height}cm" style:print-orientation="portrait" fo:margin-top="{top}cm" fo:margin-bottom="1.4cm"'
        f' fo:margin-left="{side}cm" fo:margin-right="{side}cm"><style:footnote-sep style:width="0.02cm" style:rel-width="25%" style:color="#{GREY}"'
        ' style:distance-before-sep="0.2cm" style:distance-after-sep="0.15cm"/></style:page-layout-properties>'
        '<style:footer-style><style:header-footer-properties fo:min-height="0.8cm" fo:margin-top="0.4cm"/></style:footer-style></style:page-layout>'
        '<style:style style:name="FooterRight" style:family="paragraph" style:parent-style-name="Footer"><style:paragraph-properties fo:text-align="end"/>'
        "</style:style>"
    )
    master = (
        '<style:master-page style:name="Standard" style:page-layout-name="Page"><style:footer><text:p text:style-name="FooterRight">'
        'Page <text:page-number text:select-page="current">1</text:page-number> sur <text:page-count>1</text:page-count></text:p></style:footer>'
        "</style:master-page>"
    )
    return (
        f'{_HEAD}<office:document-styles {_NAMESPACES} office:version="1.3"><office:font-face-decls>{font}</office:font-face-decls>'
        f"<office:styles>{default}{''.join(dict.fromkeys(_odt_look(look) for look in LOOKS))}{marks}{notes}</office:styles>"
        f"<office:automatic-styles>{layout}</office:automatic-styles><office:master-styles>{master}</office:master-styles></office:document-styles>"
    )


def encoded_style_name(name: str) -> str:
    """The name of a style as OpenDocument files write it: ``Heading 1`` → ``Heading_20_1``."""
    return "".join(
        letter if letter.isalnum() and letter.isascii() else f"_{ord(letter):x}_" for letter in name
    )


def _odt_look(look: Look) -> str:
    heading = f' style:default-outline-level="{look.outline}"' if look.outline else ""
    parent = "Heading" if look.outline else "Text_20_body" if look.odt == "First paragraph" else "Standard"
    paragraph = {
        "fo:margin-top": f"{look.before}pt",
        "fo:margin-bottom": f"{look.after}pt",
        "fo:margin-left": f"{look.left_cm}cm",
        "fo:text-indent": f"-{look.hanging_cm}cm",
        "fo:line-height": f"{look.line:.0%}",
        "fo:orphans": "2",
        "fo:widows": "2",
    }
    if look.keep:
        paragraph["fo:keep-with-next"] = "always"
    if look.breaks:
        paragraph["fo:break-before"] = "page"
    text = {
        "fo:font-size": f"{look.size}pt",
        "fo:font-weight": "bold" if look.bold else "normal",
        "fo:font-style": "italic" if look.italic else "normal",
    }
    if look.colour:
        text["fo:color"] = f"#{look.colour}"
    return (
        f'<style:style style:name="{encoded_style_name(look.odt)}" style:display-name={quoteattr(look.odt)} style:family="paragraph"'
        f' style:parent-style-name="{parent}"{heading}>'
        f"<style:paragraph-properties {_attributes(paragraph)}/><style:text-properties {_attributes(text)}/></style:style>"
    )


def _odt_mark(name: str, colour: str, ground: str, bold: bool) -> str:
    text = (
        {"fo:background-color": f"#{ground}"}
        | ({"fo:color": f"#{colour}"} if colour else {})
        | ({"fo:font-weight": "bold"} if bold else {})
    )
    return (
        f'<style:style style:name="{encoded_style_name(name)}" style:display-name={quoteattr(name)} style:family="text">'
        f"<style:text-properties {_attributes(text)}/></style:style>"
    )


def _attributes(values: dict[str, str]) -> str:
    return " ".join(f"{name}={quoteattr(value)}" for name, value in values.items())


# ---- Word -----------------------------------------------------------------------------------------------------------------------------


def reference_docx() -> bytes:
    """The Word reference, over python-docx's template."""
    document = docx.Document()
    for look in LOOKS:
        _word_look(document, look)
    for name, colour, ground, bold in MARKS:
        _word_mark(document, name, colour, ground, bold)
    _word_table(document)
    _named_style(document, "Footnote Reference", WD_STYLE_TYPE.CHARACTER).font.superscript = True
    section = document.sections[0]
    section.page_width, section.page_height = Cm(PAGE_CM[0]), Cm(PAGE_CM[1])
    section.top_margin, section.bottom_margin = Cm(MARGIN_CM[0]), Cm(MARGIN_CM[0])
    section.left_margin = section.right_margin = Cm(MARGIN_CM[1])
    _word_footer(section.footer.paragraphs[0])
    document.core_properties.author = document.core_properties.comments = document.core_properties.title = ""
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _named_style(document: Any, name: str, kind: Any) -> Any:
    styles = document.styles
    return styles[name] if name in [style.name for style in styles] else styles.add_style(name, kind)


def _word_look(document: Any, look: Look) -> None:
    style = _named_style(document, look.docx, WD_STYLE_TYPE.PARAGRAPH)
    if not look.outline and look.docx != "Normal":
        style.base_style = (
            document.styles["Body Text"] if look.docx == "First Paragraph" else document.styles["Normal"]
        )
    _word_font(style, look.size, look.bold, look.italic, look.colour)
    shape = style.paragraph_format
    shape.space_before, shape.space_after, shape.line_spacing = Pt(look.before), Pt(look.after), look.line
    shape.left_indent, shape.keep_with_next, shape.page_break_before = (
        Cm(look.left_cm),
        look.keep,
        look.breaks,
    )
    shape.widow_control, shape.first_line_indent = True, Cm(-look.hanging_cm)
    borders = style.element.pPr.find(qn("w:pBdr"))
    if borders is not None:  # the template underlines its title
        style.element.pPr.remove(borders)


def _word_font(style: Any, size: float, bold: bool, italic: bool, colour: str) -> None:
    style.font.name, style.font.size, style.font.bold, style.font.italic = DOCX_FONT, Pt(size), bold, italic
    style.font.color.rgb = RGBColor.from_string(colour or "000000")
    fonts = style.element.rPr.rFonts
    for theme in (
        "asciiTheme",
        "hAnsiTheme",
        "eastAsiaTheme",
        "cstheme",
    ):  # the template's headings name a theme's font, which would win
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:cs"), DOCX_FONT)


def _word_mark(document: Any, name: str, colour: str, ground: str, bold: bool) -> None:
    style = _named_style(document, name, WD_STYLE_TYPE.CHARACTER)
    style.font.bold = bold or None
    if colour:
        style.font.color.rgb = RGBColor.from_string(colour)
    style.element.get_or_add_rPr().append(
        parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{ground}"/>')
    )


def _word_table(document: Any) -> None:
    """The style that pandoc calls « Table »: thin lines, a pale header."""
    style = _named_style(document, "Table", WD_STYLE_TYPE.TABLE)
    line = f'w:val="single" w:sz="4" w:space="0" w:color="{GREY}"'
    sides = "".join(
        f"<w:{side} {line}/>" for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    margins = "".join(f'<w:{side} w:w="85" w:type="dxa"/>' for side in ("left", "right"))
    style.element.append(
        parse_xml(
            f"<w:tblPr {nsdecls('w')}><w:tblBorders>{sides}</w:tblBorders><w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>"
        )
    )
    style.element.append(parse_xml(f"<w:trPr {nsdecls('w')}><w:cantSplit/></w:trPr>"))
    style.element.append(
        parse_xml(
            f'<w:tblStylePr {nsdecls("w")} w:type="firstRow"><w:rPr><w:b/></w:rPr><w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="{PALE}"/></w:tcPr>'
            "</w:tblStylePr>"
        )
    )


def _word_footer(paragraph: Any) -> None:
    paragraph.alignment = 2
    for piece in ("Page ", "PAGE", " sur ", "NUMPAGES"):
        run = paragraph.add_run("" if piece.isupper() else piece)
        if piece.isupper():
            for kind, text in (("begin", ""), ("", piece), ("end", "")):
                run.element.append(_field_part(kind, text))


def _field_part(kind: str, text: str) -> Any:
    part = OxmlElement("w:fldChar" if kind else "w:instrText")
    if kind:
        part.set(qn("w:fldCharType"), kind)
    else:
        part.text = text
    return part


if __name__ == "__main__":
    make()
