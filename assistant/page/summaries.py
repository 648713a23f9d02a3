"""Synthèses: tender files become a table of what they say, each value with its page; a batch is followed, stopped and taken up again."""

import io
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePath, PurePosixPath
from typing import Any

import gradio as gr
import openpyxl

from assistant.errors import AssistantError, UsageError
from assistant.french.dates import french_date
from assistant.page import charts, downloads, viewer
from assistant.page.context import Site, number, word
from assistant.page.deposits import gathered
from assistant.page.dropping import drop_zone, refusals
from assistant.page.events import UNCHANGED, Event, Events, Visit
from assistant.page.jobs import Running, StoppedError, stopped
from assistant.page.markup import EMPTY, Content, Markup, button, count, element, error, items, tag, text
from assistant.site import access
from assistant.site.access import without_paths
from assistant.site.batches import Batch
from assistant.site.journal import Action
from assistant.site.rights import Right
from assistant.site.users import User
from assistant.summaries.fields.summary import FIELDS

NOTHING = "Déposez les pièces d'une ou plusieurs consultations : leur objet, leurs lots, leurs dates, leurs clauses s'affichent ici, chacun avec sa page."
FORMATS = "json,xlsx,odt"
_WORKBOOK = "consultations.xlsx"
# Sheets offered one by one; a larger batch is read in its workbook.
_MOST_SHEETS = 30
_OPEN = ("focusOn", "page-synthese")


def screen(site: Site, events: Events) -> None:
    """Builds the screen in the current tab."""
    made = _Screen(site)
    with gr.Row(elem_classes="deux-colonnes"):
        with gr.Column(scale=7, min_width=420):
            form = events.part(_form(), "synthese-depot")
            progress = events.part(EMPTY, "synthese-suivi")
            table = events.part(viewer.nothing(NOTHING), "synthese")
        with gr.Column(scale=5, min_width=340):
            kept = events.part(EMPTY, "syntheses")
            source = events.part(EMPTY, "page-synthese")
    form.on("resumer", made.begin, shows=[progress, table, kept])
    kept.on("reprendre", made.resume, shows=[progress, table, kept])
    progress.on("arreter", made.stop, shows=[progress])
    kept.on("montrer", made.show, shows=[table])
    kept.on("supprimer", made.delete, shows=[table, kept])
    table.on("exporter", made.export, shows=[progress])
    table.on("ouvrir", made.open, shows=[source], then=_OPEN)
    source.on("tourner", made.open, shows=[source], then=_OPEN)
    source.on("fermer", lambda: EMPTY, shows=[source], then=("giveBack",))
    events.at_opening(made.opened, [kept])


class _Screen:
    """What the screen does when it is asked. A batch is a folder: what was dropped, and what came of it."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._running = Running()

    def opened(self, visit: Visit) -> Markup:
        """The visitor's batches."""
        try:
            return self._kept(self._site.person(visit, Right.SUMMARISE))
        except AssistantError as failure:
            return error(failure.message, failure.hint)

    def begin(self, event: Event, visit: Visit) -> Iterator[tuple[Markup, Any, Any]]:
        """Summarises what was dropped."""
        data = event.data
        refused = refusals(data)
        try:
            user = self._site.person(visit, Right.SUMMARISE)
            deposits = self._site.deposits.of(user.name, data.get("jetons"))
            if not deposits:
                raise UsageError(
                    "Aucun fichier n'a été reçu.", "Choisissez les pièces, un dossier ou un ZIP."
                )
            each = word(data, "chacun", 2) == "1"
            title = _title([one.name for one in deposits])
            batch = self._site.batches.begin(
                user.name, title, each=each, fill=lambda pieces: gathered(deposits, pieces, each=each)
            )
            self._site.deposits.forget(deposits)
            self._site.journal.record(user.name, Action.SUMMARISE, detail=title[:500])
        except AssistantError as failure:
            yield text((refused, error(failure.message, failure.hint))), UNCHANGED, UNCHANGED
            return
        yield from self._run(user, batch, visit, refused)

    def resume(self, event: Event, visit: Visit) -> Iterator[tuple[Markup, Any, Any]]:
        """Takes up a batch where it was stopped."""
        try:
            user = self._site.person(visit, Right.SUMMARISE)
            batch = self._site.batches.get(user.name, word(event.data, "id", 40))
        except AssistantError as failure:
            yield error(failure.message, failure.hint), UNCHANGED, UNCHANGED
            return
        yield from self._run(user, batch, visit, EMPTY)

    def _run(
        self, user: User, batch: Batch, visit: Visit, refused: Markup
    ) -> Iterator[tuple[Markup, Any, Any]]:
        workspace, inputs, out = self._site.workspace, sorted(batch.pieces.iterdir()), batch.results
        out.mkdir(exist_ok=True)
        try:
            job = self._running.start(
                visit,
                lambda listen: workspace.summarise(
                    inputs, out, formats=FORMATS, each=batch.each, on_progress=listen
                ),
            )
            yield job.shown(), _table(batch), self._kept(user)
            for shown in job.followed():
                yield text((shown, _finished(out))), UNCHANGED, UNCHANGED
            report, _ = job.result()
        except StoppedError:
            yield (
                text((refused, stopped("Ce qui était fait est gardé : « Reprendre » fait le reste."))),
                _table(batch),
                self._kept(user),
            )
            return
        except AssistantError as failure:
            yield (
                text((refused, error(without_paths(failure.message), failure.hint))),
                _table(batch),
                self._kept(user),
            )
            return
        failures = items(
            f"{access.shown_origin(one.origin)} : {without_paths(one.message)} {one.hint}"
            for one in report.failures
        )
        # Those of documents read before a stop too, which the report of this run leaves out.
        read = sum(document["pages"] for one in _consultations(batch) for document in one["documents"])
        pages = f", {count(read, 'page')}" if read else ""
        limits = [
            tag("p", limit, class_="avertissement", role="status") for limit in workspace.summary_limits()
        ]
        done = f"{count(len(report.documents), 'document')}{pages}, {count(len(report.consultations), 'consultation')}, {len(report.failures)} en échec."
        yield (
            text(
                (
                    refused,
                    tag("p", done, class_="avertissement" if report.failures else "succes", role="status"),
                    limits,
                    failures,
                )
            ),
            _table(batch),
            self._kept(user),
        )

    def stop(self, visit: Visit) -> Markup:
        """Stops the batch under way: what is done is kept."""
        return self._running.stop(visit)

    def show(self, event: Event, visit: Visit) -> Markup:
        """The table of a batch."""
        try:
            user = self._site.person(visit, Right.SUMMARISE)
            return _table(self._site.batches.get(user.name, word(event.data, "id", 40)))
        except AssistantError as failure:
            return error(failure.message, failure.hint)

    def delete(self, event: Event, visit: Visit) -> tuple[Markup, Markup]:
        """Erases a batch: what was dropped and what came of it."""
        try:
            user = self._site.person(visit, Right.SUMMARISE)
            self._site.batches.remove(user.name, word(event.data, "id", 40))
            self._site.journal.record(user.name, Action.DELETE, detail="synthèse")
            return viewer.nothing(NOTHING), self._kept(user)
        except AssistantError as failure:
            return error(failure.message, failure.hint), EMPTY

    def export(self, event: Event, visit: Visit) -> Markup:
        """The links that save a batch."""
        try:
            user = self._site.person(visit, Right.SUMMARISE)
            out = self._site.batches.get(user.name, word(event.data, "id", 40)).results
            self._site.journal.record(user.name, Action.EXPORT, detail="synthèse")
            links = []
            if (out / _WORKBOOK).is_file():
                book = _without_addresses(out / _WORKBOOK)
                links.append(
                    downloads.link("Enregistrer le tableau en XLSX", "syntheses.xlsx", book, downloads.XLSX)
                )
            sheets = sorted(out.rglob("*.odt"))[:_MOST_SHEETS]
            links += [
                downloads.link(
                    f"Enregistrer « {path.stem} » en ODT",
                    f"{path.stem}.odt",
                    path.read_bytes(),
                    downloads.ODT,
                )
                for path in sheets
            ]
            nothing = tag("p", "Rien à enregistrer encore : reprenez la synthèse.", class_="avertissement")
            return tag("div", links or nothing, role="status")
        except AssistantError as failure:
            return error(failure.message, failure.hint)

    def open(self, event: Event, visit: Visit) -> Markup:
        """The page where a value stands."""
        data = event.data
        try:
            user = self._site.person(visit, Right.SUMMARISE)
            batch = self._site.batches.get(user.name, word(data, "lot", 40))
            document = self._site.workspace.piece(batch.pieces, word(data, "source", 64))
            shown = viewer.of_document(
                self._site.workspace,
                document,
                number(data, "start"),
                number(data, "end"),
                number(data, "page") or None,
            )
            return viewer.view(shown, "tourner", {"lot": batch.id})
        except AssistantError as failure:
            return viewer.problem(failure)

    # ---- batches ----------------------------------------------------------------------------------------------------------------

    def _kept(self, user: User) -> Markup:
        entries = []
        for one in self._site.batches.held(user.name):
            data, sure = {"id": one.id}, f"Supprimer la synthèse « {one.title} » et ses pièces ?"
            whole = (one.results / _WORKBOOK).is_file()
            entries.append(
                tag(
                    "li",
                    tag("strong", one.title),
                    tag(
                        "span",
                        f"{french_date(one.day)}, {'terminée' if whole else 'interrompue'}",
                        class_="discret bloc",
                    ),
                    tag(
                        "div",
                        button(
                            "Ouvrir",
                            "montrer",
                            data,
                            class_="secondaire",
                            aria_label=f"Ouvrir la synthèse {one.title}",
                        ),
                        None
                        if whole
                        else button(
                            "Reprendre",
                            "reprendre",
                            data,
                            class_="secondaire",
                            aria_label=f"Reprendre la synthèse {one.title}",
                        ),
                        button(
                            "Supprimer",
                            "supprimer",
                            {**data, "confirm": sure},
                            class_="secondaire",
                            aria_label=f"Supprimer la synthèse {one.title}",
                        ),
                        class_="rangee",
                    ),
                )
            )
        none = tag(
            "p", "Vos synthèses seront gardées ici ; une synthèse interrompue se reprend.", class_="vide"
        )
        return tag(
            "section",
            tag("h2", "Mes synthèses"),
            tag("ul", entries, class_="liste") if entries else none,
            class_="carte",
        )


def _title(names: Sequence[str]) -> str:
    """What a batch is called: its file, its folder, or the first of its files."""
    if len(names) == 1:
        return names[0]
    folders = {PurePosixPath(name).parts[0] if "/" in name else "" for name in names}
    if len(folders) == 1 and "" not in folders:
        return f"{folders.pop()} ({count(len(names), 'fichier')})"
    return f"{min(names)} et {count(len(names) - 1, 'autre fichier', 'autres fichiers')}"


def _form() -> Markup:
    each = (
        tag("input", type="checkbox", value=1, id="chacun", name="chacun", data_kept=True),
        tag("label", "Chaque fichier est une consultation à lui seul", for_="chacun", class_="enligne"),
    )
    form = element(
        "form", {"aria-label": "Faire une synthèse"}, tag("p", each), drop_zone("resumer", "synthese")
    )
    return tag("section", tag("h2", "Faire une synthèse"), form, class_="carte")


def _finished(out: Path) -> Markup:
    """The files that are done, as their results lie there."""
    results = (path for path in out.rglob("*.json") if not path.is_relative_to(out / ".fiches"))
    names = sorted(
        path.stem
        for path in results
        if not path.name.endswith(".consultation.json") and path.name != "echecs.json"
    )
    if not names:
        return EMPTY
    return tag(
        "details",
        tag("summary", f"{count(len(names), 'fichier terminé', 'fichiers terminés')}"),
        items(names[:200]),
    )


def _consultations(batch: Batch) -> list[Mapping[str, Any]]:
    found = []
    for path in sorted(batch.results.rglob("*.consultation.json")):
        try:
            found.append(json.loads(path.read_text(encoding="utf-8")))
        except (OSError, ValueError):
            continue  # written at this moment
    return found


def _table(batch: Batch) -> Markup:
    consultations = _consultations(batch)
    if not consultations:
        return tag("p", "Les résultats s'afficheront ici dès qu'une consultation est lue.", class_="vide")
    filled = [
        (label, sum(bool(one["fields"].get(name, {}).get("value")) for one in consultations))
        for name, label in FIELDS.items()
    ]
    most = sorted((row for row in filled if row[1]), key=lambda row: -row[1])
    found = charts.bars("Consultations qui disent chaque champ", most, "consultation")
    return text(
        (
            tag("h2", "Synthèse"),
            tag(
                "p",
                button(
                    "Préparer les fichiers XLSX et ODT",
                    "exporter",
                    {"id": batch.id},
                    class_="principal etape",
                ),
            ),
            [_consultation(one, batch) for one in consultations],
            tag("details", tag("summary", "Champs trouvés dans ce lot"), found) if most else None,
        )
    )


def _consultation(value: Mapping[str, Any], batch: Batch) -> Markup:
    digests = {one["file"]: one["sha256"][:16] for one in value["documents"]}
    rows = [_row(label, value["fields"].get(name), digests, batch) for name, label in FIELDS.items()]
    silent = [label for name, label in FIELDS.items() if not (value["fields"].get(name) or {}).get("value")]
    pieces = ", ".join(
        f"{PurePath(one['file']).name} ({one['doc_type']}, {count(one['pages'], 'page')})"
        for one in value["documents"]
    )
    heads = tag("thead", tag("tr", [tag("th", title, scope="col") for title in ("Champ", "Valeur", "Où")]))
    name = value["consultation"]
    table = tag(
        "table",
        tag("caption", f"Champs de {name}", class_="invisible"),
        heads,
        tag("tbody", [row for row in rows if row]),
        class_="donnees champs",
    )
    return tag(
        "section",
        tag("h3", name),
        tag("p", pieces, class_="discret"),
        [_contradiction(one) for one in value["contradictions"]],
        tag("div", table, class_="defile", tabindex="0", role="region", aria_label=f"Champs de {name}"),
        tag("p", f"Non dit : {', '.join(silent)}.", class_="discret") if silent else None,
        class_="carte",
    )


def _row(
    label: str, field: Mapping[str, Any] | None, digests: Mapping[str, str], batch: Batch
) -> Markup | None:
    if not field or field.get("value") in (None, [], ""):
        return None
    where: Content = None
    source = digests.get(field.get("file", ""))
    if source and field.get("start") is not None:
        pages = field.get("pages") or []
        said = f"p. {', '.join(map(str, pages[:4]))}" if pages else "dans le texte"
        data = {"lot": batch.id, "source": source, "start": field["start"], "end": field["end"], "opens": "1"}
        quote = " ".join((field.get("quote") or "").split())[:300]
        where = button(
            said, "ouvrir", data, class_="marque", aria_label=f"{label} : voir {said}", title=f"« {quote} »"
        )
    piece = tag("span", field.get("doc_type") or "", class_="discret bloc")
    return tag(
        "tr", tag("th", label, scope="row"), tag("td", _value(field["value"])), tag("td", where, piece)
    )


def _value(value: Any) -> Markup:
    if isinstance(value, list):
        return items(
            " – ".join(str(part) for part in one.values() if part) if isinstance(one, dict) else str(one)
            for one in value
        )
    return text(str(value))


def _contradiction(value: Mapping[str, Any]) -> Markup:
    said = [
        tag("li", _value(one["value"]), tag("span", PurePath(one["file"]).name, class_="discret bloc"))
        for one in value["statements"]
    ]
    title = f"Contradiction entre les pièces : {FIELDS.get(value['field'], value['field'])}"
    return tag("div", tag("p", tag("strong", title)), tag("ul", said), class_="avertissement")


def _without_addresses(path: Path) -> bytes:
    """The workbook without its links: they name folders of the server, which open nowhere else."""
    book = openpyxl.load_workbook(path)
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                cell.hyperlink = None
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()
