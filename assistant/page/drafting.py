"""Rédaction: a kit or clauses, a form made from their fields, their levels with their risk, the text as it grows, what the review says of it, the files."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import gradio as gr

from assistant import office
from assistant.datatypes import (
    ClauseField,
    Document,
    Draft,
    DraftArticle,
    DraftPiece,
    FieldOrigin,
    FieldType,
    Finding,
    Kind,
    Precedent,
    Problem,
    Severity,
    Source,
)
from assistant.drafting import rendering
from assistant.drafting.drafter import PIECE_TITLES, Request, choose, form_of_request
from assistant.drafting.library import ClauseLibrary
from assistant.drafting.precedents import is_precedent_id
from assistant.errors import AssistantError, NotIndexedError
from assistant.page import downloads, proofs, viewer
from assistant.page.answers import risk_badge
from assistant.page.clauses import CAUTION, LEVELS
from assistant.page.context import Site, word
from assistant.page.days import FORM
from assistant.page.events import UNCHANGED, Event, Events, State, Visit
from assistant.page.findings import finding_card
from assistant.page.formatted import formatted, legend, marked
from assistant.page.markup import EMPTY, Content, Markup, button, count, element, error, items, tag, text, typeset
from assistant.review.report import SEVERITIES
from assistant.site.journal import Action
from assistant.site.rights import Right

_FIELD, _LEVEL = "champ-", "niveau-"
# A value typed by hand: a paragraph, not a document.
_LONGEST_VALUE = 2_000
# Ids within a message: words with hyphens, or the items of a list.
_IDS = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+|(?<=[:,] )[a-z0-9]+(?=[,.])")
_HOW_WRITTEN = {FieldType.LIST: "Plusieurs : séparez-les par un point-virgule.", FieldType.DATE: f"Date écrite {FORM}."}
NOTHING = "Choisissez un kit ou des clauses : le projet s'écrit ici à mesure que vous remplissez le formulaire."


def screen(site: Site, events: Events, chosen: State) -> None:
    """Builds the screen in the current tab, over the clauses ``chosen``."""
    made = _Screen(site)
    values = events.state("valeurs", {}, carried=True)
    with gr.Row(elem_classes="deux-colonnes"):
        with gr.Column(scale=5, min_width=360):
            picker = events.part(made.picker(()), "choix")
            form = events.part(EMPTY, "formulaire")
        with gr.Column(scale=7, min_width=420):
            files = events.part(EMPTY, "fichiers")
            preview = events.part(viewer.nothing(NOTHING), "apercu")
    picker.on("ajouter", made.add, [chosen], [chosen])
    picker.on("oter", made.take_out, [chosen], [chosen])
    picker.on("vider", lambda: (), (), [chosen])
    events.when_changed(chosen, made.opened, [chosen, values], [picker, form, preview, files])
    form.on("remplir", made.fill, [chosen], [values, preview, files], latest=True)
    # As the form reads when one asks: what it asked for before must not be shown after.
    files.on("ecrire", made.write, [chosen, values], [values, files], stops=["formulaire/remplir"])
    files.on(proofs.EVENT, made.proof, [chosen, values], [values, files], stops=["formulaire/remplir"])
    files.on("relire", made.review, [chosen, values], [values, files, preview], stops=["formulaire/remplir"])


class _Screen:
    """What the screen does when it is asked."""

    def __init__(self, site: Site) -> None:
        self._site = site

    @property
    def _library(self) -> ClauseLibrary:
        return self._site.workspace.clause_library()

    @property
    def _titles(self) -> dict[str, str]:
        return {clause.id: clause.title for clause in self._library.clauses}

    def picker(self, chosen: Sequence[str], reach: Sequence[str] = ()) -> Markup:
        """What the draft is made of, and what may be added; ``reach`` are the collections where its precedents may lie."""
        library = self._library
        kits = [tag("option", kit.title, value=kit.id) for kit in library.kits if kit.id not in chosen]
        clauses = [tag("option", f"{clause.title} ({clause.place.value})", value=clause.id) for clause in library.clauses if clause.id not in chosen]
        options = (
            tag("option", "Choisir…", value=""),
            element("optgroup", {"label": "Kits : des clauses qui vont ensemble"}, kits),
            element("optgroup", {"label": "Clauses"}, clauses),
        )
        taken = [
            tag("li", title, " ", button("Ôter", "oter", {"id": id_}, class_="secondaire", aria_label=f"Ôter {title}"))
            for id_, title in ((id_, self._title(id_, reach)) for id_ in chosen)
        ]
        form = element(
            "form",
            {"data-changes": "ajouter"},
            tag("label", "Ajouter un kit ou une clause", for_="a-ajouter"),
            tag("select", options, id="a-ajouter", name="id", data_reset=True),
        )
        kit_needs = [formatted(kit.need) for id_ in chosen if (kit := library.find_kit(id_))]
        return tag(
            "section",
            tag("h2", "Ce que vous rédigez"),
            form,
            tag("ul", taken, class_="liste choisies") if taken else None,
            kit_needs,
            tag("p", button("Tout ôter", "vider", class_="secondaire")) if taken else None,
            class_="carte",
        )

    def add(self, chosen: tuple[str, ...], event: Event, visit: Visit) -> tuple[str, ...]:
        """The draft with one more kit or clause."""
        id_ = word(event.data, "id", 100)
        return (*chosen, id_) if id_ in self._library.names() and id_ not in chosen else chosen

    def take_out(self, chosen: tuple[str, ...], event: Event) -> tuple[str, ...]:
        """The draft with one less."""
        return tuple(id_ for id_ in chosen if id_ != word(event.data, "id", 100))

    def opened(self, chosen: tuple[str, ...], values: Mapping[str, str], visit: Visit) -> tuple[Markup, Markup, Markup, Markup]:
        """The screen once what is drafted has changed."""
        if not chosen:
            return self.picker(chosen), EMPTY, viewer.nothing(NOTHING), EMPTY
        try:
            reach = self._site.reach(self._site.person(visit, Right.DRAFT))
        except AssistantError as failure:
            return EMPTY, EMPTY, error(failure.message, failure.hint), EMPTY
        picker = self.picker(chosen, reach)
        try:
            form = self._form(chosen, values, reach)
            return picker, form, self._preview(chosen, values, reach), _files()
        except AssistantError as failure:
            return picker, EMPTY, error(failure.message, failure.hint), EMPTY

    def fill(self, chosen: tuple[str, ...], event: Event, visit: Visit) -> tuple[Any, Any, Any]:
        """The text with what the form says now."""
        values = _typed(event)
        try:
            reach = self._site.reach(self._site.person(visit, Right.DRAFT))
            return values, self._preview(chosen, values, reach), _files()
        except AssistantError as failure:
            return values, error(failure.message, failure.hint), UNCHANGED

    def write(self, chosen: tuple[str, ...], values: Mapping[str, str], event: Event, visit: Visit) -> tuple[Any, Markup]:
        """The links that save the draft, as its form reads when one asks."""
        values = _typed(event) or values
        try:
            user = self._site.person(visit, Right.DRAFT)
            drafted = self._drafted(chosen, values, self._site.reach(user))
            self._site.journal.record(user.name, Action.DRAFT, detail=drafted.title[:300])
            return values, _files(_links(drafted))
        except AssistantError as failure:
            return values, _files(error(failure.message, failure.hint))

    def proof(self, chosen: tuple[str, ...], values: Mapping[str, str], event: Event, visit: Visit) -> tuple[Any, Markup]:
        """The file of evidence of the draft, as its form reads when one asks."""
        values = _typed(event) or values
        try:
            user = self._site.person(visit, Right.DRAFT)
            reach = self._site.reach(user)
            asked = self._request(chosen, values, reach)
            drafted = self._site.workspace.draft(asked)
            packed = self._site.workspace.proof_of_draft(drafted, asked, reach)
            self._site.journal.record(user.name, Action.EXPORT, detail=f"dossier de preuve : {drafted.title}"[:300])
            return values, _files(proofs.given(packed, drafted.title))
        except AssistantError as failure:
            return values, _files(error(failure.message, failure.hint))

    def review(self, chosen: tuple[str, ...], values: Mapping[str, str], event: Event, visit: Visit) -> tuple[Any, Markup, Any]:
        """The draft, as its form reads when one asks, with what the review finds in the margin."""
        values = _typed(event) or values
        try:
            user = self._site.person(visit, Right.DRAFT)
            drafted = self._drafted(chosen, values, self._site.reach(user))
            findings = self._findings(drafted)
            self._site.journal.record(user.name, Action.REVIEW, detail=drafted.title[:300])
        except AssistantError as failure:
            return values, _files(error(failure.message, failure.hint)), UNCHANGED
        counts = [
            count(number, severity.value)
            for severity in SEVERITIES
            if (number := sum(one.severity is severity for found in findings.values() for one in found))
        ]
        said = f"Relecture : {', '.join(counts)}." if counts else "Relecture : rien à relever. La revue ne voit pas les intentions : relisez aussi."
        limits = self._site.workspace.review_limits
        told = _files(
            (
                tag("p", typeset(said), class_="avertissement" if counts else "succes", role="status"),
                tag("p", limits, class_="avertissement") if limits else None,
            )
        )
        return values, told, _shown(drafted, findings, self._titles)

    # ---- drafting ---------------------------------------------------------------------------------------------------------------

    def _title(self, id_: str, reach: Sequence[str]) -> str:
        """A kit, a clause or a precedent in a reader's words."""
        kit, clause = self._library.find_kit(id_), self._library.find_clause(id_)
        if kit or clause:
            return f"Kit : {kit.title}" if kit else clause.title if clause else id_
        try:
            precedent = self._site.workspace.precedent(id_, reach)
            return f"Précédent : {precedent.label} ({precedent.source.title})"
        except AssistantError:
            return "Un précédent qui n'est plus dans la bibliothèque, ou plus ouvert à vous"

    def _drafted(self, chosen: Sequence[str], values: Mapping[str, str], reach: Sequence[str]) -> Draft:
        return self._site.workspace.draft(self._request(chosen, values, reach))

    def _request(self, chosen: Sequence[str], values: Mapping[str, str], reach: Sequence[str]) -> Request:
        """What is asked of the drafter: only fields and clauses of what is chosen now, the form may be older.

        A precedent whose collection was closed meanwhile is left out: what was taken from it is no longer shown or saved.
        """
        taken = {id_: found for id_ in chosen if is_precedent_id(id_) if (found := self._reached(id_, reach))}
        base = Request(tuple(id_ for id_ in chosen if id_ in taken or not is_precedent_id(id_)), {}, precedents=taken)
        held = {one.clause.id for one in choose(self._library, base)}
        levels = {name.removeprefix(_LEVEL): int(value) for name, value in values.items() if name.startswith(_LEVEL) and value in ("1", "2", "3")}
        kept = {id_: level for id_, level in levels.items() if id_ in held}
        defaults = {field.name: field.default for field in form_of_request(self._library, replace(base, levels=kept))}
        given = {name.removeprefix(_FIELD): value for name, value in values.items() if name.startswith(_FIELD)}
        values_ = {name: value for name, value in given.items() if name in defaults and value != (defaults[name] or "")}
        return replace(base, values=values_, levels=kept)

    def _reached(self, id_: str, reach: Sequence[str]) -> Precedent | None:
        try:
            return self._site.workspace.precedent(id_, reach)
        except NotIndexedError:
            return None

    def _findings(self, drafted: Draft) -> dict[int, tuple[Finding, ...]]:
        """What the review finds, by place of the article in the draft; each piece is read as one document."""
        found: dict[int, list[Finding]] = {}
        documents: list[Document] = []
        places: list[list[tuple[int, int]]] = []
        at = 0
        for piece in drafted.pieces:
            written, starts = "", list[tuple[int, int]]()
            for article in piece.articles:
                starts.append((len(written), at))
                written += f"{rendering.article_title(piece.place, article)}\n{article.body.text}\n\n"
                at += 1
            documents.append(Document(Source("", "", piece.place.value, Kind.TENDER, f"{piece.place.value}.txt", "", "text/plain"), written))
            places.append(starts)
        for review, starts in zip(self._site.workspace.review_documents(documents, as_of=date.today(), draft=True), places, strict=True):
            for finding in review.findings:
                place = max((place for start, place in starts if start <= finding.span.start), default=0)
                found.setdefault(place, []).append(finding)
        return {place: tuple(findings) for place, findings in found.items()}

    # ---- showing ----------------------------------------------------------------------------------------------------------------

    def _preview(self, chosen: Sequence[str], values: Mapping[str, str], reach: Sequence[str]) -> Markup:
        return _shown(self._drafted(chosen, values, reach), {}, self._titles)

    def _form(self, chosen: Sequence[str], values: Mapping[str, str], reach: Sequence[str]) -> Markup:
        visit = self._request(chosen, values, reach)
        fields = form_of_request(self._library, visit)
        sliders = []
        for one in choose(self._library, visit):
            words = {str(level.level): f"Niveau {LEVELS[level.level]}. Risque contentieux : {level.risk.level}." for level in one.clause.levels}
            id_ = f"{_LEVEL}{one.clause.id}"
            sliders.append(
                tag(
                    "div",
                    tag("label", one.clause.title, for_=id_),
                    tag(
                        "input", type="range", id=id_, name=id_, min=1, max=3, step=1, value=one.level,
                        data_words=json.dumps(words, ensure_ascii=False), aria_valuetext=words[str(one.level)], aria_describedby=f"{id_}-dit",
                    ),
                    tag("output", words[str(one.level)], id=f"{id_}-dit", for_=id_),
                    class_="curseur",
                )
            )  # fmt: skip
        inputs = [_input(field, values.get(f"{_FIELD}{field.name}")) for field in fields]
        return element(
            "form",
            {"data-changes": "remplir", "aria-label": "Formulaire du projet", "class": "carte"},
            tag("h2", "À remplir"),
            inputs or tag("p", "Rien à remplir : ces clauses n'ont pas de champ.", class_="vide"),
            (
                tag("h2", "Niveau de chaque clause"),
                tag("p", "3 : l'exigence la plus forte, et le risque le plus élevé ; 1 : l'exigence minimale.", class_="discret"),
                sliders,
            )
            if sliders
            else None,
        )


def _typed(event: Event) -> dict[str, str]:
    """The fields and the levels of the form."""
    return {name: word(event.data, name, _LONGEST_VALUE) for name in event.data if name.startswith((_FIELD, _LEVEL))}


def _input(field: ClauseField, value: str | None) -> Markup:
    id_ = f"{_FIELD}{field.name}"
    given = value if value is not None else field.default or ""
    described = f"{id_}-aide"
    unit = f" ({field.unit})" if field.unit else ""
    if field.type is FieldType.CHOICE:
        options = [tag("option", "À compléter", value=""), *(tag("option", one, value=one, selected=one == given) for one in field.choices)]
        control = tag("select", options, id=id_, name=id_, aria_describedby=described)
    elif field.type in (FieldType.LIST, FieldType.TEXT) and len(given) > 60:
        control = tag("textarea", given, id=id_, name=id_, rows=2, maxlength=_LONGEST_VALUE, aria_describedby=described)
    else:
        is_day = field.type is FieldType.DATE
        control = tag("input", id=id_, name=id_, type="text", value=given, maxlength=_LONGEST_VALUE, data_day=is_day, aria_describedby=described)
    hint = " ".join(part for part in (field.help, _HOW_WRITTEN.get(field.type)) if part)
    return tag("div", tag("label", f"{field.label}{unit}", for_=id_), control, tag("p", hint, id=described, class_="discret"), class_="champ-de-clause")


def _files(said: Content = None) -> Markup:
    return tag(
        "div",
        tag("h2", "Projet"),
        tag(
            "div",
            button("Préparer les fichiers ODT et DOCX", "ecrire", {"form": "formulaire"}, class_="principal"),
            button("Relire le projet", "relire", {"form": "formulaire"}, class_="secondaire"),
            proofs.ask({"form": "formulaire"}),
            class_="rangee",
        ),
        tag("div", said, role="status"),
    )


def _links(drafted: Draft) -> Markup:
    written = rendering.office_markdown(drafted)
    name = downloads.file_name(drafted.title, "")
    return text(
        (
            downloads.link("Enregistrer en ODT", f"{name}.odt", office.convert(written, "odt"), downloads.ODT),
            downloads.link("Enregistrer en DOCX", f"{name}.docx", office.convert(written, "docx"), downloads.DOCX),
            downloads.link("Enregistrer en Markdown", f"{name}.md", rendering.markdown(drafted).encode(), downloads.MARKDOWN),
        )
    )


def _shown(drafted: Draft, findings: Mapping[int, Sequence[Finding]], titles: Mapping[str, str]) -> Markup:
    missing = list(dict.fromkeys(field.label for field in drafted.fields if field.origin is FieldOrigin.MISSING))
    at = 0
    pieces = []
    for piece in drafted.pieces:
        articles = []
        for article in piece.articles:
            articles.append(_article(piece, article, findings.get(at, ())))
            at += 1
        pieces.append(tag("section", tag("h3", PIECE_TITLES[piece.place]), articles))
    note = drafted.justification
    return tag(
        "section",
        legend(),
        [_problem(problem, titles) for problem in drafted.problems],
        tag("details", tag("summary", f"{count(len(missing), 'champ')} à compléter"), items(missing)) if missing else None,
        pieces,
        tag("details", tag("summary", rendering.JUSTIFICATION_TITLE), formatted(rendering.marked(note, marked))) if note else None,
        class_="carte projet",
    )


def _article(piece: DraftPiece, article: DraftArticle, findings: Sequence[Finding]) -> Markup:
    level = article.clause.at(article.level) if article.clause and article.level else None
    margin = [
        risk_badge(level.risk.level, f"Niveau {article.level}, risque") if level and level.risk.level else None,
        [finding_card(finding) for finding in findings],
    ]
    body = (
        tag("h4", rendering.article_title(piece.place, article)),
        formatted(rendering.marked(article.body, marked), 5),
        tag("p", rendering.legal_basis(article.clause), class_="discret") if article.clause else None,
        tag("p", f"Repris de « {article.precedent.source.title} » : {CAUTION}", class_="avertissement") if article.precedent else None,
    )
    return tag("article", tag("div", body, class_="corps"), tag("div", margin, class_="marge"), class_="article")


def _problem(problem: Problem, titles: Mapping[str, str]) -> Markup:
    looks = {Severity.INFO: "discret", Severity.WARNING: "avertissement", Severity.ERROR: "erreur"}
    said = _IDS.sub(lambda found: f"« {titles[found.group()]} »" if found.group() in titles else found.group(), problem.message)
    return tag("p", typeset(said), class_=looks[problem.severity])
