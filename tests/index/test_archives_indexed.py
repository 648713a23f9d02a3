"""Archives and messages into the index: members are documents, one archive is one consultation, and nothing bad stops a run."""

import errno
import hashlib
import io
import os
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest

from assistant.datatypes import Kind
from assistant.errors import LibraryError
from assistant.index.library import Library
from assistant.reading import ocr
from tests.conftest import write_rules
from tests.fakes import FakeEmbedding
from tests.index.test_ingest import contents, index
from tests.reading.made_files import pdf, text_page


def zipped(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def piece(text: str) -> bytes:
    return pdf([text_page(f"ARTICLE 1 - OBJET {text.upper()}", f"Le marché a pour objet {text}.")])


def origins(library: Library) -> list[str]:
    return sorted(
        Path(origin).name if "›" not in origin else origin[origin.rindex("dce.zip") :]
        for held in library.store.held()
        for origin in held.origins
    )


def dce(folder: Path, **members: bytes) -> Path:
    path = folder / "dce.zip"
    path.write_bytes(zipped(**members))
    return path


def test_members_of_an_archive_are_documents_of_one_consultation(
    library: Library, embedding: FakeEmbedding, tmp_path: Path
) -> None:
    inner = zipped(
        **{"plan.pdf": piece("un plan"), "notes.txt": "Une note assez longue pour être lue.".encode()}
    )
    path = dce(
        tmp_path,
        **{
            "CCAP.pdf": piece("le nettoyage"),
            "annexes/CCTP.pdf": piece("la technique"),
            "annexes/annexes.zip": inner,
            "plan.dwg": b"AC1027" * 9,
        },
    )
    report = index(library, embedding, path)
    assert origins(library) == [
        "dce.zip › CCAP.pdf",
        "dce.zip › annexes/CCTP.pdf",
        "dce.zip › annexes/annexes.zip › notes.txt",
        "dce.zip › annexes/annexes.zip › plan.pdf",
    ]
    assert report.skipped == (f"{path.resolve()} › plan.dwg",)
    assert report.failures == ()
    for held in library.store.held():
        assert held.source.kind is Kind.TENDER
        assert library.store.metadata(held.source.id)[-1] == ("consultation", str(path.resolve()))
    assert {held.source.title for held in library.store.held()} >= {"CCAP", "CCTP", "plan"}


def test_an_unchanged_archive_costs_no_embedding(
    library: Library, embedding: FakeEmbedding, tmp_path: Path
) -> None:
    path = dce(tmp_path, **{"CCAP.pdf": piece("le nettoyage")})
    index(library, embedding, path)
    asked, generation = len(embedding.asked), library.store.generation
    assert index(library, embedding, path).unchanged == (f"{path.resolve()} › CCAP.pdf",)
    assert (len(embedding.asked), library.store.generation) == (asked, generation)


def test_members_that_are_gone_from_an_archive_go_from_the_index(
    library: Library, embedding: FakeEmbedding, tmp_path: Path
) -> None:
    path = dce(tmp_path, **{"CCAP.pdf": piece("le nettoyage"), "RC.pdf": piece("la consultation")})
    index(library, embedding, path)
    dce(tmp_path, **{"CCAP.pdf": piece("le gardiennage"), "AE.pdf": piece("la consultation")})
    index(library, embedding, path)
    assert origins(library) == ["dce.zip › AE.pdf", "dce.zip › CCAP.pdf"]
    assert "gardiennage" in " ".join(
        library.store.document(held.source.id).text for held in library.store.held()
    )


def test_a_damaged_archive_takes_nothing_out(
    library: Library, embedding: FakeEmbedding, tmp_path: Path
) -> None:
    path = dce(tmp_path, **{"CCAP.pdf": piece("le nettoyage")})
    index(library, embedding, path)
    path.write_bytes(path.read_bytes()[:-30])
    report = index(library, embedding, path)
    assert origins(library) == ["dce.zip › CCAP.pdf"]
    assert "tronquée ou abîmée" in report.failures[0].message


def test_a_bad_member_does_not_stop_the_others(
    library: Library, embedding: FakeEmbedding, tmp_path: Path
) -> None:
    path = dce(
        tmp_path,
        **{
            "a.pdf": b"%PDF-1.7\nrien",
            "b.pdf": piece("un autre"),
            "c.zip": b"PK\x03\x04" + b"x" * 40,
            "vide.docx": b"",
            "d.pdf": piece("le dernier"),
        },
    )
    report = index(library, embedding, path)
    assert origins(library) == ["dce.zip › b.pdf", "dce.zip › d.pdf"]
    assert sorted(failure.origin.rpartition("› ")[2] for failure in report.failures) == [
        "a.pdf",
        "c.zip",
        "vide.docx",
    ]
    assert all(failure.message and failure.hint for failure in report.failures)


def test_the_same_bytes_in_two_consultations_belong_to_both(
    library: Library, embedding: FakeEmbedding, tmp_path: Path
) -> None:
    for name in ("un", "deux"):
        (tmp_path / name).mkdir()
        dce(tmp_path / name, **{"CCAG.pdf": piece("le cahier général")})
    index(library, embedding, tmp_path)
    (held,) = library.store.held()
    assert [value for key, value in library.store.metadata(held.source.id) if key == "consultation"] == [
        str((tmp_path / name).resolve()) for name in ("deux", "un")
    ]


def test_a_folder_with_files_of_its_own_is_one_consultation_and_rules_belong_to_none(
    library: Library, embedding: FakeEmbedding, tmp_path: Path
) -> None:
    folder = tmp_path / "marché"
    (folder / "annexes").mkdir(parents=True)
    (folder / "CCAP.pdf").write_bytes(piece("le nettoyage"))
    (folder / "annexes" / "plan.pdf").write_bytes(piece("un plan"))
    write_rules(folder / "regles.jsonl")
    index(library, embedding, folder)
    found = {
        held.source.kind: dict(library.store.metadata(held.source.id)).get("consultation")
        for held in library.store.held()
    }
    assert found == {Kind.TENDER: str(folder.resolve()), Kind.RULE: None}


def message(*files: tuple[str, bytes]) -> bytes:
    made = EmailMessage()
    made["Subject"], made["From"], made["To"] = (
        "Dossier de consultation",
        "acheteur@exemple.fr",
        "juriste@exemple.fr",
    )
    made.set_content("Veuillez trouver ci-joint les pièces du marché.")
    for name, data in files:
        made.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return made.as_bytes()


def test_the_attachments_of_a_message_are_documents_and_go_when_they_are_gone(
    library: Library, embedding: FakeEmbedding, tmp_path: Path
) -> None:
    path = tmp_path / "courriel.eml"
    path.write_bytes(
        message(
            ("CCAP.pdf", piece("le nettoyage")), ("lot.zip", zipped(**{"RC.pdf": piece("la consultation")}))
        )
    )
    index(library, embedding, path)
    names = sorted(
        origin.rpartition("courriel.eml")[2] for held in library.store.held() for origin in held.origins
    )
    assert names == ["", " › CCAP.pdf", " › lot.zip › RC.pdf"]
    assert len(index(library, embedding, path).unchanged) == 3
    path.write_bytes(message(("CCAP.pdf", piece("le nettoyage"))))
    index(library, embedding, path)
    assert sorted(
        origin.rpartition("courriel.eml")[2] for held in library.store.held() for origin in held.origins
    ) == ["", " › CCAP.pdf"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no FIFO")
def test_a_pipe_is_said_and_the_others_are_indexed(
    library: Library, embedding: FakeEmbedding, tmp_path: Path
) -> None:
    (tmp_path / "dossier").mkdir()
    os.mkfifo(tmp_path / "dossier" / "CCAP.pdf")
    (tmp_path / "dossier" / "RC.pdf").write_bytes(piece("la consultation"))
    report = index(library, embedding, tmp_path / "dossier", tmp_path / "dossier" / "CCAP.pdf")
    assert [Path(one.origin).name for one in report.added] == ["RC.pdf"]
    (failure,) = report.failures
    assert failure.origin == str(tmp_path / "dossier" / "CCAP.pdf")
    assert "n'est pas un fichier ordinaire" in failure.message


def test_a_file_removed_by_its_id_comes_back_from_its_archive(
    library: Library, embedding: FakeEmbedding, tmp_path: Path
) -> None:
    path = dce(tmp_path, **{"CCAP.pdf": piece("le nettoyage"), "RC.pdf": piece("la consultation")})
    index(library, embedding, path)
    library.store.remove(library.store.held()[0].source.id)
    assert len(index(library, embedding, path).added) == 1


def test_scans_are_read_again_once_there_is_an_ocr(
    library: Library, embedding: FakeEmbedding, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.reading.made_scans import picture_of, scan

    if ocr.program() is None:
        pytest.skip(f"Tesseract and its French data are not installed: {ocr.INSTALL_COMMAND}")
    path = tmp_path / "scan.pdf"
    path.write_bytes(
        scan(
            [
                picture_of(
                    pdf([text_page("Le présent marché a pour objet le nettoyage des locaux.", top=700)]),
                    0,
                    200,
                )
            ],
            200,
        )
    )
    (tmp_path / "copie").mkdir()
    (tmp_path / "copie" / "scan.pdf").write_bytes(path.read_bytes())
    with monkeypatch.context() as without:
        without.setenv("PATH", str(tmp_path))
        ocr.program.cache_clear()
        (one,) = index(library, embedding, tmp_path).added
        assert [problem.code for problem in one.problems] == ["page-without-text"]
        assert len(index(library, embedding, tmp_path).unchanged) == 2
    ocr.program.cache_clear()
    (one,) = index(library, embedding, tmp_path).added
    assert [problem.code for problem in one.problems] == ["page-read-by-ocr"]
    (held,) = library.store.held()
    assert len(held.origins) == 2
    assert "nettoyage des locaux" in library.store.document(one.source_id).text
    assert len(index(library, embedding, tmp_path).unchanged) == 2


def test_a_full_disk_is_said_and_leaves_the_index_as_before(
    library: Library, embedding: FakeEmbedding, tmp_path: Path
) -> None:
    index(library, embedding, write_rules(tmp_path / "r.jsonl"))
    before = contents(library)
    pages = library.store.database._connection.execute("PRAGMA page_count").fetchone()[0]
    library.store.database._connection.execute(
        f"PRAGMA max_page_count = {pages + 2}"
    )  # SQLite then answers as on a full disk
    text = "\n\n".join(
        f"# Article {number}\n\nUn texte du marché numéro {number}, avec ses clauses et ses délais."
        for number in range(400)
    )
    (tmp_path / "long.md").write_text(text, encoding="utf-8")
    with pytest.raises(LibraryError, match="disque est plein") as caught:
        index(library, embedding, tmp_path / "long.md")
    assert "reprend" in caught.value.hint
    assert contents(library) == before
    library.store.database._connection.execute("PRAGMA max_page_count = 1000000")
    assert len(index(library, embedding, tmp_path / "long.md").added) == 1


def test_an_index_that_cannot_be_written_is_said(
    library: Library, embedding: FakeEmbedding, tmp_path: Path
) -> None:
    index(library, embedding, write_rules(tmp_path / "r.jsonl"))
    library.store.database._connection.execute("PRAGMA query_only = ON")
    (tmp_path / "n.md").write_text("# Titre\n\nUn texte assez long.", encoding="utf-8")
    with pytest.raises(LibraryError, match="n'a pas pu être écrit"):
        index(library, embedding, tmp_path / "n.md")
    assert isinstance(library.store.database._connection, sqlite3.Connection)
    assert library.store.counts()["document"] == 1


def test_a_plan_of_a_stopped_run_that_read_otherwise_is_forgotten(
    library: Library, embedding: FakeEmbedding, tmp_path: Path
) -> None:
    path = tmp_path / "n.md"
    path.write_text("# Titre\n\nUn texte assez long.", encoding="utf-8")
    library.store.batches(hashlib.sha256(path.read_bytes()).hexdigest()[:16], lambda: [[b"\x01" * 32]])
    assert len(index(library, embedding, path).added) == 1


def test_a_disk_that_is_full_for_the_derived_indexes_is_said(
    library: Library, embedding: FakeEmbedding, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index(library, embedding, write_rules(tmp_path / "r.jsonl"))

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as without_room:
        without_room.setattr(library.words, "synchronise", full)
        with pytest.raises(LibraryError, match="disque est plein"):
            library.synchronise_words()
    library.synchronise_words()
    assert library.words.held == library.store.serials()


def test_a_disk_that_is_really_full_is_said_and_the_index_is_sound(
    embedding: FakeEmbedding, tmp_path: Path
) -> None:
    small = tmp_path / "petit"
    small.mkdir()
    mounted = (
        shutil.which("mount")
        and subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(small)], capture_output=True
        ).returncode
        == 0
    )
    if not mounted:
        pytest.skip("a small disk can be made by root only")
    try:
        library = Library(small / "l")
        index(library, embedding, write_rules(tmp_path / "r.jsonl"))
        before = contents(library)[:2]
        text = "\n\n".join(
            f"# Titre {number}\n\n" + f"Un texte du marché numéro {number}, avec ses clauses. " * 3
            for number in range(6_000)
        )
        (tmp_path / "long.md").write_text(text, encoding="utf-8")
        with pytest.raises(LibraryError, match="disque est plein"):
            index(library, embedding, tmp_path / "long.md")
        assert library.store.check()
        assert contents(library)[:2] == before
        library.close()
    finally:
        subprocess.run(["umount", str(small)], check=False)
