"""``assistant diff`` and ``assistant eval articles`` as a person runs them, without any model."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from assistant.__main__ import cli
from assistant.errors import NotIndexedError, UsageError
from assistant.index import ingest
from assistant.index.library import Library
from tests.conftest import write_rules
from tests.fakes import FakeEmbedding


@pytest.fixture
def home(tmp_path: Path) -> Path:
    library = Library(tmp_path / "library")
    ingest.index_paths(
        library.store, FakeEmbedding(), [write_rules(tmp_path / "regles.jsonl")], collection="essai"
    )
    library.close()
    return tmp_path


def run(home: Path, *arguments: str) -> Result:
    return CliRunner().invoke(cli, ["--home", str(home), *arguments])


def test_both_wordings_stand_side_by_side_with_marks_that_need_no_colour(home: Path) -> None:
    done = run(home, "diff", "CCP", "R2122-8", "--from", "2019-06-01", "--to", "2020-06-01")
    assert done.exit_code == 0
    assert "L'article R2122-8 (CCP) a changé entre le 1er juin 2019 et le 1er juin 2020." in done.output
    assert "[-25-]" in done.output
    assert "{+40+}" in done.output
    assert "\x1b[" not in done.output
    for words in ("depuis le 1er avril", "31 décembre", "depuis le 1er janvier"):
        assert words in " ".join(done.output.replace("┃", " ").split())


def test_the_json_gives_both_texts_their_days_and_what_changed(home: Path) -> None:
    value = json.loads(
        run(home, "diff", "CCP", "R2122-8", "--from", "2019-06-01", "--to", "2020-06-01", "--json").output
    )
    assert (value["work"], value["article"], value["changed"]) == ("CCP", "R2122-8", True)
    assert (value["before"]["valid_to"], value["after"]["valid_from"], value["after"]["valid_to"]) == (
        "2020-01-01",
        "2020-01-01",
        None,
    )
    assert [
        piece["text"] for row in value["rows"] for piece in row["after"] if piece["change"] == "ajouté"
    ] == ["40 "]
    assert "".join(piece["text"] for piece in value["rows"][0]["before"]) == value["before"]["text"]


def test_no_change_and_a_wording_that_the_copy_lacks_are_two_things(home: Path) -> None:
    same = run(home, "diff", "CCP", "L2112-4", "--from", "2020-01-01", "--to", "2026-05-01")
    assert (
        "n'a pas changé entre le 1er janvier 2020 et le 1er mai 2026 (en vigueur depuis le 1er avril 2019)"
        in same.output
    )
    trap = run(home, "diff", "CCP", "R2122-8", "--from", "2026-03-01", "--to", "2026-05-01")
    assert "n'a pas changé" not in trap.output
    assert "Une rédaction du 1er avril 2026 n'est pas dans les textes indexés" in trap.output
    assert "60 000 €" in trap.output


def test_an_article_created_meanwhile_is_said_to_be_new(home: Path) -> None:
    done = run(home, "diff", "LOI 2024-449", "31", "--from", "2024-01-01", "--to", "2026-05-01")
    assert "n'existait pas le 1er janvier 2024 : il est en vigueur depuis le 21 mai 2024" in done.output


def test_dates_the_wrong_way_round_and_unknown_articles_are_errors(home: Path) -> None:
    assert isinstance(
        run(home, "diff", "CCP", "R2122-8", "--from", "2020-06-01", "--to", "2019-06-01").exception,
        UsageError,
    )
    assert isinstance(
        run(home, "diff", "CCP", "L9999-9", "--from", "2019-06-01", "--to", "2020-06-01").exception,
        NotIndexedError,
    )


def test_the_articles_of_the_corpus_are_checked_against_files_of_rules(home: Path) -> None:
    alone = run(home, "eval", "articles")
    assert alone.exit_code == 0
    assert "0 en défaut" in alone.output
    against = run(home, "eval", "articles", str(home / "regles.jsonl"), "--json")
    assert against.exit_code == 1
    value = json.loads(against.output)
    assert value["faults"] == []
    assert "CCP L2113-10 2019-04-01" not in value["differing"]
    assert "LOI 2024-449 31 2024-05-21" in value["differing"]
