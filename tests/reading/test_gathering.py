"""Files, folders, archives and messages to pieces: one way for the index, the summaries and the review."""

import hashlib
import os
import sys
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path

import pytest

from assistant.errors import DamagedFileError, ReadingError, UsageError
from assistant.reading import SUPPORTED, archives, attachments, bytes_of, gathering
from assistant.reading.folders import IGNORE_FILE
from assistant.reading.gathering import TENDER, File, Piece, Refusal
from assistant.reading.isolation import PROCESSES, ahead

from .made_hostile import _tar_of, _zip
from .test_mail import message

CCAP = b"Article 1. Le cahier."


def eml(**files: bytes) -> bytes:
    return message(files=tuple(files.items())).as_bytes()


def written(folder: Path, *names: str) -> Path:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(CCAP)
    return folder


def names(paths: Sequence[Path]) -> list[str]:
    """Of every piece, what messages carry too, in the order in which they are given."""
    return [
        piece.name
        for file in gathering.files(paths, TENDER)
        for piece in gathering.pieces(file, archives.opened)
        for piece in whole(piece)
    ]


def whole(found: Piece | Refusal) -> Iterator[Piece | Refusal]:
    """A piece and what it carries, read as the readers would."""
    yield found
    if isinstance(found, Piece):
        data = found.source if isinstance(found.source, bytes) else found.source.read_bytes()
        for inner in gathering.carried(found, attachments(data, found.name), archives.opened):
            yield from whole(inner)


# ---- files ------------------------------------------------------------------------------------------------------------------------------------


def test_the_files_of_a_folder_come_in_the_order_in_which_people_count(tmp_path: Path) -> None:
    written(tmp_path, "lot 10/CCTP.txt", "lot 2/CCTP.txt", "Lot 1/CCTP.txt", "annexe.txt", "plan.dwg")
    found = gathering.files([tmp_path], TENDER)
    assert [file.place.relative_to(tmp_path).as_posix() for file in found] == [
        "annexe.txt",
        "Lot 1/CCTP.txt",
        "lot 2/CCTP.txt",
        "lot 10/CCTP.txt",
    ]


def test_a_file_given_twice_or_with_its_folder_is_there_once(tmp_path: Path) -> None:
    written(tmp_path, "RC.txt", "CCAP.txt")
    assert names([tmp_path / "RC.txt", tmp_path, tmp_path / "RC.txt"]) == ["RC.txt", "CCAP.txt"]


def test_a_path_that_does_not_exist_is_said(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"absent.pdf » n'existe pas"):
        gathering.files([tmp_path, tmp_path / "absent.pdf"], TENDER)


def test_hidden_files_those_of_systems_locks_and_what_is_asked_to_be_left_are_passed_over(
    tmp_path: Path,
) -> None:
    written(
        tmp_path,
        "CCAP.txt",
        ".cache/a.txt",
        "~$CCAP.docx",
        ".~lock.CCAP.odt#",
        "__MACOSX/CCAP.txt",
        "essais/b.txt",
    )
    (tmp_path / IGNORE_FILE).write_text("# mes essais\nessais\n", encoding="utf-8")
    packed = tmp_path / "z.zip"
    packed.write_bytes(
        _zip({"RC.txt": "rc", "~$RC.docx": "verrou", "__MACOSX/RC.txt": "mac", ".DS_Store": "mac"})
    )
    assert names([tmp_path]) == ["CCAP.txt", "z.zip › RC.txt"]


def test_links_that_lead_out_of_a_folder_are_not_followed(tmp_path: Path) -> None:
    inside, outside = (
        written(tmp_path / "dce", "pieces/CCAP.txt"),
        written(tmp_path / "ailleurs", "secret.txt"),
    )
    (inside / "lien.txt").symlink_to(outside / "secret.txt")
    (inside / "dossier").symlink_to(outside)
    (inside / "boucle.txt").symlink_to(inside / "boucle.txt")
    (inside / "perdu.txt").symlink_to(inside / "parti.txt")
    (inside / "RC.txt").symlink_to(inside / "pieces" / "CCAP.txt")
    assert names([inside]) == ["CCAP.txt", "RC.txt"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no FIFO")
@pytest.mark.parametrize("given", [".", "CCAP.pdf"])
def test_a_pipe_is_refused_in_words_and_nobody_waits_for_it(tmp_path: Path, given: str) -> None:
    os.mkfifo(tmp_path / "CCAP.pdf")
    (file,) = gathering.files([tmp_path / given], TENDER)
    (refusal,) = gathering.pieces(file, archives.opened)
    assert isinstance(refusal, Refusal)
    assert refusal.origin == str(tmp_path / "CCAP.pdf")
    assert "« CCAP.pdf » n'est pas un fichier ordinaire" in refusal.error.message


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere names are characters")
@pytest.mark.parametrize("given", [b"d\xe9lai.txt", b"d\xe9p\xf4t/CCAP.txt", b"archive\xff.zip"])
def test_a_name_of_bytes_that_are_no_characters_is_refused_in_words_and_the_others_are_read(
    tmp_path: Path, given: bytes
) -> None:
    """A disk of before UTF-8, an archive that was badly unpacked: the index could not keep such a path, and stopped there with all that came after."""
    place = Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + given))
    place.parent.mkdir(exist_ok=True)
    place.write_bytes(CCAP)
    written(tmp_path, "z/RC.txt")
    found = [
        piece
        for file in gathering.files([tmp_path], TENDER)
        for piece in gathering.pieces(file, archives.opened)
    ]
    refused = [one for one in found if isinstance(one, Refusal)]
    assert [one.name for one in found if isinstance(one, Piece)] == ["RC.txt"]
    assert len(refused) == 1
    assert "des octets qui ne sont pas des caractères" in refused[0].error.message
    for text in (refused[0].name, refused[0].origin, refused[0].given, refused[0].error.message):
        text.encode("utf-8")


def test_a_folder_that_cannot_be_opened_is_said_and_the_others_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(tmp_path, "a/CCAP.txt", "b/RC.txt")
    listed = Path.iterdir

    def refused(folder: Path) -> Iterator[Path]:
        if folder.name == "a":
            raise PermissionError(folder)
        return listed(folder)

    monkeypatch.setattr(Path, "iterdir", refused)
    refusal, piece = (
        found
        for file in gathering.files([tmp_path], TENDER)
        for found in gathering.pieces(file, archives.opened)
    )
    assert isinstance(refusal, Refusal)
    assert refusal.error.message == "Le dossier « a » ne peut pas être ouvert."
    assert piece.name == "RC.txt"


def test_a_folder_with_documents_of_its_own_is_one_tender_and_a_folder_of_folders_has_one_in_each(
    tmp_path: Path,
) -> None:
    one, several = (
        written(tmp_path / "un", "RC.txt", "annexes/plan.txt", "lots.zip"),
        written(tmp_path / "deux", "a/RC.txt", "b/lots/RC.txt", "c.zip"),
    )
    written(several, "questions.jsonl")
    assert {file.tender for file in gathering.files([one], TENDER)} == {one}
    assert [file.tender for file in gathering.files([several], SUPPORTED)] == [
        several / "a",
        several / "b",
        None,
        None,
    ]
    assert [file.tender for file in gathering.files([one / "RC.txt"], TENDER)] == [None]


# ---- pieces -----------------------------------------------------------------------------------------------------------------------------------


def test_archives_and_messages_are_taken_apart_however_they_nest(tmp_path: Path) -> None:
    inner = _zip({"annexes/CCTP.txt": "cctp", "courriel.eml": eml(**{"BPU.txt": b"prix"})})
    path = tmp_path / "dossier.zip"
    path.write_bytes(_zip({"RC.txt": "rc", "lots/lot 1.zip": inner}))
    assert names([path]) == [
        "dossier.zip › RC.txt",
        "dossier.zip › lots/lot 1.zip › annexes/CCTP.txt",
        "dossier.zip › lots/lot 1.zip › courriel.eml",
        "dossier.zip › lots/lot 1.zip › courriel.eml › BPU.txt",
    ]
    forwarded = tmp_path / "courriel.eml"
    forwarded.write_bytes(
        eml(**{"dce.zip": _zip({"CCAP.txt": "ccap"}), "suite.eml": eml(**{"AE.txt": b"acte"})})
    )
    assert names([forwarded]) == [
        "courriel.eml",
        "courriel.eml › dce.zip › CCAP.txt",
        "courriel.eml › suite.eml",
        "courriel.eml › suite.eml › AE.txt",
    ]


def test_a_piece_says_where_it_lies_what_holds_it_and_its_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "dce" / "lots.zip"
    path.parent.mkdir()
    path.write_bytes(_zip({"annexes/CCAP.PDF": "ccap"}))
    monkeypatch.chdir(tmp_path)
    (file,) = gathering.files([Path("dce")], TENDER)
    (piece,) = gathering.pieces(file, archives.opened)
    assert isinstance(piece, Piece)
    assert (piece.name, piece.holder, piece.inside) == (
        "lots.zip › annexes/CCAP.PDF",
        "lots.zip",
        "annexes/CCAP.PDF",
    )
    assert (piece.origin, piece.given) == (
        f"{path} › annexes/CCAP.PDF",
        f"{Path('dce', 'lots.zip')} › annexes/CCAP.PDF",
    )
    assert (piece.bare_name, piece.suffix, piece.source, piece.depth) == ("CCAP.PDF", ".pdf", b"ccap", 1)
    assert piece.sha256 == hashlib.sha256(b"ccap").hexdigest()


def test_the_same_names_in_two_folders_are_two_pieces(tmp_path: Path) -> None:
    written(tmp_path, "a/CCAP.txt", "b/CCAP.txt")
    found = [
        piece
        for file in gathering.files([tmp_path / "a", tmp_path / "b"], TENDER)
        for piece in gathering.pieces(file, archives.opened)
    ]
    assert [piece.origin for piece in found] == [
        str(tmp_path / "a" / "CCAP.txt"),
        str(tmp_path / "b" / "CCAP.txt"),
    ]


def test_what_a_member_may_be_is_told_by_its_ending_and_what_is_given_is_always_read(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(
        _zip({"plan.dwg": "plan", "CCAP": "sans fin", "regles.jsonl": "{}", "RC.txt": "rc"})
    )
    written(tmp_path, "notice.xyz")
    found = [
        piece
        for file in gathering.files([tmp_path / "a.zip", tmp_path / "notice.xyz"], TENDER)
        for piece in gathering.pieces(file, archives.opened)
    ]
    assert [piece.bare_name for piece in found if isinstance(piece, Piece) and piece.may_be(TENDER)] == [
        "CCAP",
        "RC.txt",
        "notice.xyz",
    ]


def test_an_archive_that_is_none_and_one_that_breaks_off_are_refused_and_what_came_before_stands(
    tmp_path: Path,
) -> None:
    written(tmp_path, "faux.zip")
    (fake,) = gathering.pieces(File(tmp_path / "faux.zip", tmp_path / "faux.zip"), archives.opened)
    assert isinstance(fake, Refusal)
    assert isinstance(fake.error, DamagedFileError)
    cut = tmp_path / "coupe.tar"
    cut.write_bytes(
        _tar_of([("RC.txt", b"rc", {}), ("CCAP.txt", CCAP * 400, {})])[: 3 * 512 + 100]
    )  # in the bytes of the second
    before, *broken = gathering.pieces(File(cut, cut), archives.opened)
    assert before.name == "coupe.tar › RC.txt"
    assert broken
    assert all(isinstance(one, Refusal) and one.error.message for one in broken)


def test_pieces_are_read_one_at_a_time(tmp_path: Path) -> None:
    path = tmp_path / "dce.zip"
    path.write_bytes(_zip({"RC.txt": "rc", "vide.zip": b"PK\x03\x04" + b"x" * 40}))
    found = gathering.pieces(File(path, path), archives.opened)
    assert next(found).name == "dce.zip › RC.txt"
    assert isinstance(next(found), Refusal)


def test_what_messages_carry_shares_the_bounds_of_what_holds_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "MAX_MEMBERS", 3)
    path = tmp_path / "courriel.eml"
    path.write_bytes(CCAP)
    (piece,) = gathering.pieces(File(path, path), archives.opened)
    assert isinstance(piece, Piece)
    piece.budget.members = 3
    *_, last = gathering.carried(piece, [(f"{number}.txt", CCAP) for number in range(5)], archives.opened)
    assert isinstance(last, Refusal)
    assert "Plus de 3 fichiers" in last.error.message
    assert last.origin == str(path)


def test_messages_within_messages_end_somewhere(tmp_path: Path) -> None:
    path = tmp_path / "courriel.eml"
    path.write_bytes(CCAP)
    (piece,) = gathering.pieces(File(path, path), archives.opened)
    for depth in count(1):
        assert isinstance(piece, Piece)
        (piece,) = gathering.carried(piece, [(f"{depth}.eml", CCAP)], archives.opened)
        if isinstance(piece, Refusal):
            break
    assert depth == archives.MAX_DEPTH + 1
    assert "par sécurité" in piece.error.message


def test_everything_can_be_opened_here_for_the_process_that_reads(tmp_path: Path) -> None:
    (tmp_path / "courriel.eml").write_bytes(
        eml(**{"dce.zip": _zip({"suite.eml": eml(**{"AE.txt": b"acte"})})})
    )
    written(tmp_path, "abime.pdf")
    found = list(gathering.opened(gathering.files([tmp_path], TENDER)))
    assert [piece.name for piece in found] == [
        "abime.pdf",
        "courriel.eml",
        "courriel.eml › dce.zip › suite.eml",
        "courriel.eml › dce.zip › suite.eml › AE.txt",
    ]
    assert found[-1].source == b"acte"


def test_reading_begins_ahead_of_what_is_taken() -> None:
    begun: list[int] = []
    taken = ahead(begun.append(number) or number for number in range(10))  # type: ignore[func-returns-value]
    assert next(taken) == 0
    assert len(begun) == PROCESSES + 1
    assert list(taken) == list(range(1, 10))


def test_a_file_that_goes_meanwhile_is_a_piece_whose_reading_says_so(tmp_path: Path) -> None:
    written(tmp_path, "CCAP.txt")
    (file,) = gathering.files([tmp_path], TENDER)
    file.path.unlink()
    (piece,) = gathering.pieces(file, archives.opened)
    assert isinstance(piece, Piece)
    assert piece.sha256 == ""
    with pytest.raises(ReadingError, match="n'existe pas"):
        bytes_of(file.path)
