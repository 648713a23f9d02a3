"""What every screen is given: the workspace, who is asking, the queue, the files received."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import gradio as gr

from assistant.errors import AssistantError
from assistant.page.conversations import Conversations
from assistant.page.deposits import Deposits
from assistant.page.judgements import Judgements
from assistant.page.markup import Markup
from assistant.page.turns import Turns
from assistant.workspace import Workspace

# The name of the one person of a page without sign-in.
ALONE = "local"


@dataclass(frozen=True, slots=True)
class Site:
    """The page's parts. ``turns`` is the queue of what uses the models."""

    workspace: Workspace
    deposits: Deposits
    turns: Turns
    conversations: Conversations
    judgements: Judgements


def visitor(request: gr.Request | None) -> str:
    """Who is asking: the name that signed in, or ``ALONE`` where nobody has to."""
    name = getattr(request, "username", None)
    return name if isinstance(name, str) and name else ALONE


def sent(event: gr.EventData) -> Mapping[str, Any]:
    """What a screen's HTML sent with an event: written by a browser, so to be checked before use."""
    data = getattr(event, "_data", None)
    return data if isinstance(data, Mapping) else {}


def word(data: Mapping[str, Any], name: str, most: int = 4_000) -> str:
    """A text of what was sent, ``most`` characters of it."""
    value = data.get(name, "")
    return value[:most] if isinstance(value, str) else str(value)[:most] if isinstance(value, int | float) else ""


def number(data: Mapping[str, Any], name: str, default: int = 0) -> int:
    """A whole number of what was sent, or ``default``."""
    try:
        return int(word(data, name, 20))
    except ValueError:
        return default


def day(written: str) -> date | None:
    """A date that was typed, None where nothing was.

    Raises:
        AssistantError: it is not one.
    """
    if not written.strip():
        return None
    try:
        return date.fromisoformat(written.strip())
    except ValueError as error:
        raise AssistantError(
            f"« {written} » n'est pas une date.", "Écrivez-la AAAA-MM-JJ, par exemple 2026-04-01, ou laissez vide pour aujourd'hui."
        ) from error


def panel(value: Markup | Callable[[], Markup], events: tuple[str, ...] = (), **options: Any) -> gr.HTML:
    """A part of a screen: HTML whose buttons and forms send ``events``, each of which is then a method (``panel.ouvrir(...)``)."""
    named = ", ".join(f"'{event}'" for event in events)
    return gr.HTML(value, js_on_load=f"assistantPage.attach(element, trigger); /* {named} */" if events else None, apply_default_css=False, **options)
