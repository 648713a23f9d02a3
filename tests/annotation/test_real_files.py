"""Twenty files, written by our exporter and by LibreOffice, annotated, then opened again by LibreOffice."""

import hashlib
import shutil
import subprocess
from datetime import datetime
from pathlib import Path

import pytest

from assistant import annotation, office, reading, sentences
from assistant.annotation.docx import DocxSheet
from assistant.annotation.odt import OdtSheet
from assistant.datatypes import Document, Finding, Kind, Span
from assistant.review import review, rules
from tests.annotation import opened
from tests.conftest import ROOT
from tests.review.made import TODAY

PIECES = ("09-ccap-cloud", "06-rc-uniformes", "18-ccp-nettoyage", "20-ae-uniformes", "22-cctp-paie")
FILES = [
    f"{piece}-{writer}.{ending}"
    for piece in PIECES
    for writer in ("maison", "libreoffice")
    for ending in ("docx", "odt")
]
WHEN = datetime(2026, 11, 25, 10, 30)
# One sentence in so many bears a finding, beside those of the review.
EVERY = 4
NAMED = ("delai-paiement-excessif", "de-preference", "retenue-garantie-excessive")

pytestmark = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")


def converted(paths: list[Path], ending: str, folder: Path) -> None:
    """Has LibreOffice write files in another format."""
    profile = f"-env:UserInstallation=file://{folder}/profil"
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        ending,
        "--outdir",
        str(folder),
        *map(str, paths),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=600)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Each piece as a DOCX and an ODT of ours, and as those that LibreOffice makes of them."""
    folder = tmp_path_factory.mktemp("pieces")
    for piece in PIECES:
        text = (ROOT / "corpus" / "revue" / "pieces" / f"{piece}.md").read_text(encoding="utf-8")
        for ending in ("docx", "odt"):
            (folder / f"{piece}-maison.{ending}").write_bytes(office.convert(text, ending))
    for ending, other in (("docx", "odt"), ("odt", "docx")):
        sources = []
        for piece in PIECES:
            sources.append(folder / f"{piece}-libreoffice.{ending}")
            shutil.copy(folder / f"{piece}-maison.{ending}", sources[-1])
        converted(sources, other, folder / "autre")
        for source in sources:
            source.unlink()
    for path in (folder / "autre").glob("*-libreoffice.*"):
        shutil.move(path, folder / path.name)
    return {name: (folder / name).read_bytes() for name in FILES}


def read(data: bytes, name: str) -> Document:
    return reading.read_bytes(data, name, kind=Kind.TENDER, collection="essai")


def finding(document: Document, span: Span, name: str) -> Finding:
    rule = rules()[name]
    return Finding(
        name,
        rule.severity,
        None,
        None,
        span,
        span.of(document.text),
        rule.message,
        rule.legal_basis,
        rule.suggestion,
    )


def findings_of(document: Document) -> list[Finding]:
    """What the review finds, and more: sentences all over the document."""
    spans = sentences.split(document.text)[::EVERY]
    return [
        *review([document], day=TODAY)[0].findings,
        *(finding(document, span, NAMED[number % len(NAMED)]) for number, span in enumerate(spans)),
    ]


@pytest.fixture(scope="module")
def annotated(files: dict[str, bytes]) -> dict[str, tuple[list[Finding], annotation.Annotated]]:
    made = {}
    for name, data in files.items():
        document = read(data, name)
        findings = findings_of(document)
        made[name] = findings, annotation.annotated(data, document, findings, when=WHEN)
    return made


Made = dict[str, tuple[list[Finding], annotation.Annotated]]


@pytest.mark.parametrize("name", FILES)
def test_every_finding_stands_at_its_words_or_is_told_at_the_beginning(annotated: Made, name: str) -> None:
    findings, made = annotated[name]
    assert made.placed + made.apart == len(findings)
    assert made.placed >= 0.95 * len(findings)
    assert made.changes >= 1
    words = opened.commented(opened.refused(made.data))
    ranged = [text for text in words.values() if text]
    assert len(ranged) == made.placed
    spoken = ["".join(one.quote.replace("|", " ").split()) for one in findings]
    at_their_words = sum(
        any(text and (text in quote or quote in text) for text in ranged) for quote in spoken
    )
    assert at_their_words >= made.placed


@pytest.mark.parametrize("name", FILES)
def test_refusing_the_changes_gives_back_every_character_and_its_looks(
    files: dict[str, bytes], annotated: Made, name: str
) -> None:
    made = annotated[name][1]
    assert opened.looks(opened.refused(made.data)) == opened.looks(opened.refused(files[name]))


@pytest.mark.parametrize("name", FILES)
def test_every_other_part_is_byte_for_byte_the_same(
    files: dict[str, bytes], annotated: Made, name: str
) -> None:
    before, after = opened.members(files[name]), opened.members(annotated[name][1].data)
    written = (
        {"content.xml"}
        if name.endswith(".odt")
        else {"word/document.xml", "word/comments.xml", "[Content_Types].xml", "word/_rels/document.xml.rels"}
    )
    assert {part for part in after if after[part] != before.get(part)} <= written
    assert set(after) - set(before) <= {"word/comments.xml"}
    assert list(before) == list(after)[: len(before)]


@pytest.mark.parametrize("name", FILES)
def test_accepting_the_changes_reads_as_the_text_with_the_words_proposed(
    files: dict[str, bytes], annotated: Made, name: str
) -> None:
    findings, made = annotated[name]
    before, after = read(files[name], name).text, read(made.data, name).text
    proposed = {
        rules()[rule].suggestion.strip("« »") for rule in NAMED if rules()[rule].suggestion.startswith("«")
    }
    assert sum(after.count(text) - before.count(text) for text in proposed) == made.changes
    quotes = {one.quote for one in findings}
    assert set(after.split("\n")) - set(before.split("\n")) <= {
        line for line in after.split("\n") if any(text in line for text in proposed)
    }
    assert quotes


@pytest.mark.parametrize("name", FILES)
def test_a_paragraph_is_shown_letter_for_letter_from_its_elements(files: dict[str, bytes], name: str) -> None:
    sheet = (OdtSheet if name.endswith(".odt") else DocxSheet)(files[name], name, WHEN)
    for paragraph in sheet.paragraphs():
        if paragraph.shown:
            assert "".join("".join(shown.text for shown in paragraph.shown).split()) == "".join(
                paragraph.text.split()
            )


def test_libreoffice_opens_all_twenty_with_their_comments_and_changes(
    annotated: Made, tmp_path: Path
) -> None:
    paths = []
    for name, (_, made) in annotated.items():
        paths.append(tmp_path / f"{hashlib.sha256(name.encode()).hexdigest()[:12]}.{name.rpartition('.')[2]}")
        paths[-1].write_bytes(made.data)
    converted(paths, "odt:writer8", tmp_path / "relu")
    found = {
        name: opened.counted((tmp_path / "relu" / f"{path.stem}.odt").read_bytes())
        for name, path in zip(annotated, paths, strict=True)
    }
    assert found == {
        name: (made.placed + bool(made.apart), 2 * made.changes) for name, (_, made) in annotated.items()
    }
