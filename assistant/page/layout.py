"""The whole page: its title, its screens in tabs."""

import json
import os
from collections.abc import Sequence
from importlib import resources

os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")
# Gradio keeps a record of each of the last 10,000 events and makes a table of them all anew at every event: nobody here looks at it.
os.environ.setdefault("GRADIO_ANALYTICS_MAX_EVENTS", "1")
os.environ.setdefault("GRADIO_ANALYTICS_CACHE_FREQUENCY", "1000000000")

import gradio as gr

from assistant.page import administration, clauses, dependencies, drafting, due, library, markets, needs, questions, review, summaries
from assistant.page.context import Site
from assistant.page.events import Events, Visit
from assistant.page.markup import Markup, tag, text
from assistant.site.rights import Right, may
from assistant.site.users import User

TITLE = "Assistant de la commande publique"
MOTTO = "Il trouve les règles, les cite mot pour mot, et se tait quand il ne peut pas savoir. Rien ne quitte cet ordinateur."
# Fonts of the machine only: nothing is fetched.
FONTS = ("Marianne", "Segoe UI", "DejaVu Sans", "system-ui", "sans-serif")

# The title where the page will have it, at once: Gradio draws its first words only after its scripts, 0.1 s later where nothing else is at work.
_OPENING_STYLE = (
    "body { background: #f4f6f9; } body:has([data-part=titre]) .ouverture { display: none; }"
    " .ouverture { position: absolute; top: .85rem; left: 2.4rem; margin: 0; color: #14202e; font-weight: 650; font-size: 1.35rem; }"
    ' .ouverture { font-family: "Marianne", "Segoe UI", "DejaVu Sans", system-ui, sans-serif; }'
    " @media (prefers-color-scheme: dark) { body { background: #0e151e; } .ouverture { color: #e9eef5; } }"
)
OPENING = text((tag("style", Markup(_OPENING_STYLE)), tag("p", TITLE, class_="ouverture")))

STYLE = resources.files("assistant.page").joinpath("theme.css").read_text(encoding="utf-8")
SCRIPT = resources.files("assistant.page").joinpath("page.js").read_text(encoding="utf-8")


def theme() -> gr.themes.Base:
    """Gradio's plainest theme, over the machine's fonts."""
    return gr.themes.Base(primary_hue="blue", neutral_hue="slate", font=FONTS, font_mono=("DejaVu Sans Mono", "monospace"))


def page(site: Site, events: Events) -> gr.Blocks:
    """The page over a site; ``events`` is told what its screens do."""
    with gr.Blocks(title=TITLE, analytics_enabled=False, fill_width=True) as blocks:
        # The events that a later one replaces are told to the browser with the title (page.js).
        heading = events.part(_heading(None), "titre")
        # Every screen is drawn at once: going from one to another costs nothing, and what was written on one stays.
        with gr.Tabs(elem_id="ecrans"):
            with gr.Tab(_SCREENS["questions"], id="questions"):
                questions.screen(site, events)
            with gr.Tab(_SCREENS["marches"], id="marches", render_children=True):
                markets.screen(site, events)
            with gr.Tab(_SCREENS["echeances"], id="echeances", render_children=True):
                due.screen(site, events)
            with gr.Tab(_SCREENS["dependances"], id="dependances", render_children=True):
                dependencies.screen(site, events)
            with gr.Tab(_SCREENS["besoins"], id="besoins", render_children=True):
                needs.screen(site, events)
            with gr.Tab(_SCREENS["clauses"], id="clauses", render_children=True):
                clause = clauses.screen(site, events)
            with gr.Tab(_SCREENS["redaction"], id="redaction", render_children=True):
                drafting.screen(site, events, clause)
            with gr.Tab(_SCREENS["controle"], id="controle", render_children=True):
                review.screen(site, events)
            with gr.Tab(_SCREENS["syntheses"], id="syntheses", render_children=True):
                summaries.screen(site, events)
            with gr.Tab(_SCREENS["bibliotheque"], id="bibliotheque", render_children=True):
                library.screen(site, events)
            with gr.Tab(_SCREENS["administration"], id="administration", render_children=True):
                administration.screen(site, events)

        def opened(visit: Visit) -> Markup:
            user = site.known_or_alone(visit.name)
            hidden = [screen for screen, right in _RIGHTS.items() if not may(user.role, right)]
            return text((_heading(user if site.asks_who else None), _without(hidden), _told(events)))

        events.at_opening(opened, [heading])
    return blocks


def _told(events: Events) -> Markup:
    """What page.js is told of the page: its screens by their names, and the demands of which a later one takes the place of one under way."""
    return tag("span", hidden=True, data_screens=json.dumps(_SCREENS), data_latest=json.dumps(events.latest))


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
_RIGHTS = {"besoins": Right.UPLOAD, "redaction": Right.DRAFT, "controle": Right.REVIEW, "syntheses": Right.SUMMARISE, "administration": Right.JOURNAL}


def _without(screens: Sequence[str]) -> Markup | None:
    """Takes the tabs of ``screens`` off the page. A tab drawn with its content stays in the bar when gradio is told to hide it (6.31).

    On a narrow screen the last tabs are in a menu where they have no name but their title: page.js takes them out by it.
    """
    if not screens:
        return None
    style = tag("style", ", ".join(f"[data-tab-id={screen}]" for screen in screens) + " { display: none !important; }")
    return text((style, tag("span", hidden=True, data_without=", ".join(_SCREENS[screen] for screen in screens))))


def _heading(user: User | None) -> Markup:
    """The title of the page; who is signed in, and the way out."""
    out = None
    if user is not None:
        said = tag("span", f"{user.name}, {user.role.value} ")
        out = tag("form", said, tag("button", "Se déconnecter", type="submit"), method="post", action="deconnexion")
    skip = tag("a", "Aller au contenu", href="#ecrans", class_="evitement", data_skip=True)
    return text((skip, tag("div", tag("div", tag("h1", TITLE), tag("p", MOTTO)), out, class_="bandeau")))
