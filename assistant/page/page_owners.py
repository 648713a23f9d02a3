"""Whose each open page is: what a page holds (the documents of a review, answers on their way) is given to the one who opened it, to nobody else."""

import json
import threading
from collections import OrderedDict
from urllib.parse import parse_qs

# As many pages as Gradio remembers; beyond, those that asked nothing for the longest are forgotten, and what they held with them.
_MOST_PAGES = 10_000
_LONGEST_NAME = 100


class PageOwners:
    """Open pages, each with the name of the first who spoke for it. A page is known by the random word (``session_hash``) that its browser gave it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._owners: OrderedDict[str, str] = OrderedDict()

    def is_of(self, page: str, name: str) -> bool:
        """Whether ``page`` is of ``name``: it becomes so where it was nobody's."""
        if len(page) > _LONGEST_NAME:
            return False
        with self._lock:
            owner = self._owners.pop(page, name)
            self._owners[page] = owner
            if len(self._owners) > _MOST_PAGES:
                self._owners.popitem(last=False)
        return owner == name


def page_named(path: str, query: bytes, body: bytes) -> str | None:
    """The page that a request to Gradio speaks for, read where Gradio reads it: its address, its JSON, or its query without one; None: it names none."""
    _, heartbeat, page = path.rstrip("/").partition("/heartbeat/")
    if heartbeat:
        return page
    if not body:
        return parse_qs(query.decode("ascii", "replace")).get("session_hash", [None])[-1]
    try:
        said = json.loads(body)
    except ValueError:
        return None
    named = said.get("session_hash") if isinstance(said, dict) else None
    return named if isinstance(named, str) else None
