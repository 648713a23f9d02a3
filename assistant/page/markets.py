"""Mes marchés: which documents make one market and why, put right by hand; and a grid of questions by markets."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

import gradio as gr

from assistant.datatypes import Progress
from assistant.documents.consultations import Consultation
from assistant.documents.grid import MOST_QUESTIONS, Cell, Column, Grid, Line, columns
from assistant.documents.values import Known
from assistant.documents.workbook import grid_workbook, where
from assistant.errors import AssistantError, UsageError
from assistant.kept_answer import KeptQuote
from assistant.page import downloads, lists, scope, sources, viewer
from assistant.page.context import Site, word
from assistant.page.events import UNCHANGED, Event, Events, Part, Visit
from assistant.page.jobs import Job, Running, StoppedError, stopped
from assistant.page.markup import EMPTY, Markup, button, count, element, empty, error, tag, text
from assistant.protocols import OnProgress
from assistant.site import rights
from assistant.site.access import without_paths
from assistant.site.journal import Action
from assistant.site.rights import Right
from assistant.site.users import User
from assistant.summaries.fields.summary import FIELDS

NO_SOURCE = "Cliquez sur une valeur de la grille, ou sur une pièce : elle s'ouvre ici, à sa page."
# Markets drawn in the list: more are chosen by collection.
_MOST_MARKETS = 300
_LONGEST_QUESTIONS = 8_000
_TICK, _FIELD, _EACH = "m:", "f:", "pieces"
_OPEN = ("focusOn", "page-de-marche")


def screen(site: Site, events: Events) -> Part:
    """Builds the screen in its tab; returns the part where sources are opened."""
    made = _Screen(site)
    collection, grid = events.state("collection", "", carried=True), events.state("grille", None)
    with gr.Row(elem_classes="deux-colonnes"):
        with gr.Column(scale=8, min_width=420):
            listed = events.part(EMPTY, "marches")
            form = events.part(_form(), "grille-demande")
            progress = events.part(EMPTY, "grille-suivi")
            table = events.part(EMPTY, "grille")
            workbook = events.part(EMPTY, "classeur-de-grille")
        with gr.Column(scale=5, min_width=340):
            source = events.part(viewer.nothing(NO_SOURCE), "page-de-marche")
    events.when_chosen("marches", made.opened, [collection], [listed])
    listed.on("relire", made.opened, [collection], [listed])
    listed.on("filtrer", made.filter, shows=[listed, collection])
    listed.on("reunir", made.put_together, [collection], [listed])
    listed.on("separer", made.put_apart, [collection], [listed])
    listed.on("laisser", made.let_go, [collection], [listed])
    listed.on("arreter", made.stop_reading, shows=[listed])
    listed.on("montrer", made.open, shows=[source], then=_OPEN)
    form.on("calculer", made.compute, [collection], [progress, table, grid])
    progress.on("arreter", made.stop, shows=[progress])
    table.on("ouvrir", made.open, shows=[source], then=_OPEN)
    table.on("exporter", made.export, [grid], [workbook], then=downloads.saves(workbook.id))
    source.on("ouvrir", made.open, shows=[source], then=_OPEN)
    source.on("tourner", made.open, shows=[source], then=_OPEN)
    source.on("fermer", then=("giveBack",))
    return source


class _Screen:
    """What the screen does when it is asked."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._reading, self._computing = Running(), Running()

    # ---- markets ----------------------------------------------------------------------------------------------------------------

    def opened(self, collection: str, visit: Visit) -> Iterator[Markup]:
        """The markets, when the screen is opened; documents that were never read for it are read first."""
        try:
            user = self._site.person(visit, Right.ASK)
            within = scope.within(self._site, user, collection)
            sources = self._site.workspace.shelf.sources(within)
            if sources and self._site.workspace.shelf.unread(sources):
                job = self._reading.start(
                    visit, lambda listen: self._site.workspace.markets(within, on_progress=listen)
                )
                for shown in job.followed():
                    yield text((tag("h2", "Mes marchés"), shown))
                job.result()
        except StoppedError:
            yield text(
                (
                    tag("h2", "Mes marchés"),
                    stopped("Ce qui est lu est gardé."),
                    button("Reprendre la lecture", "relire", class_="principal etape"),
                )
            )
            return
        except AssistantError as failure:
            yield text((tag("h2", "Mes marchés"), _nothing() if not self._own(visit) else _said(failure)))
            return
        yield self._listed(visit, collection)

    def filter(self, event: Event, visit: Visit) -> tuple[Markup, str]:
        """The markets of a collection, which the grid is then limited to."""
        collection = word(event.data, "collection", 120)
        return self._listed(visit, collection), collection

    def put_together(self, collection: str, event: Event, visit: Visit) -> Markup:
        """The markets that were ticked, as one."""
        ticked = [
            name.removeprefix(_TICK)
            for name, value in event.data.items()
            if name.startswith(_TICK) and value == "1"
        ]
        return self._changed(visit, collection, partial(self._put_together, ticked))

    def _put_together(self, ticked: Sequence[str], user: User, markets: Sequence[Consultation]) -> str:
        chosen = [market for market in markets if any(piece.source.id in ticked for piece in market.pieces)]
        if len(chosen) < 2:
            raise UsageError(
                "Il faut deux marchés au moins pour les mettre ensemble.", "Cochez-les dans la liste."
            )
        ids = [piece.source.id for market in chosen for piece in market.pieces]
        self._require_grouping(user, ids)
        self._site.workspace.put_together(ids, ())
        return f"Les {len(chosen)} marchés n'en font plus qu'un : {count(len(ids), 'pièce')}."

    def put_apart(self, collection: str, event: Event, visit: Visit) -> Markup:
        """A piece, as a market of its own."""
        return self._changed(visit, collection, partial(self._put_apart, word(event.data, "source", 64)))

    def _put_apart(self, source_id: str, user: User, markets: Sequence[Consultation]) -> str:
        piece = next(piece for piece in _market(markets, source_id).pieces if piece.source.id == source_id)
        self._require_grouping(user, [source_id])
        self._site.workspace.put_together((), [source_id])
        return f"« {piece.file} » est maintenant un marché à part."

    def let_go(self, collection: str, event: Event, visit: Visit) -> Markup:
        """The pieces of a market that was made by hand, each of the market that it says."""
        return self._changed(visit, collection, partial(self._let_go, word(event.data, "source", 64)))

    def _let_go(self, source_id: str, user: User, markets: Sequence[Consultation]) -> str:
        ids = [piece.source.id for piece in _market(markets, source_id).pieces]
        self._require_grouping(user, ids)
        self._site.workspace.let_go(ids)
        return "L'assistant regroupe de nouveau ces pièces d'après ce qu'elles disent."

    def _changed(
        self, visit: Visit, collection: str, change: Callable[[User, Sequence[Consultation]], str]
    ) -> Markup:
        """The list after a change by hand, with what was done or why it was not."""
        try:
            user = self._site.person(visit, Right.ASK)
            done = change(user, self._site.workspace.markets(scope.within(self._site, user, collection)))
            self._site.journal.record(user.name, Action.GROUP, detail=done[:300])
        except AssistantError as failure:
            return self._listed(visit, collection, _said(failure))
        return self._listed(visit, collection, tag("p", done, class_="succes", role="status"))

    def _require_grouping(self, user: User, ids: Sequence[str]) -> None:
        """Raises ForbiddenError unless the user may say to which market those documents belong: his own, or anybody's for those who keep the library."""
        if not scope.keeps(self._site, user, ids):
            rights.require(user.role, Right.INDEX)

    def stop_reading(self, visit: Visit) -> Markup:
        """Stops the reading of documents."""
        return text((tag("h2", "Mes marchés"), self._reading.stop(visit)))

    def _own(self, visit: Visit) -> bool:
        """Whether the visitor may read a document of a market."""
        try:
            return bool(
                self._site.workspace.shelf.sources(self._site.searchable(self._site.person(visit, Right.ASK)))
            )
        except AssistantError:
            return False

    # ---- the grid ---------------------------------------------------------------------------------------------------------------

    def compute(self, collection: str, event: Event, visit: Visit) -> Iterator[tuple[Markup, Any, Any]]:
        """The grid, market after market; yields how far it is. What was computed before a stop is shown."""
        data, found = event.data, list[Line]()
        asked: tuple[Column, ...] = ()
        try:
            user = self._site.person(visit, Right.ASK)
            asked = columns(word(data, "questions", _LONGEST_QUESTIONS).splitlines(), _ticked_fields(data))
            within = scope.within(self._site, user, collection)
            self._site.journal.record(
                user.name,
                Action.ASK,
                question=" ; ".join(column.text for column in asked)[:_LONGEST_QUESTIONS],
                detail="grille",
            )
            each_piece = word(data, _EACH, 1) == "1"
            job: Job[None] = self._computing.start(
                visit, lambda listen: self._compute(user.name, asked, within, each_piece, found, listen)
            )
            try:
                for shown in job.followed():
                    yield shown, UNCHANGED, UNCHANGED
            finally:
                job.stop()  # a page that was closed wants no grid any more
            job.result()
        except StoppedError:
            grid = Grid(asked, tuple(found))
            yield (
                stopped(
                    f"{count(len(found), 'ligne est montrée', 'lignes sont montrées')}." if found else ""
                ),
                _table(grid),
                grid,
            )
            return
        except AssistantError as failure:
            yield _said(failure), UNCHANGED, UNCHANGED
            return
        grid = Grid(asked, tuple(found))
        yield (
            tag(
                "p",
                f"{count(len(found), 'ligne')}, {count(len(asked), 'colonne')}.",
                class_="succes",
                role="status",
            ),
            _table(grid),
            grid,
        )

    def _compute(
        self,
        who: str,
        asked: Sequence[Column],
        within: tuple[str, ...],
        each_piece: bool,
        found: list[Line],
        listen: OnProgress,
    ) -> None:
        """Adds each line to ``found``, in turn with those who ask questions."""
        lines = self._site.workspace.grid(
            asked, collections=within, each_piece=each_piece, on_progress=listen
        )
        while True:
            with self._site.turns.taken(who) as turn:
                while before := turn.wait():
                    listen(
                        Progress(
                            "attente",
                            0,
                            None,
                            f"{count(before, 'question passe', 'questions passent')} avant.",
                        )
                    )
                line = next(lines, None)
            if line is None:
                return
            found.append(line)

    def stop(self, visit: Visit) -> Markup:
        """Stops the grid under way."""
        return self._computing.stop(visit)

    def export(self, grid: Grid | None, visit: Visit) -> Markup:
        """The workbook of the grid."""
        try:
            user = self._site.person(visit, Right.ASK)
            if grid is None:
                raise AssistantError("Il n'y a pas encore de grille.", "Calculez-la d'abord.")
            self._site.journal.record(user.name, Action.EXPORT, detail="grille")
            return downloads.saved_at_once("grille-des-marches.xlsx", grid_workbook(grid), downloads.XLSX)
        except AssistantError as failure:
            return _said(failure)

    # ---- sources ----------------------------------------------------------------------------------------------------------------

    def open(self, event: Event, visit: Visit) -> Markup:
        """A value where it stands, or a piece at its beginning."""
        return sources.opened(self._site, event, visit)

    # ---- showing ----------------------------------------------------------------------------------------------------------------

    def _listed(self, visit: Visit, collection: str, told: Markup = EMPTY) -> Markup:
        try:
            user = self._site.person(visit, Right.ASK)
            if not self._own(visit):
                return text((tag("h2", "Mes marchés"), told, _nothing()))
            markets = self._site.workspace.markets(scope.within(self._site, user, collection))
        except AssistantError as failure:
            return text((tag("h2", "Mes marchés"), told, _said(failure)))
        readable = self._site.searchable(user)
        names = [name for name in self._site.workspace.shelf.collections if name in readable]
        entries = [
            _entry(market, scope.keeps(self._site, user, [piece.source.id for piece in market.pieces]))
            for market in markets[:_MOST_MARKETS]
        ]
        more = (
            f"{len(markets) - _MOST_MARKETS} autres marchés : choisissez une collection."
            if len(markets) > _MOST_MARKETS
            else ""
        )
        together = tag("button", "Mettre ensemble les marchés cochés", type="submit", class_="secondaire")
        pieces = sum(len(market.pieces) for market in markets)
        form = element(
            "form",
            {"data-event": "reunir", "aria-label": "Marchés"},
            tag("ul", entries, class_="liste marches", tabindex="0", aria_label="Marchés"),
            together if any(_TICK in entry for entry in entries) else None,
        )
        return tag(
            "section",
            tag("h2", "Mes marchés"),
            told,
            scope.filter_by_collection("marches", collection, names) if len(names) > 1 else None,
            tag("p", f"{count(len(markets), 'marché')}, {count(pieces, 'pièce')}.", class_="discret"),
            form,
            tag("p", more, class_="avertissement") if more else None,
            class_="carte",
        )


def _market(markets: Sequence[Consultation], source_id: str) -> Consultation:
    market = scope.with_piece(markets, source_id)
    if market is None:
        raise UsageError("Cette pièce n'est plus dans la bibliothèque.", "Rouvrez cet écran.")
    return market


def _said(failure: AssistantError) -> Markup:
    return error(without_paths(failure.message), failure.hint)


def _nothing() -> Markup:
    return empty(
        "Aucun de vos marchés n'est encore dans la bibliothèque.",
        "Ajoutez vos contrats et vos consultations dans l'écran « Bibliothèque » (fichiers, dossier ou ZIP) : ils seront regroupés ici, marché par marché.",
    )


def _entry(market: Consultation, groups: bool) -> Markup:
    """A market: its name, why its pieces are together, its pieces; what changes it, for who may."""
    first, by_hand = market.pieces[0].source.id, bool(market.pieces[0].chosen)
    tick = (
        tag("input", type="checkbox", value=1, name=f"{_TICK}{first}", aria_label=f"Cocher {market.name}")
        if groups
        else None
    )
    back = button(
        "Laisser l'assistant regrouper",
        "laisser",
        {"source": first},
        class_="secondaire",
        aria_label=f"Laisser l'assistant regrouper : {market.name}",
    )
    several = len(market.pieces) > 1
    folded = tag(
        "details",
        tag(
            "summary",
            f"{count(len(market.pieces), 'pièce')} : {market.why}",
            tag("span", f" ({market.name})", class_="invisible"),
        ),
        tag("ul", [_piece(piece, groups and several) for piece in market.pieces], class_="liste pieces"),
        tag("p", back) if groups and by_hand else None,
    )
    return tag("li", tick, tag("div", tag("strong", market.name), folded), class_="marche")


def _piece(piece: Known, apart: bool) -> Markup:
    data = {"source": piece.source.id}
    return tag(
        "li",
        tag("span", tag("strong", piece.summary.doc_type), f" {piece.file}", class_="fichier-nomme"),
        button(
            "Ouvrir",
            "montrer",
            {**data, "opens": "1"},
            class_="secondaire",
            aria_label=f"Ouvrir {piece.file}",
        ),
        button(
            "Mettre à part", "separer", data, class_="secondaire", aria_label=f"Mettre à part {piece.file}"
        )
        if apart
        else None,
    )


def _form() -> Markup:
    fields = [
        tag("label", tag("input", type="checkbox", value=1, name=f"{_FIELD}{name}"), label, class_="enligne")
        for name, label in FIELDS.items()
    ]
    help_ = f"Une question par ligne, {MOST_QUESTIONS} au plus ; chacune est posée à chaque marché."
    form = element(
        "form",
        {"data-event": "calculer", "aria-label": "Comparer mes marchés"},
        tag("label", "Questions", for_="grille-questions"),
        tag("p", help_, id="grille-aide", class_="discret"),
        tag(
            "textarea",
            id="grille-questions",
            name="questions",
            rows=3,
            maxlength=_LONGEST_QUESTIONS,
            aria_describedby="grille-aide",
            data_kept=True,
        ),
        tag(
            "p",
            tag(
                "label",
                tag("input", type="checkbox", value=1, name=_EACH),
                "Une ligne par pièce, et non par marché",
                class_="enligne",
            ),
        ),
        tag(
            "details",
            tag("summary", "Cocher des champs déjà lus"),
            tag("fieldset", tag("legend", "Champs", class_="invisible"), fields, class_="cases"),
        ),
        tag("p", tag("button", "Calculer", type="submit", class_="principal")),
    )
    return tag("section", tag("h2", "Comparer mes marchés"), form, class_="carte")


def _ticked_fields(data: Mapping[str, Any]) -> list[str]:
    return [
        name.removeprefix(_FIELD) for name, value in data.items() if name.startswith(_FIELD) and value == "1"
    ]


def _table(grid: Grid) -> Markup:
    if not grid.lines:
        return EMPTY
    heads = [
        tag("th", "Marché", scope="col"),
        *(tag("th", column.text, scope="col") for column in grid.columns),
    ]
    lines = [_line(line) for line in grid.lines]
    table = tag(
        "table",
        tag("caption", "Grille des marchés", class_="invisible"),
        tag("thead", tag("tr", heads)),
        tag("tbody", lines),
        class_="donnees grille",
    )
    return text(
        (
            tag("h2", "Grille"),
            tag("div", table, class_="defile", tabindex="0", role="region", aria_label="Grille des marchés"),
            tag("p", button("Enregistrer le classeur", "exporter", class_="secondaire")),
        )
    )


def _line(line: Line) -> Markup:
    files = tag(
        "span",
        line.files[0] if len(line.files) == 1 else count(len(line.files), "pièce"),
        class_="discret bloc",
        title=", ".join(line.files),
    )
    return tag(
        "tr", tag("th", line.market, files, scope="row"), [tag("td", _cell(cell)) for cell in line.cells]
    )


def _cell(cell: Cell) -> Markup:
    if not cell.value:
        return tag("span", cell.unsaid, class_="discret")
    return lists.said(
        cell.value, KeptQuote.of(cell.quote) if cell.quote else None, where(cell.quote) if cell.quote else ""
    )
