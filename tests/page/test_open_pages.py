"""What is held of pages that were opened: nothing without end. A server of months would otherwise fill its memory with pages that nobody has open."""

import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from assistant.page import open_pages, server
from assistant.page.open_pages import Held, OpenPages
from assistant.workspace import Workspace


def test_a_closed_page_is_forgotten_after_a_time_and_before_it_where_many_are_closed() -> None:
    now, forgotten = [0.0], list[str]()
    pages = OpenPages(forgotten.append, clock=lambda: now[0])

    def visit(page: str) -> None:
        with pages.is_open(page):
            assert page not in forgotten

    visit("first")
    assert forgotten == []
    with pages.is_open("first"):  # it comes back: a laptop that slept
        now[0] += open_pages.KEPT_CLOSED_SECONDS * 2
        visit("second")
        assert forgotten == []
    now[0] += open_pages.KEPT_CLOSED_SECONDS + 1
    visit("third")
    assert sorted(forgotten) == ["first", "second"]
    forgotten.clear()
    for number in range(open_pages.MOST_CLOSED + 10):
        visit(f"reloaded {number}")
    assert forgotten == ["third", *(f"reloaded {number}" for number in range(10))]


def test_a_page_with_two_connections_is_open_until_both_ended() -> None:
    forgotten = list[str]()
    pages = OpenPages(forgotten.append, clock=lambda: 0.0)
    with pages.is_open("one"):
        with pages.is_open("one"):
            pass
        for number in range(open_pages.MOST_CLOSED + 5):
            with pages.is_open(str(number)):
                pass
        assert "one" not in forgotten


@pytest.fixture
def running(tmp_path: Path) -> Iterator[tuple[str, Held]]:
    """A page that is served by this process, and what Gradio holds of it."""
    workspace = Workspace(tmp_path)
    made: Any = server.server_of(server.site_of(workspace))
    held = next(route.app.state_holder for route in made.config.app.routes if hasattr(getattr(route, "app", None), "state_holder"))
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        thread = threading.Thread(target=made.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not made.started:
            time.sleep(0.02)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}", held
        made.should_exit = True
        thread.join(30)
    workspace.close()


def test_pages_opened_again_and_again_take_no_memory_once_they_are_closed(running: tuple[str, Held], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(open_pages, "MOST_CLOSED", 3)
    url, held = running
    client = httpx.Client(base_url=url, timeout=60)
    asked = next(one["id"] for one in client.get("/config").json()["dependencies"] if one["targets"] and one["targets"][0][1] == "nouvelle")
    for number in range(8):
        with client.stream("GET", f"/gradio_api/heartbeat/page{number}") as beating:
            assert next(beating.iter_lines()) == "data: ALIVE"
            client.post("/gradio_api/queue/join", json={"data": [None], "fn_index": asked, "session_hash": f"page{number}"}).raise_for_status()
            with client.stream("GET", "/gradio_api/queue/data", params={"session_hash": f"page{number}"}) as told:
                assert any("process_completed" in line and '"success":true' in line.replace(" ", "") for line in told.iter_lines())
            assert f"page{number}" in held
    until = time.monotonic() + 60
    while len(held.session_data) > 3 and time.monotonic() < until:
        time.sleep(0.05)
    assert set(held.session_data) == {"page5", "page6", "page7"}
    assert set(held.time_last_used) == set(held.session_data)


def test_no_settings_of_parts_are_copied_for_each_page(running: tuple[str, Held]) -> None:
    _, held = running
    state = held["a page"]
    state._update_value_in_config(3, "x" * 1000)
    assert list(state.components) == []
    assert len(state.config_values) == 0
    assert held.capacity == open_pages.MOST_OPEN
