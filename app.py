"""The page: a chat in French, the extracts and claims as they arrive, the sources beside it. It reads the question, calls the workspace, shows the result."""

import argparse
import html
import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")

import gradio as gr

from assistant import export
from assistant.datatypes import Answer, Claim, Kind, Passage, Source
from assistant.errors import AssistantError, UsageError
from assistant.workspace import Workspace

TITLE = "Assistant de la commande publique"
EXAMPLES = [
    "Peut-on exclure un fournisseur américain parce qu'il est soumis au Cloud Act ?",
    "Comment imposer que les données et le support restent dans l'Union européenne ?",
    "Une collectivité est-elle obligée d'exiger SecNumCloud ?",
]
LOOPBACK = ("127.0.0.1", "localhost", "::1")
# Fonts of the machine only: nothing is fetched.
FONTS = ("Marianne", "Segoe UI", "DejaVu Sans", "system-ui", "sans-serif")
CSS = """
.gradio-container { max-width: 1400px !important; margin: auto; }
.sources article { border-left: 3px solid var(--primary-500); padding: .2rem .8rem; margin: 0 0 1rem; }
.sources h3 { margin: 0; font-size: .95rem; }
.sources p { margin: .25rem 0; white-space: pre-wrap; }
.sources .trail, .sources .dates { font-size: .82rem; color: #475569; }
.dark .sources .trail, .dark .sources .dates { color: #cbd5e1; }
:focus-visible { outline: 3px solid var(--primary-600) !important; outline-offset: 2px; }
footer { display: none !important; }
"""
# The language of the page is declared, for screen readers and for hyphenation.
JAVASCRIPT = "() => { document.documentElement.lang = 'fr'; }"
# An answer is read from its question down: the chat shows the last question first, not the end of the answer.
SHOW_QUESTION = "() => { [...document.querySelectorAll('.user-row')].at(-1)?.scrollIntoView({block: 'start'}); scrollTo(0, 0); }"
NO_SOURCES = "<p>Les extraits trouvés s'afficheront ici, avec leur article, leurs dates et leur page.</p>"

History = list[dict[str, Any]]


def page(workspace: Workspace) -> gr.Blocks:
    """The page over a workspace."""

    def respond(question: str, history: History, day: str) -> Iterator[tuple[str, History, str]]:
        asked: History = [*history, {"role": "user", "content": export.unmarked(question)}]
        if not question.strip():
            yield "", history, NO_SOURCES
            return
        yield "", [*asked, _said("Recherche dans les textes indexés…")], NO_SOURCES
        try:
            yield from _shown(workspace, question, day, asked)
        except AssistantError as error:
            yield question, [*asked, _said(f"**{export.unmarked(error.message)}**\n\n{export.unmarked(error.hint)}")], NO_SOURCES

    with gr.Blocks(title=TITLE, analytics_enabled=False) as blocks:
        gr.Markdown(f"# {TITLE}\nIl trouve les règles, les cite mot pour mot, et se tait quand il ne peut pas savoir. Rien ne quitte cet ordinateur.")
        with gr.Row():
            with gr.Column(scale=5):
                chat = gr.Chatbot(
                    label="Questions et réponses",
                    height=600,
                    autoscroll=False,
                    sanitize_html=True,
                    latex_delimiters=[],
                    feedback_options=None,
                    buttons=["copy"],
                    layout="panel",
                )
                question = gr.Textbox(
                    label="Votre question", placeholder="Écrivez votre question, puis Entrée", lines=1, max_lines=6, submit_btn="Envoyer", stop_btn="Arrêter"
                )
                day = gr.Textbox(
                    label="Droit en vigueur le (AAAA-MM-JJ)", value="", placeholder=f"aujourd'hui, {date.today().isoformat()}", max_lines=1, elem_id="day"
                )
                gr.Examples(EXAMPLES, question, label="Exemples")
            with gr.Column(scale=3):
                gr.Markdown("## Sources")
                sources = gr.HTML(NO_SOURCES, elem_classes="sources", label="Sources")
        running = question.submit(respond, [question, chat, day], [question, chat, sources], show_progress="hidden", api_visibility="private")
        running.then(None, js=SHOW_QUESTION)
        question.stop(None, cancels=[running])
    return blocks


def _shown(workspace: Workspace, question: str, day: str, asked: History) -> Iterator[tuple[str, History, str]]:
    claims: list[Claim] = []
    sources = NO_SOURCES
    for event in workspace.answerer().stream(question, as_of=_day(day)):
        if isinstance(event, Claim):
            claims.append(event)
            lines = [line for number, claim in enumerate(claims, 1) for line in (*export.claim_markdown(number, claim, export.unmarked), "")]
            yield "", [*asked, _said("\n".join(lines))], sources
        elif isinstance(event, Answer):
            yield "", [*asked, _said(export.answer_markdown(event, export.unmarked))], _quoted(event) + sources if event.claims else NO_SOURCES
        else:
            sources = "".join(_source(one.marker, one.hit.source, one.hit.passage) for one in event)
            yield "", [*asked, _said("Extraits trouvés, réponse en cours…")], sources


def _day(written: str) -> date | None:
    if not written.strip():
        return None
    try:
        return date.fromisoformat(written.strip())
    except ValueError as error:
        raise AssistantError(
            f"« {written} » n'est pas une date.", "Écrivez-la AAAA-MM-JJ, par exemple 2026-04-01, ou laissez vide pour aujourd'hui."
        ) from error


def _said(text: str) -> dict[str, Any]:
    return {"role": "assistant", "content": text}


def _quoted(answer: Answer) -> str:
    """The words that the sheet's statements rest on, each once: of the rules first, then of the sheet itself."""
    shown = {(quote.source.id, quote.span): quote for claim in answer.claims for quote in claim.quotes if quote.marker.startswith("F")}
    ordered = sorted(shown.values(), key=lambda quote: quote.source.kind is Kind.SHEET)
    return "".join(_source(quote.marker, quote.source, replace(quote.passage, text=quote.text)) for quote in ordered)


def _source(marker: str, source: Source, passage: Passage) -> str:
    trail = " › ".join(passage.headings[-2:])
    where = export.place(source, passage)
    return (
        f"<article><h3>{html.escape(marker)} · {html.escape(where)}</h3>"
        f'<p class="trail">{html.escape(trail)}</p><p>{html.escape(" ".join(passage.text.split())[:900])}</p></article>'
    )


def serve(workspace: Workspace, host: str = "127.0.0.1", port: int = 7860) -> None:
    """Serves the page until interrupted.

    Raises:
        UsageError: the address is not this machine's own: until the page knows who is asking, it is for one person.
    """
    if host not in LOOPBACK:
        raise UsageError(f"La page ne s'ouvre que sur cet ordinateur : « {host} » est une adresse visible du réseau.", "Gardez --host 127.0.0.1.")
    workspace.require_documents()
    theme = gr.themes.Base(primary_hue="blue", neutral_hue="slate", font=FONTS, font_mono=("DejaVu Sans Mono", "monospace"))
    page(workspace).queue(default_concurrency_limit=1).launch(
        server_name=host,
        server_port=port,
        share=False,
        quiet=True,
        theme=theme,
        css=CSS,
        js=JAVASCRIPT,
        footer_links=[],
        ssr_mode=False,
        pwa=False,
        run_history=False,
    )


def main() -> None:
    """``python app.py``, the same as ``assistant serve``."""
    parser = argparse.ArgumentParser(description="Ouvre la page de l'assistant sur cet ordinateur.")
    parser.add_argument("--home", type=Path, default=None, help="dossier des modèles et de l'index")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=7860)
    arguments = parser.parse_args()
    try:
        print(f"Page ouverte sur http://{arguments.host}:{arguments.port} (Ctrl+C pour l'arrêter)")  # noqa: T201
        serve(Workspace(arguments.home), arguments.host, arguments.port)
    except AssistantError as error:
        raise SystemExit(str(error)) from error


if __name__ == "__main__":
    main()
