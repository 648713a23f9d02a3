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

from assistant.page.markup import Markup, tag

# What is shown, or kept, stays as it is.
UNCHANGED: Final = object()
# Open pages whose values the server keeps; beyond, those that asked nothing for the longest are forgotten, and what they held with them.
_MOST_PAGES = 500
# What the page asks for when it is opened, and when a tab is chosen: events of no part.
OPENING, CHOSEN = "ouverture", "onglet"

Values = Mapping[str, Any]
# A function of page.js and what it is given, once all is shown.
Then = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """What a screen's HTML sent with an event: written by a browser, so to be checked before use."""

    data: Values


@dataclass(frozen=True, slots=True)
class Visit:
    """Who asks, by the name that came through the door, and the random word of the open page that he asks from."""

    name: str
    page: str


@dataclass(frozen=True, slots=True)
class State:
    """A value that an open page keeps between demands.

    Attributes:
        id: its name.
        first: what it is on a page just opened.
        carried: the page itself keeps it, and a server that was started anew is given it again: a text, a list or a table of texts.
    """

    id: str
    first: Any
    carried: bool

    def read(self, sent: Any) -> Any:
        """What the page sent back, checked; the first value where it is of another shape."""
        if isinstance(self.first, str):
            return sent if isinstance(sent, str) else self.first
        if isinstance(self.first, tuple):
            return tuple(sent) if isinstance(sent, list | tuple) and all(isinstance(one, str) for one in sent) else self.first
        return dict(sent) if isinstance(sent, dict) and all(isinstance(one, str) for one in sent.values()) else self.first


@dataclass(frozen=True, slots=True)
class Step:
    """What a demand shows at once: HTML by part, and the carried values that changed."""

    shown: Mapping[str, Markup]
    carried: Values


@dataclass(frozen=True, slots=True)
class _Reaction:
    """What is done at an event."""

    do: Callable[..., Any]
    given: tuple[State, ...]
    shows: tuple["Part | State", ...]
    then: Then
    stops: tuple[str, ...]
    latest: bool

    def result(self, values: Values, event: Event, visit: Visit) -> Iterator[tuple[Any, ...]]:
        """What each step gives, one thing for each of ``shows``."""
        wanted = [{Event: event, Visit: visit}[kind] for kind in _asked_for(self.do)]
        made = self.do(*(values[one.id] for one in self.given), *wanted)
        for step in made if isinstance(made, Iterator) else (made,):
            yield step if len(self.shows) > 1 else (step,) if self.shows else ()


def _asked_for(do: Callable[..., Any]) -> list[type]:
    """Whether it wants the event, the visit or both, in its order."""
    said = inspect.unwrap(getattr(do, "func", do))
    hints = get_type_hints(said)
    return [hints[name] for name in inspect.signature(do).parameters if hints.get(name) in (Event, Visit)]


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
            latest: a later one takes the place of one under way; otherwise it is not asked again before its end.
        """
        self._events.add(self.id, event, _Reaction(do, tuple(given), tuple(shows), then, tuple(stops), latest))


class Events:
    """The parts of a page, what they do, and the values of every open page."""

    def __init__(self) -> None:
        self._reactions: dict[tuple[str, str], list[_Reaction]] = {}
        self._changes: list[tuple[State, _Reaction]] = []
        self._states: dict[str, State] = {}
        self._kept: OrderedDict[Visit, dict[str, Any]] = OrderedDict()
        self._lock = Lock()

    # ---- what a page is made of -------------------------------------------------------------------------------------------------

    def part(self, value: Markup, id_: str) -> Part:
        """A part of the screen being built, which shows ``value`` at first."""
        gr.HTML(tag("div", value, data_part=id_), elem_id=id_, apply_default_css=False, js_on_load=None)
        return Part(id_, self)

    def state(self, id_: str, first: Any, *, carried: bool = False) -> State:
        """A value that each open page keeps. See ``State``."""
        self._states[id_] = made = State(id_, first, carried)
        return made

    def add(self, part: str, event: str, reaction: _Reaction) -> None:
        """See ``Part.on``; several may react to the opening of the page, one after the other."""
        if any(isinstance(one, State) and one.id not in self._states for one in (*reaction.given, *reaction.shows)):
            raise ValueError(f"a value that no page keeps: {part}/{event}")
        self._reactions.setdefault((part, event), []).append(reaction)

    def at_opening(self, do: Callable[..., Any], shows: Sequence["Part | State"], *, then: Then = ()) -> None:
        """What is done when a page is opened."""
        self.add("", OPENING, _Reaction(do, (), tuple(shows), then, (), latest=False))

    def when_chosen(self, screen: str, do: Callable[..., Any], given: Sequence[State], shows: Sequence["Part | State"]) -> None:
        """What is done when the tab of a screen is chosen."""
        self.add(screen, CHOSEN, _Reaction(do, tuple(given), tuple(shows), (), (), latest=True))

    def when_changed(self, state: State, do: Callable[..., Any], given: Sequence[State], shows: Sequence["Part | State"]) -> None:
        """What is done in the same demand once a value has changed."""
        self._changes.append((state, _Reaction(do, tuple(given), tuple(shows), (), (), latest=False)))

    # ---- what happens -----------------------------------------------------------------------------------------------------------

    def knows(self, part: str, event: str) -> bool:
        """Whether something is done at that event."""
        return (part, event) in self._reactions

    def then(self, part: str, event: str) -> tuple[Then, ...]:
        """What the browser does at the end of it."""
        return tuple(one.then for one in self._reactions[part, event] if one.then)

    def stops(self, part: str, event: str) -> frozenset[str]:
        """The demands that it stops."""
        return frozenset(stopped for one in self._reactions[part, event] for stopped in one.stops)

    @property
    def latest(self) -> tuple[str, ...]:
        """The events, as ``part/event``, of which a later one takes the place of one under way."""
        return tuple(f"{part}/{event}" for (part, event), reactions in self._reactions.items() if any(one.latest for one in reactions))

    def happen(self, part: str, event: str, data: Values, visit: Visit, carried: Values) -> Iterator[Step]:
        """Does what is to be done at an event, step by step; what it raises comes from the screen."""
        for reaction in self._reactions[part, event]:
            yield from self._done(reaction, Event(data), visit, carried)

    def _done(self, reaction: _Reaction, event: Event, visit: Visit, carried: Values) -> Iterator[Step]:
        values = self._values(visit, carried)
        changed: dict[str, Any] = {}
        for made in reaction.result(values, event, visit):
            pairs = [(one, value) for one, value in zip(reaction.shows, made, strict=True) if value is not UNCHANGED]
            now = {one.id: value for one, value in pairs if isinstance(one, State) and value != values[one.id]}
            changed |= now
            values |= now
            self._keep(visit, now)
            told = {id_: value for id_, value in now.items() if self._states[id_].carried}
            yield Step({one.id: value for one, value in pairs if isinstance(one, Part)}, told)
        for state, then in self._changes:
            if state.id in changed:
                yield from self._done(then, event, visit, {**carried, **changed})

    def _values(self, visit: Visit, carried: Values) -> dict[str, Any]:
        """The values of a page, as its browser and the server keep them."""
        with self._lock:
            kept = dict(self._kept.get(visit, {}))
        return {
            state.id: state.read(carried[state.id]) if state.carried and state.id in carried else kept.get(state.id, state.first)
            for state in self._states.values()
        }

    def _keep(self, visit: Visit, values: Values) -> None:
        held = {id_: value for id_, value in values.items() if not self._states[id_].carried}
        if not held:
            return
        with self._lock:
            self._kept[visit] = {**self._kept.pop(visit, {}), **held}
            if len(self._kept) > _MOST_PAGES:
                self._kept.popitem(last=False)
