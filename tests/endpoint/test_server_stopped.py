"""The database stops in the middle of what a program asks, by the address and by the tools: it is told so, nothing is lost, and all goes on by itself."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest

from assistant.index.search import Searcher
from assistant.site.journal import Journal
from assistant.site.keys import Keys
from bench.attack import leaks
from tests.coroutines import completed
from tests.endpoint.conftest import Served
from tests.postgres import SECRET, Server

pytestmark = [pytest.mark.models, pytest.mark.parametrize("served", ["base"], indirect=True)]
QUESTION = "Quelle est la pénalité de retard à Courmeville ?"


@contextmanager
def stopped_at(postgres: Server, owner: type, name: str) -> Iterator[None]:
    """Has the server stop when a method is next called, and nobody wait long for it; it runs again at the end."""
    do, is_stopped = getattr(owner, name), threading.Event()

    def stopped(*given: Any, **named: Any) -> Any:
        if not is_stopped.is_set():
            is_stopped.set()
            postgres.stop()
        return do(*given, **named)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("assistant.index.postgres.RETURN_SECONDS", 0.3)
        patch.setattr(owner, name, stopped)
        try:
            yield
        finally:
            if is_stopped.is_set():
                postgres.start()


def address(served: Served, key: str, **more: object) -> httpx.Response:
    body = {"model": "collection:ouverte", "messages": [{"role": "user", "content": QUESTION}]} | more
    return httpx.post(
        f"{served.page}/v1/chat/completions",
        json=body,
        headers={"Authorization": f"Bearer {key}"},
        timeout=60,
    )


def tool(served: Served, name: str = "poser_question", **arguments: str) -> dict[str, Any]:
    """What a tool told: ``is_error`` and its value."""

    async def run() -> dict[str, Any]:
        async with leaks.tools(served.tools, served.key) as client:
            told = await client.call_tool(name, arguments or {"question": QUESTION})
            return {"is_error": told.is_error} | told.structured_content

    return completed(run())


def by_the_address(served: Served) -> str:
    told = address(served, served.key)
    assert told.status_code == 503
    error = told.json()["error"]
    assert (error["type"], error["code"]) == ("server_error", "unavailable")
    return str(error["message"])


def by_a_stream(served: Served) -> str:
    *_, last = address(served, served.key, stream=True).text.split("data: ")
    return str(json.loads(last)["error"]["message"])  # and no end of an answer, which there is not


def by_a_tool(served: Served) -> str:
    told = tool(served)
    assert (told["is_error"], told["error_category"], told["retryable"]) == (True, "unavailable", True)
    return f"{told['error']} {told['hint']}"


@pytest.mark.parametrize("ask", [by_the_address, by_a_stream, by_a_tool])
@pytest.mark.parametrize(("owner", "name"), [(Searcher, "search"), (Journal, "record")])
def test_a_question_is_told_that_the_base_is_away_and_leaves_nothing_half_done(
    ask: Callable[[Served], str], owner: type, name: str, served: Served, postgres: Server
) -> None:
    before = address(served, served.key).json()["choices"][0]["message"]["content"]
    assert "douze euros" in before
    entries, counts = len(list(served.site.journal.entries())), served.site.workspace.library.store.counts()
    with stopped_at(postgres, owner, name):
        said = ask(served)
        assert "ne répond pas. Ce qui était enregistré l'est encore." in said
        assert SECRET not in said
        # Meanwhile nobody is let in, and where the keys lie is not told to whoever shows none.
        for shown in (served.key, "acp-fausse"):
            told = address(served, shown)
            assert (told.status_code, told.json()["error"]["code"]) == (503, "unavailable")
            assert "personne n'entre" in told.text
            assert str(postgres.port) not in told.text
        refused = httpx.post(
            f"{served.tools}/mcp", json={}, headers={"Authorization": f"Bearer {served.key}"}
        )
        assert (refused.status_code, refused.json()["error_category"]) == (503, "unavailable")
        assert str(postgres.port) not in refused.text
    assert len(served.site.turns) == 0
    assert address(served, served.key).json()["choices"][0]["message"]["content"] == before
    assert not tool(served)["is_error"]
    assert served.site.workspace.library.store.counts() == counts
    verdict = served.site.journal.verify()
    assert verdict.fault is None
    # The question asked while the base was away has no line, since it has no answer; the two after it have theirs.
    assert len(list(served.site.journal.entries())) == entries + 2


def test_where_the_keys_lie_is_not_told_to_whoever_shows_none_when_they_cannot_be_read(
    served: Served, postgres: Server
) -> None:
    with stopped_at(postgres, Keys, "found"):
        told = address(served, "acp-fausse")
    assert (told.status_code, told.json()["error"]["code"]) == (503, "unavailable")
    assert "personne n'entre" in told.text
    assert str(postgres.port) not in told.text


def test_a_base_that_restarts_is_waited_for_and_the_question_answered(
    served: Served, postgres: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = address(served, served.key).json()["choices"][0]["message"]["content"]
    search, threads = Searcher.search, list[threading.Thread]()

    def restarted(*given: Any, **named: Any) -> Any:
        if not threads:
            postgres.stop()
            threads.append(threading.Timer(0.5, postgres.start))
            threads[0].start()
        return search(*given, **named)

    monkeypatch.setattr(Searcher, "search", restarted)
    told = address(served, served.key)
    threads[0].join()
    assert told.json()["choices"][0]["message"]["content"] == before
