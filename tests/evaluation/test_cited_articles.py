from datetime import date
from pathlib import Path

import pytest

from assistant import article_dates
from assistant.article_dates import DatedArticle
from assistant.errors import CorpusError
from assistant.evaluation import cited_articles
from assistant.evaluation.cited_articles import Citation
from tests.answering.samples import SHEET
from tests.conftest import write_rules

LOCATION, PETTY = ("CCP", "L2112-4"), ("CCP", "R2122-8")


@pytest.fixture
def known(tmp_path: Path) -> dict[cited_articles.Key, tuple[cited_articles.Provision, ...]]:
    return cited_articles.provisions([write_rules(tmp_path / "regles.jsonl")])


def lines(rows: tuple[DatedArticle, ...]) -> list[str]:
    return article_dates.as_text(rows).splitlines()[1:]


def test_a_line_is_made_for_each_wording_of_what_is_cited(
    known: dict[cited_articles.Key, tuple[cited_articles.Provision, ...]],
) -> None:
    assert lines(cited_articles.updated((), [PETTY, LOCATION], known)) == [
        "CCP\tL2112-4\t2019-04-01\t\t",
        "CCP\tR2122-8\t2019-04-01\t2020-01-01\t",
        "CCP\tR2122-8\t2020-01-01\t\t",
    ]


def test_a_wording_newer_than_the_copy_stays_and_closes_the_last_one(
    known: dict[cited_articles.Key, tuple[cited_articles.Provision, ...]],
) -> None:
    written = (
        DatedArticle(*PETTY, date(2020, 1, 1), None, "40 000 €"),
        DatedArticle(*PETTY, date(2026, 4, 1), None, "non lu : 60 000 €"),
        DatedArticle("RGPD", "28", date(2018, 5, 25), None, "lu en anglais"),
        DatedArticle("CCP", "L9999-9", date(2019, 4, 1), None),
    )
    made = cited_articles.updated(written, [PETTY, ("RGPD", "28")], known)
    assert lines(made) == [
        "CCP\tR2122-8\t2019-04-01\t2020-01-01\t",
        "CCP\tR2122-8\t2020-01-01\t2026-04-01\t40 000 €",
        "CCP\tR2122-8\t2026-04-01\t\tnon lu : 60 000 €",
        "RGPD\t28\t2018-05-25\t\tlu en anglais",
    ]
    assert cited_articles.updated(made, [PETTY, ("RGPD", "28")], known) == made
    assert article_dates.parse(article_dates.as_text(made), "articles.tsv") == made


def test_what_is_absent_or_not_in_force_is_said_with_the_file_that_cites_it() -> None:
    table = (
        DatedArticle(*PETTY, date(2019, 4, 1), date(2020, 1, 1)),
        DatedArticle(*LOCATION, date(2019, 4, 1), None),
        DatedArticle("COM(2026)", "502", None, None, "projet : proposition"),
    )
    day = date(2026, 11, 24)
    found = cited_articles.faults(
        table,
        [
            Citation("a.md", PETTY, day),
            Citation("b.md", PETTY, date(2019, 12, 31)),
            Citation("b.md", LOCATION, day),
            Citation("c.md", ("CCP", "L9999-9"), day),
            Citation("d.md", ("COM(2026)", "502"), day),
        ],
    )
    assert [(fault.origin, fault.message) for fault in found] == [
        ("a.md", "« CCP R2122-8 » n'est pas en vigueur le 2026-11-24."),
        ("c.md", "« CCP L9999-9 » n'est pas dans articles.tsv."),
    ]
    assert not table[2].in_force(day)


def test_each_case_cites_its_rules_and_one_of_before_is_held_to_its_last_day(tmp_path: Path) -> None:
    text = SHEET.replace("valid_to: null", "valid_to: 2026-04-01").replace(
        "contrat., rules: [CCP L2112-4]", "contrat., rules: [CCP L3, Code pénal 432-14]"
    )
    (tmp_path / "localisation.yaml").write_text(text, encoding="utf-8")
    day, union, commune = (
        date(2026, 3, 31),
        "localisation.yaml, cases[union]",
        "localisation.yaml, cases[commune]",
    )
    cited = [
        (union, LOCATION),
        (union, ("CCP", "L3")),
        (union, ("Code pénal", "432-14")),
        (commune, LOCATION),
    ]
    assert list(cited_articles.of_sheets(tmp_path)) == [Citation(origin, key, day) for origin, key in cited]


@pytest.mark.parametrize("line", ["CCP\tL3\t2019-04-01\t", "CCP\tL3\thier\t\t", "CCP L3 2019-04-01"])
def test_a_broken_line_is_named(line: str) -> None:
    with pytest.raises(CorpusError, match="Ligne 2"):
        article_dates.parse("\t".join(article_dates.COLUMNS) + f"\n{line}\n", "articles.tsv")
    with pytest.raises(CorpusError, match="colonnes"):
        article_dates.parse(line, "articles.tsv")
