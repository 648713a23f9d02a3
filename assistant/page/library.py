"""Bibliothèque: what is indexed, what could not be read of it, what is added and taken out, whether everything is in order."""

import gc
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import gradio as gr

from assistant.datatypes import Check, Failure, Kind, Progress, Severity
from assistant.errors import AssistantError, LibraryBusyError
from assistant.index.ingest import Report
from assistant.index.store import Held
from assistant.page import charts, sources
from assistant.page.context import Site, collection_label, word
from assistant.page.deposits import Deposit
from assistant.page.dropping import drop_zone, refusals
from assistant.page.events import UNCHANGED, Event, Events, Part, Visit
from assistant.page.jobs import Running, StoppedError, stopped
from assistant.page.markup import (
    EMPTY,
    Content,
    Markup,
    button,
    column_head,
    count,
    element,
    empty,
    error,
    items,
    number_cell,
    parted,
    tag,
    text,
)
from assistant.protocols import OnProgress, silent
from assistant.reading.archives import SEPARATOR
from assistant.site import access, dropped, rights
from assistant.site.access import without_paths
from assistant.site.journal import Action
from assistant.site.rights import Right
from assistant.site.turns import Turns
from assistant.workspace import Workspace

KINDS = {
    Kind.RULE: "Droit",
    Kind.SHEET: "Fiches",
    Kind.CLAUSE: "Clauses modèles",
    Kind.FRAMEWORK: "Accords-cadres et contrats",
    Kind.TENDER: "Consultations",
}
_YEAR = re.compile(r"\b(?:19[89]\d|20[0-4]\d)\b")
# Sources shown at once: a table of a thousand rows is slow and read by nobody; the search finds the others.
_MOST_ROWS = 200
_OPEN = ("focusOn", "document")


def screen(site: Site, events: Events) -> Part:
    """Builds the screen in the current tab; returns the part where sources are opened."""
    made = _Screen(site)
    with gr.Row(elem_classes="deux-colonnes"):
        with gr.Column(scale=7, min_width=420):
            adding = events.part(_adding(), "ajout")
            progress = events.part(EMPTY, "ajout-suivi")
            listed = events.part(EMPTY, "sources")
        with gr.Column(scale=5, min_width=340):
            source = events.part(EMPTY, "document")
            state = events.part(EMPTY, "etat")
    adding.on("ajouter", made.add, shows=[progress, listed, state])
    progress.on("arreter", made.stop, shows=[progress])
    listed.on("filtrer", made.filter, shows=[listed], latest=True)
    listed.on("retirer", made.remove, shows=[listed, progress])
    listed.on("montrer", made.show, shows=[source], then=_OPEN)
    source.on("ouvrir", made.show, shows=[source], then=_OPEN)
    source.on("tourner", made.show, shows=[source], then=_OPEN)
    source.on("fermer", lambda: EMPTY, shows=[source], then=("giveBack",))
    state.on("verifier", made.check, shows=[state])
    events.at_opening(made.opened, [listed, state])
    return source


class _Screen:
    """What the screen does when it is asked."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._running = Running()
        self._adding = Turns()

    def opened(self, visit: Visit) -> tuple[Markup, Markup]:
        """The list and the state, when the page opens."""
        return self._listed(visit), self._state()

    def filter(self, event: Event, visit: Visit) -> Markup:
        """The sources of a collection, of a kind, or whose title holds some words."""
        data = event.data
        return self._listed(
            visit, word(data, "mots", 200), word(data, "collection", 120), word(data, "nature", 40)
        )

    def show(self, event: Event, visit: Visit) -> Markup:
        """A source, at its beginning or at a page."""
        return sources.opened(self._site, event, visit, Right.LIBRARY)

    def remove(self, event: Event, visit: Visit) -> tuple[Markup, Markup]:
        """Takes a source out of the index: one's own, or anybody's for those who keep the library."""
        source_id = word(event.data, "source", 64)
        try:
            user = self._site.person(visit, Right.LIBRARY)
            self._site.require_source(user, source_id)
            held = next(one for one in self._site.workspace.all_sources() if one.source.id == source_id)
            if set(held.collections) != {access.collection_of(user.name)}:
                rights.require(user.role, Right.INDEX)
            self._site.workspace.remove([source_id])
            erased = self._erase(user.name, Path(held.source.origin))
            self._site.journal.record(user.name, Action.REMOVE, detail=held.source.title[:300])
        except AssistantError as failure:
            return self._listed(visit), error(failure.message, failure.hint)
        file = "le fichier déposé est effacé" if erased else "le fichier reste où il est"
        said = f"« {held.source.title} » est retiré de la bibliothèque ; {file}."
        return self._listed(visit), tag("p", said, class_="succes", role="status")

    def _erase(self, owner: str, path: Path) -> bool:
        """Erases a file that was dropped here, one's own or the common library's; a file indexed where it lay stays. Whether it was one."""
        own = next((one for one in self._site.uploads.held(owner) if one.path == path), None)
        if own is not None:
            self._site.uploads.remove(owner, own.id)
            return True
        settings = self._site.workspace.settings
        # An earlier version kept them under the home, whatever the settings said of « files ».
        places = (settings.dropped / dropped.COMMON, settings.home / dropped.COMMON)
        kept = next((one for one in places if path.is_relative_to(one)), None)
        if kept is None or not path.is_file():
            return False
        path.unlink()
        for folder in path.parents:
            if folder == kept or any(folder.iterdir()):
                break
            folder.rmdir()
        return True

    def _erase_unread(self, owner: str, kept: Sequence[Path]) -> None:
        """Erases, of the files that were dropped, those of which nothing came into the index: nobody could take them out any more."""
        for path in _not_indexed(self._site, kept):
            self._erase(owner, path)

    def add(self, event: Event, visit: Visit) -> Iterator[tuple[Markup, Any, Any]]:
        """Indexes what was dropped; yields how far it is."""
        data = event.data
        refused, kept, owner = refusals(data), list[Path](), ""
        try:
            user = self._site.person(visit, Right.UPLOAD)
            owner = user.name
            collection = " ".join(word(data, "collection", 80).split()) or access.collection_of(user.name)
            if collection != access.collection_of(user.name):
                rights.require(user.role, Right.INDEX)
                if access.is_private(collection):
                    rights.require(user.role, Right.USERS)
                    raise AssistantError(
                        "Ce nom de collection est réservé.", "Donnez-en un autre, sans deux-points."
                    )
            deposits = self._site.deposits.of(user.name, data.get("jetons"))
            if not deposits:
                none = error(
                    "Aucun fichier n'a été reçu.",
                    "Choisissez un ou plusieurs fichiers, un dossier ou un ZIP.",
                )
                yield text((refused, none)), UNCHANGED, UNCHANGED
                return
            kind = (
                Kind(word(data, "nature", 40))
                if word(data, "nature", 40) in [one.value for one in Kind]
                else None
            )
            settings = self._site.workspace.settings
            if collection == access.collection_of(user.name):
                refused = text((refused, self._own(user.name, deposits, kept)))
            else:
                kept += self._site.deposits.keep(deposits, settings.dropped / dropped.COMMON, collection)
            self._site.journal.record(
                user.name, Action.INDEX, detail=", ".join(one.name for one in deposits)[:500]
            )
            job = self._running.start(
                visit,
                lambda listen: self._in_turn(
                    lambda: _indexed(settings.home, kept, collection, kind, listen), listen
                ),
            )
            for shown in job.followed():
                yield shown, UNCHANGED, UNCHANGED
            report = job.result()
        except StoppedError:
            self._erase_unread(owner, kept)
            yield (
                stopped("Les documents déjà lus sont dans la bibliothèque ; déposez de nouveau les autres."),
                self._listed(visit),
                self._state(),
            )
            return
        except AssistantError as failure:
            with suppress(AssistantError):  # an index that cannot be read does not say what came into it
                self._erase_unread(owner, kept)
            yield text((refused, error(failure.message, failure.hint))), self._listed(visit), UNCHANGED
            return
        self._erase_unread(owner, kept)
        yield text((refused, _report(report))), self._listed(visit), self._state()

    def _own(self, owner: str, deposits: tuple[Deposit, ...], kept: list[Path]) -> Markup:
        """Deposits into what the visitor keeps for himself, the files of archives one by one, each added to ``kept``; what was refused of them."""
        refused = list[str]()
        for found in self._site.deposits.opened(deposits, self._site.workspace.unpack):
            if isinstance(found, Failure):
                refused.append(f"{found.message} {found.hint}")
                continue
            name, data = found
            try:
                with data() as file:
                    kept.append(self._site.uploads.receive(owner, name, file).path)
            except AssistantError as failure:
                refused.append(f"{failure}")
        self._site.deposits.forget(deposits)
        if not kept:
            raise AssistantError("Aucun de ces fichiers n'a pu être gardé.", " ".join(refused[:5]))
        return tag("div", items(refused[:50]), class_="avertissement") if refused else EMPTY

    def _in_turn(self, index: Callable[[], Report], listen: OnProgress) -> Report:
        """Indexes once those who came before are done, and whatever command writes the index: nobody is refused, everybody knows his place."""
        with self._adding.taken("") as turn:
            while before := turn.wait():
                listen(
                    Progress(
                        "attente",
                        0,
                        None,
                        f"{count(before, 'ajout passe', 'ajouts passent')} avant le vôtre.",
                    )
                )
            while True:
                try:
                    return index()
                except LibraryBusyError:
                    listen(
                        Progress(
                            "attente", 0, None, "Une commande écrit l'index : l'ajout commence après elle."
                        )
                    )

    def stop(self, visit: Visit) -> Markup:
        """Stops the indexing under way."""
        return self._running.stop(visit)

    def check(self, visit: Visit) -> Markup:
        """The state of models and index, looked at now."""
        try:
            self._site.person(visit, Right.STATE)
            return self._state(self._site.workspace.doctor())
        except AssistantError as failure:
            return error(failure.message, failure.hint)

    # ---- showing ----------------------------------------------------------------------------------------------------------------

    def _listed(self, visit: Visit, words: str = "", collection: str = "", kind: str = "") -> Markup:
        try:
            user = self._site.person(visit, Right.LIBRARY)
        except AssistantError as failure:
            return error(failure.message, failure.hint)
        rules = self._site.users.collections()
        held = [
            one for one in self._site.workspace.sources() if access.may_read(user, one.collections, rules)
        ]
        if not held:
            return text(
                (
                    tag("h2", "Ce qui est indexé"),
                    empty(
                        "La bibliothèque est vide.",
                        "Ajoutez des fichiers ci-dessus, ou lancez « assistant index corpus ».",
                    ),
                )
            )
        found = [
            one
            for one in held
            if all(
                part in f"{one.source.title} {access.shown_origin(one.source.origin)}".casefold()
                for part in words.casefold().split()
            )
            and (not collection or collection in one.collections)
            and (not kind or one.source.kind.value == kind)
        ]
        names = sorted({name for one in held for name in access.readable(user, one.collections, rules)})
        rows = [_row(one, access.readable(user, one.collections, rules)) for one in found[:_MOST_ROWS]]
        more = (
            tag(
                "p",
                f"{len(found) - _MOST_ROWS} autres sources : précisez votre recherche.",
                class_="avertissement",
            )
            if len(found) > _MOST_ROWS
            else None
        )
        return text(
            (
                tag("h2", "Ce qui est indexé"),
                _figures(held),
                _filters(words, collection, kind, names),
                tag("p", count(len(found), "source"), role="status"),
                _table(rows)
                if rows
                else empty("Aucune source ne répond à ces filtres.", "Enlevez un mot ou un filtre."),
                more,
                tag("details", tag("summary", "La bibliothèque en graphiques"), _charts(held)),
            )
        )

    def _state(self, checks: Sequence[Check] = ()) -> Markup:
        lines = [
            tag(
                "li",
                tag(
                    "strong",
                    "✓ En ordre" if check.ok else "○ Facultatif" if check.optional else "✗ À réparer",
                    class_="etat-mot",
                ),
                f" {check.name} : {without_paths(check.detail)}",
                tag("code", check.cure) if check.cure and not check.ok else None,
            )
            for check in checks
        ]
        waiting = len(self._site.turns)
        queue = (
            "Personne n'attend de réponse."
            if not waiting
            else f"{count(waiting, 'question')} en cours ou en attente."
        )
        return tag(
            "section",
            tag("h2", "État des modèles et de l'index"),
            tag("p", queue),
            tag("ul", lines, class_="liste")
            if lines
            else tag("p", "La vérification prend quelques secondes.", class_="discret"),
            button("Vérifier maintenant", "verifier", class_="secondaire"),
            class_="carte",
        )


def take_up_again(site: Site, say: Callable[[str], None]) -> None:
    """Indexes what people had dropped for themselves, where a server was stopped before it had; what cannot be read goes, as when it is dropped."""
    dropped_by = {owner: [one.path for one in site.uploads.held(owner)] for owner in site.uploads.owners()}
    if not dropped_by:
        return
    try:
        missing = frozenset(_not_indexed(site, [path for kept in dropped_by.values() for path in kept]))
    except AssistantError:  # an index that cannot be read does not say what came into it
        return
    for owner, kept in dropped_by.items():
        left = [path for path in kept if path in missing]
        if not left:
            continue
        try:
            many = count(len(left), "document déposé n'est", "documents déposés ne sont")
            say(f"Reprise d'un ajout interrompu : {many} pas encore dans la bibliothèque…")
            site.journal.record(
                owner, Action.INDEX, detail=f"reprise : {', '.join(one.name for one in left)}"[:500]
            )
            _indexed(site.workspace.settings.home, left, site.uploads.collection(owner), None, silent)
            for path in _not_indexed(site, left):
                site.uploads.remove(owner, path.parent.name)
        except AssistantError as failure:  # the page opens all the same; the next start tries again
            say(f"{failure}")


def _not_indexed(site: Site, paths: Sequence[Path]) -> list[Path]:
    """Those of which nothing is in the index."""
    origins = [origin for one in site.workspace.all_sources() for origin in (one.source.origin, *one.origins)]
    return [
        path
        for path in paths
        if not any(origin == str(path) or origin.startswith(f"{path}{SEPARATOR}") for origin in origins)
    ]


def _indexed(home: Path, paths: Sequence[Path], collection: str, kind: Kind | None, listen: Any) -> Report:
    """Indexes beside the page, with models and an index of its own: questions go on being answered."""
    workspace = Workspace(home)
    try:
        return workspace.index(paths, collection=collection, kind=kind, on_progress=listen)
    finally:
        workspace.close()
        del workspace
        gc.collect()  # its parts know one another, and a model of 250 MB would stay until Python looks for such circles by itself


def _adding() -> Markup:
    kinds = [
        tag("option", "Deviner d'après les documents", value=""),
        *(tag("option", label, value=kind.value) for kind, label in KINDS.items()),
    ]
    fields = tag(
        "div",
        tag(
            "div",
            tag("label", "Collection", for_="ajout-collection"),
            tag(
                "input", id="ajout-collection", name="collection", maxlength=80, aria_describedby="ajout-aide"
            ),
            class_="champ",
        ),
        tag(
            "div",
            tag("label", "Nature des documents", for_="ajout-nature"),
            tag("select", kinds, id="ajout-nature", name="nature"),
            class_="champ",
        ),
        class_="rangee",
    )
    hint = tag(
        "p",
        "Sans nom de collection, les documents vont dans la vôtre, que vous êtes seul à voir.",
        id="ajout-aide",
        class_="discret",
    )
    return tag(
        "section",
        tag("h2", "Ajouter des documents"),
        element("form", {"aria-label": "Ajouter des documents"}, fields, hint, drop_zone("ajouter", "ajout")),
        class_="carte",
    )


def _figures(held: Sequence[Held]) -> Markup:
    problems = Counter(problem.code for one in held for problem in one.problems)
    lost = problems["page-without-text"]
    figures = (
        count(len(held), "source"),
        count(sum(one.pages for one in held), "page"),
        count(sum(one.passages for one in held), "passage"),
        f"{count(problems['page-read-by-ocr'], 'page lue', 'pages lues')} par OCR",
        count(lost, "page perdue", "pages perdues"),
    )
    return tag("ul", [tag("li", figure) for figure in figures], class_="chiffres")


def _filters(words: str, collection: str, kind: str, names: Sequence[str]) -> Markup:
    collections = [
        tag("option", "Toutes", value=""),
        *(tag("option", collection_label(name), value=name, selected=name == collection) for name in names),
    ]
    kinds = [
        tag("option", "Toutes", value=""),
        *(tag("option", label, value=one.value, selected=one.value == kind) for one, label in KINDS.items()),
    ]
    fields = (
        tag(
            "div",
            tag("label", "Chercher un titre", for_="sources-mots"),
            tag("input", id="sources-mots", name="mots", type="search", value=words),
            class_="champ",
        ),
        tag(
            "div",
            tag("label", "Collection", for_="sources-collection"),
            tag("select", collections, id="sources-collection", name="collection"),
            class_="champ",
        ),
        tag(
            "div",
            tag("label", "Nature", for_="sources-nature"),
            tag("select", kinds, id="sources-nature", name="nature"),
            class_="champ",
        ),
    )
    return element(
        "form",
        {
            "data-changes": "filtrer",
            "data-event": "filtrer",
            "role": "search",
            "aria-label": "Filtrer les sources",
        },
        tag("div", fields, class_="rangee"),
    )


def _table(rows: Sequence[Markup]) -> Markup:
    heads = [
        column_head(title, of_numbers=title == "Pages")
        for title in ("Source", "Nature", "Collections", "Pages", "Lecture", "Actions")
    ]
    return tag(
        "div",
        tag(
            "table",
            tag("caption", "Sources indexées", class_="invisible"),
            tag("thead", tag("tr", heads)),
            tag("tbody", rows),
            class_="donnees",
        ),
        class_="defile",
        tabindex="0",
        role="region",
        aria_label="Sources indexées",
    )


def _row(one: Held, collections: Sequence[str]) -> Markup:
    problems = Counter(problem.code for problem in one.problems)
    doubts = [problem.message for problem in one.problems if problem.severity is not Severity.INFO]
    said = [
        f"{problems['page-read-by-ocr']} p. par OCR" if problems["page-read-by-ocr"] else "",
        f"{problems['page-without-text']} p. perdues" if problems["page-without-text"] else "",
    ]
    reading: Content = ", ".join(part for part in said if part) or ("à vérifier" if doubts else "complète")
    sure = f"Retirer « {one.source.title} » de la bibliothèque ?"
    return tag(
        "tr",
        tag(
            "th",
            one.source.title,
            tag("span", access.shown_origin(one.source.origin), class_="discret bloc"),
            scope="row",
        ),
        tag("td", KINDS[one.source.kind]),
        tag("td", ", ".join(collection_label(name) for name in collections)),
        number_cell(parted(one.pages) if one.pages else "–"),
        tag(
            "td",
            reading,
            tag("details", tag("summary", "Détails"), items(without_paths(doubt) for doubt in doubts[:20]))
            if doubts
            else None,
        ),
        tag(
            "td",
            button(
                "Ouvrir",
                "montrer",
                {"source": one.source.id, "opens": "1"},
                class_="secondaire",
                aria_label=f"Ouvrir {one.source.title}",
            ),
            button(
                "Retirer",
                "retirer",
                {"source": one.source.id, "confirm": sure},
                class_="secondaire",
                aria_label=f"Retirer {one.source.title}",
            ),
            class_="actions",
        ),
    )


def _charts(held: Sequence[Held]) -> Markup:
    kinds = Counter(KINDS[one.source.kind] for one in held)
    years = Counter(year for one in held if (year := _year(one)))
    return text(
        (
            charts.bars("Sources par nature", kinds.most_common(), "source"),
            charts.bars(
                "Sources par année, d'après leur titre ou leur nom de fichier",
                sorted(years.items(), reverse=True),
                "source",
                rest="plus anciennes",
            ),
            None if years else tag("p", "Aucun titre ne dit son année.", class_="discret"),
        )
    )


def _year(one: Held) -> str | None:
    found = _YEAR.search(f"{one.source.title} {access.shown_origin(one.source.origin)}")
    return found.group() if found else None


def _report(report: Report) -> Markup:
    problems = Counter(problem.code for one in report.added for problem in one.problems)
    done = (
        f"{count(len(report.added), 'source ajoutée', 'sources ajoutées')} ({count(sum(one.pages for one in report.added), 'page')}, "
        f"{count(problems['page-read-by-ocr'], 'lue', 'lues')} par OCR, {count(problems['page-without-text'], 'perdue')}), "
        f"{count(len(report.unchanged), 'déjà connue', 'déjà connues')}, {count(len(report.failures), 'en échec', 'en échec')}."
    )
    doubts = [
        problem.message
        for one in report.added
        for problem in one.problems
        if problem.severity is not Severity.INFO
    ]
    return text(
        (
            tag("p", done, class_="succes" if not report.failures else "avertissement", role="status"),
            items(
                f"{access.shown_origin(failure.origin)} : {without_paths(failure.message)} {failure.hint}"
                for failure in report.failures
            ),
            tag(
                "details",
                tag("summary", f"{count(len(doubts), 'remarque')} sur la lecture"),
                items(without_paths(doubt) for doubt in doubts[:100]),
            )
            if doubts
            else None,
        )
    )
