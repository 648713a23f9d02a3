import errno
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from assistant.errors import ExportError, UsageError
from assistant.site.batches import Batches


def filled(pieces: Path) -> None:
    (pieces / "CCAP.txt").write_text("Le marché dure un an.", encoding="utf-8")


def test_a_batch_is_its_owners_alone_and_lies_under_no_name_of_his(tmp_path: Path) -> None:
    kept = Batches(tmp_path)
    made = kept.begin("../claire", "CCAP.txt\net un autre", each=True, fill=filled)
    assert kept.held("../claire") == (made,) == (kept.get("../claire", made.id),)
    assert (made.title, made.each, (made.pieces / "CCAP.txt").read_text(encoding="utf-8")) == (
        "CCAP.txt\net un autre",
        True,
        "Le marché dure un an.",
    )
    assert made.results.is_dir()
    assert made.folder.is_relative_to(tmp_path)
    assert "claire" not in str(made.folder.relative_to(tmp_path))
    assert made.folder.stat().st_mode & 0o777 == 0o700
    assert kept.held("paul") == ()
    with pytest.raises(UsageError, match="n'est plus là"):
        kept.get("paul", made.id)


@pytest.mark.parametrize(
    "id_", ["", ".", "..", "../..", "20260101-000000-abcdef", "20260101-000000-abcdef/../.."]
)
def test_an_id_leads_nowhere_else(tmp_path: Path, id_: str) -> None:
    kept = Batches(tmp_path)
    kept.begin("claire", "a", each=False, fill=filled)
    with pytest.raises(UsageError):
        kept.remove("claire", id_)
    assert len(kept.held("claire")) == 1


def test_what_could_not_be_filled_leaves_nothing(tmp_path: Path) -> None:
    def failing(pieces: Path) -> None:
        filled(pieces)
        raise OSError(errno.ENOSPC, "No space left on device")

    kept = Batches(tmp_path)
    with pytest.raises(ExportError, match="Le disque est plein"):
        kept.begin("claire", "a", each=False, fill=failing)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_what_a_killed_server_had_begun_is_gone_at_the_next_start_once_it_is_old(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(pieces: Path) -> None:
        filled(pieces)
        raise SystemExit

    now = datetime.now()
    kept = Batches(tmp_path, clock=lambda: now)
    kept.begin("claire", "a", each=False, fill=filled)
    with monkeypatch.context() as patch:
        patch.setattr("shutil.rmtree", lambda *_args, **_named: None)
        with pytest.raises(SystemExit):
            kept.begin("claire", "b", each=False, fill=killed)
    kept.forget_begun()  # another server of the same folder may be filling it
    (half,) = tmp_path.glob("page/syntheses/*/.*")
    assert (half / "entree" / "CCAP.txt").is_file()
    now += timedelta(hours=2)
    kept.forget_begun()
    assert not half.exists()
    assert [batch.title for batch in kept.held("claire")] == ["a"]


def test_a_purge_erases_what_is_older_or_somebodys(tmp_path: Path) -> None:
    now = [datetime(2026, 1, 31, 23, 59)]
    kept = Batches(tmp_path, clock=lambda: now[0])
    kept.begin("claire", "ancienne", each=False, fill=filled)
    kept.begin("paul", "ancienne", each=False, fill=filled)
    now[0] = datetime(2026, 2, 1)
    kept.begin("claire", "récente", each=False, fill=filled)
    assert kept.purge(before=date(2026, 2, 1)) == 2
    assert [one.title for one in kept.held("claire")] == ["récente"]
    assert kept.held("paul") == ()
    assert kept.purge(owner="paul") == 0
    assert kept.purge(owner="claire") == 1
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    assert Batches(tmp_path / "vide").purge(before=date(2026, 2, 1)) == 0
