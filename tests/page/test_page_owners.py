"""Whose each open page is."""

import pytest

from assistant.page import page_owners
from assistant.page.page_owners import PageOwners, page_named


def test_a_page_is_of_the_first_who_speaks_for_it() -> None:
    owners = PageOwners()
    assert owners.is_of("a1b2", "claire")
    assert not owners.is_of("a1b2", "paul")
    assert owners.is_of("a1b2", "claire")
    assert owners.is_of("c3d4", "paul")


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_owners, "_MOST_PAGES", 2)
    owners = PageOwners()
    for page in ("a", "b", "a", "c"):
        assert owners.is_of(page, "claire")
    assert list(owners._owners) == ["a", "c"]
    assert not owners.is_of("x" * 101, "claire")


@pytest.mark.parametrize(
    ("path", "query", "body", "page"),
    [
        ("/gradio_api/heartbeat/a1-b2", b"", b"", "a1-b2"),
        ("/gradio_api/queue/data", b"session_hash=a1b2", b"", "a1b2"),
        ("/gradio_api/queue/data", b"session_hash=theirs&session_hash=mine", b"", "mine"),
        ("/gradio_api/queue/join", b"", b'{"data": [], "session_hash": "a1b2"}', "a1b2"),
        ("/gradio_api/queue/join", b"session_hash=mine", b'{"session_hash": "theirs"}', "theirs"),
        ("/gradio_api/queue/join", b"", b'{"session_hash": ["a1b2"]}', None),
        ("/gradio_api/queue/join", b"", b"[1]", None),
        ("/gradio_api/queue/join", b"", b"\xff{", None),
        ("/gradio_api/queue/join", b"", b'{"session_hash": "mine", "session_hash": "theirs"}', "theirs"),
        ("/gradio_api/cancel", b"", b"", None),
    ],
)
def test_a_request_names_its_page_in_its_address_its_query_or_its_body(path: str, query: bytes, body: bytes, page: str | None) -> None:
    assert page_named(path, query, body) == page
