"""The queue and the long tasks of the page."""

import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from assistant.datatypes import Progress
from assistant.errors import AssistantError, LibraryBusyError, UsageError
from assistant.index.ingest import Report
from assistant.page import server
from assistant.page.events import Visit
from assistant.page.jobs import Job, Running, StoppedError, duration
from assistant.page.library import _Screen
from assistant.site.turns import Turns
from assistant.workspace import Workspace


def test_those_who_ask_go_in_order_one_at_a_time() -> None:
    turns, order, at_once, most = Turns(), list[int](), [0], [0]
    first = threading.Event()

    def ask(number: int) -> None:
        with turns.taken("une personne") as turn:
            if number == 0:
                first.set()
            while turn.wait(0.05):
                pass
            at_once[0] += 1
            most[0] = max(most[0], at_once[0])
            time.sleep(0.02)
            order.append(number)
            at_once[0] -= 1

    threads = []
    for number in range(10):
        thread = threading.Thread(target=ask, args=(number,))
        thread.start()
        threads.append(thread)
        first.wait(2)
        while len(turns) + len(order) <= number:
            time.sleep(0.001)
    for thread in threads:
        thread.join(5)
    assert order == list(range(10))
    assert most == [1]
    assert len(turns) == 0


def test_one_who_leaves_lets_the_next_one_go() -> None:
    turns = Turns()
    with turns.taken("une personne") as first:
        with turns.taken("une personne") as second:
            assert (first.before(), second.before()) == (0, 1)
            with pytest.raises(ValueError, match="défaut"):
                _ask_and_fail(turns)
        with turns.taken("une personne") as fourth:
            assert fourth.before() == 1


def _ask_and_fail(turns: Turns) -> None:
    with turns.taken("une personne") as turn:
        assert turn.before() == 2
        raise ValueError("défaut")


def test_ten_questions_of_one_person_keep_nobody_else_waiting_for_all_of_them() -> None:
    turns, order = Turns(2), list[str]()
    with ExitStack() as held:
        many = [held.enter_context(turns.taken("Claire")) for _ in range(10)]
        assert [turn.before() for turn in many[:4]] == [0, 0, 1, 2]
        other = held.enter_context(turns.taken("Paul"))
        third = held.enter_context(turns.taken("Anne"))
        assert (other.before(), third.before(), many[2].before()) == (1, 2, 3)
        again = held.enter_context(turns.taken("Paul"))
        assert again.before() == 4  # his second waits for one of Claire's
    assert len(turns) == 0

    alone = Turns(1)  # with two, whose turn it is first need not be the first to run

    def ask(who: str) -> None:
        with alone.taken(who) as turn:
            while turn.wait(0.05):
                pass
            order.append(who)

    with alone.taken("x"):
        threads = [threading.Thread(target=ask, args=(who,)) for who in ("Claire",) * 6 + ("Paul",)]
        for thread in threads:
            thread.start()
        while len(alone) < 8:
            time.sleep(0.001)
    for thread in threads:
        thread.join(5)
    assert order.index("Paul") <= 1
    assert len(order) == 7


def test_a_job_says_how_far_it_is_and_gives_its_result() -> None:
    go = threading.Event()

    def work(listen: Any) -> str:
        listen(Progress("lecture", 1, 4, "CCAP.pdf"))
        go.wait(2)
        return "fini"

    job = Job(work)
    shown = next(one for one in job.followed() if "lecture" in one.lower())
    assert "Lecture : 1 sur 4. CCAP.pdf" in shown
    assert '<progress value="1" max="4"' in shown
    go.set()
    assert job.result() == "fini"


def test_a_job_that_is_stopped_ends_at_its_next_step() -> None:
    begun, stopped = threading.Event(), threading.Event()

    def work(listen: Any) -> None:
        listen(Progress("lecture", 1, 2))
        begun.set()
        stopped.wait(2)
        listen(Progress("lecture", 2, 2))

    job = Job(work)
    begun.wait(2)
    job.stop()
    stopped.set()
    with pytest.raises(StoppedError, match="Arrêté à votre demande"):
        job.result()


def test_a_job_that_fails_says_why_and_a_defect_is_said_without_its_details() -> None:
    def refuse(_: Any) -> None:
        raise UsageError("Non.", "Autrement.")

    def break_(_: Any) -> None:
        raise RuntimeError("/srv/secret")

    with pytest.raises(UsageError, match=r"Non\."):
        Job(refuse).result()
    with pytest.raises(AssistantError) as caught:
        Job(break_).result()
    assert "secret" not in str(caught.value)


def test_a_page_has_one_task_at_a_time_and_stops_its_own_only() -> None:
    running, go = Running(), threading.Event()
    one, other = (Visit("claire", page) for page in ("a", "b"))
    job = running.start(one, lambda listen: go.wait(2))  # type: ignore[arg-type]
    with pytest.raises(AssistantError, match="déjà en cours"):
        running.start(one, lambda listen: None)  # type: ignore[arg-type]
    assert running.stop(other) == ""  # type: ignore[arg-type]
    go.set()
    assert job.result() is True


def test_a_task_whose_page_came_back_too_late_to_follow_it_lets_the_next_begin() -> None:
    running, go, page = Running(), threading.Event(), Visit("claire", "a")
    followed = running.start(page, lambda listen: go.wait(5)).followed()  # type: ignore[arg-type]
    next(followed)
    with pytest.raises(AssistantError, match="déjà en cours"):
        running.start(page, lambda listen: None)  # type: ignore[arg-type]
    followed.close()  # type: ignore[attr-defined]
    assert running.start(page, lambda listen: "fini").result() == "fini"  # type: ignore[arg-type]
    go.set()


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (5, "moins d'une minute"),
        (61, "environ 1 minute"),
        (200, "environ 3 minutes"),
        (7800, "environ 2 h 10"),
    ],
)
def test_the_time_left_is_said_in_words(seconds: float, said: str) -> None:
    assert duration(seconds) == said


def test_additions_wait_for_those_before_and_for_a_command_and_each_knows_its_place(tmp_path: Path) -> None:
    """The second was refused for as long as the first one's document was read: 83 s for everybody."""
    workspace = Workspace(tmp_path)
    screen, go, told, done = _Screen(server.site_of(workspace)), threading.Event(), list[str](), list[str]()

    def addition(name: str, held: Callable[[], object]) -> Callable[[], Report]:
        def index() -> Report:
            held()
            done.append(name)
            return Report()

        return index

    def listen(progress: Progress) -> None:
        told.append(progress.label)

    def busy_once() -> None:
        if not any("commande" in label for label in told):
            raise LibraryBusyError("occupé")

    threads = []
    for name, held in (("un", lambda: go.wait(5)), ("deux", busy_once), ("trois", lambda: None)):
        threads.append(threading.Thread(target=screen._in_turn, args=(addition(name, held), listen)))
        threads[-1].start()
        while len(screen._adding) < len(threads):
            time.sleep(0.001)
    time.sleep(0.4)
    go.set()
    for thread in threads:
        thread.join(5)
    assert done == ["un", "deux", "trois"]
    assert {"1 ajout passe avant le vôtre.", "2 ajouts passent avant le vôtre."} <= set(told)
    workspace.close()
