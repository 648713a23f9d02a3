"""A demand and the stream of what it shows: every part as it is at last, taken up where it was lost, stopped, and asked anew of a server started anew."""

import asyncio
import json
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import gradio as gr
import pytest
from playwright.sync_api import Browser, expect

from assistant.errors import AssistantError
from assistant.page import stream
from assistant.page.events import UNCHANGED, Event, Events, Step, Visit
from assistant.page.markup import Markup
from assistant.page.stream import MOST_AT_ONCE, Demand, Demands
from tests.coroutines import completed

from .conftest import Served, home_beside, ready, serve, watched

VISIT = Visit("claire", "une page")


def until(what: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not what():
        assert time.monotonic() < end
        time.sleep(0.01)


def shown(*steps: dict[str, str]) -> Iterator[Step]:
    for step in steps:
        yield Step({part: Markup(html) for part, html in step.items()}, {})


def demand(steps: Iterator[Step], name: str = "fil/ouvrir") -> Demand:
    return Demand("claire", "une page", name, steps, (("focusOn", "fil"),))


def heard(of: Demand, after: int = 0) -> list[tuple[str, int, dict[str, Any]]]:
    """The events of a stream: kind, number, what is said."""

    async def every() -> list[str]:
        return [event async for event in of.told(after) if event.startswith("id:")]

    split = ([line.partition(": ")[2] for line in event.strip().split("\n")] for event in completed(every()))
    return [(kind, int(number), json.loads(said)) for number, kind, said in split]


# ---- a demand ----------------------------------------------------------------------------------------------------------------------


def test_what_each_part_shows_at_last_is_told_then_the_end() -> None:
    made = demand(shown({"fil": "1", "liste": "a"}, {"fil": "2"}))
    until(lambda: made.over)
    shows, end = heard(made)
    assert shows == ("montre", 2, {"parties": {"fil": "2", "liste": "a"}, "valeurs": {}})
    assert end == ("fin", 2, {"echec": None, "ensuite": [["focusOn", "fil"]]})


def test_a_stream_that_was_lost_goes_on_after_the_last_number_that_was_read() -> None:
    made = demand(shown({"fil": "1", "liste": "a"}, {"fil": "2"}, {"source": "s"}))
    until(lambda: made.over)
    assert heard(made, 1)[0] == ("montre", 3, {"parties": {"fil": "2", "source": "s"}, "valeurs": {}})
    assert [kind for kind, _, _ in heard(made, 3)] == ["fin"]


def test_what_was_stopped_shows_nothing_any_more_and_closes_what_it_was_at() -> None:
    going, closed = threading.Event(), threading.Event()

    def steps() -> Iterator[Step]:
        try:
            for number in range(1_000):
                going.wait(10)
                yield Step({"fil": Markup(str(number))}, {})
        finally:
            closed.set()

    made = demand(steps())
    made.stop()
    going.set()
    assert closed.wait(10)
    assert [(kind, said.get("ensuite")) for kind, _, said in heard(made)] == [("fin", [])]


@pytest.mark.parametrize(
    ("raised", "words"),
    [
        (AssistantError("Le disque est plein.", "Faites de la place."), "Le disque est plein."),
        (KeyError("secret"), "a rencontré un défaut et n"),
    ],
)
def test_what_fails_is_said_in_words_after_what_was_shown(raised: Exception, words: str) -> None:
    def steps() -> Iterator[Step]:
        yield Step({"fil": Markup("1")}, {})
        raise raised

    made = demand(steps())
    until(lambda: made.over)
    one, end = heard(made)
    assert one[2]["parties"] == {"fil": "1"}
    assert words in end[2]["echec"]
    assert "secret" not in end[2]["echec"]
    assert end[2]["ensuite"] == []


def test_the_stream_of_what_was_stopped_ends_at_once_whatever_it_is_at() -> None:
    going = threading.Event()

    def steps() -> Iterator[Step]:
        going.wait(60)
        yield Step({"fil": Markup("1")}, {})

    made = demand(steps())
    made.stop()
    assert [kind for kind, _, _ in heard(made)] == ["fin"]
    assert not made.over
    going.set()
    until(lambda: made.over)


def test_what_nobody_listens_to_any_more_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "_ALONE_SECONDS", 0.2)
    going = threading.Event()

    def steps() -> Iterator[Step]:
        yield Step({"fil": Markup("1")}, {})
        while not going.wait(0.01):
            yield Step({}, {})

    held = Demands()
    made = held.begin(lambda: demand(steps()), "claire")
    assert made is not None

    async def leave() -> None:
        async for _ in made.told():
            break
        await asyncio.sleep(1)

    completed(leave())
    until(lambda: made.over)
    assert (
        held.get(made.token, "claire") is None
    )  # who comes back asks again: told that it is over, he would wait for an answer that nobody makes
    going.set()


def test_a_browser_that_comes_late_for_its_stream_still_finds_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "_ALONE_SECONDS", 0.05)
    held, going = Demands(), threading.Event()

    def steps() -> Iterator[Step]:
        going.wait(60)
        yield Step({"fil": Markup("1")}, {})

    made = held.begin(lambda: demand(steps()), "claire")
    assert made is not None

    async def late() -> None:
        made.stop_alone_soon(asyncio.get_running_loop(), stream.UNHEARD_SECONDS)
        await asyncio.sleep(0.3)

    completed(late())
    assert held.get(made.token, "claire") is made
    going.set()
    assert [said["parties"] for kind, _, said in heard(made) if kind == "montre"] == [{"fil": "1"}]


def test_one_person_has_so_many_demands_at_work_and_no_more() -> None:
    held, going = Demands(), threading.Event()

    def waiting() -> Iterator[Step]:
        going.wait(60)
        yield Step({}, {})

    begun = [held.begin(lambda: demand(waiting()), "claire") for _ in range(MOST_AT_ONCE)]
    assert all(begun)
    assert held.begin(lambda: demand(waiting()), "claire") is None
    going.set()
    until(lambda: all(one.over for one in begun if one))
    assert held.begin(lambda: demand(waiting()), "claire") is not None


def test_a_demand_is_stopped_by_its_name_on_its_own_page_only() -> None:
    held, going = Demands(), threading.Event()

    def waiting() -> Iterator[Step]:
        while not going.wait(0.01):
            yield Step({}, {})

    mine = held.begin(lambda: demand(waiting(), "composer/demander"), "claire")
    assert mine is not None
    for owner, page, name in (
        ("paul", "une page", "composer/demander"),
        ("claire", "une autre", "composer/demander"),
        ("claire", "une page", "fil/ouvrir"),
    ):
        held.stop(owner, page, frozenset((name,)))
    time.sleep(0.2)
    assert not mine.over
    held.stop("claire", "une page", frozenset(("composer/demander",)))
    until(lambda: mine.over)
    going.set()


# ---- events and the values of a page -----------------------------------------------------------------------------------------------


@pytest.fixture
def events() -> Iterator[Events]:
    with gr.Blocks():
        yield Events()


def happened(
    events: Events,
    part: str,
    event: str,
    data: dict[str, str] | None = None,
    visit: Visit = VISIT,
    **carried: Any,
) -> list[Step]:
    return list(events.happen(part, event, data or {}, visit, carried))


def test_a_value_is_kept_for_the_page_that_it_was_made_on_and_for_its_owner(events: Events) -> None:
    count = events.state("compte", 0)
    part = events.part(Markup(""), "fil")
    part.on("plus", lambda now: (now + 1, Markup(str(now + 1))), [count], [count, part])
    assert [happened(events, "fil", "plus")[0].shown["fil"] for _ in range(3)] == ["1", "2", "3"]
    assert happened(events, "fil", "plus", visit=Visit("paul", "une page"))[0].shown["fil"] == "1"
    assert happened(events, "fil", "plus", visit=Visit("claire", "une autre"))[0].shown["fil"] == "1"


@pytest.mark.parametrize(
    ("sent", "read"), [("a", "a"), (["a"], "rien"), (1, "rien"), (None, "rien"), ({"a": "b"}, "rien")]
)
def test_a_text_that_the_browser_keeps_is_checked_when_it_comes_back(
    events: Events, sent: Any, read: str
) -> None:
    collection, mine = events.state("collection", "rien", carried=True), events.state("grille", "rien")
    part = events.part(Markup(""), "marches")
    part.on("filtrer", lambda one, other: Markup(f"{one}, {other}"), [collection, mine], [part])
    assert happened(events, "marches", "filtrer", collection=sent, grille=sent, inconnue=sent) == [
        Step({"marches": Markup(f"{read}, rien")}, {})
    ]


def test_a_text_that_changes_is_told_to_the_browser_that_keeps_it(events: Events) -> None:
    collection = events.state("collection", "", carried=True)
    part = events.part(Markup(""), "marches")

    def chosen(event: Event) -> str:
        return str(event.data["collection"])

    part.on("choisir", chosen, (), [collection])
    assert happened(events, "marches", "choisir", {"collection": "a"}) == [Step({}, {"collection": "a"})]
    assert happened(events, "marches", "choisir", {"collection": "a"}, collection="a") == [Step({}, {})]


def test_a_page_that_is_opened_is_told_who_asks_first_then_given_what_it_had(events: Events) -> None:
    grid = events.state("grille", "rien")
    part = events.part(Markup("vide"), "marches")
    part.on("calculer", lambda: "douze lignes", (), [grid])
    events.at_opening(lambda had: Markup(had), [part], given=[grid])
    happened(events, "marches", "calculer")
    assert happened(events, "", "ouverture") == [
        Step({"marches": Markup("vide")}, {"compte": "claire"}),
        Step({"marches": Markup("douze lignes")}, {}),
    ]
    assert happened(events, "", "ouverture", visit=Visit("claire", "une autre"))[1].shown == {
        "marches": "rien"
    }


def test_what_is_unchanged_is_not_shown_again(events: Events) -> None:
    part, other = events.part(Markup(""), "fil"), events.part(Markup(""), "liste")
    part.on("ouvrir", lambda: (UNCHANGED, Markup("b")), (), [part, other])
    assert happened(events, "fil", "ouvrir") == [Step({"liste": Markup("b")}, {})]


# ---- in a browser ------------------------------------------------------------------------------------------------------------------


@pytest.mark.browser
@pytest.mark.models
def test_a_page_left_open_finds_a_server_started_anew_and_keeps_what_was_typed(
    browser: Browser, served: Served, tmp_path_factory: pytest.TempPathFactory
) -> None:
    home = home_beside(served.home, tmp_path_factory.mktemp("relance"))
    first = serve(home)
    opened = next(first)
    page = browser.new_page()
    page.goto(opened.url)
    ready(page)
    page.get_by_label("Votre question").fill("Peut-on exclure un candidat soumis au Cloud Act ?")
    first.close()
    page.get_by_role("button", name="Envoyer", exact=True).click()
    expect(page.locator("#annonce")).to_contain_text("ne répond plus")
    second = serve(home, port=int(opened.url.rpartition(":")[2]))
    next(second)
    expect(page.locator("#fil .tour h3")).to_contain_text("Peut-on exclure un candidat soumis au Cloud Act ?")
    expect(page.locator("#fil .tour .avis")).to_have_count(1)
    expect(page.locator("#annonce")).to_contain_text("de retour")
    second.close()
    page.close()


@pytest.mark.browser
@pytest.mark.models
def test_what_was_typed_is_there_after_the_page_was_loaded_again(browser: Browser, served: Served) -> None:
    with watched(browser, served.url) as page:
        page.get_by_label("Votre question").fill("Une question à demi écri")
        page.get_by_label("Droit en vigueur le").fill("01/05/2026")
        page.reload()
        ready(page)
        expect(page.get_by_label("Votre question")).to_have_value("Une question à demi écri")
        expect(page.get_by_label("Droit en vigueur le")).to_have_value("01/05/2026")
