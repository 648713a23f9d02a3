"""A document is annotated in a process of its own: what it takes, the one who asks does not pay."""

import hashlib
import io
import resource
import sys
import zipfile
from datetime import datetime
from pathlib import Path

import pytest

from assistant import annotation, office, reading
from assistant.annotation import worker
from assistant.datatypes import Document, Finding, Kind, Source, Span
from assistant.errors import ReadingError
from assistant.office.package import rewritten
from assistant.reading import package
from assistant.reading.formats import Format
from assistant.reading.isolation import Readers
from assistant.review import rules
from assistant.workspace import Workspace

WHEN = datetime(2026, 11, 25, 10, 30)
WORDS = "Le délai de paiement est de 90 jours."
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def finding(text: str) -> Finding:
    name = "delai-paiement-excessif"
    rule, start = rules()[name], text.index(WORDS)
    span = Span(start, start + len(WORDS))
    return Finding(
        name, rule.severity, None, None, span, WORDS, rule.message, rule.legal_basis, rule.suggestion
    )


def honest(path: Path) -> Document:
    office.write(f"# CCAP\n\n## Article 4. Paiement\n\n{WORDS}\n", path)
    return reading.read(path, kind=Kind.TENDER, collection="")


def bomb(path: Path) -> Document:
    """A document of 100 kB, of 60 MB of XML: its tree takes more than a gigabyte."""
    honest(path)
    paragraph = f"<w:p><w:r><w:t>{WORDS}</w:t></w:r></w:p>"
    text = f'<w:document xmlns:w="{W}"><w:body>{paragraph}{"<w:p/>" * 10_000_000}</w:body></w:document>'
    path.write_bytes(rewritten(path.read_bytes(), {"word/document.xml": text.encode()}))
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    source = Source(digest[:16], digest, path.name, Kind.TENDER, str(path), "", Format.DOCX.value)
    return Document(source, WORDS)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux bounds a process's memory")
def test_a_document_that_swells_is_refused_by_its_name_and_the_next_is_annotated(tmp_path: Path) -> None:
    """57 kB took the server of a page 228 MB and 5 s: it was parsed there, by one press on « Annoter le document »."""
    swollen, fair = bomb(tmp_path / "bombe.docx"), honest(tmp_path / "CCAP.docx")
    assert (tmp_path / "bombe.docx").stat().st_size < 200_000
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with Readers(seconds=20, memory_bytes=400 * 1024**2, module=worker.MODULE) as small:
        with pytest.raises(ReadingError, match=r"« bombe.docx »"):
            worker.annotated(small, tmp_path / "bombe.docx", swollen, [finding(swollen.text)], when=WHEN)
        made = worker.annotated(small, tmp_path / "CCAP.docx", fair, [finding(fair.text)], when=WHEN)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100 * 1024  # kilobytes
    assert made.told == "1 constat en commentaire, 1 texte proposé en suivi des modifications"


@pytest.mark.parametrize("ending", ["docx", "odt"])
def test_a_document_annotated_there_is_the_one_annotated_here(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"CCAP.{ending}"
    document = honest(path)
    findings = [finding(document.text)]
    with Readers(module=worker.MODULE) as readers:
        made = worker.annotated(readers, path, document, findings, when=WHEN)
    here = annotation.annotated(path.read_bytes(), document, findings, when=WHEN)
    assert (made.placed, made.changes, made.apart) == (here.placed, here.changes, here.apart) == (1, 1, 0)
    with zipfile.ZipFile(io.BytesIO(made.data)) as one, zipfile.ZipFile(io.BytesIO(here.data)) as other:
        assert {name: one.read(name) for name in one.namelist()} == {
            name: other.read(name) for name in other.namelist()
        }


def test_the_workspace_parses_nothing_to_annotate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    document = honest(tmp_path / "CCAP.docx")

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a file was parsed in the process that asks")

    monkeypatch.setattr(package.parsed, "__code__", refuse.__code__)
    monkeypatch.setattr(package.check_size, "__code__", refuse.__code__)
    workspace = Workspace(tmp_path / "home")
    made = workspace.annotated(document, [finding(document.text)])
    workspace.close()
    with zipfile.ZipFile(io.BytesIO(made.data)) as annotated:
        assert "Délai de paiement trop long" in annotated.read("word/comments.xml").decode()


def test_a_document_that_has_changed_since_its_review_is_refused(tmp_path: Path) -> None:
    document = honest(tmp_path / "CCAP.docx")
    office.write("# Autre chose\n", tmp_path / "CCAP.docx")
    with (
        Readers(module=worker.MODULE) as readers,
        pytest.raises(ReadingError, match=r"« CCAP.docx » a changé depuis son contrôle"),
    ):
        worker.annotated(readers, tmp_path / "CCAP.docx", document, [finding(document.text)], when=WHEN)
