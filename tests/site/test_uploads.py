import io
import json
import threading
import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from assistant.datatypes import Kind
from assistant.errors import (
    AssistantError,
    DamagedFileError,
    EmptyFileError,
    ReadingError,
    UnknownFormatError,
    UsageError,
)
from assistant.index import ingest
from assistant.index.library import Library
from assistant.index.search import Searcher
from assistant.reading import recognised
from assistant.settings import Settings
from assistant.site import uploads
from assistant.site.uploads import Uploads, safe_name
from tests.answering.samples import SHEET
from tests.conftest import ROOT, RULES, write_rules
from tests.fakes import FakeEmbedding

DOCX = ROOT / "corpus" / "accords-cadres" / "accord-cadre-fictif-hebergement-cloud.docx"


@pytest.fixture
def kept(tmp_path: Path) -> Uploads:
    return Uploads(tmp_path, 2_000_000, 3, recognised)


def note(text: str) -> io.BytesIO:
    return io.BytesIO(f"# Note\n\n{text}\n".encode())


def test_a_document_is_kept_for_its_owner_alone(kept: Uploads, tmp_path: Path) -> None:
    mine = kept.receive("claire", "Projet de CCTP.docx", DOCX.open("rb"))
    assert (mine.name, mine.bytes) == ("Projet de CCTP.docx", DOCX.stat().st_size)
    assert mine.path.read_bytes() == DOCX.read_bytes()
    assert mine.path.is_relative_to(tmp_path / "uploads" / "claire")
    assert mine.path.stat().st_mode & 0o777 == 0o600
    assert mine.path.parent.stat().st_mode & 0o777 == 0o700
    assert kept.held("claire") == (mine,)
    assert kept.path("claire", mine.id) == mine.path
    assert kept.held("paul") == ()
    for other in (kept.path, kept.remove):
        with pytest.raises(UsageError, match="plus là"):
            other("paul", mine.id)
    assert (kept.collection("claire"), kept.collection("local")) == ("prive:claire", "prive:local")


@pytest.mark.parametrize(
    ("name", "kept_as"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\x\\CCAP.pdf", "CCAP.pdf"),
        ("rapport\u202efdp.exe.md", "rapport_fdp.exe.md"),
        ("<img src=x onerror=alert(1)>.md", "_img src=x onerror=alert(1)_.md"),
        ("  .htaccess", "htaccess"),
        ("a\nb\x1b[31m.txt", "a_b_[31m.txt"),
        ("CON.txt", "_CON.txt"),
        ("é" * 300 + ".pdf", "é" * 116 + ".pdf"),
        ("Cahier des clauses n° 2 – été.odt", "Cahier des clauses n° 2 – été.odt"),
        ("e\u0301te\u0301.md", "été.md"),
    ],
)
def test_hostile_names_lead_nowhere_else(name: str, kept_as: str) -> None:
    assert safe_name(name) == kept_as


@pytest.mark.parametrize("name", ["", "..", "/", "a/", "...", "\x00", "\u202e", "///..//"])
def test_names_that_are_none_are_refused(name: str) -> None:
    with pytest.raises(UsageError, match="nom"):
        safe_name(name)


@pytest.mark.parametrize("owner", ["../paul", "a/b", "", "..", "Claire Martin"])
def test_hostile_owners_have_no_folder(kept: Uploads, owner: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        kept.receive(owner, "note.md", note("x"))
    assert not (tmp_path / "uploads").exists()


@pytest.mark.parametrize(
    ("name", "data", "error"),
    [
        ("vide.pdf", b"", EmptyFileError),
        ("faux.pdf", b"du texte", DamagedFileError),
        ("programme.pdf", b"\x7fELF" + b"\0" * 200, UnknownFormatError),
        ("image.docx", b"GIF89a" + b"\0" * 200, UnknownFormatError),
        ("articles.jsonl", b'{"work": "CCP", "num": "L1", "text": "x"}\n', UnknownFormatError),
        ("questions", b'{"question": "x", "targets": []}\n', UnknownFormatError),
        ("code.xml", b"<?xml version='1.0'?><ARTICLE/>", UnknownFormatError),
    ],
)
def test_what_is_no_document_is_refused_by_its_bytes(
    kept: Uploads, name: str, data: bytes, error: type[AssistantError], tmp_path: Path
) -> None:
    with pytest.raises(error) as refused:
        kept.receive("claire", name, io.BytesIO(data))
    assert str(tmp_path) not in str(refused.value)
    assert [path for path in (tmp_path / "uploads").rglob("*") if path.is_file()] == []


def test_size_and_number_are_bounded(kept: Uploads, tmp_path: Path) -> None:
    with pytest.raises(ReadingError, match="trop gros : plus de 2 Mo"):
        kept.receive("claire", "gros.txt", io.BytesIO(b"mot " * 600_000))
    for number in range(3):
        kept.receive("claire", "note.md", note(f"numéro {number}"))
    assert len({one.id for one in kept.held("claire")}) == 3  # the same name, three documents
    with pytest.raises(UsageError, match="3 documents"):
        kept.receive("claire", "note.md", note("numéro 4"))
    same = kept.receive("claire", "autre nom.md", note("numéro 0"))  # the same bytes: nothing is added
    assert same.name == "note.md"
    kept.receive("paul", "note.md", note("numéro 4"))
    kept.remove("claire", same.id)
    kept.receive("claire", "note.md", note("numéro 4"))
    big = Uploads(tmp_path, 1_000_000, 10, recognised)
    big.receive("zoe", "un.txt", io.BytesIO(b"un " * 200_000))
    with pytest.raises(UsageError, match="1 Mo au plus"):
        big.receive("zoe", "deux.txt", io.BytesIO(b"deux " * 150_000))


def test_the_bounds_are_the_site_s(tmp_path: Path) -> None:
    kept = uploads.of(Settings(tmp_path, upload_megabytes=1, upload_files=1), recognised)
    kept.receive("claire", "un.md", note("un"))
    with pytest.raises(UsageError, match="1 documents et 1 Mo au plus"):
        kept.receive("claire", "deux.md", note("deux"))
    assert kept.owners() == ("claire",)
    assert kept.older("claire", date(2999, 1, 1)) == kept.held("claire")
    assert kept.older("claire", date(2000, 1, 1)) == ()


# ---- in the index -------------------------------------------------------------------------------------------------------------------------


def test_a_private_document_is_found_by_its_owner_alone(
    kept: Uploads, library: Library, embedding: FakeEmbedding
) -> None:
    for owner, words in (
        ("claire", "Le délai de livraison des pommes est de trente jours."),
        ("paul", "Le délai de livraison des poires est de dix jours."),
    ):
        one = kept.receive(owner, "note.md", note(words))
        ingest.index_paths(
            library.store, embedding, [one.path], collection=kept.collection(owner), kind=Kind.TENDER
        )
    searcher = Searcher(library, embedding)
    found = searcher.search("délai de livraison", collections=[kept.collection("claire")])
    assert [hit.passage.text.count("pommes") for hit in found] == [1]


@pytest.mark.parametrize("what", ["rules", "questions", "sheet", "rules in an archive"])
def test_what_would_change_others_answers_is_not_indexed_in_a_private_collection(
    what: str, tmp_path: Path, library: Library, embedding: FakeEmbedding
) -> None:
    rules = write_rules(tmp_path / "regles.jsonl", RULES[:1])
    if what == "questions":
        path = tmp_path / "questions.jsonl"
        path.write_text(
            json.dumps(
                {
                    "question": "On fait comment ?",
                    "kind": "acheteur",
                    "targets": [{"work": "CCP", "article": "L2112-4"}],
                }
            ),
            encoding="utf-8",
        )
    elif what == "sheet":
        path = tmp_path / "fiche.yaml"
        path.write_text(SHEET, encoding="utf-8")
    elif what == "rules in an archive":
        path = tmp_path / "dossier.zip"
        with zipfile.ZipFile(path, "w") as archive:
            archive.write(rules, "annexes/regles.jsonl")
    else:
        path = rules
    report = ingest.index_paths(library.store, embedding, [path], collection="prive:claire")
    assert report.added == ()
    assert "il changerait les réponses de tous" in report.failures[0].message
    assert library.store.counts()["document"] == 0
    shared = ingest.index_paths(library.store, embedding, [path], collection="commune")
    assert len(shared.added) == 1


def sent_at_once(kept: Uploads, texts: Sequence[str]) -> list[str]:
    """Notes that claire sends from as many tabs at the same moment: the name of each, or why it was refused."""
    ready, told = threading.Barrier(len(texts)), list[str]()

    def send(number: int, data: bytes) -> None:
        ready.wait(30)
        try:
            told.append(kept.receive("claire", f"{number}.md", data).name)
        except UsageError as refusal:
            told.append(refusal.message)

    threads = [threading.Thread(target=send, args=(number, note(one))) for number, one in enumerate(texts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return told


def test_documents_kept_at_once_share_one_quota(kept: Uploads) -> None:
    """Two tabs that send at the same time do not each have the whole room."""
    told = sent_at_once(kept, [f"Document {number}" for number in range(8)])
    assert len(kept.held("claire")) == 3
    assert sum("3 documents" in one for one in told) == 5


def test_bytes_kept_at_once_share_one_quota(tmp_path: Path) -> None:
    kept = Uploads(tmp_path, 25_000, 100, recognised)
    sent_at_once(kept, [f"{number} " + "mot " * 2_490 for number in range(6)])  # 10 kB each
    assert sum(one.bytes for one in kept.held("claire")) <= 25_000
    assert len(kept.held("claire")) == 2
