"""Where to look: the file of a piece and its page, as a link that a spreadsheet or a browser opens, and as a reader would say it."""

from pathlib import Path

from assistant.reading import archives
from assistant.summaries.fields.summary import Extract


def address(origin: str, extract: Extract | None) -> str | None:
    """A ``file:`` address of the file with its page; of the archive for a member of one. None for what is no local path."""
    path = Path(origin.split(archives.SEPARATOR)[0])
    if not path.is_absolute():
        return None
    page = (
        f"#page={extract.pages[0]}"
        if extract is not None and extract.pages and path.suffix.lower() == ".pdf"
        else ""
    )
    return path.as_uri() + page


def pages(extract: Extract | None) -> str:
    """``p. 3`` or ``p. 3-4``; empty for a text without pages."""
    if extract is None or not extract.pages:
        return ""
    first, last = extract.pages[0], extract.pages[-1]
    return f"p. {first}" if first == last else f"p. {first}-{last}"


def bare(file: str) -> str:
    """A file's own name."""
    return file.split(archives.SEPARATOR)[-1].replace("\\", "/").rpartition("/")[2]


def place(file: str, extract: Extract | None) -> str:
    """``CCAP.pdf, p. 3``."""
    return ", ".join(part for part in (bare(file), pages(extract)) if part)
