"""The whole page: its title, its screens in tabs."""

import os
from importlib import resources

os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")

import gradio as gr

from assistant.page import clauses, drafting, library, questions
from assistant.page.context import Site, panel
from assistant.page.markup import tag, text

TITLE = "Assistant de la commande publique"
MOTTO = "Il trouve les règles, les cite mot pour mot, et se tait quand il ne peut pas savoir. Rien ne quitte cet ordinateur."
# Fonts of the machine only: nothing is fetched.
FONTS = ("Marianne", "Segoe UI", "DejaVu Sans", "system-ui", "sans-serif")

STYLE = resources.files("assistant.page").joinpath("theme.css").read_text(encoding="utf-8")
SCRIPT = resources.files("assistant.page").joinpath("page.js").read_text(encoding="utf-8")
HEAD = f"<script>{SCRIPT}</script>"


def theme() -> gr.themes.Base:
    """Gradio's plainest theme, over the machine's fonts."""
    return gr.themes.Base(primary_hue="blue", neutral_hue="slate", font=FONTS, font_mono=("DejaVu Sans Mono", "monospace"))


def page(site: Site) -> gr.Blocks:
    """The page over a site."""
    with gr.Blocks(title=TITLE, analytics_enabled=False, fill_width=True) as blocks:
        panel(text((tag("h1", TITLE), tag("p", MOTTO))), elem_id="titre")
        chosen = gr.State(())
        with gr.Tabs(elem_id="ecrans") as tabs:
            # Every screen is drawn at once: going from one to another costs nothing, and what was written on one stays.
            with gr.Tab("Questions", id="questions"):
                questions.screen(site)
            with gr.Tab("Clauses", id="clauses", render_children=True):
                taken = clauses.screen(site, chosen)
            with gr.Tab("Rédaction", id="redaction", render_children=True):
                drafting.screen(site, chosen)
            with gr.Tab("Bibliothèque", id="bibliotheque", render_children=True):
                library.screen(site)
        taken.then(lambda: gr.Tabs(selected="redaction"), None, [tabs], show_progress="hidden", api_visibility="private")
    return blocks
