"""The last that a page asked counts."""

from types import SimpleNamespace
from typing import Any

from assistant.page.latest import Latest


def page(name: str) -> Any:
    return SimpleNamespace(session_hash=name)


def test_a_later_demand_of_the_same_page_makes_the_earlier_ones_void() -> None:
    latest = Latest()
    assert latest.counts(page("a"), {"rang": 1})
    assert latest.counts(page("a"), {"rang": 2})
    assert not latest.counts(page("a"), {"rang": 1})
    assert latest.counts(page("a"), {"rang": 2})


def test_pages_know_nothing_of_each_other() -> None:
    latest = Latest()
    assert latest.counts(page("a"), {"rang": 9})
    assert latest.counts(page("b"), {"rang": 1})


def test_what_is_remembered_of_pages_is_bounded(monkeypatch: Any) -> None:
    monkeypatch.setattr("assistant.page.latest._MOST_PAGES", 2)
    latest = Latest()
    for name in ("a", "b", "a", "c"):
        latest.counts(page(name), {"rang": 5})
    assert list(latest._ranks) == ["a", "c"]
