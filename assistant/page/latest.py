"""What a page asks again and again while a slider moves or words are typed: the last that was asked counts, whenever the others are answered."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import gradio as gr

from assistant.page.context import number
from assistant.page.markup import Markup, tag

Answer = TypeVar("Answer")

# Open pages whose last demand is remembered; beyond, those that asked nothing for the longest are forgotten.
_MOST_PAGES = 2_000
# What the browser numbers its demands with (page.js).
RANK = "rang"


class Latest:
    """The last demand of each open page, by the number that its browser gave it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._ranks: OrderedDict[str, int] = OrderedDict()

    def counts(self, request: gr.Request, data: Mapping[str, Any]) -> bool:
        """Whether no later demand of the same page was heard of. Asked when a demand begins, and again before its answer is shown."""
        page, rank = request.session_hash or "", number(data, RANK)
        with self._lock:
            last = max(rank, self._ranks.pop(page, 0))
            self._ranks[page] = last
            if len(self._ranks) > _MOST_PAGES:
                self._ranks.popitem(last=False)
        return rank == last

    def answer(self, request: gr.Request, data: Mapping[str, Any], make: Callable[[], Answer]) -> Answer | None:
        """What ``make`` gives; None where a later demand of the same page was heard of, before it was made or since: nothing is then to be shown."""
        made = make() if self.counts(request, data) else None
        return made if self.counts(request, data) else None

    @staticmethod
    def mark(form: str, data: Mapping[str, Any]) -> Markup:
        """What tells the browser which demand of ``form`` (the element that holds it) an answer is to: one that was overtaken on its way is asked for anew."""
        return tag("span", hidden=True, data_form=form, data_rang=number(data, RANK))
