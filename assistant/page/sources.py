"""A source that a button names, opened for who presses it: an article whole, a legal sheet whole, else the page or the words where the quote stands.

A button says what it opens by one of these: ``source`` with ``start`` and ``end`` (a quote), ``page`` or nothing (its beginning); ``fiche`` (the id of a
sheet); ``work`` and ``article``, alone or with ``source`` (the sentence of that sheet which rests on it). ``autre`` is the wording that an article is set
against.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from assistant.datatypes import Document, Source, Span, Target
from assistant.errors import AssistantError, MissingModelError, NotIndexedError, OtherModelError
from assistant.index import wordings
from assistant.index.wordings import Article, Wording
from assistant.page import articles, sheets, viewer
from assistant.page.context import Site, number, word
from assistant.page.events import Event, Visit
from assistant.page.markup import Markup
from assistant.reading.formats import Format
from assistant.reading.sheet import sheet_of
from assistant.site.rights import Right
from assistant.site.users import User


def opened(
    site: Site, event: Event, visit: Visit, right: Right = Right.ASK, day: date | None = None
) -> Markup:
    """What a button names; why not, where the visitor may not read it or it is gone.

    Args:
        site: the page's parts.
        event: what the button sent.
        visit: who presses it.
        right: what he must be allowed to do.
        day: an article that is not quoted is opened in its wording of that day; None: of today.
    """
    data = event.data
    try:
        return _Reading(site, site.person(visit, right)).of(data, day or date.today())
    except AssistantError as failure:
        return viewer.problem(failure)


class _Reading:
    """What one visitor opens."""

    def __init__(self, site: Site, user: User) -> None:
        self._site, self._user, self._workspace = site, user, site.workspace
        self._reach = site.reach(user)

    def of(self, data: Mapping[str, Any], day: date) -> Markup:
        """See ``opened``. Raises NotIndexedError where there is no such thing for him."""
        rule = Target(word(data, "work", 120), word(data, "article", 60))
        source_id = word(data, "source", 64)
        if id_ := word(data, "fiche", 120):
            source_id = next((one.id for one in self._workspace.sheets_named([id_], self._reach)), "")
        elif rule.article and not source_id:
            return self._law(rule, day)
        self._site.require_source(self._user, source_id)
        start = number(data, "start", -1)
        quote = Span(max(0, start), max(0, start, number(data, "end")))
        if wording := self._workspace.wording_at(source_id, quote.start):
            known = self._known(Target(wording.work, wording.article))
            return self._article(known, wording, quote, word(data, "autre", 120))
        document = self._workspace.show(source_id)
        if document.source.media_type == Format.SHEET:
            return self._sheet(document, rule, quote)
        page = number(data, "page")
        if start < 0:
            first = next((one.span.start for one in document.pages if one.number == page), 0)
            quote = Span(first, first)
        return viewer.view(viewer.find(self._workspace, source_id, quote, page or None), "tourner")

    def _law(self, rule: Target, day: date) -> Markup:
        """The wording of a day; the last one known where none is in force then. Raises NotIndexedError."""
        known = self._known(rule)
        several = known.wordings
        if not several:
            raise NotIndexedError(
                f"L'article {rule.article} ({rule.work}) n'est pas dans les textes indexés.",
                "L'administrateur peut les ajouter dans la Bibliothèque.",
            )
        read = wordings.on(day, several) or several[-1]
        start = read.passage.span.start
        return self._article(known, read, Span(start, start))

    def _article(self, known: Article, wording: Wording, quote: Span, other: str = "") -> Markup:
        today = date.today()
        sheets_on: tuple[Source, ...] = ()
        missing = ""
        try:
            sheets_on = self._workspace.sheets_on(wording.work, wording.article, self._reach)
        except (MissingModelError, OtherModelError) as failure:
            missing = f"Les fiches n'ont pas pu être cherchées : {failure.message}"
        return articles.page(
            articles.Opened(
                wording,
                quote,
                known,
                self._workspace.links(wording.text, today),
                sheets_on,
                self._workspace.clauses_on(wording.work, wording.article),
                today,
                next((one for one in known.wordings if articles.key(one) == other), None),
                missing,
            )
        )

    def _known(self, rule: Target) -> Article:
        return self._workspace.article(rule.work or "", rule.article or "", self._reach)

    def _sheet(self, document: Document, rule: Target, quote: Span) -> Markup:
        sheet = sheet_of(document)
        also = dict.fromkeys(id_ for case in sheet.cases for id_ in case.see_also)
        return sheets.page(
            sheets.Opened(
                sheet,
                sheets.first_on(sheet, rule) if rule.article else quote,
                self._workspace.indexed(sheet.rests_on),
                self._workspace.sheets_named(also, self._reach),
                tuple(one for one in self._workspace.clause_library().clauses if sheet.id in one.sheets),
                date.today(),
            )
        )
