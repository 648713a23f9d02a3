"""Markdown into what an office opens: ODT first, as French administrations ask, and DOCX.

Pandoc does it, as a program of its own (it is GPL: it is run, never linked), with our styles (``reference_styles``). It reads and writes no other file and no
network.
"""

import io
import math
import os
import re
import subprocess
import zipfile
from pathlib import Path

from assistant import whole_file
from assistant.errors import ExportError, UsageError
from assistant.office.package import rewritten

SUFFIXES = (".odt", ".docx", ".md")
# Names of the character styles that a text may use: ``[3]{custom-style="Champ"}``. Pandoc writes them as they are, and ODF wants names without spaces.
FIELD_STYLE = "Champ"
MISSING_STYLE = "ChampVide"
# The paragraph that begins a page.
PAGE_BREAK_STYLE = "SautDePage"

_STYLES = Path(__file__).with_name("styles")
# Pandoc's Markdown without what would change words (smart quotes), read files, or take a sign of ordinary French for a mark.
_READER = (
    "markdown-smart-citations-tex_math_dollars-tex_math_single_backslash-raw_html-raw_tex-subscript-superscript-auto_identifiers-implicit_figures"
    "-example_lists-markdown_in_html_blocks-native_divs-native_spans-latex_macros-yaml_metadata_block-pandoc_title_block+lists_without_preceding_blankline"
)
# A kit takes half a second; a machine on its knees some ten.
_SECONDS = 120
_TABLE_RULE = re.compile(r"^[ \t]*\|?(?:[ \t]*:?-+:?[ \t]*\|)+[ \t]*(?::?-+:?[ \t]*)?$")
# A column wants room for its longest word, in bold, else it is cut; a long text wants more, but less than in proportion, so as not to starve its neighbours.
_ROOM_FOR_A_WORD = 1.2
_PADDING = 3
_ROOM_FOR_A_TEXT = 2.2


def write(markdown: str, path: Path) -> None:
    """Writes ``markdown`` into a file whose ending says the format.

    Raises:
        UsageError: the ending is none of ``SUFFIXES``.
        ExportError: pandoc is absent or failed, or the file cannot be written.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise UsageError(
            f"« {path.name} » ne dit pas un format connu.",
            f"Donnez un nom qui finit par {', '.join(SUFFIXES)}.",
        )
    data = markdown.encode() if suffix == ".md" else convert(markdown, suffix.removeprefix("."))
    whole_file.replace(path, data)


def convert(markdown: str, office_format: str) -> bytes:
    """The bytes of an ``odt`` or ``docx`` document; its first heading of level 1 is its title.

    Raises:
        ExportError: pandoc is absent or failed.
    """
    reference = _STYLES / f"reference.{office_format}"
    command = [
        _pandoc(),
        f"--from={_READER}",
        f"--to={office_format}",
        f"--reference-doc={reference}",
        "--shift-heading-level-by=-1",
        "--metadata=lang:fr-FR",
        "--columns=1",  # every table takes the width of the page, its columns by their rule's dashes
        "--sandbox",
        "--output=-",
    ]
    # Without a clock, the same draft gives the same bytes.
    environment = os.environ | {"SOURCE_DATE_EPOCH": "0", "LC_ALL": "C.UTF-8"}
    try:
        done = subprocess.run(  # noqa: S603
            command,
            input=widened(unbroken(markdown)).encode(),
            capture_output=True,
            timeout=_SECONDS,
            check=True,
            env=environment,
        )
    except subprocess.CalledProcessError as error:
        detail = error.stderr.decode(errors="replace").strip()
        raise ExportError(
            f"Pandoc n'a pas pu écrire le document ({detail}).",
            "Exportez en Markdown (.md), et signalez ce défaut.",
        ) from error
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ExportError(
            f"Pandoc n'a pas pu être lancé ({error}).",
            "Refaites « make install », ou exportez en Markdown (.md).",
        ) from error
    return _bordered(done.stdout) if office_format == "odt" else done.stdout


def _pandoc() -> str:
    try:
        import pypandoc
    except ImportError as error:
        raise ExportError(
            "Pandoc n'est pas installé : ODT et DOCX ne peuvent pas être écrits.",
            "Refaites « make install », ou exportez en .md.",
        ) from error
    try:
        return str(pypandoc.get_pandoc_path())
    except OSError as error:
        raise ExportError(
            "Pandoc est introuvable : ODT et DOCX ne peuvent pas être écrits.",
            "Refaites « make install », ou exportez en .md.",
        ) from error


def unbroken(markdown: str) -> str:
    """``markdown`` with the spaces that French puts before high punctuation and within quotation marks made unbreakable."""
    return _HIGH_PUNCTUATION.sub("\u00a0", markdown)


_HIGH_PUNCTUATION = re.compile(r"(?<=«) (?=\S)|(?<=[^\s|:>-]) (?=[»;:!?%€](?:[\s|)\].,\[*]|$))", re.MULTILINE)


def widened(markdown: str) -> str:
    """``markdown`` with the dashes under each table's header in proportion to what its columns hold: that is how pandoc shares out the width.

    Headers are put in bold: LibreOffice does not follow the style that Word has for a table's first row.
    """
    lines = markdown.split("\n")
    for index, line in enumerate(lines):
        if index and _TABLE_RULE.match(line) and "|" in lines[index - 1]:
            lines[index] = _rule(lines, index)
            lines[index - 1] = (
                "|"
                + "|".join(
                    f"**{cell.strip()}**" if cell.strip() and "*" not in cell else cell
                    for cell in _cells(lines[index - 1])
                )
                + "|"
            )
    return "\n".join(lines)


def _rule(lines: list[str], at: int) -> str:
    rows = [lines[at - 1]]
    for line in lines[at + 1 :]:
        if "|" not in line:
            break
        rows.append(line)
    cells = [_cells(row) for row in rows]
    marks = _cells(lines[at])
    wants = [max(_wanted(row[column]) for row in cells if column < len(row)) for column in range(len(marks))]
    shares = [round(100 * want / sum(wants)) for want in wants]
    indent = lines[at][: len(lines[at]) - len(lines[at].lstrip())]
    return (
        indent
        + "|"
        + "|".join(_dashes(mark.strip(), share) for mark, share in zip(marks, shares, strict=True))
        + "|"
    )


def _wanted(cell: str) -> float:
    """The width that a cell would like, in characters."""
    shown = re.sub(r"\{[^{}]*\}|[*\[\]]", "", cell).strip()
    longest = max((len(word) for word in shown.split()), default=1)
    return max(longest * _ROOM_FOR_A_WORD, math.sqrt(len(shown)) * _ROOM_FOR_A_TEXT) + _PADDING


def _cells(row: str) -> list[str]:
    return re.split(r"(?<!\\)\|", row.strip().removeprefix("|").removesuffix("|"))


def _dashes(mark: str, share: int) -> str:
    return f"{':' if mark.startswith(':') else ''}{'-' * max(share, 3)}{':' if mark.endswith(':') and len(mark) > 1 else ''}"


def page_break() -> str:
    """Markdown that begins a page in both formats, and shows nothing anywhere else."""
    return (
        f'```{{=openxml}}\n<w:p><w:pPr><w:pStyle w:val="{PAGE_BREAK_STYLE}"/></w:pPr></w:p>\n```\n\n'
        f'```{{=opendocument}}\n<text:p text:style-name="{PAGE_BREAK_STYLE}"/>\n```'
    )


def _bordered(odt: bytes) -> bytes:
    """``odt`` with lines in its tables and room around them: pandoc writes those styles itself, without either, whatever the reference says."""
    with zipfile.ZipFile(io.BytesIO(odt)) as package:
        content = package.read("content.xml").decode()
    content = content.replace(
        "<style:table-properties ",
        '<style:table-properties fo:margin-top="0.15cm" fo:margin-bottom="0.25cm" ',
    )
    content = content.replace("<table:table-row>", f'<table:table-row table:style-name="{_ROW}">')
    content = content.replace("</office:automatic-styles>", f"{_WHOLE_ROWS}</office:automatic-styles>", 1)
    for style, properties in _CELLS.items():
        content = re.sub(
            rf'(<style:style style:name="{style}" style:family="table-cell">).*?(</style:style>)',
            rf"\1{properties}\2",
            content,
            flags=re.DOTALL,
        )
    return rewritten(odt, {"content.xml": content.encode()})


_ROW = "WholeRow"
_WHOLE_ROWS = f'<style:style style:name="{_ROW}" style:family="table-row"><style:table-row-properties fo:keep-together="always"/></style:style>'
_LINE = 'fo:border="0.5pt solid #8c8c8c" fo:padding="0.1cm"'
_CELLS = {
    "TableHeaderRowCell": f'<style:table-cell-properties {_LINE} fo:background-color="#eaf0f8"/>',
    "TableRowCell": f"<style:table-cell-properties {_LINE}/>",
}
