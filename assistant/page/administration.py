"""Administration: who may come in, what was asked and shown, whether the journal holds together. For administrators; nobody's conversations are here."""

from collections import deque
from collections.abc import Sequence

import gradio as gr

from assistant.datatypes import Position
from assistant.errors import AssistantError, UsageError
from assistant.export import position_label
from assistant.page import accounts
from assistant.page.context import Site, word
from assistant.page.days import day, day_field
from assistant.page.events import Event, Events, Visit
from assistant.page.markup import EMPTY, Content, Markup, button, count, element, empty, error, tag, text
from assistant.site.journal import Entry
from assistant.site.rights import Right

# Lines shown: the rest is read with « assistant journal ».
_MOST_ENTRIES = 200


def screen(site: Site, events: Events) -> None:
    """Builds the screen in the current tab."""
    made = _Screen(site)
    with gr.Row(elem_classes="deux-colonnes"):
        with gr.Column(scale=7, min_width=420):
            journal = events.part(EMPTY, "journal")
        with gr.Column(scale=5, min_width=340):
            people = accounts.part(site, events)
    journal.on("filtrer", made.filter, shows=[journal])
    journal.on("verifier", made.verify, shows=[journal])
    events.at_opening(made.opened, [journal, people])


class _Screen:
    """What the screen does when it is asked."""

    def __init__(self, site: Site) -> None:
        self._site, self._people = site, accounts.People(site)

    def opened(self, visit: Visit) -> tuple[Markup, Markup]:
        """Journal and accounts, when the page opens."""
        try:
            self._site.person(visit, Right.JOURNAL)
            return self._journal("", "", EMPTY), self._people.shown(self._site.person(visit, Right.USERS))
        except AssistantError as failure:
            return error(failure.message, failure.hint), EMPTY

    def filter(self, event: Event, visit: Visit) -> Markup:
        """The lines of a person, from a day on."""
        data = event.data
        try:
            self._site.person(visit, Right.JOURNAL)
            return self._journal(word(data, "qui", 64), word(data, "depuis", 20), EMPTY)
        except AssistantError as failure:
            return error(failure.message, failure.hint)

    def verify(self, visit: Visit) -> Markup:
        """Whether each line holds the hash of the one before."""
        try:
            self._site.person(visit, Right.JOURNAL)
            found = self._site.journal.verify()
        except AssistantError as failure:
            return error(failure.message, failure.hint)
        if found.fault and found.cut:
            said = error(
                "Un arrêt a coupé la dernière ligne pendant son écriture.",
                "Rien d'autre ne manque : la prochaine ligne écrite la complétera.",
            )
        elif found.fault:
            said = error(
                f"La chaîne du journal est rompue : {found.fault.file}, ligne {found.fault.line}. {found.fault.reason}",
                "Gardez une copie du dossier.",
            )
        else:
            lines = count(found.entries, "ligne tient", "lignes tiennent")
            said = tag(
                "p",
                f"{lines} : rien n'a été retiré ni changé depuis leur écriture.",
                class_="succes",
                role="status",
            )
        return self._journal("", "", said)

    def _journal(self, who: str, since: str, said: Markup) -> Markup:
        try:
            first = day(since)
        except UsageError as failure:  # what was typed stays, to be put right
            first, said = None, error(failure.message, failure.hint)
        entries = deque(
            self._site.journal.entries(since=first, who=who.strip() or None), maxlen=_MOST_ENTRIES
        )
        person = tag("input", id="journal-qui", name="qui", type="text", value=who, maxlength=64)
        form = element(
            "form",
            {"data-event": "filtrer", "role": "search", "aria-label": "Filtrer le journal"},
            tag(
                "div",
                tag("div", tag("label", "Personne", for_="journal-qui"), person, class_="champ"),
                day_field("journal-depuis", "depuis", "Depuis le", since),
                tag("button", "Filtrer", type="submit", class_="secondaire"),
                button("Vérifier le journal", "verifier", class_="secondaire"),
                class_="rangee",
            ),
        )
        return text(
            (
                tag("h2", "Journal"),
                form,
                said,
                _lines(list(reversed(entries))) if entries else empty("Aucune ligne.", "Enlevez un filtre."),
            )
        )


def _cited(entry: Entry) -> Content:
    """The articles shown, none of them cut at the end of a line."""
    named = dict.fromkeys(
        f"{cited.work}{', art.' if ' ' in (cited.work or '') else ''} {cited.article}"
        for cited in entry.sources
        if cited.article
    )  # « CCP L4 », « LOI 2024-449, art. 28 »
    return [(" ; " if at else "", tag("span", one, class_="ensemble")) for at, one in enumerate(named)]


def _said(entry: Entry) -> str:
    """The question, or what was done, and to which account."""
    return entry.question or (f"{entry.about} : {entry.detail}" if entry.about else entry.detail or "")


def _position(entry: Entry) -> str:
    """What was answered, in a reader's words; the word of the line itself where it is of another version."""
    return next(
        (position_label(one) for one in Position if one.value == entry.position), entry.position or ""
    )


def _lines(entries: Sequence[Entry]) -> Markup:
    rows = [
        tag(
            "tr",
            tag("td", f"{one.when.astimezone():%d/%m/%Y %H:%M}"),
            tag("td", one.who),
            tag("td", one.action),
            tag("td", _said(one)),
            tag("td", _position(one)),
            tag("td", _cited(one)),
        )
        for one in entries
    ]
    heads = tag(
        "thead",
        tag(
            "tr",
            [
                tag("th", title, scope="col")
                for title in ("Quand", "Qui", "Quoi", "Question ou détail", "Position", "Articles cités")
            ],
        ),
    )
    table = tag(
        "table",
        tag("caption", "Dernières lignes du journal", class_="invisible"),
        heads,
        tag("tbody", rows),
        class_="donnees",
    )
    return tag("div", table, class_="defile", tabindex="0", role="region", aria_label="Journal")
