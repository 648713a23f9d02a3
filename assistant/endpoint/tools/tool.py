"""What a tool is: its name and shapes for a program, what it does for a caller, and how it fails."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.endpoint.answers import Desk
from assistant.endpoint.callers import Caller
from assistant.errors import (
    AssistantError,
    BusyError,
    ForbiddenError,
    LibraryBusyError,
    ModelError,
    NotIndexedError,
    ReadingError,
    SignInError,
    UnknownModelError,
    UsageError,
)
from assistant.site.access import without_paths

Json = dict[str, Any]
Arguments = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a tool found: Markdown for a reader, and the same for a program."""

    text: str
    value: Json


@dataclass(frozen=True, slots=True)
class Room:
    """What tools work with. ``folders`` are those whose files may be summarised besides what is indexed (absolute, resolved)."""

    desk: Desk
    folders: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool that only reads. ``takes`` and ``gives`` are JSON schemas of its arguments and of ``Outcome.value``."""

    name: str
    title: str
    description: str
    takes: Json
    gives: Json
    run: Callable[[Room, Caller, Arguments], Outcome]


# The first that fits: its category, and whether the same call may succeed later.
_CATEGORIES: tuple[tuple[tuple[type[AssistantError], ...], str, bool], ...] = (
    ((UnknownModelError, NotIndexedError), "not_found", False),
    ((SignInError,), "unauthenticated", False),
    ((ForbiddenError,), "forbidden", False),
    ((BusyError, LibraryBusyError), "busy", True),
    ((UsageError,), "invalid_input", False),
    ((ReadingError,), "unreadable", False),
    ((ModelError,), "unavailable", False),
    ((AssistantError,), "unavailable", True),
)
CATEGORIES = (*dict.fromkeys(category for _, category, _ in _CATEGORIES), "internal")


def failure(error: Exception) -> Json:
    """An error as every tool tells it; of a defect, its kind alone."""
    if not isinstance(error, AssistantError):
        return _told(
            "L'assistant a rencontré un défaut et n'a pas pu finir.",
            "internal",
            False,
            f"Signalez-le ({type(error).__name__}).",
        )
    category, retryable = next(
        (category, retryable) for kinds, category, retryable in _CATEGORIES if isinstance(error, kinds)
    )
    return _told(without_paths(error.message), category, retryable, without_paths(error.hint))


def _told(message: str, category: str, retryable: bool, hint: str) -> Json:
    return {"error": message, "error_category": category, "retryable": retryable, "hint": hint}
