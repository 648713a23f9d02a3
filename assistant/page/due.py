"""Échéances: what falls due of one's own contracts, with the words that each day is computed from; a person confirms each before it counts."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from itertools import groupby
from typing import Any

import gradio as gr

from assistant.documents.agenda import calendar
from assistant.documents.due import KINDS, Due, Words
from assistant.documents.workbook import due_workbook
from assistant.errors import AssistantError, UsageError
from assistant.export import french_pages
from assistant.french.dates import french_date
from assistant.french.months import MONTHS
from assistant.lines import beginning, one_line
from assistant.page import downloads, scope, sources, viewer
from assistant.page.context import Site, word
from assistant.page.days import day, day_field
from assistant.page.events import UNCHANGED, Event, Events, Part, Visit
from assistant.page.jobs import Running, StoppedError, stopped
from assistant.page.markup import (
    EMPTY,
    Attribute,
    Content,
    Markup,
    button,
    count,
    element,
    empty,
    error,
    items,
    tag,
    typeset,
)
from assistant.protocols import OnProgress
from assistant.site import rights
from assistant.site.access import without_paths
from assistant.site.journal import Action
from assistant.site.rights import Right
from assistant.site.users import User

NO_SOURCE = "Cliquez sur des mots cités : ils s'ouvrent ici, à leur page."
_OPEN = ("focusOn", "page-d-echeance")
# Drawn at once: more are chosen by collection or by day.
_MOST = 200
_LONGEST_QUOTE = 220
_STATES = {"": "Toutes", "a-confirmer": "À confirmer", "confirmees": "Confirmées"}
_TITLE = "Échéances"


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What is shown. ``before`` is as it was typed."""

    collection: str = ""
    kind: str = ""
    state: str = ""
    before: str = ""

    def of(self, every: Sequence[Due]) -> tuple[Due, ...]:
        """Those of ``every`` that are wanted; what has no day is before none. Raises UsageError where ``before`` is no day."""
        last = day(self.before)
        return tuple(
            one
            for one in every
            if (not self.kind or one.kind == self.kind) and self._is_in_state(one) and _is_before(one, last)
        )

    def _is_in_state(self, one: Due) -> bool:
        return not self.state or (self.state == "confirmees") == (one.confirmed is not None)


@dataclass(frozen=True, slots=True)
class _Read:
    """What was read of the contracts: what falls due, and the amendments that are counted nowhere."""

    every: tuple[Due, ...] = ()
    doubts: tuple[str, ...] = ()


def screen(site: Site, events: Events) -> Part:
    """Builds the screen in its tab; returns the part where sources are opened."""
    made = _Screen(site)
    wanted, read = events.state("echeances-voulues", _Wanted()), events.state("echeances-lues", _Read())
    with gr.Row(elem_classes="deux-colonnes"):
        with gr.Column(scale=8, min_width=420):
            listed = events.part(EMPTY, "echeances")
            files = events.part(EMPTY, "fichiers-d-echeances")
        with gr.Column(scale=5, min_width=340):
            source = events.part(viewer.nothing(NO_SOURCE), "page-d-echeance")
    events.when_chosen("echeances", made.opened, [wanted], [listed, read])
    listed.on("relire", made.opened, [wanted], [listed, read])
    listed.on("arreter", made.stop, shows=[listed])
    listed.on("ajouter", then=("press", "[data-tab-id=bibliotheque]"))
    listed.on("filtrer", made.filter, [wanted, read], [listed, wanted, read])
    listed.on("confirmer", made.confirm, [wanted, read], [listed, read])
    listed.on("retirer", made.withdraw, [wanted, read], [listed, read])
    listed.on("ouvrir", made.open, shows=[source], then=_OPEN)
    listed.on("agenda", made.agenda, [wanted, read], [files], then=downloads.saves(files.id))
    listed.on("classeur", made.workbook, [wanted, read], [files], then=downloads.saves(files.id))
    source.on("ouvrir", made.open, shows=[source], then=_OPEN)
    source.on("tourner", made.open, shows=[source], then=_OPEN)
    source.on("fermer", then=("giveBack",))
    return source


class _Screen:
    """What the screen does when it is asked."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._reading = Running()

    # ---- reading ----------------------------------------------------------------------------------------------------------------

    def opened(self, wanted: _Wanted, visit: Visit) -> Iterator[tuple[Markup, Any]]:
        """What falls due, computed when the screen is opened; documents that were never read for it are read first."""
        try:
            user = self._site.person(visit, Right.ASK)
            within = scope.within(self._site, user, wanted.collection)
            if not self._site.workspace.shelf.sources(within):
                yield _page(_nothing()), _Read()
                return
            job = self._reading.start(visit, lambda listen: self._read(within, listen))
            for shown in job.followed():
                yield _page(shown), UNCHANGED
            read = job.result()
        except StoppedError:
            yield (
                _page(
                    (
                        stopped("Ce qui est lu est gardé."),
                        button("Reprendre la lecture", "relire", class_="principal etape"),
                    )
                ),
                UNCHANGED,
            )
            return
        except AssistantError as failure:
            yield _page(_said(failure)), UNCHANGED
            return
        yield self._listed(user, wanted, read), read

    def _read(self, within: tuple[str, ...], listen: OnProgress) -> _Read:
        workspace = self._site.workspace
        return _Read(
            workspace.due(collections=within, on_progress=listen), workspace.uncertain_amendments(within)
        )

    def stop(self, visit: Visit) -> Markup:
        """Stops the reading."""
        return _page(self._reading.stop(visit))

    def filter(
        self, before: _Wanted, read: _Read, event: Event, visit: Visit
    ) -> Iterator[tuple[Markup, Any, Any]]:
        """What is asked for, of what was read; another collection is read first."""
        data = event.data
        state, kind = word(data, "etat", 20), word(data, "genre", 20)
        wanted = _Wanted(
            word(data, "collection", 120),
            kind if kind in KINDS else "",
            state if state in _STATES else "",
            word(data, "avant", 20),
        )
        if wanted.collection != before.collection:
            for shown, found in self.opened(wanted, visit):
                yield shown, wanted, found
            return
        try:
            yield self._listed(self._site.person(visit, Right.ASK), wanted, read), wanted, UNCHANGED
        except AssistantError as failure:
            yield _page(_said(failure)), wanted, UNCHANGED

    # ---- confirming -------------------------------------------------------------------------------------------------------------

    def confirm(self, wanted: _Wanted, read: _Read, event: Event, visit: Visit) -> tuple[Markup, Any]:
        """Keeps that something falls due on the day computed, or on the one given."""

        def confirmed(user: User, one: Due) -> Due:
            given = day(word(event.data, "jour", 20))
            if one.day is None and given is None:
                raise UsageError(
                    "Le départ de cette échéance n'est écrit nulle part.", "Donnez-le : le jour s'en calcule."
                )
            within = scope.within(self._site, user, wanted.collection)
            kept = self._site.workspace.confirm_due(
                one.id, given, collections=within, seen=word(event.data, "calcul", 80)
            )
            return replace(one, confirmed=kept, before=None)

        return self._changed(wanted, read, event, visit, confirmed)

    def withdraw(self, wanted: _Wanted, read: _Read, event: Event, visit: Visit) -> tuple[Markup, Any]:
        """Forgets that something was confirmed."""

        def withdrawn(_user: User, one: Due) -> Due:
            self._site.workspace.withdraw_due(one.id)
            return replace(one, confirmed=None, before=None)

        return self._changed(wanted, read, event, visit, withdrawn)

    def _changed(
        self, wanted: _Wanted, read: _Read, event: Event, visit: Visit, change: Callable[[User, Due], Due]
    ) -> tuple[Markup, Any]:
        """The list after something of it was changed by hand, with what was done or why it was not."""
        try:
            user = self._site.person(visit, Right.ASK)
        except AssistantError as failure:
            return _page(_said(failure)), UNCHANGED
        try:
            one = next((one for one in read.every if one.id == word(event.data, "id", 20)), None)
            if one is None:
                raise UsageError("Cette échéance n'est plus dans la liste.", "Rouvrez cet écran.")
            if not scope.keeps(self._site, user, tuple(one.sources)):
                rights.require(user.role, Right.INDEX)
            new = change(user, one)
            done = f"{new.label} : {f'confirmé au {french_date(new.confirmed)}' if new.confirmed else 'à confirmer de nouveau'}."
            self._site.journal.record(user.name, Action.DUE, detail=f"{done} ({new.id})")
        except AssistantError as failure:
            return self._listed(user, wanted, read, _said(failure)), UNCHANGED
        after = replace(read, every=tuple(new if each.id == new.id else each for each in read.every))
        return self._listed(
            user, wanted, after, tag("p", typeset(done), class_="succes", role="status")
        ), after

    # ---- files and sources ------------------------------------------------------------------------------------------------------

    def agenda(self, wanted: _Wanted, read: _Read, visit: Visit) -> Markup:
        """What is shown and confirmed, as a calendar."""

        def made(every: tuple[Due, ...]) -> Markup:
            if not any(one.confirmed for one in every):
                raise UsageError(
                    "Aucune de ces échéances n'est confirmée : l'agenda serait vide.",
                    "Confirmez-en : seules celles-là y entrent.",
                )
            return downloads.saved_at_once("echeances.ics", calendar(every, datetime.now(UTC)), downloads.ICS)

        return self._saved(wanted, read, visit, made)

    def workbook(self, wanted: _Wanted, read: _Read, visit: Visit) -> Markup:
        """What is shown, as a workbook."""
        return self._saved(
            wanted,
            read,
            visit,
            lambda every: downloads.saved_at_once("echeances.xlsx", due_workbook(every), downloads.XLSX),
        )

    def _saved(
        self, wanted: _Wanted, read: _Read, visit: Visit, made: Callable[[tuple[Due, ...]], Markup]
    ) -> Markup:
        try:
            user = self._site.person(visit, Right.ASK)
            saved = made(wanted.of(read.every))
            self._site.journal.record(user.name, Action.EXPORT, detail="échéances")
            return saved
        except AssistantError as failure:
            return _said(failure)

    def open(self, event: Event, visit: Visit) -> Markup:
        """Words where they stand."""
        return sources.opened(self._site, event, visit)

    # ---- showing ----------------------------------------------------------------------------------------------------------------

    def _listed(self, user: User, wanted: _Wanted, read: _Read, told: Markup = EMPTY) -> Markup:
        try:
            found = wanted.of(read.every)
        except UsageError as failure:
            found, told = replace(wanted, before="").of(read.every), _said(failure)
        undated, past, coming = _parted(found, date.today())
        entry = self._entry_for(user)
        counted = f"{count(len(found), 'échéance')}, dont {count(sum(one.confirmed is not None for one in found), 'confirmée')}."
        more = (
            f"{len(coming) - _MOST} autres : choisissez une collection, ou un jour."
            if len(coming) > _MOST
            else ""
        )
        return _page(
            (
                told,
                items([tag("p", doubt) for doubt in read.doubts], class_="liste avertissement"),
                self._filters(user, wanted),
                tag(
                    "p",
                    f"{counted} Aucune ne compte avant d'être confirmée par une personne.",
                    class_="discret",
                ),
                _files()
                if found
                else empty(
                    "Aucune échéance ici.",
                    _adding(
                        "Enlevez un filtre ; ou vos contrats ne disent ni durée, ni fin, ni révision, ni garantie."
                    ),
                ),
                (tag("h3", "Départ à donner"), _entries(undated, entry)) if undated else None,
                [
                    (tag("h3", month), _entries(list(several), entry))
                    for month, several in groupby(coming[:_MOST], key=_month)
                ],
                tag("p", more, class_="avertissement") if more else None,
                tag("details", tag("summary", f"Passées ({len(past)})"), _entries(past[:_MOST], entry))
                if past
                else None,
            )
        )

    def _filters(self, user: User, wanted: _Wanted) -> Markup:
        readable = self._site.searchable(user)
        names = [name for name in self._site.workspace.shelf.collections if name in readable]
        kinds = (("", "Tout"), *KINDS.items())
        others = tag(
            "div",
            _choice("echeances-genre", "genre", "Ce qui échoit", kinds, wanted.kind),
            _choice("echeances-etat", "etat", "État", tuple(_STATES.items()), wanted.state),
            day_field("echeances-avant", "avant", "Jusqu'au", wanted.before),
            class_="rangee",
        )
        return scope.filter_by_collection("echeances", wanted.collection, names, others)

    def _entry_for(self, user: User) -> Callable[[Due], Markup]:
        """Draws an entry, with what confirms it where the user may."""
        return lambda one: _entry(one, scope.keeps(self._site, user, tuple(one.sources)))


def _is_before(one: Due, last: date | None) -> bool:
    return last is None or one.falls is None or one.falls <= last


def _parted(found: Sequence[Due], today: date) -> tuple[list[Due], list[Due], list[Due]]:
    """What has no day, what is past, the latest first, and what comes, the next first."""
    dated = sorted(((one.falls, one) for one in found if one.falls is not None), key=lambda pair: pair[0])
    past = [one for falls, one in dated if falls < today]
    return (
        [one for one in found if one.falls is None],
        past[::-1],
        [one for falls, one in dated if falls >= today],
    )


def _month(one: Due) -> str:
    assert one.falls is not None
    return f"{MONTHS[one.falls.month - 1].capitalize()} {one.falls.year}"


def _page(content: Content) -> Markup:
    return tag("section", tag("h2", _TITLE), content, class_="carte")


def _said(failure: AssistantError) -> Markup:
    return error(without_paths(failure.message), failure.hint)


def _nothing() -> Markup:
    return empty(
        "Aucun de vos marchés n'est encore dans la bibliothèque.",
        _adding(
            "Ajoutez-y vos contrats (fichiers, dossier ou ZIP) : ce qui en échoit sera calculé ici, avec les mots dont cela vient."
        ),
    )


def _adding(why: str) -> Content:
    """Where there is nothing to show, the way to the library."""
    return why, tag("br"), button("Ajouter des contrats", "ajouter", class_="principal")


def _files() -> Markup:
    return tag(
        "p",
        button("Enregistrer l'agenda (ICS)", "agenda", class_="principal"),
        button("Enregistrer le classeur (XLSX)", "classeur", class_="secondaire"),
        class_="actions-en-ligne",
    )


def _choice(id_: str, name: str, label: str, options: Sequence[tuple[str, str]], chosen: str) -> Markup:
    made = [tag("option", said, value=value, selected=value == chosen) for value, said in options]
    return tag("div", tag("label", label, for_=id_), tag("select", made, id=id_, name=name), class_="champ")


def _entries(several: Sequence[Due], entry: Callable[[Due], Markup]) -> Markup:
    return tag("ul", [entry(one) for one in several], class_="liste echeances")


def _entry(one: Due, may_confirm: bool) -> Markup:
    """Something that falls due: its day, what it is, of which market, how it is computed and from which words; what confirms it, for who may."""
    shown = french_date(one.falls) if one.falls else "Départ inconnu"
    mark = tag("span", typeset(one.status), class_=f"etat {'confirme' if one.confirmed else 'attend'}")
    return tag(
        "li",
        tag("p", tag("strong", shown), " ", mark),
        tag("p", tag("strong", one.label), typeset(" : "), one.market),
        tag("p", typeset(f"Calcul : {one.computed}."), class_="discret"),
        tag("ul", [tag("li", _quote(words)) for words in one.words], class_="liste"),
        _confirmation(one) if may_confirm else None,
        class_="echeance",
    )


def _quote(words: Words) -> Markup:
    extract = words.extract
    pages = french_pages((extract.pages[0], extract.pages[-1])) if extract.pages else ""
    place = ", ".join(part for part in (words.known.file, pages) if part)
    data: dict[str, Attribute] = {
        "source": words.known.source.id,
        "start": extract.start,
        "end": extract.end,
        "opens": "1",
    }
    said = beginning(one_line(extract.text), _LONGEST_QUOTE)
    return button((f"« {said} »", tag("span", place, class_="discret bloc")), "ouvrir", data, class_="valeur")


def _confirmation(one: Due) -> Markup:
    """The buttons and the field by which a person confirms, corrects, or withdraws."""
    about = f"{one.label}, {one.market}"
    data = {"id": one.id, "calcul": one.kept}
    if one.confirmed is not None:
        return tag(
            "p",
            button(
                "Retirer la confirmation",
                "retirer",
                data,
                class_="secondaire",
                aria_label=f"Retirer la confirmation : {about}",
            ),
        )
    if one.day is None:
        return _given(one, "Départ" if one.lasts else "Jour", "Confirmer", about)
    at_once = button(
        "Confirmer",
        "confirmer",
        data,
        class_="secondaire",
        aria_label=f"Confirmer : {about}, {french_date(one.day)}",
    )
    return tag(
        "div",
        at_once,
        tag("details", tag("summary", "Une autre date"), _given(one, "Jour", "Confirmer cette date", about)),
        class_="confirmer",
    )


def _given(one: Due, label: str, pressed: str, about: str) -> Markup:
    attributes = {
        "data-event": "confirmer",
        "data-id": one.id,
        "data-calcul": one.kept,
        "aria-label": f"{pressed} : {about}",
    }
    send = tag("button", pressed, type="submit", class_="secondaire")
    return element(
        "form", attributes, tag("div", day_field(f"jour-{one.id}", "jour", label), send, class_="rangee")
    )
