"""Tesseract: a picture to words with their boxes. The program is called as it is found on the machine; nothing is fetched, nothing is written to disk.

Debian: ``tesseract-ocr`` (Apache 2.0) and ``tesseract-ocr-fra``. Without them, pages without text are reported and stay unread.
"""

import os
import shutil
import subprocess
from functools import cache
from typing import NamedTuple

from assistant.errors import ReadingError, reason_of

PACKAGES = ("tesseract-ocr", "tesseract-ocr-fra")
INSTALL_COMMAND = f"sudo apt-get install {' '.join(PACKAGES)}"
LANGUAGE = "fra"
# A dense page takes 1 to 3 s; one that takes this long is noise (dithered plans, photographs).
PAGE_SECONDS = 60.0
# Two cores read two pages at once: Tesseract's own threads gain 1.2 on one page, two pages beside each other 1.9.
PAGES_AT_ONCE = 2
# Below this mean confidence (0 to 100) a page is said to be doubtful: clean scans have 90 and more, noise 20 to 50.
DOUBTFUL_CONFIDENCE = 60.0

# Levels of Tesseract's TSV rows.
_PAGE_ROW, _WORD_ROW = "1", "5"
_TSV_COLUMNS = 12


class Word(NamedTuple):
    """A word in pixels of the picture, y downwards from its upper left corner; ``confidence`` from 0 to 100."""

    text: str
    left: int
    top: int
    right: int
    bottom: int
    confidence: float


class Recognised(NamedTuple):
    """What was read of one picture: its size in pixels and its lines of words, in reading order."""

    width: int
    height: int
    lines: tuple[tuple[Word, ...], ...]

    @property
    def confidence(self) -> float:
        """Mean confidence of the words, from 0 to 100; 0 without words."""
        words = [word.confidence for line in self.lines for word in line]
        return sum(words) / len(words) if words else 0.0


@cache
def program() -> str | None:
    """The path of a Tesseract that knows French, or None."""
    found = shutil.which("tesseract")
    if found is None:
        return None
    try:
        listed = subprocess.run(  # noqa: S603 - the machine's own program
            [found, "--list-langs"], capture_output=True, timeout=PAGE_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return found if LANGUAGE in listed.stdout.decode("utf-8", errors="replace").split() else None


def recognise(picture: bytes, name: str, *, dots_per_inch: int | None) -> tuple[Recognised, ...]:
    """Reads a picture (PGM, PNG, JPEG, TIFF): one result for each of its pages.

    Args:
        picture: the bytes of the file.
        name: what to call it in an error.
        dots_per_inch: its resolution; None: what the file says, else Tesseract's guess.

    Raises:
        ReadingError: no Tesseract, a picture that it cannot open, or one that takes longer than ``PAGE_SECONDS``.
    """
    found = program()
    if found is None:
        raise ReadingError(
            f"« {name} » est une image : il faut la reconnaissance de caractères (OCR) pour la lire.",
            f"Installez-la : {INSTALL_COMMAND}",
        )
    resolution = [] if dots_per_inch is None else ["--dpi", str(dots_per_inch)]
    command = [found, "stdin", "stdout", "-l", LANGUAGE, *resolution, "-c", "tessedit_create_tsv=1"]
    try:
        # One thread each: pages are read beside each other.
        done = subprocess.run(  # noqa: S603 - the machine's own program, no shell
            command,
            input=picture,
            capture_output=True,
            timeout=PAGE_SECONDS,
            check=False,
            env=os.environ | {"OMP_THREAD_LIMIT": "1"},
        )
    except subprocess.TimeoutExpired as error:
        raise ReadingError(
            f"« {name} » : la reconnaissance de caractères n'en finit pas ({PAGE_SECONDS:.0f} s).",
            "Numérisez-la plus nettement.",
        ) from error
    except OSError as error:
        raise ReadingError(
            f"« {name} » : Tesseract n'a pas pu être lancé ({reason_of(error)}).",
            f"Réinstallez-le : {INSTALL_COMMAND}",
        ) from error
    if done.returncode != 0:
        raise ReadingError(
            f"« {name} » : l'image ne peut pas être ouverte, elle est tronquée ou abîmée.",
            "Numérisez ou enregistrez-la de nouveau.",
        )
    return _parsed(done.stdout.decode("utf-8", errors="replace"))


def _parsed(table: str) -> tuple[Recognised, ...]:
    pages: list[tuple[int, int, dict[tuple[str, ...], list[Word]]]] = []
    for row in table.split("\n"):
        cells = row.rstrip("\r").split("\t")
        if len(cells) < _TSV_COLUMNS or not cells[6].isdigit():
            continue
        left, top, width, height = (int(cell) for cell in cells[6:10])
        if cells[0] == _PAGE_ROW:
            pages.append((width, height, {}))
        elif cells[0] == _WORD_ROW and cells[11].strip() and pages:
            word = Word(cells[11].strip(), left, top, left + width, top + height, float(cells[10]))
            pages[-1][2].setdefault(tuple(cells[2:5]), []).append(word)
    return tuple(
        Recognised(width, height, tuple(tuple(line) for line in lines.values()))
        for width, height, lines in pages
    )
