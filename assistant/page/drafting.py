"""Rédaction: a kit or clauses, a form made from their fields, their levels with their risk, the text as it grows, what the review says of it, the files."""

import json
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from typing import Any

import gradio as gr

from assistant.datatypes import Draft, Precedent
from assistant.drafting import by_hand, drafter, rendering
from assistant.drafting.drafter import Request, choose, form_groups, form_of_request
from assistant.drafting.kept import Content as KeptContent
from assistant.drafting.kept import KeptDraft, Version, Why, Writer, new_id
from assistant.drafting.library import ClauseLibrary
from assistant.drafting.precedents import is_precedent_id
from assistant.errors import AssistantError, NotIndexedError, UsageError
from assistant.french.dates import french_date
from assistant.page import (
    draft_articles,
    draft_files,
    draft_form,
    draft_review,
    drafts,
    proofs,
    viewer,
)
from assistant.page.clauses import LEVELS
from assistant.page.context import Site, number, word
from assistant.page.draft_articles import DOWN, UP, Editing, key
from assistant.page.draft_form import Typed, typed
from assistant.page.draft_review import Placed
from assistant.page.events import UNCHANGED, Event, Events, Part, Visit
from assistant.page.formatted import formatted
from assistant.page.markup import (
    EMPTY,
    Content,
    Markup,
    button,
    count,
    element,
    error,
    tag,
    text,
    typeset,
)
from assistant.site.access import without_paths
from assistant.site.journal import Action
from assistant.site.rights import Right
from assistant.site.users import User

# Parts of the screen; what a browser remembers of a draft.
_PARTS, _LONGEST_REMEMBERED = 6, 500_000
NOTHING = (
    "Choisissez un kit ou des clauses : le projet s'écrit ici à mesure que vous remplissez le formulaire."
)


_KEPT = ("kept",)


def screen(site: Site, events: Events, clause: Part) -> None:
    """Builds the screen in its tab; ``clause`` is the part of another screen that gives a clause."""
    made = _Screen(site)
    with gr.Row(elem_classes="deux-colonnes"):
        with gr.Column(scale=5, min_width=360):
            listed = events.part(EMPTY, "projets")
            picker = events.part(made.picker((), ()), "choix")
            state = events.part(EMPTY, "etat-du-projet")
            form = events.part(EMPTY, "formulaire")
        with gr.Column(scale=7, min_width=420):
            files = events.part(EMPTY, "fichiers")
            preview = events.part(viewer.nothing(NOTHING), "apercu")
    whole = [listed, picker, state, form, preview, files]
    # What was asked before, and shows the text as it was, must not be shown after.
    typing, reviewing = ["formulaire/remplir"], ["fichiers/relire", "apercu/terminer"]
    acting = (
        (listed, "ouvrir", made.open), (listed, "nouveau", made.new), (state, "ouvrir", made.open), (state, "recreer", made.again),
        (state, "nouveau", made.new), (picker, "ajouter", made.add), (picker, "oter", made.take_out), (picker, "vider", made.empty),
        (picker, "renommer", made.rename), (picker, "partager", made.share), (picker, "version", made.keep_version), (picker, "revenir", made.restore),
        (picker, "dupliquer", made.duplicate), (picker, "supprimer", made.delete), (preview, UP, made.up), (preview, DOWN, made.down),
        (preview, "modifier", made.edit), (preview, "terminer", made.finish), (preview, "origine", made.take_back),
    )  # fmt: skip
    for part, event, deed in acting:
        part.on(event, deed, shows=whole, then=_KEPT, stops=[*typing, *reviewing])
    for event in (UP, DOWN, "modifier"):
        preview.on(event, then=("press", "#apercu a.suivre"))
    form.on("remplir", made.fill, shows=[state, preview, files], then=_KEPT, stops=reviewing, latest=True)
    for event, asked in (("ecrire", made.write), (proofs.EVENT, made.proof), ("relire", made.review)):
        files.on(event, asked, shows=[state, files, preview], then=_KEPT, stops=typing)
    clause.on("prendre", made.take, shows=whole, then=_KEPT, stops=[*typing, *reviewing])
    clause.on("prendre", then=("press", "[data-tab-id=redaction]"))
    # What this tab had open, and what was typed into it and not kept yet, as its browser remembers it.
    events.at_opening(made.resumed, whole, then=_KEPT)


@dataclass(frozen=True, slots=True)
class _Kept:
    """A form once it was to be kept: what the draft says now, or what the form says and why that is not kept."""

    content: KeptContent
    draft: KeptDraft | None
    overtaken: Version | None = None
    failure: AssistantError | None = None


@dataclass(frozen=True, slots=True)
class _Read:
    """What a draft says, as the library has it now and a person may see it.

    Attributes:
        request: what can be drafted; wrong values are left to complete.
        faults: what is wrong, by field name.
        lost: ids of what is not in the library any more, or not open to him.
    """

    request: Request
    faults: Mapping[str, str]
    lost: tuple[str, ...]


class _Screen:
    """What the screen does when it is asked."""

    def __init__(self, site: Site) -> None:
        self._site = site

    @property
    def _library(self) -> ClauseLibrary:
        return self._site.workspace.clause_library()

    @property
    def _titles(self) -> dict[str, str]:
        library = self._library
        return {clause.id: clause.title for clause in library.clauses} | {
            kit.id: kit.title for kit in library.kits
        }

    @property
    def _labels(self) -> dict[str, str]:
        library = self._library
        declared = (*(clause.fields for clause in library.clauses), *(kit.fields for kit in library.kits))
        return {field.name: field.label for fields in declared for field in fields}

    # ---- what is drafted --------------------------------------------------------------------------------------------------------

    def add(self, event: Event, visit: Visit) -> Sequence[Any]:
        """The draft with one more kit or clause; a new one, where none is open."""
        id_ = word(event.data, "id", 100)
        return self._changed(
            event, visit, lambda held: with_id(held, id_) if id_ in self._library.names() else held
        )

    def take(self, event: Event, visit: Visit) -> Sequence[Any]:
        """The draft with one more clause, or with an article of an earlier contract."""
        user = self._site.person(visit, Right.DRAFT)
        id_ = word(event.data, "clause", 200)
        if self._library.find_clause(id_) is None:
            id_ = self._site.workspace.precedent(id_, self._site.reach(user)).id
        return self._changed(event, visit, lambda held: with_id(held, id_))

    def take_out(self, event: Event, visit: Visit) -> Sequence[Any]:
        """The draft with one less; what was typed into it comes back with it."""
        id_ = word(event.data, "id", 200)
        return self._changed(
            event, visit, lambda held: replace(held, ids=tuple(one for one in held.ids if one != id_))
        )

    def empty(self, event: Event, visit: Visit) -> Sequence[Any]:
        """The draft with nothing in it, and a version of what was there."""
        said = "Tout est ôté ; ce qui s'y trouvait est gardé dans les versions."
        return self._changed(event, visit, lambda held: replace(held, ids=()), Why.BEFORE, said)

    def _changed(
        self,
        event: Event,
        visit: Visit,
        then: Callable[[KeptContent], KeptContent],
        before: Why | None = None,
        said: str = "",
    ) -> Sequence[Any]:
        """The whole screen, once what its form says and a change to it are kept."""

        def deed(user: User, form: Typed) -> Sequence[Any]:
            begun = form if form.id else replace(form, id=new_id(), is_new=True)
            return self._drawn(user, self._keep(user, begun, then, before), begun, said)

        return self._acted(event, visit, deed)

    # ---- its articles ------------------------------------------------------------------------------------------------------------

    def up(self, event: Event, visit: Visit) -> Sequence[Any]:
        """The draft with an article one place higher in its piece."""
        return self._moved(event, visit, UP, -1)

    def down(self, event: Event, visit: Visit) -> Sequence[Any]:
        """The draft with an article one place lower in its piece."""
        return self._moved(event, visit, DOWN, 1)

    def _moved(self, event: Event, visit: Visit, way: str, by: int) -> Sequence[Any]:
        id_ = word(event.data, "id", 200)

        def deed(user: User, form: Typed) -> Sequence[Any]:
            reach = self._site.reach(user)

            def then(held: KeptContent) -> KeptContent:
                request = self._read(held, reach).request
                now, order = (drafter.moved(self._library, request, id_, step) for step in (0, by))
                return held if order == now else replace(held, order=order)

            kept = self._keep(user, form, then)
            said = self._standing(kept.content, reach, id_)
            return self._drawn(user, kept, form, said, follow=key(way, id_))

        return self._acted(event, visit, deed)

    def _standing(self, content: KeptContent, reach: Sequence[str], id_: str) -> str:
        """Where an article stands now, as it is read out."""
        drafted = self._site.workspace.draft(self._read(content, reach).request)
        return next(
            (
                f"{piece.place.value} : {rendering.article_title(piece.place, article)}"
                for piece in drafted.pieces
                for article in piece.articles
                if article.id == id_
            ),
            "",
        )

    def edit(self, event: Event, visit: Visit) -> Sequence[Any]:
        """The draft with the text of an article as one edits it."""
        id_ = word(event.data, "id", 200)

        def deed(user: User, form: Typed) -> Sequence[Any]:
            kept = self._keep(user, form)
            return self._drawn(user, kept, replace(form, editing=id_), follow=key("texte", id_))

        return self._acted(event, visit, deed)

    def take_back(self, event: Event, visit: Visit) -> Sequence[Any]:
        """The draft with the text of an article as its clause or its precedent has it, and a version of what was there."""
        id_ = word(event.data, "id", 200)

        def deed(user: User, form: Typed) -> Sequence[Any]:
            kept = self._keep(user, form, lambda held: _without_text(held, id_), Why.BEFORE)
            done = replace(form, editing="" if form.editing == id_ else form.editing)
            return self._drawn(
                user, kept, done, "Le texte d'origine est là ; le vôtre est gardé dans les versions."
            )

        return self._acted(event, visit, deed)

    def finish(self, event: Event, visit: Visit) -> Iterator[Sequence[Any]]:
        """The draft once the text of an article was edited: at once as it reads, then with what the review finds of it."""
        form = typed(event.data)
        try:
            user = self._site.person(visit, Right.DRAFT)
            kept = self._keep(user, form)
            done = replace(form, editing="")
            whole = self._drawn(user, kept, done)
            read = self._read(kept.content, self._site.reach(user))
            if kept.failure or form.editing not in (read.request.texts or {}):
                yield whole
                return
            yield *whole[:-1], draft_files.panel(tag("p", draft_review.UNDER_WAY, class_="travail"))
            files, preview = self._reviewed(user, kept, read, done)
            yield UNCHANGED, UNCHANGED, UNCHANGED, UNCHANGED, preview, files
        except AssistantError as failure:
            yield _said_only(error(without_paths(failure.message), failure.hint))

    # ---- the draft as a whole ----------------------------------------------------------------------------------------------------

    def open(self, event: Event, visit: Visit) -> Sequence[Any]:
        """Another draft, once what was typed into the open one is kept."""
        id_ = word(event.data, "id", 64)

        def deed(user: User, form: Typed) -> Sequence[Any]:
            kept = self._keep(user, form)
            if kept.failure and id_ != form.id and form.id:
                return self._drawn(user, kept, form)  # what was typed would be gone
            found = self._site.drafts.open(user, id_ or form.id)
            return self._opened(user, found, form, are_versions_open=word(event.data, "versions", 1) == "1")

        return self._acted(event, visit, deed)

    def new(self, event: Event, visit: Visit) -> Sequence[Any]:
        """No draft, once what was typed into the open one is kept, or given up."""

        def deed(user: User, form: Typed) -> Sequence[Any]:
            kept = _Kept(form.content, None) if word(event.data, "abandon", 1) else self._keep(user, form)
            return self._drawn(user, kept, form) if kept.failure else self._opened(user, None, form)

        return self._acted(event, visit, deed)

    def again(self, event: Event, visit: Visit) -> Sequence[Any]:
        """A new draft of what the form of one that is gone says."""

        def deed(user: User, form: Typed) -> Sequence[Any]:
            begun = replace(form, id=new_id(), is_new=True)
            return self._drawn(
                user, self._keep(user, begun), begun, "Un projet neuf garde ce que disait ce formulaire."
            )

        return self._acted(event, visit, deed)

    def rename(self, event: Event, visit: Visit) -> Sequence[Any]:
        """The draft under another name."""
        return self._done(
            event,
            visit,
            lambda user, form: self._site.drafts.rename(user, form.id, word(event.data, "nom", 500)),
            "",
        )

    def share(self, event: Event, visit: Visit) -> Sequence[Any]:
        """The draft opened to a role, or to nobody else."""
        sharing = drafts.sharing_of(word(event.data, "partage", 40))

        def deed(user: User, form: Typed) -> None:
            self._site.drafts.share(user, form.id, sharing)
            whom = (
                f"{sharing.role.value}, {'en écriture' if sharing.writing else 'en lecture'}"
                if sharing
                else "personne"
            )
            self._site.journal.record(user.name, Action.DRAFT, detail=f"projet partagé : {whom}")

        return self._done(
            event, visit, deed, "Vous seul voyez ce projet." if sharing is None else "Ce projet est partagé."
        )

    def keep_version(self, event: Event, visit: Visit) -> Sequence[Any]:
        """A version of the draft as its form reads."""
        return self._done(
            event,
            visit,
            lambda user, form: self._site.drafts.keep_version(user, form.id, ""),
            "Une version est gardée.",
        )

    def restore(self, event: Event, visit: Visit) -> Sequence[Any]:
        """The draft as one of its versions has it."""
        at = number(event.data, "numero")
        said = f"Le projet dit ce que disait la version {at} ; ce qu'il disait avant est gardé dans les versions."
        return self._done(
            event, visit, lambda user, form: self._site.drafts.restore(user, form.id, at, form.writer), said
        )

    def duplicate(self, event: Event, visit: Visit) -> Sequence[Any]:
        """A copy of the draft as its form reads, or of one of its versions; it is then the one that is open."""

        def deed(user: User, form: Typed) -> Sequence[Any]:
            kept = self._keep(user, form)
            if kept.failure:
                return self._drawn(user, kept, form)
            copy = self._site.drafts.duplicate(
                user, form.id, form.writer, number(event.data, "numero") or None
            )
            return self._opened(
                user, copy, form, f"« {copy.name} » est ouvert : l'autre projet reste comme il est."
            )

        return self._acted(event, visit, deed)

    def delete(self, event: Event, visit: Visit) -> Sequence[Any]:
        """No draft: the one that was open is erased."""

        def deed(user: User, form: Typed) -> Sequence[Any]:
            found = self._site.drafts.open(user, form.id)
            self._site.drafts.delete(user, form.id)
            self._site.journal.record(user.name, Action.DELETE, detail="projet")
            return self._opened(user, None, form, f"« {found.name} » est supprimé." if found else "")

        return self._acted(event, visit, deed)

    def _done(
        self, event: Event, visit: Visit, act: Callable[[User, Typed], object], said: str
    ) -> Sequence[Any]:
        """The whole screen, once what the form says is kept and something was done with the draft."""

        def deed(user: User, form: Typed) -> Sequence[Any]:
            kept = self._keep(user, form)
            if kept.failure:
                return self._drawn(user, kept, form)
            try:
                act(user, form)
            except AssistantError as failure:
                return self._drawn(
                    user,
                    kept,
                    form,
                    error(without_paths(failure.message), failure.hint),
                    are_versions_open=True,
                )
            return self._opened(
                user, self._site.drafts.open(user, form.id), form, said, are_versions_open=True
            )

        return self._acted(event, visit, deed)

    def _acted(
        self, event: Event, visit: Visit, deed: Callable[[User, Typed], Sequence[Any]]
    ) -> Sequence[Any]:
        try:
            return deed(self._site.person(visit, Right.DRAFT), typed(event.data))
        except AssistantError as failure:
            return _said_only(error(without_paths(failure.message), failure.hint))

    def resumed(self, event: Event, visit: Visit) -> Sequence[Any]:
        """The screen as the page opens: the draft that its tab had open, with what was typed and not kept yet."""
        try:
            user = self._site.person(visit, Right.DRAFT)
        except AssistantError:
            return [UNCHANGED] * _PARTS  # the screen is not shown to him
        data = _remembered(word(event.data, "projet", _LONGEST_REMEMBERED))
        form = typed(data)
        before = replace(
            form, writer=replace(form.writer, tab="")
        )  # another page may have been opened from this one, with all that it remembers
        try:
            if "choix" in data and form.account == user.name:
                return self._drawn(user, self._keep(user, form), before)
            return self._opened(user, self._site.drafts.open(user, form.id) if form.id else None, before)
        except AssistantError as failure:
            return _said_only(error(without_paths(failure.message), failure.hint))

    # ---- what is typed -----------------------------------------------------------------------------------------------------------

    def fill(self, event: Event, visit: Visit) -> tuple[Any, Any, Any]:
        """The text with what the form says now, once that is kept."""
        form = typed(event.data)
        try:
            user = self._site.person(visit, Right.DRAFT)
            kept = self._keep(user, form)
            read = self._read(kept.content, self._site.reach(user))
            is_shown = bool(form.seen) and form.seen == _seen(kept.content, form.editing)
            preview = UNCHANGED if is_shown else self._preview(user, kept, read, form)
            return self._state(user, kept, read, form), preview, draft_files.panel()
        except AssistantError as failure:
            return error(without_paths(failure.message), failure.hint), UNCHANGED, UNCHANGED

    def write(self, event: Event, visit: Visit) -> tuple[Any, Any, Any]:
        """The links that save the draft, as its form reads when one asks: one file or one for each piece, with its notes or without."""

        def files(user: User, kept: _Kept, read: _Read) -> tuple[Markup, Any]:
            drafted = self._site.workspace.draft(read.request)
            self._site.journal.record(user.name, Action.DRAFT, detail=drafted.title[:300])
            title = kept.draft.name if kept.draft else drafted.title
            links = draft_files.links(drafted, title, draft_files.wanted(event.data))
            return draft_files.panel((_left_to_complete(read), links)), UNCHANGED

        return self._asked(event, visit, files)

    def proof(self, event: Event, visit: Visit) -> tuple[Any, Any, Any]:
        """The file of evidence of the draft, as its form reads when one asks."""

        def files(user: User, kept: _Kept, read: _Read) -> tuple[Markup, Any]:
            drafted = self._site.workspace.draft(read.request)
            packed = self._site.workspace.proof_of_draft(drafted, read.request, self._site.reach(user))
            self._site.journal.record(
                user.name, Action.EXPORT, detail=f"dossier de preuve : {drafted.title}"[:300]
            )
            return draft_files.panel(proofs.given(packed, drafted.title)), UNCHANGED

        return self._asked(event, visit, files)

    def review(self, event: Event, visit: Visit) -> tuple[Any, Any, Any]:
        """The draft, as its form reads when one asks, with what the review finds in the margin."""
        return self._asked(
            event, visit, lambda user, kept, read: self._reviewed(user, kept, read, typed(event.data))
        )

    def _reviewed(self, user: User, kept: _Kept, read: _Read, form: Typed) -> tuple[Markup, Markup]:
        """What the review finds, each finding leading to its words, and the draft where they are marked."""
        workspace = self._site.workspace
        drafted = workspace.draft(read.request)
        findings = draft_review.found(workspace, drafted)
        self._site.journal.record(user.name, Action.REVIEW, detail=drafted.title[:300])
        preview = self._preview(user, kept, read, form, drafted, findings)
        return draft_files.panel(draft_review.told(findings, preview, workspace.review_limits)), preview

    def _asked(
        self, event: Event, visit: Visit, make: Callable[[User, _Kept, _Read], tuple[Markup, Any]]
    ) -> tuple[Any, Any, Any]:
        """What is asked of the draft as its form reads, once that is kept."""
        form = typed(event.data)
        try:
            user = self._site.person(visit, Right.DRAFT)
            kept = self._keep(user, form)
            read = self._read(kept.content, self._site.reach(user))
            files, preview = make(user, kept, read)
            return self._state(user, kept, read, form), files, preview
        except AssistantError as failure:
            return UNCHANGED, draft_files.panel(error(failure.message, failure.hint)), UNCHANGED

    def _keep(
        self,
        user: User,
        form: Typed,
        then: Callable[[KeptContent], KeptContent] = lambda content: content,
        before: Why | None = None,
    ) -> _Kept:
        """What a form says and a change to it, kept; where that fails the form stands, and why is said. A draft that one only reads stays as it is."""
        store, said = self._site.drafts, form.content
        if not form.id:
            return _Kept(said, None)
        try:
            draft = store.open(user, form.id)
            if self._is_as_it_was(user, form, draft.content.typed(said) if draft else said):
                then = _after(lambda held: _without_same_text(held, form), then)
            if draft is None and form.is_new:
                content = then(said)
                made = store.create(user, self._name(content), content, form.writer, form.id)
                return _Kept(content, made)
            if draft is not None and not draft.is_writable_by(user):
                return _Kept(draft.content, draft)
            saved = store.save(user, form.id, form.writer, said, then, before)
            return _Kept(saved.draft.content, saved.draft, saved.overtaken)
        except AssistantError as failure:
            return _Kept(then(said), None, None, failure)

    def _is_as_it_was(self, user: User, form: Typed, content: KeptContent) -> bool:
        """Whether the text that is being edited reads as its clause or its precedent has it: then it is none of the buyer's."""
        if form.editing not in form.content.texts:
            return False
        try:
            request = self._read(content, self._site.reach(user)).request
            own = drafter.editable(self._library, request) if request.ids else {}
        except AssistantError:
            return False  # a clause that cannot be read: what was typed stands
        return by_hand.is_same(own.get(form.editing, ""), form.content.texts[form.editing])

    def _name(self, content: KeptContent) -> str:
        """A draft's first name: its kit's or its clause's title, never that of a precedent, which may be closed one day."""
        titles = self._titles
        return next(
            (titles[id_] for id_ in content.ids if id_ in titles), f"Projet du {french_date(date.today())}"
        )

    # ---- drafting ---------------------------------------------------------------------------------------------------------------

    def _title(self, id_: str, reach: Sequence[str]) -> str:
        """A kit, a clause or a precedent in a reader's words."""
        kit, clause = self._library.find_kit(id_), self._library.find_clause(id_)
        if kit or clause:
            return f"Kit : {kit.title}" if kit else clause.title if clause else id_
        if not is_precedent_id(id_):
            return _lost(id_)
        try:
            precedent = self._site.workspace.precedent(id_, reach)
            return f"Précédent : {precedent.label} ({precedent.source.title})"
        except AssistantError:
            return _lost(id_)

    def _read(self, content: KeptContent, reach: Sequence[str]) -> _Read:
        """What a draft asks of the drafter: fields and clauses of what it holds now, it may have been kept long ago.

        A precedent whose collection was closed meanwhile is left out: what was taken from it is no longer shown or saved.
        """
        taken = {
            id_: found for id_ in content.ids if is_precedent_id(id_) if (found := self._reached(id_, reach))
        }
        known = {*self._library.names(), *taken}
        base = Request(tuple(id_ for id_ in content.ids if id_ in known), {}, precedents=taken)
        lost = tuple(id_ for id_ in content.ids if id_ not in known)
        if not base.ids:
            return _Read(base, {}, lost)
        held = {one.clause.id for one in choose(self._library, base)}
        levelled = replace(
            base,
            levels={id_: level for id_, level in content.levels.items() if id_ in held and level in LEVELS},
            order=content.order,
            texts={id_: text for id_, text in content.texts.items() if id_ in held or id_ in taken},
        )
        defaults = {field.name: field.default for field in form_of_request(self._library, levelled)}
        given = {
            name: value
            for name, value in content.values.items()
            if name in defaults and value != (defaults[name] or "")
        }
        faults = drafter.faults(self._library, replace(levelled, values=given))
        return _Read(replace(levelled, values={**given, **dict.fromkeys(faults, "")}), faults, lost)

    def _reached(self, id_: str, reach: Sequence[str]) -> Precedent | None:
        try:
            return self._site.workspace.precedent(id_, reach)
        except NotIndexedError:
            return None

    # ---- showing ----------------------------------------------------------------------------------------------------------------

    def _opened(
        self,
        user: User,
        draft: KeptDraft | None,
        form: Typed,
        said: str = "",
        *,
        are_versions_open: bool = False,
    ) -> Sequence[Any]:
        """The whole screen over a draft as it is kept; over none."""
        head = replace(form, id=draft.id if draft else "", is_new=False)
        return self._drawn(
            user,
            _Kept(draft.content if draft else KeptContent(), draft),
            head,
            said,
            are_versions_open=are_versions_open,
        )

    def _drawn(
        self,
        user: User,
        kept: _Kept,
        form: Typed,
        said: str | Markup = "",
        *,
        are_versions_open: bool = False,
        follow: str = "",
    ) -> Sequence[Any]:
        """The whole screen; ``follow`` is the id of the element that the keyboard is led to."""
        told = drafts.succeeded(said) if not isinstance(said, Markup) else said
        listing = self._listing(user, form.id)
        if not form.id:
            return listing, self.picker((), ()), told, EMPTY, viewer.nothing(NOTHING), EMPTY
        try:
            reach = self._site.reach(user)
            read = self._read(kept.content, reach)
            groups = form_groups(self._library, read.request) if read.request.ids else ()
            drafted = self._site.workspace.draft(read.request) if read.request.ids else None
            own = drafter.editable(self._library, read.request) if read.request.ids else {}
            shown = self._preview(user, kept, read, form, drafted, follow=follow)
            files = draft_files.panel() if drafted else EMPTY
        except AssistantError as failure:
            reach, read, groups, drafted, own = (), _Read(Request((), {}), {}, ()), (), None, {}
            shown, files = error(failure.message, failure.hint), EMPTY
        draft = kept.draft
        writer = Writer(
            form.writer.tab or secrets.token_urlsafe(9),
            form.writer.rank,
            draft.revision if draft else form.writer.seen,
        )
        head = Typed(form.id, user.name, kept.content, writer, form.is_new and draft is None, form.editing)
        is_open = draft is None or draft.is_writable_by(user)
        texts = read.request.texts or {}
        edited = {
            one.id: texts[one.id] for one in (drafted.articles if drafted else ()) if one.by_hand and one.id
        }
        picker = self.picker(
            kept.content.ids,
            reach,
            draft,
            self._more(user, draft, own, are_versions_open) if draft else None,
            is_open=is_open,
        )
        filled = draft_form.form(head, groups, read.faults, edited, is_open=is_open)
        return listing, picker, self._state(user, kept, read, form, told), filled, shown, files

    def _listing(self, user: User, current: str) -> Markup:
        try:
            return drafts.listing(self._site.drafts.listed(user), user, current)
        except AssistantError as failure:
            return error(without_paths(failure.message), failure.hint)

    def _more(self, user: User, draft: KeptDraft, own: Mapping[str, str], is_open: bool) -> Markup:
        try:
            versions = self._site.drafts.versions(user, draft.id)
        except AssistantError as failure:
            return error(without_paths(failure.message), failure.hint)
        about = drafts.more(
            draft, user, versions, drafts.Names(self._labels, self._titles, own), alone=not self._site.asks_who, is_open=is_open,
        )  # fmt: skip
        return text((drafts.head(draft, user), about))

    def _state(self, user: User, kept: _Kept, read: _Read, form: Typed, said: Content = None) -> Markup:
        is_gone = isinstance(kept.failure, UsageError) and not form.is_new
        return drafts.state(
            kept.draft, user, faults=read.faults, labels=self._labels, overtaken=kept.overtaken, failure=kept.failure, is_gone=is_gone,
            rank=form.writer.rank, said=said,
        )  # fmt: skip

    def picker(
        self,
        chosen: Sequence[str],
        reach: Sequence[str],
        draft: KeptDraft | None = None,
        more: Content = None,
        *,
        is_open: bool = True,
    ) -> Markup:
        """What the draft is made of, and what may be added; ``reach`` are the collections where its precedents may lie."""
        library = self._library
        kits = [tag("option", kit.title, value=kit.id) for kit in library.kits if kit.id not in chosen]
        clauses = [
            tag("option", f"{clause.title} ({clause.place.value})", value=clause.id)
            for clause in library.clauses
            if clause.id not in chosen
        ]
        options = (
            tag("option", "Choisir…", value=""),
            element("optgroup", {"label": "Kits : des clauses qui vont ensemble"}, kits),
            element("optgroup", {"label": "Clauses"}, clauses),
        )
        taken = [
            tag(
                "li",
                title,
                " ",
                button(
                    "Ôter",
                    "oter",
                    {"id": id_, "form": "formulaire"},
                    class_="secondaire",
                    aria_label=f"Ôter {title}",
                )
                if is_open
                else None,
            )
            for id_, title in ((id_, self._title(id_, reach)) for id_ in chosen)
        ]
        form = element(
            "form",
            {"data-changes": "ajouter", "data-form": "formulaire"},
            tag("label", "Ajouter un kit ou une clause", for_="a-ajouter"),
            tag("select", options, id="a-ajouter", name="id"),
        )
        kit_needs = [formatted(kit.need) for id_ in chosen if (kit := library.find_kit(id_))]
        return tag(
            "section",
            tag("h2", draft.name if draft else "Ce que vous rédigez"),
            form if is_open else None,
            tag("ul", taken, class_="liste choisies") if taken else None,
            kit_needs,
            tag("p", button("Tout ôter", "vider", {"form": "formulaire"}, class_="secondaire"))
            if len(taken) > 1 and is_open
            else None,
            more,
            class_="carte",
        )

    def _preview(
        self,
        user: User,
        kept: _Kept,
        read: _Read,
        form: Typed,
        drafted: Draft | None = None,
        findings: Sequence[Placed] = (),
        follow: str = "",
    ) -> Markup:
        lost = [tag("p", typeset(f"{said} : rien n'en est montré ni écrit dans les fichiers. Le reste du projet demeure."), class_="avertissement")
                for said in dict.fromkeys(map(_lost, read.lost))]  # fmt: skip
        if not read.request.ids:
            return text((lost, viewer.nothing(NOTHING)))
        is_open = kept.draft is None or kept.draft.is_writable_by(user)
        editing = Editing(is_open, follow=follow)
        if is_open and form.editing:
            own = drafter.editable(self._library, read.request)
            said = (read.request.texts or {}).get(form.editing, own.get(form.editing, ""))
            # Where findings are shown, what is typed next shows the draft anew, without them.
            editing = Editing(
                is_open, form.editing, said, "" if findings else _seen(kept.content, form.editing), follow
            )
        shown = draft_articles.Shown(self._titles, findings, editing)
        return text((lost, draft_articles.draft(drafted or self._site.workspace.draft(read.request), shown)))


def _lost(id_: str) -> str:
    """What is not in the library any more, or not open to who asks: its name is not said."""
    return (
        "Un précédent qui n'est plus dans la bibliothèque, ou plus ouvert à vous"
        if is_precedent_id(id_)
        else "Une clause ou un kit qui n'est plus dans la bibliothèque"
    )


def with_id(held: KeptContent, id_: str) -> KeptContent:
    """A draft with one more kit, clause or precedent, where it has not got it yet."""
    return held if id_ in held.ids else replace(held, ids=(*held.ids, id_))


def _without_text(held: KeptContent, id_: str) -> KeptContent:
    """A draft whose article has no text by hand any more."""
    return replace(held, texts={one: text for one, text in held.texts.items() if one != id_})


def _without_same_text(held: KeptContent, form: Typed) -> KeptContent:
    """A draft without the text that a form has open, unless what it holds is another, which was typed after what comes late."""
    is_other = held.texts.get(form.editing) != form.content.texts[form.editing]
    return held if is_other else _without_text(held, form.editing)


def _after(
    first: Callable[[KeptContent], KeptContent], then: Callable[[KeptContent], KeptContent]
) -> Callable[[KeptContent], KeptContent]:
    return lambda held: then(first(held))


def _seen(content: KeptContent, editing: str) -> str:
    """What a draft says but for the text that is being edited, in a word."""
    return sha256(_without_text(content, editing).to_json().encode()).hexdigest()[:16]


def _said_only(said: Markup) -> Sequence[Any]:
    """The whole screen as it is, and a word."""
    return UNCHANGED, UNCHANGED, said, UNCHANGED, UNCHANGED, UNCHANGED


def _remembered(said: str) -> Mapping[str, Any]:
    """What the browser remembers of this tab's draft, which it may have made up."""
    try:
        data = json.loads(said)
    except ValueError:
        return {}
    return data if isinstance(data, dict) else {}


def _left_to_complete(read: _Read) -> Markup | None:
    if not read.faults:
        return None
    left = (
        "les fichiers le laissent à compléter"
        if len(read.faults) == 1
        else "les fichiers les laissent à compléter"
    )
    said = f"{count(len(read.faults), 'champ ne convient pas', 'champs ne conviennent pas')} : {left}."
    return tag("p", typeset(said), class_="avertissement")
