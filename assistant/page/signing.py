"""The page where one signs in: plain HTML, before anything of the assistant is shown."""

import re

from assistant.page.markup import Markup, error, tag, text, typeset

# Rules of the page by night, which Gradio makes so by a class: this page has no script, and its policy would let none run.
_NIGHT = re.compile(r"\.dark\b[^{}]*\{[^{}]*\}")


def sign_in_page(title: str, style: str, proof: str, failure: tuple[str, str] | None = None) -> str:
    """The whole document. ``proof`` is what the form brings back; ``failure`` is a message and what to do, after a refusal."""
    form = tag(
        "form",
        tag("label", "Nom de compte", for_="nom"),
        tag(
            "input",
            id="nom",
            name="nom",
            type="text",
            autocomplete="username",
            required=True,
            maxlength=64,
            autofocus=True,
        ),
        tag("label", "Mot de passe", for_="secret"),
        tag(
            "input",
            id="secret",
            name="secret",
            type="password",
            autocomplete="current-password",
            required=True,
            maxlength=1024,
        ),
        tag("input", name="preuve", type="hidden", value=proof),
        tag("p", tag("button", "Se connecter", type="submit", class_="principal")),
        method="post",
        action="connexion",
        class_="carte",
    )
    help_ = "Votre compte est créé par l'administrateur, qui vous en donne le mot de passe et le change si vous l'avez perdu."
    body = tag(
        "main",
        tag("h1", title),
        tag("h2", "Connexion"),
        error(*failure) if failure else None,
        form,
        tag("p", typeset(help_), class_="discret"),
        class_="partie connexion",
    )
    head = tag(
        "head",
        Markup('<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'),
        tag("title", f"Connexion – {title}"),
        tag("style", Markup(style)),
        tag("style", Markup(_by_night(style)), media="(prefers-color-scheme: dark)"),
    )
    return "<!doctype html>" + text(tag("html", head, tag("body", body), lang="fr"))


def _by_night(style: str) -> str:
    return "\n".join(rule.replace(".dark", ":root") for rule in _NIGHT.findall(style))
