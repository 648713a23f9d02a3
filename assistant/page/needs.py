"""Besoins: registers and surveys of many members joined, put right by hand, and a framework agreement proposed.

Who keeps the common library is the central body: he sees the sums, the wordings and the proposal. A member sees his own lines, and sums in which nobody is
told apart.
"""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import PurePosixPath
from typing import Any

import gradio as gr

from assistant.datatypes import Finding, FindingSeverity
from assistant.errors import AssistantError, UsageError
from assistant.page import downloads
from assistant.page.context import Site, number, word
from assistant.page.dropping import refusals, table_zone
from assistant.page.events import UNCHANGED, Event, Events, Visit
from assistant.page.jobs import Job, Running, StoppedError, stopped
from assistant.page.markup import (
    EMPTY,
    Markup,
    button,
    column_head,
    count,
    empty,
    error,
    items,
    number_cell,
    parted,
    tag,
    text,
)
from assistant.protocols import OnProgress
from assistant.site.access import without_paths
from assistant.site.journal import Action
from assistant.site.rights import Right, may
from assistant.site.users import User
from assistant.sourcing.kept_needs import Gathered
from assistant.sourcing.needs import Cell, Need, Needs, Quarter
from assistant.sourcing.proposal import Proposal, Terms, first_quarter
from assistant.sourcing.proposal_text import euros
from assistant.sourcing.seen import MemberView, Seen

# Needs and wordings drawn: the workbook holds all.
_MOST_NEEDS, _MOST_WORDINGS = 150, 60
_TICK = "b:"
_FORMATS = {
    "odt": ("Enregistrer en ODT", downloads.ODT),
    "docx": ("Enregistrer en DOCX", downloads.DOCX),
    "xlsx": ("Enregistrer le classeur", downloads.XLSX),
}


def screen(site: Site, events: Events) -> None:
    """Builds the screen in its tab."""
    made = _Screen(site)
    proposal = events.state("proposition", None)
    with gr.Row(elem_classes="deux-colonnes"):
        with gr.Column(scale=7, min_width=420):
            listed = events.part(EMPTY, "besoins")
        with gr.Column(scale=5, min_width=380):
            sources = events.part(EMPTY, "besoins-sources")
            form = events.part(EMPTY, "accord-demande")
            progress = events.part(EMPTY, "accord-suivi")
            shown = events.part(EMPTY, "accord-propose")
            saved = events.part(EMPTY, "besoins-fichier")
    events.when_chosen("besoins", made.opened, [], [listed, sources, form])
    sources.on("verser", made.add, shows=[listed, sources])
    sources.on("retirer", made.remove, shows=[listed, sources])
    listed.on("relire", made.opened, shows=[listed, sources, form])
    listed.on("reunir", made.put_together, shows=[listed])
    listed.on("separer", made.put_apart, shows=[listed])
    listed.on("laisser", made.let_go, shows=[listed])
    listed.on("arreter", made.stop, shows=[listed])
    listed.on("classeur", made.workbook, shows=[saved], then=downloads.saves(saved.id))
    form.on("proposer", made.propose, shows=[progress, shown, proposal])
    progress.on("arreter", made.stop_proposal, shows=[progress])
    shown.on("exporter", made.export, [proposal], [saved], then=downloads.saves(saved.id))


class _Screen:
    """What the screen does when it is asked."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._joining, self._proposing = Running(), Running()

    def opened(self, visit: Visit) -> Iterator[tuple[Any, Any, Any]]:
        """The needs, what they come from and the form of a proposal, when the screen is opened."""
        try:
            user = self._site.person(visit, Right.UPLOAD)
            yield UNCHANGED, self._sources(user), _form() if _is_central(user) else EMPTY
            for shown in self._joined(visit, user):
                yield shown, UNCHANGED, UNCHANGED
        except AssistantError as failure:
            yield text((tag("h2", "Besoins"), _said(failure))), EMPTY, EMPTY

    # ---- what was given ---------------------------------------------------------------------------------------------------------

    def add(self, event: Event, visit: Visit) -> Iterator[tuple[Any, Any]]:
        """Keeps the lines of what was dropped, and joins again."""
        data = event.data
        try:
            user = self._site.person(visit, Right.UPLOAD)
            deposits = self._site.deposits.of(user.name, data.get("jetons"))
            if len(deposits) != 1:
                yield (
                    UNCHANGED,
                    self._sources(
                        user,
                        text(
                            (
                                refusals(data),
                                error(
                                    "Il faut un fichier, un seul.",
                                    "Un registre, ou une enquête de plusieurs membres.",
                                ),
                            )
                        ),
                    ),
                )
                return
            name = PurePosixPath(deposits[0].name).name
            same = word(data, "memes", 2) == "1"
            kept = self._site.workspace.needs.add(
                deposits[0].path, name, owner=user.name, member=word(data, "membre", 200), same_members=same
            )
            self._site.deposits.forget(deposits)
            self._site.journal.record(user.name, Action.REGISTER, detail=f"besoins : {name}"[:300])
            done = tag(
                "p",
                f"« {kept.file} » : {count(kept.lines, 'ligne')} de {count(kept.members, 'membre')}.",
                class_="succes",
                role="status",
            )
            told = tag("div", items(kept.told), class_="avertissement") if kept.told else None
            yield UNCHANGED, self._sources(user, text((done, told)))
            for shown in self._joined(visit, user):
                yield shown, UNCHANGED
        except AssistantError as failure:
            yield UNCHANGED, self._sources_after(visit, failure)

    def remove(self, event: Event, visit: Visit) -> Iterator[tuple[Any, Any]]:
        """Takes a file out: one's own, or anybody's for the central body."""
        try:
            user = self._site.person(visit, Right.UPLOAD)
            name = self._site.workspace.needs.kept.remove(
                number(event.data, "numero"), None if _is_central(user) else user.name
            )
            self._site.journal.record(user.name, Action.DELETE, detail=f"besoins : {name}"[:300])
            yield (
                UNCHANGED,
                self._sources(user, tag("p", f"« {name} » est retiré.", class_="succes", role="status")),
            )
            for shown in self._joined(visit, user):
                yield shown, UNCHANGED
        except AssistantError as failure:
            yield UNCHANGED, self._sources_after(visit, failure)

    def _sources_after(self, visit: Visit, failure: AssistantError) -> Markup:
        """What was given, and why a change of it was not made."""
        try:
            return self._sources(self._site.person(visit, Right.UPLOAD), _said(failure))
        except AssistantError as other:
            return _said(other)

    def _sources(self, user: User, told: Markup = EMPTY) -> Markup:
        every = self._site.workspace.needs.kept.sources()
        own = [one for one in every if _is_central(user) or one.owner == user.name]
        listed = (
            tag("ul", [_source(one) for one in own], class_="liste pieces")
            if own
            else tag("p", "Vous n'avez encore rien versé.", class_="discret")
        )
        return tag("section", tag("h2", "Fichiers versés"), told, listed, _drop(), class_="carte")

    # ---- needs ------------------------------------------------------------------------------------------------------------------

    def _joined(self, visit: Visit, user: User, told: Markup = EMPTY) -> Iterator[Markup]:
        """The needs as ``user`` may see them; yields how far it is."""
        desk = self._site.workspace.needs
        if not desk.kept.sources():
            yield _nothing()
            return
        job: Job[Any] = self._joining.start(
            visit,
            lambda listen: desk.joined(listen) if _is_central(user) else desk.seen_by(user.name, listen),
        )
        try:
            for shown in job.followed():
                yield text((tag("h2", "Besoins"), shown))
            found = job.result()
        except StoppedError:
            yield text(
                (
                    tag("h2", "Besoins"),
                    stopped("Rien n'est perdu."),
                    button("Reprendre", "relire", class_="principal etape"),
                )
            )
            return
        yield _central(found, told) if isinstance(found, Needs) else _member(found, told)

    def put_together(self, event: Event, visit: Visit) -> Iterator[Markup]:
        """The needs that were ticked, as one."""
        ticked = [
            name.removeprefix(_TICK)
            for name, value in event.data.items()
            if name.startswith(_TICK) and value == "1"
        ]
        yield from self._corrected(visit, lambda: self._put_together(ticked))

    def _put_together(self, ticked: list[str]) -> str:
        if len(ticked) < 2:
            raise UsageError("Il faut deux besoins au moins pour les réunir.", "Cochez-les dans la liste.")
        for other in ticked[1:]:
            self._site.workspace.needs.put_together(ticked[0], other)
        return f"{len(ticked)} besoins n'en font plus qu'un."

    def put_apart(self, event: Event, visit: Visit) -> Iterator[Markup]:
        """A wording, as a need of its own."""
        wording = word(event.data, "libelle", 20)
        yield from self._corrected(
            visit,
            lambda: self._done(
                self._site.workspace.needs.put_apart, wording, "Ce libellé est maintenant un besoin à part."
            ),
        )

    def let_go(self, event: Event, visit: Visit) -> Iterator[Markup]:
        """A wording, where the assistant puts it."""
        wording = word(event.data, "libelle", 20)
        yield from self._corrected(
            visit,
            lambda: self._done(
                self._site.workspace.needs.let_go, wording, "L'assistant rapproche de nouveau ce libellé."
            ),
        )

    @staticmethod
    def _done(change: Callable[[str], None], wording: str, said: str) -> str:
        change(wording)
        return said

    def _corrected(self, visit: Visit, change: Callable[[], str]) -> Iterator[Markup]:
        """The needs after a correction of the central body, with what was done or why it was not."""
        try:
            user = self._site.person(visit, Right.INDEX)
        except AssistantError as failure:
            yield text((tag("h2", "Besoins"), _said(failure)))
            return
        try:
            done = change()
            self._site.journal.record(user.name, Action.GROUP, detail=f"besoins : {done}")
            told = tag("p", done, class_="succes", role="status")
        except AssistantError as failure:
            told = _said(failure)
        yield from self._joined(visit, user, told)

    def stop(self, visit: Visit) -> Markup:
        """Stops the joining under way."""
        return text((tag("h2", "Besoins"), self._joining.stop(visit)))

    def workbook(self, visit: Visit) -> Markup:
        """The workbook of the needs."""
        try:
            user = self._site.person(visit, Right.INDEX)
            self._site.journal.record(user.name, Action.EXPORT, detail="besoins")
            return downloads.saved_at_once(
                "besoins.xlsx", self._site.workspace.needs.workbook(), downloads.XLSX
            )
        except AssistantError as failure:
            return _said(failure)

    # ---- framework agreement ----------------------------------------------------------------------------------------------------

    def propose(self, event: Event, visit: Visit) -> Iterator[tuple[Any, Any, Any]]:
        """A framework agreement; yields how far it is."""
        data = event.data
        try:
            self._site.person(visit, Right.INDEX)
            title = word(data, "titre", 200).strip() or "Accord-cadre de solutions numériques"
            start = Quarter(number(data, "annee"), max(1, min(4, number(data, "trimestre", 1))))
            if not date.today().year <= start.year <= date.today().year + 10:
                raise UsageError(
                    f"L'année {start.year} ne peut pas être celle du début.",
                    "Donnez l'année où l'accord-cadre commence.",
                )
            terms = Terms(
                title,
                start,
                number(data, "duree", 4),
                number(data, "marge", 20),
                max(1, number(data, "membres", self._site.workspace.needs.least_members)),
            )
            job: Job[tuple[Proposal, tuple[Finding, ...]]] = self._proposing.start(
                visit, lambda listen: self._proposed(terms, listen)
            )
            try:
                for shown in job.followed():
                    yield shown, UNCHANGED, UNCHANGED
            finally:
                job.stop()  # a page that was closed wants no proposal any more
            proposal, findings = job.result()
        except StoppedError:
            yield stopped("Rien n'est proposé."), UNCHANGED, UNCHANGED
            return
        except AssistantError as failure:
            yield _said(failure), UNCHANGED, UNCHANGED
            return
        yield EMPTY, _proposal(proposal, findings), proposal

    def _proposed(self, terms: Terms, listen: OnProgress) -> tuple[Proposal, tuple[Finding, ...]]:
        desk = self._site.workspace.needs
        proposal = desk.propose(terms, listen)
        return proposal, desk.check(proposal, date.today())

    def stop_proposal(self, visit: Visit) -> Markup:
        """Stops the proposal under way."""
        return self._proposing.stop(visit)

    def export(self, proposal: Proposal | None, event: Event, visit: Visit) -> Markup:
        """A file of the proposal."""
        form = word(event.data, "forme", 4)
        try:
            user = self._site.person(visit, Right.INDEX)
            if proposal is None or form not in _FORMATS:
                raise AssistantError("Il n'y a pas encore de proposition.", "Calculez-la d'abord.")
            self._site.journal.record(user.name, Action.EXPORT, detail="proposition d'accord-cadre")
            made = self._site.workspace.needs.files(proposal, f".{form}", date.today())
            return downloads.saved_at_once(
                downloads.file_name(proposal.terms.title, f".{form}"), made, _FORMATS[form][1]
            )
        except AssistantError as failure:
            return _said(failure)


def _is_central(user: User) -> bool:
    """Whether the user is of the central body: he keeps the common library."""
    return may(user.role, Right.INDEX)


def _said(failure: AssistantError) -> Markup:
    return error(without_paths(failure.message), failure.hint)


def _nothing() -> Markup:
    return text(
        (
            tag("h2", "Besoins"),
            empty(
                "Aucun registre n'est encore versé.",
                "Versez des registres, une enquête de plusieurs membres (CSV, XLSX, ODS) : les mêmes besoins seront rapprochés ici.",
            ),
        )
    )


def _drop() -> Markup:
    fields = (
        tag(
            "p",
            tag("label", "Membre, si aucune colonne ne le dit", for_="besoins-membre"),
            tag("input", type="text", id="besoins-membre", name="membre", maxlength=200),
        ),
        tag(
            "p",
            tag(
                "label",
                tag("input", type="checkbox", value=1, name="memes"),
                " Les membres qui ont déjà des lignes sont bien les mêmes",
                class_="enligne",
            ),
        ),
    )
    return tag(
        "form",
        fields,
        table_zone("verser", "besoins", "Verser un registre ou une enquête"),
        aria_label="Verser un registre ou une enquête",
    )


def _source(one: Gathered) -> Markup:
    said = f" {one.origin.value}, {count(one.lines, 'ligne')}, {count(one.members, 'membre')}"
    name = tag("span", tag("strong", one.file), said, class_="fichier-nomme")
    return tag(
        "li",
        name,
        button(
            "Retirer",
            "retirer",
            {"numero": str(one.serial)},
            class_="secondaire",
            aria_label=f"Retirer {one.file}",
        ),
    )


def _central(found: Needs, told: Markup) -> Markup:
    entries = [_need(need) for need in found.needs[:_MOST_NEEDS]]
    left = len(found.needs) - _MOST_NEEDS
    form = tag(
        "form",
        tag("ul", entries, class_="liste marches", tabindex="0", aria_label="Besoins"),
        tag("p", tag("button", "Réunir les besoins cochés", type="submit", class_="secondaire")),
        data_event="reunir",
        aria_label="Réunir des besoins",
    )
    return tag(
        "section",
        tag("h2", "Besoins"),
        told,
        tag(
            "p",
            f"{count(found.lines, 'ligne')} de {count(len(found.members), 'membre')} : {count(len(found.needs), 'besoin')}.",
            class_="discret",
        ),
        tag("p", button("Enregistrer le classeur", "classeur", class_="secondaire")),
        form,
        tag("p", f"{count(left, 'autre besoin', 'autres besoins')} : voir le classeur.")
        if left > 0
        else None,
        class_="carte",
    )


def _need(need: Need) -> Markup:
    total = need.sum
    doubts = sum(said.lines for said in need.wordings if not said.placed.sure)
    head = f"{count(len(total.members), 'membre')}, {count(total.lines, 'ligne')} · {_sums(total)}"
    wordings = [_wording(need, said) for said in need.wordings[:_MOST_WORDINGS]]
    left = len(need.wordings) - _MOST_WORDINGS
    folded = tag(
        "details",
        tag(
            "summary",
            count(len(need.wordings), "libellé"),
            f", dont {count(doubts, 'ligne')} à vérifier" if doubts else "",
            tag("span", f" ({need.label})", class_="invisible"),
        ),
        tag("p", "Fins de contrats : ", ", ".join(_ends(need))),
        tag("p", "Sensibilité : ", ", ".join(_levels(need))),
        tag("ul", wordings, class_="liste pieces"),
        tag("p", f"{count(left, 'autre libellé', 'autres libellés')} : voir le classeur.")
        if left > 0
        else None,
    )
    tick = tag("input", type="checkbox", value=1, name=f"{_TICK}{need.id}", aria_label=f"Cocher {need.label}")
    return tag(
        "li",
        tick,
        tag("div", tag("strong", need.label), tag("span", f" {head}", class_="discret"), folded),
        class_="marche",
    )


def _wording(need: Need, said: Any) -> Markup:
    data, by_hand = {"libelle": said.wording.id}, said.placed.because.value == "main"
    doubt = None if said.placed.sure else tag("span", " à vérifier", class_="discret")
    apart = (
        button("À séparer", "separer", data, class_="secondaire", aria_label=f"Séparer {said.wording.shown}")
        if len(need.wordings) > 1
        else None
    )
    back = (
        button(
            "Laisser l'assistant",
            "laisser",
            data,
            class_="secondaire",
            aria_label=f"Laisser l'assistant placer {said.wording.shown}",
        )
        if by_hand
        else None
    )
    shown = tag(
        "span",
        tag("strong", said.wording.shown),
        f" ({said.lines}) — {said.placed.why}",
        doubt,
        class_="fichier-nomme",
    )
    return tag("li", shown, apart, back)


def _sums(total: Cell) -> str:
    users = (
        f"{total.users.total} utilisateurs dits par {count(total.users.lines, 'ligne')}"
        if total.users.lines
        else "utilisateurs non dits"
    )
    cost = (
        f"{euros(total.cost.total)} HT par an dits par {count(total.cost.lines, 'ligne')}"
        if total.cost.lines
        else "coût non dit"
    )
    return f"{users}, {cost}"


def _ends(need: Need) -> list[str]:
    found: dict[Quarter | None, int] = {}
    for cell in sorted(need.cells, key=lambda one: (one.end is None, one.end or Quarter(0, 1))):
        found[cell.end] = found.get(cell.end, 0) + cell.lines
    return [f"{end.shown if end else 'non dite'} : {lines}" for end, lines in found.items()]


def _levels(need: Need) -> list[str]:
    found: dict[str, int] = {}
    for cell in need.cells:
        level = cell.sensitivity.value if cell.sensitivity else "non dite"
        found[level] = found.get(level, 0) + cell.lines
    return [f"{level} : {lines}" for level, lines in found.items()]


def _member(view: MemberView, told: Markup) -> Markup:
    heads = [
        column_head(name, of_numbers=name != "Besoin")
        for name in ("Besoin", "Vos lignes", "Membres", "Lignes en tout", "Utilisateurs", "Coût annuel, € HT")
    ]
    rows = [_seen(seen, view.least) for seen in view.needs]
    table = tag(
        "table",
        tag("caption", "Besoins de tous les membres", class_="invisible"),
        tag("thead", tag("tr", heads)),
        tag("tbody", rows),
        class_="donnees",
    )
    why = (
        f"Une somme de moins de {view.least} membres n'est pas montrée : elle dirait les chiffres d'un autre."
    )
    hidden = (
        f" {count(view.hidden, 'besoin', 'besoins')} d'autres membres, de moins de {view.least} membres chacun, ne sont pas montrés."
        if view.hidden
        else ""
    )
    return tag(
        "section",
        tag("h2", "Besoins"),
        told,
        tag("p", why + hidden, class_="discret"),
        tag(
            "div",
            table,
            class_="defile",
            tabindex="0",
            role="region",
            aria_label="Besoins de tous les membres",
        ),
        class_="carte",
    )


def _seen(seen: Seen, least: int) -> Markup:
    values = (seen.own, seen.members, seen.lines, seen.users.total, seen.cost.total)
    hidden = tag("span", f"moins de {least} membres", class_="discret")
    cells = [number_cell(parted(Decimal(value)) if value is not None else hidden) for value in values]
    return tag("tr", tag("th", seen.label, scope="row"), cells)


def _form() -> Markup:
    start = first_quarter(date.today())
    quarters = [
        tag("option", f"T{one}", value=str(one), selected=one == start.number) for one in (1, 2, 3, 4)
    ]
    fields = (
        _field("Titre", "titre", "Accord-cadre de solutions numériques", maxlength=200),
        _field("Année du début", "annee", str(start.year), type="number", min=2000, max=2100),
        tag(
            "p",
            tag("label", "Trimestre du début", for_="accord-trimestre"),
            tag("select", quarters, id="accord-trimestre", name="trimestre"),
        ),
        _field("Durée en années (1 à 4)", "duree", "4", type="number", min=1, max=4),
        _field("Marge du maximum, %", "marge", "20", type="number", min=0, max=100),
        _field("Membres qu'il faut pour un lot", "membres", "5", type="number", min=1, max=10_000),
    )
    form = tag(
        "form",
        fields,
        tag("p", tag("button", "Proposer", type="submit", class_="principal")),
        data_event="proposer",
        aria_label="Proposer un accord-cadre",
    )
    return tag("section", tag("h2", "Proposer un accord-cadre"), form, class_="carte")


def _field(label: str, name: str, value: str, **attributes: Any) -> Markup:
    return tag(
        "p",
        tag("label", label, for_=f"accord-{name}"),
        tag("input", id=f"accord-{name}", name=name, value=value, **attributes),
    )


def _proposal(proposal: Proposal, findings: tuple[Finding, ...]) -> Markup:
    blocking = [finding for finding in findings if finding.severity is FindingSeverity.BLOCKING]
    checked = (
        error(
            "Le contrôle trouve des passages bloquants.",
            "Corrigez-les avant toute publication : "
            + " ; ".join(f"« {finding.quote} »" for finding in blocking),
        )
        if blocking
        else tag(
            "p",
            f"Contrôlée : rien de bloquant, {count(len(findings), 'constat')} à relire.",
            class_="succes",
            role="status",
        )
    )
    heads = [
        column_head(name, of_numbers=name in ("Membres", "Lignes", "Maximum HT"))
        for name in ("Lot", "Objet", "Membres", "Lignes", "Maximum HT")
    ]
    rows = [
        tag(
            "tr",
            tag("th", str(lot.number), scope="row"),
            tag("td", lot.title),
            number_cell(parted(len(lot.total.members))),
            number_cell(parted(lot.total.lines)),
            number_cell(_maximum(lot.maximum)),
        )
        for lot in proposal.lots
    ]
    table = tag(
        "table",
        tag("caption", "Lots proposés", class_="invisible"),
        tag("thead", tag("tr", heads)),
        tag("tbody", rows),
        class_="donnees",
    )
    outside = sum(one.lines for one in proposal.outside)
    return tag(
        "section",
        tag("h2", proposal.terms.title),
        checked,
        tag(
            "p",
            f"{count(len(proposal.lots), 'lot')}, sans minimum, maximum {_maximum(proposal.maximum)} HT ; {count(outside, 'ligne')} hors des lots.",
        ),
        tag(
            "p",
            [
                button(label, "exporter", {"forme": form}, class_="secondaire")
                for form, (label, _) in _FORMATS.items()
            ],
        ),
        tag("div", table, class_="defile", tabindex="0", role="region", aria_label="Lots proposés"),
        class_="carte",
    )


def _maximum(amount: Any) -> str:
    return euros(amount) if amount is not None else "non calculable"
