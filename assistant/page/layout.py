"""The whole page: its title, its screens in tabs."""

import os
from collections.abc import Sequence
from importlib import resources

os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")
# Gradio keeps a record of each of the last 10,000 events and makes a table of them all anew at every event: nobody here looks at it.
os.environ.setdefault("GRADIO_ANALYTICS_MAX_EVENTS", "1")
os.environ.setdefault("GRADIO_ANALYTICS_CACHE_FREQUENCY", "1000000000")

import gradio as gr

from assistant.page import (
    administration,
    clauses,
    dependencies,
    drafting,
    due,
    library,
    markets,
    needs,
    questions,
    review,
    summaries,
)
from assistant.page.context import Site
from assistant.page.events import Events, Visit
from assistant.page.markup import Markup, tag, text
from assistant.site.rights import Right, may
from assistant.site.users import User

TITLE = "Assistant de la commande publique"
MOTTO = "Il trouve les règles, les cite mot pour mot, et se tait quand il ne peut pas savoir. Rien ne quitte cet ordinateur."
# Fonts of the machine only: nothing is fetched. Not « Marianne », even where it is installed: it is the State's own (its charter keeps it to its services).
FONTS = ("Segoe UI", "DejaVu Sans", "system-ui", "sans-serif")

# The title where the page will have it, at once: Gradio draws its first words only after its scripts, 0.1 s later where nothing else is at work.
_OPENING_STYLE = (
    "body { background: #f4f6f9; } body:has(#titre h1) .ouverture { display: none; }"
    " .ouverture { position: absolute; top: .85rem; left: 2.4rem; margin: 0; color: #14202e; font-weight: 650; font-size: 1.35rem; }"
    ' .ouverture { font-family: "Segoe UI", "DejaVu Sans", system-ui, sans-serif; }'
    " @media (prefers-color-scheme: dark) { body { background: #0e151e; } .ouverture { color: #e9eef5; } }"
)
# What the page says of itself, in a box that lies over all else (page.js): that the server does not answer, what it refuses, what failed.
_SAYS = tag(
    "div",
    tag("div"),
    tag("button", "Fermer", type="button", popovertarget="annonce"),
    id="annonce",
    popover="manual",
    role="alert",
    data_parti="L'assistant ne répond plus : il a été arrêté, ou sa machine est injoignable. Ce que vous avez tapé reste ici, et la page le retrouvera seule.",
    data_retour="L'assistant est de retour.",
)
# Beside Gradio's theme and not in it: Gradio drops the size of the paper, and puts its own names before each rule.
_PAPER = resources.files("assistant.page").joinpath("paper.css").read_text(encoding="utf-8")
OPENING = text((tag("style", Markup(_OPENING_STYLE + _PAPER)), tag("p", TITLE, class_="ouverture"), _SAYS))

STYLE = resources.files("assistant.page").joinpath("theme.css").read_text(encoding="utf-8")
SCRIPT = resources.files("assistant.page").joinpath("page.js").read_text(encoding="utf-8")


def theme() -> gr.themes.Base:
    """Gradio's plainest theme, over the machine's fonts."""
    return gr.themes.Base(
        primary_hue="blue", neutral_hue="slate", font=FONTS, font_mono=("DejaVu Sans Mono", "monospace")
    )


def page(site: Site, events: Events) -> gr.Blocks:
    """The page over a site; ``events`` is told what its screens do."""
    with gr.Blocks(title=TITLE, analytics_enabled=False, fill_width=True) as blocks:
        # The page asks nothing through Gradio's queue, which would look a thousand times a second whether anything waits: 0.07 s of processor each second.
        blocks.run_startup_events = lambda: None
        heading = events.part(_heading(None), "titre")
        # A screen is drawn when its tab is first chosen, and stays: what was written on it too.
        with gr.Tabs(elem_id="ecrans", overflow_behavior="wrap"):
            with gr.Tab(_SCREENS["questions"], id="questions"):
                answers = questions.screen(site, events)
            with gr.Tab(_SCREENS["marches"], id="marches"):
                pieces = markets.screen(site, events)
            with gr.Tab(_SCREENS["echeances"], id="echeances"):
                contracts = due.screen(site, events)
            with gr.Tab(_SCREENS["dependances"], id="dependances"):
                dependencies.screen(site, events)
            with gr.Tab(_SCREENS["besoins"], id="besoins"):
                needs.screen(site, events)
            with gr.Tab(_SCREENS["clauses"], id="clauses"):
                clause = clauses.screen(site, events)
            with gr.Tab(_SCREENS["redaction"], id="redaction"):
                drafting.screen(site, events, clause)
            with gr.Tab(_SCREENS["controle"], id="controle"):
                reviewed = review.screen(site, events)
            with gr.Tab(_SCREENS["syntheses"], id="syntheses"):
                summaries.screen(site, events)
            with gr.Tab(_SCREENS["bibliotheque"], id="bibliotheque"):
                indexed = library.screen(site, events)
            with gr.Tab(_SCREENS["administration"], id="administration"):
                administration.screen(site, events)
        clauses.opened_from(site, clause, (answers, pieces, contracts, reviewed, indexed))

        def opened(visit: Visit) -> Markup:
            user = site.known_or_alone(visit.name)
            hidden = [screen for screen, right in _RIGHTS.items() if not may(user.role, right)]
            return text((_heading(user if site.asks_who else None), _without(hidden)))

        events.at_opening(opened, [heading], then=("readOn",))
    return blocks


_SCREENS = {
    "questions": "Questions",
    "marches": "Mes marchés",
    "echeances": "Échéances",
    "dependances": "Dépendances",
    "besoins": "Besoins",
    "clauses": "Clauses",
    "redaction": "Rédaction",
    "controle": "Contrôle",
    "syntheses": "Synthèses",
    "bibliotheque": "Bibliothèque",
    "administration": "Administration",
}
# What one must be allowed to do for a screen to be of use; its events ask again, whatever is shown.
_RIGHTS = {
    "besoins": Right.UPLOAD,
    "redaction": Right.DRAFT,
    "controle": Right.REVIEW,
    "syntheses": Right.SUMMARISE,
    "administration": Right.JOURNAL,
}


def _without(screens: Sequence[str]) -> Markup | None:
    """Takes the tabs of ``screens`` off the page. A tab drawn with its content stays in the bar when gradio is told to hide it (6.31)."""
    return (
        tag(
            "style",
            ", ".join(f"[data-tab-id={screen}]" for screen in screens) + " { display: none !important; }",
        )
        if screens
        else None
    )


def _heading(user: User | None) -> Markup:
    """The title of the page; who is signed in, and the way out."""
    out = None
    if user is not None:
        said = tag("span", f"{user.name}, {user.role.value} ")
        out = tag(
            "form", said, tag("button", "Se déconnecter", type="submit"), method="post", action="deconnexion"
        )
    skip = tag("a", "Aller au contenu", href="#ecrans", class_="evitement")
    return text((skip, tag("div", tag("div", tag("h1", TITLE), tag("p", MOTTO)), out, class_="bandeau")))
