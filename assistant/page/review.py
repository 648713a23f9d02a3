"""Contrôle: a draft or a tender file is read, its faults shown by severity, each on the page where it stands, with what to write instead."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath
from typing import Any

import gradio as gr

from assistant import annotation, office
from assistant.datatypes import Document, Finding, Target
from assistant.drafting.fields import escaped
from assistant.drafting.kept import moment
from assistant.errors import AssistantError
from assistant.french.dates import french_date
from assistant.lines import beginning
from assistant.page import downloads, proofs, sources, viewer
from assistant.page.context import Site, number, word
from assistant.page.days import day, day_field
from assistant.page.dropping import drop_zone, refusals
from assistant.page.events import UNCHANGED, Event, Events, Part, Visit
from assistant.page.findings import finding_card
from assistant.page.jobs import Job, Running, StoppedError, stopped
from assistant.page.markup import (
    EMPTY,
    Attribute,
    Markup,
    button,
    count,
    element,
    empty,
    error,
    items,
    tag,
    text,
)
from assistant.reading.archives import SEPARATOR
from assistant.review import Review, report
from assistant.review.kept import KeptReview
from assistant.review.pieces import Reviewed
from assistant.review.report import SEVERITIES
from assistant.site import access
from assistant.site.access import without_paths
from assistant.site.journal import Action
from assistant.site.rights import Right

NOTHING = "Déposez un projet ou les pièces d'un dossier : les clauses illégales, fragiles ou sans effet s'affichent ici, chacune sur sa page."
LIMITS = (
    "La revue lit chaque extrait seul : elle ne voit ni le montant réel du besoin, ni ce que disent les annexes absentes, ni les intentions. "
    "Chaque constat est à relire, et ce qu'elle ne relève pas n'est pas pour autant licite."
)
_OPEN = ("focusOn", "page-controlee")
# The names of a tender's pieces, in one line.
_LONGEST_NAMES = 200


@dataclass(frozen=True, slots=True)
class _Done:
    """A review that is shown, and the day whose law it read."""

    reviews: tuple[Review, ...] = ()
    law_day: date = date.min


def screen(site: Site, events: Events) -> Part:
    """Builds the screen in the current tab; returns the part where pages and articles are opened."""
    made = _Screen(site)
    done = events.state("controle", _Done())
    with gr.Row(elem_classes="deux-colonnes"):
        with gr.Column(scale=6, min_width=420):
            form = events.part(_form(), "controle-depot")
            progress = events.part(EMPTY, "controle-suivi")
            findings = events.part(viewer.nothing(NOTHING), "constats")
        with gr.Column(scale=6, min_width=380):
            source = events.part(EMPTY, "page-controlee")  # its column is closed meanwhile (theme.css)
    form.on("controler", made.review, shows=[progress, findings, done])
    progress.on("arreter", made.stop, shows=[progress])
    findings.on("ouvrir", made.open, [done], [source], then=_OPEN)
    findings.on("exporter", made.export, [done], [progress])
    findings.on("annoter", made.annotate, [done], [progress])
    findings.on(proofs.EVENT, made.proof, [done], [progress])
    findings.on("rouvrir", made.reopen, shows=[findings, done])
    findings.on("effacer", made.erase, shows=[findings, source, done])
    source.on("tourner", made.open, [done], [source], then=_OPEN)
    source.on("ouvrir", made.law, [done], [source], then=_OPEN)
    source.on("fermer", lambda: EMPTY, shows=[source], then=("giveBack",))
    events.at_opening(made.opened, [findings, done], given=[done])
    return source


class _Screen:
    """What the screen does when it is asked."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._running = Running()

    def review(self, event: Event, visit: Visit) -> Iterator[tuple[Markup, Any, Any]]:
        """Reviews what was dropped; yields how far it is, then the findings."""
        data = event.data
        refused = refusals(data)
        try:
            user = self._site.person(visit, Right.REVIEW)
            deposits = self._site.deposits.of(user.name, data.get("jetons"))
            if not deposits:
                yield (
                    text(
                        (
                            refused,
                            error(
                                "Aucun fichier n'a été reçu.", "Choisissez les pièces du dossier, ou un ZIP."
                            ),
                        )
                    ),
                    UNCHANGED,
                    UNCHANGED,
                )
                return
            as_of = day(word(data, "jour", 20))
            workspace, paths = self._site.workspace, [one.path for one in deposits]
            job: Job[Reviewed] = self._running.start(
                visit, lambda listen: workspace.review(paths, as_of=as_of, on_progress=listen)
            )
            for shown in job.followed():
                yield shown, UNCHANGED, UNCHANGED
            reviewed = job.result()
            self._site.journal.record(
                user.name, Action.REVIEW, detail=", ".join(one.name for one in deposits)[:500]
            )
        except StoppedError:
            yield (
                stopped("Rien n'est gardé de ce contrôle : déposez de nouveau les pièces pour le refaire."),
                UNCHANGED,
                UNCHANGED,
            )
            return
        except AssistantError as failure:
            yield text((refused, error(without_paths(failure.message), failure.hint))), UNCHANGED, UNCHANGED
            return
        failures = items(
            f"{access.shown_origin(one.origin)} : {without_paths(one.message)} {one.hint}"
            for one in reviewed.failures
        )
        unread = tag("p", tag("strong", "Ces fichiers n'ont pas pu être lus"))
        said = (
            tag("div", unread, failures, class_="avertissement", role="status")
            if reviewed.failures
            else EMPTY
        )
        if not reviewed.reviews:
            nothing = error(
                "Aucune pièce n'a pu être lue : rien n'a été contrôlé.",
                "Déposez les pièces en PDF, DOCX ou ODT, sans mot de passe.",
            )
            yield text((refused, said, nothing)), viewer.nothing(NOTHING), _Done()
            return
        read_by = (
            tag("p", workspace.review_limits, class_="avertissement", role="status")
            if workspace.review_limits
            else EMPTY
        )
        done = _Done(reviewed.reviews, as_of or date.today())
        unkept = self._unkept(user.name, visit.page, done)
        yield text((refused, said, read_by, unkept)), _shown(done, self._indexed(done)), done

    def _unkept(self, owner: str, page: str, done: _Done) -> Markup:
        """Keeps a review; why it could not be kept, or nothing."""
        try:
            self._site.reviews.keep(owner, page, done.reviews, done.law_day)
        except AssistantError as failure:
            return error(without_paths(failure.message), failure.hint)
        return EMPTY

    def opened(self, done: _Done, visit: Visit) -> tuple[Any, Any]:
        """The review that the page had, as it is loaded again, be it from another server; a page that had none is offered the last one."""
        try:
            done = self._held(done, visit)
            if done.reviews:
                return _shown(done, self._indexed(done)), done
            last = self._site.reviews.last(visit.name)
        except AssistantError:
            return UNCHANGED, UNCHANGED  # said where the next one is to be kept
        return (_offered(last) if last else UNCHANGED), UNCHANGED

    def _held(self, done: _Done, visit: Visit) -> _Done:
        """What the page shows: a server that was started since finds it where it was kept."""
        if done.reviews:
            return done
        kept = self._site.reviews.of_page(visit.name, visit.page)
        return _Done(kept.reviews, kept.law_day) if kept else done

    def reopen(self, visit: Visit) -> tuple[Markup, _Done]:
        """The last review, shown again."""
        user = self._site.person(visit, Right.REVIEW)
        kept = self._site.reviews.last(user.name)
        done = _Done(kept.reviews, kept.law_day) if kept else _Done()
        return (_shown(done, self._indexed(done)) if kept else viewer.nothing(NOTHING)), done

    def erase(self, visit: Visit) -> tuple[Markup, Markup, _Done]:
        """Nothing is kept of his reviews any more."""
        self._site.reviews.forget(visit.name)
        return viewer.nothing(NOTHING), EMPTY, _Done()

    def stop(self, visit: Visit) -> Markup:
        """Stops the review under way."""
        return self._running.stop(visit)

    def open(self, done: _Done, event: Event, visit: Visit) -> Markup:
        """A finding on its page, or the article that it rests on."""
        data = event.data
        if word(data, "article", 60):
            return self.law(done, event, visit)
        done = self._held(done, visit)
        review = _asked(done.reviews, data)
        if review is None:
            return error("Cette page n'est plus là.", "Déposez de nouveau le dossier.")
        start, end = number(data, "start"), number(data, "end")
        return viewer.view(
            viewer.of_document(
                self._site.workspace, review.document, start, end, number(data, "page") or None
            ),
            "tourner",
        )

    def _indexed(self, done: _Done) -> frozenset[Target]:
        """The rules that the findings rest on and that can be opened."""
        return self._site.workspace.indexed(
            rule for review in done.reviews for finding in review.findings for rule in finding.legal_basis
        )

    def law(self, done: _Done, event: Event, visit: Visit) -> Markup:
        """An article, as it was on the day of the review, and what is opened from it."""
        return sources.opened(self._site, event, visit, Right.REVIEW, self._held(done, visit).law_day)

    def export(self, done: _Done, visit: Visit) -> Markup:
        """The links that save the report."""
        try:
            user = self._site.person(visit, Right.REVIEW)
            written = report.markdown(
                [(shown_name(one.document), one.findings) for one in self._held(done, visit).reviews],
                date.today(),
                LIMITS,
                escaped,
            )
            self._site.journal.record(user.name, Action.EXPORT, detail="rapport de contrôle")
            links = (
                downloads.link(
                    "Enregistrer en ODT", "controle.odt", office.convert(written, "odt"), downloads.ODT
                ),
                downloads.link(
                    "Enregistrer en DOCX", "controle.docx", office.convert(written, "docx"), downloads.DOCX
                ),
                downloads.link(
                    "Enregistrer en Markdown", "controle.md", written.encode(), downloads.MARKDOWN
                ),
            )
            return tag("div", links, role="status")
        except AssistantError as failure:
            return error(failure.message, failure.hint)

    def annotate(self, done: _Done, event: Event, visit: Visit) -> Markup:
        """The link that saves a document with its findings as comments."""
        try:
            user = self._site.person(visit, Right.REVIEW)
            review = _asked(self._held(done, visit).reviews, event.data)
            if review is None:
                return error("Ce document n'est plus là.", "Déposez-le de nouveau.")
            made = self._site.workspace.annotated(review.document, review.findings)
            self._site.journal.record(user.name, Action.EXPORT, detail="document annoté")
            link = downloads.link(
                "Enregistrer le document annoté",
                _annotated_name(review.document),
                made.data,
                review.document.source.media_type,
            )
            return tag("div", tag("p", f"{shown_name(review.document)} : {made.told}."), link, role="status")
        except AssistantError as failure:
            return error(without_paths(failure.message), failure.hint)

    def proof(self, done: _Done, visit: Visit) -> Markup:
        """The file of evidence of what is shown."""
        try:
            user = self._site.person(visit, Right.REVIEW)
            done = self._held(done, visit)
            if not done.reviews:
                raise AssistantError("Ce contrôle n'est plus là.", "Déposez de nouveau les pièces.")
            packed = self._site.workspace.proof_of_review(done.reviews, done.law_day, self._site.reach(user))
            self._site.journal.record(user.name, Action.EXPORT, detail="dossier de preuve d'un contrôle")
            return tag("div", proofs.given(packed, "contrôle"), role="status")
        except AssistantError as failure:
            return error(failure.message, failure.hint)


def _asked(reviews: Sequence[Review], data: Mapping[str, Any]) -> Review | None:
    return next((review for review in reviews if review.document.source.id == word(data, "source", 64)), None)


def _annotated_name(document: Document) -> str:
    given = PurePath(shown_name(document))
    return f"{given.stem}-annoté{given.suffix}"


def shown_name(document: Document) -> str:
    """A document's file name, and what holds it within an archive."""
    return access.shown_origin(document.source.origin)


def _form() -> Markup:
    fields = (
        day_field("controle-jour", "jour", "Droit en vigueur le", left_empty="aujourd'hui", is_kept=True),
        tag("p", "Les pièces déposées ensemble sont lues comme un même dossier.", class_="discret"),
        drop_zone("controler", "controle"),
    )
    return tag(
        "section",
        tag("h2", "Contrôler un projet ou un dossier"),
        element("form", {"aria-label": "Contrôler"}, fields),
        class_="carte",
    )


def _shown(done: _Done, indexed: frozenset[Target]) -> Markup:
    total = {
        severity: sum(one.severity is severity for review in done.reviews for one in review.findings)
        for severity in SEVERITIES
    }
    figures = [tag("li", count(number_, severity.value)) for severity, number_ in total.items()]
    return text(
        (
            tag("h2", "Constats"),
            tag("p", f"Droit en vigueur le {french_date(done.law_day)}. {LIMITS}", class_="discret"),
            tag("div", tag("ul", figures, class_="chiffres"), role="status"),
            tag(
                "p",
                button("Préparer le rapport", "exporter", class_="principal etape"),
                " ",
                proofs.ask(),
                " ",
                _erase(),
            ),
            [_document(review, indexed) for review in done.reviews],
        )
    )


def _erase() -> Markup:
    sure = "Effacer vos contrôles gardés ? Ils ne pourront pas être retrouvés."
    return button("Effacer", "effacer", {"confirm": sure}, class_="secondaire")


def _offered(last: KeptReview) -> Markup:
    """What a page that shows no review says of the last one."""
    names = ", ".join(shown_name(one.document) for one in last.reviews)
    return text(
        (
            viewer.nothing(NOTHING),
            tag(
                "p",
                f"Votre dernier contrôle, le {moment(last.finished)} : {beginning(names, _LONGEST_NAMES)}.",
            ),
            tag("p", button("Rouvrir le dernier contrôle", "rouvrir", class_="secondaire"), " ", _erase()),
        )
    )


def _document(review: Review, indexed: frozenset[Target]) -> Markup:
    cards = [finding_card(finding, _open(review, finding), indexed) for finding in review.findings]
    return tag(
        "section",
        tag("h3", shown_name(review.document)),
        _annotate(review),
        cards or empty("Rien à relever dans cette pièce.", LIMITS),
    )


def _annotate(review: Review) -> Markup:
    """The button of a document that can bear its findings: a DOCX or an ODT that was dropped as it is, not within an archive."""
    source = review.document.source
    if not review.findings or not annotation.can_be_annotated(review.document) or SEPARATOR in source.origin:
        return EMPTY
    return tag("p", button("Annoter le document", "annoter", {"source": source.id}, class_="secondaire"))


def _open(review: Review, finding: Finding) -> Markup:
    where = f"Voir sur la page {finding.pages[0]}" if finding.pages else "Voir dans le texte"
    data: dict[str, Attribute] = {
        "source": review.document.source.id,
        "start": finding.span.start,
        "end": finding.span.end,
        "opens": "1",
    }
    return button(where, "ouvrir", data, class_="secondaire")
