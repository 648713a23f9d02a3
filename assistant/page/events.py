"""What happens on the page: what the buttons and forms of a screen ask for, and what the server then shows of it.

A screen is made of parts, each with its HTML. A part says what is done at its events, with which values that the page keeps (``State``), and which parts and
values then change. ``assistant.page.stream`` brings demands and what is shown over the network.
"""

import inspect
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, Final, get_type_hints

import gradio as gr

from assistant.page.markup import Markup

# What is shown, or kept, stays as it is.
UNCHANGED: Final = object()
# Open pages whose values the server keeps; beyond, those that asked nothing for the longest are forgotten, and what they held with them.
_MOST_PAGES = 500
# What the page asks for when it is opened, and when a tab is chosen: events of no part.
OPENING, CHOSEN = "ouverture", "onglet"
# What a page that is opened is told first: who asks. What another typed in the same tab is forgotten there before anything is shown.
WHO = "compte"

Values = Mapping[str, Any]
# A function of page.js and what it is given, once all is shown.
Then = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """What a screen's HTML sent with an event: written by a browser, so to be checked before use."""

    data: Values


@dataclass(frozen=True, slots=True)
class Visit:
    """Who asks, by the name that came through the door, and the random word of the open page that he asks from: a page loaded again keeps it."""

    name: str
    page: str


@dataclass(frozen=True, slots=True)
class State:
    """A value that an open page keeps between demands.

    Attributes:
        id: its name.
        first: what it is on a page just opened.
        carried: a text that the page itself keeps: a server that was started anew is given it again.
    """

    id: str
    first: Any
    carried: bool


@dataclass(frozen=True, slots=True)
class Step:
    """What a demand shows at once: HTML by part, and the carried values that changed."""

    shown: Mapping[str, Markup]
    carried: Values


@dataclass(frozen=True, slots=True)
class _Reaction:
    """What is done at an event."""

    do: Callable[..., Any]
    wants: tuple[type, ...]
    given: tuple[State, ...]
    shows: tuple["Part | State", ...]
    then: Then
    stops: frozenset[str]
    latest: bool

    def result(self, values: Values, event: Event, visit: Visit) -> Iterator[tuple[Any, ...]]:
        """What each step gives, one thing for each of ``shows``."""
        made = self.do(
            *(values[one.id] for one in self.given),
            *({Event: event, Visit: visit}[kind] for kind in self.wants),
        )
        for step in made if isinstance(made, Iterator) else (made,):
            yield step if len(self.shows) > 1 else (step,) if self.shows else ()


def _wanted(do: Callable[..., Any]) -> tuple[type, ...]:
    """Whether it wants the event, the visit or both, in its order."""
    hints = get_type_hints(do)
    return tuple(
        hints[name] for name in inspect.signature(do).parameters if hints.get(name) in (Event, Visit)
    )


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a screen. Its id is that of its element."""

    id: str
    _events: "Events" = field(repr=False, compare=False)

    def on(
        self,
        event: str,
        do: Callable[..., Any] = lambda: None,
        given: Sequence[State] = (),
        shows: Sequence["Part | State"] = (),
        *,
        then: Then = (),
        stops: Sequence[str] = (),
        latest: bool = False,
    ) -> None:
        """Says what is done when a button or a form of this part sends ``event``.

        Args:
            event: its name, as in ``data-event``.
            do: is called with ``given``, then with the ``Event`` and the ``Visit`` if it has parameters of these types; gives one thing for each of ``shows``,
                or yields that again and again.
            given: values that it is given.
            shows: parts and values that it changes, in the order in which it gives them; ``UNCHANGED`` leaves one as it is.
            then: what the browser does at the end: a function of page.js and what it is given.
            stops: demands of the same page that it stops, as ``part/event``.
            latest: a later one takes the place of one under way, which is stopped at once. The browser asks again before the end of the first only where a form
                is asked as it changes (``data-changes``), and where a tab is chosen.
        """
        self._events.add(self.id, event, do, given, shows, then=then, stops=stops, latest=latest)


class Events:
    """The parts of a page, what they do, and the values of every open page."""

    def __init__(self) -> None:
        self._first: dict[str, Markup] = {}
        self._reactions: dict[tuple[str, str], list[_Reaction]] = {}
        self._states: dict[str, State] = {}
        self._kept: OrderedDict[Visit, dict[str, Any]] = OrderedDict()
        self._lock = Lock()

    # ---- what a page is made of -------------------------------------------------------------------------------------------------

    def part(self, value: Markup, id_: str) -> Part:
        """A part of the screen being built, which shows ``value`` once the page is opened: Gradio draws an empty place, of class ``partie``."""
        gr.Column(elem_id=id_, elem_classes="partie", min_width=0)
        self._first[id_] = value
        return Part(id_, self)

    def state(self, id_: str, first: Any, *, carried: bool = False) -> State:
        """A value that each open page keeps. See ``State``."""
        self._states[id_] = made = State(id_, first, carried)
        return made

    def add(
        self,
        part: str,
        event: str,
        do: Callable[..., Any],
        given: Sequence[State],
        shows: Sequence["Part | State"],
        *,
        then: Then = (),
        stops: Sequence[str] = (),
        latest: bool = False,
    ) -> None:
        """See ``Part.on``; several may react to the opening of the page, one after the other."""
        if any(isinstance(one, State) and one.id not in self._states for one in (*given, *shows)):
            raise ValueError(f"a value that no page keeps: {part}/{event}")
        stopped = frozenset((*stops, f"{part}/{event}")) if latest else frozenset(stops)
        self._reactions.setdefault((part, event), []).append(
            _Reaction(do, _wanted(do), tuple(given), tuple(shows), then, stopped, latest)
        )

    def at_opening(
        self,
        do: Callable[..., Any],
        shows: Sequence["Part | State"],
        *,
        given: Sequence[State] = (),
        then: Then = (),
    ) -> None:
        """What is done when a page is opened, or loaded again: it is given what it had."""
        self.add("", OPENING, do, given, shows, then=then)

    def when_chosen(
        self, screen: str, do: Callable[..., Any], given: Sequence[State], shows: Sequence["Part | State"]
    ) -> None:
        """What is done when the tab of a screen is chosen."""
        self.add(screen, CHOSEN, do, given, shows, latest=True)

    # ---- what happens -----------------------------------------------------------------------------------------------------------

    def knows(self, part: str, event: str) -> bool:
        """Whether something is done at that event."""
        return (part, event) in self._reactions

    def then(self, part: str, event: str) -> tuple[Then, ...]:
        """What the browser does at the end of it."""
        return tuple(one.then for one in self._reactions[part, event] if one.then)

    def stops(self, part: str, event: str) -> frozenset[str]:
        """The demands that it stops: one of its own kind under way too, where a later one takes its place."""
        return frozenset().union(*(one.stops for one in self._reactions[part, event]))

    def happen(self, part: str, event: str, data: Values, visit: Visit, carried: Values) -> Iterator[Step]:
        """Does what is to be done at an event, step by step; what it raises comes from the screen. At the opening, each part shows its first value before."""
        if event == OPENING:
            yield Step(self._first, {WHO: visit.name})
        for reaction in self._reactions[part, event]:
            yield from self._done(reaction, Event(data), visit, carried)

    def _done(self, reaction: _Reaction, event: Event, visit: Visit, carried: Values) -> Iterator[Step]:
        values = self._values(visit, carried)
        for made in reaction.result(values, event, visit):
            pairs = [
                (one, value)
                for one, value in zip(reaction.shows, made, strict=True)
                if value is not UNCHANGED
            ]
            now = {
                one.id: value for one, value in pairs if isinstance(one, State) and value != values[one.id]
            }
            values |= now
            self._keep(visit, now)
            told = {id_: value for id_, value in now.items() if self._states[id_].carried}
            yield Step({one.id: value for one, value in pairs if isinstance(one, Part)}, told)

    def _values(self, visit: Visit, carried: Values) -> dict[str, Any]:
        """The values of a page, as the server keeps them, and its browser: what that sends counts where it is a text."""
        with self._lock:
            kept = dict(self._kept.get(visit, {}))
        sent = {
            id_: value
            for id_, value in carried.items()
            if isinstance(value, str) and id_ in self._states and self._states[id_].carried
        }
        return {id_: state.first for id_, state in self._states.items()} | kept | sent

    def _keep(self, visit: Visit, values: Values) -> None:
        held = {id_: value for id_, value in values.items() if not self._states[id_].carried}
        if not held:
            return
        with self._lock:
            self._kept[visit] = {**self._kept.pop(visit, {}), **held}
            if len(self._kept) > _MOST_PAGES:
                self._kept.popitem(last=False)
