"""Dépendances: registers as they were understood, exposure reason by reason, candidates of catalogues, plan and exports. Each one sees his own registers."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath
from typing import Any

import gradio as gr

from assistant import office
from assistant.datatypes import Problem, Severity
from assistant.errors import AssistantError, UsageError
from assistant.french.dates import french_date
from assistant.page import downloads
from assistant.page.context import Site, word
from assistant.page.days import day, day_field
from assistant.page.dropping import refusals, table_zone
from assistant.page.events import UNCHANGED, Event, Events, Visit
from assistant.page.markup import EMPTY, Markup, button, count, element, empty, error, items, tag, text
from assistant.site import rights
from assistant.site.access import without_paths
from assistant.site.journal import Action
from assistant.site.rights import Right, may
from assistant.site.users import User
from assistant.sourcing import headers, importing, outputs, picture
from assistant.sourcing.catalogues import Candidate, Filters
from assistant.sourcing.exposure import Reason, Theme
from assistant.sourcing.importing import label
from assistant.sourcing.plan import Plan, Step
from assistant.sourcing.register import Column, Register

_COLUMN = "c:"
# Lines drawn: more are in the workbook.
_MOST_LINES = 200
_MOST_CANDIDATES = 10
_LONGEST_NEED = 400


@dataclass(frozen=True, slots=True)
class _Reading:
    """A register that was read and is not kept yet: the token of its file, and what was understood of it."""

    token: str = ""
    register: Register | None = None


def screen(site: Site, events: Events) -> None:
    """Builds the screen in its tab."""
    made = _Screen(site)
    reading, member = events.state("registre-lu", _Reading()), events.state("membre", "", carried=True)
    with gr.Row(elem_classes="deux-colonnes"):
        with gr.Column(scale=5, min_width=380):
            listed = events.part(EMPTY, "dependances")
            dropped = events.part(_drop(), "registre-depot")
            understood = events.part(EMPTY, "registre-compris")
            catalogues = events.part(EMPTY, "catalogues")
        with gr.Column(scale=7, min_width=420):
            search = events.part(_search_form(), "solutions-demande")
            candidates = events.part(EMPTY, "solutions")
            lines = events.part(EMPTY, "dependances-lignes")
            saved = events.part(EMPTY, "dependances-fichier")
    events.when_chosen("dependances", made.opened, [member, reading], [listed, catalogues, lines, understood])
    dropped.on("lire", made.read, shows=[understood, reading])
    understood.on("garder", made.keep, [reading], [understood, listed, lines, reading, member])
    listed.on("choisir", made.choose, shows=[lines, member])
    listed.on("oublier", made.forget, shows=[listed, lines, member])
    catalogues.on("importer", made.import_catalogue, shows=[catalogues])
    catalogues.on("oublier", made.forget_catalogue, shows=[catalogues])
    search.on("chercher", made.search, shows=[candidates])
    lines.on("chercher", made.search, shows=[candidates], then=("focusOn", "solutions"))
    lines.on("exporter", made.export, [member], [saved], then=downloads.saves(saved.id))


class _Screen:
    """What the screen does when it is asked."""

    def __init__(self, site: Site) -> None:
        self._site = site

    # ---- registers --------------------------------------------------------------------------------------------------------------

    def opened(self, member: str, reading: _Reading, visit: Visit) -> tuple[Markup, Markup, Markup, Any]:
        """The registers, the catalogues and the lines of the chosen one, when the screen is opened; a register that was read and is not kept yet."""
        lines = self._lines(visit, member) if member else EMPTY
        return self._listed(visit), self._catalogues(visit), lines, _understood(reading) or UNCHANGED

    def read(self, event: Event, visit: Visit) -> Iterator[tuple[Markup, Any]]:
        """Shows what is understood of a file; nothing is kept yet."""
        refused = refusals(event.data)
        try:
            user = self._site.person(visit, Right.UPLOAD)
            deposits = self._site.deposits.of(user.name, event.data.get("jetons"))
            if len(deposits) != 1:
                yield (
                    text(
                        (
                            refused,
                            error("Il faut un fichier, un seul.", "Choisissez le registre d'un membre."),
                        )
                    ),
                    UNCHANGED,
                )
                return
            yield tag("p", "Lecture du registre…", role="status", class_="avancement"), UNCHANGED
            found = self._site.workspace.dependencies.read(
                deposits[0].path, PurePosixPath(deposits[0].name).name
            )
        except AssistantError as failure:
            yield text((refused, _said(failure))), UNCHANGED
            return
        made = _Reading(deposits[0].token, found)
        yield _understood(made), made

    def keep(self, reading: _Reading, event: Event, visit: Visit) -> tuple[Markup, Any, Any, Any, Any]:
        """Keeps what was read, with the columns as a person says them."""
        member = word(event.data, "membre", 200)
        try:
            user = self._site.person(visit, Right.UPLOAD)
            deposit = self._deposit(user, reading)
            name, columns = PurePosixPath(deposit.name).name, _corrections(reading, event.data)
            replaced = word(event.data, "remplacer", 2) == "1"
            imported = self._site.workspace.dependencies.import_register(
                user.name, deposit.path, name, member=member, columns=columns, replace_known=replaced
            )
            self._site.deposits.forget((deposit,))
            self._site.journal.record(user.name, Action.REGISTER, detail=name[:300])
        except AssistantError as failure:
            said = text((_said(failure), _understood(reading)))
            return said, UNCHANGED, UNCHANGED, UNCHANGED, UNCHANGED
        chosen = imported.registers[0].member
        lines = sum(len(one.applications) for one in imported.registers)
        done = f"{count(lines, 'application')} de {count(len(imported.registers), 'membre')} : le registre est gardé, pour vous seul."
        return (
            tag("p", done, class_="succes", role="status"),
            self._listed(visit),
            self._lines(visit, chosen),
            _Reading(),
            chosen,
        )

    def _deposit(self, user: User, reading: _Reading) -> Any:
        found = self._site.deposits.of(user.name, [reading.token])
        if not found:
            raise UsageError("Ce fichier n'est plus là.", "Déposez-le de nouveau.")
        return found[0]

    def choose(self, event: Event, visit: Visit) -> tuple[Markup, str]:
        """The lines of a register."""
        member = word(event.data, "membre", 200)
        return self._lines(visit, member), member

    def forget(self, event: Event, visit: Visit) -> tuple[Markup, Markup, str]:
        """Takes a register out."""
        member = word(event.data, "membre", 200)
        try:
            user = self._site.person(visit, Right.UPLOAD)
            self._site.workspace.dependencies.kept.forget(user.name, member)
            self._site.journal.record(user.name, Action.DELETE, detail="registre de dépendances")
        except AssistantError as failure:
            return text((_said(failure), self._listed(visit))), EMPTY, ""
        return self._listed(visit), EMPTY, ""

    def _listed(self, visit: Visit) -> Markup:
        try:
            user = self._site.person(visit, Right.ASK)
            found = self._site.workspace.dependencies.listed(user.name)
        except AssistantError as failure:
            return text((tag("h2", "Registres"), _said(failure)))
        if not found:
            return text(
                (
                    tag("h2", "Registres"),
                    empty(
                        "Aucun registre.",
                        "Déposez la liste de vos applications : ce qui est compris est montré avant d'être gardé.",
                    ),
                )
            )
        entries = [
            tag(
                "li",
                tag(
                    "div",
                    tag("strong", one.member),
                    tag("span", f" {count(one.applications, 'application')}, {one.file}", class_="discret"),
                ),
                button(
                    "Ouvrir",
                    "choisir",
                    {"membre": one.member},
                    class_="secondaire",
                    aria_label=f"Ouvrir {one.member}",
                ),
                button(
                    "Retirer",
                    "oublier",
                    {"membre": one.member},
                    class_="secondaire",
                    aria_label=f"Retirer {one.member}",
                ),
                class_="marche",
            )
            for one in found
        ]
        return text(
            (
                tag("h2", "Registres"),
                tag("ul", entries, class_="liste marches", tabindex="0", aria_label="Registres"),
            )
        )

    # ---- lines, plan, exports ---------------------------------------------------------------------------------------------------

    def _plan(self, user: User, member: str) -> Plan:
        reach = self._site.reach(user)
        return self._site.workspace.dependencies.plan(user.name, member, date.today(), None, reach)

    def _lines(self, visit: Visit, member: str) -> Markup:
        try:
            user = self._site.person(visit, Right.ASK)
            made = self._plan(user, member)
        except AssistantError as failure:
            return _said(failure)
        shown = [_line(number, step) for number, step in enumerate(made.steps[:_MOST_LINES], 1)]
        left = len(made.steps) - _MOST_LINES
        more = (
            tag("p", f"{count(left, 'autre application', 'autres applications')} : voir le classeur.")
            if left > 0
            else None
        )
        files = (
            ("Classeur (XLSX)", "xlsx"),
            ("Document (ODT)", "odt"),
            ("Image d'une page (SVG)", "svg"),
            ("Questionnaire de sourçage (ODT)", "rfi"),
        )
        return tag(
            "section",
            tag("h2", f"Exposition et plan : {member}"),
            tag(
                "p",
                "Dans l'ordre proposé. Le score est la somme des points montrés ; ce que personne ne dit est à vérifier.",
                class_="discret",
            ),
            tag(
                "p", [button(name, "exporter", {"forme": form}, class_="secondaire") for name, form in files]
            ),
            tag("ol", shown, class_="liste"),
            more,
            tag(
                "details",
                tag("summary", "Changer un contrat en cours : ce que dit le droit"),
                items(sentence.said for sentence in made.changing),
            ),
        )

    def export(self, member: str, event: Event, visit: Visit) -> Markup:
        """A file of the chosen register."""
        form = word(event.data, "forme", 4)
        try:
            user = self._site.person(visit, Right.ASK)
            made = self._plan(user, member)
            self._site.journal.record(user.name, Action.EXPORT, detail="dépendances")
            name, title = downloads.file_name(f"dependances {member}", ""), f"Dépendances de {member}"
            if form == "svg":
                return downloads.saved_at_once(
                    f"{name}.svg", picture.picture(made, title).encode(), downloads.SVG
                )
            if form == "odt":
                return downloads.saved_at_once(
                    f"{name}.odt", office.convert(outputs.report(made, title), "odt"), downloads.ODT
                )
            if form == "rfi":
                asked = self._site.workspace.dependencies.rfi(made, member)
                return downloads.saved_at_once(
                    "demande-d-information.odt", office.convert(asked, "odt"), downloads.ODT
                )
            register = self._site.workspace.dependencies.kept.register(user.name, member)
            return downloads.saved_at_once(
                f"{name}.xlsx", outputs.workbook(made, register.columns, register.problems), downloads.XLSX
            )
        except AssistantError as failure:
            return _said(failure)

    # ---- catalogues and search --------------------------------------------------------------------------------------------------

    def import_catalogue(self, event: Event, visit: Visit) -> Iterator[Markup]:
        """Keeps a catalogue: for everybody where one keeps the library and ticks it, else for oneself."""
        data = event.data
        try:
            user = self._site.person(visit, Right.UPLOAD)
            deposits = self._site.deposits.of(user.name, data.get("jetons"))
            if len(deposits) != 1:
                yield text((refusals(data), self._catalogues(visit)))
                return
            shared = word(data, "commun", 2) == "1"
            if shared:
                rights.require(user.role, Right.INDEX)
            yield tag("p", "Lecture du catalogue…", role="status", class_="avancement")
            name = PurePosixPath(deposits[0].name).name
            self._site.workspace.dependencies.import_catalogue(
                user.name,
                deposits[0].path,
                name,
                title=word(data, "titre", 120),
                published_by=word(data, "source", 200),
                dated=day(word(data, "date", 20)),
                licence=word(data, "licence", 120),
                shared=shared,
            )
            self._site.deposits.forget(deposits)
            self._site.journal.record(user.name, Action.REGISTER, detail=f"catalogue {name}"[:300])
        except AssistantError as failure:
            yield text((_said(failure), self._catalogues(visit)))
            return
        yield self._catalogues(visit)

    def forget_catalogue(self, event: Event, visit: Visit) -> Markup:
        """Takes one's own catalogue out."""
        try:
            user = self._site.person(visit, Right.UPLOAD)
            self._site.workspace.dependencies.kept.forget_catalogue(user.name, word(event.data, "titre", 200))
        except AssistantError as failure:
            return text((_said(failure), self._catalogues(visit)))
        return self._catalogues(visit)

    def _catalogues(self, visit: Visit) -> Markup:
        try:
            user = self._site.person(visit, Right.ASK)
            found = self._site.workspace.dependencies.kept.catalogues(user.name)
        except AssistantError as failure:
            return text((tag("h2", "Catalogues"), _said(failure)))
        entries = [
            tag(
                "li",
                tag("strong", one.title),
                f" : {count(len(one.entries), 'fiche')}, {french_date(one.dated) if one.dated else 'sans date'}. ",
                f"Source : {one.source}. Licence : {one.licence or 'non dite'}. ",
                _problems(one.problems),
                button(
                    "Retirer",
                    "oublier",
                    {"titre": one.title},
                    class_="secondaire",
                    aria_label=f"Retirer le catalogue {one.title}",
                ),
            )
            for one in found
        ]
        adds = _catalogue_form(shares=may(user.role, Right.INDEX)) if may(user.role, Right.UPLOAD) else None
        return text(
            (
                tag("h2", "Catalogues"),
                tag("ul", entries, class_="liste")
                if entries
                else tag("p", "Aucun catalogue.", class_="discret"),
                adds,
            )
        )

    def search(self, event: Event, visit: Visit) -> Markup:
        """The candidates for a need."""
        data = event.data
        need = word(data, "besoin", _LONGEST_NEED)
        filters = Filters(
            word(data, "libre", 2) == "1",
            word(data, "qualification", 80),
            word(data, "hebergement", 80),
            word(data, "norme", 80),
            word(data, "source", 2) == "1",
        )
        try:
            user = self._site.person(visit, Right.SEARCH)
            found = self._site.workspace.dependencies.search(
                user.name, need, date.today(), filters, _MOST_CANDIDATES
            )
            self._site.journal.record(user.name, Action.SEARCH, question=need, detail="catalogues")
        except AssistantError as failure:
            return _said(failure)
        if not found:
            return empty(
                "Aucune fiche ne passe ces filtres.",
                "Ce qu'un catalogue ne dit pas ne passe pas : retirez un filtre.",
            )
        return tag(
            "section",
            tag("h3", f"Candidats pour « {need} »"),
            tag("ol", [_candidate(one) for one in found], class_="liste"),
        )


def _said(failure: AssistantError) -> Markup:
    return error(without_paths(failure.message), failure.hint)


def _drop() -> Markup:
    return tag(
        "section",
        tag("h3", "Ajouter un registre"),
        table_zone("lire", "registre", "Choisir le registre", principal=True),
    )


def _corrections(reading: _Reading, data: Mapping[str, Any]) -> dict[str, str | None]:
    """The field of each column as the form says it."""
    said: dict[str, str | None] = {}
    for at, column in enumerate(reading.register.columns if reading.register else ()):
        field = word(data, f"{_COLUMN}{at}", 40)
        if field in headers.FIELDS or field == headers.NOTE:
            said[column.header] = None if field == headers.NOTE else field
    return said


def _understood(reading: _Reading) -> Markup:
    """What was understood of each column, to be corrected; what was not read; what is asked. The browser keeps the corrections of each file by its token."""
    register, kept = reading.register, f"registre-{reading.token}"
    if register is None:
        return EMPTY
    rows = [_column(at, column, kept) for at, column in enumerate(register.columns)]
    head = tag("tr", [tag("th", name, scope="col") for name in ("En-tête", "Compris comme", "Pourquoi")])
    table = tag(
        "table",
        tag("caption", "Colonnes du registre", class_="invisible"),
        tag("thead", head),
        tag("tbody", rows),
        class_="donnees",
    )
    asked = items(importing.missing_questions(register))
    said = register.member if all(column.field != "member" for column in register.columns) else ""
    form = element(
        "form",
        {"data-event": "garder", "aria-label": "Registre lu"},
        tag(
            "p",
            f"{count(len(register.applications), 'application')} lues. Corrigez ce qui est mal compris, puis gardez le registre.",
        ),
        tag("label", "Membre, si aucune colonne ne le dit", for_=f"{kept}-membre"),
        tag("input", id=f"{kept}-membre", name="membre", value=said, maxlength=200, data_kept=True),
        tag("div", table, class_="defile", tabindex="0", role="region", aria_label="Colonnes du registre"),
        tag(
            "label",
            tag(
                "input",
                type="checkbox",
                value=1,
                id=f"{kept}-remplacer",
                name="remplacer",
                data_kept=True,
            ),
            "Remplacer le registre de ce membre",
            class_="enligne",
        ),
        tag("p", tag("button", "Garder ce registre", type="submit", class_="principal etape")),
    )
    missing = (
        tag("details", tag("summary", f"Ce que le registre ne dit pas ({len(register.missing)})"), asked)
        if register.missing
        else None
    )
    return tag(
        "section",
        tag("h3", "Ce qui est compris"),
        form,
        _problems(register.problems),
        missing,
        class_="carte",
    )


def _column(at: int, column: Column, kept: str) -> Markup:
    options = [
        tag("option", label(name), value=name, selected=name == column.field) for name in headers.FIELDS
    ]
    choice = tag(
        "select",
        tag("option", "note", value=headers.NOTE, selected=column.field is None),
        options,
        id=f"{kept}-{at}",
        name=f"{_COLUMN}{at}",
        data_kept=True,
        aria_label=f"Champ de {column.header}",
    )
    sheet = tag("span", column.sheet, class_="discret bloc") if column.sheet else None
    return tag(
        "tr",
        tag("th", column.header, sheet, scope="row"),
        tag("td", choice),
        tag("td", f"{column.reason} ({column.score:.0%})", class_="discret"),
    )


def _problems(problems: Sequence[Problem]) -> Markup | None:
    if not problems:
        return None
    doubts = sum(one.severity is not Severity.INFO for one in problems)
    summary = f"{count(doubts, 'doute')}, {count(len(problems) - doubts, 'remarque')}"
    return tag("details", tag("summary", summary), items(one.message for one in problems), open=doubts > 0)


def _line(number: int, step: Step) -> Markup:
    """A dependency: its score and its time to leave, then the reasons by theme, the contracts, the clauses."""
    one = step.exposure.application
    facts = f"{one.function or 'fonction non dite'} · {one.publisher or 'éditeur non dit'} · {one.host or 'hébergeur non dit'}"
    asked = button(
        "Chercher des solutions",
        "chercher",
        {"besoin": (one.function or one.name)[:_LONGEST_NEED]},
        class_="secondaire",
        aria_label=f"Chercher des solutions pour {one.name}",
    )
    reasons = [
        part
        for theme in Theme
        if (part := _theme(theme, [reason for reason in step.exposure.reasons if reason.theme is theme]))
    ]
    contracts = items(_contract(join) for join in step.exposure.joins)
    clauses = (
        tag("p", tag("strong", "À écrire au contrat : "), ", ".join(id_ for id_, _ in step.clauses))
        if step.clauses
        else None
    )
    return tag(
        "li",
        tag(
            "details",
            tag(
                "summary",
                tag("strong", f"{number}. {one.name}"),
                f" — {count(step.exposure.score, 'point')}, {step.months.said}",
            ),
            tag("p", f"{facts} ({outputs.where(one)})", class_="discret"),
            tag("p", step.rank),
            tag(
                "p",
                f"{step.kind} : {step.months.reason}. Avant : {step.before.said} ({step.before.reason}).",
                class_="discret",
            ),
            reasons,
            contracts,
            clauses,
            tag("p", asked),
        ),
    )


def _theme(theme: Theme, reasons: Sequence[Reason]) -> Markup | None:
    if not reasons:
        return None
    said = [
        (
            reason.text,
            tag("strong", f" +{reason.points}") if reason.points else None,
            items((sentence.said for sentence in reason.law), class_="discret"),
        )
        for reason in reasons
    ]
    return tag("div", tag("h4", theme.label), items(said))


def _contract(join: Any) -> Markup:
    parts = [
        (name, stated)
        for name, stated in (
            ("Fin", join.contract.end_said),
            ("Reconductions", join.contract.renewal),
            ("Hébergement", join.contract.host),
            ("Réversibilité", join.contract.reversibility),
        )
    ]
    said = items(
        f"{name} : {f'« {stated.quote} » ({stated.where})' if stated else 'non dit dans les pièces indexées'}"
        for name, stated in parts
    )
    return text((f"Contrat « {join.contract.name} » ({join.why})", said))


def _search_form() -> Markup:
    form = element(
        "form",
        {"data-event": "chercher", "aria-label": "Chercher des solutions"},
        tag("label", "Votre besoin, avec vos mots", for_="solutions-besoin"),
        tag(
            "input",
            id="solutions-besoin",
            name="besoin",
            maxlength=_LONGEST_NEED,
            data_kept=True,
            placeholder="partager des fichiers volumineux",
        ),
        tag(
            "details",
            tag("summary", "Filtres"),
            tag(
                "label",
                tag("input", type="checkbox", value=1, name="libre"),
                "Licence libre",
                class_="enligne",
            ),
            tag(
                "label",
                tag("input", type="checkbox", value=1, name="source"),
                "Déjà sourcé (accord-cadre)",
                class_="enligne",
            ),
            [
                (
                    tag("label", name, for_=f"solutions-{id_}"),
                    tag("input", id=f"solutions-{id_}", name=id_, maxlength=80),
                )
                for id_, name in (
                    ("qualification", "Qualification"),
                    ("hebergement", "Hébergement"),
                    ("norme", "Norme ou format"),
                )
            ],
        ),
        tag("p", tag("button", "Chercher", type="submit", class_="secondaire")),
    )
    return tag("section", tag("h2", "Chercher des solutions"), form, class_="carte")


def _candidate(one: Candidate) -> Markup:
    entry, today = one.entry, date.today()
    sourced = (
        f"déjà sourcé : {' '.join(part for part in (entry.central, entry.framework) if part)}"
        if entry.framework or entry.central
        else ""
    )
    marks = " · ".join(
        part
        for part in (
            entry.publisher,
            entry.licence,
            entry.qualification,
            entry.hosting,
            entry.status,
            sourced,
        )
        if part
    )
    age = " · ".join(
        part for part in (f"« {entry.catalogue} »", entry.age(today), entry.over(today), entry.page) if part
    )
    return tag(
        "li",
        tag("strong", entry.name),
        tag("span", "" if one.near else " (plus loin)", class_="discret"),
        tag("p", entry.function),
        tag("p", marks) if marks else None,
        tag("p", age, class_="discret"),
        tag("p", one.why, class_="discret"),
    )


def _catalogue_form(*, shares: bool) -> Markup:
    fields = [
        (
            tag("label", name, for_=f"catalogue-{id_}"),
            tag("input", id=f"catalogue-{id_}", name=id_, maxlength=200),
        )
        for id_, name in (("titre", "Titre"), ("source", "Source"), ("licence", "Licence de réutilisation"))
    ]
    for_all = (
        tag(
            "label",
            tag("input", type="checkbox", value=1, name="commun"),
            "Pour tous les comptes",
            class_="enligne",
        )
        if shares
        else None
    )
    form = element(
        "form",
        {"data-event": "rien", "aria-label": "Ajouter un catalogue"},
        fields,
        day_field("catalogue-date", "date", "Date du catalogue"),
        for_all,
        table_zone("importer", "catalogue", "Choisir le catalogue"),
    )
    return tag(
        "details",
        tag("summary", "Ajouter un catalogue"),
        tag("p", "Dites d'abord d'où il vient et de quand il est.", class_="discret"),
        form,
    )
