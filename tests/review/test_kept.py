"""Finished reviews as they are kept: read again to the last value, their owner's alone, bounded, purged."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.datatypes import (
    Document,
    Finding,
    FindingSeverity,
    Heading,
    Kind,
    Page,
    Problem,
    Severity,
    Source,
    Span,
    Target,
)
from assistant.errors import LibraryError, UsageError
from assistant.reading import read
from assistant.review import Review, kept, review
from assistant.review.kept import FILE, KeptReviews
from tests.conftest import ROOT

DAY = date(2026, 4, 1)
FRAMEWORK = ROOT / "corpus" / "accords-cadres" / "accord-cadre-fictif-visioconference.pdf"


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 4, 1, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now


@pytest.fixture
def store(tmp_path: Path) -> Iterator[KeptReviews]:
    opened = KeptReviews(tmp_path, Clock())
    yield opened
    opened.close()


def made(folder: Path, text: str, name: str = "CCAP.md") -> tuple[Review, ...]:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return review([read(path, kind=Kind.TENDER, collection="revue")], day=DAY)


def unlawful(folder: Path) -> tuple[Review, ...]:
    found = made(folder, "# CCAP\n\n## Article 4. Paiement\n\nLe délai de paiement est de 90 jours.\n")
    assert found[0].findings
    return found


def test_a_review_is_read_again_to_the_last_value_by_whoever_opens_the_file_next(
    store: KeptReviews, tmp_path: Path
) -> None:
    reviews = (
        *unlawful(tmp_path),
        *review([read(FRAMEWORK, kind=Kind.TENDER, collection="revue")], day=DAY),
    )
    assert reviews[1].document.pages
    store.keep("claire", "une", reviews, DAY)
    store.close()
    found = KeptReviews(tmp_path).of_page("claire", "une")
    assert found is not None
    assert found.reviews == reviews
    assert (found.law_day, found.finished) == (DAY, datetime(2026, 4, 1, 9, 1, tzinfo=UTC))


@cache
def _framework() -> Source:
    return read(FRAMEWORK, kind=Kind.TENDER, collection="revue").source


@given(
    words=st.text(min_size=1, max_size=80),
    page=st.integers(1, 9),
    level=st.integers(1, 6),
    said=st.text(max_size=40),
)
def test_any_text_and_any_finding_come_back(
    tmp_path_factory: pytest.TempPathFactory, words: str, page: int, level: int, said: str
) -> None:
    """Half a character and a NUL too, which a reader of damaged files may give."""
    folder, source = tmp_path_factory.mktemp("home"), _framework()
    whole = Span(0, len(words))
    document = Document(
        source,
        words + "\ud800\x00",
        (Page(page, whole, has_text=False),),
        (Heading(level, None, said, whole),),
        problems=(Problem("code", said, whole, Severity.ERROR), Problem("autre", said)),
        metadata=((said, words),),
    )
    basis = (Target("CCP", "R2192-10"), Target(sheet="delai", case="court", refused=True))
    severity = FindingSeverity.BLOCKING
    findings = (
        Finding("regle", severity, (page, page + 1), said, whole, words, said, basis, said),
        Finding("autre", FindingSeverity.ADVICE, None, None, whole, words, said, (), ""),
    )
    opened = KeptReviews(folder)
    opened.keep("claire", "une", [Review(document, findings)], DAY)
    found = opened.of_page("claire", "une")
    opened.close()
    assert found is not None
    assert found.reviews == (Review(document, findings),)


def test_each_page_has_its_own_and_nobody_sees_anothers(store: KeptReviews, tmp_path: Path) -> None:
    first, second = unlawful(tmp_path), made(tmp_path, "# RC\n\nRien.\n", "RC.md")
    store.keep("claire", "une", first, DAY)
    store.keep("claire", "deux", second, DAY)
    of_page, last = store.of_page("claire", "une"), store.last("claire")
    assert of_page is not None
    assert of_page.reviews == first
    assert last is not None
    assert (last.page, last.reviews) == ("deux", second)
    assert store.of_page("paul", "une") is None
    assert store.last("paul") is None


def test_a_page_keeps_its_last_one_and_a_person_the_last_ten(store: KeptReviews, tmp_path: Path) -> None:
    first, second = unlawful(tmp_path), made(tmp_path, "# RC\n\nRien.\n", "RC.md")
    store.keep("claire", "une", first, DAY)
    store.keep("claire", "une", second, DAY)
    found = store.of_page("claire", "une")
    assert found is not None
    assert found.reviews == second
    store.keep("paul", "une", first, DAY)
    for page in range(kept.MOST_REVIEWS):
        store.keep("claire", f"autre-{page}", second, DAY)
    assert store.of_page("claire", "une") is None
    assert store.of_page("claire", "autre-0") is not None
    assert store.of_page("paul", "une") is not None


def test_what_is_too_long_is_refused_and_the_former_one_stays(
    store: KeptReviews, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = unlawful(tmp_path)
    store.keep("claire", "une", first, DAY)
    monkeypatch.setattr(kept, "MOST_CHARACTERS", 2_000)
    long = replace(first[0], document=replace(first[0].document, text="a" * 2_000))
    with pytest.raises(UsageError, match="trop long pour être gardé"):
        store.keep("claire", "une", [long], DAY)
    found = store.of_page("claire", "une")
    assert found is not None
    assert found.reviews == first


def test_old_ones_or_somebodys_are_purged_and_no_word_of_them_stays(
    store: KeptReviews, tmp_path: Path
) -> None:
    home = tmp_path / FILE
    store.keep("claire", "une", made(tmp_path, "# CCAP\n\nLe marché de xylolalie.\n"), DAY)
    store.keep("paul", "une", unlawful(tmp_path), DAY)
    assert store.purge(before=date(2026, 4, 1)) == 0
    assert store.purge(owner="claire") == 1
    store.close()
    assert b"xylolalie" not in home.read_bytes()
    assert store.last("paul") is not None
    assert store.purge(before=date(2026, 4, 2)) == 1
    assert store.last("paul") is None


def test_nothing_is_made_before_the_first_review(store: KeptReviews, tmp_path: Path) -> None:
    assert store.of_page("claire", "une") is None
    assert store.last("claire") is None
    assert store.purge(owner="claire") == 0
    assert not (tmp_path / FILE).exists()


def test_a_file_that_is_damaged_is_said_with_the_way_out(store: KeptReviews, tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"rien" * 2_000)
    (tmp_path / FILE).chmod(0o600)
    with pytest.raises(LibraryError) as caught:
        store.last("claire")
    assert "Renommez « controles.sqlite »" in caught.value.hint


def test_one_that_another_version_wrote_is_passed_over(store: KeptReviews, tmp_path: Path) -> None:
    store.keep("claire", "une", unlawful(tmp_path), DAY)
    with store._writing() as file:
        file.execute("UPDATE review SET content = '[{}]'")
    assert store.of_page("claire", "une") is None
