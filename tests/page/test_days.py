"""Days that people type."""

import re
from datetime import date

import pytest

from assistant.errors import UsageError
from assistant.page.days import CHECKED, day, day_field


@pytest.mark.parametrize(
    "written", ["01/04/2026", "1/4/2026", "1.4.2026", "01-04-2026", " 1 4 2026 ", "2026-04-01"]
)
def test_a_day_is_read_day_first_as_it_is_written_here(written: str) -> None:
    assert day(written) == date(2026, 4, 1)


@pytest.mark.parametrize("written", ["", "   "])
def test_nothing_is_no_day(written: str) -> None:
    assert day(written) is None


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("31/02/2026", "Le 31/02/2026 n'est pas au calendrier."),
        ("04/13/2026", "Le 04/13/2026 n'est pas au calendrier."),
        ("2026-02-30", "Le 2026-02-30 n'est pas au calendrier."),
        ("1/4/26", "« 1/4/26 » n'est pas une date."),
        ("demain", "« demain » n'est pas une date."),
        ("<b>", "« <b> » n'est pas une date."),
    ],
)
def test_what_is_no_day_is_refused_and_how_to_write_one_is_said(written: str, said: str) -> None:
    with pytest.raises(UsageError) as refused:
        day(written)
    assert refused.value.message == said
    assert "laissez ce champ vide" in refused.value.hint


def test_what_a_browser_takes_for_a_day_is_what_is_read_as_one() -> None:
    pattern = re.compile(str(CHECKED["pattern"]))
    for year in (1900, 2000, 2024, 2026):
        for month in range(14):
            for number in range(33):
                for written in (
                    f"{number}/{month}/{year}",
                    f"{number:02}.{month:02}.{year}",
                    f"{year}-{month:02}-{number:02}",
                ):
                    try:
                        read = day(written) is not None
                    except UsageError:
                        read = False
                    assert bool(pattern.fullmatch(written)) == read, written
    assert all(pattern.fullmatch(written) for written in ("", "  ", " 1 4 2026 "))
    assert not any(pattern.fullmatch(written) for written in ("demain", "1/4/26", "2026-4-1", "1/4/2026x"))


def test_a_field_says_how_a_day_is_written_and_is_not_the_browsers() -> None:
    field = day_field("jour", "jour", "Droit en vigueur le", '1/4/2026" onfocus="x', left_empty="aujourd'hui")
    assert 'type="text"' in field
    assert "(jj/mm/aaaa)" in field
    assert "vide : aujourd&#x27;hui" in field
    assert 'onfocus="x"' not in field
