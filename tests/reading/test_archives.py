import gzip
import io
import zipfile
from pathlib import Path

import pytest

from assistant.errors import DamagedFileError, EmptyFileError, EncryptedFileError, ReadingError
from assistant.reading import archives
from assistant.reading.archives import (
    Budget,
    Member,
    Refused,
    carried,
    guess_name,
    is_archive,
    members,
    opened,
)

from .made_files import pdf, saved, text_page
from .made_hostile import HONEST, _tar, _tar_of, _zip, locked, zip_with_raw_name


def names(source: bytes | Path, name: str = "dce.zip") -> list[str]:
    return [one.name for one in members(source, name) if isinstance(one, Member)]


def refusals(source: bytes, name: str = "dce.zip") -> list[ReadingError]:
    return [one.error for one in members(source, name) if isinstance(one, Refused)]


def test_members_come_in_order_with_their_place():
    inner = _zip({"RC.txt": "rc"})
    found = list(
        members(_zip({"CCAP.txt": "ccap", "annexes/lot.zip": inner, "annexes/AE.txt": "ae"}), "dce.zip")
    )
    assert found == [
        Member("dce.zip › CCAP.txt", b"ccap"),
        Member("dce.zip › annexes/lot.zip › RC.txt", b"rc"),
        Member("dce.zip › annexes/AE.txt", b"ae"),
    ]


@pytest.mark.parametrize(
    "pack",
    [lambda data: data, gzip.compress, __import__("bz2").compress, __import__("lzma").compress],
    ids=["tar", "gz", "bz2", "xz"],
)
def test_a_tar_under_any_compression(pack, tmp_path: Path):
    path = tmp_path / "dce.tar"
    path.write_bytes(pack(_tar("essai")))
    assert (
        names(path, "dce.tar")
        == names(path.read_bytes(), "dce.tar")
        == ["dce.tar › CCAP.pdf", "dce.tar › notes.txt"]
    )


def test_members_are_read_one_at_a_time():
    opened = members(_zip({f"{number}.txt": "x" for number in range(100)}), "dce.zip")
    assert next(opened).name == "dce.zip › 0.txt"
    opened.close()


def test_what_systems_add_is_passed_over():
    assert names(
        _zip(
            {"__MACOSX/._a.txt": "x", ".DS_Store": "x", "Thumbs.db": "x", "a/.git/config": "x", "a.txt": "x"}
        )
    ) == ["dce.zip › a.txt"]


def test_office_files_are_documents_and_not_archives():
    import docx

    assert not is_archive(saved(docx.Document()), "a.docx")
    assert not is_archive(saved(docx.Document()), "sans-terminaison")
    assert not is_archive(HONEST[".odt"]("x"), "a.zip")
    assert not is_archive(pdf([text_page("x")]), "a.zip")
    assert is_archive(_zip({"a": "x"}), "sans-terminaison")


def test_a_zip_with_a_data_descriptor_is_read():
    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

        def tell(self) -> int:
            raise OSError

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", "un texte")
    assert list(members(pipe.getvalue(), "dce.zip")) == [Member("dce.zip › a.txt", b"un texte")]


@pytest.mark.parametrize(
    ("name", "encoding"),
    [
        ("Délai d'exécution.pdf", "cp850"),
        ("DÉLAI À RESPECTER.pdf", "cp850"),
        ("Règlement n° 1.pdf", "cp850"),
        ("Règlement de la consultation – été.pdf", "cp1252"),
        ("L’acte d’engagement.pdf", "cp1252"),
        ("ÉTAT DES LIEUX.pdf", "cp1252"),
        ("Mémoire technique.pdf", "cp437"),
        ("œuvre – 30 €.pdf", "utf-8"),
        ("De\u0301cision.pdf", "utf-8"),
    ],
)
def test_names_are_read_in_the_encoding_that_makes_french(name, encoding):
    assert guess_name(name.encode(encoding)) == name.replace("e\u0301", "é")
    if "\u0301" not in name:
        assert names(zip_with_raw_name(name.encode(encoding), b"x")) == [f"dce.zip › {name}"]


def test_a_name_given_twice_is_told_apart():
    assert names(_zip({"A.txt": "x", "B.txt": "y"}).replace(b"B.txt", b"A.txt")) == [
        "dce.zip › A.txt",
        "dce.zip › A (2).txt",
    ]


@pytest.mark.parametrize(
    "case", [case for case in locked() if case.name.endswith(".zip")], ids=lambda case: case.id
)
def test_members_under_a_password_are_said(case):
    if case.id.endswith("all"):
        with pytest.raises(EncryptedFileError, match="mot de passe"):
            list(members(case.data, case.name))
    else:
        assert names(case.data, case.name) == [f"{case.name} › b.txt"]
        (error,) = refusals(case.data, case.name)
        assert isinstance(error, EncryptedFileError)


def test_a_damaged_member_does_not_hide_the_others():
    data = bytearray(_zip({"a.txt": "un texte " * 100, "b.txt": "un autre"}, zipfile.ZIP_STORED))
    data[60] ^= 0xFF
    assert names(bytes(data)) == ["dce.zip › b.txt"]
    (error,) = refusals(bytes(data))
    assert isinstance(error, DamagedFileError)
    assert "« dce.zip › a.txt »" in error.message


@pytest.mark.parametrize(
    "data", [b"PK\x03\x04" + bytes(50), b"\x1f\x8b" + bytes(50), gzip.compress(b"pas un tar" * 100)]
)
def test_what_cannot_be_opened_is_damaged(data):
    with pytest.raises(DamagedFileError, match="tronquée ou abîmée"):
        list(members(data, "dce.zip"))


def test_an_archive_without_files_is_empty():
    with pytest.raises(EmptyFileError, match="sans aucun fichier"):
        list(members(_zip({}), "dce.zip"))


def test_too_many_members_stop_the_archive_and_what_came_before_stands(monkeypatch: pytest.MonkeyPatch):
    opened = members(_zip({f"{number}.txt": "x" for number in range(5)}), "dce.zip", budget=Budget(members=3))
    assert [next(opened).name for _ in range(3)] == [f"dce.zip › {number}.txt" for number in range(3)]
    with pytest.raises(ReadingError, match="Plus de 10000 fichiers"):
        next(opened)


def test_the_limit_on_what_is_expanded_counts_nested_archives_together():
    inner = _zip({"a.txt": "x" * 600})
    opened = members(
        _zip({"1.zip": inner, "2.zip": inner.replace(b"a.txt", b"b.txt")}),
        "dce.zip",
        budget=Budget(expanded_bytes=1200),
    )
    with pytest.raises(ReadingError, match="une fois décompressée"):
        list(opened)


def test_a_member_too_large_or_too_dense_is_refused_and_the_others_are_read(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(archives, "RATIO_FROM_BYTES", 10_000)
    dense = _zip({"dense.txt": bytes(1_000_000), "a.txt": "x"})
    assert names(dense) == ["dce.zip › a.txt"]
    assert "plus de 200 fois sa taille" in refusals(dense)[0].message
    monkeypatch.setattr(archives, "MAX_MEMBER_BYTES", 5)
    assert names(_tar_of([("a.txt", b"123456", {}), ("b.txt", b"12345", {})]), "d.tar") == ["d.tar › b.txt"]


def test_a_tar_that_expands_without_end_is_stopped(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(archives, "MAX_EXPANDED_BYTES", 100_000)
    with pytest.raises(ReadingError, match="une fois décompressée"):
        list(
            members(
                gzip.compress(
                    _tar_of(
                        [("dossier", b"", {"type": b"2", "linkname": "x"}), ("z.bin", bytes(400_000), {})]
                    )
                ),
                "dce.tgz",
            )
        )


def test_archives_nested_too_deep_are_refused():
    data = _zip({"fond.txt": "x"})
    for _ in range(archives.MAX_DEPTH):
        data = _zip({"a.zip": data})
    (error,) = refusals(data)
    assert "une archive dans 5 autres" in error.message


def test_attachments_come_under_the_same_names_and_limits():
    files = [("CCAP.txt", b"x"), ("lot.zip", _zip({"RC.txt": "y"}))]
    assert [one.name for one in carried(files, "courriel.eml", budget=Budget(), depth=1, open_=opened)] == [
        "courriel.eml › CCAP.txt",
        "courriel.eml › lot.zip › RC.txt",
    ]


def test_kinds_that_are_not_opened_say_what_to_do():
    for start, name in ((b"7z\xbc\xaf\x27\x1c", "7Z"), (b"Rar!\x1a\x07", "RAR")):
        with pytest.raises(ReadingError, match=f"archive {name}") as caught:
            list(members(start + bytes(40), "dce.bin"))
        assert "dossier" in caught.value.hint
