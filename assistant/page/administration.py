"""Administration: who may come in, what was asked and shown, whether the journal holds together. For administrators; nobody's conversations are here."""

from collections import deque
from collections.abc import Sequence

import gradio as gr

from assistant.errors import AssistantError, UsageError
from assistant.page.context import Site, word
from assistant.page.days import day, day_field
from assistant.page.events import Event, Events, Visit
from assistant.page.markup import EMPTY, Content, Markup, button, count, element, empty, error, items, tag, text, typeset
from assistant.site.journal import Action, Entry
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
            people = events.part(EMPTY, "comptes")
    journal.on("filtrer", made.filter, shows=[journal])
    journal.on("verifier", made.verify, shows=[journal])
    people.on("deconnecter", made.sign_everybody_out, shows=[people])
    events.at_opening(made.opened, [journal, people])


class _Screen:
    """What the screen does when it is asked."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def opened(self, visit: Visit) -> tuple[Markup, Markup]:
        """Journal and accounts, when the page opens."""
        try:
            self._site.person(visit, Right.JOURNAL)
            return self._journal("", "", EMPTY), self._people()
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
            said = error("Un arrêt a coupé la dernière ligne pendant son écriture.", "Rien d'autre ne manque : la prochaine ligne écrite la complétera.")
        elif found.fault:
            said = error(
                f"La chaîne du journal est rompue : {found.fault.file}, ligne {found.fault.line}. {found.fault.reason}", "Gardez une copie du dossier."
            )
        else:
            lines = count(found.entries, "ligne tient", "lignes tiennent")
            said = tag("p", f"{lines} : rien n'a été retiré ni changé depuis leur écriture.", class_="succes", role="status")
        return self._journal("", "", said)

    def sign_everybody_out(self, visit: Visit) -> Markup:
        """Closes every session, that of who asks too."""
        try:
            user = self._site.person(visit, Right.JOURNAL)
            closed = self._site.sessions.close_all()
            self._site.journal.record(user.name, Action.USERS, detail="toutes les sessions fermées")
        except AssistantError as failure:
            return error(failure.message, failure.hint)
        said = f"{count(closed, 'session fermée', 'sessions fermées')} : chacun se connecte de nouveau, vous aussi."
        return text((tag("p", typeset(said), class_="succes", role="status"), self._people()))

    def _journal(self, who: str, since: str, said: Markup) -> Markup:
        try:
            first = day(since)
        except UsageError as failure:  # what was typed stays, to be put right
            first, said = None, error(failure.message, failure.hint)
        entries = deque(self._site.journal.entries(since=first, who=who.strip() or None), maxlen=_MOST_ENTRIES)
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
        return text((tag("h2", "Journal"), form, said, _lines(list(reversed(entries))) if entries else empty("Aucune ligne.", "Enlevez un filtre.")))

    def _people(self) -> Markup:
        users = self._site.users.all()
        rows = [tag("tr", tag("th", one.name, scope="row"), tag("td", one.role.value), tag("td", "ouvert" if one.enabled else "fermé")) for one in users]
        heads = tag("thead", tag("tr", [tag("th", title, scope="col") for title in ("Compte", "Rôle", "État")]))
        alone = empty("La page est ouverte à une seule personne, sur cet ordinateur.", "Pour plusieurs : « assistant users add NOM --role rédacteur ».")
        table = tag("table", tag("caption", "Comptes", class_="invisible"), heads, tag("tbody", rows), class_="donnees")
        how = "Les comptes se créent, se ferment et changent de rôle par « assistant users »."
        accounts = tag("section", tag("h2", "Comptes"), table if rows else alone, tag("p", typeset(how), class_="discret"), class_="carte")
        return text((accounts, self._sessions())) if rows else accounts

    def _sessions(self) -> Markup:
        opened = [f"{one.name}, depuis {one.since.astimezone():%d/%m/%Y %H:%M}" for one in self._site.sessions.all()]
        close = button("Fermer toutes les sessions", "deconnecter", {"confirm": "Fermer toutes les sessions, la vôtre aussi ?"}, class_="secondaire")
        none = tag("p", "Aucune session ouverte par mot de passe.", class_="vide")
        return tag("section", tag("h2", "Sessions ouvertes"), items(opened) if opened else none, tag("p", close) if opened else None, class_="carte")


def _cited(entry: Entry) -> Content:
    """The articles shown, none of them cut at the end of a line."""
    named = dict.fromkeys(
        f"{cited.work}{', art.' if ' ' in (cited.work or '') else ''} {cited.article}" for cited in entry.sources if cited.article
    )  # « CCP L4 », « LOI 2024-449, art. 28 »
    return [(" ; " if at else "", tag("span", one, class_="ensemble")) for at, one in enumerate(named)]


def _lines(entries: Sequence[Entry]) -> Markup:
    rows = [
        tag(
            "tr",
            tag("td", f"{one.when.astimezone():%d/%m/%Y %H:%M}"),
            tag("td", one.who),
            tag("td", one.action),
            tag("td", one.question or one.detail or ""),
            tag("td", _cited(one)),
        )
        for one in entries
    ]
    heads = tag("thead", tag("tr", [tag("th", title, scope="col") for title in ("Quand", "Qui", "Quoi", "Question ou détail", "Articles cités")]))
    table = tag("table", tag("caption", "Dernières lignes du journal", class_="invisible"), heads, tag("tbody", rows), class_="donnees")
    return tag("div", table, class_="defile", tabindex="0", role="region", aria_label="Journal")
